//! What held for a time, and whether it held on a day. Runs on the target.

use core::fmt;

use nenpyo_schema::{Aspect, CivilDay, Day, Edtf, PackedEnd, PeriodRow, Qualifier, RecordKind};

use crate::links::Node;

/// A value as of a day, and whether that is certain.
///
/// Uncertain is what may hold: a period whose first day may have come, whose last day may not have passed,
/// or whose dates are unknown or qualified with `?`, `~` or `%`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf<T> {
    /// The value.
    pub value: T,
    /// Whether it certainly held on that day.
    pub certain: bool,
}

/// One end of a period. 28 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Nothing is known.
    Unknown,
    /// It was always so, or is still so.
    Open,
    /// The first or last day.
    Date(Edtf),
}

impl End {
    fn unpack(end: PackedEnd) -> Self {
        match end {
            PackedEnd::Unknown => Self::Unknown,
            PackedEnd::Open => Self::Open,
            PackedEnd::Date(date) => Self::Date(date.read()),
        }
    }

    /// The date, if it is one.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// let qst = QST.organizations().by_key(Key::of("qst")).unwrap();
    /// assert_eq!(qst.existence().from.date().unwrap().to_string(), "2016-04-01");
    /// assert_eq!(qst.existence().to.date(), None);
    /// # }
    /// ```
    pub const fn date(&self) -> Option<Edtf> {
        match self {
            Self::Date(date) => Some(*date),
            Self::Unknown | Self::Open => None,
        }
    }
}

/// A first and a last day. 56 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: End,
    /// The last day.
    pub to: End,
}

impl Period {
    pub(crate) const UNKNOWN: Self = Self { from: End::Unknown, to: End::Unknown };

    pub(crate) fn of(row: &[u32; PeriodRow::WORDS]) -> Self {
        let row = PeriodRow::from_row(row);
        Self { from: End::unpack(row.from), to: End::unpack(row.to) }
    }

    /// Whether the day lies in the period: `None` if certainly not, otherwise whether certainly.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Day, Key, QST};
    /// let qst = QST.organizations().by_key(Key::of("qst")).unwrap();
    /// let period = qst.existence();
    /// assert_eq!(period.contains(Day::from_ymd(2016, 3, 31).unwrap()), None);
    /// assert_eq!(period.contains(Day::from_ymd(2016, 4, 1).unwrap()), Some(true));
    /// # }
    /// ```
    pub fn contains(&self, day: Day) -> Option<bool> {
        let from = match self.from {
            End::Unknown => Some(false),
            End::Open => Some(true),
            End::Date(date) => {
                let days = date.days();
                (day >= days.begin_earliest).then_some(day >= days.begin_latest && date.qualifier() == Qualifier::None)
            }
        }?;
        let to = match self.to {
            End::Unknown => Some(false),
            End::Open => Some(true),
            End::Date(date) => {
                let days = date.days();
                (day <= days.end_latest).then_some(day <= days.end_earliest && date.qualifier() == Qualifier::None)
            }
        }?;
        Some(from && to)
    }
}

/// Something that held for a time: a name, a kind, a parent, a supervisor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held<T> {
    /// What held.
    pub value: T,
    /// When.
    pub period: Period,
}

impl<T: fmt::Display> fmt::Display for AsOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

/// A day in both of the ways in which rows are compared with one, so that it is converted once a lookup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) day: Day,
    pub(crate) civil: CivilDay,
}

impl From<Day> for Moment {
    fn from(day: Day) -> Self {
        Self { day, civil: day.into() }
    }
}

/// The period rows of a record, aspect by aspect.
pub(crate) fn all_period_rows(node: Node<'_>) -> &[[u32; PeriodRow::WORDS]] {
    let tables = node.chronicle.tables();
    match node.kind {
        RecordKind::Source => tables.sources.periods.get(node.id),
        // Milestones come first and have no periods.
        _ => tables.periods.get(node.number().wrapping_sub(node.chronicle.count(RecordKind::Milestone))),
    }
}

/// The period rows of a record that are about one aspect.
pub(crate) fn period_rows(node: Node<'_>, aspect: Aspect) -> &[[u32; PeriodRow::WORDS]] {
    let rows = all_period_rows(node);
    // A record has few of them, and most that is asked for stands in front.
    let start = rows.iter().position(|row| PeriodRow::aspect(row) >= aspect as u8).unwrap_or(rows.len());
    let rows = rows.get(start..).unwrap_or_default();
    let count = rows.iter().position(|row| PeriodRow::aspect(row) > aspect as u8).unwrap_or(rows.len());
    rows.get(..count).unwrap_or_default()
}
