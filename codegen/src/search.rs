//! What search needs ahead of time: the order of hits, the table of folds, the index. Host only.

mod folding;
mod index;

use nenpyo_schema::fold::SEPARATOR;
use nenpyo_schema::search::length_class;
use nenpyo_schema::{Aspect, Day, LinkRow, PackedEnd, PeriodRow, TableId};

use crate::crew::Crew;
use crate::emit::{Split, Table, bytes, push, source_texts};
use crate::lower::{Lowered, Record};

use folding::Folding;

/// Folded words of one text, or of its reading.
type Words = Vec<Vec<u16>>;

/// The texts of a record in one language as they are searched.
struct Searched {
    names: Vec<Words>,
    /// The date of a milestone, found like a name.
    date: Option<Words>,
    bodies: Vec<Words>,
}

/// Appends the tables of the sections `search` and `search-index`.
pub(crate) fn tables(lowered: &Lowered, crew: &Crew, tables: &mut Vec<Table>) {
    let folding = Folding::new();
    let split: Vec<Language> = (0..lowered.languages.len()).map(|language| Language::of(lowered, language)).collect();
    let (folds, folding) =
        folding.table(split.iter().flat_map(Language::texts), split.iter().flat_map(Language::readings));
    push(tables, TableId::Folds, 0, folds);

    let records = lowered.records.iter().enumerate();
    let begins = records.map(|(number, record)| begin(lowered, number, record));
    let ranks = ranks(&folding, begins, split.first().map_or(&[], |language| &language.names));
    push(tables, TableId::Ranks, 0, rows(&ranks));
    let sources = lowered.sources.len();
    let begins = lowered.sources.iter().map(|source| source.periods.first().map_or(Day::MAX, from));
    let source_ranks = self::ranks(&folding, begins, split.first().map_or(&[], |language| &language.sources));
    if sources > 0 {
        push(tables, TableId::SourceRanks, 0, rows(&source_ranks));
    }
    for (position, language) in split.iter().enumerate() {
        let spaced = lowered.languages[position].is_spaced();
        let record = |rank: usize| language.record(&folding, lowered, ranks[rank].id as usize);
        push(tables, TableId::SearchIndex, position, index::index(crew, ranks.len(), spaced, record));
        if sources > 0 {
            let source = |rank: usize| language.source(&folding, sources, source_ranks[rank].id as usize);
            push(tables, TableId::SourceSearchIndex, position, index::index(crew, sources, spaced, source));
        }
    }
}

/// The texts of a language without their marks.
struct Language {
    names: Vec<Split>,
    bodies: Vec<Split>,
    /// Titles, publishers, notes.
    sources: Vec<Split>,
}

impl Language {
    fn of(lowered: &Lowered, language: usize) -> Self {
        Self {
            names: lowered.names.iter().map(|text| Split::of(&text[language])).collect(),
            bodies: lowered.bodies.iter().map(|text| Split::of(&text[language])).collect(),
            sources: source_texts(lowered, language).map(Split::of).collect(),
        }
    }

    fn all(&self) -> impl Iterator<Item = &Split> + Clone {
        self.names.iter().chain(&self.bodies).chain(&self.sources)
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.all().map(|text| text.plain.as_str())
    }

    fn readings(&self) -> impl Iterator<Item = &str> + Clone {
        self.all().flat_map(|text| &text.ruby).map(|(_, _, reading)| reading.as_str())
    }

    fn record(&self, folding: &Folding<'_>, lowered: &Lowered, number: usize) -> Searched {
        let record = &lowered.records[number];
        let names = name_numbers(number, record).flat_map(|name| words(folding, &self.names[name as usize]));
        let detail = &record.detail;
        let bodies = [detail.summary, detail.note, detail.address].into_iter().flatten();
        let bodies = bodies.flat_map(|body| words(folding, &self.bodies[body as usize]));
        // Nobody's language, everybody's way of writing a day.
        let date = lowered.milestones.get(number).map(|row| row.date.read().to_string());
        let date = date.map(|date| folding.words(&[date.as_str()]));
        Searched { names: names.collect(), date, bodies: bodies.collect() }
    }

    fn source(&self, folding: &Folding<'_>, sources: usize, id: usize) -> Searched {
        let bodies = [sources + id, 2 * sources + id];
        Searched {
            names: words(folding, &self.sources[id]).collect(),
            date: None,
            bodies: bodies.into_iter().flat_map(|text| words(folding, &self.sources[text])).collect(),
        }
    }
}

/// The numbers of the names of a record: its title, or the names that an organisation had.
fn name_numbers(number: usize, record: &Record) -> impl Iterator<Item = u32> {
    let is_name = |row: &&PeriodRow| row.aspect == Aspect::Name as u8 || row.aspect == Aspect::ShortName as u8;
    let mut names: Vec<u32> = record.periods.iter().filter(is_name).map(|row| row.value).collect();
    if names.is_empty() {
        names.push(number as u32);
    }
    names.into_iter()
}

/// The words of a text, and those of its reading if it has one.
fn words(folding: &Folding<'_>, text: &Split) -> impl Iterator<Item = Words> {
    let base = folding.words(&[&text.plain]);
    let reading = (!text.ruby.is_empty()).then(|| folding.words(&reading(text)));
    std::iter::once(base).chain(reading)
}

/// How a text is read, in pieces.
fn reading(text: &Split) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text.plain.as_str();
    for (gap, length, reading) in &text.ruby {
        let (before, after) = rest.split_at(usize::from(*gap));
        pieces.extend([before, reading.as_str()]);
        rest = &after[usize::from(*length)..];
    }
    pieces.push(rest);
    pieces
}

/// The day from which a record's place in time counts; the last of all where none is known.
fn begin(lowered: &Lowered, number: usize, record: &Record) -> Day {
    if let Some(row) = lowered.milestones.get(number) {
        return row.earliest;
    }
    let existence = record.periods.iter().find(|row| row.aspect == Aspect::Existence as u8);
    existence.map_or(Day::MAX, from)
}

fn from(period: &PeriodRow) -> Day {
    match period.from {
        PackedEnd::Date(date) => date.read().days().begin_earliest,
        PackedEnd::Open | PackedEnd::Unknown => Day::MAX,
    }
}

/// Numbers in the order in which equally good hits are shown: shorter titles first, then in order of time.
fn ranks(folding: &Folding<'_>, begins: impl Iterator<Item = Day>, titles: &[Split]) -> Vec<LinkRow> {
    let rank = |(begin, title): (Day, &Split)| {
        let words = folding.words(&[&title.plain]);
        let units: usize = words.iter().map(Vec::len).sum();
        (length_class(units as u32), begin)
    };
    let mut ranks: Vec<_> = begins.zip(titles).map(rank).zip(0_u32..).collect();
    ranks.sort_unstable();
    ranks.into_iter().map(|((class, _), id)| LinkRow { id, tag: class }).collect()
}

fn rows(ranks: &[LinkRow]) -> Vec<u8> {
    bytes(ranks.iter().map(|row| row.to_row()))
}

/// Units into words.
fn split(units: impl Iterator<Item = u16>) -> Words {
    let units: Vec<u16> = units.collect();
    units.split(|unit| *unit == SEPARATOR).filter(|word| !word.is_empty()).map(<[u16]>::to_vec).collect()
}
