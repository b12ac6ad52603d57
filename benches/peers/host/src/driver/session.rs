//! An alternative that runs and is asked again and again.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use nenpyo_emulator::Result;

use crate::failed;

pub(super) struct Session {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    /// What it answers, question by question.
    pub(super) answers: Vec<(String, u32)>,
    /// Nanoseconds that it took to open.
    pub(super) opened: u64,
    /// Kibibytes that it has when all was asked once.
    pub(super) memory: u64,
}

impl Session {
    pub(super) fn start(program: &Path, peer: &str, folder: &Path) -> Result<Self> {
        let mut command = Command::new(program);
        command.arg("serve").arg(peer).arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(failed)?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(failed("it cannot be asked"));
        };
        let mut session = Self {
            child,
            input: Some(input),
            output: BufReader::new(output),
            answers: Vec::new(),
            opened: 0,
            memory: 0,
        };
        loop {
            let line = session.line()?;
            let (name, number) = line.split_once('\t').ok_or_else(|| failed(format!("{peer} stopped: {line}")))?;
            let number: u64 = number.parse().map_err(failed)?;
            match name {
                "opened" => session.opened = number,
                "memory" => {
                    session.memory = number;
                    return Ok(session);
                }
                kind => session.answers.push((kind.to_owned(), number as u32)),
            }
        }
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.output.read_line(&mut line).map_err(failed)?;
        Ok(line.trim_end().to_owned())
    }

    /// Nanoseconds to ask all questions of a kind so many times.
    fn ask(&mut self, kind: &str, rounds: u32) -> Result<f64> {
        let input = self.input.as_mut().ok_or_else(|| failed("it is over"))?;
        writeln!(input, "{kind}\t{rounds}").map_err(failed)?;
        self.line()?.parse().map_err(failed)
    }

    /// How often a kind of question is asked in a batch.
    fn rounds(&mut self, kind: &str) -> Result<u32> {
        let mut once = self.ask(kind, 1)?;
        // The first time may be slow; what takes longer than a batch is asked once anyway.
        if once < BATCH.as_nanos() as f64 {
            once = once.min(self.ask(kind, 1)?).max(1.0);
        }
        Ok((BATCH.as_nanos() as f64 / once).clamp(1.0, 1_000_000.0) as u32)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It ends when nothing more is asked.
        drop(self.input.take());
        let _ = self.child.wait();
    }
}

/// How long is measured at once.
const BATCH: Duration = Duration::from_millis(2);

/// How many pairs of batches there are at most, and how long all of them may take; there are never fewer than three.
const PAIRS: usize = 21;
const PATIENCE: Duration = Duration::from_millis(300);

/// What a round of questions takes of both, in nanoseconds, batch by batch in turn: what disturbs one disturbs the other.
pub(super) fn pairs(one: &mut Session, other: &mut Session, kind: &str) -> Result<Vec<(f64, f64)>> {
    let (rounds, others) = (one.rounds(kind)?, other.rounds(kind)?);
    let begin = Instant::now();
    let mut times = Vec::new();
    while times.len() < 3 || times.len() < PAIRS && begin.elapsed() < PATIENCE {
        let first = one.ask(kind, rounds)? / f64::from(rounds);
        times.push((first, other.ask(kind, others)? / f64::from(others)));
    }
    Ok(times)
}
