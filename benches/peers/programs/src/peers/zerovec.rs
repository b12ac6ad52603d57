//! Columns as ICU4X has them: zerovec in a file of postcard, and a zerotrie for keys as text.

use serde::Deserialize;
use zerotrie::ZeroTrieSimpleAscii;
use zerovec::vecs::Index32;
use zerovec::{VarZeroVec, ZeroVec};

use crate::Peer;
use crate::rows::{self, Span};

type Texts<'a> = VarZeroVec<'a, str, Index32>;

#[derive(Deserialize)]
pub struct Opened {
    /// In order of the hashes; a `ZeroMap` would be the same, but needs a heap.
    #[serde(borrow)]
    keys: ZeroVec<'static, u32>,
    #[serde(borrow)]
    key_ids: ZeroVec<'static, u16>,
    #[serde(borrow)]
    by_slug: &'static [u8],
    #[serde(borrow)]
    dates: ZeroVec<'static, [i32; 4]>,
    #[serde(borrow)]
    flags: ZeroVec<'static, u8>,
    #[serde(borrow)]
    kinds: ZeroVec<'static, u8>,
    /// Plain text and ruby of title, summary and note in both languages, milestone by milestone.
    #[serde(borrow)]
    texts: Texts<'static>,
    /// Where the participants of each milestone begin, and the participants.
    #[serde(borrow)]
    participant_starts: ZeroVec<'static, u32>,
    #[serde(borrow)]
    participants: ZeroVec<'static, u16>,
    #[serde(borrow)]
    exists: ZeroVec<'static, [i32; 4]>,
    #[serde(borrow)]
    name_starts: ZeroVec<'static, u32>,
    #[serde(borrow)]
    names: ZeroVec<'static, [i32; 4]>,
    /// Plain text and ruby of the names in both languages, row by row.
    #[serde(borrow)]
    name_texts: Texts<'static>,
    #[serde(borrow)]
    parent_starts: ZeroVec<'static, u32>,
    #[serde(borrow)]
    parents: ZeroVec<'static, [i32; 4]>,
    #[serde(borrow)]
    parent_ids: ZeroVec<'static, u16>,
}

/// The rows of an owner.
fn rows_of(starts: &ZeroVec<'_, u32>, owner: u32) -> core::ops::Range<usize> {
    let at = |owner: usize| starts.get(owner).map_or(0, |start| start as usize);
    at(owner as usize)..at(owner as usize + 1)
}

static FILE: &[u8] = include_bytes!(concat!(env!("NENPYO_PEERS"), "/zerovec.bin"));

pub fn open() -> Option<Opened> {
    postcard::from_bytes(core::hint::black_box(FILE)).ok()
}

/// Title, summary and note in two languages, each plain and with ruby.
const TEXTS: usize = 12;

impl Peer for Opened {
    type Span = Span;

    fn span(_: &str, (from, to): (i32, i32)) -> Span {
        Span { from, to }
    }

    fn by_key(&self, key: u32) -> u32 {
        let found = self.keys.binary_search(&key).ok();
        found.and_then(|at| self.key_ids.get(at)).map_or(u32::MAX, u32::from)
    }

    fn by_slug(&self, slug: &str) -> u32 {
        ZeroTrieSimpleAscii::from_store(self.by_slug).get(slug.as_bytes()).map_or(u32::MAX, |id| id as u32)
    }

    fn by_id(&self, id: u32) -> u32 {
        let at = id as usize;
        let (Some(kind), Some(date)) = (self.kinds.get(at), self.dates.get(at)) else { return 0 };
        rows::hot(kind, date[0], self.texts.get(at * TEXTS).unwrap_or_default())
    }

    fn surely(&self, span: &Span) -> u32 {
        rows::surely(self.dates.iter().zip(self.flags.iter()), span)
    }

    fn possibly(&self, span: &Span) -> u32 {
        rows::possibly(self.dates.iter().zip(self.flags.iter()), span)
    }

    fn by_organization(&self, organization: u32) -> u32 {
        let mut sum = 0_u32;
        let mut milestone = 0;
        for (at, id) in self.participants.iter().enumerate() {
            while self.participant_starts.get(milestone + 1).is_some_and(|end| end as usize <= at) {
                milestone += 1;
            }
            if u32::from(id) == organization {
                sum = sum.wrapping_add(milestone as u32 + 1);
            }
        }
        sum
    }

    fn tree(&self, day: i32) -> u32 {
        rows::tree(
            self.exists.len() as u32,
            |at| self.exists.get(at as usize).is_some_and(|period| rows::contains(period, day).is_some()),
            |at| {
                let row = |row| Some((self.parents.get(row)?, u32::from(self.parent_ids.get(row)?)));
                rows::held(rows_of(&self.parent_starts, at).filter_map(row), day)
            },
            |at| {
                let row = |row| Some((self.names.get(row)?, self.name_texts.get(row * 4)?.len() as u32));
                rows::held(rows_of(&self.name_starts, at).filter_map(row), day).unwrap_or(0)
            },
        )
    }

    fn detail(&self, id: u32) -> u32 {
        let at = id as usize * TEXTS;
        let text = |number: usize| self.texts.get(at + number).unwrap_or_default();
        (4..TEXTS).step_by(2).fold(0, |sum, number| sum.wrapping_add(rows::text(text(number), text(number + 1))))
    }
}
