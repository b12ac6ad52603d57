//! The tables of a chronicle as one struct of slices, and the file that holds them. Runs on host and target.

use bytemuck::{AnyBitPattern, PodCastError};

use crate::{Alphabet, GlyphSize, KeyRow, LinkRow, MilestoneRow, PeriodRow, Pool, SpanRow, StateRow, Texts};

/// The version of the table layout. A file of another version is refused; baked tables are compared when compiled.
pub const FORMAT: u16 = 5;

/// The first bytes of a chronicle file.
pub const MAGIC: [u8; 6] = *b"nenpyo";

/// How many languages a chronicle can have.
pub const MAX_LANGUAGES: usize = 4;

/// How deep a record can lie in larger ones of its kind (`part_of`, `within`, `broader`), so that whoever follows them
/// upwards comes to an end, whatever the bytes are.
pub const MAX_NESTING: usize = 64;

/// Kinds of record other than sources, which have tables of their own.
pub const KINDS: usize = 7;

/// A language tag (BCP 47 primary language of two or three letters). 4 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
// Aligned, so that it is compared as one word.
#[repr(align(4))]
pub struct Language([u8; 4]);

impl Language {
    /// Japanese.
    pub const JA: Self = Self(*b"ja\0\0");
    /// English.
    pub const EN: Self = Self(*b"en\0\0");
    /// No language.
    pub const NONE: Self = Self([0; 4]);

    /// The language with this tag: two or three lower-case letters; `None` for anything else.
    ///
    /// ```
    /// use nenpyo_schema::Language;
    /// assert_eq!(Language::new("ja"), Some(Language::JA));
    /// assert_eq!(Language::new("Japanese"), None);
    /// ```
    pub const fn new(tag: &str) -> Option<Self> {
        match tag.as_bytes() {
            [a @ b'a'..=b'z', b @ b'a'..=b'z'] => Some(Self([*a, *b, 0, 0])),
            [a @ b'a'..=b'z', b @ b'a'..=b'z', c @ b'a'..=b'z'] => Some(Self([*a, *b, *c, 0])),
            _ => None,
        }
    }

    /// The language in these bytes, a tag filled up with zeros; `None` for anything else.
    ///
    /// ```
    /// use nenpyo_schema::Language;
    /// assert_eq!(Language::from_bytes(*b"ja\0\0"), Some(Language::JA));
    /// assert_eq!(Language::from_bytes([0; 4]), None, "no language is none of them");
    /// ```
    pub const fn from_bytes(bytes: [u8; 4]) -> Option<Self> {
        match bytes {
            [b'a'..=b'z', b'a'..=b'z', b'a'..=b'z' | 0, 0] => Some(Self(bytes)),
            _ => None,
        }
    }

    /// The tag filled up with zeros.
    ///
    /// ```
    /// use nenpyo_schema::Language;
    /// assert_eq!(Language::EN.to_bytes(), *b"en\0\0");
    /// ```
    pub const fn to_bytes(self) -> [u8; 4] {
        self.0
    }

    /// Whether it is written with spaces between words: all are but Chinese, Japanese, Burmese, Khmer, Lao and Thai.
    ///
    /// ```
    /// use nenpyo_schema::Language;
    /// assert!(Language::EN.is_spaced() && !Language::JA.is_spaced());
    /// ```
    pub const fn is_spaced(self) -> bool {
        !matches!(&self.0, b"ja\0\0" | b"zh\0\0" | b"my\0\0" | b"km\0\0" | b"lo\0\0" | b"th\0\0")
    }

    /// The tag.
    ///
    /// ```
    /// use nenpyo_schema::Language;
    /// assert_eq!(Language::EN.tag(), "en");
    /// assert_eq!(Language::NONE.tag(), "");
    /// ```
    pub fn tag(&self) -> &str {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(self.0.len());
        self.0.get(..length).and_then(|tag| core::str::from_utf8(tag).ok()).unwrap_or_default()
    }
}

impl core::fmt::Display for Language {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Language {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "{=str}", self.tag());
    }
}

/// Slugs or addresses: stretches of one pool that was checked to be UTF-8 once.
#[derive(Clone, Copy, Debug)]
pub struct Strings<'a> {
    /// Where each text stands.
    pub spans: &'a [[u16; SpanRow::HALVES]],
    /// The pool; equal texts stand in it once.
    pub pool: &'a str,
}

impl<'a> Strings<'a> {
    /// No texts.
    pub const EMPTY: Self = Self { spans: &[], pool: "" };

    /// The text with this number; `None` if there is none, or its span lies outside the pool.
    ///
    /// ```
    /// use nenpyo_schema::{SpanRow, Strings};
    /// let spans = [SpanRow { start: 4, length: 3 }.to_row()];
    /// let strings = Strings { spans: &spans, pool: "the pool" };
    /// assert_eq!(strings.get(0), Some("poo"));
    /// assert_eq!(strings.get(1), None);
    /// ```
    pub fn get(&self, number: u32) -> Option<&'a str> {
        let span = SpanRow::from_row(self.spans.get(number as usize)?);
        let start = span.start as usize;
        self.pool.get(start..start.checked_add(usize::from(span.length))?)
    }
}

/// The bytes that belong to each of many numbered things: `starts` has one entry more than there are things.
#[derive(Clone, Copy, Debug)]
pub struct Stretches<'a> {
    /// Where each begins.
    pub starts: &'a [u32],
    /// All of them.
    pub bytes: &'a [u8],
}

impl<'a> Stretches<'a> {
    /// Nothing.
    pub const EMPTY: Self = Self { starts: &[], bytes: &[] };

    /// The bytes of the thing with this number; `None` if there is no such thing.
    ///
    /// ```
    /// use nenpyo_schema::Stretches;
    /// let starts = [0, 2, 2].map(u32::to_le);
    /// let stretches = Stretches { starts: &starts, bytes: &[7, 8] };
    /// assert_eq!(stretches.get(0), Some(&[7, 8][..]));
    /// assert_eq!(stretches.get(1), Some(&[][..]));
    /// assert_eq!(stretches.get(2), None);
    /// ```
    pub fn get(&self, number: u32) -> Option<&'a [u8]> {
        let (start, end) = bounds(self.starts, number)?;
        self.bytes.get(start..end)
    }
}

/// The rows that belong to each of many numbered things: `starts` has one entry more than there are things.
#[derive(Clone, Copy, Debug)]
pub struct Lists<'a, const N: usize> {
    /// The first row of each.
    pub starts: &'a [u32],
    /// All of them.
    pub rows: &'a [[u32; N]],
}

impl<'a, const N: usize> Lists<'a, N> {
    /// Nothing.
    pub const EMPTY: Self = Self { starts: &[], rows: &[] };

    /// The rows of the thing with this number; none if there is no such thing.
    ///
    /// ```
    /// use nenpyo_schema::Lists;
    /// let starts = [0, 2, 3].map(u32::to_le);
    /// let lists = Lists { starts: &starts, rows: &[[1], [2], [3]] };
    /// assert_eq!(lists.get(0), [[1], [2]]);
    /// assert!(lists.get(2).is_empty());
    /// ```
    pub fn get(&self, number: u32) -> &'a [[u32; N]] {
        bounds(self.starts, number).and_then(|(start, end)| self.rows.get(start..end)).unwrap_or_default()
    }
}

fn bounds(starts: &[u32], number: u32) -> Option<(usize, usize)> {
    let at = number as usize;
    let start = u32::from_le(*starts.get(at)?);
    let end = u32::from_le(*starts.get(at.checked_add(1)?)?);
    Some((start as usize, end as usize))
}

/// What a chronicle says in one language.
#[derive(Clone, Copy, Debug)]
pub struct LanguageTables<'a> {
    /// The language.
    pub language: Language,
    /// Section of the language: titles and names, of each record and then more.
    pub names: Texts<'a>,
    /// Section `details`: summaries, notes and addresses.
    pub bodies: Texts<'a>,
    /// Section `details`: ruby of the names, then of the bodies.
    pub ruby: Stretches<'a>,
    /// Section `details`: the distinct readings.
    pub readings: Texts<'a>,
    /// Section `sources`: title of each source, publisher of each, note of each.
    pub source_texts: Texts<'a>,
    /// Sections `sources` and `details`: ruby of these.
    pub source_ruby: Stretches<'a>,
    /// Section `search-index`: a [`SearchIndex`](crate::search::SearchIndex) of the names and bodies.
    pub search_index: &'a [u8],
    /// Sections `search-index` and `sources`: one of the texts of the sources.
    pub source_search_index: &'a [u8],
}

impl LanguageTables<'_> {
    /// No language.
    pub const EMPTY: Self = Self {
        language: Language::NONE,
        names: Texts::EMPTY,
        bodies: Texts::EMPTY,
        ruby: Stretches::EMPTY,
        readings: Texts::EMPTY,
        source_texts: Texts::EMPTY,
        source_ruby: Stretches::EMPTY,
        search_index: &[],
        source_search_index: &[],
    };
}

/// The bit in a source's kind that marks a weak one.
pub const WEAK_SOURCE: u8 = 0x80;

/// Section `sources`: where the facts come from.
#[derive(Clone, Copy, Debug)]
pub struct SourceTables<'a> {
    /// As `key_index` of the chronicle.
    pub key_index: Lists<'a, { KeyRow::WORDS }>,
    /// The hash of each source's key.
    pub keys: &'a [u32],
    /// The kind of each source; [`WEAK_SOURCE`] marks a weak one.
    pub subkinds: &'a [u8],
    /// The date of publication of each: an existence period or none.
    pub periods: Lists<'a, { PeriodRow::WORDS }>,
    /// The address of each.
    pub addresses: Strings<'a>,
    /// The sources of each record that is no source; the tag is the certainty.
    pub citations: Lists<'a, { LinkRow::WORDS }>,
    /// The records that cite each source; the tag is their kind.
    pub cited_by: Lists<'a, { LinkRow::WORDS }>,
    /// Section `search`: as `ranks` of the chronicle.
    pub ranks: &'a [[u32; LinkRow::WORDS]],
}

impl SourceTables<'_> {
    /// No sources.
    pub const EMPTY: Self = Self {
        key_index: Lists::EMPTY,
        keys: &[],
        subkinds: &[],
        periods: Lists::EMPTY,
        addresses: Strings::EMPTY,
        citations: Lists::EMPTY,
        cited_by: Lists::EMPTY,
        ranks: &[],
    };
}

/// The glyphs of const tables.
#[derive(Clone, Copy, Debug)]
pub struct BakedGlyphs<'a> {
    /// The [`CharacterSet`](crate::CharacterSet) whose glyphs they are; empty where they are those of the alphabet.
    pub characters: &'a [u8],
    /// Where lines break in the texts: the table of [`Breaks`](crate::Breaks).
    pub breaks: &'a [u8],
    /// A [`GlyphTable`](crate::GlyphTable) of each size that there is, and maybe empty ones.
    pub sizes: &'a [&'a [u8]],
}

/// Where the glyphs lie and what goes with them, which is looked for when it is asked for: 8 bytes, where slices of all
/// would take 72 of an opened chronicle.
#[derive(Clone, Copy, Debug)]
pub enum GlyphTables<'a> {
    /// In const tables.
    Baked(&'a BakedGlyphs<'a>),
    /// In a file whose directory was checked.
    File(&'a [u8]),
}

impl<'a> GlyphTables<'a> {
    /// No glyphs.
    pub const NONE: Self = Self::Baked(&BakedGlyphs { characters: &[], breaks: &[], sizes: &[] });

    /// The table of the characters; empty if there is none.
    ///
    /// ```
    /// use nenpyo_schema::GlyphTables;
    /// assert!(GlyphTables::NONE.characters().is_empty());
    /// ```
    pub fn characters(&self) -> &'a [u8] {
        match self {
            Self::Baked(glyphs) => glyphs.characters,
            Self::File(bytes) => file::part(bytes, TableId::Characters, 0),
        }
    }

    /// Where lines break; empty if nobody says.
    ///
    /// ```
    /// use nenpyo_schema::GlyphTables;
    /// assert!(GlyphTables::NONE.breaks().is_empty());
    /// ```
    pub fn breaks(&self) -> &'a [u8] {
        match self {
            Self::Baked(glyphs) => glyphs.breaks,
            Self::File(bytes) => file::part(bytes, TableId::Breaks, 0),
        }
    }

    /// The table of a size; empty if there is none.
    ///
    /// ```
    /// use nenpyo_schema::{BakedGlyphs, GlyphSize, GlyphTables};
    /// let table = [8, 1, 8, 7, 0, 0, 0, 0];
    /// let glyphs = BakedGlyphs { characters: &[], breaks: &[], sizes: &[&table] };
    /// assert_eq!(GlyphTables::Baked(&glyphs).table(GlyphSize::Mono8), table);
    /// assert!(GlyphTables::Baked(&glyphs).table(GlyphSize::Mono10).is_empty());
    /// ```
    pub fn table(&self, size: GlyphSize) -> &'a [u8] {
        match self {
            Self::Baked(glyphs) => {
                let is_of_size = |table: &&&[u8]| table.starts_with(&[size.pixels(), size.depth()]);
                glyphs.sizes.iter().find(is_of_size).copied().unwrap_or_default()
            }
            Self::File(bytes) => file::part(bytes, TableId::glyphs(size), 0),
        }
    }
}

/// All tables of a chronicle. What a section that was left out would hold is empty.
///
/// Slices only, 772 bytes on a 32-bit target: in flash where it is a `static`, in RAM where a file was opened.
/// Records are numbered through the kinds in the order of [`RecordKind`](crate::RecordKind), sources apart.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'a> {
    /// A postcard [`ManifestRecord`](crate::ManifestRecord).
    pub manifest: &'a [u8],
    /// How many records of each kind there are, sources apart.
    pub counts: [u32; KINDS],
    /// Every key, in as many lists as a power of two, by the lowest bits of its hash, and in these by hash.
    pub key_index: Lists<'a, { KeyRow::WORDS }>,
    /// The hash of each record's key.
    pub keys: &'a [u32],
    /// The kind of each record within its kind.
    pub subkinds: &'a [u8],
    /// Milestones in order of time: earliest begin, latest end, slug.
    pub milestones: &'a [[u32; MilestoneRow::WORDS]],
    /// Ids of the milestones that are open or very long.
    pub long_milestones: &'a [u32],
    /// What each record points at; the tag is a [`LinkKind`](crate::LinkKind).
    pub links: Lists<'a, { LinkRow::WORDS }>,
    /// What points at each record; the tag is a [`ReferrerKind`](crate::ReferrerKind).
    pub referrers: Lists<'a, { LinkRow::WORDS }>,
    /// The periods of each record but milestones, sorted by aspect, then time.
    pub periods: Lists<'a, { PeriodRow::WORDS }>,
    /// What comes of the periods of each organisation, in order of time.
    pub states: Lists<'a, { StateRow::WORDS }>,
    /// Section `slugs`: the slug of each record, then of each source.
    pub slugs: Strings<'a>,
    /// Section `details`: a postcard [`DetailRecord`](crate::DetailRecord) of each record.
    pub details: Stretches<'a>,
    /// Section `sources`.
    pub sources: SourceTables<'a>,
    /// Section `search`: every record in the order in which equally good hits are shown; the tag is the
    /// [`length_class`](crate::search::length_class) of its title.
    pub ranks: &'a [[u32; LinkRow::WORDS]],
    /// Section `search`: the table of [`Folds`](crate::fold::Folds).
    pub folds: &'a [u8],
    /// The alphabet of the texts, if they are dense; slugs and addresses are not.
    pub alphabet: Alphabet<'a>,
    /// Sections `glyphs-…`: the glyphs of the characters, a section for each size, and where lines break.
    pub glyphs: GlyphTables<'a>,
    /// The languages, the chronicle's first one first; the rest is empty.
    pub languages: [LanguageTables<'a>; MAX_LANGUAGES],
}

impl Tables<'_> {
    /// An empty chronicle.
    pub const EMPTY: Self = Self {
        manifest: &[],
        counts: [0; KINDS],
        key_index: Lists::EMPTY,
        keys: &[],
        subkinds: &[],
        milestones: &[],
        long_milestones: &[],
        links: Lists::EMPTY,
        referrers: Lists::EMPTY,
        periods: Lists::EMPTY,
        states: Lists::EMPTY,
        slugs: Strings::EMPTY,
        details: Stretches::EMPTY,
        sources: SourceTables::EMPTY,
        ranks: &[],
        folds: &[],
        alphabet: Alphabet::NONE,
        glyphs: GlyphTables::NONE,
        languages: [LanguageTables::EMPTY; MAX_LANGUAGES],
    };
}

/// The tables of a file, each with a number of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs, reason = "named after the fields of `Tables`, `SourceTables` and `LanguageTables`")]
pub enum TableId {
    Manifest = 0,
    KeyIndex = 1,
    Keys = 2,
    Subkinds = 3,
    Milestones = 4,
    LongMilestones = 5,
    KeyStarts = 6,
    LinkStarts = 7,
    Links = 8,
    ReferrerStarts = 9,
    Referrers = 10,
    PeriodStarts = 11,
    Periods = 12,
    SlugSpans = 13,
    SlugPool = 14,
    DetailStarts = 15,
    Details = 16,
    SourceKeyIndex = 17,
    SourceKeys = 18,
    SourceSubkinds = 19,
    SourcePeriodStarts = 20,
    SourcePeriods = 21,
    AddressSpans = 22,
    AddressPool = 23,
    CitationStarts = 24,
    Citations = 25,
    CitedByStarts = 26,
    CitedBy = 27,
    Ranks = 28,
    SourceRanks = 29,
    Folds = 30,
    SourceKeyStarts = 31,
    StateStarts = 32,
    States = 33,
    Alphabet = 34,
    Characters = 35,
    Breaks = 36,
    NameSpans = 40,
    NamePool = 41,
    BodySpans = 42,
    BodyPool = 43,
    RubyStarts = 44,
    Ruby = 45,
    ReadingSpans = 46,
    ReadingPool = 47,
    SourceTextSpans = 48,
    SourceTextPool = 49,
    SourceRubyStarts = 50,
    SourceRuby = 51,
    SearchIndex = 52,
    SourceSearchIndex = 53,
    Glyphs8 = 60,
    Glyphs10 = 61,
    Glyphs12 = 62,
    Glyphs16 = 63,
    Glyphs16Grey = 64,
    Glyphs24Grey = 65,
    Glyphs32Grey = 66,
}

impl TableId {
    /// Whether there is one for each language.
    ///
    /// ```
    /// use nenpyo_schema::TableId;
    /// assert!(TableId::NamePool.is_by_language() && !TableId::Glyphs12.is_by_language());
    /// ```
    pub const fn is_by_language(self) -> bool {
        self as u8 >= Self::NameSpans as u8 && self as u8 <= Self::SourceSearchIndex as u8
    }

    /// The table of the glyphs of a size.
    ///
    /// ```
    /// use nenpyo_schema::{GlyphSize, TableId};
    /// assert_eq!(TableId::glyphs(GlyphSize::Grey16), TableId::Glyphs16Grey);
    /// ```
    pub const fn glyphs(size: GlyphSize) -> Self {
        match size {
            GlyphSize::Mono8 => Self::Glyphs8,
            GlyphSize::Mono10 => Self::Glyphs10,
            GlyphSize::Mono12 => Self::Glyphs12,
            GlyphSize::Mono16 => Self::Glyphs16,
            GlyphSize::Grey16 => Self::Glyphs16Grey,
            GlyphSize::Grey24 => Self::Glyphs24Grey,
            GlyphSize::Grey32 => Self::Glyphs32Grey,
        }
    }
}

/// The layout of a chronicle file: header, directory, tables.
///
/// ```text
///  0  6  magic "nenpyo"
///  6  2  format
///  8  4  CRC-32 (ISO-HDLC) of everything behind it
/// 12  4  length of the file
/// 16 28  records of each kind, sources apart
/// 44 16  language tags
/// 60  2  tables in the directory
/// 62  2  zero
/// 64 12  a table: number, language, two zeros, offset, length; sorted by number and language
/// ..     the tables in this order, each filled up with zeros to a multiple of four
/// ```
pub mod file {
    /// Bytes of the header.
    pub const HEADER: usize = 64;
    /// Bytes of a directory entry.
    pub const ENTRY: usize = 12;
    /// Where the checksum stands; what it covers begins behind it.
    pub const CHECKSUM: usize = 8;

    /// The entries of the directory; none if they lie outside.
    ///
    /// ```
    /// assert!(nenpyo_schema::file::directory(b"nenpyo").is_empty());
    /// ```
    pub fn directory(bytes: &[u8]) -> &[[u8; ENTRY]] {
        let count =
            bytes.get(60..62).and_then(|count| count.first_chunk()).map_or(0, |count| u16::from_le_bytes(*count));
        let entries = bytes.get(HEADER..).unwrap_or_default().as_chunks().0;
        entries.get(..usize::from(count)).unwrap_or_default()
    }

    /// Where the table of an entry lies; `None` if that is outside.
    ///
    /// ```
    /// let entry = [0, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0];
    /// assert_eq!(nenpyo_schema::file::stretch(b"abcdef", &entry), Some(&b"cde"[..]));
    /// assert_eq!(nenpyo_schema::file::stretch(b"abcd", &entry), None);
    /// ```
    pub fn stretch<'a>(bytes: &'a [u8], entry: &[u8; ENTRY]) -> Option<&'a [u8]> {
        let start = u32::from_le_bytes([entry[4], entry[5], entry[6], entry[7]]) as usize;
        let length = u32::from_le_bytes([entry[8], entry[9], entry[10], entry[11]]) as usize;
        bytes.get(start..start.checked_add(length)?)
    }

    /// A table, by number and position of the language; empty if there is none.
    ///
    /// ```
    /// use nenpyo_schema::{TableId, file};
    /// assert!(file::part(b"nenpyo", TableId::Keys, 0).is_empty());
    /// ```
    pub fn part(bytes: &[u8], table: super::TableId, language: usize) -> &[u8] {
        let is_it = |entry: &&[u8; ENTRY]| entry[0] == table as u8 && usize::from(entry[1]) == language;
        let entry = directory(bytes).iter().find(is_it);
        entry.and_then(|entry| stretch(bytes, entry)).unwrap_or_default()
    }

    /// The checksum: CRC-32 as in ISO 3309 and zlib. Its table takes 1 KiB of flash where files are opened.
    ///
    /// ```
    /// assert_eq!(nenpyo_schema::file::checksum(b"123456789"), 0xCBF4_3926, "the check value of CRC-32");
    /// ```
    pub fn checksum(bytes: &[u8]) -> u32 {
        static CRC: crc::Crc<u32, Implementation> = crc::Crc::<u32, Implementation>::new(&crc::CRC_32_ISO_HDLC);
        CRC.checksum(bytes)
    }

    // Sixteen tables are ten times as fast, where flash is none.
    #[cfg(target_os = "none")]
    type Implementation = crc::Table<1>;
    #[cfg(not(target_os = "none"))]
    type Implementation = crc::Table<16>;
}

/// Why bytes are not tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum PartError {
    /// A table is not a whole number of rows.
    Ragged,
    /// A text pool is not UTF-8.
    Utf8,
    /// The bytes do not lie where words can be read: at an address that is a multiple of four.
    Alignment,
    /// The alphabet of dense text is broken.
    Alphabet,
    /// The texts are dense, and the feature `dense-text` is off.
    Dense,
}

impl PartError {
    const fn of(error: &PodCastError) -> Self {
        match error {
            PodCastError::TargetAlignmentGreaterAndInputNotAligned | PodCastError::AlignmentMismatch => Self::Alignment,
            PodCastError::OutputSliceWouldHaveSlop | PodCastError::SizeMismatch => Self::Ragged,
        }
    }
}

/// The bytes of a table, by number and position of the language.
type Part<'p, 'a> = &'p dyn Fn(TableId, usize) -> &'a [u8];

// Each of these puts what it finds where it belongs: as results they would all lie on the stack side by side.

fn put_rows<'a, R: AnyBitPattern>(rows: &mut &'a [R], bytes: &'a [u8]) -> Result<(), PartError> {
    // What is not there lies nowhere.
    *rows =
        if bytes.is_empty() { &[] } else { bytemuck::try_cast_slice(bytes).map_err(|error| PartError::of(&error))? };
    Ok(())
}

impl<'a> Strings<'a> {
    fn put(&mut self, part: Part<'_, 'a>, spans: TableId, pool: TableId, language: usize) -> Result<(), PartError> {
        self.pool = core::str::from_utf8(part(pool, language)).map_err(|_| PartError::Utf8)?;
        put_rows(&mut self.spans, part(spans, language))
    }
}

impl<'a> Texts<'a> {
    fn put(&mut self, part: Part<'_, 'a>, spans: TableId, pool: TableId, language: usize) -> Result<(), PartError> {
        let bytes = part(pool, language);
        self.pool = if part(TableId::Alphabet, 0).is_empty() {
            Pool::Utf8(core::str::from_utf8(bytes).map_err(|_| PartError::Utf8)?)
        } else {
            dense(bytes)?
        };
        put_rows(&mut self.spans, part(spans, language))
    }
}

#[cfg(feature = "dense-text")]
#[allow(clippy::unnecessary_wraps, reason = "without the feature it is an error")]
fn dense(pool: &[u8]) -> Result<Pool<'_>, PartError> {
    Ok(Pool::Dense(pool))
}

#[cfg(not(feature = "dense-text"))]
fn dense(_: &[u8]) -> Result<Pool<'_>, PartError> {
    Err(PartError::Dense)
}

#[cfg(feature = "dense-text")]
fn alphabet(table: &[u8]) -> Result<Alphabet<'_>, PartError> {
    if table.is_empty() || Alphabet::is_sound(table) { Ok(Alphabet::new(table)) } else { Err(PartError::Alphabet) }
}

#[cfg(not(feature = "dense-text"))]
fn alphabet(table: &[u8]) -> Result<Alphabet<'_>, PartError> {
    if table.is_empty() { Ok(Alphabet::NONE) } else { Err(PartError::Dense) }
}

impl<'a> Stretches<'a> {
    fn put(&mut self, part: Part<'_, 'a>, starts: TableId, bytes: TableId, language: usize) -> Result<(), PartError> {
        self.bytes = part(bytes, language);
        put_rows(&mut self.starts, part(starts, language))
    }
}

impl<'a, const N: usize> Lists<'a, N> {
    fn put(&mut self, part: Part<'_, 'a>, starts: TableId, rows: TableId) -> Result<(), PartError> {
        put_rows(&mut self.starts, part(starts, 0))?;
        put_rows(&mut self.rows, part(rows, 0))
    }
}

impl<'a> SourceTables<'a> {
    fn put(&mut self, part: Part<'_, 'a>) -> Result<(), PartError> {
        use TableId as T;
        self.subkinds = part(T::SourceSubkinds, 0);
        self.key_index.put(part, T::SourceKeyStarts, T::SourceKeyIndex)?;
        put_rows(&mut self.keys, part(T::SourceKeys, 0))?;
        self.periods.put(part, T::SourcePeriodStarts, T::SourcePeriods)?;
        self.addresses.put(part, T::AddressSpans, T::AddressPool, 0)?;
        self.citations.put(part, T::CitationStarts, T::Citations)?;
        put_rows(&mut self.ranks, part(T::SourceRanks, 0))?;
        self.cited_by.put(part, T::CitedByStarts, T::CitedBy)
    }
}

impl<'a> LanguageTables<'a> {
    fn put(&mut self, part: Part<'_, 'a>, position: usize) -> Result<(), PartError> {
        use TableId as T;
        self.names.put(part, T::NameSpans, T::NamePool, position)?;
        self.bodies.put(part, T::BodySpans, T::BodyPool, position)?;
        self.ruby.put(part, T::RubyStarts, T::Ruby, position)?;
        self.readings.put(part, T::ReadingSpans, T::ReadingPool, position)?;
        self.source_texts.put(part, T::SourceTextSpans, T::SourceTextPool, position)?;
        self.search_index = part(T::SearchIndex, position);
        self.source_search_index = part(T::SourceSearchIndex, position);
        self.source_ruby.put(part, T::SourceRubyStarts, T::SourceRuby, position)
    }
}

impl<'a> Tables<'a> {
    /// Lays the tables over the bytes that `part` gives, by number and position of the language (zero for tables of
    /// none).
    ///
    /// This is the one place that says which bytes are which field; texts are checked to be UTF-8 here.
    /// Nothing is copied; the time grows with the bytes of the text pools.
    /// Glyphs are found by whoever asks for them: see [`GlyphTables`].
    /// It fills what is there instead of giving something new, so that no second one of 772 bytes lies on the stack.
    ///
    /// # Errors
    ///
    /// If a table is not a whole number of rows or not aligned to its words, a text pool not UTF-8, or the alphabet of dense
    /// text broken.
    ///
    /// ```
    /// use nenpyo_schema::{KINDS, Language, MAX_LANGUAGES, PartError, TableId, Tables};
    /// let mut tables = Tables::EMPTY;
    /// let pool = "an address";
    /// let part = |table, _| if table == TableId::AddressPool { pool.as_bytes() } else { &[] };
    /// tables.lay_over(&[0; KINDS], &[Language::NONE; MAX_LANGUAGES], part).unwrap();
    /// assert_eq!(tables.sources.addresses.pool, pool);
    ///
    /// let words = [0_u32];
    /// let ragged = |table, _| if table == TableId::Keys { &bytemuck::bytes_of(&words)[..3] } else { &[] };
    /// let error = tables.lay_over(&[0; KINDS], &[Language::NONE; MAX_LANGUAGES], ragged).unwrap_err();
    /// assert_eq!(error, PartError::Ragged);
    /// ```
    pub fn lay_over(
        &mut self,
        counts: &[u32; KINDS],
        languages: &[Language; MAX_LANGUAGES],
        part: impl Fn(TableId, usize) -> &'a [u8],
    ) -> Result<(), PartError> {
        use TableId as T;
        let part: Part<'_, 'a> = &part;
        self.counts = *counts;
        self.manifest = part(T::Manifest, 0);
        self.subkinds = part(T::Subkinds, 0);
        self.key_index.put(part, T::KeyStarts, T::KeyIndex)?;
        put_rows(&mut self.keys, part(T::Keys, 0))?;
        put_rows(&mut self.milestones, part(T::Milestones, 0))?;
        put_rows(&mut self.long_milestones, part(T::LongMilestones, 0))?;
        self.links.put(part, T::LinkStarts, T::Links)?;
        self.referrers.put(part, T::ReferrerStarts, T::Referrers)?;
        self.periods.put(part, T::PeriodStarts, T::Periods)?;
        self.states.put(part, T::StateStarts, T::States)?;
        self.slugs.put(part, T::SlugSpans, T::SlugPool, 0)?;
        self.details.put(part, T::DetailStarts, T::Details, 0)?;
        self.sources.put(part)?;
        put_rows(&mut self.ranks, part(T::Ranks, 0))?;
        self.folds = part(T::Folds, 0);
        self.alphabet = alphabet(part(T::Alphabet, 0))?;
        for (position, (language, tables)) in languages.iter().zip(&mut self.languages).enumerate() {
            tables.language = *language;
            tables.put(part, position)?;
        }
        Ok(())
    }
}
