//! Records by their keys as people type them, with "did you mean". Runs on the host.

use nenpyo::{AnyRecord, Chronicle, Key, Language, Record, RecordKind};

use crate::Failure;
use crate::args::KINDS;

/// The record with this key, of any kind.
pub(crate) fn any<'a>(chronicle: &'a Chronicle<'a>, key: &str) -> Result<AnyRecord<'a>, Failure> {
    exact(chronicle, key).ok_or_else(|| unknown(chronicle, key, None))
}

/// The record of one kind with this key; `of` takes it out of any record.
pub(crate) fn one<'a, R: Record<'a>>(
    chronicle: &'a Chronicle<'a>,
    key: &str,
    of: impl Fn(AnyRecord<'a>) -> Option<R>,
) -> Result<R, Failure> {
    match exact(chronicle, key) {
        Some(record) => of(record).ok_or_else(|| {
            let (is, wanted) = (with_article(record.kind().name()), with_article(R::KIND.name()));
            Failure::Usage(format!("`{key}` is {is}, not {wanted}; see `list {}`", plural(R::KIND)))
        }),
        None => Err(unknown(chronicle, key, Some(R::KIND))),
    }
}

/// The record that really has this key: the hash of a mistyped one may be that of another.
fn exact<'a>(chronicle: &'a Chronicle<'a>, key: &str) -> Option<AnyRecord<'a>> {
    chronicle.get(Key::of(key)).filter(|record| record.slug().is_none_or(|slug| slug == key))
}

/// All records, or all of one kind.
pub(crate) fn all<'a>(
    chronicle: &'a Chronicle<'a>,
    kind: Option<RecordKind>,
) -> impl Iterator<Item = AnyRecord<'a>> + use<'a> {
    let records = chronicle.milestones().iter().map(AnyRecord::Milestone);
    let records = records.chain(chronicle.organizations().iter().map(AnyRecord::Organization));
    let records = records.chain(chronicle.sites().iter().map(AnyRecord::Site));
    let records = records.chain(chronicle.people().iter().map(AnyRecord::Person));
    let records = records.chain(chronicle.themes().iter().map(AnyRecord::Theme));
    let records = records.chain(chronicle.documents().iter().map(AnyRecord::Document));
    let records = records.chain(chronicle.statements().iter().map(AnyRecord::Statement));
    let records = records.chain(chronicle.sources().iter().map(AnyRecord::Source));
    records.filter(move |record| kind.is_none_or(|kind| record.kind() == kind))
}

/// The name of a kind as `list` takes it.
pub(crate) fn plural(kind: RecordKind) -> &'static str {
    KINDS.iter().find(|(other, _, _)| *other == kind).map_or("records", |(_, name, _)| name)
}

/// A record's key as it is printed.
pub(crate) fn slug(record: &AnyRecord<'_>) -> String {
    record.slug().map_or_else(|| format!("#{:08x}", record.key().hash()), str::to_owned)
}

/// A record's title in the first of these languages that has it.
pub(crate) fn title(record: &AnyRecord<'_>, languages: &[Language]) -> String {
    languages.iter().find_map(|language| record.title(*language)).map(|text| text.to_string()).unwrap_or_default()
}

fn unknown(chronicle: &Chronicle<'_>, key: &str, kind: Option<RecordKind>) -> Failure {
    let noun = kind.map_or("record", RecordKind::name);
    let near = nearest(chronicle, key, kind);
    let hint = match near.as_slice() {
        [] => kind.map_or_else(String::new, |kind| format!("; see `list {}`", plural(kind))),
        near => format!("; did you mean {}?", near.join(" or ")),
    };
    Failure::Usage(format!("there is no {noun} `{key}`{hint}"))
}

/// Up to three keys that may have been meant, the likeliest first.
fn nearest(chronicle: &Chronicle<'_>, key: &str, kind: Option<RecordKind>) -> Vec<String> {
    let typed = key.to_lowercase().replace(['_', ' '], "-");
    let mut near: Vec<(f64, &str)> = all(chronicle, kind)
        .filter_map(|record| record.slug())
        .map(|slug| (likeness(&typed, slug), slug))
        .filter(|(likeness, _)| *likeness >= 0.6)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    // What is far less alike than the best is noise.
    let best = near.first().map_or(0.0, |(likeness, _)| *likeness);
    near.iter()
        .take(3)
        .take_while(|(likeness, _)| *likeness >= best - 0.15)
        .map(|(_, slug)| format!("`{slug}`"))
        .collect()
}

fn likeness(typed: &str, slug: &str) -> f64 {
    let alike = strsim::normalized_damerau_levenshtein(typed, slug);
    // A part of a key is a usual way to ask for it.
    if typed.len() >= 3 && slug.contains(typed) { alike.max(0.7) } else { alike }
}

pub(crate) fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}
