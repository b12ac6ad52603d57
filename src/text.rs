//! Text as a view: plain characters, and the ruby above them. Runs on the target.

use core::fmt::{self, Write as _};
use core::ops::Range;

use nenpyo_schema::{LanguageTables, Plain, RubyRecord, Texts};

/// Where the ruby of a text is found.
#[derive(Clone, Copy)]
pub(crate) enum RubyOf<'a> {
    /// Nowhere.
    Nothing,
    /// The ruby of a name or body, by its number among both.
    Text(&'a LanguageTables<'a>, u32),
    /// The ruby of a text of a source, by its number.
    Source(&'a LanguageTables<'a>, u32),
}

/// A text in flash, 20 bytes on a 32-bit target, 32 with the feature `dense-text`. Copying it copies references; nothing is decoded until it is
/// asked for.
///
/// Compare it with `==`, print it with `{}`, or go through its [`chars`](Self::chars).
/// What stands above the characters is in [`segments`](Self::segments).
#[derive(Clone, Copy)]
pub struct Text<'a> {
    plain: Plain<'a>,
    ruby: RubyOf<'a>,
}

impl<'a> Text<'a> {
    pub(crate) const fn of_str(text: &'a str) -> Self {
        Self::plain(Plain::Utf8(text))
    }

    pub(crate) const fn plain(plain: Plain<'a>) -> Self {
        Self { plain, ruby: RubyOf::Nothing }
    }

    pub(crate) const fn with_ruby(plain: Plain<'a>, ruby: RubyOf<'a>) -> Self {
        Self { plain, ruby }
    }

    /// The text as one slice, where it is stored as UTF-8; `None` of the texts of a chronicle whose texts are dense.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "en"))] {
    /// use nenpyo::{Language, QST};
    /// let name = QST.about().name(Language::EN).unwrap();
    /// assert_eq!(name.as_str().is_some(), !cfg!(feature = "dense-text"));
    /// # }
    /// ```
    pub const fn as_str(&self) -> Option<&'a str> {
        self.plain.as_str()
    }

    /// The characters.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja"))] {
    /// use nenpyo::{Key, Language, QST};
    /// let qst = QST.organizations().by_key(Key::of("qst")).unwrap();
    /// assert_eq!(qst.name(Language::JA).unwrap().chars().next(), Some('量'));
    /// # }
    /// ```
    pub fn chars(&self) -> impl DoubleEndedIterator<Item = char> + Clone + use<'a> {
        self.plain.chars()
    }

    /// Whether there is nothing to show.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "en"))] {
    /// use nenpyo::{Language, QST};
    /// assert!(!QST.about().name(Language::EN).unwrap().is_empty());
    /// # }
    /// ```
    pub const fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// What lies between these bytes of it as UTF-8, as [`Hit::range`](crate::Hit::range) gives them, without ruby; `None`
    /// outside of it or within a character.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "en"))] {
    /// use nenpyo::{Key, Language, QST};
    /// let chiba = QST.sites().by_key(Key::of("chiba")).unwrap();
    /// assert_eq!(chiba.name(Language::EN).unwrap().get(0..5).unwrap(), "Chiba");
    /// # }
    /// ```
    pub fn get(&self, range: Range<usize>) -> Option<Text<'a>> {
        self.plain.get(range).map(Text::plain)
    }

    /// Writes the text without ruby.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "en"))] {
    /// use nenpyo::{Key, Language, QST};
    /// let chiba = QST.sites().by_key(Key::of("chiba")).unwrap();
    /// let mut line = heapless::String::<12>::new();
    /// chiba.name(Language::EN).unwrap().write_to(&mut line).unwrap();
    /// assert_eq!(line, "Chiba site");
    /// # }
    /// ```
    pub fn write_to(&self, writer: &mut impl fmt::Write) -> fmt::Result {
        match self.plain.as_str() {
            Some(plain) => writer.write_str(plain),
            None => self.write_characters(writer),
        }
    }

    /// One after the other.
    #[inline(never)]
    fn write_characters(&self, writer: &mut impl fmt::Write) -> fmt::Result {
        self.chars().try_for_each(|character| writer.write_char(character))
    }

    /// The text in stretches, each with its reading if it has one. Without the feature `details`: one stretch.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja", feature = "details"))] {
    /// use nenpyo::{Key, Language, QST};
    /// let qst = QST.organizations().by_key(Key::of("qst")).unwrap();
    /// let ruby = qst.name(Language::JA).unwrap().segments().find(|part| part.base == "量子").unwrap();
    /// assert_eq!(ruby.reading.unwrap(), "りょうし");
    /// # }
    /// ```
    pub fn segments(&self) -> Segments<'a> {
        let (spans, readings) = self.ruby();
        Segments { rest: self.plain, spans, pending: None, readings }
    }

    pub(crate) const fn as_plain(&self) -> Plain<'a> {
        self.plain
    }

    /// Its ruby, postcard records one after the other, and what these point at.
    pub(crate) fn ruby(&self) -> (&'a [u8], &'a Texts<'a>) {
        let (spans, readings) = match self.ruby {
            RubyOf::Nothing => (None, &Texts::EMPTY),
            RubyOf::Text(language, number) => (language.ruby.get(number), &language.readings),
            RubyOf::Source(language, number) => (language.source_ruby.get(number), &language.readings),
        };
        (spans.unwrap_or_default(), readings)
    }

    /// The text as it is read aloud: each base replaced by its reading. It prints with `{}`.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja", feature = "details"))] {
    /// use nenpyo::{Key, Language, QST};
    /// let qst = QST.organizations().by_key(Key::of("qst")).unwrap();
    /// let reading = qst.name(Language::JA).unwrap().reading().to_string();
    /// assert_eq!(reading, "りょうしかがくぎじゅつけんきゅうかいはつきこう");
    /// # }
    /// ```
    pub fn reading(&self) -> Reading<'a> {
        Reading { text: *self }
    }
}

/// A string is a text without ruby, so that what firmware says by itself goes where a chronicle's texts go.
impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self::of_str(text)
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.plain.as_str() {
            Some(plain) => f.pad(plain),
            None => pad(self, f),
        }
    }
}

/// As `Formatter::pad` does with a string slice.
#[inline(never)]
fn pad(text: &Text<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let characters = text.chars().take(f.precision().unwrap_or(usize::MAX));
    let missing = f.width().map_or(0, |width| width.saturating_sub(characters.clone().count()));
    let before = match f.align() {
        Some(fmt::Alignment::Right) => missing,
        Some(fmt::Alignment::Center) => missing / 2,
        _ => 0,
    };
    let fill = f.fill();
    (0..before).try_for_each(|_| f.write_char(fill))?;
    characters.into_iter().try_for_each(|character| f.write_char(character))?;
    (before..missing).try_for_each(|_| f.write_char(fill))
}

/// In quotes; what `core` does besides for control characters could panic, and a chronicle holds none.
impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for character in self.chars() {
            if matches!(character, '"' | '\\') {
                f.write_char('\\')?;
            }
            f.write_char(character)?;
        }
        f.write_char('"')
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.plain == other.plain
    }
}

impl Eq for Text<'_> {}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        self.plain == *other
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.plain == **other
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Text<'_> {
    fn format(&self, f: defmt::Formatter<'_>) {
        match self.plain.as_str() {
            Some(plain) => defmt::write!(f, "{=str}", plain),
            None => self.chars().for_each(|character| defmt::write!(f, "{=char}", character)),
        }
    }
}

/// A stretch of a text and what stands above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment<'a> {
    /// The characters themselves.
    pub base: Text<'a>,
    /// Their reading.
    pub reading: Option<Text<'a>>,
}

/// The stretches of a text; see [`Text::segments`]. 32 bytes on a 32-bit target, 44 with the feature `dense-text`.
#[derive(Clone)]
pub struct Segments<'a> {
    rest: Plain<'a>,
    spans: &'a [u8],
    pending: Option<RubyRecord>,
    readings: &'a Texts<'a>,
}

impl fmt::Debug for Segments<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl Segments<'_> {
    /// The next stretch of ruby.
    fn span(&mut self) -> Option<RubyRecord> {
        let (span, rest) = RubyRecord::take(self.spans)?;
        self.spans = rest;
        Some(span)
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        let mut reading = None;
        let base = match self.pending.take().or_else(|| self.span()) {
            Some(span) if span.gap > 0 => {
                self.pending = Some(RubyRecord { gap: 0, ..span });
                self.rest.take_front(usize::from(span.gap))?
            }
            Some(span) => {
                reading = self.readings.get(span.reading, self.rest.coding());
                self.rest.take_front(usize::from(span.length))?
            }
            None if self.rest.is_empty() => return None,
            None => core::mem::replace(&mut self.rest, Plain::EMPTY),
        };
        Some(Segment { base: Text::plain(base), reading: reading.map(Text::plain) })
    }
}

/// How a text is read aloud; see [`Text::reading`].
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    text: Text<'a>,
}

impl<'a> Reading<'a> {
    /// The pieces, one after the other.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja", feature = "details"))] {
    /// use nenpyo::{Key, Language, QST};
    /// let nirs = QST.organizations().by_key(Key::of("nirs")).unwrap();
    /// let mut pieces = nirs.name(Language::JA).unwrap().reading().pieces();
    /// assert_eq!(pieces.next().unwrap(), "ほうしゃせん");
    /// # }
    /// ```
    pub fn pieces(&self) -> impl Iterator<Item = Text<'a>> + Clone + use<'a> {
        self.text.segments().map(|segment| segment.reading.unwrap_or(segment.base))
    }

    /// Writes the reading.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja", feature = "details"))] {
    /// use nenpyo::{Key, Language, QST};
    /// let chiba = QST.sites().by_key(Key::of("chiba")).unwrap();
    /// let mut line = String::new();
    /// chiba.name(Language::JA).unwrap().reading().write_to(&mut line).unwrap();
    /// assert_eq!(line, "ちばちく");
    /// # }
    /// ```
    pub fn write_to(&self, writer: &mut impl fmt::Write) -> fmt::Result {
        self.pieces().try_for_each(|piece| piece.write_to(writer))
    }
}

impl fmt::Display for Reading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_to(f)
    }
}
