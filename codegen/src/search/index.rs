//! The index: which documents have which grams. Host only.
//!
//! Which grams, and why, is said in [`nenpyo_schema::search`].

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use nenpyo_schema::fold::{HYPHEN, SEPARATOR, is_letter, is_silent_hyphen};
use nenpyo_schema::kana;
use nenpyo_schema::search::{
    BEGINNING, BLOCK, DEPTH, END, NO_MORE, SPLIT, SPLIT_MARK, Shape, UNSPACED_DEPTH, WINDOW, is_kana,
};

use super::{Searched, Words};
use crate::crew::Crew;

/// How many grams there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// As many as make searches quick.
    Usual,
    /// Single units, and what names begin and end with: a quarter of the bytes.
    Small,
}

/// Which grams are worth their bytes.
#[derive(Clone, Copy)]
struct Choice {
    documents: u32,
    spaced: bool,
    extent: Extent,
}

impl Choice {
    /// A gram that no more documents have is not made longer: to compare so many texts costs less than to keep all of its
    /// longer ones; `ARCHITECTURE.md` has the figures. Where words have spaces between them, no other gram says which of
    /// these documents are meant. What names begin with says where whole names are, and is never more.
    const fn few(self, gram: &Gram) -> u32 {
        if matches!(self.extent, Extent::Small) {
            return u32::MAX;
        }
        let (least, share) = if self.spaced { (28, 90) } else { (160, 16) };
        let few = self.documents / share;
        if few < least || gram[0] == BEGINNING { least } else { few }
    }

    /// Whether two kana that stand side by side are a gram in any case.
    const fn has_pairs_of_kana(self) -> bool {
        !self.spaced && matches!(self.extent, Extent::Usual)
    }
}

/// A gram of at most eight units, filled up with zeros behind, so that grams sort as tries do.
type Gram = [u16; DEPTH];

/// How many units a gram has.
fn length(gram: &Gram) -> usize {
    gram.iter().take_while(|unit| **unit != 0).count()
}

/// How long a gram is at most.
pub(super) const fn depth(spaced: bool) -> usize {
    if spaced { DEPTH } else { UNSPACED_DEPTH }
}

/// A gram and a unit behind it.
fn longer(mut gram: Gram, unit: u16) -> Gram {
    gram[length(&gram)] = unit;
    gram
}

/// The documents that have a gram.
#[derive(Default)]
struct Lists {
    names: List,
    bodies: List,
}

/// Ascending documents, each once, as the tables have them: the first one, then gaps. There are hundreds of millions.
#[derive(Default)]
struct List {
    count: u32,
    first: u32,
    last: u32,
    gaps: Vec<u8>,
}

impl List {
    fn push(&mut self, document: u32) {
        if self.count == 0 {
            self.first = document;
        } else if document == self.last {
            return;
        } else {
            number(&mut self.gaps, document - self.last - 1);
        }
        self.last = document;
        self.count += 1;
    }

    /// Appends documents that are all behind these.
    fn append(&mut self, other: Self) {
        if self.count == 0 {
            *self = other;
        } else if other.count > 0 {
            number(&mut self.gaps, other.first - self.last - 1);
            self.gaps.extend(other.gaps);
            self.last = other.last;
            self.count += other.count;
        }
    }

    fn documents(&self) -> Vec<u32> {
        let mut documents = Vec::with_capacity(self.count as usize);
        documents.extend((self.count > 0).then_some(self.first));
        let (mut gap, mut shift, mut last) = (0, 0, self.first);
        for byte in &self.gaps {
            gap |= u32::from(byte & 0x7F) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                last += gap + 1;
                documents.push(last);
                (gap, shift) = (0, 0);
            }
        }
        documents
    }
}

impl Lists {
    fn count(&self) -> u32 {
        self.names.count + self.bodies.count
    }

    fn append(&mut self, other: Self) {
        self.names.append(other.names);
        self.bodies.append(other.bodies);
    }
}

/// The index of so many documents in the order of their rank.
///
/// Grams are collected by their length, because only those are chosen that begin, and mostly also end, with frequent
/// ones: what is not chosen, by far the most, is never kept.
pub(super) fn index(
    crew: &Crew,
    documents: usize,
    spaced: bool,
    extent: Extent,
    document: impl Fn(usize) -> Searched + Sync,
) -> Vec<u8> {
    let choice = Choice { documents: documents as u32, spaced, extent };
    let texts = crew.shares(documents, |share| Texts::of(share, &document));
    let mut frequent = Frequent::new(choice);
    let mut chosen: Vec<(Gram, Lists)> = Vec::new();
    // The frequent grams of the length before, by their nodes.
    let mut before: Vec<(u32, Gram)> = Vec::new();
    for length in 1..=depth(spaced) {
        let found = found(crew, &texts, &frequent, length);
        // Whoever looks for more than a frequent gram that is never longer, has to be told.
        let last = |gram: &Gram| {
            let first = found.partition_point(|((_, other), _)| other < gram);
            let is_longer = |(_, other): &(u32, Gram)| other[..length - 1] == gram[..length - 1];
            !found.get(first).is_some_and(|(key, _)| is_longer(key)) && !matches!(gram[0], BEGINNING | END)
        };
        let ends = before.iter().filter(|(_, gram)| last(gram)).map(|(_, gram)| longer(*gram, NO_MORE));
        let ends: Vec<_> = ends.map(|gram| (gram, Lists::default())).collect();
        before.clear();
        for ((parent, gram), lists) in &found {
            if lists.count() > choice.few(gram) {
                before.push((frequent.add(*parent, gram), *gram));
            }
        }
        let place = chosen.len();
        chosen.extend(found.into_iter().map(|((_, gram), lists)| (gram, lists)));
        chosen.extend(ends);
        chosen[place..].sort_unstable_by_key(|(gram, _)| *gram);
        crew.advance(1);
    }
    drop(texts);
    write(crew, documents as u32, &chosen)
}

/// The folded texts of a share of the documents, one behind the other.
#[derive(Default)]
struct Texts {
    units: Vec<u16>,
    /// Which document has each, what it is there, and where it ends among the units.
    texts: Vec<(u32, Place, u32)>,
}

/// What a text is in its document.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Name,
    /// Found like a name, which is none.
    Date,
    Body,
}

impl Texts {
    fn of(share: Range<usize>, document: impl Fn(usize) -> Searched) -> Self {
        let mut texts = Self::default();
        for number in share {
            let document = document(number);
            document.names.iter().for_each(|words| texts.add(number, Place::Name, words));
            document.date.iter().for_each(|words| texts.add(number, Place::Date, words));
            document.bodies.iter().for_each(|words| texts.add(number, Place::Body, words));
        }
        texts.units.shrink_to_fit();
        texts.texts.shrink_to_fit();
        texts
    }

    fn add(&mut self, document: usize, place: Place, words: &Words) {
        for word in words {
            self.units.extend(word);
            self.units.push(SEPARATOR);
        }
        self.texts.push((document as u32, place, self.units.len() as u32));
    }

    /// Each text with its document; its words end with a separator each.
    fn iter(&self) -> impl Iterator<Item = (u32, Place, &[u16])> {
        let mut start = 0;
        self.texts.iter().map(move |(document, place, end)| {
            let units = &self.units[start..*end as usize];
            start = *end as usize;
            (*document, *place, units)
        })
    }
}

fn words(units: &[u16]) -> impl DoubleEndedIterator<Item = &[u16]> {
    units.split_inclusive(|unit| *unit == SEPARATOR).map(|word| &word[..word.len() - 1])
}

/// Hashes numbers that are no secret.
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

type Map<V> = HashMap<u64, V, BuildHasherDefault<Mixed>>;

/// A gram as the node of what stands before its last unit, and this unit.
fn key(parent: u32, unit: u16) -> u64 {
    u64::from(parent) << 16 | u64::from(unit)
}

/// What stands before a gram of one unit.
const ROOT: u32 = u32::MAX;

/// How many nodes are single units, which are their own numbers.
const SINGLE: usize = 1 << 16;

/// The frequent grams as a tree.
struct Frequent {
    choice: Choice,
    /// Which single units are frequent.
    singles: Vec<bool>,
    /// From the node of a frequent gram by a unit to that of a longer one.
    steps: Map<u32>,
    /// Of each gram of more units its last ones, all but the first; `None` where they need not be frequent.
    rests: Vec<Option<u32>>,
}

impl Frequent {
    fn new(choice: Choice) -> Self {
        Self { choice, singles: vec![false; SINGLE], steps: Map::default(), rests: Vec::new() }
    }

    /// Adds a gram to what stands before its last unit, and gives its node.
    fn add(&mut self, parent: u32, gram: &Gram) -> u32 {
        let last = gram[length(gram) - 1];
        if parent == ROOT {
            self.singles[usize::from(last)] = true;
            return u32::from(last);
        }
        let rest = if self.choice.spaced || gram[0] == BEGINNING {
            None
        } else if parent < SINGLE as u32 {
            Some(u32::from(last))
        } else {
            // What follows the first unit of a frequent gram is at least as frequent.
            self.rest(parent).and_then(|rest| self.step(rest, last))
        };
        let node = (SINGLE + self.rests.len()) as u32;
        self.rests.push(rest);
        self.steps.insert(key(parent, last), node);
        node
    }

    fn step(&self, node: u32, unit: u16) -> Option<u32> {
        self.steps.get(&key(node, unit)).copied()
    }

    fn rest(&self, node: u32) -> Option<u32> {
        self.rests[node as usize - SINGLE]
    }

    /// Whether the gram of a node with a unit behind it is worth its bytes.
    fn chooses(&self, node: u32, unit: u16) -> bool {
        match u16::try_from(node) {
            Ok(BEGINNING | END) => true,
            Ok(first) if self.choice.has_pairs_of_kana() && is_kana(first) && is_kana(unit) => true,
            Ok(first) => self.singles[usize::from(first)] && (self.choice.spaced || self.singles[usize::from(unit)]),
            // What is not chosen although its beginning is frequent has a rest that is not.
            Err(_) => self.rest(node).is_none_or(|rest| self.step(rest, unit).is_some()),
        }
    }
}

/// The chosen grams of a length, in order, each with the node of what stands before its last unit.
fn found(crew: &Crew, texts: &[Texts], frequent: &Frequent, length: usize) -> Vec<((u32, Gram), Lists)> {
    // Documents that follow one another are looked through by one thread, so that their lists can be joined.
    let found = crew.pieces(texts.len(), |piece| {
        let mut grams =
            Grams { frequent, length, document: 0, is_body: false, gram: [0; DEPTH], found: Map::default() };
        texts[piece]
            .iter()
            .flat_map(Texts::iter)
            .for_each(|(document, place, units)| grams.text(document, place, units));
        grams.found
    });
    let mut joined: Map<((u32, Gram), Lists)> = Map::default();
    for (key, (gram, lists)) in found.into_iter().flatten() {
        joined.entry(key).or_insert_with(|| (gram, Lists::default())).1.append(lists);
    }
    let mut found: Vec<_> = joined.into_values().collect();
    found.sort_unstable_by_key(|((_, gram), _)| *gram);
    found
}

/// Collects the grams of one length.
struct Grams<'f> {
    frequent: &'f Frequent,
    length: usize,
    document: u32,
    is_body: bool,
    /// The units of the gram that is being made longer.
    gram: Gram,
    found: Map<((u32, Gram), Lists)>,
}

impl Grams<'_> {
    /// Adds a gram that may have any length, of units that are in the tree but for the last one.
    fn add(&mut self, parent: u32, unit: u16) {
        let (length, gram) = (self.length, &mut self.gram);
        let (_, lists) = self.found.entry(key(parent, unit)).or_insert_with(|| {
            gram[length - 1] = unit;
            gram[length..].fill(0);
            ((parent, *gram), Lists::default())
        });
        let list = if self.is_body { &mut lists.bodies } else { &mut lists.names };
        list.push(self.document);
    }

    fn text(&mut self, document: u32, place: Place, units: &[u16]) {
        (self.document, self.is_body) = (document, place == Place::Body);
        for word in words(units) {
            if self.frequent.choice.spaced {
                self.beginnings(word);
            } else {
                (0..word.len()).for_each(|at| self.begin(&word[at..]));
            }
        }
        if let (Place::Name, Some(first), Some(last)) = (place, words(units).next(), words(units).next_back()) {
            self.single(BEGINNING);
            self.with(BEGINNING.into(), 1, BEGINNING, first[0], &first[1..]);
            self.single(END);
            if let [.., before, last] = last
                && kana::is_long_mark(*before, *last)
            {
                self.end(*before);
            }
            self.end(last[last.len() - 1]);
        }
    }

    fn single(&mut self, unit: u16) {
        if self.length == 1 {
            self.add(ROOT, unit);
        }
    }

    fn end(&mut self, unit: u16) {
        if self.length == 2 {
            self.gram[0] = END;
            self.add(END.into(), unit);
        }
    }

    /// The grams that begin with the first unit.
    fn begin(&mut self, units: &[u16]) {
        let [first, rest @ ..] = units else { return };
        self.single(*first);
        if self.length > 1 {
            self.gram[0] = *first;
            self.longer(u32::from(*first), 1, rest);
        }
    }

    /// Makes a gram longer that is a node of the tree, or a single unit, and shorter than what is collected.
    fn longer(&mut self, node: u32, length: usize, rest: &[u16]) {
        let [next, rest @ ..] = rest else { return };
        let last = self.gram[length - 1];
        self.with(node, length, last, *next, rest);
        // A long vowel may be left out where the query is in Latin letters, a hyphen before a digit anywhere.
        if let [next_but_one, rest @ ..] = rest
            && (kana::is_long_mark(last, *next) || is_silent_hyphen(last, *next, *next_but_one))
        {
            self.with(node, length, last, *next_but_one, rest);
        }
    }

    fn with(&mut self, node: u32, length: usize, last: u16, unit: u16, rest: &[u16]) {
        self.gram[length - 1] = last;
        if length + 1 == self.length {
            if self.frequent.chooses(node, unit) {
                self.add(node, unit);
            }
        } else if length + 1 < self.length.min(UNSPACED_DEPTH)
            && let Some(node) = self.frequent.step(node, unit)
        {
            self.gram[length] = unit;
            self.longer(node, length + 1, rest);
        }
    }

    /// The grams at the beginning of a word, and behind each of its hyphens.
    fn beginnings(&mut self, word: &[u16]) {
        let mut rest = word;
        while !rest.is_empty() {
            let run = rest.iter().position(|unit| *unit == HYPHEN).unwrap_or(rest.len());
            self.beginning(&rest[..run]);
            if run < rest.len() {
                self.beginning(&joined(rest));
            }
            rest = rest.get(run + 1..).unwrap_or_default();
        }
        if word.contains(&HYPHEN) {
            self.single(HYPHEN);
        }
    }

    fn beginning(&mut self, units: &[u16]) {
        let Some((last, before)) = units.get(..self.length).and_then(<[u16]>::split_last) else { return };
        let Some((first, between)) = before.split_first() else { return self.add(ROOT, *last) };
        let step = |node, unit: &u16| self.frequent.step(node, *unit);
        let Some(node) = between.iter().try_fold(u32::from(*first), step) else { return };
        if self.frequent.chooses(node, *last) {
            self.gram[..before.len()].copy_from_slice(before);
            self.add(node, *last);
        }
    }
}

/// What a word begins with if the hyphens before digits are left out, up to the first that stays.
fn joined(word: &[u16]) -> Vec<u16> {
    let is_silent = |at: usize| at > 0 && at + 1 < word.len() && is_silent_hyphen(word[at - 1], word[at], word[at + 1]);
    let end = (0..word.len()).find(|at| word[*at] == HYPHEN && !is_silent(*at)).unwrap_or(word.len());
    word[..end].iter().copied().filter(|unit| *unit != HYPHEN).collect()
}

/// The bytes of grams in order of their lengths and units; see [`nenpyo_schema::search`].
fn write(crew: &Crew, documents: u32, nodes: &[(Gram, Lists)]) -> Vec<u8> {
    let place = |gram: &Gram| (length(gram), *gram);
    let children = |gram: &Gram| {
        let depth = length(gram);
        let mut first = *gram;
        let below = |other: &Gram| place(other) < (depth + 1, first);
        let start = nodes.partition_point(|(other, _)| below(other));
        if let Some(last) = first.get_mut(depth) {
            *last = u16::MAX;
        }
        first[depth.saturating_add(1).min(DEPTH)..].fill(u16::MAX);
        let end = nodes.partition_point(|(other, _)| place(other) <= (depth + 1, first));
        start..end
    };
    let parents = nodes.iter().rposition(|(gram, _)| length(gram) < DEPTH && !children(gram).is_empty());
    let parents = parents.map_or(0, |last| last + 1);
    let top = nodes.partition_point(|(gram, _)| length(gram) < 2);
    // Where the children of one begin, those of the one before end.
    let mut starts = vec![top];
    starts.extend(nodes.iter().take(parents).map(|(gram, _)| children(gram).end));
    for at in 1..starts.len() {
        starts[at] = starts[at].max(starts[at - 1]);
    }
    let wide = nodes.len() > usize::from(u16::MAX);

    let mut bytes = Vec::new();
    let width = if wide { 4 } else { 2 };
    for field in [documents, nodes.len() as u32, parents as u32, width] {
        bytes.extend(field.to_le_bytes());
    }
    bytes.extend(nodes.iter().flat_map(|(gram, _)| gram[length(gram) - 1].to_le_bytes()));
    for start in starts {
        bytes.extend(&(start as u32).to_le_bytes()[..width as usize]);
    }
    let blocks = crew.all(nodes.len().div_ceil(BLOCK), |block| {
        let mut lists = Vec::new();
        let nodes = nodes.iter().skip(block * BLOCK).take(BLOCK);
        let postings = |list: &List| postings(&list.documents(), documents);
        let shapes = nodes.map(|(_, node)| put(&mut lists, &postings(&node.names), &postings(&node.bodies)));
        (shapes.collect::<Vec<u8>>(), lists)
    });
    bytes.extend(blocks.iter().flat_map(|(shapes, _)| shapes));
    let mut start = 0_u32;
    for (_, lists) in &blocks {
        bytes.extend(start.to_le_bytes());
        start += lists.len() as u32;
    }
    for (_, lists) in blocks {
        bytes.extend(lists);
    }
    bytes
}

/// Appends the lists of a node and gives their shape.
fn put(lists: &mut Vec<u8>, names: &[u8], bodies: &[u8]) -> u8 {
    let shape = |shape: Shape, length: usize| (shape as u8) << 6 | length as u8;
    let both = names.len() + bodies.len();
    match (names.is_empty(), bodies.is_empty()) {
        (true, _) if both < 64 => {
            lists.extend(bodies);
            shape(Shape::Bodies, both)
        }
        (_, true) if both < 64 => {
            lists.extend(names);
            shape(Shape::Names, both)
        }
        _ if both < 63 => {
            lists.push(names.len() as u8);
            lists.extend(names);
            lists.extend(bodies);
            shape(Shape::Both, both + 1)
        }
        _ => {
            number(lists, names.len() as u32);
            number(lists, bodies.len() as u32);
            lists.extend(names);
            lists.extend(bodies);
            shape(Shape::Long, 0)
        }
    }
}

/// The bytes of a list.
fn postings(list: &[u32], documents: u32) -> Vec<u8> {
    if documents <= WINDOW {
        return part(list, documents.div_ceil(8) as usize);
    }
    let gaps = gaps(list);
    if gaps.len() < SPLIT {
        return gaps;
    }
    let mut rows = Vec::new();
    let mut parts: Vec<u8> = Vec::new();
    let windows = list.chunk_by(|a, b| a / WINDOW == b / WINDOW);
    for window in windows.clone() {
        let local: Vec<u32> = window.iter().map(|document| document % WINDOW).collect();
        parts.extend(part(&local, (WINDOW / 8) as usize));
        rows.extend(((window[0] / WINDOW) as u16).to_le_bytes());
        rows.extend((parts.len() as u32).to_le_bytes());
    }
    let mut bytes = SPLIT_MARK.to_vec();
    bytes.extend((windows.count() as u16).to_le_bytes());
    bytes.extend(rows);
    bytes.extend(parts);
    bytes
}

/// Gaps, or a bitmap of so many bytes if it is not longer.
fn part(list: &[u32], whole: usize) -> Vec<u8> {
    let gaps = gaps(list);
    if gaps.len() < whole {
        return gaps;
    }
    let mut bitmap = vec![0; whole];
    for document in list {
        bitmap[*document as usize / 8] |= 1 << (document % 8);
    }
    bitmap
}

fn gaps(list: &[u32]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut next = 0;
    for document in list {
        number(&mut bytes, document - next);
        next = document + 1;
    }
    bytes
}

/// Appends a number in LEB128.
fn number(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

// `is_letter` says on the device where words begin; hyphens split them here.
const _: () = assert!(!is_letter(HYPHEN));
#[cfg(test)]
mod tests {
    use nenpyo_schema::search::{Bits, SearchIndex};

    use super::*;

    /// Lists of every shape, at every side of every limit, are sound and give back what went in.
    #[test]
    fn every_list_reads_back() {
        for count in [1_u32, 7, 8, 9, 300, 512, 513, 700, 1200, 70_000] {
            for step in [1, 2, 3, 5, 17, 100, 400] {
                let documents: Vec<u32> = (0..count).step_by(step).collect();
                let list = |is_there: bool| {
                    let mut list = List::default();
                    documents.iter().filter(|_| is_there).for_each(|document| list.push(*document));
                    list
                };
                let lists = |at: u16| {
                    let lists = Lists { names: list(!at.is_multiple_of(3)), bodies: list(at % 3 != 1) };
                    ([0x61 + at, 0, 0, 0, 0, 0, 0, 0], lists)
                };
                let grams: Vec<(Gram, Lists)> = (0..40).map(lists).collect();
                let bytes = write(&Crew::new(), count, &grams);
                assert!(SearchIndex::is_sound(&bytes), "every {step}th of {count}");
                let index = SearchIndex::read(&bytes).unwrap();
                for (gram, lists) in grams {
                    let (names, bodies) = index.lists(index.child(None, gram[0]).unwrap());
                    for (list, read) in [(lists.names, names), (lists.bodies, bodies)] {
                        let mut found = Vec::new();
                        let mut window = read.next_window(0);
                        while let Some(at) = window {
                            let mut bits = Bits::NONE;
                            read.add(at, &mut bits);
                            found.extend((0..WINDOW).filter(|document| bits.has(*document)).map(|d| at * WINDOW + d));
                            window = read.next_window(at + 1);
                        }
                        assert_eq!(found, list.documents(), "every {step}th of {count}");
                    }
                }
            }
        }
    }
}
