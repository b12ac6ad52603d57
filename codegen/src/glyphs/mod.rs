//! Glyphs: which characters need one, the fonts beside the data that have them, and tables of them. Host only.
//!
//! `regen` (the package `nenpyo-typeset`) takes the glyphs out of large fonts and writes them beside the data; here they are
//! only read, because everyone who builds firmware pays for it.

pub mod bdf;
mod breaks;
mod interface;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use nenpyo_schema::{GlyphSize, Language, TableId};

use crate::check::texts;
use crate::checked;
use crate::emit::{Compiled, Split, Table, source_texts};
use crate::problem::{Error, Problem, Report, listed, quoted};
use bdf::{Font, Mistake};

pub use breaks::BREAKS_FILE;

/// The name under which characters without a glyph are told.
const CHARACTERS_HAVE_GLYPHS: &str = "characters_have_glyphs";
/// What to do about glyphs that are not those of the data.
const AGAIN: &str = "run `cargo xtask regen` or `nenpyo regen`";
/// The name under which it is told that nobody has worked out where lines break.
const LINES_BREAK_BY_A_TABLE: &str = "lines_break_by_a_table";
/// The name under which fonts are told that cannot be used.
const FONTS_CAN_BE_READ: &str = "fonts_can_be_read";

/// The file of a size in the data folder.
///
/// ```
/// use nenpyo_codegen::{GlyphSize, glyph_file};
/// assert_eq!(glyph_file(GlyphSize::Grey16), "glyphs/16-grey.bdf");
/// ```
pub fn glyph_file(size: GlyphSize) -> String {
    format!("glyphs/{}.bdf", size.name())
}

/// Why there is no glyph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// No font of a size has this character.
    Glyph(GlyphSize, char),
    /// The font with this number in the manifest cannot be read: what is wrong.
    Font(usize, String),
    /// It cannot be told where lines break: why.
    Breaks(String),
}

impl Compiled {
    /// The sizes of glyphs that the manifest chooses.
    ///
    /// ```
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?;
    /// assert!(compiled.glyph_sizes().is_empty());
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn glyph_sizes(&self) -> &[GlyphSize] {
        &self.lowered.glyphs
    }

    /// The fonts that the manifest names, relative to the data folder, in the order in which they are asked.
    ///
    /// ```
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?;
    /// assert_eq!(compiled.fonts().count(), 0);
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn fonts(&self) -> impl Iterator<Item = &str> {
        self.lowered.fonts.iter().map(|font| font.value.as_str())
    }

    /// The characters that have glyphs: those of all texts that are there, readings included, and those of interfaces.
    ///
    /// ```
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?;
    /// assert!(compiled.characters().contains(&'a') && compiled.characters().contains(&'あ'));
    /// assert!(!compiled.only(&["en"]).characters().contains(&'あ'));
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn characters(&self) -> BTreeSet<char> {
        use TableId as T;
        let lowered = &self.lowered;
        let is_japanese = self.languages().contains(&Language::JA);
        // Build scripts are not optimised, and texts are long: nothing is looked up for each of their characters.
        let mut seen = vec![false; char::MAX as usize + 1];
        let mut see = |text: &str| text.chars().for_each(|character| seen[character as usize] = true);
        interface::characters(is_japanese).for_each(|character| see(character.encode_utf8(&mut [0; 4])));
        let mut add = |text: &str, with_readings: bool| {
            if !text.contains(['｜', '《']) {
                return see(text);
            }
            let split = Split::of(text);
            see(&split.plain);
            split.ruby.iter().filter(|_| with_readings).for_each(|(_, _, reading)| see(reading));
        };
        for language in 0..lowered.languages.len() {
            let with_readings = self.holds(T::ReadingPool, language);
            for (pool, texts) in [(T::NamePool, &lowered.names), (T::BodyPool, &lowered.bodies)] {
                let texts = texts.iter().filter(|_| self.holds(pool, language));
                texts.for_each(|text| add(&text[language], with_readings));
            }
            let texts = source_texts(lowered, language).filter(|_| self.holds(T::SourceTextPool, language));
            texts.for_each(|text| add(text, with_readings));
        }
        let seen = seen.iter().enumerate().filter(|(_, is_seen)| **is_seen);
        seen.filter_map(|(code, _)| char::from_u32(code as u32)).collect()
    }

    /// Adds the glyphs of these sizes, `12`, `16-grey`, …, each a section that is a feature of its own: `glyphs-12`. They
    /// are read from `glyphs/<size>.bdf` in the data folder, which `regen` writes for the sizes that the manifest chooses;
    /// and where lines break from `glyphs/breaks.txt`, which it writes with them for the texts as they are.
    /// [`only`](Self::only) comes before it, so that there are no more glyphs than characters are left, and
    /// [`with_dense_text`](Self::with_dense_text) behind it, so that the characters are those of the alphabet.
    ///
    /// # Errors
    ///
    /// If a font is not there or cannot be read, or lacks a character; or where lines break was worked out for other texts.
    ///
    /// ```
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?;
    /// let error = compiled.with_glyphs(&["12"]).unwrap_err().to_string();
    /// assert!(error.contains("glyphs/12.bdf"), "{error}");
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn with_glyphs(self, sizes: &[&str]) -> Result<Self, Error> {
        let mut fonts = Vec::new();
        let mut problems = Vec::new();
        for name in sizes {
            let Some(size) = GlyphSize::from_name(name) else {
                let known = listed(GlyphSize::ALL.iter().map(|size| size.name()));
                let message = format!("{} is no size of glyphs", quoted(name));
                problems.push(self.elsewhere("chronicle.toml", 1, message, &format!("ask for some of {known}")));
                continue;
            };
            let file = glyph_file(size);
            if let Some(bytes) = self.data_file(&file) {
                fonts.push((size, bytes));
            } else {
                let advice =
                    format!("write {} into `glyphs` of `chronicle.toml`, and {AGAIN}", quoted(&format!("\"{name}\"")));
                let message = format!("there are no glyphs of the size {}", quoted(name));
                problems.push(self.elsewhere(&file, 1, message, &advice));
            }
        }
        let breaks = if fonts.is_empty() { Some(Vec::new()) } else { self.data_file(BREAKS_FILE) };
        let breaks = breaks.unwrap_or_else(|| {
            problems.push(self.breaks_problem(1, "nothing says where lines break".to_owned()));
            Vec::new()
        });
        if !problems.is_empty() {
            return Err(Error::new(problems));
        }
        self.with_glyph_files(&fonts, &breaks)
    }

    /// The bytes of a file of the data folder.
    fn data_file(&self, name: &str) -> Option<Vec<u8>> {
        let found = (0..self.files.len()).find(|number| self.files.name(*number) == name);
        found.map(|number| self.files.bytes(number).into_owned())
    }

    /// As [`with_glyphs`](Self::with_glyphs), of these files instead of those in the data folder; without fonts of nothing.
    ///
    /// # Errors
    ///
    /// If one cannot be read or lacks a character, or is for other texts.
    ///
    /// ```
    /// use nenpyo_codegen::GlyphSize;
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?;
    /// let error = compiled.with_glyph_files(&[(GlyphSize::Mono8, b"STARTFONT 2.1\n".to_vec())], b"").unwrap_err();
    /// assert!(error.to_string().contains("glyphs/8.bdf:2:1: it breaks off before `ENDFONT`"), "{error}");
    /// assert!(error.to_string().contains("glyphs/breaks.txt:1:1: the hash of the texts is missing"), "{error}");
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn with_glyph_files(mut self, fonts: &[(GlyphSize, Vec<u8>)], breaks: &[u8]) -> Result<Self, Error> {
        if fonts.is_empty() {
            return Ok(self);
        }
        let characters: Vec<char> = self.characters().into_iter().collect();
        if characters.len() > usize::from(u16::MAX) {
            return Err(Error::internal("there is room for 65,535 different characters"));
        }
        let (mut problems, mut lacks) = (Vec::new(), Vec::new());
        for (size, bytes) in fonts {
            match Self::glyph_table(*size, bytes, &characters, &mut lacks) {
                Ok(table) => self.put(TableId::glyphs(*size), table),
                Err(mistake) => problems.push(self.elsewhere(&glyph_file(*size), mistake.line, mistake.message, AGAIN)),
            }
        }
        match self.break_table(breaks) {
            Ok(table) => self.put(TableId::Breaks, table),
            Err(mistake) => problems.push(self.breaks_problem(mistake.line, mistake.message)),
        }
        if !lacks.is_empty() {
            problems.extend(self.lacking(&lacks, AGAIN).problems().iter().cloned());
        }
        if !problems.is_empty() {
            return Err(Error::new(problems));
        }
        if !self.is_dense() {
            self.put(TableId::Characters, table::characters(&characters));
        }
        Ok(self)
    }

    fn put(&mut self, id: TableId, bytes: Vec<u8>) {
        self.tables.retain(|table| table.id != id);
        self.tables.push(Table { id, language: 0, bytes });
        self.tables.sort_by_key(|table| (table.id, table.language));
    }

    /// The table of a size.
    fn glyph_table(
        size: GlyphSize,
        bytes: &[u8],
        characters: &[char],
        lacks: &mut Vec<Lack>,
    ) -> Result<Vec<u8>, Mistake> {
        let font = Font::read(bytes)?;
        if (font.pixels, font.depth) != (size.pixels(), size.depth()) {
            let message = format!("{} pixels of {} bits are not of this size", font.pixels, font.depth);
            return Err(Mistake { line: 1, message });
        }
        let mut boxed = Vec::with_capacity(characters.len());
        for character in characters {
            let Some(picture) = font.glyphs.get(character) else {
                lacks.push(Lack::Glyph(size, *character));
                continue;
            };
            match picture.on_rectangle(font.ascent, font.descent) {
                Some(levels) if picture.advance > 0 => boxed.push((picture.advance, levels)),
                _ => {
                    let message = format!("{} does not lie within its width and height", shown(*character));
                    return Err(Mistake { line: 1, message });
                }
            }
        }
        let table = table::glyphs(&font, &boxed);
        if boxed.len() == characters.len() && !table::reads_back(&table, &boxed) {
            let message = "the glyphs do not read back as they were written, which is a mistake in nenpyo".to_owned();
            return Err(Mistake { line: 1, message });
        }
        Ok(table)
    }

    /// Says of each character that has no glyph which record has it and where, of each font what is wrong with it, and why
    /// it cannot be told where lines break.
    ///
    /// ```
    /// use nenpyo_codegen::{GlyphSize, Lack};
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?;
    /// let error = compiled.lacking(&[Lack::Glyph(GlyphSize::Mono8, '量')], "take another one");
    /// assert!(error.to_string().contains("`量` (U+91CF) has no glyph of size 8; take another one"), "{error}");
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    #[must_use]
    pub fn lacking(&self, lacks: &[Lack], advice: &str) -> Error {
        // Where texts stand is no longer known: they are read once more, as it is to be told.
        let data = match checked(&self.files) {
            Ok(data) => data,
            Err(error) => return error,
        };
        let mut sizes: BTreeMap<char, BTreeSet<GlyphSize>> = BTreeMap::new();
        let mut problems = Vec::new();
        for message in lacks.iter().filter_map(|lack| if let Lack::Breaks(why) = lack { Some(why) } else { None }) {
            let message = format!("it cannot be told where lines break: {message}");
            let path = self.files.path_of("chronicle.toml");
            let advice = "write the texts in fewer scripts, or choose no `glyphs`";
            problems.push(Problem::elsewhere(LINES_BREAK_BY_A_TABLE, path, message, advice));
        }
        let mut report = Report::new(&self.files, FONTS_CAN_BE_READ, &mut problems);
        for lack in lacks {
            match lack {
                Lack::Glyph(size, character) => drop(sizes.entry(*character).or_default().insert(*size)),
                Lack::Font(number, message) => {
                    if let Some(font) = self.lowered.fonts.get(*number) {
                        let message = format!("the font {} cannot be used: {message}", quoted(&font.value));
                        report.say(font.place, message, "name a font in BDF, TrueType or OpenType that is there");
                    }
                }
                Lack::Breaks(_) => {}
            }
        }
        let mut report = Report::new(&self.files, CHARACTERS_HAVE_GLYPHS, &mut problems);
        let message = |character: char, sizes: &BTreeSet<GlyphSize>| {
            let sizes: Vec<&str> = sizes.iter().map(|size| size.name()).collect();
            format!("{} has no glyph of size {}", shown(character), sizes.join(", "))
        };
        let mut told = BTreeSet::new();
        for text in texts::of(&data) {
            // What `ruby.toml` says of words is shown nowhere.
            let is_shown = self.files.name(text.at.place.file) != "ruby.toml";
            let mut seen = BTreeSet::new();
            for (byte, character) in text.at.value.char_indices().filter(|_| is_shown) {
                let Some(sizes) = sizes.get(&character).filter(|_| seen.insert(character)) else { continue };
                told.insert(character);
                let place = text.place_of(&report, byte, byte + character.len_utf8());
                report.say(place, message(character, sizes), advice);
            }
        }
        for (character, sizes) in sizes.iter().filter(|(character, _)| !told.contains(character)) {
            let message = format!("{}, which interfaces need", message(*character, sizes));
            problems.push(self.elsewhere("chronicle.toml", 1, message, advice));
        }
        Error::new(problems)
    }

    /// A problem of a file that is no record.
    fn elsewhere(&self, name: &str, line: usize, message: String, advice: &str) -> Problem {
        let problem = Problem::elsewhere(CHARACTERS_HAVE_GLYPHS, self.files.path_of(name), message, advice);
        Problem { line, ..problem }
    }

    /// A problem of the file that says where lines break.
    fn breaks_problem(&self, line: usize, message: String) -> Problem {
        let problem = Problem::elsewhere(LINES_BREAK_BY_A_TABLE, self.files.path_of(BREAKS_FILE), message, AGAIN);
        Problem { line, ..problem }
    }
}

/// A character as a message shows it.
fn shown(character: char) -> String {
    format!("{} (U+{:04X})", quoted(&character.to_string()), u32::from(character))
}
