//! Asks every lookup of every record and prints a digest of what each answers, in the order of the list.
#![no_std]
#![no_main]

#[path = "../../../../tests/lookups/mod.rs"]
#[allow(dead_code, reason = "each program uses its part of the lookups")]
mod lookups;

use lookups::answer::Digest;
use nenpyo_programs::{chronicle, entry};
use semihosting::{println, process};

#[entry]
fn main() -> ! {
    chronicle::with(|chronicle| {
        let mut digests = [Digest::EMPTY; lookups::COUNT];
        lookups::digest(chronicle, chronicle::file(), u32::MAX, &mut digests);
        for digest in &digests {
            println!("{:08x}", digest.state);
        }
    });
    process::exit(0)
}
