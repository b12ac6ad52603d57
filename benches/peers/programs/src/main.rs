//! Asks one alternative all questions and says what each takes: instructions, stack, and what it answered.
#![no_std]
#![no_main]

#[path = "../../../../firmware/programs/src/bin/cost/instructions.rs"]
mod instructions;
#[path = "../../../../firmware/programs/src/stack.rs"]
mod stack;

#[cfg_attr(feature = "nothing", path = "peers/nothing.rs")]
#[cfg_attr(feature = "nenpyo", path = "peers/nenpyo.rs")]
#[cfg_attr(feature = "structs", path = "peers/structs.rs")]
#[cfg_attr(feature = "zerovec", path = "peers/zerovec.rs")]
#[cfg_attr(feature = "postcard", path = "peers/postcard.rs")]
#[cfg_attr(feature = "json", path = "peers/json.rs")]
#[cfg_attr(feature = "rkyv", path = "peers/rkyv.rs")]
mod peer;
mod rows;
#[cfg(any(feature = "postcard", feature = "json"))]
mod story;

use core::hint::black_box;

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

/// What the questions are asked of. Milestones are numbered in order of time, answers are sums of what was read.
pub trait Peer {
    /// A span of days, read.
    type Span;

    /// Reads a span in EDTF, whose first and last day are these.
    fn span(text: &str, days: (i32, i32)) -> Self::Span;

    /// The milestone with this hash of its key, or no number.
    fn by_key(&self, key: u32) -> u32;

    /// The milestone with this key as text.
    fn by_slug(&self, slug: &str) -> u32;

    /// The kind, the first day and the length of the Japanese title of a milestone.
    fn by_id(&self, id: u32) -> u32;

    /// How many milestones lie surely within a span.
    fn surely(&self, span: &Self::Span) -> u32;

    /// How many milestones lie possibly within a span.
    fn possibly(&self, span: &Self::Span) -> u32;

    /// The milestones in which an organisation took part.
    fn by_organization(&self, organization: u32) -> u32;

    /// The organisations of a day, how deep each lies below a root, and what it was called.
    fn tree(&self, day: i32) -> u32;

    /// The lengths of all texts of a milestone that are not its title, and of their readings.
    fn detail(&self, id: u32) -> u32;
}

#[entry]
fn main() -> ! {
    show("loop", 0, ticks(known, &1000, &mut ()), None);
    show("loop", 1, ticks(known, &4_001_000, &mut ()), None);
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

/// Asks one question.
fn one<P, Q>(name: &str, peer: &P, question: &Q, ask: fn(&(&P, &Q), &mut u32)) {
    let mut answer = 0;
    let count = ticks(ask, &(peer, question), &mut answer);
    let deep = stack(ask, &(peer, question), &mut answer);
    show(name, answer, count, deep);
}

fn show(name: &str, answer: u32, count: Ticks, stack: Option<u32>) {
    println!("{name} {answer} {} {} {}", count.ticks, count.wraps, stack.unwrap_or(0));
}
