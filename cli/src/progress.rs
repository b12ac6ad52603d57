//! A line on the terminal for anything that takes longer than a second. Runs on the host.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use nenpyo_codegen::Observer;

/// How often the line is written anew.
const EVERY: Duration = Duration::from_millis(250);

/// Says what is going on, from the first second on and until it is dropped; only to a terminal.
pub(crate) struct Progress {
    now: Arc<Now>,
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What is being done, and how far it is.
#[derive(Default)]
struct Now {
    stage: Mutex<&'static str>,
    done: AtomicUsize,
    steps: AtomicUsize,
}

impl Progress {
    /// Begins to wait.
    pub(crate) fn of(what: String) -> Self {
        let now = Arc::new(Now::default());
        if !io::stderr().is_terminal() {
            return Self { now, end: None, thread: None };
        }
        let (end, ended) = mpsc::channel();
        let shown = now.clone();
        let thread = thread::spawn(move || {
            let start = Instant::now();
            let mut wait = Duration::from_secs(1);
            // The sender is dropped when the work is done, which ends the wait at once.
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                wait = EVERY;
                let _ = write!(io::stderr(), "\r\x1b[2K{what}{} … {} s", shown.line(), start.elapsed().as_secs());
            }
            if wait == EVERY {
                let _ = write!(io::stderr(), "\r\x1b[2K");
            }
        });
        Self { now, end: Some(end), thread: Some(thread) }
    }
}

impl Now {
    /// The stage and, where there is something to count, how far it is.
    fn line(&self) -> String {
        let stage = *self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        let (done, steps) = (self.done.load(Ordering::Relaxed), self.steps.load(Ordering::Relaxed));
        match (stage, steps) {
            ("", _) => String::new(),
            (stage, 0) => format!(": {stage}"),
            (stage, steps) => format!(": {stage} {done}/{steps}"),
        }
    }
}

impl Observer for Progress {
    fn begin(&self, stage: &'static str, steps: usize) {
        let mut now = self.now.stage.lock().unwrap_or_else(PoisonError::into_inner);
        *now = stage;
        self.now.done.store(0, Ordering::Relaxed);
        self.now.steps.store(steps, Ordering::Relaxed);
    }

    fn advance(&self, steps: usize) {
        self.now.done.fetch_add(steps, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use nenpyo_codegen::Observer as _;

    use super::Progress;

    #[test]
    fn the_line_tells_the_stage_and_how_far_it_is() {
        let progress = Progress::of(String::new());
        assert_eq!(progress.now.line(), "");
        progress.begin("lowering", 0);
        assert_eq!(progress.now.line(), ": lowering");
        progress.begin("reading", 3);
        progress.advance(2);
        assert_eq!(progress.now.line(), ": reading 2/3");
    }
}
