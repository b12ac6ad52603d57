//! What is given to every alternative: milestones and organisations as plain rows, read off a chronicle.

use nenpyo::{Chronicle, Day, Edtf, End, Language, MilestoneKind, Period, Qualifier};
use serde::Serialize;

/// The first and last days on which something can have begun and ended.
pub(crate) type Days = [i32; 4];

/// A text, and its ruby: a character for the bytes before a base, one for those of the base, the reading and a slash, and
/// again. Numbers begin at U+0100.
#[derive(Clone, Default, Serialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct Text {
    pub(crate) plain: String,
    pub(crate) ruby: String,
}

#[derive(Serialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct Milestone {
    pub(crate) slug: String,
    pub(crate) date: Days,
    pub(crate) flags: u8,
    pub(crate) kind: u8,
    pub(crate) title: [Text; 2],
    pub(crate) summary: [Text; 2],
    pub(crate) note: [Text; 2],
    pub(crate) participants: Vec<u16>,
}

/// A value and the period in which it held.
#[derive(Serialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct Held<T>(pub(crate) Days, pub(crate) T);

/// The hash of a key, and whose it is.
#[derive(Serialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct ByKey(pub(crate) u32, pub(crate) u16);

#[derive(Serialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct Organization {
    pub(crate) exists: Days,
    pub(crate) names: Vec<Held<[Text; 2]>>,
    pub(crate) parents: Vec<Held<u16>>,
}

#[derive(Serialize, rkyv::Archive, rkyv::Serialize)]
pub(crate) struct Story {
    pub(crate) milestones: Vec<Milestone>,
    pub(crate) organizations: Vec<Organization>,
    /// In order of the hashes.
    pub(crate) by_key: Vec<ByKey>,
    /// In order of the keys as text.
    pub(crate) by_slug: Vec<u16>,
}

impl Story {
    pub(crate) fn of(chronicle: &Chronicle<'_>) -> Self {
        let milestones: Vec<Milestone> = chronicle.milestones().iter().map(milestone).collect();
        let organizations = chronicle.organizations().iter().map(organization).collect();
        let keys = chronicle.milestones().iter().map(|milestone| milestone.key().hash());
        let mut by_key: Vec<ByKey> = keys.zip(0..).map(|(key, id)| ByKey(key, id)).collect();
        by_key.sort_by_key(|row| row.0);
        let mut by_slug: Vec<u16> = (0..milestones.len() as u16).collect();
        by_slug.sort_by_key(|id| &milestones[usize::from(*id)].slug);
        Self { milestones, organizations, by_key, by_slug }
    }
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

fn milestone(milestone: nenpyo::Milestone<'_>) -> Milestone {
    let date = milestone.date();
    let details = milestone.details();
    let both = [Language::JA, Language::EN];
    let mut participants: Vec<u16> = milestone.participants().map(|one| one.organization.id().0 as u16).collect();
    participants.sort_unstable();
    participants.dedup();
    Milestone {
        slug: milestone.slug().unwrap_or_default().to_owned(),
        date: days(&date),
        flags: u8::from(date.qualifier() != Qualifier::None) | u8::from(date.is_lasting()) << 1,
        kind: kind(milestone.kind()),
        title: both.map(|language| text(milestone.title(language))),
        summary: both.map(|language| text(details.and_then(|details| details.summary(language)))),
        note: both.map(|language| text(details.and_then(|details| details.note(language)))),
        participants,
    }
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

fn organization(organization: nenpyo::Organization<'_>) -> Organization {
    let [japanese, english] = [Language::JA, Language::EN].map(|language| organization.names(language));
    let names = japanese.zip(english).map(|(japanese, english)| {
        Held(period(japanese.period), [text(Some(japanese.value)), text(Some(english.value))])
    });
    let parents = organization.parents().map(|held| Held(period(held.period), held.value.0.id().0 as u16));
    Organization { exists: period(organization.existence()), names: names.collect(), parents: parents.collect() }
}
