//! Checks of keys and of numbers that the tables must hold. Host only.

use std::collections::HashMap;

use nenpyo_schema::{Key, LinkRow, RecordKind};

use super::Context;
use crate::model::Place;
use crate::problem::{Report, counted, quoted};
use crate::read::fields;

/// Names that no file can have on Windows, where curators work too.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// The most items of a list.
const LIST: usize = 255;

pub(super) fn keys_are_unique(context: &Context, report: &mut Report) {
    let mut seen: HashMap<&str, Place> = HashMap::new();
    for record in &context.records {
        let key = record.key.value.as_str();
        let Some(first) = seen.get(key).copied() else {
            seen.insert(key, record.key.place);
            continue;
        };
        let message = format!("the key {} belongs to {} already", quoted(key), quoted(&report.files.path(first.file)));
        report.say(record.key.place, message, "choose another one here, and rename the file");
    }
}

pub(super) fn keys_are_not_reserved(context: &Context, report: &mut Report) {
    for record in &context.records {
        let key = record.key.value.as_str();
        let numbered = |device: &str| {
            key.strip_prefix(device).is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
        };
        if DEVICES.contains(&key) || numbered("com") || numbered("lpt") {
            let message = format!("the key {} names a device on Windows, where no file can have it", quoted(key));
            report.say(record.key.place, message, "choose another one, and rename the file");
        }
    }
}

pub(super) fn keys_have_different_hashes(context: &Context, report: &mut Report) {
    let mut seen: HashMap<Key, &str> = HashMap::new();
    for record in &context.records {
        let key = record.key.value.as_str();
        let first = *seen.entry(Key::of(key)).or_insert(key);
        // The same key twice is told by another check.
        if first != key {
            let message = format!("the key {} has the same hash as {}", quoted(key), quoted(first));
            report.say(record.key.place, message, "choose another one for the newer of the two, and rename its file");
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
