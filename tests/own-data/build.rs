//! Compiles `data/` into `$OUT_DIR/tables.rs`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=data");
    Ok(nenpyo_codegen::compile("data".as_ref())?.write(std::env::var("OUT_DIR")?.as_ref())?)
}
