//! Text as a view: plain characters, and the ruby above them. Runs on the target.

use core::fmt::{self, Write as _};

use nenpyo_schema::{LanguageTables, RubyRecord, Strings};

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

/// A text in flash, 20 bytes on a 32-bit target. Copying it copies references; nothing is decoded until it is
/// asked for.
///
/// Compare it with `==`, print it with `{}`, or go through its [`chars`](Self::chars).
/// What stands above the characters is in [`segments`](Self::segments).
#[derive(Clone, Copy)]
pub struct Text<'a> {
    plain: &'a str,
    ruby: RubyOf<'a>,
}

impl<'a> Text<'a> {
    pub(crate) const fn plain(plain: &'a str) -> Self {
        Self { plain, ruby: RubyOf::Nothing }
    }

    pub(crate) const fn with_ruby(plain: &'a str, ruby: RubyOf<'a>) -> Self {
        Self { plain, ruby }
    }

    /// The text as one slice, where it is stored as UTF-8, as all text is at present.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "en"))] {
    /// use nenpyo::{Language, QST};
    /// let name = QST.about().name(Language::EN).unwrap();
    /// assert!(name.as_str().is_some());
    /// # }
    /// ```
    pub const fn as_str(&self) -> Option<&'a str> {
        Some(self.plain)
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
        writer.write_str(self.plain)
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
        Segments { rest: self.plain, spans, pending: None, readings: *readings }
    }

    pub(crate) const fn as_plain(&self) -> &'a str {
        self.plain
    }

    /// Its ruby, postcard records one after the other, and what these point at.
    pub(crate) fn ruby(&self) -> (&'a [u8], &'a Strings<'a>) {
        let (spans, readings) = match self.ruby {
            RubyOf::Nothing => (None, &Strings::EMPTY),
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

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.plain)
    }
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
        self.plain == other
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.plain == *other
    }
}

#[cfg(feature = "defmt")]
impl defmt::Format for Text<'_> {
    fn format(&self, f: defmt::Formatter<'_>) {
        defmt::write!(f, "{=str}", self.plain);
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

/// The stretches of a text; see [`Text::segments`]. 44 bytes on a 32-bit target.
#[derive(Clone)]
pub struct Segments<'a> {
    rest: &'a str,
    spans: &'a [u8],
    pending: Option<RubyRecord>,
    readings: Strings<'a>,
}

impl fmt::Debug for Segments<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<'a> Segments<'a> {
    fn take(&mut self, length: u16) -> Option<Text<'a>> {
        let (base, rest) = self.rest.split_at_checked(usize::from(length))?;
        self.rest = rest;
        Some(Text::plain(base))
    }

    fn ruby(&mut self, span: RubyRecord) -> Option<Segment<'a>> {
        let base = self.take(span.length)?;
        Some(Segment { base, reading: self.readings.get(span.reading).map(Text::plain) })
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        if let Some(span) = self.pending.take() {
            return self.ruby(span);
        }
        let Some((span, rest)) = RubyRecord::take(self.spans) else {
            let base = Text::plain(core::mem::take(&mut self.rest));
            return (!base.is_empty()).then_some(Segment { base, reading: None });
        };
        self.spans = rest;
        if span.gap == 0 {
            return self.ruby(span);
        }
        self.pending = Some(span);
        Some(Segment { base: self.take(span.gap)?, reading: None })
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
