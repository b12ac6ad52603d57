//! What is given to every alternative: all that is in a chronicle but its sources, as plain rows, read off it.

use bytemuck::cast_slice;
use nenpyo::{AnyRecord, Chronicle, Day, Details, Edtf, End, Key, Language, MilestoneKind, Period, Qualifier};
use nenpyo_codegen::Compiled;
use nenpyo_schema::{Aspect, LinkKind, LinkRow, Lists, PackedEnd, PeriodRow};
use serde::{Deserialize, Serialize};

use crate::Id;

/// The first and last days on which something can have begun and ended.
pub(crate) type Days = [i32; 4];

/// A text, and its ruby: a character for the bytes before a base, one for those of the base, the reading and a slash, and
/// again. Numbers begin at U+0100.
#[derive(Default, Serialize, Deserialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct Text {
    pub(crate) plain: String,
    pub(crate) ruby: String,
}

/// What kind of link, and to whom.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct Link(pub(crate) u8, pub(crate) Id);

/// What of, when, and what.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct Row(pub(crate) u8, pub(crate) Days, pub(crate) Id);

/// What a source says of a date.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct Claim {
    pub(crate) date: [i32; 2],
    pub(crate) certainty: u8,
    pub(crate) source: Id,
}

/// What any record has, and no question asks for.
#[derive(Serialize, Deserialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct More {
    pub(crate) links: Vec<Link>,
    pub(crate) periods: Vec<Row>,
    pub(crate) claims: Vec<Claim>,
}

#[derive(Serialize, Deserialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct Milestone<M> {
    pub(crate) slug: String,
    pub(crate) date: Days,
    pub(crate) flags: u8,
    pub(crate) kind: u8,
    pub(crate) title: [Text; 2],
    pub(crate) summary: [Text; 2],
    pub(crate) note: [Text; 2],
    pub(crate) participants: Vec<Link>,
    pub(crate) more: M,
}

/// A value and the period in which it held.
#[derive(Serialize, Deserialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct Held<T>(pub(crate) Days, pub(crate) T);

/// The hash of a key, and whose it is.
#[derive(Serialize, Deserialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct ByKey(pub(crate) u32, pub(crate) Id);

#[derive(Serialize, Deserialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct Organization<M> {
    pub(crate) exists: Days,
    pub(crate) names: Vec<Held<[Text; 2]>>,
    pub(crate) parents: Vec<Held<Id>>,
    pub(crate) more: M,
}

#[derive(Serialize, Deserialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct OrganizationMore {
    pub(crate) slug: String,
    pub(crate) short: [Text; 2],
    pub(crate) summary: [Text; 2],
    pub(crate) note: [Text; 2],
    pub(crate) more: More,
}

/// A site, a person, a theme, a document or a statement.
#[derive(Serialize, Deserialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct Other {
    pub(crate) record: u8,
    pub(crate) kind: u8,
    pub(crate) slug: String,
    pub(crate) title: [Text; 2],
    pub(crate) summary: [Text; 2],
    pub(crate) note: [Text; 2],
    pub(crate) address: [Text; 2],
    pub(crate) more: More,
}

/// Everything. What no question asks for may also be bytes that are read when they are needed.
#[derive(Serialize, Deserialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct Story<M = More, N = OrganizationMore, O = Vec<Other>> {
    pub(crate) milestones: Vec<Milestone<M>>,
    pub(crate) organizations: Vec<Organization<N>>,
    /// In order of the hashes.
    pub(crate) by_key: Vec<ByKey>,
    /// In order of the keys as text.
    pub(crate) by_slug: Vec<Id>,
    pub(crate) others: O,
}

/// Bytes of postcard.
pub(crate) struct Packed(pub(crate) Vec<u8>);

impl Serialize for Packed {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

fn packed(value: &impl Serialize) -> Packed {
    Packed(postcard::to_stdvec(value).expect("it is all vectors and numbers"))
}

impl Story {
    /// Everything in a chronicle, which has these tables.
    pub(crate) fn of(compiled: &Compiled, chronicle: &Chronicle<'_>) -> Self {
        let tables = Tables::of(compiled, chronicle);
        let milestones: Vec<Milestone<More>> = chronicle.milestones().iter().map(|one| tables.milestone(one)).collect();
        let organizations = chronicle.organizations().iter().map(|one| tables.organization(one)).collect();
        let keys = chronicle.milestones().iter().map(|milestone| milestone.key().hash());
        let mut by_key: Vec<ByKey> = keys.zip(0..).map(|(key, id)| ByKey(key, id)).collect();
        by_key.sort_by_key(|row| row.0);
        let mut by_slug: Vec<Id> = (0..).take(milestones.len()).collect();
        by_slug.sort_by_key(|id| &milestones[*id as usize].slug);
        let sites = chronicle.sites().iter().map(AnyRecord::Site);
        let others = sites
            .chain(chronicle.people().iter().map(AnyRecord::Person))
            .chain(chronicle.themes().iter().map(AnyRecord::Theme))
            .chain(chronicle.documents().iter().map(AnyRecord::Document))
            .chain(chronicle.statements().iter().map(AnyRecord::Statement));
        let others = others.map(|one| tables.other(one)).collect();
        Self { milestones, organizations, by_key, by_slug, others }
    }

    /// The same with what no question asks for as bytes.
    pub(crate) fn packed(self) -> Story<Packed, Packed, Packed> {
        let milestone = |one: Milestone<More>| {
            let more = packed(&one.more);
            let Milestone { slug, date, flags, kind, title, summary, note, participants, .. } = one;
            Milestone { slug, date, flags, kind, title, summary, note, participants, more }
        };
        let organization = |one: Organization<OrganizationMore>| {
            let more = packed(&one.more);
            Organization { exists: one.exists, names: one.names, parents: one.parents, more }
        };
        Story {
            milestones: self.milestones.into_iter().map(milestone).collect(),
            organizations: self.organizations.into_iter().map(organization).collect(),
            by_key: self.by_key,
            by_slug: self.by_slug,
            others: packed(&self.others),
        }
    }

    /// What no question asks for, record by record.
    pub(crate) fn more(&self) -> impl Iterator<Item = &More> {
        let milestones = self.milestones.iter().map(|one| &one.more);
        let organizations = self.organizations.iter().map(|one| &one.more.more);
        milestones.chain(organizations).chain(self.others.iter().map(|one| &one.more))
    }
}

/// What says of each record what it points at, and what held when.
struct Tables<'t> {
    links: Lists<'t, { LinkRow::WORDS }>,
    periods: Lists<'t, { PeriodRow::WORDS }>,
    /// Of each record that is no milestone its key, in order, and its number.
    numbers: std::collections::HashMap<u32, u32>,
    milestones: u32,
}

const BOTH: [Language; 2] = [Language::JA, Language::EN];

impl<'t> Tables<'t> {
    fn of(compiled: &'t Compiled, chronicle: &Chronicle<'_>) -> Self {
        let table = |name: &str| compiled.table(name).unwrap_or_default();
        let words = |name: &str| cast_slice::<u8, u32>(table(name));
        let numbers = (0..).zip(words("keys")).map(|(number, key)| (u32::from_le(*key), number));
        Self {
            links: Lists { starts: words("link_starts"), rows: cast_slice(table("links")) },
            periods: Lists { starts: words("period_starts"), rows: cast_slice(table("periods")) },
            numbers: numbers.collect(),
            milestones: chronicle.milestones().len() as u32,
        }
    }

    /// What else there is of a record: the links and periods that are not among its own fields.
    fn more(
        &self,
        key: Key,
        details: Option<&Details<'_>>,
        is_link: fn(LinkKind) -> bool,
        is_period: fn(Aspect) -> bool,
    ) -> More {
        let number = self.numbers[&key.hash()];
        let link = |row: &[u32; LinkRow::WORDS]| {
            let row = LinkRow::from_row(row);
            // What follows from other links is no data.
            let kind =
                LinkKind::from_tag(row.tag).filter(|kind| !matches!(kind, LinkKind::Forebear | LinkKind::Heir))?;
            is_link(kind).then(|| Link(row.tag, id(row.id)))
        };
        let row = |row: &[u32; PeriodRow::WORDS]| {
            let row = PeriodRow::from_row(row);
            let aspect = Aspect::from_byte(row.aspect)?;
            let end = |end| match end {
                PackedEnd::Unknown => End::Unknown,
                PackedEnd::Open => End::Open,
                PackedEnd::Date(date) => End::Date(date.read()),
            };
            let days = period(Period { from: end(row.from), to: end(row.to) });
            is_period(aspect).then(|| Row(row.aspect, days, id(row.value)))
        };
        let claim = |claim: nenpyo::Claim<'_>| {
            let days = claim.date.days();
            let date = [days.begin_earliest, days.end_latest].map(Day::number);
            let source = claim.source.map_or(Id::MAX, |source| id(source.id().0));
            Claim { date, certainty: claim.certainty.byte(), source }
        };
        // Milestones come first and have no periods.
        let periods = number.checked_sub(self.milestones).map_or(&[][..], |number| self.periods.get(number));
        More {
            links: self.links.get(number).iter().filter_map(link).collect(),
            periods: periods.iter().filter_map(row).collect(),
            claims: details.into_iter().flat_map(Details::claims).map(claim).collect(),
        }
    }

    fn milestone(&self, milestone: nenpyo::Milestone<'_>) -> Milestone<More> {
        let date = milestone.date();
        let details = milestone.details();
        let participant = |one: nenpyo::Participant<'_>| Link(one.role.byte(), id(one.organization.id().0));
        let is_link = |kind| !matches!(kind, LinkKind::Participant(_));
        Milestone {
            slug: milestone.slug().unwrap_or_default().to_owned(),
            date: days(&date),
            flags: u8::from(date.qualifier() != Qualifier::None) | u8::from(date.is_lasting()) << 1,
            kind: kind(milestone.kind()),
            title: BOTH.map(|language| text(milestone.title(language))),
            summary: BOTH.map(|language| text(details.and_then(|details| details.summary(language)))),
            note: BOTH.map(|language| text(details.and_then(|details| details.note(language)))),
            participants: milestone.participants().map(participant).collect(),
            more: self.more(milestone.key(), details.as_ref(), is_link, |_| true),
        }
    }

    fn organization(&self, organization: nenpyo::Organization<'_>) -> Organization<OrganizationMore> {
        let [japanese, english] = BOTH.map(|language| organization.names(language));
        let names = japanese.zip(english).map(|(japanese, english)| {
            Held(period(japanese.period), [text(Some(japanese.value)), text(Some(english.value))])
        });
        let parents = organization.parents().map(|held| Held(period(held.period), id(held.value.0.id().0)));
        let details = organization.details();
        let is_period = |aspect| matches!(aspect, Aspect::Kind | Aspect::Supervisor);
        Organization {
            exists: period(organization.existence()),
            names: names.collect(),
            parents: parents.collect(),
            more: OrganizationMore {
                slug: organization.slug().unwrap_or_default().to_owned(),
                short: BOTH.map(|language| text(organization.short_name(language))),
                summary: BOTH.map(|language| text(details.and_then(|details| details.summary(language)))),
                note: BOTH.map(|language| text(details.and_then(|details| details.note(language)))),
                more: self.more(organization.key(), details.as_ref(), |_| true, is_period),
            },
        }
    }

    fn other(&self, record: AnyRecord<'_>) -> Other {
        let (details, kind) = match record {
            AnyRecord::Site(site) => (site.details(), site.kind() as u8),
            AnyRecord::Person(person) => (person.details(), 0),
            AnyRecord::Theme(theme) => (theme.details(), 0),
            AnyRecord::Document(document) => (document.details(), document.kind() as u8),
            AnyRecord::Statement(statement) => (statement.details(), statement.kind() as u8),
            _ => (None, 0),
        };
        Other {
            record: record.kind().byte(),
            kind,
            slug: record.slug().unwrap_or_default().to_owned(),
            title: BOTH.map(|language| text(record.title(language))),
            summary: BOTH.map(|language| text(details.and_then(|details| details.summary(language)))),
            note: BOTH.map(|language| text(details.and_then(|details| details.note(language)))),
            address: BOTH.map(|language| text(details.and_then(|details| details.address(language)))),
            more: self.more(record.key(), details.as_ref(), |_| true, |_| true),
        }
    }
}

fn id(number: u32) -> Id {
    Id::try_from(number).expect("there are fewer records than such numbers")
}

fn text(text: Option<nenpyo::Text<'_>>) -> Text {
    let mut made = Text::default();
    let mut gap = 0;
    for segment in text.iter().flat_map(nenpyo::Text::segments) {
        let base = segment.base.to_string();
        match segment.reading {
            Some(reading) => {
                let number =
                    |bytes: usize| char::from_u32(bytes as u32 + 0x100).expect("texts are shorter than surrogates");
                made.ruby.extend([number(gap), number(base.len())]);
                made.ruby += &reading.to_string();
                made.ruby.push('/');
                gap = 0;
            }
            None => gap += base.len(),
        }
        made.plain += &base;
    }
    made
}

fn days(date: &Edtf) -> Days {
    let days = date.days();
    [days.begin_earliest, days.begin_latest, days.end_earliest, days.end_latest].map(Day::number)
}

fn kind(kind: MilestoneKind) -> u8 {
    kind as u8
}

/// The four days of a period; between the second and the third it holds for certain.
fn period(period: Period) -> Days {
    let is_certain = |date: &Edtf| date.qualifier() == Qualifier::None;
    let [first, sure_from] = match period.from {
        End::Unknown => [i32::MIN, i32::MAX],
        End::Open => [i32::MIN, i32::MIN],
        End::Date(date) => [days(&date)[0], if is_certain(&date) { days(&date)[1] } else { i32::MAX }],
    };
    let [sure_to, last] = match period.to {
        End::Unknown => [i32::MIN, i32::MAX],
        End::Open => [i32::MAX, i32::MAX],
        End::Date(date) => [if is_certain(&date) { days(&date)[2] } else { i32::MIN }, days(&date)[3]],
    };
    [first, sure_from, sure_to, last]
}
