//! The chronicle of a program: const tables, or the same sections as a file in flash.

use nenpyo::Chronicle;

/// The sections that the features name, as a file.
#[cfg(not(feature = "baked"))]
static FILE: &[u8] = nenpyo::include_chronicle!(concat!(env!("OUT_DIR"), "/chronicle.nenpyo"));

/// The file that is opened; `None` where the chronicle is const tables.
pub fn file() -> Option<&'static [u8]> {
    #[cfg(feature = "baked")]
    return None;
    #[cfg(not(feature = "baked"))]
    Some(core::hint::black_box(FILE))
}

/// Does something with the chronicle, which is held by reference.
pub fn with<T>(work: impl FnOnce(&Chronicle<'static>) -> T) -> T {
    #[cfg(feature = "baked")]
    return work(core::hint::black_box(&nenpyo::QST));
    #[cfg(not(feature = "baked"))]
    match &Chronicle::open(core::hint::black_box(FILE)) {
        Ok(chronicle) => work(chronicle),
        Err(error) => panic!("the file in flash does not open: {error}"),
    }
}
