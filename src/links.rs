//! What a record points at, what points at it, and where its facts come from. Runs on the target.

use core::fmt;
use core::marker::PhantomData;

use nenpyo_schema::{Certainty, Key, Language, LinkKind, LinkRow, RecordKind, ReferrerKind};

use crate::Source;
use crate::chronicle::Chronicle;
use crate::details::Details;
use crate::record::{AnyRecord, Record};
use crate::text::Text;

/// The records that another one points at, or that point at it, one after the other. 12 bytes on a 32-bit target.
#[derive(Clone)]
pub struct Links<'a, R> {
    chronicle: &'a Chronicle<'a>,
    rows: core::slice::Iter<'a, [u32; LinkRow::WORDS]>,
    kind: PhantomData<R>,
}

impl<'a, R: Record<'a>> Links<'a, R> {
    pub(crate) fn new(chronicle: &'a Chronicle<'a>, rows: &'a [[u32; LinkRow::WORDS]]) -> Self {
        Self { chronicle, rows: rows.iter(), kind: PhantomData }
    }
}

impl<'a, R: Record<'a>> Iterator for Links<'a, R> {
    type Item = R;

    fn next(&mut self) -> Option<R> {
        self.rows.next().map(|row| R::new(self.chronicle, LinkRow::from_row(row).id))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl<'a, R: Record<'a>> DoubleEndedIterator for Links<'a, R> {
    fn next_back(&mut self) -> Option<R> {
        self.rows.next_back().map(|row| R::new(self.chronicle, LinkRow::from_row(row).id))
    }
}

impl<'a, R: Record<'a>> ExactSizeIterator for Links<'a, R> {}

impl<R> fmt::Debug for Links<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} links", self.rows.len())
    }
}

/// A record and the links of it, by number; the views are thin names over this.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    pub(crate) chronicle: &'a Chronicle<'a>,
    pub(crate) id: u32,
    pub(crate) kind: RecordKind,
}

impl<'a> Node<'a> {
    /// The number of the record through all kinds.
    pub(crate) fn number(self) -> u32 {
        self.chronicle.base(self.kind).wrapping_add(self.id)
    }

    pub(crate) fn key(self) -> Key {
        let (keys, at) = match self.kind {
            RecordKind::Source => (self.chronicle.tables().sources.keys, self.id),
            _ => (self.chronicle.tables().keys, self.number()),
        };
        Key::from_hash(keys.get(at as usize).map_or(0, |hash| u32::from_le(*hash)))
    }

    pub(crate) fn slug(self) -> Option<&'a str> {
        self.chronicle.tables().slugs.get(self.number())
    }

    pub(crate) fn subkind(self) -> u8 {
        let tables = self.chronicle.tables();
        let (subkinds, at) = match self.kind {
            RecordKind::Source => (tables.sources.subkinds, self.id),
            _ => (tables.subkinds, self.number()),
        };
        subkinds.get(at as usize).copied().unwrap_or(u8::MAX)
    }

    pub(crate) fn title(self, language: Language) -> Option<Text<'a>> {
        match self.kind {
            RecordKind::Source => self.chronicle.source_text(language, self.id),
            _ => self.chronicle.name(language, self.number()),
        }
    }

    pub(crate) fn details(self) -> Option<Details<'a>> {
        let bytes = self.chronicle.tables().details.get(self.number())?;
        Details::read(self.chronicle, bytes)
    }

    /// The rows of the links whose group is this tag's.
    pub(crate) fn links(self, kind: LinkKind) -> &'a [[u32; LinkRow::WORDS]] {
        let group = LinkKind::group(kind.tag());
        stretch(self.chronicle.tables().links.get(self.number()), LinkKind::group, group)
    }

    pub(crate) fn linked<R: Record<'a>>(self, kind: LinkKind) -> Links<'a, R> {
        Links::new(self.chronicle, self.links(kind))
    }

    pub(crate) fn all_referrers(self) -> Referrers<'a> {
        let rows = self.chronicle.tables().referrers.get(self.number());
        Referrers { chronicle: self.chronicle, to: self.kind, rows: rows.iter() }
    }

    pub(crate) fn referrer_rows(self, kind: ReferrerKind) -> &'a [[u32; LinkRow::WORDS]] {
        stretch(self.chronicle.tables().referrers.get(self.number()), |tag| tag, kind.tag())
    }

    pub(crate) fn referrers<R: Record<'a>>(self, kind: ReferrerKind) -> Links<'a, R> {
        Links::new(self.chronicle, self.referrer_rows(kind))
    }

    pub(crate) fn citations(self) -> Citations<'a> {
        let rows = self.chronicle.tables().sources.citations.get(self.number());
        Citations { chronicle: self.chronicle, rows: rows.iter() }
    }
}

/// The rows whose tag has this rank; `rows` are sorted by rank.
fn stretch(rows: &[[u32; LinkRow::WORDS]], rank: impl Fn(u8) -> u8, wanted: u8) -> &[[u32; LinkRow::WORDS]] {
    let tag = |row: &[u32; LinkRow::WORDS]| rank(LinkRow::from_row(row).tag);
    // Most records have none of the last kinds, as an organisation of which others are no part.
    if rows.last().is_none_or(|row| tag(row) < wanted) {
        return &[];
    }
    let start = rows.partition_point(|row| tag(row) < wanted);
    let rows = rows.get(start..).unwrap_or_default();
    let count = rows.partition_point(|row| tag(row) <= wanted);
    rows.get(..count).unwrap_or_default()
}

/// What points at a record, one after the other, by kind and then by id.
#[derive(Clone)]
pub struct Referrers<'a> {
    chronicle: &'a Chronicle<'a>,
    to: RecordKind,
    rows: core::slice::Iter<'a, [u32; LinkRow::WORDS]>,
}

impl<'a> Referrers<'a> {
    fn read(&self, row: &[u32; LinkRow::WORDS]) -> Option<(ReferrerKind, AnyRecord<'a>)> {
        let row = LinkRow::from_row(row);
        let kind = ReferrerKind::from_tag(row.tag)?;
        Some((kind, AnyRecord::new(self.chronicle, kind.source(self.to), row.id)?))
    }
}

impl<'a> Iterator for Referrers<'a> {
    type Item = (ReferrerKind, AnyRecord<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        self.read(row)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl DoubleEndedIterator for Referrers<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let row = self.rows.next_back()?;
        self.read(row)
    }
}

impl ExactSizeIterator for Referrers<'_> {}

impl fmt::Debug for Referrers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} referrers", self.rows.len())
    }
}

/// A source and how sure it makes the record that cites it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Citation<'a> {
    /// The source.
    pub source: Source<'a>,
    /// How sure.
    pub certainty: Certainty,
}

/// The sources of a record, one after the other; none without the feature `sources`.
#[derive(Clone)]
pub struct Citations<'a> {
    chronicle: &'a Chronicle<'a>,
    rows: core::slice::Iter<'a, [u32; LinkRow::WORDS]>,
}

impl<'a> Iterator for Citations<'a> {
    type Item = Citation<'a>;

    fn next(&mut self) -> Option<Citation<'a>> {
        let row = LinkRow::from_row(self.rows.next()?);
        let certainty = Certainty::from_byte(row.tag)?;
        Some(Citation { source: Source::new(self.chronicle, row.id), certainty })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl ExactSizeIterator for Citations<'_> {}

impl fmt::Debug for Citations<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} citations", self.rows.len())
    }
}
