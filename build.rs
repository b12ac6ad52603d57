//! Compiles `data/` into `$OUT_DIR/tables.rs`. The compiler itself lives in `codegen/`.

#[cfg_attr(not(feature = "qst"), allow(clippy::unnecessary_wraps, reason = "nothing is compiled then"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=data");
    #[cfg(feature = "qst")]
    {
        let mut compiled = nenpyo_codegen::compile("data".as_ref())?;
        if cfg!(feature = "search-index-small") {
            compiled = compiled.with_small_search_index();
        }
        if !GLYPHS.is_empty() || cfg!(feature = "dense-text") {
            compiled = compiled.only(SECTIONS).with_glyphs(GLYPHS)?;
        }
        #[cfg(feature = "dense-text")]
        let compiled = compiled.with_dense_text()?;
        compiled.with_features().write(std::env::var("OUT_DIR")?.as_ref())?;
    }
    Ok(())
}

/// The sections that are there, whose texts the alphabet and the glyphs are for.
#[cfg(feature = "qst")]
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

/// The sizes of glyphs that are there.
#[cfg(feature = "qst")]
const GLYPHS: &[&str] = &[
    #[cfg(feature = "glyphs-8")]
    "8",
    #[cfg(feature = "glyphs-10")]
    "10",
    #[cfg(feature = "glyphs-12")]
    "12",
    #[cfg(feature = "glyphs-16")]
    "16",
    #[cfg(feature = "glyphs-16-grey")]
    "16-grey",
    #[cfg(feature = "glyphs-24-grey")]
    "24-grey",
    #[cfg(feature = "glyphs-32-grey")]
    "32-grey",
];
