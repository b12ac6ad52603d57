//! The fonts in this package: which ones are asked for which size, in what order. Host only.

use nenpyo_codegen::GlyphSize;

macro_rules! font {
    ($name:literal, $notice:literal) => {
        (
            include_str!(concat!("../fonts/", $notice, ".txt")),
            include_bytes!(concat!("../fonts/", $name, ".gz")).as_slice(),
        )
    };
}

/// The licence of a font, and the font.
type Ours = (&'static str, &'static [u8]);

/// The fonts that are asked for a size: the first one that has a character draws it. What is a full width wide comes before
/// what is half as wide, so that `×` and `°` stand in Japanese as they should.
pub(crate) fn of(size: GlyphSize) -> Vec<Ours> {
    match (size.depth(), size.pixels()) {
        (1, 8) => vec![font!("misaki-gothic-2nd.bdf", "misaki")],
        (1, 10) => vec![
            font!("mplus-j10r.bdf", "mplus"),
            font!("mplus-j10r-iso.bdf", "mplus"),
            font!("mplus-j10r-jisx0201.bdf", "mplus"),
            font!("nenpyo-10.bdf", "nenpyo"),
        ],
        (1, 12) => vec![
            font!("shinonome-k12.bdf", "shinonome"),
            font!("shinonome-6x12a.bdf", "shinonome"),
            font!("shinonome-6x12r.bdf", "shinonome"),
            font!("k12-2004-1.bdf", "jisx0213"),
        ],
        (1, 16) => vec![
            font!("shinonome-k16.bdf", "shinonome"),
            font!("shinonome-8x16a.bdf", "shinonome"),
            font!("shinonome-8x16r.bdf", "shinonome"),
            font!("jiskan16-2004-1.bdf", "jisx0213"),
        ],
        (4, _) => vec![font!("vl-pgothic-subset.ttf", "vlgothic")],
        _ => Vec::new(),
    }
}
