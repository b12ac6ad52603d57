//! Running a program on an emulated board.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::{Board, Counter, Failure, Result};

/// No program here needs a tenth of this.
const LIMIT: Duration = Duration::from_mins(3);

/// How an emulator runs a program.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    board: &'a Board,
    program: &'a Path,
    argument: Option<&'a str>,
    loaded: Option<&'a Path>,
    limit: Duration,
    counts: bool,
}

impl<'a> Run<'a> {
    /// A program on a board.
    #[must_use]
    pub const fn new(board: &'a Board, program: &'a Path) -> Self {
        Self { board, program, argument: None, loaded: None, limit: LIMIT, counts: false }
    }

    /// With an argument for the program.
    #[must_use]
    pub const fn argument(self, argument: &'a str) -> Self {
        Self { argument: Some(argument), ..self }
    }

    /// With a file at the beginning of the board's further memory.
    #[must_use]
    pub const fn loaded(self, file: &'a Path) -> Self {
        Self { loaded: Some(file), ..self }
    }

    /// Stopped after this time.
    #[must_use]
    pub const fn limit(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    /// With a clock that each instruction moves on by the same step: it counts instructions.
    #[must_use]
    pub const fn counting(self) -> Self {
        Self { counts: true, ..self }
    }

    fn command(&self) -> Command {
        let Board { emulator, machine, cpu, counter, .. } = self.board;
        let mut command = Command::new(emulator);
        command.args(["-nographic", "-monitor", "none", "-machine", machine]);
        if let Some(cpu) = cpu {
            command.args(["-cpu", cpu]);
        }
        if *counter == Counter::Minstret {
            command.args(["-bios", "none"]);
        }
        if self.counts {
            command.args(["-icount", &format!("shift={}", shift(*counter))]);
        }
        let argument = self.argument.map(|argument| format!(",arg=program,arg={argument}")).unwrap_or_default();
        command.args(["-semihosting-config", &format!("enable=on,target=native{argument}")]);
        command.arg("-kernel").arg(self.program);
        if let (Some(file), Some(more)) = (self.loaded, self.board.more) {
            // Where a board has no more memory than it has, the emulator says so.
            if *counter == Counter::Minstret {
                command.args(["-m", "1G"]);
            }
            let file = file.display();
            command.args(["-device", &format!("loader,file={file},addr={:#x},force-raw=on", more.origin)]);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs it and gives what it printed.
    ///
    /// # Errors
    ///
    /// If it fails, hangs, or prints nothing.
    pub fn output(&self) -> Result<String> {
        let missing =
            |error| Failure::Missing { program: self.board.emulator.clone(), error, advice: nenpyo_boards::INSTALL };
        let mut child = self.command().spawn().map_err(missing)?;
        let (out, err) = (child.stdout.take(), child.stderr.take());
        let printed = thread::spawn(move || read(out));
        let complained = thread::spawn(move || read(err));
        let begin = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().map_err(missing)? {
                break Some(status);
            }
            if begin.elapsed() > self.limit {
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
            thread::sleep(Duration::from_millis(5));
        };
        let [printed, complained] = [printed, complained].map(|text| text.join().unwrap_or_default());
        let both = || printed.clone() + &complained;
        match status {
            None => Err(Failure::Hung { limit: self.limit, printed: both() }),
            Some(status) if !status.success() => Err(Failure::Failed { code: status.code(), printed: both() }),
            Some(_) if printed.trim().is_empty() => Err(Failure::Silent),
            Some(_) => Ok(printed),
        }
    }
}

fn read(stream: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    if let Some(mut stream) = stream {
        // What was printed until the stream broke is all there is.
        let _ = stream.read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// An instruction takes two to this power nanoseconds: long enough that the timer ticks several times in it, so that
/// ticks are instructions after rounding.
pub(crate) const fn shift(counter: Counter) -> u32 {
    match counter {
        Counter::Systick(_) => 8,
        Counter::Minstret => 0,
    }
}

/// How many instructions so many ticks are, of which `wraps` times five were spent counting that the timer ran out.
#[must_use]
pub fn instructions(counter: Counter, ticks: u64, wraps: u64) -> u64 {
    match counter {
        Counter::Minstret => ticks,
        Counter::Systick(hertz) => {
            let ticks_of_a_million = u64::from(hertz) * (1 << shift(counter)) / 1000;
            let all = (ticks * 1_000_000 + ticks_of_a_million / 2) / ticks_of_a_million;
            all - 5 * wraps
        }
    }
}
