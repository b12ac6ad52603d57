//! The kiosk on the panels of emulated boards: the panels' drivers, and a walk through all screens. Runs on the target.
#![no_std]

#[cfg(target_arch = "arm")]
pub mod oled;
mod register;
mod stack;
#[cfg(target_arch = "riscv32")]
pub mod tft;
mod walk;

#[path = "../../programs/src/bin/cost/instructions.rs"]
#[allow(clippy::used_underscore_binding, reason = "only one of two targets uses it")]
mod instructions;

#[cfg(target_arch = "arm")]
pub use cortex_m_rt::entry;
use nenpyo_kiosk::{Drawn, Kiosk, State};
#[cfg(target_arch = "riscv32")]
pub use riscv_rt::entry;
pub use walk::walk;

/// The vectors of the interrupts of the LM3S6965, none of which is enabled.
// SAFETY: nothing but these vectors lies in the section.
#[cfg(target_arch = "arm")]
#[unsafe(link_section = ".vector_table.interrupts")]
#[unsafe(no_mangle)]
#[used]
static __INTERRUPTS: [usize; 44] = [0; 44];

/// What a panel does.
pub trait Panel {
    /// Shows what has changed since it was drawn last.
    fn redraw(&mut self, kiosk: &Kiosk<'_>, state: &State, drawn: &mut Drawn);
}
