//! Draws every glyph of each size that a data folder chooses into one picture a size, to be looked at:
//! `cargo run -p nenpyo-typeset --example sheet -- FOLDER [DATA]`.

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use nenpyo_codegen::bdf::Font;

/// Glyphs side by side.
const ACROSS: usize = 48;
/// Ground, ink and the lines between glyphs.
const GROUND: u8 = 255;
const LINE: u8 = 225;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args_os().skip(1);
    let folder = PathBuf::from(args.next().ok_or("which folder are the pictures for?")?);
    let data = args.next().map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../data"), PathBuf::from);
    let glyphs = nenpyo_typeset::glyphs(&nenpyo_codegen::compile(&data)?, &data)?;
    for (size, text) in &glyphs.fonts {
        let font = Font::read(text.as_bytes()).map_err(|mistake| mistake.message)?;
        let path = folder.join(format!("{}.png", size.name()));
        draw(&font, &path)?;
        println!("{}: {} glyphs", path.display(), font.glyphs.len());
    }
    Ok(())
}

fn draw(font: &Font, path: &Path) -> Result<(), Box<dyn Error>> {
    let scale = if font.pixels < 16 { 3 } else { 1 };
    let rows = usize::from(font.ascent + font.descent);
    let widest = font.glyphs.values().map(|glyph| usize::from(glyph.advance)).max().unwrap_or(1);
    let (across, down) = (widest + 2, rows + 2);
    let lines = font.glyphs.len().div_ceil(ACROSS);
    let (width, height) = (ACROSS * across * scale, lines * down * scale);
    let mut pixels = vec![GROUND; width * height];
    let ink = (1_u8 << font.depth) - 1;
    for (number, glyph) in font.glyphs.values().enumerate() {
        let (left, top) = (number % ACROSS * across, number / ACROSS * down);
        let levels = glyph.on_rectangle(font.ascent, font.descent).ok_or("a glyph lies outside")?;
        for (x, y) in (0..across).flat_map(|x| (0..down).map(move |y| (x, y))) {
            let is_inside = x < usize::from(glyph.advance) && y < rows;
            let level = if is_inside { levels[y * usize::from(glyph.advance) + x] } else { 0 };
            // Where the glyph ends, and the row under its baseline.
            let is_line = x == usize::from(glyph.advance) || y == rows || y == usize::from(font.ascent);
            let grey = GROUND - (u16::from(level) * 255 / u16::from(ink)) as u8;
            let grey = if level == 0 && is_line { LINE } else { grey };
            for at in 0..scale * scale {
                let (x, y) = ((left + x) * scale + at % scale, (top + y) * scale + at / scale);
                pixels[y * width + x] = grey;
            }
        }
    }
    let file = BufWriter::new(File::create(path)?);
    let mut picture = png::Encoder::new(file, width as u32, height as u32);
    picture.set_color(png::ColorType::Grayscale);
    picture.set_depth(png::BitDepth::Eight);
    picture.write_header()?.write_image_data(&pixels)?;
    Ok(())
}
