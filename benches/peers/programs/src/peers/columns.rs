//! Columns of zerovec, as ICU4X has them.
#![allow(dead_code, reason = "no question asks for all of it")]

use serde::Deserialize;
use zerotrie::ZeroTrieSimpleAscii;
use zerovec::vecs::Index32;
use zerovec::{VarZeroVec, ZeroVec};

use crate::rows::{self, Span};
use crate::{Id, Peer};

type Texts<'a> = VarZeroVec<'a, str, Index32>;
type Numbers<'a> = ZeroVec<'a, u32>;
type Bytes<'a> = ZeroVec<'a, u8>;
type Ids<'a> = ZeroVec<'a, Id>;
type Days<'a> = ZeroVec<'a, [i32; 4]>;

#[derive(Deserialize)]
pub struct Columns {
    /// In order of the hashes; a `ZeroMap` would be the same, but needs a heap.
    #[serde(borrow)]
    pub keys: Numbers<'static>,
    #[serde(borrow)]
    pub key_ids: Ids<'static>,
    #[serde(borrow)]
    pub by_slug: Bytes<'static>,
    #[serde(borrow)]
    pub dates: Days<'static>,
    #[serde(borrow)]
    pub flags: Bytes<'static>,
    #[serde(borrow)]
    pub kinds: Bytes<'static>,
    /// Plain text and ruby of title, summary and note in both languages, milestone by milestone.
    #[serde(borrow)]
    pub texts: Texts<'static>,
    /// Where the participants of each milestone begin, their roles and who they are.
    #[serde(borrow)]
    pub participant_starts: Numbers<'static>,
    #[serde(borrow)]
    pub participant_roles: Bytes<'static>,
    #[serde(borrow)]
    pub participants: Ids<'static>,
    #[serde(borrow)]
    pub exists: Days<'static>,
    #[serde(borrow)]
    pub name_starts: Numbers<'static>,
    #[serde(borrow)]
    pub names: Days<'static>,
    /// Plain text and ruby of the names in both languages, row by row.
    #[serde(borrow)]
    pub name_texts: Texts<'static>,
    #[serde(borrow)]
    pub parent_starts: Numbers<'static>,
    #[serde(borrow)]
    pub parents: Days<'static>,
    #[serde(borrow)]
    pub parent_ids: Ids<'static>,
    /// Of each organisation its key, and plain text and ruby of short name, summary and note in both languages.
    #[serde(borrow)]
    pub organization_texts: Texts<'static>,
    #[serde(borrow)]
    pub other_records: Bytes<'static>,
    #[serde(borrow)]
    pub other_kinds: Bytes<'static>,
    /// Of each other record its key, and plain text and ruby of title, summary, note and address in both languages.
    #[serde(borrow)]
    pub other_texts: Texts<'static>,
    /// Links, what held when, and what sources say, of all records.
    #[serde(borrow)]
    pub link_starts: Numbers<'static>,
    #[serde(borrow)]
    pub link_tags: Bytes<'static>,
    #[serde(borrow)]
    pub links: Ids<'static>,
    #[serde(borrow)]
    pub period_starts: Numbers<'static>,
    #[serde(borrow)]
    pub period_aspects: Bytes<'static>,
    #[serde(borrow)]
    pub periods: Days<'static>,
    #[serde(borrow)]
    pub period_values: Ids<'static>,
    #[serde(borrow)]
    pub claim_starts: Numbers<'static>,
    #[serde(borrow)]
    pub claim_dates: ZeroVec<'static, [i32; 2]>,
    #[serde(borrow)]
    pub claim_certainties: Bytes<'static>,
    #[serde(borrow)]
    pub claim_sources: Ids<'static>,
}

/// The rows of an owner.
fn rows_of(starts: &Numbers<'_>, owner: u32) -> core::ops::Range<usize> {
    let at = |owner: usize| starts.get(owner).map_or(0, |start| start as usize);
    at(owner as usize)..at(owner as usize + 1)
}

/// Title, summary and note in two languages, each plain and with ruby.
const TEXTS: usize = 12;

impl Columns {
    fn date(&self, at: usize) -> ([i32; 4], u8) {
        (self.dates.get(at).unwrap_or_default(), self.flags.get(at).unwrap_or_default())
    }

    fn begins(&self, at: usize) -> i32 {
        self.dates.get(at).unwrap_or_default()[0]
    }
}

impl Peer for Columns {
    type Span = Span;

    fn span(_: &str, (from, to): (i32, i32)) -> Span {
        Span { from, to }
    }

    fn by_key(&self, key: u32) -> u32 {
        let found = self.keys.binary_search(&key).ok();
        found.and_then(|at| self.key_ids.get(at)).map_or(u32::MAX, u32::from)
    }

    fn by_slug(&self, slug: &str) -> u32 {
        ZeroTrieSimpleAscii::from_store(self.by_slug.as_bytes()).get(slug.as_bytes()).map_or(u32::MAX, |id| id as u32)
    }

    fn by_id(&self, id: u32) -> u32 {
        let at = id as usize;
        let (Some(kind), Some(date)) = (self.kinds.get(at), self.dates.get(at)) else { return 0 };
        rows::hot(kind, date[0], self.texts.get(at * TEXTS).map_or(0, str::len))
    }

    fn surely(&self, span: &Span) -> u32 {
        rows::surely(self.dates.len(), |at| self.begins(at), |at| self.date(at), span)
    }

    fn possibly(&self, span: &Span) -> u32 {
        rows::possibly(self.dates.len(), |at| self.begins(at), |at| self.date(at), span)
    }

    fn by_organization(&self, organization: u32) -> u32 {
        let (mut sum, mut milestone, mut last) = (0_u32, 0, usize::MAX);
        for (at, id) in self.participants.iter().enumerate() {
            if u32::from(id) != organization {
                continue;
            }
            while self.participant_starts.get(milestone + 1).is_some_and(|end| end as usize <= at) {
                milestone += 1;
            }
            if milestone != last {
                sum = sum.wrapping_add(milestone as u32 + 1);
                last = milestone;
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
