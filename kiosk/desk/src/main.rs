//! `cargo xtask kiosk`: what visitors see, in the terminal or as pictures.

mod terminal;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use embedded_graphics_core::geometry::Size;
use nenpyo::{Chronicle, GlyphSize, Language};
use nenpyo_desk::{Depth, Panel, sheet, stops};

/// Shows the chronicle as a kiosk does: arrow keys choose, Enter opens, Esc goes back, L changes the language, Q ends.
#[derive(Parser)]
#[command(name = "cargo xtask kiosk", bin_name = "cargo xtask kiosk", max_term_width = 100)]
struct Args {
    /// A folder of data [default: that of this repository]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The panel, such as 128x64, 320x240 or 800x480; in the terminal as large as there is room if it is not said
    #[arg(long, value_name = "WxH", value_parser = size)]
    panel: Option<Size>,
    /// Bits of a pixel: 1, 4 or 16 [default: 4 up to 128 rows, 16 above]
    #[arg(long, value_name = "BITS")]
    depth: Option<Depth>,
    /// How texts are shown at first: ja, furigana, en, or any other language of the data
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// Write every screen as a picture into this folder, and show nothing
    #[arg(long, value_name = "DIR")]
    png: Option<PathBuf>,
    /// Write all screens as one picture, and show nothing
    #[arg(long, value_name = "OUT.png")]
    contact_sheet: Option<PathBuf>,
}

fn size(text: &str) -> Result<Size, String> {
    let sides = text.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    match sides {
        Some((width, height)) if (64..=4096).contains(&width) && (48..=4096).contains(&height) => {
            Ok(Size::new(width, height))
        }
        _ => Err("a panel is WIDTHxHEIGHT, of 64x48 to 4096x4096 pixels".to_owned()),
    }
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let ours = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data");
    let data = args.data.as_deref().unwrap_or(Path::new(ours));
    let compiled = nenpyo_codegen::compile(data)?;
    // Glyphs are taken anew, so that what was just written is shown although nobody has called `regen` yet.
    let sizes = if compiled.glyph_sizes().is_empty() { GlyphSize::ALL } else { compiled.glyph_sizes() };
    let blob = nenpyo_typeset::glyphs_of(&compiled, data, sizes)?.put_into(compiled)?.blob();
    let chronicle = Chronicle::open(&blob).map_err(|error| format!("{error:?}"))?;
    let speech = match args.lang.as_deref() {
        None => 0,
        Some(name) => speech(&chronicle, name)?,
    };
    if args.png.is_none() && args.contact_sheet.is_none() {
        return terminal::run(&chronicle, args.panel, args.depth, speech);
    }
    let size = args.panel.unwrap_or(Size::new(800, 480));
    let panel = Panel { size, depth: args.depth.unwrap_or(Depth::of(size)) };
    let kiosk = panel.kiosk(&chronicle).ok_or("the data has no glyphs")?;
    let stops = stops(&kiosk, speech);
    let pictures: Vec<_> = stops.iter().map(|stop| panel.picture(&kiosk, &stop.state)).collect();
    if let Some(folder) = &args.png {
        std::fs::create_dir_all(folder)?;
        for (number, (stop, picture)) in stops.iter().zip(&pictures).enumerate() {
            picture.write(&folder.join(format!("{:02}-{}.png", number + 1, stop.name)))?;
        }
        println!("{} screens of {panel} are in {}", stops.len(), folder.display());
    }
    if let Some(path) = &args.contact_sheet {
        let by = if size.width <= 160 { 2 } else { 1 };
        let columns = (2_000 / (size.width * by)).clamp(2, 6);
        sheet(&pictures, columns, by).write(path)?;
        println!("{} screens of {panel} are on {}", stops.len(), path.display());
    }
    Ok(())
}

/// After how many presses of the language button texts are shown so.
fn speech(chronicle: &Chronicle<'_>, name: &str) -> Result<usize, String> {
    let mut names = Vec::new();
    for language in chronicle.languages() {
        names.push(language.to_string());
        if language == Language::JA {
            names.push("furigana".to_owned());
        }
    }
    names.iter().position(|one| one == name).ok_or(format!("texts are shown as one of: {}", names.join(", ")))
}
