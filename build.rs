//! Compiles `data/` into `$OUT_DIR/tables.rs`. The compiler itself lives in `codegen/`.

#[cfg_attr(not(feature = "qst"), allow(clippy::unnecessary_wraps, reason = "nothing is compiled then"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=data");
    #[cfg(feature = "qst")]
    {
        let compiled = nenpyo_codegen::compile("data".as_ref())?;
        let compiled = if cfg!(feature = "dense-text") { dense(compiled)? } else { compiled };
        compiled.with_features().write(std::env::var("OUT_DIR")?.as_ref())?;
    }
    Ok(())
}

/// The sections that are there only, so that the alphabet is theirs.
#[cfg(feature = "qst")]
fn dense(compiled: nenpyo_codegen::Compiled) -> Result<nenpyo_codegen::Compiled, nenpyo_codegen::Error> {
    let features: Vec<String> = std::env::vars().filter_map(|(name, _)| feature(&name)).collect();
    compiled.only(&features.iter().map(String::as_str).collect::<Vec<_>>()).with_dense_text()
}

#[cfg(feature = "qst")]
fn feature(variable: &str) -> Option<String> {
    Some(variable.strip_prefix("CARGO_FEATURE_")?.to_lowercase().replace('_', "-"))
}
