//! The keys of the search: all side by side where they are touched, in rows that are opened one by one on small panels.

use crate::state::{Action, Keyboard, Place};

use super::search::FIRST_KEY;

/// What changes the kana that was typed last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// か becomes が, and が か again.
    Voiced,
    /// は becomes ぱ.
    HalfVoiced,
    /// つ becomes っ.
    Small,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// Types a character.
    Character(char),
    /// Opens a row of keys, named after its first one.
    Row(u8, char),
    Mark(Mark),
    Erase,
    /// Kana or Latin letters.
    Switch,
    /// Goes to what was found.
    Hits,
    /// None: a place between keys.
    Gap,
}

/// The rows of keys, as kana are taught: each is a column where all are seen.
const KANA: [&str; 10] = [
    "あいうえお",
    "かきくけこ",
    "さしすせそ",
    "たちつてと",
    "なにぬねの",
    "はひふへほ",
    "まみむめも",
    "や ゆ よ",
    "らりるれろ",
    "わをんー_",
];

/// Latin keys, row by row.
const LATIN: [&str; 4] = ["1234567890", "qwertyuiop", "asdfghjkl-", "zxcvbnm _ "];

/// The same on small panels.
const LATIN_ROWS: [&str; 8] = ["abcde", "fghij", "klmno", "pqrst", "uvwxyz", "01234", "56789", "-_"];

/// Columns of the keys that are seen all at once; the last one has what types nothing.
pub(super) const COLUMNS: usize = 11;

/// How many rows there are then.
pub(super) const fn rows(keyboard: Keyboard) -> usize {
    match keyboard {
        Keyboard::Kana => 5,
        Keyboard::Latin => LATIN.len(),
    }
}

/// What types nothing, beside the others.
fn beside(keyboard: Keyboard, row: usize) -> Key {
    match (keyboard, row) {
        (_, 0) => Key::Erase,
        (_, 1) => Key::Switch,
        (Keyboard::Kana, 2) => Key::Mark(Mark::Voiced),
        (Keyboard::Kana, 3) => Key::Mark(Mark::HalfVoiced),
        (Keyboard::Kana, 4) => Key::Mark(Mark::Small),
        (Keyboard::Latin, 2) => Key::Hits,
        _ => Key::Gap,
    }
}

fn typed(character: Option<char>) -> Key {
    match character {
        None | Some(' ') => Key::Gap,
        Some(character) => Key::Character(character),
    }
}

/// The key in a place of all that are seen at once.
pub(super) fn at(keyboard: Keyboard, row: usize, column: usize) -> Key {
    if column.wrapping_add(1) == COLUMNS {
        return beside(keyboard, row);
    }
    match keyboard {
        Keyboard::Kana => typed(KANA.get(column).and_then(|kana| kana.chars().nth(row))),
        Keyboard::Latin => typed(LATIN.get(row).and_then(|letters| letters.chars().nth(column))),
    }
}

/// The rows of keys of small panels.
const fn small_rows(keyboard: Keyboard) -> &'static [&'static str] {
    match keyboard {
        Keyboard::Kana => &KANA,
        Keyboard::Latin => &LATIN_ROWS,
    }
}

/// The key with this number of those that are gone through on small panels: the rows and what types nothing, or those of
/// the open row.
#[inline(never)]
pub(super) fn of_rows(keyboard: Keyboard, open: Option<u8>, number: usize) -> Option<Key> {
    let rows = small_rows(keyboard);
    if let Some(row) = open.and_then(|open| rows.get(usize::from(open))) {
        return row.chars().filter(|letter| *letter != ' ').nth(number).map(Key::Character);
    }
    let Some(number) = number.checked_sub(1) else { return Some(Key::Hits) };
    if let Some(row) = rows.get(number) {
        return row.chars().next().map(|first| Key::Row(number as u8, first));
    }
    let behind = number.saturating_sub(rows.len());
    match (keyboard, behind) {
        (Keyboard::Kana, 0) => Some(Key::Mark(Mark::Voiced)),
        (Keyboard::Kana, 1) => Some(Key::Mark(Mark::HalfVoiced)),
        (Keyboard::Kana, 2) => Some(Key::Mark(Mark::Small)),
        (Keyboard::Kana, 3) | (Keyboard::Latin, 0) => Some(Key::Erase),
        (Keyboard::Kana, 4) | (Keyboard::Latin, 1) => Some(Key::Switch),
        _ => None,
    }
}

/// How many of these there are.
pub(super) fn count_of_rows(keyboard: Keyboard, open: Option<u8>) -> usize {
    let mut count = 0;
    while of_rows(keyboard, open, count).is_some() {
        count += 1;
    }
    count
}

impl Key {
    /// What stands on it.
    #[inline(never)]
    pub(super) fn label(self, keyboard: Keyboard) -> heapless::String<8> {
        let mut label = heapless::String::new();
        let text = match self {
            Self::Character('_') => "_",
            Self::Character(character) | Self::Row(_, character) => {
                // There is room for one.
                let _ = label.push(character);
                ""
            }
            Self::Mark(Mark::Voiced) => "゛",
            Self::Mark(Mark::HalfVoiced) => "゜",
            Self::Mark(Mark::Small) => "小",
            Self::Erase => "←",
            Self::Switch if keyboard == Keyboard::Kana => "ABC",
            Self::Switch => "あ",
            Self::Hits => "▼",
            Self::Gap => "",
        };
        // The longest has six bytes.
        let _ = label.push_str(text);
        label
    }

    /// What it does.
    pub(super) fn action(self, keyboard: Keyboard) -> Option<Action> {
        let search = |keyboard, group, cursor, is_among_hits| {
            Action::Turn(Place::Search { keyboard, group, cursor, is_among_hits })
        };
        Some(match self {
            Self::Character('_') => Action::Type(' '),
            Self::Character(character) => Action::Type(character),
            Self::Row(number, _) => search(keyboard, Some(number), 0, false),
            Self::Mark(mark) => Action::Mark(mark),
            Self::Erase => Action::Erase,
            Self::Switch => {
                let other = if keyboard == Keyboard::Kana { Keyboard::Latin } else { Keyboard::Kana };
                search(other, None, FIRST_KEY, false)
            }
            Self::Hits => search(keyboard, None, 0, true),
            Self::Gap => return None,
        })
    }
}

/// Kana and what a mark makes of them, each pair one after the other.
const VOICED: &str = "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼ";
const HALF_VOICED: &str = "はぱひぴふぷへぺほぽ";
const SMALL: &str = "あぁいぃうぅえぇおぉつっやゃゆゅよょわゎ";

/// Whether a row of keys has this character.
pub(crate) fn has(keyboard: Keyboard, row: u8, character: char) -> bool {
    small_rows(keyboard).get(usize::from(row)).is_some_and(|row| row.chars().any(|letter| letter == character))
}

/// A kana without its mark, and that.
pub(crate) fn unmarked(kana: char) -> (char, Option<Mark>) {
    let marks = [(VOICED, Mark::Voiced), (HALF_VOICED, Mark::HalfVoiced), (SMALL, Mark::Small)];
    let found = marks.into_iter().find_map(|(pairs, mark)| Some((of_pairs(pairs, kana, true)?, Some(mark))));
    found.unwrap_or((kana, None))
}

/// What a mark makes of a kana: the same twice is the kana again.
pub(super) fn marked(kana: char, mark: Mark) -> Option<char> {
    let plain = [VOICED, HALF_VOICED, SMALL].into_iter().find_map(|pairs| of_pairs(pairs, kana, true));
    let pairs = match mark {
        Mark::Voiced => VOICED,
        Mark::HalfVoiced => HALF_VOICED,
        Mark::Small => SMALL,
    };
    if of_pairs(pairs, kana, true).is_some() {
        return plain;
    }
    of_pairs(pairs, plain.unwrap_or(kana), false)
}

fn of_pairs(pairs: &str, kana: char, is_marked: bool) -> Option<char> {
    let mut characters = pairs.chars();
    while let (Some(plain), Some(marked)) = (characters.next(), characters.next()) {
        let (from, to) = if is_marked { (marked, plain) } else { (plain, marked) };
        if from == kana {
            return Some(to);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::vec::Vec;

    use super::*;

    #[test]
    fn a_mark_makes_a_kana_and_unmakes_it() {
        assert_eq!(marked('か', Mark::Voiced), Some('が'));
        assert_eq!(marked('が', Mark::Voiced), Some('か'));
        assert_eq!(marked('は', Mark::HalfVoiced), Some('ぱ'));
        assert_eq!(marked('ば', Mark::HalfVoiced), Some('ぱ'));
        assert_eq!(marked('つ', Mark::Small), Some('っ'));
        assert_eq!(marked('っ', Mark::Voiced), Some('づ'));
        assert_eq!(marked('ん', Mark::Voiced), None);
        assert_eq!(marked('a', Mark::Small), None);
    }

    /// Every kana with which words begin can be typed on both keyboards, and every Latin letter and figure.
    #[test]
    fn everything_can_be_typed() {
        let all: BTreeSet<char> = ('ぁ'..='ん').filter(|kana| !"ゐゑ".contains(*kana)).collect();
        let latin: BTreeSet<char> = ('a'..='z').chain('0'..='9').chain(['-', '_']).collect();
        for (keyboard, wanted) in [(Keyboard::Kana, all), (Keyboard::Latin, latin)] {
            let side_by_side =
                (0..rows(keyboard)).flat_map(|row| (0..COLUMNS).map(move |column| at(keyboard, row, column)));
            let in_rows = (0..10).flat_map(|row| (0..6).filter_map(move |number| of_rows(keyboard, Some(row), number)));
            for keys in [side_by_side.collect::<Vec<Key>>(), in_rows.collect()] {
                let plain = keys.iter().filter_map(|key| match key {
                    Key::Character(character) => Some(*character),
                    _ => None,
                });
                let marks = [Mark::Voiced, Mark::HalfVoiced, Mark::Small];
                let found: BTreeSet<char> = plain
                    .flat_map(|one| marks.into_iter().filter_map(move |mark| marked(one, mark)).chain([one]))
                    .collect();
                assert!(found.is_superset(&wanted), "{:?}", wanted.difference(&found).collect::<Vec<_>>());
            }
        }
    }
}
