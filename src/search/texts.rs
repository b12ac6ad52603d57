//! The texts of a record that are searched. Runs on the target.

use core::fmt;

use nenpyo_schema::{Aspect, DetailRecord, Language, LanguageTables, PeriodRow, RecordKind};

use crate::chronicle::Chronicle;
use crate::links::Node;
use crate::period::period_rows;
use crate::text::{RubyOf, Text};

/// Which of a record's texts something lies in. 2 bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Field {
    /// Its title or name.
    Title,
    /// One of the names that an organisation had: which of them, in order of time, from 0.
    Name(u8),
    /// The short name of an organisation.
    ShortName,
    /// Its summary.
    Summary,
    /// Its note.
    Note,
    /// The address of a site.
    Address,
    /// Who published a source.
    Publisher,
    /// The date of a milestone, in EDTF: it has no language.
    Date,
}

/// Its name alone: what is derived for the number of a name can panic.
impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Title => "Title",
            Self::Name(_) => "Name",
            Self::ShortName => "ShortName",
            Self::Summary => "Summary",
            Self::Note => "Note",
            Self::Address => "Address",
            Self::Publisher => "Publisher",
            Self::Date => "Date",
        })
    }
}

/// Which text it is, in any language.
#[derive(Clone, Copy)]
pub(super) enum Number {
    Name(u32),
    Body(u32),
    OfSource(u32),
}

impl Number {
    /// The text in a language.
    #[inline(never)]
    pub(super) fn text<'a>(self, chronicle: &'a Chronicle<'a>, tables: &'a LanguageTables<'a>) -> Option<Text<'a>> {
        let (texts, number, ruby) = match self {
            Self::Name(number) => (&tables.names, number, RubyOf::Text(tables, number)),
            Self::Body(number) => {
                let before = tables.names.spans.len() as u32;
                (&tables.bodies, number, RubyOf::Text(tables, before.wrapping_add(number)))
            }
            Self::OfSource(number) => (&tables.source_texts, number, RubyOf::Source(tables, number)),
        };
        Some(Text::with_ruby(texts.get(number, chronicle.tables().coding())?, ruby))
    }
}

/// The names or the bodies of a record, one after the other; the present name before those of the past.
#[derive(Clone)]
pub(super) struct Texts<'a> {
    node: Node<'a>,
    /// The summary, the note and the address, or who published a source and its note; nothing where names are asked.
    bodies: [Option<u32>; BODIES],
    at: usize,
    in_bodies: bool,
}

/// How many bodies a record can have.
const BODIES: usize = 3;

impl<'a> Texts<'a> {
    /// Before the first one.
    #[inline(never)]
    pub(super) fn new(node: Node<'a>, in_bodies: bool) -> Self {
        let bodies = if in_bodies { bodies(node) } else { [None; BODIES] };
        Self { node, bodies, at: 0, in_bodies }
    }

    #[inline(never)]
    pub(super) fn next(&mut self) -> Option<(Field, Number)> {
        if !self.in_bodies {
            let name = name(self.node, self.at);
            self.at = self.at.wrapping_add(1);
            return name;
        }
        loop {
            let body = *self.bodies.get(self.at)?;
            let at = self.at;
            self.at = at.wrapping_add(1);
            if let Some(number) = body {
                return Some(if self.node.kind == RecordKind::Source {
                    (if at == 0 { Field::Publisher } else { Field::Note }, Number::OfSource(number))
                } else {
                    let field = match at {
                        0 => Field::Summary,
                        1 => Field::Note,
                        _ => Field::Address,
                    };
                    (field, Number::Body(number))
                });
            }
        }
    }
}

/// The name of a record with this number among its names.
fn name(node: Node<'_>, at: usize) -> Option<(Field, Number)> {
    match node.kind {
        RecordKind::Organization => {
            let names = period_rows(node, Aspect::Name);
            let (field, row) = match names.len().checked_sub(at.wrapping_add(1)) {
                Some(at) => (Field::Name(at as u8), names.get(at)?),
                None => (Field::ShortName, period_rows(node, Aspect::ShortName).get(at.wrapping_sub(names.len()))?),
            };
            Some((field, Number::Name(PeriodRow::value(row))))
        }
        RecordKind::Source if at == 0 => Some((Field::Title, Number::OfSource(node.id))),
        _ if at == 0 => Some((Field::Title, Number::Name(node.number()))),
        _ => None,
    }
}

/// The numbers of the bodies of a record.
fn bodies(node: Node<'_>) -> [Option<u32>; BODIES] {
    if node.kind == RecordKind::Source {
        // Publishers stand behind the titles of all sources, and notes behind these.
        let count = node.chronicle.count(RecordKind::Source);
        let publisher = count.wrapping_add(node.id);
        return [Some(publisher), Some(count.wrapping_add(publisher)), None];
    }
    node.chronicle.tables().details.get(node.number()).map_or([None; BODIES], DetailRecord::texts)
}

/// The text of a field.
pub(super) fn text(node: Node<'_>, language: Language, field: Field) -> Option<Text<'_>> {
    let names = || period_rows(node, Aspect::Name).len();
    let name = |at| Some(name(node, at)?.1);
    let body = |at: usize| {
        let number = (*bodies(node).get(at)?)?;
        Some(if node.kind == RecordKind::Source { Number::OfSource(number) } else { Number::Body(number) })
    };
    let number = match field {
        Field::Title => name(0),
        Field::Name(at) => name(names().checked_sub(usize::from(at).wrapping_add(1))?),
        Field::ShortName => name(names()),
        Field::Summary | Field::Publisher => body(0),
        Field::Note => body(1),
        Field::Address => body(2),
        Field::Date => None,
    };
    number?.text(node.chronicle, node.chronicle.language(language)?)
}
