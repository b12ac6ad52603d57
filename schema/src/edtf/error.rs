//! What is wrong with a text that should be EDTF.

use core::fmt;

/// Why a text is not EDTF, or not EDTF that is supported. 2 bytes; carries the byte where it went wrong.
///
/// The byte is a `u8`: nothing that is EDTF up to that place is longer than 30 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum EdtfError {
    /// There is no text.
    Empty,
    /// Something else should stand here.
    Syntax(u8),
    /// There is no such year: `-0000`, a `Y` year of four digits, or one beyond 32 bits.
    YearOutOfRange(u8),
    /// There is no such month or season.
    MonthOutOfRange(u8),
    /// That month has no such day.
    DayOutOfRange(u8),
    /// The interval ends before it begins, whatever days its ends mean.
    IntervalReversed(u8),
    /// The set ends before it begins.
    SetReversed(u8),
    /// Neither end is a date: `/`, `../..`, `[..]`.
    NoDate(u8),
    /// A time of day: times are not dates.
    Time(u8),
    /// EDTF of level 2 that is not supported.
    Unsupported(u8),
}

impl EdtfError {
    /// The byte of the text where it went wrong.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// let error = Edtf::parse("2017-02-29").unwrap_err();
    /// assert_eq!(&"2017-02-29"[error.offset()..], "29");
    /// ```
    pub const fn offset(&self) -> usize {
        match *self {
            EdtfError::Empty => 0,
            EdtfError::Syntax(at)
            | EdtfError::YearOutOfRange(at)
            | EdtfError::MonthOutOfRange(at)
            | EdtfError::DayOutOfRange(at)
            | EdtfError::IntervalReversed(at)
            | EdtfError::SetReversed(at)
            | EdtfError::NoDate(at)
            | EdtfError::Time(at)
            | EdtfError::Unsupported(at) => at as usize,
        }
    }
}

impl fmt::Display for EdtfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            EdtfError::Empty => "a date is missing",
            EdtfError::Syntax(_) => "not a date in EDTF, such as `2016-04-01`, `2016-04?` or `2017/2019`",
            EdtfError::YearOutOfRange(_) => {
                "no such year; years are `0000` to `9999`, `-0001` to `-9999` and `Y10000` on"
            }
            EdtfError::MonthOutOfRange(_) => "no such month; months are `01` to `12`, seasons `21` to `24`",
            EdtfError::DayOutOfRange(_) => "that month has no such day",
            EdtfError::IntervalReversed(_) => "the interval ends before it begins",
            EdtfError::SetReversed(_) => "the set ends before it begins",
            EdtfError::NoDate(_) => "one of the two ends must be a date",
            EdtfError::Time(_) => "times are not dates; leave the time out",
            EdtfError::Unsupported(_) => {
                "this is EDTF of level 2; of that level only `[a..b]`, `[a..]` and `[..b]` are supported"
            }
        })
    }
}

impl core::error::Error for EdtfError {}
