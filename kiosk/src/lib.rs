//! Shows a chronicle on small and large panels: timeline, cards, organisations, search, in Japanese, with furigana, and in
//! English. Runs on the target: no allocation, no Unicode tables, no frame buffer.
//!
//! All features are on by default; whoever needs room leaves out what the panel has not got:
//!
//! | feature | what |
//! |---|---|
//! | `touch` | panels that are touched; without it, all have buttons beside them |
//! | `ruby` | readings above their bases, for which a chronicle needs glyphs of half the height; without it, they stand instead of them |
//! | `qr` | addresses of sources as codes that a telephone reads |
//!
//! `dense-text`, which is off, is that of nenpyo.
#![no_std]
#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::similar_names,
    reason = "rows and columns are few, and counted in pixels as the display's driver does; a pager turns pages"
)]
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic))]

#[cfg(test)]
extern crate std;

mod area;
mod buttons;
mod canvas;
mod changes;
#[cfg(feature = "qr")]
mod code;
mod face;
mod flow;
mod kiosk;
pub mod layout;
mod numbers;
mod page;
mod palette;
mod screens;
mod state;
#[cfg(test)]
mod tests;
pub mod tour;
mod words;

pub use buttons::Buttons;
pub use changes::{Changes, Drawn};
pub use kiosk::{IDLE, Kiosk};
pub use palette::{Look, Role};
pub use state::{Event, Focus, Keyboard, Now, Place, Speech, State, Zoom};
