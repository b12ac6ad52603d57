//! nenpyo measured on a host beside what a host would use instead. Writes `generated/peers-host.csv`.

mod ask;
#[path = "../../programs/src/asked.rs"]
mod asked;
mod build;
#[path = "../../../../tests/oracle/dice.rs"]
#[allow(dead_code, reason = "it is asked little here")]
mod dice;
mod driver;
mod find;
#[path = "../../programs/src/lists.rs"]
mod lists;
mod make;
mod measured;
mod peers;
#[path = "../../programs/src/rows.rs"]
mod rows;
#[path = "../../src/story.rs"]
mod story;
#[path = "../../../synthetic/mod.rs"]
mod synthetic;
#[path = "../../src/write.rs"]
#[allow(dead_code, reason = "boards need more of it")]
mod write;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(crate) use asked::Peer;
use nenpyo_emulator::{exit, failed};

/// The number of a record, as large as a host has it.
type Id = u32;

/// On a host lists grow.
macro_rules! list {
    ($item:ty, $most:expr) => { Vec<$item> };
}
use list;

/// And so do texts.
macro_rules! string {
    ($most:expr) => {
        String
    };
}
use string;

/// What lists and texts would need room for.
#[allow(dead_code, reason = "they grow")]
mod questions {
    pub const MILESTONES: usize = 0;
    pub const NAMES: usize = 0;
    pub const ORGANIZATIONS_COUNT: usize = 0;
    pub const PARENTS: usize = 0;
    pub const PARTICIPANTS: usize = 0;
    pub const TITLE: usize = 0;
    pub const TITLE_RUBY: usize = 0;
    pub const SUMMARY: usize = 0;
    pub const SUMMARY_RUBY: usize = 0;
    pub const NOTE: usize = 0;
    pub const NOTE_RUBY: usize = 0;
}

/// A number for each organisation; at first it is no organisation's.
fn each_organization(organizations: u32) -> Vec<Id> {
    vec![Id::MAX; organizations as usize]
}

/// A file of the data, for as long as the program runs.
macro_rules! file {
    ($name:literal) => {
        crate::whole($name)
    };
}
use file;

/// A file of the data, whose folder is the last argument.
fn whole(name: &str) -> &'static [u8] {
    std::fs::read(folder().join(name)).unwrap_or_default().leak()
}

fn folder() -> PathBuf {
    std::env::args().next_back().unwrap_or_default().into()
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => driver::measure(&driver::ALL),
        ["--quick"] => driver::measure(&driver::QUICK),
        [milestones] => milestones.parse().map_err(failed).and_then(|milestones| {
            driver::measure(&driver::Plan { milestones: &[milestones], writes: false, ..driver::ALL })
        }),
        // What runs by itself, so that its memory can be measured and its instructions counted.
        ["make", milestones, folder] => {
            milestones.parse().map_err(failed).and_then(|milestones| make::make(milestones, Path::new(folder)))
        }
        ["build", peer, folder] => build::build(peer, Path::new(folder)),
        [verb @ ("count" | "serve"), peer, folder] => peers::answer(verb, peer, Path::new(folder)),
        _ => Err(failed("there is no such option; there are --quick and a number of milestones")),
    };
    exit(outcome)
}
