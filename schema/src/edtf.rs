//! Dates as historians know them: exact, vague, lasting or unknown, written in EDTF (ISO 8601-2, Annex A).
//!
//! Levels 0 and 1 are complete, except that a time of day is refused: a chronicle is made of days.
//! Of level 2 there are the sets `[a..b]`, `[a..]` and `[..b]`, unspecified digits at the ends of an interval, and `1XXX`.

mod error;
mod pack;
mod parse;
mod print;

use core::str::FromStr;

pub use error::EdtfError;
pub use pack::{CivilDay, PackedEdtf};
pub(crate) use pack::{first_day, is_qualified, last_day};

use crate::Day;

/// Years that EDTF writes with four digits, and so can give a month, a day or a season.
const FOUR_DIGITS: i32 = 9999;

/// How the points of an [`Edtf`] belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Form {
    /// One date: one unknown day of a day, month, season, year or decade.
    Single,
    /// `a/b`: it began at the first point and ended at the last.
    Interval,
    /// `[a..b]`, `[a..]`, `[..b]`: one unknown day from the first point to the last.
    OneOf,
}

/// What a source or a historian says of how far a date is to be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Qualifier {
    /// Nothing: the date is as it stands.
    None,
    /// `?`: the source is doubtful.
    Uncertain,
    /// `~`: an estimate.
    Approximate,
    /// `%`: a doubtful estimate.
    Both,
}

impl Qualifier {
    const fn bits(self) -> u8 {
        self as u8
    }

    const fn from_bits(bits: u8) -> Qualifier {
        match bits & 3 {
            0 => Qualifier::None,
            1 => Qualifier::Uncertain,
            2 => Qualifier::Approximate,
            _ => Qualifier::Both,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
enum Kind {
    Date,
    Open,
    Unknown,
}

/// Which digits are `X`. The discriminants are those of [`PackedEdtf`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
enum Unspecified {
    Nothing = 0,
    /// `201X`
    Decade = 1,
    /// `20XX`
    Century = 2,
    /// `1XXX`
    Millennium = 3,
    /// `2004-XX`
    Month = 4,
    /// `2004-06-XX`
    Day = 5,
    /// `2004-XX-XX`
    MonthAndDay = 6,
}

/// One date of an [`Edtf`], or the open or unknown end of one. 12 bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Point {
    /// The smallest in amount where digits are unspecified: 2010 for `201X`, −100 for `-01XX`.
    year: i32,
    /// 0 if there is none; 21 to 24 is a season.
    month: u8,
    /// 0 if there is none.
    day: u8,
    kind: Kind,
    qualifier: Qualifier,
    unspecified: Unspecified,
}

impl Point {
    const OPEN: Point = Point::date(0, 0, 0).of_kind(Kind::Open);
    const UNKNOWN: Point = Point::date(0, 0, 0).of_kind(Kind::Unknown);

    const fn date(year: i32, month: u8, day: u8) -> Point {
        Point { year, month, day, kind: Kind::Date, qualifier: Qualifier::None, unspecified: Unspecified::Nothing }
    }

    const fn of_kind(self, kind: Kind) -> Point {
        Point { kind, ..self }
    }

    /// A date, and not an open or unknown end.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// let lasting = Edtf::parse("2019-04/..").unwrap();
    /// assert!(lasting.first().is_date() && !lasting.last().is_date());
    /// ```
    pub const fn is_date(&self) -> bool {
        matches!(self.kind, Kind::Date)
    }

    /// `..`: there is no end, or no bound.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert!(Edtf::parse("2019-04/..").unwrap().last().is_open());
    /// ```
    pub const fn is_open(&self) -> bool {
        matches!(self.kind, Kind::Open)
    }

    /// The empty end of an interval: there is one, but nobody knows when.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert!(Edtf::parse("2019-04/").unwrap().last().is_unknown());
    /// ```
    pub const fn is_unknown(&self) -> bool {
        matches!(self.kind, Kind::Unknown)
    }

    /// The astronomical year (0 is 1 BCE); with [unspecified digits](Point::unspecified_year_digits), those are 0.
    /// 0 if this is no date.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert_eq!(Edtf::parse("2016-04-01").unwrap().first().year(), 2016);
    /// assert_eq!(Edtf::parse("201X").unwrap().first().year(), 2010);
    /// ```
    pub const fn year(&self) -> i32 {
        self.year
    }

    /// How many digits of the year are `X`: 1 in `201X`, 2 in `20XX`, 3 in `1XXX`, otherwise 0.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert_eq!(Edtf::parse("201X").unwrap().first().unspecified_year_digits(), 1);
    /// assert_eq!(Edtf::parse("2016").unwrap().first().unspecified_year_digits(), 0);
    /// ```
    pub const fn unspecified_year_digits(&self) -> u8 {
        match self.unspecified {
            Unspecified::Decade => 1,
            Unspecified::Century => 2,
            Unspecified::Millennium => 3,
            _ => 0,
        }
    }

    /// The month, 1 to 12, if it is known.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert_eq!(Edtf::parse("2016-04").unwrap().first().month(), Some(4));
    /// assert_eq!(Edtf::parse("2016-XX").unwrap().first().month(), None);
    /// ```
    pub const fn month(&self) -> Option<u8> {
        match self.month {
            1..=12 => Some(self.month),
            _ => None,
        }
    }

    /// The season: 21 spring, 22 summer, 23 autumn, 24 winter.
    ///
    /// EDTF leaves open which months these are. Here they are those of the northern hemisphere, by whole months:
    /// March to May, June to August, September to November, December to February of the next year.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// let winter = Edtf::parse("2016-24").unwrap();
    /// assert_eq!(winter.first().season(), Some(24));
    /// assert_eq!(winter.as_of().ymd(), (2017, 2, 28));
    /// ```
    pub const fn season(&self) -> Option<u8> {
        match self.month {
            21..=24 => Some(self.month),
            _ => None,
        }
    }

    /// The day of the month, if it is known.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert_eq!(Edtf::parse("2016-04-01").unwrap().first().day(), Some(1));
    /// assert_eq!(Edtf::parse("2016-04").unwrap().first().day(), None);
    /// ```
    pub const fn day(&self) -> Option<u8> {
        match self.day {
            0 => None,
            day => Some(day),
        }
    }

    /// `2004-XX` or `2004-XX-XX`: in some month, but which is not said.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert!(Edtf::parse("2004-XX").unwrap().first().is_month_unspecified());
    /// assert!(!Edtf::parse("2004").unwrap().first().is_month_unspecified(), "it does not speak of a month");
    /// ```
    pub const fn is_month_unspecified(&self) -> bool {
        matches!(self.unspecified, Unspecified::Month | Unspecified::MonthAndDay)
    }

    /// `2004-06-XX` or `2004-XX-XX`: on some day, but which is not said.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert!(Edtf::parse("2004-06-XX").unwrap().first().is_day_unspecified());
    /// ```
    pub const fn is_day_unspecified(&self) -> bool {
        matches!(self.unspecified, Unspecified::Day | Unspecified::MonthAndDay)
    }

    /// How far this point is to be trusted.
    ///
    /// ```
    /// use nenpyo_schema::{Edtf, Qualifier};
    /// let date = Edtf::parse("2016?/2019").unwrap();
    /// assert_eq!(date.first().qualifier(), Qualifier::Uncertain);
    /// assert_eq!(date.last().qualifier(), Qualifier::None);
    /// ```
    pub const fn qualifier(&self) -> Qualifier {
        self.qualifier
    }

    /// The first and the last year that it can mean.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert_eq!(Edtf::parse("201X").unwrap().first().years(), (2010, 2019));
    /// assert_eq!(Edtf::parse("-01XX").unwrap().first().years(), (-199, -100));
    /// ```
    pub const fn years(&self) -> (i32, i32) {
        let others = match self.unspecified {
            Unspecified::Decade => 9,
            Unspecified::Century => 99,
            Unspecified::Millennium => 999,
            _ => 0,
        };
        if self.year < 0 {
            (self.year.saturating_sub(others), self.year)
        } else {
            (self.year, self.year.saturating_add(others))
        }
    }

    /// The first and the last day that it can mean; [`Day::MIN`] and [`Day::MAX`] if this is no date.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// let (first, last) = Edtf::parse("2016-02").unwrap().first().days();
    /// assert_eq!((first.ymd(), last.ymd()), ((2016, 2, 1), (2016, 2, 29)));
    /// ```
    pub const fn days(&self) -> (Day, Day) {
        if !self.is_date() {
            return (Day::MIN, Day::MAX);
        }
        let (first_year, last_year) = self.years();
        let (first_month, last_month, later_years) = months(self.month);
        let last_year = last_year.saturating_add(later_years);
        let (first_day, last_day) = match self.day {
            0 => (1, Day::days_in_month(last_year, last_month)),
            day => (day, day),
        };
        (Day::saturating(first_year, first_month, first_day), Day::saturating(last_year, last_month, last_day))
    }

    /// A `Y` year, of more than four digits.
    const fn is_long(&self) -> bool {
        self.year < -FOUR_DIGITS || self.year > FOUR_DIGITS
    }

    /// Fully specified, unqualified, and no season: the only dates between which EDTF lets a set range.
    const fn is_plain(&self) -> bool {
        matches!(self.unspecified, Unspecified::Nothing)
            && matches!(self.qualifier, Qualifier::None)
            && self.season().is_none()
    }

    /// Whether the fields of a date go together; what parsing refuses with better words, unpacking refuses here.
    const fn is_sound(&self) -> bool {
        if matches!(self.unspecified, Unspecified::Nothing) && self.month == 0 && self.day == 0 {
            return true;
        }
        if self.is_long() {
            return false;
        }
        match (self.unspecified, self.month, self.day) {
            (Unspecified::Nothing, 21..=24, 0) => true,
            (Unspecified::Nothing, 1..=12, day) => day <= Day::days_in_month(self.year, self.month),
            (Unspecified::Decade, 0, 0) => self.year % 10 == 0,
            (Unspecified::Century, 0, 0) => self.year % 100 == 0,
            (Unspecified::Millennium, 0, 0) => self.year % 1000 == 0,
            (Unspecified::Day, month, 0) => matches!(month, 1..=12),
            (Unspecified::Month | Unspecified::MonthAndDay, month, 0) => month == 0,
            _ => false,
        }
    }
}

/// The first and the last month that a month, season or none can mean, and by how many years the last one is later.
const fn months(month: u8) -> (u8, u8, i32) {
    match month {
        0 => (1, 12, 0),
        21 => (3, 5, 0),
        22 => (6, 8, 0),
        23 => (9, 11, 0),
        24 => (12, 2, 1),
        month => (month, month, 0),
    }
}

/// The four days of a date: when it began and ended, each at the earliest and at the latest. 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Days {
    /// The first day on which it can have begun.
    pub begin_earliest: Day,
    /// The last day on which it can have begun.
    pub begin_latest: Day,
    /// The first day on which it can have ended.
    pub end_earliest: Day,
    /// The last day on which it can have ended.
    pub end_latest: Day,
}

/// A date in EDTF. 28 bytes; [`pack`](Edtf::pack)ed 9.
///
/// A day, a month, a year or a set is *one unknown day*: it begins and ends on the same one.
/// Only `/` makes a date *lasting*.
///
/// ```
/// use nenpyo_schema::{Day, Edtf};
/// let date: Edtf = "[2016-04..2019-04]".parse().unwrap();
/// let day = |year, month, day| Day::from_ymd(year, month, day).unwrap();
/// assert_eq!(date.days().begin_earliest, day(2016, 4, 1));
/// assert_eq!(date.as_of(), day(2019, 4, 30));
/// assert!(date.possibly_within(day(2018, 1, 1), day(2018, 12, 31)));
/// assert!(!date.surely_within(day(2018, 1, 1), day(2018, 12, 31)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Edtf {
    form: Form,
    first: Point,
    last: Point,
}

/// Why two points cannot make a date; the parser adds where.
enum Flaw {
    NoDate,
    Reversed,
    /// The set ranges from or to something vague.
    VagueFirst,
    VagueLast,
}

impl Edtf {
    /// The only way to make one of points that are sound.
    const fn new(form: Form, first: Point, last: Point) -> Result<Edtf, Flaw> {
        let date = Edtf { form, first, last };
        match date.flaw() {
            Some(flaw) => Err(flaw),
            None => Ok(date),
        }
    }

    /// Why its points, each of them sound, cannot make a date.
    const fn flaw(&self) -> Option<Flaw> {
        let Edtf { form, first, last } = self;
        if !first.is_date() && !last.is_date() {
            return Some(Flaw::NoDate);
        }
        match form {
            Form::Single if !first.is_date() => return Some(Flaw::NoDate),
            Form::OneOf if first.is_unknown() || last.is_unknown() => return Some(Flaw::NoDate),
            Form::OneOf if first.is_date() && last.is_date() => {
                if !first.is_plain() {
                    return Some(Flaw::VagueFirst);
                }
                if !last.is_plain() {
                    return Some(Flaw::VagueLast);
                }
            }
            _ => {}
        }
        // Where an end is open, its days are all days and nothing is reversed.
        // Years so far away that their days saturate are compared as years.
        let days_are_reversed = first.days().0.number() > last.days().1.number();
        if days_are_reversed || (first.is_long() && last.is_long() && first.year > last.year) {
            return Some(Flaw::Reversed);
        }
        None
    }

    const fn single(point: Point) -> Edtf {
        Edtf { form: Form::Single, first: point, last: point }
    }

    const fn if_sound(point: Point) -> Option<Edtf> {
        if point.is_sound() { Some(Edtf::single(point)) } else { None }
    }

    /// A day; `None` if there is no such day, or its year needs more than four digits, which EDTF gives no days.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert_eq!(Edtf::from_ymd(2016, 4, 1), Edtf::parse("2016-04-01").ok());
    /// assert_eq!(Edtf::from_ymd(2017, 2, 29), None);
    /// ```
    pub const fn from_ymd(year: i32, month: u8, day: u8) -> Option<Edtf> {
        match (month, day) {
            (1..=12, 1..) => Edtf::if_sound(Point::date(year, month, day)),
            _ => None,
        }
    }

    /// A month; `None` if there is no such month, or its year needs more than four digits.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert_eq!(Edtf::from_ym(2019, 5).unwrap().to_string(), "2019-05");
    /// assert_eq!(Edtf::from_ym(2019, 21), None, "seasons are only read");
    /// ```
    pub const fn from_ym(year: i32, month: u8) -> Option<Edtf> {
        match month {
            1..=12 => Edtf::if_sound(Point::date(year, month, 0)),
            _ => None,
        }
    }

    /// A year.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert_eq!(Edtf::from_year(2016).to_string(), "2016");
    /// assert_eq!(Edtf::from_year(12_016).to_string(), "Y12016");
    /// ```
    pub const fn from_year(year: i32) -> Edtf {
        Edtf::single(Point::date(year, 0, 0))
    }

    /// A day; `None` if its year needs more than four digits.
    ///
    /// ```
    /// use nenpyo_schema::{Day, Edtf};
    /// let day = Day::from_ymd(2016, 4, 1).unwrap();
    /// assert_eq!(Edtf::from_day(day).unwrap().certain_day(), Some(day));
    /// ```
    pub const fn from_day(day: Day) -> Option<Edtf> {
        let (year, month, day) = day.ymd();
        Edtf::from_ymd(year, month, day)
    }

    /// Reads EDTF. No spaces, no abbreviations, nothing before or after.
    ///
    /// ```
    /// use nenpyo_schema::{Edtf, EdtfError};
    /// assert!(Edtf::parse("2017-07-25/2017-07-26").unwrap().is_lasting());
    /// assert_eq!(Edtf::parse("2017-02-29"), Err(EdtfError::DayOutOfRange(8)));
    /// ```
    pub fn parse(text: &str) -> Result<Edtf, EdtfError> {
        parse::parse(text)
    }

    /// One date, an interval or a set.
    ///
    /// ```
    /// use nenpyo_schema::{Edtf, Form};
    /// assert_eq!(Edtf::parse("2016").unwrap().form(), Form::Single);
    /// assert_eq!(Edtf::parse("2016/2019").unwrap().form(), Form::Interval);
    /// assert_eq!(Edtf::parse("[2016..2019]").unwrap().form(), Form::OneOf);
    /// ```
    pub const fn form(&self) -> Form {
        self.form
    }

    /// The date itself, the begin of an interval, or the lower end of a set.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert_eq!(Edtf::parse("2016/2019").unwrap().first().year(), 2016);
    /// ```
    pub const fn first(&self) -> Point {
        self.first
    }

    /// The date itself, the end of an interval, or the upper end of a set.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert_eq!(Edtf::parse("2016/2019").unwrap().last().year(), 2019);
    /// assert_eq!(Edtf::parse("2016").unwrap().last().year(), 2016, "of a single date, the date itself");
    /// ```
    pub const fn last(&self) -> Point {
        self.last
    }

    /// The days that it can mean. Qualifiers do not move them.
    ///
    /// An open end is [`Day::MIN`] or [`Day::MAX`] itself. An unknown begin is any day up to the latest end,
    /// an unknown end any day from the earliest begin.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// let days = Edtf::parse("2016-04/2019").unwrap().days();
    /// assert_eq!((days.begin_earliest.ymd(), days.begin_latest.ymd()), ((2016, 4, 1), (2016, 4, 30)));
    /// assert_eq!((days.end_earliest.ymd(), days.end_latest.ymd()), ((2019, 1, 1), (2019, 12, 31)));
    /// ```
    pub const fn days(&self) -> Days {
        let (first_earliest, first_latest) = self.first.days();
        // A single date has its point twice.
        let is_single = matches!(self.form, Form::Single);
        let (last_earliest, last_latest) = if is_single { (first_earliest, first_latest) } else { self.last.days() };
        if !self.is_lasting() {
            return Days {
                begin_earliest: first_earliest,
                begin_latest: last_latest,
                end_earliest: first_earliest,
                end_latest: last_latest,
            };
        }
        let (begin_earliest, begin_latest) = match self.first.kind {
            Kind::Date => (first_earliest, first_latest),
            Kind::Open => (Day::MIN, Day::MIN),
            Kind::Unknown => (Day::MIN, last_latest),
        };
        let (end_earliest, end_latest) = match self.last.kind {
            Kind::Date => (last_earliest, last_latest),
            Kind::Open => (Day::MAX, Day::MAX),
            Kind::Unknown => (begin_earliest, Day::MAX),
        };
        Days { begin_earliest, begin_latest, end_earliest, end_latest }
    }

    /// What is to be doubted of any of its points: `?` here and `~` there are [`Qualifier::Both`].
    ///
    /// ```
    /// use nenpyo_schema::{Edtf, Qualifier};
    /// assert_eq!(Edtf::parse("2020-11?").unwrap().qualifier(), Qualifier::Uncertain);
    /// assert_eq!(Edtf::parse("2016?/2019~").unwrap().qualifier(), Qualifier::Both);
    /// ```
    pub const fn qualifier(&self) -> Qualifier {
        Qualifier::from_bits(self.first.qualifier.bits() | self.last.qualifier.bits())
    }

    /// Whether it is an interval, written with `/`.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert!(Edtf::parse("2016/2019").unwrap().is_lasting());
    /// assert!(!Edtf::parse("2016").unwrap().is_lasting(), "one unknown day of that year");
    /// ```
    pub const fn is_lasting(&self) -> bool {
        matches!(self.form, Form::Interval)
    }

    /// The last day that it can mean: "as of 2019" means the last day of 2019.
    ///
    /// ```
    /// use nenpyo_schema::{Day, Edtf};
    /// assert_eq!(Edtf::parse("2019-02").unwrap().as_of().ymd(), (2019, 2, 28));
    /// assert_eq!(Edtf::parse("2019/..").unwrap().as_of(), Day::MAX);
    /// ```
    pub const fn as_of(&self) -> Day {
        self.days().end_latest
    }

    /// Month and, if known, day of a single date or of the begin of an interval: for "on this day".
    /// `None` where the month is not known, and for a set.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert_eq!(Edtf::parse("2016-04-01").unwrap().month_and_day(), Some((4, Some(1))));
    /// assert_eq!(Edtf::parse("2016-04/2017").unwrap().month_and_day(), Some((4, None)));
    /// assert_eq!(Edtf::parse("2016").unwrap().month_and_day(), None);
    /// ```
    pub const fn month_and_day(&self) -> Option<(u8, Option<u8>)> {
        match (self.form, self.first.month()) {
            (Form::Single | Form::Interval, Some(month)) => Some((month, self.first.day())),
            _ => None,
        }
    }

    /// The day, if it can only be that one and nothing is doubted.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// assert_eq!(Edtf::parse("2016-04-01").unwrap().certain_day().unwrap().ymd(), (2016, 4, 1));
    /// assert_eq!(Edtf::parse("2016-04-01?").unwrap().certain_day(), None);
    /// ```
    pub const fn certain_day(&self) -> Option<Day> {
        let days = self.days();
        let one_day = days.begin_earliest.number() == days.end_latest.number();
        if one_day && matches!(self.qualifier(), Qualifier::None) { Some(days.begin_earliest) } else { None }
    }

    /// Whether all of it lies within these days (both included), whatever day it means, and nothing is doubted.
    ///
    /// ```
    /// use nenpyo_schema::{Day, Edtf};
    /// let (from, to) = (Day::from_ymd(2016, 1, 1).unwrap(), Day::from_ymd(2016, 12, 31).unwrap());
    /// assert!(Edtf::parse("2016-04").unwrap().surely_within(from, to));
    /// assert!(!Edtf::parse("2016-04~").unwrap().surely_within(from, to));
    /// ```
    pub fn surely_within(&self, from: Day, to: Day) -> bool {
        let days = self.days();
        days.begin_earliest >= from && days.end_latest <= to && self.qualifier() == Qualifier::None
    }

    /// Whether it can lie within these days (both included): one unknown day can be one of them,
    /// and something lasting can have begun and ended there.
    ///
    /// ```
    /// use nenpyo_schema::{Day, Edtf};
    /// let (from, to) = (Day::from_ymd(2016, 1, 1).unwrap(), Day::from_ymd(2016, 12, 31).unwrap());
    /// assert!(Edtf::parse("201X").unwrap().possibly_within(from, to));
    /// assert!(!Edtf::parse("2016/2017").unwrap().possibly_within(from, to), "it ended in another year");
    /// ```
    pub fn possibly_within(&self, from: Day, to: Day) -> bool {
        let days = self.days();
        // Without the overlap, `2016/2016-03` would pass for the summer of 2016: begun late, ended early, never both.
        let fits = !self.is_lasting() || days.begin_latest >= from && days.end_earliest <= to;
        fits && self.overlaps(from, to)
    }

    /// Whether it can have been going on on any of these days (both included).
    ///
    /// ```
    /// use nenpyo_schema::{Day, Edtf};
    /// let (from, to) = (Day::from_ymd(2016, 1, 1).unwrap(), Day::from_ymd(2016, 12, 31).unwrap());
    /// assert!(Edtf::parse("2015/..").unwrap().overlaps(from, to));
    /// assert!(!Edtf::parse("2017").unwrap().overlaps(from, to));
    /// ```
    pub fn overlaps(&self, from: Day, to: Day) -> bool {
        let days = self.days();
        days.begin_earliest <= to && days.end_latest >= from
    }

    /// As 9 bytes for a table; `None` if a year is outside −9999..=9999.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// let date = Edtf::parse("201X").unwrap();
    /// assert_eq!(date.pack().unwrap().unpack(), Some(date));
    /// assert_eq!(Edtf::from_year(12_016).pack(), None);
    /// ```
    pub const fn pack(&self) -> Option<PackedEdtf> {
        PackedEdtf::of(self)
    }
}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Edtf, EdtfError> {
        Edtf::parse(text)
    }
}

#[cfg(test)]
mod tests;
