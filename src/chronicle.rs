//! The chronicle itself: what it is, and the way in to each kind of record. Runs on the target.

use core::fmt;

use nenpyo_schema::{
    Breaks, Edtf, GlyphSize, KeyRow, Language, LanguageTables, LinkRow, ManifestRecord, PackedEdtf, RecordKind, Tables,
};

use crate::glyphs::Glyphs;
use crate::organization::Organization;
use crate::record::{AnyRecord, Record, Records};
use crate::text::{RubyOf, Text};
use crate::{Document, Key, Milestone, Person, Site, Source, Statement, Theme};

/// A chronicle: baked into the binary, or opened from a file's bytes. Every lookup is the same on both.
///
/// It holds references only, 772 bytes on a 32-bit target: a `static` one is flash and no RAM, an opened one is
/// that much RAM wherever you keep it.
/// Everything that it gives borrows from it, is found without allocation and copied without cost.
#[derive(Clone, Copy)]
pub struct Chronicle<'a> {
    tables: Tables<'a>,
}

impl<'a> Chronicle<'a> {
    /// A chronicle of tables that the code generator made and checked; generated code calls this.
    ///
    /// ```
    /// use nenpyo::{Chronicle, tables::Tables};
    /// static EMPTY: Chronicle<'static> = Chronicle::baked(Tables::EMPTY);
    /// assert!(EMPTY.milestones().is_empty());
    /// ```
    pub const fn baked(tables: Tables<'a>) -> Self {
        Self { tables }
    }

    pub(crate) const fn tables(&self) -> &Tables<'a> {
        &self.tables
    }

    pub(crate) const fn tables_mut(&mut self) -> &mut Tables<'a> {
        &mut self.tables
    }

    /// What the chronicle says of itself.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// assert_eq!(QST.about().version().0, 0);
    /// # }
    /// ```
    pub fn about(&self) -> About<'_> {
        About { chronicle: self, record: ManifestRecord::read(self.tables.manifest) }
    }

    /// Its languages, the first one being the one to show when none is asked for.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja"))] {
    /// use nenpyo::{Language, QST};
    /// assert_eq!(QST.languages().next(), Some(Language::JA));
    /// # }
    /// ```
    pub fn languages(&self) -> impl DoubleEndedIterator<Item = Language> + Clone + '_ {
        self.tables.languages.iter().map(|tables| tables.language).filter(|language| *language != Language::NONE)
    }

    /// Milestones, in order of time.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// let earliest = |m: nenpyo::Milestone<'_>| m.earliest();
    /// assert!(QST.milestones().iter().is_sorted_by_key(earliest));
    /// # }
    /// ```
    pub fn milestones(&self) -> Records<'_, Milestone<'_>> {
        Records::of(self)
    }

    /// Organisations, in the order in which a tree shows them.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// assert!(QST.organizations().by_key(Key::of("qst")).is_some());
    /// # }
    /// ```
    pub fn organizations(&self) -> Records<'_, Organization<'_>> {
        Records::of(self)
    }

    /// Sites, facilities, buildings and machines, by slug.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// assert!(QST.sites().by_key(Key::of("jt-60sa")).is_some());
    /// # }
    /// ```
    pub fn sites(&self) -> Records<'_, Site<'_>> {
        Records::of(self)
    }

    /// People, by slug.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// assert!(QST.people().by_key(Key::of("hirano-toshio")).is_some());
    /// # }
    /// ```
    pub fn people(&self) -> Records<'_, Person<'_>> {
        Records::of(self)
    }

    /// Themes, by slug.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// assert!(QST.themes().by_key(Key::of("fusion")).is_some());
    /// # }
    /// ```
    pub fn themes(&self) -> Records<'_, Theme<'_>> {
        Records::of(self)
    }

    /// Documents, programmes and statuses, by slug.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// assert!(QST.documents().by_key(Key::of("future-strategy-2016")).is_some());
    /// # }
    /// ```
    pub fn documents(&self) -> Records<'_, Document<'_>> {
        Records::of(self)
    }

    /// Statements, by slug.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// assert!(QST.statements().by_key(Key::of("mission-harmonious-diversity")).is_some());
    /// # }
    /// ```
    pub fn statements(&self) -> Records<'_, Statement<'_>> {
        Records::of(self)
    }

    /// Sources, by slug; none without the feature `sources`.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// assert_eq!(QST.sources().is_empty(), !cfg!(feature = "sources"));
    /// # }
    /// ```
    pub fn sources(&self) -> Records<'_, Source<'_>> {
        Records::of(self)
    }

    /// The glyphs of one size: a picture of every character of its texts, and of what interfaces say beside them. `None`
    /// unless there are any, which a feature for each size says: `glyphs-12`, `glyphs-16-grey`, …
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "glyphs-12"))] {
    /// use nenpyo::{GlyphSize, QST};
    /// let glyphs = QST.glyphs(GlyphSize::Mono12).unwrap();
    /// assert_eq!(glyphs.height(), 12);
    /// # }
    /// ```
    pub fn glyphs(&self, size: GlyphSize) -> Option<Glyphs<'_>> {
        Glyphs::of(&self.tables, size)
    }

    /// Where lines may break in its texts, and in what interfaces say beside them. Only at spaces, unless there are glyphs
    /// of some size: whoever draws no texts breaks no lines. 40 bytes on a 32-bit target, looked for whenever it is asked.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "glyphs-12"))] {
    /// use nenpyo::{Before, Break, QST};
    /// let breaks = QST.breaks();
    /// let between = |before, after| {
    ///     let before = Before::NOTHING.then(breaks.class(before));
    ///     breaks.between(before, after, breaks.class(after), || "".chars())
    /// };
    /// assert_eq!(between('量', '子'), Break::Allowed);
    /// assert_eq!(between('量', '。'), Break::Never);
    /// # }
    /// ```
    pub fn breaks(&self) -> Breaks<'_> {
        Breaks::new(self.tables.glyphs.breaks())
    }

    /// The record with this key, of whatever kind.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{AnyRecord, Key, QST};
    /// assert!(matches!(QST.get(Key::of("qst-established")), Some(AnyRecord::Milestone(_))));
    /// assert!(QST.get(Key::of("no-such-record")).is_none());
    /// # }
    /// ```
    pub fn get(&self, key: Key) -> Option<AnyRecord<'_>> {
        let found = KeyRow::find(&self.tables.key_index, key.hash());
        let record = LinkRow::from_word(found.or_else(|| KeyRow::find(&self.tables.sources.key_index, key.hash()))?);
        AnyRecord::new(self, RecordKind::from_byte(record.tag)?, record.id)
    }

    /// The record with this number through all kinds, sources apart.
    pub(crate) fn record(&self, mut number: u32) -> Option<AnyRecord<'_>> {
        for (kind, count) in RecordKind::ALL.iter().zip(self.tables.counts) {
            match number.checked_sub(count) {
                Some(rest) => number = rest,
                None => return AnyRecord::new(self, *kind, number),
            }
        }
        None
    }

    /// The id of the record of this kind with this key.
    pub(crate) fn find(&self, kind: RecordKind, key: Key) -> Option<u32> {
        let index = if kind == RecordKind::Source { &self.tables.sources.key_index } else { &self.tables.key_index };
        let record = LinkRow::from_word(KeyRow::find(index, key.hash())?);
        (record.tag == kind.byte()).then_some(record.id)
    }

    /// How many records of this kind there are.
    #[inline]
    pub(crate) fn count(&self, kind: RecordKind) -> u32 {
        match self.tables.counts.get(usize::from(kind.byte())) {
            Some(count) => *count,
            None => u32::try_from(self.tables.sources.keys.len()).unwrap_or(0),
        }
    }

    /// The number of the first record of this kind; the end of all for sources.
    #[inline]
    pub(crate) fn base(&self, kind: RecordKind) -> u32 {
        self.tables.counts.iter().take(usize::from(kind.byte())).fold(0, |sum, count| sum.wrapping_add(*count))
    }

    pub(crate) fn language(&self, language: Language) -> Option<&LanguageTables<'_>> {
        self.tables.languages.iter().find(|tables| tables.language == language && language != Language::NONE)
    }

    /// The position of a language in the manifest, for bit masks.
    pub(crate) fn language_bit(&self, language: Language) -> u8 {
        let position = self.tables.languages.iter().position(|tables| tables.language == language);
        position.map_or(0, |position| 1 << position)
    }

    /// The title or name with this number.
    pub(crate) fn name(&self, language: Language, number: u32) -> Option<Text<'_>> {
        let tables = self.language(language)?;
        Some(Text::with_ruby(tables.names.get(number, self.tables.coding())?, RubyOf::Text(tables, number)))
    }

    /// The summary, note or address with this number.
    pub(crate) fn body(&self, language: Language, number: u32) -> Option<Text<'_>> {
        let tables = self.language(language)?;
        let names = u32::try_from(tables.names.spans.len()).ok()?;
        Some(Text::with_ruby(
            tables.bodies.get(number, self.tables.coding())?,
            RubyOf::Text(tables, names.checked_add(number)?),
        ))
    }

    /// The text of a source with this number.
    pub(crate) fn source_text(&self, language: Language, number: u32) -> Option<Text<'_>> {
        let tables = self.language(language)?;
        let plain = tables.source_texts.get(number, self.tables.coding())?;
        Some(Text::with_ruby(plain, RubyOf::Source(tables, number)))
    }
}

impl fmt::Debug for Chronicle<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chronicle").field("counts", &self.tables.counts).finish_non_exhaustive()
    }
}

/// What a chronicle says of itself; see [`Chronicle::about`]. 44 bytes on a 32-bit target.
#[derive(Clone, Copy)]
pub struct About<'a> {
    chronicle: &'a Chronicle<'a>,
    record: Option<ManifestRecord>,
}

impl fmt::Debug for About<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("About").field("licence", &self.licence()).finish_non_exhaustive()
    }
}

impl<'a> About<'a> {
    /// Its name.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "en"))] {
    /// use nenpyo::{Language, QST};
    /// assert!(!QST.about().name(Language::EN).unwrap().is_empty());
    /// # }
    /// ```
    pub fn name(&self, language: Language) -> Option<Text<'a>> {
        self.chronicle.name(language, self.record?.name)
    }

    /// The line to show beside the data.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja"))] {
    /// # use nenpyo::{Language, QST};
    /// assert!(!QST.about().credit(Language::JA).unwrap().is_empty());
    /// # }
    /// ```
    pub fn credit(&self, language: Language) -> Option<Text<'a>> {
        self.chronicle.name(language, self.record?.credit)
    }

    /// What must be said with it: whose publication it is not.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "en"))] {
    /// # use nenpyo::{Language, QST};
    /// assert!(QST.about().notice(Language::EN).unwrap().to_string().contains("official"));
    /// # }
    /// ```
    pub fn notice(&self, language: Language) -> Option<Text<'a>> {
        self.chronicle.name(language, self.record?.notice)
    }

    /// Its licence, an SPDX expression, the same in every language.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja"))] {
    /// # use nenpyo::QST;
    /// assert_eq!(QST.about().licence().unwrap(), "CC0-1.0");
    /// # }
    /// ```
    pub fn licence(&self) -> Option<Text<'a>> {
        let number = self.record?.licence;
        self.chronicle.languages().find_map(|language| self.chronicle.name(language, number))
    }

    /// The version of the data: major, minor, patch. A removed key makes a major one.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// # use nenpyo::QST;
    /// assert!(QST.about().version() >= (0, 1, 0));
    /// # }
    /// ```
    pub fn version(&self) -> (u16, u16, u16) {
        self.record.map_or((0, 0, 0), |record| record.version)
    }

    /// The day up to which the data was looked after.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// # use nenpyo::{Day, QST};
    /// assert!(QST.about().as_of().unwrap().as_of() > Day::from_ymd(2026, 1, 1).unwrap());
    /// # }
    /// ```
    pub fn as_of(&self) -> Option<Edtf> {
        let record = self.record?;
        Some(PackedEdtf { points: record.as_of, form: record.as_of_form }.read())
    }

    /// The organisation it is about.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// # use nenpyo::{Key, QST};
    /// assert_eq!(QST.about().subject().unwrap().key(), Key::of("qst"));
    /// # }
    /// ```
    pub fn subject(&self) -> Option<Organization<'a>> {
        let id = self.record?.subject?;
        (id < self.chronicle.count(RecordKind::Organization)).then(|| Organization::new(self.chronicle, id))
    }
}
