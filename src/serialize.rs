//! `serde::Serialize` for the views, feature `serde`: a chronicle as JSON. Runs on host and target, without allocation.
//!
//! This is what the JSON of `nenpyo … --json` looks like. It is stable; `cli/README.md` tells users the same, with
//! examples that a test compares.
//! Fields stand in the order given here and are always there: what is unknown or left out is `null` or `[]`.
//!
//! - A **text** is a string without ruby marks. A **language map** has one entry for each language of the
//!   chronicle, in its order: `{"ja":"…","en":"…"}`. A **name** is a language map and the reading of the Japanese
//!   text (`null` without Japanese): `{"ja":"…","en":"…","reading":"…"}`.
//! - A **date** is a string in EDTF. A **period** is `"from":EDTF|null,"to":EDTF|null`, `to` being the last day;
//!   an open end (`..` in the data) is `null` like an unknown one.
//! - A **reference** is the slug of the record, or `"#"` and eight hexadecimal digits of its key where the
//!   chronicle has no slugs.
//! - Kinds, roles, relations and certainties are the words of `data/`.
//!
//! ```text
//! milestone     {"slug","date","dates":[{"date","source","certainty","chosen"}],"kind","title":{…},"summary":{…}|null,
//!                "note":{…}|null,"organizations":[{"slug","role"}],"sites":[…],"themes":[…],"people":[…],
//!                "documents":[…],"part_of":slug|null,"because_of":[…],"sources":[{"slug","certainty"}]}
//! organization  {"slug","kind","name":{…,"reading"},"exists":{"from","to"},
//!                "names":[{…,"reading","descriptive":[language],"from","to"}],"short":{…,"reading"}|null,
//!                "kinds":[{"kind","from","to"}],"parents":[{"organization","relation","from","to"}],
//!                "supervisors":[{"organization","from","to"}],"predecessors":[…],"successors":[…],
//!                "summary":{…}|null,"note":{…}|null,"sources":[{"slug","certainty"}]}
//!                (`kind` and `name` are the latest ones)
//! site          {"slug","kind","name":{…,"reading"},"descriptive":[language],"within":slug|null,
//!                "exists":{"from","to"},"address":{…}|null,"summary":{…}|null,"note":{…}|null,
//!                "organizations":[…],"themes":[…],"sources":[{"slug","certainty"}]}
//! person        {"slug","name":{…,"reading"},"descriptive":[language],"summary":{…}|null,"note":{…}|null,
//!                "organizations":[…],"themes":[…],"sources":[{"slug","certainty"}]}
//! theme         {"slug","name":{…,"reading"},"descriptive":[language],"broader":slug|null,"summary":{…}|null,
//!                "note":{…}|null,"sources":[{"slug","certainty"}]}
//! document      {"slug","kind","name":{…,"reading"},"descriptive":[language],"exists":{"from","to"},
//!                "summary":{…}|null,"note":{…}|null,"organizations":[…],"themes":[…],
//!                "sources":[{"slug","certainty"}]}
//! statement     {"slug","kind","title":{…},"summary":{…}|null,"note":{…}|null,"organizations":[…],"sites":[…],
//!                "themes":[…],"people":[…],"documents":[…],"milestones":[…],"sources":[{"slug","certainty"}]}
//! source        {"slug","kind","title":{…},"publisher":{…},"address":string|null,"date":EDTF|null,"weak":bool,
//!                "note":{…}|null}
//! ```
//!
//! An organisation as of a day (`nenpyo orgs --json`; without `depth` where it stands in no tree):
//!
//! ```text
//! {"slug","kind","name":{…,"reading"},"parent":slug|null,"depth","from":EDTF|null,"to":EDTF|null,"certain":bool}
//! ```
//!
//! What differs between two days' trees (`nenpyo orgs --diff … --json`):
//!
//! ```text
//! {"change":"added"|"gone","slug","name":{…},"parent":slug|null}
//! {"change":"moved","slug","name":{…},"from":slug|null,"to":slug|null}
//! {"change":"renamed","slug","from":{…},"to":{…}}                        (the names)
//! ```

mod organization;

use nenpyo_schema::{Edtf, Key, Language};
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::chronicle::Chronicle;
use crate::details::{Claim, Details};
use crate::links::{Citations, Node};
use crate::organization::Organization;
use crate::period::{End, Period};
use crate::record::AnyRecord;
use crate::text::{Reading, Text};
use crate::{Document, Milestone, Participant, Person, Site, Source, Statement, Theme};

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.as_str() {
            Some(text) => serializer.serialize_str(text),
            None => serializer.collect_str(self),
        }
    }
}

impl Serialize for Reading<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A date as EDTF. The trait cannot be had for `Edtf` itself, which belongs to another crate.
struct Date(Edtf);

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

fn end(end: End) -> Option<Date> {
    end.date().map(Date)
}

/// A reference to a record.
struct Slug<'a> {
    slug: Option<&'a str>,
    key: Key,
}

impl Serialize for Slug<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.slug {
            Some(slug) => serializer.serialize_str(slug),
            None => serializer.collect_str(&format_args!("#{:08x}", self.key.hash())),
        }
    }
}

impl<'a> From<Node<'a>> for Slug<'a> {
    fn from(node: Node<'a>) -> Self {
        Self { slug: node.slug(), key: node.key() }
    }
}

macro_rules! slugs {
    ($($name:ident),+) => {
        $(impl<'a> From<$name<'a>> for Slug<'a> {
            fn from(record: $name<'a>) -> Self {
                record.node().into()
            }
        })+
    };
}

slugs!(Milestone, Organization, Site, Person, Theme, Document, Statement, Source);

/// A list that is made anew whenever it is written.
struct Each<F>(F);

impl<I: IntoIterator<Item: Serialize>, F: Fn() -> I> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// References to these records.
fn slugs<'a, R: Into<Slug<'a>>, I: Iterator<Item = R> + Clone>(records: I) -> impl Serialize {
    Each(move || records.clone().map(Into::into))
}

/// A text in each language of the chronicle.
struct Languages<'a, F> {
    chronicle: &'a Chronicle<'a>,
    text: F,
    is_name: bool,
}

impl<'a, F: Fn(Language) -> Option<Text<'a>>> Languages<'a, F> {
    fn title(chronicle: &'a Chronicle<'a>, text: F) -> Self {
        Self { chronicle, text, is_name: false }
    }

    fn name(chronicle: &'a Chronicle<'a>, text: F) -> Self {
        Self { chronicle, text, is_name: true }
    }

    /// Nothing if no language has the text.
    fn if_any(self) -> Option<Self> {
        self.chronicle.languages().any(|language| (self.text)(language).is_some()).then_some(self)
    }

    fn len(&self) -> usize {
        self.chronicle.languages().count().saturating_add(usize::from(self.is_name))
    }

    fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        for language in self.chronicle.languages() {
            map.serialize_entry(language.tag(), &(self.text)(language))?;
        }
        if self.is_name {
            map.serialize_entry("reading", &(self.text)(Language::JA).as_ref().map(Text::reading))?;
        }
        Ok(())
    }
}

impl<'a, F: Fn(Language) -> Option<Text<'a>>> Serialize for Languages<'a, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        self.entries(&mut map)?;
        map.end()
    }
}

/// A text of the details; `null` where the record has none.
fn detail<'a>(
    node: Node<'a>,
    text: impl Fn(&Details<'a>, Language) -> Option<Text<'a>>,
) -> Option<Languages<'a, impl Fn(Language) -> Option<Text<'a>>>> {
    let details = node.details()?;
    Languages::title(node.chronicle, move |language| text(&details, language)).if_any()
}

/// The tags of the languages whose bit is set.
fn tags<'a>(chronicle: &'a Chronicle<'a>, has: impl Fn(Language) -> bool + Copy) -> impl Serialize {
    Each(move || chronicle.languages().filter(move |language| has(*language)).map(Tag))
}

struct Tag(Language);

impl Serialize for Tag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.tag())
    }
}

fn descriptive(node: Node<'_>) -> impl Serialize {
    let details = node.details();
    tags(node.chronicle, move |language| details.is_some_and(|details| details.is_descriptive(language)))
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Period", 2)?;
        object.serialize_field("from", &end(self.from))?;
        object.serialize_field("to", &end(self.to))?;
        object.end()
    }
}

struct Cited<'a>(Citations<'a>);

impl Serialize for Cited<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone().map(|citation| Pair {
            slug: citation.source.into(),
            name: "certainty",
            value: citation.certainty.name(),
        }))
    }
}

/// A reference and a word about it.
struct Pair<'a> {
    slug: Slug<'a>,
    name: &'static str,
    value: &'static str,
}

impl Serialize for Pair<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Reference", 2)?;
        object.serialize_field("slug", &self.slug)?;
        object.serialize_field(self.name, self.value)?;
        object.end()
    }
}

impl Serialize for Participant<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Pair { slug: self.organization.into(), name: "role", value: self.role.name() }.serialize(serializer)
    }
}

/// A date that a source gives, and whether it is the chosen one.
struct Dated<'a> {
    claim: Claim<'a>,
    chosen: Edtf,
}

impl Serialize for Dated<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Claim", 4)?;
        object.serialize_field("date", &Date(self.claim.date))?;
        object.serialize_field("source", &self.claim.source.map(Slug::from))?;
        object.serialize_field("certainty", self.claim.certainty.name())?;
        object.serialize_field("chosen", &(self.claim.date == self.chosen))?;
        object.end()
    }
}

impl Serialize for Milestone<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (node, details, chosen) = (self.node(), self.details(), self.date());
        let claims = || details.iter().flat_map(Details::claims).map(|claim| Dated { claim, chosen });
        let mut object = serializer.serialize_struct("Milestone", 15)?;
        object.serialize_field("slug", &Slug::from(node))?;
        object.serialize_field("date", &Date(chosen))?;
        object.serialize_field("dates", &Each(claims))?;
        object.serialize_field("kind", self.kind().name())?;
        object.serialize_field("title", &Languages::title(node.chronicle, |language| node.title(language)))?;
        object.serialize_field("summary", &detail(node, Details::summary))?;
        object.serialize_field("note", &detail(node, Details::note))?;
        object.serialize_field("organizations", &Each(|| self.participants()))?;
        object.serialize_field("sites", &slugs(self.sites()))?;
        object.serialize_field("themes", &slugs(self.themes()))?;
        object.serialize_field("people", &slugs(self.people()))?;
        object.serialize_field("documents", &slugs(self.documents()))?;
        object.serialize_field("part_of", &self.part_of().map(Slug::from))?;
        object.serialize_field("because_of", &slugs(self.causes()))?;
        object.serialize_field("sources", &Cited(self.sources()))?;
        object.end()
    }
}

impl Serialize for Site<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let node = self.node();
        let mut object = serializer.serialize_struct("Site", 12)?;
        object.serialize_field("slug", &Slug::from(node))?;
        object.serialize_field("kind", self.kind().name())?;
        object.serialize_field("name", &Languages::name(node.chronicle, |language| node.title(language)))?;
        object.serialize_field("descriptive", &descriptive(node))?;
        object.serialize_field("within", &self.within().map(Slug::from))?;
        object.serialize_field("exists", &self.existence().unwrap_or(Period::UNKNOWN))?;
        object.serialize_field("address", &detail(node, Details::address))?;
        object.serialize_field("summary", &detail(node, Details::summary))?;
        object.serialize_field("note", &detail(node, Details::note))?;
        object.serialize_field("organizations", &slugs(self.organizations()))?;
        object.serialize_field("themes", &slugs(self.themes()))?;
        object.serialize_field("sources", &Cited(self.sources()))?;
        object.end()
    }
}

impl Serialize for Person<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let node = self.node();
        let mut object = serializer.serialize_struct("Person", 8)?;
        object.serialize_field("slug", &Slug::from(node))?;
        object.serialize_field("name", &Languages::name(node.chronicle, |language| node.title(language)))?;
        object.serialize_field("descriptive", &descriptive(node))?;
        object.serialize_field("summary", &detail(node, Details::summary))?;
        object.serialize_field("note", &detail(node, Details::note))?;
        object.serialize_field("organizations", &slugs(self.organizations()))?;
        object.serialize_field("themes", &slugs(self.themes()))?;
        object.serialize_field("sources", &Cited(self.sources()))?;
        object.end()
    }
}

impl Serialize for Theme<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let node = self.node();
        let mut object = serializer.serialize_struct("Theme", 7)?;
        object.serialize_field("slug", &Slug::from(node))?;
        object.serialize_field("name", &Languages::name(node.chronicle, |language| node.title(language)))?;
        object.serialize_field("descriptive", &descriptive(node))?;
        object.serialize_field("broader", &self.broader().map(Slug::from))?;
        object.serialize_field("summary", &detail(node, Details::summary))?;
        object.serialize_field("note", &detail(node, Details::note))?;
        object.serialize_field("sources", &Cited(self.sources()))?;
        object.end()
    }
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let node = self.node();
        let mut object = serializer.serialize_struct("Document", 10)?;
        object.serialize_field("slug", &Slug::from(node))?;
        object.serialize_field("kind", self.kind().name())?;
        object.serialize_field("name", &Languages::name(node.chronicle, |language| node.title(language)))?;
        object.serialize_field("descriptive", &descriptive(node))?;
        object.serialize_field("exists", &self.existence().unwrap_or(Period::UNKNOWN))?;
        object.serialize_field("summary", &detail(node, Details::summary))?;
        object.serialize_field("note", &detail(node, Details::note))?;
        object.serialize_field("organizations", &slugs(self.organizations()))?;
        object.serialize_field("themes", &slugs(self.themes()))?;
        object.serialize_field("sources", &Cited(self.sources()))?;
        object.end()
    }
}

impl Serialize for Statement<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let node = self.node();
        let mut object = serializer.serialize_struct("Statement", 12)?;
        object.serialize_field("slug", &Slug::from(node))?;
        object.serialize_field("kind", self.kind().name())?;
        object.serialize_field("title", &Languages::title(node.chronicle, |language| node.title(language)))?;
        object.serialize_field("summary", &detail(node, Details::summary))?;
        object.serialize_field("note", &detail(node, Details::note))?;
        object.serialize_field("organizations", &slugs(self.organizations()))?;
        object.serialize_field("sites", &slugs(self.sites()))?;
        object.serialize_field("themes", &slugs(self.themes()))?;
        object.serialize_field("people", &slugs(self.people()))?;
        object.serialize_field("documents", &slugs(self.documents()))?;
        object.serialize_field("milestones", &slugs(self.speaks_of()))?;
        object.serialize_field("sources", &Cited(self.sources()))?;
        object.end()
    }
}

impl Serialize for Source<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let chronicle = self.chronicle;
        let mut object = serializer.serialize_struct("Source", 8)?;
        object.serialize_field("slug", &Slug::from(*self))?;
        object.serialize_field("kind", self.kind().name())?;
        object.serialize_field("title", &Languages::title(chronicle, |language| self.title(language)))?;
        object.serialize_field("publisher", &Languages::title(chronicle, |language| self.publisher(language)))?;
        object.serialize_field("address", &self.address())?;
        object.serialize_field("date", &self.date().map(Date))?;
        object.serialize_field("weak", &self.is_weak())?;
        object.serialize_field("note", &Languages::title(chronicle, |language| self.note(language)).if_any())?;
        object.end()
    }
}

impl Serialize for AnyRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Milestone(record) => record.serialize(serializer),
            Self::Organization(record) => record.serialize(serializer),
            Self::Site(record) => record.serialize(serializer),
            Self::Person(record) => record.serialize(serializer),
            Self::Theme(record) => record.serialize(serializer),
            Self::Document(record) => record.serialize(serializer),
            Self::Statement(record) => record.serialize(serializer),
            Self::Source(record) => record.serialize(serializer),
        }
    }
}
