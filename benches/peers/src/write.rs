//! Writes the data as each alternative reads it, and the questions.

use std::fmt::Write as _;
use std::path::Path;

use nenpyo::{Chronicle, Edtf};
use nenpyo_codegen::Compiled;
use nenpyo_emulator::Result;
use serde::Serialize;
use zerotrie::ZeroTrieSimpleAscii;
use zerovec::vecs::Index32;
use zerovec::{VarZeroVec, ZeroVec};

use crate::failed;
use crate::story::{Days, Story, Text};

/// What of nenpyo is asked.
pub(crate) const SECTIONS: &[&str] = &["ja", "en", "details", "slugs"];

/// Writes everything into a folder.
pub(crate) fn all(compiled: Compiled, folder: &Path) -> Result<()> {
    let blob = compiled.only(SECTIONS).blob();
    let chronicle = Chronicle::open(&blob).map_err(failed)?;
    let story = Story::of(&chronicle);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).map_err(failed);
    put("chronicle.nenpyo", &blob)?;
    put("questions.rs", questions(&chronicle, &story).as_bytes())?;
    put("structs.rs", structs(&story).as_bytes())?;
    put("phf.rs", phf(&story).as_bytes())?;
    put("postcard.bin", &postcard::to_stdvec(&story).map_err(failed)?)?;
    put("story.json", &serde_json::to_vec(&story).map_err(failed)?)?;
    put("rkyv.bin", &rkyv::to_bytes::<rkyv::rancor::Error>(&story).map_err(failed)?)?;
    put("zerovec.bin", &postcard::to_stdvec(&Columns::of(&story)).map_err(failed)?)
}

/// Some of a list, evenly.
fn some<T: Clone>(all: &[T], count: usize) -> Vec<T> {
    let at = |number: usize| all.get(number * all.len() / count).cloned();
    (0..count).filter_map(at).collect()
}

/// Spans of days, in EDTF.
const SPANS: [&str; 7] =
    ["2016-04-01", "2016-04", "2016", "2010/2019", "1950/2026", "2016-04-01/2016-06", "[2015-01-01..2019-12-31]"];

fn questions(chronicle: &Chronicle<'_>, story: &Story) -> String {
    // serde-json-core gives a borrowed string with its escapes as they stand: what has quotes is not asked for.
    let is_plain = |text: &Text| !text.plain.contains(['"', '\\']);
    let is_asked = |id: &u32| {
        let one = &story.milestones[*id as usize];
        one.title.iter().chain(&one.summary).chain(&one.note).all(is_plain)
    };
    let ids: Vec<u32> = (0..story.milestones.len() as u32).filter(is_asked).collect();
    let ids = some(&ids, 15);
    let slugs: Vec<&str> = ids.iter().map(|id| story.milestones[*id as usize].slug.as_str()).collect();
    let keys: Vec<u32> = ids.iter().map(|id| nenpyo::Key::of(&story.milestones[*id as usize].slug).hash()).collect();
    let days = |text: &'static str| {
        let days = Edtf::parse(text).expect("it is a date").days();
        (text, (days.begin_earliest.number(), days.end_latest.number()))
    };
    let spans: Vec<_> = SPANS.into_iter().map(days).collect();
    let organizations: Vec<u32> = (0..story.organizations.len() as u32).collect();
    let organizations = some(&organizations, 9);
    let years = [1957, 1990, 2016, 2019, 2021, 2026];
    let dates: Vec<i32> =
        years.iter().map(|year| nenpyo::Day::from_ymd(*year, 5, 1).expect("it is a day").number()).collect();
    let most = |sizes: &mut dyn Iterator<Item = usize>| sizes.max().unwrap_or(0).max(1);
    let mut text = String::new();
    for (name, kind, list) in [
        ("KEYS", "u32", format!("{keys:?}")),
        ("SLUGS", "&str", format!("{slugs:?}")),
        ("IDS", "u32", format!("{ids:?}")),
        ("SPANS", "(&str, (i32, i32))", format!("{spans:?}")),
        ("ORGANIZATIONS", "u32", format!("{organizations:?}")),
        ("DAYS", "i32", format!("{dates:?}")),
    ] {
        let _ = writeln!(text, "pub const {name}: &[{kind}] = &{list};");
    }
    for (name, number) in [
        ("MILESTONES", chronicle.milestones().len()),
        ("ORGANIZATIONS_COUNT", chronicle.organizations().len()),
        ("PARTICIPANTS", most(&mut story.milestones.iter().map(|one| one.participants.len()))),
        ("NAMES", most(&mut story.organizations.iter().map(|one| one.names.len()))),
        ("PARENTS", most(&mut story.organizations.iter().map(|one| one.parents.len()))),
    ] {
        let _ = writeln!(text, "#[allow(dead_code)]\npub const {name}: usize = {number};");
    }
    text
}

fn structs(story: &Story) -> String {
    let one = |text: &Text| format!("Text {{ plain: {:?}, ruby: {:?} }}", text.plain, text.ruby);
    let two = |texts: &[Text; 2]| format!("[{}, {}]", one(&texts[0]), one(&texts[1]));
    let mut source = format!("static MILESTONES: [Milestone; {}] = [\n", story.milestones.len());
    for milestone in &story.milestones {
        let _ = writeln!(
            source,
            "    Milestone {{ slug: {:?}, date: {:?}, flags: {}, kind: {}, title: {}, summary: {}, note: {}, participants: &{:?} }},",
            milestone.slug,
            milestone.date,
            milestone.flags,
            milestone.kind,
            two(&milestone.title),
            two(&milestone.summary),
            two(&milestone.note),
            milestone.participants
        );
    }
    let _ = writeln!(source, "];\nstatic ORGANIZATIONS: [Organization; {}] = [", story.organizations.len());
    for organization in &story.organizations {
        let names: Vec<String> =
            organization.names.iter().map(|held| format!("({:?}, {})", held.0, two(&held.1))).collect();
        let parents: Vec<String> =
            organization.parents.iter().map(|held| format!("({:?}, {})", held.0, held.1)).collect();
        let _ = writeln!(
            source,
            "    Organization {{ exists: {:?}, names: &[{}], parents: &[{}] }},",
            organization.exists,
            names.join(", "),
            parents.join(", ")
        );
    }
    let keys: Vec<(u32, u16)> = story.by_key.iter().map(|row| (row.0, row.1)).collect();
    let _ = writeln!(
        source,
        "];\n#[cfg(not(feature = \"phf\"))]\nstatic BY_KEY: [(u32, u16); {}] = {keys:?};\n\
         #[cfg(not(feature = \"phf\"))]\nstatic BY_SLUG: [u16; {}] = {:?};",
        keys.len(),
        keys.len(),
        story.by_slug
    );
    source
}

fn phf(story: &Story) -> String {
    let (mut by_key, mut by_slug) = (phf_codegen::Map::new(), phf_codegen::Map::new());
    for row in &story.by_key {
        by_key.entry(row.0, row.1.to_string());
        by_slug.entry(story.milestones[usize::from(row.1)].slug.as_str(), row.1.to_string());
    }
    format!(
        "static BY_KEY: phf::Map<u32, u16> = {};\nstatic BY_SLUG: phf::Map<&str, u16> = {};\n",
        by_key.build(),
        by_slug.build()
    )
}

type Texts = VarZeroVec<'static, str, Index32>;

/// The columns of `zerovec`, in the order in which they are read.
#[derive(Serialize)]
struct Columns {
    keys: ZeroVec<'static, u32>,
    key_ids: ZeroVec<'static, u16>,
    by_slug: Vec<u8>,
    dates: ZeroVec<'static, Days>,
    flags: ZeroVec<'static, u8>,
    kinds: ZeroVec<'static, u8>,
    texts: Texts,
    participants: (ZeroVec<'static, u32>, ZeroVec<'static, u16>),
    exists: ZeroVec<'static, Days>,
    names: (ZeroVec<'static, u32>, ZeroVec<'static, Days>),
    name_texts: Texts,
    parents: (ZeroVec<'static, u32>, ZeroVec<'static, Days>),
    parent_ids: ZeroVec<'static, u16>,
}

/// Where the rows of each owner begin, and where the last ones end.
fn starts(lengths: impl Iterator<Item = usize>) -> ZeroVec<'static, u32> {
    let mut sum = 0;
    let ends = lengths.map(|length| {
        sum += length as u32;
        sum
    });
    std::iter::once(0).chain(ends.collect::<Vec<u32>>()).collect()
}

fn plain_and_ruby<'t>(texts: impl IntoIterator<Item = &'t Text>) -> Texts {
    let both: Vec<&str> = texts.into_iter().flat_map(|text| [text.plain.as_str(), text.ruby.as_str()]).collect();
    Texts::from(both.as_slice())
}

impl Columns {
    fn of(story: &Story) -> Self {
        let Story { milestones, organizations, by_key, .. } = story;
        let trie: ZeroTrieSimpleAscii<Vec<u8>> =
            milestones.iter().enumerate().map(|(id, milestone)| (milestone.slug.as_bytes(), id)).collect();
        let texts = milestones.iter().flat_map(|one| one.title.iter().chain(&one.summary).chain(&one.note));
        let names = || organizations.iter().flat_map(|one| &one.names);
        let parents = || organizations.iter().flat_map(|one| &one.parents);
        Self {
            keys: by_key.iter().map(|row| row.0).collect(),
            key_ids: by_key.iter().map(|row| row.1).collect(),
            by_slug: trie.into_store(),
            dates: milestones.iter().map(|one| one.date).collect(),
            flags: milestones.iter().map(|one| one.flags).collect(),
            kinds: milestones.iter().map(|one| one.kind).collect(),
            texts: plain_and_ruby(texts),
            participants: (
                starts(milestones.iter().map(|one| one.participants.len())),
                milestones.iter().flat_map(|one| one.participants.iter().copied()).collect(),
            ),
            exists: organizations.iter().map(|one| one.exists).collect(),
            names: (starts(organizations.iter().map(|one| one.names.len())), names().map(|held| held.0).collect()),
            name_texts: plain_and_ruby(names().flat_map(|held| &held.1)),
            parents: (
                starts(organizations.iter().map(|one| one.parents.len())),
                parents().map(|held| held.0).collect(),
            ),
            parent_ids: parents().map(|held| held.1).collect(),
        }
    }
}
