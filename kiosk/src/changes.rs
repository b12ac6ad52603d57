//! Which parts of a panel are to be drawn again: those whose items are others than before.
//!
//! The panel is parted into tiles, and of each the items that reach into it are kept as one number. So what was drawn
//! needs no more room than the tiles, whatever it was, and nothing is ever left over of it.

use embedded_graphics_core::primitives::Rectangle;

use crate::area::Area;
use crate::canvas::{Item, Picture, Sink};

/// How many columns and rows of tiles a panel has.
const COLUMNS: usize = 4;
const ROWS: usize = 16;

/// What is on a panel, as 64 numbers. 256 bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn([u32; COLUMNS * ROWS]);

impl Default for Drawn {
    fn default() -> Self {
        Self::NOTHING
    }
}

impl Drawn {
    /// Nothing that is known: all is drawn.
    pub const NOTHING: Self = Self([0; COLUMNS * ROWS]);

    /// Apart, so that the numbers are not on the stack while the changes are drawn.
    #[inline(never)]
    pub(crate) fn update(&mut self, panel: Area, compose: impl FnOnce(&mut dyn Sink)) -> Changes {
        let before = self.0;
        self.0.fill(FIRST);
        compose(&mut Hashes { panel, tiles: &mut self.0 });
        let mut changes = Changes { panel, changed: [0; ROWS] };
        for (number, (before, now)) in before.iter().zip(&self.0).enumerate() {
            if before != now
                && let Some(row) = changes.changed.get_mut(number / COLUMNS)
            {
                *row |= 1 << (number % COLUMNS);
            }
        }
        changes
    }
}

/// The parts of a panel that have changed; none of them meets another one.
#[derive(Clone, Debug)]
pub struct Changes {
    panel: Area,
    /// A bit for each column of a row.
    changed: [u8; ROWS],
}

impl Iterator for Changes {
    type Item = Rectangle;

    fn next(&mut self) -> Option<Rectangle> {
        loop {
            let (top, bits) = (0..).zip(&self.changed).find(|(_, bits)| **bits != 0)?;
            // The first columns side by side, and the rows below in which the same ones have changed.
            let first = bits.trailing_zeros() as i16;
            let count = (bits >> first).trailing_ones() as i16;
            let mask = !(u8::MAX << count) << first;
            let mut bottom = top;
            for bits in self.changed.iter_mut().skip(top as usize) {
                if *bits & mask != mask {
                    break;
                }
                *bits &= !mask;
                bottom += 1;
            }
            let from = self.panel.row(top, ROWS as i16).column(first, COLUMNS as i16);
            let to = self.panel.row(bottom - 1, ROWS as i16).column(first + count - 1, COLUMNS as i16);
            let area = Area { width: to.right() - from.x, height: to.bottom() - from.y, ..from };
            if !area.is_empty() {
                return Some(area.into());
            }
        }
    }
}

/// Where hashes begin.
const FIRST: u32 = 0x811C_9DC5;

/// A hash and the next word of what is hashed, mixed as the hash tables of rustc do (`FxHash`). Of 32 bits: two screens of
/// a session are taken for the same in one of four thousand million cases.
const fn hash(before: u32, word: u32) -> u32 {
    (before.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9)
}

/// Two numbers as one word.
const fn both(one: i16, other: i16) -> u32 {
    (one.cast_unsigned() as u32) << 16 | other.cast_unsigned() as u32
}

/// Takes items as numbers.
struct Hashes<'d> {
    panel: Area,
    tiles: &'d mut [u32; COLUMNS * ROWS],
}

impl Sink for Hashes<'_> {
    #[inline(never)]
    fn put(&mut self, item: &Item<'_>) {
        let Area { x, y, width, height } = item.area;
        let mut number = hash(hash(FIRST, both(x, y)), both(width, height));
        number = hash(number, u32::from(item.look.ground as u8) << 8 | u32::from(item.look.ink as u8));
        let picture = match item.picture {
            Picture::None => return,
            Picture::Blank => 0,
            Picture::Disc => 1,
            Picture::Ring => 2,
            Picture::Line { line, layout, x, y } => {
                number = hash(number, both(x, y));
                layout.place(line, |glyph| {
                    number = hash(number, u32::from(glyph.character) ^ u32::from(glyph.x) << 21);
                });
                4
            }
            #[cfg(feature = "qr")]
            Picture::Code { code, scale } => {
                // No panel is wide enough for more modules than bits of the number.
                let _ = code.dark(scale, |module| {
                    number = hash(number, both(module.x, module.y));
                    Ok::<(), core::convert::Infallible>(())
                });
                5
            }
        };
        number = hash(number, picture);
        for (row, tiles) in (0..).zip(self.tiles.chunks_exact_mut(COLUMNS)) {
            let row = self.panel.row(row, ROWS as i16);
            if !row.meets(item.area) {
                continue;
            }
            for (column, tile) in (0..).zip(tiles) {
                if row.column(column, COLUMNS as i16).meets(item.area) {
                    *tile = hash(*tile, number);
                }
            }
        }
    }
}
