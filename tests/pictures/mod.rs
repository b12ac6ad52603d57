//! Fonts that are no fonts: a picture for every character of a chronicle, thrown from its number, of every width. And a
//! table of line breaks that has something of everything.

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

/// Where lines break: spaces, everything else, kana and digits, with an exception and the units m and km.
pub(crate) const BREAKS: [u8; 53] = [
    4, 0, 7, 0, 1, 0, 8, 0, // how many of each
    0, 0, 2, 4, // kana and digits are told
    0x44, 0x44, // a line never ends before a class behind spaces alone
    0x84, 0xA8, // it may end before kana and kanji, and at spaces
    0x84, 0x8B, // between kana it is loose
    0x84, 0xA8, // numbers stay whole
    0, 0, 1, b' ', 0, 0, b'!', 0, 1, b'0', 0, 3, b':', 0, 1, 0x41, 0x30, 2, 0, 0x4E, 1, // the runs
    1, 1, 2, 1, // kana between two kanji and one begin no line
    1, b'm', 0, 2, b'k', 0, b'm', 0, // units
];

/// The chronicle with glyphs of these sizes.
pub(crate) fn with_pictures(compiled: Compiled, sizes: &[GlyphSize]) -> Compiled {
    let fonts: Vec<(GlyphSize, Vec<u8>)> =
        sizes.iter().map(|size| (*size, font(&compiled, *size).text("pictures").into_bytes())).collect();
    let breaks = compiled.breaks_file(&BREAKS);
    compiled.with_glyph_files(&fonts, breaks.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}
