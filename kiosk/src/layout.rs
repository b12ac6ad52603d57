//! Lines of a text: measured before they are drawn, ended where Japanese and English end them, with ruby above.
//!
//! ```
//! use nenpyo_kiosk::layout::{Heights, Layout, Measure, Options};
//!
//! /// Half of a kanji's width for Latin, as on a terminal.
//! struct Cells;
//!
//! impl Measure for Cells {
//!     fn advance(&self, character: char) -> u16 {
//!         if character.is_ascii() { 1 } else { 2 }
//!     }
//!     fn ruby_advance(&self, _: char) -> u16 {
//!         1
//!     }
//!     fn heights(&self) -> Heights {
//!         Heights { ascent: 1, descent: 0, ruby: 1, gap: 0 }
//!     }
//! }
//!
//! let compiled = nenpyo_typeset::breaks::compile(&[], ["「量子の森」へ、2016年4月。"]).unwrap();
//! let layout = Layout { measure: &Cells, breaks: compiled.breaks(), options: Options { width: 10, ..Options::DEFAULT } };
//! let lines = layout.lines("「量子の森」へ、2016年4月。").map(|line| line.text().collect::<String>());
//! assert!(lines.eq(["「量子の", "森」へ、", "2016年", "4月。"]));
//! ```

mod content;
mod fit;
mod line;
mod place;
mod ruby;

pub use content::{Content, Stretch};
pub use line::{Extent, Glyph, Line};

use nenpyo_schema::Breaks;

/// How wide and high characters are drawn, in pixels.
pub trait Measure {
    /// How far the next character stands from this one.
    fn advance(&self, character: char) -> u16;

    /// The same of a character of a reading above its base.
    fn ruby_advance(&self, character: char) -> u16;

    /// How high lines are.
    fn heights(&self) -> Heights;
}

/// The heights of lines, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heights {
    /// From the top of the highest character to the baseline, on which Japanese and Latin both stand.
    pub ascent: u16,
    /// From the baseline to the bottom.
    pub descent: u16,
    /// What a line with readings has above the ascent, their own descent included.
    pub ruby: u16,
    /// Between two lines.
    pub gap: u16,
}

/// What is done with readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Readings {
    /// They stand above their bases, as ruby; without the feature `ruby` they are left out.
    #[default]
    Above,
    /// They stand instead of their bases, so that all can be read where ruby would be too small.
    Instead,
    /// They are left out.
    Without,
}

impl Readings {
    /// The least height of kana in pixels that can be read: with fewer a voiced mark runs into its letter.
    pub const LEAST_HEIGHT: u16 = 7;

    /// Above, where kana of this height can be read; instead of the bases, where not.
    ///
    /// ```
    /// use nenpyo_kiosk::layout::Readings;
    /// assert_eq!((Readings::of_height(8), Readings::of_height(5)), (Readings::Above, Readings::Instead));
    /// ```
    #[must_use]
    pub const fn of_height(height: u16) -> Self {
        if height < Self::LEAST_HEIGHT { Self::Instead } else { Self::Above }
    }
}

/// How lines are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How wide a line is at most, in pixels.
    pub width: u16,
    /// How many lines there are at most: the last one ends with an ellipsis where the text goes on.
    pub lines: u16,
    /// Whether 、 and 。 may stand to the right of the line where they would not fit.
    pub hanging: bool,
    /// Whether an ellipsis may stand for the end of a word, where whole words would leave a line half empty.
    pub cuts_words: bool,
    /// What is done with readings.
    pub readings: Readings,
}

impl Options {
    /// As many lines as it takes, nothing hanging, no word cut, readings above.
    pub const DEFAULT: Self =
        Self { width: u16::MAX, lines: u16::MAX, hanging: false, cuts_words: false, readings: Readings::Above };

    /// What says that a text goes on.
    pub const ELLIPSIS: char = '…';
}

/// All that lines depend on beside the text itself.
#[derive(Debug)]
pub struct Layout<'a, M> {
    /// The widths and heights of characters.
    pub measure: &'a M,
    /// Where lines may end.
    pub breaks: Breaks<'a>,
    /// How lines are made.
    pub options: Options,
}

impl<M> Clone for Layout<'_, M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Layout<'_, M> {}
