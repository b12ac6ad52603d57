//! Texts in their pools: UTF-8, or codes of the chronicle's own alphabet. Runs on host and target.
//!
//! Whoever reads texts reads them through [`Plain`], which is the same for both. Without the feature `dense-text` there
//! is only UTF-8: a [`Coding`] is nothing then and a [`Plain`] a string slice.

use crate::{SpanRow, Tables};

#[cfg(feature = "dense-text")]
use crate::alphabet::{Alphabet, Asked, CodeCharacters, CodeSet, Codes};

/// Whether dense text can be read.
pub const READS_DENSE_TEXT: bool = cfg!(feature = "dense-text");

#[cfg(not(feature = "dense-text"))]
mod without {
    /// No alphabet: there is only UTF-8.
    #[derive(Clone, Copy, Debug)]
    pub struct Alphabet<'a>(core::marker::PhantomData<&'a [u8]>);

    impl Alphabet<'_> {
        /// No characters.
        pub const NONE: Self = Self(core::marker::PhantomData);

        /// Its characters: none.
        ///
        /// ```
        /// use nenpyo_schema::Alphabet;
        /// assert!(Alphabet::NONE.characters().is_empty());
        /// ```
        pub const fn characters(&self) -> crate::CharacterSet<'static> {
            crate::CharacterSet::NONE
        }
    }

    /// Whether something may begin with a character and the one behind it, if there is one.
    pub type Begins<'b> = &'b dyn Fn(char, Option<char>) -> bool;

    /// What may begin where texts are looked through.
    #[derive(Clone, Copy)]
    pub struct Asked<'b> {
        /// With which characters.
        pub begins: Begins<'b>,
        /// Whether it must begin words.
        pub spaced: bool,
    }

    /// No codes: texts are looked through as they are.
    #[derive(Clone, Copy, Debug, Default)]
    pub struct CodeSet;

    impl CodeSet {
        /// Nothing is ever known.
        ///
        /// ```
        /// assert!(!nenpyo_schema::CodeSet::new().is_full());
        /// ```
        pub const fn new() -> Self {
            Self
        }

        /// Never.
        ///
        /// ```
        /// assert!(!nenpyo_schema::CodeSet::new().is_due());
        /// ```
        pub const fn is_due(&self) -> bool {
            false
        }

        /// Never.
        ///
        /// ```
        /// assert!(!nenpyo_schema::CodeSet::new().is_full());
        /// ```
        pub const fn is_full(&self) -> bool {
            false
        }

        /// Does nothing.
        ///
        /// ```
        /// nenpyo_schema::CodeSet::new().fill(nenpyo_schema::Coding::UTF8, &|_, _| true);
        /// ```
        pub const fn fill(&self, _: crate::Coding<'_>, _: Begins<'_>) {}

        /// Does nothing.
        ///
        /// ```
        /// nenpyo_schema::CodeSet::new().open(nenpyo_schema::Coding::UTF8, 'a');
        /// ```
        pub const fn open(&self, _: crate::Coding<'_>, _: char) {}
    }
}

#[cfg(not(feature = "dense-text"))]
pub use without::{Alphabet, Asked, Begins, CodeSet};

/// How the texts of a chronicle are coded: what a text needs beside its pool.
#[derive(Clone, Copy, Debug)]
pub struct Coding<'a> {
    #[cfg(feature = "dense-text")]
    alphabet: &'a Alphabet<'a>,
    #[cfg(not(feature = "dense-text"))]
    nothing: core::marker::PhantomData<&'a ()>,
}

impl Coding<'_> {
    /// UTF-8.
    #[cfg(feature = "dense-text")]
    pub const UTF8: Self = Self { alphabet: &Alphabet::NONE };
    /// UTF-8.
    #[cfg(not(feature = "dense-text"))]
    pub const UTF8: Self = Self { nothing: core::marker::PhantomData };
}

#[cfg(feature = "dense-text")]
impl<'a> Coding<'a> {
    pub(crate) const fn alphabet(self) -> &'a Alphabet<'a> {
        self.alphabet
    }
}

impl Tables<'_> {
    /// How the texts are coded.
    ///
    /// ```
    /// use nenpyo_schema::Tables;
    /// assert!(Tables::EMPTY.languages[0].names.get(0, Tables::EMPTY.coding()).is_none());
    /// ```
    pub const fn coding(&self) -> Coding<'_> {
        #[cfg(feature = "dense-text")]
        return Coding { alphabet: &self.alphabet };
        #[cfg(not(feature = "dense-text"))]
        return Coding::UTF8;
    }
}

/// The texts themselves, one after the other; equal ones stand once.
#[derive(Clone, Copy, Debug)]
pub enum Pool<'a> {
    /// As they are.
    Utf8(&'a str),
    /// As packed codes.
    #[cfg(feature = "dense-text")]
    Dense(&'a [u8]),
}

/// Texts of one language and section: stretches of one pool that was checked once.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'a> {
    /// Where each text stands: bytes of the pool, or its codes.
    pub spans: &'a [[u16; SpanRow::HALVES]],
    /// The pool.
    pub pool: Pool<'a>,
}

impl<'a> Texts<'a> {
    /// No texts.
    pub const EMPTY: Self = Self { spans: &[], pool: Pool::Utf8("") };

    /// The text with this number; `None` if there is none, or its span lies outside the pool.
    ///
    /// ```
    /// use nenpyo_schema::{Coding, Pool, SpanRow, Texts};
    /// let spans = [SpanRow { start: 4, length: 3 }.to_row()];
    /// let texts = Texts { spans: &spans, pool: Pool::Utf8("the pool") };
    /// assert_eq!(texts.get(0, Coding::UTF8).unwrap().as_str(), Some("poo"));
    /// assert!(texts.get(1, Coding::UTF8).is_none());
    /// ```
    pub fn get(&self, number: u32, coding: Coding<'a>) -> Option<Plain<'a>> {
        let span = SpanRow::from_row(self.spans.get(number as usize)?);
        let _ = coding;
        match self.pool {
            Pool::Utf8(pool) => {
                let start = span.start as usize;
                Some(Plain::Utf8(pool.get(start..start.checked_add(usize::from(span.length))?)?))
            }
            #[cfg(feature = "dense-text")]
            Pool::Dense(pool) => Some(Plain::Dense(Codes::new(coding.alphabet, pool, span.start, span.length))),
        }
    }

    /// Whether every text lies in the pool, and has only codes of the alphabet.
    ///
    /// ```
    /// use nenpyo_schema::{Coding, Pool, SpanRow, Texts};
    /// let spans = [SpanRow { start: 4, length: 3 }.to_row()];
    /// assert!(Texts { spans: &spans, pool: Pool::Utf8("the pool") }.is_sound(Coding::UTF8));
    /// assert!(!Texts { spans: &spans, pool: Pool::Utf8("pool") }.is_sound(Coding::UTF8));
    /// ```
    #[inline(never)]
    pub fn is_sound(&self, coding: Coding<'a>) -> bool {
        match self.pool {
            Pool::Utf8(_) => (0..self.spans.len() as u32).all(|number| self.get(number, coding).is_some()),
            #[cfg(feature = "dense-text")]
            Pool::Dense(pool) => {
                let end = |span: SpanRow| (span.start as usize).saturating_add(usize::from(span.length));
                let end = self.spans.iter().map(SpanRow::from_row).map(end).max().unwrap_or(0);
                let is_left_out = self.spans.is_empty() && pool.is_empty();
                // A code has a bit: no number of bits overflows.
                is_left_out || end <= pool.len().saturating_mul(8) && coding.alphabet.are_codes(pool, end)
            }
        }
    }
}

/// A text without its ruby.
#[derive(Clone, Copy)]
pub enum Plain<'a> {
    /// As it is.
    Utf8(&'a str),
    /// As codes.
    #[cfg(feature = "dense-text")]
    Dense(Codes<'a>),
}

impl<'a> Plain<'a> {
    /// Nothing.
    pub const EMPTY: Self = Self::Utf8("");

    /// The text as one slice, if it is UTF-8.
    ///
    /// ```
    /// use nenpyo_schema::Plain;
    /// assert_eq!(Plain::Utf8("量子").as_str(), Some("量子"));
    /// ```
    #[inline]
    pub const fn as_str(&self) -> Option<&'a str> {
        match self {
            Self::Utf8(text) => Some(text),
            #[cfg(feature = "dense-text")]
            Self::Dense(_) => None,
        }
    }

    /// Whether there is nothing.
    ///
    /// ```
    /// use nenpyo_schema::Plain;
    /// assert!(Plain::EMPTY.is_empty());
    /// ```
    #[inline]
    pub const fn is_empty(&self) -> bool {
        match self {
            Self::Utf8(text) => text.is_empty(),
            #[cfg(feature = "dense-text")]
            Self::Dense(codes) => codes.len() == 0,
        }
    }

    /// How its chronicle's texts are coded.
    ///
    /// ```
    /// use nenpyo_schema::{Plain, Texts};
    /// assert!(Texts::EMPTY.get(0, Plain::EMPTY.coding()).is_none());
    /// ```
    #[inline]
    pub const fn coding(&self) -> Coding<'a> {
        match self {
            Self::Utf8(_) => Coding::UTF8,
            #[cfg(feature = "dense-text")]
            Self::Dense(codes) => Coding { alphabet: codes.alphabet() },
        }
    }

    /// The characters.
    ///
    /// ```
    /// use nenpyo_schema::Plain;
    /// assert!(Plain::Utf8("量子").chars().eq("量子".chars()));
    /// ```
    #[cfg_attr(not(feature = "dense-text"), inline)]
    #[cfg_attr(feature = "dense-text", inline(never))]
    pub fn chars(&self) -> Characters<'a> {
        match self {
            Self::Utf8(text) => Characters::Utf8(text.chars()),
            #[cfg(feature = "dense-text")]
            Self::Dense(codes) => Characters::Dense(codes.chars()),
        }
    }

    /// The first character.
    ///
    /// ```
    /// use nenpyo_schema::Plain;
    /// assert_eq!(Plain::Utf8("量子").first(), Some('量'));
    /// ```
    #[cfg_attr(not(feature = "dense-text"), inline)]
    #[cfg_attr(feature = "dense-text", inline(never))]
    pub fn first(&self) -> Option<char> {
        match self {
            Self::Utf8(text) => text.chars().next(),
            #[cfg(feature = "dense-text")]
            Self::Dense(codes) => codes.first(),
        }
    }

    /// How many bytes of UTF-8 it is.
    ///
    /// ```
    /// use nenpyo_schema::Plain;
    /// assert_eq!(Plain::Utf8("量子").bytes(), 6);
    /// ```
    #[cfg_attr(not(feature = "dense-text"), inline)]
    #[cfg_attr(feature = "dense-text", inline(never))]
    pub fn bytes(&self) -> usize {
        match self {
            Self::Utf8(text) => text.len(),
            #[cfg(feature = "dense-text")]
            Self::Dense(codes) => codes.chars().map(char::len_utf8).sum(),
        }
    }

    /// Takes so many bytes of UTF-8, or codes, off its beginning: as ruby counts. `None` if it has fewer, or a character
    /// would be cut.
    ///
    /// ```
    /// use nenpyo_schema::Plain;
    /// let mut text = Plain::Utf8("量子");
    /// assert_eq!(text.take_front(3).unwrap().as_str(), Some("量"));
    /// assert_eq!(text.as_str(), Some("子"));
    /// assert!(text.take_front(4).is_none());
    /// ```
    #[cfg_attr(not(feature = "dense-text"), inline)]
    #[cfg_attr(feature = "dense-text", inline(never))]
    pub fn take_front(&mut self, length: usize) -> Option<Self> {
        match self {
            Self::Utf8(text) => {
                let (front, rest) = text.split_at_checked(length)?;
                *text = rest;
                Some(Self::Utf8(front))
            }
            #[cfg(feature = "dense-text")]
            Self::Dense(codes) => codes.take_front(length).map(Self::Dense),
        }
    }

    /// Takes codes off its beginning in which nothing of a set begins, if it is known; gives the
    /// character before what is left, if any was taken. Of UTF-8 nothing.
    ///
    /// ```
    /// use nenpyo_schema::{Asked, CodeSet, Plain};
    /// let asked = Asked { begins: &|first, _| first == '子', spaced: false };
    /// assert_eq!(Plain::Utf8("量子").skip(&CodeSet::new(), asked), None);
    /// ```
    #[cfg_attr(not(feature = "dense-text"), inline)]
    pub fn skip(&mut self, set: &CodeSet, asked: Asked<'_>) -> Option<char> {
        let _ = (set, asked);
        match self {
            Self::Utf8(_) => None,
            #[cfg(feature = "dense-text")]
            Self::Dense(codes) => codes.skip(set, asked),
        }
    }

    /// Whether something of a set, which was filled, may begin in it. In UTF-8 it always may.
    ///
    /// ```
    /// use nenpyo_schema::{Asked, CodeSet, Plain};
    /// let asked = Asked { begins: &|first, _| first == '子', spaced: false };
    /// assert!(Plain::Utf8("量子").may_have(&CodeSet::new(), asked));
    /// ```
    #[cfg_attr(not(feature = "dense-text"), inline)]
    pub fn may_have(&self, set: &CodeSet, asked: Asked<'_>) -> bool {
        let _ = (set, asked);
        match self {
            Self::Utf8(_) => true,
            #[cfg(feature = "dense-text")]
            Self::Dense(codes) => codes.may_have(set, asked),
        }
    }

    /// Whether something of a set, which was filled, may begin with the last character of its first `length` bytes of
    /// UTF-8, or codes. In UTF-8 it always may.
    ///
    /// ```
    /// use nenpyo_schema::{CodeSet, Plain};
    /// assert!(Plain::Utf8("量子").may_end_with(3, &CodeSet::new()));
    /// ```
    #[cfg_attr(not(feature = "dense-text"), inline)]
    pub fn may_end_with(&self, length: usize, set: &CodeSet) -> bool {
        let _ = (length, set);
        match self {
            Self::Utf8(_) => true,
            #[cfg(feature = "dense-text")]
            Self::Dense(codes) => codes.is_in(length.wrapping_sub(1), set),
        }
    }

    /// What lies between these bytes of UTF-8; `None` outside of it, or within a character.
    ///
    /// ```
    /// use nenpyo_schema::Plain;
    /// assert_eq!(Plain::Utf8("量子").get(3..6).unwrap().as_str(), Some("子"));
    /// assert!(Plain::Utf8("量子").get(3..7).is_none());
    /// ```
    #[cfg_attr(not(feature = "dense-text"), inline)]
    #[cfg_attr(feature = "dense-text", inline(never))]
    pub fn get(&self, range: core::ops::Range<usize>) -> Option<Self> {
        match self {
            Self::Utf8(text) => text.get(range).map(Self::Utf8),
            #[cfg(feature = "dense-text")]
            Self::Dense(codes) if range.end <= self.bytes() => codes.get(range.start, range.end).map(Self::Dense),
            #[cfg(feature = "dense-text")]
            Self::Dense(_) => None,
        }
    }

    /// It without white space at its end.
    ///
    /// ```
    /// use nenpyo_schema::Plain;
    /// assert_eq!(Plain::Utf8("fusion ").trim_end().as_str(), Some("fusion"));
    /// ```
    #[must_use]
    #[cfg_attr(not(feature = "dense-text"), inline)]
    #[cfg_attr(feature = "dense-text", inline(never))]
    pub fn trim_end(&self) -> Self {
        match self {
            Self::Utf8(text) => Self::Utf8(text.trim_end()),
            #[cfg(feature = "dense-text")]
            Self::Dense(_) => {
                let space = self.chars().rev().take_while(|character| character.is_whitespace());
                let space: usize = space.map(char::len_utf8).sum();
                self.get(0..self.bytes().wrapping_sub(space)).unwrap_or(*self)
            }
        }
    }

    /// A length as ruby counts, as places are counted in texts: bytes of UTF-8; of codes, 256 parts of each, a character
    /// being one.
    ///
    /// ```
    /// use nenpyo_schema::Plain;
    /// assert_eq!(Plain::Utf8("量子").places(3), 3);
    /// ```
    #[inline]
    pub const fn places(&self, length: usize) -> usize {
        match self {
            Self::Utf8(_) => length,
            #[cfg(feature = "dense-text")]
            Self::Dense(_) => length << 8,
        }
    }

    /// All of its places.
    ///
    /// ```
    /// use nenpyo_schema::Plain;
    /// assert_eq!(Plain::Utf8("量子").len(), Plain::Utf8("量子").chars().left());
    /// ```
    #[inline]
    pub const fn len(&self) -> usize {
        match self {
            Self::Utf8(text) => text.len(),
            #[cfg(feature = "dense-text")]
            Self::Dense(codes) => (codes.len() as usize) << 8,
        }
    }

    /// How many bytes of UTF-8 lie before a place.
    ///
    /// ```
    /// use nenpyo_schema::Plain;
    /// assert_eq!(Plain::Utf8("量子").bytes_before(3), 3);
    /// ```
    #[cfg_attr(not(feature = "dense-text"), inline)]
    #[cfg_attr(feature = "dense-text", inline(never))]
    pub fn bytes_before(&self, place: usize) -> usize {
        match self {
            Self::Utf8(_) => place,
            #[cfg(feature = "dense-text")]
            Self::Dense(codes) => {
                let behind = self.len().saturating_sub(place);
                let mut characters = codes.chars();
                let mut bytes = 0_usize;
                while characters.left() > behind
                    && let Some(character) = characters.next()
                {
                    bytes = bytes.wrapping_add(character.len_utf8());
                }
                bytes
            }
        }
    }
}

impl PartialEq for Plain<'_> {
    #[cfg_attr(not(feature = "dense-text"), inline)]
    #[cfg_attr(feature = "dense-text", inline(never))]
    fn eq(&self, other: &Self) -> bool {
        match (self.as_str(), other.as_str()) {
            (Some(one), Some(other)) => one == other,
            _ => self.chars().eq(other.chars()),
        }
    }
}

impl Eq for Plain<'_> {}

impl PartialEq<str> for Plain<'_> {
    #[cfg_attr(not(feature = "dense-text"), inline)]
    #[cfg_attr(feature = "dense-text", inline(never))]
    fn eq(&self, other: &str) -> bool {
        *self == Plain::Utf8(other)
    }
}

impl core::fmt::Debug for Plain<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.chars().try_for_each(|character| core::fmt::Write::write_char(f, character))
    }
}

/// The characters of a text; see [`Plain::chars`].
#[derive(Clone)]
pub enum Characters<'a> {
    /// Of UTF-8.
    Utf8(core::str::Chars<'a>),
    /// Of codes.
    #[cfg(feature = "dense-text")]
    Dense(CodeCharacters<'a>),
}

impl Characters<'_> {
    /// How many places of the text are left, if nothing was taken from its end.
    ///
    /// ```
    /// use nenpyo_schema::Plain;
    /// let mut characters = Plain::Utf8("量子").chars();
    /// characters.next();
    /// assert_eq!(characters.left(), 3);
    /// ```
    #[cfg_attr(not(feature = "dense-text"), inline)]
    #[cfg_attr(feature = "dense-text", inline(never))]
    pub fn left(&self) -> usize {
        match self {
            Self::Utf8(characters) => characters.as_str().len(),
            #[cfg(feature = "dense-text")]
            Self::Dense(characters) => characters.left(),
        }
    }

    /// Goes on to the first character of which this holds, and says which one is before it; whether there is any. Where
    /// nothing of a set begins it may not look.
    ///
    /// ```
    /// use nenpyo_schema::Plain;
    /// let (mut characters, mut before) = (Plain::Utf8("量子").chars(), None);
    /// assert!(characters.skip_until(&mut before, None, |character| character == '子'));
    /// assert_eq!((before, characters.next()), (Some('量'), Some('子')));
    /// ```
    pub fn skip_until(
        &mut self,
        before: &mut Option<char>,
        set: Option<(&CodeSet, Asked<'_>)>,
        holds: impl Fn(char) -> bool,
    ) -> bool {
        let _ = set;
        match self {
            Self::Utf8(characters) => {
                while let Some(character) = characters.clone().next() {
                    if holds(character) {
                        return true;
                    }
                    *before = characters.next();
                }
                false
            }
            #[cfg(feature = "dense-text")]
            Self::Dense(characters) => characters.skip_until(before, set, holds),
        }
    }
}

impl Iterator for Characters<'_> {
    type Item = char;

    #[cfg_attr(not(feature = "dense-text"), inline)]
    #[cfg_attr(feature = "dense-text", inline(never))]
    fn next(&mut self) -> Option<char> {
        match self {
            Self::Utf8(characters) => characters.next(),
            #[cfg(feature = "dense-text")]
            Self::Dense(characters) => characters.next(),
        }
    }
}

impl DoubleEndedIterator for Characters<'_> {
    #[cfg_attr(not(feature = "dense-text"), inline)]
    #[cfg_attr(feature = "dense-text", inline(never))]
    fn next_back(&mut self) -> Option<char> {
        match self {
            Self::Utf8(characters) => characters.next_back(),
            #[cfg(feature = "dense-text")]
            Self::Dense(characters) => characters.next_back(),
        }
    }
}
