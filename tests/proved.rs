//! The list of lookups is complete, gives the same answers in both homes, and lets no byte of a chronicle go unseen.
//!
//! Boards, proofs, costs and the tests of opening and allocation all go through that list.

#[allow(dead_code, reason = "each test program uses its part of the file")]
mod blob;
mod generator;
#[allow(dead_code, reason = "each program uses its part of the lookups")]
mod lookups;
#[path = "oracle/mod.rs"]
#[allow(dead_code, reason = "each test program uses its part of the oracle")]
mod oracle;
#[allow(dead_code, reason = "each test program uses its part of the pictures")]
mod pictures;
mod sources;

use std::collections::BTreeSet;
use std::path::Path;

use blob::Blob;
use generator::Plan;
use lookups::{BESIDE, EXPRESSIONS, NAMES};
use nenpyo::{Before, Chronicle, GlyphSize, QST};
use nenpyo_schema::{
    Aspect, DetailRecord, KeyRow, LinkRow, ManifestRecord, PackedEnd, PeriodRow, SpanRow, TableId as T, must_cast,
};

/// What firmware can call: this package, and what it passes on of its schema.
fn public_functions() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |folder: &str| -> Vec<String> {
        let files = sources::rust_files(&root.join(folder)).into_iter().filter(|file| !file.ends_with("tests.rs"));
        files.map(|file| std::fs::read_to_string(file).unwrap()).collect()
    };
    let mut functions: BTreeSet<String> = sources::public_functions(&read("src")).into_iter().collect();
    // How `serde` writes a view is for its formats to say; whatever else `serialize` offered would be found.
    functions.retain(|name| !name.contains(" as Serialize>") && !name.contains(" as Format>"));
    let library = std::fs::read_to_string(root.join("src/lib.rs")).unwrap();
    let passed_on = passed_on(&library);
    let of_schema = sources::public_functions(&read("schema/src")).into_iter();
    functions.extend(of_schema.filter(|name| passed_on.contains(type_of(name))));
    functions
}

/// The types of the schema that `src/lib.rs` passes on to firmware.
fn passed_on(library: &str) -> BTreeSet<&str> {
    let (_, rest) = library.split_once("pub use nenpyo_schema::{").expect("the types of the schema");
    let (names, _) = rest.split_once('}').expect("the end of the list");
    names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
}

/// The type in a path: of `<Edtf as Display>::fmt` and `Edtf::parse` it is `Edtf`.
fn type_of(path: &str) -> &str {
    path.trim_start_matches('<').split([' ', ':']).next().unwrap_or_default()
}

/// A path without the remark behind it.
fn path(name: &str) -> &str {
    name.split_once(" (").map_or(name, |(path, _)| path)
}

#[test]
fn every_public_function_is_in_the_list() {
    let all = || NAMES.iter().chain(BESIDE);
    let listed: BTreeSet<String> = all().map(|name| path(name).to_owned()).collect();
    let public = public_functions();
    assert!(public.len() > 400, "only {} public functions found", public.len());
    let missing: Vec<&String> = public.difference(&listed).collect();
    assert!(missing.is_empty(), "add to tests/lookups: {missing:#?}");
    let gone: Vec<&String> = listed.difference(&public).collect();
    assert!(gone.is_empty(), "in tests/lookups, but not in the sources: {gone:#?}");
    assert_eq!(all().collect::<BTreeSet<_>>().len(), all().count(), "one is listed twice");
}

/// A line of the list asks what it says.
#[test]
fn every_line_asks_the_function_that_it_names() {
    for (name, expression) in NAMES.iter().chain(BESIDE).zip(EXPRESSIONS) {
        let (_, function) = path(name).rsplit_once("::").unwrap_or(("", name));
        let as_written: String = expression.split_whitespace().collect();
        let asked: &[&str] = match function {
            "fmt" => &["shown(", "debugged("],
            "eq" => &["=="],
            // Whatever goes through an iterator.
            "next" | "into_iter" => &["all(", ".next()"],
            "next_back" => &[".rev()"],
            "size_hint" => &[".size_hint()", ".len()"],
            "from_str" => &[".parse::<"],
            "from" => &["u32::from("],
            "write_to" => &["written("],
            "pieces" => &["reading()"],
            _ => &[],
        };
        let called = [format!(".{function}("), format!("::{function}("), format!(".{function}::<")]
            .iter()
            .any(|call| as_written.contains(call));
        assert!(called || asked.iter().any(|word| as_written.contains(word)), "{name} asks {expression}");
    }
}

#[test]
fn what_a_source_offers_is_found() {
    let source = r#"
pub fn free() {}
pub(crate) fn ours() {}
pub struct Thing<T>(T);
impl<T> Thing<T> {
    pub const fn own(&self) {}
    fn private(&self) {}
    more!(|thing: Self| thing);
}
impl Iterator for Thing<u8> {
    fn next(&mut self) -> Option<u8> { None }
}
impl PartialEq<&str> for Thing<&str> {
    fn eq(&self, _: &&str) -> bool { true }
}
impl<'a> IntoIterator for &Thing<&'a str> {
    fn into_iter(self) {}
}
trait Ours { fn hidden(&self); }
impl Ours for Thing<u8> { fn hidden(&self) {} }
struct Inner;
impl From<u8> for Inner { fn from(_: u8) -> Self { Self } }
#[cfg(test)]
mod tests { pub fn help() {} }
#[cfg(feature = "defmt")]
impl defmt::Format for Thing<u8> { fn format(&self) {} }
macro_rules! more { ($start:expr) => { pub fn made(self) { $start(self) } } }
macro_rules! view {
    ($(#[$doc:meta])* $name:ident, $title:ident) => {
        $(#[$doc])*
        pub struct $name;
        impl<'a> $name { pub fn $title(&self) {} pub(crate) fn node(&self) {} }
        impl core::fmt::Debug for $name { fn fmt(&self) { $crate::x() } }
    };
}
view! {
    /// A view.
    Milestone, title
}
macro_rules! each { ($($name:ident),+) => { $(impl $name { pub fn both(&self) {} })+ }; }
each!(One, Two);
macro_rules! documented { ($($name:ident),+) => { $(#[doc = "It is one."] pub fn $name(self) {})+ } }
impl One { documented!(first, second); }
macro_rules! vocabulary {
    ($name:ident { $($variant:ident = $byte:literal,)+ }) => {
        pub enum $name { $($variant = $byte,)+ }
        impl $name { pub const fn byte(self) -> u8 { self as u8 } }
    };
}
vocabulary! { Kind { A = 0, B = 1, } }
pub trait Told { fn told(&self) {} fn asked(&self); }
#[derive(Clone, Debug, PartialEq)]
pub enum Change { More }
#[derive(Debug)]
enum Hidden { More }
#[cfg(feature = "serde")]
impl One { pub fn json(&self) {} }
"#;
    let expected = [
        "<&Thing as IntoIterator>::into_iter",
        "<Change as Debug>::fmt",
        "<Change as PartialEq>::eq",
        "<Milestone as Debug>::fmt",
        "<Thing as Iterator>::next",
        "<Thing as PartialEq<&str>>::eq",
        "Kind::byte",
        "Milestone::title",
        "One::both",
        "One::first",
        "One::json",
        "One::second",
        "Thing::made",
        "Thing::own",
        "Told::told",
        "Two::both",
        "free",
    ];
    assert_eq!(sources::public_functions(&[source.to_owned()]), expected);
}

fn digests(chronicle: &Chronicle<'_>) -> Vec<u32> {
    lookups::digests(chronicle, None, u32::MAX).iter().map(|digest| digest.state).collect()
}

/// Which lookups answer otherwise.
fn differing(one: &[u32], other: &[u32]) -> Vec<&'static str> {
    NAMES.iter().zip(one.iter().zip(other)).filter(|(_, (one, other))| one != other).map(|(name, _)| *name).collect()
}

/// The sizes of glyphs, and whether they are there.
const GLYPHS: [(bool, &str); 7] = [
    (cfg!(feature = "glyphs-8"), "8"),
    (cfg!(feature = "glyphs-10"), "10"),
    (cfg!(feature = "glyphs-12"), "12"),
    (cfg!(feature = "glyphs-16"), "16"),
    (cfg!(feature = "glyphs-16-grey"), "16-grey"),
    (cfg!(feature = "glyphs-24-grey"), "24-grey"),
    (cfg!(feature = "glyphs-32-grey"), "32-grey"),
];

#[test]
fn both_homes_answer_the_same() {
    let sections = ["ja", "en", "details", "sources", "search", "search-index"]
        .into_iter()
        .chain(cfg!(feature = "slugs").then_some("slugs"));
    let compiled = nenpyo_codegen::compile(Path::new("data")).unwrap();
    let glyphs: Vec<&str> = GLYPHS.iter().filter(|(is_there, _)| *is_there).map(|(_, size)| *size).collect();
    let compiled = compiled.only(&sections.collect::<Vec<_>>()).with_glyphs(&glyphs).unwrap();
    let file = if cfg!(feature = "dense-text") { compiled.with_dense_text().unwrap() } else { compiled }.blob();
    let opened = Chronicle::open(&file).unwrap();
    lookups::claims::hold(&QST);
    lookups::claims::hold(&opened);
    assert_eq!(differing(&digests(&QST), &digests(&opened)), [""; 0]);
}

#[test]
fn every_lookup_answers_something() {
    let digests = lookups::digests(&QST, None, u32::MAX);
    let silent: Vec<&str> =
        NAMES.iter().zip(&digests).filter(|(_, digest)| digest.told == 0).map(|(name, _)| *name).collect();
    // Of const tables nothing is opened; the rest is what QST's data has none of.
    let expected =
        ["Chronicle::open", "Milestone::milestones", "Person::themes", "Statement::referrers", "Statement::milestones"];
    // Without a size of glyphs there is nothing to ask of these.
    let has_glyphs = GLYPHS.iter().any(|(is_there, _)| *is_there);
    let is_of_glyphs = |name: &&str| ["Glyph::", "Glyphs", "Pixels", "<Glyph as"].iter().any(|of| name.contains(of));
    let silent: Vec<&str> =
        silent.into_iter().filter(|name| has_glyphs || !is_of_glyphs(name) && *name != "Chronicle::glyphs").collect();
    assert_eq!(silent, expected);
}

/// A chronicle that has every kind of table, small enough to change each of its bytes.
fn small() -> Vec<u8> {
    let plan = Plan {
        seed: 11,
        languages: vec!["ja", "en"],
        milestones: 4,
        organizations: 3,
        others: 1,
        years: (1990, 2030),
        chains: 4,
        vague: false,
    };
    let compiled = oracle::compile(&generator::chronicle(&plan));
    pictures::with_pictures(compiled, &[GlyphSize::Mono8, GlyphSize::Grey16]).blob()
}

/// How many languages it has.
const LANGUAGES: usize = 2;

/// The details of each record, with the bits of the languages that there are.
fn details(blob: &mut Blob) -> Vec<(u8, Vec<u8>)> {
    let starts: Vec<usize> = blob
        .table(T::DetailStarts)
        .chunks(4)
        .map(|start| u32::from_le_bytes(start.try_into().unwrap()) as usize)
        .collect();
    let bytes = blob.table(T::Details).clone();
    let one = |range: &[usize]| {
        let record: DetailRecord<'_> = postcard::from_bytes(&bytes[range[0]..range[1]]).unwrap();
        let descriptive = record.descriptive & ((1 << LANGUAGES) - 1);
        (descriptive, format!("{:?}", DetailRecord { descriptive, ..record }).into_bytes())
    };
    starts.windows(2).map(one).collect()
}

/// All glyphs: there are more of these than records ask for.
fn glyphs(chronicle: &Chronicle<'_>) -> Vec<u32> {
    let sizes = GlyphSize::ALL.iter().filter_map(|size| chronicle.glyphs(*size));
    let answers = sizes.flat_map(|glyphs| {
        let header = [glyphs.size().byte(), glyphs.depth(), glyphs.height(), glyphs.baseline()].map(u32::from);
        let drawn = ('\0'..='\u{FFFF}').filter_map(move |character| Some((character, glyphs.get(character)?)));
        let drawn = drawn.flat_map(|(character, glyph)| {
            [u32::from(character), glyph.width().into()].into_iter().chain(glyph.pixels().map(u32::from))
        });
        header.into_iter().chain(drawn)
    });
    answers.collect()
}

/// Where lines break in every order of a few characters, and what class each character has.
fn breaks(chronicle: &Chronicle<'_>) -> Vec<u8> {
    let breaks = chronicle.breaks();
    let classes = ('\0'..='\u{FFFF}').map(|character| breaks.class(character)).collect::<Vec<_>>();
    let mut answers: Vec<u8> = classes.iter().flat_map(|class| [class.0, breaks.properties(*class).0]).collect();
    let samples = [None, Some(' '), Some('漢'), Some('か'), Some('5'), Some('m'), Some('k')];
    for earlier in samples {
        for last in samples {
            for space in [None, Some(' ')] {
                let behind = [earlier, last, space].into_iter().flatten().map(|character| breaks.class(character));
                let before = behind.fold(Before::NOTHING, Before::then);
                for after in samples.into_iter().flatten() {
                    let class = breaks.class(after);
                    answers.push(breaks.between_classes(before, class) as u8);
                    for later in samples {
                        answers.push(breaks.between(before, after, class, || later.into_iter()) as u8);
                    }
                }
            }
        }
    }
    answers
}

/// A byte that is changed, its checksum put right, is refused or changes an answer.
#[test]
fn no_byte_of_a_chronicle_goes_unseen() {
    let file = small();
    let chronicle = Chronicle::open(&file).unwrap();
    let right = (digests(&chronicle), glyphs(&chronicle), breaks(&chronicle));
    let mut whole = Blob::of(&file);
    let mut unseen = Vec::new();
    let mut refused = 0;
    let mut changed = 0;
    for part in 0..whole.parts.len() {
        // What only proposes is long, and looked at elsewhere: here it must not do harm.
        let proposes =
            [T::Folds, T::SearchIndex, T::SourceSearchIndex].map(|id| id as u8).contains(&whole.parts[part].id);
        // And glyphs are many of one kind.
        let is_of_glyphs = whole.parts[part].id == T::Characters as u8 || whole.parts[part].id >= T::Glyphs8 as u8;
        let step = match is_of_glyphs {
            true => 29,
            false if proposes => 61,
            false => 1,
        };
        for at in (0..whole.parts[part].bytes.len()).step_by(step) {
            let mut blob = whole.clone();
            let (id, language) = (blob.parts[part].id, blob.parts[part].language);
            blob.parts[part].bytes[at] ^= 1 << (at % 8);
            match Chronicle::open(&blob.file()) {
                Err(_) => refused += 1,
                Ok(chronicle) if is_of_glyphs && glyphs(&chronicle) != right.1 => changed += 1,
                Ok(chronicle) if id == T::Breaks as u8 && breaks(&chronicle) != right.2 => changed += 1,
                Ok(chronicle) if digests(&chronicle) != right.0 => changed += 1,
                Ok(_) if is_read_by_nobody(&mut whole, &mut blob, id, language, at) => {}
                Ok(_) => unseen.push((id, language, at)),
            }
        }
    }
    assert_eq!(unseen, [], "table, language, byte");
    assert!(refused > 1000 && changed > 1000, "{refused} refused, {changed} changed an answer");
}

/// What stands in a file for another reader, or for none: `at` is where `changed` differs.
fn is_read_by_nobody(blob: &mut Blob, changed: &mut Blob, id: u8, language: u8, at: usize) -> bool {
    if [T::Folds, T::SearchIndex, T::SourceSearchIndex].map(|id| id as u8).contains(&id) {
        // Which letters fold and which records a gram proposes is seen by who searches for just these; `tests/search.rs`
        // does.
        return true;
    }
    if id == T::SourceRanks as u8 && at % LinkRow::BYTES == 3 {
        // How long the title of the only source is: no other is behind or before it, nor is it found by its name.
        return true;
    }
    if id == T::Details as u8 {
        // Bits of languages that the chronicle does not have.
        return details(blob) == details(changed);
    }
    if id == T::Breaks as u8 {
        // What lies between a space and what follows it: the character before the space is asked, and never the space.
        let row = 8 + usize::from(pictures::BREAKS[0]);
        return (row..row + usize::from(pictures::BREAKS[0] / 2)).contains(&at);
    }
    let keys = [(T::KeyIndex, T::Keys), (T::SourceKeyIndex, T::SourceKeys)];
    for (index, keys) in keys {
        if id == index as u8 {
            // An older key of a record, which nobody knows who has not read the data.
            let hash = blob.row(index, KeyRow::BYTES, at / KeyRow::BYTES)[..4].to_vec();
            return !blob.table(keys).chunks(4).any(|key| key == hash);
        }
    }
    if id == T::Periods as u8 {
        let row: [u8; PeriodRow::BYTES] =
            blob.row(T::Periods, PeriodRow::BYTES, at / PeriodRow::BYTES).try_into().unwrap();
        let row = PeriodRow::from_row(&must_cast(row));
        let is_sure = |end| matches!(end, PackedEnd::Date(date) if date.read().certain_day().is_some());
        // A short name has no period that a lookup tells. Whether a name is a description is told on a day; a name
        // that holds surely on no day may give way to another on every one.
        let is_no_language = at % PeriodRow::BYTES == 1 && at % 8 >= LANGUAGES;
        return row.aspect == Aspect::ShortName as u8
            || is_no_language
            || at % PeriodRow::BYTES == 1 && !is_sure(row.from);
    }
    if id == T::SourcePeriods as u8 {
        // A source is published on its first day.
        return matches!(at % PeriodRow::BYTES, 3 | 16..);
    }
    if id == T::SourceTextSpans as u8 {
        // Where a text of no bytes stands.
        let row = at / SpanRow::BYTES;
        return blob.row(T::SourceTextSpans, SpanRow::BYTES, row)[4..] == [0, 0] && at % SpanRow::BYTES < 4;
    }
    // The licence is the same in every language and read in the first.
    let manifest: ManifestRecord = postcard::from_bytes(blob.table(T::Manifest)).unwrap();
    let licence = manifest.licence as usize;
    let spans = blob.parts.iter().find(|part| part.id == T::NameSpans as u8 && part.language == 1).unwrap();
    let span = <[u8; SpanRow::BYTES]>::try_from(&spans.bytes[licence * SpanRow::BYTES..][..SpanRow::BYTES]).unwrap();
    let span = SpanRow::from_row(&must_cast(span));
    let text = span.start as usize..span.start as usize + usize::from(span.length);
    language == 1
        && (id == T::NameSpans as u8 && at / SpanRow::BYTES == licence || id == T::NamePool as u8 && text.contains(&at))
}
