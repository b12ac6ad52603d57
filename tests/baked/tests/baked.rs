//! Synthetic chronicles, baked and opened side by side, equal the brute-force oracle.

#[path = "../../generator/mod.rs"]
#[allow(dead_code, reason = "the build script has written the chronicles")]
mod generator;
#[path = "../../oracle/mod.rs"]
#[allow(dead_code, reason = "each test program uses its part of the oracle")]
mod oracle;
#[path = "../plans.rs"]
#[allow(dead_code, reason = "the build script asks for all plans at once")]
mod plans;
#[path = "../../questions/mod.rs"]
mod questions;

use std::path::Path;
use std::sync::OnceLock;

use baked_chronicles::{eventful, reformed, uncertain};
use generator::Plan;
use nenpyo::{Chronicle, Day};
use oracle::compare::Pair;
use oracle::dice::Dice;
use oracle::{Oracle, compiled};
use proptest::prelude::*;
use questions::{any_span, ask, config};

/// A chronicle in both homes, and what it was made from.
struct Twins {
    baked: &'static Chronicle<'static>,
    blob: Vec<u8>,
    oracle: Oracle,
    plan: Plan,
}

impl Twins {
    fn new(name: &str, plan: Plan, baked: &'static Chronicle<'static>) -> Self {
        let files = files(&Path::new(env!("OUT_DIR")).join(name).join("data"));
        Self { baked, blob: compiled(&files), oracle: Oracle::of(&files), plan }
    }

    /// Runs one claim on both homes.
    fn agree(&self, claim: impl Fn(Pair<'_>)) {
        let opened = Chronicle::open(&self.blob).unwrap();
        for chronicle in [self.baked, &opened] {
            claim(Pair { chronicle, oracle: &self.oracle });
        }
    }
}

fn uncertain() -> &'static Twins {
    static TWINS: OnceLock<Twins> = OnceLock::new();
    TWINS.get_or_init(|| Twins::new("uncertain", plans::uncertain(), &uncertain::CHRONICLE))
}

fn reformed() -> &'static Twins {
    static TWINS: OnceLock<Twins> = OnceLock::new();
    TWINS.get_or_init(|| Twins::new("reformed", plans::reformed(), &reformed::CHRONICLE))
}

fn eventful() -> &'static Twins {
    static TWINS: OnceLock<Twins> = OnceLock::new();
    TWINS.get_or_init(|| Twins::new("eventful", plans::eventful(), &eventful::CHRONICLE))
}

/// The files of a data folder, with their paths in it.
fn files(data: &Path) -> Vec<(String, Vec<u8>)> {
    let read = nenpyo_codegen::Files::read(data).unwrap();
    (0..read.len()).map(|file| (read.name(file).to_owned(), read.bytes(file).to_vec())).collect()
}

#[test]
fn the_baked_chronicles_are_what_was_planned() {
    for twins in [uncertain(), reformed(), eventful()] {
        let Twins { baked, plan, .. } = twins;
        assert_eq!(baked.milestones().len(), plan.milestones);
        assert_eq!(baked.organizations().len(), plan.organizations);
        assert_eq!(baked.languages().count(), plan.languages.len());
        assert!(baked.milestones().iter().all(|milestone| milestone.slug().is_some()));
    }
}

#[test]
fn the_baked_chronicles_differ_in_character() {
    let exact = |twins: &Twins| twins.oracle.dates.iter().filter(|date| date.is_exact()).count();
    assert!(exact(uncertain()) * 10 < uncertain().plan.milestones, "too much is known for sure");
    assert!(exact(eventful()) * 10 > eventful().plan.milestones, "too little is known for sure");
    let tree = reformed().baked.organizations().tree(Day::from_ymd(1990, 1, 1).unwrap());
    let depth = tree.map(|branch| branch.depth).max().unwrap();
    assert!(depth >= 10, "the tree is only {depth} deep");
    let renamed = reformed().oracle.orgs.iter().filter(|org| org.names.len() > 1).count();
    assert!(renamed > 99, "only {renamed} organisations are renamed");
}

#[test]
fn the_uncertain_chronicle_agrees() {
    uncertain().agree(|pair| pair.agree_on_everything_undated());
}

#[test]
fn the_reformed_chronicle_agrees() {
    reformed().agree(|pair| pair.agree_on_everything_undated());
}

#[test]
fn the_eventful_chronicle_agrees() {
    eventful().agree(|pair| pair.agree_on_everything_undated());
}

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn random_questions_agree(seed: u64) {
        for (twins, questions) in [(uncertain(), 8), (reformed(), 1), (eventful(), 1)] {
            twins.agree(|pair| ask(pair, &Plan { seed, ..twins.plan.clone() }, questions));
        }
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn random_spans_agree(span in any_span(), seed: u64) {
        for twins in [uncertain(), reformed(), eventful()] {
            twins.agree(|pair| {
                pair.agree_on_span(&span);
                pair.agree_on_selection(&pair.random_filter(&mut Dice(seed), Some(span.clone())));
            });
        }
    }

    #[test]
    fn random_days_agree(one in -45_000..25_000_i32, other in -45_000..25_000_i32, seed: u64) {
        let (one, other) = (Day::from_number(one), Day::from_number(other));
        for twins in [uncertain(), reformed(), eventful()] {
            twins.agree(|pair| {
                pair.agree_on_tree(one, seed % 8 == 0);
                pair.agree_on_differences(one, other);
                for id in Dice(seed).some(twins.plan.organizations, 6) {
                    pair.agree_on_organization_at(id as u32, one);
                }
            });
        }
    }
}
