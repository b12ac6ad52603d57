//! Gives the linker the memory map of a board, and the program the folder its data lies in.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    for name in ["NENPYO_BOARD", "NENPYO_FLASH_KIBIBYTES", "NENPYO_PEERS"] {
        println!("cargo::rerun-if-env-changed={name}");
    }
    let board = nenpyo_boards::board_for(env::var("NENPYO_BOARD").ok().as_deref(), &env::var("TARGET")?)?;
    let flash = env::var("NENPYO_FLASH_KIBIBYTES").ok().map(|length| length.parse()).transpose()?;
    fs::write(Path::new(&out).join("memory.x"), board.memory_map(flash))?;
    println!("cargo::rustc-link-search={out}");
    println!("cargo::rustc-link-arg-bins=-Tlink.x");
    println!("cargo::rustc-env=NENPYO_PEERS={}", env::var("NENPYO_PEERS")?);
    Ok(())
}
