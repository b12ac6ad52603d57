//! Whether the texts of a record have what is looked for. Runs on the target.

use nenpyo_schema::fold::Folds;
use nenpyo_schema::{CodeSet, Language, LanguageTables, MAX_LANGUAGES, READS_DENSE_TEXT, RecordKind};

use super::Class;
use super::candidates::Plan;
use super::matching::{Place, Prepared, ReadingSet, Sets};
use super::query::{Pattern, Query, QueryWords, Word};
use super::texts::{self, Field, Texts};
use crate::Milestone;
use crate::links::Node;
use crate::record::Record;
use crate::text::Text;

/// Where a word was found.
pub(super) struct Found {
    pub(super) language: Language,
    pub(super) field: Field,
    pub(super) place: Place,
}

/// A word, ready to be compared with many texts.
struct PreparedWord<'q> {
    typed: Prepared<'q>,
    otherwise: Option<Prepared<'q>>,
    /// Whether a date may have it.
    is_number: bool,
}

impl<'q> PreparedWord<'q> {
    #[inline(never)]
    fn new(word: &Word<'q>, folds: &Folds<'_>) -> Self {
        Self {
            typed: Prepared::new(&word.typed, folds),
            otherwise: word.otherwise.as_ref().map(|pattern| Prepared::new(pattern, folds)),
            is_number: number(word).is_some(),
        }
    }
}

impl PreparedWord<'_> {
    fn length(&self) -> usize {
        self.typed.pattern.units.len()
    }
}

/// How a word is written that begins with a digit; as milestones have dates, if it can be.
fn number<'w, 'q>(word: &'w Word<'q>) -> Option<&'w Pattern<'q>> {
    let begins_with_digit = |pattern: &&Pattern<'_>| matches!(pattern.units.first(), Some(0x30..=0x39));
    [word.otherwise.as_ref(), Some(&word.typed)].into_iter().flatten().find(begins_with_digit)
}

/// The ways in which words are as they were typed.
const TYPED: u8 = 0b0101_0101;

/// How many words are prepared; what is typed rarely has more.
const PREPARED: usize = 2;

/// The words of a query.
pub(super) struct PreparedWords<'h, 'a> {
    folds: &'h Folds<'a>,
    prepared: heapless::Vec<PreparedWord<'h>, PREPARED>,
    /// Where in dense texts these may begin.
    set: CodeSet,
    readings: ReadingSet,
    /// The words behind these.
    rest: QueryWords<'h>,
    is_one: bool,
    /// How long the longest one of those that are prepared is.
    longest: usize,
}

impl<'h, 'a> PreparedWords<'h, 'a> {
    #[inline(never)]
    pub(super) fn new(query: &'h Query, folds: &'h Folds<'a>) -> Self {
        let mut prepared = heapless::Vec::new();
        let mut rest = query.words();
        while !prepared.is_full()
            && let Some(word) = rest.next()
        {
            // There is room, as was just asked.
            let _ = prepared.push(PreparedWord::new(&word, folds));
        }
        let longest = prepared.iter().map(PreparedWord::length).max().unwrap_or(0);
        Self {
            folds,
            prepared,
            set: CodeSet::new(),
            readings: ReadingSet::new(),
            rest,
            is_one: query.is_one_word(),
            longest,
        }
    }
}

/// Compares texts with the words.
pub(super) struct Comparison<'h, 'a> {
    words: &'h PreparedWords<'h, 'a>,
    /// The ways in which each of the words that are prepared is somewhere.
    of_words: [u8; PREPARED],
    /// Whether most records will not have them, because no index has proposed these.
    looks_ahead: bool,
}

impl<'h, 'a> Comparison<'h, 'a> {
    pub(super) fn new(words: &'h PreparedWords<'h, 'a>, plan: &Plan, looks_ahead: bool) -> Self {
        // A word that is written in one way only has no other.
        let possible = |word: usize| {
            if words.prepared.get(word).is_some_and(|word| word.otherwise.is_some()) { u8::MAX } else { TYPED }
        };
        Self { words, of_words: core::array::from_fn(|word| plan.ways(word) & possible(word)), looks_ahead }
    }

    /// The patterns of which it is known where they may begin: of all words, or of the longest one, which fewest records have.
    fn patterns(&self) -> impl Iterator<Item = &Prepared<'h>> {
        let words = self.words.prepared.iter().filter(|word| self.is_known(word));
        words.flat_map(|word| [Some(&word.typed), word.otherwise.as_ref()]).flatten()
    }

    fn is_known(&self, word: &PreparedWord<'_>) -> bool {
        !self.looks_ahead || word.length() == self.words.longest
    }

    /// Finds out in which codes the words may begin.
    #[inline(never)]
    fn fill(&self, node: Node<'_>) {
        let coding = node.chronicle.tables().coding();
        self.patterns().for_each(|pattern| pattern.put_in_set(coding, self.words.folds, &self.words.set));
        self.words.set.fill(coding, &|first, second| self.patterns().any(|pattern| pattern.may_begin(first, second)));
    }

    /// Finds out in which readings the words may begin.
    #[inline(never)]
    fn fill_readings(&self, node: Node<'_>) {
        let tables = node.chronicle.tables();
        let may_be_read = self.patterns().any(|pattern| pattern.may_be_read);
        for language in tables.languages.iter().filter(|_| may_be_read) {
            self.words.readings.add(&language.readings, tables.coding(), |reading| {
                self.patterns().any(|pattern| pattern.may_begin_in(reading, &self.words.set))
            });
        }
        self.words.readings.finish();
    }

    /// Whether every word is in the record as the class says, in one of the ways that have a bit in `live`; where the first
    /// of those lies that are worst off.
    #[inline(never)]
    pub(super) fn matches(&self, node: Node<'a>, live: u8, class: Class) -> Option<Found> {
        if self.words.set.is_due() || self.looks_ahead && READS_DENSE_TEXT && !self.words.set.is_full() {
            self.fill(node);
        }
        if self.looks_ahead && !self.words.readings.is_full() {
            self.fill_readings(node);
        }
        if self.looks_ahead && !self.may_match(node, live, class) {
            return None;
        }
        let mut worst: Option<Found> = None;
        let mut keep = |found: Found| {
            if worst.as_ref().is_none_or(|worst| found.place.class < worst.place.class) {
                worst = Some(found);
            }
        };
        let sets = Sets { codes: Some(&self.words.set), readings: Some(&self.words.readings) };
        let sets_of = |word: &_| if self.is_known(word) { sets } else { Sets::NONE };
        for (word, ways) in self.words.prepared.iter().zip(self.of_words) {
            keep(self.word(word, sets_of(word), node, live & ways, class)?);
        }
        let mut rest = self.words.rest.clone();
        while let Some(word) = rest.next() {
            keep(self.more(&word, node, live, class)?);
        }
        worst
    }

    /// Whether the words may be in the record, as far as it is known at a glance.
    #[inline(never)]
    fn may_match(&self, node: Node<'a>, live: u8, class: Class) -> bool {
        self.words.prepared.iter().zip(self.of_words).filter(|(word, _)| self.is_known(word)).all(|(word, ways)| {
            let live = live & ways;
            let in_names = class > Class::Mentioned || !self.words.is_one;
            word.is_number && class < Class::Beginning
                || in_names && self.may_be_in(word, node, live, false)
                || class == Class::Mentioned && self.may_be_in(word, node, live, true)
        })
    }

    fn may_be_in(&self, word: &PreparedWord<'_>, node: Node<'a>, live: u8, in_bodies: bool) -> bool {
        let PreparedWords { set, readings, .. } = self.words;
        let sets = Sets { codes: Some(set), readings: Some(readings) };
        let mut texts = Texts::new(node, in_bodies);
        while let Some((_, number)) = texts.next() {
            for (tables, pattern, spaced) in ways(word, node, live) {
                let text = number.text(node.chronicle, tables);
                if let Some(text) = text.filter(|text| pattern.may_be_in(text, set, readings, spaced))
                    && pattern.find(&text, self.words.folds, sets, spaced).is_some()
                {
                    return true;
                }
            }
        }
        false
    }

    /// Where a word is in the record that was not prepared.
    #[inline(never)]
    fn more(&self, word: &Word<'_>, node: Node<'a>, live: u8, class: Class) -> Option<Found> {
        let word = PreparedWord::new(word, self.words.folds);
        self.word(&word, Sets::NONE, node, live, class)
    }

    /// Where a word is in the record.
    #[inline(never)]
    fn word(&self, word: &PreparedWord<'_>, sets: Sets<'_>, node: Node<'a>, live: u8, class: Class) -> Option<Found> {
        let in_texts = |in_bodies| in_texts(word, self.words.folds, sets, node, live, class, in_bodies);
        // Whoever has the one word in a name was given already.
        if class > Class::Mentioned || !self.words.is_one {
            let found = in_texts(false);
            if found.is_some() || class > Class::Contained {
                return found;
            }
        }
        if word.is_number {
            let found = Self::in_date(word, node);
            if found.is_some() {
                return found;
            }
        }
        if class == Class::Contained { None } else { in_texts(true) }
    }

    #[inline(never)]
    fn in_date(word: &PreparedWord<'_>, node: Node<'a>) -> Option<Found> {
        if node.kind != RecordKind::Milestone {
            return None;
        }
        let otherwise = word.otherwise.as_ref().map(|prepared| prepared.pattern);
        let word = Word { typed: word.typed.pattern, otherwise };
        let mut text = heapless::String::<64>::new();
        Milestone::new(node.chronicle, node.id).date().write_to(&mut text).ok()?;
        let place =
            Prepared::new(number(&word)?, &Folds::EMPTY).find(&Text::of_str(&text), &Folds::EMPTY, Sets::NONE, true)?;
        Some(Found { language: Language::NONE, field: Field::Date, place })
    }
}

/// In which languages a word may be as it was typed, or otherwise, of the ways that have a bit in `live`; and whether words
/// have spaces between them there.
fn ways<'w, 'q, 'a>(
    word: &'w PreparedWord<'q>,
    node: Node<'a>,
    live: u8,
) -> impl Iterator<Item = (&'a LanguageTables<'a>, &'w Prepared<'q>, bool)> {
    let mut live = live;
    core::iter::from_fn(move || {
        while live != 0 {
            let way = live.trailing_zeros() as usize;
            live &= live.wrapping_sub(1);
            let pattern = if way & 1 == 0 { Some(&word.typed) } else { word.otherwise.as_ref() };
            if let Some(pattern) = pattern
                && let Some(tables) = node.chronicle.tables().languages.get(way >> 1)
            {
                let spaced = tables.language.is_spaced();
                // Nobody writes readings into words with spaces between them.
                if !(pattern.pattern.is_lenient() && spaced) {
                    return Some((tables, pattern, spaced));
                }
            }
        }
        None
    })
}

/// Where a word is in names, or in bodies, in the ways that have a bit in `live`.
#[inline(never)]
fn in_texts<'a>(
    word: &PreparedWord<'_>,
    folds: &Folds<'a>,
    sets: Sets<'_>,
    node: Node<'a>,
    live: u8,
    class: Class,
    in_bodies: bool,
) -> Option<Found> {
    let all = Texts::new(node, in_bodies);
    let mut best: Option<Found> = None;
    for (tables, pattern, spaced) in ways(word, node, live) {
        let mut texts = all.clone();
        while let Some((field, number)) = texts.next() {
            let Some(text) = number.text(node.chronicle, tables) else { continue };
            let place = if class > Class::Contained {
                pattern.begins(&text, folds).filter(|place| place.class >= class)
            } else {
                pattern.find(&text, folds, sets, spaced)
            };
            let Some(place) = place else { continue };
            let mut place = place;
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
    best
}

/// Where the last word stands in a name of a record, and in which; `languages` has a bit for each that is asked.
pub(super) fn last_word<'a>(
    query: &Query,
    folds: &Folds<'a>,
    languages: u8,
    node: Node<'a>,
) -> Option<(Text<'a>, Place)> {
    let mut words = query.words();
    let mut last = words.next()?;
    while let Some(word) = words.next() {
        last = word;
    }
    let last = PreparedWord::new(&last, folds);
    let found = in_texts(&last, folds, Sets::NONE, node, all_ways(languages), Class::Contained, false)?;
    let text = texts::text(node, found.language, found.field)?;
    Some((text, found.place.in_bytes(&text)))
}

/// The ways of languages that have a bit each.
pub(super) fn all_ways(languages: u8) -> u8 {
    (0..MAX_LANGUAGES).filter(|language| languages >> language & 1 == 1).fold(0, |ways, at| ways | 3 << (2 * at))
}
