//! Every public function of nenpyo as a symbol of its own, named by its path, to be linked alone.
//!
//! The chronicle comes in by reference, so that nothing is known of it when the functions are compiled.
#![no_std]

mod controls;
mod kiosk;
#[path = "../../../tests/lookups/mod.rs"]
#[allow(dead_code, reason = "each program uses its part of the lookups")]
mod lookups;

use lookups::answer::{Answer, Blind};
use lookups::beside::beside;
use lookups::list::lookups;
#[allow(clippy::wildcard_imports, reason = "they are there for the list")]
use lookups::list::names::*;
use lookups::subject::Subject;

unsafe extern "C" {
    /// Nowhere defined: whoever calls it cannot be linked.
    safe fn a_panic_is_left_in_the_program() -> !;
}

#[panic_handler]
fn panicked(_: &core::panic::PanicInfo<'_>) -> ! {
    a_panic_is_left_in_the_program()
}

macro_rules! symbols {
    ($($name:literal => |$subject:ident| $answer:expr;)*) => {
        $(const _: () = {
            // SAFETY: no other symbol has the path of a Rust function as its name.
            #[unsafe(export_name = $name)]
            fn lookup($subject: &Subject<'_>, sink: &mut Blind) -> Option<()> {
                Answer::tell($answer, sink);
                Some(())
            }
        };)*
    };
}

lookups!(symbols);
beside!(symbols);
