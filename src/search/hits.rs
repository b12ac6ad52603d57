//! What a search finds, best first. Runs on the target.

use core::fmt;
use core::ops::Range;

use nenpyo_schema::fold::Folds;
use nenpyo_schema::search::{Bits, WINDOW};
use nenpyo_schema::{Language, LinkRow, RecordKind};

use super::candidates::{BySection, Edge, Indexes, Parts, Plan, Proposal, Proposals, Section, WAYS, Ways, way};
use super::matching::Place;
use super::query::{Pattern, Query, Word};
use super::texts::{Field, Texts};
use super::{Class, Search, texts};
use crate::Milestone;
use crate::chronicle::Chronicle;
use crate::links::Node;
use crate::record::{AnyRecord, Record};
use crate::selection::Selection;
use crate::text::Text;

/// A record that was found, and where. 24 bytes on a 32-bit target.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hit<'a> {
    record: AnyRecord<'a>,
    language: Language,
    field: Field,
    start: u16,
    end: u16,
    score: u8,
}

impl<'a> Hit<'a> {
    /// The record.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "en", feature = "search"))] {
    /// use nenpyo::{Key, QST};
    /// let search = QST.search("jt-60sa").unwrap();
    /// assert_eq!(search.hits().next().unwrap().record().key(), Key::of("jt-60sa"));
    /// # }
    /// ```
    pub const fn record(&self) -> AnyRecord<'a> {
        self.record
    }

    /// Which of its texts it was found in; where several words are looked for, the one that is worst off.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "en", feature = "search"))] {
    /// use nenpyo::{Field, QST};
    /// assert_eq!(QST.search("tokamak jt-60").unwrap().hits().next().unwrap().field(), Field::Title);
    /// # }
    /// ```
    pub const fn field(&self) -> Field {
        self.field
    }

    /// The language of that text.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "en", feature = "search"))] {
    /// use nenpyo::{Language, QST};
    /// assert_eq!(QST.search("radiological").unwrap().hits().next().unwrap().language(), Language::EN);
    /// # }
    /// ```
    pub const fn language(&self) -> Language {
        self.language
    }

    /// That text; `None` of a date.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "en", feature = "search"))] {
    /// use nenpyo::QST;
    /// let hit = QST.search("radiological").unwrap().hits().next().unwrap();
    /// assert_eq!(&hit.text().unwrap().as_str().unwrap()[hit.range()], "Radiological");
    /// # }
    /// ```
    pub fn text(&self) -> Option<Text<'a>> {
        texts::text(self.record.node(), self.language, self.field)
    }

    /// Where it lies there: bytes of the plain text. What was found in a reading lies where its base does.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja", feature = "details", feature = "search"))] {
    /// use nenpyo::QST;
    /// let hit = QST.search("りょうしめす").unwrap().hits().next().unwrap();
    /// assert_eq!(hit.range(), 0.."量子メス".len());
    /// # }
    /// ```
    pub fn range(&self) -> Range<usize> {
        usize::from(self.start)..usize::from(self.end)
    }

    /// How well it matches, from 0 to 255. What is looked for is a name of a record (224), a name begins with it (192), a
    /// name or the date contains it (160); the same of the title of a source (128, 96, 64); only another text has it, of a
    /// record (32) or of a source (0). Added to that is how short the title is, 31 and less: see
    /// [`length_class`](nenpyo_schema::search::length_class).
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja", feature = "search"))] {
    /// use nenpyo::QST;
    /// assert!(QST.search("量子").unwrap().hits().map(|hit| hit.score()).is_sorted_by(|a, b| a >= b));
    /// # }
    /// ```
    pub const fn score(&self) -> u8 {
        self.score
    }

    /// The class that the score says.
    pub(super) const fn class(&self) -> Class {
        match self.score >> 5 {
            0 | 1 => Class::Mentioned,
            2 | 5 => Class::Contained,
            3 | 6 => Class::Beginning,
            _ => Class::Exact,
        }
    }
}

impl fmt::Debug for Hit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hit").field("record", &self.record).field("field", &self.field).finish_non_exhaustive()
    }
}

/// What a search finds, best first, one after the other; see [`Hit::score`]. Records of the same score come in order of
/// time: by the first day that a milestone's date can mean, or that a record exists; those of no day come last.
///
/// It is looked for no further than it is asked for, without allocation; at most 1728 bytes.
#[derive(Clone)]
#[must_use = "nothing is looked up before it is iterated"]
pub struct Hits<'s, 'a> {
    search: &'s Search<'a>,
    query: Query,
    /// Its grams in the indexes of records and of sources.
    plans: BySection<Plan>,
    folds: Folds<'a>,
    kind: Option<RecordKind>,
    among: Option<Selection<'a>>,
    /// A bit for each language that is asked.
    languages: u8,
    /// What is looked for: better hits first, records before sources; the place in [`PHASES`].
    phase: usize,
    window: u32,
    /// What the index proposes of the window, from this document on.
    document: u32,
    found: Bits,
    /// And in which way.
    ways: Ways,
    /// Of the first window: whose names may match, whose names may also begin so, and who was given already.
    names: Bits,
    beginnings: Bits,
    given: BySection<Bits>,
}

const _: () = assert!(size_of::<Hits<'_, '_>>() <= 1728, "it is said how much it is");

/// In which order hits are looked for.
const PHASES: [(Section, Class); 8] = [
    (Section::Records, Class::Exact),
    (Section::Records, Class::Beginning),
    (Section::Records, Class::Contained),
    (Section::Sources, Class::Exact),
    (Section::Sources, Class::Beginning),
    (Section::Sources, Class::Contained),
    (Section::Records, Class::Mentioned),
    (Section::Sources, Class::Mentioned),
];

/// Before the first phase.
const START: usize = usize::MAX;

impl<'s, 'a> Hits<'s, 'a> {
    pub(super) fn new(search: &'s Search<'a>) -> Self {
        let folds = search.chronicle.tables().folds;
        let mut hits = Self {
            search,
            query: Query::EMPTY,
            folds: Folds::of_texts(folds),
            kind: None,
            among: None,
            languages: all_languages(search.chronicle),
            phase: START,
            window: 0,
            document: 0,
            found: Bits::NONE,
            ways: [Bits::NONE; WAYS],
            names: Bits::NONE,
            plans: BySection { records: Plan::NOTHING, sources: Plan::NOTHING },
            beginnings: Bits::NONE,
            given: BySection { records: Bits::NONE, sources: Bits::NONE },
        };
        hits.query.read(search.typed(), &Folds::of_queries(folds), search.names.length());
        hits
    }

    /// Only records of this kind.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja", feature = "search"))] {
    /// use nenpyo::{QST, RecordKind};
    /// let search = QST.search("量子").unwrap();
    /// assert!(search.hits().of_kind(RecordKind::Theme).all(|hit| hit.record().kind() == RecordKind::Theme));
    /// # }
    /// ```
    #[inline]
    pub fn of_kind(mut self, kind: RecordKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Only in texts of this language.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja", feature = "search"))] {
    /// use nenpyo::{Language, QST};
    /// let search = QST.search("QST").unwrap();
    /// assert!(search.hits().in_language(Language::JA).all(|hit| hit.language() == Language::JA));
    /// # }
    /// ```
    #[inline]
    pub fn in_language(mut self, language: Language) -> Self {
        self.languages &= self.search.chronicle.language_bit(language);
        self
    }

    /// Only milestones that these filters let through.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja", feature = "search"))] {
    /// use nenpyo::{AnyRecord, Edtf, QST};
    /// let search = QST.search("量子").unwrap();
    /// let of_2016 = QST.milestones().surely_within(&Edtf::from_year(2016));
    /// let hits = search.hits().among(&of_2016);
    /// assert!(hits.map(|hit| hit.record()).all(|record| matches!(record, AnyRecord::Milestone(_))));
    /// # }
    /// ```
    #[inline]
    pub fn among(mut self, milestones: &Selection<'a>) -> Self {
        self.among = Some(*milestones);
        self
    }

    /// The best `K`; asked again, the next ones.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja", feature = "search"))] {
    /// use nenpyo::QST;
    /// assert_eq!(QST.search("量子").unwrap().hits().best::<8>().len(), 8);
    /// # }
    /// ```
    pub fn best<const K: usize>(&mut self) -> heapless::Vec<Hit<'a>, K> {
        let mut best = heapless::Vec::new();
        while !best.is_full()
            && let Some(hit) = self.next()
        {
            // There is room, as was just asked.
            let _ = best.push(hit);
        }
        best
    }

    fn chronicle(&self) -> &'a Chronicle<'a> {
        self.search.chronicle
    }

    fn indexes(&self, section: Section) -> Indexes<'a> {
        let tables = self.chronicle().tables();
        let documents = self.ranks(section).len() as u32;
        Indexes { languages: &tables.languages, section, documents, asked: self.languages }
    }

    fn ranks(&self, section: Section) -> &'a [[u8; LinkRow::BYTES]] {
        let tables = self.chronicle().tables();
        match section {
            Section::Records => tables.ranks,
            Section::Sources => tables.sources.ranks,
        }
    }

    /// Goes to the next window that may have something, or to the next phase; whether there is any.
    #[inline(never)]
    fn advance(&mut self) -> bool {
        if self.query.is_empty() {
            return false;
        }
        let mut from = self.window.wrapping_add(1);
        self.document = 0;
        loop {
            if let Some((section, class)) = PHASES.get(self.phase).copied()
                && self.is_asked(section)
            {
                if from == 0 && class == Class::Exact {
                    let indexes = self.indexes(section);
                    indexes.plan(&self.query, self.plans.of_mut(section));
                }
                let plan = self.plans.of(section);
                let is_empty = plan.is_hopeless() || self.is_known_to_be_empty(section, class);
                let next = || self.indexes(section).next_window(plan, class == Class::Mentioned, from);
                if !is_empty && let Some(window) = next() {
                    self.window = window;
                    self.fill(section, class);
                    return true;
                }
            } else if self.phase != START && self.phase >= PHASES.len() {
                return false;
            }
            from = 0;
            self.phase = self.phase.wrapping_add(1);
        }
    }

    /// Whether the filters let anything of a section through.
    fn is_asked(&self, section: Section) -> bool {
        match section {
            Section::Records => self.kind != Some(RecordKind::Source),
            Section::Sources => self.kind.is_none_or(|kind| kind == RecordKind::Source) && self.among.is_none(),
        }
    }

    fn is_one_window(&self, section: Section) -> bool {
        self.ranks(section).len() <= WINDOW as usize
    }

    /// Whether what was proposed for names says that a phase has nothing.
    fn is_known_to_be_empty(&self, section: Section, class: Class) -> bool {
        self.is_one_window(section)
            && match class {
                Class::Beginning => self.beginnings.is_empty(),
                Class::Contained => self.names.is_empty(),
                Class::Exact | Class::Mentioned => false,
            }
    }

    /// Has the index propose the records of a window.
    #[inline(never)]
    fn fill(&mut self, section: Section, class: Class) {
        let indexes = self.indexes(section);
        let (window, is_first) = (self.window, self.window == 0);
        // What the first window of the records proposed before holds for what is typed now.
        let is_kept = is_first && section == Section::Records && !self.query.is_volatile;
        let is_one_window = self.is_one_window(section);
        let given = *self.given.of(section);
        let (query, plan, ways) = (&self.query, self.plans.of(section), &mut self.ways);
        match class {
            Class::Mentioned => {
                let known = if is_kept { self.search.anywhere.last() } else { Proposal::EVERYTHING };
                // Whoever has the one word in a name was given already.
                let parts = if query.is_one_word() { Parts::Bodies } else { Parts::Both };
                self.found = indexes.propose(query, plan, window, parts, &known, ways);
                if is_kept {
                    // Whoever has it in a name was found before.
                    let mut found = self.search.names.last().found;
                    found.or(&self.found);
                    self.keep(&self.search.anywhere, found);
                }
            }
            // Nothing else was asked since.
            Class::Beginning | Class::Contained if is_one_window => {
                self.found = if class == Class::Beginning { self.beginnings } else { self.names };
            }
            _ => {
                let known = if is_kept { self.search.names.last() } else { Proposal::EVERYTHING };
                self.found = indexes.propose(query, plan, window, Parts::Names, &known, ways);
                if is_first {
                    self.names = self.found;
                }
                if class != Class::Contained && !self.found.is_empty() {
                    indexes.at_edges(query, Edge::Beginning, window, ways, &mut self.found);
                }
                if is_first {
                    self.beginnings = self.found;
                }
                if class == Class::Exact && !self.found.is_empty() {
                    indexes.at_edges(query, Edge::End, window, ways, &mut self.found);
                }
                if is_kept {
                    self.keep(&self.search.names, self.names);
                }
            }
        }
        if is_first {
            self.found.without(&given);
        }
    }

    /// Keeps what the index proposed for what will be typed next, unless a language was left out.
    fn keep(&self, proposals: &Proposals, found: Bits) {
        if self.languages == all_languages(self.chronicle()) {
            proposals.keep(Proposal { length: self.search.length, found });
        }
    }

    /// The record of a document, if the filters let it through.
    fn record(&self, section: Section, row: LinkRow) -> Option<AnyRecord<'a>> {
        let record = match section {
            Section::Records => self.chronicle().record(row.id),
            Section::Sources => AnyRecord::new(self.chronicle(), RecordKind::Source, row.id),
        }?;
        if self.kind.is_some_and(|kind| record.kind() != kind) {
            return None;
        }
        match (&self.among, record) {
            (None, _) => Some(record),
            (Some(among), AnyRecord::Milestone(milestone)) if among.passes(&milestone) => Some(record),
            _ => None,
        }
    }

    /// Whether every word is in the record as the class says; where the first of those lies that are worst off.
    #[inline(never)]
    fn matches(&self, node: Node<'a>, class: Class) -> Option<Found> {
        let mut worst: Option<Found> = None;
        let mut words = self.query.words();
        while let Some(word) = words.next() {
            let found = self.word(&word, node, class)?;
            if worst.as_ref().is_none_or(|worst| found.place.class < worst.place.class) {
                worst = Some(found);
            }
        }
        worst
    }

    /// Where a word is in the record.
    fn word(&self, word: &Word<'_>, node: Node<'a>, class: Class) -> Option<Found> {
        // Whoever has the one word in a name was given already.
        let in_names = if class == Class::Mentioned && self.query.is_one_word() && self.window == 0 {
            None
        } else {
            self.in_texts(word, node, class, false)
        };
        if in_names.is_some() || class > Class::Contained {
            return in_names;
        }
        let in_date = Self::in_date(word, node);
        if in_date.is_some() || class == Class::Contained {
            return in_date;
        }
        self.in_texts(word, node, class, true)
    }

    /// Where a word is in names, or in bodies.
    fn in_texts(&self, word: &Word<'_>, node: Node<'a>, class: Class, in_bodies: bool) -> Option<Found> {
        let details = if in_bodies { texts::details(node) } else { None };
        let tables = self.chronicle().tables().languages.iter().enumerate();
        // Of names, what the window of bodies says is something else.
        let is_of_bodies = PHASES.get(self.phase).is_some_and(|(_, class)| *class == Class::Mentioned);
        let document = self.document.wrapping_sub(1);
        let mut best: Option<Found> = None;
        for (position, tables) in tables.filter(|(position, _)| self.languages >> position & 1 == 1) {
            for (otherwise, pattern) in [(false, Some(&word.typed)), (true, word.otherwise.as_ref())] {
                let Some(pattern) = pattern else { continue };
                let is_proposed = || self.ways.get(way(position, otherwise)).is_some_and(|way| way.has(document));
                if in_bodies == is_of_bodies && !is_proposed() {
                    continue;
                }
                let spaced = tables.language.is_spaced();
                if pattern.is_lenient && spaced {
                    continue;
                }
                let mut texts = Texts { node, tables, details: details.as_ref(), at: 0, in_bodies };
                while let Some((field, text)) = texts.next() {
                    let place = if class > Class::Contained {
                        pattern.begins(&text, &self.folds).filter(|place| place.class >= class)
                    } else {
                        pattern.find(&text, &self.folds, spaced)
                    };
                    let Some(mut place) = place else { continue };
                    if in_bodies {
                        place.class = Class::Mentioned;
                    }
                    let is_best = class <= Class::Contained || place.class == Class::Exact;
                    if best.as_ref().is_none_or(|best| place.class > best.place.class) {
                        best = Some(Found { language: tables.language, field, place });
                    }
                    if is_best {
                        return best;
                    }
                }
            }
        }
        best
    }

    #[inline(never)]
    fn in_date(word: &Word<'_>, node: Node<'a>) -> Option<Found> {
        let begins_with_digit = |pattern: &&Pattern<'_>| matches!(pattern.units.first(), Some(0x30..=0x39));
        let pattern = [Some(&word.typed), word.otherwise.as_ref()].into_iter().flatten().find(begins_with_digit)?;
        if node.kind != RecordKind::Milestone {
            return None;
        }
        let mut text = heapless::String::<64>::new();
        Milestone::new(node.chronicle, node.id).date().write_to(&mut text).ok()?;
        let place = pattern.find(&Text::plain(&text), &Folds::EMPTY, true)?;
        Some(Found { language: Language::NONE, field: Field::Date, place })
    }

    /// The hit of a document, if it is of this class and no better one.
    #[inline(never)]
    fn hit(&mut self, section: Section, class: Class, document: u32) -> Option<Hit<'a>> {
        let number = (self.window << WINDOW.trailing_zeros()).wrapping_add(document);
        let row = LinkRow::from_bytes(self.ranks(section).get(number as usize)?);
        let record = self.record(section, row)?;
        let node = record.node();
        // What the first window has given is known; of later ones it is asked again.
        if self.window > 0 && self.is_better(node, class) {
            return None;
        }
        let found = self.matches(node, class)?;
        if self.window == 0 {
            self.given.of_mut(section).set(document);
        }
        Some(Hit {
            record,
            language: found.language,
            field: found.field,
            start: found.place.start as u16,
            end: found.place.end as u16,
            score: 7_u8.saturating_sub(self.phase as u8) << 5 | 31_u8.saturating_sub(row.tag),
        })
    }

    /// Where the last word stands in a name of a record, and in which.
    pub(super) fn last_word(&self, record: &AnyRecord<'a>) -> Option<(Text<'a>, Place)> {
        let mut words = self.query.words();
        let mut last = words.next()?;
        while let Some(word) = words.next() {
            last = word;
        }
        let node = record.node();
        let found = self.in_texts(&last, node, Class::Contained, false)?;
        Some((texts::text(node, found.language, found.field)?, found.place))
    }

    /// Whether a record is a hit of a better class.
    fn is_better(&self, node: Node<'a>, class: Class) -> bool {
        let better = [Class::Contained, Class::Beginning, Class::Exact];
        better.into_iter().filter(|better| *better > class).any(|better| self.matches(node, better).is_some())
    }
}

/// Where a word was found.
struct Found {
    language: Language,
    field: Field,
    place: Place,
}

impl<'a> Iterator for Hits<'_, 'a> {
    type Item = Hit<'a>;

    fn next(&mut self) -> Option<Hit<'a>> {
        loop {
            while let Some(document) = self.found.next(self.document) {
                self.document = document.wrapping_add(1);
                if let Some((section, class)) = PHASES.get(self.phase).copied()
                    && let Some(hit) = self.hit(section, class, document)
                {
                    return Some(hit);
                }
            }
            self.found = Bits::NONE;
            if !self.advance() {
                return None;
            }
        }
    }
}

impl fmt::Debug for Hits<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// A bit for each language of a chronicle.
fn all_languages(chronicle: &Chronicle<'_>) -> u8 {
    chronicle.languages().fold(0, |bits, language| bits | chronicle.language_bit(language))
}
