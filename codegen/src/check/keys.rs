//! Checks of keys and of numbers that the tables must hold. Host only.

use std::collections::HashMap;

use nenpyo_schema::{Key, LinkRow, RecordKind};

use super::Context;
use crate::model::{At, Place};
use crate::problem::{Report, counted, quoted};
use crate::read::{fields, is_kebab_case};

/// Names that no file can have on Windows, where curators work too.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// The most items of a list.
const LIST: usize = 255;

pub(super) fn aliases_are_kebab_case(context: &Context, report: &mut Report) {
    for alias in context.records.iter().flat_map(|record| record.aliases) {
        if !is_kebab_case(&alias.value) {
            let message = format!("the alias {} is not kebab-case", quoted(&alias.value));
            report.say(alias.place, message, "write the key as it was");
        }
    }
}

pub(super) fn keys_are_unique(context: &Context, report: &mut Report) {
    let mut seen: HashMap<&str, Place> = HashMap::new();
    let is_named_so = |key: &At<String>| {
        let name = report.files.name(key.place.file).rsplit('/').next().unwrap_or_default();
        name.strip_suffix(".toml") == Some(&key.value)
    };
    // A key belongs first to the file that has its name, which a copy of it has not.
    let keys = context.records.iter().map(|record| record.key);
    let (named, others): (Vec<_>, Vec<_>) = keys.partition(|key| is_named_so(key));
    for key in named.into_iter().chain(others) {
        let Some(first) = seen.get(key.value.as_str()).copied() else {
            seen.insert(&key.value, key.place);
            continue;
        };
        let owner = quoted(&report.files.path(first.file));
        let message = format!("the key {} belongs to {owner} already", quoted(&key.value));
        report.say(key.place, message, "choose another one here, and rename the file");
    }
    // Keys before aliases, so that the alias is told, which can be dropped.
    for alias in context.records.iter().flat_map(|record| record.aliases) {
        if let Some(first) = seen.get(alias.value.as_str()) {
            let owner = quoted(&report.files.path(first.file));
            let message = format!("the alias {} belongs to {owner} already", quoted(&alias.value));
            let is_here = first.file == alias.place.file;
            report.say(alias.place, message, if is_here { "take it away" } else { "take it away in one of the two" });
        } else {
            seen.insert(&alias.value, alias.place);
        }
    }
}

pub(super) fn keys_are_not_reserved(context: &Context, report: &mut Report) {
    for record in &context.records {
        let key = record.key.value.as_str();
        let numbered =
            |device: &str| key.strip_prefix(device).is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']));
        if DEVICES.contains(&key) || numbered("com") || numbered("lpt") {
            let message = format!("the key {} names a device on Windows, where no file can have it", quoted(key));
            report.say(record.key.place, message, "choose another one, and rename the file");
        }
    }
}

pub(super) fn keys_have_different_hashes(context: &Context, report: &mut Report) {
    let mut seen: HashMap<Key, &str> = HashMap::new();
    for key in context.records.iter().flat_map(super::Record::keys) {
        let first = *seen.entry(Key::of(&key.value)).or_insert(&key.value);
        // The same key twice is told by another check.
        if first != key.value {
            let message = format!("the key {} has the same hash as {}", quoted(&key.value), quoted(first));
            report.say(key.place, message, "choose another one for the newer of the two, and rename its file");
        }
    }
}

pub(super) fn numbers_fit_the_tables(context: &Context, report: &mut Report) {
    let too_long = |report: &mut Report, field: &str, length: usize, place: Place| {
        if length > LIST {
            let message = format!("{} lists {}", quoted(field), counted(length, "item"));
            report.say(place, message, format!("keep to {LIST}"));
        }
    };
    for record in &context.records {
        for list in &record.references {
            too_long(report, list.field, list.items.len(), list.items[0].place);
        }
    }
    for record in &context.data.organizations {
        too_long(report, "names", record.body.names.len(), record.place);
        too_long(report, "kinds", record.body.kinds.len(), record.place);
    }
    for kind in RecordKind::ALL {
        let of_kind = |record: &&super::Record| record.kind == *kind;
        if let Some(record) = context.records.iter().filter(of_kind).nth(LinkRow::ID_LIMIT as usize) {
            let message = format!("there are more than {} {}", LinkRow::ID_LIMIT, fields::folder(*kind));
            report.say(record.place, message, "split the chronicle");
        }
    }
}
