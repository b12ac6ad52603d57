//! Compiles `data/` into `$OUT_DIR/tables.rs`. The compiler itself lives in `codegen/`.

#[cfg_attr(not(feature = "qst"), allow(clippy::unnecessary_wraps, reason = "nothing is compiled then"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=data");
    #[cfg(feature = "qst")]
    {
        let compiled = nenpyo_codegen::compile("data".as_ref())?;
        #[cfg(feature = "dense-text")]
        let compiled = compiled.only(SECTIONS).with_dense_text()?;
        compiled.with_features().write(std::env::var("OUT_DIR")?.as_ref())?;
    }
    Ok(())
}

/// The sections that are there, whose texts the alphabet is for.
#[cfg(all(feature = "qst", feature = "dense-text"))]
const SECTIONS: &[&str] = &[
    #[cfg(feature = "ja")]
    "ja",
    #[cfg(feature = "en")]
    "en",
    #[cfg(feature = "details")]
    "details",
    #[cfg(feature = "sources")]
    "sources",
    #[cfg(feature = "slugs")]
    "slugs",
    #[cfg(feature = "search")]
    "search",
    #[cfg(feature = "search-index")]
    "search-index",
];
