//! Which records the index proposes for a query. Runs on the target.

use core::cell::Cell;

use nenpyo_schema::fold::{HYPHEN, SEPARATOR};
use nenpyo_schema::search::{BEGINNING, Bits, END, Node, Postings, SearchIndex, WINDOW};
use nenpyo_schema::{LanguageTables, MAX_LANGUAGES};

use super::query::{KE_OR_GA, Pattern, Query, Word};

/// What the index proposed in the first window of the records when so many characters were typed. What is typed next can
/// only be among these.
#[derive(Clone, Copy)]
pub(super) struct Proposal {
    /// How many; 0 if it was not asked.
    pub(super) length: u8,
    pub(super) alive: Alive,
    pub(super) found: Bits,
}

impl Proposal {
    pub(super) const EVERYTHING: Self = Self { length: 0, alive: Alive::ALL, found: Bits::ALL };
}

/// The last proposal, and the one before it.
pub(super) struct Proposals([Cell<Proposal>; 2], [Cell<u8>; 2]);

impl Proposals {
    /// Nothing was proposed yet.
    pub(super) const fn none() -> Self {
        Self([const { Cell::new(Proposal::EVERYTHING) }; 2], [const { Cell::new(0) }; 2])
    }

    /// The last proposal for what is typed now or for the beginning of it.
    pub(super) fn last(&self) -> Proposal {
        let Self([last, _], _) = self;
        last.get()
    }

    /// For how many characters it was.
    pub(super) fn length(&self) -> u8 {
        let Self(_, [last, _]) = self;
        last.get()
    }

    /// Keeps a proposal; one for fewer characters stays behind it.
    pub(super) fn keep(&self, proposal: Proposal) {
        let Self([last, before], [length, length_before]) = self;
        if length.get() < proposal.length {
            before.set(last.get());
            length_before.set(length.get());
        }
        length.set(proposal.length);
        last.set(proposal);
    }

    /// Forgets what was proposed for more characters than these.
    pub(super) fn cut(&self, characters: u8) {
        let Self([last, before], [length, length_before]) = self;
        if length_before.get() > characters {
            before.set(Proposal::EVERYTHING);
            length_before.set(0);
        }
        if length.get() > characters {
            last.set(before.get());
            length.set(length_before.get());
        }
    }
}

/// In which languages, as typed or otherwise, in names or bodies, anything was found: where nothing was, no text needs to
/// be compared.
#[derive(Clone, Copy)]
pub(super) struct Alive(pub(super) u16);

impl Alive {
    pub(super) const ALL: Self = Self(u16::MAX);
    pub(super) const NONE: Self = Self(0);

    const fn bit(language: usize, otherwise: bool, in_bodies: bool) -> u16 {
        1 << ((language * 4 + otherwise as usize * 2 + in_bodies as usize) & 15)
    }

    /// Whether nothing was found at all.
    pub(super) const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether anything was found in a language.
    pub(super) const fn has_language(self, language: usize) -> bool {
        self.0 >> ((language * 4) & 15) & 15 != 0
    }

    pub(super) const fn has(self, language: usize, otherwise: bool, in_bodies: bool) -> bool {
        self.0 & Self::bit(language, otherwise, in_bodies) != 0
    }
}

/// Either of the two kinds of document: records, or sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Records,
    Sources,
}

/// The indexes of a section.
#[derive(Clone, Copy)]
pub(super) struct Indexes<'a> {
    pub(super) languages: &'a [LanguageTables<'a>; MAX_LANGUAGES],
    pub(super) section: Section,
    /// How many documents there are.
    pub(super) documents: u32,
    /// A bit for each language that is asked.
    pub(super) asked: u8,
}

/// Where a gram is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Names,
    Bodies,
}

/// Where words are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    Names,
    Bodies,
    Both,
}

/// One end of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Beginning,
    End,
}

/// What is gathered from the lists of the grams of a pattern.
enum Task<'t> {
    /// The documents of a window that are in all of them.
    Keep { window: u32, bits: &'t mut Bits },
    /// The first window that can have any.
    Next { window: &'t mut u32 },
}

impl Task<'_> {
    /// Takes a list into account; whether anything is left.
    fn apply(&mut self, list: &Postings<'_>) -> bool {
        match self {
            Self::Keep { window, bits } => {
                list.keep(*window, bits);
                !bits.is_empty()
            }
            Self::Next { window } => match list.next_window(**window) {
                Some(next) => {
                    **window = next;
                    true
                }
                None => false,
            },
        }
    }
}

/// A pattern, an index and a part of it.
struct Lookup<'l, 'q, 'a> {
    index: &'l SearchIndex<'a>,
    pattern: &'l Pattern<'q>,
    part: Part,
    spaced: bool,
    /// Set if a gram stands nowhere at all, neither in names nor in bodies.
    is_missing: Cell<bool>,
}

impl Lookup<'_, '_, '_> {
    fn apply(&self, node: Node, task: &mut Task<'_>) -> bool {
        let (names, bodies) = self.index.lists(node);
        task.apply(if self.part == Part::Names { &names } else { &bodies })
    }

    /// Goes through the grams that the pattern is made of; whether anything is left.
    #[inline(never)]
    fn grams(&self, task: &mut Task<'_>) -> bool {
        let mut start = 0_usize;
        for run in self.pattern.units.split(|unit| *unit == SEPARATOR) {
            let fresh = self.pattern.fresh.saturating_sub(start);
            if !(if self.spaced { self.words(run, fresh, task) } else { self.pairs(run, fresh, task) }) {
                return false;
            }
            start = start.wrapping_add(run.len()).wrapping_add(1);
        }
        if self.pattern.units.is_empty() { self.tail(task) } else { true }
    }

    /// The beginnings of words.
    fn words(&self, run: &[u16], fresh: usize, task: &mut Task<'_>) -> bool {
        let mut end = 0_usize;
        for word in run.split(|unit| *unit == HYPHEN) {
            end = end.wrapping_add(word.len()).wrapping_add(1);
            if word.is_empty() || end <= fresh {
                continue;
            }
            let Some(node) = self.longest(word) else { return self.missing() };
            if !self.apply(node, task) {
                return false;
            }
        }
        match run {
            [HYPHEN, ..] => self.one(HYPHEN, task),
            _ => true,
        }
    }

    /// The node of the longest gram that a word begins with; `None` if no word begins with it.
    fn longest(&self, word: &[u16]) -> Option<Node> {
        let mut node = None;
        for unit in word {
            if let Some(node) = node
                && self.index.is_leaf(node)
            {
                break;
            }
            // Whoever wrote が may have meant け: what stands before it must do.
            if *unit == KE_OR_GA && node.is_some() {
                break;
            }
            node = Some(self.index.child(node, *unit)?);
        }
        node
    }

    /// One unit, or every two.
    fn pairs(&self, run: &[u16], fresh: usize, task: &mut Task<'_>) -> bool {
        if let [one] = run {
            return fresh > 0 || self.one(*one, task);
        }
        // Every unit is in one of them; that they stand side by side is seen in the texts.
        let mut at = 0_usize;
        while let Some(pair) = run.get(at..at.wrapping_add(2)) {
            if let [first, second] = pair
                && at.wrapping_add(1) >= fresh
                && !self.pair(*first, *second, task)
            {
                return false;
            }
            at = at.wrapping_add(if at.wrapping_add(3) == run.len() { 1 } else { 2 });
        }
        true
    }

    fn one(&self, unit: u16, task: &mut Task<'_>) -> bool {
        unit == KE_OR_GA || self.index.child(None, unit).map_or_else(|| self.missing(), |node| self.apply(node, task))
    }

    /// Nothing is left, in bodies neither.
    fn missing(&self) -> bool {
        self.is_missing.set(true);
        false
    }

    fn pair(&self, first: u16, second: u16, task: &mut Task<'_>) -> bool {
        if first == KE_OR_GA || second == KE_OR_GA {
            return self.one(first, task) && self.one(second, task);
        }
        let Some(node) = self.index.child(None, first) else { return self.missing() };
        if let Some(pair) = self.index.child(Some(node), second) {
            return self.apply(pair, task);
        }
        // Of what is rare there are no pairs.
        let Some(other) = self.index.child(None, second) else { return self.missing() };
        if !self.index.is_leaf(node) && !self.index.is_leaf(other) {
            return self.missing();
        }
        self.apply(node, task) && self.apply(other, task)
    }

    /// A half-typed syllable and nothing before it: any of the kana it may become.
    fn tail(&self, task: &mut Task<'_>) -> bool {
        let Some(tail) = self.pattern.tail else { return self.missing() };
        let nodes = || tail.units().filter_map(|unit| self.index.child(None, unit));
        let list = |node| {
            let (names, bodies) = self.index.lists(node);
            if self.part == Part::Names { names } else { bodies }
        };
        match task {
            Task::Keep { window, bits } => {
                let mut any = Bits::NONE;
                nodes().for_each(|node| list(node).add(*window, &mut any));
                bits.and(&any);
                !bits.is_empty()
            }
            Task::Next { window } => match nodes().filter_map(|node| list(node).next_window(**window)).min() {
                Some(next) => {
                    **window = next;
                    true
                }
                None => false,
            },
        }
    }

    /// Keeps the documents of a window whose names begin with the first unit, or end with the last one.
    fn edge(&self, edge: Edge, window: u32, bits: &mut Bits) {
        let (side, unit) = match edge {
            Edge::Beginning => (BEGINNING, self.pattern.units.first()),
            Edge::End if self.pattern.tail.is_some() => return,
            Edge::End => (END, self.pattern.units.last()),
        };
        let Some(unit) = unit.filter(|unit| **unit != KE_OR_GA) else { return };
        match self.index.child(None, side).and_then(|side| self.index.child(Some(side), *unit)) {
            Some(node) => self.index.lists(node).0.keep(window, bits),
            None => *bits = Bits::NONE,
        }
    }
}

impl<'a> Indexes<'a> {
    /// The index of a language; `None` if it has none.
    fn index(&self, tables: &LanguageTables<'a>) -> Option<SearchIndex<'a>> {
        let bytes = match self.section {
            Section::Records => tables.search_index,
            Section::Sources => tables.source_search_index,
        };
        SearchIndex::read(bytes).filter(|index| index.documents == self.documents)
    }

    /// The documents of a window.
    fn all(&self, window: u32) -> Bits {
        Bits::first(self.documents.saturating_sub(window << WINDOW.trailing_zeros()))
    }

    /// The documents of a window in which every word may stand, of those that are known to be possible.
    #[inline(never)]
    pub(super) fn propose(&self, query: &Query, window: u32, parts: Parts, known: &Proposal, able: Alive) -> Proposal {
        let mut alive = Alive::NONE;
        let mut found = self.all(window);
        found.and(&known.found);
        let mut words = query.words();
        while let Some(mut word) = words.next() {
            if usize::from(known.length) != query.before {
                word.forget();
            }
            let mut these = Bits::NONE;
            self.each(&word, parts, able, |language, otherwise, lookup| {
                let mut bits = found;
                let of = |in_bodies| Alive::bit(language, otherwise, in_bodies);
                let Some(lookup) = lookup else {
                    these.or(&bits);
                    alive.0 |= of(false) | of(true);
                    return;
                };
                if lookup.grams(&mut Task::Keep { window, bits: &mut bits }) {
                    these.or(&bits);
                    alive.0 |= of(lookup.part == Part::Bodies);
                }
                // What is in no name may be in a body.
                if lookup.part == Part::Names && !lookup.is_missing.get() {
                    alive.0 |= of(true);
                }
            });
            found.and(&these);
            if found.is_empty() {
                // What the other words may be in was not asked any more.
                if words.next().is_some() {
                    alive = Alive::ALL;
                }
                break;
            }
        }
        // A word that was not there before may be elsewhere.
        if query.is_one_word() {
            alive.0 &= known.alive.0;
        }
        Proposal { length: 0, alive, found }
    }

    /// Keeps those documents that have a name that begins, or ends, as every word does.
    #[inline(never)]
    pub(super) fn at_edges(&self, query: &Query, edge: Edge, window: u32, able: Alive, found: &mut Bits) {
        let mut words = query.words();
        while let Some(word) = words.next() {
            if found.is_empty() {
                return;
            }
            let mut these = Bits::NONE;
            self.each(&word, Parts::Names, able, |_, _, lookup| {
                let mut bits = *found;
                if let Some(lookup) = lookup {
                    lookup.edge(edge, window, &mut bits);
                }
                these.or(&bits);
            });
            found.and(&these);
        }
    }

    /// The first window from this one on in which every word may stand.
    #[inline(never)]
    pub(super) fn next_window(&self, query: &Query, in_bodies: bool, from: u32) -> Option<u32> {
        if from > self.documents.wrapping_sub(1) >> WINDOW.trailing_zeros() || self.documents == 0 {
            return None;
        }
        if self.documents <= WINDOW {
            return Some(from);
        }
        let parts = if in_bodies { Parts::Both } else { Parts::Names };
        let mut at = from;
        loop {
            let before = at;
            let mut words = query.words();
            while let Some(mut word) = words.next() {
                word.forget();
                let mut nearest: Option<u32> = None;
                self.each(&word, parts, Alive::ALL, |_, _, lookup| {
                    let mut window = at;
                    let some = lookup.is_none_or(|lookup| lookup.grams(&mut Task::Next { window: &mut window }));
                    if some {
                        nearest = Some(nearest.map_or(window, |nearest| nearest.min(window)));
                    }
                });
                at = nearest?;
            }
            if at == before {
                return Some(at);
            }
        }
    }

    /// Every language, way of writing and part in which a word may stand; without an index, nothing to look it up in.
    fn each(
        &self,
        word: &Word<'_>,
        parts: Parts,
        able: Alive,
        mut then: impl FnMut(usize, bool, Option<Lookup<'_, '_, '_>>),
    ) {
        for (language, tables) in self.languages.iter().enumerate() {
            if self.asked >> language & 1 == 0 || !able.has_language(language) {
                continue;
            }
            let spaced = tables.language.is_spaced();
            let index = self.index(tables);
            for (otherwise, pattern) in [(false, Some(&word.typed)), (true, word.otherwise.as_ref())] {
                let Some(pattern) = pattern else { continue };
                let is_able = able.has(language, otherwise, false) || able.has(language, otherwise, true);
                // Nobody writes readings into words with spaces between them.
                if !is_able || pattern.is_lenient && spaced {
                    continue;
                }
                let Some(index) = &index else {
                    then(language, otherwise, None);
                    continue;
                };
                for part in [Part::Names, Part::Bodies] {
                    let is_asked = match parts {
                        Parts::Names => part == Part::Names,
                        Parts::Bodies => part == Part::Bodies,
                        Parts::Both => true,
                    };
                    if is_asked {
                        then(
                            language,
                            otherwise,
                            Some(Lookup { index, pattern, part, spaced, is_missing: Cell::new(false) }),
                        );
                    }
                }
            }
        }
    }
}
