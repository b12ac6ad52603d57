//! Sets the texts of a chronicle on small displays. Runs on the target: no allocation, no Unicode tables.
#![no_std]
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod layout;
