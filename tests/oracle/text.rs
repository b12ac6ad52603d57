//! The oracle's own reader of ruby in Aozora notation.

/// A stretch of a text and its reading.
pub(crate) type Segment = (String, Option<String>);

/// The stretches of a marked text; neighbours without ruby are one stretch.
pub(crate) fn segments(marked: &str) -> Vec<Segment> {
    let mut found: Vec<Segment> = Vec::new();
    let mut plain = String::new();
    let mut marked_base = None;
    let mut chars = marked.chars();
    while let Some(char) = chars.next() {
        match char {
            '｜' => marked_base = Some(plain.len()),
            '《' => {
                let base_at = marked_base.take().unwrap_or_else(|| plain.len() - han_at_the_end(&plain));
                let base = plain.split_off(base_at);
                let reading: String = chars.by_ref().take_while(|char| *char != '》').collect();
                push_plain(&mut found, &mut plain);
                found.push((base, Some(reading)));
            }
            _ => plain.push(char),
        }
    }
    push_plain(&mut found, &mut plain);
    found
}

fn push_plain(found: &mut Vec<Segment>, plain: &mut String) {
    if !plain.is_empty() {
        found.push((std::mem::take(plain), None));
    }
}

/// How many bytes of kanji the text ends with: the base of ruby without a bar.
fn han_at_the_end(text: &str) -> usize {
    let is_han = |char: &char| matches!(char, '々' | '〆' | '〇' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
    text.chars().rev().take_while(is_han).map(char::len_utf8).sum()
}

/// The text without marks.
pub(crate) fn plain(marked: &str) -> String {
    segments(marked).into_iter().map(|(base, _)| base).collect()
}

/// The text as it is read aloud.
pub(crate) fn reading(marked: &str) -> String {
    segments(marked).into_iter().map(|(base, reading)| reading.unwrap_or(base)).collect()
}
