//! The largest firmware: asks everything there is, of a pack if there is one, otherwise of the const tables.
#![no_std]
#![no_main]

#[path = "../../../../tests/lookups/mod.rs"]
#[allow(dead_code, reason = "each program uses its part of the lookups")]
mod lookups;

use core::hint::black_box;

use lookups::Lookups;
use lookups::answer::Blind;
use lookups::subject::Subject;
use nenpyo::{Chronicle, QST};
use nenpyo_programs::entry;
use semihosting::{println, process};

#[entry]
fn main() -> ! {
    // Where a pack would lie; the board has none.
    let pack: &[u8] = black_box(&[]);
    let opened = Chronicle::open(pack);
    let chronicle: &Chronicle<'_> = opened.as_ref().unwrap_or(&QST);
    let subject = Subject::typical(chronicle, Some(pack));
    for ask in Lookups::ALL {
        ask(&subject, &mut Blind);
    }
    println!("{} lookups asked", Lookups::<Blind>::ALL.len());
    process::exit(0)
}
