//! How much stack a function needs, where an emulator makes it repeat exactly.

use core::arch::asm;

/// How deep the stack is looked at, in bytes.
pub const DEPTH: usize = 9728;

const PAINT: u32 = 0x5AA5_C33C;

/// How many bytes of stack a function needs, its return address included: the stack below this one's frame is
/// painted, and what of it has changed is measured. `None` if it needs [`DEPTH`] or more.
#[inline(never)]
pub fn stack<A, B, R>(function: fn(&A, &mut B) -> R, one: &A, other: &mut B) -> Option<u32> {
    let top = stack_pointer();
    let bottom = (top - DEPTH) as *mut u32;
    let words = DEPTH / 4;
    for word in 0..words {
        // SAFETY: below the stack pointer there is nothing that anybody keeps, and no interrupt is enabled. The boards'
        // memory is larger than the programs' frames and `DEPTH` together.
        unsafe { bottom.add(word).write_volatile(PAINT) };
    }
    function(one, other);
    // SAFETY: as above; the words were written before.
    let untouched = (0..words).take_while(|word| unsafe { bottom.add(*word).read_volatile() } == PAINT).count();
    (untouched > 0).then_some(4 * (words - untouched) as u32)
}

fn stack_pointer() -> usize {
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
