//! nenpyo measured beside its alternatives: the same data, the same questions, the same answers. Writes
//! `generated/peers.md`.

#[path = "../../../tests/oracle/dice.rs"]
#[allow(dead_code, reason = "it is asked little here")]
mod dice;
mod story;
#[path = "../../synthetic/mod.rs"]
mod synthetic;
mod write;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use nenpyo::Chronicle;
use nenpyo_codegen::{Compiled, Files};
use nenpyo_emulator::build::{self, folder};
use nenpyo_emulator::elf::Program;
use nenpyo_emulator::run::{Run, instructions};
use nenpyo_emulator::{Board, Failure, Result, board};
use synthetic::Words;

/// What is measured, nenpyo first.
const PEERS: [&str; 7] = ["nenpyo", "structs", "phf", "zerovec", "rkyv", "postcard", "json"];

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
        [] => measure(&PLACES, &PEERS).and_then(|text| write(&text)),
        ["--smoke"] => measure(&PLACES[..1], &PEERS[..3]).map(|text| print!("{text}")),
        [board, records] => {
            let is_it = |place: &&(&str, usize)| place.0 == board && place.1.to_string() == records;
            let place = PLACES.iter().find(is_it).ok_or_else(|| failed("there is no such place"));
            place.and_then(|place| measure(std::slice::from_ref(place), &PEERS)).map(|text| print!("{text}"))
        }
        _ => Err(failed("there is no such option; there are --smoke, and a board with a number of milestones")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure::Other(error.to_string())
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
    /// Seconds until it was built.
    built: f32,
    costs: BTreeMap<String, Cost>,
    answers: Vec<(String, u32)>,
}

fn measure(places: &[(&str, usize)], peers: &[&str]) -> Result<String> {
    let qst = nenpyo_codegen::compile(&folder("data")).map_err(failed)?;
    let words = Words::of(&Chronicle::open(&qst.only(write::SECTIONS).blob()).map_err(failed)?);
    let mut text = String::new();
    for (name, milestones) in places {
        let compiled = if *milestones == 0 {
            nenpyo_codegen::compile(&folder("data")).map_err(failed)?
        } else {
            let files = Files::from_memory("", words.files(*milestones, milestones / 2));
            nenpyo_codegen::compile_files(&files).map_err(failed)?
        };
        let board = board(name);
        text += &table(&board, *milestones, compiled, peers)?;
    }
    Ok(text)
}

/// The rows of a table: what is asked.
const QUESTIONS: [(&str, &str); 9] = [
    ("open", "opening, once"),
    ("key", "by key (hash)"),
    ("slug", "by key (text)"),
    ("id", "by id: kind, day, title"),
    ("surely", "surely within a span"),
    ("possibly", "possibly within a span"),
    ("organization", "with an organisation"),
    ("tree", "organisation tree as of a day"),
    ("detail", "all texts of one"),
];

fn table(board: &Board, milestones: usize, compiled: Compiled, peers: &[&str]) -> Result<String> {
    let data = folder("target/bench/peers");
    write::all(compiled, &data)?;
    let base = one(board, "nothing", &data, 0)?;
    let mut all = Vec::new();
    for peer in peers {
        let measured = one(board, peer, &data, base.flash);
        match &measured {
            Ok(measured) => eprintln!("{peer} on {}: {} bytes, {:.0} s", board.name, measured.flash, measured.built),
            Err(failure) => eprintln!("{peer} on {}: {failure}", board.name),
        }
        all.push((*peer, measured));
    }
    // Whoever answers otherwise is not measured but mended.
    let expected = all.first().and_then(|(_, first)| first.as_ref().ok()).map(|first| first.answers.clone());
    for (peer, measured) in &all {
        let Ok(measured) = measured else { continue };
        let differs = |pair: &(&(String, u32), &(String, u32))| pair.0 != pair.1;
        let expected = expected.as_ref().ok_or_else(|| failed("nenpyo was not measured"))?;
        if let Some((got, wanted)) = measured.answers.iter().zip(expected).find(differs) {
            return Err(failed(format!("{peer} answers {got:?}, nenpyo {wanted:?}")));
        }
        if measured.answers.len() != expected.len() {
            return Err(failed(format!("{peer} gave {} answers of {}", measured.answers.len(), expected.len())));
        }
    }
    let records = if milestones == 0 { "QST's chronicle".to_owned() } else { format!("{milestones} milestones") };
    let mut text = format!("\n## {records} on {} ({})\n\n| |", board.name, board.family);
    for (peer, _) in &all {
        let _ = write!(text, " {peer} |");
    }
    let _ = write!(text, "\n|---|{}\n", "---:|".repeat(all.len()));
    let mut row = |name: &str, cell: &dyn Fn(&Measured) -> String| {
        let _ = write!(text, "| {name} |");
        for (_, measured) in &all {
            let _ = write!(text, " {} |", measured.as_ref().map_or("–".to_owned(), cell));
        }
        text.push('\n');
    };
    row("flash, data and code, bytes", &|measured| measured.flash.to_string());
    row("memory it keeps, bytes", &|measured| measured.kept.to_string());
    row("built in, seconds", &|measured| format!("{:.0}", measured.built));
    for (question, name) in QUESTIONS {
        row(&format!("{name}: instructions"), &|measured| {
            let cost = measured.costs.get(question).copied().unwrap_or_default();
            if cost.median == cost.most { cost.most.to_string() } else { format!("{} ({})", cost.median, cost.most) }
        });
        row("– stack, bytes", &|measured| {
            measured.costs.get(question).copied().unwrap_or_default().stack.to_string()
        });
    }
    for (peer, measured) in &all {
        if let Err(failure) = measured {
            let first = failure.to_string();
            let _ = writeln!(text, "\n{peer}: {}", first.lines().next().unwrap_or_default());
        }
    }
    Ok(text)
}

/// Builds one alternative and asks it everything.
fn one(board: &Board, peer: &str, data: &Path, base: u64) -> Result<Measured> {
    let begin = Instant::now();
    let program = build::peer(board, peer, data, board.flash.kibibytes)?;
    let built = begin.elapsed();
    if built > PATIENCE {
        return Err(failed(format!("took {} s to be built", built.as_secs())));
    }
    let printed = Run::new(board, &program).counting().output()?;
    let mut measured = Measured {
        flash: Program::read(&program)?.flash() - base,
        kept: 0,
        built: built.as_secs_f32(),
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

fn write(text: &str) -> Result<()> {
    let text = format!(
        "<!-- @generated by `cargo xtask bench`. Do not edit. -->\n\n{HEAD}Measured with {}.\n{text}",
        build::compiler()?
    );
    let path: PathBuf = folder("generated/peers.md");
    std::fs::write(&path, text).map_err(|error| failed(format!("{}: {error}", path.display())))
}

/// What stands above the tables.
const HEAD: &str = "\
# nenpyo and its alternatives

The same milestones and organisations, asked the same questions on emulated boards; whoever answers otherwise fails the run. \
*structs* are constant structs in slices, keys by binary search; *phf* the same with perfect hashes; *zerovec* columns in a \
file of postcard, as ICU4X has them, with a zerotrie for keys as text; *rkyv* a file that is checked when it is opened; \
*postcard* and *json* (serde-json-core) files that are read into heapless vectors. All have texts with their ruby, keys, \
dates as four days with their doubts, kinds, participants, and the names and parents of organisations with their periods; \
nenpyo's file has besides all that else is in the data: sources and what they say, sites, people, links both ways. \
Instructions are exact, of one question, the median and in brackets the most; `opt-level = \"s\"`, fat LTO. Flash is what \
the program has more than one without data and answers.

";
