//! What may happen at every place of a text, as a library that knows all of Unicode says, made stricter by kinsoku.

use std::collections::HashMap;

use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness};
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use nenpyo_schema::Break;

use super::kinsoku::{BEGIN_NO_LINE, END_NO_LINE};
use super::units::unit_at;

/// How strict the library is, in the words of CSS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// No line begins with small kana.
    Strict,
    /// Lines may begin with small kana and the long vowel mark.
    Normal,
}

/// Where the library breaks a text: before which of its bytes, without its beginning and end.
///
/// ```
/// use nenpyo_typeset::breaks::{Strictness, library_breaks};
/// assert_eq!(library_breaks("キャベツ", Strictness::Strict), [6, 9]);
/// assert_eq!(library_breaks("キャベツ", Strictness::Normal), [3, 6, 9]);
/// ```
pub fn library_breaks(text: &str, strictness: Strictness) -> Vec<usize> {
    let breaks = segmenter(strictness).segment_str(text);
    breaks.filter(|place| *place > 0 && *place < text.len()).collect()
}

fn segmenter(strictness: Strictness) -> LineSegmenterBorrowed<'static> {
    let mut options = LineBreakOptions::default();
    options.strictness = Some(match strictness {
        Strictness::Strict => LineBreakStrictness::Strict,
        Strictness::Normal => LineBreakStrictness::Normal,
    });
    LineSegmenter::new_for_non_complex_scripts(options)
}

/// What may happen before each character of a text. Before spaces, and before the first character, nothing ends a line.
///
/// ```
/// use nenpyo_schema::Break;
/// use nenpyo_typeset::breaks::places;
/// let expected = [Break::Never, Break::Together, Break::Allowed, Break::Never];
/// assert_eq!(places("4月は、"), expected);
/// ```
pub fn places(text: &str) -> Vec<Break> {
    Reference::new().places(text)
}

/// The same, with what was already asked about single characters.
pub(super) struct Reference {
    strict: LineSegmenterBorrowed<'static>,
    normal: LineSegmenterBorrowed<'static>,
    /// Of each character: whether it begins no line, and whether it ends none.
    edges: HashMap<char, (bool, bool)>,
}

impl Reference {
    pub(super) fn new() -> Self {
        let (strict, normal) = (segmenter(Strictness::Strict), segmenter(Strictness::Normal));
        Self { strict, normal, edges: HashMap::new() }
    }

    /// What may happen before each character.
    pub(super) fn places(&mut self, text: &str) -> Vec<Break> {
        let mut places = self.places_without_units(text);
        let characters: Vec<char> = text.chars().collect();
        for (at, place) in places.iter_mut().enumerate().filter(|(_, place)| **place == Break::Allowed) {
            let before = characters[..at].iter().rev().find(|character| **character != ' ');
            if before.is_some_and(|before| is_digit(*before)) && unit_at(&characters[at..]).is_some() {
                *place = Break::Together;
            }
        }
        places
    }

    /// As if a number could be parted from its unit.
    pub(super) fn places_without_units(&mut self, text: &str) -> Vec<Break> {
        let is_break = |segmenter: &LineSegmenterBorrowed<'static>| {
            let mut breaks = vec![false; text.len() + 1];
            segmenter.segment_str(text).for_each(|place| breaks[place] = true);
            breaks
        };
        let (strict, normal) = (is_break(&self.strict), is_break(&self.normal));
        let (mut before, mut spaced) = (None, false);
        let mut places = Vec::new();
        for (at, character) in text.char_indices() {
            places.push(match before {
                None => Break::Never,
                Some(_) if character == ' ' => Break::Never,
                Some(before) => {
                    let is_at_an_edge = self.begins_no_line(character) || !spaced && self.ends_no_line(before);
                    match (strict[at], normal[at]) {
                        (true, _) if !is_listed(before, spaced, character) => Break::Allowed,
                        _ if spaced => Break::Never,
                        (false, true) if !END_NO_LINE.contains(before) => Break::Loose,
                        _ if is_at_an_edge => Break::Never,
                        _ => Break::Word,
                    }
                }
            });
            (before, spaced) = if character == ' ' { (before, true) } else { (Some(character), false) };
        }
        places
    }

    fn edges(&mut self, character: char) -> (bool, bool) {
        let strict = &self.strict;
        *self.edges.entry(character).or_insert_with(|| {
            // Between ideographs everything breaks but what begins or ends no line.
            let is_whole = |text: String| strict.segment_str(&text).count() == 2;
            let begins_no_line = BEGIN_NO_LINE.contains(character) || is_whole(format!("漢{character}"));
            let ends_no_line = END_NO_LINE.contains(character) || is_whole(format!("{character}漢"));
            (begins_no_line, ends_no_line)
        })
    }

    fn begins_no_line(&mut self, character: char) -> bool {
        self.edges(character).0
    }

    fn ends_no_line(&mut self, character: char) -> bool {
        self.edges(character).1
    }
}

/// Whether JLREQ's lists forbid what the library would allow.
fn is_listed(before: char, spaced: bool, after: char) -> bool {
    BEGIN_NO_LINE.contains(after) || !spaced && END_NO_LINE.contains(before)
}

/// Digits as they stand before units.
pub(super) const fn is_digit(character: char) -> bool {
    matches!(character, '0'..='9' | '０'..='９')
}
