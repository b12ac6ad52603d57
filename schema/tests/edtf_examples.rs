//! EDTF is read as other people read it: held to the examples of one published package, to another package on
//! generated texts, and to a list of malformed texts that both refuse.
//!
//! - `edtf_examples.tsv`: the test examples of the Python package `edtf` 5.0.2 (`PyPI`, MIT licence).
//!   Each deliberate difference stands in its row, with the reason.
//! - The crate `edtf-core` 1.2.3 (MIT OR Apache-2.0), a dev-dependency that nothing else uses.
//!   The deliberate differences are the named conditions in [`generated_texts_are_read_as_edtf_core_reads_them`].

use edtf_core::{Bound, BoundDate};
use nenpyo_schema::{Day, Edtf, EdtfError, Qualifier};

/// The rows of a file without its comments.
fn rows(file: &str) -> impl Iterator<Item = &str> {
    file.lines().filter(|line| !line.starts_with('#'))
}

/// Undoes the escapes that the files name.
fn unescaped(text: &str) -> String {
    let escapes = [
        ("\\e", ""),
        ("\\s", " "),
        ("\\t", "\t"),
        ("\\n", "\n"),
        ("\\0", "\0"),
        ("\\u{feff}", "\u{feff}"),
        ("\\u{200b}", "\u{200b}"),
        ("\\u{a0}", "\u{a0}"),
    ];
    escapes.iter().fold(text.to_string(), |text, (escape, character)| text.replace(escape, character))
}

/// A bound as the Python package writes it.
fn bound(text: &str) -> Day {
    match text {
        "-inf" => Day::MIN,
        "inf" => Day::MAX,
        _ => {
            let (year, month_day) =
                text.rsplit_once('-').and_then(|(rest, day)| Some((rest.rsplit_once('-')?, day))).unwrap();
            let (year, month, day) = (year.0, year.1, month_day);
            Day::from_ymd(year.parse().unwrap(), month.parse().unwrap(), day.parse().unwrap()).unwrap()
        }
    }
}

#[test]
fn the_examples_of_the_python_package_hold() {
    let mut agreeing = [0; 5];
    for row in rows(include_str!("edtf_examples.tsv")) {
        let mut cells: Vec<&str> = row.split('\t').collect();
        cells.resize(6, "");
        let [level, text, first, last, ours, reason] = cells[..] else { panic!("{row}") };
        let found = Edtf::parse(&unescaped(text));
        let differs = !ours.is_empty() && level != "bad";
        assert_eq!(differs, !reason.is_empty(), "a difference needs a reason: {row}");
        if ours == "refused" {
            assert!(found.is_err(), "{row}");
            continue;
        }
        let date = found.unwrap_or_else(|error| panic!("{row}: {error}"));
        if level == "qualifier" {
            let expected = match first {
                "uncertain" => Qualifier::Uncertain,
                "approximate" => Qualifier::Approximate,
                "both" => Qualifier::Both,
                _ => Qualifier::None,
            };
            assert_eq!(date.qualifier(), expected, "{row}");
        } else {
            let (first, last) = ours.split_once(' ').unwrap_or((first, last));
            let days = date.days();
            assert_eq!((days.begin_earliest, days.end_latest), (bound(first), bound(last)), "{row}");
        }
        let column = match level {
            "0" => 0,
            "1" => 1,
            "2" => 2,
            _ => 3,
        };
        agreeing[column] += usize::from(!differs);
    }
    // Of level 0 all but the times, of level 1 all but seven bounds, of level 2 what is supported.
    assert_eq!(agreeing[..3], [12, 31, 8]);
}

#[test]
fn malformed_texts_are_refused_here_and_by_edtf_core() {
    let mut texts: Vec<String> = rows(include_str!("malformed_dates.txt")).map(unescaped).collect();
    let all = texts.len();
    for text in &texts {
        let error = Edtf::parse(text).expect_err(text);
        assert!(error.offset() <= text.len(), "{text:?}: {error:?}");
        // What is malformed is not merely unsupported: it is EDTF of no level.
        assert!(!edtf_core::is_valid(text), "{text:?}");
    }
    texts.sort_unstable();
    texts.dedup();
    assert_eq!(texts.len(), all, "a text stands twice");
    assert!(all >= 250, "{all}");
}

/// Pseudo-random numbers that are the same on every machine (xorshift32).
struct Random(u32);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as usize % limit
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// A date of any level, often right, sometimes not.
fn date(random: &mut Random) -> String {
    let mut text = String::from(random.of(&["", "", "", "", "", "", "", "-", "Y", "Y-", "?", "~"]));
    if random.below(3) == 0 {
        text +=
            random.of(&["0000", "201X", "20XX", "1XXX", "XXXX", "1X99", "198", "170000002", "999999999999", "10000"]);
    } else {
        let year = format!("{:04}", random.below(2100));
        text += &year;
    }
    text += random.of(&["", "", "", "", "", "", "", "S2", "E3", "?", "~"]);
    for _ in 0..random.below(3) {
        text += random.of(&["-", "-", "-", "-", "-", "-", "-", "-?", "-~", ""]);
        text += random.of(&[
            "01", "02", "04", "12", "29", "30", "31", "21", "24", "25", "13", "00", "41", "42", "XX", "XX", "X1", "1X",
            "4",
        ]);
        text += random.of(&["", "", "", "", "", "", "", "", "~", "%"]);
    }
    text + random.of(&["", "", "", "", "", "?", "~", "%", "??", "T10:00:00", "Z", " "])
}

fn text(random: &mut Random) -> String {
    let (a, b) = (date(random), date(random));
    match random.below(16) {
        0 => format!("{a}/{b}"),
        1 => format!("{a}/.."),
        2 => format!("{a}/"),
        3 => format!("../{b}"),
        4 => format!("/{b}"),
        5 => format!("[{a}..{b}]"),
        6 => format!("[{a}..]"),
        7 => format!("[..{b}]"),
        8 => format!(
            "{}{a}{}{b}{}",
            random.of(&["[", "{", "..", ""]),
            random.of(&[",", "/", "..", "//"]),
            random.of(&["]", "}", "..", ""])
        ),
        _ => a,
    }
}

#[test]
fn generated_texts_are_read_as_edtf_core_reads_them() {
    let mut random = Random(20_160_401);
    let (mut read, mut refused) = (std::collections::BTreeSet::new(), 0);
    for _ in 0..400_000 {
        let text = text(&mut random);
        let (ours, theirs) = (Edtf::parse(&text), edtf_core::Edtf::parse(&text));
        match (ours, theirs) {
            (Err(_), Err(_)) => refused += 1,
            (Ok(date), Ok(other)) => {
                assert_eq!(date.to_string(), other.to_string());
                bounds_agree(&text, &date, other.bounds());
                let doubts = (other.is_uncertain(), other.is_approximate());
                let expected = match date.qualifier() {
                    Qualifier::None => (false, false),
                    Qualifier::Uncertain => (true, false),
                    Qualifier::Approximate => (false, true),
                    Qualifier::Both => (true, true),
                };
                assert_eq!(doubts, expected, "{text}");
                read.insert(text);
            }
            (Ok(_), Err(error)) => {
                // `-01XX`: the Python package reads it as level 1, and so do we.
                let negative_unspecified = text.contains('-') && text.contains('X');
                // `[2016-04..2019]`: a curator may know one end better than the other.
                let mixed_precision = error.message.contains("share precision");
                assert!(negative_unspecified || mixed_precision, "{text}: {error}");
            }
            (Err(error), Ok(other)) => {
                let level_2 = matches!(error, EdtfError::Unsupported(_)) && other.level() == 2;
                let time = matches!(error, EdtfError::Time(_)) && matches!(other, edtf_core::Edtf::DateTime(_));
                // `?2016` says of its only component what `2016?` says of the date: level 1 in another spelling.
                let other_spelling = matches!(error, EdtfError::Unsupported(_)) && text != other.to_string();
                let beyond_32_bits = matches!(error, EdtfError::YearOutOfRange(_)) && text.contains('Y');
                assert!(level_2 || time || other_spelling || beyond_32_bits, "{text}: {error:?}");
            }
        }
    }
    assert!(read.len() > 5_000 && refused > 50_000, "{} {refused}", read.len());
}

fn bounds_agree(text: &str, date: &Edtf, theirs: edtf_core::Bounds) {
    let day = |BoundDate { year, month, day }: BoundDate| {
        let saturated = if year < 0 { Day::MIN } else { Day::MAX };
        i32::try_from(year).ok().and_then(|year| Day::from_ymd(year, month, day)).unwrap_or(saturated)
    };
    let days = date.days();
    let earliest = match theirs.earliest {
        Bound::Date(date) => day(date),
        Bound::NegativeInfinity | Bound::Unknown => Day::MIN,
        Bound::PositiveInfinity => Day::MAX,
    };
    let latest = match theirs.latest {
        Bound::Date(date) => day(date),
        Bound::NegativeInfinity => Day::MIN,
        Bound::PositiveInfinity | Bound::Unknown => Day::MAX,
    };
    assert_eq!((days.begin_earliest, days.end_latest), (earliest, latest), "{text}");
}
