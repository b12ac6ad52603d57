//! Random synthetic chronicles, compiled in memory and opened, equal the brute-force oracle.
//!
//! The same cases run everywhere; `PROPTEST_CASES` raises their number.

mod generator;
#[path = "oracle/mod.rs"]
#[allow(dead_code, reason = "each test program uses its part of the oracle")]
mod oracle;

use std::sync::OnceLock;

use generator::{Plan, chronicle};
use nenpyo::{Chronicle, Day, RecordKind};
use oracle::compare::Pair;
use oracle::dates::{Date, Filter, Rule};
use oracle::dice::Dice;
use oracle::{Oracle, compiled};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

/// The same cases on every machine, more of them if `PROPTEST_CASES` says so.
fn config(cases: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config {
        cases: asked.unwrap_or(cases),
        rng_seed: RngSeed::Fixed(20_160_401),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    }
}

/// Years near to us, long ago, or long spans of both.
fn years() -> impl Strategy<Value = (i32, i32)> {
    prop_oneof![
        4 => Just((1950, 2030)),
        1 => Just((2016, 2017)),
        1 => Just((-60, 60)),
        1 => Just((-3000, -2900)),
        1 => Just((-9000, 9000)),
        2 => (-5000..5000_i32, 1..500_i32).prop_map(|(first, length)| (first, first + length)),
    ]
}

fn languages() -> impl Strategy<Value = Vec<&'static str>> {
    prop_oneof![
        3 => Just(vec!["ja", "en"]),
        1 => Just(vec!["en"]),
        1 => Just(vec!["ja"]),
        1 => Just(vec!["en", "fra", "ja", "ko"]),
    ]
}

prop_compose! {
    /// A small chronicle of any shape; often something is missing in it altogether.
    fn plan()(
        seed: u64,
        languages in languages(),
        milestones in prop_oneof![1 => Just(0), 8 => 1..60_usize],
        organizations in prop_oneof![1 => Just(0), 8 => 1..40_usize],
        others in prop_oneof![1 => Just(0), 6 => 1..8_usize],
        years in years(),
        chains in prop_oneof![Just(10), Just(90)],
    ) -> Plan {
        Plan { seed, languages, milestones, organizations, others, years, chains }
    }
}

/// A date around the story of a chronicle, in EDTF.
fn span(dice: &mut Dice, years: (i32, i32)) -> String {
    let margin = |year: i32, by: i32| (year + by).clamp(-9990, 9990);
    let (first, last) = generator::writing::range((margin(years.0, -2), margin(years.1, 2)));
    let mut pen = generator::writing::Pen { dice: dice.clone(), languages: Vec::new() };
    let span = pen.date(first, last);
    *dice = pen.dice;
    span
}

/// A day around the story; some of the time one of a turning of the year.
fn day(dice: &mut Dice, years: (i32, i32)) -> Day {
    let (first, last) = generator::writing::range(years);
    Day::from_number(dice.between(first - 400, last + 400))
}

/// Compiles, opens and compares everything, with so many random questions of each sort.
fn agrees(plan: &Plan, questions: usize) {
    let files = chronicle(plan);
    let oracle = Oracle::of(&files);
    let blob = compiled(&files);
    let chronicle = Chronicle::open(&blob).unwrap();
    let pair = Pair { chronicle: &chronicle, oracle: &oracle };
    pair.agree_on_everything_undated();
    ask(pair, plan, questions);
}

/// Random questions about dates, filters and organisations on days.
fn ask(pair: Pair<'_>, plan: &Plan, questions: usize) {
    let mut dice = Dice(plan.seed ^ 0xA5A5);
    let bodies = pair.oracle.records(RecordKind::Organization).len();
    for _ in 0..questions {
        pair.agree_on_span(&span(&mut dice, plan.years));
        let span = dice.chance(60).then(|| span(&mut dice, plan.years));
        pair.agree_on_selection(&pair.random_filter(&mut dice, span));
        let month = Some((dice.below(14) as u8, Some(dice.below(33) as u8)));
        pair.agree_on_selection(&Filter { month, ..Filter::default() });
        let (one, other) = (day(&mut dice, plan.years), day(&mut dice, plan.years));
        pair.agree_on_tree(one, dice.chance(20));
        pair.agree_on_differences(one, other);
        if bodies > 0 {
            pair.agree_on_units([dice.below(bodies) as u32]);
            for _ in 0..4 {
                pair.agree_on_organization_at(dice.below(bodies) as u32, one);
            }
        }
    }
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn small_chronicles_agree(plan in plan()) {
        agrees(&plan, 12);
    }
}

/// A chronicle of middling size, made once.
fn middling() -> &'static (Plan, Oracle, Vec<u8>) {
    static MIDDLING: OnceLock<(Plan, Oracle, Vec<u8>)> = OnceLock::new();
    MIDDLING.get_or_init(|| {
        let plan = Plan {
            seed: 7,
            languages: vec!["ja", "en"],
            milestones: 300,
            organizations: 80,
            others: 12,
            years: (1950, 2030),
            chains: 20,
        };
        let files = chronicle(&plan);
        let oracle = Oracle::of(&files);
        let blob = compiled(&files);
        (plan, oracle, blob)
    })
}

/// Any day, month or year that EDTF can write, most of them near to us.
fn point() -> impl Strategy<Value = String> {
    let year = prop_oneof![4 => 1945..2035_i32, 1 => -9999..=9999_i32];
    let mark = prop_oneof![6 => Just(""), 1 => Just("?"), 1 => Just("~"), 1 => Just("%")];
    (year, 0..=12_u8, 0..=28_u8, mark).prop_map(|(year, month, day, mark)| {
        let sign = if year < 0 { "-" } else { "" };
        let year = format!("{sign}{:04}", year.abs());
        match (month, day) {
            (0, _) => format!("{year}{mark}"),
            (_, 0) => format!("{year}-{month:02}{mark}"),
            _ => format!("{year}-{month:02}-{day:02}{mark}"),
        }
    })
}

/// Any span: a point, an interval, a set; those that EDTF refuses are thrown away.
fn any_span() -> impl Strategy<Value = String> {
    let two = || (point(), point());
    prop_oneof![
        4 => point(),
        3 => two().prop_map(|(a, b)| format!("{a}/{b}")),
        1 => two().prop_map(|(a, b)| format!("[{a}..{b}]")),
        1 => point().prop_map(|a| format!("{a}/..")),
        1 => point().prop_map(|a| format!("../{a}")),
        1 => point().prop_map(|a| format!("[..{a}]")),
        1 => point().prop_map(|a| format!("/{a}")),
    ]
    .prop_filter("a date that EDTF knows", |span| nenpyo::Edtf::parse(span).is_ok())
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn random_spans_agree(span in any_span(), seed: u64) {
        let (_, oracle, blob) = middling();
        let chronicle = Chronicle::open(blob).unwrap();
        let pair = Pair { chronicle: &chronicle, oracle };
        pair.agree_on_span(&span);
        pair.agree_on_selection(&pair.random_filter(&mut Dice(seed), Some(span)));
    }

    #[test]
    fn the_rules_of_single_dates_agree(span in any_span(), date in any_span()) {
        let (read, written) = (nenpyo::Edtf::parse(&date).unwrap(), Date::new(&date));
        let days = Date::new(&span).days;
        let (from, to) = (days.begin_earliest, days.end_latest);
        prop_assert_eq!(read.surely_within(from, to), Rule::Surely.holds(&written, from, to));
        prop_assert_eq!(read.possibly_within(from, to), Rule::Possibly.holds(&written, from, to));
        prop_assert_eq!(read.overlaps(from, to), Rule::Overlapping.holds(&written, from, to));
    }

    #[test]
    fn random_days_agree(one in -20_000..30_000_i32, other in -20_000..30_000_i32, seed: u64) {
        let (_, oracle, blob) = middling();
        let chronicle = Chronicle::open(blob).unwrap();
        let pair = Pair { chronicle: &chronicle, oracle };
        let (one, other) = (Day::from_number(one), Day::from_number(other));
        pair.agree_on_tree(one, seed % 8 == 0);
        pair.agree_on_differences(one, other);
        for id in Dice(seed).some(oracle.orgs.len(), 6) {
            pair.agree_on_organization_at(id as u32, one);
        }
    }
}

#[test]
fn a_date_whose_ends_overlap_lies_only_where_it_can_be_read() {
    let date = nenpyo::Edtf::parse("2016/2016-03").unwrap();
    let span = nenpyo::Edtf::parse("2016-06/2016-07").unwrap().days();
    assert!(!date.possibly_within(span.begin_earliest, span.end_latest), "it must have ended by March");
}

#[test]
fn thousands_of_milestones_agree() {
    let plan = Plan {
        seed: 2019,
        languages: vec!["ja", "en"],
        milestones: 3000,
        organizations: 60,
        others: 20,
        years: (1950, 2030),
        chains: 20,
    };
    agrees(&plan, 12);
}

#[test]
fn hundreds_of_units_agree() {
    let plan = Plan {
        seed: 2021,
        languages: vec!["en"],
        milestones: 200,
        organizations: 500,
        others: 4,
        years: (1900, 2030),
        chains: 10,
    };
    agrees(&plan, 12);
}

#[test]
fn deep_trees_agree() {
    let plan = Plan {
        seed: 2024,
        languages: vec!["ja"],
        milestones: 60,
        organizations: 300,
        others: 3,
        years: (-300, 300),
        chains: 98,
    };
    agrees(&plan, 12);
}
