//! Fonts of any kind, and how a glyph is taken out of one. Host only.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;

use ab_glyph::FontVec;
use flate2::read::GzDecoder;
use nenpyo_codegen::GlyphSize;
use nenpyo_codegen::bdf::{Font, Picture};

use crate::outline;

/// What stands for the many who made an outline.
const LICENCE: &str = "see LICENSE-fonts";

/// A font that was read.
pub(crate) struct Loaded {
    pub(crate) copyright: String,
    kind: Kind,
}

enum Kind {
    Bitmaps(Font),
    Outlines(FontVec),
}

impl Loaded {
    /// Reads a file.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        Self::of(&std::fs::read(path).map_err(|error| format!("it cannot be read: {error}"))?)
    }

    /// Reads a font in BDF, TrueType or OpenType, compressed by gzip or not.
    pub(crate) fn of(bytes: &[u8]) -> Result<Self, String> {
        if bytes.starts_with(&[0x1F, 0x8B]) {
            let mut unpacked = Vec::new();
            let outcome = GzDecoder::new(bytes).read_to_end(&mut unpacked);
            outcome.map_err(|error| format!("it cannot be unpacked: {error}"))?;
            return if unpacked.starts_with(&[0x1F, 0x8B]) {
                Err("it is compressed twice".to_owned())
            } else {
                Self::of(&unpacked)
            };
        }
        if bytes.starts_with(b"STARTFONT") {
            let font = Font::read(bytes).map_err(|mistake| format!("line {}: {}", mistake.line, mistake.message))?;
            return Ok(Self { copyright: font.copyright.clone(), kind: Kind::Bitmaps(font) });
        }
        let font = FontVec::try_from_vec(bytes.to_vec());
        let font = font.map_err(|_| "it is neither BDF nor TrueType nor OpenType".to_owned())?;
        Ok(Self { copyright: LICENCE.to_owned(), kind: Kind::Outlines(font) })
    }

    /// Draws what it has of the wanted characters, and takes them away from these.
    pub(crate) fn draw(&self, size: GlyphSize, wanted: &mut BTreeSet<char>, font: &mut Font) {
        let has: Vec<(char, Picture)> = match &self.kind {
            // Of another size they would not stand in one line with the others.
            Kind::Bitmaps(bitmaps) if (bitmaps.pixels, bitmaps.depth) == (size.pixels(), size.depth()) => {
                let picture = |character: &char| Some((*character, bitmaps.glyphs.get(character)?.clone()));
                wanted.iter().filter_map(picture).collect()
            }
            // Black and white outlines of so few pixels lose strokes.
            Kind::Outlines(outlines) if size.depth() == 4 => {
                let picture =
                    |character: &char| Some((*character, outline::draw(outlines, *character, size.pixels())?));
                wanted.iter().filter_map(picture).collect()
            }
            _ => Vec::new(),
        };
        for (character, picture) in has {
            wanted.remove(&character);
            let picture = fitted(&picture);
            font.ascent = font.ascent.max(rows(i32::from(picture.bottom) + i32::from(picture.height)));
            font.descent = font.descent.max(rows(-i32::from(picture.bottom)));
            font.glyphs.insert(character, picture);
        }
    }
}

fn rows(rows: i32) -> u8 {
    u8::try_from(rows.max(0)).unwrap_or(u8::MAX / 2)
}

/// A font without glyphs, with the rows above and below the baseline that fonts of a size have at least: those of our
/// bitmaps, and where the ink of our outlines ends.
pub(crate) fn empty(size: GlyphSize) -> Font {
    let (pixels, depth) = (size.pixels(), size.depth());
    let (ascent, descent) = match (depth, pixels) {
        (1, 8) => (7, 1),
        (1, 10) => (9, 2),
        (1, _) => (pixels - 2, 2),
        _ => (pixels - pixels / 8, pixels / 4),
    };
    Font { pixels, depth, ascent, descent, ..Font::default() }
}

/// The picture without what is only ground, moved and made wider where ink would lie beyond its edges.
fn fitted(picture: &Picture) -> Picture {
    let mut picture = picture.cropped();
    let beyond = (-picture.left).max(0);
    picture.left += beyond;
    let right = picture.left + i16::from(picture.width);
    let advance = (i16::from(picture.advance) + beyond).max(right).max(1);
    picture.advance = u8::try_from(advance).unwrap_or(u8::MAX);
    picture
}
