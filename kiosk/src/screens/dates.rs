//! Dates as visitors read them.

use heapless::String;
use heapless::string::StringView;
use nenpyo::date::{self, Words};
use nenpyo::{Edtf, Language};

use crate::state::Speech;

/// Any date in words.
pub(crate) type Written = String<{ Words::MAX_BYTES }>;

/// A date in the language that is spoken, in the Western calendar.
pub(crate) fn western(date: Edtf, speech: Speech) -> Written {
    let mut line = Written::new();
    write(&mut line, date, speech);
    line
}

/// Writes the same behind something else, for which there is room.
pub(crate) fn write(mut out: &mut StringView, date: Edtf, speech: Speech) {
    let words = if speech.language == Language::JA { date::japanese(date) } else { date::english(date) };
    let _ = words.write_to(&mut out);
}

/// A date in the Japanese calendar, if that says anything else.
pub(crate) fn era(date: Edtf, speech: Speech) -> Option<Written> {
    let mut era = Written::new();
    let mut out: &mut StringView = &mut era;
    let _ = date::japanese_era(date).write_to(&mut out);
    (speech.language == Language::JA && era != western(date, speech)).then_some(era)
}
