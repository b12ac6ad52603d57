//! What the visitor may want to type next. Runs on the target.

use nenpyo_schema::Plain;

use super::{Class, Search};
use crate::text::Text;

/// How many records are looked at for words.
const RECORDS: usize = 32;

impl<'a> Search<'a> {
    /// Up to `K` words that go on with the last one typed, out of the names of the best hits: the word that was begun, or,
    /// where one is whole, with the one behind it. What was typed as a reading, or in Latin letters, is given as it is
    /// written. Each is a piece of a name, to be put in the place of the last word.
    ///
    /// It looks at the first 32 hits at most.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja", feature = "en", feature = "details", feature = "search"))] {
    /// use nenpyo::QST;
    /// let words = |typed: &str| QST.search(typed).unwrap().complete::<3>();
    /// assert_eq!(words("りょうし").first().unwrap(), "量子");
    /// assert_eq!(words("量子").first().unwrap(), "量子メス");
    /// assert_eq!(words("fus").first().unwrap(), "Fusion");
    /// # }
    /// ```
    pub fn complete<const K: usize>(&self) -> heapless::Vec<Text<'a>, K> {
        let mut words = heapless::Vec::<Text<'a>, K>::new();
        let mut hits = self.hits();
        for _ in 0..RECORDS {
            if words.is_full() {
                break;
            }
            let Some(hit) = hits.next() else { break };
            if hit.class() < Class::Contained {
                break;
            }
            let Some((name, place)) = hits.last_word(&hit.record()) else { continue };
            let plain = name.as_plain();
            let (start, found) = (place.start as usize, place.end as usize);
            if is_within_latin(plain, start) {
                continue;
            }
            let end = if place.is_read { found } else { word_end(&name, found) };
            let Some(word) = plain.get(start..end).filter(|word| !word.is_empty()) else { continue };
            if end > found || place.is_read {
                let word = Text::plain(word.trim_end());
                if !words.contains(&word) {
                    // There is room, as was asked before.
                    let _ = words.push(word);
                }
            }
        }
        words
    }
}

/// Whether a word in Latin letters goes on here, as `ST` in QST: the rest of it is no word.
fn is_within_latin(text: Plain<'_>, at: usize) -> bool {
    let (Some(before), Some(behind)) = (text.get(0..at), text.get(at..text.bytes())) else { return false };
    let is_latin = |character: Option<char>| character.is_some_and(|character| Script::of(character) == Script::Latin);
    is_latin(before.chars().next_back()) && is_latin(behind.chars().next())
}

/// The first place behind this one at which a word of a text ends: where a reading ends, or the script changes.
fn word_end(text: &Text<'_>, from: usize) -> usize {
    let plain = text.as_plain();
    let mut at = 0_usize;
    for segment in text.segments() {
        let base = segment.base.as_plain();
        let end = at.wrapping_add(base.bytes());
        if end > from {
            // A base with a reading is a word; anything else is split where the script changes.
            let skipped = from.saturating_sub(at);
            let within = if segment.reading.is_some() { base.bytes() } else { script_end(base, skipped) };
            let found = at.wrapping_add(within);
            if plain.get(from..found).is_some_and(|word| word.chars().any(|c| Script::of(c) != Script::None)) {
                return found;
            }
        }
        at = end;
    }
    plain.bytes()
}

/// Where the run of one script ends in which, or behind which, the text goes on.
fn script_end(text: Plain<'_>, from: usize) -> usize {
    let bytes = text.bytes();
    let Some(rest) = text.get(from..bytes) else { return bytes };
    let mut at = from;
    let mut run = Script::None;
    for character in rest.chars() {
        let script = Script::of(character);
        if run != Script::None && script != run {
            return at;
        }
        run = script;
        at = at.wrapping_add(character.len_utf8());
    }
    bytes
}

/// What a word is written in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Spaces, punctuation.
    None,
    Latin,
    Kanji,
    Hiragana,
    Katakana,
}

impl Script {
    const fn of(character: char) -> Self {
        match character {
            '-' | '0'..='9' | 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' => Self::Latin,
            '\u{3041}'..='\u{309F}' => Self::Hiragana,
            '\u{30A1}'..='\u{30FA}' | '\u{30FC}' => Self::Katakana,
            '\u{3005}' | '\u{3400}'..='\u{9FFF}' | '\u{2_0000}'..='\u{3_FFFF}' => Self::Kanji,
            _ => Self::None,
        }
    }
}
