//! What was typed, as words to look for. Runs on the target.

use nenpyo_schema::fold::{Folds, HYPHEN, SEPARATOR, Simple, Units, simple};

use super::romaji::{self, Ending, Tail};

/// Units of all words together: as many as 32 words of one letter need. Only of characters such as `㍍`, which are several,
/// 64 can be more; then nothing is found.
pub(super) const UNITS: usize = 96;

/// Ends a word.
const STOP: u16 = 0;

/// Stands before kana that were typed in Latin letters; added to it is how many units before these were not.
const KANA: u16 = 0xE000;
const KANA_END: u16 = 0xE0FF;

/// `け`, `が` or `か`: what the small `ヶ` between kanji is read as and also written with.
pub(super) const KE_OR_GA: u16 = 4;

const KA: u16 = 0x304B;
const KE: u16 = 0x3051;
const GA: u16 = 0x304C;

/// Words, one after the other.
#[derive(Clone)]
struct Buffer {
    units: [u16; UNITS],
    length: usize,
}

impl Buffer {
    const EMPTY: Self = Self { units: [0; UNITS], length: 0 };

    /// Appends a unit; whether there was room.
    fn push(&mut self, unit: u16) -> bool {
        let Some(place) = self.units.get_mut(self.length) else { return false };
        *place = unit;
        self.length = self.length.wrapping_add(1);
        true
    }

    /// Appends units, as far as there is room.
    fn extend(&mut self, units: &[u16]) {
        for unit in units {
            self.push(*unit);
        }
    }

    fn units(&self) -> &[u16] {
        self.units.get(..self.length).unwrap_or_default()
    }

    fn last(&self) -> u16 {
        self.units().last().copied().unwrap_or(STOP)
    }
}

/// What to look for.
#[derive(Clone)]
pub(super) struct Query {
    /// Each word as it was typed.
    typed: Buffer,
    /// The same words in the same order otherwise: kana for Latin letters, a date as milestones have it, or nothing.
    otherwise: Buffer,
    /// What was typed last, if it may be `け`, `が` or `か`.
    open: u16,
    /// How the last word's kana go on.
    tail: Option<Tail>,
    /// Whether something does not mean less when more is typed: years of eras.
    pub(super) is_volatile: bool,
    /// How many characters were there before, and where the units begin that come from those behind them.
    pub(super) before: usize,
    fresh: usize,
}

/// A word to look for.
#[derive(Clone, Copy)]
pub(super) struct Word<'q> {
    /// As it was typed.
    pub(super) typed: Pattern<'q>,
    /// Otherwise.
    pub(super) otherwise: Option<Pattern<'q>>,
}

/// Units that must stand in a text one after the other.
#[derive(Clone, Copy)]
pub(super) struct Pattern<'q> {
    pub(super) units: &'q [u16],
    /// How many of the units were typed in Latin letters, so that long vowels of the text may be missing before them.
    pub(super) lenient: usize,
    /// What must come behind the units.
    pub(super) tail: Option<&'q Tail>,
    /// How many of the units were there before, as far as it is known.
    pub(super) fresh: usize,
}

/// The characters that were typed.
#[derive(Clone)]
pub(super) struct Characters<'t> {
    typed: &'t [[u8; 3]],
}

impl<'t> Characters<'t> {
    pub(super) fn new(typed: &'t [[u8; 3]]) -> Self {
        Self { typed }
    }
}

impl Iterator for Characters<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        let (first, rest) = self.typed.split_first()?;
        self.typed = rest;
        Some(character(*first))
    }
}

/// A character in three bytes.
pub(super) fn character([low, middle, high]: [u8; 3]) -> char {
    char::from_u32(u32::from_le_bytes([low, middle, high, 0])).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Whether a character begins or ends a phrase.
const fn is_quote(character: char) -> bool {
    matches!(character, '"' | '\u{201C}' | '\u{201D}' | '\u{FF02}')
}

const N: u16 = b'n' as u16;

/// Whether the apostrophe of ken'i comes next: what it parts is one word.
fn is_apostrophe_before_vowel(left: &[[u8; 3]]) -> bool {
    matches!(left, [first, second, ..] if matches!(character(*first), '\'' | '’')
        && matches!(character(*second).to_ascii_lowercase(), 'a' | 'i' | 'u' | 'e' | 'o' | 'y'))
}

/// A kanji, as far as it matters between which a `ヶ` stands.
const fn is_kanji(unit: u16) -> bool {
    matches!(unit, 0x3400..=0x9FFF | 0x3005)
}

impl Pattern<'_> {
    /// Whether it ends with what was typed in Latin letters.
    pub(super) const fn is_lenient(&self) -> bool {
        self.lenient > 0 || self.tail.is_some()
    }
}

impl Query {
    /// Nothing to look for.
    pub(super) const EMPTY: Self = Self {
        typed: Buffer::EMPTY,
        otherwise: Buffer::EMPTY,
        open: STOP,
        tail: None,
        is_volatile: false,
        before: 0,
        fresh: 0,
    };

    /// Reads the words of what was typed; `before` characters of it were there before.
    #[inline(never)]
    pub(super) fn read(&mut self, typed: &[[u8; 3]], folds: &Folds<'_>, before: u8) {
        self.before = usize::from(before);
        self.fold(typed, folds, usize::from(before));
    }

    /// Whether there is nothing to look for.
    pub(super) const fn is_empty(&self) -> bool {
        self.typed.length == 0
    }

    /// Whether there is one word only.
    pub(super) fn is_one_word(&self) -> bool {
        self.words_count() <= 1
    }

    /// How many words there are.
    pub(super) fn words_count(&self) -> usize {
        self.typed.units().iter().filter(|unit| **unit == STOP).count()
    }

    fn fold(&mut self, typed: &[[u8; 3]], folds: &Folds<'_>, before: usize) {
        let mut in_phrase = false;
        let mut is_apart = true;
        let mut start = 0;
        let mut units = Units::new(Characters::new(typed), folds);
        loop {
            let left = units.rest().typed;
            if let Some((next, more)) = left.split_first()
                && units.is_between()
            {
                let next = character(*next);
                if is_quote(next) {
                    in_phrase = !in_phrase;
                    self.end(&mut start, false);
                    is_apart = true;
                    units.go_on(Characters::new(more));
                    continue;
                }
                // What is nothing would take the character behind it along, which may be a quote.
                if matches!(simple(next), Simple::Nothing | Simple::Voiced | Simple::HalfVoiced) {
                    units.go_on(Characters::new(more));
                    continue;
                }
            }
            let at = typed.len().wrapping_sub(left.len());
            let is_within = self.typed.last() == N && is_apostrophe_before_vowel(left);
            let Some(unit) = units.next() else { break };
            if at < before {
                self.fresh = self.typed.length.wrapping_add(1);
            }
            if unit != SEPARATOR {
                if is_apart && self.typed.length > start {
                    self.typed.push(SEPARATOR);
                }
                self.put(unit, start);
                is_apart = false;
            } else if in_phrase || is_within {
                is_apart = true;
            } else {
                self.end(&mut start, false);
            }
        }
        self.end(&mut start, true);
    }

    /// Appends a unit of the word that begins at `start`.
    fn put(&mut self, unit: u16, start: usize) {
        let last = if self.typed.length > start { self.typed.last() } else { STOP };
        // A ヶ before a kanji stays open; before anything else it is what was typed.
        if last == KE_OR_GA
            && !is_kanji(unit)
            && let Some(place) = self.typed.units.get_mut(self.typed.length.wrapping_sub(1))
        {
            *place = self.open;
        }
        let is_open = is_kanji(last) && matches!(unit, KA | KE | GA);
        self.open = unit;
        self.typed.push(if is_open { KE_OR_GA } else { unit });
    }

    /// Ends the word that begins at `start`, and says what it is otherwise.
    fn end(&mut self, start: &mut usize, is_last: bool) {
        if self.typed.length == *start {
            return;
        }
        let Self { typed, otherwise, .. } = self;
        let word = typed.units().get(*start..).unwrap_or_default();
        let begin = otherwise.length;
        let (stays, latin) = at_latin(word);
        otherwise.push(KANA.wrapping_add(stays.len() as u16));
        otherwise.extend(stays);
        let ending = romaji::kana(latin, !is_last, |kana| {
            otherwise.push(kana);
        });
        match ending.filter(|_| !latin.is_empty()) {
            Some(Ending::Within(tail)) => self.tail = Some(tail),
            Some(Ending::Whole) => {}
            None => {
                otherwise.length = begin;
                self.is_volatile |= otherwise.put_date(word);
            }
        }
        let is_complete = self.otherwise.push(STOP);
        if !is_complete || !self.typed.push(STOP) {
            // No room: what does not fit cannot match, and nothing is looked for.
            self.typed.length = 0;
            self.otherwise.length = 0;
        }
        *start = self.typed.length;
    }

    /// The words.
    pub(super) fn words(&self) -> QueryWords<'_> {
        QueryWords { query: self, start: 0, typed: self.typed.units(), otherwise: self.otherwise.units() }
    }
}

/// Words, one after the other.
#[derive(Clone)]
pub(super) struct QueryWords<'q> {
    query: &'q Query,
    /// How many units came before.
    start: usize,
    typed: &'q [u16],
    otherwise: &'q [u16],
}

impl<'q> QueryWords<'q> {
    #[inline(never)]
    pub(super) fn next(&mut self) -> Option<Word<'q>> {
        let (units, rest) = split(self.typed)?;
        let (otherwise, rest_otherwise) = split(self.otherwise)?;
        (self.typed, self.otherwise) = (rest, rest_otherwise);
        let fresh = self.query.fresh.saturating_sub(self.start);
        self.start = self.start.wrapping_add(units.len()).wrapping_add(1);
        let typed = Pattern { units, lenient: 0, tail: None, fresh };
        let otherwise = match otherwise {
            [] => None,
            // Which kana were there before is not known as closely: a letter makes two at most.
            [marker @ KANA..=KANA_END, kana @ ..] => Some(Pattern {
                units: kana,
                lenient: kana.len().saturating_sub(usize::from(marker.wrapping_sub(KANA))),
                tail: if rest.is_empty() { self.query.tail.as_ref() } else { None },
                fresh: if fresh == 0 { 0 } else { kana.len().saturating_sub(2) },
            }),
            date => Some(Pattern { units: date, fresh: 0, ..typed }),
        };
        Some(Word { typed, otherwise })
    }
}

/// Splits off the units before the first stop.
fn split(units: &[u16]) -> Option<(&[u16], &[u16])> {
    let at = units.iter().position(|unit| *unit == STOP)?;
    let (word, rest) = units.split_at_checked(at)?;
    Some((word, rest.split_first()?.1))
}

/// The eras since Meiji and the year before the first of each.
const ERAS: [([u16; 2], u16); 5] = [
    ([0x660E, 0x6CBB], 1867),
    ([0x5927, 0x6B63], 1911),
    ([0x662D, 0x548C], 1925),
    ([0x5E73, 0x6210], 1988),
    ([0x4EE4, 0x548C], 2018),
];

impl Buffer {
    /// Appends the date, as milestones have it, for a word that begins with a year and `年` or with a year of an era,
    /// whatever else follows that; whether it is of an era.
    fn put_date(&mut self, word: &[u16]) -> bool {
        if let Some((year, rest)) = western(word) {
            self.extend(&[year / 1000, year / 100, year / 10, year].map(|digits| 0x30 + digits % 10));
            if !self.put_month_and_day(rest) {
                self.extend(rest);
            }
            return true;
        }
        if let [year @ .., 0x5E74] = word.get(..5).unwrap_or_default()
            && year.iter().all(|unit| matches!(unit, 0x30..=0x39))
        {
            let begin = self.length;
            self.extend(year);
            if !self.put_month_and_day(word.get(4..).unwrap_or_default()) {
                self.length = begin;
            }
        }
        false
    }

    /// Appends `-04-01` for `年4月1日`, or less for less; a number whose `月` or `日` is not there yet is left out. Appends
    /// nothing if it is anything else, and tells.
    fn put_month_and_day(&mut self, rest: &[u16]) -> bool {
        let begin = self.length;
        let [0x5E74, rest @ ..] = rest else { return false };
        let mut rest = rest;
        for character in [0x6708, 0x65E5] {
            let Some((number, more)) = number(rest) else { break };
            rest = more;
            if let [first, more @ ..] = more {
                if *first != character {
                    self.length = begin;
                    return false;
                }
                rest = more;
                self.extend(&[HYPHEN, 0x30 + number / 10, 0x30 + number % 10]);
            }
        }
        if !rest.is_empty() {
            self.length = begin;
        }
        rest.is_empty()
    }
}

/// The Western year of a word that begins with one of an era, and the rest of the word.
fn western(word: &[u16]) -> Option<(u16, &[u16])> {
    let (era, rest) = word.split_first_chunk()?;
    let (_, before) = ERAS.iter().find(|(name, _)| name == era)?;
    let (year, rest) = match rest {
        [0x5143, rest @ ..] => (1, rest),
        _ => number(rest)?,
    };
    (year > 0).then_some((before.wrapping_add(year), rest))
}

/// The number of one or two digits that units begin with, and what follows.
fn number(units: &[u16]) -> Option<(u16, &[u16])> {
    match units {
        [tens @ 0x30..=0x39, ones @ 0x30..=0x39, rest @ ..] => Some(((tens - 0x30) * 10 + (ones - 0x30), rest)),
        [ones @ 0x30..=0x39, rest @ ..] => Some((ones - 0x30, rest)),
        _ => None,
    }
}

/// Splits a word before the Latin letters that it ends with, behind kana or kanji: these stay, as while an input method is
/// at work.
fn at_latin(word: &[u16]) -> (&[u16], &[u16]) {
    let is_latin = |unit: &u16| matches!(*unit, HYPHEN | SEPARATOR | 0x61..=0x7A);
    let is_letter = |unit: &u16| matches!(*unit, 0x61..=0x7A);
    let end = word.iter().rposition(|unit| !is_latin(unit)).map_or(0, |at| at.wrapping_add(1));
    let start = word.iter().skip(end).position(is_letter).map_or(word.len(), |letters| end.wrapping_add(letters));
    let is_japanese =
        start == 0 || end.checked_sub(1).and_then(|last| word.get(last)).is_some_and(|last| *last >= 0x3041);
    let at = if is_japanese { start } else { word.len() };
    word.split_at_checked(at).unwrap_or_default()
}
