//! Checks of texts: each in one language, whatever field it stands in. Host only.

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::Context;
use crate::model::{At, ChronicleData, Place, RecordToml, TextToml};
use crate::problem::{Report, counted, is_invisible, quoted};
use crate::read::literal;
use crate::ruby;

/// The most characters of a title or name, without ruby.
const TITLE: usize = 200;
/// The most characters of the title of a source, of a publisher, an address, a credit line.
const LINE: usize = 300;
/// The most characters of a summary or note.
const PROSE: usize = 2000;

/// A text in one language.
pub(crate) struct Text<'a> {
    pub(crate) at: &'a At<String>,
    /// Whether it is the name of an organisation, a site, a person, a theme or a document.
    pub(crate) is_name: bool,
    /// Whether it is Japanese: then it has ruby.
    pub(crate) is_japanese: bool,
    /// The most characters it may have.
    limit: usize,
}

/// All texts of the data, in the order of kinds and files.
pub(crate) fn of(data: &ChronicleData) -> Vec<Text<'_>> {
    let japanese: Vec<bool> = data.manifest.languages.iter().map(|tag| tag.value == "ja").collect();
    let mut texts = Texts { texts: Vec::new(), japanese };
    for term in data.ruby.iter().flatten() {
        // Its ruby is looked at apart: it is asked for more than in a text.
        texts.texts.push(Text { at: &term.marked, is_name: false, is_japanese: false, limit: TITLE });
    }
    texts.add(&data.manifest.name, TITLE, false);
    texts.add(&data.manifest.credit, LINE, false);
    texts.add(&data.manifest.notice, PROSE, false);
    for record in &data.milestones {
        texts.add_record(record, TITLE, false);
    }
    for record in &data.organizations {
        for name in &record.body.names {
            texts.add(&name.name, TITLE, true);
        }
        texts.add_some(record.body.short.as_ref(), TITLE, true);
        texts.add_record(record, TITLE, true);
    }
    for record in &data.sites {
        texts.add_record(record, TITLE, true);
        texts.add_some(record.body.address.as_ref(), LINE, false);
    }
    data.people.iter().for_each(|record| texts.add_record(record, TITLE, true));
    data.themes.iter().for_each(|record| texts.add_record(record, TITLE, true));
    data.documents.iter().for_each(|record| texts.add_record(record, TITLE, true));
    data.statements.iter().for_each(|record| texts.add_record(record, TITLE, false));
    for record in &data.sources {
        texts.add_record(record, LINE, false);
        texts.add(&record.body.publisher, LINE, false);
    }
    texts.texts
}

struct Texts<'a> {
    texts: Vec<Text<'a>>,
    japanese: Vec<bool>,
}

impl<'a> Texts<'a> {
    fn add(&mut self, text: &'a TextToml, limit: usize, is_name: bool) {
        for (index, at) in text.languages.iter().enumerate() {
            // Without a manifest nobody knows which language it is.
            let is_japanese = self.japanese.get(index).is_some_and(|is_japanese| *is_japanese);
            self.texts.extend(at.iter().map(|at| Text { at, is_name, is_japanese, limit }));
        }
    }

    fn add_some(&mut self, text: Option<&'a TextToml>, limit: usize, is_name: bool) {
        if let Some(text) = text {
            self.add(text, limit, is_name);
        }
    }

    fn add_record<B>(&mut self, record: &'a RecordToml<B>, limit: usize, is_name: bool) {
        self.add(&record.title, limit, is_name);
        self.add_some(record.summary.as_ref(), PROSE, false);
        self.add_some(record.note.as_ref(), PROSE, false);
    }
}

impl Text<'_> {
    /// The place of a stretch of the text, in bytes of its value.
    pub(crate) fn place_of(&self, report: &Report, start: usize, end: usize) -> Place {
        let place = self.at.place;
        let source = report.source(place.file);
        let raw = source.text().get(place.start..place.end).unwrap_or_default();
        let inside = |byte| literal::place_of(raw, &self.at.value, place.start, byte);
        Place { start: inside(start), end: inside(end).max(inside(start)), ..place }
    }
}

pub(super) fn texts_are_not_empty(context: &Context, report: &mut Report) {
    let advice = "write it, or leave the field out where it is optional";
    let says_something = |c: char| c.is_alphanumeric() || c.is_control() || is_invisible(c);
    for text in &context.texts {
        let value = text.at.value.trim();
        if value.is_empty() {
            report.say(text.at.place, "this text is empty", advice);
        } else if !value.contains(says_something) {
            report.say(text.at.place, format!("the text {} says nothing", quoted(value)), advice);
        }
    }
}

pub(super) fn texts_have_no_space_around_them(context: &Context, report: &mut Report) {
    for text in &context.texts {
        let value = text.at.value.as_str();
        let (before, after) = (value.len() - value.trim_start().len(), value.trim_end().len());
        if before == value.len() {
            continue;
        }
        for (start, end, side) in [(0, before, "begins"), (after, value.len(), "ends")] {
            let Some(space) = value[start..end].chars().next() else { continue };
            let what = match space {
                ' ' => "a space".to_owned(),
                '\t' => "a tab".to_owned(),
                '\n' | '\r' => "a line break".to_owned(),
                other => format!("the space U+{:04X}", other as u32),
            };
            report.say(text.place_of(report, start, end), format!("this text {side} with {what}"), "take it away");
        }
    }
}

pub(super) fn texts_are_nfc(context: &Context, report: &mut Report) {
    for text in context.texts.iter().filter(|text| !is_nfc(&text.at.value)) {
        let value = &text.at.value;
        let mut wrong = characters(value).into_iter().filter(|(_, character)| !is_nfc(character));
        let (start, first) = wrong.next().unwrap_or((0, value));
        let right: String = first.nfc().collect();
        let others = wrong.count();
        let message = format!("{} ({}) is not in NFC", quoted(first), codes(first));
        let others = match others {
            0 => String::new(),
            number => format!(", and likewise {} more", counted(number, "character")),
        };
        let advice = format!("write {} ({}){others}", quoted(&right), codes(&right));
        report.say(text.place_of(report, start, start + first.len()), message, advice);
    }
}

/// The characters of a text with the marks that join them, and where they stand.
fn characters(text: &str) -> Vec<(usize, &str)> {
    let joins = |c: char| canonical_combining_class(c) != 0 || is_combining_mark(c) || is_jamo(c);
    let begins = text.char_indices().filter(|(at, c)| *at == 0 || !joins(*c)).map(|(at, _)| at);
    let mut edges: Vec<usize> = begins.collect();
    edges.push(text.len());
    edges.windows(2).map(|range| (range[0], &text[range[0]..range[1]])).collect()
}

/// Vowels and final consonants of Hangul, which join with what stands before them.
fn is_jamo(character: char) -> bool {
    matches!(character, '\u{1160}'..='\u{11FF}')
}

fn codes(text: &str) -> String {
    text.chars().map(|c| format!("U+{:04X}", c as u32)).collect::<Vec<_>>().join(" ")
}

pub(super) fn texts_have_no_control_characters(context: &Context, report: &mut Report) {
    let is_control = |c: char| c.is_control() || is_invisible(c) || c == char::REPLACEMENT_CHARACTER;
    for text in &context.texts {
        let value = &text.at.value;
        // What stands around the text is told by another check.
        let before = value.len() - value.trim_start().len();
        let mut told = Vec::new();
        for (byte, character) in value.trim().char_indices().filter(|(_, c)| is_control(*c)) {
            if told.contains(&character) {
                continue;
            }
            told.push(character);
            let code = format!("U+{:04X}", character as u32);
            let (what, advice) = match character {
                '\n' | '\r' => ("a line break".to_owned(), "write it on one line"),
                '\t' => ("a tab".to_owned(), "write a space"),
                char::REPLACEMENT_CHARACTER => (format!("{code}: a character was lost here"), "write it again"),
                _ => (format!("the control character {code}"), "take it away"),
            };
            let place = text.place_of(report, before + byte, before + byte + character.len_utf8());
            report.say(place, format!("this text holds {what}"), advice);
        }
    }
}

pub(super) fn texts_are_not_too_long(context: &Context, report: &mut Report) {
    for text in &context.texts {
        let length = ruby::plain(&text.at.value).chars().count();
        let bytes = text.at.value.len();
        if length > text.limit {
            let message = format!("this text has {length} characters without ruby");
            report.say(text.at.place, message, format!("keep to {}", text.limit));
        } else if bytes > usize::from(u16::MAX) {
            let message = format!("this text has {bytes} bytes with its ruby");
            report.say(text.at.place, message, format!("keep to {}", u16::MAX));
        }
    }
}
