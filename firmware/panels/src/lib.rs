//! The kiosk on the panels of emulated boards: the panels' drivers, buttons, and instead of somebody who presses them a walk
//! through all screens. Runs on the target.
#![no_std]

#[cfg(target_arch = "arm")]
pub mod board;
#[cfg(target_arch = "arm")]
pub mod oled;
mod register;
#[cfg(feature = "walk")]
mod stack;
#[cfg(target_arch = "riscv32")]
pub mod tft;
#[cfg(feature = "walk")]
mod walk;

#[cfg(feature = "walk")]
#[path = "../../programs/src/bin/cost/instructions.rs"]
#[allow(clippy::used_underscore_binding, reason = "only one of two targets uses it")]
mod instructions;

#[cfg(target_arch = "arm")]
pub use cortex_m_rt::entry;
use nenpyo_kiosk::{Drawn, Kiosk, State};
#[cfg(target_arch = "riscv32")]
pub use riscv_rt::entry;
#[cfg(feature = "walk")]
pub use walk::walk;

/// What is held by a visitor has nobody to tell: it stops, and the panel shows what it showed. Nothing of the kiosk panics.
#[cfg(not(feature = "walk"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

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
