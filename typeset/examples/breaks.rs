//! The study behind the table of breaks: what the break opportunities of texts cost, stored in several ways.
//!
//! `cargo run --release -p nenpyo-typeset --example breaks`

#[path = "../../tests/texts/mod.rs"]
mod texts;

use std::collections::BTreeSet;

use nenpyo::Language;
use nenpyo_schema::Break;
use nenpyo_typeset::breaks::{CompiledBreaks, compile, places};

fn main() {
    let languages = [Language::JA, Language::EN];
    let qst: BTreeSet<String> = languages.into_iter().flat_map(texts::of).map(|text| text.to_string()).collect();
    let readings = languages.into_iter().flat_map(texts::of).map(|text| text.reading().to_string());
    let with_readings: BTreeSet<String> = qst.iter().cloned().chain(readings).collect();
    tell("QST", &qst);
    tell("QST, and as it is read aloud", &with_readings);
    // Every fourth text as if it were all.
    tell("a quarter of QST", &qst.iter().step_by(4).cloned().collect());
    let repertoire: Vec<char> = with_readings.iter().flat_map(|text| text.chars()).chain(MARKS.chars()).collect();
    tell("random characters of QST and 40 marks", &random(&repertoire, 2_000, 60));
    let marks: Vec<char> = MARKS.chars().chain("  aあ漢1 ".chars()).collect();
    tell("random marks", &random(&marks, 2_000, 60));
}

/// Marks that the rules know by name.
const MARKS: &str = "“”‘’\"'–—…‥/%¥$€+±°℃¡¿«»()[]{}!?.,:;-&@#*|\u{A0}・「」『』（）、。ー々〜！？％";

/// Texts of characters thrown together.
fn random(characters: &[char], texts: usize, length: usize) -> BTreeSet<String> {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let mut text = || (0..length).map(|_| characters[next() % characters.len()]).collect::<String>();
    (0..texts).map(|_| text().trim().to_owned()).collect()
}

fn tell(name: &str, texts: &BTreeSet<String>) {
    let compiled = compile(&[], texts.iter().map(String::as_str)).expect("few classes");
    let characters: BTreeSet<char> = texts.iter().flat_map(|text| text.chars()).collect();
    let all: usize = texts.iter().map(|text| text.chars().count()).sum();
    let found: Vec<Vec<Break>> = texts.iter().map(|text| places(text)).collect();
    let allowed: usize = found.iter().flatten().filter(|place| **place == Break::Allowed).count();
    println!(
        "{name}: {} texts, {all} characters, {} different; {allowed} opportunities",
        texts.len(),
        characters.len()
    );
    println!("  one bit a character                        {:>8} bytes", all.div_ceil(8));
    println!(
        "  one bit a character, those after spaces and between kanji known {:>8}",
        bits_unknown(texts).div_ceil(8)
    );
    let gaps: usize = found.iter().map(|places| gaps(places)).sum();
    println!("  gaps between opportunities, half bytes     {:>8}", gaps.div_ceil(2));
    let table = Parts::of(&compiled);
    println!("  classes by character, half a byte or a byte {:>7}", table.by_character(characters.len()));
    println!("  classes by runs of characters              {:>8}", compiled.table().len());
    println!("    {table}; {} places lost", compiled.lost());
    // Simpler rules: how often they are wrong.
    let simple = |rule: &dyn Fn(char, char, bool) -> bool| wrong(texts, &found, rule);
    println!("  wrong, if lines end at spaces only          {:>7}", simple(&|_, _, spaced| spaced));
    println!(
        "  …, and beside whatever is no Latin letter   {:>7}",
        simple(&|a, b, spaced| spaced || !a.is_ascii() || !b.is_ascii())
    );
    println!("  …, and with lists of what begins or ends no line {:>4}", simple(&kinsoku));
}

/// What one would write without a library.
fn kinsoku(before: char, after: char, spaced: bool) -> bool {
    use nenpyo_typeset::breaks::{BEGIN_NO_LINE, END_NO_LINE};
    (spaced || !before.is_ascii() || !after.is_ascii())
        && !BEGIN_NO_LINE.contains(after)
        && !END_NO_LINE.contains(before)
}

/// How often a rule says something else.
fn wrong(texts: &BTreeSet<String>, found: &[Vec<Break>], rule: &dyn Fn(char, char, bool) -> bool) -> usize {
    let mut wrong = 0;
    for (text, places) in texts.iter().zip(found) {
        let (mut before, mut spaced) = (None, false);
        for (character, place) in text.chars().zip(places) {
            if character == ' ' {
                spaced = true;
                continue;
            }
            let said = before.is_some_and(|before| rule(before, character, spaced));
            wrong += usize::from(said != (*place <= Break::Together));
            (before, spaced) = (Some(character), false);
        }
    }
    wrong
}

/// Places that need a bit, if those between kanji and within Latin words are known.
fn bits_unknown(texts: &BTreeSet<String>) -> usize {
    let kind = |character: char| {
        if character.is_ascii_alphabetic() { 1 } else { u8::from(('一'..='龥').contains(&character)) * 2 }
    };
    let mut unknown = 0;
    for text in texts {
        let characters: Vec<char> = text.chars().collect();
        unknown += characters.windows(2).filter(|pair| kind(pair[0]) == 0 || kind(pair[0]) != kind(pair[1])).count();
    }
    unknown
}

/// Half bytes that the gaps between opportunities take, 15 going on.
fn gaps(places: &[Break]) -> usize {
    let (mut halves, mut gap) = (0, 0);
    for place in places {
        gap += 1;
        if *place == Break::Allowed {
            halves += 1 + gap / 15;
            gap = 0;
        }
    }
    halves
}

/// The parts of a table, read from its header.
struct Parts {
    classes: usize,
    runs: usize,
    exceptions: usize,
    units: usize,
    bytes: usize,
}

impl Parts {
    fn of(compiled: &CompiledBreaks) -> Self {
        let table = compiled.table();
        let number = |at: usize| usize::from(u16::from_le_bytes([table[at], table[at + 1]]));
        let classes = usize::from(table[0]);
        Self { classes, runs: number(2), exceptions: number(4), units: number(6), bytes: table.len() }
    }

    fn by_character(&self, characters: usize) -> usize {
        let classes = if self.classes > 16 { characters } else { characters.div_ceil(2) };
        self.bytes - 3 * self.runs + classes
    }
}

impl std::fmt::Display for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { classes, runs, exceptions, units, .. } = self;
        write!(f, "{classes} classes, {runs} runs, {exceptions} exceptions, units of {units} bytes")
    }
}
