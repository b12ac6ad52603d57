//! The bytes of a chronicle's classes and pairs.

use core::fmt;

use super::{Before, Break, Class, Properties};

/// Bytes before everything else.
const HEADER: usize = 8;

/// Where lines may break in texts of a chronicle.
///
/// ```text
/// 0 1  how many classes, at most 64; the first one is of spaces
/// 1 1  zero
/// 2 2  how many runs of characters
/// 4 2  how many exceptions
/// 6 2  how many bytes the units take
/// 8 .  the properties of each class
///   .  what lies between a character of a class and one of another, or of the same: half a byte for each two, those
///      before in rows, the lower half first. Bits 0 to 2: what may happen if they touch, as the number of a `Break`;
///      bit 3: whether a line may end at spaces between them
///   .  the runs: the first character of each and its class, 2 bytes and 1; characters beyond U+FFFF count as U+FFFF
///   .  exceptions, 4 classes each: two before the place, two behind it. In the third one, bit 7: there are spaces at
///      the place; in the fourth one, bit 7: a line may end there, otherwise it may not
///   .  units, words that stay with the number before them: how many characters, and these, 2 bytes each
/// ```
///
/// What is behind the end of a run and before the next one has the class of that run: characters that the chronicle does
/// not have are taken for their neighbours.
///
/// 40 bytes on a 32-bit target, all of it references into flash.
#[derive(Clone, Copy)]
pub struct Breaks<'a> {
    properties: &'a [u8],
    pairs: &'a [u8],
    runs: &'a [[u8; 3]],
    exceptions: &'a [[u8; 4]],
    units: &'a [u8],
}

impl fmt::Debug for Breaks<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Breaks")
    }
}

impl<'a> Breaks<'a> {
    /// Lines break at spaces only.
    pub const NONE: Self = Self { properties: &[], pairs: &[], runs: &[], exceptions: &[], units: &[] };

    /// What a table says; [`NONE`](Self::NONE) if it has not got what its header says.
    ///
    /// ```
    /// use nenpyo_schema::{Breaks, Class};
    /// // Spaces, and everything else, between which a line may end only at spaces.
    /// let table = [2, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0xA0, 0, 0, 1, b' ', 0, 0, b'!', 0, 1];
    /// assert!(Breaks::is_sound(&table));
    /// assert_eq!(Breaks::new(&table).class(' '), Class::SPACE);
    /// assert_eq!(Breaks::new(&table).class('a'), Class(1));
    /// ```
    #[must_use]
    pub const fn new(table: &'a [u8]) -> Self {
        match Self::parts(table) {
            Some((breaks, _)) => breaks,
            None => Self::NONE,
        }
    }

    const fn parts(table: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let Some((header, rest)) = table.split_first_chunk::<HEADER>() else { return None };
        let [classes, 0, low, high, exceptions_low, exceptions_high, units_low, units_high] = *header else {
            return None;
        };
        if classes == 0 || classes as usize > Class::MOST {
            return None;
        }
        let classes = classes as usize;
        let runs = u16::from_le_bytes([low, high]) as usize * 3;
        let exceptions = u16::from_le_bytes([exceptions_low, exceptions_high]) as usize * 4;
        let units = u16::from_le_bytes([units_low, units_high]) as usize;
        let Some((properties, rest)) = rest.split_at_checked(classes) else { return None };
        let Some((pairs, rest)) = rest.split_at_checked((classes * classes).div_ceil(2)) else { return None };
        let Some((runs, rest)) = rest.split_at_checked(runs) else { return None };
        let Some((exceptions, rest)) = rest.split_at_checked(exceptions) else { return None };
        let Some((units, rest)) = rest.split_at_checked(units) else { return None };
        let (runs, exceptions) = (runs.as_chunks().0, exceptions.as_chunks().0);
        Some((Self { properties, pairs, runs, exceptions, units }, rest))
    }

    /// Whether a table has what its header says and nothing behind it, runs in order, classes that there are, and units
    /// that are text.
    ///
    /// ```
    /// use nenpyo_schema::Breaks;
    /// assert!(!Breaks::is_sound(&[2, 0, 1, 0]));
    /// ```
    #[must_use]
    #[inline(never)]
    pub fn is_sound(table: &'a [u8]) -> bool {
        let Some((breaks, rest)) = Self::parts(table) else { return false };
        let is_class = |class: u8| usize::from(class) < breaks.properties.len();
        let is_class_or_none = |class: u8| is_class(class) || class == Class::NONE.0;
        rest.is_empty()
            && breaks.properties.iter().all(|properties| *properties < 8)
            && breaks.pairs.iter().all(|pair| pair & 7 <= 4 && pair >> 4 & 7 <= 4)
            && breaks.runs.first().is_some_and(|run| Self::first(run) == 0)
            && breaks.runs.is_sorted_by(|a, b| Self::first(a) < Self::first(b))
            && breaks.runs.iter().all(|run| is_class(run[2]))
            && breaks.exceptions.is_sorted_by_key(|row| [row[0], row[1], row[2], row[3] & 0x7F])
            && breaks.exceptions.iter().all(|[earlier, last, after, later]| {
                is_class_or_none(*earlier)
                    && is_class(*last)
                    && is_class(after & 0x7F)
                    && is_class_or_none(later & 0x7F)
            })
            && breaks.are_units_sound()
    }

    fn are_units_sound(&self) -> bool {
        let mut units = self.units();
        while units.next().is_some_and(|unit| !unit.is_empty()) {}
        units.rest.is_empty()
    }

    /// The first character of a run.
    #[inline]
    const fn first(run: &[u8; 3]) -> u16 {
        u16::from_le_bytes([run[0], run[1]])
    }

    /// The class of a character.
    ///
    /// ```
    /// use nenpyo_schema::{Breaks, Class};
    /// assert_eq!(Breaks::NONE.class(' '), Class::SPACE);
    /// ```
    pub fn class(&self, character: char) -> Class {
        let character = u32::from(character).min(0xFFFF) as u16;
        let (mut from, mut to) = (0, self.runs.len());
        let mut class = Class(u8::from(character != u16::from(b' ')));
        while from < to {
            let middle = from.midpoint(to);
            match self.runs.get(middle) {
                Some(run) if Self::first(run) <= character => {
                    class = Class(run[2]);
                    from = middle.wrapping_add(1);
                }
                _ => to = middle,
            }
        }
        class
    }

    /// What else is to be known of a class.
    ///
    /// ```
    /// use nenpyo_schema::{Breaks, Class, Properties};
    /// assert_eq!(Breaks::NONE.properties(Class(1)), Properties(0));
    /// ```
    #[inline]
    pub fn properties(&self, class: Class) -> Properties {
        Properties(self.properties.get(usize::from(class.0)).copied().unwrap_or(0))
    }

    /// What may happen between characters of two classes, or at spaces between them, whatever stands around them.
    pub(super) fn of_pair(&self, before: Class, spaced: bool, after: Class) -> Break {
        let place = usize::from(before.0).wrapping_mul(self.properties.len()).wrapping_add(usize::from(after.0));
        // Between words, if there is no table.
        let both = self.pairs.get(place >> 1).copied().unwrap_or(0xAA);
        let pair = if place & 1 == 0 { both } else { both >> 4 };
        match (spaced, pair & 8) {
            (false, _) => Break::of(pair & 7),
            (true, 0) => Break::Never,
            (true, _) => Break::Allowed,
        }
    }

    /// The exceptions between these two classes behind another one; most often there are none.
    #[inline(never)]
    pub(super) fn exceptions(&self, before: Before, after: Class) -> &'a [[u8; 4]] {
        let key = |[earlier, last, after, _]: &[u8; 4]| [*earlier, *last, *after];
        let wanted = [before.earlier().0, before.last().0, after.0 | u8::from(before.is_spaced()) << 7];
        let start = self.exceptions.partition_point(|row| key(row) < wanted);
        let rows = self.exceptions.get(start..).unwrap_or_default();
        let count = rows.iter().position(|row| key(row) != wanted).unwrap_or(rows.len());
        rows.get(..count).unwrap_or_default()
    }

    /// What may happen where one of them is followed by this class.
    pub(super) fn exception(exceptions: &[[u8; 4]], later: Class) -> Option<Break> {
        let row = exceptions.iter().find(|row| row[3] & 0x7F == later.0)?;
        Some(if row[3] & 0x80 > 0 { Break::Allowed } else { Break::Never })
    }

    /// The words that stay with the number before them.
    pub(super) const fn units(&self) -> Units<'a> {
        Units { rest: self.units }
    }
}

/// Words, each as the last 16 bits of its characters.
pub(super) struct Units<'a> {
    rest: &'a [u8],
}

impl<'a> Units<'a> {
    pub(super) fn next(&mut self) -> Option<&'a [[u8; 2]]> {
        let (length, behind) = self.rest.split_first()?;
        let (unit, behind) = behind.split_at_checked(usize::from(*length).wrapping_mul(2))?;
        self.rest = behind;
        Some(unit.as_chunks().0)
    }
}
