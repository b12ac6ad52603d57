//! Columns as ICU4X's blobs have them: zerovec in a file of postcard, and a zerotrie for keys as text.

#[path = "columns.rs"]
mod columns;

pub use columns::Columns as Opened;

pub fn open() -> Option<Opened> {
    postcard::from_bytes(crate::file!("zerovec.bin")).ok()
}
