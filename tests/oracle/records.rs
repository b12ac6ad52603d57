//! The oracle's answers about what names what: every record is asked, one after the other.

use std::collections::HashMap;

use nenpyo::{RecordKind, ReferrerKind, Role};
use toml::Table;

use super::{Oracle, Rec, string, strings, tables};

/// The lists in which a record names others, and what kind those are.
const LISTS: [(&str, RecordKind); 6] = [
    ("sites", RecordKind::Site),
    ("themes", RecordKind::Theme),
    ("people", RecordKind::Person),
    ("documents", RecordKind::Document),
    ("milestones", RecordKind::Milestone),
    ("organizations", RecordKind::Organization),
];

impl Oracle {
    /// The records that a list of this record names, as it is written.
    pub(crate) fn refs(&self, record: &Rec, field: &str, kind: RecordKind) -> Vec<u32> {
        strings(record.toml.get(field)).iter().map(|slug| self.id(kind, slug)).collect()
    }

    /// The record that this field names.
    pub(crate) fn reference(&self, record: &Rec, field: &str, kind: RecordKind) -> Option<u32> {
        string(&record.toml, field).map(|slug| self.id(kind, slug))
    }

    /// The organisations of a milestone and what they did, as it is written.
    pub(crate) fn participants(&self, milestone: u32) -> &[(u32, Role)] {
        &self.participants[milestone as usize]
    }

    pub(crate) fn read_participants(&self, milestone: &Rec) -> Vec<(u32, Role)> {
        let row = |row: &Table| {
            let organization = self.id(RecordKind::Organization, string(row, "organization").unwrap());
            (organization, Role::from_name(string(row, "role").unwrap()).unwrap())
        };
        tables(&milestone.toml, "participants").into_iter().map(row).collect()
    }

    pub(crate) fn involves(&self, milestone: u32, organization: u32) -> bool {
        self.participants(milestone).iter().any(|(other, _)| *other == organization)
    }

    /// Everything that names a record, by how it does so and then by id.
    pub(crate) fn referrers(&self, to: RecordKind, id: u32) -> &[(ReferrerKind, u32)] {
        self.referrers.get(&(to, id)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Asks every record whom it names, once.
    pub(crate) fn all_referrers(&self) -> HashMap<(RecordKind, u32), Vec<(ReferrerKind, u32)>> {
        let mut all: HashMap<_, Vec<_>> = HashMap::new();
        for kind in RecordKind::ALL.iter().copied().filter(|kind| *kind != RecordKind::Source) {
            for (id, record) in self.records(kind).iter().enumerate() {
                for (to, slug, how) in names_of(kind, record) {
                    all.entry((to, self.id(to, &slug))).or_default().push((how, id as u32));
                }
            }
        }
        for list in all.values_mut() {
            list.sort_unstable();
            list.dedup();
        }
        all
    }

    /// The sources of a record with their certainty, as it is written.
    pub(crate) fn citations(&self, record: &Rec) -> Vec<(u32, String)> {
        let row = |row: &Table| {
            let source = self.id(RecordKind::Source, string(row, "source").unwrap());
            (source, string(row, "certainty").unwrap().to_owned())
        };
        tables(&record.toml, "sources").into_iter().map(row).collect()
    }

    /// The dates that sources give, as it is written: date, source, certainty.
    pub(crate) fn claims(&self, record: &Rec) -> Vec<(String, u32, String)> {
        let claim = |row: &Table| {
            let source = self.id(RecordKind::Source, string(row, "source").unwrap());
            Some((string(row, "date")?.to_owned(), source, string(row, "certainty").unwrap().to_owned()))
        };
        tables(&record.toml, "sources").into_iter().filter_map(claim).collect()
    }

    /// The records that cite a source, by kind and then by id.
    pub(crate) fn cited_by(&self, source: u32) -> Vec<(RecordKind, u32)> {
        let mut found = Vec::new();
        for kind in RecordKind::ALL.iter().copied().filter(|kind| *kind != RecordKind::Source) {
            for (id, record) in self.records(kind).iter().enumerate() {
                let slug = &self.record(RecordKind::Source, source).slug;
                if tables(&record.toml, "sources").into_iter().any(|row| string(row, "source") == Some(slug)) {
                    found.push((kind, id as u32));
                }
            }
        }
        found
    }

    /// The languages that a `descriptive` field names.
    pub(crate) fn is_descriptive(table: &Table, language: &str) -> bool {
        strings(table.get("descriptive")).iter().any(|other| other == language)
    }
}

/// Whom a record names and how: kind and slug of the other, and how it is named.
fn names_of(kind: RecordKind, record: &Rec) -> Vec<(RecordKind, String, ReferrerKind)> {
    let mut names = Vec::new();
    let mut add = |to: RecordKind, how: ReferrerKind, slugs: Vec<String>| {
        names.extend(slugs.into_iter().map(|slug| (to, slug, how)));
    };
    let one = |field: &str| string(&record.toml, field).map(str::to_owned).into_iter().collect();
    let rows = |field: &str| -> Vec<String> {
        let rows = tables(&record.toml, field).into_iter();
        rows.map(|row| string(row, "organization").unwrap().to_owned()).collect()
    };
    for (field, to) in LISTS {
        add(to, ReferrerKind::Mention(kind), strings(record.toml.get(field)));
    }
    match kind {
        RecordKind::Milestone => {
            add(RecordKind::Organization, ReferrerKind::Mention(kind), rows("participants"));
            add(kind, ReferrerKind::Part, one("part_of"));
            add(kind, ReferrerKind::Consequence, strings(record.toml.get("because_of")));
        }
        RecordKind::Organization => {
            add(kind, ReferrerKind::Child, rows("parents"));
            add(kind, ReferrerKind::Supervised, rows("supervisors"));
        }
        RecordKind::Site => add(kind, ReferrerKind::Inside, one("within")),
        RecordKind::Theme => add(kind, ReferrerKind::Inside, one("broader")),
        _ => {}
    }
    names
}
