//! The Japanese wordings. What the two calendars write differently is one function; all around it is the same.

use nenpyo_schema::{Edtf, Form, Point};

use super::{EraDate, Pen, Said, historical, is_approximate, is_plain, is_uncertain, lunar, shared};

/// Writes a date that has no unspecified digits in its year, down to its month or day, in some calendar.
/// `before` is a plain date that has just been said; what it shares with this one need not be repeated.
type Calendar = fn(out: &mut Pen<'_>, point: &Point, before: Option<&Point>);

pub(super) fn western(out: &mut Pen<'_>, date: &Edtf) {
    write(out, date, western_date);
}

pub(super) fn era(out: &mut Pen<'_>, date: &Edtf) {
    write(out, date, era_date);
}

fn write(out: &mut Pen<'_>, date: &Edtf, calendar: Calendar) {
    let (first, last) = (&date.first(), &date.last());
    match date.form() {
        Form::Single => phrase(out, first, calendar, ""),
        Form::Interval => interval(out, first, last, calendar),
        Form::OneOf if last.is_open() => phrase(out, first, calendar, "以降"),
        Form::OneOf if first.is_open() => phrase(out, last, calendar, "以前"),
        Form::OneOf if first == last && first.day().is_some() => phrase(out, first, calendar, ""),
        Form::OneOf if first == last => phrase(out, first, calendar, "のある日"),
        Form::OneOf => {
            calendar(out, first, None);
            out.write_str("から");
            calendar(out, last, Some(first));
            let years = first.month().is_none() && last.month().is_none();
            out.write_str(if years { "までのある年" } else { "までのある日" });
        }
    }
}

fn interval(out: &mut Pen<'_>, first: &Point, last: &Point, calendar: Calendar) {
    if first == last && is_plain(first) {
        let span = if first.day().is_some() { "" } else { "のある期間" };
        phrase(out, first, calendar, span);
        return;
    }
    match (first.is_date(), last.is_date()) {
        (true, true) => {
            phrase(out, first, calendar, "");
            out.write_str("〜");
            if is_plain(last) { calendar(out, last, Some(first)) } else { phrase(out, last, calendar, "") }
        }
        (true, false) => {
            phrase(out, first, calendar, "");
            out.write_str(if last.is_open() { "から" } else { "から（終わりは不明）" });
        }
        _ => {
            phrase(out, last, calendar, "");
            out.write_str(if first.is_open() { "まで" } else { "まで（始まりは不明）" });
        }
    }
}

/// A date with what is unsaid and doubted of it; `after` stands behind the date itself, before any doubt.
fn phrase(out: &mut Pen<'_>, point: &Point, calendar: Calendar, after: &str) {
    let about = if is_approximate(point) { "ごろ" } else { "" };
    if point.unspecified_year_digits() > 0 {
        years(out, point, about);
    } else {
        calendar(out, point, None);
        out.write_str(about);
    }
    if point.is_day_unspecified() {
        out.write_str("のある日");
    } else if point.is_month_unspecified() {
        out.write_str("のある月");
    }
    out.write_str(after);
    if is_uncertain(point) {
        out.write_str("（推定）");
    }
}

/// A decade where it has a name, otherwise the years of which it is one.
///
/// `2000年代` may mean ten years, a hundred or a thousand, so the first decade of a century is spelled out.
fn years(out: &mut Pen<'_>, point: &Point, about: &str) {
    let (first, last) = point.years();
    if point.unspecified_year_digits() == 1 && first > 0 && first % 100 != 0 {
        western_number(out, first);
        out.write_str("年代");
        out.write_str(about);
        return;
    }
    western_year(out, first);
    out.write_str(about);
    out.write_str("から");
    western_year(out, last);
    out.write_str(about);
    out.write_str("までのある年");
}

fn western_number(out: &mut Pen<'_>, year: i32) {
    let (amount, before_common_era) = historical(year);
    if before_common_era {
        out.write_str("紀元前");
    } else if amount < 1000 {
        out.write_str("西暦");
    }
    out.write_number(amount);
}

fn western_year(out: &mut Pen<'_>, year: i32) {
    western_number(out, year);
    out.write_str("年");
}

fn western_date(out: &mut Pen<'_>, point: &Point, before: Option<&Point>) {
    let said = before.map_or(Said::Nothing, |before| shared(before, point));
    if point.season() == Some(24) {
        western_year(out, point.year());
        out.write_str("から");
        western_year(out, point.year().saturating_add(1));
        out.write_str("にかけての冬");
        return;
    }
    if said == Said::Nothing {
        western_year(out, point.year());
    }
    if let Some(month) = point.month()
        && said != Said::YearAndMonth
    {
        out.write_number(u32::from(month));
        out.write_str("月");
    }
    if let Some(day) = point.day() {
        out.write_number(u32::from(day));
        out.write_str("日");
    }
    out.write_str(season(point));
}

fn season(point: &Point) -> &'static str {
    match point.season() {
        Some(21) => "春",
        Some(22) => "夏",
        Some(23) => "秋",
        Some(24) => "冬",
        _ => "",
    }
}

/// The Japanese calendar on the first and the last day of a date, if it has eras on both.
fn era_dates(point: &Point) -> Option<(EraDate, EraDate)> {
    let (first, last) = point.days();
    Some((EraDate::of(first)?, EraDate::of(last)?))
}

fn era_date(out: &mut Pen<'_>, point: &Point, before: Option<&Point>) {
    let Some((first, last)) = era_dates(point) else {
        western_date(out, point, before);
        return;
    };
    if point.season() == Some(24) {
        first.write_year(out);
        out.write_str("から");
        last.write_year(out);
        out.write_str("にかけての冬");
        return;
    }
    if point.month().is_none() {
        first.write_year(out);
        if !first.is_same_year(last) {
            out.write_str("・");
            last.write_year(out);
        }
        out.write_str(season(point));
        return;
    }
    // In the era calendar, what the date before has said must be seen there: its last day is what was said last.
    let said = before.filter(|before| shared(before, point) != Said::Nothing).and_then(era_dates).map(|(_, last)| last);
    if point.day().is_some() {
        match said {
            Some(said) if said.is_same_month(first) => {}
            Some(said) if said.is_same_year(first) => first.write_month(out),
            _ => {
                first.write_year(out);
                first.write_month(out);
            }
        }
        first.write_day(out);
        return;
    }
    if !said.is_some_and(|said| said.is_same_year(first)) {
        first.write_year(out);
    }
    first.write_month(out);
    // Before 1873 a month of the Western calendar falls into two lunar months or three.
    let (mut day, last_day) = point.days();
    let mut written = first;
    while !written.is_same_month(last) {
        day = lunar::of(day).map_or(last_day, |lunar| lunar.next_month.min(last_day));
        let Some(next) = EraDate::of(day) else {
            break;
        };
        out.write_str("・");
        if !next.is_same_year(written) {
            next.write_year(out);
        }
        next.write_month(out);
        written = next;
    }
}
