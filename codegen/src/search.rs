//! What search needs ahead of time: the order of hits, the table of folds, the index. Host only.

mod folding;
mod index;

use nenpyo_schema::fold::SEPARATOR;
use nenpyo_schema::search::length_class;
use nenpyo_schema::{Aspect, Day, LinkRow, PackedEnd, PeriodRow, TableId};

use crate::crew::Crew;
use crate::emit::{Split, Table, bytes, push};
use crate::lower::{Lowered, Record};

use folding::{Alphabet, Folding};
pub(crate) use index::Extent;

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
pub(crate) fn tables(lowered: &Lowered, extent: Extent, crew: &Crew, tables: &mut Vec<Table>) {
    let depths: usize = lowered.languages.iter().map(|language| index::depth(language.is_spaced())).sum();
    crew.begin("indexing the texts", if lowered.sources.is_empty() { depths } else { 2 * depths });
    let languages: Vec<Language> =
        (0..lowered.languages.len()).map(|position| Language { lowered, position }).collect();
    let alphabets = languages.iter().flat_map(|language| language.alphabets(crew));
    let (folds, folding) = Folding::new().table(alphabets.reduce(Alphabet::with).unwrap_or_default());
    push(tables, TableId::Folds, 0, folds);

    let Some(first) = languages.first() else { return };
    let units = |title: &str| folding.words(&[&Split::of(title).plain]).iter().map(Vec::len).sum::<usize>() as u32;
    let ranks = ranks(crew, lowered.records.len(), |number| {
        (length_class(units(&lowered.names[number][0])), begin(lowered, number, &lowered.records[number]))
    });
    push(tables, TableId::Ranks, 0, rows(&ranks));
    let sources = lowered.sources.len();
    let source_ranks = self::ranks(crew, sources, |id| {
        (length_class(units(first.source_text(id))), lowered.sources[id].periods.first().map_or(Day::MAX, from))
    });
    if sources > 0 {
        push(tables, TableId::SourceRanks, 0, rows(&source_ranks));
    }
    for (position, language) in languages.iter().enumerate() {
        let spaced = lowered.languages[position].is_spaced();
        let record = |rank: usize| language.record(&folding, ranks[rank].id as usize);
        push(tables, TableId::SearchIndex, position, index::index(crew, ranks.len(), spaced, extent, record));
        if sources > 0 {
            let source = |rank: usize| language.source(&folding, source_ranks[rank].id as usize);
            push(tables, TableId::SourceSearchIndex, position, index::index(crew, sources, spaced, extent, source));
        }
    }
}

/// The texts of a language. They are taken apart where they are looked at, which is quicker than to keep the pieces.
#[derive(Clone, Copy)]
struct Language<'l> {
    lowered: &'l Lowered,
    position: usize,
}

impl<'l> Language<'l> {
    fn name(self, number: u32) -> Split<'l> {
        Split::of(&self.lowered.names[number as usize][self.position])
    }

    fn body(self, number: u32) -> Split<'l> {
        Split::of(&self.lowered.bodies[number as usize][self.position])
    }

    /// A text of the sources: all titles, all publishers, all notes.
    fn source_text(self, number: usize) -> &'l str {
        let sources = &self.lowered.sources;
        let source = &sources[number % sources.len()];
        &[&source.title, &source.publisher, &source.note][number / sources.len()][self.position]
    }

    /// What the texts are made of, in pieces.
    fn alphabets(self, crew: &Crew) -> Vec<Alphabet> {
        let Lowered { names, bodies, sources, .. } = self.lowered;
        let marked = [names.len(), bodies.len(), 3 * sources.len()];
        let text = |at: usize| match at.checked_sub(marked[0]) {
            None => self.name(at as u32),
            Some(at) if at < marked[1] => self.body(at as u32),
            Some(at) => Split::of(self.source_text(at - marked[1])),
        };
        let all: usize = marked.iter().sum();
        crew.pieces(all, |piece| piece.map(text).collect())
    }

    fn record(self, folding: &Folding<'_>, number: usize) -> Searched {
        let record = &self.lowered.records[number];
        let names = name_numbers(number, record).flat_map(|name| words(folding, &self.name(name)));
        let detail = &record.detail;
        let bodies = [detail.summary, detail.note, detail.address].into_iter().flatten();
        let bodies = bodies.flat_map(|body| words(folding, &self.body(body)));
        // Nobody's language, everybody's way of writing a day.
        let date = self.lowered.milestones.get(number).map(|row| row.date.read().to_string());
        let date = date.map(|date| folding.words(&[date.as_str()]));
        Searched { names: names.collect(), date, bodies: bodies.collect() }
    }

    fn source(self, folding: &Folding<'_>, id: usize) -> Searched {
        let sources = self.lowered.sources.len();
        let words = |text: usize| words(folding, &Split::of(self.source_text(text)));
        Searched {
            names: words(id).collect(),
            date: None,
            bodies: [sources + id, 2 * sources + id].into_iter().flat_map(words).collect(),
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
fn words(folding: &Folding<'_>, text: &Split) -> impl Iterator<Item = Words> + use<> {
    let base = folding.words(&[&text.plain]);
    let reading = (!text.ruby.is_empty()).then(|| folding.words(&reading(text)));
    std::iter::once(base).chain(reading)
}

/// How a text is read, in pieces.
fn reading<'t>(text: &'t Split) -> Vec<&'t str> {
    let mut pieces = Vec::new();
    let mut rest = text.plain.as_str();
    for (gap, length, reading) in &text.ruby {
        let (before, after) = rest.split_at(usize::from(*gap));
        pieces.extend([before, *reading]);
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
fn ranks(crew: &Crew, count: usize, rank: impl Fn(usize) -> (u8, Day) + Sync) -> Vec<LinkRow> {
    let shares = crew.shares(count, |share| share.map(|number| (rank(number), number as u32)).collect::<Vec<_>>());
    let mut ranks: Vec<_> = shares.into_iter().flatten().collect();
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
