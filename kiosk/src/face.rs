//! Which glyphs a panel is set in.

use nenpyo::{Chronicle, GlyphSize, Glyphs};

use crate::area::{Area, pixels};
use crate::layout::{Heights, Measure, Readings};

/// Glyphs of one size, and smaller ones for the readings above them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Face<'a> {
    pub(crate) glyphs: Glyphs<'a>,
    #[cfg(feature = "ruby")]
    pub(crate) ruby: Option<Glyphs<'a>>,
}

impl Face<'_> {
    /// Where readings stand: above their bases if there are glyphs that are small enough and can be read.
    pub(crate) fn readings(&self) -> Readings {
        Readings::of_height(self.ruby_height())
    }

    fn ruby_height(&self) -> u16 {
        self.glyphs(true).map_or(0, |ruby| ruby.height().into())
    }

    /// The glyphs of characters, or of those of readings.
    pub(crate) const fn glyphs(&self, is_ruby: bool) -> Option<&Glyphs<'_>> {
        #[cfg(feature = "ruby")]
        if is_ruby {
            return self.ruby.as_ref();
        }
        if is_ruby { None } else { Some(&self.glyphs) }
    }

    /// How high a line is.
    pub(crate) fn height(&self) -> i16 {
        i16::from(self.glyphs.height())
    }

    /// How high a line is with readings above it.
    pub(crate) fn height_with_ruby(&self) -> i16 {
        let heights = self.heights();
        pixels(heights.ruby.saturating_add(heights.ascent).saturating_add(heights.descent))
    }
}

impl Measure for Face<'_> {
    fn advance(&self, character: char) -> u16 {
        self.glyphs.advance(character).map_or(0, u16::from)
    }

    fn ruby_advance(&self, character: char) -> u16 {
        self.glyphs(true).and_then(|ruby| ruby.advance(character)).map_or(0, u16::from)
    }

    fn heights(&self) -> Heights {
        let height = u16::from(self.glyphs.height());
        let ascent = u16::from(self.glyphs.baseline());
        Heights { ascent, descent: height.saturating_sub(ascent), ruby: self.ruby_height(), gap: height / 8 }
    }
}

/// The faces of a panel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Faces<'a> {
    pub(crate) small: Face<'a>,
    pub(crate) body: Face<'a>,
    pub(crate) title: Face<'a>,
}

/// Which of the faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    Small,
    Body,
    Title,
}

impl<'a> Faces<'a> {
    /// Those that a panel is set in: four to five lines of text on the smallest, sixteen on the largest, as people stand
    /// an arm's length away from both. `None` of a chronicle without glyphs.
    pub(crate) fn of(chronicle: &'a Chronicle<'a>, panel: Area, is_grey: bool) -> Option<Self> {
        let side = panel.height.min(panel.width.saturating_mul(3) / 4);
        let (small, body, title) = match side {
            ..100 => (12, 12, 12),
            100..180 => (12, 16, 16),
            180..400 => (12, 16, 24),
            _ => (16, 24, 32),
        };
        let face = |height| Face::of(chronicle, height, is_grey);
        Some(Self { small: face(small)?, body: face(body)?, title: face(title)? })
    }

    pub(crate) const fn get(&self, size: Size) -> &Face<'a> {
        match size {
            Size::Small => &self.small,
            Size::Body => &self.body,
            Size::Title => &self.title,
        }
    }
}

impl<'a> Face<'a> {
    fn of(chronicle: &'a Chronicle<'a>, pixels: u8, is_grey: bool) -> Option<Self> {
        let glyphs = nearest(chronicle, pixels, is_grey)?;
        #[cfg(feature = "ruby")]
        let ruby = Self::ruby(chronicle, glyphs.size().pixels(), is_grey);
        Some(Self {
            glyphs,
            #[cfg(feature = "ruby")]
            ruby,
        })
    }

    /// Kana above a kanji are half as high; of up to two thirds they still stand back behind it.
    #[cfg(feature = "ruby")]
    fn ruby(chronicle: &'a Chronicle<'a>, pixels: u8, is_grey: bool) -> Option<Glyphs<'a>> {
        nearest(chronicle, pixels / 2, is_grey).filter(|ruby| ruby.size().pixels() <= pixels / 3 * 2)
    }
}

/// The glyphs whose size is nearest, the smaller of two that are as near; grey ones before others of the same size.
fn nearest<'a>(chronicle: &'a Chronicle<'a>, wanted: u8, is_grey: bool) -> Option<Glyphs<'a>> {
    let (mut found, mut least) = (None, u32::MAX);
    for size in GlyphSize::ALL.iter().copied() {
        let pixels = size.pixels();
        let distance =
            u32::from_be_bytes([0, pixels.abs_diff(wanted), pixels, u8::from((size.depth() > 1) != is_grey)]);
        if distance < least && chronicle.glyphs(size).is_some() {
            (found, least) = (Some(size), distance);
        }
    }
    chronicle.glyphs(found?)
}
