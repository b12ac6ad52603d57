//! A date in nine bytes, for the columns of a table.

use super::{Edtf, FOUR_DIGITS, Form, Kind, Point, Qualifier, Unspecified, months};
use crate::Day;

/// An [`Edtf`] as it stands in a table: two words of 32 bits and one byte.
///
/// Each word is one point, from the lowest bit: day (5), month or season (5), year + 9999 (15 bits), qualifier (2),
/// unspecified digits (3), kind (2: 0 no second point, 1 date, 2 open, 3 unknown). The byte is the [`Form`].
///
/// ```
/// use nenpyo_schema::{Edtf, PackedEdtf};
/// let date = Edtf::parse("2019-04/..").unwrap();
/// assert_eq!(date.pack().unwrap().unpack(), Some(date));
/// assert_eq!(PackedEdtf { points: [0; 2], form: 9 }.unpack(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct PackedEdtf {
    /// The words of its points.
    pub points: [u32; 2],
    /// 0 single, 1 interval, 2 one of a set.
    pub form: u8,
}

const DAY: u32 = 0;
const MONTH: u32 = 5;
const YEAR: u32 = 10;
const QUALIFIER: u32 = 25;
const UNSPECIFIED: u32 = 27;
const KIND: u32 = 30;

impl PackedEdtf {
    pub(super) const fn of(date: &Edtf) -> Option<PackedEdtf> {
        let Some(first) = word(&date.first) else {
            return None;
        };
        let last = match date.form {
            Form::Single => 0,
            Form::Interval | Form::OneOf => match word(&date.last) {
                Some(last) => last,
                None => return None,
            },
        };
        Some(PackedEdtf { points: [first, last], form: date.form as u8 })
    }

    /// The date; `None` for bytes that no [`Edtf::pack`] gives. Any bytes may come in.
    ///
    /// ```
    /// use nenpyo_schema::{Edtf, PackedEdtf};
    /// let packed = Edtf::parse("2016~").unwrap().pack().unwrap();
    /// assert_eq!(packed.unpack().unwrap().to_string(), "2016~");
    /// assert_eq!(PackedEdtf { points: [u32::MAX; 2], form: 0 }.unpack(), None);
    /// ```
    pub fn unpack(&self) -> Option<Edtf> {
        self.is_sound().then(|| self.read())
    }

    /// Whether the bytes are a date: one that some [`Edtf::pack`] gives.
    ///
    /// ```
    /// use nenpyo_schema::{Edtf, PackedEdtf};
    /// assert!(Edtf::parse("2016~").unwrap().pack().unwrap().is_sound());
    /// assert!(!PackedEdtf { points: [u32::MAX; 2], form: 0 }.is_sound());
    /// ```
    pub fn is_sound(&self) -> bool {
        let (first, last) = self.words();
        let last_is_sound = match self.form {
            0 => last == 0,
            1 | 2 => is_point(last),
            _ => false,
        };
        is_point(first) && last_is_sound && self.read().flaw().is_none()
    }

    /// The date in bytes that are [sound](Self::is_sound), as the code generator or opening has seen: without the checks,
    /// which cost more than all the rest of a lookup. Of any other bytes, some date.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// let date = Edtf::parse("2016-04/2019").unwrap();
    /// assert_eq!(date.pack().unwrap().read(), date);
    /// ```
    pub fn read(&self) -> Edtf {
        let (first, last) = self.words();
        let first = fields(first);
        match self.form {
            0 => Edtf { form: Form::Single, first, last: first },
            1 => Edtf { form: Form::Interval, first, last: fields(last) },
            _ => Edtf { form: Form::OneOf, first, last: fields(last) },
        }
    }

    /// Whether something is to be doubted of any of its points.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert!(Edtf::parse("2016~").unwrap().pack().unwrap().is_qualified());
    /// assert!(!Edtf::parse("201X").unwrap().pack().unwrap().is_qualified());
    /// ```
    pub const fn is_qualified(&self) -> bool {
        let (first, last) = self.words();
        is_qualified(first | last)
    }

    /// The first day that a date that does not last can mean.
    #[cfg(test)]
    pub(crate) const fn earliest(&self) -> CivilDay {
        first_day(self.words().0)
    }

    /// The last day that a date that does not last can mean.
    #[cfg(test)]
    pub(crate) const fn latest(&self) -> CivilDay {
        let (first, last) = self.words();
        last_day(if last == 0 { first } else { last })
    }

    const fn words(&self) -> (u32, u32) {
        let [first, last] = self.points;
        (first, last)
    }
}

/// A day as year, month and day of month in one number, which orders days as they follow one another. 4 bytes.
///
/// A packed date is compared with it field by field: no calendar is computed, for which small processors have no
/// division. Days outside the years −9999 to 10000, which no packed date reaches, all lie before or behind it.
///
/// ```
/// use nenpyo_schema::{CivilDay, Day};
/// let day = |year, month, day| CivilDay::from(Day::from_ymd(year, month, day).unwrap());
/// assert!(day(2016, 3, 31) < day(2016, 4, 1));
/// assert!(CivilDay::from(Day::MIN) < day(-9999, 1, 1) && day(9999, 12, 31) < CivilDay::from(Day::MAX));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CivilDay(i32);

impl CivilDay {
    /// Before all days.
    pub const MIN: Self = Self(i32::MIN);
    /// Behind all days.
    pub const MAX: Self = Self(i32::MAX);

    /// What stands in a row.
    pub(crate) const fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// What stands in a row.
    pub(crate) const fn number(self) -> i32 {
        self.0
    }

    /// A moment behind all of this day and before the next one: it may be no day of the calendar.
    ///
    /// ```
    /// use nenpyo_schema::{CivilDay, Day};
    /// let day = |month, day| CivilDay::from(Day::from_ymd(2016, month, day).unwrap());
    /// assert!(day(3, 31) < day(3, 31).next() && day(3, 31).next() <= day(4, 1));
    /// ```
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// A moment before this day and behind all of the one before it.
    ///
    /// ```
    /// use nenpyo_schema::{CivilDay, Day};
    /// let day = |month, day| CivilDay::from(Day::from_ymd(2016, month, day).unwrap());
    /// assert!(day(3, 31) <= day(4, 1).previous() && day(4, 1).previous() < day(4, 1));
    /// ```
    #[must_use]
    pub const fn previous(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    const fn of(year: i32, month: u8, day: u8) -> Self {
        Self((year + FOUR_DIGITS) << YEAR | (month as i32) << MONTH | (day as i32) << DAY)
    }
}

impl From<Day> for CivilDay {
    fn from(day: Day) -> Self {
        match day {
            Day::MIN => return Self::MIN,
            Day::MAX => return Self::MAX,
            _ => {}
        }
        let (year, month, day) = day.ymd();
        // A season of winter reaches into the year after the last one.
        Self::of(year.clamp(-FOUR_DIGITS - 1, FOUR_DIGITS + 2), month, day)
    }
}

/// What lies above the day in the words of points that are dates with all their digits.
const PLAIN: u32 = 1 << (KIND - UNSPECIFIED);

/// The day of a word, whose lower bits are in the order of days.
const fn civil(word: u32) -> CivilDay {
    CivilDay((word & ((1 << QUALIFIER) - 1)).cast_signed())
}

/// The first day that a point can mean. A day, a month and a year are read as they lie.
#[inline]
pub(crate) const fn first_day(word: u32) -> CivilDay {
    if word >> UNSPECIFIED == PLAIN {
        match (field(word, MONTH, 5), field(word, DAY, 5)) {
            (_, 1..) => return civil(word),
            (0, 0) => return civil(word | 1 << MONTH | 1),
            (1..=12, 0) => return civil(word | 1),
            _ => {}
        }
    }
    first_day_of_several(word)
}

/// The last day that a point can mean. A day, a month but February and a year are read as they lie.
#[inline]
pub(crate) const fn last_day(word: u32) -> CivilDay {
    if word >> UNSPECIFIED == PLAIN {
        match (field(word, MONTH, 5), field(word, DAY, 5)) {
            (_, 1..) => return civil(word),
            (0, 0) => return civil(word | 12 << MONTH | 0b1_1111),
            // A bit for each month of thirty-one days.
            (month @ (1 | 3..=12), 0) => return civil(word | 0b1_1110 | 0b1_0101_1010_1010 >> month & 1),
            _ => {}
        }
    }
    last_day_of_several(word)
}

/// Whether somebody doubts a point.
#[inline]
pub(crate) const fn is_qualified(word: u32) -> bool {
    word >> QUALIFIER & 0b11 != 0
}

#[inline(never)]
const fn first_day_of_several(word: u32) -> CivilDay {
    if field(word, KIND, 2) != 1 {
        return CivilDay::MIN;
    }
    let year = year(word);
    let first_year = if year < 0 { year - other_years(word) } else { year };
    let (first_month, _, _) = months(field(word, MONTH, 5));
    let day = field(word, DAY, 5);
    CivilDay::of(first_year, first_month, if day == 0 { 1 } else { day })
}

#[inline(never)]
const fn last_day_of_several(word: u32) -> CivilDay {
    if field(word, KIND, 2) != 1 {
        return CivilDay::MAX;
    }
    let year = year(word);
    let (_, last_month, later_years) = months(field(word, MONTH, 5));
    let last_year = later_years + if year < 0 { year } else { year + other_years(word) };
    let day = field(word, DAY, 5);
    CivilDay::of(last_year, last_month, if day == 0 { Day::days_in_month(last_year, last_month) } else { day })
}

/// By how many years the last year is later than the first, where digits are unspecified.
const fn other_years(word: u32) -> i32 {
    match field(word, UNSPECIFIED, 3) {
        1 => 9,
        2 => 99,
        3 => 999,
        _ => 0,
    }
}

const fn word(point: &Point) -> Option<u32> {
    let kind = match point.kind {
        Kind::Date => 1,
        Kind::Open => return Some(2 << KIND),
        Kind::Unknown => return Some(3 << KIND),
    };
    if point.is_long() {
        return None;
    }
    Some(
        (point.year + FOUR_DIGITS).unsigned_abs() << YEAR
            | (point.month as u32) << MONTH
            | (point.day as u32) << DAY
            | (point.qualifier.bits() as u32) << QUALIFIER
            | (point.unspecified as u32) << UNSPECIFIED
            | kind << KIND,
    )
}

const fn field(word: u32, from: u32, bits: u32) -> u8 {
    (word >> from & ((1 << bits) - 1)) as u8
}

const fn year(word: u32) -> i32 {
    (word >> YEAR & 0x7fff) as u16 as i32 - FOUR_DIGITS
}

/// Whether some point gives this word.
fn is_point(word: u32) -> bool {
    match field(word, KIND, 2) {
        0 => false,
        1 => {
            let point = fields(word);
            field(word, UNSPECIFIED, 3) != 7 && !point.is_long() && point.is_sound()
        }
        // An end without a date has nothing else to say.
        _ => word << 2 == 0,
    }
}

/// The point in a word that is right.
const fn fields(word: u32) -> Point {
    match field(word, KIND, 2) {
        1 => Point {
            year: year(word),
            month: field(word, MONTH, 5),
            day: field(word, DAY, 5),
            kind: Kind::Date,
            qualifier: Qualifier::from_bits(field(word, QUALIFIER, 2)),
            unspecified: match field(word, UNSPECIFIED, 3) {
                0 => Unspecified::Nothing,
                1 => Unspecified::Decade,
                2 => Unspecified::Century,
                3 => Unspecified::Millennium,
                4 => Unspecified::Month,
                5 => Unspecified::Day,
                _ => Unspecified::MonthAndDay,
            },
        },
        2 => Point::OPEN,
        _ => Point::UNKNOWN,
    }
}
