//! How much stack every lookup needs, on the two boards that have the least.

use nenpyo_emulator::cost::stack;
use nenpyo_emulator::run::Run;
use nenpyo_emulator::{Board, boards, build, names};

/// What a firmware must have left when it calls a lookup.
const LOOKUP: u64 = 512;

/// What it must have left for details, for opening a file, the opened chronicle included, and for `core::fmt`.
const MORE: u64 = 1024;

fn bound(name: &str) -> u64 {
    let needs_more = name == "Chronicle::open"
        || name.contains("details")
        || name.contains("Details::")
        || name.contains("Claims")
        || name.contains(" as Display>")
        || name.contains(" as Debug>");
    if needs_more { MORE } else { LOOKUP }
}

fn measured() -> Vec<Board> {
    let small = |board: &Board| board.family == "Cortex-M0" || board.family == "Cortex-M3";
    boards().into_iter().filter(small).collect()
}

#[test]
fn every_lookup_keeps_its_bound() {
    let boards = measured();
    assert_eq!(boards.len(), 2);
    let mut failures = Vec::new();
    for board in boards {
        let stack = stack(&board).unwrap();
        for (name, bytes) in names().iter().zip(stack) {
            if bytes > bound(name) {
                failures.push(format!("{name} on {}: {bytes} bytes, more than {}", board.family, bound(name)));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn an_array_of_two_kilobytes_is_seen() {
    for board in measured() {
        let program = build::program(&board, "faults", &[]).unwrap();
        let printed = Run::new(&board, &program).argument("stack").output().unwrap();
        assert_eq!(printed.trim(), "None", "deeper than is looked at");
    }
}
