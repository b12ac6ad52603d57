//! Rows in lists, as serde reads them: texts stay where they are, everything else is copied to memory. What no question asks
//! for is left as it is written (postcard) or passed over (JSON).

use serde::Deserialize;

#[allow(unused_imports, reason = "where lists grow, they need no room")]
use crate::questions::{MILESTONES, NAMES, ORGANIZATIONS_COUNT, PARENTS, PARTICIPANTS};
use crate::{Id, list};

#[derive(Deserialize)]
pub struct Text<'a> {
    pub plain: &'a str,
    pub ruby: &'a str,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "whoever shows a milestone reads all of it")]
pub struct Milestone<'a, M> {
    pub slug: &'a str,
    pub date: [i32; 4],
    pub flags: u8,
    pub kind: u8,
    #[serde(borrow)]
    pub title: [Text<'a>; 2],
    #[serde(borrow)]
    pub summary: [Text<'a>; 2],
    #[serde(borrow)]
    pub note: [Text<'a>; 2],
    pub participants: list!((u8, Id), PARTICIPANTS),
    pub more: M,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "as above")]
pub struct Organization<'a, M> {
    pub exists: [i32; 4],
    #[serde(borrow)]
    pub names: list!(([i32; 4], [Text<'a>; 2]), NAMES),
    pub parents: list!(([i32; 4], Id), PARENTS),
    pub more: M,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "as above")]
pub struct Story<'a, M> {
    #[serde(borrow)]
    pub milestones: list!(Milestone<'a, M>, MILESTONES),
    #[serde(borrow)]
    pub organizations: list!(Organization<'a, M>, ORGANIZATIONS_COUNT),
    pub by_key: list!((u32, Id), MILESTONES),
    pub by_slug: list!(Id, MILESTONES),
    pub others: M,
}

impl<M> crate::Peer for Story<'_, M> {
    crate::rows::answers!();

    fn by_key(&self, key: u32) -> u32 {
        let found = self.by_key.binary_search_by_key(&key, |(key, _)| *key);
        found.ok().and_then(|at| self.by_key.get(at)).map_or(u32::MAX, |(_, id)| u32::from(*id))
    }

    fn by_slug(&self, slug: &str) -> u32 {
        let found = self.by_slug.binary_search_by_key(&slug, |id| self.milestones[*id as usize].slug);
        found.ok().and_then(|at| self.by_slug.get(at)).map_or(u32::MAX, |id| u32::from(*id))
    }
}
