//! The fixed-width rows of the tables: integers in little-endian order, read field by field. Runs on host and target.
//!
//! A row is a byte array, so a table is a `&[[u8; N]]` that is read the same way from flash and from a file,
//! with one bounds check a row and none a field.

use crate::edtf::{first_day, is_qualified, last_day};
use crate::{CivilDay, Day, Form, MAX_LANGUAGES, PackedEdtf};

macro_rules! le {
    ($row:ident, $at:literal) => {
        [$row[$at], $row[$at + 1], $row[$at + 2], $row[$at + 3]]
    };
}

macro_rules! points {
    ($row:ident, $at:literal) => {
        [
            $row[$at],
            $row[$at + 1],
            $row[$at + 2],
            $row[$at + 3],
            $row[$at + 4],
            $row[$at + 5],
            $row[$at + 6],
            $row[$at + 7],
        ]
    };
}

/// What lookups by date need of a milestone. 21 bytes in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MilestoneRow {
    /// The chosen date.
    pub date: PackedEdtf,
    /// The earliest day on which it may have begun.
    pub earliest: Day,
    /// The latest day on which it may have ended.
    pub latest: Day,
    /// The greatest `latest` of this and all earlier rows that are not long.
    pub latest_so_far: Day,
}

impl MilestoneRow {
    /// Bytes of a row.
    pub const BYTES: usize = 21;

    /// Reads a row.
    ///
    /// ```
    /// use nenpyo_schema::{Day, Edtf, MilestoneRow};
    /// let day = Day::from_ymd(2016, 4, 1).unwrap();
    /// let date = Edtf::from_day(day).unwrap().pack().unwrap();
    /// let row = MilestoneRow { date, earliest: day, latest: day, latest_so_far: day };
    /// assert_eq!(MilestoneRow::from_bytes(&row.to_bytes()), row);
    /// ```
    pub const fn from_bytes(row: &[u8; Self::BYTES]) -> Self {
        Self {
            date: Self::date(row),
            earliest: Self::earliest(row),
            latest: Self::latest(row),
            latest_so_far: Self::latest_so_far(row),
        }
    }

    /// The date, of a row.
    ///
    /// ```
    /// use nenpyo_schema::{Day, Edtf, MilestoneRow};
    /// let day = Day::from_ymd(2016, 4, 1).unwrap();
    /// let date = Edtf::from_day(day).unwrap().pack().unwrap();
    /// let row = MilestoneRow { date, earliest: day, latest: day, latest_so_far: day };
    /// assert_eq!(MilestoneRow::date(&row.to_bytes()), date);
    /// ```
    pub const fn date(row: &[u8; Self::BYTES]) -> PackedEdtf {
        PackedEdtf { points: points!(row, 0), form: row[20] }
    }

    /// Only `earliest`, for searching.
    ///
    /// ```
    /// use nenpyo_schema::{Day, MilestoneRow};
    /// let row = [0; MilestoneRow::BYTES];
    /// assert_eq!(MilestoneRow::earliest(&row), Day::from_number(0));
    /// ```
    pub const fn earliest(row: &[u8; Self::BYTES]) -> Day {
        Day::from_number(i32::from_le_bytes(le!(row, 8)))
    }

    /// Only `latest`, for filtering.
    ///
    /// ```
    /// use nenpyo_schema::{Day, MilestoneRow};
    /// let mut row = [0; MilestoneRow::BYTES];
    /// row[12..16].copy_from_slice(&5_i32.to_le_bytes());
    /// assert_eq!(MilestoneRow::latest(&row), Day::from_number(5));
    /// ```
    pub const fn latest(row: &[u8; Self::BYTES]) -> Day {
        Day::from_number(i32::from_le_bytes(le!(row, 12)))
    }

    /// Only `latest_so_far`, for searching.
    ///
    /// ```
    /// use nenpyo_schema::{Day, MilestoneRow};
    /// let mut row = [0; MilestoneRow::BYTES];
    /// row[16..20].copy_from_slice(&7_i32.to_le_bytes());
    /// assert_eq!(MilestoneRow::latest_so_far(&row), Day::from_number(7));
    /// ```
    pub const fn latest_so_far(row: &[u8; Self::BYTES]) -> Day {
        Day::from_number(i32::from_le_bytes(le!(row, 16)))
    }

    /// Writes a row.
    ///
    /// ```
    /// use nenpyo_schema::{Day, Edtf, MilestoneRow};
    /// let day = Day::from_ymd(2016, 4, 1).unwrap();
    /// let date = Edtf::from_day(day).unwrap().pack().unwrap();
    /// let row = MilestoneRow { date, earliest: day, latest: day, latest_so_far: day }.to_bytes();
    /// assert_eq!(row[8..12], day.number().to_le_bytes());
    /// ```
    pub fn to_bytes(&self) -> [u8; Self::BYTES] {
        let mut row = [0; Self::BYTES];
        put(&mut row, 0, &self.date.points);
        put(&mut row, 8, &self.earliest.number().to_le_bytes());
        put(&mut row, 12, &self.latest.number().to_le_bytes());
        put(&mut row, 16, &self.latest_so_far.number().to_le_bytes());
        put(&mut row, 20, &[self.date.form]);
        row
    }

    /// Whether the date of a row is an interval.
    ///
    /// ```
    /// use nenpyo_schema::{Day, Edtf, MilestoneRow};
    /// let date = Edtf::parse("2016/2019").unwrap().pack().unwrap();
    /// let row = MilestoneRow { date, earliest: Day::MIN, latest: Day::MAX, latest_so_far: Day::MAX };
    /// assert!(MilestoneRow::is_interval(&row.to_bytes()));
    /// ```
    #[inline]
    pub const fn is_interval(row: &[u8; Self::BYTES]) -> bool {
        row[20] == Form::Interval as u8
    }

    /// Whether somebody doubts the date of a row.
    ///
    /// ```
    /// use nenpyo_schema::{Day, Edtf, MilestoneRow};
    /// let date = Edtf::parse("2016~").unwrap().pack().unwrap();
    /// let row = MilestoneRow { date, earliest: Day::MIN, latest: Day::MAX, latest_so_far: Day::MAX };
    /// assert!(MilestoneRow::is_qualified(&row.to_bytes()));
    /// ```
    #[inline]
    pub const fn is_qualified(row: &[u8; Self::BYTES]) -> bool {
        // The bytes of both points that have the bits for it.
        is_qualified(((row[3] | row[7]) as u32) << 24)
    }

    /// Whether a milestone of this span stands in the list of long ones: open, or longer than ten years (3,653 days).
    ///
    /// Such spans would make the running maximum useless, so they are kept out of it.
    ///
    /// ```
    /// use nenpyo_schema::{Edtf, MilestoneRow};
    /// let is_long = |text| {
    ///     let days = Edtf::parse(text).unwrap().days();
    ///     MilestoneRow::is_long(days.begin_earliest, days.end_latest)
    /// };
    /// assert!(is_long("2016-04-01/.."));
    /// assert!(!is_long("201X"));
    /// ```
    pub const fn is_long(earliest: Day, latest: Day) -> bool {
        latest.number().saturating_sub(earliest.number()) > 3_653
    }
}

/// What a period of an organisation, site or document is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Aspect {
    /// It exists; no value.
    Existence = 0,
    /// Its name; the value is a text of the names.
    Name = 1,
    /// Its kind; the value is the byte of it.
    Kind = 2,
    /// Its parent; the value is its id and, in the high byte, the relation.
    Parent = 3,
    /// Its supervisor; the value is its id.
    Supervisor = 4,
    /// Its short name; the value is a text of the names.
    ShortName = 5,
}

impl Aspect {
    /// The aspect with this byte.
    ///
    /// ```
    /// use nenpyo_schema::Aspect;
    /// assert_eq!(Aspect::from_byte(Aspect::Kind as u8), Some(Aspect::Kind));
    /// assert_eq!(Aspect::from_byte(6), None);
    /// ```
    pub const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0 => Some(Self::Existence),
            1 => Some(Self::Name),
            2 => Some(Self::Kind),
            3 => Some(Self::Parent),
            4 => Some(Self::Supervisor),
            5 => Some(Self::ShortName),
            _ => None,
        }
    }
}

/// One end of a period in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackedEnd {
    /// Nothing is known.
    Unknown,
    /// Always, or still so.
    Open,
    /// A date.
    Date(PackedEdtf),
}

impl PackedEnd {
    const UNKNOWN: u8 = 0xFE;
    const OPEN: u8 = 0xFF;

    const fn from_parts(points: [u8; 8], form: u8) -> Self {
        match form {
            Self::UNKNOWN => Self::Unknown,
            Self::OPEN => Self::Open,
            form => Self::Date(PackedEdtf { points, form }),
        }
    }

    const fn parts(self) -> ([u8; 8], u8) {
        match self {
            Self::Unknown => ([0; 8], Self::UNKNOWN),
            Self::Open => ([0; 8], Self::OPEN),
            Self::Date(date) => (date.points, date.form),
        }
    }
}

/// Something that held for a time. 24 bytes in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodRow {
    /// What it is about: the byte of an [`Aspect`].
    pub aspect: u8,
    /// Of a name: a bit for each language in which it is our own description.
    pub flags: u8,
    /// What held.
    pub value: u32,
    /// The first day.
    pub from: PackedEnd,
    /// The last day.
    pub to: PackedEnd,
}

/// The words of a date's first and last point.
#[inline]
const fn words(first: [u8; 4], last: [u8; 4], form: u8) -> (u32, u32) {
    let first = u32::from_le_bytes(first);
    (first, if form == Form::Single as u8 { first } else { u32::from_le_bytes(last) })
}

impl PeriodRow {
    /// Bytes of a row.
    pub const BYTES: usize = 24;

    /// Reads a row.
    ///
    /// ```
    /// use nenpyo_schema::{Aspect, PackedEnd, PeriodRow};
    /// let row = PeriodRow {
    ///     aspect: Aspect::Supervisor as u8,
    ///     flags: 0,
    ///     value: 3,
    ///     from: PackedEnd::Unknown,
    ///     to: PackedEnd::Open,
    /// };
    /// assert_eq!(PeriodRow::from_bytes(&row.to_bytes()), row);
    /// ```
    pub const fn from_bytes(row: &[u8; Self::BYTES]) -> Self {
        Self {
            aspect: row[0],
            flags: row[1],
            value: u32::from_le_bytes(le!(row, 4)),
            from: PackedEnd::from_parts(points!(row, 8), row[2]),
            to: PackedEnd::from_parts(points!(row, 16), row[3]),
        }
    }

    /// What it is about, of a row: the byte of an [`Aspect`].
    ///
    /// ```
    /// # use nenpyo_schema::{Aspect, PackedEnd, PeriodRow};
    /// # let (from, to) = (PackedEnd::Unknown, PackedEnd::Open);
    /// let row = PeriodRow { aspect: Aspect::Kind as u8, flags: 0, value: 3, from, to };
    /// assert_eq!(PeriodRow::aspect(&row.to_bytes()), row.aspect);
    /// ```
    pub const fn aspect(row: &[u8; Self::BYTES]) -> u8 {
        row[0]
    }

    /// A bit for each language in which it is our own description, of a row.
    ///
    /// ```
    /// # use nenpyo_schema::{Aspect, PackedEnd, PeriodRow};
    /// # let (from, to) = (PackedEnd::Unknown, PackedEnd::Open);
    /// let row = PeriodRow { aspect: Aspect::Name as u8, flags: 1, value: 3, from, to };
    /// assert_eq!(PeriodRow::flags(&row.to_bytes()), row.flags);
    /// ```
    pub const fn flags(row: &[u8; Self::BYTES]) -> u8 {
        row[1]
    }

    /// What held, of a row.
    ///
    /// ```
    /// # use nenpyo_schema::{Aspect, PackedEnd, PeriodRow};
    /// # let (from, to) = (PackedEnd::Unknown, PackedEnd::Open);
    /// let row = PeriodRow { aspect: Aspect::Kind as u8, flags: 0, value: 3, from, to };
    /// assert_eq!(PeriodRow::value(&row.to_bytes()), row.value);
    /// ```
    pub const fn value(row: &[u8; Self::BYTES]) -> u32 {
        u32::from_le_bytes(le!(row, 4))
    }

    /// Whether both ends of a row are dates that do not last, open or unknown, and it says nothing that nobody reads.
    ///
    /// ```
    /// # use nenpyo_schema::{Aspect, Edtf, PackedEnd, PeriodRow};
    /// let sound = |from: &str| {
    ///     let from = PackedEnd::Date(Edtf::parse(from).unwrap().pack().unwrap());
    ///     let row = PeriodRow { aspect: Aspect::Kind as u8, flags: 0, value: 3, from, to: PackedEnd::Open };
    ///     PeriodRow::is_sound(&row.to_bytes())
    /// };
    /// assert!(sound("[2016..2019]"));
    /// assert!(!sound("2016/2019"));
    /// ```
    pub fn is_sound(row: &[u8; Self::BYTES]) -> bool {
        let end = |points: [u8; 8], form: u8| match form {
            PackedEnd::UNKNOWN | PackedEnd::OPEN => points == [0; 8],
            form => form != Form::Interval as u8 && PackedEdtf { points, form }.is_sound(),
        };
        let has_flags = row[0] == Aspect::Name as u8;
        let has_value = row[0] != Aspect::Existence as u8;
        (if has_flags { row[1] >> MAX_LANGUAGES == 0 } else { row[1] == 0 })
            && (has_value || Self::value(row) == 0)
            && end(points!(row, 8), row[2])
            && end(points!(row, 16), row[3])
    }

    /// Whether a day lies in the period of a row: `None` if certainly not, otherwise whether certainly.
    ///
    /// It looks at the row as it stands; its dates do not last, as is checked before.
    ///
    /// ```
    /// use nenpyo_schema::{Aspect, Day, Edtf, PackedEnd, PeriodRow};
    /// let from = PackedEnd::Date(Edtf::parse("2016-04").unwrap().pack().unwrap());
    /// let row = PeriodRow { aspect: Aspect::Existence as u8, flags: 0, value: 0, from, to: PackedEnd::Open };
    /// let contains = |month, day| {
    ///     PeriodRow::contains(&row.to_bytes(), Day::from_ymd(2016, month, day).unwrap().into())
    /// };
    /// assert_eq!((contains(3, 31), contains(4, 1), contains(4, 30)), (None, Some(false), Some(true)));
    /// ```
    pub fn contains(row: &[u8; Self::BYTES], day: CivilDay) -> Option<bool> {
        let begun = match row[2] {
            PackedEnd::UNKNOWN => false,
            PackedEnd::OPEN => true,
            form => {
                let (first, last) = words(le!(row, 8), le!(row, 12), form);
                if day < first_day(first) {
                    return None;
                }
                day >= last_day(last) && !is_qualified(first | last)
            }
        };
        let not_ended = match row[3] {
            PackedEnd::UNKNOWN => false,
            PackedEnd::OPEN => true,
            form => {
                let (first, last) = words(le!(row, 16), le!(row, 20), form);
                if day > last_day(last) {
                    return None;
                }
                day <= first_day(first) && !is_qualified(first | last)
            }
        };
        Some(begun && not_ended)
    }

    /// Writes a row.
    ///
    /// ```
    /// use nenpyo_schema::{Aspect, PackedEnd, PeriodRow};
    /// let row = PeriodRow {
    ///     aspect: Aspect::Existence as u8,
    ///     flags: 0,
    ///     value: 0,
    ///     from: PackedEnd::Unknown,
    ///     to: PackedEnd::Open,
    /// };
    /// assert_eq!(row.to_bytes()[..4], [0, 0, 0xFE, 0xFF], "aspect, flags, and which ends there are");
    /// ```
    pub fn to_bytes(&self) -> [u8; Self::BYTES] {
        let mut row = [0; Self::BYTES];
        let (from, from_form) = self.from.parts();
        let (to, to_form) = self.to.parts();
        put(&mut row, 0, &[self.aspect, self.flags, from_form, to_form]);
        put(&mut row, 4, &self.value.to_le_bytes());
        put(&mut row, 8, &from);
        put(&mut row, 16, &to);
        row
    }
}

/// A link: an id of at most 24 bits and a tag. 4 bytes in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkRow {
    /// The id of the record pointed at.
    pub id: u32,
    /// The tag: of a [`LinkKind`](crate::LinkKind), a [`ReferrerKind`](crate::ReferrerKind) or a
    /// [`Certainty`](crate::Certainty), by table.
    pub tag: u8,
}

impl LinkRow {
    /// Bytes of a row.
    pub const BYTES: usize = 4;
    /// One more than the greatest id a link can hold.
    pub const ID_LIMIT: u32 = 1 << 24;

    /// Reads a row.
    ///
    /// ```
    /// use nenpyo_schema::LinkRow;
    /// assert_eq!(LinkRow::from_bytes(&[1, 2, 0, 32]), LinkRow { id: 0x0201, tag: 32 });
    /// ```
    pub const fn from_bytes(row: &[u8; Self::BYTES]) -> Self {
        Self { id: u32::from_le_bytes([row[0], row[1], row[2], 0]), tag: row[3] }
    }

    /// Writes a row; the id must be below [`Self::ID_LIMIT`].
    ///
    /// ```
    /// use nenpyo_schema::{LinkKind, LinkRow};
    /// let row = LinkRow { id: 513, tag: LinkKind::Site.tag() };
    /// assert_eq!(row.to_bytes(), [1, 2, 0, 32]);
    /// ```
    pub const fn to_bytes(self) -> [u8; Self::BYTES] {
        let id = self.id.to_le_bytes();
        [id[0], id[1], id[2], self.tag]
    }
}

/// A stretch of a text pool. 6 bytes in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpanRow {
    /// First byte.
    pub start: u32,
    /// Bytes.
    pub length: u16,
}

impl SpanRow {
    /// Bytes of a row.
    pub const BYTES: usize = 6;

    /// Reads a row.
    ///
    /// ```
    /// use nenpyo_schema::SpanRow;
    /// assert_eq!(SpanRow::from_bytes(&[1, 2, 0, 0, 5, 0]), SpanRow { start: 0x0201, length: 5 });
    /// ```
    pub const fn from_bytes(row: &[u8; Self::BYTES]) -> Self {
        Self { start: u32::from_le_bytes(le!(row, 0)), length: u16::from_le_bytes([row[4], row[5]]) }
    }

    /// Writes a row.
    ///
    /// ```
    /// use nenpyo_schema::SpanRow;
    /// assert_eq!(SpanRow { start: 513, length: 5 }.to_bytes(), [1, 2, 0, 0, 5, 0]);
    /// ```
    pub fn to_bytes(self) -> [u8; Self::BYTES] {
        let mut row = [0; Self::BYTES];
        put(&mut row, 0, &self.start.to_le_bytes());
        put(&mut row, 4, &self.length.to_le_bytes());
        row
    }
}

/// A key and the number of its record. 8 bytes in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// The hash of the key.
    pub hash: u32,
    /// The number of the record, counted through the kinds.
    pub record: u32,
}

impl KeyRow {
    /// Bytes of a row.
    pub const BYTES: usize = 8;

    /// The record of a key, by binary search: `index` is sorted by hash.
    ///
    /// ```
    /// use nenpyo_schema::KeyRow;
    /// let index = [KeyRow { hash: 3, record: 1 }.to_bytes(), KeyRow { hash: 8, record: 0 }.to_bytes()];
    /// assert_eq!(KeyRow::find(&index, 8), Some(0));
    /// assert_eq!(KeyRow::find(&index, 4), None);
    /// ```
    pub fn find(index: &[[u8; Self::BYTES]], hash: u32) -> Option<u32> {
        // Two bytes decide nearly always, and a processor that reads no words across their bounds reads four of them.
        let upper = |row: &[u8; Self::BYTES]| u32::from(row[3]) << 8 | u32::from(row[2]);
        let wanted = hash >> 16;
        let first = index.partition_point(|row| upper(row) < wanted);
        for row in index.get(first..)? {
            if upper(row) != wanted {
                return None;
            }
            if Self::hash(row) == hash {
                return Some(u32::from_le_bytes(le!(row, 4)));
            }
        }
        None
    }

    /// Reads a row.
    ///
    /// ```
    /// use nenpyo_schema::{Key, KeyRow};
    /// let row = KeyRow { hash: Key::of("qst").hash(), record: 7 };
    /// assert_eq!(KeyRow::from_bytes(&row.to_bytes()), row);
    /// ```
    pub const fn from_bytes(row: &[u8; Self::BYTES]) -> Self {
        Self { hash: Self::hash(row), record: u32::from_le_bytes(le!(row, 4)) }
    }

    /// Only the hash, for searching.
    ///
    /// ```
    /// use nenpyo_schema::{Key, KeyRow};
    /// let hash = Key::of("qst").hash();
    /// assert_eq!(KeyRow::hash(&KeyRow { hash, record: 7 }.to_bytes()), hash);
    /// ```
    pub const fn hash(row: &[u8; Self::BYTES]) -> u32 {
        u32::from_le_bytes(le!(row, 0))
    }

    /// Writes a row.
    ///
    /// ```
    /// use nenpyo_schema::KeyRow;
    /// assert_eq!(KeyRow { hash: 0x0403_0201, record: 7 }.to_bytes(), [1, 2, 3, 4, 7, 0, 0, 0]);
    /// ```
    pub fn to_bytes(self) -> [u8; Self::BYTES] {
        let mut row = [0; Self::BYTES];
        put(&mut row, 0, &self.hash.to_le_bytes());
        put(&mut row, 4, &self.record.to_le_bytes());
        row
    }
}

/// Copies `bytes` to `at`; what does not fit is cut, which the callers' constants rule out.
fn put<const N: usize>(row: &mut [u8; N], at: usize, bytes: &[u8]) {
    for (cell, byte) in row.iter_mut().skip(at).zip(bytes) {
        *cell = *byte;
    }
}
