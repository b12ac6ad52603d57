//! Every board answers as the host does, and whatever goes wrong on one is noticed.

use std::path::PathBuf;
use std::time::Duration;

use nenpyo_emulator::elf::find;
use nenpyo_emulator::image::{
    ALL, DENSE_PART, GLYPHS, HOMES, Home, PARTS, agrees, compiled, densely, digests, images, same,
};
use nenpyo_emulator::run::Run;
use nenpyo_emulator::{Board, Failure, board, boards, build};

/// Each image lies in one home, and on the next board in the other: both on Arm and on RISC-V, whole and in parts.
#[test]
fn every_board_answers_as_the_host_does() {
    let mut failures = Vec::new();
    for (number, board) in boards().iter().enumerate() {
        for (part, sections) in images(board).into_iter().enumerate() {
            let home = HOMES[(number + part) % HOMES.len()];
            match agrees(board, sections, home) {
                Ok(()) => println!("{}: {} ({home:?})", board.name, sections.join(", ")),
                Err(failure) => failures.push(failure.to_string()),
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A small board with const tables, and one of each processor that has room for everything, with a file.
#[test]
fn boards_answer_as_the_host_does_with_dense_texts_too() {
    let mut failures = Vec::new();
    let [baked, opened] = HOMES;
    for (board, sections, home) in [("microbit", DENSE_PART, baked), ("mps2-an385", ALL, opened), ("virt", ALL, opened)]
    {
        if let Err(failure) = agrees(&nenpyo_emulator::board(board), &densely(sections), home) {
            failures.push(failure.to_string());
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A small board with const tables of black and white glyphs, and grey ones in a file; and with dense texts, where the
/// characters are the alphabet's.
#[test]
fn boards_draw_the_glyphs_that_the_host_draws() {
    let mut failures = Vec::new();
    let [baked, opened] = HOMES;
    let [mono, grey] = GLYPHS;
    for (board, sections, home) in [
        ("microbit", mono.to_vec(), baked),
        ("lm3s6965evb", mono.to_vec(), opened),
        ("virt", grey.to_vec(), opened),
        ("lm3s6965evb", densely(mono), baked),
    ] {
        if let Err(failure) = agrees(&nenpyo_emulator::board(board), &sections, home) {
            failures.push(failure.to_string());
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_parts_together_hold_every_table_but_the_search_index() {
    let is_index = |cost: &nenpyo_codegen::Cost| cost.section.contains("search-index");
    for cost in compiled(ALL).unwrap().costs().into_iter().filter(|cost| !is_index(cost)) {
        let held = PARTS.iter().chain([&DENSE_PART]).any(|part| {
            let holds = |word: &str| word == "core" || part.contains(&word);
            cost.section.split(" + ").all(holds)
        });
        assert!(held, "no image of a small board holds {} ({})", cost.table, cost.section);
    }
}

#[test]
fn every_kind_of_core_has_a_board() {
    let families: Vec<String> = boards().into_iter().map(|board| board.family).collect();
    for family in ["Cortex-M0", "Cortex-M3", "Cortex-M4F", "Cortex-M33", "RV32IMC", "RV32IMAC"] {
        assert!(families.iter().any(|other| other == family), "{family}");
    }
}

/// A copy of a linked program in which one byte of a title is another.
fn with_a_changed_byte(program: &PathBuf) -> PathBuf {
    let mut bytes = std::fs::read(program).unwrap();
    let compiled = compiled(PARTS[0]).unwrap();
    let titles = compiled.table("name_pool_ja").unwrap();
    let at = find(&bytes, titles).expect("the titles lie in the program");
    bytes[at + titles.len() / 2] ^= 1;
    let changed = program.with_file_name("digests-changed.elf");
    std::fs::write(&changed, bytes).unwrap();
    changed
}

#[test]
fn a_changed_byte_in_flash_is_noticed() {
    let board = board("lm3s6965evb");
    let program = build::program(&board, "digests", &Home::Baked.features(PARTS[0])).unwrap();
    let host = digests(PARTS[0], Home::Baked).unwrap();
    assert!(same(&host, &Run::new(&board, &program).output().unwrap()).is_ok());
    let changed = with_a_changed_byte(&program);
    let failure = same(&host, &Run::new(&board, &changed).output().unwrap()).unwrap_err().to_string();
    assert!(failure.contains("answer otherwise than on the host"), "{failure}");
    assert!(failure.contains("Milestone::title") || failure.contains("::name"), "{failure}");
}

#[test]
fn a_digest_too_few_is_noticed() {
    let host = [0x811c_9dc5; 3];
    assert!(same(&host, "811c9dc5\n811c9dc5\n").unwrap_err().to_string().contains("2 digests for 3 lookups"));
}

/// Lets a board go wrong in a way.
fn fault(board: &Board, fault: &str) -> Result<String, Failure> {
    let program = build::program(board, "faults", &[])?;
    Run::new(board, &program).argument(fault).limit(Duration::from_secs(5)).output()
}

#[test]
fn a_failing_assertion_names_file_and_line() {
    for board in boards() {
        let failure = fault(&board, "assertion").unwrap_err();
        assert!(matches!(failure, Failure::Failed { code: Some(_), .. }), "{}: {failure}", board.name);
        let message = failure.to_string();
        assert!(message.contains("src/bin/faults.rs:"), "{}: {message}", board.name);
        assert!(message.contains("a claim that does not hold"), "{}: {message}", board.name);
    }
}

#[test]
fn a_hang_is_stopped() {
    for board in boards() {
        let failure = fault(&board, "hang").unwrap_err();
        assert!(matches!(&failure, Failure::Hung { printed, .. } if printed.contains("it hangs now")), "{failure}");
    }
}

#[test]
fn silence_is_a_failure() {
    for board in boards() {
        assert!(matches!(fault(&board, "silence"), Err(Failure::Silent)), "{}", board.name);
    }
}

#[test]
fn a_stack_that_runs_over_is_a_failure() {
    for board in boards() {
        let failure = fault(&board, "overflow").unwrap_err();
        assert!(matches!(failure, Failure::Failed { .. } | Failure::Hung { .. }), "{}: {failure}", board.name);
        assert!(failure.to_string().contains("it runs over now"), "{}: {failure}", board.name);
    }
}

#[test]
fn a_missing_emulator_is_named_with_what_to_install() {
    let board = Board { emulator: "qemu-system-none".to_owned(), ..board("microbit") };
    let failure = Run::new(&board, "nothing".as_ref()).output().unwrap_err().to_string();
    assert!(failure.contains("`qemu-system-none` does not start"), "{failure}");
    assert!(failure.contains("qemu-system-arm and qemu-system-riscv"), "{failure}");
}
