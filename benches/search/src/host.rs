//! The same on this machine, whose instructions callgrind counts.

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};

use nenpyo::{Chronicle, Search};
use nenpyo_emulator::build::folder;
use nenpyo_emulator::{Failure, Result};

use crate::{failed, scan};

/// How many hits are asked for.
const HITS: usize = 8;

/// Runs [`count`] under callgrind, which writes what each call of a function named `counted_…` took into a file of its own.
pub(crate) fn counted(file: &Path) -> Result<Vec<u64>> {
    let results = folder("target/bench/callgrind");
    let _ = std::fs::remove_dir_all(&results);
    std::fs::create_dir_all(&results).map_err(failed)?;
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--toggle-collect=*counted_*", "--dump-after=*host::counted_*"]);
    command.arg(format!("--callgrind-out-file={}", results.join("out").display()));
    command.arg(std::env::current_exe().map_err(failed)?).arg("count").arg(file);
    let missing = |error| Failure::Other(format!("valgrind does not start ({error}): install it"));
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().map_err(missing)?;
    if !status.success() {
        return Err(Failure::Other(format!("valgrind: {status}")));
    }
    let mut counts = Vec::new();
    while let Ok(text) = std::fs::read_to_string(results.join(format!("out.{}", counts.len() + 1))) {
        let summary = text.lines().find_map(|line| line.strip_prefix("summary: ").or(line.strip_prefix("totals: ")));
        counts.push(
            summary.and_then(|count| count.trim().parse().ok()).ok_or_else(|| failed("callgrind counted nothing"))?,
        );
    }
    Ok(counts)
}

/// What the program on boards does.
pub(crate) fn count(file: &Path) -> Result<()> {
    let bytes = std::fs::read(file).map_err(failed)?;
    let mut rest = bytes.as_slice();
    let [file, names, bodies, queries] = std::array::from_fn(|_| {
        let (length, after) = rest.split_first_chunk().unwrap_or((&[0; 4], &[]));
        let length = u32::from_le_bytes(*length) as usize;
        rest = after.get(length.next_multiple_of(4)..).unwrap_or_default();
        after.get(..length).unwrap_or_default()
    });
    let opened = Chronicle::open(file);
    for line in std::str::from_utf8(queries).map_err(failed)?.lines() {
        let (typed, folded) = line.split_once('\t').unwrap_or((line, line));
        let Ok(chronicle) = &opened else {
            counted_scan(names, bodies, folded);
            continue;
        };
        counted_search(chronicle, typed);
        let mut search = chronicle.search("").map_err(failed)?;
        let last = typed.char_indices().next_back().map_or(0, |(at, _)| at);
        for character in typed[..last].chars() {
            let _ = search.push(character);
            black_box(search.hits().best::<HITS>());
        }
        for character in typed[last..].chars() {
            counted_character(&mut search, character);
        }
        counted_back(&mut search);
    }
    Ok(())
}

#[inline(never)]
fn counted_search(chronicle: &Chronicle<'_>, typed: &str) {
    if let Ok(search) = chronicle.search(typed) {
        black_box(search.hits().best::<HITS>());
    }
}

#[inline(never)]
fn counted_character(search: &mut Search<'_>, character: char) {
    let _ = search.push(character);
    black_box(search.hits().best::<HITS>());
}

#[inline(never)]
fn counted_back(search: &mut Search<'_>) {
    let _ = search.pop();
    black_box(search.hits().best::<HITS>());
}

#[inline(never)]
fn counted_scan(names: &[u8], bodies: &[u8], folded: &str) {
    black_box(scan::scan(names, bodies, folded.as_bytes(), HITS));
}
