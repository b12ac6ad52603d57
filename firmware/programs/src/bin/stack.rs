//! The deepest stack of every lookup over all records, in the order of the list, in bytes.
#![no_std]
#![no_main]

#[path = "../../../../tests/lookups/mod.rs"]
#[allow(dead_code, reason = "each program uses its part of the lookups")]
mod lookups;

use core::hint::black_box;

use lookups::answer::Blind;
use lookups::subject::Subject;
use lookups::{COUNT, Lookups};
use nenpyo_programs::stack::stack;
use nenpyo_programs::{chronicle, entry};
use semihosting::{println, process};

#[entry]
fn main() -> ! {
    chronicle::with(|chronicle| {
        let mut deepest = [0_u16; COUNT];
        for subject in Subject::all(chronicle, chronicle::file()) {
            for (ask, deepest) in Lookups::ALL.iter().zip(&mut deepest) {
                let used = stack(*black_box(ask), &subject, &mut Blind).map_or(u16::MAX, |bytes| bytes as u16);
                *deepest = used.max(*deepest);
            }
        }
        for deepest in deepest {
            println!("{deepest}");
        }
    });
    process::exit(0)
}
