//! Fonts that are no fonts: a picture for every character of a chronicle, thrown from its number, of every width.

use nenpyo_codegen::bdf::{Font, Picture};
use nenpyo_codegen::{Compiled, GlyphSize};

/// The picture of a character.
pub(crate) fn picture(character: char, size: GlyphSize) -> Picture {
    let (width, height) = (1 + (u32::from(character) % u32::from(size.pixels())) as u8, size.pixels());
    let mut state = u32::from(character).wrapping_mul(0x9E37_79B9) ^ u32::from(size.byte());
    let mut level = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let thrown = (state >> 24) as u8;
        match size.depth() {
            1 => thrown & 1,
            // Ground and ink are runs, mostly.
            _ if thrown < 96 => 0,
            _ if thrown < 192 => 15,
            _ => thrown & 15,
        }
    };
    let levels = (0..usize::from(width) * usize::from(height)).map(|_| level()).collect();
    Picture { advance: width, left: 0, bottom: -1, width, height, levels }
}

/// The font of a size for all characters.
pub(crate) fn font(compiled: &Compiled, size: GlyphSize) -> Font {
    let glyphs = compiled.characters().into_iter().map(|character| (character, picture(character, size))).collect();
    let (pixels, depth) = (size.pixels(), size.depth());
    Font { pixels, depth, ascent: pixels - 1, descent: 1, copyright: String::new(), glyphs }
}

/// The chronicle with glyphs of these sizes.
pub(crate) fn with_pictures(compiled: Compiled, sizes: &[GlyphSize]) -> Compiled {
    let fonts: Vec<(GlyphSize, Vec<u8>)> =
        sizes.iter().map(|size| (*size, font(&compiled, *size).text("pictures").into_bytes())).collect();
    compiled.with_glyph_files(&fonts).unwrap_or_else(|error| panic!("{error}"))
}
