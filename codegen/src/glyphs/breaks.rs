//! Where lines break: the file beside the glyphs, which `regen` writes for the texts as they are, and what it must be to be
//! read. Host only.
//!
//! The table is worked out by a library that knows Unicode, which nobody needs who builds firmware: here only a hash of the
//! texts is compared.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use nenpyo_schema::{Breaks, Language};

use super::bdf::Mistake;
use super::interface;
use crate::emit::{Compiled, source_texts};
use crate::ruby;

/// The file of the table in the data folder.
pub const BREAKS_FILE: &str = "glyphs/breaks.txt";
/// What stands at its head.
const HEAD: &str = "# Where lines may break in the texts of this chronicle: the table that devices read, in hexadecimal digits.\n\
                    # Written by `cargo xtask regen` or `nenpyo regen`, again whenever a text has changed; not to be edited.\n\
                    # `texts` is a hash of the texts for which it is.\n";
/// The word before the hash.
const TEXTS: &str = "texts ";
/// So many bytes are a line.
const LINE: usize = 32;

impl Compiled {
    /// Every text of every language as it is written and as it is read aloud, whatever sections were left out: those for
    /// which it is worked out where lines break.
    ///
    /// ```
    /// let texts = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?.texts();
    /// assert!(texts.iter().all(|text| !text.contains('《')));
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn texts(&self) -> BTreeSet<String> {
        let mut texts = BTreeSet::new();
        for marked in self.marked() {
            // `check` has refused marks that do not parse.
            let segments = ruby::parse(marked).unwrap_or_default();
            texts.insert(segments.iter().map(|segment| segment.base).collect());
            texts.insert(segments.iter().map(|segment| segment.reading.unwrap_or(segment.base)).collect());
        }
        texts
    }

    /// The characters of interfaces, which have glyphs beside those of the texts: with kana if one of the languages is
    /// Japanese, whatever sections were left out.
    ///
    /// ```
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?;
    /// assert!(compiled.interface_characters().any(|character| character == '…'));
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn interface_characters(&self) -> impl Iterator<Item = char> {
        interface::characters(self.lowered.languages.contains(&Language::JA))
    }

    /// The text of `glyphs/breaks.txt` with this table, which was worked out for [`texts`](Self::texts) and
    /// [`interface_characters`](Self::interface_characters): what [`with_glyphs`](Self::with_glyphs) reads as long as these
    /// are the same.
    ///
    /// ```
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?;
    /// assert!(compiled.breaks_file(&[2, 0, 3]).ends_with("\n020003\n"));
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn breaks_file(&self, table: &[u8]) -> String {
        let mut text = format!("{HEAD}{TEXTS}{:016x}\n", self.hash_of_texts());
        for line in table.chunks(LINE) {
            for byte in line {
                let _ = write!(text, "{byte:02x}");
            }
            text.push('\n');
        }
        text
    }

    /// The table in such a file.
    pub(super) fn break_table(&self, file: &[u8]) -> Result<Vec<u8>, Mistake> {
        let mistake = |line, message: &str| Mistake { line, message: message.to_owned() };
        let text = str::from_utf8(file).map_err(|_| mistake(1, "this is no text"))?;
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let (line, hash) = lines.next().unwrap_or((1, ""));
        let hash = hash.strip_prefix(TEXTS).and_then(|hash| u64::from_str_radix(hash, 16).ok());
        let hash = hash.ok_or_else(|| mistake(line, "the hash of the texts is missing"))?;
        if hash != self.hash_of_texts() {
            return Err(mistake(line, "where lines break was worked out for other texts than those of the data"));
        }
        let mut table = Vec::new();
        for (line, digits) in lines {
            let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
            let byte = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
            let bytes: Option<Vec<u8>> = pairs.iter().map(byte).collect();
            let bytes = bytes.filter(|_| rest.is_empty());
            table.extend(bytes.ok_or_else(|| mistake(line, "this is no row of pairs of hexadecimal digits"))?);
        }
        if Breaks::is_sound(&table) { Ok(table) } else { Err(mistake(line, "the table behind this is none")) }
    }

    /// Every text with its marks.
    fn marked(&self) -> impl Iterator<Item = &str> {
        let lowered = &self.lowered;
        let texts = lowered.names.iter().chain(&lowered.bodies);
        let texts = texts.flat_map(|text| text.iter().map(String::as_str));
        texts.chain((0..lowered.languages.len()).flat_map(|language| source_texts(lowered, language)))
    }

    /// A hash of what the table is worked out for, the same in whatever order texts stand and however often.
    fn hash_of_texts(&self) -> u64 {
        let texts: BTreeSet<u64> = self.marked().map(|text| hash(text.bytes())).collect();
        let characters = self.interface_characters().flat_map(|character| u32::from(character).to_le_bytes());
        hash(characters.chain(texts.into_iter().flat_map(u64::to_le_bytes)))
    }
}

/// FNV-1a, 64 bits.
fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}
