//! Keys as text in a finite state transducer.

use std::path::Path;

use fst::{Map, MapBuilder};
use nenpyo_emulator::Result;

use crate::ask::Question;
use crate::failed;
use crate::story::Story;

pub(crate) fn write(story: &Story, folder: &Path) -> Result<()> {
    let mut builder = MapBuilder::memory();
    for id in &story.by_slug {
        let slug = &story.milestones[*id as usize].slug;
        builder.insert(slug, u64::from(*id)).map_err(failed)?;
    }
    std::fs::write(folder.join("slugs.fst"), builder.into_inner().map_err(failed)?).map_err(failed)
}

pub(crate) fn open() -> Option<Map<&'static [u8]>> {
    Map::new(crate::whole("slugs.fst")).ok()
}

pub(crate) fn ask(map: &Map<&'static [u8]>, question: &Question<()>) -> u32 {
    match question {
        Question::Slug(slug) => map.get(slug).map_or(u32::MAX, |id| id as u32),
        _ => u32::MAX,
    }
}
