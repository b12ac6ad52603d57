//! What a panel needs to set the texts of a chronicle, worked out on the host.

pub mod breaks;
