//! What the programs for boards share: where they begin, which chronicle they ask, and how they measure.
#![no_std]

pub mod chronicle;
pub mod stack;

#[cfg(target_arch = "arm")]
pub use cortex_m_rt::entry;
#[cfg(target_arch = "riscv32")]
pub use riscv_rt::entry;
