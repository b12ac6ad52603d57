//! Whether a text contains what is looked for, and where: the folded text, unit by unit. Runs on the target.

use core::cell::Cell;

use nenpyo_schema::fold::{Folds, HYPHEN, SEPARATOR, Simple, Units, has_usual, is_letter, is_silent_hyphen, simple};
use nenpyo_schema::kana::is_long_mark;
use nenpyo_schema::search::number;
use nenpyo_schema::{Asked, Characters, CodeSet, Coding, Plain, Texts};

use super::Class;
use super::query::{KE_OR_GA, Pattern};
use super::romaji::{Tail, is_glide};
use crate::text::Text;

const U: u16 = 0x3046;
const O: u16 = 0x304A;

/// Where something lies in a text: places of the plain text, see [`Plain::places`]; at last bytes of UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) class: Class,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Whether it is what the text is read as, and not what is written.
    pub(super) is_read: bool,
}

impl Place {
    const fn new(class: Class, start: usize, end: usize, is_read: bool) -> Self {
        Self { class, start: start as u32, end: end as u32, is_read }
    }

    /// The same in bytes.
    pub(super) fn in_bytes(self, text: &Text<'_>) -> Self {
        let bytes = |place: u32| text.as_plain().bytes_before(place as usize) as u32;
        Self { start: bytes(self.start), end: bytes(self.end), ..self }
    }
}

/// A text in pieces: as it is written, which is one, or as it is read.
#[derive(Clone, Copy)]
struct Pieces<'a> {
    /// How many places of the plain text end with the present piece.
    end: usize,
    /// How many of them a reading stands for; 0 where the piece is plain text itself.
    ruby: usize,
    /// The plain text behind the present piece, and its ruby.
    rest: Plain<'a>,
    spans: &'a [u8],
    readings: &'a Texts<'a>,
    /// The base and the reading that come next.
    next: Option<(usize, u32)>,
    is_read: bool,
}

impl<'a> Pieces<'a> {
    /// At its only piece.
    fn written(text: &Text<'a>) -> Self {
        let end = text.as_plain().len();
        Self { end, ruby: 0, rest: Plain::EMPTY, spans: &[], readings: &Texts::EMPTY, next: None, is_read: false }
    }

    /// Before the first piece; `None` if nothing stands above the text.
    fn read(text: &Text<'a>) -> Option<Self> {
        let (spans, readings) = text.ruby();
        let pieces = Self { end: 0, ruby: 0, rest: text.as_plain(), spans, readings, next: None, is_read: true };
        (!spans.is_empty()).then_some(pieces)
    }

    /// The next piece.
    #[inline(never)]
    fn next(&mut self) -> Option<Plain<'a>> {
        if let Some((length, reading)) = self.next.take() {
            self.ruby = self.rest.places(length);
            let _base = self.rest.take_front(length);
            self.end = self.end.wrapping_add(self.ruby);
            return Some(self.readings.get(reading, self.rest.coding()).unwrap_or(Plain::EMPTY));
        }
        if self.rest.is_empty() {
            return None;
        }
        // The three numbers of a postcard `RubyRecord`.
        let span = (number(&mut self.spans), number(&mut self.spans), number(&mut self.spans));
        let piece = match span {
            (Some(gap), Some(length), Some(reading)) => {
                self.next = Some((length as usize, reading));
                self.rest.take_front(gap as usize).unwrap_or(Plain::EMPTY)
            }
            _ => core::mem::replace(&mut self.rest, Plain::EMPTY),
        };
        self.end = self.end.wrapping_add(piece.len());
        self.ruby = 0;
        Some(piece)
    }

    /// Leaves out pieces in which nothing begins that has something of a reading: readings that a set does not have, and
    /// plain text. Whether there is a piece left.
    #[inline(never)]
    fn skip(&mut self, seen: Seen, codes: &CodeSet, readings: &ReadingSet) -> bool {
        let mut skipped = 0_usize;
        if let Some((length, reading)) = self.next {
            if readings.has(reading) {
                return true;
            }
            self.next = None;
            skipped = length;
        }
        let is_left = loop {
            let spans = self.spans;
            // The three numbers of a postcard `RubyRecord`.
            let span = (number(&mut self.spans), number(&mut self.spans), number(&mut self.spans));
            let (Some(gap), Some(length), Some(reading)) = span else { break false };
            let before = skipped;
            skipped = skipped.wrapping_add(gap as usize);
            let may_begin = match seen {
                Seen::Nothing => false,
                // What follows is another one than is wanted, or a reading.
                Seen::First => self.rest.may_end_with(skipped, codes),
                Seen::Begun => true,
            };
            if gap > 0 && may_begin {
                (skipped, self.spans) = (before, spans);
                break true;
            }
            if readings.has(reading) {
                self.next = Some((length as usize, reading));
                break true;
            }
            skipped = skipped.wrapping_add(length as usize);
        };
        self.end = self.end.wrapping_add(self.rest.places(skipped));
        let _skipped = self.rest.take_front(skipped);
        is_left
    }

    /// Where the last `left` places of the present piece begin in the plain text; where it is a reading, its base.
    fn start(&self, left: usize) -> usize {
        self.end.wrapping_sub(if self.ruby > 0 { self.ruby } else { left })
    }

    /// Where what is before them ends.
    fn end(&self, left: usize) -> usize {
        if self.ruby > 0 { self.end } else { self.end.wrapping_sub(left) }
    }
}

/// Goes through the units of a text.
#[derive(Clone)]
struct Cursor<'a> {
    units: Units<'a, Characters<'a>>,
    pieces: Pieces<'a>,
}

impl<'a> Cursor<'a> {
    /// At the beginning of what is left of the present piece.
    fn new(pieces: Pieces<'a>, left: Characters<'a>, folds: &'a Folds<'a>) -> Self {
        Self { units: Units::new(left, folds), pieces }
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
        self.units.rest().left()
    }

    /// Goes to the next piece, if there is one.
    fn next_piece(&mut self) -> bool {
        self.pieces.next().is_some_and(|piece| {
            self.units.go_on(piece.chars());
            true
        })
    }
}

/// Whether a unit of a text is what a pattern says.
#[inline]
const fn admits(wanted: u16, unit: u16) -> bool {
    wanted == unit || wanted == KE_OR_GA && matches!(unit, 0x304B | 0x304C | 0x3051)
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
            if wanted.is_empty() && self.tail.is_none() {
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
            let tail = if wanted.is_empty() { self.tail } else { None };
            let fits = |unit| match wanted.first() {
                Some(first) => admits(*first, unit),
                None => tail.is_some_and(|tail| tail.admits(unit)),
            };
            if !fits(unit) {
                let is_left_out = wanted.len() <= self.lenient && self.is_lenient() && is_long_mark(before, unit)
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
        if self.is_lenient() && self.tail.is_none() && unit.is_some_and(|unit| is_long_mark(self.last(), unit)) {
            unit = cursor.next();
        }
        while unit == Some(SEPARATOR) {
            unit = cursor.next();
        }
        unit.is_none()
    }

    /// Whether it may have something of a reading in it.
    fn may_be_read(&self, folds: &Folds<'_>) -> bool {
        let is_kana = |unit: &u16| matches!(*unit, KE_OR_GA | HYPHEN | 0x3041..=0x309E);
        !folds.reads_kana() || self.tail.is_some() || self.units.iter().any(is_kana)
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
            let start = cursor.pieces.start(left);
            if !self.goes_on(unit, &mut cursor) {
                return None;
            }
            let end = cursor.pieces.end(cursor.left());
            let class = if self.is_end(&mut cursor) { Class::Exact } else { Class::Beginning };
            return Some(Place::new(class, start, end, cursor.pieces.is_read));
        }
    }
}

/// A pattern, and what need not be asked of it for each text.
pub(super) struct Prepared<'q> {
    pub(super) pattern: Pattern<'q>,
    scan: Scan,
    pub(super) may_be_read: bool,
    /// Whether it is a letter that it begins with, so that it must begin words where these have spaces between them.
    is_word: bool,
    /// Whether every character that it may begin with is one of those of the set.
    is_in_set: Cell<bool>,
    /// Whether texts write what follows that as it is.
    second_is_known: Cell<bool>,
}

/// Where a pattern may begin.
struct Places<'p> {
    folds: &'p Folds<'p>,
    set: Option<&'p CodeSet>,
    /// At the beginnings of words only.
    spaced: bool,
    /// What was seen of it in plain text.
    seen: Cell<Seen>,
}

/// What was seen of a pattern where it was not found.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Seen {
    Nothing,
    /// Characters with which it begins.
    First,
    /// Characters with which it begins and those behind them.
    Begun,
}

/// What is known of where patterns may begin, if it is kept.
#[derive(Clone, Copy)]
pub(super) struct Sets<'p> {
    pub(super) codes: Option<&'p CodeSet>,
    pub(super) readings: Option<&'p ReadingSet>,
}

impl Sets<'_> {
    /// Nothing is kept.
    pub(super) const NONE: Self = Self { codes: None, readings: None };
}

/// In which readings of a chronicle something may begin that is looked for: the same few stand above all texts. Every
/// 512th reading has the same bit. 68 bytes.
pub(super) struct ReadingSet {
    bits: [Cell<u32>; Self::BITS as usize / 32],
    is_full: Cell<bool>,
}

impl ReadingSet {
    const BITS: u32 = 512;

    /// Nothing is known yet.
    pub(super) const fn new() -> Self {
        Self { bits: [const { Cell::new(0) }; Self::BITS as usize / 32], is_full: Cell::new(false) }
    }

    pub(super) fn is_full(&self) -> bool {
        self.is_full.get()
    }

    /// Takes in the readings of a language in which a pattern may begin.
    pub(super) fn add<'a>(&self, readings: &Texts<'a>, coding: Coding<'a>, holds: impl Fn(Plain<'a>) -> bool) {
        for number in 0..readings.spans.len() as u32 {
            if let Some(word) = self.word(number)
                && readings.get(number, coding).is_some_and(&holds)
            {
                word.set(word.get() | 1 << (number & 31));
            }
        }
    }

    /// Every language was taken in.
    pub(super) fn finish(&self) {
        self.is_full.set(true);
    }

    fn word(&self, reading: u32) -> Option<&Cell<u32>> {
        self.bits.get(((reading % Self::BITS) >> 5) as usize)
    }

    fn has(&self, reading: u32) -> bool {
        self.word(reading).is_none_or(|word| word.get() >> (reading & 31) & 1 == 1)
    }
}

impl<'q> Prepared<'q> {
    #[inline(never)]
    pub(super) fn new(pattern: &Pattern<'q>, folds: &Folds<'_>) -> Self {
        Self {
            pattern: *pattern,
            scan: Scan::new(pattern, folds),
            may_be_read: pattern.may_be_read(folds),
            is_word: pattern.units.first().is_none_or(|first| is_letter(*first)),
            is_in_set: Cell::new(false),
            second_is_known: Cell::new(false),
        }
    }

    /// Takes into a set what it may begin with, if that is little.
    #[inline(never)]
    pub(super) fn put_in_set(&self, coding: Coding<'_>, folds: &Folds<'_>, set: &CodeSet) {
        let Pattern { units, tail, .. } = self.pattern;
        let is_written_as_it_is = |unit: u16| !folds.has_variants(unit);
        let of_tail = |tail: &Tail| tail.units().all(is_written_as_it_is);
        let is_in_set = !folds.has_marks()
            && match tail.filter(|_| units.is_empty()) {
                Some(tail) => tail.units().all(|unit| Begin::of(Some(&unit), folds).put_in(set, coding)),
                None => self.scan.first.put_in(set, coding),
            };
        self.is_in_set.set(is_in_set);
        let second_is_known = match (units.get(1), tail) {
            (Some(unit), _) => is_written_as_it_is(*unit),
            (None, Some(tail)) => !units.is_empty() && of_tail(tail),
            (None, None) => false,
        };
        let marks_are_known = !self.pattern.is_lenient() || [U, O].into_iter().all(is_written_as_it_is);
        self.second_is_known.set(is_in_set && second_is_known && marks_are_known);
    }

    /// Whether it may begin with a character and the one behind it.
    pub(super) fn may_begin(&self, first: char, second: Option<char>) -> bool {
        let Pattern { units, tail, .. } = self.pattern;
        let Some(unit) = units.first() else { return true };
        if !self.is_in_set.get() || !self.scan.first.admits(first) {
            return false;
        }
        let Some(second) = second.filter(|_| self.second_is_known.get()) else { return true };
        let is_long = |mark| self.pattern.is_lenient() && is_long_mark(*unit, mark);
        let wanted = units.get(1).copied();
        let may_be_hyphen = Begin::Hyphen.admits(second);
        let is_after_hyphen = matches!(wanted, Some(0x30..=0x39)) || self.pattern.is_lenient();
        let fits = |unit| match wanted {
            Some(wanted) => wanted == unit || wanted == HYPHEN && may_be_hyphen,
            None => tail.is_none_or(|tail| tail.admits(unit)),
        };
        match simple(second) {
            Simple::Letter(code) => fits(code as u16) || is_long(code as u16) || is_after_hyphen && may_be_hyphen,
            Simple::Separator => wanted == Some(SEPARATOR),
            Simple::Nothing | Simple::Voiced | Simple::HalfVoiced => true,
        }
    }

    /// Whether a text, as it is written or read, begins with it, and whether it is all of it.
    #[inline(never)]
    pub(super) fn begins(&self, text: &Text<'_>, folds: &Folds<'_>) -> Option<Place> {
        let mut written = None;
        if self.may_be_first(&text.as_plain()) {
            written = self.pattern.begins_at(Cursor::new(Pieces::written(text), text.as_plain().chars(), folds));
            if written.is_some_and(|place| place.class == Class::Exact) {
                return written;
            }
        }
        let Some(mut pieces) = (if self.may_be_read { Pieces::read(text) } else { None }) else { return written };
        let before = pieces;
        let first = core::iter::from_fn(|| pieces.next()).find(|piece| !piece.is_empty());
        if !first.is_some_and(|first| self.may_be_first(&first)) {
            return written;
        }
        let read = self.pattern.begins_at(Cursor::new(before, Plain::EMPTY.chars(), folds));
        read.filter(|read| written.is_none_or(|written| read.class > written.class)).or(written)
    }

    /// Whether it may begin with the first character of a text, as far as that says it.
    #[inline(never)]
    fn may_be_first(&self, text: &Plain<'_>) -> bool {
        let Some(first) = text.first() else { return true };
        match (simple(first), self.pattern.units.first(), self.pattern.tail) {
            (Simple::Letter(code), None, Some(tail)) if has_usual(code as u16) => tail.admits(code as u16),
            (Simple::Letter(code), Some(_), _) if has_usual(code as u16) => self.scan.first.admits(first),
            _ => true,
        }
    }

    /// Where it stands in a text for the first time, as it is written or, if not, as it is read. `spaced` says that it
    /// must begin words.
    #[inline(never)]
    pub(super) fn find(
        &self,
        text: &Text<'_>,
        folds: &Folds<'_>,
        Sets { codes, readings }: Sets<'_>,
        spaced: bool,
    ) -> Option<Place> {
        let spaced = spaced && self.is_word;
        let set = codes.filter(|set| !set.is_full() || self.is_in_set.get());
        let seen = if text.as_str().is_some() { Seen::Begun } else { Seen::Nothing };
        let places = Places { folds, set, spaced, seen: Cell::new(seen) };
        let written = self.find_in(&Pieces::written(text), text.as_plain(), 0, None, &places);
        if written.is_some() || !self.may_be_read {
            return written;
        }
        let mut pieces = Pieces::read(text)?;
        let mut last = None;
        let seen = self.in_plain_text(places.seen.get());
        let sets = set.zip(readings).filter(|(_, readings)| !spaced && readings.is_full());
        loop {
            if let Some((codes, readings)) = sets
                && !pieces.skip(seen, codes, readings)
            {
                return None;
            }
            let piece = pieces.next()?;
            // What stands in plain text alone would have been found as it is written.
            let from = if pieces.ruby > 0 || spaced { 0 } else { self.reaches_back(piece, folds) };
            if let Some(place) = self.find_in(&pieces, piece, from, last, &places) {
                return Some(place);
            }
            if spaced {
                last = last_unit(piece.chars(), folds).or(last);
            }
        }
    }

    /// What was seen of it in plain text, if it may go on in a reading.
    fn in_plain_text(&self, seen: Seen) -> Seen {
        let Pattern { units, tail, .. } = self.pattern;
        let count = units.len().wrapping_add(tail.map_or(0, |tail| 1 + usize::from(tail.glide)));
        if count > 1 { seen } else { Seen::Nothing }
    }

    /// Whether a text may have it, as far as it is known at a glance.
    pub(super) fn may_be_in(&self, text: &Text<'_>, codes: &CodeSet, readings: &ReadingSet, spaced: bool) -> bool {
        if !self.is_in_set.get() {
            return true;
        }
        let seen = Cell::new(Seen::Nothing);
        let begins = |first, second| self.may_begin_seen(first, second, &seen);
        if text.as_plain().may_have(codes, Asked { begins: &begins, spaced: spaced && self.is_word }) {
            return true;
        }
        self.may_be_read
            && Pieces::read(text)
                .is_some_and(|mut pieces| spaced || pieces.skip(self.in_plain_text(seen.get()), codes, readings))
    }

    /// Whether it may begin with a character and the one behind it, and what was seen of it then.
    fn may_begin_seen(&self, first: char, second: Option<char>, seen: &Cell<Seen>) -> bool {
        let begins = self.may_begin(first, second);
        let now = match begins {
            true => Seen::Begun,
            false if self.scan.first.admits(first) => Seen::First,
            false => Seen::Nothing,
        };
        seen.set(seen.get().max(now));
        begins
    }

    /// Whether it may begin in a reading.
    pub(super) fn may_begin_in(&self, reading: Plain<'_>, set: &CodeSet) -> bool {
        if !self.may_be_read {
            return false;
        }
        if let Some(text) = reading.as_str() {
            return self.scan.next(text, 0, false).is_some();
        }
        let mut rest = reading;
        if self.is_in_set.get() {
            rest.skip(set, Asked { begins: &|first, second| self.may_begin(first, second), spaced: false });
        }
        !rest.is_empty()
    }

    /// From where in a piece it may begin to go on behind it: a text has at most one unit more for each that is looked
    /// for, beside separators.
    fn reaches_back(&self, piece: Plain<'_>, folds: &Folds<'_>) -> usize {
        let units = self.pattern.units;
        if folds.has_marks() || units.contains(&SEPARATOR) {
            return 0;
        }
        let characters = units.len().wrapping_add(1).wrapping_mul(2);
        let Some(piece) = piece.as_str() else {
            // A code for each.
            return piece.len().saturating_sub(piece.places(characters));
        };
        // Three bytes for each.
        let mut from = piece.len().saturating_sub(characters.wrapping_mul(3));
        while !piece.is_char_boundary(from) {
            from = from.wrapping_sub(1);
        }
        from
    }

    /// Where it begins in the present piece, from a place on; `last` is the unit before the piece.
    fn find_in(
        &self,
        pieces: &Pieces<'_>,
        piece: Plain<'_>,
        from: usize,
        last: Option<u16>,
        places: &Places<'_>,
    ) -> Option<Place> {
        match piece.as_str() {
            Some(text) => self.find_in_text(pieces, text, from, last, places),
            None => self.find_in_codes(pieces, piece, from, last, places),
        }
    }

    /// The same where the piece is UTF-8.
    #[inline(never)]
    fn find_in_text(
        &self,
        pieces: &Pieces<'_>,
        text: &str,
        mut from: usize,
        last: Option<u16>,
        Places { folds, spaced, .. }: &Places<'_>,
    ) -> Option<Place> {
        loop {
            let at = self.scan.next(text, from, *spaced)?;
            let rest = text.get(at..)?;
            if !*spaced || begins_word(text, at, last, folds) {
                let place = self.find_at(pieces, &Plain::Utf8(rest).chars(), folds);
                if place.is_some() {
                    return place;
                }
            }
            from = at.wrapping_add(rest.chars().next()?.len_utf8());
        }
    }

    /// The same where the piece is codes.
    #[inline(never)]
    fn find_in_codes(
        &self,
        pieces: &Pieces<'_>,
        piece: Plain<'_>,
        from: usize,
        last: Option<u16>,
        Places { folds, set, spaced, seen }: &Places<'_>,
    ) -> Option<Place> {
        let mut rest = piece;
        rest.take_front(from.checked_div(piece.places(1))?)?;
        let Scan { first, second } = &self.scan;
        let begins = |first, second| self.may_begin_seen(first, second, seen);
        let asked = Asked { begins: &begins, spaced: *spaced };
        let mut before = set.and_then(|set| rest.skip(set, asked));
        if rest.is_empty() {
            return None;
        }
        let mut rest = rest.chars();
        while rest.skip_until(&mut before, set.map(|set| (set, asked)), |character| first.admits(character)) {
            seen.set(Seen::Begun);
            let is_word = !*spaced || is_boundary(before, last, folds);
            if is_word && (set.is_some_and(CodeSet::is_full) || second.follows(&rest)) {
                let place = self.find_at(pieces, &rest, folds);
                if place.is_some() {
                    return place;
                }
            }
            before = rest.next();
        }
        None
    }

    /// The same at one place.
    #[inline(never)]
    fn find_at(&self, pieces: &Pieces<'_>, rest: &Characters<'_>, folds: &Folds<'_>) -> Option<Place> {
        let mut cursor = Cursor::new(*pieces, rest.clone(), folds);
        // What one character becomes are several units at most here and there.
        let mut begun = 0;
        loop {
            let unit = cursor.units.next()?;
            let is_whole = cursor.units.is_between();
            if self.pattern.begins_with(unit) && self.pattern.goes_on(unit, &mut cursor) {
                let (start, end) = (pieces.start(rest.left()), cursor.pieces.end(cursor.left()));
                return Some(Place::new(Class::Contained, start, end, pieces.is_read));
            }
            if is_whole {
                return None;
            }
            begun += 1;
            cursor = Cursor::new(*pieces, rest.clone(), folds);
            cursor.units.by_ref().take(begun).for_each(drop);
        }
    }
}

/// Whether a word begins at a place in a piece; `last` is the unit before the piece.
fn begins_word(piece: &str, at: usize, last: Option<u16>, folds: &Folds<'_>) -> bool {
    match at.checked_sub(1).and_then(|at| piece.as_bytes().get(at)) {
        Some(before) if *before < 0x80 => !before.is_ascii_alphanumeric(),
        _ => is_boundary(piece.get(..at).and_then(|before| before.chars().next_back()), last, folds),
    }
}

/// Whether a word begins behind a character; `last` is the unit before the piece.
fn is_boundary(before: Option<char>, last: Option<u16>, folds: &Folds<'_>) -> bool {
    match before {
        Some(before) if before.is_ascii() => !before.is_ascii_alphanumeric(),
        _ => before.and_then(|before| unit_of(before, folds)).or(last).is_none_or(|before| !is_letter(before)),
    }
}

/// The last unit of the last character.
fn last_unit(mut characters: Characters<'_>, folds: &Folds<'_>) -> Option<u16> {
    unit_of(characters.next_back()?, folds)
}

/// The last unit that a character becomes.
#[inline(never)]
fn unit_of(character: char, folds: &Folds<'_>) -> Option<u16> {
    let mut text = [0; 4];
    Units::new(Plain::Utf8(character.encode_utf8(&mut text)).chars(), folds).last()
}

/// With which characters a text writes a unit.
#[derive(Clone, Copy)]
enum Begin {
    /// In several ways: every character has to be looked at.
    Any,
    /// A letter or digit in ASCII, in small letters.
    Ascii(u8),
    /// A kanji; or a kana in hiragana, in katakana, and in the small katakana of `六ヶ所`.
    Wide([u16; 3]),
    /// A hyphen, a dash or a long-vowel mark.
    Hyphen,
}

impl Begin {
    fn of(unit: Option<&u16>, folds: &Folds<'_>) -> Self {
        let Some(unit) = unit.copied().filter(|unit| !folds.has_variants(*unit)) else { return Self::Any };
        let katakana = unit.wrapping_add(0x60);
        match unit {
            0x30..=0x39 | 0x61..=0x7A => Self::Ascii(unit as u8),
            0x3041..=0x3094 => Self::Wide([
                unit,
                katakana,
                match unit {
                    0x304B => 0x30F5,
                    0x3051 => 0x30F6,
                    _ => katakana,
                },
            ]),
            0x4E00..=0x9FFF => Self::Wide([unit; 3]),
            HYPHEN => Self::Hyphen,
            _ => Self::Any,
        }
    }

    /// Takes into a set the characters that a text may write it with; whether these are few.
    fn put_in(&self, set: &CodeSet, coding: Coding<'_>) -> bool {
        let written = match self {
            Self::Ascii(letter) => [u16::from(*letter), u16::from(*letter & !0x20), u16::from(*letter)],
            Self::Wide(written) => *written,
            Self::Any | Self::Hyphen => return false,
        };
        written.into_iter().filter_map(|code| char::from_u32(code.into())).for_each(|first| set.open(coding, first));
        true
    }

    /// Whether a text may write it so.
    #[inline]
    fn admits(&self, character: char) -> bool {
        let code = u32::from(character);
        match self {
            Self::Any => true,
            Self::Ascii(letter) => code | 0x20 == u32::from(*letter),
            Self::Wide(written) => written.iter().any(|written| u32::from(*written) == code),
            Self::Hyphen => matches!(code, 0x2D | 0x2000..=0x2FFF | 0x30C0..=0x30FF | 0xF000..=0xFFFF),
        }
    }

    /// Whether it may be the second character, or the first one of what goes on behind these.
    #[inline(never)]
    fn follows(&self, characters: &Characters<'_>) -> bool {
        let mut ahead = characters.clone();
        ahead.next();
        ahead.next().is_none_or(|character| self.admits(character))
    }

    /// Whether the unit may come first in these bytes, or behind them.
    fn may_begin(&self, bytes: &[u8]) -> bool {
        match (self, bytes) {
            (Self::Any, _) | (_, []) => true,
            (Self::Ascii(letter), [first, ..]) => *first | 0x20 == *letter,
            (Self::Wide(written), [first, middle, low, ..]) => written.contains(&wide_unit([*first, *middle, *low])),
            (Self::Wide(_), _) => false,
            (Self::Hyphen, _) => may_be_hyphen(bytes),
        }
    }
}

/// The character of three bytes of UTF-8.
fn wide_unit([first, middle, low]: [u8; 3]) -> u16 {
    u16::from(first & 0xF) << 12 | u16::from(middle & 0x3F) << 6 | u16::from(low & 0x3F)
}

/// Finds where a pattern may begin, by the bytes of the text.
struct Scan {
    first: Begin,
    second: Begin,
}

impl Scan {
    fn new(pattern: &Pattern<'_>, folds: &Folds<'_>) -> Self {
        if folds.has_marks() {
            return Self { first: Begin::Any, second: Begin::Any };
        }
        // A long vowel may stand before the second unit, or a hyphen before a digit.
        let may_follow = |unit: &&u16| !pattern.is_lenient() && !matches!(unit, 0x30..=0x39);
        let second = pattern.units.get(1).filter(may_follow);
        Self { first: Begin::of(pattern.units.first(), folds), second: Begin::of(second, folds) }
    }

    /// The first place from this one on; `spaced` says that it must begin words.
    #[inline(never)]
    fn next(&self, piece: &str, from: usize, spaced: bool) -> Option<usize> {
        let bytes = piece.as_bytes();
        let mut rest = bytes.get(from..)?;
        loop {
            let is_there = match &self.first {
                Begin::Any => return (!rest.is_empty()).then_some(from),
                Begin::Ascii(letter) => {
                    rest = ascii(rest, *letter, if let Begin::Ascii(second) = self.second { second } else { 0 });
                    !spaced || may_begin(bytes, rest)
                }
                Begin::Wide(written) => {
                    rest = wide(rest, written);
                    rest.first_chunk().is_none_or(|character| written.contains(&wide_unit(*character)))
                }
                Begin::Hyphen => {
                    rest = hyphen(rest);
                    true
                }
            };
            let (first, after) = rest.split_first()?;
            let behind = if *first < 0xE0 { after } else { after.get(2..)? };
            if is_there && self.second.may_begin(behind) {
                return Some(bytes.len().wrapping_sub(rest.len()));
            }
            rest = behind;
        }
    }
}

/// Whether a word may begin here.
fn may_begin(bytes: &[u8], rest: &[u8]) -> bool {
    let before = bytes.len().checked_sub(rest.len()).and_then(|at| bytes.get(at.checked_sub(1)?));
    !before.is_some_and(u8::is_ascii_alphanumeric)
}

/// What begins with an ASCII letter or digit, large or small, and with a second one behind it unless that is 0 or another
/// piece goes on; nothing if there is none. Nine instructions a byte on a Cortex-M0, and for a longer character no more.
#[inline(never)]
fn ascii(mut rest: &[u8], letter: u8, second: u8) -> &[u8] {
    while let [first, after @ ..] = rest {
        rest = if *first >= 0xE0 {
            after.get(2..).unwrap_or_default()
        } else if *first | 0x20 == letter && (second == 0 || after.first().is_none_or(|next| *next | 0x20 == second)) {
            return rest;
        } else {
            after
        };
    }
    rest
}

/// Whether these bytes begin with a character of which some become hyphens: `-`, `‐` to `―`, `−`, `ー`, or one of another
/// width.
fn may_be_hyphen(bytes: &[u8]) -> bool {
    matches!(bytes, [b'-' | 0xE2 | 0xEF, ..] | [0xE3, 0x83, ..])
}

/// What begins with a character that may be a hyphen; nothing if there is none.
#[inline(never)]
fn hyphen(mut rest: &[u8]) -> &[u8] {
    while let [first, after @ ..] = rest {
        if may_be_hyphen(rest) {
            return rest;
        }
        rest = if *first < 0xE0 { after } else { after.get(2..).unwrap_or_default() };
    }
    rest
}

/// What begins with one of these characters of three bytes, or with another one that is like it in its last five bits,
/// as hiragana and katakana are; nothing if there is none. Thirteen instructions a character on a Cortex-M0.
#[inline(never)]
fn wide<'t>(mut rest: &'t [u8], [one, _, other]: &[u16; 3]) -> &'t [u8] {
    let last_bits = |byte: u8| u32::from(byte) << 27;
    let (one, other) = (last_bits(*one as u8), last_bits(*other as u8));
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
