//! Plain constant structs in slices, and sorted slices to find them by key; or, with `phf`, a perfect hash for that.
#![allow(dead_code, reason = "no question asks for all of it")]

use core::hint::black_box;

use crate::rows::answers;
use crate::{Id, Peer};

pub struct Text {
    pub plain: &'static str,
    pub ruby: &'static str,
}

/// What kind of link, and to whom.
pub struct Link(pub u8, pub Id);

/// What of, when, and what.
pub struct Held(pub u8, pub [i32; 4], pub Id);

/// What a source says of a date.
pub struct Claim {
    pub date: [i32; 2],
    pub certainty: u8,
    pub source: Id,
}

pub struct More {
    pub links: &'static [Link],
    pub periods: &'static [Held],
    pub claims: &'static [Claim],
}

pub struct Milestone {
    pub slug: &'static str,
    pub date: [i32; 4],
    pub flags: u8,
    pub kind: u8,
    pub title: [Text; 2],
    pub summary: [Text; 2],
    pub note: [Text; 2],
    pub participants: &'static [Link],
    pub more: More,
}

/// Each name, parent and so on with its period.
pub struct Organization {
    pub exists: [i32; 4],
    pub names: &'static [([i32; 4], [Text; 2])],
    pub parents: &'static [([i32; 4], Id)],
    pub slug: &'static str,
    pub short: [Text; 2],
    pub summary: [Text; 2],
    pub note: [Text; 2],
    pub more: More,
}

/// A site, a person, a theme, a document or a statement.
pub struct Other {
    pub record: u8,
    pub kind: u8,
    pub slug: &'static str,
    pub title: [Text; 2],
    pub summary: [Text; 2],
    pub note: [Text; 2],
    pub address: [Text; 2],
    pub more: More,
}

include!(concat!(env!("NENPYO_PEERS"), "/structs.rs"));
#[cfg(feature = "phf")]
include!(concat!(env!("NENPYO_PEERS"), "/phf.rs"));

/// The slices, so that they are asked as those of others are.
pub struct Opened {
    milestones: &'static [Milestone],
    organizations: &'static [Organization],
    others: &'static [Other],
}

#[allow(clippy::unnecessary_wraps, reason = "files may not be sound")]
pub fn open() -> Option<Opened> {
    // The compiler must not see that nobody reads this and that.
    let (milestones, organizations, others) = black_box((&MILESTONES, &ORGANIZATIONS, &OTHERS));
    Some(Opened { milestones, organizations, others })
}

impl Peer for Opened {
    answers!();

    #[cfg(feature = "phf")]
    fn by_key(&self, key: u32) -> u32 {
        BY_KEY.get(&key).map_or(u32::MAX, |id| u32::from(*id))
    }

    #[cfg(not(feature = "phf"))]
    fn by_key(&self, key: u32) -> u32 {
        let found = BY_KEY.binary_search_by_key(&key, |(key, _)| *key);
        found.ok().and_then(|at| BY_KEY.get(at)).map_or(u32::MAX, |(_, id)| u32::from(*id))
    }

    #[cfg(feature = "phf")]
    fn by_slug(&self, slug: &str) -> u32 {
        BY_SLUG.get(slug).map_or(u32::MAX, |id| u32::from(*id))
    }

    #[cfg(not(feature = "phf"))]
    fn by_slug(&self, slug: &str) -> u32 {
        let found = BY_SLUG.binary_search_by_key(&slug, |id| MILESTONES[*id as usize].slug);
        found.ok().and_then(|at| BY_SLUG.get(at)).map_or(u32::MAX, |id| u32::from(*id))
    }
}
