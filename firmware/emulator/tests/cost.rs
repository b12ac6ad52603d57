//! What is counted repeats exactly, whatever counts.

use nenpyo_emulator::cost::counts;
use nenpyo_emulator::run::instructions;
use nenpyo_emulator::{Counter, board, names};

#[test]
fn counting_twice_gives_the_same() {
    for board in ["mps2-an385", "virt"].map(board) {
        let first = counts(&board, false).unwrap();
        assert_eq!(first, counts(&board, false).unwrap(), "{}", board.name);
        // Whatever is asked takes some instructions, and opening reads every byte.
        let open = names().iter().position(|name| *name == "Chronicle::open").unwrap();
        assert!(first[open] > 1_000_000, "{}: {}", board.name, first[open]);
        assert!(first.iter().filter(|count| **count == 0).count() < 5, "{}: {first:?}", board.name);
    }
}

#[test]
fn ticks_become_instructions() {
    // 256 ns an instruction: 4.096 ticks of 16 MHz, 6.4 of 25 MHz; a wrap takes five instructions.
    assert_eq!(instructions(Counter::Systick(16_000_000), 8311, 0), 2029);
    assert_eq!(instructions(Counter::Systick(25_000_000), 51_213_056, 3), 8_002_025);
    assert_eq!(instructions(Counter::Minstret, 2013, 0), 2013);
}
