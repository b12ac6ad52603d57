//! The shipped data, exhaustively: the baked chronicle and an opened one both equal the brute-force oracle.

#[path = "oracle/mod.rs"]
#[allow(dead_code, reason = "each test program uses its part of the oracle")]
mod oracle;

use std::collections::BTreeSet;

use nenpyo::{Chronicle, Day, QST, RecordKind};
use oracle::compare::Pair;
use oracle::dates::{End, Filter};
use oracle::dice::Dice;
use oracle::{Oracle, compiled, shipped_files};

/// Runs one claim on both homes of the same data, the file with either coding of texts.
fn on_both_homes(claim: impl Fn(Pair<'_>)) {
    let files = shipped_files();
    let oracle = Oracle::of(&files);
    let blob = compiled(&files);
    let dense = oracle::compiled_densely(&files);
    assert!(dense.len() < blob.len() * 3 / 4);
    let (opened, dense) = (Chronicle::open(&blob).unwrap(), Chronicle::open(&dense).unwrap());
    for chronicle in [&QST, &opened, &dense] {
        claim(Pair { chronicle, oracle: &oracle });
    }
}

fn day(year: i32, month: u8, day: u8) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

/// Every so many days of the years that the chronicle tells of, and each side of every day that matters.
fn days(oracle: &Oracle, step: usize) -> Vec<Day> {
    let (first, last) = (day(1955, 1, 1).number(), day(2027, 12, 31).number());
    let mut days: BTreeSet<i32> = (first..=last).step_by(step).collect();
    let mut around = |day: Day| days.extend([day.previous().number(), day.number(), day.next().number()]);
    for date in &oracle.dates {
        let days = date.days;
        for day in [days.begin_earliest, days.begin_latest, days.end_earliest, days.end_latest] {
            around(day);
        }
    }
    days.into_iter().map(Day::from_number).collect()
}

/// Each side of every day on which an organisation can have changed.
fn turning_days(oracle: &Oracle) -> BTreeSet<i32> {
    let mut turning = BTreeSet::new();
    for org in &oracle.orgs {
        let periods = std::iter::once(&org.existence)
            .chain(org.names.iter().map(|held| &held.period))
            .chain(org.kinds.iter().map(|held| &held.period))
            .chain(org.parents.iter().map(|held| &held.period))
            .chain(org.supervisors.iter().map(|held| &held.period));
        for end in periods.flat_map(|period| [&period.from, &period.to]) {
            let End::Date(date) = end else { continue };
            let days = date.days;
            for day in [days.begin_earliest, days.begin_latest, days.end_earliest, days.end_latest] {
                turning.extend([day.previous().number(), day.number(), day.next().number()]);
            }
        }
    }
    turning
}

fn edtf((year, month, day): (i32, u8, u8)) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

#[test]
fn everything_undated_agrees() {
    on_both_homes(|pair| pair.agree_on_everything_undated());
}

#[test]
fn opened_records_have_slugs() {
    let blob = compiled(&shipped_files());
    let opened = Chronicle::open(&blob).unwrap();
    assert!(opened.milestones().iter().all(|milestone| milestone.slug().is_some()));
    assert!(opened.sources().iter().all(|source| source.slug().is_some()));
}

#[test]
fn lookups_on_days_agree() {
    on_both_homes(|pair| {
        for day in days(pair.oracle, 37) {
            if (1..=9999).contains(&day.ymd().0) {
                pair.agree_on_span(&edtf(day.ymd()));
            }
        }
    });
}

#[test]
fn lookups_on_months_and_years_agree() {
    on_both_homes(|pair| {
        for year in 1955..=2027 {
            pair.agree_on_span(&format!("{year}"));
            for month in 1..=12 {
                pair.agree_on_span(&format!("{year}-{month:02}"));
            }
        }
    });
}

#[test]
fn lookups_on_other_spans_agree() {
    on_both_homes(|pair| {
        for span in [
            "2016/2019",
            "2016-04-01/..",
            "../2016-04-01",
            "/2016",
            "2016/",
            "201X",
            "20XX",
            "1XXX",
            "2019-21",
            "[2016-04..2019-04]",
            "[..2017-09]",
            "[2017-09..]",
            "2016?",
            "2016-04~",
            "-0500/1950",
            "9999",
            "-9999",
            "1950/2030",
            "2019-XX",
            "2019-04-XX",
            "2017-07-25/2017-07-26",
        ] {
            pair.agree_on_span(span);
        }
    });
}

#[test]
fn lookups_on_every_day_of_the_year_agree() {
    on_both_homes(|pair| pair.agree_on_every_day_of_the_year());
}

#[test]
fn milestones_of_units_agree() {
    on_both_homes(|pair| pair.agree_on_units(pair.oracle.all(RecordKind::Organization)));
}

#[test]
fn combined_filters_agree() {
    on_both_homes(|pair| {
        let mut dice = Dice(2016);
        for _ in 0..400 {
            let span = dice.chance(60).then(|| format!("{}/{}", 1990 + dice.below(20), 2010 + dice.below(17)));
            pair.agree_on_selection(&pair.random_filter(&mut dice, span));
        }
        pair.agree_on_selection(&Filter::default());
    });
}

#[test]
fn organizations_agree_on_every_turning_day() {
    on_both_homes(|pair| {
        let mut days = turning_days(pair.oracle);
        days.extend((day(1955, 1, 1).number()..=day(2027, 12, 31).number()).step_by(365));
        for number in days {
            let day = Day::from_number(number);
            pair.agree_on_tree(day, number % 5 == 0);
            for id in pair.oracle.all(RecordKind::Organization) {
                pair.agree_on_organization_at(id, day);
            }
        }
    });
}

#[test]
fn trees_agree_on_days_of_all_years() {
    on_both_homes(|pair| {
        for number in (day(1955, 1, 1).number()..=day(2027, 12, 31).number()).step_by(61) {
            pair.agree_on_tree(Day::from_number(number), false);
        }
        for extreme in [Day::MIN, Day::MAX, day(-9999, 1, 1), day(9999, 12, 31)] {
            pair.agree_on_tree(extreme, true);
        }
    });
}

#[test]
fn differences_agree_between_all_years() {
    on_both_homes(|pair| {
        let years: Vec<Day> =
            (1955..=2027).step_by(3).map(|year| day(year, 4, 30)).chain([Day::MIN, Day::MAX]).collect();
        for from in &years {
            for to in &years {
                pair.agree_on_differences(*from, *to);
            }
        }
        for (from, to) in
            [((2016, 3, 31), (2016, 4, 1)), ((2019, 5, 31), (2021, 5, 31)), ((2021, 5, 31), (2024, 5, 31))]
        {
            let day = |(year, month, at)| day(year, month, at);
            pair.agree_on_differences(day(from), day(to));
        }
    });
}
