//! Glyphs and characters into the tables that the target reads. Host only.

use nenpyo_schema::{GLYPHS_A_BLOCK, GlyphTable};

use super::bdf::Font;

/// Characters as [`CharacterSet`](nenpyo_schema::CharacterSet) reads them, in order.
pub(super) fn characters(characters: &[char]) -> Vec<u8> {
    let plane = |character: &char| (u32::from(*character) >> 16) as u16;
    let further = characters.partition_point(|character| plane(character) == 0);
    let planes: Vec<&[char]> = characters[further..].chunk_by(|a, b| plane(a) == plane(b)).collect();
    let mut table = (planes.len() as u16).to_le_bytes().to_vec();
    table.extend((characters.len() as u16).to_le_bytes());
    let mut first = further;
    for characters in planes {
        table.extend(plane(&characters[0]).to_le_bytes());
        table.extend((first as u16).to_le_bytes());
        first += characters.len();
    }
    table.extend(characters.iter().flat_map(|character| (u32::from(*character) as u16).to_le_bytes()));
    table
}

/// A glyph: its width and its levels, row by row.
pub(super) type Boxed = (u8, Vec<u8>);

/// Glyphs as [`GlyphTable`] reads them, in the order of their characters.
pub(super) fn glyphs(font: &Font, boxed: &[Boxed]) -> Vec<u8> {
    let (mut starts, mut lengths, mut pixels) = (Vec::new(), Vec::new(), Vec::new());
    for (number, (_, levels)) in boxed.iter().enumerate() {
        if number % GLYPHS_A_BLOCK == 0 {
            starts.extend((pixels.len() as u32).to_le_bytes());
        }
        let bytes = if font.depth == 1 { bits(levels) } else { halves(levels) };
        if font.depth != 1 {
            lengths.extend((bytes.len() as u16).to_le_bytes());
        }
        pixels.extend(bytes);
    }
    let count = (boxed.len() as u16).to_le_bytes();
    let rows = font.ascent + font.descent;
    let mut table = vec![font.pixels, font.depth, rows, font.ascent, count[0], count[1], 0, 0];
    table.extend(starts);
    table.extend(boxed.iter().map(|(width, _)| width));
    table.extend(lengths);
    table.extend(pixels);
    table
}

/// Whether a table gives these glyphs back.
pub(super) fn reads_back(table: &[u8], boxed: &[Boxed]) -> bool {
    let glyphs = GlyphTable::new(table);
    let is_same = |(number, (width, levels)): (u16, &Boxed)| {
        let glyph = glyphs.and_then(|glyphs| glyphs.get(number));
        glyph.is_some_and(|glyph| glyph.width() == *width && glyph.pixels().eq(levels.iter().copied()))
    };
    (0..).zip(boxed).all(is_same)
}

/// Eight pixels a byte.
fn bits(levels: &[u8]) -> Vec<u8> {
    let byte = |pixels: &[u8]| pixels.iter().zip(0..).map(|(level, at)| level << (7 - at)).sum();
    levels.chunks(8).map(byte).collect()
}

/// Half a byte a pixel; ground and ink with how many more follow, and nothing of the ground at the end.
fn halves(levels: &[u8]) -> Vec<u8> {
    let end = levels.iter().rposition(|level| *level > 0).map_or(0, |last| last + 1);
    let mut halves = Vec::new();
    let mut rest = &levels[..end];
    while let Some(level) = rest.first().copied() {
        halves.push(level);
        let mut same = 1;
        if matches!(level, 0 | 15) {
            same = rest.iter().take(16).take_while(|other| **other == level).count();
            halves.push(same as u8 - 1);
        }
        rest = &rest[same..];
    }
    halves.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}
