//! What was measured: rows of a file that `benches/peers` makes tables and curves of.

use nenpyo_emulator::{Result, build};
use std::fmt::Write as _;

use crate::ask::status;
use crate::failed;

/// Everything that was measured.
#[derive(Default)]
pub(crate) struct Measured {
    rows: String,
}

impl Measured {
    /// Adds a figure: of which size, of whom, of what.
    pub(crate) fn add(
        &mut self,
        milestones: usize,
        peer: &str,
        what: &str,
        measure: &str,
        value: impl std::fmt::Display,
    ) {
        let _ = writeln!(self.rows, "host,{milestones},{peer},{what},{measure},{value}");
    }

    /// Adds what was measured beside.
    pub(crate) fn extend(&mut self, other: &Self) {
        self.rows += &other.rows;
    }

    pub(crate) fn write(&self) -> Result<()> {
        let text = format!("place,milestones,peer,what,measure,value\n{}", self.rows);
        std::fs::write(build::folder("generated/peers-host.csv"), text).map_err(failed)
    }

    pub(crate) fn print(&self) {
        print!("{}", self.rows);
    }
}

/// Seconds that a process and what it started and waited for had of the processors, in hundredths.
pub(crate) fn processor(process: &str) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name, which may have anything in it, is in brackets; eleven fields behind it are four of time.
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = fields.split_whitespace().skip(11).take(4).filter_map(|field| field.parse::<u32>().ok());
    Some(f64::from(ticks.sum::<u32>()) / 100.0)
}

/// What something takes in this process.
pub(crate) struct Taken {
    /// Of the processors: what else the machine does must not matter.
    pub(crate) seconds: f64,
    /// Of memory beyond what there was before.
    pub(crate) kibibytes: u64,
}

/// Does something, and says what it takes.
pub(crate) fn take<T>(work: impl FnOnce() -> T) -> (T, Taken) {
    // The most is counted from here on.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let before = status("VmRSS").unwrap_or(0);
    let begin = processor("self").unwrap_or(0.0);
    let done = work();
    let seconds = processor("self").unwrap_or(0.0) - begin;
    (done, Taken { seconds, kibibytes: status("VmHWM").unwrap_or(0).saturating_sub(before) })
}

impl Taken {
    /// For whoever started this process.
    pub(crate) fn print(&self) {
        println!("seconds\t{:.2}\nkibibytes\t{}", self.seconds, self.kibibytes);
    }
}
