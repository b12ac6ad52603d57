//! The index: which documents have which grams. Host only.
//!
//! Which grams, and why, is said in [`nenpyo_schema::search`].

use std::collections::BTreeMap;

use nenpyo_schema::fold::{HYPHEN, is_letter, is_silent_hyphen};
use nenpyo_schema::kana;
use nenpyo_schema::search::{
    BEGINNING, BLOCK, DEPTH, END, NO_MORE, SPLIT, SPLIT_MARK, Shape, UNSPACED_DEPTH, WINDOW, is_kana,
};

use super::{Searched, Words};

/// A gram that no more documents have is not made longer: to compare so many texts costs less than to keep all of its
/// longer ones; `ARCHITECTURE.md` has the figures. Where words have spaces between them, no other gram says which of these
/// documents are meant. What names begin with says where whole names are, and is never more.
const fn few(documents: u32, spaced: bool, gram: Packed) -> usize {
    let (least, share) = if spaced { (28, 90) } else { (160, 16) };
    let few = (documents / share) as usize;
    if few < least || is_beginning(gram) { least } else { few }
}

const fn is_beginning(gram: Packed) -> bool {
    gram >> (16 * (DEPTH - 1)) == BEGINNING as Packed
}

/// A gram of at most eight units, filled up with zeros behind, so that grams sort as tries do.
type Gram = [u16; DEPTH];

/// The documents that have a gram.
struct Lists {
    names: Vec<u32>,
    bodies: Vec<u32>,
}

/// A gram as a number that sorts as the gram does: there are a million of them, and builds without optimisation.
type Packed = u128;

fn packed(units: &[u16]) -> Packed {
    units.iter().fold(0, |gram, unit| gram << 16 | Packed::from(*unit)) << (16 * (DEPTH - units.len()))
}

fn unpacked(gram: Packed) -> Gram {
    std::array::from_fn(|at| (gram >> (16 * (DEPTH - 1 - at))) as u16)
}

/// How many units a gram has.
fn length(gram: &Gram) -> usize {
    gram.iter().take_while(|unit| **unit != 0).count()
}

/// That a gram is in a document, which is no name.
const IN_BODIES: u32 = 1 << 31;

/// The index of documents in the order of their rank.
pub(super) fn index(documents: impl Iterator<Item = Searched>, spaced: bool) -> Vec<u8> {
    let mut entries: Vec<(Packed, u32)> = Vec::new();
    let mut count = 0;
    for document in documents {
        let mut grams = Grams { entries: &mut entries, document: count, spaced };
        document.names.iter().for_each(|words| grams.name(words));
        document.date.iter().for_each(|words| grams.text(words));
        grams.document |= IN_BODIES;
        document.bodies.iter().for_each(|words| grams.text(words));
        count += 1;
    }
    entries.sort_unstable();
    entries.dedup();
    write(count, &chosen(&entries, count, spaced))
}

/// Collects the grams of one document.
struct Grams<'e> {
    entries: &'e mut Vec<(Packed, u32)>,
    document: u32,
    spaced: bool,
}

impl Grams<'_> {
    fn add(&mut self, units: &[u16]) {
        self.entries.push((packed(units), self.document));
    }

    fn name(&mut self, words: &Words) {
        self.text(words);
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            self.add(&[BEGINNING]);
            self.longer(&mut vec![BEGINNING, first[0]], &first[1..]);
            self.add(&[END]);
            if let [.., before, last] = last.as_slice()
                && kana::is_long_mark(*before, *last)
            {
                self.add(&[END, *before]);
            }
            self.add(&[END, last[last.len() - 1]]);
        }
    }

    /// A gram and what it becomes with the units behind it.
    fn longer(&mut self, gram: &mut Vec<u16>, rest: &[u16]) {
        self.add(gram);
        let (Some(last), [next, rest @ ..]) = (gram.last().copied(), rest) else { return };
        if gram.len() == UNSPACED_DEPTH {
            return;
        }
        self.with(gram, *next, rest);
        // A long vowel may be left out where the query is in Latin letters, a hyphen before a digit anywhere.
        if let [next_but_one, rest @ ..] = rest
            && (kana::is_long_mark(last, *next) || is_silent_hyphen(last, *next, *next_but_one))
        {
            self.with(gram, *next_but_one, rest);
        }
    }

    fn with(&mut self, gram: &mut Vec<u16>, unit: u16, rest: &[u16]) {
        gram.push(unit);
        self.longer(gram, rest);
        gram.pop();
    }

    fn text(&mut self, words: &Words) {
        for word in words {
            if self.spaced {
                let mut rest = word.as_slice();
                while !rest.is_empty() {
                    let run = rest.iter().position(|unit| *unit == HYPHEN).unwrap_or(rest.len());
                    let joined = joined(rest);
                    for units in [&rest[..run], &joined] {
                        (1..=units.len().min(DEPTH)).for_each(|length| self.add(&units[..length]));
                    }
                    rest = rest.get(run + 1..).unwrap_or_default();
                }
                if word.contains(&HYPHEN) {
                    self.add(&[HYPHEN]);
                }
            } else {
                (0..word.len()).for_each(|at| self.longer(&mut vec![word[at]], &word[at + 1..]));
            }
        }
    }
}

/// What a word begins with if the hyphens before digits are left out, up to the first that stays.
fn joined(word: &[u16]) -> Vec<u16> {
    let is_silent = |at: usize| at > 0 && at + 1 < word.len() && is_silent_hyphen(word[at - 1], word[at], word[at + 1]);
    let end = (0..word.len()).find(|at| word[*at] == HYPHEN && !is_silent(*at)).unwrap_or(word.len());
    word[..end].iter().copied().filter(|unit| *unit != HYPHEN).collect()
}

/// The grams that are worth their bytes.
fn chosen(entries: &[(Packed, u32)], documents: u32, spaced: bool) -> BTreeMap<Gram, Lists> {
    let lists = || entries.chunk_by(|a, b| a.0 == b.0).filter_map(|list| Some((list.first()?.0, list)));
    let frequent: Vec<Packed> =
        lists().filter(|(gram, list)| list.len() > few(documents, spaced, *gram)).map(|(gram, _)| gram).collect();
    let is_frequent = |gram: &[u16]| frequent.binary_search(&packed(gram)).is_ok();
    let is_chosen = |gram: &Gram| {
        let length = length(gram);
        match gram[..length] {
            [_] | [BEGINNING | END, _] => true,
            [BEGINNING, ..] => is_frequent(&gram[..length - 1]),
            [first, second] if !spaced && is_kana(first) && is_kana(second) => true,
            // What is not chosen although its beginning is frequent has a rest that is not.
            _ => is_frequent(&gram[..length - 1]) && (spaced || is_frequent(&gram[1..length])),
        }
    };
    let chosen = lists().map(|(gram, list)| (unpacked(gram), list)).filter(|(gram, _)| is_chosen(gram));
    let of = |list: &[(Packed, u32)], in_bodies: bool| {
        let documents =
            list.iter().map(|(_, document)| *document).filter(|document| (document & IN_BODIES != 0) == in_bodies);
        documents.map(|document| document & !IN_BODIES).collect()
    };
    let mut chosen: BTreeMap<Gram, Lists> =
        chosen.map(|(gram, list)| (gram, Lists { names: of(list, false), bodies: of(list, true) })).collect();
    // Whoever looks for more than a frequent gram that is never longer, has to be told.
    for gram in frequent.into_iter().map(unpacked) {
        let length = length(&gram);
        let depth = if spaced { DEPTH } else { UNSPACED_DEPTH };
        if length < depth && !matches!(gram[0], BEGINNING | END) {
            let mut longer = gram;
            longer[length] = u16::MAX;
            let is_longer = |(next, _): (&Gram, &Lists)| next[..length] == gram[..length];
            if chosen.contains_key(&gram) && !chosen.range(gram..longer).nth(1).is_some_and(is_longer) {
                longer[length] = NO_MORE;
                chosen.insert(longer, Lists { names: Vec::new(), bodies: Vec::new() });
            }
        }
    }
    chosen
}

/// The bytes; see [`nenpyo_schema::search`].
fn write(documents: u32, grams: &BTreeMap<Gram, Lists>) -> Vec<u8> {
    let mut nodes: Vec<(&Gram, &Lists)> = grams.iter().collect();
    nodes.sort_by_key(|(gram, _)| length(gram));
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
    starts.extend(nodes.iter().take(parents).map(|(gram, _)| {
        let below = children(gram);
        below.end
    }));
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
    let mut shapes = Vec::new();
    let mut blocks = Vec::new();
    let mut lists = Vec::new();
    for (at, (_, node)) in nodes.iter().enumerate() {
        if at % BLOCK == 0 {
            blocks.extend((lists.len() as u32).to_le_bytes());
        }
        shapes.push(put(&mut lists, &postings(&node.names, documents), &postings(&node.bodies, documents)));
    }
    bytes.extend(shapes);
    bytes.extend(blocks);
    bytes.extend(lists);
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
                let lists = |at: u16| {
                    let names = if at.is_multiple_of(3) { Vec::new() } else { documents.clone() };
                    let bodies = if at % 3 == 1 { Vec::new() } else { documents.clone() };
                    ([0x61 + at, 0, 0, 0, 0, 0, 0, 0], Lists { names, bodies })
                };
                let grams: BTreeMap<Gram, Lists> = (0..40).map(lists).collect();
                let bytes = write(count, &grams);
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
                        assert_eq!(found, list, "every {step}th of {count}");
                    }
                }
            }
        }
    }
}
