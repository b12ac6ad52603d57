//! Functions that need what no lookup may need, one thing each: a proof that does not find it is none.

extern crate alloc;

use alloc::boxed::Box;
use core::alloc::{GlobalAlloc, Layout};
use core::fmt::Write as _;
use core::hint::black_box;
use core::sync::atomic::{AtomicU32, Ordering};

static TABLE: [u32; 4] = [2016, 2019, 2021, 2026];

#[unsafe(no_mangle)]
extern "C" fn control_panic(at: usize) -> u32 {
    TABLE[black_box(at)]
}

struct Nothing;

#[global_allocator]
static ALLOCATOR: Nothing = Nothing;

// SAFETY: it never gives memory.
unsafe impl GlobalAlloc for Nothing {
    #[inline(never)]
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        black_box(core::ptr::null_mut())
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[unsafe(no_mangle)]
extern "C" fn control_allocator(number: u32) -> u32 {
    *black_box(Box::new(number))
}

#[unsafe(no_mangle)]
extern "C" fn control_data() -> u32 {
    static FILLED: AtomicU32 = AtomicU32::new(2016);
    FILLED.store(black_box(FILLED.load(Ordering::Relaxed)), Ordering::Relaxed);
    FILLED.load(Ordering::Relaxed)
}

#[unsafe(no_mangle)]
extern "C" fn control_bss() -> u32 {
    static EMPTY: AtomicU32 = AtomicU32::new(0);
    EMPTY.store(black_box(EMPTY.load(Ordering::Relaxed)), Ordering::Relaxed);
    EMPTY.load(Ordering::Relaxed)
}

#[unsafe(no_mangle)]
extern "C" fn control_floating_point(number: f32) -> f32 {
    black_box(number) * black_box(number)
}

#[unsafe(no_mangle)]
extern "C" fn control_division(number: u64, by: u64) -> u64 {
    black_box(number).checked_div(black_box(by)).unwrap_or(0)
}

#[unsafe(no_mangle)]
extern "C" fn control_formatting(number: u32) -> usize {
    let mut text = heapless::String::<16>::new();
    let _ = write!(text, "{number:>8}");
    black_box(text).len()
}
