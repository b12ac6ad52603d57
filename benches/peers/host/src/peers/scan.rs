//! All texts one after the other, and `memchr::memmem`.

use std::path::Path;

use memchr::memmem::Finder;
use nenpyo_emulator::Result;

use crate::failed;
use crate::find::{FIRST, Find, sum};
use crate::story::Story;

/// The texts, and where those of each milestone end.
pub(crate) struct Opened {
    ends: Vec<u32>,
    texts: &'static str,
}

/// Texts are apart, so that nothing is found across two.
const BETWEEN: char = '\n';

pub(crate) fn write(story: &Story, folder: &Path) -> Result<()> {
    let (mut ends, mut texts) = (Vec::new(), String::new());
    for milestone in &story.milestones {
        for text in milestone.title.iter().chain(&milestone.summary).chain(&milestone.note) {
            texts.push_str(&text.plain);
            texts.push(BETWEEN);
        }
        ends.push(texts.len() as u32);
    }
    std::fs::write(folder.join("memmem.bin"), postcard::to_stdvec(&(ends, texts)).map_err(failed)?).map_err(failed)
}

pub(crate) fn open() -> Option<Opened> {
    let (ends, texts) = postcard::from_bytes(crate::whole("memmem.bin")).ok()?;
    Some(Opened { ends, texts })
}

impl Opened {
    fn found(&self, text: &str) -> impl Iterator<Item = u32> {
        let finder = Finder::new(text.as_bytes()).into_owned();
        let mut from = 0;
        std::iter::from_fn(move || {
            let at = from + finder.find(&self.texts.as_bytes()[from..])?;
            let id = self.ends.partition_point(|end| *end as usize <= at);
            // One hit is enough of each.
            from = self.ends[id] as usize;
            Some(id as u32)
        })
    }
}

impl Find for Opened {
    fn all(&self, text: &str) -> u32 {
        sum(self.found(text))
    }

    fn first(&self, text: &str) -> u32 {
        self.found(text).take(FIRST).count() as u32
    }
}
