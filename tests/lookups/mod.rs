//! Every public function of nenpyo, asked of every record: once written, run on the host and on boards.
//!
//! No standard library, no allocation: `firmware/` takes this folder as it is.
//! [`list`] is the one list; the tests that hold digests, stack, panic paths and costs all go through it. [`beside`] is
//! what is public and no lookup.

pub(crate) mod answer;
pub(crate) mod beside;
pub(crate) mod claims;
pub(crate) mod list;
pub(crate) mod subject;

use core::marker::PhantomData;

use answer::{Digest, Sink};
use beside::beside;
use list::lookups;
#[allow(clippy::wildcard_imports, reason = "they are there for the list")]
use list::names::*;
use subject::Subject;

/// Asks a public function of a subject and tells the sink what it answers; `None` if the subject does not have what it
/// asks about.
pub(crate) type Ask<S> = fn(&Subject<'_>, &mut S) -> Option<()>;

/// All of them, for one kind of sink.
pub(crate) struct Lookups<S>(PhantomData<S>);

macro_rules! table {
    ($($name:literal => |$subject:ident| $answer:expr;)*) => {
        /// The paths of the functions; apart from the functions themselves, for whom the smallest boards have room.
        pub(crate) static NAMES: &[&str] = &[$($name),*];

        /// How each is asked.
        const ASKED: &[&str] = &[$(stringify!($answer)),*];

        impl<S: Sink + 'static> Lookups<S> {
            /// In the order of [`NAMES`].
            pub(crate) const ALL: &'static [Ask<S>] = &[$(|$subject, sink| {
                answer::Answer::tell($answer, sink);
                Some(())
            },)*];
        }
    };
}

lookups!(table);

macro_rules! names {
    ($($name:literal => |$subject:ident| $answer:expr;)*) => {
        /// The paths of what is public beside lookups: proved, but asked of no record and not measured.
        pub(crate) static BESIDE: &[&str] = &[$($name),*];

        const ASKED_BESIDE: &[&str] = &[$(stringify!($answer)),*];
    };
}

beside!(names);

/// How each of [`NAMES`], then each of [`BESIDE`], is asked.
pub(crate) const EXPRESSIONS: [&str; NAMES.len() + BESIDE.len()] = {
    let mut all = [""; NAMES.len() + BESIDE.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < ASKED.len() { ASKED[at] } else { ASKED_BESIDE[at - ASKED.len()] };
        at += 1;
    }
    all
};

/// How many there are.
pub(crate) const COUNT: usize = Lookups::<Digest>::ALL.len();

/// A digest of all that each of them answers over all records, in the order of [`NAMES`].
///
/// Panics when more than `budget` things were answered, so that what never ends is found.
pub(crate) fn digests<'a>(chronicle: &'a Chronicle<'a>, file: Option<&'a [u8]>, budget: u32) -> [Digest; COUNT] {
    let mut digests = [Digest::EMPTY; COUNT];
    digest(chronicle, file, budget, &mut digests);
    digests
}

/// The same, written where it is to be: moved, it would be a fifth of the smallest board's memory more.
pub(crate) fn digest<'a>(
    chronicle: &'a Chronicle<'a>,
    file: Option<&'a [u8]>,
    budget: u32,
    digests: &mut [Digest; COUNT],
) {
    for subject in Subject::all(chronicle, file) {
        for (lookup, (ask, digest)) in Lookups::ALL.iter().zip(&mut *digests).enumerate() {
            ask(&subject, digest);
            assert!(digest.told <= budget, "lookup {lookup} has answered more than {budget} things");
        }
    }
}
