//! Whether a text contains what is looked for, and where: the folded text, unit by unit. Runs on the target.

use nenpyo_schema::Strings;
use nenpyo_schema::fold::{Folds, HYPHEN, SEPARATOR, Units, is_letter, is_silent_hyphen, units};
use nenpyo_schema::kana::is_long_mark;
use nenpyo_schema::search::number;

use super::Class;
use super::query::{KE_OR_GA, Pattern};
use super::romaji::is_glide;
use crate::text::Text;

/// Where something lies in a text: bytes of the plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) class: Class,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether it is what the text is read as, and not what is written.
    pub(super) is_read: bool,
}

/// Goes through the units of a text as it is written, or as it is read.
#[derive(Clone)]
struct Cursor<'a> {
    units: Units<'a, core::str::Chars<'a>>,
    /// How many bytes of the plain text end with the present piece.
    end: usize,
    /// How many of them a reading stands for; 0 where the piece is plain text itself.
    ruby: usize,
    /// The plain text behind the present piece, and its ruby.
    rest: &'a str,
    spans: &'a [u8],
    readings: &'a Strings<'a>,
    /// The base and the reading that come next.
    next: Option<(usize, u32)>,
    is_read: bool,
}

impl<'a> Cursor<'a> {
    fn written(text: &Text<'a>, folds: &'a Folds<'a>) -> Self {
        let plain = text.as_plain();
        Self {
            units: units(plain, folds),
            end: plain.len(),
            ruby: 0,
            rest: "",
            spans: &[],
            readings: &Strings::EMPTY,
            next: None,
            is_read: false,
        }
    }

    /// `None` if nothing stands above the text.
    fn read(text: &Text<'a>, folds: &'a Folds<'a>) -> Option<Self> {
        let (spans, readings) = text.ruby();
        if spans.is_empty() {
            return None;
        }
        Some(Self {
            units: units("", folds),
            end: 0,
            ruby: 0,
            rest: text.as_plain(),
            spans,
            readings,
            next: None,
            is_read: true,
        })
    }

    /// The next unit, from whichever piece.
    #[inline]
    fn next(&mut self) -> Option<u16> {
        loop {
            if let Some(unit) = self.units.next() {
                return Some(unit);
            }
            if !self.next_piece() {
                return None;
            }
        }
    }

    /// How much of the present piece is left.
    fn left(&self) -> usize {
        self.units.rest().as_str().len()
    }

    /// Goes to the next piece, if there is one.
    #[inline(never)]
    fn next_piece(&mut self) -> bool {
        if self.rest.is_empty() && self.next.is_none() {
            return false;
        }
        if let Some((length, reading)) = self.next.take() {
            let (_, rest) = self.rest.split_at_checked(length).unwrap_or_default();
            self.rest = rest;
            self.end = self.end.wrapping_add(length);
            self.ruby = length;
            self.units.go_on(self.readings.get(reading).unwrap_or_default().chars());
            return true;
        }
        // The three numbers of a postcard `RubyRecord`.
        let span = (number(&mut self.spans), number(&mut self.spans), number(&mut self.spans));
        let gap = match span {
            (Some(gap), Some(length), Some(reading)) => {
                self.next = Some((length as usize, reading));
                gap as usize
            }
            _ => self.rest.len(),
        };
        let (piece, rest) = self.rest.split_at_checked(gap).unwrap_or_default();
        self.rest = rest;
        self.end = self.end.wrapping_add(gap);
        self.ruby = 0;
        self.units.go_on(piece.chars());
        true
    }

    /// Where the character begins in the plain text that `left` begins with; or the base, where it is a reading.
    fn start(&self, left: usize) -> usize {
        self.end.wrapping_sub(if self.ruby > 0 { self.ruby } else { left })
    }

    /// Where what was gone through ends in the plain text.
    fn end(&self) -> usize {
        if self.ruby > 0 { self.end } else { self.end.wrapping_sub(self.left()) }
    }
}

/// Whether a unit of a text is what a pattern says.
#[inline]
const fn admits(wanted: u16, unit: u16) -> bool {
    wanted == unit || wanted == KE_OR_GA && matches!(unit, 0x3051 | 0x304C)
}

impl Pattern<'_> {
    /// Whether it begins with this unit.
    #[inline]
    fn begins_with(&self, unit: u16) -> bool {
        match self.units.first() {
            Some(first) => admits(*first, unit),
            None => self.tail.is_some_and(|tail| tail.admits(unit)),
        }
    }

    /// Whether the rest follows, where the first unit is there already.
    #[inline(never)]
    fn goes_on(&self, first: u16, cursor: &mut Cursor<'_>) -> bool {
        let Some((_, mut wanted)) = self.units.split_first() else {
            return self.tail.is_none_or(|tail| !tail.glide || cursor.next().is_some_and(is_glide));
        };
        let mut before = first;
        loop {
            let tail = if wanted.is_empty() { self.tail } else { None };
            if wanted.is_empty() && tail.is_none() {
                return true;
            }
            let Some(mut unit) = cursor.next() else { return false };
            if unit == SEPARATOR {
                // Any number of them is one.
                while unit == SEPARATOR {
                    match cursor.next() {
                        Some(next) => unit = next,
                        None => return false,
                    }
                }
                match wanted {
                    [SEPARATOR, rest @ ..] => wanted = rest,
                    _ => return false,
                }
            }
            let fits = |unit| match wanted.first() {
                Some(first) => admits(*first, unit),
                None => tail.is_some_and(|tail| tail.admits(unit)),
            };
            if !fits(unit) {
                let is_left_out = self.is_lenient && is_long_mark(before, unit)
                    || wanted.first().is_some_and(|after| is_silent_hyphen(before, unit, *after));
                if !is_left_out {
                    return false;
                }
                match cursor.next() {
                    Some(next) if fits(next) => unit = next,
                    _ => return false,
                }
            }
            if let Some(tail) = tail {
                return !tail.glide || cursor.next().is_some_and(is_glide);
            }
            before = unit;
            wanted = wanted.split_first().map_or(&[], |(_, rest)| rest);
        }
    }

    /// The last unit that it looks for.
    fn last(&self) -> u16 {
        self.units.last().copied().unwrap_or(0)
    }

    /// Whether nothing but separators follows; where long vowels may be missing, one of these.
    fn is_end(&self, cursor: &mut Cursor<'_>) -> bool {
        let mut unit = cursor.next();
        if self.is_lenient && self.tail.is_none() && unit.is_some_and(|unit| is_long_mark(self.last(), unit)) {
            unit = cursor.next();
        }
        while unit == Some(SEPARATOR) {
            unit = cursor.next();
        }
        unit.is_none()
    }

    /// Whether a text, as it is written or read, begins with it, and whether it is all of it.
    pub(super) fn begins(&self, text: &Text<'_>, folds: &Folds<'_>) -> Option<Place> {
        let written = self.begins_at(Cursor::written(text, folds));
        if written.is_some_and(|place| place.class == Class::Exact) {
            return written;
        }
        let cursor = if self.may_be_read(folds) { Cursor::read(text, folds) } else { None };
        let read = cursor.and_then(|cursor| self.begins_at(cursor));
        read.filter(|read| written.is_none_or(|written| read.class > written.class)).or(written)
    }

    /// Whether what the cursor goes through begins with it.
    fn begins_at(&self, mut cursor: Cursor<'_>) -> Option<Place> {
        loop {
            // At the end of a piece the next one begins.
            if cursor.left() == 0 && cursor.units.is_between() && !cursor.next_piece() {
                return None;
            }
            let left = cursor.left();
            let Some(unit) = cursor.units.next() else { continue };
            if unit == SEPARATOR {
                continue;
            }
            if !self.begins_with(unit) {
                return None;
            }
            let start = cursor.start(left);
            if !self.goes_on(unit, &mut cursor) {
                return None;
            }
            let end = cursor.end();
            let class = if self.is_end(&mut cursor) { Class::Exact } else { Class::Beginning };
            return Some(Place { class, start, end, is_read: cursor.is_read });
        }
    }

    /// Where it stands in a text for the first time, as it is written or, if not, as it is read. `spaced` says that it
    /// must begin words.
    #[inline(never)]
    pub(super) fn find(&self, text: &Text<'_>, folds: &Folds<'_>, spaced: bool) -> Option<Place> {
        let spaced = spaced && self.units.first().is_none_or(|first| is_letter(*first));
        let scan = Scan::new(self, folds, spaced);
        let written = Cursor::written(text, folds);
        self.find_in(&scan, &written, text.as_plain(), 0, None).or_else(|| {
            if !self.may_be_read(folds) {
                return None;
            }
            let mut cursor = Cursor::read(text, folds)?;
            let mut last = None;
            while cursor.next_piece() {
                let piece = cursor.units.rest().as_str();
                // What stands in plain text alone would have been found as it is written.
                let from = if cursor.ruby > 0 || spaced { 0 } else { self.reaches_back(piece, folds) };
                if let Some(place) = self.find_in(&scan, &cursor, piece, from, last) {
                    return Some(place);
                }
                if spaced {
                    last = before(piece, piece.len(), folds).or(last);
                }
            }
            None
        })
    }

    /// Whether it may have something of a reading in it.
    fn may_be_read(&self, folds: &Folds<'_>) -> bool {
        let is_kana = |unit: &u16| matches!(*unit, KE_OR_GA | HYPHEN | 0x3041..=0x309E);
        !folds.reads_kana() || self.tail.is_some() || self.units.iter().any(is_kana)
    }

    /// From where in a piece it may begin to go on behind it: a text has at most one unit more for each that is looked
    /// for, beside separators.
    fn reaches_back(&self, piece: &str, folds: &Folds<'_>) -> usize {
        if folds.has_marks() || self.units.contains(&SEPARATOR) {
            return 0;
        }
        // Three bytes for each.
        let bytes = self.units.len().wrapping_add(1).wrapping_mul(6);
        let mut from = piece.len().saturating_sub(bytes);
        while !piece.is_char_boundary(from) {
            from = from.wrapping_sub(1);
        }
        from
    }

    /// Where it begins in a piece of a text, from a place on; `cursor` stands at the beginning of the piece, behind the unit `last`.
    fn find_in(
        &self,
        scan: &Scan,
        cursor: &Cursor<'_>,
        piece: &str,
        mut from: usize,
        last: Option<u16>,
    ) -> Option<Place> {
        let spaced = scan.spaced;
        loop {
            let at = scan.next(piece, from)?;
            let rest = piece.get(at..)?;
            from = at.wrapping_add(rest.chars().next()?.len_utf8());
            let mut ahead = cursor.clone();
            ahead.units.go_on(rest.chars());
            // What one character becomes are several units at most here and there.
            while let Some(unit) = ahead.units.next() {
                let is_word = || {
                    !spaced || before(piece, at, cursor.units.folds()).or(last).is_none_or(|before| !is_letter(before))
                };
                if self.begins_with(unit) && is_word() {
                    let mut end = ahead.clone();
                    if self.goes_on(unit, &mut end) {
                        let start = cursor.start(piece.len().wrapping_sub(at));
                        return Some(Place { class: Class::Contained, start, end: end.end(), is_read: cursor.is_read });
                    }
                }
                if ahead.units.is_between() {
                    break;
                }
            }
        }
    }
}

/// The unit before a place in a piece.
fn before(piece: &str, at: usize, folds: &Folds<'_>) -> Option<u16> {
    let character = piece.get(..at)?.chars().next_back()?;
    let mut text = [0; 4];
    units(character.encode_utf8(&mut text), folds).last()
}

/// How a text writes a unit, in bytes of UTF-8.
#[derive(Clone, Copy)]
enum Begin {
    /// In several ways: every character has to be looked at.
    Any,
    /// A letter or digit in ASCII, in small letters.
    Ascii(u8),
    /// A kanji; or a kana in hiragana, in katakana, and in the small katakana of `六ヶ所`.
    Wide([[u8; 3]; 3]),
}

impl Begin {
    fn of(unit: Option<&u16>, folds: &Folds<'_>) -> Self {
        let utf8 = |unit: u16| [0xE0 | (unit >> 12) as u8, 0x80 | (unit >> 6 & 0x3F) as u8, 0x80 | (unit & 0x3F) as u8];
        let Some(unit) = unit.copied().filter(|unit| !folds.has_variants(*unit)) else { return Self::Any };
        let katakana = unit.wrapping_add(0x60);
        match unit {
            0x30..=0x39 | 0x61..=0x7A => Self::Ascii(unit as u8),
            0x304B => Self::Wide([unit, katakana, 0x30F5].map(utf8)),
            0x3051 => Self::Wide([unit, katakana, 0x30F6].map(utf8)),
            0x3041..=0x3094 => Self::Wide([unit, katakana, katakana].map(utf8)),
            0x4E00..=0x9FFF => Self::Wide([utf8(unit); 3]),
            _ => Self::Any,
        }
    }

    /// Whether the unit may come first in these bytes, or behind them.
    fn may_begin(&self, bytes: &[u8]) -> bool {
        let Some(first) = bytes.first() else { return true };
        match self {
            Self::Any => true,
            Self::Ascii(letter) => *first | 0x20 == *letter,
            Self::Wide(written) => written.iter().any(|written| bytes.starts_with(written)),
        }
    }
}

/// Finds where a pattern may begin, by the bytes of the text.
struct Scan {
    first: Begin,
    second: Begin,
    /// Whether it must begin words.
    spaced: bool,
}

impl Scan {
    fn new(pattern: &Pattern<'_>, folds: &Folds<'_>, spaced: bool) -> Self {
        if folds.has_marks() {
            return Self { first: Begin::Any, second: Begin::Any, spaced };
        }
        // A long vowel may stand before the second unit, or a hyphen before a digit.
        let may_follow = |unit: &&u16| !pattern.is_lenient && !matches!(unit, 0x30..=0x39);
        let second = pattern.units.get(1).filter(may_follow);
        Self { first: Begin::of(pattern.units.first(), folds), second: Begin::of(second, folds), spaced }
    }

    /// The first place from this one on.
    #[inline(never)]
    fn next(&self, piece: &str, from: usize) -> Option<usize> {
        let bytes = piece.as_bytes();
        let mut rest = bytes.get(from..)?;
        loop {
            let is_there = match &self.first {
                Begin::Any => return (!rest.is_empty()).then_some(from),
                Begin::Ascii(letter) => {
                    rest = ascii(rest, *letter);
                    self.may_begin(bytes, rest)
                }
                Begin::Wide(written) => {
                    rest = wide(rest, written);
                    rest.first_chunk().is_none_or(|character| written.contains(character))
                }
            };
            let (_, after) = rest.split_first()?;
            let behind = if matches!(self.first, Begin::Wide(_)) { after.get(2..)? } else { after };
            if is_there && self.second.may_begin(behind) {
                return Some(bytes.len().wrapping_sub(rest.len()));
            }
            rest = behind;
        }
    }

    /// Whether a word may begin here.
    fn may_begin(&self, bytes: &[u8], rest: &[u8]) -> bool {
        let before = bytes.len().checked_sub(rest.len()).and_then(|at| bytes.get(at.checked_sub(1)?));
        !self.spaced || !before.is_some_and(u8::is_ascii_alphanumeric)
    }
}

/// What begins with an ASCII letter or digit, large or small; nothing if there is none. Eight instructions a byte on a
/// Cortex-M0, and for a longer character no more.
#[inline(never)]
fn ascii(mut rest: &[u8], letter: u8) -> &[u8] {
    while let [first, after @ ..] = rest {
        rest = if *first >= 0xE0 {
            after.get(2..).unwrap_or_default()
        } else if *first | 0x20 == letter {
            return rest;
        } else {
            after
        };
    }
    rest
}

/// What begins with one of these characters of three bytes, or with another one that is like it in its last five bits,
/// as hiragana and katakana are; nothing if there is none. Thirteen instructions a character on a Cortex-M0.
#[inline(never)]
fn wide<'t>(mut rest: &'t [u8], [[.., one], _, [.., other]]: &[[u8; 3]; 3]) -> &'t [u8] {
    let last_bits = |byte: u8| u32::from(byte) << 27;
    let (one, other) = (last_bits(*one), last_bits(*other));
    while let [first, _, low, ..] = rest {
        let bytes = if *first < 0xE0 {
            1
        } else if last_bits(*low) == one || last_bits(*low) == other {
            return rest;
        } else {
            3
        };
        rest = rest.get(bytes..).unwrap_or_default();
    }
    &[]
}
