//! Decodes every record again and compares it with what went in, before anything is written. Host only.

use std::ops::Range;

use nenpyo_schema::fold::Folds;
use nenpyo_schema::search::SearchIndex;
use nenpyo_schema::{
    ClaimRecord, Coding, DetailRecord, KeyRow, Language, LinkRow, ManifestRecord, MilestoneRow, PeriodRow, Plain,
    RecordKind, RubyRecord, Stretches, Tables, Texts,
};

use crate::crew::Crew;
use crate::emit::{Compiled, Split, source_texts};
use crate::lower::{Detail, Lowered, hash};
use crate::problem::Error;

/// Reads the emitted tables with the code that the target uses.
pub(crate) fn every_record_reads_back(compiled: &Compiled, crew: &Crew) -> Result<(), Error> {
    let lowered = &compiled.lowered;
    let texts = lowered.languages.len() * (lowered.names.len() + lowered.bodies.len());
    crew.begin("reading it back", lowered.records.len() + texts);
    told(first_difference(lowered, &read(compiled)?, crew))
}

/// The same of the texts that are there, whatever was left out.
pub(crate) fn every_text_reads_back(compiled: &Compiled) -> Result<(), Error> {
    told(text_difference(&compiled.lowered, &read(compiled)?, &Crew::new()))
}

fn read(compiled: &Compiled) -> Result<Tables<'_>, Error> {
    let part = |id, language| compiled.bytes(id, language);
    let mut tables = Tables::EMPTY;
    tables
        .lay_over(&compiled.lowered.counts, &compiled.languages(), part)
        .map_err(|error| Error::internal(&format!("the tables do not open: {error:?}")))?;
    Ok(tables)
}

fn told(difference: Option<String>) -> Result<(), Error> {
    match difference {
        None => Ok(()),
        Some(what) => Err(Error::internal(&format!("{what} does not read back as it was written"))),
    }
}

fn first_difference(lowered: &Lowered, tables: &Tables<'_>, crew: &Crew) -> Option<String> {
    if postcard::from_bytes::<ManifestRecord>(tables.manifest).ok() != Some(lowered.manifest) {
        return Some("the manifest".to_owned());
    }
    let differs = |number: &usize| !record_reads_back(lowered, tables, *number);
    first(crew, lowered.records.len(), differs)
        .map(|number| format!("`{}`", lowered.records[number].slug))
        .or_else(|| source_difference(lowered, tables))
        .or_else(|| text_difference(lowered, tables, crew))
        .or_else(|| search_difference(tables))
}

/// The first of so many numbers that is one of those.
fn first(crew: &Crew, count: usize, is_one: impl Fn(&usize) -> bool + Sync) -> Option<usize> {
    let of_share = |mut share: Range<usize>| {
        crew.advance(share.len());
        share.find(&is_one)
    };
    crew.shares(count, of_share).into_iter().flatten().next()
}

fn record_reads_back(lowered: &Lowered, tables: &Tables<'_>, number: usize) -> bool {
    let (at, record) = (number as u32, &lowered.records[number]);
    let links = tables.links.get(at).iter().map(LinkRow::from_row).eq(record.links.iter().copied());
    let referrers = tables.referrers.get(at).iter().map(LinkRow::from_row).eq(record.referrers.iter().copied());
    let citations = lowered.sources.is_empty()
        || tables.sources.citations.get(at).iter().map(LinkRow::from_row).eq(record.citations.iter().copied());
    let periods = match number.checked_sub(lowered.milestones.len()) {
        Some(at) => {
            let rows = tables.periods.get(at as u32).iter().map(PeriodRow::from_row);
            rows.eq(record.periods.iter().copied())
        }
        None => tables.milestones.get(number).map(MilestoneRow::from_row) == lowered.milestones.get(number).copied(),
    };
    let place = Some(lowered.place(number).to_word());
    let mut slugs = std::iter::once(&record.slug).chain(&record.aliases);
    links
        && referrers
        && citations
        && periods
        && slugs.all(|slug| KeyRow::find(&tables.key_index, hash(slug)) == place)
        && tables.subkinds.get(number) == Some(&record.subkind)
        && tables.slugs.get(at) == Some(record.slug.as_str())
        && detail_reads_back(tables.details.get(at), &record.detail)
}

fn detail_reads_back(bytes: Option<&[u8]>, detail: &Detail) -> bool {
    let Some(record) = bytes.and_then(|bytes| postcard::from_bytes::<DetailRecord<'_>>(bytes).ok()) else {
        return false;
    };
    let mut rest = record.claims;
    let same_claims = detail.claims.iter().all(|claim| match postcard::take_from_bytes::<ClaimRecord>(rest) {
        Ok((read, more)) => {
            rest = more;
            read == *claim && read.date().unpack().is_some()
        }
        Err(_) => false,
    });
    same_claims
        && rest.is_empty()
        && record.summary == detail.summary
        && record.note == detail.note
        && record.address == detail.address
        && record.descriptive == detail.descriptive
}

/// What search needs is whole; that it finds everything is a test of its own.
fn search_difference(tables: &Tables<'_>) -> Option<String> {
    if !Folds::is_sound(tables.folds) {
        return Some("the table of folds".to_owned());
    }
    for language in tables.languages.iter().filter(|language| language.language != Language::NONE) {
        let indexes = [language.search_index, language.source_search_index];
        if indexes.into_iter().any(|index| !index.is_empty() && !SearchIndex::is_sound(index)) {
            return Some(format!("the search index of `{}`", language.language));
        }
    }
    None
}

fn source_difference(lowered: &Lowered, tables: &Tables<'_>) -> Option<String> {
    for (id, source) in lowered.sources.iter().enumerate() {
        let at = id as u32;
        let place = LinkRow { id: at, tag: RecordKind::Source.byte() };
        let periods = tables.sources.periods.get(at).iter().map(PeriodRow::from_row);
        let cited_by = tables.sources.cited_by.get(at).iter().map(LinkRow::from_row);
        let same = periods.eq(source.periods.iter().copied())
            && cited_by.eq(source.cited_by.iter().copied())
            && std::iter::once(&source.slug)
                .chain(&source.aliases)
                .all(|slug| KeyRow::find(&tables.sources.key_index, hash(slug)) == Some(place.to_word()))
            && tables.sources.subkinds.get(id) == Some(&source.subkind)
            && tables.slugs.get(lowered.records.len() as u32 + at) == Some(source.slug.as_str())
            && tables.sources.addresses.get(at) == Some(source.address.as_str());
        if !same {
            return Some(format!("`{}`", source.slug));
        }
    }
    None
}

fn text_difference(lowered: &Lowered, tables: &Tables<'_>, crew: &Crew) -> Option<String> {
    let Lowered { names, bodies, .. } = lowered;
    for (position, (language, read)) in lowered.languages.iter().zip(&tables.languages).enumerate() {
        let coding = tables.coding();
        let of = |texts, ruby, first: usize| Read { texts, ruby, first, readings: read.readings, coding };
        let in_names = of(read.names, read.ruby, 0);
        let in_bodies = of(read.bodies, read.ruby, names.len());
        let in_sources = of(read.source_texts, read.source_ruby, 0);
        let name = |number: &usize| !in_names.has(&names[*number][position], *number);
        let body = |number: &usize| !in_bodies.has(&bodies[*number][position], *number);
        let mut sources = source_texts(lowered, position).enumerate();
        let differs = first(crew, names.len(), name).or_else(|| first(crew, bodies.len(), body)).is_some()
            || !sources.all(|(number, text)| in_sources.has(text, number));
        if differs {
            return Some(format!("a text in `{language}`"));
        }
    }
    None
}

/// Texts as they were emitted.
#[derive(Clone, Copy)]
struct Read<'a> {
    texts: Texts<'a>,
    ruby: Stretches<'a>,
    /// The number of the first one among the ruby.
    first: usize,
    readings: Texts<'a>,
    coding: Coding<'a>,
}

impl Read<'_> {
    /// Whether this is the text with this number, or none was wanted.
    fn has(&self, marked: &str, number: usize) -> bool {
        if self.texts.spans.is_empty() {
            return true;
        }
        let split = Split::of(marked);
        let Some(text) = self.texts.get(number as u32, self.coding) else { return false };
        // Where ruby was left out, the text is all there is.
        let has_ruby = !self.ruby.starts.is_empty();
        text == *split.plain
            && text.chars().rev().eq(split.plain.chars().rev())
            && (!has_ruby || self.has_ruby(&split, text, number))
    }

    fn has_ruby(&self, split: &Split, mut text: Plain<'_>, number: usize) -> bool {
        let mut rest = self.ruby.get((self.first + number) as u32).unwrap_or_default();
        let mut take = |length: u16| text.take_front(usize::from(length));
        let pieces = split.pieces();
        let same = pieces.chunks_exact(2).zip(&split.ruby).all(|(pieces, (_, _, reading))| {
            let Some((span, more)) = RubyRecord::take(rest) else { return false };
            rest = more;
            let (gap, base) = (take(span.gap), take(span.length));
            gap.is_some_and(|gap| gap == *pieces[0])
                && base.is_some_and(|base| base == *pieces[1])
                && self.readings.get(span.reading, self.coding).is_some_and(|read| read == **reading)
        });
        same && rest.is_empty()
    }
}
