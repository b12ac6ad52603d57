//! Every text of QST's chronicle, each once.

use std::collections::BTreeMap;

use nenpyo::{AnyRecord, Language, QST, Text};

/// Every text in a language, in order; equal ones with equal ruby once.
pub(crate) fn of(language: Language) -> Vec<Text<'static>> {
    let mut all: Vec<AnyRecord<'static>> = Vec::new();
    all.extend(QST.milestones().iter().map(AnyRecord::Milestone));
    all.extend(QST.organizations().iter().map(AnyRecord::Organization));
    all.extend(QST.sites().iter().map(AnyRecord::Site));
    all.extend(QST.people().iter().map(AnyRecord::Person));
    all.extend(QST.themes().iter().map(AnyRecord::Theme));
    all.extend(QST.documents().iter().map(AnyRecord::Document));
    all.extend(QST.statements().iter().map(AnyRecord::Statement));
    all.extend(QST.sources().iter().map(AnyRecord::Source));
    let mut texts: BTreeMap<String, Text<'static>> = BTreeMap::new();
    let mut put = |text: Option<Text<'static>>| {
        if let Some(text) = text {
            texts.insert(format!("{text}\n{}", text.reading()), text);
        }
    };
    for record in &all {
        match record {
            AnyRecord::Organization(one) => {
                one.names(language).for_each(|held| put(Some(held.value)));
                put(one.short_name(language));
            }
            record => put(record.title(language)),
        }
        if let AnyRecord::Source(source) = record {
            put(source.publisher(language));
            put(source.note(language));
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
            [details.summary(language), details.note(language), details.address(language)]
                .into_iter()
                .for_each(&mut put);
        }
    }
    put(QST.about().name(language));
    put(QST.about().credit(language));
    put(QST.about().notice(language));
    texts.into_values().collect()
}
