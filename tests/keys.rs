//! Keys outlive a chronicle: every key constant finds its record in data that grew and was put in another order.

#[path = "oracle/mod.rs"]
#[allow(dead_code, reason = "each test program uses its part of the oracle")]
mod oracle;

use nenpyo::{AnyRecord, Chronicle, Key, Language, QST, RecordKind};
use oracle::dice::Dice;
use oracle::{Oracle, compiled, fnv, shipped_files};

/// Name and hash of every constant of `nenpyo::key`, read from what the build script wrote.
fn constants() -> Vec<(String, Key)> {
    let source = include_str!(concat!(env!("OUT_DIR"), "/tables.rs"));
    let module = source.split("pub mod key").nth(1).unwrap();
    let mut constants = Vec::new();
    for item in module.split("pub const ").skip(1) {
        let name = item.split(':').next().unwrap().trim().to_owned();
        let (_, call) = item.split_once("from_hash").unwrap();
        // What follows the bracket is the documentation of the next constant.
        let digits: String = call.split(')').next().unwrap().chars().filter(char::is_ascii_digit).collect();
        constants.push((name, Key::from_hash(digits.parse().unwrap())));
    }
    constants
}

/// The shipped files with many more records before, between and behind, and other places in the trees.
fn grown() -> Vec<(String, Vec<u8>)> {
    let mut files = shipped_files();
    let mut dice = Dice(42);
    for (path, bytes) in &mut files {
        if path.starts_with("organizations/") {
            let text = std::str::from_utf8(bytes).unwrap();
            let lines = text.lines().filter(|line| !line.starts_with("order = "));
            let mut lines: Vec<String> = lines.map(str::to_owned).collect();
            lines.insert(1, format!("order = {}", dice.below(2000)));
            *bytes = (lines.join("\n") + "\n").into_bytes();
        }
    }
    let cited = "sources = [{ source = \"aaa-inserted-source\", certainty = \"A\" }]\n";
    let both = |field: &str| format!("{field}.ja = \"テスト\"\n{field}.en = \"Test\"\n");
    for (number, prefix) in ["aaa", "kkk", "zzz"].into_iter().enumerate() {
        let mut put = |folder: &str, word: &str, body: String| {
            let key = format!("{prefix}-inserted-{word}");
            files.push((format!("{folder}/{key}.toml"), format!("key = \"{key}\"\n{body}").into_bytes()));
        };
        let date = ["1890", "2018-01-01", "2030-12"][number];
        let dated =
            format!("sources = [{{ source = \"aaa-inserted-source\", certainty = \"A\", date = \"{date}\" }}]\n");
        let head = format!("date = \"{date}\"\nkind = \"visit\"\n");
        put("milestones", "milestone", head + &both("title") + &both("summary") + &dated);
        let names = "names = [{ ja = \"テスト\", en = \"Test\" }]\nkinds = [{ kind = \"office\" }]\n".to_owned();
        put("organizations", "organization", format!("order = {}\n", 1000 * number) + &names + cited);
        put("sites", "site", "kind = \"place\"\n".to_owned() + &both("name") + cited);
        put("people", "person", both("name") + &both("summary") + cited);
        put("themes", "theme", both("name") + &both("summary") + cited);
        put("documents", "document", "kind = \"plan\"\n".to_owned() + &both("name") + &both("summary") + cited);
        put("statements", "statement", "kind = \"goal\"\n".to_owned() + &both("title") + &both("summary") + cited);
        put("sources", "source", "kind = \"report\"\n".to_owned() + &both("title") + &both("publisher"));
    }
    files
}

fn id(record: &AnyRecord<'_>) -> u32 {
    match record {
        AnyRecord::Milestone(record) => record.id().0,
        AnyRecord::Organization(record) => record.id().0,
        AnyRecord::Site(record) => record.id().0,
        AnyRecord::Person(record) => record.id().0,
        AnyRecord::Theme(record) => record.id().0,
        AnyRecord::Document(record) => record.id().0,
        AnyRecord::Statement(record) => record.id().0,
        AnyRecord::Source(record) => record.id().0,
        _ => panic!("a kind of record that the tests do not know"),
    }
}

#[test]
fn every_record_has_a_constant() {
    let oracle = Oracle::of(&shipped_files());
    let constants = constants();
    for kind in RecordKind::ALL.iter().copied() {
        for record in oracle.records(kind) {
            let name = record.slug.to_uppercase().replace('-', "_");
            let key = constants.iter().find(|(other, _)| *other == name).map(|(_, key)| key.hash());
            assert_eq!(key, Some(fnv(&record.slug)), "`nenpyo::key::{name}`");
        }
    }
    // Firmware names them so.
    assert_eq!(nenpyo::key::QST_ESTABLISHED.hash(), fnv("qst-established"));
}

#[test]
fn every_constant_finds_its_record_in_a_grown_chronicle() {
    let blob = compiled(&grown());
    let grown = Chronicle::open(&blob).unwrap();
    let constants = constants();
    assert!(constants.len() > 300, "only {} constants were found", constants.len());
    let mut moved = 0;
    for (name, key) in constants {
        let (before, after) = (QST.get(key).unwrap(), grown.get(key).unwrap());
        assert_eq!((before.kind(), before.key()), (after.kind(), after.key()), "{name}");
        for language in [Language::JA, Language::EN] {
            assert!(before.title(language).is_some());
            assert_eq!(before.title(language), after.title(language), "{name} in {language}");
        }
        // The slug is what the constant is called, but for older keys.
        let slug = after.slug().unwrap();
        assert!(fnv(slug) != key.hash() || slug.to_uppercase().replace('-', "_") == name, "{name} finds {slug}");
        moved += usize::from(id(&before) != id(&after));
    }
    assert!(moved > 300, "only {moved} records changed their place, so this shows little");
}

#[test]
fn dates_and_trees_are_found_by_key_in_a_grown_chronicle() {
    let blob = compiled(&grown());
    let grown = Chronicle::open(&blob).unwrap();
    for milestone in QST.milestones() {
        let other = grown.milestones().by_key(milestone.key()).unwrap();
        assert_eq!((milestone.date(), milestone.kind()), (other.date(), other.kind()));
        let keys = |milestone: &nenpyo::Milestone<'_>| -> Vec<Key> {
            milestone.participants().map(|participant| participant.organization.key()).collect()
        };
        assert_eq!(keys(&milestone), keys(&other));
    }
}

#[test]
fn absent_keys_answer_none() {
    let mut files = shipped_files();
    files.retain(|(path, _)| path != "people/izumisawa-seiji.toml");
    for (_, bytes) in &mut files {
        let text = std::str::from_utf8(bytes).unwrap();
        *bytes = text.replace(", \"izumisawa-seiji\"", "").replace("\"izumisawa-seiji\", ", "").into_bytes();
    }
    let blob = compiled(&files);
    let smaller = Chronicle::open(&blob).unwrap();
    let gone = nenpyo::key::IZUMISAWA_SEIJI;
    assert!(QST.get(gone).is_some() && smaller.get(gone).is_none());
    assert!(QST.people().by_key(gone).is_some() && smaller.people().by_key(gone).is_none());
    for (name, key) in constants().into_iter().filter(|(_, key)| *key != gone) {
        assert!(smaller.get(key).is_some(), "{name} went too");
    }
    let mut dice = Dice(1);
    let known: std::collections::HashSet<u32> = constants().iter().map(|(_, key)| key.hash()).collect();
    for _ in 0..10_000 {
        let hash = dice.next() as u32;
        assert_eq!(QST.get(Key::from_hash(hash)).is_some(), known.contains(&hash));
    }
}
