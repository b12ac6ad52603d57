//! Counts the instructions of every lookup, asked once of a typical subject, in the order of the list.
//!
//! First nothing is counted, and loops of known length: what the counter says of these is what it can be trusted with.
#![no_std]
#![no_main]

mod instructions;
#[path = "../../../../../tests/lookups/mod.rs"]
#[allow(dead_code, reason = "each program uses its part of the lookups")]
mod lookups;

use core::hint::black_box;

use instructions::{Ticks, known, ticks};
use lookups::answer::Blind;
use lookups::subject::Subject;
use lookups::{Ask, Lookups};
use nenpyo_programs::{chronicle, entry};
use semihosting::{println, process};

#[entry]
fn main() -> ! {
    show(ticks(known, &1000, &mut ()));
    show(ticks(known, &4_001_000, &mut ()));
    chronicle::with(|chronicle| {
        let subject = Subject::typical(chronicle, chronicle::file());
        show(ticks(*black_box(&(nothing as Ask<Blind>)), &subject, &mut Blind));
        for ask in Lookups::ALL {
            show(ticks(*black_box(ask), &subject, &mut Blind));
        }
    });
    process::exit(0)
}

/// What calling and returning takes.
fn nothing(_: &Subject<'_>, _: &mut Blind) -> Option<()> {
    Some(())
}

fn show(count: Ticks) {
    println!("{} {}", count.ticks, count.wraps);
}
