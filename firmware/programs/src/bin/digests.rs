//! Asks every lookup of every record and prints a digest of what each answers, in the order of the list.
#![no_std]
#![no_main]

#[path = "../../../../tests/lookups/mod.rs"]
#[allow(dead_code, reason = "each program uses its part of the lookups")]
mod lookups;

use nenpyo_programs::{chronicle, entry};
use semihosting::{println, process};

#[entry]
fn main() -> ! {
    chronicle::with(|chronicle| {
        for digest in lookups::digests(chronicle, chronicle::file(), u32::MAX) {
            println!("{:08x}", digest.state);
        }
    });
    process::exit(0)
}
