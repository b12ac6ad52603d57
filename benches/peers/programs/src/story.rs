//! Rows in heapless vectors, as serde reads them: texts stay in flash, everything else is copied to memory.

use heapless::Vec;
use serde::Deserialize;

use crate::questions::{MILESTONES, NAMES, ORGANIZATIONS_COUNT, PARENTS, PARTICIPANTS};

#[derive(Deserialize)]
pub struct Text<'a> {
    pub plain: &'a str,
    pub ruby: &'a str,
}

#[derive(Deserialize)]
pub struct Milestone<'a> {
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
    pub participants: Vec<u16, PARTICIPANTS>,
}

#[derive(Deserialize)]
pub struct Organization<'a> {
    pub exists: [i32; 4],
    #[serde(borrow)]
    pub names: Vec<([i32; 4], [Text<'a>; 2]), NAMES>,
    pub parents: Vec<([i32; 4], u16), PARENTS>,
}

#[derive(Deserialize)]
pub struct Story<'a> {
    #[serde(borrow)]
    pub milestones: Vec<Milestone<'a>, MILESTONES>,
    #[serde(borrow)]
    pub organizations: Vec<Organization<'a>, ORGANIZATIONS_COUNT>,
    pub by_key: Vec<(u32, u16), MILESTONES>,
    pub by_slug: Vec<u16, MILESTONES>,
}

impl crate::Peer for Story<'_> {
    crate::rows::answers!();

    fn by_key(&self, key: u32) -> u32 {
        let found = self.by_key.binary_search_by_key(&key, |(key, _)| *key);
        found.ok().and_then(|at| self.by_key.get(at)).map_or(u32::MAX, |(_, id)| u32::from(*id))
    }

    fn by_slug(&self, slug: &str) -> u32 {
        let found = self.by_slug.binary_search_by_key(&slug, |id| self.milestones[usize::from(*id)].slug);
        found.ok().and_then(|at| self.by_slug.get(at)).map_or(u32::MAX, |id| u32::from(*id))
    }
}
