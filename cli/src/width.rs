//! Text on a terminal: how wide it is, how it wraps, and its readings. Runs on the host.
//!
//! A Japanese character is two columns wide; what Unicode calls ambiguous is one, as terminals draw it today.

use std::fmt::Write as _;

use nenpyo::Text;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that a text without escape sequences takes.
pub(crate) fn of(text: &str) -> usize {
    text.width()
}

/// The text, or its beginning and `…`, in at most this many columns.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if of(text) <= columns {
        return text.to_owned();
    }
    let mut used = 0;
    let mut short: String = text
        .chars()
        .take_while(|character| {
            used += character.width().unwrap_or(0);
            used < columns
        })
        .collect();
    short.push('…');
    short
}

/// Characters that must not begin a line: closing brackets, points and small kana.
const NEVER_FIRST: &str =
    "、。，．・：；？！」』）〕］｝〉》】〜ー々ゝゞぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)]}”’…";
/// Characters that must not end a line.
const NEVER_LAST: &str = "「『（〔［｛〈《【([{“‘";

/// The text in lines of at most this many columns: English broken at spaces, Japanese between characters.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for mut piece in pieces(text) {
        if !line.is_empty() && of(&line) + of(piece.trim_end()) > columns {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        while of(piece.trim_end()) > columns {
            let (head, rest) = piece.split_at(fitting(piece, columns));
            lines.push(head.to_owned());
            piece = rest;
        }
        line.push_str(piece);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// How many bytes of a word that is too long for a line stand on it: an address breaks behind a sign if it can.
fn fitting(word: &str, columns: usize) -> usize {
    let mut used = 0;
    let fits = |(_, character): &(usize, char)| {
        used += character.width().unwrap_or(0);
        used <= columns
    };
    let ends: Vec<(usize, char)> =
        word.char_indices().take_while(fits).map(|(at, character)| (at + character.len_utf8(), character)).collect();
    let sign = ends.iter().rfind(|(end, character)| "/-.?&=_".contains(*character) && end * 2 > columns);
    let first = word.chars().next().map_or(0, char::len_utf8);
    sign.or(ends.last()).map_or(first, |(end, _)| *end)
}

/// The shortest pieces between which a line may break.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut previous: Option<char> = None;
    for (at, character) in text.char_indices() {
        if previous.is_some_and(|previous| may_break(previous, character)) {
            pieces.push(&text[start..at]);
            start = at;
        }
        previous = Some(character);
    }
    pieces.push(&text[start..]);
    pieces
}

fn may_break(before: char, after: char) -> bool {
    if NEVER_FIRST.contains(after) || NEVER_LAST.contains(before) || after == ' ' {
        return false;
    }
    let is_wide = |character: char| character.width() == Some(2);
    before == ' ' || before == '-' && after.is_alphabetic() || is_wide(before) || is_wide(after)
}

/// The text with its readings in brackets: 量子（りょうし）.
pub(crate) fn with_readings(text: &Text<'_>) -> String {
    let mut line = String::new();
    for segment in text.segments() {
        let _ = write!(line, "{}", segment.base);
        if let Some(reading) = segment.reading {
            let _ = write!(line, "（{reading}）");
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{cut, of, wrap};

    #[test]
    fn japanese_is_two_columns_wide() {
        assert_eq!(of("量子beam"), 8);
        assert_eq!(of("「千葉」、"), 10);
    }

    #[test]
    fn what_is_cut_fits() {
        for columns in 1..12 {
            assert!(of(&cut("量子ビーム科学", columns)) <= columns);
        }
        assert_eq!(cut("量子", 4), "量子");
        assert_eq!(cut("量子論", 5), "量子…");
    }

    #[test]
    fn lines_fit_and_no_point_begins_one() {
        let text = "放射線医学総合研究所が発足した。（千葉市）The institute is at Chiba、そして那珂。";
        for columns in 12..60 {
            for line in wrap(text, columns) {
                // A point that may not begin a line hangs over by its own width at most.
                assert!(of(&line) <= columns, "{columns}: {line}");
                assert!(!line.starts_with(['。', '、', '）']));
            }
        }
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("", 8), [""]);
    }

    #[test]
    fn a_word_that_is_too_long_is_broken_so_that_every_line_fits() {
        let address = "at https://www.example.org/some/long/page-of-it.html";
        assert_eq!(wrap(address, 20), ["at", "https://www.example.", "org/some/long/page-", "of-it.html"]);
        for columns in 2..60 {
            for text in [address, "「「「放射線」」」。。。", "量子ビーム", "2017-07-25/2017-07-26"] {
                let lines = wrap(text, columns);
                assert!(lines.iter().all(|line| of(line) <= columns), "{columns}: {lines:?}");
                assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
            }
        }
    }
}
