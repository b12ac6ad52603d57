//! Ruby (furigana) in Aozora notation: `｜量子《りょうし》`, or `量子《りょうし》` after a run of kanji. Host only.

mod annotate;
mod terms;

use std::fmt;
use std::sync::LazyLock;

pub use annotate::{annotate, annotate_files};
pub(crate) use terms::Marked;
pub use terms::Terms;

/// The mark before a base.
const BAR: char = '｜';
/// The mark before a reading.
const OPEN: char = '《';
/// The mark after a reading.
const CLOSE: char = '》';

/// A stretch of a text: with a reading above it, or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment<'a> {
    /// The text itself.
    pub base: &'a str,
    /// Its reading.
    pub reading: Option<&'a str>,
}

/// Written with its marks.
impl fmt::Display for Segment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.reading {
            Some(reading) => write!(f, "{BAR}{}{OPEN}{reading}{CLOSE}", self.base),
            None => f.write_str(self.base),
        }
    }
}

/// A mark that does not belong where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RubyError {
    /// The byte of the text where it stands.
    pub offset: usize,
    /// What is wrong with it.
    pub kind: RubyErrorKind,
}

/// What is wrong with a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RubyErrorKind {
    /// `｜` is not followed by a base and a reading.
    BarWithoutReading,
    /// `《` is not followed by `》`.
    ReadingNotClosed,
    /// `》` does not follow a `《`.
    ReadingNotOpened,
    /// Nothing stands before `《` that could have a reading.
    EmptyBase,
    /// Nothing stands between `《` and `》`.
    EmptyReading,
}

impl fmt::Display for RubyErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BarWithoutReading => "`｜` is not followed by a word and its reading",
            Self::ReadingNotClosed => "`《` is not followed by `》`",
            Self::ReadingNotOpened => "`》` does not follow a `《`",
            Self::EmptyBase => "there is no word before `《`",
            Self::EmptyReading => "there is no reading between `《` and `》`",
        })
    }
}

impl fmt::Display for RubyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for RubyError {}

/// Splits a text into stretches with and without ruby; together their bases are the plain text.
///
/// ```
/// use nenpyo_codegen::ruby::{Segment, parse};
/// let segments = parse("軟｜量子《りょうし》の科学《かがく》").unwrap();
/// assert_eq!(segments[1], Segment { base: "量子", reading: Some("りょうし") });
/// assert_eq!(segments[3], Segment { base: "科学", reading: Some("かがく") });
/// assert!(parse("量子《りょうし").is_err());
/// ```
///
/// # Errors
///
/// The first mark that does not belong where it stands.
pub fn parse(text: &str) -> Result<Vec<Segment<'_>>, RubyError> {
    let (segments, errors) = parse_all(text);
    errors.first().map_or(Ok(segments), |error| Err(*error))
}

/// As [`parse`], but tells every mark that does not belong, and splits the text all the same: a word whose reading
/// cannot be told then has an empty one.
pub(crate) fn parse_all(text: &str) -> (Vec<Segment<'_>>, Vec<RubyError>) {
    let (mut segments, mut errors) = (Vec::new(), Vec::new());
    let unread = |from: usize, to: usize| (from < to).then(|| Segment { base: &text[from..to], reading: None });
    let doubtful = |from: usize, to: usize| (from < to).then(|| Segment { base: &text[from..to], reading: Some("") });
    // Where the text without ruby begins, and the last bar.
    let (mut start, mut bar): (usize, Option<usize>) = (0, None);
    let mut marks = text.char_indices().filter(|(_, c)| [BAR, OPEN, CLOSE].contains(c)).peekable();
    while let Some((at, mark)) = marks.next() {
        let mut wrong = |offset, kind| errors.push(RubyError { offset, kind });
        match (mark, bar) {
            (BAR, None) => bar = Some(at),
            (BAR, Some(begin)) => {
                wrong(begin, RubyErrorKind::BarWithoutReading);
                let word = begin + BAR.len_utf8();
                let end = word + run_after(&text[word..at], is_in_run);
                segments.extend([unread(start, begin), doubtful(word, end), unread(end, at)].into_iter().flatten());
                (start, bar) = (at, Some(at));
            }
            (OPEN, _) => {
                let base = bar.map_or_else(|| start + run_before(&text[start..at]), |bar| bar + BAR.len_utf8());
                segments.extend(unread(start, bar.unwrap_or(base)));
                let inside = at + OPEN.len_utf8();
                let reading = match marks.peek() {
                    Some((end, CLOSE)) => Some(&text[inside..*end]),
                    _ => None,
                };
                let error = match reading {
                    _ if base == at => Some((at, RubyErrorKind::EmptyBase)),
                    None => Some((at, RubyErrorKind::ReadingNotClosed)),
                    Some("") => Some((at, RubyErrorKind::EmptyReading)),
                    Some(_) => None,
                };
                if let Some((offset, kind)) = error {
                    wrong(offset, kind);
                    segments.extend(doubtful(base, at));
                } else {
                    segments.push(Segment { base: &text[base..at], reading });
                }
                bar = None;
                start = match marks.peek().copied() {
                    Some((end, CLOSE)) => {
                        marks.next();
                        end + CLOSE.len_utf8()
                    }
                    // One mark too many, or the closing one is written as an opening one: told once.
                    Some((next, OPEN)) => {
                        marks.next();
                        let close = marks.next_if(|(_, mark)| *mark == CLOSE).map(|(end, _)| end + CLOSE.len_utf8());
                        close.unwrap_or(next + OPEN.len_utf8())
                    }
                    // Where the reading should have ended.
                    Some((next, _)) => inside + run_after(&text[inside..next], is_of_reading),
                    None => inside + run_after(&text[inside..], is_of_reading),
                };
            }
            _ => {
                wrong(at, RubyErrorKind::ReadingNotOpened);
                // The word before it, if there was one, and its reading.
                let (from, word) = bar.map_or_else(
                    || {
                        let word = start + run_before(text[start..at].trim_end_matches(is_of_reading));
                        (word, word)
                    },
                    |bar| (bar, bar + BAR.len_utf8()),
                );
                segments.extend([unread(start, from), doubtful(word, at)].into_iter().flatten());
                (start, bar) = (at + CLOSE.len_utf8(), None);
            }
        }
    }
    if let Some(offset) = bar {
        errors.push(RubyError { offset, kind: RubyErrorKind::BarWithoutReading });
        let word = offset + BAR.len_utf8();
        let end = word + run_after(&text[word..], is_in_run);
        segments.extend([unread(start, offset), doubtful(word, end)].into_iter().flatten());
        start = end;
    }
    segments.extend(unread(start, text.len()));
    (segments, errors)
}

/// How many bytes at the beginning of a text are characters of a kind.
fn run_after(text: &str, is_of_kind: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_of_kind(c)).unwrap_or(text.len())
}

fn is_of_reading(character: char) -> bool {
    is_kana(character.encode_utf8(&mut [0; 4]))
}

/// The text without ruby. Marks that do not belong where they stand are left in.
///
/// ```
/// use nenpyo_codegen::ruby::plain;
/// assert_eq!(plain("｜量子《りょうし》の日"), "量子の日");
/// ```
pub fn plain(text: &str) -> String {
    parse(text).map_or_else(|_| text.to_owned(), |segments| segments.iter().map(|segment| segment.base).collect())
}

/// How the text is read: readings where there are some, the text itself elsewhere.
///
/// ```
/// use nenpyo_codegen::ruby::reading;
/// assert_eq!(reading("｜量子《りょうし》の日"), "りょうしの日");
/// ```
pub fn reading(text: &str) -> String {
    let read = |segments: Vec<Segment<'_>>| segments.iter().map(|s| s.reading.unwrap_or(s.base)).collect();
    parse(text).map_or_else(|_| text.to_owned(), read)
}

/// Where the run of kanji at the end of a text begins.
fn run_before(text: &str) -> usize {
    text.char_indices().rev().take_while(|(_, c)| is_in_run(*c)).last().map_or(text.len(), |(at, _)| at)
}

/// Where a part of a text begins, in bytes.
pub(crate) fn offset_in(text: &str, part: &str) -> usize {
    part.as_ptr().addr() - text.as_ptr().addr()
}

/// Whether a character is a kanji: something that needs reading. `々` and `〆` are.
pub(crate) fn is_kanji(character: char) -> bool {
    matches!(character, '々' | '〆' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}')
}

/// Whether a character can stand inside a word of kanji, as `ヶ` in `関ヶ原`.
pub(crate) fn is_in_run(character: char) -> bool {
    is_kanji(character) || matches!(character, '〇' | 'ヶ')
}

/// Whether a kanji is one of the 1,026 that every child learns to read.
pub(crate) fn is_education_kanji(kanji: char) -> bool {
    static KANJI: LazyLock<Vec<char>> = LazyLock::new(|| {
        let mut kanji: Vec<char> = include_str!("education_kanji.txt").chars().filter(|c| is_kanji(*c)).collect();
        kanji.sort_unstable();
        kanji
    });
    KANJI.binary_search(&kanji).is_ok()
}

/// Whether a reading is made of kana.
pub(crate) fn is_kana(reading: &str) -> bool {
    let kana = |c: char| matches!(c, '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309E}' | '\u{30A1}'..='\u{30FE}');
    !reading.is_empty() && reading.chars().all(kana)
}

#[cfg(test)]
mod tests {
    use super::{RubyErrorKind, is_education_kanji, is_kana, parse, parse_all, plain, reading};

    #[test]
    fn both_notations_are_read() {
        assert_eq!(plain("｜JT-60SA《ジェイティー》と関ヶ原《せきがはら》で"), "JT-60SAと関ヶ原で");
        assert_eq!(reading("｜JT-60SA《ジェイティー》と関ヶ原《せきがはら》で"), "ジェイティーとせきがはらで");
        assert_eq!(parse("人々《ひとびと》").unwrap()[0].base, "人々");
        assert!(parse("").unwrap().is_empty());
    }

    #[test]
    fn every_mark_out_of_place_is_found() {
        use RubyErrorKind::{BarWithoutReading, EmptyBase, EmptyReading, ReadingNotClosed, ReadingNotOpened};
        for (text, offset, kind) in [
            ("a｜b", 1, BarWithoutReading),
            ("｜量｜子《し》", 0, BarWithoutReading),
            ("量《りょう", 3, ReadingNotClosed),
            ("量《りょう《子》", 3, ReadingNotClosed),
            ("りょう》", 9, ReadingNotOpened),
            ("かな《かな》", 6, EmptyBase),
            ("｜《かな》", 3, EmptyBase),
            ("量《》", 3, EmptyReading),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!((error.offset, error.kind), (offset, kind), "{text}");
        }
    }

    #[test]
    fn after_a_wrong_mark_the_rest_is_split_all_the_same() {
        for (text, number, bare) in [
            ("《x》憂鬱", 1, "憂鬱"),
            ("量《りょう憂鬱", 1, "憂鬱"),
            ("量《りょう《子》憂鬱", 1, "憂鬱"),
            ("｜憂鬱な本", 1, "な本"),
            ("｜量｜子《し》の本《》", 2, "の"),
            ("憂鬱ゆううつ》な本", 1, "な本"),
            ("｜憂鬱ゆううつ》な本》", 2, "な"),
            ("量《りょう｜子《し》と", 1, "と"),
        ] {
            let (segments, errors) = parse_all(text);
            assert_eq!(errors.len(), number, "{text}: {errors:?}");
            let unread: String = segments.iter().filter(|s| s.reading.is_none()).map(|s| s.base).collect();
            assert_eq!(unread, bare, "{text}");
        }
    }

    #[test]
    fn there_are_1026_education_kanji() {
        let all = include_str!("education_kanji.txt").chars().filter(|c| is_education_kanji(*c)).count();
        assert_eq!(all, 1026);
        assert!(is_education_kanji('量') && !is_education_kanji('那') && !is_education_kanji('々'));
    }

    #[test]
    fn readings_are_kana() {
        assert!(is_kana("ケー・スター") && is_kana("ヴィー"));
        assert!(!is_kana("abc") && !is_kana("量") && !is_kana("き ょ") && !is_kana(""));
    }
}
