//! Outlines into grey pixels. Host only.

use ab_glyph::{Font as _, FontVec, GlyphId, OutlinedGlyph, PxScale, ScaleFont as _, point};
use nenpyo_codegen::bdf::Picture;

/// Sixteen levels.
const INK: f32 = 15.0;

/// A character of so many pixels; `None` if the font does not have it.
pub(crate) fn draw(font: &FontVec, character: char, pixels: u8) -> Option<Picture> {
    let id = font.glyph_id(character);
    let units = font.units_per_em()?;
    if id == GlyphId(0) {
        return None;
    }
    // `PxScale` counts from the highest to the lowest of a line; a kanji is as wide as an em.
    let scale = PxScale::from(f32::from(pixels) * font.height_unscaled() / units);
    let advance = whole(font.as_scaled(scale).h_advance(id)).max(1);
    match font.outline_glyph(id.with_scale_and_position(scale, point(0.0, 0.0))) {
        Some(outline) => Some(Picture { advance, ..rasterised(&outline) }),
        None if character.is_whitespace() => Some(Picture { advance, ..Picture::default() }),
        None => None,
    }
}

/// The nearest whole number that fits.
#[allow(clippy::cast_sign_loss, reason = "what is negative becomes 0, and what is too large 255")]
fn whole(number: f32) -> u8 {
    number.round() as u8
}

fn rasterised(outline: &OutlinedGlyph) -> Picture {
    let bounds = outline.px_bounds();
    let (width, height) = (whole(bounds.width()), whole(bounds.height()));
    let mut levels = vec![0; usize::from(width) * usize::from(height)];
    outline.draw(|x, y, coverage| {
        let at = y as usize * usize::from(width) + x as usize;
        // What is wider than that is no character of this size.
        if let Some(level) = levels.get_mut(at).filter(|_| x < u32::from(width)) {
            *level = whole(coverage.min(1.0) * INK);
        }
    });
    // Down is positive there.
    Picture { advance: 0, left: bounds.min.x as i16, bottom: -bounds.max.y as i16, width, height, levels }
}
