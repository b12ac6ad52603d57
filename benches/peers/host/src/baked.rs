//! What is in the program itself: constant structs, with perfect hashes, and the columns that databake wrote.

#[allow(dead_code, reason = "texts are not searched here")]
mod ask;
#[path = "../../programs/src/asked.rs"]
mod asked;
#[cfg_attr(feature = "structs", path = "../../programs/src/peers/structs.rs")]
#[cfg_attr(not(any(feature = "structs", feature = "databake-baked")), path = "../../programs/src/peers/nothing.rs")]
#[cfg_attr(feature = "databake-baked", path = "../../programs/src/peers/databake.rs")]
mod peer;
#[path = "../../programs/src/rows.rs"]
mod rows;

use std::path::Path;
use std::process::ExitCode;

use ask::{Asked, lookups};
pub(crate) use asked::Peer;

/// The number of a record, as large as a host has it.
type Id = u32;

/// A number for each organisation; at first it is no organisation's.
fn each_organization(organizations: u32) -> Vec<Id> {
    vec![Id::MAX; organizations as usize]
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [verb, _, folder] = arguments.as_slice() else { return ExitCode::FAILURE };
    let kinds = <peer::Opened as Peer>::KINDS;
    let asked = Asked { open: peer::open, span: <peer::Opened as Peer>::span, ask: lookups, kinds };
    match asked.run(verb, Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
