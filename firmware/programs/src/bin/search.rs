//! Counts the instructions of searches in what the emulator has loaded, or of a scan of the same texts: `benches/search`.
//!
//! Loaded are four pieces, each with its length before it: a chronicle, or nothing; folded names and folded bodies, a
//! record to a line, or nothing; and the queries, a line each: as typed, a tabulator, folded.
#![no_std]
#![no_main]

#[path = "cost/instructions.rs"]
mod instructions;
#[path = "../../../../benches/search/src/scan.rs"]
mod scan;

use core::hint::black_box;

use instructions::{Ticks, known, ticks};
use nenpyo::{Chronicle, Search};
use nenpyo_programs::entry;
use nenpyo_programs::stack::stack;
use semihosting::{println, process};

/// How many hits are asked for.
const HITS: usize = 8;

#[entry]
fn main() -> ! {
    show(ticks(known, &1000, &mut ()), 0);
    show(ticks(known, &4_001_000, &mut ()), 0);
    let mut rest = option_env!("NENPYO_MORE").and_then(|address| address.parse().ok()).unwrap_or(0);
    assert!(rest != 0, "this board has no memory for what is searched");
    let [file, names, bodies, queries] = core::array::from_fn(|_| piece(&mut rest));
    let queries = core::str::from_utf8(queries).unwrap_or_default();
    let opened = Chronicle::open(file);
    for line in queries.lines() {
        let (typed, folded) = line.split_once('\t').unwrap_or((line, line));
        let mut hits = 0;
        match &opened {
            Ok(chronicle) => {
                let needed = chronicle.search(typed).map_or(0, |search| {
                    stack(*black_box(&(best as fn(&Search<'_>, &mut usize))), &search, &mut hits).unwrap_or(u32::MAX)
                });
                println!("stack {needed}");
                show(ticks(search, &(chronicle, typed), &mut hits), hits);
                let Ok(mut search) = chronicle.search("") else { continue };
                let last = typed.char_indices().next_back().map_or(0, |(at, _)| at);
                for character in typed[..last].chars() {
                    go_on(&character, &mut search);
                }
                for character in typed[last..].chars() {
                    show(ticks(go_on, &character, &mut search), hits);
                }
                show(ticks(take_back, &(), &mut search), hits);
            }
            Err(_) => show(ticks(scan, &(names, bodies, folded), &mut hits), hits),
        }
    }
    process::exit(0)
}

/// Takes a piece off.
fn piece(address: &mut usize) -> &'static [u8] {
    // SAFETY: the emulator has loaded pieces from here on, each with its length before it and filled up to four bytes.
    let bytes = unsafe {
        let length = *(*address as *const u32) as usize;
        core::slice::from_raw_parts((*address + 4) as *const u8, length)
    };
    *address += 4 + bytes.len().next_multiple_of(4);
    bytes
}

/// A search and its first hits.
fn search((chronicle, typed): &(&Chronicle<'_>, &str), found: &mut usize) {
    if let Ok(search) = chronicle.search(typed) {
        *found = black_box(search.hits().best::<HITS>()).len();
    }
}

/// The first hits of a search.
fn best(search: &Search<'_>, found: &mut usize) {
    let hits = search.hits().best::<HITS>();
    *found = black_box(&hits).len();
}

/// One more character and the first hits.
fn go_on(character: &char, search: &mut Search<'_>) {
    let _ = search.push(*character);
    black_box(search.hits().best::<HITS>());
}

/// One character less and the first hits.
fn take_back((): &(), search: &mut Search<'_>) {
    let _ = search.pop();
    black_box(search.hits().best::<HITS>());
}

fn scan((names, bodies, folded): &(&[u8], &[u8], &str), found: &mut usize) {
    *found = black_box(scan::scan(names, bodies, folded.as_bytes(), HITS));
}

fn show(count: Ticks, hits: usize) {
    println!("{} {} {hits}", count.ticks, count.wraps);
}
