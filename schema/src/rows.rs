//! The fixed-width rows of the tables: words in little-endian order, read field by field. Runs on host and target.
//!
//! A row is an array of words, so a table is a `&[[u32; N]]` that is read the same way from flash and from a file,
//! with one bounds check a row and none a field. Words and not bytes, because a Cortex-M0 puts a word together out of
//! four bytes in ten instructions and loads an aligned one in one.

use core::cmp::Ordering;

use crate::edtf::{first_day, is_qualified, last_day};
use crate::{CivilDay, Day, Form, Lists, MAX_LANGUAGES, PackedEdtf};

/// A word of a row as a number.
#[inline]
const fn number(word: u32) -> u32 {
    u32::from_le(word)
}

/// A word of a row as a day.
#[inline]
const fn day(word: u32) -> Day {
    Day::from_number(number(word).cast_signed())
}

/// What lookups by date need of a milestone. 24 bytes in a table.
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
    /// Words of a row.
    pub const WORDS: usize = 6;
    /// Bytes of a row.
    pub const BYTES: usize = size_of::<[u32; Self::WORDS]>();

    /// Reads a row.
    ///
    /// ```
    /// use nenpyo_schema::{Day, Edtf, MilestoneRow};
    /// let day = Day::from_ymd(2016, 4, 1).unwrap();
    /// let date = Edtf::from_day(day).unwrap().pack().unwrap();
    /// let row = MilestoneRow { date, earliest: day, latest: day, latest_so_far: day };
    /// assert_eq!(MilestoneRow::from_row(&row.to_row()), row);
    /// ```
    pub const fn from_row(row: &[u32; Self::WORDS]) -> Self {
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
    /// assert_eq!(MilestoneRow::date(&row.to_row()), date);
    /// ```
    pub const fn date(row: &[u32; Self::WORDS]) -> PackedEdtf {
        PackedEdtf { points: [number(row[0]), number(row[1])], form: number(row[5]) as u8 }
    }

    /// Only `earliest`, for searching.
    ///
    /// ```
    /// use nenpyo_schema::{Day, MilestoneRow};
    /// let row = [0; MilestoneRow::WORDS];
    /// assert_eq!(MilestoneRow::earliest(&row), Day::from_number(0));
    /// ```
    pub const fn earliest(row: &[u32; Self::WORDS]) -> Day {
        day(row[2])
    }

    /// Only `latest`, for filtering.
    ///
    /// ```
    /// use nenpyo_schema::{Day, MilestoneRow};
    /// let mut row = [0; MilestoneRow::WORDS];
    /// row[3] = 5_u32.to_le();
    /// assert_eq!(MilestoneRow::latest(&row), Day::from_number(5));
    /// ```
    pub const fn latest(row: &[u32; Self::WORDS]) -> Day {
        day(row[3])
    }

    /// Only `latest_so_far`, for searching.
    ///
    /// ```
    /// use nenpyo_schema::{Day, MilestoneRow};
    /// let mut row = [0; MilestoneRow::WORDS];
    /// row[4] = 7_u32.to_le();
    /// assert_eq!(MilestoneRow::latest_so_far(&row), Day::from_number(7));
    /// ```
    pub const fn latest_so_far(row: &[u32; Self::WORDS]) -> Day {
        day(row[4])
    }

    /// Writes a row.
    ///
    /// ```
    /// use nenpyo_schema::{Day, Edtf, MilestoneRow};
    /// let day = Day::from_ymd(2016, 4, 1).unwrap();
    /// let date = Edtf::from_day(day).unwrap().pack().unwrap();
    /// let row = MilestoneRow { date, earliest: day, latest: day, latest_so_far: day }.to_row();
    /// assert_eq!(row[2], day.number().cast_unsigned().to_le());
    /// ```
    pub const fn to_row(&self) -> [u32; Self::WORDS] {
        let [first, last] = self.date.points;
        let days = [self.earliest.number(), self.latest.number(), self.latest_so_far.number()];
        [
            first.to_le(),
            last.to_le(),
            days[0].cast_unsigned().to_le(),
            days[1].cast_unsigned().to_le(),
            days[2].cast_unsigned().to_le(),
            (self.date.form as u32).to_le(),
        ]
    }

    /// Whether a row has nothing where nobody reads.
    ///
    /// ```
    /// use nenpyo_schema::MilestoneRow;
    /// assert!(MilestoneRow::is_filled_up(&[0; MilestoneRow::WORDS]));
    /// assert!(!MilestoneRow::is_filled_up(&[u32::MAX; MilestoneRow::WORDS]));
    /// ```
    pub const fn is_filled_up(row: &[u32; Self::WORDS]) -> bool {
        number(row[5]) <= 0xFF
    }

    /// Whether the date of a row is an interval.
    ///
    /// ```
    /// use nenpyo_schema::{Day, Edtf, MilestoneRow};
    /// let date = Edtf::parse("2016/2019").unwrap().pack().unwrap();
    /// let row = MilestoneRow { date, earliest: Day::MIN, latest: Day::MAX, latest_so_far: Day::MAX };
    /// assert!(MilestoneRow::is_interval(&row.to_row()));
    /// ```
    #[inline]
    pub const fn is_interval(row: &[u32; Self::WORDS]) -> bool {
        number(row[5]) == Form::Interval as u32
    }

    /// Whether somebody doubts the date of a row.
    ///
    /// ```
    /// use nenpyo_schema::{Day, Edtf, MilestoneRow};
    /// let date = Edtf::parse("2016~").unwrap().pack().unwrap();
    /// let row = MilestoneRow { date, earliest: Day::MIN, latest: Day::MAX, latest_so_far: Day::MAX };
    /// assert!(MilestoneRow::is_qualified(&row.to_row()));
    /// ```
    #[inline]
    pub const fn is_qualified(row: &[u32; Self::WORDS]) -> bool {
        is_qualified(number(row[0] | row[1]))
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

    const fn from_parts(points: [u32; 2], form: u8) -> Self {
        match form {
            Self::UNKNOWN => Self::Unknown,
            Self::OPEN => Self::Open,
            form => Self::Date(PackedEdtf { points, form }),
        }
    }

    const fn parts(self) -> ([u32; 2], u8) {
        match self {
            Self::Unknown => ([0; 2], Self::UNKNOWN),
            Self::Open => ([0; 2], Self::OPEN),
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
const fn words(first: u32, last: u32, form: u8) -> (u32, u32) {
    let first = number(first);
    (first, if form == Form::Single as u8 { first } else { number(last) })
}

impl PeriodRow {
    /// Words of a row.
    pub const WORDS: usize = 6;
    /// Bytes of a row.
    pub const BYTES: usize = size_of::<[u32; Self::WORDS]>();

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
    /// assert_eq!(PeriodRow::from_row(&row.to_row()), row);
    /// ```
    pub const fn from_row(row: &[u32; Self::WORDS]) -> Self {
        let [from, to] = Self::forms(row);
        Self {
            aspect: Self::aspect(row),
            flags: Self::flags(row),
            value: Self::value(row),
            from: PackedEnd::from_parts([number(row[2]), number(row[3])], from),
            to: PackedEnd::from_parts([number(row[4]), number(row[5])], to),
        }
    }

    /// The forms of both ends of a row.
    const fn forms(row: &[u32; Self::WORDS]) -> [u8; 2] {
        let head = number(row[0]);
        [(head >> 16) as u8, (head >> 24) as u8]
    }

    /// What it is about, of a row: the byte of an [`Aspect`].
    ///
    /// ```
    /// # use nenpyo_schema::{Aspect, PackedEnd, PeriodRow};
    /// # let (from, to) = (PackedEnd::Unknown, PackedEnd::Open);
    /// let row = PeriodRow { aspect: Aspect::Kind as u8, flags: 0, value: 3, from, to };
    /// assert_eq!(PeriodRow::aspect(&row.to_row()), row.aspect);
    /// ```
    pub const fn aspect(row: &[u32; Self::WORDS]) -> u8 {
        number(row[0]) as u8
    }

    /// A bit for each language in which it is our own description, of a row.
    ///
    /// ```
    /// # use nenpyo_schema::{Aspect, PackedEnd, PeriodRow};
    /// # let (from, to) = (PackedEnd::Unknown, PackedEnd::Open);
    /// let row = PeriodRow { aspect: Aspect::Name as u8, flags: 1, value: 3, from, to };
    /// assert_eq!(PeriodRow::flags(&row.to_row()), row.flags);
    /// ```
    pub const fn flags(row: &[u32; Self::WORDS]) -> u8 {
        (number(row[0]) >> 8) as u8
    }

    /// What held, of a row.
    ///
    /// ```
    /// # use nenpyo_schema::{Aspect, PackedEnd, PeriodRow};
    /// # let (from, to) = (PackedEnd::Unknown, PackedEnd::Open);
    /// let row = PeriodRow { aspect: Aspect::Kind as u8, flags: 0, value: 3, from, to };
    /// assert_eq!(PeriodRow::value(&row.to_row()), row.value);
    /// ```
    pub const fn value(row: &[u32; Self::WORDS]) -> u32 {
        number(row[1])
    }

    /// Whether both ends of a row are dates that do not last, open or unknown, and it says nothing that nobody reads.
    ///
    /// ```
    /// # use nenpyo_schema::{Aspect, Edtf, PackedEnd, PeriodRow};
    /// let sound = |from: &str| {
    ///     let from = PackedEnd::Date(Edtf::parse(from).unwrap().pack().unwrap());
    ///     let row = PeriodRow { aspect: Aspect::Kind as u8, flags: 0, value: 3, from, to: PackedEnd::Open };
    ///     PeriodRow::is_sound(&row.to_row())
    /// };
    /// assert!(sound("[2016..2019]"));
    /// assert!(!sound("2016/2019"));
    /// ```
    pub fn is_sound(given: &[u32; Self::WORDS]) -> bool {
        let row = Self::from_row(given);
        let end = |end: PackedEnd| match end {
            PackedEnd::Unknown | PackedEnd::Open => true,
            PackedEnd::Date(date) => date.form != Form::Interval as u8 && date.is_sound(),
        };
        let has_flags = row.aspect == Aspect::Name as u8;
        let has_value = row.aspect != Aspect::Existence as u8;
        // Nothing stands where nobody reads: in the points of an end that is none.
        (if has_flags { row.flags >> MAX_LANGUAGES == 0 } else { row.flags == 0 })
            && (has_value || row.value == 0)
            && end(row.from)
            && end(row.to)
            && row.to_row() == *given
    }

    /// What held on a day, of periods sorted by aspect and then by time: the row of the last certain one, or else of the
    /// last possible one, and whether it is certain.
    ///
    /// ```
    /// use nenpyo_schema::{Aspect, Day, PackedEnd, PeriodRow};
    /// let (from, to) = (PackedEnd::Open, PackedEnd::Open);
    /// let rows = [PeriodRow { aspect: Aspect::Kind as u8, flags: 0, value: 3, from, to }.to_row()];
    /// assert_eq!(PeriodRow::held(&rows, Aspect::Kind, Day::MIN.into()), Some((&rows[0], true)));
    /// assert_eq!(PeriodRow::held(&rows, Aspect::Name, Day::MIN.into()), None);
    /// ```
    pub fn held(rows: &[[u32; Self::WORDS]], aspect: Aspect, day: CivilDay) -> Option<(&[u32; Self::WORDS], bool)> {
        let mut possible = None;
        for row in rows.iter().rev() {
            match Self::aspect(row).cmp(&(aspect as u8)) {
                Ordering::Greater => continue,
                Ordering::Less => break,
                Ordering::Equal => {}
            }
            match Self::contains(row, day) {
                Some(true) => return Some((row, true)),
                Some(false) if possible.is_none() => possible = Some((row, false)),
                _ => {}
            }
        }
        possible
    }

    /// Whether something with these periods exists on a day: `None` if certainly not, otherwise whether certainly.
    ///
    /// ```
    /// use nenpyo_schema::{Day, PeriodRow};
    /// assert_eq!(PeriodRow::existence(&[], Day::MIN.into()), Some(false), "nothing is known");
    /// ```
    pub fn existence(rows: &[[u32; Self::WORDS]], day: CivilDay) -> Option<bool> {
        // What says that it exists stands before all else.
        let first = rows.first().filter(|row| Self::aspect(row) == Aspect::Existence as u8);
        first.map_or(Some(false), |row| Self::contains(row, day))
    }

    /// The first and the last day that each end of a row can mean, where it is a date.
    ///
    /// ```
    /// use nenpyo_schema::{Aspect, Day, Edtf, PackedEnd, PeriodRow};
    /// let from = PackedEnd::Date(Edtf::parse("2016").unwrap().pack().unwrap());
    /// let row = PeriodRow { aspect: Aspect::Existence as u8, flags: 0, value: 0, from, to: PackedEnd::Open };
    /// let day = |month, day| Day::from_ymd(2016, month, day).unwrap().into();
    /// assert_eq!(PeriodRow::outer_days(&row.to_row()), [Some((day(1, 1), day(12, 31))), None]);
    /// ```
    pub fn outer_days(row: &[u32; Self::WORDS]) -> [Option<(CivilDay, CivilDay)>; 2] {
        let days = |first: u32, last: u32, form: u8| {
            let (first, last) = words(first, last, form);
            (form < PackedEnd::UNKNOWN).then(|| (first_day(first), last_day(last)))
        };
        let [from, to] = Self::forms(row);
        [days(row[2], row[3], from), days(row[4], row[5], to)]
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
    ///     PeriodRow::contains(&row.to_row(), Day::from_ymd(2016, month, day).unwrap().into())
    /// };
    /// assert_eq!((contains(3, 31), contains(4, 1), contains(4, 30)), (None, Some(false), Some(true)));
    /// ```
    pub fn contains(row: &[u32; Self::WORDS], day: CivilDay) -> Option<bool> {
        let [from, to] = Self::forms(row);
        let begun = match from {
            PackedEnd::UNKNOWN => false,
            PackedEnd::OPEN => true,
            form => {
                let (first, last) = words(row[2], row[3], form);
                if day < first_day(first) {
                    return None;
                }
                day >= last_day(last) && !is_qualified(first | last)
            }
        };
        let not_ended = match to {
            PackedEnd::UNKNOWN => false,
            PackedEnd::OPEN => true,
            form => {
                let (first, last) = words(row[4], row[5], form);
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
    /// assert_eq!(row.to_row()[0], 0xFFFE_0000_u32.to_le(), "aspect, flags, and which ends there are");
    /// ```
    pub const fn to_row(&self) -> [u32; Self::WORDS] {
        let (from, from_form) = self.from.parts();
        let (to, to_form) = self.to.parts();
        [
            u32::from_le_bytes([self.aspect, self.flags, from_form, to_form]).to_le(),
            self.value.to_le(),
            from[0].to_le(),
            from[1].to_le(),
            to[0].to_le(),
            to[1].to_le(),
        ]
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
    /// Words of a row.
    pub const WORDS: usize = 1;
    /// Bytes of a row.
    pub const BYTES: usize = size_of::<[u32; Self::WORDS]>();
    /// One more than the greatest id a link can hold.
    pub const ID_LIMIT: u32 = 1 << 24;

    /// Reads a row.
    ///
    /// ```
    /// use nenpyo_schema::LinkRow;
    /// assert_eq!(LinkRow::from_row(&[0x2000_0201_u32.to_le()]), LinkRow { id: 0x0201, tag: 32 });
    /// ```
    pub const fn from_row(row: &[u32; Self::WORDS]) -> Self {
        Self::from_word(number(row[0]))
    }

    /// Writes a row; the id must be below [`Self::ID_LIMIT`].
    ///
    /// ```
    /// use nenpyo_schema::{LinkKind, LinkRow};
    /// let row = LinkRow { id: 513, tag: LinkKind::Site.tag() };
    /// assert_eq!(row.to_row(), [0x2000_0201_u32.to_le()]);
    /// ```
    pub const fn to_row(self) -> [u32; Self::WORDS] {
        [self.to_word().to_le()]
    }

    /// The same in one number.
    ///
    /// ```
    /// use nenpyo_schema::LinkRow;
    /// assert_eq!(LinkRow::from_word(0x2000_0201), LinkRow { id: 0x0201, tag: 32 });
    /// ```
    pub const fn from_word(word: u32) -> Self {
        Self { id: word & (Self::ID_LIMIT - 1), tag: (word >> 24) as u8 }
    }

    /// The same in one number.
    ///
    /// ```
    /// use nenpyo_schema::LinkRow;
    /// assert_eq!(LinkRow { id: 0x0201, tag: 32 }.to_word(), 0x2000_0201);
    /// ```
    pub const fn to_word(self) -> u32 {
        self.id & (Self::ID_LIMIT - 1) | (self.tag as u32) << 24
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
    /// Half words of a row.
    pub const HALVES: usize = 3;
    /// Bytes of a row.
    pub const BYTES: usize = size_of::<[u16; Self::HALVES]>();

    /// Reads a row.
    ///
    /// ```
    /// use nenpyo_schema::SpanRow;
    /// let row = [0x0201_u16.to_le(), 1_u16.to_le(), 5_u16.to_le()];
    /// assert_eq!(SpanRow::from_row(&row), SpanRow { start: 0x1_0201, length: 5 });
    /// ```
    pub const fn from_row(row: &[u16; Self::HALVES]) -> Self {
        let [low, high, length] = *row;
        Self { start: u16::from_le(low) as u32 | (u16::from_le(high) as u32) << 16, length: u16::from_le(length) }
    }

    /// Writes a row.
    ///
    /// ```
    /// use nenpyo_schema::SpanRow;
    /// assert_eq!(SpanRow { start: 513, length: 5 }.to_row(), [513_u16.to_le(), 0, 5_u16.to_le()]);
    /// ```
    pub const fn to_row(self) -> [u16; Self::HALVES] {
        [(self.start as u16).to_le(), ((self.start >> 16) as u16).to_le(), self.length.to_le()]
    }
}

/// A key and its record. 8 bytes in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// The hash of the key.
    pub hash: u32,
    /// The id of the record; the tag is the byte of its [`RecordKind`](crate::RecordKind).
    pub record: LinkRow,
}

impl KeyRow {
    /// Words of a row.
    pub const WORDS: usize = 2;
    /// Bytes of a row.
    pub const BYTES: usize = size_of::<[u32; Self::WORDS]>();

    /// Where a key stands among so many lists, a power of two: the lowest bits of its hash say which.
    ///
    /// ```
    /// use nenpyo_schema::KeyRow;
    /// assert_eq!(KeyRow::list(0x8000_0007, 4), 3);
    /// ```
    pub const fn list(hash: u32, lists: u32) -> u32 {
        hash & lists.wrapping_sub(1)
    }

    /// The record of a key as one word: [`LinkRow::from_word`]. Two loads say in which short list it stands.
    ///
    /// ```
    /// use nenpyo_schema::{KeyRow, LinkRow, Lists};
    /// let record = LinkRow { id: 1, tag: 0 };
    /// let rows = [KeyRow { hash: 8, record }.to_row(), KeyRow { hash: 3, record }.to_row()];
    /// let index = Lists { starts: &[0, 1, 2].map(u32::to_le), rows: &rows };
    /// assert_eq!(KeyRow::find(&index, 8), Some(record.to_word()));
    /// assert_eq!(KeyRow::find(&index, 4), None);
    /// ```
    pub fn find(index: &Lists<'_, { Self::WORDS }>, hash: u32) -> Option<u32> {
        let lists = (index.starts.len() as u32).saturating_sub(1);
        let rows = index.get(Self::list(hash, lists));
        rows.iter().find(|row| Self::hash(row) == hash).map(|row| number(row[1]))
    }

    /// Reads a row.
    ///
    /// ```
    /// use nenpyo_schema::{Key, KeyRow, LinkRow};
    /// let row = KeyRow { hash: Key::of("qst").hash(), record: LinkRow { id: 7, tag: 1 } };
    /// assert_eq!(KeyRow::from_row(&row.to_row()), row);
    /// ```
    pub const fn from_row(row: &[u32; Self::WORDS]) -> Self {
        Self { hash: Self::hash(row), record: LinkRow::from_word(number(row[1])) }
    }

    /// Only the hash, for searching.
    ///
    /// ```
    /// use nenpyo_schema::{Key, KeyRow, LinkRow};
    /// let hash = Key::of("qst").hash();
    /// assert_eq!(KeyRow::hash(&KeyRow { hash, record: LinkRow { id: 7, tag: 1 } }.to_row()), hash);
    /// ```
    pub const fn hash(row: &[u32; Self::WORDS]) -> u32 {
        number(row[0])
    }

    /// Writes a row.
    ///
    /// ```
    /// use nenpyo_schema::{KeyRow, LinkRow};
    /// let row = KeyRow { hash: 3, record: LinkRow { id: 7, tag: 1 } }.to_row();
    /// assert_eq!(row, [3_u32.to_le(), 0x0100_0007_u32.to_le()]);
    /// ```
    pub const fn to_row(self) -> [u32; Self::WORDS] {
        [self.hash.to_le(), self.record.to_word().to_le()]
    }
}
