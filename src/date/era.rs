//! The years of the Japanese eras since Meiji.

use core::fmt;

use nenpyo_schema::Day;

use super::{Pen, lunar};

/// An era since Meiji, when the rule of one era to a reign began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Era {
    /// 明治, proclaimed on 1868-10-23 and counted from 1868-01-25.
    Meiji,
    /// 大正, from 1912-07-30.
    Taisho,
    /// 昭和, from 1926-12-25.
    Showa,
    /// 平成, from 1989-01-08.
    Heisei,
    /// 令和, from 2019-05-01.
    Reiwa,
}

impl Era {
    /// All of them, in order.
    pub const ALL: [Era; 5] = [Era::Meiji, Era::Taisho, Era::Showa, Era::Heisei, Era::Reiwa];

    /// The day from which the era was in force: the day it was proclaimed for Meiji, Taishō and Shōwa (改元の詔),
    /// the day its government order (元号を改める政令) names for Heisei and Reiwa.
    ///
    /// ```
    /// use nenpyo::date::{Day, Era};
    /// assert_eq!(Era::Meiji.first_day().ymd(), (1868, 10, 23));
    /// assert_eq!(Era::Reiwa.first_day().ymd(), (2019, 5, 1));
    /// ```
    pub const fn first_day(self) -> Day {
        Day::from_number(match self {
            Era::Meiji => -36_959,
            Era::Taisho => -20_974,
            Era::Showa => -15_713,
            Era::Heisei => 6_947,
            Era::Reiwa => 18_017,
        })
    }

    /// The first day with a year of this era.
    ///
    /// That is [`first_day`](Era::first_day), but for Meiji: its proclamation (慶応四年ヲ改メテ明治元年ト為ス) renamed
    /// the whole year, so that 明治元年1月1日 is 1868-01-25, and that is how chronicles date.
    ///
    /// ```
    /// use nenpyo::date::Era;
    /// assert_eq!(Era::Meiji.counted_from().ymd(), (1868, 1, 25));
    /// assert_eq!(Era::Showa.counted_from(), Era::Showa.first_day());
    /// ```
    pub const fn counted_from(self) -> Day {
        match self {
            Era::Meiji => Day::from_number(-37_231),
            _ => self.first_day(),
        }
    }

    /// The Western year that holds most of its first year.
    const fn first_year(self) -> i32 {
        match self {
            Era::Meiji => 1868,
            Era::Taisho => 1912,
            Era::Showa => 1926,
            Era::Heisei => 1989,
            Era::Reiwa => 2019,
        }
    }

    /// The era of a day and its year, 1 for 元年; `None` before 1868-01-25, and beyond 65,535 years of Reiwa.
    ///
    /// Until 1872-12-31 the year is that of the lunisolar calendar then in force. The days on which Meiji
    /// and Taishō ended are also the first of the next era; here they count for the next, as its edict says.
    /// 0.5 KB of flash on a Cortex-M0.
    ///
    /// ```
    /// use nenpyo::date::{Day, Era};
    /// let day = |year, month, day| Day::from_ymd(year, month, day).unwrap();
    /// assert_eq!(Era::of(day(1989, 1, 7)), Some((Era::Showa, 64)));
    /// assert_eq!(Era::of(day(1989, 1, 8)), Some((Era::Heisei, 1)));
    /// assert_eq!(Era::of(day(1869, 1, 1)), Some((Era::Meiji, 1)));
    /// assert_eq!(Era::of(day(1868, 1, 24)), None);
    /// ```
    pub fn of(day: Day) -> Option<(Era, u16)> {
        if let Some(lunar) = lunar::of(day) {
            return Some((Era::Meiji, lunar.year));
        }
        let era = Era::ALL.into_iter().rev().find(|era| era.counted_from() <= day)?;
        let year = day.ymd().0 - era.first_year() + 1;
        Some((era, u16::try_from(year).ok()?))
    }

    /// Its name, such as `明治`. 30 bytes of text in all.
    ///
    /// ```
    /// assert_eq!(nenpyo::date::Era::Meiji.japanese(), "明治");
    /// ```
    pub const fn japanese(self) -> &'static str {
        match self {
            Era::Meiji => "明治",
            Era::Taisho => "大正",
            Era::Showa => "昭和",
            Era::Heisei => "平成",
            Era::Reiwa => "令和",
        }
    }
}

/// A day in the Japanese calendar of its time: lunisolar until 1872-12-31, Gregorian since. 6 bytes.
///
/// ```
/// use nenpyo::date::{Day, EraDate};
/// let date = EraDate::of(Day::from_ymd(1870, 11, 23).unwrap()).unwrap();
/// assert_eq!((date.year, date.month, date.leap, date.day), (3, 10, true, 1));
/// assert_eq!(heapless::format!(32; "{date}").unwrap(), "明治3年閏10月1日");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct EraDate {
    /// The era.
    pub era: Era,
    /// Its year; 1 is 元年.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// Whether this is the leap month (閏月) after the month of that number.
    pub leap: bool,
    /// Of the month, from 1.
    pub day: u8,
}

impl EraDate {
    /// `None` where [`Era::of`] is. Costs the 40 bytes of the lunar table.
    ///
    /// ```
    /// use nenpyo::date::{Day, EraDate};
    /// assert!(EraDate::of(Day::from_ymd(1868, 1, 24).unwrap()).is_none());
    /// ```
    pub fn of(day: Day) -> Option<EraDate> {
        if let Some(lunar) = lunar::of(day) {
            let (year, month, leap, day) = (lunar.year, lunar.month, lunar.leap, lunar.day);
            return Some(EraDate { era: Era::Meiji, year, month, leap, day });
        }
        let (era, year) = Era::of(day)?;
        let (_, month, day) = day.ymd();
        Some(EraDate { era, year, month, leap: false, day })
    }

    pub(super) fn is_same_year(self, other: EraDate) -> bool {
        (self.era, self.year) == (other.era, other.year)
    }

    pub(super) fn is_same_month(self, other: EraDate) -> bool {
        self.is_same_year(other) && (self.month, self.leap) == (other.month, other.leap)
    }

    pub(super) fn write_year(self, out: &mut Pen<'_>) {
        out.write_str(self.era.japanese());
        match self.year {
            1 => out.write_str("元"),
            year => out.write_number(u32::from(year)),
        }
        out.write_str("年");
    }

    pub(super) fn write_month(self, out: &mut Pen<'_>) {
        if self.leap {
            out.write_str("閏");
        }
        out.write_number(u32::from(self.month));
        out.write_str("月");
    }

    pub(super) fn write_day(self, out: &mut Pen<'_>) {
        out.write_number(u32::from(self.day));
        out.write_str("日");
    }
}

impl fmt::Display for EraDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Pen::with(f, |out| {
            self.write_year(out);
            self.write_month(out);
            self.write_day(out);
        })
    }
}
