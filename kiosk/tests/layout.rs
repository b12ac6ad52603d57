//! Every text of QST in every width: no rule of kinsoku broken, nothing lost, nothing wider than its line.

mod cells;
#[path = "../../tests/texts/mod.rs"]
mod texts;

use std::collections::BTreeSet;

use cells::{Cells, Shown};
use nenpyo::{Language, Text};
use nenpyo_kiosk::layout::{Layout, Measure, Options, Readings};
use nenpyo_schema::Break;
use nenpyo_typeset::breaks::{CompiledBreaks, compile};
use proptest::prelude::*;

fn qst() -> Vec<Text<'static>> {
    [Language::JA, Language::EN].into_iter().flat_map(texts::of).collect()
}

fn compiled() -> CompiledBreaks {
    let texts: BTreeSet<String> =
        qst().into_iter().flat_map(|text| [text.to_string(), text.reading().to_string()]).collect();
    compile(&['…'], texts.iter().map(String::as_str)).unwrap()
}

/// From 4 to 60 cells, a cell being half a kanji or a whole one.
fn widths() -> impl Iterator<Item = u16> {
    (4..=60).chain((62..=120).step_by(2))
}

/// Sets every text in every width; what must hold of lines is asserted.
///
/// Four kanji are room enough for every rule of kinsoku. On lines of two or three, `シャッ` and its like have no room, and
/// lines end where it hurts least: asserted of every single one.
fn set(hanging: bool, readings: Readings) {
    let compiled = compiled();
    for text in qst() {
        let shown = Shown::of(text, readings);
        for cells in widths() {
            let options = Options { width: cells * Cells::HALF, hanging, readings, ..Options::DEFAULT };
            let layout = Layout { measure: &Cells, breaks: compiled.breaks(), options };
            let broken = shown.check(&layout, text);
            assert!(broken == 0 || cells < 8, "{cells} cells: {text}");
        }
    }
}

#[test]
fn every_text_in_every_width() {
    set(false, Readings::Above);
}

#[test]
fn every_text_in_every_width_with_hanging_punctuation() {
    set(true, Readings::Above);
}

#[test]
fn every_text_in_every_width_as_it_is_read() {
    set(false, Readings::Instead);
}

/// At most so many lines: what fits is shown whole, and of what does not the last line ends with an ellipsis.
#[test]
fn what_does_not_fit_ends_with_an_ellipsis() {
    let compiled = compiled();
    let ellipsis = Cells.advance(Options::ELLIPSIS);
    for text in qst() {
        let characters: Vec<char> = text.chars().collect();
        let places = Shown::of(text, Readings::Above).places;
        for (cells, lines) in [(8, 2), (13, 1), (21, 3), (32, 2), (60, 1)] {
            let options = Options { width: cells * Cells::HALF, lines, ..Options::DEFAULT };
            let layout = Layout { measure: &Cells, breaks: compiled.breaks(), options };
            let whole = Layout { options: Options { lines: u16::MAX, ..options }, ..layout };
            let found: Vec<_> = layout.lines(text).collect();
            assert!(found.len() <= usize::from(lines));
            let last = found.last().unwrap();
            assert_eq!(last.is_cut, whole.lines(text).count() > usize::from(lines), "{text}");
            assert!(last.width <= options.width);
            if !last.is_cut {
                assert_eq!(usize::from(last.end), characters.len());
                continue;
            }
            let mut glyphs = Vec::new();
            layout.place(last, |glyph| glyphs.push(glyph));
            let end = glyphs.pop().unwrap();
            assert_eq!((end.character, end.x + ellipsis), (Options::ELLIPSIS, last.width));
            // Words stay whole, unless they are longer than the line by themselves.
            let (start, end) = (usize::from(last.start), usize::from(last.end));
            let next = (end..characters.len()).find(|at| characters[*at] != ' ').unwrap();
            let is_before_a_comma = "、。，．".contains(characters[next]);
            let is_behind_a_comma = |place: usize| "、。，．".contains(characters[place - 1]);
            let is_better = |place: &usize| places[*place] == Break::Allowed && !is_behind_a_comma(*place);
            let better = (start + 1..next).find(is_better).filter(|_| places[next] > Break::Allowed);
            assert!(is_before_a_comma || better.is_none(), "{text}: {}", last.text().collect::<String>());
        }
    }
}

/// Bases, each with a reading or without.
fn content() -> impl Strategy<Value = Vec<(String, Option<String>)>> {
    let plain = ("[量子森のはっーアキュ、。「」（）・a-d0-9 .,-]{1,8}", Just(None));
    let base = ("[量子森a]{1,5}", "[りょうし]{1,9}".prop_map(Some));
    prop::collection::vec(prop_oneof![plain, base], 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn random_texts_with_random_readings(content in content(), hanging: bool) {
        let mut content: Vec<(&str, Option<&str>)> =
            content.iter().map(|(base, reading)| (base.as_str(), reading.as_deref())).collect();
        // A text has no space around it, as `check` says of data.
        content.insert(0, ("森", None));
        content.push(("量", None));
        let content = content.as_slice();
        let texts: Vec<String> = [Readings::Above, Readings::Instead]
            .map(|readings| Shown::of(content, readings).characters.iter().collect())
            .into();
        let compiled = compile(&[], texts.iter().map(String::as_str)).unwrap();
        prop_assume!(compiled.lost() == 0);
        for readings in [Readings::Above, Readings::Instead, Readings::Without] {
            let shown = Shown::of(content, readings);
            for cells in 4..40 {
                let options = Options { width: cells * Cells::HALF, hanging, readings, ..Options::DEFAULT };
                shown.check(&Layout { measure: &Cells, breaks: compiled.breaks(), options }, content);
            }
        }
    }
}
