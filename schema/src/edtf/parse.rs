//! EDTF from text: one pass, no lookahead beyond a byte, no recursion.

use super::{Edtf, EdtfError, Flaw, Form, Point, Qualifier, Unspecified};
use crate::Day;

pub(super) fn parse(text: &str) -> Result<Edtf, EdtfError> {
    let mut text = Cursor { rest: text.as_bytes(), at: 0 };
    match text.peek() {
        None => Err(EdtfError::Empty),
        Some(b'{') => Err(EdtfError::Unsupported(0)),
        Some(b'[') => set(&mut text),
        Some(_) => date_or_interval(&mut text),
    }
}

struct Cursor<'a> {
    rest: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    fn skip(&mut self) {
        if let Some((_, rest)) = self.rest.split_first() {
            self.rest = rest;
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.skip();
        }
        found
    }

    fn expect(&mut self, byte: u8) -> Result<(), EdtfError> {
        if self.eat(byte) { Ok(()) } else { Err(self.syntax()) }
    }

    fn end(&self) -> Result<(), EdtfError> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.syntax()) }
    }

    /// Where we stand; see [`EdtfError`] on why a byte is enough.
    fn here(&self) -> u8 {
        u8::try_from(self.at).unwrap_or(u8::MAX)
    }

    fn syntax(&self) -> EdtfError {
        EdtfError::Syntax(self.here())
    }

    fn unsupported(&self) -> EdtfError {
        EdtfError::Unsupported(self.here())
    }
}

fn date_or_interval(text: &mut Cursor<'_>) -> Result<Edtf, EdtfError> {
    let first = interval_end(text)?;
    if !text.eat(b'/') {
        text.end()?;
        return if first.is_date() { Ok(Edtf::single(first)) } else { Err(EdtfError::NoDate(0)) };
    }
    let last_at = text.here();
    let last = interval_end(text)?;
    // `2004-06-01/2004-06-20..`: ended on that day or later, level 2.
    if last.is_date() && text.rest == b".." {
        return Err(text.unsupported());
    }
    text.end()?;
    Edtf::new(Form::Interval, first, last).map_err(|flaw| match flaw {
        Flaw::Reversed => EdtfError::IntervalReversed(last_at),
        _ => EdtfError::NoDate(0),
    })
}

fn interval_end(text: &mut Cursor<'_>) -> Result<Point, EdtfError> {
    match text.peek() {
        None | Some(b'/') => Ok(Point::UNKNOWN),
        Some(b'.') => {
            text.skip();
            text.expect(b'.')?;
            match text.peek() {
                None | Some(b'/') => Ok(Point::OPEN),
                Some(_) => {
                    // `..2004-06-01/2004-06-20`: begun on that day or earlier, level 2.
                    let unsupported = text.unsupported();
                    date(text)?;
                    Err(if text.peek() == Some(b'/') { unsupported } else { text.syntax() })
                }
            }
        }
        Some(_) => date(text),
    }
}

fn set(text: &mut Cursor<'_>) -> Result<Edtf, EdtfError> {
    text.skip();
    let first_at = text.here();
    let first = if text.peek() == Some(b'.') { Point::OPEN } else { date(text)? };
    match text.peek() {
        // `[a]` and `[a,b]`: a set of single dates is level 2 that nobody needs here.
        Some(b',' | b']') if first.is_date() => return Err(text.unsupported()),
        _ => {
            text.expect(b'.')?;
            text.expect(b'.')?;
        }
    }
    let last_at = text.here();
    let last = if text.peek() == Some(b']') { Point::OPEN } else { date(text)? };
    if text.peek() == Some(b',') {
        return Err(text.unsupported());
    }
    text.expect(b']')?;
    text.end()?;
    Edtf::new(Form::OneOf, first, last).map_err(|flaw| match flaw {
        Flaw::Reversed => EdtfError::SetReversed(last_at),
        Flaw::NoDate => EdtfError::NoDate(first_at),
        Flaw::VagueFirst => EdtfError::Unsupported(first_at),
        Flaw::VagueLast => EdtfError::Unsupported(last_at),
    })
}

fn date(text: &mut Cursor<'_>) -> Result<Point, EdtfError> {
    component_is_unqualified(text)?;
    let point = if text.eat(b'Y') { long_year(text)? } else { year_month_day(text)? };
    match text.peek() {
        Some(b'T') => Err(EdtfError::Time(text.here())),
        _ => Ok(point),
    }
}

/// A qualifier before a component would qualify that one only: level 2.
fn component_is_unqualified(text: &Cursor<'_>) -> Result<(), EdtfError> {
    match text.peek() {
        Some(b'?' | b'~' | b'%') => Err(text.unsupported()),
        _ => Ok(()),
    }
}

/// The qualifier of the whole date; followed by more of the date it would be level 2.
fn qualifier(text: &mut Cursor<'_>) -> Result<Qualifier, EdtfError> {
    let qualifier = match text.peek() {
        Some(b'?') => Qualifier::Uncertain,
        Some(b'~') => Qualifier::Approximate,
        Some(b'%') => Qualifier::Both,
        _ => return Ok(Qualifier::None),
    };
    let unsupported = text.unsupported();
    text.skip();
    if text.peek() == Some(b'-') { Err(unsupported) } else { Ok(qualifier) }
}

/// After `Y`: more than four digits, and no month.
fn long_year(text: &mut Cursor<'_>) -> Result<Point, EdtfError> {
    let negative = text.eat(b'-');
    let out_of_range = EdtfError::YearOutOfRange(text.here());
    let mut amount: u32 = 0;
    while let Some(digit @ b'0'..=b'9') = text.peek() {
        if digit == b'0' && amount == 0 {
            return Err(out_of_range);
        }
        let more = amount.checked_mul(10).and_then(|tens| tens.checked_add(u32::from(digit - b'0')));
        amount = more.ok_or(out_of_range)?;
        text.skip();
    }
    match text.peek() {
        _ if amount == 0 => return Err(text.syntax()),
        Some(b'E' | b'S') => return Err(text.unsupported()),
        Some(b'-') => return Err(text.syntax()),
        _ if amount <= 9999 => return Err(out_of_range),
        _ => {}
    }
    let year = if negative { 0_i32.checked_sub_unsigned(amount) } else { i32::try_from(amount).ok() };
    let mut point = Point::date(year.ok_or(out_of_range)?, 0, 0);
    point.qualifier = qualifier(text)?;
    Ok(point)
}

fn year_month_day(text: &mut Cursor<'_>) -> Result<Point, EdtfError> {
    let mut point = year(text)?;
    if text.eat(b'-') {
        component_is_unqualified(text)?;
        let month_at = text.here();
        let month = two_digits(text)?;
        match month {
            // `156X-12`
            _ if point.unspecified_year_digits() > 0 => {
                return Err(EdtfError::Unsupported(month_at));
            }
            None => point.unspecified = Unspecified::Month,
            Some(month @ (1..=12 | 21..=24)) => point.month = month,
            Some(25..=41) => return Err(EdtfError::Unsupported(month_at)),
            Some(_) => return Err(EdtfError::MonthOutOfRange(month_at)),
        }
    }
    if point.month == 0 && !point.is_month_unspecified() {
        point.qualifier = qualifier(text)?;
        return Ok(point);
    }
    if text.eat(b'-') {
        day(text, &mut point)?;
    }
    point.qualifier = qualifier(text)?;
    Ok(point)
}

fn year(text: &mut Cursor<'_>) -> Result<Point, EdtfError> {
    let at = text.here();
    let negative = text.eat(b'-');
    let mut year = 0;
    let mut unspecified = 0;
    for _ in 0..4 {
        match text.peek() {
            // `1X99`: only the last digits may be unspecified in what is supported.
            Some(b'0'..=b'9') if unspecified > 0 => return Err(text.unsupported()),
            Some(digit @ b'0'..=b'9') => year = year * 10 + i32::from(digit - b'0'),
            Some(b'X') => {
                year *= 10;
                unspecified += 1;
            }
            _ => return Err(text.syntax()),
        }
        text.skip();
    }
    if text.peek() == Some(b'S') {
        return Err(text.unsupported());
    }
    if negative && year == 0 {
        return Err(EdtfError::YearOutOfRange(at));
    }
    let mut point = Point::date(if negative { -year } else { year }, 0, 0);
    point.unspecified = match unspecified {
        0 => Unspecified::Nothing,
        1 => Unspecified::Decade,
        2 => Unspecified::Century,
        3 => Unspecified::Millennium,
        _ => return Err(EdtfError::Unsupported(at)),
    };
    Ok(point)
}

fn day(text: &mut Cursor<'_>, point: &mut Point) -> Result<(), EdtfError> {
    component_is_unqualified(text)?;
    let at = text.here();
    match two_digits(text)? {
        None if point.is_month_unspecified() => point.unspecified = Unspecified::MonthAndDay,
        // `1560-XX-25`
        Some(_) if point.is_month_unspecified() => return Err(EdtfError::Unsupported(at)),
        _ if point.season().is_some() => return Err(EdtfError::DayOutOfRange(at)),
        None => point.unspecified = Unspecified::Day,
        Some(day) if day == 0 || day > Day::days_in_month(point.year, point.month) => {
            return Err(EdtfError::DayOutOfRange(at));
        }
        Some(day) => point.day = day,
    }
    Ok(())
}

/// A month or day: a number, or `None` for `XX`.
fn two_digits(text: &mut Cursor<'_>) -> Result<Option<u8>, EdtfError> {
    let at = text.here();
    let mut digits = [None; 2];
    for digit in &mut digits {
        match text.peek() {
            Some(byte @ b'0'..=b'9') => *digit = Some(byte - b'0'),
            Some(b'X') => {}
            _ => return Err(text.syntax()),
        }
        text.skip();
    }
    match digits {
        [Some(tens), Some(ones)] => Ok(Some(tens * 10 + ones)),
        [None, None] => Ok(None),
        // `1X`: level 2.
        _ => Err(EdtfError::Unsupported(at)),
    }
}
