//! A table of glyphs of one size, and how a glyph is read out of it pixel by pixel. Runs on host and target.

use core::fmt;

use crate::GlyphSize;

/// Bytes before the starts of a table of glyphs.
pub const GLYPHS_HEADER: usize = 8;

/// Every so many glyphs it is written where one begins; the others are counted from there.
pub const GLYPHS_A_BLOCK: usize = 16;

/// The glyphs of one size, by the numbers of their [`CharacterSet`](crate::CharacterSet).
///
/// ```text
///  0  1  pixels of the size
///  1  1  bits of a pixel, 1 or 4
///  2  1  rows of every glyph
///  3  1  how many of them are above the baseline
///  4  2  how many glyphs
///  6  2  zero
///  8  .  where every sixteenth glyph begins among the pixels, 4 bytes each
///     .  how wide each glyph is, a byte each
///     .  with 4 bits: how many bytes of pixels each glyph has, 2 bytes each
///     .  the pixels, row by row with nothing between the rows, each glyph from a byte on, the highest bits first
/// ```
///
/// With 4 bits half a byte is a pixel. Behind 0 and 15, ground and ink, another half says how many more of the same follow,
/// and what is behind the last half byte is ground.
#[derive(Clone, Copy)]
pub struct GlyphTable<'a> {
    header: [u8; GLYPHS_HEADER],
    starts: &'a [[u8; 4]],
    widths: &'a [u8],
    lengths: &'a [[u8; 2]],
    pixels: &'a [u8],
}

impl fmt::Debug for GlyphTable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GlyphTable")
    }
}

impl<'a> GlyphTable<'a> {
    /// The glyphs of a table that is sound; `None` if it is too short for what it says.
    ///
    /// ```
    /// use nenpyo_schema::GlyphTable;
    /// // One glyph of 4 × 2 black and white pixels, the first row ink.
    /// let table = [8, 1, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 4, 0b1111_0000];
    /// let glyph = GlyphTable::new(&table).unwrap().get(0).unwrap();
    /// assert_eq!((glyph.width(), glyph.height()), (4, 2));
    /// assert!(glyph.pixels().eq([1, 1, 1, 1, 0, 0, 0, 0]));
    /// ```
    #[must_use]
    pub fn new(table: &'a [u8]) -> Option<Self> {
        let (header, rest) = table.split_first_chunk::<GLYPHS_HEADER>()?;
        let count = usize::from(u16::from_le_bytes([header[4], header[5]]));
        let (starts, rest) = rest.split_at_checked(count.div_ceil(GLYPHS_A_BLOCK).wrapping_mul(4))?;
        let (widths, rest) = rest.split_at_checked(count)?;
        let lengths = if header[1] == 1 { 0 } else { count.wrapping_mul(2) };
        let (lengths, pixels) = rest.split_at_checked(lengths)?;
        Some(Self { header: *header, starts: starts.as_chunks().0, widths, lengths: lengths.as_chunks().0, pixels })
    }

    /// Whether a table is of this size and of so many glyphs, has what it says and no more, and no glyph is more than its
    /// width and height have room for.
    ///
    /// ```
    /// use nenpyo_schema::{GlyphSize, GlyphTable};
    /// let table = [8, 1, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 4, 0b1111_0000];
    /// assert!(GlyphTable::is_sound(&table, GlyphSize::Mono8, 1));
    /// assert!(!GlyphTable::is_sound(&table, GlyphSize::Mono8, 2));
    /// assert!(!GlyphTable::is_sound(&table, GlyphSize::Grey16, 1));
    /// ```
    #[must_use]
    #[inline(never)]
    pub fn is_sound(table: &'a [u8], size: GlyphSize, count: usize) -> bool {
        let Some(glyphs) = Self::new(table) else { return false };
        let [pixels, depth, rows, baseline, _, _, zero, nought] = glyphs.header;
        let is_of_size = pixels == size.pixels() && depth == size.depth() && zero == 0 && nought == 0;
        if !is_of_size || rows == 0 || baseline > rows || glyphs.len() != count {
            return false;
        }
        let mut start = 0_u32;
        for number in 0..count {
            let is_first = number % GLYPHS_A_BLOCK == 0;
            let said = glyphs.starts.get(number / GLYPHS_A_BLOCK).map(|start| u32::from_le_bytes(*start));
            let glyph = u16::try_from(number).ok().and_then(|number| glyphs.get(number));
            let Some(glyph) = glyph.filter(|glyph| glyph.is_sound() && (!is_first || said == Some(start))) else {
                return false;
            };
            start = start.saturating_add(glyph.bytes.len() as u32);
        }
        start as usize == glyphs.pixels.len()
    }

    /// How many glyphs there are.
    ///
    /// ```
    /// use nenpyo_schema::GlyphTable;
    /// assert_eq!(GlyphTable::new(&[8, 1, 8, 7, 0, 0, 0, 0]).unwrap().len(), 0);
    /// ```
    #[must_use]
    pub const fn len(&self) -> usize {
        self.widths.len()
    }

    /// Whether there are none.
    ///
    /// ```
    /// use nenpyo_schema::GlyphTable;
    /// assert!(GlyphTable::new(&[8, 1, 8, 7, 0, 0, 0, 0]).unwrap().is_empty());
    /// ```
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.widths.is_empty()
    }

    /// Bits of a pixel: 1 or 4.
    ///
    /// ```
    /// use nenpyo_schema::GlyphTable;
    /// assert_eq!(GlyphTable::new(&[8, 1, 8, 7, 0, 0, 0, 0]).unwrap().depth(), 1);
    /// ```
    #[must_use]
    pub const fn depth(&self) -> u8 {
        self.header[1]
    }

    /// Rows of every glyph.
    ///
    /// ```
    /// use nenpyo_schema::GlyphTable;
    /// assert_eq!(GlyphTable::new(&[8, 1, 8, 7, 0, 0, 0, 0]).unwrap().height(), 8);
    /// ```
    #[must_use]
    pub const fn height(&self) -> u8 {
        self.header[2]
    }

    /// Rows above the baseline.
    ///
    /// ```
    /// use nenpyo_schema::GlyphTable;
    /// assert_eq!(GlyphTable::new(&[8, 1, 8, 7, 0, 0, 0, 0]).unwrap().baseline(), 7);
    /// ```
    #[must_use]
    pub const fn baseline(&self) -> u8 {
        self.header[3]
    }

    /// How wide the glyph with this number is.
    ///
    /// ```
    /// use nenpyo_schema::GlyphTable;
    /// assert_eq!(GlyphTable::new(&[8, 1, 8, 7, 0, 0, 0, 0]).unwrap().width(0), None);
    /// ```
    #[must_use]
    pub fn width(&self, number: u16) -> Option<u8> {
        self.widths.get(usize::from(number)).copied()
    }

    /// The glyph with this number.
    ///
    /// ```
    /// use nenpyo_schema::GlyphTable;
    /// assert!(GlyphTable::new(&[8, 1, 8, 7, 0, 0, 0, 0]).unwrap().get(0).is_none());
    /// ```
    #[must_use]
    pub fn get(&self, number: u16) -> Option<Glyph<'a>> {
        let number = usize::from(number);
        let width = *self.widths.get(number)?;
        let block = number / GLYPHS_A_BLOCK;
        let mut start = u32::from_le_bytes(*self.starts.get(block)?) as usize;
        for before in block.wrapping_mul(GLYPHS_A_BLOCK)..number {
            start = start.wrapping_add(self.bytes(before));
        }
        let bytes = self.pixels.get(start..start.checked_add(self.bytes(number))?)?;
        Some(Glyph { bytes, width, height: self.height(), depth: self.depth() })
    }

    /// How many bytes a glyph has.
    #[inline]
    fn bytes(&self, number: usize) -> usize {
        if let Some(length) = self.lengths.get(number) {
            return usize::from(u16::from_le_bytes(*length));
        }
        let width = self.widths.get(number).copied().unwrap_or(0);
        usize::from(width).wrapping_mul(usize::from(self.height())).wrapping_add(7) >> 3
    }
}

/// A glyph: a rectangle of pixels. As wide as it moves the next one on, and as high as every glyph of its size. 12 bytes on
/// a 32-bit target.
#[derive(Clone, Copy)]
pub struct Glyph<'a> {
    bytes: &'a [u8],
    width: u8,
    height: u8,
    depth: u8,
}

impl fmt::Debug for Glyph<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Glyph")
    }
}

impl<'a> Glyph<'a> {
    /// Pixels from its left edge to that of the next glyph.
    ///
    /// ```
    /// # use nenpyo_schema::GlyphTable;
    /// # let table = [8, 1, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 4, 0b1111_0000];
    /// # let glyph = GlyphTable::new(&table).unwrap().get(0).unwrap();
    /// assert_eq!(glyph.width(), 4);
    /// ```
    #[must_use]
    pub const fn width(&self) -> u8 {
        self.width
    }

    /// Rows, the same for all glyphs of a size.
    ///
    /// ```
    /// # use nenpyo_schema::GlyphTable;
    /// # let table = [8, 1, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 4, 0b1111_0000];
    /// # let glyph = GlyphTable::new(&table).unwrap().get(0).unwrap();
    /// assert_eq!(glyph.height(), 2);
    /// ```
    #[must_use]
    pub const fn height(&self) -> u8 {
        self.height
    }

    /// A pixel: 0 is ground, and 1, or with four bits 15, is ink. 0 outside. To find one of four bits, those before it are
    /// gone through: whoever draws all takes [`pixels`](Self::pixels).
    ///
    /// ```
    /// # use nenpyo_schema::GlyphTable;
    /// # let table = [8, 1, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 4, 0b1111_0000];
    /// # let glyph = GlyphTable::new(&table).unwrap().get(0).unwrap();
    /// assert_eq!((glyph.pixel(3, 0), glyph.pixel(3, 1), glyph.pixel(4, 0)), (1, 0, 0));
    /// ```
    #[must_use]
    pub fn pixel(&self, x: u8, y: u8) -> u8 {
        if x >= self.width || y >= self.height {
            return 0;
        }
        let number = usize::from(y).wrapping_mul(usize::from(self.width)).wrapping_add(usize::from(x));
        if self.depth == 1 { bit(self.bytes, number) } else { self.pixels().nth(number).unwrap_or(0) }
    }

    /// All pixels, row by row from the top, each from the left: `width × height` of them, as [`pixel`](Self::pixel) gives
    /// them.
    ///
    /// ```
    /// # use nenpyo_schema::GlyphTable;
    /// # let table = [8, 1, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 4, 0b1111_0000];
    /// # let glyph = GlyphTable::new(&table).unwrap().get(0).unwrap();
    /// assert_eq!(glyph.pixels().filter(|pixel| *pixel > 0).count(), 4);
    /// ```
    #[must_use]
    pub fn pixels(&self) -> Pixels<'a> {
        let left = u16::from(self.width).wrapping_mul(u16::from(self.height));
        Pixels { bytes: self.bytes, at: 0, left, same: 0, level: 0, depth: self.depth }
    }

    /// Whether what its bytes say has room in it, with nothing behind.
    fn is_sound(&self) -> bool {
        let mut pixels = self.pixels();
        let bits = pixels.bytes.len().wrapping_mul(8);
        if self.depth == 1 {
            let used = usize::from(pixels.left);
            return self.width > 0 && (used..bits).all(|at| bit(self.bytes, at) == 0);
        }
        let halves = bits >> 2;
        let mut room = pixels.left;
        while usize::from(pixels.at) < halves {
            pixels.begin();
            // A half byte that only fills up the last byte is ground, and not told.
            let told = if pixels.same == u16::MAX { 0 } else { pixels.same };
            match room.checked_sub(told) {
                Some(rest) if told > 0 || half(self.bytes, halves.wrapping_sub(1)) == 0 => room = rest,
                _ => return false,
            }
        }
        self.width > 0
    }
}

/// A bit, the highest one of a byte first; 0 behind the last.
#[inline]
fn bit(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at >> 3).map_or(0, |byte| byte >> (7 - (at & 7)) & 1)
}

/// Half a byte, the higher one first; 0 behind the last.
#[inline]
fn half(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at >> 1).map_or(0, |byte| if at & 1 == 0 { byte >> 4 } else { byte & 15 })
}

/// The pixels of a glyph, one after the other; see [`Glyph::pixels`]. 16 bytes on a 32-bit target, and no buffer.
#[derive(Clone)]
pub struct Pixels<'a> {
    bytes: &'a [u8],
    /// The next bit, or half byte.
    at: u16,
    /// How many pixels were not given yet.
    left: u16,
    /// How many more are of the same level.
    same: u16,
    level: u8,
    depth: u8,
}

impl fmt::Debug for Pixels<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pixels")
    }
}

impl Pixels<'_> {
    /// Reads the next level, and how many pixels have it: at least one.
    #[inline]
    fn begin(&mut self) {
        let at = usize::from(self.at);
        if self.depth == 1 {
            (self.level, self.same, self.at) = (bit(self.bytes, at), 1, self.at.wrapping_add(1));
            return;
        }
        let level = half(self.bytes, at);
        let last = self.bytes.len().wrapping_mul(2).saturating_sub(1);
        (self.level, self.same, self.at) = match level {
            1..15 => (level, 1, self.at.wrapping_add(1)),
            // Behind the last half byte, or in one that only fills up a byte.
            _ if at >= last => (0, u16::MAX, self.at.wrapping_add(1)),
            _ => {
                let more = half(self.bytes, at.wrapping_add(1));
                (level, u16::from(more).wrapping_add(1), self.at.wrapping_add(2))
            }
        };
    }
}

impl Iterator for Pixels<'_> {
    type Item = u8;

    #[inline]
    fn next(&mut self) -> Option<u8> {
        self.left = self.left.checked_sub(1)?;
        if self.same == 0 {
            self.begin();
        }
        self.same = self.same.wrapping_sub(1);
        Some(self.level)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::from(self.left), Some(usize::from(self.left)))
    }
}

impl ExactSizeIterator for Pixels<'_> {}

#[cfg(test)]
mod tests {
    use super::{Glyph, GlyphTable};
    use crate::GlyphSize;

    fn grey(bytes: &[u8]) -> Glyph<'_> {
        Glyph { bytes, width: 5, height: 2, depth: 4 }
    }

    #[test]
    fn ground_and_ink_say_how_many_more_follow() {
        assert!(grey(&[0x02, 0xF1, 0x70]).pixels().eq([0, 0, 0, 15, 15, 7, 0, 0, 0, 0]));
        assert!(grey(&[]).pixels().eq([0; 10]));
        assert_eq!(grey(&[0x02, 0xF1, 0x70]).pixel(0, 1), 7);
    }

    #[test]
    fn what_has_no_room_or_is_not_all_told_is_not_sound() {
        for (bytes, is_sound) in [
            (&[0x02, 0xF1, 0x70][..], true),
            (&[], true),
            (&[0x09], true),
            (&[0x0A], false),
            (&[0x02, 0xF1, 0x7F], false),
            (&[0x11, 0x11, 0x11, 0x11, 0x11], true),
            (&[0x11, 0x11, 0x11, 0x11, 0x11, 0x10], false),
        ] {
            assert_eq!(grey(bytes).is_sound(), is_sound, "{bytes:02X?}");
        }
    }

    #[test]
    fn no_bytes_make_a_table_go_wrong() {
        let table = [16, 4, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 5, 3, 0, 0x02, 0xF1, 0x70];
        assert!(GlyphTable::is_sound(&table, GlyphSize::Grey16, 1));
        for at in 0..table.len() {
            for bit in 0..8 {
                let mut changed = table;
                changed[at] ^= 1 << bit;
                let read =
                    |table| GlyphTable::new(table).and_then(|glyphs| glyphs.get(0)).map(|glyph| glyph.pixels().count());
                let _ = read(&changed);
                let _ = read(&changed[..at]);
            }
            assert!(!GlyphTable::is_sound(&table[..at], GlyphSize::Grey16, 1), "{at}");
        }
    }
}
