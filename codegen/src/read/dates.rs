//! Says of a text that is no date what is wrong with it and what was perhaps meant. Host only.

use nenpyo_schema::{Day, Edtf, EdtfError};

use crate::problem::{narrow, quoted};

/// What is wrong with a text that is not EDTF, and what to do.
pub(crate) fn explained(text: &str, error: EdtfError) -> (String, String) {
    let text_shown = quoted(text);
    let examples = "write for example `2016-04-01`, `2016-04`, `2016?` or `2017-07-25/2017-07-26`";
    let meant = repaired(text).map(|date| format!("did you mean {}?", quoted(&date)));
    let wrong = match error {
        EdtfError::Empty => return ("the date is empty".to_owned(), format!("{examples}, or leave the field out")),
        EdtfError::Syntax(_) => {
            return (format!("{text_shown} is not a date in EDTF"), meant.unwrap_or(examples.to_owned()));
        }
        _ => error.to_string(),
    };
    // The schema says what is wrong and, after a semicolon, what would be right.
    let (wrong, right) = wrong.split_once("; ").unwrap_or((&wrong, "correct the date"));
    let right = match error {
        EdtfError::DayOutOfRange(at) => days_of_month(text, at.into()),
        EdtfError::IntervalReversed(_) | EdtfError::SetReversed(_) => {
            Some("exchange the two, or correct one".to_owned())
        }
        EdtfError::NoDate(_) => Some(format!("{examples}, or leave the field out")),
        _ => meant,
    }
    .unwrap_or(right.to_owned());
    (format!("{text_shown} is not a date: {wrong}"), right)
}

/// Which days the month has that stands before a byte of a text: `2016-02-` has 1 to 29.
fn days_of_month(text: &str, at: usize) -> Option<String> {
    let month = text.get(..at)?.strip_suffix('-')?;
    let (year, month) = month.get(month.len().checked_sub(7)?..)?.split_once('-')?;
    let days = Day::days_in_month(year.parse().ok()?, month.parse().ok()?);
    (days > 0).then(|| format!("write a day from `01` to `{days}`"))
}

/// The date that was meant by other usual notations, if they are clear.
fn repaired(text: &str) -> Option<String> {
    // `～` is the usual mark of a range, and not `~`.
    let plain: String = text.chars().map(|c| if matches!(c, '〜' | '～') { '|' } else { narrow(c) }).collect();
    let plain = plain.trim().trim_start_matches('(').trim_end_matches(')').to_lowercase();
    let date = moment(&plain).or_else(|| fiscal_year(&plain)).or_else(|| range(&plain))?;
    (date != text && Edtf::parse(&date).is_ok()).then_some(date)
}

/// `2016/4/1`, `2016年4月1日`, `平成28年4月1日`, `H28.4.1`, `1 April 2016`, `20160401`, `about 2016`.
fn moment(text: &str) -> Option<String> {
    let text = text.trim();
    for about in ["about ", "around ", "circa ", "ca. ", "c. ", "約"] {
        if let Some(rest) = text.strip_prefix(about) {
            return moment(rest).map(|date| date + "~");
        }
    }
    for about in ["頃", "ごろ"] {
        if let Some(rest) = text.strip_suffix(about) {
            return moment(rest).map(|date| date + "~");
        }
    }
    let (body, mark) = match text.strip_suffix(['?', '~', '%']) {
        Some(body) => (body, &text[body.len()..]),
        None => (text, ""),
    };
    // A time of day is left out.
    let body = body.split_once('t').map_or(body, |(day, time)| if time.contains(':') { day } else { body });
    let date = of_era(body).or_else(|| in_words(body)).or_else(|| in_numbers(body))?;
    Edtf::parse(&date).is_ok().then(|| date + mark)
}

fn in_numbers(text: &str) -> Option<String> {
    let is_digit = |c: char| c.is_ascii_digit();
    if text.len() == 8 && text.chars().all(is_digit) {
        return Some(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
    }
    let marks = ['-', '–', '—', '−', '‐', '‑', '/', '.', ' ', '年', '月', '日'];
    let mut parts: Vec<&str> = text.split(marks).map(str::trim).collect();
    if parts.last() == Some(&"") {
        parts.pop();
    }
    let (year, others) = parts.split_first()?;
    let fits = |part: &&str| matches!(part.len(), 1 | 2) && part.chars().all(is_digit);
    if year.len() != 4 || !year.chars().all(is_digit) || others.len() > 2 || !others.iter().all(fits) {
        return None;
    }
    Some(parts.iter().map(|part| format!("{part:0>2}")).collect::<Vec<_>>().join("-"))
}

fn of_era(text: &str) -> Option<String> {
    const ERAS: [(&str, char, u32); 5] =
        [("明治", 'm', 1867), ("大正", 't', 1911), ("昭和", 's', 1925), ("平成", 'h', 1988), ("令和", 'r', 2018)];
    let (rest, before) = ERAS.iter().find_map(|(name, letter, before)| {
        let rest = text.strip_prefix(name).or_else(|| text.strip_prefix(*letter))?;
        Some((rest.trim(), before))
    })?;
    let rest = rest.strip_prefix('元').map_or(rest.to_owned(), |rest| format!("1{rest}"));
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let year: u32 = rest[..digits].parse().ok().filter(|year| (1..=64).contains(year))?;
    // Until then months were those of the moon.
    let is_lunar = *before == 1867 && year < 6 && !rest[digits..].trim_start_matches('年').is_empty();
    if is_lunar { None } else { in_numbers(&format!("{}{}", before + year, &rest[digits..])) }
}

fn in_words(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let (mut year, mut month, mut day) = (None, None, None);
    for word in text.split([' ', ',', '.', '-']).filter(|word| !word.is_empty()) {
        let number = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        if let Ok(number) = number.parse::<u32>() {
            let place = if word.len() == 4 { &mut year } else { &mut day };
            if place.replace(number).is_some() {
                return None;
            }
        } else {
            let found = MONTHS.iter().position(|name| word.len() >= 3 && word.starts_with(name))?;
            if month.replace(found + 1).is_some() {
                return None;
            }
        }
    }
    let date = format!("{:04}-{:02}", year?, month?);
    Some(day.map_or(date.clone(), |day| format!("{date}-{day:02}")))
}

/// `2016年度`: in Japan from April to March.
fn fiscal_year(text: &str) -> Option<String> {
    let year: u32 = moment(text.strip_suffix("年度")?)?.parse().ok()?;
    Some(format!("{year}-04/{}-03", year + 1))
}

/// `2016-2017`, `2016 to 2017`, `2016..2017`, `since 2016`.
fn range(text: &str) -> Option<String> {
    if let Some(rest) = text.strip_prefix("since ").or_else(|| text.strip_prefix("from ")) {
        return Some(format!("{}/..", moment(rest)?));
    }
    if let Some((first, last)) = text.split_once("..") {
        return Some(format!("[{}..{}]", moment(first)?, moment(last)?));
    }
    let (first, last) = ["|", " to ", " - ", " – ", ", ", "から", "/", "-", "–", "−"]
        .iter()
        .filter_map(|mark| text.split_once(mark))
        .find(|(first, _)| first.is_empty() || moment(first).is_some())?;
    let last = last.trim_end_matches("まで").trim();
    match (moment(first), moment(last)) {
        (Some(first), Some(last)) => Some(format!("{first}/{last}")),
        (Some(first), None) if last.is_empty() => Some(format!("{first}/..")),
        (None, Some(last)) if first.is_empty() => Some(format!("../{last}")),
        // The end leaves out what it shares with the beginning: `2016-04-01/03`, `2016年4月1日〜3日`.
        (Some(first), None) => {
            let end = last.trim_end_matches('日').replace('月', "-");
            let parts: Vec<String> = end.split(['-', '/', '.']).map(|part| format!("{part:0>2}")).collect();
            let end = parts.join("-");
            let shared = first.len().checked_sub(end.len())?;
            Some(format!("{first}/{}{end}", &first[..shared]))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{explained, repaired};
    use nenpyo_schema::Edtf;

    #[test]
    fn other_notations_of_a_day_are_understood() {
        for text in [
            "2016/4/1",
            "2016.04.01",
            "2016-4-1",
            "2016年4月1日",
            " 2016-04-01",
            "２０１６－０４－０１",
            "2016年４月１日",
            "平成28年4月1日",
            "H28.4.1",
            "1 April 2016",
            "April 1st, 2016",
            "20160401",
            "2016–04–01",
            "2016-04-01T09:00",
            "(2016-04-01)",
            "2016 04 01",
        ] {
            assert_eq!(repaired(text).as_deref(), Some("2016-04-01"), "{text}");
        }
    }

    #[test]
    fn other_notations_of_other_dates_are_understood() {
        for (text, date) in [
            ("2016/4?", "2016-04?"),
            ("about 2016", "2016~"),
            ("2016年頃", "2016~"),
            ("R1", "2019"),
            ("令和元年5月1日", "2019-05-01"),
            ("明治元年", "1868"),
            ("2016年度", "2016-04/2017-03"),
            ("2016-2017", "2016/2017"),
            ("2016〜2017", "2016/2017"),
            ("2016～", "2016/.."),
            ("since 2016", "2016/.."),
            ("2016..2017", "[2016..2017]"),
            ("2016-04-01 - 2016-04-03", "2016-04-01/2016-04-03"),
            ("2016-04-01/03", "2016-04-01/2016-04-03"),
            ("2016年4月1日〜4月3日", "2016-04-01/2016-04-03"),
            ("April 2016", "2016-04"),
        ] {
            assert_eq!(repaired(text).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn what_is_not_clear_is_not_guessed() {
        for text in
            ["1.4.2016", "4/1/2016", "soon", "不明", "16-04-01", "明治5年10月1日", "2016-02-30", "", "量", "2016-Q1"]
        {
            assert_eq!(repaired(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_too_late_is_told_the_days_of_its_month() {
        for (text, days) in [("2016-02-30", "29"), ("2016/2017-02-29", "28"), ("[..2017-04-31]", "30")] {
            let (_, advice) = explained(text, Edtf::parse(text).unwrap_err());
            assert_eq!(advice, format!("write a day from `01` to `{days}`"), "{text}");
        }
    }
}
