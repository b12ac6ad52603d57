//! Where the characters of a TOML string stand in the file: escapes make the text and its notation differ. Host only.

/// The place of each character of `value` in its notation `raw`, and at last where the closing quotes begin.
///
/// `None` if `raw` is no notation of `value`, as after a syntax error.
pub(crate) fn places(raw: &str, value: &str) -> Option<Vec<usize>> {
    let quote = raw.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let triple: String = [quote; 3].iter().collect();
    let multi_line = raw.len() >= 6 && raw.starts_with(&triple) && raw.ends_with(&triple);
    let quotes = if multi_line { 3 } else { 1 };
    let end = raw.len().checked_sub(quotes)?;
    let mut at = quotes;
    if multi_line {
        // The newline after the opening quotes is no part of the text.
        at += ["\r\n", "\n"].iter().find(|newline| raw[at..end].starts_with(**newline)).map_or(0, |n| n.len());
    }
    let mut places = Vec::with_capacity(value.len());
    for expected in value.chars() {
        let (start, character, next) = loop {
            let rest = raw.get(at..end)?;
            match rest.chars().next()? {
                '\\' if quote == '"' => match escape(rest)? {
                    (Some(character), length) => break (at, character, at + length),
                    (None, length) => at += length,
                },
                character => break (at, character, at + character.len_utf8()),
            }
        };
        if character != expected {
            return None;
        }
        places.push(start);
        at = next;
    }
    places.push(at.min(end));
    Some(places)
}

/// The place in the file of a byte of a text whose notation begins at `start`; `start` itself if it cannot be told.
pub(crate) fn place_of(raw: &str, value: &str, start: usize, byte: usize) -> usize {
    let index = value.char_indices().take_while(|(at, _)| *at < byte).count();
    places(raw, value).and_then(|places| places.get(index).copied()).map_or(start, |inside| start + inside)
}

/// The character an escape stands for, if it stands for one, and the length of its notation.
fn escape(rest: &str) -> Option<(Option<char>, usize)> {
    let code = |digits: usize| {
        let value = u32::from_str_radix(rest.get(2..2 + digits)?, 16).ok()?;
        Some((Some(char::from_u32(value)?), 2 + digits))
    };
    let simple = |character| Some((Some(character), 2));
    match rest.chars().nth(1)? {
        'b' => simple('\u{8}'),
        't' => simple('\t'),
        'n' => simple('\n'),
        'f' => simple('\u{c}'),
        'r' => simple('\r'),
        'e' => simple('\u{1b}'),
        '"' => simple('"'),
        '\\' => simple('\\'),
        'x' => code(2),
        'u' => code(4),
        'U' => code(8),
        // A backslash at the end of a line takes away the space up to the next word.
        ' ' | '\t' | '\r' | '\n' => {
            let word = rest[1..].find(|c| !matches!(c, ' ' | '\t' | '\r' | '\n')).unwrap_or(rest.len() - 1);
            Some((None, 1 + word))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn every_notation_of_a_string_tells_its_places() {
        assert_eq!(places("\"añ\"", "añ"), Some(vec![1, 2, 4]));
        assert_eq!(places("'a\\n'", "a\\n"), Some(vec![1, 2, 3, 4]));
        assert_eq!(places("\"\\u91cf\\t子\"", "量\t子"), Some(vec![1, 7, 9, 12]));
        assert_eq!(places("\"\"\"\na\\\n  b\"\"\"", "ab"), Some(vec![4, 9, 10]));
        assert_eq!(places("\"\"", ""), Some(vec![1]));
        assert_eq!(places("\"a", "b"), None);
        assert_eq!(places("", ""), None);
    }
}
