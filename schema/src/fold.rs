//! Folding: what characters become before a text is searched. The same ahead of time and on the device.
//!
//! A text becomes *units*: the UTF-16 code units of its folded letters and digits, and [`SEPARATOR`] for everything
//! between words. What is folded:
//!
//! - Unicode's compatibility forms (NFKC): full width and half width, circled, squared and mathematical letters, ligatures;
//! - case, and the marks over Latin letters (`ō` is `o`, `é` is `e`);
//! - katakana to hiragana; small kana stay small, but for the `ヵ` and `ヶ` of counters and places, which are か and け;
//! - every hyphen, dash and minus, and the long-vowel mark `ー`, to `-`, which a query may leave out before a digit;
//! - old and variant forms of kanji to the forms of today (`髙` is `高`).
//!
//! Kana, ASCII and widths are folded by rule. The rest is a table of the chronicle, [`Folds`], that has only what folds
//! into characters of the chronicle's own texts: anything else cannot match.

/// What stands between words: spaces, punctuation, symbols.
pub const SEPARATOR: u16 = 0x20;

/// What every hyphen, dash and long-vowel mark becomes.
pub const HYPHEN: u16 = 0x2D;

/// Whether a unit is part of a word that hyphens and separators end.
///
/// ```
/// use nenpyo_schema::fold::{HYPHEN, is_letter};
/// assert!(is_letter(u16::from(b'q')));
/// assert!(!is_letter(HYPHEN));
/// ```
#[must_use]
pub const fn is_letter(unit: u16) -> bool {
    unit != SEPARATOR && unit != HYPHEN
}

/// Whether ASCII, kana or kanji as they are become a unit, or hyphens.
///
/// ```
/// use nenpyo_schema::fold::has_usual;
/// assert!(has_usual('量' as u16));
/// assert!(!has_usual('é' as u16));
/// ```
#[must_use]
pub const fn has_usual(unit: u16) -> bool {
    matches!(unit, HYPHEN | 0x30..=0x39 | 0x61..=0x7A | 0x3041..=0x3094 | 0x4E00..=0x9FFF)
}

/// Whether a unit is a hyphen between a letter and a digit, which a query may leave out: `jt60` is JT-60.
///
/// ```
/// use nenpyo_schema::fold::is_silent_hyphen;
/// let silent = |three: [char; 3]| is_silent_hyphen(three[0] as u16, three[1] as u16, three[2] as u16);
/// assert!(silent(['t', '-', '6']));
/// assert!(!silent(['g', '-', 'p']) && !silent(['2', '-', '6']));
/// ```
#[must_use]
pub const fn is_silent_hyphen(before: u16, unit: u16, after: u16) -> bool {
    unit == HYPHEN && matches!(before, 0x61..=0x7A) && matches!(after, 0x30..=0x39)
}

/// What a character becomes by rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Simple {
    /// A letter or digit.
    Letter(u32),
    /// Something between words.
    Separator,
    /// Nothing: marks over letters, variation selectors, what has no width.
    Nothing,
    /// The mark that voices the kana before it.
    Voiced,
    /// The mark that half-voices the kana before it.
    HalfVoiced,
}

/// Half-width katakana from U+FF66 on, as the low byte of their hiragana.
#[rustfmt::skip]
const HALF_WIDTH: [u8; 56] = [
    0x92, 0x41, 0x43, 0x45, 0x47, 0x49, 0x83, 0x85, 0x87, 0x63, 0xFC,
    0x42, 0x44, 0x46, 0x48, 0x4A, 0x4B, 0x4D, 0x4F, 0x51, 0x53, 0x55, 0x57, 0x59, 0x5B, 0x5D, 0x5F,
    0x61, 0x64, 0x66, 0x68, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x72, 0x75, 0x78, 0x7B,
    0x7E, 0x7F, 0x80, 0x81, 0x82, 0x84, 0x86, 0x88, 0x89, 0x8A, 0x8B, 0x8C, 0x8D, 0x8F, 0x93,
];

/// What a character becomes by rule, if the chronicle's table says nothing of it.
///
/// ```
/// use nenpyo_schema::fold::{Simple, simple};
/// assert_eq!(simple('Ｑ'), Simple::Letter('q' as u32));
/// assert_eq!(simple('メ'), Simple::Letter('め' as u32));
/// assert_eq!(simple('ﾒ'), Simple::Letter('め' as u32));
/// assert_eq!(simple('ー'), simple('－'));
/// assert_eq!(simple('、'), Simple::Separator);
/// ```
#[must_use]
pub const fn simple(character: char) -> Simple {
    let code = character as u32;
    match code {
        0x61..=0x7A | 0x30..=0x39 | 0x3041..=0x3094 | 0x309D | 0x309E | 0x4E00..=0x9FFF => Simple::Letter(code),
        // The small ヵ and ヶ of 六ヶ所 are か and け.
        0x3095 | 0x30F5 => Simple::Letter(0x304B),
        0x3096 | 0x30F6 => Simple::Letter(0x3051),
        0x41..=0x5A => Simple::Letter(code + 0x20),
        0x30A1..=0x30F4 | 0x30FD | 0x30FE => Simple::Letter(code - 0x60),
        0x2D | 0x30FC | 0xFF70 | 0xFF0D | 0x2010..=0x2015 | 0x2212 | 0xFE58 | 0xFE63 => Simple::Letter(HYPHEN as u32),
        0xFF10..=0xFF19 | 0xFF41..=0xFF5A => Simple::Letter(code - 0xFEE0),
        0xFF21..=0xFF3A => Simple::Letter(code - 0xFEC0),
        0xFF66..=0xFF9D => Simple::Letter(0x3000 | half_width(code)),
        0x3099 | 0x309B | 0xFF9E => Simple::Voiced,
        0x309A | 0x309C | 0xFF9F => Simple::HalfVoiced,
        0xAD | 0x300..=0x36F | 0x200B..=0x200F | 0x2060 | 0xFE00..=0xFE0F | 0xFEFF | 0xE0100..=0xE01EF => {
            Simple::Nothing
        }
        // What the table does not know of symbols that stand for letters (℃, ㎡, ①) is a letter that nothing has.
        0..=0x7F
        | 0x80..=0xA9
        | 0xAB..=0xB1
        | 0xB4
        | 0xB6..=0xB8
        | 0xBB
        | 0xBF
        | 0xD7
        | 0xF7
        | 0x2000..=0x206F
        | 0x20A0..=0x20CF
        | 0x2190..=0x245F
        | 0x2500..=0x2775
        | 0x2794..=0x2BFF
        | 0x2E00..=0x2E2E
        | 0x2E30..=0x2E7F
        | 0x3000..=0x3004
        | 0x3008..=0x3020
        | 0x3030
        | 0x303D..=0x3040
        | 0x3097..=0x3098
        | 0x30A0
        | 0x30FB
        | 0xE000..=0xF8FF
        | 0xFE10..=0xFE6F
        | 0xFF00..=0xFF65
        | 0xFFE0..=0xFFFF
        | 0x1_F000..=0x1_F0FF
        | 0x1_F300..=0x1_FAFF
        | 0xE_0000.. => Simple::Separator,
        _ => Simple::Letter(code),
    }
}

const fn half_width(code: u32) -> u32 {
    let mut rest: &[u8] = &HALF_WIDTH;
    let mut at = 0xFF66;
    while let [first, more @ ..] = rest {
        if at == code {
            return *first as u32;
        }
        at += 1;
        rest = more;
    }
    0
}

/// The kana with a mark; `None` if it does not take it.
const fn marked(unit: u16, mark: Simple) -> Option<u16> {
    match (unit, mark) {
        (0x3046, Simple::Voiced) => Some(0x3094),
        // か to ぢ have their voiced form behind them; so have つ to ど, shifted by the small っ.
        (0x304B..=0x3061, Simple::Voiced) if unit % 2 == 1 => Some(unit + 1),
        (0x3064 | 0x3066 | 0x3068 | 0x306F | 0x3072 | 0x3075 | 0x3078 | 0x307B, Simple::Voiced) => Some(unit + 1),
        (0x306F | 0x3072 | 0x3075 | 0x3078 | 0x307B, Simple::HalfVoiced) => Some(unit + 2),
        (0x309D, Simple::Voiced) => Some(0x309E),
        _ => None,
    }
}

/// A row of the chronicle's table: a run of characters of one page of 256, and what they become. 4 bytes.
///
/// ```text
/// 0  1  the first character's low byte
/// 1  1  a run: how many more there are, at most 63, and 64 if each becomes one unit more than the one before;
///       or 128 and how many units the one character becomes
/// 2  2  what the first becomes; or where its units stand in the pool
/// ```
pub type FoldRow = [u8; 4];

/// A page of 256 characters and its first row. 4 bytes.
pub type FoldPage = [u8; 4];

/// In a row: the character becomes several units.
pub const SEVERAL: u8 = 128;

/// In a row: each character becomes one unit more than the one before.
pub const RISING: u8 = 64;

/// One list of rows: for texts, or for queries.
#[derive(Clone, Copy, Debug)]
struct Rows<'a> {
    pages: &'a [FoldPage],
    rows: &'a [FoldRow],
}

impl<'a> Rows<'a> {
    const EMPTY: Self = Self { pages: &[], rows: &[] };

    /// Takes a list off the bytes: how many pages and rows, then these.
    fn take(bytes: &mut &'a [u8]) -> Option<Self> {
        let (header, rest) = bytes.split_first_chunk::<4>()?;
        let [a, b, c, d] = *header;
        let (pages, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes([a, b])).checked_mul(4)?)?;
        let (rows, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes([c, d])).checked_mul(4)?)?;
        *bytes = rest;
        Some(Self { pages: pages.as_chunks().0, rows: rows.as_chunks().0 })
    }

    /// The rows of the page with this place in the list.
    fn page(&self, at: usize) -> &'a [FoldRow] {
        let row = |at: usize| {
            self.pages.get(at).map_or(self.rows.len(), |page| usize::from(u16::from_le_bytes([page[2], page[3]])))
        };
        self.rows.get(row(at)..row(at.wrapping_add(1))).unwrap_or_default()
    }

    /// The row of a character, and its place in the run.
    fn find(&self, code: u32) -> Option<(&'a FoldRow, u8)> {
        let page = (code >> 8) as u16;
        let at = self.pages.binary_search_by_key(&page, |page| u16::from_le_bytes([page[0], page[1]])).ok()?;
        let rows = self.page(at);
        let low = code as u8;
        let row = rows.get(rows.partition_point(|row| row[0] <= low).checked_sub(1)?)?;
        let steps = low.wrapping_sub(row[0]);
        let further = if row[1] & SEVERAL == 0 { row[1] & 63 } else { 0 };
        (steps <= further).then_some((row, steps))
    }

    fn is_sound(&self, pool: &[[u8; 2]]) -> bool {
        let page = |page: &FoldPage| u16::from_le_bytes([page[0], page[1]]);
        let starts = self.pages.iter().map(|page| u16::from_le_bytes([page[2], page[3]]));
        let end = |row: &FoldRow| u16::from(row[0]) + if row[1] & SEVERAL == 0 { u16::from(row[1] & 63) } else { 0 };
        let in_order = |at: usize| {
            let rows = self.page(at);
            !rows.is_empty()
                && rows.is_sorted_by(|a, b| end(a) < u16::from(b[0]))
                && rows.last().is_some_and(|row| end(row) < 256)
        };
        let in_pool = |row: &FoldRow| {
            let at = usize::from(u16::from_le_bytes([row[2], row[3]]));
            let length = usize::from(row[1] & !SEVERAL);
            if row[1] & SEVERAL == 0 {
                row[1] != RISING
            } else {
                length > 1 && pool.len().checked_sub(at).is_some_and(|rest| length <= rest)
            }
        };
        self.pages.is_sorted_by(|a, b| page(a) < page(b))
            && starts.clone().next().is_none_or(|first| first == 0)
            && starts.is_sorted()
            && (0..self.pages.len()).all(in_order)
            && (self.rows.is_empty() || !self.pages.is_empty())
            && self.rows.iter().all(in_pool)
    }
}

/// What folds into the chronicle's own characters, beyond the rules.
///
/// ```text
/// a list of rows for texts, then one for queries:
///   0  2  pages
///   2  2  rows
///   4  .  the pages, sorted: a character's code / 256, and the page's first row, 2 bytes each
///      .  the rows, sorted within each page
/// 2 bytes: 1 if texts have marks of kana apart or characters that become nothing; 2 if some readings are not kana
/// 8 bytes: a bit for each last six bits of the kanji that have rows for texts
/// 2 bytes: how many units texts write otherwise than in ASCII, kana or kanji as they are; then these, sorted
/// the pool of units
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Folds<'a> {
    rows: Rows<'a>,
    pool: &'a [[u8; 2]],
    /// The flags of the table.
    marks: bool,
    foreign_readings: bool,
    /// The units that are written otherwise too.
    variants: &'a [[u8; 2]],
    /// A bit for each last six bits of the kanji that have rows.
    kanji: [u8; 8],
}

/// In a table: marks of kana stand apart in texts, or characters that become nothing.
pub const HAS_MARKS: u16 = 1;

/// In a table: a reading is not made of kana.
pub const HAS_FOREIGN_READINGS: u16 = 2;

impl<'a> Folds<'a> {
    /// No table.
    pub const EMPTY: Self =
        Self { rows: Rows::EMPTY, pool: &[], marks: true, foreign_readings: true, variants: &[], kanji: [0; 8] };

    /// The part for the chronicle's own texts, which have few of these characters.
    ///
    /// ```
    /// use nenpyo_schema::fold::{Folds, units};
    /// let table = [1, 0, 1, 0, 0x24, 0, 0, 0, 0x60, 64 | 8, b'1', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    /// assert!(units("③", &Folds::of_texts(&table)).eq([u16::from(b'3')]));
    /// ```
    #[must_use]
    pub fn of_texts(table: &'a [u8]) -> Self {
        Self::parts(table).map_or(Self::EMPTY, |parts| Self {
            rows: parts.texts,
            pool: parts.pool,
            marks: parts.flags & HAS_MARKS != 0,
            foreign_readings: parts.flags & HAS_FOREIGN_READINGS != 0,
            variants: parts.variants,
            kanji: *parts.kanji,
        })
    }

    /// The part for queries, which can have anything.
    ///
    /// ```
    /// use nenpyo_schema::fold::{Folds, units};
    /// let table = [0, 0, 0, 0, 1, 0, 1, 0, 0x9A, 0, 0, 0, 0xD9, 0, 0xD8, 0x9A, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    /// assert!(units("髙", &Folds::of_queries(&table)).eq("高".encode_utf16()));
    /// ```
    #[must_use]
    pub fn of_queries(table: &'a [u8]) -> Self {
        Self::parts(table).map_or(Self::EMPTY, |parts| Self {
            rows: parts.queries,
            pool: parts.pool,
            kanji: [0xFF; 8],
            ..Self::EMPTY
        })
    }

    /// Whether a table has the rows that it says, all in order; the empty one is.
    ///
    /// ```
    /// use nenpyo_schema::fold::Folds;
    /// assert!(Folds::is_sound(&[]));
    /// assert!(!Folds::is_sound(&[1, 0, 0, 0, 0, 0]), "a page is missing");
    /// ```
    #[must_use]
    pub fn is_sound(table: &'a [u8]) -> bool {
        let Some(parts) = Self::parts(table) else { return table.is_empty() };
        let unit = |unit: &[u8; 2]| u16::from_le_bytes(*unit);
        parts.texts.is_sound(parts.pool)
            && parts.queries.is_sound(parts.pool)
            && parts.variants.is_sorted_by(|a, b| unit(a) < unit(b))
    }

    /// `None` if there are fewer bytes than the table says, or half a unit more.
    fn parts(mut table: &'a [u8]) -> Option<Parts<'a>> {
        let texts = Rows::take(&mut table)?;
        let queries = Rows::take(&mut table)?;
        let (flags, rest) = table.split_first_chunk::<2>()?;
        let (kanji, rest) = rest.split_first_chunk()?;
        let (count, rest) = rest.split_first_chunk()?;
        let (units, rest) = rest.as_chunks();
        let (variants, pool) = units.split_at_checked(usize::from(u16::from_le_bytes(*count)))?;
        let flags = u16::from_le_bytes(*flags);
        let is_sound = rest.is_empty() && flags & !(HAS_MARKS | HAS_FOREIGN_READINGS) == 0;
        is_sound.then_some(Parts { texts, queries, pool, flags, variants, kanji })
    }

    /// Whether texts may have marks apart from their kana, or characters that become nothing.
    ///
    /// ```
    /// use nenpyo_schema::fold::Folds;
    /// assert!(Folds::EMPTY.has_marks());
    /// ```
    #[must_use]
    pub const fn has_marks(&self) -> bool {
        self.marks
    }

    /// Whether a kanji with these last six bits stands for itself; otherwise the table may know it.
    ///
    /// ```
    /// use nenpyo_schema::fold::Folds;
    /// assert!(Folds::EMPTY.keeps_kanji('量' as u8));
    /// ```
    #[must_use]
    #[inline]
    pub fn keeps_kanji(&self, low: u8) -> bool {
        self.kanji.get(usize::from(low >> 3 & 7)).is_some_and(|bits| bits >> (low & 7) & 1 == 0)
    }

    /// Whether texts may write a unit otherwise than in ASCII, kana or kanji as they are, or with any hyphen.
    ///
    /// ```
    /// use nenpyo_schema::fold::Folds;
    /// assert!(!Folds::EMPTY.has_variants(u16::from(b'q')));
    /// ```
    #[must_use]
    pub fn has_variants(&self, unit: u16) -> bool {
        !has_usual(unit) || self.variants.binary_search_by_key(&unit, |unit| u16::from_le_bytes(*unit)).is_ok()
    }

    /// Whether every reading is made of kana, marks of long vowels and middle dots, and has a kana.
    ///
    /// ```
    /// use nenpyo_schema::fold::Folds;
    /// assert!(!Folds::EMPTY.reads_kana());
    /// ```
    #[must_use]
    pub const fn reads_kana(&self) -> bool {
        !self.foreign_readings
    }

    /// What the table says of a character.
    #[inline(never)]
    fn get(&self, code: u32) -> Option<Found<'a>> {
        let (row, steps) = self.rows.find(code)?;
        let target = u16::from_le_bytes([row[2], row[3]]);
        if row[1] & SEVERAL != 0 {
            let at = usize::from(target);
            return self.pool.get(at..at.wrapping_add(usize::from(row[1] & !SEVERAL))).map(Found::Several);
        }
        Some(Found::One(if row[1] & RISING == 0 { target } else { target.wrapping_add(u16::from(steps)) }))
    }
}

/// The parts of a table.
struct Parts<'a> {
    texts: Rows<'a>,
    queries: Rows<'a>,
    pool: &'a [[u8; 2]],
    flags: u16,
    variants: &'a [[u8; 2]],
    kanji: &'a [u8; 8],
}

enum Found<'a> {
    One(u16),
    Several(&'a [[u8; 2]]),
}

/// The units of a text, one after the other.
///
/// ```
/// use nenpyo_schema::fold::{Folds, units};
/// let folded = |text| char::decode_utf16(units(text, &Folds::EMPTY)).map(Result::unwrap).collect::<String>();
/// # extern crate std; use std::string::String;
/// assert_eq!(folded("ＪＴ－60ＳＡ"), "jt-60sa");
/// assert_eq!(folded("ｶﾞﾝ、メス"), "がん めす");
/// ```
#[must_use]
pub fn units<'a>(text: &'a str, folds: &'a Folds<'a>) -> Units<'a, core::str::Chars<'a>> {
    Units::new(text.chars(), folds)
}

/// The units of characters; see [`units`].
#[derive(Clone, Debug)]
pub struct Units<'a, I> {
    characters: I,
    folds: &'a Folds<'a>,
    pending: &'a [[u8; 2]],
    /// The second half of a character beyond the basic plane; 0 if there is none.
    half: u16,
}

impl<'a, I: Iterator<Item = char> + Clone> Units<'a, I> {
    /// The units of these characters.
    ///
    /// ```
    /// use nenpyo_schema::fold::{Folds, Units};
    /// assert!(Units::new("Ab".chars(), &Folds::EMPTY).eq("ab".encode_utf16()));
    /// ```
    pub fn new(characters: I, folds: &'a Folds<'a>) -> Self {
        Self { characters, folds, pending: &[], half: 0 }
    }

    /// The characters that are still to come, and whether one is half done.
    ///
    /// ```
    /// use nenpyo_schema::fold::{Folds, units};
    /// let mut units = units("abc", &Folds::EMPTY);
    /// units.next();
    /// assert_eq!(units.rest().as_str(), "bc");
    /// ```
    pub fn rest(&self) -> &I {
        &self.characters
    }

    /// Whether the next unit begins a character, and does not go on with one.
    ///
    /// ```
    /// use nenpyo_schema::fold::{Folds, units};
    /// let mut units = units("𩸽", &Folds::EMPTY);
    /// assert!(units.is_between());
    /// units.next();
    /// assert!(!units.is_between());
    /// ```
    pub const fn is_between(&self) -> bool {
        self.half == 0 && self.pending.is_empty()
    }

    /// Goes on with other characters, when these have come to their end.
    ///
    /// ```
    /// use nenpyo_schema::fold::{Folds, units};
    /// let mut units = units("", &Folds::EMPTY);
    /// units.go_on("a".chars());
    /// assert_eq!(units.next(), Some(u16::from(b'a')));
    /// ```
    pub fn go_on(&mut self, characters: I) {
        self.characters = characters;
    }

    /// The rest of what one character became.
    fn pending(&mut self) -> Option<u16> {
        if self.half != 0 {
            return Some(core::mem::take(&mut self.half));
        }
        let (first, rest) = self.pending.split_first()?;
        self.pending = rest;
        Some(u16::from_le_bytes(*first))
    }

    /// A kana with the mark behind it, if there is one.
    fn with_mark(&mut self, unit: u16) -> u16 {
        let mut ahead = self.characters.clone();
        let composed = ahead.next().and_then(|mark| marked(unit, simple(mark)));
        if composed.is_some() {
            self.characters = ahead;
        }
        composed.unwrap_or(unit)
    }

    /// What is neither a kanji nor a kana nor ASCII, or may stand in the table.
    #[inline(never)]
    fn other(&mut self, character: char) -> Option<u16> {
        let code = character as u32;
        if code >= 0x80 {
            match self.folds.get(code) {
                Some(Found::One(unit)) => return Some(unit),
                Some(Found::Several(units)) => {
                    self.pending = units;
                    return self.pending();
                }
                None => {}
            }
        }
        match simple(character) {
            Simple::Letter(code @ 0x1_0000..) => {
                self.half = 0xDC00 | (code & 0x3FF) as u16;
                Some(0xD800 | (code.wrapping_sub(0x1_0000) >> 10) as u16)
            }
            Simple::Letter(code) if self.folds.marks => Some(self.with_mark(code as u16)),
            Simple::Letter(code) => Some(code as u16),
            Simple::Separator => Some(SEPARATOR),
            Simple::Nothing | Simple::Voiced | Simple::HalfVoiced => None,
        }
    }
}

impl<I: Iterator<Item = char> + Clone> Iterator for Units<'_, I> {
    type Item = u16;

    #[inline]
    fn next(&mut self) -> Option<u16> {
        if !self.is_between() {
            return self.pending();
        }
        loop {
            let character = self.characters.next()?;
            let code = character as u32;
            match code {
                // What texts are made of, settled at once.
                0x61..=0x7A | 0x30..=0x39 => return Some(code as u16),
                0x41..=0x5A => return Some((code as u16).wrapping_add(0x20)),
                0x30FC => return Some(HYPHEN),
                0x3041..=0x3094 if !self.folds.marks => return Some(code as u16),
                0x4E00..=0x9FFF if self.folds.keeps_kanji(code as u8) => return Some(code as u16),
                0x30A1..=0x30F4 if !self.folds.marks => return Some((code as u16).wrapping_sub(0x60)),
                _ => {
                    if let Some(unit) = self.other(character) {
                        return Some(unit);
                    }
                }
            }
        }
    }
}
