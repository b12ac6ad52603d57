//! Dense text: an alphabet of the characters of a chronicle and of what often stands side by side, and texts in its codes.
//! Host only.
//!
//! Byte-pair encoding: the two codes that stand side by side most often become one, again and again, as long as the codes
//! get fewer than the pairs and the width of a code cost. The texts are then cut into as few codes as possible.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use nenpyo_schema::{ALPHABET_HEADER, MAX_CHARACTERS, MAX_LEVELS, PADDING};

use crate::problem::Error;

/// How many characters are looked at for pairs, at most, roughly: of longer texts every second, third … is.
const SAMPLE: usize = 1 << 18;

/// How often two codes must stand side by side to be worth a pair, which takes two codes itself.
const WORTH: u32 = 3;

/// The alphabet of a chronicle.
pub(crate) struct Dense {
    characters: Vec<char>,
    /// Sorted by level.
    pairs: Vec<(u16, u16)>,
    /// How many codes there are before each level of pairs, and behind the last one.
    levels: [u16; MAX_LEVELS + 1],
    width: u32,
    codes: HashMap<char, u16>,
    tree: Tree,
}

impl Dense {
    /// The alphabet for these texts, each in the pieces that ruby parts it in: no pair goes over their bounds. Some more
    /// characters have a glyph.
    pub(crate) fn of<'t>(
        texts: impl Iterator<Item = Vec<&'t str>>,
        with_glyph: impl Iterator<Item = char>,
    ) -> Result<Self, Error> {
        let texts: HashSet<Vec<&str>> = texts.collect();
        let mut pieces: Vec<&str> = texts.into_iter().flatten().filter(|piece| !piece.is_empty()).collect();
        pieces.sort_unstable();
        let characters = pieces.iter().flat_map(|piece| piece.chars()).chain(with_glyph);
        let characters: Vec<char> = characters.collect::<BTreeSet<_>>().into_iter().collect();
        if characters.len() >= usize::from(u16::MAX) {
            return Err(Error::internal("dense text has room for 65,534 different characters"));
        }
        let codes: HashMap<char, u16> = characters.iter().copied().zip(0..).collect();
        let found = Merging::find(&pieces, &codes);
        let (pairs, levels) = by_level(characters.len() as u16, &found);
        let tree = Tree::new(characters.len() as u16, &pairs);
        let width = width(characters.len() + pairs.len());
        Ok(Self { characters, pairs, levels, width, codes, tree })
    }

    /// The codes of a piece, as few as there can be.
    pub(crate) fn codes(&self, piece: &str) -> Vec<u16> {
        let characters: Vec<u16> = piece.chars().map(|character| self.codes[&character]).collect();
        // For each place from the end: how many codes follow, the first one of these, and its characters.
        let mut best = vec![(0_u32, 0_u16, 0_usize); characters.len() + 1];
        for at in (0..characters.len()).rev() {
            let found =
                self.tree.prefixes(&characters[at..]).map(|(code, length)| (best[at + length].0 + 1, code, length));
            best[at] =
                found.min_by_key(|(count, _, length)| (*count, Reverse(*length))).expect("a character has a code");
        }
        let mut codes = Vec::new();
        let mut at = 0;
        while at < characters.len() {
            let (_, code, length) = best[at];
            codes.push(code);
            at += length;
        }
        codes
    }

    /// Codes as they lie in a pool.
    pub(crate) fn pack(&self, codes: impl IntoIterator<Item = u16>) -> Vec<u8> {
        let (mut bytes, mut rest, mut bits) = (Vec::new(), 0_u32, 0);
        for code in codes {
            rest |= u32::from(code) << bits;
            bits += self.width;
            while bits >= 8 {
                bytes.push(rest as u8);
                rest >>= 8;
                bits -= 8;
            }
        }
        if bits > 0 {
            bytes.push(rest as u8);
        }
        bytes.extend([0; PADDING]);
        bytes
    }

    /// The table of the alphabet, as `nenpyo_schema::Alphabet` reads it.
    pub(crate) fn table(&self) -> Vec<u8> {
        let plane = |character: &char| (u32::from(*character) >> 16) as u16;
        let further = self.characters.partition_point(|character| plane(character) == 0);
        let planes: Vec<&[char]> = self.characters[further..].chunk_by(|a, b| plane(a) == plane(b)).collect();
        let mut table = vec![self.width as u8, planes.len() as u8];
        table.extend((self.characters.len() as u16).to_le_bytes());
        table.extend(self.levels.iter().flat_map(|level| level.to_le_bytes()));
        table.resize(ALPHABET_HEADER, 0);
        let mut first = further;
        for characters in planes {
            table.extend(plane(&characters[0]).to_le_bytes());
            table.extend((first as u16).to_le_bytes());
            first += characters.len();
        }
        table.extend(self.characters.iter().flat_map(|character| (u32::from(*character) as u16).to_le_bytes()));
        table.extend(self.pack(self.pairs.iter().flat_map(|(first, second)| [*first, *second])));
        table
    }
}

/// Bits that so many codes need.
fn width(codes: usize) -> u32 {
    codes.saturating_sub(1).checked_ilog2().unwrap_or(0) + 1
}

/// The pairs that were found so far, of characters and of earlier pairs.
struct Merging {
    characters: u16,
    pairs: Vec<(u16, u16)>,
    /// The level of each code: 0 of characters.
    levels: Vec<usize>,
    /// How many characters each code is.
    lengths: Vec<usize>,
}

impl Merging {
    /// The pairs that make the texts the shortest, the pairs themselves and the width of a code included.
    fn find(pieces: &[&str], codes: &HashMap<char, u16>) -> Vec<(u16, u16)> {
        let all: usize = pieces.iter().map(|piece| piece.chars().count()).sum();
        let step = all.div_ceil(SAMPLE).max(1);
        let sample = pieces.iter().step_by(step);
        let mut texts: Vec<Vec<u16>> =
            sample.map(|piece| piece.chars().map(|character| codes[&character]).collect()).collect();
        let mut found = Self {
            characters: codes.len() as u16,
            pairs: Vec::new(),
            levels: vec![0; codes.len()],
            lengths: vec![1; codes.len()],
        };
        let bits = |found: &Self, texts: &[Vec<u16>]| {
            let count: usize = texts.iter().map(Vec::len).sum();
            (step * count + 2 * found.pairs.len()) * width(found.levels.len()) as usize
        };
        let mut best = (bits(&found, &texts), 0);
        loop {
            let rules = found.next(&texts);
            if rules.is_empty() {
                break;
            }
            for text in &mut texts {
                replace(text, &rules);
            }
            best = best.min((bits(&found, &texts), found.pairs.len()));
            // Wider codes by far would have shown that they are worth it.
            if width(found.levels.len()) > width(codes.len() + best.1) + 1 {
                break;
            }
        }
        found.pairs.truncate(best.1);
        found.pairs
    }

    /// Makes pairs of the codes that stand side by side most often: several at once, if they have none of these in common
    /// and are about as frequent.
    fn next(&mut self, texts: &[Vec<u16>]) -> HashMap<(u16, u16), u16> {
        let mut counts: HashMap<(u16, u16), u32> = HashMap::new();
        for text in texts {
            let mut last = None;
            for pair in text.windows(2) {
                let pair = (pair[0], pair[1]);
                // Of three that are the same, two are a pair.
                if last == Some(pair) && pair.0 == pair.1 {
                    last = None;
                    continue;
                }
                *counts.entry(pair).or_default() += 1;
                last = Some(pair);
            }
        }
        let length = |(first, second): (u16, u16)| self.lengths[usize::from(first)] + self.lengths[usize::from(second)];
        let is_worth_it = |(pair, count): &((u16, u16), u32)| {
            *count >= WORTH && level(&self.levels, *pair) <= MAX_LEVELS && length(*pair) <= MAX_CHARACTERS
        };
        let mut counts: Vec<_> = counts.into_iter().filter(is_worth_it).collect();
        counts.sort_unstable_by_key(|(pair, count)| (Reverse(*count), *pair));
        let most = counts.first().map_or(0, |(_, count)| *count);
        let room = usize::from(u16::MAX) - self.levels.len();
        // A pair must not end at a limit of the width without the last ones being tried.
        let room = room.min((1 << width(self.levels.len())) - self.levels.len()).max(usize::from(room > 0));
        let mut used = HashSet::new();
        let mut rules = HashMap::new();
        for (pair, count) in counts {
            if count * 20 < most * 19 || rules.len() >= room.min(16 + self.pairs.len() / 16) {
                break;
            }
            if used.contains(&pair.0) || used.contains(&pair.1) {
                continue;
            }
            used.extend([pair.0, pair.1]);
            rules.insert(pair, self.characters + self.pairs.len() as u16);
            self.pairs.push(pair);
            self.levels.push(level(&self.levels, pair));
            self.lengths.push(self.lengths[usize::from(pair.0)] + self.lengths[usize::from(pair.1)]);
        }
        rules
    }
}

/// The level of a pair: what is pending while its first part is taken apart needs room.
fn level(levels: &[usize], (first, second): (u16, u16)) -> usize {
    (levels[usize::from(first)] + 1).max(levels[usize::from(second)])
}

fn replace(text: &mut Vec<u16>, rules: &HashMap<(u16, u16), u16>) {
    let (mut from, mut to) = (0, 0);
    while from < text.len() {
        let pair = text.get(from + 1).and_then(|second| rules.get(&(text[from], *second)));
        text[to] = pair.copied().unwrap_or(text[from]);
        from += 1 + usize::from(pair.is_some());
        to += 1;
    }
    text.truncate(to);
}

/// The pairs in the order of their levels, and how many codes there are before each level and behind the last one.
fn by_level(characters: u16, pairs: &[(u16, u16)]) -> (Vec<(u16, u16)>, [u16; MAX_LEVELS + 1]) {
    let mut levels = vec![0; usize::from(characters)];
    for pair in pairs {
        levels.push(level(&levels, *pair));
    }
    let mut order: Vec<usize> = (0..levels.len()).collect();
    order.sort_by_key(|code| levels[*code]);
    let mut numbers = vec![0; levels.len()];
    order.iter().zip(0..).for_each(|(code, number)| numbers[*code] = number);
    let number = |code: u16| numbers[usize::from(code)];
    let sorted = order.iter().skip(usize::from(characters)).map(|code| pairs[*code - usize::from(characters)]);
    let sorted = sorted.map(|(first, second)| (number(first), number(second))).collect();
    let before = |level: usize| levels.iter().filter(|of| **of <= level).count() as u16;
    (sorted, std::array::from_fn(before))
}

/// All codes by their characters.
struct Tree {
    next: HashMap<(u32, u16), u32>,
    /// The code that ends at a node.
    codes: Vec<Option<u16>>,
}

impl Tree {
    fn new(characters: u16, pairs: &[(u16, u16)]) -> Self {
        let mut tree = Self { next: HashMap::new(), codes: vec![None] };
        let mut texts: Vec<Vec<u16>> = (0..characters).map(|code| vec![code]).collect();
        for (first, second) in pairs {
            texts.push([texts[usize::from(*first)].as_slice(), &texts[usize::from(*second)]].concat());
        }
        for (text, code) in texts.iter().zip(0..) {
            let mut node = 0;
            for character in text {
                node = *tree.next.entry((node, *character)).or_insert_with(|| {
                    tree.codes.push(None);
                    tree.codes.len() as u32 - 1
                });
            }
            tree.codes[node as usize].get_or_insert(code);
        }
        tree
    }

    /// The codes that these characters begin with, and how many characters each is.
    fn prefixes<'t>(&'t self, characters: &'t [u16]) -> impl Iterator<Item = (u16, usize)> + 't {
        let walk = characters.iter().scan(0, |node, character| {
            *node = *self.next.get(&(*node, *character))?;
            Some(*node)
        });
        walk.zip(1..).filter_map(|(node, length)| Some((self.codes[node as usize]?, length)))
    }
}
