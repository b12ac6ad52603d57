//! Plain constant structs in slices, and sorted slices to find them by key; or, with `phf`, a perfect hash for that.

use crate::Peer;
use crate::rows::answers;

pub struct Text {
    pub plain: &'static str,
    pub ruby: &'static str,
}

pub struct Milestone {
    #[cfg_attr(feature = "phf", allow(dead_code, reason = "the map has it"))]
    pub slug: &'static str,
    pub date: [i32; 4],
    pub flags: u8,
    pub kind: u8,
    pub title: [Text; 2],
    pub summary: [Text; 2],
    pub note: [Text; 2],
    pub participants: &'static [u16],
}

/// Each name, parent and so on with its period.
pub struct Organization {
    pub exists: [i32; 4],
    pub names: &'static [([i32; 4], [Text; 2])],
    pub parents: &'static [([i32; 4], u16)],
}

include!(concat!(env!("NENPYO_PEERS"), "/structs.rs"));
#[cfg(feature = "phf")]
include!(concat!(env!("NENPYO_PEERS"), "/phf.rs"));

/// The slices, so that they are asked as those of others are.
pub struct Opened {
    milestones: &'static [Milestone],
    organizations: &'static [Organization],
}

pub fn open() -> Option<Opened> {
    Some(Opened { milestones: &MILESTONES, organizations: &ORGANIZATIONS })
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
        let found = BY_SLUG.binary_search_by_key(&slug, |id| MILESTONES[usize::from(*id)].slug);
        found.ok().and_then(|at| BY_SLUG.get(at)).map_or(u32::MAX, |id| u32::from(*id))
    }
}
