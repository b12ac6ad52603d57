//! Checks of references between records. Host only.

use std::collections::{HashMap, HashSet};

use nenpyo_schema::{RecordKind, Role};

use super::{Context, Record};
use crate::model::{At, Reference};
use crate::problem::{Report, closest, quoted};
use crate::read::{fields, is_kebab_case, noun};

/// Which kinds of record have a key.
#[derive(Clone, Copy, Default)]
pub(super) struct Kinds {
    /// The kind of the first one, unless it cannot be told.
    first: Option<RecordKind>,
    /// A bit for each kind, and one for those that cannot be told.
    all: u16,
}

pub(super) type Keys<'a> = HashMap<&'a str, Kinds>;

const UNTOLD: u16 = 1 << 15;

impl Kinds {
    fn add(&mut self, kind: Option<RecordKind>) {
        self.first = self.first.or(kind);
        self.all |= kind.map_or(UNTOLD, |kind| 1 << kind.byte());
    }

    fn has(self, kind: RecordKind) -> bool {
        self.all >> kind.byte() & 1 == 1
    }
}

/// The kinds of each key; of a file whose kind cannot be told too.
pub(super) fn keys<'a>(
    records: &[Record<'a>],
    promised: impl Iterator<Item = (Option<RecordKind>, &'a str)>,
) -> Keys<'a> {
    let mut keys = Keys::with_capacity(records.len());
    for record in records {
        keys.entry(&record.key.value).or_default().add(Some(record.kind));
    }
    for (kind, key) in promised {
        keys.entry(key).or_default().add(kind);
    }
    keys
}

/// Where references lead.
struct Leads<'c, 'a> {
    keys: &'c Keys<'a>,
    /// The key of the record that has an alias.
    aliases: HashMap<&'a str, &'a str>,
    /// The kinds whose folder could not be read: what it holds nobody knows.
    unread: Vec<RecordKind>,
    /// What was meant by a key that leads nowhere: one that is wrong in one place is often wrong in many.
    meant: HashMap<(&'a str, RecordKind), Option<&'a str>>,
}

impl<'c, 'a> Leads<'c, 'a> {
    fn of(context: &'c Context<'a>) -> Self {
        let aliases = context.records.iter().flat_map(|record| {
            let owner = record.key.value.as_str();
            record.aliases.iter().map(move |alias| (alias.value.as_str(), owner))
        });
        let unread = context.unread_kinds();
        Self { keys: context.keys(), aliases: aliases.collect(), unread, meant: HashMap::new() }
    }

    /// Tells if there is no record of a kind with the key that a reference gives.
    fn follow(&mut self, kind: RecordKind, reference: &'a Reference, report: &mut Report) {
        let key = reference.value.as_str();
        let kinds = self.keys.get(key).copied().unwrap_or_default();
        if kinds.has(kind) || kinds.all & UNTOLD != 0 || self.unread.contains(&kind) {
            return;
        }
        if let Some(other) = kinds.first {
            let message = format!("{} is {}, not {}", quoted(key), noun(other), noun(kind));
            return report.say(reference.place, message, format!("name {} here", noun(kind)));
        }
        if let Some(owner) = self.aliases.get(key) {
            let message = format!("{} is an older key of {}", quoted(key), quoted(owner));
            return report.say(reference.place, message, format!("write {}", quoted(owner)));
        }
        let advice = match self.meant(key, kind) {
            Some(meant) => format!("did you mean {}?", quoted(meant)),
            None if is_kebab_case(key) => {
                format!("write {}, or take it away", quoted(&format!("{}/{key}.toml", fields::folder(kind))))
            }
            None => format!("write the key of {}, or take it away", noun(kind)),
        };
        let noun = noun(kind);
        let name = noun.split_once(' ').map_or("record", |(_, name)| name);
        report.say(reference.place, format!("there is no {name} {}", quoted(key)), advice);
    }

    fn meant(&mut self, key: &'a str, kind: RecordKind) -> Option<&'a str> {
        let keys = self.keys;
        *self.meant.entry((key, kind)).or_insert_with(|| {
            // A path is a usual slip.
            let name = key.rsplit('/').next().unwrap_or(key);
            let of_kind = keys.iter().filter(|(_, kinds)| kinds.has(kind)).map(|(key, _)| *key);
            closest(name.strip_suffix(".toml").unwrap_or(name), of_kind)
        })
    }
}

pub(super) fn references_lead_somewhere(context: &Context, report: &mut Report) {
    let mut leads = Leads::of(context);
    for list in context.records.iter().flat_map(|record| &record.references) {
        for reference in &list.items {
            leads.follow(list.kind, reference, report);
        }
    }
}

pub(super) fn references_stand_once(context: &Context, report: &mut Report) {
    for list in context.records.iter().flat_map(|record| &record.references).filter(|list| list.once) {
        let mut seen = HashSet::new();
        for reference in list.items.iter().filter(|reference| !seen.insert(&reference.value)) {
            let message = format!("{} stands in {} twice", quoted(&reference.value), quoted(list.field));
            report.say(reference.place, message, "take it away here");
        }
    }
    for record in &context.data.milestones {
        let mut seen = HashSet::new();
        for participant in &record.body.participants {
            let At { value: key, place } = &participant.organization;
            if context.is_read(participant.place, "role") && !seen.insert((key, participant.role)) {
                let message = format!("{} is {} twice", quoted(key), quoted(participant.role.name()));
                report.say(*place, message, "take it away here, or give another role");
            }
        }
    }
    for record in &context.records {
        let mut seen = HashSet::new();
        for citation in record.sources {
            // One source can give two dates, and then both stand.
            let At { value: key, place } = &citation.source;
            let date = citation.date.as_ref().map(|date| date.value);
            if context.is_read(citation.place, "date") && !seen.insert((key, date)) {
                let message = format!("{} stands in {} twice", quoted(key), quoted("sources"));
                report.say(*place, message, "take it away here, or give another date");
            }
        }
    }
}

pub(super) fn origins_are_originals(context: &Context, report: &mut Report) {
    let known = context.keys();
    for record in context.data.milestones.iter().filter(|record| context.is_toml(record.place)) {
        let participants = &record.body.participants;
        let are_read = context.is_read(record.place, "participants");
        let is_original = |key: &str| {
            let can_be = |role, place| role == Role::Original || !context.is_read(place, "role");
            !are_read || participants.iter().any(|p| p.organization.value == key && can_be(p.role, p.place))
        };
        for participant in participants.iter().filter(|participant| context.is_read(participant.place, "role")) {
            let mut seen = HashSet::new();
            for origin in &participant.from {
                let key = quoted(&origin.value);
                // What leads nowhere is told by another check.
                if !known.contains_key(origin.value.as_str()) {
                    continue;
                }
                if participant.role != Role::Resulting {
                    let message = format!("{key} stands in the `from` of an organisation that is not `resulting`");
                    report.say(origin.place, message, "take `from` away, or correct the role");
                } else if !is_original(&origin.value) {
                    let advice = "list it as `original` in `participants`, or take it away here";
                    report.say(origin.place, format!("{key} is not an `original` of this milestone"), advice);
                } else if !seen.insert(&origin.value) {
                    report.say(origin.place, format!("{key} stands in `from` twice"), "take it away here");
                }
            }
        }
    }
}

pub(super) fn the_subject_is_an_organisation(context: &Context, report: &mut Report) {
    let manifest = &context.data.manifest;
    match &manifest.subject {
        Some(subject) => Leads::of(context).follow(RecordKind::Organization, subject, report),
        None if context.data.organizations.is_empty() || manifest.is_unknown() => {}
        None if !context.data.gaps.is_read_in(manifest.name.place.file, "subject") => {}
        None => {
            let message = "the manifest does not say which organisation the chronicle is about";
            report.say(manifest.name.place, message, "write `subject = \"…\"` with the key of an organisation");
        }
    }
}
