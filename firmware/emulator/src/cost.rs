//! What everything costs: flash of whole programs, and code, stack and instructions of every public function.

use crate::build::{self, linker};
use crate::elf::Program;
use crate::image::{ALL, Home, MEASURED, compiled};
use crate::proof::{self, TARGETS};
use crate::run::{Run, instructions};
use crate::table::{Document, Table};
use crate::{Board, Failure, Result, boards, names};

/// Measures everything.
///
/// # Errors
///
/// If something cannot be built or run.
pub fn measure() -> Result<Document> {
    let boards = boards();
    Ok(Document { tables: vec![flash(&boards)?, sections(&boards)?, lookups(&boards)?] })
}

/// The smallest program and the largest one on each board.
fn flash(boards: &[Board]) -> Result<Table> {
    let mut table = Table {
        title: "Flash of whole programs".to_owned(),
        text: "Bytes. `title` prints one title in Japanese (core and `ja`); `everything` asks every public function, of a \
               pack if there is one and otherwise of the const tables, with every section. Code includes start-up and \
               semihosting; constants are what is neither code nor table. RAM is what is static: the stack comes on top.\n"
            .to_owned(),
        columns: ["code", "constants", "tables", "all", "flash of the board", "static RAM"].map(str::to_owned).to_vec(),
        rows: Vec::new(),
    };
    for board in boards {
        for (name, sections) in [("title", &["ja"][..]), ("everything", ALL)] {
            let program = image(board, name, sections)?;
            let tables: u64 = found(&program, sections)?.iter().map(|(_, bytes)| bytes).sum();
            let constants = program.read_only.len() as u64 - tables;
            let numbers =
                [program.code, constants, tables, program.flash(), board.flash.bytes(), program.data + program.bss];
            let row = format!("{name} on {} ({})", board.name, board.family);
            table.rows.push((row, numbers.map(Some).to_vec()));
        }
    }
    Ok(table)
}

/// A program with const tables, linked as if the board had flash for all of them.
///
/// # Errors
///
/// If it cannot be built.
pub fn image(board: &Board, name: &str, sections: &[&str]) -> Result<Program> {
    let path = build::linked(board, name, &Home::Baked.features(sections), board.flash.kibibytes.max(1024))?;
    Program::read(&path)
}

/// The bytes of each section that lie in a program.
///
/// # Errors
///
/// If the data does not compile, or a table of the sections is not there whole.
pub fn found(program: &Program, sections: &[&str]) -> Result<Vec<(String, u64)>> {
    let compiled = compiled(sections)?;
    let mut found: Vec<(String, u64)> = Vec::new();
    for cost in compiled.costs() {
        let table = compiled.table(&cost.table).unwrap_or_default();
        if !table.is_empty() && !program.holds(table) {
            return Err(Failure::Other(format!("the table `{}` does not lie in the program", cost.table)));
        }
        match found.iter_mut().find(|(section, _)| *section == cost.section) {
            Some((_, bytes)) => *bytes += cost.bytes as u64,
            None => found.push((cost.section, cost.bytes as u64)),
        }
    }
    Ok(found)
}

/// The tables in `everything`, by section.
fn sections(boards: &[Board]) -> Result<Table> {
    let mut table = Table {
        title: "Tables of `everything` by section".to_owned(),
        text: "Bytes, found in the linked program. A section whose feature is off has none.\n".to_owned(),
        columns: boards.iter().map(|board| board.family.clone()).collect(),
        rows: Vec::new(),
    };
    for board in boards {
        let program = image(board, "everything", ALL)?;
        for (section, bytes) in found(&program, ALL)? {
            match table.rows.iter_mut().find(|(row, _)| *row == section) {
                Some((_, numbers)) => numbers.push(Some(bytes)),
                None => table.rows.push((section, vec![Some(bytes)])),
            }
        }
    }
    Ok(table)
}

/// The stack of every public function over all records, in bytes, in the order of [`names`].
///
/// # Errors
///
/// If it cannot be built or run.
pub fn stack(board: &Board) -> Result<Vec<u64>> {
    let program = build::program(board, "stack", MEASURED)?;
    let printed = Run::new(board, &program).output().map_err(|failure| failure.during(&board.name))?;
    let stack: Vec<u64> = printed.lines().filter_map(|line| line.trim().parse().ok()).collect();
    complete(stack, &printed)
}

/// The instructions of every public function, asked once, in the order of [`names`].
///
/// # Errors
///
/// If it cannot be built or run, or the counter does not count a loop of known length right.
pub fn counts(board: &Board) -> Result<Vec<u64>> {
    let program = build::program(board, "cost", MEASURED)?;
    let printed = Run::new(board, &program).counting().output().map_err(|failure| failure.during(&board.name))?;
    let count = |line: &str| {
        let (ticks, wraps) = line.trim().split_once(' ')?;
        Some(instructions(board.counter, ticks.parse().ok()?, wraps.parse().ok()?))
    };
    let counts: Vec<u64> = printed.lines().filter_map(count).collect();
    let [short, long, nothing, lookups @ ..] = counts.as_slice() else {
        return Err(Failure::Other(format!("{}: no counts in\n{printed}", board.name)));
    };
    // Loops of two instructions: 1,000 rounds, and 4,001,000 rounds, in which the timers run out several times.
    if long - short != 8_000_000 {
        let message = format!("{}: 8,000,000 instructions were counted as {}", board.name, long - short);
        return Err(Failure::Other(message));
    }
    complete(lookups.iter().map(|count| count.saturating_sub(*nothing)).collect(), &printed)
}

fn complete(numbers: Vec<u64>, printed: &str) -> Result<Vec<u64>> {
    let (found, wanted) = (numbers.len(), names().len());
    if found == wanted { Ok(numbers) } else { Err(Failure::Other(format!("{found} numbers of {wanted}:\n{printed}"))) }
}

fn lookups(boards: &[Board]) -> Result<Table> {
    let (linker, library) = (linker()?, build::proofs(TARGETS[0], "s")?);
    let mut rows: Vec<(String, Vec<Option<u64>>)> = Vec::new();
    for name in names() {
        rows.push(((*name).to_owned(), vec![Some(proof::link(&linker, &library, name)?.code)]));
    }
    let mut columns = vec!["code".to_owned()];
    for board in boards.iter().filter(|board| board.family.starts_with("Cortex-M0") || board.family == "Cortex-M3") {
        columns.push(format!("stack {}", board.family));
        add(&mut rows, &stack(board)?);
    }
    for board in boards {
        columns.push(board.family.clone());
        add(&mut rows, &counts(board)?);
    }
    let text = format!(
        "Code: bytes of the function with all it calls, linked alone for the Cortex-M0. Stack: the most bytes that any \
         record needs, the return address and what the answer is kept in included. The rest: exact instructions of one \
         call on each board, of a typical subject of QST's chronicle (`Subject::typical`), until its answer is read to \
         the end; they are not cycles. Measured on an opened file of {} bytes (core, {}); on const tables the same code \
         runs.\n",
        compiled(MEASURED)?.blob().len(),
        MEASURED.join(", ")
    );
    Ok(Table { title: "Every public function".to_owned(), text, columns, rows })
}

fn add(rows: &mut [(String, Vec<Option<u64>>)], numbers: &[u64]) {
    for ((_, row), number) in rows.iter_mut().zip(numbers) {
        row.push(Some(*number));
    }
}
