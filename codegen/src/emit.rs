//! Numbers and texts into tables: the fourth stage. Host only.

use std::collections::HashMap;
use std::path::Path;

use nenpyo_schema::{
    Aspect, CharacterSet, CivilDay, ClaimRecord, DetailRecord, FORMAT, KeyRow, Language, LinkRow, MAGIC, MAX_LANGUAGES,
    MilestoneRow, PeriodRow, RecordKind, RubyRecord, SpanRow, StateRow, TableId, file,
};

use crate::crew::Crew;
use crate::dense::Dense;
use crate::files::Files;
use crate::lower::{Detail, Lowered, Marked, Record, hash};
use crate::problem::Error;
use crate::search::{self, Extent};
use crate::{fingerprint, ruby, tokens, verify};

/// A compiled chronicle: tables that were decoded again and found equal to the data.
#[derive(Debug)]
pub struct Compiled {
    /// What it was compiled from.
    pub(crate) files: Files,
    pub(crate) lowered: Lowered,
    pub(crate) tables: Vec<Table>,
    pub(crate) features: bool,
    pub(crate) keys: bool,
}

/// A table: the bytes of one field of the chronicle.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) id: TableId,
    /// Position of the language; zero for tables of none.
    pub(crate) language: usize,
    pub(crate) bytes: Vec<u8>,
}

/// What a table costs in flash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The section: what a feature leaves out, e.g. `core`, `ja`, `details + ja`.
    pub section: String,
    /// The table.
    pub table: String,
    /// Bytes.
    pub bytes: usize,
}

impl Cost {
    /// The bytes of each section, in the order in which the sections first appear.
    ///
    /// ```
    /// use nenpyo_codegen::Cost;
    /// let costs = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?.costs();
    /// let sections = Cost::by_section(&costs);
    /// assert_eq!(sections[0].0, "core");
    /// assert_eq!(sections.iter().map(|(_, bytes)| bytes).sum::<usize>(), costs.iter().map(|cost| cost.bytes).sum());
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn by_section(costs: &[Self]) -> Vec<(&str, usize)> {
        let mut sections: Vec<(&str, usize)> = Vec::new();
        for cost in costs {
            match sections.iter_mut().find(|(section, _)| *section == cost.section) {
                Some((_, bytes)) => *bytes += cost.bytes,
                None => sections.push((&cost.section, cost.bytes)),
            }
        }
        sections
    }
}

/// Writes the tables and reads them back.
pub(crate) fn emit(files: Files, lowered: Lowered, crew: &Crew) -> Result<Compiled, Error> {
    crew.begin("writing the tables", lowered.languages.len() + 1);
    // The texts of each language are as much work as everything else.
    let parts = crew.all(lowered.languages.len() + 1, |part| {
        let mut tables = Vec::new();
        if part < lowered.languages.len() {
            texts(&lowered, part, None, |_| true, &mut tables);
        } else {
            core(&lowered, &mut tables);
            sources(&lowered, &mut tables);
        }
        crew.advance(1);
        tables
    });
    let mut tables: Vec<Table> = parts.into_iter().flatten().collect();
    search::tables(&lowered, Extent::Usual, crew, &mut tables);
    tables.sort_by_key(|table| (table.id, table.language));
    let compiled = Compiled { files, lowered, tables, features: false, keys: true };
    verify::every_record_reads_back(&compiled, crew)?;
    Ok(compiled)
}

impl Compiled {
    /// Lets each section depend on a Cargo feature of the crate that includes the tables:
    /// `details`, `sources`, `slugs`, `search`, `search-index`, one for each language tag, and `glyphs-12` and the like for
    /// the sizes of glyphs.
    ///
    /// ```
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?.with_features();
    /// assert!(compiled.rust().contains("feature = \"details\""));
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    #[must_use]
    pub fn with_features(mut self) -> Self {
        self.features = true;
        self
    }

    /// Keeps the core and these sections only: the features of [`with_features`](Self::with_features). Its file is the smaller,
    /// and answers as the tables of a firmware with these features do.
    ///
    /// ```
    /// let whole = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?;
    /// let bytes = whole.blob().len();
    /// assert!(whole.only(&["en"]).blob().len() < bytes);
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    #[must_use]
    pub fn only(mut self, sections: &[&str]) -> Self {
        let mut tables = std::mem::take(&mut self.tables);
        tables.retain(|table| tokens::features(&self, table).iter().all(|feature| sections.contains(&&**feature)));
        // Characters are there for their glyphs, and so are lines.
        if !tables.iter().any(|table| table.id >= TableId::Glyphs8) {
            tables.retain(|table| !tokens::goes_with_glyphs(table.id));
        }
        self.tables = tables;
        self
    }

    /// Makes the texts dense: codes of an alphabet of their own, which has the characters in the order of Unicode and what
    /// often stands side by side. A third of the bytes of UTF-8 for QST's; whoever reads them needs nenpyo's feature
    /// `dense-text`, and [`only`](Self::only) comes before it, so that the alphabet is that of the texts that are left.
    ///
    /// # Errors
    ///
    /// If the texts have more than 65,534 different characters.
    ///
    /// ```
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?.with_dense_text()?;
    /// assert!(compiled.table("alphabet").is_some());
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn with_dense_text(mut self) -> Result<Self, Error> {
        let dense = self.alphabet()?;
        let mut coded = vec![Table { id: TableId::Alphabet, language: 0, bytes: dense.table() }];
        for language in 0..self.lowered.languages.len() {
            texts(&self.lowered, language, Some(&dense), |id| self.holds(id, language), &mut coded);
        }
        for table in coded {
            match self.tables.iter_mut().find(|other| (other.id, other.language) == (table.id, table.language)) {
                Some(other) => *other = table,
                None if table.id == TableId::Alphabet => self.tables.push(table),
                None => {}
            }
        }
        // The characters that have glyphs are those of the alphabet.
        self.tables.retain(|table| table.id != TableId::Characters);
        self.tables.sort_by_key(|table| (table.id, table.language));
        verify::every_text_reads_back(&self)?;
        Ok(self)
    }

    /// Makes the search index small: which records have which characters, and what names begin and end with, but no longer
    /// pieces of text. A quarter of the bytes for QST's; more texts are compared, with the same answers.
    ///
    /// ```
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?;
    /// let bytes = compiled.blob().len();
    /// assert!(compiled.with_small_search_index().blob().len() < bytes);
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    #[must_use]
    pub fn with_small_search_index(mut self) -> Self {
        let mut small = Vec::new();
        search::tables(&self.lowered, Extent::Small, &Crew::new(), &mut small);
        for table in
            small.into_iter().filter(|table| matches!(table.id, TableId::SearchIndex | TableId::SourceSearchIndex))
        {
            if let Some(other) =
                self.tables.iter_mut().find(|other| (other.id, other.language) == (table.id, table.language))
            {
                *other = table;
            }
        }
        self
    }

    /// The alphabet of all texts that are there.
    fn alphabet(&self) -> Result<Dense, Error> {
        use TableId as T;
        let mut all = Vec::new();
        for language in 0..self.lowered.languages.len() {
            let parts: [(TableId, Vec<Split>); 3] = [
                (T::NamePool, split(&self.lowered.names, language).collect()),
                (T::BodyPool, split(&self.lowered.bodies, language).collect()),
                (T::SourceTextPool, source_texts(&self.lowered, language).map(Split::of).collect()),
            ];
            let with_readings = self.holds(T::ReadingPool, language);
            all.extend(
                parts
                    .into_iter()
                    .filter(|(pool, _)| self.holds(*pool, language))
                    .map(|(_, texts)| (texts, with_readings)),
            );
        }
        let texts = all.iter().flat_map(|(texts, _)| texts).map(Split::pieces);
        let read = all.iter().filter(|(_, with_readings)| *with_readings).flat_map(|(texts, _)| texts);
        let readings = read.flat_map(|text| &text.ruby).map(|(_, _, reading)| vec![*reading]);
        let glyphs = self.bytes(TableId::Characters, 0);
        let glyphs = CharacterSet::new(glyphs);
        let with_glyph = (0..glyphs.len()).filter_map(|number| glyphs.get(number as u16));
        Dense::of(texts.chain(readings), with_glyph)
    }

    /// Whether it has a table, and the table was not left out.
    pub(crate) fn holds(&self, id: TableId, language: usize) -> bool {
        self.tables.iter().any(|table| (table.id, table.language) == (id, language))
    }

    /// Whether the texts are dense.
    pub(crate) fn is_dense(&self) -> bool {
        self.tables.iter().any(|table| table.id == TableId::Alphabet)
    }

    /// Leaves out the constants of `key`, which cost the compiler some 60 microseconds each: for chronicles of many
    /// thousand records. `Key::of("…")` in a constant is the same key.
    ///
    /// ```
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?.without_keys();
    /// assert!(!compiled.rust().contains("pub mod key"));
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    #[must_use]
    pub fn without_keys(mut self) -> Self {
        self.keys = false;
        self
    }

    /// Writes `tables.rs` and the files that it includes into a folder, usually `$OUT_DIR`.
    ///
    /// # Errors
    ///
    /// If a file cannot be written.
    ///
    /// ```
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?;
    /// let folder = std::env::temp_dir().join(format!("nenpyo-{}", std::process::id()));
    /// std::fs::create_dir_all(&folder).unwrap();
    /// compiled.write(&folder)?;
    /// assert!(folder.join("tables.rs").exists());
    /// # std::fs::remove_dir_all(&folder).unwrap();
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn write(&self, folder: &Path) -> Result<(), Error> {
        let put = |name: &str, bytes: &[u8]| {
            let path = folder.join(name);
            std::fs::write(&path, bytes).map_err(|error| Error::io(&path, &error))
        };
        for table in &self.tables {
            put(&self.file_name(table), &table.bytes)?;
        }
        put("tables.rs", self.rust().as_bytes())
    }

    /// The Rust source that holds the tables: data only.
    ///
    /// ```
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?;
    /// assert!(compiled.rust().contains("pub static CHRONICLE"));
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn rust(&self) -> String {
        tokens::rust(self)
    }

    /// The chronicle as one file, as `nenpyo::Chronicle::open` reads it.
    ///
    /// ```
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?;
    /// assert!(compiled.blob().starts_with(b"nenpyo"));
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn blob(&self) -> Vec<u8> {
        let mut blob = vec![0; file::HEADER + file::ENTRY * self.tables.len()];
        for (position, table) in self.tables.iter().enumerate() {
            let offset = blob.len() as u32;
            let entry = &mut blob[file::HEADER + file::ENTRY * position..][..file::ENTRY];
            entry[0] = table.id as u8;
            entry[1] = table.language as u8;
            entry[4..8].copy_from_slice(&offset.to_le_bytes());
            entry[8..12].copy_from_slice(&(table.bytes.len() as u32).to_le_bytes());
            blob.extend(&table.bytes);
            blob.resize(blob.len().next_multiple_of(4), 0);
        }
        self.put_header(&mut blob);
        blob
    }

    fn put_header(&self, blob: &mut [u8]) {
        let length = blob.len() as u32;
        let mut put = |at: usize, bytes: &[u8]| blob[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, &MAGIC);
        put(6, &FORMAT.to_le_bytes());
        put(12, &length.to_le_bytes());
        for (position, count) in self.lowered.counts.iter().enumerate() {
            put(16 + 4 * position, &count.to_le_bytes());
        }
        for (position, language) in self.languages().into_iter().enumerate() {
            put(44 + 4 * position, &language.to_bytes());
        }
        put(60, &(self.tables.len() as u16).to_le_bytes());
        let checksum = file::checksum(&blob[file::CHECKSUM + 4..]);
        blob[file::CHECKSUM..file::CHECKSUM + 4].copy_from_slice(&checksum.to_le_bytes());
    }

    /// The languages in their positions; a position whose language was left out has none.
    pub(crate) fn languages(&self) -> [Language; MAX_LANGUAGES] {
        let is_there = |position: usize| {
            self.tables.iter().any(|table| table.id == TableId::NamePool && table.language == position)
        };
        std::array::from_fn(|position| {
            let language = self.lowered.languages.get(position).copied();
            language.filter(|_| is_there(position)).unwrap_or(Language::NONE)
        })
    }

    pub(crate) fn bytes(&self, id: TableId, language: usize) -> &[u8] {
        let table = self.tables.iter().find(|table| table.id == id && table.language == language);
        table.map(|table| table.bytes.as_slice()).unwrap_or_default()
    }

    /// One line for each record: kind, slug, bytes, hash. What a review of changed data reads.
    ///
    /// ```
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?;
    /// assert!(compiled.fingerprints().lines().any(|line| line.starts_with("milestone,visit,")));
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn fingerprints(&self) -> String {
        fingerprint::fingerprints(&self.lowered)
    }

    /// What each table costs in flash, in the order of the file.
    ///
    /// ```
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?;
    /// let bytes: usize = compiled.costs().iter().map(|cost| cost.bytes).sum();
    /// assert!(bytes < compiled.blob().len(), "a file has a header and a directory too");
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn costs(&self) -> Vec<Cost> {
        let cost = |table: &Table| Cost {
            section: tokens::section(self, table),
            table: tokens::table_name(self, table),
            bytes: table.bytes.len(),
        };
        self.tables.iter().map(cost).collect()
    }

    /// The bytes of a table, by the name that [`costs`](Self::costs) gives it.
    ///
    /// ```
    /// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?;
    /// let cost = &compiled.costs()[1];
    /// assert_eq!(compiled.table(&cost.table).unwrap().len(), cost.bytes);
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn table(&self, name: &str) -> Option<&[u8]> {
        let table = self.tables.iter().find(|table| tokens::table_name(self, table) == name);
        table.map(|table| table.bytes.as_slice())
    }

    pub(crate) fn file_name(&self, table: &Table) -> String {
        tokens::file_name(self, table)
    }
}

pub(crate) fn push(tables: &mut Vec<Table>, id: TableId, language: usize, bytes: Vec<u8>) {
    tables.push(Table { id, language, bytes });
}

fn core(lowered: &Lowered, tables: &mut Vec<Table>) {
    use TableId as T;
    let records = &lowered.records;
    let slugs = || records.iter().map(|record| record.slug.as_str());
    push(tables, T::Manifest, 0, postcard(&lowered.manifest));
    let keys = (0..).zip(records).map(|(number, record)| (&record.slug, &record.aliases, lowered.place(number)));
    key_index(tables, T::KeyStarts, T::KeyIndex, keys);
    push(tables, T::Keys, 0, slugs().flat_map(|slug| hash(slug).to_le_bytes()).collect());
    push(tables, T::Subkinds, 0, records.iter().map(|record| record.subkind).collect());
    push(tables, T::Milestones, 0, bytes(lowered.milestones.iter().map(MilestoneRow::to_row)));
    push(tables, T::LongMilestones, 0, long_milestones(&lowered.milestones));
    lists(tables, T::LinkStarts, T::Links, records.iter().map(|record| links(&record.links)), LinkRow::BYTES);
    let referrers = records.iter().map(|record| links(&record.referrers));
    lists(tables, T::ReferrerStarts, T::Referrers, referrers, LinkRow::BYTES);
    let dated = records.iter().skip(lowered.milestones.len());
    lists(tables, T::PeriodStarts, T::Periods, dated.map(|record| periods(&record.periods)), PeriodRow::BYTES);
    lists(tables, T::StateStarts, T::States, states(lowered), StateRow::BYTES);
    let all = slugs().chain(lowered.sources.iter().map(|source| source.slug.as_str()));
    strings(tables, T::SlugSpans, T::SlugPool, 0, all);
    lists(tables, T::DetailStarts, T::Details, records.iter().map(|record| detail(&record.detail)), 1);
}

fn sources(lowered: &Lowered, tables: &mut Vec<Table>) {
    use TableId as T;
    let sources = &lowered.sources;
    if sources.is_empty() {
        return;
    }
    let slugs = || sources.iter().map(|source| source.slug.as_str());
    let source_row = |id| LinkRow { id, tag: RecordKind::Source.byte() };
    let keys = (0..).zip(sources).map(|(id, source)| (&source.slug, &source.aliases, source_row(id)));
    key_index(tables, T::SourceKeyStarts, T::SourceKeyIndex, keys);
    push(tables, T::SourceKeys, 0, slugs().flat_map(|slug| hash(slug).to_le_bytes()).collect());
    push(tables, T::SourceSubkinds, 0, sources.iter().map(|source| source.subkind).collect());
    let dates = sources.iter().map(|source| periods(&source.periods));
    lists(tables, T::SourcePeriodStarts, T::SourcePeriods, dates, PeriodRow::BYTES);
    strings(tables, T::AddressSpans, T::AddressPool, 0, sources.iter().map(|source| source.address.as_str()));
    let citations = lowered.records.iter().map(|record| links(&record.citations));
    lists(tables, T::CitationStarts, T::Citations, citations, LinkRow::BYTES);
    let cited_by = sources.iter().map(|source| links(&source.cited_by));
    lists(tables, T::CitedByStarts, T::CitedBy, cited_by, LinkRow::BYTES);
}

/// The texts of one language: plain, with their ruby apart; of all tables those that are wanted.
fn texts(
    lowered: &Lowered,
    language: usize,
    dense: Option<&Dense>,
    is_wanted: impl Fn(TableId) -> bool,
    tables: &mut Vec<Table>,
) {
    use TableId as T;
    let names = || split(&lowered.names, language);
    let bodies = || split(&lowered.bodies, language);
    let source_texts: Vec<Split> = source_texts(lowered, language).map(Split::of).collect();
    let mut readings = Readings::default();

    let pool = |tables: &mut Vec<Table>, spans, pool, texts: &mut dyn Iterator<Item = Split>| match dense {
        _ if !is_wanted(pool) => {}
        None => {
            let plain: Vec<String> = texts.map(|text| text.plain).collect();
            strings(tables, spans, pool, language, plain.iter().map(String::as_str));
        }
        Some(dense) => codes(tables, spans, pool, language, dense, texts),
    };
    // Names and bodies are many: they are taken apart again for their ruby, which is quicker than to keep the pieces.
    pool(tables, T::NameSpans, T::NamePool, &mut names());
    pool(tables, T::BodySpans, T::BodyPool, &mut bodies());
    if is_wanted(T::Ruby) {
        let both = names().chain(bodies()).map(|text| text.spans(&mut readings, dense));
        ruby_lists(tables, T::RubyStarts, T::Ruby, language, both);
    }
    if is_wanted(T::SourceRuby) {
        let spans = source_texts.iter().map(|text| text.spans(&mut readings, dense));
        ruby_lists(tables, T::SourceRubyStarts, T::SourceRuby, language, spans);
    }
    pool(tables, T::SourceTextSpans, T::SourceTextPool, &mut source_texts.into_iter());
    if !readings.texts.is_empty() {
        let plain = |reading: String| Split { plain: reading, ruby: Vec::new() };
        pool(tables, T::ReadingSpans, T::ReadingPool, &mut readings.texts.into_iter().map(plain));
    }
}

/// The texts in one language without their marks.
fn split(texts: &[Marked], language: usize) -> impl Iterator<Item = Split<'_>> {
    texts.iter().map(move |text| Split::of(&text[language]))
}

/// The texts of the sources in one language: all titles, all publishers, all notes.
pub(crate) fn source_texts(lowered: &Lowered, language: usize) -> impl Iterator<Item = &str> {
    let sources = &lowered.sources;
    let titles = sources.iter().map(move |source| &source.title[language]);
    let publishers = sources.iter().map(move |source| &source.publisher[language]);
    let notes = sources.iter().map(move |source| &source.note[language]);
    titles.chain(publishers).chain(notes).map(String::as_str)
}

/// A text without its marks, and the marks as stretches of it.
pub(crate) struct Split<'m> {
    pub(crate) plain: String,
    /// Bytes without ruby before it, bytes of the base, reading.
    pub(crate) ruby: Vec<(u16, u16, &'m str)>,
}

impl<'m> Split<'m> {
    pub(crate) fn of(marked: &'m str) -> Self {
        // `check` has refused marks that do not parse.
        let segments = ruby::parse(marked).unwrap_or_default();
        let mut split = Self { plain: String::new(), ruby: Vec::new() };
        let mut gap = 0;
        for segment in segments {
            let length = segment.base.len() as u16;
            split.plain.push_str(segment.base);
            match segment.reading {
                None => gap += length,
                Some(reading) => {
                    split.ruby.push((gap, length, reading));
                    gap = 0;
                }
            }
        }
        split
    }

    /// The text in the pieces that its ruby parts it in: what is before a base, the base, and so on; what is behind the
    /// last one.
    pub(crate) fn pieces(&self) -> Vec<&str> {
        let mut rest = self.plain.as_str();
        let mut pieces = Vec::new();
        for length in self.ruby.iter().flat_map(|(gap, length, _)| [*gap, *length]) {
            let (piece, more) = rest.split_at(usize::from(length));
            pieces.push(piece);
            rest = more;
        }
        pieces.push(rest);
        pieces
    }

    fn spans(&self, readings: &mut Readings, dense: Option<&Dense>) -> Vec<u8> {
        let pieces = self.pieces();
        let length = |piece: &str| dense.map_or(piece.len(), |dense| dense.codes(piece).len()) as u16;
        let record = |(pieces, (_, _, reading)): (&[&str], &(u16, u16, &str))| {
            postcard(&RubyRecord { gap: length(pieces[0]), length: length(pieces[1]), reading: readings.id(reading) })
        };
        pieces.chunks_exact(2).zip(&self.ruby).flat_map(record).collect()
    }
}

/// The distinct readings, numbered as they come.
#[derive(Default)]
struct Readings {
    ids: HashMap<String, u32>,
    texts: Vec<String>,
}

impl Readings {
    fn id(&mut self, reading: &str) -> u32 {
        if let Some(id) = self.ids.get(reading) {
            return *id;
        }
        let id = self.texts.len() as u32;
        self.ids.insert(reading.to_owned(), id);
        self.texts.push(reading.to_owned());
        id
    }
}

/// Each key and older key of each record, some two a list.
fn key_index<'k>(
    tables: &mut Vec<Table>,
    starts_id: TableId,
    rows_id: TableId,
    keys: impl Iterator<Item = (&'k String, &'k Vec<String>, LinkRow)>,
) {
    let mut rows = Vec::new();
    for (slug, aliases, record) in keys {
        rows.extend(std::iter::once(slug).chain(aliases).map(|slug| KeyRow { hash: hash(slug), record }));
    }
    let count = (rows.len() as u32 / 2 + 1).next_power_of_two();
    rows.sort_unstable_by_key(|row| (KeyRow::list(row.hash, count), row.hash));
    let mut rest = rows.as_slice();
    let next = |list: u32| {
        let (these, others) = rest.split_at(rest.partition_point(|row| KeyRow::list(row.hash, count) <= list));
        rest = others;
        bytes(these.iter().map(|row| row.to_row()))
    };
    lists(tables, starts_id, rows_id, (0..count).map(next), KeyRow::BYTES);
}

/// What comes of the periods of each organisation: a row from each day on which something changes.
fn states(lowered: &Lowered) -> impl Iterator<Item = Vec<u8>> {
    let organizations = lowered.records.iter().filter(|record| record.kind == RecordKind::Organization.byte());
    let rows = |record: &Record| record.periods.iter().map(PeriodRow::to_row).collect::<Vec<_>>();
    let periods: Vec<Vec<[u32; PeriodRow::WORDS]>> = organizations.map(rows).collect();
    (0..periods.len()).map(move |id| {
        let own = &periods[id];
        let is_of = |row: &&[u32; PeriodRow::WORDS], aspect: Aspect| PeriodRow::aspect(row) == aspect as u8;
        let parents = own.iter().filter(|row| is_of(row, Aspect::Parent));
        let parents = parents.map(|row| &periods[LinkRow::from_word(PeriodRow::value(row)).id as usize]);
        let parents = parents.flat_map(|rows| rows.iter().filter(|row| is_of(row, Aspect::Existence)));
        let mut days: Vec<CivilDay> = own.iter().chain(parents).flat_map(StateRow::changes).collect();
        days.push(CivilDay::MIN);
        days.sort_unstable();
        let mut states: Vec<StateRow> = Vec::new();
        for day in days {
            let state = StateRow::of(own, |parent| &periods[parent as usize], day);
            let is_new = match states.last() {
                Some(last) => StateRow { from: day, ..*last } != state,
                None => state.exists.is_some(),
            };
            if is_new {
                states.push(state);
            }
        }
        bytes(states.iter().map(StateRow::to_row))
    })
}

fn long_milestones(rows: &[MilestoneRow]) -> Vec<u8> {
    let long = |row: &MilestoneRow| MilestoneRow::is_long(row.earliest, row.latest);
    let ids = rows.iter().enumerate().filter(|(_, row)| long(row)).map(|(id, _)| id as u32);
    ids.flat_map(u32::to_le_bytes).collect()
}

/// Rows as they stand in a file.
pub(crate) fn bytes<const N: usize>(rows: impl Iterator<Item = [u32; N]>) -> Vec<u8> {
    rows.flatten().flat_map(u32::to_ne_bytes).collect()
}

fn links(rows: &[LinkRow]) -> Vec<u8> {
    bytes(rows.iter().map(|row| row.to_row()))
}

fn periods(rows: &[PeriodRow]) -> Vec<u8> {
    bytes(rows.iter().map(PeriodRow::to_row))
}

fn detail(detail: &Detail) -> Vec<u8> {
    let claims: Vec<u8> = detail.claims.iter().flat_map(postcard::<ClaimRecord>).collect();
    let Detail { summary, note, address, descriptive, claims: _ } = *detail;
    postcard(&DetailRecord { summary, note, address, descriptive, claims: &claims })
}

/// A table of bytes that belong to many things, and the table of where each begins, counted in rows.
fn lists(
    tables: &mut Vec<Table>,
    starts_id: TableId,
    rows_id: TableId,
    lists: impl Iterator<Item = Vec<u8>>,
    row: usize,
) {
    let (starts, bytes) = stretches(lists, row);
    push(tables, starts_id, 0, starts);
    push(tables, rows_id, 0, bytes);
}

/// As [`lists`] for ruby; a language without any has no tables for it.
fn ruby_lists(
    tables: &mut Vec<Table>,
    starts_id: TableId,
    rows_id: TableId,
    language: usize,
    lists: impl Iterator<Item = Vec<u8>>,
) {
    let (starts, bytes) = stretches(lists, 1);
    if !bytes.is_empty() {
        push(tables, starts_id, language, starts);
        push(tables, rows_id, language, bytes);
    }
}

fn stretches(lists: impl Iterator<Item = Vec<u8>>, row: usize) -> (Vec<u8>, Vec<u8>) {
    let mut starts = 0_u32.to_le_bytes().to_vec();
    let mut bytes = Vec::new();
    for list in lists {
        bytes.extend(list);
        starts.extend(((bytes.len() / row) as u32).to_le_bytes());
    }
    (starts, bytes)
}

/// A text pool in which equal texts stand once, and where each text stands in it.
fn strings<'s>(
    tables: &mut Vec<Table>,
    spans_id: TableId,
    pool_id: TableId,
    language: usize,
    texts: impl Iterator<Item = &'s str>,
) {
    let mut pool = String::new();
    let mut spans = Vec::new();
    let mut places: HashMap<&str, SpanRow> = HashMap::new();
    for text in texts {
        let place = places.entry(text).or_insert_with(|| {
            let start = pool.len() as u32;
            pool.push_str(text);
            SpanRow { start, length: text.len() as u16 }
        });
        spans.extend(place.to_row().into_iter().flat_map(u16::to_ne_bytes));
    }
    push(tables, spans_id, language, spans);
    push(tables, pool_id, language, pool.into_bytes());
}

/// As [`strings`] in codes. Texts that are the same but for their ruby may be other codes.
fn codes<'t>(
    tables: &mut Vec<Table>,
    spans_id: TableId,
    pool_id: TableId,
    language: usize,
    dense: &Dense,
    texts: impl Iterator<Item = Split<'t>>,
) {
    let mut pool: Vec<u16> = Vec::new();
    let mut spans = Vec::new();
    let mut places: HashMap<Vec<u16>, SpanRow> = HashMap::new();
    for text in texts {
        let codes: Vec<u16> = text.pieces().into_iter().flat_map(|piece| dense.codes(piece)).collect();
        let place = places.entry(codes).or_insert_with_key(|codes| {
            let start = pool.len() as u32;
            pool.extend(codes);
            SpanRow { start, length: codes.len() as u16 }
        });
        spans.extend(place.to_row().into_iter().flat_map(u16::to_ne_bytes));
    }
    push(tables, spans_id, language, spans);
    push(tables, pool_id, language, dense.pack(pool));
}

pub(crate) fn postcard<T: serde::Serialize>(value: &T) -> Vec<u8> {
    // The records are integers and byte slices: a few times their size in memory is always room enough.
    let mut room = vec![0; 64 + 4 * size_of::<T>()];
    loop {
        match postcard::to_slice(value, &mut room) {
            Ok(bytes) => return bytes.to_vec(),
            Err(_) => room.resize(room.len() * 2, 0),
        }
    }
}
