//! Records of postcard one after the other, of which one is read when it is asked for; what is compared stays in columns.
#![allow(dead_code, reason = "no question asks for all of it")]

use serde::Deserialize;
use serde::de::DeserializeOwned;
use zerovec::ZeroVec;

#[allow(unused_imports, reason = "where texts grow, they need no room")]
use crate::questions::{NOTE, NOTE_RUBY, SUMMARY, SUMMARY_RUBY, TITLE, TITLE_RUBY};
use crate::rows::{self, Span};
use crate::{Id, Peer, string};

#[derive(Deserialize)]
pub struct Each {
    /// In order of the hashes.
    #[serde(borrow)]
    keys: ZeroVec<'static, u32>,
    #[serde(borrow)]
    key_ids: ZeroVec<'static, Id>,
    #[serde(borrow)]
    dates: ZeroVec<'static, [i32; 4]>,
    #[serde(borrow)]
    flags: ZeroVec<'static, u8>,
    #[serde(borrow)]
    kinds: ZeroVec<'static, u8>,
    /// Where the records begin: of each milestone its titles, and behind them what one reads who wants to know more; then the
    /// organisations, then all others.
    #[serde(borrow)]
    starts: ZeroVec<'static, u32>,
    records: &'static [u8],
}

pub type Opened = Each;

/// A text of its own; on boards with room for the longest.
#[derive(Deserialize)]
struct Text<P, R> {
    plain: P,
    ruby: R,
}

type Title = Text<string!(TITLE), string!(TITLE_RUBY)>;

/// What a record has behind its titles; keys, participants and more come after it.
#[derive(Deserialize)]
struct Details {
    summary: [Text<string!(SUMMARY), string!(SUMMARY_RUBY)>; 2],
    note: [Text<string!(NOTE), string!(NOTE_RUBY)>; 2],
}

pub fn open() -> Option<Opened> {
    postcard::from_bytes(crate::file!("each.bin")).ok()
}

impl Each {
    /// Reads what begins at one of the starts: what is behind it is left.
    fn read<T: DeserializeOwned>(&self, start: usize) -> Option<T> {
        let bytes = self.records.get(self.starts.get(start)? as usize..)?;
        postcard::from_bytes(bytes).ok()
    }

    fn begins(&self, at: usize) -> i32 {
        self.dates.get(at).unwrap_or_default()[0]
    }

    fn date(&self, at: usize) -> ([i32; 4], u8) {
        (self.dates.get(at).unwrap_or_default(), self.flags.get(at).unwrap_or_default())
    }
}

impl Peer for Each {
    type Span = Span;

    /// For the others it would have to read all records.
    const KINDS: &'static [&'static str] = &["key", "id", "surely", "possibly", "detail"];

    fn span(_: &str, (from, to): (i32, i32)) -> Span {
        Span { from, to }
    }

    fn by_key(&self, key: u32) -> u32 {
        let found = self.keys.binary_search(&key).ok();
        found.and_then(|at| self.key_ids.get(at)).map_or(u32::MAX, u32::from)
    }

    fn by_id(&self, id: u32) -> u32 {
        let at = id as usize;
        let (Some(kind), Some(date)) = (self.kinds.get(at), self.dates.get(at)) else { return 0 };
        rows::hot(kind, date[0], self.read::<Title>(2 * at).map_or(0, |title| title.plain.len()))
    }

    fn surely(&self, span: &Span) -> u32 {
        rows::surely(self.dates.len(), |at| self.begins(at), |at| self.date(at), span)
    }

    fn possibly(&self, span: &Span) -> u32 {
        rows::possibly(self.dates.len(), |at| self.begins(at), |at| self.date(at), span)
    }

    fn detail(&self, id: u32) -> u32 {
        let Some(details) = self.read::<Details>(2 * id as usize + 1) else { return 0 };
        let summaries = details.summary.iter().map(|text| rows::text(&text.plain, &text.ruby));
        let notes = details.note.iter().map(|text| rows::text(&text.plain, &text.ruby));
        summaries.chain(notes).fold(0, u32::wrapping_add)
    }
}
