//! Decodes every record again and compares it with what went in, before anything is written. Host only.

use nenpyo_schema::fold::Folds;
use nenpyo_schema::search::SearchIndex;
use nenpyo_schema::{
    ClaimRecord, DetailRecord, KeyRow, Language, LinkRow, ManifestRecord, MilestoneRow, PeriodRow, RecordKind,
    RubyRecord, Stretches, Strings, Tables,
};

use crate::emit::{Compiled, Split, source_texts};
use crate::lower::{Detail, Lowered, Marked, hash};
use crate::problem::Error;

/// Reads the emitted tables with the code that the target uses.
pub(crate) fn every_record_reads_back(compiled: &Compiled) -> Result<(), Error> {
    let lowered = &compiled.lowered;
    let part = |id, language| compiled.bytes(id, language);
    let mut tables = Tables::EMPTY;
    tables
        .lay_over(&lowered.counts, &compiled.languages(), part)
        .map_err(|error| Error::internal(&format!("the tables do not open: {error:?}")))?;
    match first_difference(lowered, &tables) {
        None => Ok(()),
        Some(what) => Err(Error::internal(&format!("{what} does not read back as it was written"))),
    }
}

fn first_difference(lowered: &Lowered, tables: &Tables<'_>) -> Option<String> {
    if postcard::from_bytes::<ManifestRecord>(tables.manifest).ok() != Some(lowered.manifest) {
        return Some("the manifest".to_owned());
    }
    for (number, (place, record)) in lowered.numbered().enumerate() {
        let at = number as u32;
        let links = tables.links.get(at).iter().map(LinkRow::from_row).eq(record.links.iter().copied());
        let referrers = tables.referrers.get(at).iter().map(LinkRow::from_row).eq(record.referrers.iter().copied());
        let citations = lowered.sources.is_empty()
            || tables.sources.citations.get(at).iter().map(LinkRow::from_row).eq(record.citations.iter().copied());
        let periods = match number.checked_sub(lowered.milestones.len()) {
            Some(at) => {
                let rows = tables.periods.get(at as u32).iter().map(PeriodRow::from_row);
                rows.eq(record.periods.iter().copied())
            }
            None => {
                tables.milestones.get(number).map(MilestoneRow::from_row) == lowered.milestones.get(number).copied()
            }
        };
        let same = links
            && referrers
            && citations
            && periods
            && std::iter::once(&record.slug)
                .chain(&record.aliases)
                .all(|slug| KeyRow::find(&tables.key_index, hash(slug)) == Some(place.to_word()))
            && tables.subkinds.get(number) == Some(&record.subkind)
            && tables.slugs.get(at) == Some(record.slug.as_str())
            && detail_reads_back(tables.details.get(at), &record.detail);
        if !same {
            return Some(format!("`{}`", record.slug));
        }
    }
    source_difference(lowered, tables)
        .or_else(|| text_difference(lowered, tables))
        .or_else(|| search_difference(tables))
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

fn text_difference(lowered: &Lowered, tables: &Tables<'_>) -> Option<String> {
    for (position, (language, read)) in lowered.languages.iter().zip(&tables.languages).enumerate() {
        let of = |texts: &[Marked]| texts.iter().map(|text| text[position].clone()).collect::<Vec<_>>();
        let (names, bodies) = (of(&lowered.names), of(&lowered.bodies));
        let sources: Vec<String> = source_texts(lowered, position).map(str::to_owned).collect();
        let ruby = |first: usize| move |number: u32| (read.ruby, number + first as u32);
        let source_ruby = |number: u32| (read.source_ruby, number);
        let same = texts_read_back(&names, read.names, read.readings, ruby(0))
            && texts_read_back(&bodies, read.bodies, read.readings, ruby(names.len()))
            && texts_read_back(&sources, read.source_texts, read.readings, source_ruby);
        if !same {
            return Some(format!("a text in `{language}`"));
        }
    }
    None
}

fn texts_read_back<'a>(
    texts: &[String],
    read: Strings<'_>,
    readings: Strings<'_>,
    ruby: impl Fn(u32) -> (Stretches<'a>, u32),
) -> bool {
    texts.iter().enumerate().all(|(number, marked)| {
        let split = Split::of(marked);
        let (stretches, at) = ruby(number as u32);
        let mut rest = stretches.get(at).unwrap_or_default();
        let same_ruby = split.ruby.iter().all(|(gap, length, reading)| {
            let Some((span, more)) = RubyRecord::take(rest) else { return false };
            rest = more;
            (span.gap, span.length) == (*gap, *length) && readings.get(span.reading) == Some(reading.as_str())
        });
        same_ruby && rest.is_empty() && read.get(number as u32) == Some(split.plain.as_str())
    })
}
