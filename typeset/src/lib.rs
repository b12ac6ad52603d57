//! What a panel needs to set the texts of a chronicle, worked out on the host: glyphs of its characters out of fonts, one
//! small font a size beside the data, and [where lines break](breaks). Host only.
//!
//! Bitmaps for panels of black and white come from bitmap fonts, because outlines of so few pixels lose strokes; grey ones
//! from outlines. The fonts that are asked are in this package, behind those that the chronicle names.

pub mod breaks;
mod fonts;
mod ours;
mod outline;

use std::collections::BTreeSet;
use std::path::Path;

use nenpyo_codegen::bdf::Font;
use nenpyo_codegen::{BREAKS_FILE, Compiled, Error, GlyphSize, Lack, glyph_file};

use fonts::Loaded;

/// What to do about a character that no font has.
const ADVICE: &str = "choose another character, or name a font that has it in `fonts` of `chronicle.toml`";

/// The file of the licences, relative to the data folder.
pub const LICENCES: &str = "glyphs/LICENSE-fonts";

/// What belongs into the data folder.
#[derive(Clone, Debug, Default)]
pub struct Glyphs {
    /// A font of each size that the manifest chooses, in the order of sizes.
    pub fonts: Vec<(GlyphSize, String)>,
    /// Where lines break in the texts, as [`Compiled::breaks_file`] writes it; empty if no size is chosen.
    pub breaks: String,
    /// The licences of the fonts from which they are; empty if there are none.
    pub licences: String,
}

impl Glyphs {
    /// The chronicle with these glyphs, although they are not in its folder.
    ///
    /// # Errors
    ///
    /// If they are of another chronicle.
    ///
    /// ```
    /// use nenpyo_codegen::GlyphSize;
    /// let data = std::path::Path::new("../codegen/tests/fixtures/ok");
    /// let compiled = nenpyo_codegen::compile(data)?;
    /// let glyphs = nenpyo_typeset::glyphs_of(&compiled, data, &[GlyphSize::Mono8])?;
    /// assert!(glyphs.put_into(compiled)?.costs().iter().any(|cost| cost.section == "glyphs-8"));
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn put_into(&self, compiled: Compiled) -> Result<Compiled, Error> {
        let fonts: Vec<_> = self.fonts.iter().map(|(size, text)| (*size, text.clone().into_bytes())).collect();
        compiled.with_glyph_files(&fonts, self.breaks.as_bytes())
    }

    /// Each file, relative to the data folder, and its text.
    ///
    /// ```
    /// assert_eq!(nenpyo_typeset::Glyphs::default().files().count(), 0);
    /// ```
    pub fn files(&self) -> impl Iterator<Item = (String, &str)> {
        let fonts = self.fonts.iter().map(|(size, text)| (glyph_file(*size), text.as_str()));
        let others = [(BREAKS_FILE, self.breaks.as_str()), (LICENCES, self.licences.as_str())];
        let others = others.into_iter().filter(|(_, text)| !text.is_empty());
        fonts.chain(others.map(|(name, text)| (name.to_owned(), text)))
    }
}

/// Finds a glyph of each size that the manifest chooses for each character, and if it chooses any, where lines break. `data`
/// is the folder from which paths of fonts in the manifest are counted. The same fonts and characters give the same bytes.
///
/// # Errors
///
/// Every character without a glyph, with the record that has it, and every font that cannot be used.
///
/// ```
/// let data = std::path::Path::new("../codegen/tests/fixtures/ok");
/// let glyphs = nenpyo_typeset::glyphs(&nenpyo_codegen::compile(data)?, data)?;
/// assert!(glyphs.fonts.is_empty(), "this manifest chooses no size");
/// # Ok::<(), nenpyo_codegen::Error>(())
/// ```
pub fn glyphs(compiled: &Compiled, data: &Path) -> Result<Glyphs, Error> {
    glyphs_of(compiled, data, compiled.glyph_sizes())
}

/// The same of these sizes, whatever the manifest chooses.
///
/// # Errors
///
/// As of [`glyphs`].
///
/// ```
/// use nenpyo_codegen::GlyphSize;
/// let data = std::path::Path::new("../codegen/tests/fixtures/ok");
/// let compiled = nenpyo_codegen::compile(data)?;
/// let glyphs = nenpyo_typeset::glyphs_of(&compiled, data, &[GlyphSize::Mono12])?;
/// let compiled = glyphs.put_into(compiled)?;
/// assert!(compiled.costs().iter().any(|cost| cost.section == "glyphs-12"));
/// # Ok::<(), nenpyo_codegen::Error>(())
/// ```
pub fn glyphs_of(compiled: &Compiled, data: &Path, sizes: &[GlyphSize]) -> Result<Glyphs, Error> {
    let mut lacks = Vec::new();
    let mut own = Vec::new();
    for (number, path) in compiled.fonts().enumerate() {
        match Loaded::read(&data.join(path)) {
            Ok(font) => own.push(font),
            Err(message) => lacks.push(Lack::Font(number, message)),
        }
    }
    let characters = compiled.characters();
    let mut glyphs = Glyphs::default();
    let mut used = BTreeSet::new();
    for size in sizes {
        let font = typeset(*size, &characters, &own, &mut used);
        let missing = characters.iter().filter(|character| !font.glyphs.contains_key(character));
        lacks.extend(missing.map(|character| Lack::Glyph(*size, *character)));
        glyphs.fonts.push((*size, font.text(&format!("glyphs {}", size.name()))));
    }
    glyphs.fonts.sort_by_key(|(size, _)| *size);
    if !glyphs.fonts.is_empty() {
        // Interfaces set words of their own in lines, so their characters have classes too.
        let (texts, characters) = (compiled.texts(), compiled.interface_characters().collect::<Vec<_>>());
        match breaks::compile(&characters, texts.iter().map(String::as_str)) {
            Ok(breaks) => glyphs.breaks = compiled.breaks_file(breaks.table()),
            Err(error) => lacks.push(Lack::Breaks(error.to_string())),
        }
    }
    if !lacks.is_empty() {
        return Err(compiled.lacking(&lacks, ADVICE));
    }
    for notice in used {
        glyphs.licences.push_str(notice);
        glyphs.licences.push('\n');
    }
    if !glyphs.licences.is_empty() {
        glyphs.licences.insert_str(0, "The glyphs in this folder are taken from these fonts.\n\n");
    }
    Ok(glyphs)
}

/// A font of one size with these characters, as far as there are glyphs; each from the first font that has it.
fn typeset(size: GlyphSize, characters: &BTreeSet<char>, own: &[Loaded], used: &mut BTreeSet<&'static str>) -> Font {
    let mut wanted: BTreeSet<char> = characters.clone();
    let mut font = fonts::empty(size);
    let mut copyrights: Vec<String> = Vec::new();
    let mut add = |loaded: &Loaded, wanted: &mut BTreeSet<char>| {
        let before = wanted.len();
        loaded.draw(size, wanted, &mut font);
        let is_used = wanted.len() < before;
        if is_used && !copyrights.contains(&loaded.copyright) && !loaded.copyright.is_empty() {
            copyrights.push(loaded.copyright.clone());
        }
        is_used
    };
    for loaded in own {
        add(loaded, &mut wanted);
    }
    for (notice, bytes) in ours::of(size) {
        if wanted.is_empty() {
            break;
        }
        if let Ok(loaded) = Loaded::of(bytes)
            && add(&loaded, &mut wanted)
        {
            used.insert(notice);
        }
    }
    font.copyright = copyrights.join("; ");
    font
}
