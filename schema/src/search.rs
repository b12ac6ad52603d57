//! The search index: a trie of n-grams over the folded texts, each with the records that have it. Runs on both.
//!
//! What it is, and where it comes from:
//!
//! - an *inverted index of n-grams* whose length is chosen by selectivity, after the multigrams of Cho and Rajagopalan
//!   ("A fast regular expression indexing engine", 2002): a gram that few records have is not made longer, neither in
//!   front nor behind. In texts written without spaces it is up to four units, from every place; in others up to eight,
//!   from the beginnings of words;
//! - *documents in the order of their rank*, so that a list gives the best first and whoever wants eight stops at eight;
//! - postings as *gaps in bytes* (LEB128), or as a *bitmap* where that is shorter, in windows of 512 records, as Roaring
//!   bitmaps have containers (Chambi, Lemire and others, 2016).
//!
//! The index only proposes: whoever uses it compares the texts themselves, so a wrong list hides a record, and never
//! gives one that does not match.
//!
//! ```text
//!  0  4  documents
//!  4  4  nodes of the trie, in order of their depth
//!  8  4  nodes that can have children: the first ones
//! 12  4  bytes of a child's number: 2 or 4
//! 16  .  a unit of each node, 2 bytes; siblings in order
//!     .  where the children of each begin, and where the last ones end
//!     .  a byte for each node: two bits say what its lists are, six how long
//!     .  where the lists of each sixteenth node begin, 4 bytes
//!     .  the lists
//! ```

/// Stands for the beginning of a name: its children are the units that names begin with.
pub const BEGINNING: u16 = 1;

/// Stands for the end of a name: its children are the units that names end with.
pub const END: u16 = 2;

/// Stands for the end of a gram that many documents have, and that is never longer: it is its only child.
pub const NO_MORE: u16 = 1;

/// Whether a unit is a kana, of which every two that stand side by side are a gram: what is typed in Latin letters ends
/// within a kana, and there are many that it may become.
///
/// ```
/// assert!(nenpyo_schema::search::is_kana('り' as u16));
/// assert!(!nenpyo_schema::search::is_kana('量' as u16));
/// ```
#[must_use]
pub const fn is_kana(unit: u16) -> bool {
    matches!(unit, 0x3041..=0x3094)
}

/// Documents in a window.
pub const WINDOW: u32 = 512;

/// How long a gram is at most where words have spaces between them.
pub const DEPTH: usize = 8;

/// How long a gram is at most where words have none between them.
pub const UNSPACED_DEPTH: usize = 4;

/// A list whose gaps are as long as this, of more documents than a window holds, is split into windows.
pub const SPLIT: usize = 256;

/// What a split list begins with: a number that LEB128 writes shorter, so that no gaps begin so.
pub const SPLIT_MARK: [u8; 2] = [0x80, 0];

/// How many nodes share one place in the lists.
pub const BLOCK: usize = 16;

/// What the two highest bits of a node's byte say of its lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// Only one of the bodies; the other bits are its length.
    Bodies = 0,
    /// Only one of the names; the other bits are its length.
    Names = 1,
    /// A byte with the length of the first, one of the names, one of the bodies; the other bits are the length of all.
    Both = 2,
    /// Two lengths in LEB128, one of the names, one of the bodies.
    Long = 3,
}

/// Which documents of a window are meant. 64 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bits(pub [u32; (WINDOW / 32) as usize]);

impl Bits {
    /// None.
    pub const NONE: Self = Self([0; (WINDOW / 32) as usize]);
    /// All.
    pub const ALL: Self = Self([u32::MAX; (WINDOW / 32) as usize]);

    /// The first `count`.
    ///
    /// ```
    /// use nenpyo_schema::search::Bits;
    /// assert!(Bits::first(33).has(32));
    /// assert!(!Bits::first(33).has(33));
    /// ```
    #[must_use]
    pub fn first(count: u32) -> Self {
        let mut bits = Self::NONE;
        let mut left = count;
        for word in &mut bits.0 {
            *word = if left >= 32 { u32::MAX } else { (1_u32 << (left & 31)).wrapping_sub(1) };
            left = left.saturating_sub(32);
        }
        bits
    }

    /// Keeps those of the first `count`.
    ///
    /// ```
    /// use nenpyo_schema::search::Bits;
    /// let mut bits = Bits::ALL;
    /// bits.keep_first(33);
    /// assert_eq!(bits, Bits::first(33));
    /// ```
    pub fn keep_first(&mut self, count: u32) {
        let mut left = count;
        for word in &mut self.0 {
            *word &= if left >= 32 { u32::MAX } else { (1_u32 << (left & 31)).wrapping_sub(1) };
            left = left.saturating_sub(32);
        }
    }

    /// Adds a document; one beyond the window is not there.
    ///
    /// ```
    /// use nenpyo_schema::search::Bits;
    /// let mut bits = Bits::NONE;
    /// bits.set(511);
    /// bits.set(512);
    /// assert!(bits.has(511) && !bits.has(0) && !bits.has(512));
    /// ```
    #[inline]
    pub fn set(&mut self, document: u32) {
        if let Some(word) = self.0.get_mut((document >> 5) as usize) {
            *word |= 1 << (document & 31);
        }
    }

    /// Takes a document out.
    ///
    /// ```
    /// use nenpyo_schema::search::Bits;
    /// let mut bits = Bits::first(2);
    /// bits.remove(1);
    /// assert_eq!(bits, Bits::first(1));
    /// ```
    #[inline]
    pub fn remove(&mut self, document: u32) {
        if let Some(word) = self.0.get_mut((document >> 5) as usize) {
            *word &= !(1 << (document & 31));
        }
    }

    /// Whether a document is there.
    ///
    /// ```
    /// assert!(!nenpyo_schema::search::Bits::NONE.has(0));
    /// ```
    #[must_use]
    pub fn has(&self, document: u32) -> bool {
        self.0.get((document >> 5) as usize).is_some_and(|word| word >> (document & 31) & 1 == 1)
    }

    /// The first document from this one on.
    ///
    /// ```
    /// use nenpyo_schema::search::Bits;
    /// let mut bits = Bits::NONE;
    /// bits.set(70);
    /// assert_eq!(bits.next(3), Some(70));
    /// assert_eq!(bits.next(71), None);
    /// ```
    #[must_use]
    pub fn next(&self, from: u32) -> Option<u32> {
        let at = (from >> 5) as usize;
        let (first, rest) = self.0.get(at..)?.split_first()?;
        let first = first >> (from & 31) << (from & 31);
        if first != 0 {
            return Some((from & !31) | first.trailing_zeros());
        }
        let (words, word) = rest.iter().enumerate().find(|(_, word)| **word != 0)?;
        Some((at.wrapping_add(1).wrapping_add(words) as u32) << 5 | word.trailing_zeros())
    }

    /// Whether there is none.
    ///
    /// ```
    /// assert!(nenpyo_schema::search::Bits::NONE.is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Keeps what is in both.
    ///
    /// ```
    /// use nenpyo_schema::search::Bits;
    /// let mut bits = Bits::ALL;
    /// bits.and(&Bits::first(2));
    /// assert_eq!(bits, Bits::first(2));
    /// ```
    pub fn and(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    /// Adds what is in the other.
    ///
    /// ```
    /// use nenpyo_schema::search::Bits;
    /// let mut bits = Bits::first(1);
    /// bits.or(&Bits::first(2));
    /// assert_eq!(bits, Bits::first(2));
    /// ```
    pub fn or(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// Takes out what is in the other.
    ///
    /// ```
    /// use nenpyo_schema::search::Bits;
    /// let mut bits = Bits::first(2);
    /// bits.without(&Bits::first(2));
    /// assert!(bits.is_empty());
    /// ```
    pub fn without(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= !other);
    }
}

/// The documents that have a gram, in order.
#[derive(Clone, Copy, Debug)]
pub struct Postings<'a> {
    bytes: &'a [u8],
    documents: u32,
}

/// Bytes of a split list's row: a window and where its part ends.
const PART: usize = 6;

impl<'a> Postings<'a> {
    /// No documents.
    pub const EMPTY: Self = Self { bytes: &[], documents: 0 };

    /// Whether there are none.
    ///
    /// ```
    /// assert!(nenpyo_schema::search::Postings::EMPTY.is_empty());
    /// ```
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Adds those of a window that are in the list.
    ///
    /// ```
    /// use nenpyo_schema::search::{Bits, Postings};
    /// let mut bits = Bits::NONE;
    /// Postings::EMPTY.add(0, &mut bits);
    /// assert!(bits.is_empty());
    /// ```
    #[inline(never)]
    pub fn add(&self, window: u32, bits: &mut Bits) {
        if self.documents <= WINDOW {
            if window == 0 {
                Self::add_all(self.bytes, self.documents.div_ceil(8) as usize, bits);
            }
        } else if !self.is_split() {
            let start = window.wrapping_mul(WINDOW);
            let in_window = |document: &u32| document.wrapping_sub(start) < WINDOW;
            gaps(self.bytes).skip_while(|document| *document < start).take_while(in_window).for_each(|document| {
                bits.set(document.wrapping_sub(start));
            });
        } else if let Some(part) = self.part(window) {
            Self::add_all(part, (WINDOW / 8) as usize, bits);
        }
    }

    /// Keeps those of a window that are in the list.
    ///
    /// ```
    /// use nenpyo_schema::search::{Bits, Postings};
    /// let mut bits = Bits::ALL;
    /// Postings::EMPTY.keep(0, &mut bits);
    /// assert!(bits.is_empty());
    /// ```
    #[inline(never)]
    pub fn keep(&self, window: u32, bits: &mut Bits) {
        let mut these = Bits::NONE;
        self.add(window, &mut these);
        bits.and(&these);
    }

    /// Adds a bitmap of `whole` bytes, or gaps in fewer.
    fn add_all(bytes: &[u8], whole: usize, bits: &mut Bits) {
        if bytes.len() == whole {
            let (words, rest) = bytes.as_chunks::<4>();
            let last = rest.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte));
            let words = words.iter().map(|word| u32::from_le_bytes(*word)).chain([last]);
            bits.0.iter_mut().zip(words).for_each(|(word, these)| *word |= these);
        } else {
            gaps(bytes).for_each(|document| bits.set(document));
        }
    }

    fn is_split(&self) -> bool {
        self.bytes.starts_with(&SPLIT_MARK)
    }

    /// The rows of a split list and its parts.
    fn parts(&self) -> Option<(&'a [[u8; PART]], &'a [u8])> {
        let (count, rest) = self.bytes.strip_prefix(&SPLIT_MARK)?.split_first_chunk()?;
        let rows = usize::from(u16::from_le_bytes(*count)).checked_mul(PART)?;
        let (rows, parts) = rest.split_at_checked(rows)?;
        Some((rows.as_chunks().0, parts))
    }

    fn part(&self, window: u32) -> Option<&'a [u8]> {
        let (rows, parts) = self.parts()?;
        let at = rows.binary_search_by_key(&window, part_window).ok()?;
        let start = at.checked_sub(1).and_then(|before| rows.get(before)).map_or(0, part_end);
        parts.get(start..part_end(rows.get(at)?))
    }

    /// The first window from this one on that has a document.
    ///
    /// ```
    /// use nenpyo_schema::search::Postings;
    /// assert_eq!(Postings::EMPTY.next_window(0), None);
    /// ```
    #[must_use]
    pub fn next_window(&self, from: u32) -> Option<u32> {
        if self.documents <= WINDOW {
            (from == 0 && !self.bytes.is_empty()).then_some(0)
        } else if !self.is_split() {
            let start = from.wrapping_mul(WINDOW);
            gaps(self.bytes).find(|document| *document >= start).map(|document| document / WINDOW)
        } else {
            let (rows, _) = self.parts()?;
            rows.get(rows.partition_point(|row| part_window(row) < from)).map(part_window)
        }
    }
}

fn part_window(row: &[u8; PART]) -> u32 {
    u32::from(u16::from_le_bytes([row[0], row[1]]))
}

fn part_end(row: &[u8; PART]) -> usize {
    u32::from_le_bytes([row[2], row[3], row[4], row[5]]) as usize
}

/// `None` unless it holds.
fn is(holds: bool) -> Option<()> {
    holds.then_some(())
}

/// `None` if gaps, or a bitmap of `whole` bytes, name documents that are not there.
fn part_is_sound(part: &[u8], whole: usize, documents: u32) -> Option<()> {
    is(part.len() <= whole)?;
    if part.len() == whole {
        let beyond = part.iter().zip(0_u32..).filter(|(_, at)| at * 8 + 8 > documents);
        return is(beyond
            .into_iter()
            .all(|(byte, at)| u32::from(*byte) >> documents.saturating_sub(at * 8).min(8) == 0));
    }
    let mut rest = part;
    let mut next = 0_u32;
    while !rest.is_empty() {
        let before = rest.len();
        let gap = number(&mut rest)?;
        // The shortest way to write it.
        let bytes = before.wrapping_sub(rest.len());
        is(bytes == 1 || gap >> (7 * (bytes as u32).wrapping_sub(1)) != 0)?;
        let document = next.checked_add(gap)?;
        is(document < documents)?;
        next = document.wrapping_add(1);
    }
    Some(())
}

/// The documents of a list of gaps.
fn gaps(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut rest = bytes;
    let mut next = 0_u32;
    core::iter::from_fn(move || {
        let document = next.wrapping_add(number(&mut rest)?);
        next = document.wrapping_add(1);
        Some(document)
    })
}

/// Takes a LEB128 number off the bytes.
///
/// ```
/// use nenpyo_schema::search::number;
/// let mut bytes = &[0x83, 0x01, 7][..];
/// assert_eq!(number(&mut bytes), Some(131));
/// assert_eq!(bytes, [7]);
/// ```
#[allow(clippy::inline_always, reason = "most are a byte")]
#[inline(always)]
pub fn number(bytes: &mut &[u8]) -> Option<u32> {
    if let [short @ 0..=0x7F, rest @ ..] = *bytes {
        *bytes = rest;
        return Some(u32::from(*short));
    }
    long_number(bytes)
}

#[inline(never)]
fn long_number(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    let mut shift = 0;
    loop {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7F).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
        shift = shift.checked_add(7)?;
    }
}

/// A node of the trie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node(u32);

impl Node {
    /// The node with a number; one that no node has, has no children and no lists.
    ///
    /// ```
    /// assert_eq!(nenpyo_schema::search::Node::of(3).number(), 3);
    /// ```
    #[must_use]
    pub const fn of(number: u32) -> Self {
        Self(number)
    }

    /// Its number.
    ///
    /// ```
    /// assert_eq!(nenpyo_schema::search::Node::of(3).number(), 3);
    /// ```
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}

/// Bytes of the header.
const HEADER: usize = 16;

/// An index as it lies in flash.
#[derive(Clone, Copy, Debug)]
pub struct SearchIndex<'a> {
    /// How many documents it is of.
    pub documents: u32,
    units: &'a [[u8; 2]],
    children: &'a [u8],
    wide: bool,
    shapes: &'a [u8],
    blocks: &'a [[u8; 4]],
    lists: &'a [u8],
}

impl<'a> SearchIndex<'a> {
    /// Lays an index over bytes; `None` if there are too few.
    ///
    /// ```
    /// use nenpyo_schema::search::SearchIndex;
    /// assert!(SearchIndex::read(&[]).is_none());
    /// ```
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let (header, rest) = bytes.split_first_chunk::<HEADER>()?;
        let (header, _) = header.as_chunks::<4>();
        let [documents, nodes, parents, width] = header else { return None };
        let [documents, nodes, parents, width] =
            [documents, nodes, parents, width].map(|field| u32::from_le_bytes(*field));
        let wide = match width {
            2 => false,
            4 => true,
            _ => return None,
        };
        // So that no product below goes beyond 32 bits.
        let most = 1 << 28;
        if nodes > most || parents > most {
            return None;
        }
        let nodes = nodes as usize;
        let (units, rest) = rest.split_at_checked(nodes << 1)?;
        let starts = (parents as usize).wrapping_add(1);
        let (children, rest) = rest.split_at_checked(starts << if wide { 2 } else { 1 })?;
        let (shapes, rest) = rest.split_at_checked(nodes)?;
        let (blocks, lists) = rest.split_at_checked(nodes.div_ceil(BLOCK) << 2)?;
        Some(Self {
            documents,
            units: units.as_chunks().0,
            children,
            wide,
            shapes,
            blocks: blocks.as_chunks().0,
            lists,
        })
    }

    /// Where the children of a node begin.
    fn start(&self, parent: usize) -> Option<usize> {
        if self.wide {
            let (starts, _) = self.children.as_chunks();
            starts.get(parent).map(|start| u32::from_le_bytes(*start) as usize)
        } else {
            let (starts, _) = self.children.as_chunks();
            starts.get(parent).map(|start| usize::from(u16::from_le_bytes(*start)))
        }
    }

    /// The numbers of the nodes below a node, or of those at the top; none if it has no children.
    fn below(&self, parent: Option<Node>) -> (usize, usize) {
        let range = match parent {
            None => self.start(0).map(|end| (0, end)),
            Some(Node(parent)) => {
                let parent = parent as usize;
                self.start(parent).and_then(|start| Some((start, self.start(parent.wrapping_add(1))?)))
            }
        };
        range.unwrap_or((0, 0))
    }

    /// The node with a unit below another one, or at the top.
    ///
    /// ```
    /// # use nenpyo_schema::search::SearchIndex;
    /// let one_node = [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, b'a', 0, 1, 0, 0x41, 0, 0, 0, 0, 0];
    /// let index = SearchIndex::read(&one_node).unwrap();
    /// let a = index.child(None, u16::from(b'a')).unwrap();
    /// assert!(index.child(None, u16::from(b'b')).is_none());
    /// assert!(index.is_leaf(a));
    /// let (names, bodies) = index.lists(a);
    /// assert!(!names.is_empty() && bodies.is_empty());
    /// ```
    #[must_use]
    #[inline(never)]
    pub fn child(&self, parent: Option<Node>, unit: u16) -> Option<Node> {
        let (start, end) = self.below(parent);
        let siblings = self.units.get(start..end)?;
        let at = siblings.binary_search_by_key(&unit, |unit| u16::from_le_bytes(*unit)).ok()?;
        Some(Node(start.wrapping_add(at) as u32))
    }

    /// Whether a node has no children: its gram is never longer.
    ///
    /// ```
    /// # use nenpyo_schema::search::SearchIndex;
    /// # let one_node = [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, b'a', 0, 1, 0, 0x41, 0, 0, 0, 0, 0];
    /// let index = SearchIndex::read(&one_node).unwrap();
    /// let a = index.child(None, u16::from(b'a')).unwrap();
    /// assert!(index.is_leaf(a));
    /// ```
    #[must_use]
    pub fn is_leaf(&self, node: Node) -> bool {
        let (start, end) = self.below(Some(node));
        start >= end
    }

    /// The records that have a gram in their names, and those that have it in their bodies.
    ///
    /// ```
    /// # use nenpyo_schema::search::SearchIndex;
    /// # let one_node = [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, b'a', 0, 1, 0, 0x41, 0, 0, 0, 0, 0];
    /// let index = SearchIndex::read(&one_node).unwrap();
    /// let a = index.child(None, u16::from(b'a')).unwrap();
    /// let (names, bodies) = index.lists(a);
    /// assert!(!names.is_empty() && bodies.is_empty());
    /// ```
    #[must_use]
    #[inline(never)]
    pub fn lists(&self, node: Node) -> (Postings<'a>, Postings<'a>) {
        self.find(node).unwrap_or((Postings::EMPTY, Postings::EMPTY))
    }

    /// Whether every node, list and document is there and in order; of lists, also that none says the same in other
    /// bytes.
    ///
    /// ```
    /// use nenpyo_schema::search::SearchIndex;
    /// assert!(!SearchIndex::is_sound(&[]), "it has no header");
    /// ```
    #[must_use]
    pub fn is_sound(bytes: &'a [u8]) -> bool {
        Self::read(bytes).is_some_and(|index| index.has_sound_nodes() && index.has_sound_lists().is_some())
    }

    fn has_sound_nodes(&self) -> bool {
        let nodes = self.units.len();
        let width = if self.wide { 4 } else { 2 };
        let parents = (self.children.len() / width).saturating_sub(1);
        let starts = || (0..=parents).filter_map(|parent| self.start(parent));
        let siblings_are_sorted = |from: usize, to: usize| {
            let unit = |unit: &[u8; 2]| u16::from_le_bytes(*unit);
            self.units.get(from..to).is_some_and(|siblings| siblings.is_sorted_by(|a, b| unit(a) < unit(b)))
        };
        // Children come behind their parents, so that whoever goes down comes to an end.
        let is_behind = |(parent, start): (usize, usize)| start > parent;
        self.wide == (nodes > usize::from(u16::MAX))
            && parents <= nodes
            && starts().is_sorted()
            && starts().enumerate().take(parents).all(is_behind)
            && starts().next_back() == Some(nodes)
            && siblings_are_sorted(0, self.start(0).unwrap_or(0))
            && (0..parents).all(|parent| {
                let (from, to) = self.below(Some(Node(parent as u32)));
                siblings_are_sorted(from, to)
            })
    }

    /// `None` if a list is not sound.
    fn has_sound_lists(&self) -> Option<()> {
        let mut rest = self.lists;
        for (node, shape) in self.shapes.iter().enumerate() {
            if node % BLOCK == 0 {
                let start = u32::from_le_bytes(*self.blocks.get(node / BLOCK)?) as usize;
                is(start == self.lists.len().wrapping_sub(rest.len()))?;
            }
            let length = usize::from(shape & 0x3F);
            let (names, bodies) = match shape >> 6 {
                0 => (0, length),
                1 => (length, 0),
                2 => {
                    let (names, lists) = rest.split_first()?;
                    rest = lists;
                    let names = usize::from(*names);
                    let bodies = length.checked_sub(1)?.checked_sub(names)?;
                    is(names > 0 && bodies > 0)?;
                    (names, bodies)
                }
                _ => {
                    is(length == 0)?;
                    let lengths = (number(&mut rest)? as usize, number(&mut rest)? as usize);
                    is(lengths.0.saturating_add(lengths.1) > if lengths.0 > 0 && lengths.1 > 0 { 62 } else { 63 })?;
                    lengths
                }
            };
            for length in [names, bodies] {
                let (list, more) = rest.split_at_checked(length)?;
                rest = more;
                self.list_is_sound(list)?;
            }
        }
        is(rest.is_empty())
    }

    /// `None` if a list names documents that are not there, or is written otherwise than it is always written.
    fn list_is_sound(&self, list: &[u8]) -> Option<()> {
        if self.documents <= WINDOW {
            return part_is_sound(list, self.documents.div_ceil(8) as usize, self.documents);
        }
        let list = Postings { bytes: list, documents: self.documents };
        if !list.is_split() {
            return part_is_sound(list.bytes, SPLIT, self.documents);
        }
        let (rows, parts) = list.parts()?;
        is(rows.is_sorted_by(|a, b| part_window(a) < part_window(b)))?;
        let mut start = 0;
        for row in rows {
            let left = self.documents.checked_sub(part_window(row).checked_mul(WINDOW)?)?;
            let part = parts.get(start..part_end(row))?;
            is(!part.is_empty())?;
            part_is_sound(part, (WINDOW / 8) as usize, left.min(WINDOW))?;
            start = part_end(row);
        }
        is(start == parts.len())
    }

    fn find(&self, Node(node): Node) -> Option<(Postings<'a>, Postings<'a>)> {
        let node = node as usize;
        let block = node / BLOCK;
        let mut rest = self.lists.get(u32::from_le_bytes(*self.blocks.get(block)?) as usize..)?;
        let first = block.wrapping_mul(BLOCK);
        let (shape, before) = self.shapes.get(first..=node)?.split_last()?;
        let mut skipped = 0_usize;
        for shape in before {
            if *shape < (Shape::Long as u8) << 6 {
                skipped = skipped.wrapping_add(usize::from(shape & 0x3F));
            } else {
                rest = rest.get(skipped..)?;
                let (names, bodies) = (number(&mut rest)?, number(&mut rest)?);
                skipped = (names as usize).wrapping_add(bodies as usize);
            }
        }
        rest = rest.get(skipped..)?;
        let postings = |bytes| Postings { bytes, documents: self.documents };
        let whole = || rest.get(..usize::from(shape & 0x3F));
        Some(match shape >> 6 {
            0 => (Postings::EMPTY, postings(whole()?)),
            1 => (postings(whole()?), Postings::EMPTY),
            2 => {
                let (names, lists) = whole()?.split_first()?;
                let (names, bodies) = lists.split_at_checked(usize::from(*names))?;
                (postings(names), postings(bodies))
            }
            _ => {
                let (names, bodies) = (number(&mut rest)? as usize, number(&mut rest)? as usize);
                let (names, rest) = rest.split_at_checked(names)?;
                (postings(names), postings(rest.get(..bodies)?))
            }
        })
    }
}

/// The longest titles of each length class, in units: four steps for twice the length.
const LENGTHS: [u16; 31] = [
    1, 2, 3, 4, 5, 6, 8, 9, 11, 13, 16, 19, 22, 26, 32, 38, 45, 53, 64, 76, 90, 107, 128, 152, 181, 215, 256, 304, 362,
    430, 512,
];

/// How long a title of so many units is, in steps of a fifth more: among equally good hits the shorter title comes first,
/// and within a step the earlier one.
///
/// ```
/// use nenpyo_schema::search::length_class;
/// assert_eq!([1, 2, 6, 7, 8, 9, 1000].map(length_class), [0, 1, 5, 6, 6, 7, 31]);
/// ```
#[must_use]
pub fn length_class(units: u32) -> u8 {
    LENGTHS.partition_point(|length| u32::from(*length) < units) as u8
}
