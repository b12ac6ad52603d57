//! Writes a known day as somebody might know it, and texts with and without ruby.

use std::fmt::Write as _;

use nenpyo::Day;

use crate::oracle::dice::Dice;

/// What writes: chance and the languages.
pub(crate) struct Pen {
    pub(crate) dice: Dice,
    pub(crate) languages: Vec<&'static str>,
    /// Whether it doubts every date that it writes and tells few of them to the day.
    pub(crate) vague: bool,
}

/// The day before all others, written `..`.
pub(crate) const ALWAYS: i32 = i32::MIN / 2;
/// The day after all others, written `..`.
pub(crate) const STILL: i32 = i32::MAX / 2;

/// Words with one reading each; the same word never has another.
const JAPANESE: [&str; 8] = [
    "｜量子《りょうし》",
    "研究《けんきゅう》",
    "の",
    "｜QST《キューエスティー》",
    "ビーム",
    "、",
    "｜々《のま》",
    "2016",
];
const OTHER: [&str; 8] = ["fusion", "naïve", "QST", "of", "“quoted”", "42", "\\\"said\\\"", "—"];

/// The days from the first to the last of these years.
pub(crate) fn range((first, last): (i32, i32)) -> (i32, i32) {
    let day = |year, month, day| Day::from_ymd(year, month, day).unwrap().number();
    (day(first, 1, 1), day(last, 12, 31))
}

fn year(year: i32) -> String {
    format!("{}{:04}", if year < 0 { "-" } else { "" }, year.abs())
}

/// A year whose last digits are not known.
fn years(number: i32, unknown: usize) -> String {
    let text = year(number);
    format!("{}{}", &text[..text.len() - unknown], "X".repeat(unknown))
}

/// A day, exactly.
pub(crate) fn exactly(day: i32) -> String {
    let (y, m, d) = Day::from_number(day).ymd();
    format!("{}-{m:02}-{d:02}", year(y))
}

fn month(day: i32) -> String {
    let (y, m, _) = Day::from_number(day).ymd();
    format!("{}-{m:02}", year(y))
}

/// The season that holds the day; winter belongs to the year in which it begins.
fn season(day: i32) -> String {
    let (y, m, _) = Day::from_number(day).ymd();
    match m {
        1 | 2 => format!("{}-24", year(y - 1)),
        12 => format!("{}-24", year(y)),
        _ => format!("{}-{}", year(y), 20 + m / 3),
    }
}

/// `from` and `to` as they stand in a table.
pub(crate) fn period(from: Option<&str>, to: Option<&str>) -> Vec<String> {
    let from = from.map(|from| format!("from = \"{from}\""));
    from.into_iter().chain(to.map(|to| format!("to = \"{to}\""))).collect()
}

impl Pen {
    /// A date without brackets that can mean this day.
    fn point(&mut self, day: i32) -> String {
        let (y, _, _) = Day::from_number(day).ymd();
        let plain = match self.dice.below(if self.vague { 19 } else { 40 }) {
            0..=5 => month(day),
            6..=9 => year(y),
            // There is no year −0, so `-000X` and `-00XX` are no dates.
            10 if !(-9..0).contains(&y) => years(y, 1),
            11 if !(-99..0).contains(&y) => years(y, 2),
            12 if y.abs() >= 1000 => years(y, 3),
            13 | 14 => season(day),
            15 => format!("{}-XX", month(day)),
            16 => format!("{}-XX", year(y)),
            17 => format!("{}-XX-XX", year(y)),
            _ => exactly(day),
        };
        let marks = if self.vague { ["?", "~", "%"].as_slice() } else { &["", "", "", "", "", "", "", "?", "~", "%"] };
        let mark = self.dice.of(marks);
        format!("{plain}{mark}")
    }

    /// A plain date around a day: the end of a set.
    fn around(&mut self, day: i32) -> String {
        if self.dice.chance(60) { exactly(day) } else { month(day) }
    }

    /// One unknown day that can be this one.
    fn one_day(&mut self, day: i32) -> String {
        let width = |pen: &mut Self| if pen.dice.chance(30) { 0 } else { pen.dice.between(0, 900) };
        match self.dice.below(12) {
            0 | 1 => {
                let (before, after) = (width(self), width(self));
                format!("[{}..{}]", self.around(day - before), self.around(day + after))
            }
            2 => format!("[..{}]", self.around(day + 20)),
            3 => format!("[{}..]", self.around(day - 20)),
            _ => self.point(day),
        }
    }

    /// The end of a period on this day.
    pub(crate) fn bound(&mut self, day: i32) -> String {
        if day == ALWAYS || day == STILL { "..".to_owned() } else { self.one_day(day) }
    }

    /// A date of any form between two days.
    pub(crate) fn date(&mut self, first: i32, last: i32) -> String {
        let day = self.dice.between(first, last);
        match self.dice.below(20) {
            0..=2 => {
                let long = self.dice.chance(25);
                let end = self.dice.between(day, if long { last } else { last.min(day.saturating_add(400)) });
                format!("{}/{}", self.point(day), self.point(end))
            }
            3 => format!("{}/..", self.point(day)),
            4 => format!("../{}", self.point(day)),
            5 => format!("{}/", self.point(day)),
            6 => format!("/{}", self.point(day)),
            _ => self.one_day(day),
        }
    }

    /// A text in every language, as a field.
    pub(crate) fn text(&mut self, text: &mut String, field: &str) {
        for language in self.languages.clone() {
            let words = self.words(language);
            let _ = writeln!(text, "{field}.{language} = \"{words}\"");
        }
    }

    /// A text in every language, as fields of a row.
    pub(crate) fn row(&mut self) -> String {
        let field = |pen: &mut Self, language: &str| format!("{language} = \"{}\"", pen.words(language));
        let languages = self.languages.clone();
        languages.into_iter().map(|language| field(self, language)).collect::<Vec<_>>().join(", ")
    }

    /// A few words.
    fn words(&mut self, language: &str) -> String {
        let (all, between) = if language == "ja" { (JAPANESE, "") } else { (OTHER, " ") };
        // The first ones are words; a text of marks alone says nothing.
        let first = self.dice.of(&all[..4]);
        let more = self.dice.below(5);
        std::iter::once(first).chain((0..more).map(|_| self.dice.of(&all))).collect::<Vec<_>>().join(between)
    }

    /// Perhaps a list of languages whose title is our own.
    pub(crate) fn descriptive(&mut self, text: &mut String) {
        if let Some(field) = self.ours() {
            let _ = writeln!(text, "{field}");
        }
    }

    /// The same for a row.
    pub(crate) fn ours(&mut self) -> Option<String> {
        if !self.dice.chance(25) {
            return None;
        }
        let count = self.languages.len();
        let some: Vec<String> =
            self.dice.some(count, count).into_iter().map(|at| format!("\"{}\"", self.languages[at])).collect();
        (!some.is_empty()).then(|| format!("descriptive = [{}]", some.join(", ")))
    }
}
