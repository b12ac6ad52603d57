//! Where lines may break: worked out here with a library that knows Unicode, and compiled into a table so small that a
//! target needs none.

mod classes;
mod compile;
mod kinsoku;
mod reference;
mod units;

pub use compile::{CompiledBreaks, TooManyClasses, compile};
pub use kinsoku::{BEGIN_NO_LINE, END_NO_LINE, HANG};
pub use reference::{Strictness, library_breaks, places};
pub use units::units;
