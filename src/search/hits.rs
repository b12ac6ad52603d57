//! What a search finds, best first. Runs on the target.

use core::fmt;
use core::ops::Range;

use nenpyo_schema::fold::Folds;
use nenpyo_schema::search::{Bits, WINDOW};
use nenpyo_schema::{Language, LinkRow, RecordKind};

use super::candidates::{BySection, Edge, Indexes, Parts, Plan, Proposals, Section, Ways};
use super::comparison::{Comparison, PreparedWords, all_ways, last_word};
use super::matching::Place;
use super::query::Query;
use super::texts::Field;
use super::{Class, Search, texts};
use crate::chronicle::Chronicle;
use crate::record::AnyRecord;
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
    /// assert_eq!(hit.text().unwrap().get(hit.range()).unwrap(), "Radiological");
    /// # }
    /// ```
    pub fn text(&self) -> Option<Text<'a>> {
        texts::text(self.record.node(), self.language, self.field)
    }

    /// Where it lies there: bytes of the plain text in UTF-8, as [`Text::get`] takes them. What was found in a reading lies where its base does.
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
/// It is looked for no further than it is asked for, without allocation; at most 1280 bytes, on a 32-bit target 1104. The first eight hits in QST's
/// chronicle take at most 25 million instructions of a Cortex-M0, whatever was typed: `cargo xtask bench` tests it with the
/// dearest of a hundred thousand queries made to be dear.
#[derive(Clone)]
#[must_use = "nothing is looked up before it is iterated"]
pub struct Hits<'s, 'a> {
    asked: Asked<'s, 'a>,
    progress: Progress,
}

/// How many hits are still wanted, and who is told them.
struct Wanted<'w, 'a> {
    left: usize,
    then: &'w mut dyn FnMut(Hit<'a>),
}

/// What is looked for, and where.
#[derive(Clone)]
struct Asked<'s, 'a> {
    search: &'s Search<'a>,
    query: Query,
    folds: Folds<'a>,
    filter: Filter<'s, 'a>,
    /// A bit for each language that is asked.
    languages: u8,
}

/// How far it was looked.
#[derive(Clone)]
struct Progress {
    /// The grams of the query in the indexes of records or of sources: they are looked up again where it goes on with the
    /// others, because twice the room is dearer.
    plan: Plan,
    planned: Option<Section>,
    /// What is looked for: better hits first, records before sources; the place in [`PHASES`], from 1; 0 before the first.
    phase: usize,
    window: u32,
    /// What the index proposes of the window, from this document on.
    document: u32,
    found: Bits,
    /// Of the first window: whose names may match, whose names may also begin so, and who was given already.
    names: Bits,
    beginnings: Bits,
    given: BySection<Bits>,
    /// A bit for each of the first windows in which no names may match, and in which no names may begin so.
    without_names: u64,
    without_beginnings: u64,
}

const _: () = assert!(size_of::<Hits<'_, '_>>() <= 1280, "it is said how much it is");

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

impl<'s, 'a> Hits<'s, 'a> {
    pub(super) fn new(search: &'s Search<'a>) -> Self {
        // What was typed is read when something is asked: nothing that is written to here is moved through the stack.
        Self {
            asked: Asked {
                search,
                query: Query::EMPTY,
                folds: Folds::of_texts(search.chronicle.tables().folds),
                filter: Filter { kind: None, among: None },
                languages: all_languages(search.chronicle),
            },
            progress: Progress::START,
        }
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
        self.asked.filter.kind = Some(kind);
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
        self.asked.languages &= self.asked.search.chronicle.language_bit(language);
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
    pub fn among(mut self, milestones: &'s Selection<'a>) -> Self {
        self.asked.filter.among = Some(milestones);
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
        self.each_best(K, |hit| {
            // There is room for so many.
            let _ = best.push(hit);
        });
        best
    }

    /// Tells the best `count`, one after the other, and keeps none: for whoever has little room, and needs little of each.
    /// What is found out for one is known for the next, which it is not where they are iterated. Asked again, it goes on.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja", feature = "search"))] {
    /// use nenpyo::QST;
    /// let search = QST.search("量子").unwrap();
    /// let mut keys = Vec::new();
    /// search.hits().each_best(8, |hit| keys.push(hit.record().key()));
    /// assert!(keys.into_iter().eq(search.hits().best::<8>().iter().map(|hit| hit.record().key())));
    /// # }
    /// ```
    pub fn each_best(&mut self, count: usize, mut then: impl FnMut(Hit<'a>)) {
        self.go_on(&mut Wanted { left: count, then: &mut then });
    }

    /// Looks for hits until there are enough.
    #[inline(never)]
    fn go_on(&mut self, hits: &mut Wanted<'_, 'a>) {
        let Self { asked, progress } = self;
        if progress.phase == 0 {
            asked.read();
        }
        let words = PreparedWords::new(&asked.query, &asked.folds);
        loop {
            if !progress.found.is_empty() {
                progress.compare(asked, &words, hits);
            }
            if hits.left == 0 || !progress.advance(asked) {
                return;
            }
        }
    }

    /// Where the last word stands in a name of a record, and in which.
    pub(super) fn last_word(&self, record: &AnyRecord<'a>) -> Option<(Text<'a>, Place)> {
        last_word(&self.asked.query, &self.asked.folds, self.asked.languages, record.node())
    }
}

impl<'a> Asked<'_, 'a> {
    /// Reads what was typed.
    fn read(&mut self) {
        let folds = Folds::of_queries(self.chronicle().tables().folds);
        self.query.read(self.search.typed(), &folds, self.search.names.length());
    }

    fn chronicle(&self) -> &'a Chronicle<'a> {
        self.search.chronicle
    }

    fn indexes(&self, section: Section) -> Indexes<'a> {
        let documents = self.ranks(section).len() as u32;
        Indexes::new(&self.chronicle().tables().languages, section, documents, self.languages)
    }

    fn ranks(&self, section: Section) -> &'a [[u32; LinkRow::WORDS]] {
        match section {
            Section::Records => self.chronicle().tables().ranks,
            Section::Sources => self.chronicle().tables().sources.ranks,
        }
    }

    /// Whether the filters let anything of a section through.
    fn is_asked(&self, section: Section) -> bool {
        !self.ranks(section).is_empty()
            && match section {
                Section::Records => self.filter.kind != Some(RecordKind::Source),
                Section::Sources => {
                    self.filter.kind.is_none_or(|kind| kind == RecordKind::Source) && self.filter.among.is_none()
                }
            }
    }

    /// The record of a document of a window, if the filters let it through, and how long its title is.
    fn record(&self, section: Section, window: u32, document: u32) -> Option<(AnyRecord<'a>, u8)> {
        let number = (window << WINDOW.trailing_zeros()).wrapping_add(document);
        let row = LinkRow::from_row(self.ranks(section).get(number as usize)?);
        Some((self.filter.record(self.chronicle(), section, row.id)?, row.tag))
    }

    fn is_one_window(&self, section: Section) -> bool {
        self.ranks(section).len() <= WINDOW as usize
    }

    /// Keeps what the index proposed for what will be typed next, unless a language was left out.
    fn keep(&self, proposals: &Proposals, found: &Bits, others: Option<&Proposals>) {
        if self.languages == all_languages(self.chronicle()) {
            proposals.keep(self.search.length, found, others);
        }
    }

    /// Where hits of a class are looked for.
    fn parts(&self, class: Class) -> Parts {
        match class {
            // Whoever has the one word in a name was given already.
            Class::Mentioned if self.query.is_one_word() => Parts::Bodies,
            Class::Mentioned => Parts::Both,
            Class::Contained | Class::Beginning | Class::Exact => Parts::Names,
        }
    }
}

impl Progress {
    /// Nothing was looked for yet. All zeros, which are written where it is to be and not copied there.
    const START: Self = Self {
        plan: Plan::NOTHING,
        planned: None,
        phase: 0,
        window: 0,
        document: 0,
        found: Bits::NONE,
        names: Bits::NONE,
        beginnings: Bits::NONE,
        given: BySection { records: Bits::NONE, sources: Bits::NONE },
        without_names: 0,
        without_beginnings: 0,
    };

    /// What is looked for now.
    fn phase(&self) -> Option<(Section, Class)> {
        PHASES.get(self.phase.checked_sub(1)?).copied()
    }

    /// Goes to the next window that may have something, or to the next phase; whether there is any.
    #[inline(never)]
    fn advance(&mut self, asked: &Asked<'_, '_>) -> bool {
        if asked.query.is_empty() {
            return false;
        }
        let mut from = self.window.wrapping_add(1);
        self.document = 0;
        loop {
            if let Some((section, class)) = self.phase()
                && asked.is_asked(section)
            {
                if from == 0 && class == Class::Exact {
                    (self.without_names, self.without_beginnings) = (0, 0);
                }
                if self.planned != Some(section) {
                    asked.indexes(section).plan(&asked.query, &mut self.plan);
                    self.planned = Some(section);
                }
                let plan = &self.plan;
                let is_empty = plan.is_hopeless() || self.is_known_to_be_empty(asked, section, class);
                if !is_empty && let Some(window) = self.next_window(asked, section, plan, class, from) {
                    self.window = window;
                    self.propose(asked, section, class);
                    return true;
                }
            } else if self.phase > PHASES.len() {
                return false;
            }
            from = 0;
            self.phase = self.phase.wrapping_add(1);
        }
    }

    /// The first window from this one on in which every word may stand.
    fn next_window(
        &self,
        asked: &Asked<'_, '_>,
        section: Section,
        plan: &Plan,
        class: Class,
        from: u32,
    ) -> Option<u32> {
        let last = (asked.ranks(section).len() as u32).checked_sub(1)? >> WINDOW.trailing_zeros();
        // What was seen when whole names were looked for.
        let without = match class {
            Class::Exact | Class::Mentioned => 0,
            Class::Beginning => self.without_beginnings,
            Class::Contained => self.without_names,
        };
        let has = |window: &u32| without.checked_shr(*window).is_none_or(|bits| bits & 1 == 0);
        let mut from = (from..=last).find(has)?;
        let parts = if class == Class::Mentioned { Parts::Both } else { Parts::Names };
        let edge = (class > Class::Contained).then_some(Edge::Beginning);
        // To look into a few costs less than to ask first.
        if last < 4 {
            return Some(from);
        }
        let indexes = asked.indexes(section);
        loop {
            let next = indexes.next_window(plan, parts, edge, from)?;
            from = (next..=last).find(has)?;
            if from == next {
                return Some(from);
            }
        }
    }

    /// Whether what was proposed for names says that a phase has nothing.
    fn is_known_to_be_empty(&self, asked: &Asked<'_, '_>, section: Section, class: Class) -> bool {
        asked.is_one_window(section)
            && match class {
                Class::Beginning => self.beginnings.is_empty(),
                Class::Contained => self.names.is_empty(),
                Class::Exact | Class::Mentioned => false,
            }
    }

    /// Has the index propose the records of a window.
    #[inline(never)]
    fn propose(&mut self, asked: &Asked<'_, '_>, section: Section, class: Class) {
        let (window, is_first) = (self.window, self.window == 0);
        // What the first window of the records proposed before holds for what is typed now.
        let is_kept = is_first && section == Section::Records && !asked.query.is_volatile;
        let is_one_window = asked.is_one_window(section);
        let (query, plan, indexes) = (&asked.query, &self.plan, asked.indexes(section));
        let parts = asked.parts(class);
        match class {
            Class::Mentioned => {
                let length = asked.search.anywhere.begin(is_kept, &mut self.found);
                indexes.propose(query, plan, window, parts, length, &mut self.found);
                if is_kept {
                    // Whoever has it in a name was found before.
                    asked.keep(&asked.search.anywhere, &self.found, Some(&asked.search.names));
                }
            }
            // Nothing else was asked since.
            Class::Beginning | Class::Contained if is_one_window => {
                self.found = if class == Class::Beginning { self.beginnings } else { self.names };
            }
            _ => {
                let length = asked.search.names.begin(is_kept, &mut self.found);
                indexes.propose(query, plan, window, parts, length, &mut self.found);
                if is_first {
                    self.names = self.found;
                }
                let has_no_names = self.found.is_empty();
                if class != Class::Contained && !has_no_names {
                    indexes.at_edges(query, plan, Edge::Beginning, window, &mut self.found);
                }
                if is_first {
                    self.beginnings = self.found;
                }
                let bit = 1_u64.checked_shl(window).unwrap_or(0);
                if has_no_names {
                    self.without_names |= bit;
                }
                if class != Class::Contained && self.found.is_empty() {
                    self.without_beginnings |= bit;
                }
                if class == Class::Exact && !self.found.is_empty() {
                    indexes.at_edges(query, plan, Edge::End, window, &mut self.found);
                }
                if is_kept {
                    asked.keep(&asked.search.names, &self.names, None);
                }
            }
        }
        if is_first {
            self.found.without(self.given.of(section));
        }
    }

    /// Compares the records of the window with what is looked for, until there are enough hits.
    #[inline(never)]
    fn compare<'a>(&mut self, asked: &Asked<'_, 'a>, words: &PreparedWords<'_, 'a>, hits: &mut Wanted<'_, 'a>) {
        let Some((section, class)) = self.phase() else { return };
        let (indexes, parts) = (asked.indexes(section), asked.parts(class));
        let is_proposed = indexes.are_all_there();
        let comparison = Comparison::new(words, &self.plan, !is_proposed && class < Class::Beginning);
        let of_languages = all_ways(asked.languages);
        let is_planned = self.plan.has_all(&asked.query);
        let mut ways = Ways::NONE;
        let score = 8_u8.saturating_sub(self.phase as u8) << 5;
        while hits.left > 0
            && let Some(document) = self.found.next(self.document)
        {
            self.document = document.wrapping_add(1);
            let Some((record, length)) = asked.record(section, self.window, document) else { continue };
            let node = record.node();
            // What the first window has given is known; of later ones it is asked again.
            if self.window > 0
                && let Some(better) = class.better()
                && comparison.matches(node, of_languages, better).is_some()
            {
                continue;
            }
            let live = if is_planned {
                ways.of(&indexes, &self.plan, (self.window, parts), &self.found, document)
            } else {
                u8::MAX
            };
            // Where no index says how names begin, whoever is asked for whole names tells it.
            let tells = class == Class::Exact && !is_proposed;
            let asked_class = if tells { Class::Beginning } else { class };
            let found = comparison.matches(node, live & of_languages, asked_class);
            if tells && found.is_none() && self.window == 0 {
                self.beginnings.remove(document);
            }
            let Some(found) = found.filter(|found| !tells || found.place.class == class) else { continue };
            if self.window == 0 {
                self.given.of_mut(section).set(document);
            }
            let text = texts::text(node, found.language, found.field);
            let place = text.map_or(found.place, |text| found.place.in_bytes(&text));
            hits.left = hits.left.wrapping_sub(1);
            (hits.then)(Hit {
                record,
                language: found.language,
                field: found.field,
                start: place.start as u16,
                end: place.end as u16,
                score: score | 31_u8.saturating_sub(length),
            });
        }
        if hits.left > 0 {
            self.found = Bits::NONE;
        }
    }
}

/// What else a record has to be.
#[derive(Clone)]
struct Filter<'s, 'a> {
    kind: Option<RecordKind>,
    among: Option<&'s Selection<'a>>,
}

impl Filter<'_, '_> {
    /// The record of a document, if it is let through.
    fn record<'a>(&self, chronicle: &'a Chronicle<'a>, section: Section, id: u32) -> Option<AnyRecord<'a>> {
        let record = match section {
            Section::Records => chronicle.record(id),
            Section::Sources => AnyRecord::new(chronicle, RecordKind::Source, id),
        }?;
        if self.kind.is_some_and(|kind| record.kind() != kind) {
            return None;
        }
        match (self.among, record) {
            (None, _) => Some(record),
            (Some(among), AnyRecord::Milestone(milestone)) if among.passes(&milestone) => Some(record),
            _ => None,
        }
    }
}

impl<'a> Iterator for Hits<'_, 'a> {
    type Item = Hit<'a>;

    fn next(&mut self) -> Option<Hit<'a>> {
        let mut one = None;
        self.each_best(1, |hit| one = Some(hit));
        one
    }
}

/// What is searched for: to list what is found would need a copy of all this.
impl fmt::Debug for Hits<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("hits of ")?;
        fmt::Debug::fmt(self.asked.search, f)
    }
}

/// A bit for each language of a chronicle.
fn all_languages(chronicle: &Chronicle<'_>) -> u8 {
    chronicle.languages().fold(0, |bits, language| bits | chronicle.language_bit(language))
}
