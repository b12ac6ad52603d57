//! How deep the stack has been, by painting what is left of the memory.

use core::arch::asm;

const PAINT: u32 = 0x5AA5_C33C;

unsafe extern "C" {
    /// Where static memory ends.
    static __sheap: u32;
    /// Where the stack begins, and grows down from.
    static _stack_start: u32;
}

fn bottom() -> *mut u32 {
    // It is written to below the stack only, where nothing static lies.
    (&raw const __sheap).cast_mut()
}

/// Paints everything between static memory and the stack, but for a few bytes that this function itself may need.
#[inline(never)]
pub(crate) fn paint() {
    let end = (pointer() - 64) as *mut u32;
    let mut word = bottom();
    while word < end {
        // SAFETY: it lies below the stack pointer and above all that is static, where nobody keeps anything.
        unsafe {
            word.write_volatile(PAINT);
            word = word.add(1);
        }
    }
}

/// How many bytes from the beginning of the stack to the deepest that was written since it was painted.
#[inline(never)]
pub(crate) fn deepest() -> usize {
    let mut word = bottom();
    // SAFETY: the words up to the stack are memory, and the stack itself is no paint.
    while unsafe { word.read_volatile() } == PAINT {
        // SAFETY: as above.
        word = unsafe { word.add(1) };
    }
    (&raw const _stack_start) as usize - word as usize
}

/// How many bytes from the beginning of the stack to where it is now.
#[inline(never)]
pub(crate) fn used() -> usize {
    (&raw const _stack_start) as usize - pointer()
}

fn pointer() -> usize {
    let pointer;
    // SAFETY: it reads a register.
    #[cfg(target_arch = "arm")]
    unsafe {
        asm!("mov {}, sp", out(reg) pointer, options(nomem, nostack, preserves_flags));
    }
    // SAFETY: it reads a register.
    #[cfg(target_arch = "riscv32")]
    unsafe {
        asm!("mv {}, sp", out(reg) pointer, options(nomem, nostack, preserves_flags));
    }
    pointer
}
