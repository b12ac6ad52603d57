//! A file of JSON, read into heapless vectors.

use crate::story::Story;

pub type Opened = Story<'static>;

static FILE: &[u8] = include_bytes!(concat!(env!("NENPYO_PEERS"), "/story.json"));

pub fn open() -> Option<Opened> {
    serde_json_core::from_slice(core::hint::black_box(FILE)).ok().map(|(story, _)| story)
}
