//! Gives the linker the memory map of a board, and the program the file of the sections that its features name.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

const PROGRAMS: [&str; 8] = ["claims", "cost", "digests", "everything", "faults", "search", "stack", "title"];

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    println!("cargo::rerun-if-env-changed=NENPYO_BOARD");
    println!("cargo::rerun-if-env-changed=NENPYO_FLASH_KIBIBYTES");
    println!("cargo::rerun-if-changed=../../data");
    let board = nenpyo_boards::board_for(env::var("NENPYO_BOARD").ok().as_deref(), &env::var("TARGET")?)?;
    let flash = env::var("NENPYO_FLASH_KIBIBYTES").ok().map(|length| length.parse()).transpose()?;
    fs::write(Path::new(&out).join("memory.x"), board.memory_map(flash))?;
    if let Some(more) = board.more {
        println!("cargo::rustc-env=NENPYO_MORE={}", more.origin);
    }
    println!("cargo::rustc-link-search={out}");
    println!("cargo::rustc-link-arg-bins=-Tlink.x");
    for program in PROGRAMS {
        println!("cargo::rustc-link-arg-bin={program}=-Map={out}/{program}.map");
    }

    let feature =
        |(name, _): (String, String)| Some(name.strip_prefix("CARGO_FEATURE_")?.to_lowercase().replace('_', "-"));
    let features: Vec<String> = env::vars().filter_map(feature).collect();
    let sections: Vec<&str> = features.iter().map(String::as_str).collect();
    let glyphs: Vec<&str> = sections.iter().filter_map(|section| section.strip_prefix("glyphs-")).collect();
    let mut chronicle = nenpyo_codegen::compile("../../data".as_ref())?.only(&sections).with_glyphs(&glyphs)?;
    if sections.contains(&"search-index-small") {
        chronicle = chronicle.with_small_search_index();
    }
    if sections.contains(&"dense-text") {
        chronicle = chronicle.with_dense_text()?;
    }
    Ok(fs::write(Path::new(&out).join("chronicle.nenpyo"), chronicle.blob())?)
}
