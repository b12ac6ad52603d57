//! The English wording.

use nenpyo_schema::{Edtf, Form, Point};

use super::{Pen, Said, historical, is_approximate, is_plain, is_uncertain, shared};

pub(super) fn write(out: &mut Pen<'_>, date: &Edtf) {
    let (first, last) = (&date.first(), &date.last());
    match date.form() {
        Form::Single => phrase(out, first),
        Form::Interval => interval(out, first, last),
        Form::OneOf if last.is_open() => {
            out.write_str(if first.day().is_some() { "on or after " } else { "in or after " });
            phrase(out, first);
        }
        Form::OneOf if first.is_open() => {
            out.write_str("by ");
            phrase(out, last);
        }
        Form::OneOf if first == last => {
            out.write_str(if first.day().is_some() { "" } else { "some day in " });
            phrase(out, first);
        }
        Form::OneOf => {
            out.write_str("between ");
            without(out, first, shared(first, last));
            out.write_str(" and ");
            phrase(out, last);
        }
    }
}

fn interval(out: &mut Pen<'_>, first: &Point, last: &Point) {
    match (first.is_date(), last.is_date()) {
        (true, true) if first == last && is_plain(first) => {
            out.write_str(if first.day().is_some() { "" } else { "a period in " });
            phrase(out, first);
        }
        (true, true) => {
            let years = is_plain(first) && is_plain(last) && first.month().is_none() && last.month().is_none();
            if years && is_same_count(first.year(), last.year()) {
                year_range(out, first.year(), last.year());
                return;
            }
            let said = shared(first, last);
            if said == Said::Nothing {
                phrase(out, first);
            } else {
                without(out, first, said);
            }
            // Single words on both sides take a closed dash, phrases a spaced one.
            let words = said == Said::YearAndMonth || (said == Said::Year && first.day().is_none());
            out.write_str(if words { "–" } else { " – " });
            phrase(out, last);
        }
        (true, false) if last.is_open() => {
            out.write_str("since ");
            phrase(out, first);
        }
        (true, false) => {
            out.write_str("from ");
            phrase(out, first);
            out.write_str(" (end unknown)");
        }
        _ => {
            out.write_str("until ");
            phrase(out, last);
            out.write_str(if first.is_open() { "" } else { " (beginning unknown)" });
        }
    }
}

/// A date with what is unsaid and doubted of it.
fn phrase(out: &mut Pen<'_>, point: &Point) {
    let about = if is_approximate(point) { "about " } else { "" };
    if point.unspecified_year_digits() > 0 {
        years(out, point, about);
    } else {
        out.write_str(match (point.is_day_unspecified(), point.is_month_unspecified()) {
            (true, _) => "some day in ",
            (false, true) => "some month in ",
            (false, false) => "",
        });
        out.write_str(about);
        without(out, point, Said::Nothing);
    }
    if is_uncertain(point) {
        out.write_str(" (uncertain)");
    }
}

/// A decade where it has a name, otherwise the years of which it is one.
///
/// "The 2000s" may be ten years, a hundred or a thousand, so the first decade of a century is spelled out.
fn years(out: &mut Pen<'_>, point: &Point, about: &str) {
    let (first, last) = point.years();
    if point.unspecified_year_digits() == 1 && first >= 1000 && first % 100 != 0 {
        out.write_str(about);
        out.write_str("the ");
        out.write_number(first.unsigned_abs());
        out.write_str("s");
        return;
    }
    out.write_str("some year from ");
    out.write_str(about);
    year(out, first);
    out.write_str(" to ");
    out.write_str(about);
    year(out, last);
}

/// A date that has no unspecified digits in its year, without what the date after it will say.
fn without(out: &mut Pen<'_>, point: &Point, said: Said) {
    match point.season() {
        Some(24) => {
            out.write_str("winter ");
            year_range(out, point.year(), point.year().saturating_add(1));
            return;
        }
        Some(23) => out.write_str("autumn "),
        Some(22) => out.write_str("summer "),
        Some(_) => out.write_str("spring "),
        None => {}
    }
    if let Some(day) = point.day() {
        out.write_number(u32::from(day));
        if said == Said::YearAndMonth {
            return;
        }
        out.write_str(" ");
    }
    if let Some(month) = point.month() {
        out.write_str(month_name(month));
        if said == Said::Year {
            return;
        }
        out.write_str(" ");
    }
    year(out, point.year());
}

fn year(out: &mut Pen<'_>, year: i32) {
    let (amount, before_common_era) = historical(year);
    out.write_number(amount);
    out.write_str(after_year(amount, before_common_era));
}

/// What tells a reader that a short number is a year.
fn after_year(amount: u32, before_common_era: bool) -> &'static str {
    if before_common_era {
        " BCE"
    } else if amount < 1000 {
        " CE"
    } else {
        ""
    }
}

/// Whether two years are counted alike, so that one word after them serves both.
fn is_same_count(first: i32, last: i32) -> bool {
    let count = |year| {
        let (amount, before_common_era) = historical(year);
        (before_common_era, before_common_era || amount < 1000)
    };
    count(first) == count(last)
}

fn year_range(out: &mut Pen<'_>, first: i32, last: i32) {
    if is_same_count(first, last) {
        out.write_number(historical(first).0);
        out.write_str("–");
    } else {
        year(out, first);
        out.write_str(" – ");
    }
    year(out, last);
}

fn month_name(month: u8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}
