//! What lookups answer, and where the answers go.

use core::fmt::{self, Write as _};
use core::hint::black_box;

use nenpyo::{
    AnyRecord, AsOf, Branch, Certainty, Change, Citation, Claim, Day, Details, Document, DocumentKind, Edtf, EdtfError,
    End, Field, Form, Glyph, Held, Hit, Key, Language, Milestone, MilestoneKind, OpenError, Organization,
    OrganizationAt, OrganizationKind, ParentRelation, Participant, Period, Person, Point, Qualifier, RecordKind,
    ReferrerKind, Search, Segment, Site, SiteKind, Source, SourceKind, Statement, StatementKind, Text, Theme,
};

/// Where answers go.
pub(crate) trait Sink {
    /// Whether it wants to know what a view holds, and not only that it is there.
    const DEEP: bool;
    /// A number.
    fn number(&mut self, number: u32);
    /// Characters.
    fn characters(&mut self, text: &str);
    /// The end of several things.
    fn end(&mut self);
}

/// Looks at nothing: what is measured with it is the lookup and not its witness.
pub(crate) struct Blind;

impl Sink for Blind {
    const DEEP: bool = false;

    fn number(&mut self, number: u32) {
        black_box(number);
    }

    fn characters(&mut self, text: &str) {
        black_box(text);
    }

    fn end(&mut self) {}
}

/// FNV-1a over everything, 32 bits.
#[derive(Clone, Copy)]
pub(crate) struct Digest {
    pub(crate) state: u32,
    /// How many things it was told.
    pub(crate) told: u32,
}

impl Digest {
    pub(crate) const EMPTY: Self = Self { state: 0x811C_9DC5, told: 0 };

    fn byte(&mut self, byte: u8) {
        self.state = (self.state ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
}

impl Sink for Digest {
    const DEEP: bool = true;

    // Out of line, or the smallest boards have no room for so many lookups.
    #[inline(never)]
    fn number(&mut self, number: u32) {
        self.told = self.told.wrapping_add(1);
        number.to_le_bytes().into_iter().for_each(|byte| self.byte(byte));
    }

    #[inline(never)]
    fn characters(&mut self, text: &str) {
        self.told = self.told.wrapping_add(1);
        text.bytes().for_each(|byte| self.byte(byte));
        self.byte(0xFF);
    }

    fn end(&mut self) {
        self.byte(0xFE);
    }
}

/// Writes what is formatted into a sink.
struct Writer<'a, S>(&'a mut S);

impl<S: Sink> fmt::Write for Writer<'_, S> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.characters(text);
        Ok(())
    }
}

/// What a lookup answers.
pub(crate) trait Answer {
    /// Tells a sink all of it.
    fn tell<S: Sink>(self, sink: &mut S);
}

/// Everything that an iterator gives.
pub(crate) struct All<I>(I);

/// Everything that an iterator gives.
pub(crate) fn all<I: IntoIterator>(items: I) -> All<I> {
    All(items)
}

impl<I: IntoIterator<Item: Answer>> Answer for All<I> {
    fn tell<S: Sink>(self, sink: &mut S) {
        for item in self.0 {
            item.tell(sink);
        }
        sink.end();
    }
}

/// What `{}` shows.
pub(crate) struct Shown<T>(T);

/// What `{}` shows.
pub(crate) fn shown<T: fmt::Display>(value: T) -> Shown<T> {
    Shown(value)
}

impl<T: fmt::Display> Answer for Shown<T> {
    fn tell<S: Sink>(self, sink: &mut S) {
        let written = write!(Writer(sink), "{}", self.0);
        sink.number(written.is_ok().into());
    }
}

/// What `{:?}` shows.
pub(crate) struct Debugged<T>(T);

/// What `{:?}` shows.
pub(crate) fn debugged<T: fmt::Debug>(value: T) -> Debugged<T> {
    Debugged(value)
}

impl<T: fmt::Debug> Answer for Debugged<T> {
    fn tell<S: Sink>(self, sink: &mut S) {
        let written = write!(Writer(sink), "{:?}", self.0);
        sink.number(written.is_ok().into());
    }
}

/// What `write_to` of a text writes.
pub(crate) struct Written<T>(T);

/// What `write_to` of a text, a reading or a date writes.
pub(crate) fn written<T: WriteTo>(value: T) -> Written<T> {
    Written(value)
}

/// What can write itself without the machinery of `core::fmt`.
pub(crate) trait WriteTo {
    /// Writes it.
    fn write(&self, writer: &mut impl fmt::Write) -> fmt::Result;
}

macro_rules! write_to {
    ($($name:ty),+) => {
        $(impl WriteTo for $name {
            fn write(&self, writer: &mut impl fmt::Write) -> fmt::Result {
                self.write_to(writer)
            }
        })+
    };
}

write_to!(Edtf, Text<'_>, nenpyo::Reading<'_>, nenpyo::date::Words);

impl<T: WriteTo> Answer for Written<T> {
    fn tell<S: Sink>(self, sink: &mut S) {
        let written = self.0.write(&mut Writer(sink));
        sink.number(written.is_ok().into());
    }
}

impl<T: Answer> Answer for Option<T> {
    fn tell<S: Sink>(self, sink: &mut S) {
        sink.number(self.is_some().into());
        if let Some(value) = self {
            value.tell(sink);
        }
    }
}

impl<T: Answer, E: Answer> Answer for Result<T, E> {
    fn tell<S: Sink>(self, sink: &mut S) {
        match self {
            Ok(value) => value.tell(sink),
            Err(error) => error.tell(sink),
        }
    }
}

impl<A: Answer, B: Answer> Answer for (A, B) {
    fn tell<S: Sink>(self, sink: &mut S) {
        self.0.tell(sink);
        self.1.tell(sink);
    }
}

impl<A: Answer, B: Answer, C: Answer> Answer for (A, B, C) {
    fn tell<S: Sink>(self, sink: &mut S) {
        self.0.tell(sink);
        (self.1, self.2).tell(sink);
    }
}

macro_rules! numbers {
    ($($name:ty: |$value:ident| $number:expr;)+) => {
        $(impl Answer for $name {
            fn tell<S: Sink>(self, sink: &mut S) {
                let $value = self;
                sink.number($number);
            }
        })+
    };
}

numbers! {
    u8: |value| value.into();
    u16: |value| value.into();
    u32: |value| value;
    i32: |value| value.cast_unsigned();
    usize: |value| value as u32;
    bool: |value| value.into();
    char: |value| value.into();
    Day: |day| day.number().cast_unsigned();
    Key: |key| key.hash();
    Form: |form| form as u32;
    Qualifier: |qualifier| qualifier as u32;
    OpenError: |error| error as u32;
    Certainty: |certainty| certainty.byte().into();
    RecordKind: |kind| kind.byte().into();
    MilestoneKind: |kind| kind.byte().into();
    OrganizationKind: |kind| kind.byte().into();
    SiteKind: |kind| kind.byte().into();
    DocumentKind: |kind| kind.byte().into();
    StatementKind: |kind| kind.byte().into();
    SourceKind: |kind| kind.byte().into();
    ParentRelation: |relation| relation.byte().into();
    ReferrerKind: |kind| kind.tag().into();
    Language: |language| u32::from_le_bytes(language.to_bytes());
    EdtfError: |error| error.offset() as u32;
    Milestone<'_>: |record| record.id().into();
    Organization<'_>: |record| record.id().into();
    Site<'_>: |record| record.id().into();
    Person<'_>: |record| record.id().into();
    Theme<'_>: |record| record.id().into();
    Document<'_>: |record| record.id().into();
    Statement<'_>: |record| record.id().into();
    Source<'_>: |record| record.id().into();
}

/// A glyph whose pixels are looked at, if the sink wants to know.
pub(crate) struct Drawn<'a>(Glyph<'a>);

/// A glyph with its pixels.
pub(crate) fn drawn(glyph: Glyph<'_>) -> Drawn<'_> {
    Drawn(glyph)
}

impl Answer for Drawn<'_> {
    fn tell<S: Sink>(self, sink: &mut S) {
        (self.0.width(), self.0.height()).tell(sink);
        if S::DEEP {
            all(self.0.pixels()).tell(sink);
        } else {
            black_box(&self.0);
        }
    }
}

impl Answer for &str {
    fn tell<S: Sink>(self, sink: &mut S) {
        sink.characters(self);
    }
}

/// One after the other, out of line: it is no part of the lookup.
#[inline(never)]
fn tell_characters<S: Sink>(text: &Text<'_>, sink: &mut S) {
    text.chars().for_each(|character| sink.characters(character.encode_utf8(&mut [0; 4])));
}

impl Answer for Text<'_> {
    fn tell<S: Sink>(self, sink: &mut S) {
        match self.as_str() {
            Some(text) => Some(text).tell(sink),
            None => tell_characters(&self, sink),
        }
        if S::DEEP {
            // A base and a reading hold no ruby of their own, so this ends after one step.
            for segment in self.segments().filter(|segment| segment.reading.is_some()) {
                segment.tell(sink);
            }
        }
    }
}

impl Answer for Segment<'_> {
    fn tell<S: Sink>(self, sink: &mut S) {
        (self.base, self.reading).tell(sink);
    }
}

impl Answer for Edtf {
    fn tell<S: Sink>(self, sink: &mut S) {
        if S::DEEP {
            shown(self).tell(sink);
        } else {
            black_box(&self);
        }
    }
}

impl Answer for Point {
    fn tell<S: Sink>(self, sink: &mut S) {
        (self.year(), self.month(), self.day()).tell(sink);
    }
}

impl Answer for nenpyo::Days {
    fn tell<S: Sink>(self, sink: &mut S) {
        (self.begin_earliest, self.begin_latest).tell(sink);
        (self.end_earliest, self.end_latest).tell(sink);
    }
}

impl Answer for End {
    fn tell<S: Sink>(self, sink: &mut S) {
        sink.number((self == Self::Open).into());
        self.date().tell(sink);
    }
}

impl Answer for Period {
    fn tell<S: Sink>(self, sink: &mut S) {
        (self.from, self.to).tell(sink);
    }
}

impl<T: Answer> Answer for AsOf<T> {
    fn tell<S: Sink>(self, sink: &mut S) {
        (self.value, self.certain).tell(sink);
    }
}

impl<T: Answer> Answer for Held<T> {
    fn tell<S: Sink>(self, sink: &mut S) {
        (self.value, self.period).tell(sink);
    }
}

impl Answer for OrganizationAt<'_> {
    fn tell<S: Sink>(self, sink: &mut S) {
        (self.organization(), self.day(), self.is_certain()).tell(sink);
    }
}

impl Answer for Branch<'_> {
    fn tell<S: Sink>(self, sink: &mut S) {
        (self.depth, self.organization).tell(sink);
    }
}

impl Answer for Change<'_> {
    fn tell<S: Sink>(self, sink: &mut S) {
        match self {
            Self::Added(at) => (0_u32, at).tell(sink),
            Self::Gone(at) => (1_u32, at).tell(sink),
            Self::Moved { organization, from, to } => (organization, from, to).tell(sink),
            Self::Renamed { before, after } => (3_u32, before, after).tell(sink),
        }
    }
}

impl Answer for Participant<'_> {
    fn tell<S: Sink>(self, sink: &mut S) {
        (self.organization, u32::from(self.role.byte())).tell(sink);
    }
}

impl Answer for Citation<'_> {
    fn tell<S: Sink>(self, sink: &mut S) {
        (self.source, self.certainty).tell(sink);
    }
}

impl Answer for Claim<'_> {
    fn tell<S: Sink>(self, sink: &mut S) {
        (self.date, self.source, self.certainty).tell(sink);
    }
}

impl Answer for AnyRecord<'_> {
    fn tell<S: Sink>(self, sink: &mut S) {
        self.kind().tell(sink);
        match self {
            Self::Milestone(record) => record.tell(sink),
            Self::Organization(record) => record.tell(sink),
            Self::Site(record) => record.tell(sink),
            Self::Person(record) => record.tell(sink),
            Self::Theme(record) => record.tell(sink),
            Self::Document(record) => record.tell(sink),
            Self::Statement(record) => record.tell(sink),
            Self::Source(record) => record.tell(sink),
            _ => {}
        }
    }
}

impl Answer for Field {
    fn tell<S: Sink>(self, sink: &mut S) {
        sink.number(match self {
            Self::Name(at) => 16 + u32::from(at),
            field => u32::from(field == Self::Title) + 2 * u32::from(field == Self::Date),
        });
    }
}

impl Answer for Hit<'_> {
    fn tell<S: Sink>(self, sink: &mut S) {
        self.record().tell(sink);
        self.field().tell(sink);
        sink.number(self.score().into());
        sink.number(self.range().start as u32);
        sink.number(self.range().end as u32);
        self.text().tell(sink);
    }
}

/// What a search finds after something was done to it.
pub(crate) struct After<'a> {
    done: bool,
    search: Search<'a>,
}

/// What a search finds after something was done to it, and whether that was.
pub(crate) fn after<'a>(mut search: Search<'a>, work: impl FnOnce(&mut Search<'a>) -> bool) -> After<'a> {
    // Something is known of it before.
    black_box(search.hits().next());
    After { done: work(&mut search), search }
}

impl Answer for After<'_> {
    fn tell<S: Sink>(self, sink: &mut S) {
        sink.number(self.done.into());
        sink.number(self.search.len() as u32);
        all(self.search.hits().take(3)).tell(sink);
    }
}

impl Answer for Details<'_> {
    fn tell<S: Sink>(self, sink: &mut S) {
        if !S::DEEP {
            black_box(&self);
            return;
        }
        for language in [Language::JA, Language::EN] {
            (self.summary(language), self.note(language), self.address(language)).tell(sink);
            self.is_descriptive(language).tell(sink);
        }
        all(self.claims()).tell(sink);
    }
}
