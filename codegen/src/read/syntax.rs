//! Finds every place where a file is not TOML, and what can still be read around it. Host only.

use std::borrow::Cow;

use super::{FIELDS_STAND_ONCE, FILES_ARE_TOML};
use crate::model::Place;
use crate::problem::{Report, is_invisible, narrow, quoted};

/// What the parser says of a field that stands twice.
const DUPLICATE: &str = "duplicate key";

/// Whether these errors are more than fields that stand twice.
pub(super) fn is_broken(errors: &[toml::de::Error]) -> bool {
    errors.iter().any(|error| error.message() != DUPLICATE)
}

/// Tells of brackets that are not closed and gives the text without the fields they stand in: all that follows would
/// be taken for a part of them. The places of what is left stay the same.
pub(super) fn without_unclosed<'t>(
    report: &mut Report,
    at: Place,
    body: &'t str,
    places: &mut Vec<usize>,
) -> Cow<'t, str> {
    let mut left = Cow::Borrowed(body);
    // In a text of many lines anything can look like a field.
    if body.contains("\"\"\"") || body.contains("'''") {
        return left;
    }
    let mut starts: Vec<usize> = line_starts(body).filter(|start| begins_field(&body[*start..])).collect();
    starts.push(body.len());
    for range in starts.windows(2) {
        let field = &body[range[0]..range[1]];
        let Some((inside, open)) = unclosed(field) else { continue };
        let start = at.start + range[0] + inside;
        let close = if open == '[' { ']' } else { '}' };
        let message = format!("this is not TOML: this `{open}` is not closed");
        let place = Place { start, end: start + 1, ..at };
        report.tell(FILES_ARE_TOML, place, message, format!("write `{close}` where it ends"));
        places.push(start);
        let blank: String = field.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        left.to_mut().replace_range(range[0]..range[1], &blank);
    }
    left
}

fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).filter(|start| *start < text.len())
}

/// Whether a line begins with `name =`, `[name]` or `[[name]]`.
fn begins_field(line: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let header = line.trim_start_matches('[');
    let brackets = line.len() - header.len();
    let after = header.trim_start_matches(is_name);
    if after.len() == header.len() {
        return false;
    }
    match brackets {
        0 => after.trim_start_matches([' ', '\t']).starts_with('='),
        1 => after.starts_with(']'),
        2 => after.starts_with("]]"),
        _ => false,
    }
}

/// The first bracket that is not closed, and where it stands.
fn unclosed(field: &str) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let (mut quote, mut escaped, mut comment) = (None, false, false);
    for (at, character) in field.char_indices() {
        match (quote, character) {
            // A text ends with its line, whether it is closed or not.
            (_, '\n') => (quote, escaped, comment) = (None, false, false),
            _ if comment => {}
            (Some(_), _) if escaped => escaped = false,
            (Some('"'), '\\') => escaped = true,
            (Some(begun), other) if begun == other => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '#') => comment = true,
            (None, '[' | '{') => open.push((at, character)),
            (None, ']' | '}') => {
                let wanted = if character == ']' { '[' } else { '{' };
                match open.pop() {
                    Some((_, last)) if last == wanted => {}
                    // Another one is closed here: this one was forgotten.
                    Some(last) if open.iter().any(|(_, other)| *other == wanted) => return Some(last),
                    _ => return None,
                }
            }
            _ => {}
        }
    }
    open.first().copied()
}

/// Tells the syntax errors and adds the places of all to `places`. What the parser says of the same line again only
/// follows from the first, if it is the same.
pub(super) fn tell(report: &mut Report, at: Place, errors: &[toml::de::Error], places: &mut Vec<usize>) {
    let mut found: Vec<(usize, usize, &str)> = errors
        .iter()
        .map(|error| {
            let span = error.span().unwrap_or(0..0);
            (at.start + span.start, at.start + span.end, error.message())
        })
        .collect();
    found.sort_unstable();
    let mut told: Vec<(usize, usize, &str)> = Vec::new();
    let mut header = None;
    for (start, end, message) in found {
        let (line, _) = report.files.line_and_column(at.file, start);
        let place = Place { start, end, ..at };
        if message == DUPLICATE {
            tell_twice(report, place, &mut header);
            continue;
        }
        // A field that stands twice is a mistake in the data, but the rest of the file can be trusted.
        places.push(start);
        told.retain(|(other, ..)| *other == line);
        if !told.iter().any(|(_, other_start, other)| *other == message || *other_start == start) {
            let (message, advice) = explained(report.files.text(at.file).get(start..), message);
            report.tell(FILES_ARE_TOML, place, format!("this is not TOML: {message}"), advice);
        }
        told.push((line, start, message));
    }
}

/// Tells of a field that stands twice; if it is a header, then not of the fields below it too.
fn tell_twice(report: &mut Report, place: Place, header: &mut Option<usize>) {
    let text = report.files.text(place.file);
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let before = text.get(..place.start).unwrap_or_default();
    let name_start = before.trim_end_matches(is_name).len();
    let is_header = before[..name_start].ends_with('[');
    let between = |from: usize| text.get(from..place.start).unwrap_or_default();
    if !is_header && header.is_some_and(|from| !between(from).contains("\n[")) {
        return;
    }
    *header = is_header.then_some(place.start);
    let name = text.get(name_start..place.end).unwrap_or_default();
    let message = format!("{} stands here for the second time", quoted(name));
    report.tell(FIELDS_STAND_ONCE, Place { start: name_start, ..place }, message, "keep one of the two");
}

/// What is wrong at the beginning of `rest`, and what to do.
fn explained(rest: Option<&str>, message: &str) -> (String, String) {
    let character = rest.and_then(|rest| rest.chars().next()).unwrap_or('\n');
    let meant = match character {
        '“' | '”' | '„' | '‟' | '〝' | '〞' | '〟' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' => '\'',
        '、' | ';' => ',',
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => ' ',
        other => narrow(other),
    };
    let code = format!("U+{:04X}", character as u32);
    if meant == ' ' && character != ' ' {
        return (format!("the space {code} means nothing here"), "write a plain space, or take it away".to_owned());
    }
    if meant != character {
        let advice = format!("write `{meant}`");
        return (format!("{} ({code}) means nothing here", quoted(&character.to_string())), advice);
    }
    if is_invisible(character) || (character.is_control() && !matches!(character, '\n' | '\r' | '\t')) {
        let advice = "take it away; if there are more, save the file in UTF-8";
        return (format!("the control character {code} means nothing here"), advice.to_owned());
    }
    (message.to_owned(), advice(message).to_owned())
}

/// What to do about the usual syntax errors.
fn advice(message: &str) -> &'static str {
    const ADVICE: &[(&str, &str)] = &[
        ("string values must be quoted", "put the value in quotes: `\"…\"`"),
        ("invalid boolean", "put the value in quotes: `\"…\"`"),
        ("invalid basic string", "close the text with `\"` on the same line; write `\\\"` and `\\\\` inside it"),
        ("invalid literal string", "close the text with `'` on the same line"),
        ("invalid multi-line", "close the text with the three quotes it begins with"),
        ("missing escaped value", "write `\\\\` for a backslash"),
        ("too few unicode value digits", "write `\\\\` for a backslash"),
        ("key with no value", "write `name = value`"),
        ("unquoted keys cannot be empty", "write a name before the `=`"),
        ("invalid unquoted key", "write the name in small ASCII letters"),
        ("unclosed array table", "close the header with `]]`"),
        ("unclosed array", "close the list with `]`"),
        ("unclosed table", "close the header with `]`"),
        ("invalid inline table", "close the table with `}`, or put a comma between the fields"),
        ("missing key for inline table", "close the table above with `}`, or write `name = value`"),
        ("unclosed inline table", "close the table with `}`"),
        ("missing comma between array", "put a comma between the items, or close what is open above"),
        ("missing comma between key", "put a comma between the fields, or close what is open above"),
        ("unexpected key or value", "put each field on a line of its own, and write `\\\"` for a quote inside a text"),
        ("invalid date", "put the date in quotes: `\"2016-04-01\"`"),
        ("missing table open", "take it away, or write `[[name]]`"),
        ("invalid key-value pair", "take it away, or write `name = value`"),
    ];
    let known = ADVICE.iter().find(|(start, _)| message.starts_with(start));
    known.map_or("see <https://toml.io> for how it is written", |(_, advice)| advice)
}

#[cfg(test)]
mod tests {
    use super::{begins_field, unclosed};

    #[test]
    fn fields_and_headers_are_seen() {
        for line in ["key = 1", "title.ja= \"x\"", "[title]", "[[sources]] # all"] {
            assert!(begins_field(line), "{line}");
        }
        for line in ["", "  key = 1", "{ key = 1 }", "[1, 2]", "\"a\",", "]", "word", "[]"] {
            assert!(!begins_field(line), "{line}");
        }
    }

    #[test]
    fn the_bracket_that_is_not_closed_is_found() {
        assert_eq!(unclosed("a = [\"]\" # ]\n"), Some((4, '[')));
        assert_eq!(unclosed("a = [\n  { b = 1,\n  { b = 2 },\n]\n"), Some((8, '{')));
        assert_eq!(unclosed("a = [{ b = '}' }]\n"), None);
        assert_eq!(unclosed("a = \"[\\\"\"\n"), None);
        assert_eq!(unclosed("a = 1 ]\n"), None);
        assert_eq!(unclosed("[title]\n"), None);
    }
}
