//! What was read from one table: typed values by the names of their fields. Host only.

use nenpyo_schema::Edtf;

use crate::model::{At, EndToml, PeriodToml, Place, Reference, TextToml};

/// The values of a table that could be read.
pub(crate) struct Row {
    pub(crate) place: Place,
    values: Vec<(&'static str, Value)>,
}

/// The value of a field.
pub(crate) enum Value {
    Text(TextToml),
    Plain(At<String>),
    Plains(Vec<At<String>>),
    /// The byte of a word of a vocabulary.
    Word(u8),
    Date(At<Edtf>),
    End(EndToml),
    Period(PeriodToml),
    Rows(Vec<Row>),
    /// One for each language of the manifest.
    Languages(Vec<bool>),
    Version(At<(u16, u16, u16)>),
    Number(u32),
    Flag(bool),
}

macro_rules! takers {
    ($($take:ident: $variant:ident -> $type:ty;)+) => {
        $(
            /// Takes the value of a field, if it is there.
            pub(crate) fn $take(&mut self, field: &str) -> Option<$type> {
                match self.take(field)? {
                    Value::$variant(value) => Some(value),
                    _ => None,
                }
            }
        )+
    };
}

impl Row {
    pub(crate) fn new(place: Place) -> Self {
        Self { place, values: Vec::new() }
    }

    pub(crate) fn put(&mut self, field: &'static str, value: Value) {
        self.values.push((field, value));
    }

    /// Whether a field could be read and was not taken yet.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.values.iter().any(|(name, _)| *name == field)
    }

    fn take(&mut self, field: &str) -> Option<Value> {
        let index = self.values.iter().position(|(name, _)| *name == field)?;
        Some(self.values.swap_remove(index).1)
    }

    takers! {
        text: Text -> TextToml;
        plain: Plain -> At<String>;
        list: Plains -> Vec<At<String>>;
        date: Date -> At<Edtf>;
        version: Version -> At<(u16, u16, u16)>;
        number: Number -> u32;
        flag: Flag -> bool;
        whole_period: Period -> PeriodToml;
        whole_rows: Rows -> Vec<Row>;
        end: End -> EndToml;
        byte: Word -> u8;
        marks: Languages -> Vec<bool>;
    }

    /// Takes a list of keys; none if it was left out.
    pub(crate) fn references(&mut self, field: &str) -> Vec<Reference> {
        self.list(field).unwrap_or_default()
    }

    /// Takes the rows of a list; none if it was left out.
    pub(crate) fn rows(&mut self, field: &str) -> Vec<Row> {
        self.whole_rows(field).unwrap_or_default()
    }

    /// Takes a word; the first of its vocabulary if it was not understood.
    pub(crate) fn word<W: Copy>(&mut self, field: &str, from_byte: fn(u8) -> Option<W>, all: &'static [W]) -> W {
        self.byte(field).and_then(from_byte).unwrap_or(all[0])
    }

    /// Takes `from` and `to` of the row itself.
    pub(crate) fn period(&mut self) -> PeriodToml {
        let from = self.end("from").unwrap_or(EndToml::Unsaid);
        let to = self.end("to").unwrap_or(EndToml::Unsaid);
        PeriodToml { from, to, place: self.place }
    }

    /// Takes a table with `from` and `to`.
    pub(crate) fn existence(&mut self) -> PeriodToml {
        let place = self.place;
        self.whole_period("exists").unwrap_or(PeriodToml { from: EndToml::Unsaid, to: EndToml::Unsaid, place })
    }
}
