//! EDTF as text: the canonical form, of which each date has one.

use core::fmt::{self, Write};

use super::{Edtf, Form, Kind, Point, Qualifier, Unspecified};

impl Edtf {
    /// Writes the canonical form, which `{}` shows too, without the machinery of `core::fmt`.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    ///
    /// ```
    /// use nenpyo_schema::Edtf;
    /// # extern crate std; use std::string::String;
    /// let mut text = String::new();
    /// Edtf::parse("[2016-04..]").unwrap().write_to(&mut text).unwrap();
    /// assert_eq!(text, "[2016-04..]");
    /// ```
    pub fn write_to(&self, f: &mut impl Write) -> fmt::Result {
        match self.form {
            Form::Single => point(f, &self.first),
            Form::Interval => {
                interval_end(f, &self.first)?;
                f.write_char('/')?;
                interval_end(f, &self.last)
            }
            Form::OneOf => {
                f.write_char('[')?;
                if self.first.is_date() {
                    point(f, &self.first)?;
                }
                f.write_str("..")?;
                if self.last.is_date() {
                    point(f, &self.last)?;
                }
                f.write_char(']')
            }
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_to(f)
    }
}

/// As it is written: `Edtf(2016-04)`. What is derived for its numbers can panic.
impl fmt::Debug for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Edtf(")?;
        fmt::Display::fmt(self, f)?;
        f.write_char(')')
    }
}

/// As it is written at the end of an interval: `Point(2016-04)`, `Point(..)`, `Point()`.
impl fmt::Debug for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Point(")?;
        interval_end(f, self)?;
        f.write_char(')')
    }
}

fn interval_end(out: &mut impl Write, end: &Point) -> fmt::Result {
    match end.kind {
        Kind::Date => point(out, end),
        Kind::Open => out.write_str(".."),
        Kind::Unknown => Ok(()),
    }
}

fn point(out: &mut impl Write, date: &Point) -> fmt::Result {
    year(out, date)?;
    match date.unspecified {
        Unspecified::Month => out.write_str("-XX")?,
        Unspecified::MonthAndDay => out.write_str("-XX-XX")?,
        _ if date.month == 0 => {}
        _ => {
            two_digits(out, date.month)?;
            if matches!(date.unspecified, Unspecified::Day) {
                out.write_str("-XX")?;
            } else if date.day != 0 {
                two_digits(out, date.day)?;
            }
        }
    }
    out.write_str(match date.qualifier {
        Qualifier::None => "",
        Qualifier::Uncertain => "?",
        Qualifier::Approximate => "~",
        Qualifier::Both => "%",
    })
}

fn year(out: &mut impl Write, date: &Point) -> fmt::Result {
    if date.is_long() {
        out.write_char('Y')?;
    }
    if date.year < 0 {
        out.write_char('-')?;
    }
    let amount = date.year.unsigned_abs();
    // Ten digits are enough for 32 bits; all years but the long ones have four.
    let mut unit: u32 = 1_000_000_000;
    let mut begun = false;
    let unspecified: u32 = match date.unspecified_year_digits() {
        1 => 10,
        2 => 100,
        3 => 1000,
        _ => 1,
    };
    while unit > 0 {
        let digit = (amount / unit) % 10;
        begun |= digit != 0 || unit <= 1000;
        if begun {
            out.write_char(if unit < unspecified { 'X' } else { char::from(b'0' + digit as u8) })?;
        }
        unit /= 10;
    }
    Ok(())
}

fn two_digits(out: &mut impl Write, number: u8) -> fmt::Result {
    out.write_char('-')?;
    out.write_char(char::from(b'0' + number / 10 % 10))?;
    out.write_char(char::from(b'0' + number % 10))
}
