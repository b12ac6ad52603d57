//! Opening a chronicle from bytes that may be anything: checked once, then trusted. Runs on the target.

use core::fmt;

use nenpyo_schema::{
    Aspect, Certainty, ClaimRecord, DetailRecord, DocumentKind, FORMAT, KINDS, KeyRow, Language, LanguageTables,
    LinkKind, LinkRow, Lists, MAGIC, MAX_LANGUAGES, MAX_NESTING, ManifestRecord, MilestoneKind, MilestoneRow,
    OrganizationKind, PackedEnd, ParentRelation, PartError, PeriodRow, RecordKind, ReferrerKind, RubyRecord, SiteKind,
    SourceKind, StatementKind, Stretches, Strings, TableId, Tables, WEAK_SOURCE, file,
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
    /// There are fewer or more bytes than the file says.
    Length,
    /// The checksum does not match: a byte has changed.
    Checksum,
    /// The directory points outside the file.
    Directory,
    /// A table has the wrong size.
    Size,
    /// A text is not UTF-8, or a stretch of one does not exist.
    Text,
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
            Self::Length => "the chronicle file is cut off or too long",
            Self::Checksum => "the chronicle file is damaged: its checksum does not match",
            Self::Directory => "the directory of the chronicle file points outside it",
            Self::Size => "a table of the chronicle file has the wrong size",
            Self::Text => "a text of the chronicle file is broken",
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
        let header = Header::read(bytes)?;
        let part = |table: TableId, language: usize| header.part(table as u8, language);
        let tables = Tables::from_parts(header.counts, header.languages, part).map_err(|error| match error {
            PartError::Ragged => OpenError::Size,
            PartError::Utf8 => OpenError::Text,
        })?;
        check(&tables)?;
        Ok(Self::baked(tables))
    }
}

/// The header and directory of a file.
struct Header<'a> {
    bytes: &'a [u8],
    directory: &'a [[u8; file::ENTRY]],
    counts: [u32; KINDS],
    languages: [Language; MAX_LANGUAGES],
}

impl<'a> Header<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, OpenError> {
        if !bytes.starts_with(&MAGIC) {
            return Err(OpenError::NotAChronicle);
        }
        let (header, rest) = bytes.split_first_chunk::<{ file::HEADER }>().ok_or(OpenError::Length)?;
        let word = |at: usize| header.get(at..).and_then(|bytes| bytes.first_chunk()).copied().unwrap_or_default();
        let number = |at: usize| u32::from_le_bytes(word(at));
        if u16::from_le_bytes([header[6], header[7]]) != FORMAT {
            return Err(OpenError::Format);
        }
        if usize::try_from(number(12)) != Ok(bytes.len()) {
            return Err(OpenError::Length);
        }
        let covered = bytes.get(file::CHECKSUM + 4..).ok_or(OpenError::Length)?;
        if file::checksum(covered) != number(file::CHECKSUM) {
            return Err(OpenError::Checksum);
        }
        let mut counts = [0; KINDS];
        for (kind, count) in counts.iter_mut().enumerate() {
            *count = number(16 + 4 * kind);
        }
        let mut languages = [Language::NONE; MAX_LANGUAGES];
        for (position, language) in languages.iter_mut().enumerate() {
            let tag = word(44 + 4 * position);
            *language = match tag {
                [0, 0, 0, 0] => Language::NONE,
                tag => Language::from_bytes(tag).ok_or(OpenError::Value)?,
            };
        }
        let entries = usize::from(u16::from_le_bytes([header[60], header[61]]));
        let (directory, _) = rest.as_chunks::<{ file::ENTRY }>();
        let directory = directory.get(..entries).ok_or(OpenError::Directory)?;
        let read = Self { bytes, directory, counts, languages };
        read.check_directory()?;
        Ok(read)
    }

    fn check_directory(&self) -> Result<(), OpenError> {
        let sorted = self.directory.is_sorted_by(|a, b| (a[0], a[1]) < (b[0], b[1]));
        let inside = self.directory.iter().all(|entry| self.stretch(entry).is_some());
        if sorted && inside { Ok(()) } else { Err(OpenError::Directory) }
    }

    fn stretch(&self, entry: &[u8; file::ENTRY]) -> Option<&'a [u8]> {
        let start = u32::from_le_bytes([entry[4], entry[5], entry[6], entry[7]]) as usize;
        let length = u32::from_le_bytes([entry[8], entry[9], entry[10], entry[11]]) as usize;
        self.bytes.get(start..start.checked_add(length)?)
    }

    fn part(&self, table: u8, language: usize) -> &'a [u8] {
        let entry = self.directory.iter().find(|entry| entry[0] == table && usize::from(entry[1]) == language);
        entry.and_then(|entry| self.stretch(entry)).unwrap_or_default()
    }
}

/// An error unless the condition holds.
fn ensure(holds: bool, error: OpenError) -> Result<(), OpenError> {
    if holds { Ok(()) } else { Err(error) }
}

fn check(tables: &Tables<'_>) -> Result<(), OpenError> {
    let records = tables.counts.iter().try_fold(0_u32, |sum, count| sum.checked_add(*count)).ok_or(OpenError::Size)?;
    ensure(records < LinkRow::ID_LIMIT, OpenError::Size)?;
    let check = Check { tables, records, sources: tables.sources.keys.len() as u32 };
    check.languages()?;
    keys(tables.key_index, tables.keys, records)?;
    keys(tables.sources.key_index, tables.sources.keys, check.sources)?;
    ensure(
        tables.slugs.spans.is_empty() || tables.slugs.spans.len() as u32 == records + check.sources,
        OpenError::Size,
    )?;
    strings(tables.slugs)?;
    check.milestones()?;
    check.links()?;
    check.periods()?;
    check.subkinds()?;
    check.details()?;
    check.source_tables()?;
    check.manifest()
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
            for pool in [language.names, language.bodies, language.readings, language.source_texts] {
                strings(pool)?;
            }
            let bodies = language.bodies.spans.len();
            let text = |number: usize| {
                let body = number.checked_sub(language.names.spans.len());
                body.map_or(language.names.get(number as u32), |body| language.bodies.get(body as u32))
            };
            ruby(language.ruby, language.readings, language.names.spans.len() + bodies, text)?;
            let source = |number: usize| language.source_texts.get(number as u32);
            ruby(language.source_ruby, language.readings, texts, source)?;
        }
        Ok(())
    }

    fn milestones(&self) -> Result<(), OpenError> {
        let rows = self.tables.milestones;
        ensure(rows.len() as u32 == self.count(RecordKind::Milestone), OpenError::Size)?;
        let place = |row: &[u8; MilestoneRow::BYTES]| (MilestoneRow::earliest(row), MilestoneRow::latest(row));
        ensure(rows.is_sorted_by_key(place), OpenError::Order)?;
        let mut long = self.tables.long_milestones.iter();
        let mut latest_so_far = nenpyo_schema::Day::MIN;
        for (id, row) in rows.iter().enumerate() {
            let row = MilestoneRow::from_bytes(row);
            let days = row.date.unpack().ok_or(OpenError::Value)?.days();
            ensure((row.earliest, row.latest) == (days.begin_earliest, days.end_latest), OpenError::Value)?;
            if MilestoneRow::is_long(row.earliest, row.latest) {
                ensure(long.next().is_some_and(|long| u32::from_le_bytes(*long) as usize == id), OpenError::Order)?;
            } else {
                latest_so_far = latest_so_far.max(row.latest);
            }
            ensure(row.latest_so_far == latest_so_far, OpenError::Order)?;
        }
        ensure(long.next().is_none(), OpenError::Order)
    }

    fn links(&self) -> Result<(), OpenError> {
        list(self.tables.links, self.records)?;
        list(self.tables.referrers, self.records)?;
        for number in 0..self.records {
            let kind = self.kind_of(number).ok_or(OpenError::Reference)?;
            let links = self.tables.links.get(number);
            ensure(links.is_sorted_by_key(|row| LinkKind::group(LinkRow::from_bytes(row).tag)), OpenError::Order)?;
            for row in links {
                let row = LinkRow::from_bytes(row);
                let link = LinkKind::from_tag(row.tag).ok_or(OpenError::Value)?;
                ensure(row.id < self.count(link.target(kind)), OpenError::Reference)?;
                if matches!(link, LinkKind::PartOf | LinkKind::Within) {
                    self.nesting(link, kind, number)?;
                }
            }
            let referrers = self.tables.referrers.get(number);
            let place = |row: &[u8; LinkRow::BYTES]| {
                let row = LinkRow::from_bytes(row);
                (row.tag, row.id)
            };
            ensure(referrers.is_sorted_by(|a, b| place(a) < place(b)), OpenError::Order)?;
            for row in referrers {
                let row = LinkRow::from_bytes(row);
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
            let rows = self.tables.links.get(number).iter().map(LinkRow::from_bytes);
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

    fn periods(&self) -> Result<(), OpenError> {
        let milestones = self.count(RecordKind::Milestone);
        let dated = self.records.saturating_sub(milestones);
        list(self.tables.periods, dated)?;
        for at in 0..dated {
            let rows = self.tables.periods.get(at);
            ensure(rows.is_sorted_by_key(|row| PeriodRow::from_bytes(row).aspect), OpenError::Order)?;
            for row in rows {
                self.period(&PeriodRow::from_bytes(row))?;
            }
        }
        Ok(())
    }

    fn period(&self, row: &PeriodRow) -> Result<(), OpenError> {
        for end in [row.from, row.to] {
            if let PackedEnd::Date(date) = end {
                ensure(date.unpack().is_some(), OpenError::Value)?;
            }
        }
        let organizations = self.count(RecordKind::Organization);
        let byte = u8::try_from(row.value).ok();
        match Aspect::from_byte(row.aspect).ok_or(OpenError::Value)? {
            Aspect::Existence => Ok(()),
            Aspect::Name | Aspect::ShortName => ensure(self.has_names(row.value), OpenError::Reference),
            Aspect::Kind => ensure(byte.and_then(OrganizationKind::from_byte).is_some(), OpenError::Value),
            Aspect::Supervisor => ensure(row.value < organizations, OpenError::Reference),
            Aspect::Parent => {
                let parent = LinkRow::from_bytes(&row.value.to_le_bytes());
                ensure(ParentRelation::from_byte(parent.tag).is_some(), OpenError::Value)?;
                ensure(parent.id < organizations, OpenError::Reference)
            }
        }
    }

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

    fn details(&self) -> Result<(), OpenError> {
        let details = self.tables.details;
        stretches(details, self.records)?;
        if details.starts.is_empty() {
            return Ok(());
        }
        for number in 0..self.records {
            let bytes = details.get(number).ok_or(OpenError::Size)?;
            let (record, rest) = postcard::take_from_bytes::<DetailRecord<'_>>(bytes).map_err(|_| OpenError::Value)?;
            ensure(rest.is_empty(), OpenError::Value)?;
            let bodies = [record.summary, record.note, record.address];
            ensure(bodies.into_iter().all(|body| self.has_bodies(body)), OpenError::Reference)?;
            let mut claims = record.claims;
            while !claims.is_empty() {
                let (claim, rest) = postcard::take_from_bytes::<ClaimRecord>(claims).map_err(|_| OpenError::Value)?;
                ensure(claim.certainty().is_some() && claim.date().unpack().is_some(), OpenError::Value)?;
                ensure(self.sources == 0 || claim.source < self.sources, OpenError::Reference)?;
                claims = rest;
            }
        }
        Ok(())
    }

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
        strings(sources.addresses)?;
        list(sources.periods, self.sources)?;
        for row in sources.periods.rows {
            self.period(&PeriodRow::from_bytes(row))?;
        }
        list(sources.citations, self.records)?;
        for row in sources.citations.rows {
            let row = LinkRow::from_bytes(row);
            ensure(Certainty::from_byte(row.tag).is_some(), OpenError::Value)?;
            ensure(row.id < self.sources, OpenError::Reference)?;
        }
        list(sources.cited_by, self.sources)?;
        for row in sources.cited_by.rows {
            let row = LinkRow::from_bytes(row);
            let kind = RecordKind::from_byte(row.tag).ok_or(OpenError::Value)?;
            ensure(kind != RecordKind::Source && row.id < self.count(kind), OpenError::Reference)?;
        }
        Ok(())
    }

    fn manifest(&self) -> Result<(), OpenError> {
        let record: ManifestRecord = postcard::from_bytes(self.tables.manifest).map_err(|_| OpenError::Value)?;
        let as_of = nenpyo_schema::PackedEdtf { points: record.as_of, form: record.as_of_form };
        ensure(as_of.unpack().is_some(), OpenError::Value)?;
        let texts = [record.name, record.credit, record.notice, record.licence];
        ensure(texts.into_iter().all(|text| self.has_names(text)), OpenError::Reference)?;
        let organizations = self.count(RecordKind::Organization);
        ensure(record.subject.is_none_or(|subject| subject < organizations), OpenError::Reference)
    }
}

/// Every record is found under its own key; under older ones, too, some are.
fn keys(index: &[[u8; KeyRow::BYTES]], keys: &[[u8; 4]], records: u32) -> Result<(), OpenError> {
    ensure(keys.len() as u32 == records, OpenError::Size)?;
    ensure(index.is_sorted_by(|a, b| KeyRow::hash(a) < KeyRow::hash(b)), OpenError::Order)?;
    ensure(index.iter().all(|row| KeyRow::from_bytes(row).record < records), OpenError::Reference)?;
    let found = |(number, key): (u32, &[u8; 4])| KeyRow::find(index, u32::from_le_bytes(*key)) == Some(number);
    ensure((0..records).zip(keys).all(found), OpenError::Reference)
}

/// Every text exists.
fn strings(strings: Strings<'_>) -> Result<(), OpenError> {
    let mut numbers = 0..strings.spans.len() as u32;
    ensure(numbers.all(|number| strings.get(number).is_some()), OpenError::Text)
}

/// Where each begins goes up from zero to the end; or there is none at all.
fn starts(starts: &[[u8; 4]], things: u32, end: usize) -> Result<(), OpenError> {
    let at = |start: &[u8; 4]| u32::from_le_bytes(*start);
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

fn list<const N: usize>(lists: Lists<'_, N>, things: u32) -> Result<(), OpenError> {
    ensure(things == 0 || !lists.starts.is_empty(), OpenError::Size)?;
    starts(lists.starts, things, lists.rows.len())
}

fn stretches(stretches: Stretches<'_>, things: u32) -> Result<(), OpenError> {
    starts(stretches.starts, things, stretches.bytes.len())
}

/// Every stretch of ruby lies on whole characters of its text and has a reading.
fn ruby<'a>(
    ruby: Stretches<'_>,
    readings: Strings<'_>,
    texts: usize,
    text: impl Fn(usize) -> Option<&'a str>,
) -> Result<(), OpenError> {
    stretches(ruby, texts as u32)?;
    if ruby.starts.is_empty() {
        return Ok(());
    }
    for number in 0..texts {
        let mut spans = ruby.get(number as u32).ok_or(OpenError::Size)?;
        let mut rest = text(number).unwrap_or_default();
        while !spans.is_empty() {
            let (span, more) = postcard::take_from_bytes::<RubyRecord>(spans).map_err(|_| OpenError::Value)?;
            spans = more;
            let (_, after) = rest.split_at_checked(usize::from(span.gap)).ok_or(OpenError::Text)?;
            let (_, after) = after.split_at_checked(usize::from(span.length)).ok_or(OpenError::Text)?;
            rest = after;
            ensure((span.reading as usize) < readings.spans.len(), OpenError::Reference)?;
        }
    }
    Ok(())
}
