//! Writes three synthetic chronicles, each into `$OUT_DIR/<name>/`: its records in `data/`, and its tables beside them.

#[path = "../generator/mod.rs"]
mod generator;
#[path = "../oracle/mod.rs"]
#[allow(dead_code, reason = "the generator throws the oracle's dice")]
mod oracle;
#[allow(dead_code, reason = "the tests ask for one plan at a time")]
mod plans;

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = std::env::var("OUT_DIR")?;
    for (name, plan) in plans::all() {
        write(&Path::new(&out).join(name), &generator::chronicle(&plan))?;
    }
    Ok(())
}

fn write(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Box<dyn Error>> {
    let data = folder.join("data");
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    for (path, bytes) in files {
        let file = data.join(path);
        fs::create_dir_all(file.parent().unwrap_or(&data))?;
        fs::write(file, bytes)?;
    }
    Ok(nenpyo_codegen::compile(&data)?.write(folder)?)
}
