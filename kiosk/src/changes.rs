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
        let mut changes = Changes { panel, changed: [0; ROWS], row: 0, column: 0 };
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
    changed: [u8; ROWS],
    row: i16,
    column: i16,
}

impl Iterator for Changes {
    type Item = Rectangle;

    fn next(&mut self) -> Option<Rectangle> {
        while let Some(changed) = usize::try_from(self.row).ok().and_then(|row| self.changed.get(row)).copied() {
            let is_changed = |column: i16| column < COLUMNS as i16 && changed >> column & 1 == 1;
            let Some(first) = (self.column..COLUMNS as i16).find(|column| is_changed(*column)) else {
                (self.row, self.column) = (self.row.wrapping_add(1), 0);
                continue;
            };
            let mut area = tile(self.panel, first, self.row);
            let mut last = first.wrapping_add(1);
            while is_changed(last) {
                area.width = area.width.wrapping_add(tile(self.panel, last, self.row).width);
                last = last.wrapping_add(1);
            }
            self.column = last;
            // Rows that have changed in the same columns below it, all at once.
            let mask = (first..last).fold(0_u8, |mask, column| mask | 1 << column);
            if first == 0 && last == COLUMNS as i16 {
                let mut below = self.row.wrapping_add(1);
                while let Some(row) = usize::try_from(below).ok().and_then(|row| self.changed.get_mut(row))
                    && *row == mask
                {
                    *row = 0;
                    area.height = area.height.wrapping_add(tile(self.panel, first, below).height);
                    below = below.wrapping_add(1);
                }
            }
            if !area.is_empty() {
                return Some(area.into());
            }
        }
        None
    }
}

fn tile(panel: Area, column: i16, row: i16) -> Area {
    panel.row(row, ROWS as i16).column(column, COLUMNS as i16)
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
