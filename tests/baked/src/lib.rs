//! Synthetic chronicles as const tables.
#![no_std]

/// A small one in which hardly anything is known for sure.
pub mod uncertain {
    include!(concat!(env!("OUT_DIR"), "/uncertain/tables.rs"));
}

/// Hundreds of units in deep trees that are renamed and moved.
pub mod reformed {
    include!(concat!(env!("OUT_DIR"), "/reformed/tables.rs"));
}

/// More than a thousand milestones in one language.
pub mod eventful {
    include!(concat!(env!("OUT_DIR"), "/eventful/tables.rs"));
}
