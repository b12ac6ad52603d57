//! Random questions for a chronicle, wherever it lives: the oracle must give the same answers.

use nenpyo::{Day, RecordKind};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use crate::generator::{Plan, writing};
use crate::oracle::compare::Pair;
use crate::oracle::dates::Filter;
use crate::oracle::dice::Dice;

/// The same cases on every machine, more of them if `PROPTEST_CASES` says so.
pub(crate) fn config(cases: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config {
        cases: asked.unwrap_or(cases),
        rng_seed: RngSeed::Fixed(20_160_401),
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    }
}

/// A date around the story of a chronicle, in EDTF.
fn span(dice: &mut Dice, years: (i32, i32)) -> String {
    let margin = |year: i32, by: i32| (year + by).clamp(-9990, 9990);
    let (first, last) = writing::range((margin(years.0, -2), margin(years.1, 2)));
    let mut pen = writing::Pen { dice: dice.clone(), languages: Vec::new(), vague: false };
    let span = pen.date(first, last);
    *dice = pen.dice;
    span
}

/// A day around the story.
fn day(dice: &mut Dice, years: (i32, i32)) -> Day {
    let (first, last) = writing::range(years);
    Day::from_number(dice.between(first - 400, last + 400))
}

/// Random questions about dates, filters and organisations on days.
pub(crate) fn ask(pair: Pair<'_>, plan: &Plan, questions: usize) {
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
pub(crate) fn any_span() -> impl Strategy<Value = String> {
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
