//! Pictures of the characters of a chronicle. Runs on the target.

use core::fmt;

use nenpyo_schema::{CharacterSet, Glyph, GlyphSize, GlyphTable, Tables};

/// The glyphs of one size: of every character that stands in the texts, of printable ASCII, and in a chronicle with
/// Japanese of all kana and what dates and menus need. See [`Chronicle::glyphs`](crate::Chronicle::glyphs). 52 bytes on a
/// 32-bit target, all of it references into flash.
#[derive(Clone, Copy)]
pub struct Glyphs<'a> {
    size: GlyphSize,
    characters: CharacterSet<'a>,
    table: GlyphTable<'a>,
}

impl fmt::Debug for Glyphs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Glyphs").field("size", &self.size).finish_non_exhaustive()
    }
}

impl<'a> Glyphs<'a> {
    pub(crate) fn of(tables: &Tables<'a>, size: GlyphSize) -> Option<Self> {
        let table = GlyphTable::new(tables.glyphs.table(size))?;
        let characters = tables.glyphs.characters();
        // Where the texts are dense, the alphabet has them.
        let characters =
            if characters.is_empty() { tables.alphabet.characters() } else { CharacterSet::new(characters) };
        Some(Self { size, characters, table })
    }

    /// The size.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "glyphs-12"))] {
    /// use nenpyo::{GlyphSize, QST};
    /// assert_eq!(QST.glyphs(GlyphSize::Mono12).unwrap().size(), GlyphSize::Mono12);
    /// # }
    /// ```
    pub fn size(&self) -> GlyphSize {
        self.size
    }

    /// Bits of a pixel: 1, or 4 for sixteen levels of grey.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "glyphs-16-grey"))] {
    /// use nenpyo::{GlyphSize, QST};
    /// assert_eq!(QST.glyphs(GlyphSize::Grey16).unwrap().depth(), 4);
    /// # }
    /// ```
    pub fn depth(&self) -> u8 {
        self.table.depth()
    }

    /// Rows of pixels, the same for every glyph: lines that are so far apart do not touch one another.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "glyphs-16"))] {
    /// use nenpyo::{GlyphSize, QST};
    /// assert_eq!(QST.glyphs(GlyphSize::Mono16).unwrap().height(), 16);
    /// # }
    /// ```
    pub fn height(&self) -> u8 {
        self.table.height()
    }

    /// Rows above the line on which letters stand; below it are the tails of `g` and `y`.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "glyphs-12"))] {
    /// use nenpyo::{GlyphSize, QST};
    /// assert_eq!(QST.glyphs(GlyphSize::Mono12).unwrap().baseline(), 10);
    /// # }
    /// ```
    pub fn baseline(&self) -> u8 {
        self.table.baseline()
    }

    /// How many glyphs there are.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "glyphs-12"))] {
    /// use nenpyo::{GlyphSize, QST};
    /// assert!(QST.glyphs(GlyphSize::Mono12).unwrap().len() > 95);
    /// # }
    /// ```
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether there are none.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "glyphs-12"))] {
    /// use nenpyo::{GlyphSize, QST};
    /// assert!(!QST.glyphs(GlyphSize::Mono12).unwrap().is_empty());
    /// # }
    /// ```
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// The glyph of a character; `None` for one that neither the texts nor interfaces have.
    ///
    /// Found by bisection, some ten steps for a thousand characters; no byte is copied.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja", feature = "glyphs-12"))] {
    /// use nenpyo::{GlyphSize, QST};
    /// let glyphs = QST.glyphs(GlyphSize::Mono12).unwrap();
    /// let glyph = glyphs.get('量').unwrap();
    /// assert_eq!((glyph.width(), glyph.height()), (12, 12));
    /// assert!(glyph.pixels().any(|pixel| pixel == 1));
    /// assert!(glyphs.get('\u{1F600}').is_none());
    /// # }
    /// ```
    pub fn get(&self, character: char) -> Option<Glyph<'a>> {
        self.table.get(self.characters.number(character)?)
    }

    /// Pixels from the left edge of a character to that of the next one: the width of its glyph, without looking for its
    /// pixels. `None` as in [`get`](Self::get).
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "glyphs-12"))] {
    /// use nenpyo::{GlyphSize, QST};
    /// let glyphs = QST.glyphs(GlyphSize::Mono12).unwrap();
    /// let width: u16 = "QST 2016".chars().filter_map(|c| glyphs.advance(c)).map(u16::from).sum();
    /// assert_eq!(width, 8 * 6);
    /// # }
    /// ```
    pub fn advance(&self, character: char) -> Option<u8> {
        self.table.width(self.characters.number(character)?)
    }
}
