//! The texts of a record that are searched. Runs on the target.

use core::fmt;

use nenpyo_schema::{Aspect, Language, LanguageTables, PeriodRow, RecordKind};

use crate::Source;
use crate::details::Details;
use crate::links::Node;
use crate::period::period_rows;
use crate::record::Record;
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

/// The names or the bodies of a record in one language, one after the other; the present name before those of the past.
pub(super) struct Texts<'t, 'a> {
    pub(super) node: Node<'a>,
    pub(super) tables: &'a LanguageTables<'a>,
    pub(super) details: Option<&'t Details<'a>>,
    pub(super) at: usize,
    pub(super) in_bodies: bool,
}

impl<'a> Texts<'_, 'a> {
    #[inline(never)]
    pub(super) fn next(&mut self) -> Option<(Field, Text<'a>)> {
        if !self.in_bodies {
            let name = name(self.node, self.tables, self.at);
            self.at = self.at.wrapping_add(1);
            return name;
        }
        loop {
            let at = self.at;
            self.at = at.wrapping_add(1);
            if at >= BODIES {
                return None;
            }
            if let Some(body) = body(self.node, self.details, self.tables.language, at) {
                return Some(body);
            }
        }
    }
}

/// The name of a record with this number among its names.
fn name<'a>(node: Node<'a>, tables: &'a LanguageTables<'a>, at: usize) -> Option<(Field, Text<'a>)> {
    let text = |number: u32| {
        Some(Text::with_ruby(tables.names.get(number, node.chronicle.tables().coding())?, RubyOf::Text(tables, number)))
    };
    match node.kind {
        RecordKind::Organization => {
            let names = period_rows(node, Aspect::Name);
            if let Some(at) = names.len().checked_sub(at.wrapping_add(1)) {
                return Some((Field::Name(at as u8), text(PeriodRow::value(names.get(at)?))?));
            }
            let at = at.wrapping_sub(names.len());
            Some((Field::ShortName, text(PeriodRow::value(period_rows(node, Aspect::ShortName).get(at)?))?))
        }
        RecordKind::Source if at == 0 => {
            let plain = tables.source_texts.get(node.id, node.chronicle.tables().coding())?;
            Some((Field::Title, Text::with_ruby(plain, RubyOf::Source(tables, node.id))))
        }
        _ if at == 0 => Some((Field::Title, text(node.number())?)),
        _ => None,
    }
}

/// How many bodies a record can have.
const BODIES: usize = 3;

/// The details of a record that its bodies lie in.
pub(super) fn details(node: Node<'_>) -> Option<Details<'_>> {
    if node.kind == RecordKind::Source { None } else { node.details() }
}

/// The summary, note and so on of a record, by number; the record may have it or not.
fn body<'a>(node: Node<'a>, details: Option<&Details<'a>>, language: Language, at: usize) -> Option<(Field, Text<'a>)> {
    if node.kind == RecordKind::Source {
        let source = Source::new(node.chronicle, node.id);
        return match at {
            0 => Some((Field::Publisher, source.publisher(language)?)),
            1 => Some((Field::Note, source.note(language)?)),
            _ => None,
        };
    }
    let details = details?;
    match at {
        0 => Some((Field::Summary, details.summary(language)?)),
        1 => Some((Field::Note, details.note(language)?)),
        _ => Some((Field::Address, details.address(language)?)),
    }
}

/// The text of a field.
pub(super) fn text(node: Node<'_>, language: Language, field: Field) -> Option<Text<'_>> {
    let tables = node.chronicle.language(language)?;
    let of_body = |at| body(node, details(node).as_ref(), language, at);
    let name = |at| name(node, tables, at);
    let found = match field {
        Field::Title => name(0),
        Field::Name(at) => name(period_rows(node, Aspect::Name).len().checked_sub(usize::from(at).wrapping_add(1))?),
        Field::ShortName => name(period_rows(node, Aspect::Name).len()),
        Field::Summary | Field::Publisher => of_body(0),
        Field::Note => of_body(1),
        Field::Address => of_body(2),
        Field::Date => None,
    };
    found.map(|(_, text)| text)
}
