//! Opening a chronicle from bytes that may be anything: checked once, then trusted. Runs on the target.

use core::fmt;

use nenpyo_schema::fold::Folds;
use nenpyo_schema::search::SearchIndex;
use nenpyo_schema::{
    Aspect, Breaks, Certainty, CharacterSet, CivilDay, ClaimRecord, Coding, Day, DetailRecord, DocumentKind, FORMAT,
    GlyphSize, GlyphTable, GlyphTables, KINDS, KeyRow, Language, LanguageTables, LinkKind, LinkRow, Lists, MAGIC,
    MAX_LANGUAGES, MAX_NESTING, ManifestRecord, MilestoneKind, MilestoneRow, OrganizationKind, PackedEdtf, PackedEnd,
    ParentRelation, PartError, PeriodRow, Plain, RecordKind, ReferrerKind, RubyRecord, SiteKind, SourceKind, StateRow,
    StatementKind, Stretches, Strings, TableId, Tables, Texts, WEAK_SOURCE, file,
};

use crate::chronicle::Chronicle;

/// Why bytes are not a chronicle. One byte, `Copy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum OpenError {
    /// They do not begin as a chronicle file does.
    NotAChronicle,
    /// They are a chronicle of another format; update nenpyo or compile the data again.
    Format,
    /// They do not lie at an address that is a multiple of four: see [`include_chronicle`](crate::include_chronicle).
    Alignment,
    /// There are fewer or more bytes than the file says.
    Length,
    /// The checksum does not match: a byte has changed.
    Checksum,
    /// The directory points outside the file.
    Directory,
    /// A table has the wrong size.
    Size,
    /// A text is not UTF-8 or has an unknown code, or a stretch of one does not exist.
    Text,
    /// The texts are dense, and the feature `dense-text` is off.
    DenseText,
    /// Rows are not in order.
    Order,
    /// A row points at something that does not exist.
    Reference,
    /// A date or a word of a vocabulary is none.
    Value,
    /// Records are parts of themselves, or nested more than 64 deep.
    Nesting,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAChronicle => "not a chronicle file",
            Self::Format => "a chronicle file of another format; compile the data again with this version",
            Self::Alignment => "the chronicle file does not lie at an address that is a multiple of four",
            Self::Length => "the chronicle file is cut off or too long",
            Self::Checksum => "the chronicle file is damaged: its checksum does not match",
            Self::Directory => "the directory of the chronicle file points outside it",
            Self::Size => "a table of the chronicle file has the wrong size",
            Self::Text => "a text of the chronicle file is broken",
            Self::DenseText => {
                "the texts of the chronicle file are dense, which is read with the feature `dense-text` only"
            }
            Self::Order => "rows of the chronicle file are not in order",
            Self::Reference => "a reference in the chronicle file leads nowhere",
            Self::Value => "a value in the chronicle file means nothing",
            Self::Nesting => "records of the chronicle file contain themselves",
        })
    }
}

impl core::error::Error for OpenError {}

impl<'a> Chronicle<'a> {
    /// Opens a chronicle from the bytes of a file, which `nenpyo-codegen` writes.
    ///
    /// Everything is checked here and once: bounds, checksum, UTF-8, order, references, dates.
    /// The time grows with the bytes; afterwards every lookup is as on a baked chronicle.
    /// Nothing is copied: it takes the [`Chronicle`] in RAM, and 1 KiB of flash for the table of the checksum.
    /// The file is not signed: it is as trustworthy as the place it comes from.
    ///
    /// # Errors
    ///
    /// The first thing found wrong; no bytes make it panic.
    ///
    /// ```
    /// use nenpyo::{Chronicle, OpenError};
    /// assert_eq!(Chronicle::open(b"something else").unwrap_err(), OpenError::NotAChronicle);
    /// ```
    pub fn open(bytes: &'a [u8]) -> Result<Self, OpenError> {
        // It is filled and checked where the caller keeps it: a copy would take 772 bytes of stack.
        let mut opened = Ok(Self::baked(Tables::EMPTY));
        if let Ok(chronicle) = &mut opened
            && let Err(error) = chronicle.read(bytes)
        {
            opened = Err(error);
        }
        opened
    }

    #[inline(never)]
    fn read(&mut self, bytes: &'a [u8]) -> Result<(), OpenError> {
        lay_over(self.tables_mut(), bytes)?;
        let tables = self.tables();
        let check = Check { tables, records: records(tables)?, sources: tables.sources.keys.len() as u32 };
        // None of these is inlined, so that their frames do not lie on the stack side by side.
        check.languages()?;
        check.keys()?;
        check.slugs()?;
        check.milestones()?;
        check.links()?;
        check.periods()?;
        check.states()?;
        check.subkinds()?;
        check.details()?;
        check.source_tables()?;
        check.search()?;
        check.glyphs()?;
        check.manifest()
    }
}

#[inline(never)]
fn lay_over<'a>(tables: &mut Tables<'a>, bytes: &'a [u8]) -> Result<(), OpenError> {
    let header = Header::read(bytes)?;
    let part = |table: TableId, language: usize| file::part(bytes, table, language);
    tables.lay_over(&header.counts(), &header.languages()?, part).map_err(|error| match error {
        PartError::Ragged => OpenError::Size,
        PartError::Utf8 | PartError::Alphabet => OpenError::Text,
        PartError::Alignment => OpenError::Alignment,
        PartError::Dense => OpenError::DenseText,
    })?;
    tables.glyphs = GlyphTables::File(bytes);
    Ok(())
}

/// The header and directory of a file.
#[derive(Clone, Copy)]
struct Header<'a> {
    bytes: &'a [u8],
    directory: &'a [[u8; file::ENTRY]],
}

impl<'a> Header<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, OpenError> {
        if !bytes.starts_with(&MAGIC) {
            return Err(OpenError::NotAChronicle);
        }
        let (_, rest) = bytes.split_first_chunk::<{ file::HEADER }>().ok_or(OpenError::Length)?;
        let (directory, _) = rest.as_chunks::<{ file::ENTRY }>();
        let header = Self { bytes, directory };
        if header.half(6) != FORMAT {
            return Err(OpenError::Format);
        }
        if usize::try_from(header.number(12)) != Ok(bytes.len()) {
            return Err(OpenError::Length);
        }
        let covered = bytes.get(file::CHECKSUM + 4..).ok_or(OpenError::Length)?;
        if file::checksum(covered) != header.number(file::CHECKSUM) {
            return Err(OpenError::Checksum);
        }
        let directory = directory.get(..usize::from(header.half(60))).ok_or(OpenError::Directory)?;
        let header = Self { bytes, directory };
        header.check_directory()?;
        Ok(header)
    }

    fn word(&self, at: usize) -> [u8; 4] {
        self.bytes.get(at..).and_then(|bytes| bytes.first_chunk()).copied().unwrap_or_default()
    }

    fn number(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.word(at))
    }

    fn half(&self, at: usize) -> u16 {
        let [low, high, ..] = self.word(at);
        u16::from_le_bytes([low, high])
    }

    fn counts(&self) -> [u32; KINDS] {
        core::array::from_fn(|kind| self.number(16 + 4 * kind))
    }

    fn languages(&self) -> Result<[Language; MAX_LANGUAGES], OpenError> {
        let mut languages = [Language::NONE; MAX_LANGUAGES];
        for (position, language) in languages.iter_mut().enumerate() {
            *language = match self.word(44 + 4 * position) {
                [0, 0, 0, 0] => Language::NONE,
                tag => Language::from_bytes(tag).ok_or(OpenError::Value)?,
            };
        }
        Ok(languages)
    }

    /// The tables lie one behind the other in the order of the directory, with nothing between them and nothing behind.
    fn check_directory(&self) -> Result<(), OpenError> {
        let sorted = self.directory.is_sorted_by(|a, b| (a[0], a[1]) < (b[0], b[1]));
        let mut end = file::HEADER.saturating_add(file::ENTRY.saturating_mul(self.directory.len()));
        for entry in self.directory {
            let start = u32::from_le_bytes([entry[4], entry[5], entry[6], entry[7]]) as usize;
            let table = file::stretch(self.bytes, entry).ok_or(OpenError::Directory)?;
            let unused = entry[2] | entry[3];
            ensure(start == end && unused == 0, OpenError::Directory)?;
            let last = start.saturating_add(table.len());
            // Words lie at multiples of four.
            end = last.checked_next_multiple_of(4).ok_or(OpenError::Directory)?;
            let filling = self.bytes.get(last..end).ok_or(OpenError::Directory)?;
            ensure(filling.iter().all(|byte| *byte == 0), OpenError::Directory)?;
        }
        ensure(sorted && end == self.bytes.len(), OpenError::Directory)
    }
}

/// An error unless the condition holds.
fn ensure(holds: bool, error: OpenError) -> Result<(), OpenError> {
    if holds { Ok(()) } else { Err(error) }
}

/// How many records there are, sources apart.
fn records(tables: &Tables<'_>) -> Result<u32, OpenError> {
    let sum = tables.counts.iter().try_fold(0_u32, |sum, count| sum.checked_add(*count));
    sum.filter(|records| *records < LinkRow::ID_LIMIT).ok_or(OpenError::Size)
}

struct Check<'a> {
    tables: &'a Tables<'a>,
    /// How many records there are, sources apart.
    records: u32,
    sources: u32,
}

impl Check<'_> {
    fn count(&self, kind: RecordKind) -> u32 {
        self.tables.counts.get(usize::from(kind.byte())).copied().unwrap_or(self.sources)
    }

    fn base(&self, kind: RecordKind) -> u32 {
        self.tables.counts.iter().take(usize::from(kind.byte())).fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Kind and id of the record with this number.
    fn kind_of(&self, number: u32) -> Option<RecordKind> {
        let mut rest = number;
        for (kind, count) in RecordKind::ALL.iter().zip(self.tables.counts) {
            match rest.checked_sub(count) {
                Some(left) => rest = left,
                None => return Some(*kind),
            }
        }
        None
    }

    fn has_names(&self, number: u32) -> bool {
        self.present().all(|language| number < language.names.spans.len() as u32)
    }

    fn has_bodies(&self, number: Option<u32>) -> bool {
        number.is_none_or(|number| {
            self.present()
                .all(|language| language.bodies.spans.is_empty() || number < language.bodies.spans.len() as u32)
        })
    }

    fn present(&self) -> impl Iterator<Item = &LanguageTables<'_>> {
        self.tables.languages.iter().filter(|language| language.language != Language::NONE)
    }

    #[inline(never)]
    fn keys(&self) -> Result<(), OpenError> {
        let known = |row: LinkRow| RecordKind::from_byte(row.tag).is_some_and(|kind| row.id < self.count(kind));
        let (records, sources) = (&self.tables.key_index, &self.tables.sources.key_index);
        let is_source = |row: &[u32; KeyRow::WORDS]| KeyRow::from_row(row).record.tag == RecordKind::Source.byte();
        let all = || records.rows.iter().chain(sources.rows).map(|row| KeyRow::from_row(row).record);
        ensure(all().all(known), OpenError::Reference)?;
        ensure(!records.rows.iter().any(is_source) && sources.rows.iter().all(is_source), OpenError::Reference)?;
        let number = |row: LinkRow| RecordKind::from_byte(row.tag).map(|kind| self.base(kind).wrapping_add(row.id));
        keys(records, self.tables.keys, self.records, number)?;
        keys(sources, self.tables.sources.keys, self.sources, |row| Some(row.id))
    }

    #[inline(never)]
    fn slugs(&self) -> Result<(), OpenError> {
        let slugs = &self.tables.slugs;
        let (count, wanted) = (slugs.spans.len() as u64, u64::from(self.records) + u64::from(self.sources));
        // Where sources were left out, their slugs behind those of the records were not.
        let is_complete = count == wanted || self.sources == 0 && count > wanted;
        ensure(slugs.spans.is_empty() || is_complete, OpenError::Size)?;
        strings(slugs)
    }

    #[inline(never)]
    fn languages(&self) -> Result<(), OpenError> {
        for (position, language) in self.tables.languages.iter().enumerate() {
            let same = |other: &&LanguageTables<'_>| other.language == language.language;
            if language.language == Language::NONE {
                continue;
            }
            ensure(!self.tables.languages.iter().take(position).any(|other| same(&other)), OpenError::Value)?;
            ensure(language.names.spans.len() >= self.records as usize, OpenError::Size)?;
            let texts = language.source_texts.spans.len();
            ensure(texts == 0 || texts as u64 == 3 * u64::from(self.sources), OpenError::Size)?;
            for pool in [&language.names, &language.bodies, &language.readings, &language.source_texts] {
                ensure(pool.is_sound(self.tables.coding()), OpenError::Text)?;
            }
            let coding = self.tables.coding();
            ruby(&language.ruby, &language.readings, [&language.names, &language.bodies], coding)?;
            ruby(&language.source_ruby, &language.readings, [&language.source_texts, &Texts::EMPTY], coding)?;
        }
        Ok(())
    }

    #[inline(never)]
    fn milestones(&self) -> Result<(), OpenError> {
        let rows = self.tables.milestones;
        ensure(rows.len() as u32 == self.count(RecordKind::Milestone), OpenError::Size)?;
        let place = |row: &[u32; MilestoneRow::WORDS]| (MilestoneRow::earliest(row), MilestoneRow::latest(row));
        ensure(rows.is_sorted_by_key(place), OpenError::Order)?;
        let mut long = self.tables.long_milestones.iter();
        let mut latest_so_far = Day::MIN;
        for (id, row) in rows.iter().enumerate() {
            let (earliest, latest) = (MilestoneRow::earliest(row), MilestoneRow::latest(row));
            let date = MilestoneRow::date(row);
            ensure(MilestoneRow::is_filled_up(row), OpenError::Value)?;
            ensure(date.is_sound() && outer_days(date) == (earliest, latest), OpenError::Value)?;
            if MilestoneRow::is_long(earliest, latest) {
                ensure(long.next().is_some_and(|long| u32::from_le(*long) as usize == id), OpenError::Order)?;
            } else {
                latest_so_far = latest_so_far.max(latest);
            }
            ensure(MilestoneRow::latest_so_far(row) == latest_so_far, OpenError::Order)?;
        }
        ensure(long.next().is_none(), OpenError::Order)
    }

    #[inline(never)]
    fn links(&self) -> Result<(), OpenError> {
        list(&self.tables.links, self.records)?;
        list(&self.tables.referrers, self.records)?;
        for number in 0..self.records {
            let kind = self.kind_of(number).ok_or(OpenError::Reference)?;
            let links = self.tables.links.get(number);
            ensure(links.is_sorted_by_key(|row| LinkKind::group(LinkRow::from_row(row).tag)), OpenError::Order)?;
            for row in links {
                let row = LinkRow::from_row(row);
                let link = LinkKind::from_tag(row.tag).ok_or(OpenError::Value)?;
                ensure(row.id < self.count(link.target(kind)), OpenError::Reference)?;
                if matches!(link, LinkKind::PartOf | LinkKind::Within) {
                    self.nesting(link, kind, number)?;
                }
            }
            let referrers = self.tables.referrers.get(number);
            let place = |row: &[u32; LinkRow::WORDS]| {
                let row = LinkRow::from_row(row);
                (row.tag, row.id)
            };
            ensure(referrers.is_sorted_by(|a, b| place(a) < place(b)), OpenError::Order)?;
            for row in referrers {
                let row = LinkRow::from_row(row);
                let referrer = ReferrerKind::from_tag(row.tag).ok_or(OpenError::Value)?;
                ensure(row.id < self.count(referrer.source(kind)), OpenError::Reference)?;
            }
        }
        Ok(())
    }

    /// Follows the larger records upwards, which everyone who does so must be able to finish.
    fn nesting(&self, link: LinkKind, kind: RecordKind, number: u32) -> Result<(), OpenError> {
        let base = self.base(link.target(kind));
        let above = |number: u32| {
            let rows = self.tables.links.get(number).iter().map(LinkRow::from_row);
            rows.clone().find(|row| row.tag == link.tag()).map(|row| base.saturating_add(row.id))
        };
        let mut at = number;
        for _ in 0..=MAX_NESTING {
            match above(at) {
                Some(next) => at = next,
                None => return Ok(()),
            }
        }
        Err(OpenError::Nesting)
    }

    #[inline(never)]
    fn periods(&self) -> Result<(), OpenError> {
        let milestones = self.count(RecordKind::Milestone);
        let dated = self.records.saturating_sub(milestones);
        list(&self.tables.periods, dated)?;
        for at in 0..dated {
            let rows = self.tables.periods.get(at);
            ensure(rows.is_sorted_by_key(PeriodRow::aspect), OpenError::Order)?;
            rows.iter().try_for_each(|row| self.period(row))?;
        }
        Ok(())
    }

    fn period(&self, row: &[u32; PeriodRow::WORDS]) -> Result<(), OpenError> {
        ensure(PeriodRow::is_sound(row), OpenError::Value)?;
        let organizations = self.count(RecordKind::Organization);
        let value = PeriodRow::value(row);
        let byte = u8::try_from(value).ok();
        match Aspect::from_byte(PeriodRow::aspect(row)).ok_or(OpenError::Value)? {
            Aspect::Existence => Ok(()),
            Aspect::Name | Aspect::ShortName => ensure(self.has_names(value), OpenError::Reference),
            Aspect::Kind => ensure(byte.and_then(OrganizationKind::from_byte).is_some(), OpenError::Value),
            Aspect::Supervisor => ensure(value < organizations, OpenError::Reference),
            Aspect::Parent => {
                let parent = LinkRow::from_word(value);
                ensure(ParentRelation::from_byte(parent.tag).is_some(), OpenError::Value)?;
                ensure(parent.id < organizations, OpenError::Reference)
            }
        }
    }

    /// The states of each organisation are what comes of its periods: on the first and on the last day of each.
    #[inline(never)]
    fn states(&self) -> Result<(), OpenError> {
        let organizations = self.count(RecordKind::Organization);
        list(&self.tables.states, organizations)?;
        for id in 0..organizations {
            let rows = self.tables.states.get(id);
            ensure(rows.is_sorted_by(|a, b| StateRow::from(a) < StateRow::from(b)), OpenError::Order)?;
            let first = rows.first().map_or(CivilDay::MAX, StateRow::from);
            if first > CivilDay::MIN {
                ensure(self.state(id, first.previous()).exists.is_none(), OpenError::Value)?;
            }
            let ends = rows.iter().skip(1).map(|row| StateRow::from(row).previous()).chain([CivilDay::MAX]);
            for (row, end) in rows.iter().zip(ends) {
                let begin = StateRow::from(row);
                let same = |day| StateRow { from: begin, ..self.state(id, day) }.to_row() == *row;
                ensure(same(begin) && same(end), OpenError::Value)?;
            }
        }
        Ok(())
    }

    #[inline(never)]
    fn state(&self, organization: u32, day: CivilDay) -> StateRow {
        // Milestones have no periods, and organisations come behind them.
        let periods = |id| self.tables.periods.get(id);
        StateRow::of(periods(organization), periods, day)
    }

    #[inline(never)]
    fn subkinds(&self) -> Result<(), OpenError> {
        ensure(self.tables.subkinds.len() as u32 == self.records, OpenError::Size)?;
        for (number, byte) in self.tables.subkinds.iter().enumerate() {
            let known = match self.kind_of(number as u32) {
                Some(RecordKind::Milestone) => MilestoneKind::from_byte(*byte).is_some(),
                Some(RecordKind::Site) => SiteKind::from_byte(*byte).is_some(),
                Some(RecordKind::Document) => DocumentKind::from_byte(*byte).is_some(),
                Some(RecordKind::Statement) => StatementKind::from_byte(*byte).is_some(),
                _ => *byte == 0,
            };
            ensure(known, OpenError::Value)?;
        }
        Ok(())
    }

    #[inline(never)]
    fn details(&self) -> Result<(), OpenError> {
        stretches(&self.tables.details, self.records)?;
        if self.tables.details.starts.is_empty() {
            return Ok(());
        }
        (0..self.records).try_for_each(|number| self.claims(self.detail(number)?))
    }

    /// Checks what only a detail screen needs of a record, and gives the dates that its sources say.
    #[inline(never)]
    fn detail(&self, number: u32) -> Result<&[u8], OpenError> {
        let bytes = self.tables.details.get(number).ok_or(OpenError::Size)?;
        let (record, rest) = postcard::take_from_bytes::<DetailRecord<'_>>(bytes).map_err(|_| OpenError::Value)?;
        ensure(rest.is_empty(), OpenError::Value)?;
        ensure(record.descriptive >> MAX_LANGUAGES == 0, OpenError::Value)?;
        let bodies = [record.summary, record.note, record.address];
        ensure(bodies.into_iter().all(|body| self.has_bodies(body)), OpenError::Reference)?;
        Ok(record.claims)
    }

    #[inline(never)]
    fn claims(&self, mut claims: &[u8]) -> Result<(), OpenError> {
        while !claims.is_empty() {
            let (claim, rest) = postcard::take_from_bytes::<ClaimRecord>(claims).map_err(|_| OpenError::Value)?;
            ensure(claim.certainty().is_some() && claim.date().is_sound(), OpenError::Value)?;
            ensure(self.sources == 0 || claim.source < self.sources, OpenError::Reference)?;
            claims = rest;
        }
        Ok(())
    }

    #[inline(never)]
    fn source_tables(&self) -> Result<(), OpenError> {
        let sources = &self.tables.sources;
        if self.sources == 0 {
            let nothing = sources.citations.rows.is_empty() && sources.subkinds.is_empty();
            return ensure(nothing, OpenError::Size);
        }
        ensure(sources.subkinds.len() as u32 == self.sources, OpenError::Size)?;
        let known = |byte: &u8| SourceKind::from_byte(byte & !WEAK_SOURCE).is_some();
        ensure(sources.subkinds.iter().all(known), OpenError::Value)?;
        ensure(sources.addresses.spans.len() as u32 == self.sources, OpenError::Size)?;
        strings(&sources.addresses)?;
        list(&sources.periods, self.sources)?;
        sources.periods.rows.iter().try_for_each(|row| self.period(row))?;
        list(&sources.citations, self.records)?;
        for row in sources.citations.rows {
            let row = LinkRow::from_row(row);
            ensure(Certainty::from_byte(row.tag).is_some(), OpenError::Value)?;
            ensure(row.id < self.sources, OpenError::Reference)?;
        }
        list(&sources.cited_by, self.sources)?;
        for row in sources.cited_by.rows {
            let row = LinkRow::from_row(row);
            let kind = RecordKind::from_byte(row.tag).ok_or(OpenError::Value)?;
            ensure(kind != RecordKind::Source && row.id < self.count(kind), OpenError::Reference)?;
        }
        Ok(())
    }

    /// What search needs is whole. Whether a list names the right records is not asked: it only proposes.
    #[inline(never)]
    fn search(&self) -> Result<(), OpenError> {
        Self::ranks(self.tables.ranks, self.records, |number| self.begin(number))?;
        let sources = &self.tables.sources;
        Self::ranks(sources.ranks, self.sources, |id| begin(sources.periods.get(id)))?;
        ensure(Folds::is_sound(self.tables.folds), OpenError::Value)?;
        for language in &self.tables.languages {
            index(language.search_index, self.tables.ranks.len())?;
            index(language.source_search_index, self.tables.sources.ranks.len())?;
        }
        Ok(())
    }

    /// Glyphs of any size are those of all characters, which are the alphabet's where the texts are dense; and it is told
    /// where lines break, or not.
    #[inline(never)]
    fn glyphs(&self) -> Result<(), OpenError> {
        let (table, alphabet) = (self.tables.glyphs.characters(), self.tables.alphabet.characters());
        ensure(table.is_empty() || alphabet.is_empty() && CharacterSet::is_table(table), OpenError::Value)?;
        let count = if table.is_empty() { alphabet.len() } else { CharacterSet::new(table).len() };
        for size in GlyphSize::ALL {
            let glyphs = self.tables.glyphs.table(*size);
            ensure(glyphs.is_empty() || GlyphTable::is_sound(glyphs, *size, count), OpenError::Value)?;
        }
        let breaks = self.tables.glyphs.breaks();
        ensure(breaks.is_empty() || Breaks::is_sound(breaks), OpenError::Value)
    }

    /// Every record is there, or none is: shorter titles first, then in order of time. Whoever is in order is there once.
    #[inline(never)]
    fn ranks(ranks: &[[u32; LinkRow::WORDS]], records: u32, begin: impl Fn(u32) -> Day) -> Result<(), OpenError> {
        if ranks.is_empty() {
            return Ok(());
        }
        ensure(ranks.len() as u32 == records, OpenError::Size)?;
        let rows = || ranks.iter().map(LinkRow::from_row);
        ensure(rows().all(|row| row.id < records && u32::from(row.tag) <= u32::BITS), OpenError::Reference)?;
        let rank = |row: LinkRow| (row.tag, begin(row.id), row.id);
        ensure(rows().zip(rows().skip(1)).all(|(a, b)| rank(a) < rank(b)), OpenError::Order)
    }

    /// The day from which a record's place in time counts.
    #[inline(never)]
    fn begin(&self, number: u32) -> Day {
        match self.tables.milestones.get(number as usize) {
            Some(row) => MilestoneRow::earliest(row),
            None => begin(self.tables.periods.get(number.wrapping_sub(self.tables.milestones.len() as u32))),
        }
    }

    #[inline(never)]
    fn manifest(&self) -> Result<(), OpenError> {
        let record: ManifestRecord = postcard::from_bytes(self.tables.manifest).map_err(|_| OpenError::Value)?;
        let as_of = nenpyo_schema::PackedEdtf { points: record.as_of, form: record.as_of_form };
        ensure(as_of.is_sound(), OpenError::Value)?;
        let texts = [record.name, record.credit, record.notice, record.licence];
        ensure(texts.into_iter().all(|text| self.has_names(text)), OpenError::Reference)?;
        let organizations = self.count(RecordKind::Organization);
        ensure(record.subject.is_none_or(|subject| subject < organizations), OpenError::Reference)
    }
}

/// The earliest begin and the latest end of a date.
#[inline(never)]
fn outer_days(date: PackedEdtf) -> (Day, Day) {
    let days = date.read().days();
    (days.begin_earliest, days.end_latest)
}

/// The first day that may be the first of the existence that these periods begin with; the last of all if none is known.
#[inline(never)]
fn begin(periods: &[[u32; PeriodRow::WORDS]]) -> Day {
    let first = periods.first().filter(|row| PeriodRow::aspect(row) == Aspect::Existence as u8);
    match first.map(|row| PeriodRow::from_row(row).from) {
        Some(PackedEnd::Date(date)) => outer_days(date).0,
        _ => Day::MAX,
    }
}

/// An index is sound, and of as many documents as are ranked; or there is none.
#[inline(never)]
fn index(bytes: &[u8], documents: usize) -> Result<(), OpenError> {
    // What is not read need not be sound.
    if bytes.is_empty() || !cfg!(feature = "search-index") {
        return Ok(());
    }
    ensure(SearchIndex::is_sound(bytes), OpenError::Value)?;
    let read = SearchIndex::read(bytes).map(|index| index.documents as usize);
    ensure(documents == 0 || read == Some(documents), OpenError::Size)
}

/// Every record is found under its own key; under older ones, too, some are.
#[inline(never)]
fn keys(
    index: &Lists<'_, { KeyRow::WORDS }>,
    keys: &[u32],
    records: u32,
    number: impl Fn(LinkRow) -> Option<u32>,
) -> Result<(), OpenError> {
    ensure(keys.len() as u32 == records, OpenError::Size)?;
    let lists = (index.starts.len() as u32).saturating_sub(1);
    if lists == 0 {
        return ensure(index.starts.is_empty() && index.rows.is_empty() && records == 0, OpenError::Size);
    }
    ensure(lists.is_power_of_two(), OpenError::Size)?;
    list(index, lists)?;
    for at in 0..lists {
        let rows = index.get(at);
        ensure(rows.iter().all(|row| KeyRow::list(KeyRow::hash(row), lists) == at), OpenError::Order)?;
        ensure(rows.is_sorted_by(|a, b| KeyRow::hash(a) < KeyRow::hash(b)), OpenError::Order)?;
    }
    // No key is there twice, so that every record has its own if as many rows are that of their record.
    let is_own = |row: &&[u32; KeyRow::WORDS]| {
        let KeyRow { hash, record } = KeyRow::from_row(row);
        let key = number(record).and_then(|number| keys.get(number as usize));
        key.is_some_and(|key| u32::from_le(*key) == hash)
    };
    ensure(index.rows.iter().filter(is_own).count() == keys.len(), OpenError::Reference)
}

/// Every text exists.
#[inline(never)]
fn strings(strings: &Strings<'_>) -> Result<(), OpenError> {
    let mut numbers = 0..strings.spans.len() as u32;
    ensure(numbers.all(|number| strings.get(number).is_some()), OpenError::Text)
}

/// Where each begins goes up from zero to the end; or there is none at all.
fn starts(starts: &[u32], things: u32, end: usize) -> Result<(), OpenError> {
    let at = |start: &u32| u32::from_le(*start);
    match (starts.first(), starts.last()) {
        (None, None) => ensure(end == 0, OpenError::Size),
        (Some(first), Some(last)) => {
            ensure(starts.len() as u64 == u64::from(things) + 1, OpenError::Size)?;
            ensure(at(first) == 0 && at(last) as usize == end, OpenError::Size)?;
            ensure(starts.is_sorted_by_key(at), OpenError::Order)
        }
        _ => Ok(()),
    }
}

fn list<const N: usize>(lists: &Lists<'_, N>, things: u32) -> Result<(), OpenError> {
    ensure(things == 0 || !lists.starts.is_empty(), OpenError::Size)?;
    starts(lists.starts, things, lists.rows.len())
}

fn stretches(stretches: &Stretches<'_>, things: u32) -> Result<(), OpenError> {
    starts(stretches.starts, things, stretches.bytes.len())
}

/// Every stretch of ruby lies on whole characters of its text and has a reading; of one text after the other.
#[inline(never)]
fn ruby<'a>(
    ruby: &Stretches<'_>,
    readings: &Texts<'_>,
    texts: [&Texts<'a>; 2],
    coding: Coding<'a>,
) -> Result<(), OpenError> {
    let [first, second] = texts.map(|texts| texts.spans.len() as u32);
    stretches(ruby, first.saturating_add(second))?;
    if ruby.starts.is_empty() {
        return Ok(());
    }
    let [names, bodies] = texts;
    for (texts, count, before) in [(names, first, 0), (bodies, second, first)] {
        for number in 0..count {
            let spans = ruby.get(before.saturating_add(number)).ok_or(OpenError::Size)?;
            ruby_of(spans, texts.get(number, coding).unwrap_or(Plain::EMPTY), readings)?;
        }
    }
    Ok(())
}

#[inline(never)]
fn ruby_of(mut spans: &[u8], text: Plain<'_>, readings: &Texts<'_>) -> Result<(), OpenError> {
    let mut rest = text;
    while !spans.is_empty() {
        let (span, more) = RubyRecord::take(spans).ok_or(OpenError::Value)?;
        spans = more;
        rest.take_front(usize::from(span.gap)).ok_or(OpenError::Text)?;
        rest.take_front(usize::from(span.length)).ok_or(OpenError::Text)?;
        ensure((span.reading as usize) < readings.spans.len(), OpenError::Reference)?;
    }
    Ok(())
}
