//! What nenpyo and its code generator must agree on: dates, keys, vocabularies and table rows. Runs on both.
#![no_std]
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic))]

#[cfg(feature = "dense-text")]
mod alphabet;
mod breaks;
mod characters;
mod day;
mod details;
mod edtf;
pub mod fold;
mod glyphs;
pub mod kana;
mod key;
mod links;
mod rows;
pub mod search;
mod states;
mod tables;
mod text;
mod vocabulary;

#[cfg(feature = "dense-text")]
pub use alphabet::*;
pub use breaks::{Before, Break, Breaks, Class, Properties};
pub use bytemuck::must_cast;
pub use characters::{CHARACTERS_HEADER, CharacterSet};
pub use day::Day;
pub use details::*;
pub use edtf::{CivilDay, Days, Edtf, EdtfError, Form, PackedEdtf, Point, Qualifier};
pub use glyphs::{GLYPHS_A_BLOCK, GLYPHS_HEADER, Glyph, GlyphTable, Pixels};
pub use key::Key;
pub use links::*;
pub use rows::*;
pub use states::*;
pub use tables::*;
pub use text::*;
pub use vocabulary::*;
