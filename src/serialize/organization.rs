//! Organisations as JSON: with everything they ever were, as of a day, and what differs. Runs on host and target.

use nenpyo_schema::{Aspect, OrganizationKind, PeriodRow};
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::{Cited, Each, Languages, Slug, detail, end, slugs, tags};
use crate::chronicle::Chronicle;
use crate::details::Details;
use crate::organization::{Organization, OrganizationAt};
use crate::period::{Period, period_rows};
use crate::tree::{Branch, Change};

/// A name of an organisation and when it was that.
struct Named<'a> {
    chronicle: &'a Chronicle<'a>,
    row: &'a [u32; PeriodRow::WORDS],
}

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (chronicle, row) = (self.chronicle, self.row);
        let period = Period::of(row);
        let name = Languages::name(chronicle, |language| chronicle.name(language, PeriodRow::value(row)));
        let mut map = serializer.serialize_map(Some(name.len().saturating_add(3)))?;
        name.entries(&mut map)?;
        let is_descriptive = |language| PeriodRow::flags(row) & chronicle.language_bit(language) != 0;
        map.serialize_entry("descriptive", &tags(chronicle, is_descriptive))?;
        map.serialize_entry("from", &end(period.from))?;
        map.serialize_entry("to", &end(period.to))?;
        map.end()
    }
}

/// Something else that held for a time.
struct HeldFor<'a> {
    name: &'static str,
    value: Value<'a>,
    relation: Option<&'static str>,
    period: Period,
}

enum Value<'a> {
    Word(&'static str),
    Slug(Slug<'a>),
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Word(word) => serializer.serialize_str(word),
            Self::Slug(slug) => slug.serialize(serializer),
        }
    }
}

impl Serialize for HeldFor<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Held", 3_usize.saturating_add(self.relation.iter().len()))?;
        object.serialize_field(self.name, &self.value)?;
        if let Some(relation) = self.relation {
            object.serialize_field("relation", relation)?;
        }
        object.serialize_field("from", &end(self.period.from))?;
        object.serialize_field("to", &end(self.period.to))?;
        object.end()
    }
}

impl Serialize for Organization<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (node, chronicle) = (self.node(), self.chronicle);
        let names = || {
            let rows = period_rows(node, Aspect::Name).iter();
            rows.map(|row| Named { chronicle, row })
        };
        let held = |name, value, relation, period| HeldFor { name, value, relation, period };
        let kinds = || self.kinds().map(|kind| held("kind", Value::Word(kind.value.name()), None, kind.period));
        let parents = || {
            self.parents().map(|parent| {
                let (organization, relation) = parent.value;
                held("organization", Value::Slug(organization.into()), Some(relation.name()), parent.period)
            })
        };
        let supervisors =
            || self.supervisors().map(|s| held("organization", Value::Slug(s.value.into()), None, s.period));
        let mut object = serializer.serialize_struct("Organization", 14)?;
        object.serialize_field("slug", &Slug::from(node))?;
        object.serialize_field("kind", &self.kinds().next_back().map(|kind| kind.value.name()))?;
        object.serialize_field("name", &Languages::name(chronicle, |language| node.title(language)))?;
        object.serialize_field("exists", &self.existence())?;
        object.serialize_field("names", &Each(names))?;
        object.serialize_field("short", &Languages::name(chronicle, |language| self.short_name(language)).if_any())?;
        object.serialize_field("kinds", &Each(kinds))?;
        object.serialize_field("parents", &Each(parents))?;
        object.serialize_field("supervisors", &Each(supervisors))?;
        object.serialize_field("predecessors", &slugs(self.predecessors()))?;
        object.serialize_field("successors", &slugs(self.successors()))?;
        object.serialize_field("summary", &detail(node, Details::summary))?;
        object.serialize_field("note", &detail(node, Details::note))?;
        object.serialize_field("sources", &Cited(self.sources()))?;
        object.end()
    }
}

fn as_of<S: Serializer>(at: &OrganizationAt<'_>, depth: Option<u32>, serializer: S) -> Result<S::Ok, S::Error> {
    let organization = at.organization();
    let existence = organization.existence();
    let mut object = serializer.serialize_struct("Branch", 7_usize.saturating_add(depth.iter().len()))?;
    object.serialize_field("slug", &Slug::from(organization))?;
    object.serialize_field("kind", &at.kind().map(|kind| OrganizationKind::name(kind.value)))?;
    object.serialize_field("name", &name_at(at))?;
    object.serialize_field("parent", &at.parent().map(|parent| Slug::from(parent.value)))?;
    if let Some(depth) = depth {
        object.serialize_field("depth", &depth)?;
    }
    object.serialize_field("from", &end(existence.from))?;
    object.serialize_field("to", &end(existence.to))?;
    object.serialize_field("certain", &at.is_certain())?;
    object.end()
}

fn name_at<'a>(at: &OrganizationAt<'a>) -> impl Serialize + use<'a> {
    let at = *at;
    Languages::name(at.organization().chronicle, move |language| at.name(language).map(|name| name.value))
}

impl Serialize for OrganizationAt<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        as_of(self, None, serializer)
    }
}

impl Serialize for Branch<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        as_of(&self.organization, Some(self.depth), serializer)
    }
}

impl Serialize for Change<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (word, at) = match self {
            Self::Added(at) => ("added", at),
            Self::Gone(at) => ("gone", at),
            Self::Moved { organization, .. } => ("moved", organization),
            Self::Renamed { after, .. } => ("renamed", after),
        };
        let fields = if matches!(self, Self::Moved { .. }) { 5 } else { 4 };
        let mut object = serializer.serialize_struct("Change", fields)?;
        object.serialize_field("change", word)?;
        object.serialize_field("slug", &Slug::from(at.organization()))?;
        match self {
            Self::Added(at) | Self::Gone(at) => {
                object.serialize_field("name", &name_at(at))?;
                object.serialize_field("parent", &at.parent().map(|parent| Slug::from(parent.value)))?;
            }
            Self::Moved { organization, from, to } => {
                object.serialize_field("name", &name_at(organization))?;
                object.serialize_field("from", &from.map(Slug::from))?;
                object.serialize_field("to", &to.map(Slug::from))?;
            }
            Self::Renamed { before, after } => {
                object.serialize_field("from", &name_at(before))?;
                object.serialize_field("to", &name_at(after))?;
            }
        }
        object.end()
    }
}
