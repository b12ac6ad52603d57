//! Compiles `data/` into `$OUT_DIR/tables.rs`. The compiler itself lives in `codegen/`.

#[cfg_attr(not(feature = "qst"), allow(clippy::unnecessary_wraps, reason = "nothing is compiled then"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=data");
    #[cfg(feature = "qst")]
    nenpyo_codegen::compile("data".as_ref())?.with_features().write(std::env::var("OUT_DIR")?.as_ref())?;
    Ok(())
}
