//! What is searched for is found, and nothing else is, in the order that is promised: compared with a plain scan.

#[path = "search/folded.rs"]
mod folded;
mod generator;
#[path = "oracle/mod.rs"]
#[allow(dead_code, reason = "each test program uses its part of the oracle")]
mod oracle;
#[path = "search/plain.rs"]
mod plain;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};

use nenpyo::{AnyRecord, Chronicle, Edtf, Key, Language, QST, RecordKind, Search};
use oracle::dice::Dice;
use plain::{Found, Plain};

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
        _ => unreachable!("there are no other kinds"),
    }
}

fn hits(search: &Search<'_>) -> Vec<Found> {
    let found = |hit: nenpyo::Hit<'_>| Found { kind: hit.record().kind(), id: id(&hit.record()), score: hit.score() };
    search.hits().map(found).collect()
}

fn agrees(chronicle: &Chronicle<'_>, records: &[Plain], query: &str) {
    let found = hits(&chronicle.search(query).unwrap());
    let expected = plain::search(records, query);
    assert!(found == expected, "{query:?}\nfound    {found:?}\nexpected {expected:?}");
}

/// Queries as people type them, and worse.
const QUERIES: &[&str] = &[
    "",
    " ",
    "k230",
    "jt60",
    "JT60SA",
    "、",
    "\"",
    "-",
    "ー",
    "の",
    "e",
    "q",
    "量",
    "量子",
    "りょうし",
    "リョウシ",
    "ﾘｮｳｼ",
    "ryoushi",
    "ryosi",
    "ry",
    "r",
    "n",
    "k",
    "ryoushimesu",
    "ryoshimes",
    "kyouto",
    "kyoto",
    "sentan",
    "senn",
    "senta",
    "hirano",
    "hirno",
    "kikou",
    "六ヶ所",
    "六ケ所",
    "六が所",
    "六か所",
    "平成28",
    "平成28年",
    "平成",
    "平成0",
    "令和元年",
    "昭和34",
    "2016",
    "2016-04",
    "16",
    "016",
    "JT-60SA",
    "ＪＴ－６０ＳＡ",
    "jt60",
    "60sa",
    "sa",
    "髙崎",
    "高﨑",
    "錢高",
    "銭高",
    "fusion",
    "usion",
    "quantum scalpel",
    "\"quantum scalpel\"",
    "\"scalpel quantum\"",
    "\"quantum sca",
    "QST 千葉",
    "千葉 qst ",
    "量子 メス",
    "\"量子 メス\"",
    "nirs 1957",
    "㈱",
    "㎡",
    "①",
    "ｶﾞﾝ",
    "がん",
    "か\u{3099}ん",
    "か゛ん",
    "t本部",
    "、量子",
    "子）の",
    "ō",
    "Kyōto",
    "𩸽",
    "🎉",
    "\u{0}",
    "ﾞ",
    "\u{202E}量子",
    "量\u{FE00}子",
    "International",
    "internat",
    "of",
    "the",
    "a",
    "核融合エネルギー",
    "ということ",
    "していた",
    "らぬ",
    "こうそく",
    "kosoku",
    "kousoku",
    "meta-",
    "me-ta-",
    "bi-mu",
    "kekka",
    "matcha",
    "n'",
    "ken'i",
    "kin’en",
    "kenN'en",
    "hon 'in",
    "\"hon'in\"",
    "hon'x",
    "りょうs",
    "りょうしmes",
    "量子m",
    "量子mesu",
    "六ヶsho",
    "六ヶs",
    "センターk",
    "jt60ka",
    "-ka",
    "2016年",
    "2016年4",
    "2016年4月",
    "2016年4月1",
    "2016年4月1日",
    "2016年4月1日に",
    "2016年度",
    "2016年04月01日",
    "２０１６年１３月",
    "平成28年4月1日",
    "平成28年4月の",
    "平成28年度",
    "令和元年5月",
    "六カ所",
    "\"の n",
    "\"の ry",
    "\"量子 k",
    "六ヵ所",
    "fyu-jon",
    "thi",
    "dhi",
    "wi",
    "we",
    "xtu",
    "xy",
    "tsa",
    "th",
];

#[test]
fn it_finds_what_a_plain_scan_finds() {
    let records = plain::records(&QST);
    for query in QUERIES {
        agrees(&QST, &records, query);
    }
}

/// A query of pieces of the texts, typed badly.
fn query(dice: &mut Dice, texts: &[String]) -> String {
    let piece = |dice: &mut Dice| {
        let text: Vec<char> = texts[dice.below(texts.len())].chars().collect();
        let start = dice.below(text.len().max(1));
        let length = 1 + dice.below(8);
        text.iter().skip(start).take(length).collect::<String>()
    };
    let mut query = String::new();
    for _ in 0..=dice.below(3) {
        let piece = if dice.chance(20) {
            let word = [
                "ryo", "ky", "shin", "kou", "n", "tt", "平成2", "\"", "-", "が", "ｶﾞ", "①", "\u{3099}", "2016", "Q",
                "n'i", "th", "x", "2016年", "年4月", "4日", "か", "w",
            ];
            word[dice.below(word.len())].to_owned()
        } else {
            piece(dice)
        };
        query.push_str(&piece);
        if dice.chance(40) {
            query.push(' ');
        }
    }
    query.chars().take(Search::MAX_CHARACTERS).collect()
}

fn texts(chronicle: &Chronicle<'_>) -> Vec<String> {
    let languages: Vec<_> = chronicle.languages().collect();
    let mut texts = Vec::new();
    for milestone in chronicle.milestones() {
        for language in &languages {
            let summary = milestone.details().and_then(|details| details.summary(*language));
            for text in [milestone.title(*language), summary].into_iter().flatten() {
                texts.push(text.to_string());
                texts.push(text.reading().to_string());
            }
        }
    }
    texts
}

#[test]
fn it_finds_what_a_plain_scan_finds_of_random_pieces() {
    let records = plain::records(&QST);
    let texts = texts(&QST);
    let mut dice = Dice(4);
    for _ in 0..400 {
        agrees(&QST, &records, &query(&mut dice, &texts));
    }
}

/// Typing, taking back and looking in between finds what the same characters find at once.
#[test]
fn what_is_typed_finds_what_is_searched_for_at_once() {
    let texts = texts(&QST);
    let mut dice = Dice(5);
    for _ in 0..300 {
        let mut search = QST.search("").unwrap();
        let characters: Vec<char> = query(&mut dice, &texts).chars().collect();
        for character in characters {
            search.push(character).unwrap();
            if dice.chance(30) {
                for _ in 0..dice.below(3) {
                    search.pop();
                }
            }
            if dice.chance(70) {
                let typed: String = search.characters().collect();
                let at_once = QST.search(&typed).unwrap();
                assert_eq!(hits(&search), hits(&at_once), "{typed:?}");
            }
        }
    }
}

/// Nothing that may be typed is too much.
#[test]
fn many_words_of_one_letter_are_found() {
    let records = plain::records(&QST);
    for word in ["a", "n", "i", "2"] {
        let query = vec![word; 32].join(" ");
        assert_eq!(query.chars().count(), Search::MAX_CHARACTERS - 1);
        agrees(&QST, &records, &query);
        assert_eq!(hits(&QST.search(&query).unwrap()).len(), hits(&QST.search(&format!("{word} ")).unwrap()).len());
    }
}

/// Without an index every text is compared, and with a small one more of them, with the same answers.
#[test]
fn a_scan_and_a_small_index_answer_as_the_index_does() {
    let compiled = || nenpyo_codegen::compile(Path::new("data")).unwrap();
    let file = compiled().only(&["ja", "en", "details", "sources", "search"]).blob();
    let scanned = Chronicle::open(&file).unwrap();
    let small = compiled().with_small_search_index();
    assert!(small.table("search_index_ja").unwrap().len() * 2 < compiled().table("search_index_ja").unwrap().len());
    let small = small.blob();
    let small = Chronicle::open(&small).unwrap();
    let texts = texts(&QST);
    let mut dice = Dice(6);
    let random: Vec<String> = (0..60).map(|_| query(&mut dice, &texts)).collect();
    for query in QUERIES.iter().copied().chain(random.iter().map(String::as_str)) {
        let expected = hits(&QST.search(query).unwrap());
        assert_eq!(hits(&scanned.search(query).unwrap()), expected, "{query:?}");
        assert_eq!(hits(&small.search(query).unwrap()), expected, "{query:?} with a small index");
    }
}

/// What is told of hits, and what may be typed next.
fn told(search: &Search<'_>) -> Vec<String> {
    let hit = |hit: nenpyo::Hit<'_>| {
        let (kind, field) = (hit.record().kind(), hit.field());
        format!("{kind:?} {} {} {field:?} {} {:?}", id(&hit.record()), hit.score(), hit.language(), hit.range())
    };
    let words = search.complete::<8>();
    search.hits().map(hit).chain(words.iter().map(ToString::to_string)).collect()
}

/// Dense texts are found as those in UTF-8 are, at the same places.
#[test]
fn dense_texts_are_found_as_others_are() {
    let files = oracle::shipped_files();
    let (plain, dense) = (oracle::compiled(&files), oracle::compiled_densely(&files));
    let (plain, dense) = (Chronicle::open(&plain).unwrap(), Chronicle::open(&dense).unwrap());
    let without = nenpyo_codegen::compile(Path::new("data")).unwrap();
    let without = without.only(&["ja", "en", "details", "sources", "search"]).with_dense_text().unwrap().blob();
    let without = Chronicle::open(&without).unwrap();
    let small = nenpyo_codegen::compile(Path::new("data")).unwrap().with_small_search_index();
    let small = small.with_dense_text().unwrap().blob();
    let small = Chronicle::open(&small).unwrap();
    let texts = texts(&QST);
    let mut dice = Dice(16);
    let random: Vec<String> = (0..400).map(|_| query(&mut dice, &texts)).collect();
    let ranked = include_str!("search/ranking.tsv").lines().filter(|line| !line.starts_with('#'));
    let ranked = ranked.filter_map(|line| line.split('\t').next());
    for (at, query) in QUERIES.iter().copied().chain(ranked).chain(random.iter().map(String::as_str)).enumerate() {
        let expected = told(&plain.search(query).unwrap());
        assert_eq!(told(&dense.search(query).unwrap()), expected, "{query:?}");
        assert_eq!(told(&small.search(query).unwrap()), expected, "{query:?} with a small index");
        if at % 8 == 0 {
            assert_eq!(told(&without.search(query).unwrap()), expected, "{query:?} without an index");
        }
    }
}

/// What each line of a file expects is what comes first, but for so many.
fn ranks(file: &str, missed: usize) {
    let mut wrong = Vec::new();
    let lines: Vec<&str> = file.lines().filter(|line| !line.starts_with('#')).collect();
    for line in &lines {
        let [query, expected, why] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let search = QST.search(query).unwrap();
        let first = search.hits().next().map(|hit| hit.record());
        let holds = match first {
            None => expected == "-",
            Some(first) => expected.split('|').any(|slug| first.key() == nenpyo::Key::of(slug)),
        };
        if !holds {
            wrong.push(format!("{query} ({why}): {expected} is not first, but {first:?}"));
        }
    }
    assert_eq!(wrong.len(), missed, "of {}\n{}", lines.len(), wrong.join("\n"));
    assert!(lines.len() >= 40);
}

#[test]
fn the_best_comes_first() {
    ranks(include_str!("search/ranking.tsv"), 0);
}

#[test]
fn the_best_comes_first_where_nobody_looked() {
    // `jaeri takasaki`: a milestone and the institute have both words in names, and Japanese titles equally long, so that
    // the earlier one comes first. Nothing was tuned for it, or the set would no longer be apart.
    ranks(include_str!("search/held_out.tsv"), 1);
}

/// Every text of a chronicle in a language, as it is written and as it is read, with its record.
fn all_texts(language: Language) -> Vec<(RecordKind, u32, Vec<String>)> {
    let texts = |record: &AnyRecord<'static>| {
        let texts = texts::of_record(record, language).into_iter();
        texts.flat_map(|text| [text.to_string(), text.reading().to_string()]).collect()
    };
    texts::records().iter().map(|record| (record.kind(), id(record), texts(record))).collect()
}

/// Each query finds all the records that it was taken from.
fn recalls(queries: BTreeMap<String, BTreeSet<(RecordKind, u32)>>, language: Language) {
    for (query, from) in queries {
        let search = QST.search(&query).unwrap();
        let found: BTreeSet<(RecordKind, u32)> =
            search.hits().in_language(language).map(|hit| (hit.record().kind(), id(&hit.record()))).collect();
        let missing: Vec<_> = from.difference(&found).collect();
        assert!(missing.is_empty(), "{query:?} does not find {missing:?}");
    }
}

/// Pieces of these lengths of all Japanese texts and readings, from every so many places.
fn pieces(lengths: &[usize], step: usize) -> BTreeMap<String, BTreeSet<(RecordKind, u32)>> {
    let mut queries: BTreeMap<String, BTreeSet<(RecordKind, u32)>> = BTreeMap::new();
    for (kind, id, texts) in all_texts(Language::JA) {
        for text in texts {
            let characters: Vec<char> = text.chars().collect();
            for length in lengths {
                for piece in characters.windows(*length).step_by(step) {
                    let piece: String = piece.iter().collect();
                    // What has no letter in it is no query.
                    if !folded::folded(&piece).is_empty() {
                        queries.entry(piece).or_default().insert((kind, id));
                    }
                }
            }
        }
    }
    queries
}

#[test]
fn every_two_characters_of_every_japanese_text_and_reading_find_it() {
    recalls(pieces(&[2], 1), Language::JA);
}

#[test]
fn longer_pieces_of_japanese_texts_and_readings_find_them() {
    recalls(pieces(&[3, 4, 5, 8, 13, 21, 34, 64], 19), Language::JA);
}

/// Takes minutes: `cargo test --release -p nenpyo --test search -- --ignored`.
#[test]
#[ignore = "every piece of every text takes minutes"]
fn every_piece_of_every_japanese_text_and_reading_finds_it() {
    for length in 3..=Search::MAX_CHARACTERS {
        recalls(pieces(&[length], 1), Language::JA);
    }
}

#[test]
fn every_english_word_and_every_beginning_of_one_finds_it() {
    let mut queries: BTreeMap<String, BTreeSet<(RecordKind, u32)>> = BTreeMap::new();
    for (kind, id, texts) in all_texts(Language::EN) {
        for text in texts {
            for word in text.split(|c: char| !c.is_alphanumeric()) {
                let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).skip(2);
                for end in ends {
                    queries.entry(word[..end].to_owned()).or_default().insert((kind, id));
                }
            }
        }
    }
    assert!(queries.len() > 4000);
    recalls(queries, Language::EN);
}

/// Whatever the Unicode tables fold into characters of the texts, the device folds; anything else cannot match.
#[test]
fn every_character_is_folded_as_unicode_says() {
    let compiled = nenpyo_codegen::compile(Path::new("data")).unwrap();
    let table = compiled.table("folds").unwrap();
    let folds = nenpyo_schema::fold::Folds::of_queries(table);
    let alphabet: BTreeSet<char> = [Language::JA, Language::EN]
        .into_iter()
        .flat_map(all_texts)
        .flat_map(|(.., texts)| texts)
        .flat_map(|text| folded::folded(&text).chars().collect::<Vec<_>>())
        .collect();
    let mut others = 0;
    let mut wrong = Vec::new();
    for character in '\0'..=char::MAX {
        let text = character.to_string();
        let device: String =
            char::decode_utf16(nenpyo_schema::fold::units(&text, &folds)).map(|unit| unit.unwrap_or(' ')).collect();
        let device: Vec<&str> = device.split(' ').filter(|word| !word.is_empty()).collect();
        let expected = folded::folded(&text);
        let is_foreign = device.iter().any(|word| word.chars().any(|c| !alphabet.contains(&c)));
        // Of the symbols of the world only those that texts in Japanese and English have are known to be none.
        if expected.is_empty() && is_foreign {
            continue;
        }
        if expected.chars().all(|c| alphabet.contains(&c)) {
            if device.join(" ") != expected {
                wrong.push(format!("{character} {:x}: {device:?}, not {expected}", character as u32));
            }
            others += usize::from(!expected.is_empty() && expected != text);
        } else if !is_foreign {
            wrong.push(format!("{character} {:x}: {device:?} would match, not {expected}", character as u32));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(others > 2000, "only {others} characters fold into others");
}

#[test]
fn filters_leave_out_what_they_say() {
    let search = QST.search("量子").unwrap();
    let all = hits(&search);
    for kind in [RecordKind::Milestone, RecordKind::Organization, RecordKind::Theme, RecordKind::Source] {
        let of_kind: Vec<Found> = all.iter().copied().filter(|found| found.kind == kind).collect();
        let found =
            |hit: nenpyo::Hit<'_>| Found { kind: hit.record().kind(), id: id(&hit.record()), score: hit.score() };
        assert_eq!(search.hits().of_kind(kind).map(found).collect::<Vec<_>>(), of_kind);
        assert!(!of_kind.is_empty());
    }
    let of_2016 = QST.milestones().surely_within(&Edtf::from_year(2016));
    let ids: BTreeSet<u32> = of_2016.iter().map(|milestone| milestone.id().0).collect();
    let among: Vec<u32> = search.hits().among(&of_2016).map(|hit| id(&hit.record())).collect();
    let expected: Vec<u32> = all
        .iter()
        .filter(|found| found.kind == RecordKind::Milestone && ids.contains(&found.id))
        .map(|found| found.id)
        .collect();
    assert_eq!(among, expected);
    assert!(!among.is_empty());
    assert!(search.hits().in_language(Language::new("fr").unwrap()).next().is_none());
}

/// What is highlighted is what was looked for, or what it is the reading of.
#[test]
fn what_is_highlighted_is_what_was_looked_for() {
    for (query, text) in [
        ("メス", "メス"),
        ("めす", "メス"),
        ("りょうしめす", "量子メス"),
        ("ryosime", "量子メ"),
        ("ryosimes", "量子メス"),
        ("scalp", "Scalp"),
    ] {
        let search = QST.search(query).unwrap();
        let hit = search.hits().find(|hit| hit.record().key() == Key::of("quantum-scalpel")).unwrap();
        assert_eq!(hit.text().unwrap().get(hit.range()).unwrap(), text, "{query}");
    }
    for query in ["量子", "りょうし", "fusion", "2016", "e", "の"] {
        for hit in QST.search(query).unwrap().hits() {
            if let Some(text) = hit.text() {
                assert!(text.get(hit.range()).is_some_and(|found| !found.is_empty()), "{query}: {hit:?}");
            }
        }
    }
}

#[test]
fn what_goes_on_is_told() {
    let words =
        |typed: &str| QST.search(typed).unwrap().complete::<4>().iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(words("りょうし")[0], "量子");
    assert_eq!(words("量子")[..2], ["量子メス", "量子技術"]);
    assert_eq!(words("quantum")[0], "Quantum Scalpel");
    assert_eq!(words("zzz"), [""; 0]);
    assert!(words("qst 未来").iter().any(|word| word.starts_with("未来")), "{:?}", words("qst 未来"));
}

#[test]
fn every_hyphen_is_found() {
    let is_hyphen = |character: &char| folded::folded(&format!("x{character}y")) == "x-y";
    let hyphens: Vec<char> = ('\0'..=char::MAX).filter(is_hyphen).chain(['㍍']).collect();
    assert!(hyphens.len() > 10);
    for hyphen in hyphens {
        let plan = generator::Plan {
            seed: 1,
            languages: vec!["ja", "en"],
            milestones: 8,
            organizations: 2,
            others: 2,
            years: (1950, 2030),
            chains: 0,
            vague: false,
        };
        let with_hyphens = |text: &[u8]| {
            let text = std::str::from_utf8(text).unwrap();
            text.replace("fusion", &format!("x{hyphen}y")).replace("ビーム", &format!("ビ{hyphen}ム")).into_bytes()
        };
        let files = generator::chronicle(&plan);
        let files: Vec<_> = files.into_iter().map(|(path, text)| (path, with_hyphens(&text))).collect();
        let blob = oracle::compiled(&files);
        let chronicle = Chronicle::open(&blob).unwrap();
        let records = plain::records(&chronicle);
        for query in ["-", "-y", "- -", "x-y", "ビーム", "ーム", "-む", "ー"] {
            agrees(&chronicle, &records, query);
        }
        assert!(chronicle.search("-").unwrap().hits().count() > 3, "{hyphen}");
    }
}

/// Queries of anything against chronicles of anything, for a minute; `NENPYO_FUZZ_SECONDS=1800` for half an hour, and
/// `NENPYO_FUZZ_SEED` for others than usual.
#[test]
fn any_query_of_any_chronicle_finds_what_a_plain_scan_finds() {
    let number = |name: &str, usual: u64| std::env::var(name).ok().map_or(usual, |text| text.parse().unwrap());
    let limit = Duration::from_secs(number("NENPYO_FUZZ_SECONDS", 60));
    let mut seed = number("NENPYO_FUZZ_SEED", 1);
    let begin = Instant::now();
    let mut queries = 0;
    while begin.elapsed() < limit {
        let mut dice = Dice(seed);
        let plan = generator::Plan {
            seed,
            languages: [vec!["ja", "en"], vec!["ja"], vec!["en"], vec!["en", "fra", "ja", "ko"]][dice.below(4)].clone(),
            // Now and then more than a window of the index holds.
            milestones: if dice.chance(4) { 700 } else { dice.below(40) },
            organizations: dice.below(20),
            others: dice.below(6),
            years: (1950, 2030),
            chains: 10,
            vague: false,
        };
        let files = generator::chronicle(&plan);
        let dense = oracle::compile(&files);
        let dense = if seed.is_multiple_of(2) { dense.with_small_search_index() } else { dense };
        let (blob, dense) = (oracle::compiled(&files), dense.with_dense_text().unwrap().blob());
        let chronicle = Chronicle::open(&blob).unwrap();
        let dense = Chronicle::open(&dense).unwrap();
        let records = plain::records(&chronicle);
        let mut texts = texts(&chronicle);
        texts.push("量子メス ryoushi".to_owned());
        let budget = if records.len() > 600 { 10 } else { 60 };
        for _ in 0..budget {
            let query = if dice.chance(25) { anything(&mut dice) } else { query(&mut dice, &texts) };
            let search = chronicle.search(&query).unwrap();
            assert_eq!(told(&dense.search(&query).unwrap()), told(&search), "seed {seed}, {query:?}");
            let found = hits(&search);
            let expected = plain::search(&records, &query);
            assert!(found == expected, "seed {seed}, {query:?}\nfound    {found:?}\nexpected {expected:?}");
            queries += 1;
        }
        seed += 1;
    }
    assert!(queries > 100, "only {queries} queries");
}

/// Characters from anywhere, but for those whose folding in a query of a chronicle that does not have what they fold
/// into is that they match nothing: these are looked at one by one elsewhere.
fn anything(dice: &mut Dice) -> String {
    let ranges =
        [(0x20, 0x7E), (0x3041, 0x30FF), (0x4E00, 0x4E80), (0xFF66, 0xFF9D), (0xAC00, 0xAC20), (0x2010, 0x2027)];
    let length = dice.below(12);
    let character = |dice: &mut Dice| {
        let (first, last) = ranges[dice.below(ranges.len())];
        char::from_u32(first + dice.below((last - first) as usize + 1) as u32).unwrap()
    };
    (0..length).map(|_| character(dice)).collect()
}
