//! Every text of QST's chronicle, and of which record it is.

use std::collections::BTreeMap;

use nenpyo::{AnyRecord, Language, QST, Text};

/// Every record.
pub(crate) fn records() -> Vec<AnyRecord<'static>> {
    let mut all: Vec<AnyRecord<'static>> = Vec::new();
    all.extend(QST.milestones().iter().map(AnyRecord::Milestone));
    all.extend(QST.organizations().iter().map(AnyRecord::Organization));
    all.extend(QST.sites().iter().map(AnyRecord::Site));
    all.extend(QST.people().iter().map(AnyRecord::Person));
    all.extend(QST.themes().iter().map(AnyRecord::Theme));
    all.extend(QST.documents().iter().map(AnyRecord::Document));
    all.extend(QST.statements().iter().map(AnyRecord::Statement));
    all.extend(QST.sources().iter().map(AnyRecord::Source));
    all
}

/// The texts of a record in a language, all its names among them.
pub(crate) fn of_record(record: &AnyRecord<'static>, language: Language) -> Vec<Text<'static>> {
    let mut texts = Vec::new();
    match record {
        AnyRecord::Organization(one) => {
            texts.extend(one.names(language).map(|held| held.value));
            texts.extend(one.short_name(language));
        }
        record => texts.extend(record.title(language)),
    }
    if let AnyRecord::Source(source) = record {
        texts.extend(source.publisher(language));
        texts.extend(source.note(language));
    }
    let details = match record {
        AnyRecord::Milestone(one) => one.details(),
        AnyRecord::Organization(one) => one.details(),
        AnyRecord::Site(one) => one.details(),
        AnyRecord::Person(one) => one.details(),
        AnyRecord::Theme(one) => one.details(),
        AnyRecord::Document(one) => one.details(),
        AnyRecord::Statement(one) => one.details(),
        _ => None,
    };
    if let Some(details) = details {
        let more = [details.summary(language), details.note(language), details.address(language)];
        texts.extend(more.into_iter().flatten());
    }
    texts
}

/// Every text in a language, in order; equal ones with equal ruby once.
#[allow(dead_code, reason = "whoever asks by record needs no others")]
pub(crate) fn of(language: Language) -> Vec<Text<'static>> {
    let of_records = records().into_iter().flat_map(|record| of_record(&record, language));
    let about = QST.about();
    let about = [about.name(language), about.credit(language), about.notice(language)];
    let texts = of_records.chain(about.into_iter().flatten());
    let texts: BTreeMap<String, Text<'static>> =
        texts.map(|text| (format!("{text}\n{}", text.reading()), text)).collect();
    texts.into_values().collect()
}
