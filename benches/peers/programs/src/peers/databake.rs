//! The same columns as ICU4X bakes them: constants that databake wrote.

#[path = "columns.rs"]
mod columns;

use columns::Columns;

#[allow(unsafe_code, reason = "databake wrote it: that the bytes are sound was seen when they were made")]
static COLUMNS: Columns = include!(concat!(env!("NENPYO_PEERS"), "/databake.rs"));

pub type Opened = &'static Columns;

#[allow(clippy::unnecessary_wraps, reason = "files may not be sound")]
pub fn open() -> Option<Opened> {
    Some(core::hint::black_box(&COLUMNS))
}
