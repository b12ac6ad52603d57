//! nenpyo measured beside its alternatives on boards: the same data, the same questions, the same answers. Writes
//! `generated/peers-boards.csv`, and tables and curves of it and of what was measured on a host.

mod curves;
#[path = "../../../tests/oracle/dice.rs"]
#[allow(dead_code, reason = "it is asked little here")]
mod dice;
mod figures;
mod story;
#[path = "../../synthetic/mod.rs"]
mod synthetic;
mod tables;
mod write;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use figures::Figures;
use nenpyo::Chronicle;
use nenpyo_codegen::{Compiled, Files};
use nenpyo_emulator::build::{self, folder};
use nenpyo_emulator::elf::Program;
use nenpyo_emulator::run::{Run, instructions};
use nenpyo_emulator::{Board, Result, board, exit, failed};
use synthetic::Words;

/// What is measured, nenpyo first.
const PEERS: [&str; 10] =
    ["nenpyo", "dense", "structs", "phf", "zerovec", "databake", "rkyv", "postcard", "postcard-each", "json"];

/// Of these, what shows that it still runs: a file, constants, and one that is not asked everything.
const SMOKED: [&str; 4] = ["nenpyo", "dense", "structs", "postcard-each"];

/// The number of a record, as small as a board would have it.
type Id = u16;

/// How long an alternative may take to be built.
const PATIENCE: Duration = Duration::from_mins(2);

/// Where it is measured, and with how many milestones; 0 is QST's chronicle.
const PLACES: [(&str, usize); 7] = [
    ("mps2-an385", 0),
    ("mps2-an385", 100),
    ("mps2-an385", 1_000),
    ("mps2-an386", 0),
    ("mps2-an386", 1_000),
    ("virt", 0),
    ("virt", 1_000),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => measure(&PLACES, &PEERS).and_then(|rows| write(BOARDS, &rows)).and_then(|()| render()),
        // Of what was measured before.
        ["--render"] => render(),
        ["--quick"] => measure(&PLACES[..1], &PEERS).map(|rows| print!("{rows}")),
        ["--smoke"] => measure(&PLACES[..1], &SMOKED).and_then(|rows| {
            print!("{rows}");
            // All of these fit.
            let stopped = rows.lines().find(|row| row.contains(",build,stopped,"));
            stopped.map_or(Ok(()), |row| Err(failed(row)))
        }),
        [board, records] => {
            let is_it = |place: &&(&str, usize)| place.0 == board && place.1.to_string() == records;
            let place = PLACES.iter().find(is_it).ok_or_else(|| failed("there is no such place"));
            place.and_then(|place| measure(std::slice::from_ref(place), &PEERS)).map(|rows| print!("{rows}"))
        }
        _ => Err(failed(
            "there is no such option; there are --quick, --smoke, --render, and a board with a number of milestones",
        )),
    };
    exit(outcome)
}

/// What one alternative takes for one kind of question, the middle and the most of all questions.
#[derive(Clone, Copy, Default)]
struct Cost {
    median: u64,
    most: u64,
    stack: u64,
}

/// What one alternative takes.
struct Measured {
    /// Bytes of flash beyond what every program has.
    flash: u64,
    /// Bytes of memory that it keeps.
    kept: u64,
    /// Seconds of the processors until it was built: another bench may run beside this one.
    built: f32,
    /// Seconds until it had answered everything.
    asked: f32,
    costs: BTreeMap<String, Cost>,
    answers: Vec<(String, u32)>,
}

/// What was measured on boards and on a host, in rows.
const BOARDS: &str = "generated/peers-boards.csv";
const HOST: &str = "generated/peers-host.csv";

/// Rows of what was measured, under their heads.
fn measure(places: &[(&str, usize)], peers: &[&str]) -> Result<String> {
    let qst = nenpyo_codegen::compile(&folder("data")).map_err(failed)?;
    let words = Words::of(&Chronicle::open(&qst.only(write::SECTIONS).blob()).map_err(failed)?);
    let mut rows = "place,milestones,peer,what,measure,value\n".to_owned();
    for (name, milestones) in places {
        let compiled = if *milestones == 0 {
            nenpyo_codegen::compile(&folder("data")).map_err(failed)?
        } else {
            let files = Files::from_memory("", words.files(*milestones, milestones / 2));
            nenpyo_codegen::compile_files(&files).map_err(failed)?
        };
        rows += &place(&board(name), *milestones, compiled, peers)?;
    }
    Ok(rows)
}

/// Measures everyone on a board.
fn place(board: &Board, milestones: usize, compiled: Compiled, peers: &[&str]) -> Result<String> {
    let data = folder("target/bench/peers");
    write::all(compiled, &data)?;
    let base = one(board, "nothing", &data, 0)?;
    let mut rows = String::new();
    let mut expected: Option<Vec<(String, u32)>> = None;
    for peer in peers {
        let mut row = |what: &str, measure: &str, value: String| {
            let _ = writeln!(rows, "{},{milestones},{peer},{what},{measure},{value}", board.name);
        };
        let measured = match one(board, peer, &data, base.flash) {
            Ok(measured) => measured,
            // What does not fit or takes too long is no failure of the bench.
            Err(failure) => {
                let why = failure.to_string().lines().next().unwrap_or_default().replace(',', ";");
                eprintln!("{peer} on {}: {why}", board.name);
                row("build", "stopped", why);
                continue;
            }
        };
        eprintln!(
            "{peer} on {}, {milestones} milestones: {} bytes, {:.1} s to build, {:.1} s to ask",
            board.name, measured.flash, measured.built, measured.asked
        );
        // Whoever answers otherwise is not measured but mended.
        let all = expected.get_or_insert_with(|| measured.answers.clone());
        let is_asked = |kind: &String| measured.answers.iter().any(|(answered, _)| answered == kind);
        let expected: Vec<_> = all.iter().filter(|(kind, _)| is_asked(kind)).collect();
        if let Some((got, wanted)) = measured.answers.iter().zip(&expected).find(|(got, wanted)| got != *wanted) {
            return Err(failed(format!("{peer} answers {got:?}, {} {wanted:?}", peers[0])));
        }
        if measured.answers.len() != expected.len() {
            return Err(failed(format!("{peer} gave {} answers of {}", measured.answers.len(), expected.len())));
        }
        row("file", "bytes", measured.flash.to_string());
        row("memory", "bytes", measured.kept.to_string());
        row("build", "seconds", format!("{:.1}", measured.built));
        for (what, cost) in measured.costs.iter().filter(|(what, _)| *what != "loop") {
            row(what, "instructions", cost.median.to_string());
            row(what, "instructions at most", cost.most.to_string());
            // A stack that is deeper than is looked at is deeper than any.
            row(what, "stack", cost.stack.to_string());
        }
    }
    Ok(rows)
}

/// Builds one alternative and asks it everything.
fn one(board: &Board, peer: &str, data: &Path, base: u64) -> Result<Measured> {
    let before = processors();
    let program = build::peer(board, peer, data, board.flash.kibibytes)?;
    let built = processors().saturating_sub(before);
    if built > PATIENCE {
        return Err(failed(format!("took {} s to be built", built.as_secs())));
    }
    // Of dense texts it is seen when they are compiled.
    if !matches!(peer, "nothing" | "dense") {
        has_everything(&program, data)?;
    }
    let begin = Instant::now();
    let printed = Run::new(board, &program).counting().output()?;
    let mut measured = Measured {
        flash: Program::read(&program)?.flash() - base,
        kept: 0,
        built: built.as_secs_f32(),
        asked: begin.elapsed().as_secs_f32(),
        costs: BTreeMap::new(),
        answers: Vec::new(),
    };
    let mut counts: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for line in printed.lines() {
        let mut words = line.split(' ');
        let name = words.next().unwrap_or_default().to_owned();
        let numbers: Vec<u64> = words.filter_map(|word| word.parse().ok()).collect();
        let &[answer, ticks, wraps, stack] = numbers.as_slice() else { return Err(failed(printed)) };
        if name == "size" {
            measured.kept = answer;
            continue;
        }
        counts.entry(name.clone()).or_default().push(instructions(board.counter, ticks, wraps));
        let cost = measured.costs.entry(name.clone()).or_default();
        cost.stack = cost.stack.max(stack);
        measured.answers.push((name, answer as u32));
    }
    // The loops say whether the counter counts.
    if counts.remove("loop").is_none_or(|loops| loops.len() != 2 || loops[1] - loops[0] != 8_000_000) {
        return Err(failed(format!("the counter does not count\n{printed}")));
    }
    for (name, mut counts) in counts {
        counts.sort_unstable();
        let cost = measured.costs.entry(name).or_default();
        (cost.median, cost.most) = (counts[counts.len() / 2], counts[counts.len() - 1]);
    }
    Ok(measured)
}

/// What the processes that this one started and waited for had of the processors.
fn processors() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name, which may have anything in it, is in brackets; thirteen fields behind it are two of time, in hundredths.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
    let ticks = fields.skip(13).take(2).filter_map(|field| field.parse::<u64>().ok());
    Duration::from_millis(10 * ticks.sum::<u64>())
}

/// What nobody reads is in the program too: the linker dropped nothing of it.
fn has_everything(program: &Path, data: &Path) -> Result<()> {
    let bytes = std::fs::read(program).map_err(failed)?;
    let linked = std::fs::read_to_string(data.join("linked.txt")).map_err(failed)?;
    let is_there = |text: &&str| memchr::memmem::find(&bytes, text.as_bytes()).is_some();
    match linked.lines().find(|text| !is_there(text)) {
        Some(missing) => Err(failed(format!("{missing:?} is not in {}", program.display()))),
        None => Ok(()),
    }
}

fn write(path: &str, text: &str) -> Result<()> {
    std::fs::write(folder(path), text).map_err(|error| failed(format!("{path}: {error}")))
}

/// Makes tables and curves of what was measured.
fn render() -> Result<()> {
    let read = |path: &str| std::fs::read_to_string(folder(path)).map_err(|error| failed(format!("{path}: {error}")));
    let figures = Figures::read(&(read(BOARDS)? + &read(HOST)?));
    write("generated/peers.md", &tables::markdown(&figures, &build::compiler()?))?;
    write("generated/peers.svg", &curves::questions(&figures))
}
