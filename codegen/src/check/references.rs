//! Checks of references between records. Host only.

use std::collections::{HashMap, HashSet};

use nenpyo_schema::{RecordKind, Role};

use super::Context;
use crate::model::{At, Reference};
use crate::problem::{Report, closest, quoted};
use crate::read::{fields, noun};

/// Which kinds of record have a key; `None` for a key of a file whose kind cannot be told.
type Keys<'a> = HashMap<&'a str, Vec<Option<RecordKind>>>;

fn keys<'a>(context: &Context<'a>) -> Keys<'a> {
    let mut keys = Keys::new();
    for record in &context.records {
        keys.entry(&record.key.value).or_default().push(Some(record.kind));
    }
    for (kind, key) in context.promised_keys() {
        keys.entry(key).or_default().push(kind);
    }
    keys
}

pub(super) fn references_lead_somewhere(context: &Context, report: &mut Report) {
    let keys = keys(context);
    let mut meant = HashMap::new();
    for list in context.records.iter().flat_map(|record| &record.references) {
        for reference in &list.items {
            lead(&keys, list.kind, reference, &mut meant, report);
        }
    }
}

/// Tells if there is no record of a kind with the key that a reference gives. `meant` remembers what was meant: a key
/// that is wrong in one place is often wrong in many.
fn lead<'a>(
    keys: &Keys<'a>,
    kind: RecordKind,
    reference: &'a Reference,
    meant: &mut HashMap<(&'a str, RecordKind), Option<&'a str>>,
    report: &mut Report,
) {
    let key = reference.value.as_str();
    let kinds = keys.get(key).map_or(&[][..], Vec::as_slice);
    if kinds.iter().any(|found| found.is_none_or(|found| found == kind)) {
        return;
    }
    let name = noun(kind);
    let message = format!("there is no {} {}", name.split_once(' ').map_or("record", |(_, name)| name), quoted(key));
    if let Some((_, owner)) = aliases.iter().find(|(alias, _)| *alias == key) {
        let message = format!("{} is an older key of {}", quoted(key), quoted(owner));
        return report.say(reference.place, message, format!("write {}", quoted(owner)));
    }
    if let Some(other) = kinds.iter().flatten().next() {
        let message = format!("{} is {}, not {}", quoted(key), noun(*other), noun(kind));
        return report.say(reference.place, message, format!("name {} here", noun(kind)));
    }
    if !is_kebab_case(key) {
        // Paths and file names are usual slips.
        let name = key.rsplit('/').next().unwrap_or(key).trim_end_matches(".toml");
        let of_kind = keys.iter().filter(|(_, kinds)| kinds.contains(&Some(kind))).map(|(key, _)| *key);
        let advice = match closest(name, of_kind) {
            Some(closest) => format!("did you mean {}?", quoted(closest)),
            None => format!("write the key of {}, or take it away", noun(kind)),
        };
        return report.say(reference.place, message, advice);
    }
    let closest = *meant.entry((key, kind)).or_insert_with(|| {
        let of_kind = keys.iter().filter(|(_, kinds)| kinds.contains(&Some(kind))).map(|(key, _)| *key);
        closest(key, of_kind)
    });
    let advice = match closest {
        Some(closest) => format!("did you mean {}?", quoted(closest)),
        None => format!("write {}, or take it away", quoted(&format!("{}/{key}.toml", fields::folder(kind)))),
    };
    report.say(reference.place, message, advice);
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
            if !seen.insert((key, participant.role)) && context.is_clear(*place) {
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
            if !seen.insert((key, citation.date.as_ref().map(|date| date.value))) && context.is_clear(*place) {
                let message = format!("{} stands in {} twice", quoted(key), quoted("sources"));
                report.say(*place, message, "take it away here, or give another date");
            }
        }
    }
}

pub(super) fn origins_are_originals(context: &Context, report: &mut Report) {
    let known = keys(context);
    for record in context.data.milestones.iter().filter(|record| context.is_clear(record.place)) {
        let participants = &record.body.participants;
        let is_original = |key: &str| {
            participants.iter().any(|other| other.role == Role::Original && other.organization.value == key)
        };
        for participant in participants {
            let mut seen = HashSet::new();
            for origin in &participant.from {
                let key = quoted(&origin.value);
                if !known.contains_key(origin.value.as_str()) {
                    // It is told already that there is no such record.
                } else if participant.role != Role::Resulting {
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
        Some(subject) => lead(&keys(context), RecordKind::Organization, subject, &mut HashMap::new(), report),
        None if context.data.organizations.is_empty() || manifest.languages.is_empty() => {}
        None if !context.is_clear(manifest.name.place) => {}
        None => {
            let message = "the manifest does not say which organisation the chronicle is about";
            report.say(manifest.name.place, message, "write `subject = \"…\"` with the key of an organisation");
        }
    }
}
