//! A file of postcard, read into lists.

use crate::lists::Story;

pub type Opened = Story<'static, &'static [u8]>;

pub fn open() -> Option<Opened> {
    postcard::from_bytes(crate::file!("postcard.bin")).ok()
}
