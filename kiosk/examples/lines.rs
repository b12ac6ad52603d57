//! Sets the milestones of QST once on lines of so many half cells, in one language, to be counted:
//!
//! `valgrind --tool=callgrind --toggle-collect='*set_all*' target/release/examples/lines 20 ja`

use nenpyo::{Language, Milestone, QST, Text};
use nenpyo_kiosk::layout::{Heights, Layout, Line, Measure, Options};
use nenpyo_typeset::breaks::compile;

struct Cells;

impl Measure for Cells {
    fn advance(&self, character: char) -> u16 {
        if u32::from(character) < 0x2E80 { 2 } else { 4 }
    }

    fn ruby_advance(&self, character: char) -> u16 {
        self.advance(character) / 2
    }

    fn heights(&self) -> Heights {
        Heights { ascent: 7, descent: 1, ruby: 4, gap: 1 }
    }
}

/// The titles and summaries of milestones.
fn texts(language: Language) -> Vec<Text<'static>> {
    let text = |milestone: Milestone<'static>| {
        [milestone.title(language), milestone.details().and_then(|details| details.summary(language))]
    };
    QST.milestones().iter().flat_map(text).flatten().collect()
}

/// How many lines there are.
#[inline(never)]
fn set_all(layout: &Layout<'_, Cells>, texts: &[Text<'static>]) -> usize {
    texts.iter().map(|text| layout.lines(*text).count()).sum()
}

/// How many characters are placed.
#[inline(never)]
fn place_all(layout: &Layout<'_, Cells>, lines: &[Line<Text<'static>>]) -> usize {
    let mut placed = 0;
    for line in lines {
        layout.place(line, |_| placed += 1);
    }
    placed
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let cells: u16 = arguments.next().and_then(|cells| cells.parse().ok()).unwrap_or(20);
    let language = if arguments.next().as_deref() == Some("en") { Language::EN } else { Language::JA };
    let texts = texts(language);
    let strings: Vec<String> = texts.iter().flat_map(|text| [text.to_string(), text.reading().to_string()]).collect();
    let compiled = compile(&['…'], strings.iter().map(String::as_str)).expect("few classes");
    let options = Options { width: cells * 2, ..Options::DEFAULT };
    let layout = Layout { measure: &Cells, breaks: compiled.breaks(), options };
    let lines: Vec<Line<Text<'_>>> = texts.iter().flat_map(|text| layout.lines(*text)).collect();
    let characters: usize = texts.iter().map(|text| text.chars().count()).sum();
    let placed = place_all(&layout, &lines);
    println!("{} lines of {characters} characters, {placed} placed", set_all(&layout, &texts));
}
