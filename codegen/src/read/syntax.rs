//! Finds every place where a file is not TOML, and what can still be read around it. Host only.

use std::borrow::Cow;

use super::fields::Field;
use super::{FIELDS_STAND_ONCE, FILES_ARE_TOML, Gaps};
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
    fields: &[Field],
    places: &mut Vec<usize>,
) -> Cow<'t, str> {
    let mut left = Cow::Borrowed(body);
    // In a text of many lines anything can look like a field.
    if body.contains("\"\"\"") || body.contains("'''") {
        return left;
    }
    let mut starts: Vec<usize> = line_starts(body).filter(|start| begins_field(&body[*start..], fields)).collect();
    starts.push(body.len());
    for range in starts.windows(2) {
        let field = &body[range[0]..range[1]];
        let open = unclosed(field);
        let Some((inside, first)) = open.first() else { continue };
        let start = at.start + range[0] + inside;
        let close: String = open.iter().rev().map(|(_, open)| if *open == '[' { ']' } else { '}' }).collect();
        let message = format!("this is not TOML: this `{first}` is not closed");
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

/// Whether a line begins one of these fields: `name =`, `[name]` or `[[name]]`, closed or not.
fn begins_field(text: &str, fields: &[Field]) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let inside = line.trim_start_matches('[');
    let end = inside.find(|c: char| !is_of_name(c)).unwrap_or(inside.len());
    let (name, after) = inside.split_at(end);
    let name = name.split('.').next().unwrap_or_default();
    let after = after.trim_start_matches([' ', '\t']);
    let goes_on = match line.len() - inside.len() {
        0 => after.starts_with('='),
        1 | 2 => after.trim_start_matches(']').trim().is_empty(),
        _ => false,
    };
    goes_on && fields.iter().any(|field| field.name == name)
}

fn is_of_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.')
}

/// The brackets that are not closed, and where they stand.
fn unclosed(field: &str) -> Vec<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let (mut quote, mut escaped, mut comment) = (None, false, false);
    for (at, character) in field.char_indices() {
        match (quote, character) {
            // A text ends with its line, whether it is closed or not.
            (_, '\n') => (quote, escaped, comment) = (None, false, false),
            (Some(_), _) if escaped => escaped = false,
            (Some('"'), '\\') => escaped = true,
            (Some(begun), other) if begun == other => quote = None,
            (None, _) if comment => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '#') => comment = true,
            (None, '[' | '{') => open.push((at, character)),
            (None, ']' | '}') => {
                let wanted = if character == ']' { '[' } else { '{' };
                match open.pop() {
                    Some((_, last)) if last == wanted => {}
                    // Another one is closed here: this one was forgotten.
                    Some(last) if open.iter().any(|(_, other)| *other == wanted) => return vec![last],
                    _ => return Vec::new(),
                }
            }
            _ => {}
        }
    }
    open
}

/// Tells the syntax errors and adds the places of all to `places`. What the parser says of a line twice only follows
/// from the first time.
pub(super) fn tell(
    report: &mut Report,
    gaps: &mut Gaps,
    at: Place,
    text: &str,
    errors: &[toml::de::Error],
    places: &mut Vec<usize>,
) {
    let mut found: Vec<(usize, usize, &str)> = errors
        .iter()
        .map(|error| {
            let span = error.span().unwrap_or(0..0);
            let (start, end) = (at.start + span.start, at.start + span.end);
            (place_of(text, start, error.message()), end, error.message())
        })
        .collect();
    found.sort_unstable();
    // What was said of the line: where, what, and whether the line was clear from it.
    let mut said: Vec<(usize, &str, bool)> = Vec::new();
    let (mut last_line, mut header) = (0, None);
    for (start, end, message) in found {
        let (line, _) = report.source(at.file).line_and_column(start);
        let place = Place { start, end, ..at };
        if message == DUPLICATE {
            tell_twice(report, gaps, place, text, &mut header);
            continue;
        }
        // A field that stands twice is a mistake in the data, but the rest of the file can be trusted.
        places.push(start);
        if std::mem::replace(&mut last_line, line) != line {
            said.clear();
        }
        let clear = clear_mistake(text, start);
        let of_value = message.starts_with("key with no value");
        let follows = said.iter().any(|(other_start, other, was_clear)| {
            *other_start == start || (clear.is_none() && (*was_clear || *other == message || of_value))
        });
        said.push((start, message, clear.is_some()));
        if !follows {
            let (message, advice) = clear.unwrap_or_else(|| (message.to_owned(), advice(message).to_owned()));
            report.tell(FILES_ARE_TOML, place, format!("this is not TOML: {message}"), advice);
        }
    }
}

/// Where a mistake stands that the parser finds at a byte.
fn place_of(text: &str, byte: usize, message: &str) -> usize {
    let before = text.get(..byte).unwrap_or_default();
    if message.starts_with("invalid multi-line") {
        // It tells where the file ends; what matters is where the text begins.
        return before.rfind("\"\"\"").max(before.rfind("'''")).unwrap_or(byte);
    }
    if message.starts_with("key with no value") && before.trim_end().ends_with(':') {
        return before.trim_end().len() - 1;
    }
    // All of a mark of a merge is wrong, and is told once.
    merge_mark(text, byte).unwrap_or(byte)
}

/// Tells of a field that stands twice; if it is a header, then not of the fields below it too.
fn tell_twice(report: &mut Report, gaps: &mut Gaps, place: Place, text: &str, header: &mut Option<usize>) {
    let before = text.get(..place.start).unwrap_or_default();
    let name_start = before.trim_end_matches(is_of_name).len();
    let is_header = before[..name_start].ends_with('[');
    let between = |from: usize| text.get(from..place.start).unwrap_or_default();
    if !is_header && header.is_some_and(|from| !between(from).contains("\n[")) {
        return;
    }
    *header = is_header.then_some(place.start);
    let name = text.get(name_start..place.end).unwrap_or_default();
    // Which of the two is right nobody knows.
    gaps.add_names(place.file, name.split('.'));
    let message = format!("{} stands here for the second time", quoted(name));
    report.tell(FIELDS_STAND_ONCE, Place { start: name_start, ..place }, message, "keep one of the two");
}

/// Where the line of a byte begins, if it is one that Git writes into a file for a merge to be finished by hand.
fn merge_mark(text: &str, byte: usize) -> Option<usize> {
    let start = text.get(..byte)?.rfind('\n').map_or(0, |newline| newline + 1);
    ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| text[start..].starts_with(mark)).then_some(start)
}

/// What is wrong at a byte of a text and what to do, if it can be said better than the parser does: most often a sign
/// stands there that TOML does not know.
fn clear_mistake(text: &str, start: usize) -> Option<(String, String)> {
    if merge_mark(text, start).is_some() {
        let advice = "keep one of the two versions, and take the lines with the marks away";
        return Some(("this is the mark of a merge that is not finished".to_owned(), advice.to_owned()));
    }
    let rest = text.get(start..).unwrap_or_default();
    if rest.starts_with(['\n', '\r']) && text[..start].trim_end_matches(' ').ends_with('=') {
        return Some(("this field has no value".to_owned(), "write one after the `=`".to_owned()));
    }
    let character = rest.chars().next().unwrap_or('\n');
    let meant = match character {
        '“' | '”' | '„' | '‟' | '〝' | '〞' | '〟' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' => '\'',
        '、' | ';' => ',',
        ':' => '=',
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => ' ',
        other => narrow(other),
    };
    let code = format!("U+{:04X}", character as u32);
    if meant == ' ' && character != ' ' {
        let advice = "write a plain space, or take it away";
        return Some((format!("the space {code} means nothing here"), advice.to_owned()));
    }
    if meant != character {
        let advice = if meant == ',' { "write `,`, or take it away".to_owned() } else { format!("write `{meant}`") };
        return Some((format!("{} ({code}) means nothing here", quoted(&character.to_string())), advice));
    }
    if is_invisible(character) || (character.is_control() && !matches!(character, '\n' | '\r' | '\t')) {
        let advice = "take it away; if there are more, save the file in UTF-8";
        return Some((format!("the control character {code} means nothing here"), advice.to_owned()));
    }
    None
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
        ("invalid value, expected unicode", "write the character itself"),
        ("key with no value", "write `name = value`"),
        ("unquoted keys cannot be empty", "write a name before the `=`"),
        ("invalid unquoted key", "write the name in small ASCII letters"),
        ("unclosed array table", "close the header with `]]`"),
        ("unclosed array", "close the list with `]`"),
        ("unclosed table", "close the header with `]`"),
        ("invalid inline table", "close the table with `}`, or put a comma between the fields"),
        ("missing key for inline table", "close the table above with `}`, or write `name = value`"),
        ("unclosed inline table", "close the table with `}`"),
        ("missing assignment", "write `name = value`"),
        ("extra assignment", "put a comma between the fields"),
        ("extra `=`", "take one `=` away"),
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
    use nenpyo_schema::RecordKind;

    use super::{begins_field, unclosed};
    use crate::read::fields;

    #[test]
    fn fields_and_headers_are_seen() {
        let fields = fields::of(RecordKind::Milestone);
        for line in ["key = 1", "title.ja= \"x\"\n", "[title]", "[[sources]]", "[title\nen = 1"] {
            assert!(begins_field(line, fields), "{line}");
        }
        for line in ["", "  key = 1", "{ key = 1 }", "[1, 2]", "\"a\",", "]", "key", "[]", "role = 1", "[title, 1]"] {
            assert!(!begins_field(line, fields), "{line}");
        }
    }

    #[test]
    fn the_bracket_that_is_not_closed_is_found() {
        assert_eq!(unclosed("a = [\"]\" # ]\n"), [(4, '[')]);
        assert_eq!(unclosed("a = [\n  { b = 1,\n  { b = 2 },\n]\n"), [(8, '{')]);
        assert_eq!(unclosed("a = [{ b = 1"), [(4, '['), (5, '{')]);
        for sound in ["a = [{ b = '}' }]\n", "a = \"[\\\"\"\n", "a = 1 ]\n", "[title]\n"] {
            assert_eq!(unclosed(sound), [], "{sound}");
        }
    }
}
