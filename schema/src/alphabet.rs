//! The alphabet of dense text: codes of one width, for the characters of a chronicle and for pairs of codes that often
//! stand side by side. Runs on host and target.
//!
//! A text is a stretch of codes. The first codes are the characters themselves in the order of Unicode, so that a code
//! can be the number of a glyph and the code of a character is found by bisection. The others are pairs of earlier codes,
//! in levels: the first part of a pair is of a level below it, so that whoever takes codes apart from the left needs room
//! for one code a level.

use core::cell::Cell;
use core::fmt;

use crate::CharacterSet;

/// How many levels of pairs there are at most.
pub const MAX_LEVELS: usize = 4;

/// How many characters a code is at most.
pub const MAX_CHARACTERS: usize = 32;

/// Zeros behind codes, so that a code is read in one piece wherever it lies.
pub const PADDING: usize = 3;

/// Bytes before the planes of an alphabet.
pub const ALPHABET_HEADER: usize = 16;

/// The alphabet of a chronicle whose texts are dense.
///
/// ```text
///  0  1  bits of a code, 1 to 16
///  1  1  how many planes of Unicode beyond the first one have characters
///  2  2  how many characters
///  4 10  how many codes there are before each level of pairs, and behind the last one
/// 14  2  zero
/// 16  .  each further plane: its number and its first code, 2 bytes each
///     .  the last 16 bits of each character, in order
///     .  the pairs: two codes each, packed, and three zeros
/// ```
#[derive(Clone, Copy)]
pub struct Alphabet<'a> {
    mask: u16,
    width: u8,
    codes: u32,
    characters: CharacterSet<'a>,
    pairs: &'a [u8],
}

impl fmt::Debug for Alphabet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Alphabet")
    }
}

/// The parts of a table.
struct Parts<'a> {
    header: &'a [u8; ALPHABET_HEADER],
    alphabet: Alphabet<'a>,
}

impl<'a> Alphabet<'a> {
    /// No characters.
    pub const NONE: Self = Self { mask: 0, width: 0, codes: 0, characters: CharacterSet::NONE, pairs: &[] };

    /// The alphabet of a table that is sound; none of any other.
    ///
    /// ```
    /// use nenpyo_schema::Alphabet;
    /// let mut table = [0; 23];
    /// (table[0], table[2], table[16]) = (1, 2, b'a');
    /// table[18] = b'b';
    /// table[4..14].chunks_exact_mut(2).for_each(|level| level[0] = 2);
    /// assert!(Alphabet::is_sound(&table));
    /// assert_eq!(Alphabet::new(&table).character(1), Some('b'));
    /// assert_eq!(Alphabet::new(&table).character(2), None);
    /// ```
    #[must_use]
    pub const fn new(table: &'a [u8]) -> Self {
        match Self::parts(table) {
            Some(parts) => parts.alphabet,
            None => Self::NONE,
        }
    }

    const fn parts(table: &'a [u8]) -> Option<Parts<'a>> {
        let Some((header, rest)) = table.split_first_chunk::<ALPHABET_HEADER>() else { return None };
        let [width @ 1..=16, planes, low, high, ..] = *header else { return None };
        let characters = u16::from_le_bytes([low, high]);
        let Some((planes, rest)) = rest.split_at_checked(planes as usize * 4) else { return None };
        let Some((characters, pairs)) = rest.split_at_checked(characters as usize * 2) else { return None };
        let alphabet = Self {
            mask: u16::MAX >> (16 - width),
            width,
            codes: u16::from_le_bytes([header[12], header[13]]) as u32,
            characters: CharacterSet::of(planes.as_chunks().0, characters.as_chunks().0),
            pairs,
        };
        Some(Parts { header, alphabet })
    }

    /// Whether a table has what it says, all in order, and codes that lead to characters.
    ///
    /// ```
    /// use nenpyo_schema::Alphabet;
    /// assert!(!Alphabet::is_sound(&[12, 0, 0]));
    /// ```
    #[must_use]
    #[inline(never)]
    pub fn is_sound(table: &'a [u8]) -> bool {
        let Some(Parts { header, alphabet }) = Self::parts(table) else { return false };
        let half = |bytes: &[u8; 2]| u32::from(u16::from_le_bytes(*bytes));
        let (_, levels) = header.split_at(4);
        let (levels, reserved) = levels.as_chunks::<2>().0.split_at(MAX_LEVELS + 1);
        let characters = alphabet.characters.len() as u32;
        let pairs = levels.last().map_or(0, half).wrapping_sub(characters);
        let has_parts_below = |level: usize| {
            let bound = |at: usize| levels.get(at).map_or(0, half);
            (bound(level)..bound(level.wrapping_add(1))).all(|code| {
                let (first, second) = alphabet.pair(code.wrapping_sub(characters));
                let length = alphabet.leaves(code as u16).take(MAX_CHARACTERS + 1).count();
                u32::from(first) < bound(level) && u32::from(second) < code && length <= MAX_CHARACTERS
            })
        };
        reserved.iter().all(|zero| half(zero) == 0)
            && levels.is_sorted_by_key(half)
            && levels.first().map_or(0, half) == characters
            && characters.wrapping_add(pairs) <= u32::from(alphabet.mask).wrapping_add(1)
            && is_padded(alphabet.pairs, (pairs as usize).wrapping_mul(2 * usize::from(alphabet.width)))
            && alphabet.characters.is_sound()
            && (0..MAX_LEVELS).all(has_parts_below)
    }

    /// How many codes are characters.
    ///
    /// ```
    /// use nenpyo_schema::Alphabet;
    /// assert_eq!(Alphabet::NONE.len(), 0);
    /// ```
    #[must_use]
    pub const fn len(&self) -> usize {
        self.characters.len()
    }

    /// Whether it has no characters.
    ///
    /// ```
    /// use nenpyo_schema::Alphabet;
    /// assert!(Alphabet::NONE.is_empty());
    /// ```
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.characters.is_empty()
    }

    /// The character with this code; `None` of a pair, and of what is no code.
    ///
    /// ```
    /// use nenpyo_schema::Alphabet;
    /// assert_eq!(Alphabet::NONE.character(0), None);
    /// ```
    #[must_use]
    #[inline]
    pub fn character(&self, code: u16) -> Option<char> {
        self.characters.get(code)
    }

    /// The code of a character.
    ///
    /// ```
    /// use nenpyo_schema::Alphabet;
    /// assert_eq!(Alphabet::NONE.code('a'), None);
    /// ```
    #[must_use]
    pub fn code(&self, character: char) -> Option<u16> {
        self.characters.number(character)
    }

    /// The characters, whose numbers are their codes.
    ///
    /// ```
    /// use nenpyo_schema::Alphabet;
    /// assert!(Alphabet::NONE.characters().is_empty());
    /// ```
    #[must_use]
    pub const fn characters(&self) -> CharacterSet<'a> {
        self.characters
    }

    /// The code with this number in packed codes; 0 behind the last one.
    #[inline]
    fn at(&self, bytes: &[u8], number: usize) -> u16 {
        let bit = number.wrapping_mul(usize::from(self.width));
        let Some([low, middle, high]) = bytes.get(bit >> 3..).and_then(|bytes| bytes.first_chunk()) else { return 0 };
        (u32::from_le_bytes([*low, *middle, *high, 0]) >> (bit & 7)) as u16 & self.mask
    }

    /// The parts of a pair.
    #[inline]
    fn pair(&self, number: u32) -> (u16, u16) {
        let width = usize::from(self.width);
        let bit = (number as usize).wrapping_mul(2).wrapping_mul(width);
        if width > 12 {
            let first = (number as usize).wrapping_mul(2);
            return (self.at(self.pairs, first), self.at(self.pairs, first.wrapping_add(1)));
        }
        // Both lie in four bytes.
        let Some(bytes) = self.pairs.get(bit >> 3..).and_then(|bytes| bytes.first_chunk()) else { return (0, 0) };
        let both = u32::from_le_bytes(*bytes) >> (bit & 7);
        (both as u16 & self.mask, (both >> width) as u16 & self.mask)
    }

    /// The codes of the characters that a code is.
    #[inline]
    fn leaves(&self, code: u16) -> Leaves<'_> {
        let mut pending = Pending::NONE;
        pending.push(code);
        Leaves { alphabet: self, pending }
    }

    /// Whether these are so many codes that the alphabet has, and nothing behind them.
    pub(crate) fn are_codes(&self, bytes: &[u8], count: usize) -> bool {
        is_padded(bytes, count.wrapping_mul(usize::from(self.width)))
            && (0..count).all(|number| u32::from(self.at(bytes, number)) < self.codes)
    }
}

/// Whether there are so many bits, and behind them zeros up to the next byte and three bytes more.
fn is_padded(bytes: &[u8], bits: usize) -> bool {
    let tail = bytes.get(bits >> 3..).unwrap_or_default();
    let whole = PADDING.wrapping_add(usize::from(bits & 7 > 0));
    let last = tail.first().map_or(0, |last| if bits & 7 > 0 { last >> (bits & 7) } else { *last });
    tail.len() == whole && last == 0 && tail.iter().skip(1).all(|byte| *byte == 0)
}

impl Alphabet<'_> {
    /// Fills a set with the codes within which, or with the last character of which, something may begin.
    #[inline(never)]
    fn mark(&self, set: &CodeSet, begins: Begins<'_>) {
        let before = self.characters.len() as u32;
        let (bytes, _) = self.pairs.as_chunks::<3>();
        let mut bytes = bytes.iter();
        for code in before..self.codes.min(CodeSet::CODES) {
            let (first, second) = match bytes.next() {
                // A pair is three bytes.
                Some([low, middle, high]) if self.width == 12 => {
                    let both = u32::from_le_bytes([*low, *middle, *high, 0]);
                    (both as u16 & 0xFFF, (both >> 12) as u16)
                }
                _ => self.pair(code.wrapping_sub(before)),
            };
            if (set.has(first) || set.has(second))
                && (self.may_begin(set, second, NO_CODE, NO_CODE, begins)
                    || self.may_begin(set, first, NO_CODE, second, begins))
            {
                set.add(code as u16);
            }
        }
    }

    /// Whether something may begin in a code, which stands between two others; [`NO_CODE`] is none. Where `before` is none, it
    /// need not begin words.
    #[inline(never)]
    fn may_begin(&self, set: &CodeSet, code: u16, before: u16, behind: u16, begins: Begins<'_>) -> bool {
        let characters = self.characters.len() as u32;
        // Second parts of pairs that may have it, with what stands before them and behind them.
        let mut pending = [[0; 3]; MAX_LEVELS + 1];
        let mut length = 0_usize;
        let mut next = Some([code, before, behind]);
        while let Some([mut code, before, mut behind]) = next {
            while set.has(code) {
                let Some(pair) = u32::from(code).checked_sub(characters) else {
                    let is_within_word = before != NO_CODE && self.is_letter(self.last(before));
                    let behind = if behind == NO_CODE { None } else { self.character(self.first(behind)) };
                    if !is_within_word && self.character(code).is_some_and(|first| begins(first, behind)) {
                        return true;
                    }
                    break;
                };
                let (first, second) = self.pair(pair);
                // Whatever the bytes are, it goes down.
                if first >= code || second >= code {
                    return true;
                }
                if set.has(second)
                    && let Some(place) = pending.get_mut(length)
                {
                    *place = [second, if before == NO_CODE { NO_CODE } else { first }, behind];
                    length = length.wrapping_add(1);
                }
                (code, behind) = (first, second);
            }
            next = length.checked_sub(1).and_then(|last| pending.get(last)).copied();
            length = length.saturating_sub(1);
        }
        false
    }

    /// Whether a character is a letter or a digit in ASCII.
    fn is_letter(&self, code: u16) -> bool {
        self.character(code).is_some_and(|character| character.is_ascii_alphanumeric())
    }

    /// How many of these codes have nothing of a set, up to the first one that may have.
    #[inline(never)]
    fn without(&self, set: &CodeSet, pool: &[u8], start: u32, length: u16, asked: Asked<'_>) -> u16 {
        let start = start as usize;
        let mut number = 0;
        loop {
            number = self.next_of(set, pool, start, number, length);
            if number >= length {
                return length;
            }
            let at = start.wrapping_add(usize::from(number));
            let code_at = |is_there: bool, at| if is_there { self.at(pool, at) } else { NO_CODE };
            let before = code_at(number > 0 && asked.spaced, at.wrapping_sub(1));
            let behind = code_at(number.wrapping_add(1) < length, at.wrapping_add(1));
            if self.may_begin(set, self.at(pool, at), before, behind, asked.begins) {
                return number;
            }
            number = number.wrapping_add(1);
        }
    }

    /// The first of these codes from one on that a set has; `length` if it has none of them.
    #[inline]
    fn next_of(&self, set: &CodeSet, pool: &[u8], start: usize, from: u16, length: u16) -> u16 {
        let mut number = from;
        while number < length {
            let at = start.wrapping_add(usize::from(number));
            if self.width == 12 && at & 1 == 0 {
                // Two codes are three bytes.
                let (both, _) = pool.get((at >> 1).wrapping_mul(3)..).unwrap_or_default().as_chunks::<3>();
                for [low, middle, high] in both.iter().take(usize::from(length.wrapping_sub(number) >> 1)) {
                    let both = u32::from_le_bytes([*low, *middle, *high, 0]);
                    if set.has(both as u16 & 0xFFF) {
                        return number;
                    }
                    if set.has((both >> 12) as u16) {
                        return number.wrapping_add(1);
                    }
                    number = number.wrapping_add(2);
                }
            }
            if number >= length || set.has(self.at(pool, start.wrapping_add(usize::from(number)))) {
                break;
            }
            number = number.wrapping_add(1);
        }
        number
    }

    /// The first character of a code.
    fn first(&self, code: u16) -> u16 {
        self.end(code, |(first, _)| first)
    }

    /// The last character of a code.
    fn last(&self, code: u16) -> u16 {
        self.end(code, |(_, second)| second)
    }

    #[inline]
    fn end(&self, code: u16, part: impl Fn((u16, u16)) -> u16) -> u16 {
        let characters = self.characters.len() as u32;
        let mut code = code;
        while let Some(pair) = u32::from(code).checked_sub(characters) {
            let next = part(self.pair(pair));
            // Whatever the bytes are, it goes down.
            if next >= code {
                break;
            }
            code = next;
        }
        code
    }
}

/// No code, or the last one of as many as there can be at most: then less is known.
const NO_CODE: u16 = u16::MAX;

/// Whether something may begin with a character and the one behind it, if there is one.
pub type Begins<'b> = &'b dyn Fn(char, Option<char>) -> bool;

/// What may begin where texts are looked through.
#[derive(Clone, Copy)]
pub struct Asked<'b> {
    /// With which characters.
    pub begins: Begins<'b>,
    /// Whether it must begin words.
    pub spaced: bool,
}

/// In which codes something may begin that is looked for, so that texts are not taken apart where it cannot: a bit for each
/// two of the first 4,096 codes, because room is dear and few codes have it. To find that out takes as long as to take
/// [`WORTH`](Self::WORTH) codes apart, so it waits until so many were. 260 bytes.
pub struct CodeSet {
    bits: [Cell<u32>; Self::CODES as usize / 64],
    is_full: Cell<bool>,
    /// How many codes were taken apart without it.
    taken_apart: Cell<u16>,
}

impl CodeSet {
    /// Of more codes it is not known.
    const CODES: u32 = 4096;

    /// After so many codes it is filled.
    pub const WORTH: u16 = 300;

    /// Nothing is known yet.
    ///
    /// ```
    /// assert!(!nenpyo_schema::CodeSet::new().is_full());
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self {
            bits: [const { Cell::new(0) }; Self::CODES as usize / 64],
            is_full: Cell::new(false),
            taken_apart: Cell::new(0),
        }
    }

    /// Whether enough was taken apart that it is worth to be filled.
    ///
    /// ```
    /// assert!(!nenpyo_schema::CodeSet::new().is_due());
    /// ```
    #[must_use]
    #[inline]
    pub fn is_due(&self) -> bool {
        !self.is_full.get() && self.taken_apart.get() >= Self::WORTH
    }

    /// Takes in, before it is filled, that something may begin with a character.
    ///
    /// ```
    /// use nenpyo_schema::{CodeSet, Coding};
    /// CodeSet::new().open(Coding::UTF8, 'a');
    /// ```
    pub fn open(&self, coding: crate::Coding<'_>, first: char) {
        // What no text has need not be looked for.
        if let Some(code) = coding.alphabet().code(first) {
            self.add(code);
        }
    }

    /// Finds out in which codes of texts in this coding something may begin.
    ///
    /// ```
    /// use nenpyo_schema::{CodeSet, Coding};
    /// let set = CodeSet::new();
    /// set.fill(Coding::UTF8, &|first, _| first == 'a');
    /// assert!(!set.is_due());
    /// ```
    pub fn fill(&self, coding: crate::Coding<'_>, begins: Begins<'_>) {
        coding.alphabet().mark(self, begins);
        self.is_full.set(true);
    }

    /// Whether it was filled.
    ///
    /// ```
    /// assert!(!nenpyo_schema::CodeSet::new().is_full());
    /// ```
    #[must_use]
    #[inline]
    pub fn is_full(&self) -> bool {
        self.is_full.get()
    }

    #[allow(clippy::inline_always, reason = "it is asked for each code")]
    #[inline(always)]
    fn has(&self, code: u16) -> bool {
        match self.bits.get(usize::from(code >> 6)) {
            Some(word) => word.get() >> (code >> 1 & 31) & 1 == 1,
            None => true,
        }
    }

    fn add(&self, code: u16) {
        if let Some(word) = self.bits.get(usize::from(code >> 6)) {
            word.set(word.get() | 1 << (code >> 1 & 31));
        }
    }
}

impl Default for CodeSet {
    fn default() -> Self {
        Self::new()
    }
}

/// A stretch of codes.
#[derive(Clone, Copy)]
pub struct Codes<'a> {
    alphabet: &'a Alphabet<'a>,
    pool: &'a [u8],
    start: u32,
    length: u16,
    /// Characters of the first code and of the last one that are not part of it.
    skipped: u8,
    dropped: u8,
}

impl<'a> Codes<'a> {
    pub(crate) const fn new(alphabet: &'a Alphabet<'a>, pool: &'a [u8], start: u32, length: u16) -> Self {
        Self { alphabet, pool, start, length, skipped: 0, dropped: 0 }
    }

    pub(crate) const fn alphabet(&self) -> &'a Alphabet<'a> {
        self.alphabet
    }

    pub(crate) const fn len(&self) -> u16 {
        self.length
    }

    pub(crate) fn chars(&self) -> CodeCharacters<'a> {
        let mut characters = CodeCharacters {
            alphabet: self.alphabet,
            pool: self.pool,
            next: self.start,
            left: self.length,
            pending: Pending::NONE,
            taken: 0,
            limit: u8::MAX,
            dropped: self.dropped,
        };
        for _ in 0..self.skipped {
            characters.next();
        }
        characters
    }

    /// Takes the codes off its beginning that have nothing of a set; the character before what is left, if it is known.
    pub(crate) fn skip(&mut self, set: &CodeSet, asked: Asked<'_>) -> Option<char> {
        if !set.is_full() || self.skipped > 0 {
            return None;
        }
        let skipped = self.alphabet.without(set, self.pool, self.start, self.length, asked);
        self.start = self.start.wrapping_add(u32::from(skipped));
        self.length = self.length.wrapping_sub(skipped);
        if skipped == 0 || self.length == 0 {
            return None;
        }
        self.alphabet.character(self.alphabet.last(self.alphabet.at(self.pool, self.start.wrapping_sub(1) as usize)))
    }

    pub(crate) fn first(&self) -> Option<char> {
        if self.skipped > 0 || self.length == 0 {
            return self.chars().next();
        }
        self.alphabet.character(self.alphabet.first(self.alphabet.at(self.pool, self.start as usize)))
    }

    /// Whether something of a set may begin in them.
    pub(crate) fn may_have(&self, set: &CodeSet, asked: Asked<'_>) -> bool {
        self.alphabet.without(set, self.pool, self.start, self.length, asked) < self.length
    }

    /// Whether a set has the code with this number.
    pub(crate) fn is_in(&self, number: usize, set: &CodeSet) -> bool {
        set.has(self.alphabet.at(self.pool, (self.start as usize).wrapping_add(number)))
    }

    pub(crate) fn take_front(&mut self, length: usize) -> Option<Self> {
        let length = u16::try_from(length).ok()?;
        let rest = self.length.checked_sub(length)?;
        let front = Self { length, ..*self };
        self.start = self.start.wrapping_add(u32::from(length));
        self.length = rest;
        Some(front)
    }

    /// What lies between so many bytes of UTF-8.
    pub(crate) fn get(&self, from: usize, to: usize) -> Option<Self> {
        // Cut at the end before, it would not be known where in a code a place is.
        let mut characters = Self { dropped: 0, ..*self }.chars();
        let mut at = 0_usize;
        let mut advance = |characters: &mut CodeCharacters<'a>, place: usize| {
            while at < place {
                at = at.wrapping_add(characters.next()?.len_utf8());
            }
            (at == place).then_some(())
        };
        advance(&mut characters, from)?;
        let (start, skipped) = characters.place();
        advance(&mut characters, to)?;
        let (end, taken) = characters.place();
        let mut dropped = 0_u8;
        if taken > 0 {
            let left = Leaves { alphabet: self.alphabet, pending: characters.pending };
            dropped = left.count() as u8;
        }
        let end = end.wrapping_add(u32::from(taken > 0));
        let length = if from == to { 0 } else { end.wrapping_sub(start) as u16 };
        (from <= to).then_some(Self { start, length, skipped, dropped, ..*self })
    }
}

/// Codes that were begun and not given yet, the next one last.
#[derive(Clone)]
struct Pending {
    codes: [u16; MAX_LEVELS + 1],
    length: u8,
}

impl Pending {
    const NONE: Self = Self { codes: [0; MAX_LEVELS + 1], length: 0 };

    const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// There is room for one code of each level, and one more.
    #[inline]
    fn push(&mut self, code: u16) {
        if let Some(place) = self.codes.get_mut(usize::from(self.length)) {
            *place = code;
            self.length = self.length.wrapping_add(1);
        }
    }

    #[inline]
    fn pop(&mut self) -> Option<u16> {
        let last = self.length.checked_sub(1)?;
        self.length = last;
        self.codes.get(usize::from(last)).copied()
    }

    /// Takes the first character off.
    #[inline]
    fn next(&mut self, alphabet: &Alphabet<'_>) -> Option<u16> {
        let mut code = self.pop()?;
        let characters = alphabet.characters.len() as u32;
        while let Some(pair) = u32::from(code).checked_sub(characters) {
            let (first, second) = alphabet.pair(pair);
            // Whatever the bytes are, it goes down.
            if first >= code {
                break;
            }
            self.push(second);
            code = first;
        }
        Some(code)
    }
}

/// The codes of the characters of what is pending.
struct Leaves<'a> {
    alphabet: &'a Alphabet<'a>,
    pending: Pending,
}

impl Iterator for Leaves<'_> {
    type Item = u16;

    #[inline(never)]
    fn next(&mut self) -> Option<u16> {
        self.pending.next(self.alphabet)
    }
}

/// The characters of a stretch of codes.
#[derive(Clone)]
pub struct CodeCharacters<'a> {
    alphabet: &'a Alphabet<'a>,
    pool: &'a [u8],
    /// The first code that was not begun, and how many there are from it on.
    next: u32,
    left: u16,
    /// What is left of the code before it.
    pending: Pending,
    /// How many characters of that code were given, and how many of it may be.
    taken: u8,
    limit: u8,
    /// How many characters of the last code, unless it is that one, were given from the end.
    dropped: u8,
}

impl CodeCharacters<'_> {
    /// The code at the front, and how many of its characters were given.
    fn place(&self) -> (u32, u8) {
        if self.pending.is_empty() { (self.next, 0) } else { (self.next.wrapping_sub(1), self.taken) }
    }

    /// What is left of the codes, in 256 parts each: a character is one.
    pub(crate) fn left(&self) -> usize {
        let codes = usize::from(self.left);
        if self.pending.is_empty() {
            codes << 8
        } else {
            (codes.wrapping_add(1) << 8).wrapping_sub(usize::from(self.taken))
        }
    }

    #[inline]
    fn decoded(&self, code: u16) -> char {
        self.alphabet.character(code).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    /// Begins the next code; whether there is any.
    #[inline]
    fn begin(&mut self) -> bool {
        let Some(left) = self.left.checked_sub(1) else { return false };
        let code = self.alphabet.at(self.pool, self.next as usize);
        self.next = self.next.wrapping_add(1);
        self.left = left;
        self.pending.push(code);
        (self.taken, self.limit) = (0, u8::MAX);
        if left == 0 && self.dropped > 0 {
            self.limit = self.length(code).wrapping_sub(self.dropped);
        }
        true
    }

    /// How many characters a code is.
    #[inline(never)]
    fn length(&self, code: u16) -> u8 {
        self.alphabet.leaves(code).count() as u8
    }

    /// The code of the next character.
    #[inline]
    fn next_code(&mut self) -> Option<u16> {
        if self.pending.is_empty() && !self.begin() || self.taken == self.limit {
            return None;
        }
        self.taken = self.taken.wrapping_add(1);
        self.pending.next(self.alphabet)
    }

    /// Goes on to the first character of which this holds, and gives the one before it; whether there is any.
    pub(crate) fn skip_until(
        &mut self,
        before: &mut Option<char>,
        set: Option<(&CodeSet, Asked<'_>)>,
        holds: impl Fn(char) -> bool,
    ) -> bool {
        loop {
            if let Some((set, asked)) = set
                && self.pending.is_empty()
            {
                if set.is_full() {
                    self.skip(set, asked, before);
                } else {
                    set.taken_apart.set(set.taken_apart.get().saturating_add(1));
                }
            }
            let Some(code) = self.next_code() else { return false };
            let character = self.decoded(code);
            if holds(character) {
                self.pending.push(code);
                self.taken = self.taken.wrapping_sub(1);
                return true;
            }
            *before = Some(character);
        }
    }

    /// Leaves out whole codes that have nothing of a set.
    fn skip(&mut self, set: &CodeSet, asked: Asked<'_>, before: &mut Option<char>) {
        let skipped = self.alphabet.without(set, self.pool, self.next, self.left, asked);
        if skipped > 0 {
            self.next = self.next.wrapping_add(u32::from(skipped));
            self.left = self.left.wrapping_sub(skipped);
            if self.left > 0 {
                *before = self
                    .alphabet
                    .character(self.alphabet.last(self.alphabet.at(self.pool, self.next.wrapping_sub(1) as usize)));
            }
        }
    }
}

impl Iterator for CodeCharacters<'_> {
    type Item = char;

    #[allow(clippy::inline_always, reason = "there is one caller, and so a frame less")]
    #[inline(always)]
    fn next(&mut self) -> Option<char> {
        let code = self.next_code()?;
        Some(self.decoded(code))
    }
}

/// From the end a code is taken apart anew for each of its characters: they are few.
impl DoubleEndedIterator for CodeCharacters<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<char> {
        // What is left of the code at the front is the last of all.
        let is_front = self.left == 0;
        if is_front && self.pending.is_empty() {
            return None;
        }
        let last = self.next.wrapping_add(u32::from(self.left)).wrapping_sub(1);
        let code = self.alphabet.at(self.pool, last as usize);
        let length = self.length(code);
        let end = if is_front { self.limit.min(length) } else { length.wrapping_sub(self.dropped) };
        let at = end.wrapping_sub(1);
        if is_front {
            if end == self.taken {
                return None;
            }
            self.limit = at;
        } else {
            self.dropped = self.dropped.wrapping_add(1);
            if at == 0 {
                self.left = self.left.wrapping_sub(1);
                self.dropped = 0;
            }
        }
        let code = self.alphabet.leaves(code).nth(usize::from(at))?;
        Some(self.decoded(code))
    }
}
