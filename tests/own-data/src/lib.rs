//! The chronicle of a lighthouse that never was, as const tables.
#![no_std]

mod tables {
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

pub use tables::{CHRONICLE as LIGHTHOUSE, key};
