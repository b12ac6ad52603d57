//! What everything costs: flash of whole programs, and code, stack and instructions of every public function.

use std::thread::{self, ScopedJoinHandle};

use nenpyo_codegen::Cost;

use crate::build::{self, linker};
use crate::elf::Program;
use crate::image::{ALL, asked, compiled, densely, images};
use crate::proof::{self, TARGETS};
use crate::run::{Run, instructions};
use crate::table::{Document, Table};
use crate::{Board, Failure, Result, boards, names};

/// Measures everything on every board.
///
/// # Errors
///
/// If something cannot be built or run.
pub fn measure() -> Result<Document> {
    measure_on(&boards())
}

/// The boards on which it is checked that nothing has grown: what grows on the others, whose instructions are like those of
/// one of these, is seen when everything is measured.
const CHECKED: [&str; 4] = ["microbit", "lm3s6965evb", "mps2-an385", "virt"];

/// Measures everything on some boards.
///
/// # Errors
///
/// If something cannot be built or run.
pub fn measure_some() -> Result<Document> {
    measure_on(&boards().into_iter().filter(is_checked).collect::<Vec<_>>())
}

/// Whether a number, by its row and column, is of a board that [`measure_some`] leaves out.
#[must_use]
pub fn is_left_out(what: &str) -> bool {
    boards()
        .iter()
        .filter(|board| !is_checked(board))
        .any(|board| what.ends_with(&board.family) || what.contains(&board.name))
}

fn is_checked(board: &Board) -> bool {
    CHECKED.contains(&board.name.as_str())
}

fn measure_on(boards: &[Board]) -> Result<Document> {
    thread::scope(|scope| {
        let lookups = scope.spawn(|| lookups(boards));
        Ok(Document { tables: vec![flash(boards)?, joined(lookups)?] })
    })
}

/// The smallest program and the largest one on each board.
fn flash(boards: &[Board]) -> Result<Table> {
    let costs = compiled(ALL)?.costs();
    let sections: Vec<String> = Cost::by_section(&costs).into_iter().map(|(section, _)| section.to_owned()).collect();
    let mut columns = ["code", "constants", "unwinding"].map(str::to_owned).to_vec();
    columns.extend(sections.iter().cloned());
    columns.extend(["all", "flash of the board", "static RAM"].map(str::to_owned));
    let mut rows = Vec::new();
    for board in boards {
        let (title, everything) = (vec!["ja"], ALL.to_vec());
        let mut programs = vec![("title", title.clone(), ""), ("everything", everything.clone(), "")];
        if measures_dense(board) {
            programs.push(("title", densely(&title), " with dense text"));
            programs.push(("everything", densely(&everything), " with dense text"));
        }
        for (name, features, how) in programs {
            let program = image(board, name, &features)?;
            let tables = found(&program, &features)?;
            let of =
                |section: &String| tables.iter().find(|(other, _)| other == section).map_or(0, |(_, bytes)| *bytes);
            let constants = program.read_only.len() as u64 - tables.iter().map(|(_, bytes)| bytes).sum::<u64>();
            let mut numbers = vec![program.code, constants, program.unwinding];
            numbers.extend(sections.iter().map(of));
            numbers.extend([program.flash(), board.flash.bytes(), program.data + program.bss]);
            let row = format!("{name}{how} on {} ({})", board.name, board.family);
            rows.push((row, numbers.into_iter().map(Some).collect()));
        }
    }
    let text = "Bytes. `title` prints one title in Japanese; `everything` asks every public function, of a pack if there \
                is one and otherwise of the const tables, with every section. Code includes start-up and semihosting; \
                constants are what is neither code nor a table of the chronicle; unwinding is what `riscv-rt` keeps and \
                nobody reads. Then the tables by section, found in the linked program. RAM is what is static: the stack \
                comes on top. What is larger than the board's flash is linked as if it had more.\n";
    Ok(Table { title: "Flash of whole programs".to_owned(), text: text.to_owned(), columns, rows })
}

/// A program with const tables, linked as if the board had flash for all of them.
///
/// # Errors
///
/// If it cannot be built.
pub fn image(board: &Board, name: &str, sections: &[&str]) -> Result<Program> {
    let features: Vec<&str> = std::iter::once("baked").chain(sections.iter().copied()).collect();
    let path = build::linked(board, name, &features, board.flash.kibibytes.max(1024))?;
    Program::read(&path)
}

/// The bytes of each section that lie in a program.
///
/// # Errors
///
/// If the data does not compile, or a table of the sections is not there whole.
pub fn found(program: &Program, sections: &[&str]) -> Result<Vec<(String, u64)>> {
    let compiled = compiled(sections)?;
    for cost in compiled.costs() {
        let table = compiled.table(&cost.table).unwrap_or_default();
        if !table.is_empty() && !program.holds(table) {
            return Err(Failure::Other(format!("the table `{}` does not lie in the program", cost.table)));
        }
    }
    let costs = compiled.costs();
    let sections = Cost::by_section(&costs).into_iter();
    Ok(sections.map(|(section, bytes)| (section.to_owned(), bytes as u64)).collect())
}

/// What a firmware must have left of its stack when it calls a lookup, in bytes.
const STACK: u64 = 512;

/// What it must have left for what [`stack_bound`] lists.
const MORE_STACK: u64 = 1280;

/// What it must have left for a search: the search itself and what it finds lie on the stack too.
const SEARCH_STACK: u64 = 6656;

/// What dense texts may take besides, of these three: the opened chronicle is larger, and so is what goes through texts.
const MORE_DENSE: [u64; 3] = [16, 320, 512];

/// The same where texts may be dense.
#[must_use]
pub fn dense_stack_bound(name: &str) -> u64 {
    let bounds = [STACK, MORE_STACK, SEARCH_STACK].into_iter().zip(MORE_DENSE);
    let bound = stack_bound(name);
    bound + bounds.filter(|(of, _)| *of == bound).map(|(_, more)| more).sum::<u64>()
}

/// The bound of a public function's stack: 512 bytes, 6,656 for search, and 1,280 for details, for opening a file (the opened
/// chronicle included), and for what writes through `core::fmt`.
#[must_use]
pub fn stack_bound(name: &str) -> u64 {
    let of_details = name.ends_with("::details") || name.starts_with("Details::") || name.starts_with("<Claims as ");
    let formats = name.ends_with(" as Display>::fmt") || name.ends_with(" as Debug>::fmt");
    let searches =
        ["Search::", "Hits::", "Hit::", "<Search as", "<Hits as"].iter().any(|begin| name.starts_with(begin));
    if searches || name == "Chronicle::search" {
        return SEARCH_STACK;
    }
    if of_details || formats || name == "Chronicle::open" { MORE_STACK } else { STACK }
}

/// The stack of every public function over all records, in bytes, in the order of [`names`]: the most of all sections,
/// their texts dense or not.
///
/// # Errors
///
/// If it cannot be built or run.
pub fn stack(board: &Board, is_dense: bool) -> Result<Vec<u64>> {
    most(board, is_dense, |sections| {
        let program = build::program(board, "stack", &asked(sections))?;
        let printed = Run::new(board, &program).output().map_err(|failure| failure.during(&board.name))?;
        let stack: Vec<u64> = printed.lines().filter_map(|line| line.trim().parse().ok()).collect();
        complete(stack, &printed)
    })
}

/// The stack of every public function, none of which may need more than its bound.
fn within_bounds(board: &Board, is_dense: bool) -> Result<Vec<u64>> {
    let bound = if is_dense { dense_stack_bound } else { stack_bound };
    let stack = stack(board, is_dense)?;
    let over = names().iter().zip(&stack).filter(|(name, bytes)| **bytes > bound(name));
    let tell = |(name, bytes): (&&str, &u64)| format!("{name}: {bytes} bytes of stack, more than {}", bound(name));
    let over: Vec<String> = over.map(tell).collect();
    if over.is_empty() {
        return Ok(stack);
    }
    let texts = if is_dense { "dense texts" } else { "texts in UTF-8" };
    Err(Failure::Other(format!("on {} with {texts}:\n{}", board.family, over.join("\n"))))
}

/// The instructions of every public function, asked once, in the order of [`names`]: the most of all sections.
///
/// # Errors
///
/// If it cannot be built or run, or the counter does not count a loop of known length right.
pub fn counts(board: &Board, is_dense: bool) -> Result<Vec<u64>> {
    most(board, is_dense, |sections| {
        let program = build::program(board, "cost", &asked(sections))?;
        let run = Run::new(board, &program).counting();
        let printed = run.output().map_err(|failure| failure.during(&board.name))?;
        let count = |line: &str| {
            let (ticks, wraps) = line.trim().split_once(' ')?;
            Some(instructions(board.counter, ticks.parse().ok()?, wraps.parse().ok()?))
        };
        let counts: Vec<u64> = printed.lines().filter_map(count).collect();
        let [short, long, nothing, lookups @ ..] = counts.as_slice() else {
            return Err(Failure::Other(format!("{}: no counts in\n{printed}", board.name)));
        };
        // Loops of two instructions: 1,000 rounds, and 4,001,000 rounds, in which the timers run out.
        if long - short != 8_000_000 {
            let message = format!("{}: 8,000,000 instructions were counted as {}", board.name, long - short);
            return Err(Failure::Other(message));
        }
        complete(lookups.iter().map(|count| count.saturating_sub(*nothing)).collect(), &printed)
    })
}

/// The files that are measured on every board: what counts leaves less room for them than what only answers.
const MEASURED: [&[&str]; 5] = [
    &["ja", "details"],
    &["en", "details", "sources"],
    &["ja", "en", "sources", "slugs"],
    &["ja", "en", "sources", "search"],
    &["ja", "glyphs-12"],
];

/// Whether dense texts are measured there: on one board, which has room for everything.
#[must_use]
pub fn measures_dense(board: &Board) -> bool {
    board.stack && board.flash.kibibytes >= 512
}

/// The most of the images that fit on every board, and of the whole where it fits.
fn most(board: &Board, is_dense: bool, measure: impl Fn(&[&str]) -> Result<Vec<u64>>) -> Result<Vec<u64>> {
    let mut most = vec![0; names().len()];
    let whole = images(board).into_iter().filter(|image| *image == ALL);
    // What is dense is measured where the whole has room, and as a whole.
    let parts = MEASURED.into_iter().filter(|_| !is_dense);
    for sections in parts.chain(whole) {
        let sections = if is_dense { densely(sections) } else { sections.to_vec() };
        for (most, number) in most.iter_mut().zip(measure(&sections)?) {
            *most = number.max(*most);
        }
    }
    Ok(most)
}

fn complete(numbers: Vec<u64>, printed: &str) -> Result<Vec<u64>> {
    let (found, wanted) = (numbers.len(), names().len());
    if found == wanted { Ok(numbers) } else { Err(Failure::Other(format!("{found} numbers of {wanted}:\n{printed}"))) }
}

fn lookups(boards: &[Board]) -> Result<Table> {
    let columns = numbers(boards)?;
    let rows = names().iter().enumerate();
    let rows = rows.map(|(row, name)| {
        ((*name).to_owned(), columns.iter().map(|(_, numbers)| numbers.get(row).copied()).collect())
    });
    let rows: Vec<(String, Vec<Option<u64>>)> = rows.collect();
    let columns = columns.into_iter().map(|(name, _)| name).collect();
    let mut largest = 0;
    for part in MEASURED {
        largest = compiled(part)?.blob().len().max(largest);
    }
    let text = format!(
        "Code: bytes of the function with all it calls, linked alone for the Cortex-M0. Stack: the most bytes that any \
         record needs, the return address and what the answer is kept in included, beside the bound that a test holds. \
         Instructions: exact, of one call on each board, of a typical subject of QST's chronicle \
         (`Subject::typical`), until its answer is read to the end; they are not cycles. All at opt-level `s` with fat \
         LTO. Stack and instructions are the most over opened files of some sections each, and of the whole file where the \
         board has room for it; on const tables the same code runs. The largest file has {largest} bytes.\n",
    );
    Ok(Table { title: "Every public function".to_owned(), text, columns, rows })
}

/// A measure of every public function, in the order of [`names`].
type Measure<'a> = Box<dyn FnOnce() -> Result<Vec<u64>> + Send + 'a>;

/// What every public function costs, and what stands above it; measured beside one another, because one image is
/// built at a time and most of this is running them.
fn numbers(boards: &[Board]) -> Result<Vec<(String, Vec<u64>)>> {
    let bounds = || Ok(names().iter().map(|name| stack_bound(name)).collect());
    let mut columns: Vec<(String, Measure<'_>)> =
        vec![("code".to_owned(), Box::new(code)), ("stack at most".to_owned(), Box::new(bounds))];
    for board in boards.iter().filter(|board| board.stack) {
        columns.push((format!("stack {}", board.family), Box::new(|| within_bounds(board, false))));
    }
    for board in boards {
        columns.push((format!("instructions {}", board.family), Box::new(|| counts(board, false))));
    }
    for board in boards.iter().filter(|board| measures_dense(board)) {
        let title = |what| format!("{what} {} with dense text", board.family);
        columns.push((title("stack"), Box::new(|| within_bounds(board, true))));
        columns.push((title("instructions"), Box::new(|| counts(board, true))));
    }
    thread::scope(|scope| {
        let threads: Vec<_> = columns.into_iter().map(|(name, measure)| (name, scope.spawn(measure))).collect();
        threads.into_iter().map(|(name, thread)| Ok((name, joined(thread)?))).collect()
    })
}

/// What a thread gives.
fn joined<T>(thread: ScopedJoinHandle<'_, Result<T>>) -> Result<T> {
    thread.join().unwrap_or_else(|_| Err(Failure::Other("a thread that measures panicked".to_owned())))
}

/// The bytes of every public function, linked alone.
fn code() -> Result<Vec<u64>> {
    let (linker, library) = (linker()?, build::proofs(TARGETS[0], "s", &[])?);
    names().iter().map(|name| Ok(proof::link(&linker, &library, name)?.code)).collect()
}
