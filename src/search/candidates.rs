//! Which records the index proposes for a query. Runs on the target.

use core::cell::Cell;

use nenpyo_schema::fold::{HYPHEN, SEPARATOR};
use nenpyo_schema::search::{BEGINNING, Bits, END, Node, Postings, SearchIndex, UNSPACED_DEPTH, WINDOW, is_kana};
use nenpyo_schema::{LanguageTables, MAX_LANGUAGES};

use super::query::{KE_OR_GA, Pattern, Query, Word};
use super::romaji::{GLIDES, Tail};

/// Whether indexes are read. Without, every record is proposed, and nothing of what reads them is linked.
const READS_INDEXES: bool = cfg!(feature = "search-index");

/// As many as this if indexes are read.
const fn if_read(count: usize) -> usize {
    if READS_INDEXES { count } else { 0 }
}

/// What the index proposed in the first window of the records when so many characters were typed, last and before. What is
/// typed next can only be among these.
pub(super) struct Proposals([Proposal; if_read(2)]);

struct Proposal {
    /// For how many characters; 0 if it was not asked.
    length: Cell<u8>,
    found: Cell<Bits>,
}

impl Proposals {
    /// Nothing was proposed yet.
    pub(super) const fn none() -> Self {
        Self([const { Proposal { length: Cell::new(0), found: Cell::new(Bits::ALL) } }; if_read(2)])
    }

    /// Begins with the last proposal for what is typed now or for the beginning of it, if it may be, and says for how many
    /// characters it was.
    #[inline(never)]
    pub(super) fn begin(&self, may_be: bool, found: &mut Bits) -> u8 {
        let last = self.0.first().filter(|_| may_be);
        *found = last.map_or(Bits::ALL, |last| last.found.get());
        last.map_or(0, |last| last.length.get())
    }

    /// For how many characters the last one was.
    pub(super) fn length(&self) -> u8 {
        self.0.first().map_or(0, |last| last.length.get())
    }

    /// Keeps a proposal, and what others have; one for fewer characters stays behind it.
    #[inline(never)]
    pub(super) fn keep(&self, length: u8, found: &Bits, others: Option<&Self>) {
        let [last, before] = self.0.as_slice() else { return };
        if last.length.get() < length {
            before.found.set(last.found.get());
            before.length.set(last.length.get());
        }
        last.length.set(length);
        let mut all = *found;
        if let Some(others) = others.and_then(|others| others.0.first()) {
            all.or(&others.found.get());
        }
        last.found.set(all);
    }

    /// Forgets what was proposed for more characters than these.
    pub(super) fn cut(&self, characters: u8) {
        let [last, before] = self.0.as_slice() else { return };
        if before.length.get() > characters {
            before.found.set(Bits::ALL);
            before.length.set(0);
        }
        if last.length.get() > characters {
            last.found.set(before.found.get());
            last.length.set(before.length.get());
        }
    }
}

/// How a word can stand in a text: in each language as it was typed, or otherwise.
const WAYS: usize = 2 * MAX_LANGUAGES;

/// The number of a way.
pub(super) const fn way(language: usize, otherwise: bool) -> usize {
    2 * language + otherwise as usize
}

/// In which ways words may stand in documents of a quarter of a window: it is asked anew for each, because to keep it for a
/// window takes four times the room. From the third language on ways share the place of those of the first two: chronicles
/// have rarely more, and what is proposed too often is only compared.
pub(super) struct Ways {
    /// Which quarter it is; none at first.
    quarter: u32,
    ways: [[u32; Self::WORDS]; Self::PLACES],
}

impl Ways {
    const PLACES: usize = 4;
    const WORDS: usize = 4;

    /// Of no quarter.
    pub(super) const NONE: Self = Self { quarter: u32::MAX, ways: [[0; Self::WORDS]; Self::PLACES] };

    /// Adds what of some documents lies in the quarter.
    fn add(&mut self, way: u8, bits: &Bits) {
        let words = bits.0.iter().skip((self.quarter as usize).wrapping_mul(Self::WORDS));
        if let Some(place) = self.ways.get_mut(usize::from(way) % Self::PLACES) {
            place.iter_mut().zip(words).for_each(|(word, bits)| *word |= bits);
        }
    }

    /// The ways in which words of a plan may stand in a document of a window, of which these were found, a bit for each way;
    /// all where there is no choice.
    pub(super) fn of(
        &mut self,
        indexes: &Indexes<'_>,
        plan: &Plan,
        (window, parts): (u32, Parts),
        found: &Bits,
        document: u32,
    ) -> u8 {
        if !READS_INDEXES || plan.count <= 1 {
            return u8::MAX;
        }
        let quarter = document / (32 * Self::WORDS as u32);
        if self.quarter != quarter {
            // To compare a few in every way costs less than to ask.
            let few = if parts == Parts::Names { 6 } else { 1 };
            let words = found.0.iter().skip((quarter as usize).wrapping_mul(Self::WORDS)).take(Self::WORDS);
            if words.map(|word| word.count_ones()).sum::<u32>() <= few {
                return u8::MAX;
            }
            *self = Self { quarter, ..Self::NONE };
            indexes.say_ways(plan, &Wanted { window, parts, is_known: false }, found, self);
        }
        let at = (document >> 5) as usize % Self::WORDS;
        let has = |way: usize| {
            let words = self.ways.get(way % Self::PLACES);
            words.and_then(|words| words.get(at)).is_some_and(|word| word >> (document & 31) & 1 == 1)
        };
        (0..WAYS).rev().fold(0, |ways, way| ways << 1 | u8::from(has(way)))
    }
}

/// Either of the two kinds of document: records, or sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Records,
    Sources,
}

/// One for either section.
#[derive(Clone)]
pub(super) struct BySection<T> {
    pub(super) records: T,
    pub(super) sources: T,
}

impl<T> BySection<T> {
    pub(super) const fn of(&self, section: Section) -> &T {
        match section {
            Section::Records => &self.records,
            Section::Sources => &self.sources,
        }
    }

    pub(super) const fn of_mut(&mut self, section: Section) -> &mut T {
        match section {
            Section::Records => &mut self.records,
            Section::Sources => &mut self.sources,
        }
    }
}

/// The indexes of a section, for each language. They are read where they are asked: to keep them is dearer.
#[derive(Clone, Copy)]
pub(super) struct Indexes<'a> {
    languages: &'a [LanguageTables<'a>; MAX_LANGUAGES],
    section: Section,
    /// How many documents there are.
    documents: u32,
    /// A bit for each language that is asked.
    asked: u8,
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

/// A gram that has to be there, in four bytes.
#[derive(Clone, Copy)]
struct Step(u32);

impl Step {
    const IS_ONE_OF: u32 = 1 << 31;
    const IS_KNOWN: u32 = 1 << 30;

    const fn new(node: Node, is_one_of: bool, is_known: bool) -> Self {
        let one_of = if is_one_of { Self::IS_ONE_OF } else { 0 };
        let known = if is_known { Self::IS_KNOWN } else { 0 };
        Self(node.number() & !(Self::IS_ONE_OF | Self::IS_KNOWN) | one_of | known)
    }

    const fn node(self) -> Node {
        Node::of(self.0 & !(Self::IS_ONE_OF | Self::IS_KNOWN))
    }

    /// The documents that have it, in names or in bodies.
    fn list<'a>(self, index: &SearchIndex<'a>, in_bodies: bool) -> Postings<'a> {
        let (names, bodies) = index.lists(self.node());
        if in_bodies { bodies } else { names }
    }

    /// Whether it or one of the steps beside it has to be there.
    const fn is_one_of(self) -> bool {
        self.0 & Self::IS_ONE_OF != 0
    }

    /// Whether it was looked for before the last characters were typed.
    const fn is_known(self) -> bool {
        self.0 & Self::IS_KNOWN != 0
    }
}

/// One word in one way: its steps end where those of the next begin.
#[derive(Clone, Copy)]
struct Route {
    word: u8,
    way: u8,
    end: u8,
    /// What names have that begin so, or [`SEVERAL`].
    beginning: Node,
}

/// No gram of which names begin so: it may be one of several.
const SEVERAL: Node = Node::of(u32::MAX);

/// A gram that nothing has.
const NOTHING: Node = Node::of(u32::MAX - 1);

/// How many grams are looked up at most; of what has more, the first ones are.
const STEPS: usize = if_read(32);

/// How many words and ways are looked up at most.
const ROUTES: usize = if_read(16);

/// The grams of a query, looked up in the indexes of a section: where they are does not change from window to window.
#[derive(Clone)]
pub(super) struct Plan {
    steps: [Step; STEPS],
    routes: [Route; ROUTES],
    length: u8,
    /// How many words there are, of which ways are here.
    words: u8,
    count: u8,
}

impl Plan {
    /// Nothing is looked for.
    pub(super) const NOTHING: Self = Self {
        steps: [Step(0); STEPS],
        routes: [Route { word: 0, way: 0, end: 0, beginning: Node::of(0) }; ROUTES],
        length: 0,
        words: 0,
        count: 0,
    };

    /// Looks for nothing again.
    const fn forget(&mut self) {
        (self.length, self.words, self.count) = (0, 0, 0);
    }

    /// Whether a word is nowhere.
    pub(super) fn is_hopeless(&self) -> bool {
        READS_INDEXES && (0..self.words).any(|word| self.routes().all(|(route, _)| route.word != word))
    }

    /// Whether it has every word of a query.
    pub(super) fn has_all(&self, query: &Query) -> bool {
        query.words_count() <= usize::from(self.words)
    }

    /// The ways in which a word is somewhere, a bit for each; all of a word that was not looked up.
    pub(super) fn ways(&self, word: usize) -> u8 {
        if !READS_INDEXES || word >= usize::from(self.words) {
            return u8::MAX;
        }
        self.routes()
            .filter(|(route, _)| usize::from(route.word) == word)
            .fold(0, |ways, (route, _)| ways | 1 << route.way)
    }

    /// What names have that begin with a word in a way.
    fn beginning(&self, word: u8, way: u8) -> Option<Node> {
        let is_it = |route: &Route| route.word == word && route.way == way;
        self.routes().map(|(route, _)| route).find(is_it).map(|route| route.beginning).filter(|node| *node != SEVERAL)
    }

    /// Adds a step; whether there was room.
    fn push(&mut self, step: Step) -> bool {
        let Some(place) = self.steps.get_mut(usize::from(self.length)) else { return false };
        *place = step;
        self.length = self.length.wrapping_add(1);
        true
    }

    /// The ways of all words and their steps.
    fn routes(&self) -> impl Iterator<Item = (Route, &[Step])> {
        let routes = self.routes.get(..usize::from(self.count)).unwrap_or_default();
        let mut start = 0;
        routes.iter().map(move |route| {
            let steps = self.steps.get(start..usize::from(route.end)).unwrap_or_default();
            start = usize::from(route.end);
            (*route, steps)
        })
    }
}

/// The longest gram that units begin with.
struct Longest {
    node: Option<Node>,
    length: usize,
    /// Whether longer ones are there, but not this.
    is_missing: bool,
}

impl Longest {
    /// Whether two kana that the units begin with never stand side by side: every two that do are a gram, unless none are.
    fn lacks_pair_of_kana(&self, units: &[u16]) -> bool {
        self.is_missing
            && self.length == 1
            && matches!(units, [first, second, ..] if is_kana(*first) && is_kana(*second))
    }

    /// How long it is if it is frequent and did not go on; 0 otherwise. A kana goes on with kana in any case, which says
    /// nothing of how frequent it is.
    fn ended(&self, units: &[u16]) -> usize {
        let is_sure = self.length > 1 || matches!(units, [first, second, ..] if !is_kana(*first) && !is_kana(*second));
        if self.is_missing && is_sure { self.length } else { 0 }
    }
}

/// Looks the grams of a pattern up.
struct Lookup<'l, 'q, 'a> {
    index: &'l SearchIndex<'a>,
    pattern: &'l Pattern<'q>,
    spaced: bool,
    plan: &'l mut Plan,
}

impl Lookup<'_, '_, '_> {
    /// Goes through the grams that the pattern is made of; `None` if one of them is nowhere.
    #[inline(never)]
    fn grams(&mut self) -> Option<()> {
        let pattern = self.pattern;
        let mut start = 0_usize;
        for run in pattern.units.split(|unit| *unit == SEPARATOR) {
            let fresh = pattern.fresh.saturating_sub(start);
            if self.spaced {
                self.words(run, fresh)?;
            } else {
                self.everywhere(run, fresh)?;
            }
            start = start.wrapping_add(run.len()).wrapping_add(1);
        }
        pattern.tail.map_or(Some(()), |tail| self.tail(tail))
    }

    /// The beginnings of words.
    fn words(&mut self, run: &[u16], fresh: usize) -> Option<()> {
        let mut end = 0_usize;
        for word in run.split(|unit| *unit == HYPHEN) {
            end = end.wrapping_add(word.len()).wrapping_add(1);
            if word.is_empty() {
                continue;
            }
            let is_known = end <= fresh;
            // Whoever wrote が may have meant け: what stands before it must do.
            let sure =
                word.iter().skip(1).position(|unit| *unit == KE_OR_GA).map_or(word.len(), |at| at.wrapping_add(1));
            let longest = self.longest(word.get(..sure)?);
            if longest.is_missing {
                return None;
            }
            self.plan.push(Step::new(longest.node?, false, is_known));
        }
        if let [HYPHEN, ..] = run {
            let node = self.index.child(None, HYPHEN)?;
            self.plan.push(Step::new(node, false, false));
        }
        Some(())
    }

    /// The longest gram that units begin with.
    fn longest(&self, units: &[u16]) -> Longest {
        let mut longest = Longest { node: None, length: 0, is_missing: false };
        for unit in units {
            if longest.node.is_some_and(|node| self.index.is_leaf(node)) {
                break;
            }
            let Some(child) = self.index.child(longest.node, *unit) else {
                longest.is_missing = true;
                break;
            };
            longest.node = Some(child);
            longest.length = longest.length.wrapping_add(1);
        }
        longest
    }

    /// Grams that overlap, so that every two units that stand side by side are in one of them.
    fn everywhere(&mut self, run: &[u16], fresh: usize) -> Option<()> {
        let mut at = 0_usize;
        for part in run.split(|unit| *unit == KE_OR_GA) {
            let mut rest = part;
            // How long the gram before is that did not go on.
            let mut ended = 0;
            while !rest.is_empty() {
                let longest = self.longest(rest);
                let node = longest.node?;
                if longest.lacks_pair_of_kana(rest) || self.is_frequent(&longest, ended) {
                    return None;
                }
                let end = at.wrapping_add(longest.length);
                self.plan.push(Step::new(node, false, end <= fresh));
                if longest.length == rest.len() {
                    at = end;
                    break;
                }
                ended = longest.ended(rest);
                // The longest grams say enough if each begins with the last unit of the one before; the last two overlap more.
                let step = match rest.len().checked_sub(UNSPACED_DEPTH) {
                    Some(more) if longest.length == UNSPACED_DEPTH => more.min(UNSPACED_DEPTH - 1),
                    _ => 1,
                };
                at = at.wrapping_add(step);
                rest = rest.get(step..)?;
            }
            at = at.wrapping_add(1);
        }
        Some(())
    }

    /// Whether a gram that did not go on would have if its last unit stood behind it: a gram is there if all but its last
    /// unit is frequent, and all but its first one.
    fn is_frequent(&self, longest: &Longest, ended: usize) -> bool {
        let is_inner = || longest.node.is_some_and(|node| !self.index.is_leaf(node));
        ended > 0 && (longest.length > ended || longest.length == ended && is_inner())
    }

    /// A half-typed syllable: any of the kana that it may become, behind the unit before it.
    fn tail(&mut self, tail: &Tail) -> Option<()> {
        let before = self.pattern.units.last().copied().filter(|unit| !matches!(*unit, KE_OR_GA | SEPARATOR));
        let start = self.plan.length;
        for kana in tail.units() {
            let glides = if tail.glide { &GLIDES[..] } else { &[0] };
            for glide in glides {
                let run = [before.unwrap_or(0), kana, *glide];
                let run = run.get(usize::from(before.is_none())..if tail.glide { 3 } else { 2 })?;
                let mut longest = self.longest(run);
                if longest.lacks_pair_of_kana(run) {
                    continue;
                }
                if longest.is_missing && longest.length > 0 {
                    let ended = longest.ended(run);
                    longest = self.longest(run.get(1..)?);
                    if self.is_frequent(&longest, ended) {
                        continue;
                    }
                }
                if let Some(node) = longest.node
                    && !self.plan.push(Step::new(node, true, false))
                {
                    // Some of them would leave the others out.
                    self.plan.length = start;
                    return Some(());
                }
            }
        }
        (self.plan.length > start).then_some(())
    }
}

/// The longest gram that names begin with which begin with a pattern, or one that nothing has; `None` if it begins with
/// several.
fn beginning(index: &SearchIndex<'_>, pattern: &Pattern<'_>) -> Option<Node> {
    let mut gram = index.child(None, BEGINNING)?;
    let is_sure = |unit: &&u16| !matches!(**unit, KE_OR_GA | SEPARATOR);
    let mut length = 0;
    for unit in pattern.units.iter().take_while(is_sure) {
        if length > 0 && index.is_leaf(gram) {
            break;
        }
        gram = index.child(Some(gram), *unit).unwrap_or(NOTHING);
        length += 1;
    }
    (length > 0).then_some(gram)
}

/// Keeps the documents of a window whose names begin with the half-typed syllable that a pattern is, or end with its last
/// unit.
fn keep_edge(index: &SearchIndex<'_>, pattern: &Pattern<'_>, edge: Edge, window: u32, bits: &mut Bits) {
    let Pattern { units, tail, .. } = pattern;
    let (side, unit) = match edge {
        Edge::Beginning => (BEGINNING, units.first()),
        Edge::End => (END, units.last().filter(|_| tail.is_none())),
    };
    if unit == Some(&KE_OR_GA) {
        return;
    }
    let mut any = Bits::NONE;
    let side = index.child(None, side);
    let mut add = |unit: u16| {
        if let Some(node) = side.and_then(|side| index.child(Some(side), unit)) {
            index.lists(node).0.add(window, &mut any);
        }
    };
    match (unit, tail) {
        (Some(unit), _) => add(*unit),
        (None, Some(tail)) if edge == Edge::End && tail.glide => GLIDES.into_iter().for_each(add),
        (None, Some(tail)) => tail.units().for_each(add),
        (None, None) => {}
    }
    bits.and(&any);
}

/// Splits off a step, or all of which one has to be there. (`chunk_by` can panic, as far as the compiler sees.)
fn split(steps: &[Step]) -> Option<(&[Step], &[Step])> {
    let (first, rest) = steps.split_first()?;
    let beside = if first.is_one_of() { rest.iter().take_while(|step| step.is_one_of()).count() } else { 0 };
    steps.split_at_checked(beside.wrapping_add(1))
}

/// What is looked for in a window. `is_known` says that what is kept of is what the grams left that were looked for before.
struct Wanted {
    window: u32,
    parts: Parts,
    is_known: bool,
}

/// Keeps the documents of a window that have every gram, in names or in bodies; whether there are any.
#[inline(never)]
fn keep(index: &SearchIndex<'_>, steps: &[Step], wanted: &Wanted, in_bodies: bool, bits: &mut Bits) -> bool {
    let mut rest = steps;
    while let Some((one_of, more)) = split(rest) {
        rest = more;
        if wanted.is_known && one_of.iter().all(|step| step.is_known()) {
            continue;
        }
        match one_of {
            [step] => step.list(index, in_bodies).keep(wanted.window, bits),
            _ => keep_any(index, one_of, in_bodies, wanted.window, bits),
        }
        if bits.is_empty() {
            return false;
        }
    }
    true
}

/// Keeps the documents of a window that have one of several grams.
#[inline(never)]
fn keep_any(index: &SearchIndex<'_>, one_of: &[Step], in_bodies: bool, window: u32, bits: &mut Bits) {
    let mut these = Bits::NONE;
    for step in one_of {
        step.list(index, in_bodies).add(window, &mut these);
    }
    bits.and(&these);
}

/// The first window from this one on that may have documents with every gram.
fn next_window(index: &SearchIndex<'_>, steps: &[Step], in_bodies: bool, from: u32) -> Option<u32> {
    let mut window = from;
    let mut rest = steps;
    while let Some((one_of, more)) = split(rest) {
        rest = more;
        let next = |step: &Step| step.list(index, in_bodies).next_window(window);
        window = one_of.iter().filter_map(next).min()?;
    }
    Some(window)
}

impl<'a> Indexes<'a> {
    pub(super) const fn new(
        languages: &'a [LanguageTables<'a>; MAX_LANGUAGES],
        section: Section,
        documents: u32,
        asked: u8,
    ) -> Self {
        Self { languages, section, documents, asked }
    }

    /// Whether every language that is asked has one.
    pub(super) fn are_all_there(&self) -> bool {
        let is_asked = |language: &usize| self.asked >> language & 1 == 1;
        (0..MAX_LANGUAGES).filter(is_asked).all(|language| self.index_of(way(language, false) as u8).is_some())
    }

    /// The index of the language of a way; `None` where it has none.
    #[inline(never)]
    fn index_of(&self, way: u8) -> Option<SearchIndex<'a>> {
        let tables = self.languages.get(usize::from(way >> 1))?;
        if !READS_INDEXES {
            return None;
        }
        let bytes = match self.section {
            Section::Records => tables.search_index,
            Section::Sources => tables.source_search_index,
        };
        SearchIndex::read(bytes).filter(|index| index.documents == self.documents)
    }

    /// Looks the grams of a query up, of as many words as there is room for.
    #[inline(never)]
    pub(super) fn plan(&self, query: &Query, plan: &mut Plan) {
        plan.forget();
        if !READS_INDEXES {
            return;
        }
        let mut words = query.words();
        while ROUTES.checked_sub(WAYS).is_some_and(|most| usize::from(plan.count) <= most)
            && let Some(word) = words.next()
        {
            self.plan_word(&word, plan);
        }
    }

    /// Looks the grams of a word up.
    #[inline(never)]
    fn plan_word(&self, word: &Word<'_>, plan: &mut Plan) {
        self.each(word, |way, spaced, pattern, index| {
            let start = plan.length;
            let is_somewhere = index.is_none_or(|index| Lookup { index, pattern, spaced, plan }.grams().is_some());
            if !is_somewhere {
                plan.length = start;
            } else if let Some(route) = plan.routes.get_mut(usize::from(plan.count)) {
                let beginning = index.and_then(|index| beginning(index, pattern)).unwrap_or(SEVERAL);
                *route = Route { word: plan.words, way, end: plan.length, beginning };
                plan.count = plan.count.wrapping_add(1);
            }
        });
        plan.words = plan.words.wrapping_add(1);
    }

    /// Keeps the documents of a window in which every word may stand, of those that were found for so many characters.
    #[inline(never)]
    pub(super) fn propose(&self, query: &Query, plan: &Plan, window: u32, parts: Parts, length: u8, found: &mut Bits) {
        // Of several words it was not kept which may stand in which way: to look again costs less than to compare more.
        let is_known = query.is_one_word() && length > 0 && usize::from(length) == query.before;
        found.keep_first(self.documents.saturating_sub(window << WINDOW.trailing_zeros()));
        if !READS_INDEXES {
            return;
        }
        let wanted = Wanted { window, parts, is_known };
        self.keep_words(plan, &wanted, found);
        if !found.is_empty() && !plan.has_all(query) {
            self.keep_more_words(query, plan.words, &wanted, found);
        }
    }

    /// Keeps the documents of a window in which every word may stand that a plan has no room for: each is looked up anew.
    #[inline(never)]
    fn keep_more_words(&self, query: &Query, planned: u8, wanted: &Wanted, found: &mut Bits) {
        let mut plan = Plan::NOTHING;
        let mut words = query.words();
        let mut number = 0_u8;
        while !found.is_empty()
            && let Some(word) = words.next()
        {
            if number >= planned {
                plan.forget();
                self.plan_word(&word, &mut plan);
                self.keep_words(&plan, wanted, found);
            }
            number = number.wrapping_add(1);
        }
    }

    /// Keeps the documents of a window in which every word of a plan may stand.
    #[inline(never)]
    fn keep_words(&self, plan: &Plan, wanted: &Wanted, found: &mut Bits) {
        for word in 0..plan.words {
            let mut these = Bits::NONE;
            for (route, steps) in plan.routes().filter(|(route, _)| route.word == word) {
                let index = self.index_of(route.way);
                for in_bodies in [false, true] {
                    if wanted.parts == if in_bodies { Parts::Names } else { Parts::Bodies } {
                        continue;
                    }
                    let mut bits = *found;
                    if index.is_none_or(|index| keep(&index, steps, wanted, in_bodies, &mut bits)) {
                        these.or(&bits);
                    }
                }
            }
            found.and(&these);
            if found.is_empty() {
                return;
            }
        }
    }

    /// Says of a quarter of a window in which ways words of a plan may stand in its documents.
    #[inline(never)]
    fn say_ways(&self, plan: &Plan, wanted: &Wanted, found: &Bits, ways: &mut Ways) {
        for (route, steps) in plan.routes() {
            let index = self.index_of(route.way);
            for in_bodies in [false, true] {
                if wanted.parts == if in_bodies { Parts::Names } else { Parts::Bodies } {
                    continue;
                }
                let mut bits = *found;
                if index.is_none_or(|index| keep(&index, steps, wanted, in_bodies, &mut bits)) {
                    ways.add(route.way, &bits);
                }
            }
        }
    }

    /// Keeps those documents that have a name that begins, or ends, as every word does.
    #[inline(never)]
    pub(super) fn at_edges(&self, query: &Query, plan: &Plan, edge: Edge, window: u32, found: &mut Bits) {
        if !READS_INDEXES {
            return;
        }
        let mut words = query.words();
        let mut number = 0_u8;
        while let Some(word) = words.next() {
            let mut these = Bits::NONE;
            self.each(&word, |way, _, pattern, index| {
                if plan.ways(usize::from(number)) >> way & 1 == 0 {
                    return;
                }
                let mut bits = *found;
                if let Some(index) = index {
                    let beginning = plan.beginning(number, way).filter(|_| edge == Edge::Beginning);
                    if let Some(beginning) = beginning {
                        index.lists(beginning).0.keep(window, &mut bits);
                    } else {
                        keep_edge(index, pattern, edge, window, &mut bits);
                    }
                }
                these.or(&bits);
            });
            found.and(&these);
            if found.is_empty() {
                return;
            }
            number = number.wrapping_add(1);
        }
    }

    /// The first window from this one on in which every word may stand; or in whose names, or at their beginning.
    #[inline(never)]
    pub(super) fn next_window(&self, plan: &Plan, parts: Parts, edge: Option<Edge>, from: u32) -> Option<u32> {
        if !READS_INDEXES {
            return Some(from);
        }
        let mut at = from;
        loop {
            let before = at;
            for word in 0..plan.words {
                let mut nearest: Option<u32> = None;
                for (route, steps) in plan.routes().filter(|(route, _)| route.word == word) {
                    let index = self.index_of(route.way);
                    let next = |in_bodies| index.map_or(Some(at), |index| next_window(&index, steps, in_bodies, at));
                    let mut names = next(false);
                    if let (Some(_), Some(index), Some(window)) = (edge, index, names)
                        && route.beginning != SEVERAL
                    {
                        names = index.lists(route.beginning).0.next_window(window);
                    }
                    let bodies = if parts == Parts::Names { None } else { next(true) };
                    nearest = nearest.into_iter().chain(names).chain(bodies).min();
                }
                at = nearest?;
            }
            if at == before {
                return Some(at);
            }
        }
    }

    /// Every way in which a word may stand: its number, whether words have spaces between them, the pattern and the index.
    fn each(&self, word: &Word<'_>, mut then: impl FnMut(u8, bool, &Pattern<'_>, Option<&SearchIndex<'a>>)) {
        for (language, tables) in self.languages.iter().enumerate() {
            if self.asked >> language & 1 == 0 {
                continue;
            }
            let spaced = tables.language.is_spaced();
            let index = self.index_of(way(language, false) as u8);
            for (otherwise, pattern) in [(false, Some(&word.typed)), (true, word.otherwise.as_ref())] {
                // Nobody writes readings into words with spaces between them.
                if let Some(pattern) = pattern.filter(|pattern| !(pattern.is_lenient() && spaced)) {
                    then(way(language, otherwise) as u8, spaced, pattern, index.as_ref());
                }
            }
        }
    }
}
