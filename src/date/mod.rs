//! Dates in words: `2016年4月1日`, `平成28年4月1日`, `1 April 2016`, and whatever else a date in EDTF can say.
//!
//! ```
//! use nenpyo::date::{self, Edtf};
//! let date: Edtf = "2017-07-25/2017-07-26".parse().unwrap();
//! let mut line = heapless::String::<64>::new();
//! date::japanese(date).write_to(&mut line).unwrap();
//! assert_eq!(line, "2017年7月25日〜26日");
//! let line = date::japanese_era(date).to_heapless::<64>().unwrap();
//! assert_eq!(line, "平成29年7月25日〜26日");
//! assert_eq!(date::english(date).to_heapless::<64>().unwrap(), "25–26 July 2017");
//! ```

mod english;
mod era;
mod japanese;
mod lunar;
#[cfg(test)]
mod tests;

use core::fmt::{self, Write};

pub use nenpyo_schema::{Day, Days, Edtf, EdtfError, Form, Point, Qualifier};

pub use self::era::{Era, EraDate};

/// A date in Japanese, in the Western calendar.
///
/// The rules are this crate's own, kept by `words.tsv` beside this file.
/// How an unknown, vague or lasting date is put follows the practice of Japanese chronicles:
/// `以前` and `以降` include the date itself, `ごろ` is an estimate, `（推定）` a doubtful source.
/// Years before 1 are `紀元前`, counted as historians do (EDTF's year 0 is `紀元前1年`); those before 1000 are `西暦`.
/// A season is that of Japan, by whole months; winter belongs to two years.
/// Only the wordings that are used are linked; this one alone is 2.5 KB of flash on a Cortex-M0, and no RAM.
///
/// ```
/// use nenpyo::date::{self, Edtf};
/// let words = |text: &str| date::japanese(text.parse::<Edtf>().unwrap()).to_heapless::<96>().unwrap();
/// assert_eq!(words("2016-04-01"), "2016年4月1日");
/// assert_eq!(words("[2016-04..2019-04]"), "2016年4月から2019年4月までのある日");
/// assert_eq!(words("[..2017-09]"), "2017年9月以前");
/// assert_eq!(words("2020-11?"), "2020年11月（推定）");
/// assert_eq!(words("2016~"), "2016年ごろ");
/// assert_eq!(words("201X"), "2010年代");
/// ```
pub const fn japanese(date: Edtf) -> Words {
    Words { date, write: japanese::western }
}

/// A date in Japanese, in the years of the eras since Meiji ([`Era`]), and in the calendar of the time:
/// until 1872-12-31 (明治5年12月2日) the months are lunar.
///
/// What holds more than one era, year or lunar month names each, and dates that begin before 1868-01-25 (明治元年1月1日)
/// are given in the Western calendar, as are decades and centuries, which the eras do not have.
/// Otherwise as [`japanese`]. This wording alone is 5.3 KB of flash on a Cortex-M0, with eras and lunar months, and no RAM.
///
/// ```
/// use nenpyo::date::{self, Edtf};
/// let words = |text: &str| date::japanese_era(text.parse::<Edtf>().unwrap()).to_heapless::<96>().unwrap();
/// assert_eq!(words("2016-04-01"), "平成28年4月1日");
/// assert_eq!(words("2019-05"), "令和元年5月");
/// assert_eq!(words("2019"), "平成31年・令和元年");
/// assert_eq!(words("1868-10-23"), "明治元年9月8日");
/// assert_eq!(words("1867-11-09"), "1867年11月9日");
/// ```
pub const fn japanese_era(date: Edtf) -> Words {
    Words { date, write: japanese::era }
}

/// A date in English, day before month, as British chronicles have it.
///
/// Years before 1 are `BCE`, counted as historians do (EDTF's year 0 is `1 BCE`); those before 1000 are `CE`.
/// This wording alone is 2.8 KB of flash on a Cortex-M0 (all three are 7.3 KB), and no RAM.
///
/// ```
/// use nenpyo::date::{self, Edtf};
/// let words = |text: &str| date::english(text.parse::<Edtf>().unwrap()).to_heapless::<96>().unwrap();
/// assert_eq!(words("2016-04-01"), "1 April 2016");
/// assert_eq!(words("[2016-04..2019-04]"), "between April 2016 and April 2019");
/// assert_eq!(words("[..2017-09]"), "by September 2017");
/// assert_eq!(words("2019-04-01/.."), "since 1 April 2019");
/// assert_eq!(words("2020-11?"), "November 2020 (uncertain)");
/// assert_eq!(words("2016~"), "about 2016");
/// ```
pub const fn english(date: Edtf) -> Words {
    Words { date, write: english::write }
}

/// A date in words, ready to be written somewhere. 32 bytes on 32-bit targets; nothing is written before it is asked for.
///
/// It writes the words alone: width and other options of a format string are ignored.
#[derive(Clone, Copy)]
pub struct Words {
    date: Edtf,
    // A function and not a choice of three, so that a firmware that shows one wording links one.
    write: fn(&mut Pen<'_>, &Edtf),
}

impl Words {
    /// The longest that any date becomes, in bytes of UTF-8.
    pub const MAX_BYTES: usize = 165;

    /// Writes the words.
    ///
    /// ```
    /// use nenpyo::date::{self, Edtf};
    /// let mut text = heapless::String::<32>::new();
    /// date::english(Edtf::from_year(2016)).write_to(&mut text).unwrap();
    /// assert_eq!(text, "2016");
    /// ```
    pub fn write_to(&self, out: &mut impl Write) -> fmt::Result {
        Pen::with(out, |pen| (self.write)(pen, &self.date))
    }

    /// The words in a string of up to `N` bytes; an error if they are longer.
    ///
    /// ```
    /// use nenpyo::date::{self, Edtf, Words};
    /// let words = date::japanese(Edtf::from_year(2016));
    /// assert_eq!(words.to_heapless::<7>().unwrap(), "2016年");
    /// assert!(words.to_heapless::<6>().is_err());
    /// assert!(words.to_heapless::<{ Words::MAX_BYTES }>().is_ok());
    /// ```
    pub fn to_heapless<const N: usize>(&self) -> Result<heapless::String<N>, fmt::Error> {
        let mut text = heapless::String::new();
        self.write_to(&mut text)?;
        Ok(text)
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_to(f)
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_to(f)
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Words {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "{}", defmt::Display2Format(self));
    }
}

/// Where words go. When something cannot be written, nothing behind it is, and whoever asked for the words is told.
struct Pen<'o> {
    out: &'o mut dyn Out,
    result: fmt::Result,
}

impl Pen<'_> {
    fn with(out: &mut impl Write, write: impl FnOnce(&mut Pen<'_>)) -> fmt::Result {
        let mut pen = Pen { out, result: Ok(()) };
        write(&mut pen);
        pen.result
    }

    #[inline(never)]
    fn write_str(&mut self, text: &str) {
        if self.result.is_ok() {
            self.result = self.out.write_str(text);
        }
    }

    /// In ASCII digits, without the padding and sign machinery of `core::fmt`.
    #[inline(never)]
    fn write_number(&mut self, number: u32) {
        let mut unit: u32 = 1_000_000_000;
        let mut begun = false;
        while unit > 0 {
            let digit = (number / unit % 10) as usize;
            begun |= digit > 0 || unit == 1;
            if begun {
                self.write_str("0123456789".get(digit..digit.wrapping_add(1)).unwrap_or_default());
            }
            unit /= 10;
        }
    }
}

/// What a pen writes to. An object of `core::fmt::Write` would bring all of formatting with it, by what it can do besides.
trait Out {
    fn write_str(&mut self, text: &str) -> fmt::Result;
}

impl<W: Write> Out for W {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        Write::write_str(self, text)
    }
}

/// A year as historians count: its number, and whether it is before the common era.
fn historical(year: i32) -> (u32, bool) {
    if year > 0 { (year.unsigned_abs(), false) } else { (year.unsigned_abs().saturating_add(1), true) }
}

/// `~` or `%`: an estimate.
fn is_approximate(point: &Point) -> bool {
    matches!(point.qualifier(), Qualifier::Approximate | Qualifier::Both)
}

/// `?` or `%`: a doubtful source.
fn is_uncertain(point: &Point) -> bool {
    matches!(point.qualifier(), Qualifier::Uncertain | Qualifier::Both)
}

/// Nothing but a year, a month or a day: the second of two such dates need not repeat what the first one said.
fn is_plain(point: &Point) -> bool {
    point.is_date()
        && point.qualifier() == Qualifier::None
        && point.unspecified_year_digits() == 0
        && point.season().is_none()
        && !point.is_month_unspecified()
        && !point.is_day_unspecified()
}

/// How much of a date the one before it has said already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Year,
    YearAndMonth,
}

/// What two plain dates of the same precision share.
fn shared(first: &Point, last: &Point) -> Said {
    let same_precision =
        first.month().is_some() == last.month().is_some() && first.day().is_some() == last.day().is_some();
    if !(is_plain(first) && is_plain(last) && same_precision && first.year() == last.year()) {
        Said::Nothing
    } else if first.day().is_some() && first.month() == last.month() {
        Said::YearAndMonth
    } else if first.month().is_some() {
        Said::Year
    } else {
        Said::Nothing
    }
}
