//! Runs the programs of `firmware/programs` on emulated boards. Host only.
//!
//! What is compared, proved and measured stands in `tests/` and in the table that the command `cost` writes.

pub mod build;
pub mod cost;
pub mod elf;
pub mod failure;
pub mod image;
pub mod map;
pub mod panels;
pub mod proof;
pub mod run;
pub mod table;

#[path = "../../../tests/lookups/mod.rs"]
#[allow(dead_code, missing_docs, reason = "each program uses its part of the lookups")]
mod lookups;

#[path = "../../proofs/src/kiosk/list.rs"]
mod kiosk;

use kiosk::kiosk;

macro_rules! names {
    ($($name:literal => |$stage:ident| $answer:expr;)*) => {
        /// The paths of what is public in nenpyo-kiosk.
        pub static KIOSK: &[&str] = &[$($name),*];
    };
}

kiosk!(names);

pub use failure::{Failure, Result, exit, failed};
pub use nenpyo_boards::{Board, Counter, board, boards};

/// The paths of all lookups of nenpyo, in the order in which they are asked.
#[must_use]
pub fn names() -> &'static [&'static str] {
    lookups::NAMES
}

/// The paths of everything that is public in nenpyo: the lookups, then what looks nothing up.
#[must_use]
pub fn public_names() -> Vec<&'static str> {
    lookups::NAMES.iter().chain(lookups::BESIDE).copied().collect()
}
