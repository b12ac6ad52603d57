//! The alternatives that read a file, and what each is asked.

#[path = "../../programs/src/peers/each.rs"]
mod each;
mod flatbuffers;
mod fst;
#[path = "../../programs/src/peers/json.rs"]
mod json;
#[path = "../../programs/src/peers/nenpyo.rs"]
mod nenpyo;
#[path = "../../programs/src/peers/nothing.rs"]
mod nothing;
#[path = "../../programs/src/peers/postcard.rs"]
mod postcard;
#[path = "../../programs/src/peers/rkyv.rs"]
mod rkyv;
mod scan;
mod sqlite;
mod tantivy;
#[path = "../../programs/src/peers/zerovec.rs"]
mod zerovec;

use std::path::Path;

use nenpyo_emulator::Result;

use crate::ask::{Asked, Question, lookups};
use crate::asked::{KINDS, Peer};
use crate::failed;
use crate::find::Find;

pub(crate) use flatbuffers::write as write_flatbuffers;
pub(crate) use fst::write as write_fst;
pub(crate) use scan::write as write_scan;
pub(crate) use sqlite::write as write_sqlite;
pub(crate) use tantivy::write as write_tantivy;

/// What is looked for in texts: all that have it, or the first eight; two characters, or more.
const SEARCHES: [&str; 4] = ["search of two", "search of more", "first of two", "first of more"];

/// Everything.
const ALL: [&str; 12] = {
    let ([key, slug, id, surely, possibly, organization, tree, detail], [two, more, first, best]) = (KINDS, SEARCHES);
    [key, slug, id, surely, possibly, organization, tree, detail, two, more, first, best]
};

/// Asks one alternative.
pub(crate) fn answer(verb: &str, peer: &str, folder: &Path) -> Result<()> {
    let outcome = match peer {
        // What it takes to ask is measured with it, whatever is asked.
        "nothing" => Asked { kinds: &ALL, ..looks_up(nothing::open) }.run(verb, folder),
        "nenpyo" => does_all(nenpyo::open).run(verb, folder),
        "zerovec" => looks_up(zerovec::open).run(verb, folder),
        "rkyv" => looks_up(rkyv::open).run(verb, folder),
        "postcard-each" => looks_up(each::open).run(verb, folder),
        "postcard" => looks_up(postcard::open).run(verb, folder),
        "json" => looks_up(json::open).run(verb, folder),
        "flatbuffers" => looks_up(flatbuffers::open).run(verb, folder),
        "sqlite-memory" => does_all(sqlite::in_memory).run(verb, folder),
        "sqlite-file" => does_all(sqlite::in_file).run(verb, folder),
        "tantivy" => finds(tantivy::open).run(verb, folder),
        "memmem" => finds(scan::open).run(verb, folder),
        "fst" => Asked { open: fst::open, span: |_, _| (), ask: fst::ask, kinds: &["slug"] }.run(verb, folder),
        _ => Err(format!("there is no {peer}")),
    };
    outcome.map_err(failed)
}

fn looks_up<P: Peer>(open: fn() -> Option<P>) -> Asked<P, P::Span> {
    Asked { open, span: P::span, ask: lookups, kinds: P::KINDS }
}

fn does_all<P: Peer + Find>(open: fn() -> Option<P>) -> Asked<P, P::Span> {
    let ask = |peer: &P, question: &Question<P::Span>| match question {
        Question::Search(text) => peer.all(text),
        Question::First(text) => peer.first(text),
        question => lookups(peer, question),
    };
    Asked { open, span: P::span, ask, kinds: &ALL }
}

fn finds<P: Find>(open: fn() -> Option<P>) -> Asked<P, ()> {
    let ask = |peer: &P, question: &Question<()>| match question {
        Question::Search(text) => peer.all(text),
        Question::First(text) => peer.first(text),
        _ => u32::MAX,
    };
    Asked { open, span: |_, _| (), ask, kinds: &SEARCHES }
}
