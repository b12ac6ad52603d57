//! Dates as visitors read them.

use heapless::String;
use nenpyo::date::{self, Words};
use nenpyo::{Edtf, Language};

use crate::state::Speech;

/// Any date in words.
pub(crate) type Written = String<{ Words::MAX_BYTES }>;

/// A date in the language that is spoken, in the Western calendar.
pub(crate) fn western(date: Edtf, speech: Speech) -> Written {
    let words = if speech.language == Language::JA { date::japanese(date) } else { date::english(date) };
    written(words)
}

/// A date in the Japanese calendar, if that says anything else.
pub(crate) fn era(date: Edtf, speech: Speech) -> Option<Written> {
    let era = written(date::japanese_era(date));
    (speech.language == Language::JA && era != written(date::japanese(date))).then_some(era)
}

fn written(words: Words) -> Written {
    let mut line = Written::new();
    // There is room for any.
    let _ = words.write_to(&mut line);
    line
}
