//! Counting instructions, where an emulator makes them repeat exactly.

use core::arch::asm;

pub(crate) use counter::Ticks;

/// A loop of exactly two instructions a round and two around it: what a counter must count.
#[inline(never)]
pub(crate) fn known(rounds: &u32, (): &mut ()) {
    let mut _left = *rounds;
    // SAFETY: it counts a register down to zero.
    #[cfg(target_arch = "arm")]
    unsafe {
        asm!("2:", "subs {0}, {0}, #1", "bne 2b", inout(reg) _left, options(nomem, nostack));
    }
    // SAFETY: it counts a register down to zero.
    #[cfg(target_arch = "riscv32")]
    unsafe {
        asm!("2:", "addi {0}, {0}, -1", "bnez {0}, 2b", inout(reg) _left, options(nomem, nostack));
    }
}

/// What a function takes on the counter.
#[inline(never)]
pub(crate) fn ticks<A, B, R>(function: fn(&A, &mut B) -> R, one: &A, other: &mut B) -> Ticks {
    let before = counter::start();
    function(one, other);
    counter::now().since(before)
}

/// The timer of Cortex-M. The emulator lets the same time pass for each instruction, so that ticks are instructions.
#[cfg(target_arch = "arm")]
mod counter {
    use core::sync::atomic::{AtomicU32, Ordering};

    const CONTROL: *mut u32 = 0xE000_E010 as *mut u32;
    const RELOAD: *mut u32 = 0xE000_E014 as *mut u32;
    const CURRENT: *mut u32 = 0xE000_E018 as *mut u32;

    /// How often the 24 bits of the timer have run out.
    #[unsafe(no_mangle)]
    static TIMER_WRAPS: AtomicU32 = AtomicU32::new(0);

    // In assembler, so that it is known how many instructions it adds to what is counted: five.
    core::arch::global_asm!(
        ".global SysTick",
        ".type SysTick, %function",
        ".thumb_func",
        "SysTick:",
        "ldr r0, =TIMER_WRAPS",
        "ldr r1, [r0]",
        "adds r1, r1, #1",
        "str r1, [r0]",
        "bx lr",
        ".pool",
    );

    /// Ticks of the timer, and how often it ran out meanwhile.
    #[derive(Clone, Copy)]
    pub(crate) struct Ticks {
        pub(crate) ticks: u64,
        pub(crate) wraps: u32,
    }

    impl Ticks {
        pub(crate) fn since(self, before: Self) -> Self {
            Self { ticks: self.ticks.wrapping_sub(before.ticks), wraps: self.wraps.wrapping_sub(before.wraps) }
        }
    }

    /// Begins at the beginning, so that no count depends on the one before, and none begins as the timer runs out.
    #[inline(never)]
    pub(crate) fn start() -> Ticks {
        // SAFETY: these are the registers of the timer, which no one else uses.
        unsafe {
            CONTROL.write_volatile(0);
            RELOAD.write_volatile(0x00FF_FFFF);
            CURRENT.write_volatile(0);
            TIMER_WRAPS.store(0, Ordering::Relaxed);
            CONTROL.write_volatile(0b111);
            // It takes a tick until it counts.
            while CURRENT.read_volatile() == 0 {}
        }
        now()
    }

    #[inline(never)]
    pub(crate) fn now() -> Ticks {
        // SAFETY: as above; reading changes nothing that matters.
        let left = unsafe { CURRENT.read_volatile() };
        let wraps = TIMER_WRAPS.load(Ordering::Relaxed);
        Ticks { ticks: (u64::from(wraps) << 24) + u64::from(0x00FF_FFFF - left), wraps }
    }
}

/// The counter of retired instructions.
#[cfg(target_arch = "riscv32")]
mod counter {
    /// Instructions.
    #[derive(Clone, Copy)]
    pub(crate) struct Ticks {
        pub(crate) ticks: u64,
        pub(crate) wraps: u32,
    }

    impl Ticks {
        pub(crate) fn since(self, before: Self) -> Self {
            Self { ticks: self.ticks.wrapping_sub(before.ticks) & 0xFFFF_FFFF, wraps: 0 }
        }
    }

    /// It runs always.
    pub(crate) fn start() -> Ticks {
        now()
    }

    #[inline(never)]
    pub(crate) fn now() -> Ticks {
        let count: u32;
        // SAFETY: it reads a counter.
        unsafe { core::arch::asm!("csrr {}, minstret", out(reg) count, options(nomem, nostack)) };
        Ticks { ticks: count.into(), wraps: 0 }
    }
}
