//! A date in nine bytes, for the columns of a table.

use super::{Edtf, FOUR_DIGITS, Form, Kind, Point, Qualifier, Unspecified};

/// An [`Edtf`] as it stands in a table: two little-endian words of 32 bits and one byte.
///
/// Each word is one point, from the lowest bit: year + 9999 (15 bits), month or season (5), day (5), qualifier (2),
/// unspecified digits (3), kind (2: 0 no second point, 1 date, 2 open, 3 unknown). The byte is the [`Form`].
///
/// ```
/// use nenpyo_schema::{Edtf, PackedEdtf};
/// let date = Edtf::parse("2019-04/..").unwrap();
/// assert_eq!(date.pack().unwrap().unpack(), Some(date));
/// assert_eq!(PackedEdtf { points: [0; 8], form: 9 }.unpack(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct PackedEdtf {
    /// Two words of 32 bits, little-endian.
    pub points: [u8; 8],
    /// 0 single, 1 interval, 2 one of a set.
    pub form: u8,
}

const MONTH: u32 = 15;
const DAY: u32 = 20;
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
        let points = (first as u64 | (last as u64) << 32).to_le_bytes();
        Some(PackedEdtf { points, form: date.form as u8 })
    }

    /// The date; `None` for bytes that no [`Edtf::pack`] gives. Any bytes may come in.
    ///
    /// ```
    /// use nenpyo_schema::{Edtf, PackedEdtf};
    /// let packed = Edtf::parse("2016~").unwrap().pack().unwrap();
    /// assert_eq!(packed.unpack().unwrap().to_string(), "2016~");
    /// assert_eq!(PackedEdtf { points: [0xFF; 8], form: 0 }.unpack(), None);
    /// ```
    pub fn unpack(&self) -> Option<Edtf> {
        let points = u64::from_le_bytes(self.points);
        let first = point(points as u32)?;
        let last = (points >> 32) as u32;
        let date = match self.form {
            0 if last == 0 => Edtf::new(Form::Single, first, first),
            1 => Edtf::new(Form::Interval, first, point(last)?),
            2 => Edtf::new(Form::OneOf, first, point(last)?),
            _ => return None,
        };
        date.ok()
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
        (point.year + FOUR_DIGITS).unsigned_abs()
            | (point.month as u32) << MONTH
            | (point.day as u32) << DAY
            | (point.qualifier.bits() as u32) << QUALIFIER
            | (point.unspecified as u32) << UNSPECIFIED
            | kind << KIND,
    )
}

fn point(word: u32) -> Option<Point> {
    let field = |from: u32, bits: u32| (word >> from & ((1 << bits) - 1)) as u8;
    let kind = match field(KIND, 2) {
        1 => Kind::Date,
        2 => Kind::Open,
        3 => Kind::Unknown,
        _ => return None,
    };
    if !matches!(kind, Kind::Date) {
        // An end without a date has nothing else to say.
        let rest = word << 2;
        return (rest == 0).then_some(if matches!(kind, Kind::Open) { Point::OPEN } else { Point::UNKNOWN });
    }
    let date = Point {
        year: i32::from((word & 0x7fff) as u16) - FOUR_DIGITS,
        month: field(MONTH, 5),
        day: field(DAY, 5),
        kind,
        qualifier: Qualifier::from_bits(field(QUALIFIER, 2)),
        unspecified: match field(UNSPECIFIED, 3) {
            0 => Unspecified::Nothing,
            1 => Unspecified::Decade,
            2 => Unspecified::Century,
            3 => Unspecified::Millennium,
            4 => Unspecified::Month,
            5 => Unspecified::Day,
            6 => Unspecified::MonthAndDay,
            _ => return None,
        },
    };
    (!date.is_long() && date.is_sound()).then_some(date)
}
