//! Running something that may take so long and so much memory, and no more.

use std::collections::HashMap;
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use nenpyo_emulator::Result;

use crate::failed;
use crate::measured::processor;

/// What something may take.
pub(super) struct Limit {
    /// Of the processors, so that it does not matter what else the machine does.
    time: Duration,
    gigabytes: u64,
}

/// To build an alternative.
pub(super) const BUILDING: Limit = Limit { time: Duration::from_mins(2), gigabytes: 8 };

/// To think up a chronicle, compile it, and read everyone's rows off it: what of that is nenpyo's is measured by itself.
pub(super) const MAKING: Limit = Limit { time: Duration::from_mins(10), gigabytes: 20 };

/// How often it is looked at: to look at all processes takes some milliseconds.
const INTERVAL: Duration = Duration::from_millis(50);

/// How it ended.
pub(super) enum Outcome {
    Done {
        printed: String,
        /// Of the processors.
        seconds: f64,
        /// The most memory that it and all that it started had together.
        kibibytes: u64,
    },
    Stopped(String),
}

/// Runs it to its end or to its limits.
pub(super) fn watch(mut command: Command, limit: &Limit) -> Result<Outcome> {
    // What is printed is little enough to wait until the end.
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(failed)?;
    let (mut most, mut seconds) = (0, 0.0_f64);
    let status = loop {
        if let Some(status) = child.try_wait().map_err(failed)? {
            break status;
        }
        let family = family(child.id());
        let now = family.iter().map(|(_, kibibytes)| kibibytes).sum();
        most = most.max(now);
        // What has ended is counted with what waited for it.
        seconds = seconds.max(family.iter().filter_map(|(id, _)| processor(&id.to_string())).sum());
        let why = if seconds > limit.time.as_secs_f64() {
            Some(format!("{} s", limit.time.as_secs()))
        } else if now * 1024 > limit.gigabytes * 1_000_000_000 {
            Some(format!("{} GB", limit.gigabytes))
        } else {
            None
        };
        if let Some(why) = why {
            let ids = family.iter().map(|(id, _)| id.to_string());
            let _ = Command::new("kill").arg("-KILL").args(ids).status();
            child.wait().map_err(failed)?;
            return Ok(Outcome::Stopped(why));
        }
        sleep(INTERVAL);
    };
    let mut printed = String::new();
    child.stdout.take().map_or(Ok(0), |mut output| output.read_to_string(&mut printed)).map_err(failed)?;
    if status.success() {
        Ok(Outcome::Done { printed, seconds, kibibytes: most })
    } else {
        Err(failed(format!("{command:?}: {status}")))
    }
}

/// A process and all that it started, with the kibibytes that each has.
fn family(root: u32) -> Vec<(u32, u64)> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let of = |id: u32| {
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let number = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name))?;
            line.split_whitespace().nth(1)?.parse::<u64>().ok()
        };
        Some((id, (number("PPid:")? as u32, number("VmRSS:").unwrap_or(0))))
    };
    let all: HashMap<u32, (u32, u64)> = ids.filter_map(of).collect();
    let is_below = |mut id: u32| loop {
        match all.get(&id) {
            _ if id == root => return true,
            Some((parent, _)) if *parent != id => id = *parent,
            _ => return false,
        }
    };
    all.iter().filter(|(id, _)| is_below(**id)).map(|(id, (_, kibibytes))| (*id, *kibibytes)).collect()
}
