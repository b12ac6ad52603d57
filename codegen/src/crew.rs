//! The threads that a compilation works with, and who is told how far it has come. Host only.

use std::num::NonZero;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many things a thread takes at once: few enough that none is left with all the rest, and so many that asking for
/// more costs nothing.
const SHARE: usize = 256;

/// Is told how far a compilation has come; from several threads at once.
///
/// ```
/// use nenpyo_codegen::{Compiler, Files, Observer};
/// use std::sync::Mutex;
///
/// #[derive(Default)]
/// struct Stages(Mutex<Vec<&'static str>>);
///
/// impl Observer for Stages {
///     fn begin(&self, stage: &'static str, _steps: usize) {
///         self.0.lock().unwrap().push(stage);
///     }
/// }
///
/// let stages = Stages::default();
/// Compiler::new().observed(&stages).compile(&Files::read("tests/fixtures/ok".as_ref())?)?;
/// assert_eq!(stages.0.into_inner().unwrap()[..2], ["reading", "checking"]);
/// # Ok::<(), nenpyo_codegen::Error>(())
/// ```
pub trait Observer: Sync {
    /// A stage begins, of so many steps; zero where it has none to count.
    fn begin(&self, stage: &'static str, steps: usize);

    /// So many more steps of it are done.
    fn advance(&self, steps: usize) {
        let _ = steps;
    }
}

/// Shares work out among threads. What comes of it is in order and does not depend on their number.
pub(crate) struct Crew<'o> {
    pub(crate) threads: usize,
    pub(crate) observer: Option<&'o dyn Observer>,
}

impl Crew<'_> {
    /// As many threads as this machine runs at once.
    pub(crate) fn new() -> Self {
        Self { threads: thread::available_parallelism().map_or(1, NonZero::get), observer: None }
    }

    pub(crate) fn begin(&self, stage: &'static str, steps: usize) {
        if let Some(observer) = self.observer {
            observer.begin(stage, steps);
        }
    }

    pub(crate) fn advance(&self, steps: usize) {
        if let Some(observer) = self.observer {
            observer.advance(steps);
        }
    }

    /// What becomes of each share of so many things, in their order. Shares are the same whoever works on them.
    pub(crate) fn shares<R: Send>(&self, things: usize, each: impl Fn(Range<usize>) -> R + Sync) -> Vec<R> {
        let share = |at: usize| at * SHARE..things.min((at + 1) * SHARE);
        self.all(things.div_ceil(SHARE), |at| each(share(at)))
    }

    /// What becomes of a few large pieces of so many things, in their order: for what is the same however they are cut.
    pub(crate) fn pieces<R: Send>(&self, things: usize, each: impl Fn(Range<usize>) -> R + Sync) -> Vec<R> {
        let pieces = if things > SHARE { self.threads * 2 } else { 1 };
        let edge = |at: usize| things * at / pieces;
        self.all(pieces, |at| each(edge(at)..edge(at + 1)))
    }

    /// What becomes of each number below `count`, in their order: for a few large pieces of work.
    pub(crate) fn all<R: Send>(&self, count: usize, each: impl Fn(usize) -> R + Sync) -> Vec<R> {
        if self.threads < 2 || count < 2 {
            return (0..count).map(each).collect();
        }
        let next = AtomicUsize::new(0);
        let done = Mutex::new(Vec::with_capacity(count));
        let work = || {
            let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed)).take_while(|at| *at < count);
            let own: Vec<(usize, R)> = numbers.map(|at| (at, each(at))).collect();
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(own);
        };
        thread::scope(|scope| {
            for _ in 1..self.threads.min(count) {
                scope.spawn(work);
            }
            work();
        });
        let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        done.sort_unstable_by_key(|(at, _)| *at);
        done.into_iter().map(|(_, result)| result).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Crew;

    #[test]
    fn what_comes_is_in_order_whoever_worked_on_it() {
        for threads in [1, 2, 7] {
            let crew = Crew { threads, observer: None };
            for things in [0, 1, 256, 257, 10_000] {
                let all = || 0..things;
                assert!(crew.all(things, |thing| thing).into_iter().eq(all()), "{threads} threads");
                assert!(crew.shares(things, Vec::from_iter).concat().into_iter().eq(all()), "{threads} threads");
                assert!(crew.pieces(things, Vec::from_iter).concat().into_iter().eq(all()), "{threads} threads");
            }
        }
    }
}
