//! Words whose reading is known, and where they stand in a text. Host only.

use std::collections::HashMap;

use super::{RubyError, Segment, is_education_kanji, is_kanji, offset_in, parse, parse_all};
use crate::check::texts;
use crate::model::ChronicleData;

/// The words whose reading is known: the terms of `ruby.toml`, every name of the data, and the parts of names that
/// hold a kanji not everyone can read.
#[derive(Debug, Default)]
pub struct Terms {
    words: Vec<Word>,
    /// A tree of the words: from a node by a character to a node. Node 0 is the root.
    steps: HashMap<(usize, char), usize>,
    /// The word that ends at a node.
    ends: HashMap<usize, usize>,
    nodes: usize,
}

#[derive(Debug)]
struct Word {
    /// The number of characters and the reading of each part; `None` where it needs none.
    parts: Vec<(usize, Option<String>)>,
    /// Whether it must carry its reading wherever it stands, or only lends it to words that need one.
    is_term: bool,
}

/// A text split into characters, with what ruby covers them.
pub(crate) struct Marked {
    /// The characters of the plain text.
    pub(crate) characters: Vec<char>,
    /// Where each stands in the marked text, in bytes; at last its length.
    pub(crate) offsets: Vec<usize>,
    /// The number of the stretch with ruby that each belongs to.
    covers: Vec<Option<usize>>,
}

/// A word of [`Terms`] in a text, of which some kanji stand without ruby.
pub(crate) struct Bare {
    /// The range of its characters.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Whether it is a term or a name.
    pub(crate) is_term: bool,
    /// How the whole word is to be written.
    pub(crate) marked: String,
    /// The ranges that want ruby, and their readings.
    pub(crate) wanted: Vec<(usize, usize, String)>,
}

impl Terms {
    /// Collects them from the data. What is no ruby notation is passed over; checks tell of it.
    ///
    /// ```
    /// use nenpyo_codegen::ruby::{Terms, annotate};
    /// use nenpyo_codegen::{Files, checked};
    /// let terms = Terms::of(&checked(&Files::read("tests/fixtures/ok".as_ref())?)?);
    /// assert_eq!(annotate("量子と本", &terms), "｜量子《りょうし》と本", "本 is the name of a source, and no term");
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn of(data: &ChronicleData) -> Self {
        let mut terms = Self { nodes: 1, ..Self::default() };
        for term in data.ruby.iter().flatten() {
            terms.add(&term.marked.value, true);
        }
        let names: Vec<_> = texts::of(data).into_iter().filter(|text| text.is_name && text.is_japanese).collect();
        for name in &names {
            terms.add(&name.at.value, true);
        }
        // Whole names first: the part of a name never takes the place of a name.
        for name in &names {
            for segment in parse(&name.at.value).unwrap_or_default() {
                let Some(reading) = segment.reading else { continue };
                let rare = segment.base.chars().any(|c| is_kanji(c) && !is_education_kanji(c));
                if rare && segment.base.chars().nth(1).is_some() {
                    terms.add(&format!("｜{}《{reading}》", segment.base), false);
                }
            }
        }
        terms
    }

    /// Adds a word. The first reading of a word wins.
    fn add(&mut self, marked: &str, is_term: bool) {
        let Ok(segments) = parse(marked) else { return };
        let needs = |base: &str| base.chars().any(is_kanji);
        let readable = segments.iter().all(|segment| segment.reading.is_some() || !needs(segment.base));
        if !readable || !segments.iter().any(|segment| needs(segment.base)) {
            return;
        }
        let mut node = 0;
        for character in segments.iter().flat_map(|segment| segment.base.chars()) {
            let new = self.nodes;
            node = *self.steps.entry((node, character)).or_insert(new);
            self.nodes = self.nodes.max(node + 1);
        }
        let parts = segments.iter().map(|segment| {
            let reading = segment.reading.filter(|_| needs(segment.base)).map(str::to_owned);
            (segment.base.chars().count(), reading)
        });
        let parts = parts.collect();
        self.ends.entry(node).or_insert_with(|| {
            self.words.push(Word { parts, is_term });
            self.words.len() - 1
        });
    }

    /// The longest word that begins at a character and ends where the text may be cut, and where it ends.
    fn longest_at(&self, text: &Marked, start: usize) -> Option<(&Word, usize)> {
        let (mut node, mut found) = (0, None);
        for (index, character) in text.characters.iter().enumerate().skip(start) {
            let Some(next) = self.steps.get(&(node, *character)) else { break };
            node = *next;
            let word = self.ends.get(&node).and_then(|word| self.words.get(*word));
            if let Some(word) = word.filter(|word| text.may_cut(index + 1) && text.may_hold(word, start)) {
                found = Some((word, index + 1));
            }
        }
        found
    }

    /// The words in a text of which some kanji stand without ruby, from left to right, the longest first.
    pub(crate) fn bare_in(&self, text: &Marked) -> Vec<Bare> {
        let (mut bare, mut start) = (Vec::new(), 0);
        while start < text.characters.len() {
            let found = if text.may_cut(start) { self.longest_at(text, start) } else { None };
            let Some((word, end)) = found else {
                start += 1;
                continue;
            };
            let mut at = start;
            let (mut wanted, mut marked) = (Vec::new(), String::new());
            for (length, reading) in &word.parts {
                let range = at..at + length;
                at += length;
                let part = text.text(range.start, range.end);
                marked += &reading.as_ref().map_or(part.clone(), |reading| format!("｜{part}《{reading}》"));
                if let Some(reading) = reading.as_ref().filter(|_| range.clone().any(|i| text.is_bare_kanji(i))) {
                    wanted.push((range.start, range.end, reading.clone()));
                }
            }
            if !wanted.is_empty() {
                bare.push(Bare { start, end, is_term: word.is_term, marked, wanted });
            }
            start = end;
        }
        bare
    }
}

impl Marked {
    /// Splits a text.
    pub(crate) fn of(text: &str) -> Result<Self, RubyError> {
        Ok(Self::of_segments(text, &parse(text)?))
    }

    /// Splits a text whose marks may be wrong.
    pub(crate) fn of_any(text: &str) -> Self {
        Self::of_segments(text, &parse_all(text).0)
    }

    fn of_segments(text: &str, segments: &[Segment]) -> Self {
        let mut marked = Self { characters: Vec::new(), offsets: Vec::new(), covers: Vec::new() };
        for (number, segment) in segments.iter().enumerate() {
            let start = offset_in(text, segment.base);
            for (at, character) in segment.base.char_indices() {
                marked.characters.push(character);
                marked.offsets.push(start + at);
                marked.covers.push(segment.reading.map(|_| number));
            }
        }
        marked.offsets.push(text.len());
        marked
    }

    /// Whether a word may begin or end before this character: not in the middle of a stretch with ruby.
    fn may_cut(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|before| self.covers.get(before)).copied().flatten();
        before.is_none() || Some(before) != self.covers.get(index).copied()
    }

    /// Whether the ruby that is there fits a word: of none of its parts it covers only a piece.
    fn may_hold(&self, word: &Word, start: usize) -> bool {
        let mut at = start;
        word.parts.iter().all(|(length, _)| {
            let range = at..at + length;
            at = range.end;
            range.clone().all(|index| self.is_uncovered(index)) || !range.into_iter().any(|i| self.is_uncovered(i))
        })
    }

    /// Whether a character is a kanji without ruby.
    pub(crate) fn is_bare_kanji(&self, index: usize) -> bool {
        self.characters.get(index).is_some_and(|c| is_kanji(*c)) && self.is_uncovered(index)
    }

    /// Whether a character stands without ruby.
    pub(crate) fn is_uncovered(&self, index: usize) -> bool {
        self.covers.get(index).is_some_and(Option::is_none)
    }

    /// The byte of the marked text after this character.
    pub(crate) fn end_of(&self, index: usize) -> usize {
        let length = self.characters.get(index).map_or(0, |character| character.len_utf8());
        self.offsets.get(index).map_or(0, |offset| offset + length)
    }

    /// The plain text of a range of characters.
    pub(crate) fn text(&self, start: usize, end: usize) -> String {
        self.characters.get(start..end).unwrap_or_default().iter().collect()
    }
}
