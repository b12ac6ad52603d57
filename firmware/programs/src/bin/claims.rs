//! The claims about the lookups, as they are tested on the host.
#![no_std]
#![no_main]

#[path = "../../../../tests/lookups/mod.rs"]
#[allow(dead_code, reason = "each program uses its part of the lookups")]
mod lookups;

use nenpyo_programs::{chronicle, entry};
use semihosting::{println, process};

#[entry]
fn main() -> ! {
    chronicle::with(|chronicle| lookups::claims::hold(chronicle));
    println!("all claims hold");
    process::exit(0)
}
