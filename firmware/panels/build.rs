//! Gives the linker the memory map of the board that has the panel.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    let board = nenpyo_boards::board_for(env::var("NENPYO_BOARD").ok().as_deref(), &env::var("TARGET")?)?;
    println!("cargo::rerun-if-env-changed=NENPYO_BOARD");
    println!("cargo::rerun-if-env-changed=NENPYO_FLASH_KIBIBYTES");
    let flash = env::var("NENPYO_FLASH_KIBIBYTES").ok().map(|length| length.parse()).transpose()?;
    fs::write(Path::new(&out).join("memory.x"), board.memory_map(flash))?;
    // Names of interrupts, of which there are none.
    fs::write(Path::new(&out).join("device.x"), "")?;
    println!("cargo::rustc-link-search={out}");
    println!("cargo::rustc-link-arg-bins=-Tlink.x");
    // Functions that are the same bytes are one.
    println!("cargo::rustc-link-arg-bins=--icf=all");
    Ok(())
}
