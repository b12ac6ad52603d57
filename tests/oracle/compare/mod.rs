//! The one body of the comparisons: the same lookups on any chronicle, baked or opened, against the oracle.

pub(crate) mod dates;
pub(crate) mod kinds;
pub(crate) mod organizations;
pub(crate) mod records;
pub(crate) mod texts;

use std::fmt::Debug;

use nenpyo::{
    AnyRecord, Chronicle, Citations, Details, Document, DocumentId, Key, Language, Links, Milestone, MilestoneId,
    Organization, OrganizationId, Person, PersonId, Record, RecordKind, Referrers, Site, SiteId, Source, SourceId,
    Statement, StatementId, Text, Theme, ThemeId,
};

use super::Oracle;

/// What the comparisons need of every kind of record.
pub(crate) trait View<'a>: Record<'a> + PartialEq + Debug {
    fn number(&self) -> u32;
    fn hash(&self) -> Key;
    fn word(&self) -> Option<&'a str>;
    fn id_from(number: u32) -> Self::Id;
}

/// What they need of every kind but sources.
pub(crate) trait Described<'a>: View<'a> {
    fn called(&self, language: Language) -> Option<Text<'a>>;
    fn detailed(&self) -> Option<Details<'a>>;
    fn cited(&self) -> Citations<'a>;
    fn referred(&self) -> Referrers<'a>;
    fn in_milestones(&self) -> Links<'a, Milestone<'a>>;
}

macro_rules! views {
    ($($view:ident $id:ident),+) => {$(
        impl<'a> View<'a> for $view<'a> {
            fn number(&self) -> u32 { self.id().0 }
            fn hash(&self) -> Key { self.key() }
            fn word(&self) -> Option<&'a str> { self.slug() }
            fn id_from(number: u32) -> $id { $id(number) }
        }
    )+};
}
views!(Milestone MilestoneId, Organization OrganizationId, Site SiteId, Person PersonId, Theme ThemeId);
views!(Document DocumentId, Statement StatementId, Source SourceId);

macro_rules! described {
    ($($view:ident $title:ident),+) => {$(
        impl<'a> Described<'a> for $view<'a> {
            fn called(&self, language: Language) -> Option<Text<'a>> { self.$title(language) }
            fn detailed(&self) -> Option<Details<'a>> { self.details() }
            fn cited(&self) -> Citations<'a> { self.sources() }
            fn referred(&self) -> Referrers<'a> { self.referrers() }
            fn in_milestones(&self) -> Links<'a, Milestone<'a>> { self.milestones() }
        }
    )+};
}
described!(Milestone title, Organization name, Site name, Person name, Theme name, Document name, Statement title);

/// Kind and id of a record of any kind.
pub(crate) fn place(record: &AnyRecord<'_>) -> (RecordKind, u32) {
    let id = match record {
        AnyRecord::Milestone(record) => record.number(),
        AnyRecord::Organization(record) => record.number(),
        AnyRecord::Site(record) => record.number(),
        AnyRecord::Person(record) => record.number(),
        AnyRecord::Theme(record) => record.number(),
        AnyRecord::Document(record) => record.number(),
        AnyRecord::Statement(record) => record.number(),
        AnyRecord::Source(record) => record.number(),
        _ => panic!("a kind of record that the tests do not know"),
    };
    (record.kind(), id)
}

/// Panics with the first item that differs: long lists read badly.
pub(crate) fn equal<T: PartialEq + Debug>(got: &[T], want: &[T], what: impl FnOnce() -> String) {
    let same = got.iter().zip(want).take_while(|(got, want)| got == want).count();
    let (first, other) = (got.get(same), want.get(same));
    assert!(
        first.is_none() && other.is_none(),
        "{}, at {same}:\n  chronicle: {first:?}\n  oracle:    {other:?}",
        what()
    );
}

/// A chronicle and the oracle of the same data.
#[derive(Clone, Copy)]
pub(crate) struct Pair<'a> {
    pub(crate) chronicle: &'a Chronicle<'a>,
    pub(crate) oracle: &'a Oracle,
}

/// Calls a method with the records of each kind that is described.
macro_rules! for_each_described_kind {
    ($pair:ident.$method:ident()) => {
        $pair.$method($pair.chronicle.milestones());
        $pair.$method($pair.chronicle.organizations());
        $pair.$method($pair.chronicle.sites());
        $pair.$method($pair.chronicle.people());
        $pair.$method($pair.chronicle.themes());
        $pair.$method($pair.chronicle.documents());
        $pair.$method($pair.chronicle.statements());
    };
}

impl<'a> Pair<'a> {
    /// The languages of the manifest.
    pub(crate) fn languages(&self) -> impl Iterator<Item = (&'a str, Language)> + use<'a> {
        self.oracle.languages.iter().map(|tag| (tag.as_str(), Language::new(tag).unwrap()))
    }

    /// Everything that can be asked without a date.
    pub(crate) fn agree_on_everything_undated(&self) {
        self.agree_on_the_manifest();
        for_each_described_kind!(self.agree_on_a_collection());
        self.agree_on_a_collection(self.chronicle.sources());
        self.agree_that_keys_answer_for_their_kind_only();
        for_each_described_kind!(self.agree_on_details());
        for_each_described_kind!(self.agree_on_referrers());
        for_each_described_kind!(self.agree_on_citations());
        self.agree_on_links_of_milestones();
        self.agree_on_other_kinds();
        self.agree_on_sources();
        self.agree_on_filters_without_dates();
        self.agree_on_what_organizations_held();
        self.agree_on_lineage();
    }

    /// Panics with slugs where the records differ.
    pub(crate) fn same<R: View<'a>>(
        &self,
        got: impl IntoIterator<Item = R>,
        want: &[u32],
        what: impl FnOnce() -> String,
    ) {
        let got: Vec<u32> = got.into_iter().map(|view| view.number()).collect();
        if got != want {
            let slugs = |ids: &[u32]| self.oracle.slugs(R::KIND, ids).join(" ");
            panic!("{}:\n  chronicle: {}\n  oracle:    {}", what(), slugs(&got), slugs(want));
        }
    }

    /// As [`same`](Self::same), from both ends and with a length.
    pub(crate) fn same_list<R: View<'a>>(
        &self,
        got: &(impl DoubleEndedIterator<Item = R> + ExactSizeIterator + Clone),
        want: &[u32],
        what: impl Fn() -> String,
    ) {
        assert_eq!(got.len(), want.len(), "{}", what());
        let mut backwards: Vec<R> = got.clone().rev().collect();
        backwards.reverse();
        self.same(backwards, want, || format!("{} from behind", what()));
        self.same(got.clone(), want, what);
    }

    /// The slug of a record, for messages.
    pub(crate) fn slug(&self, kind: RecordKind, id: u32) -> &'a str {
        &self.oracle.record(kind, id).slug
    }
}
