//! An organisation as of any day, worked out ahead: what a tree needs to know. Runs on host and target.

use crate::{Aspect, CivilDay, LinkRow, PeriodRow};

/// How an organisation is from a day on, until the day of the next row. 12 bytes in a table.
///
/// It says nothing that the periods do not say; it is what comes of reading them all. Before its first row, an
/// organisation certainly does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateRow {
    /// The first day.
    pub from: CivilDay,
    /// Whether it exists: `None` if certainly not, otherwise whether certainly.
    pub exists: Option<bool>,
    /// What it belongs to, and how: the tag is the byte of the [`ParentRelation`](crate::ParentRelation).
    pub parent: Option<LinkRow>,
    /// Whether what it belongs to exists, and if it does, whether it certainly belongs to it.
    pub parent_exists: Option<bool>,
    /// The number of its name, and whether that is certain.
    pub name: Option<(u32, bool)>,
}

impl StateRow {
    /// Words of a row.
    pub const WORDS: usize = 3;
    /// Bytes of a row.
    pub const BYTES: usize = size_of::<[u32; Self::WORDS]>();

    const EXISTS: u8 = 1;
    const EXISTS_CERTAINLY: u8 = 1 << 1;
    const HAS_PARENT: u8 = 1 << 2;
    const PARENT_EXISTS: u8 = 1 << 3;
    const PARENT_IS_CERTAIN: u8 = 1 << 4;
    const HAS_NAME: u8 = 1 << 5;
    const NAME_IS_CERTAIN: u8 = 1 << 6;

    /// How an organisation with these periods is on a day; `periods` gives those of any organisation.
    ///
    /// ```
    /// use nenpyo_schema::{Aspect, Day, Edtf, PackedEnd, PeriodRow, StateRow};
    /// let from = PackedEnd::Date(Edtf::parse("2016-04-01").unwrap().pack().unwrap());
    /// let row = PeriodRow { aspect: Aspect::Existence as u8, flags: 0, value: 0, from, to: PackedEnd::Open };
    /// let rows = [row.to_row()];
    /// let exists = |year| StateRow::of(&rows, |_| &[], Day::from_ymd(year, 6, 1).unwrap().into()).exists;
    /// assert_eq!((exists(2015), exists(2016)), (None, Some(true)));
    /// ```
    pub fn of<'p>(
        rows: &[[u32; PeriodRow::WORDS]],
        periods: impl Fn(u32) -> &'p [[u32; PeriodRow::WORDS]],
        day: CivilDay,
    ) -> Self {
        let exists = PeriodRow::existence(rows, day);
        let absent = Self { from: day, exists, parent: None, parent_exists: None, name: None };
        if exists.is_none() {
            return absent;
        }
        let parent = PeriodRow::held(rows, Aspect::Parent, day);
        let parent = parent.map(|(row, certain)| (LinkRow::from_word(PeriodRow::value(row)), certain));
        let exists = |id| PeriodRow::existence(periods(id), day);
        Self {
            parent: parent.map(|(parent, _)| parent),
            parent_exists: parent.and_then(|(parent, certain)| Some(exists(parent.id)? && certain)),
            name: PeriodRow::held(rows, Aspect::Name, day).map(|(row, certain)| (PeriodRow::value(row), certain)),
            ..absent
        }
    }

    /// The days from which on a period may mean something else.
    ///
    /// ```
    /// use nenpyo_schema::{Aspect, Day, Edtf, PackedEnd, PeriodRow, StateRow};
    /// let from = PackedEnd::Date(Edtf::parse("2016-04").unwrap().pack().unwrap());
    /// let row = PeriodRow { aspect: Aspect::Existence as u8, flags: 0, value: 0, from, to: PackedEnd::Open };
    /// let day = |day| Day::from_ymd(2016, 4, day).unwrap().into();
    /// assert!(StateRow::changes(&row.to_row()).eq([day(1), day(30)]));
    /// ```
    pub fn changes(period: &[u32; PeriodRow::WORDS]) -> impl Iterator<Item = CivilDay> {
        let [from, to] = PeriodRow::outer_days(period);
        let to = to.map(|(first, last)| (first.next(), last.next()));
        from.into_iter().chain(to).flat_map(|(first, last)| [first, last])
    }

    /// The row that holds on a day; `None` before the first.
    ///
    /// ```
    /// use nenpyo_schema::{CivilDay, Day, StateRow};
    /// let from = |year| CivilDay::from(Day::from_ymd(year, 1, 1).unwrap());
    /// let state = StateRow { from: from(2016), exists: Some(true), parent: None, parent_exists: None, name: None };
    /// let rows = [state.to_row(), StateRow { from: from(2019), exists: None, ..state }.to_row()];
    /// assert_eq!(StateRow::find(&rows, from(2018)), Some(&rows[0]));
    /// assert_eq!(StateRow::find(&rows, from(2015)), None);
    /// ```
    #[inline]
    pub fn find(rows: &[[u32; Self::WORDS]], day: CivilDay) -> Option<&[u32; Self::WORDS]> {
        // Most that is asked for is of today.
        rows.iter().rev().find(|row| Self::from(row) <= day)
    }

    /// The first day of a row.
    ///
    /// ```
    /// use nenpyo_schema::{CivilDay, Day, StateRow};
    /// let from = CivilDay::from(Day::from_ymd(2016, 4, 1).unwrap());
    /// let state = StateRow { from, exists: None, parent: None, parent_exists: None, name: None };
    /// assert_eq!(StateRow::from(&state.to_row()), from);
    /// ```
    pub const fn from(row: &[u32; Self::WORDS]) -> CivilDay {
        CivilDay::from_number(u32::from_le(row[0]).cast_signed())
    }

    #[inline]
    const fn flags(row: &[u32; Self::WORDS]) -> u8 {
        (u32::from_le(row[2]) >> 24) as u8
    }

    /// Whether it exists, of a row: `None` if certainly not, otherwise whether certainly.
    ///
    /// ```
    /// # use nenpyo_schema::{CivilDay, Day, StateRow};
    /// # let from = CivilDay::from(Day::from_ymd(2016, 4, 1).unwrap());
    /// let state = StateRow { from, exists: Some(false), parent: None, parent_exists: None, name: None };
    /// assert_eq!(StateRow::exists(&state.to_row()), Some(false));
    /// ```
    #[inline]
    pub const fn exists(row: &[u32; Self::WORDS]) -> Option<bool> {
        let flags = Self::flags(row);
        if flags & Self::EXISTS == 0 { None } else { Some(flags & Self::EXISTS_CERTAINLY != 0) }
    }

    /// What it belongs to, of a row, whether that exists or not.
    ///
    /// ```
    /// # use nenpyo_schema::{CivilDay, Day, LinkRow, StateRow};
    /// # let from = CivilDay::from(Day::from_ymd(2016, 4, 1).unwrap());
    /// let parent = Some(LinkRow { id: 3, tag: 0 });
    /// let state = StateRow { from, exists: Some(true), parent, parent_exists: None, name: None };
    /// assert_eq!(StateRow::parent(&state.to_row()), parent);
    /// ```
    #[inline]
    pub const fn parent(row: &[u32; Self::WORDS]) -> Option<LinkRow> {
        if Self::flags(row) & Self::HAS_PARENT == 0 { None } else { Some(LinkRow::from_word(u32::from_le(row[1]))) }
    }

    /// Whether what it belongs to exists, of a row, and if it does, whether it certainly belongs to it.
    ///
    /// ```
    /// # use nenpyo_schema::{CivilDay, Day, LinkRow, StateRow};
    /// # let from = CivilDay::from(Day::from_ymd(2016, 4, 1).unwrap());
    /// let parent = Some(LinkRow { id: 3, tag: 0 });
    /// let state = StateRow { from, exists: Some(true), parent, parent_exists: Some(false), name: None };
    /// assert_eq!(StateRow::parent_exists(&state.to_row()), Some(false));
    /// ```
    #[inline]
    pub const fn parent_exists(row: &[u32; Self::WORDS]) -> Option<bool> {
        let flags = Self::flags(row);
        if flags & Self::PARENT_EXISTS == 0 { None } else { Some(flags & Self::PARENT_IS_CERTAIN != 0) }
    }

    /// The number of its name, of a row, and whether that is certain.
    ///
    /// ```
    /// # use nenpyo_schema::{CivilDay, Day, StateRow};
    /// # let from = CivilDay::from(Day::from_ymd(2016, 4, 1).unwrap());
    /// let state = StateRow { from, exists: Some(true), parent: None, parent_exists: None, name: Some((7, true)) };
    /// assert_eq!(StateRow::name(&state.to_row()), Some((7, true)));
    /// ```
    #[inline]
    pub const fn name(row: &[u32; Self::WORDS]) -> Option<(u32, bool)> {
        let flags = Self::flags(row);
        let number = u32::from_le(row[2]) & (LinkRow::ID_LIMIT - 1);
        if flags & Self::HAS_NAME == 0 { None } else { Some((number, flags & Self::NAME_IS_CERTAIN != 0)) }
    }

    /// Writes a row.
    ///
    /// ```
    /// # use nenpyo_schema::{CivilDay, Day, StateRow};
    /// # let from = CivilDay::from(Day::from_ymd(2016, 4, 1).unwrap());
    /// let state = StateRow { from, exists: Some(true), parent: None, parent_exists: None, name: Some((7, true)) };
    /// assert_eq!(state.to_row()[1..], [0, 0x6300_0007_u32.to_le()]);
    /// ```
    pub fn to_row(&self) -> [u32; Self::WORDS] {
        let two = |held: Option<bool>, is: u8, certainly: u8| match held {
            None => 0,
            Some(false) => is,
            Some(true) => is | certainly,
        };
        let flags = two(self.exists, Self::EXISTS, Self::EXISTS_CERTAINLY)
            | two(self.parent.map(|_| false), Self::HAS_PARENT, 0)
            | two(self.parent_exists, Self::PARENT_EXISTS, Self::PARENT_IS_CERTAIN)
            | two(self.name.map(|(_, certain)| certain), Self::HAS_NAME, Self::NAME_IS_CERTAIN);
        let name = LinkRow { id: self.name.map_or(0, |(number, _)| number), tag: flags };
        let parent = self.parent.map_or(0, LinkRow::to_word);
        [self.from.number().cast_unsigned().to_le(), parent.to_le(), name.to_word().to_le()]
    }
}
