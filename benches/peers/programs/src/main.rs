//! Asks one alternative all questions and says what each takes: instructions, stack, and what it answered.
#![no_std]
#![no_main]

#[path = "../../../../firmware/programs/src/bin/cost/instructions.rs"]
mod instructions;
#[path = "../../../../firmware/programs/src/stack.rs"]
mod stack;

mod asked;
#[cfg(any(feature = "postcard", feature = "json"))]
mod lists;
#[cfg_attr(feature = "nothing", path = "peers/nothing.rs")]
#[cfg_attr(feature = "nenpyo", path = "peers/nenpyo.rs")]
#[cfg_attr(feature = "structs", path = "peers/structs.rs")]
#[cfg_attr(feature = "zerovec", path = "peers/zerovec.rs")]
#[cfg_attr(feature = "databake", path = "peers/databake.rs")]
#[cfg_attr(feature = "postcard", path = "peers/postcard.rs")]
#[cfg_attr(feature = "postcard-each", path = "peers/each.rs")]
#[cfg_attr(feature = "json", path = "peers/json.rs")]
#[cfg_attr(feature = "rkyv", path = "peers/rkyv.rs")]
mod peer;
mod rows;
use core::hint::black_box;

pub(crate) use asked::Peer;
#[cfg(target_arch = "arm")]
use cortex_m_rt::entry;
use instructions::{Ticks, known, ticks};
#[cfg(target_arch = "riscv32")]
use riscv_rt::entry;
use semihosting::{println, process};
use stack::stack;

/// The questions.
mod questions {
    include!(concat!(env!("NENPYO_PEERS"), "/questions.rs"));
}
pub(crate) use questions::Id;

/// A file of the data, in flash: of its own alignment, because one of the alternatives needs that.
#[allow(unused_macros, reason = "some have none")]
macro_rules! file {
    ($name:literal) => {{
        #[repr(C, align(16))]
        struct Aligned<T: ?Sized>(T);
        static FILE: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("NENPYO_PEERS"), "/", $name)));
        core::hint::black_box(&FILE.0)
    }};
}
#[allow(unused_imports, reason = "as above")]
pub(crate) use file;

/// A list that has room for so many.
#[cfg(any(feature = "postcard", feature = "json"))]
macro_rules! list {
    ($item:ty, $most:expr) => { heapless::Vec<$item, { $most }> };
}
#[cfg(any(feature = "postcard", feature = "json"))]
pub(crate) use list;

/// A text that has room for so many bytes.
#[cfg(feature = "postcard-each")]
macro_rules! string {
    ($most:expr) => { heapless::String<{ $most }> };
}
#[cfg(feature = "postcard-each")]
pub(crate) use string;

/// A number for each organisation, on the stack; at first it is no organisation's.
#[allow(dead_code, reason = "some need none")]
fn each_organization(_: u32) -> [Id; questions::ORGANIZATIONS_COUNT] {
    [Id::MAX; questions::ORGANIZATIONS_COUNT]
}

#[entry]
fn main() -> ! {
    show("loop", 0, ticks(known, &1000, &mut ()), Some(0));
    show("loop", 1, ticks(known, &4_001_000, &mut ()), Some(0));
    let mut opened = None;
    show("open", 0, ticks(open, &(), &mut opened), stack(open, &(), &mut opened));
    let Some(peer) = opened else { process::exit(1) };
    println!("size {} 0 0 0", size_of_val(&peer));
    ask(&peer);
    process::exit(0)
}

fn open((): &(), opened: &mut Option<peer::Opened>) {
    *opened = black_box(peer::open());
}

fn ask<P: Peer>(peer: &P) {
    for key in questions::KEYS {
        one("key", peer, key, |(peer, key), answer| *answer = peer.by_key(*black_box(*key)));
    }
    for slug in questions::SLUGS {
        one("slug", peer, slug, |(peer, slug), answer| *answer = peer.by_slug(black_box(*slug)));
    }
    for id in questions::IDS {
        one("id", peer, id, |(peer, id), answer| *answer = peer.by_id(*black_box(*id)));
    }
    for (text, days) in questions::SPANS {
        let span = P::span(text, *days);
        one("surely", peer, &span, |(peer, span), answer| *answer = peer.surely(black_box(*span)));
        one("possibly", peer, &span, |(peer, span), answer| *answer = peer.possibly(black_box(*span)));
    }
    for organization in questions::ORGANIZATIONS {
        one("organization", peer, organization, |(peer, at), answer| *answer = peer.by_organization(*black_box(*at)));
    }
    for day in questions::DAYS {
        one("tree", peer, day, |(peer, day), answer| *answer = peer.tree(*black_box(*day)));
    }
    for id in questions::IDS {
        one("detail", peer, id, |(peer, id), answer| *answer = peer.detail(*black_box(*id)));
    }
}

/// Asks one question, if it is asked that.
fn one<P: Peer, Q>(name: &str, peer: &P, question: &Q, ask: fn(&(&P, &Q), &mut u32)) {
    if !P::KINDS.contains(&name) {
        return;
    }
    let mut answer = 0;
    let count = ticks(ask, &(peer, question), &mut answer);
    let deep = stack(ask, &(peer, question), &mut answer);
    show(name, answer, count, deep);
}

fn show(name: &str, answer: u32, count: Ticks, stack: Option<u32>) {
    println!("{name} {answer} {} {} {}", count.ticks, count.wraps, stack.unwrap_or(u32::MAX));
}
