//! Random synthetic chronicles, compiled in memory and opened, equal the brute-force oracle.
//!
//! The same cases run everywhere; `PROPTEST_CASES` raises their number.

mod generator;
#[path = "oracle/mod.rs"]
#[allow(dead_code, reason = "each test program uses its part of the oracle")]
mod oracle;
mod questions;

use std::num::NonZero;
use std::sync::OnceLock;

use generator::{Plan, chronicle};
use nenpyo::{Chronicle, Day};
use nenpyo_codegen::{Compiler, Files};
use oracle::compare::Pair;
use oracle::dates::{Date, Rule};
use oracle::dice::Dice;
use oracle::{Oracle, compiled, compiled_densely};
use proptest::prelude::*;
use questions::{any_span, ask, config};

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
        vague in proptest::bool::weighted(0.2),
    ) -> Plan {
        Plan { seed, languages, milestones, organizations, others, years, chains, vague }
    }
}

/// Compiles, opens and compares everything, with so many random questions of each sort.
fn agrees(plan: &Plan, questions: usize) {
    let files = chronicle(plan);
    let oracle = Oracle::of(&files);
    for blob in [compiled(&files), compiled_densely(&files)] {
        let chronicle = Chronicle::open(&blob).unwrap();
        let pair = Pair { chronicle: &chronicle, oracle: &oracle };
        pair.agree_on_everything_undated();
        ask(pair, plan, questions);
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
            vague: false,
        };
        let files = chronicle(&plan);
        let oracle = Oracle::of(&files);
        let blob = compiled(&files);
        (plan, oracle, blob)
    })
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
        vague: false,
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
        vague: false,
    };
    agrees(&plan, 12);
}

#[test]
fn deep_trees_agree() {
    let plan = Plan {
        seed: 2024,
        languages: vec!["ja"],
        milestones: 60,
        organizations: 150,
        others: 3,
        years: (-300, 300),
        chains: 98,
        vague: false,
    };
    agrees(&plan, 12);
}

#[test]
fn however_many_threads_compile_ten_thousand_milestones_the_bytes_are_the_same() {
    let plan = Plan {
        seed: 2026,
        languages: vec!["ja", "en"],
        milestones: 10_000,
        organizations: 1000,
        others: 100,
        years: (1950, 2030),
        chains: 20,
        vague: true,
    };
    let mut sound = chronicle(&plan);
    let mut broken = sound.clone();
    for (_, bytes) in broken.iter_mut().step_by(100) {
        bytes.extend(b"sauces = []\nthemes = [\"nowhere\"]\n");
    }
    let compiled = |files: &[(String, Vec<u8>)], threads: usize| {
        let files = Files::from_memory("data/", files.iter().cloned());
        let compiled = Compiler::new().threads(NonZero::new(threads).unwrap()).compile(&files);
        compiled.map(|compiled| compiled.blob()).map_err(|error| error.to_string())
    };
    for files in [&mut sound, &mut broken] {
        let alone = compiled(files, 1);
        Dice(2026).shuffle(files);
        assert!(compiled(files, 5) == alone);
    }
}
