//! The oracle's answers about organisations as of a day.

use std::collections::BTreeSet;

use nenpyo::{Day, RecordKind, Role};
use toml::Table;

use super::dates::Period;
use super::text::plain;
use super::{Oracle, Rec, string, strings, tables};

/// A value, its period, and the row it stands in.
#[derive(Clone)]
pub(crate) struct Held<T> {
    pub(crate) value: T,
    pub(crate) period: Period,
}

/// What an organisation's periods say.
pub(crate) struct Org {
    pub(crate) existence: Period,
    /// The tables of the names.
    pub(crate) names: Vec<Held<Table>>,
    pub(crate) kinds: Vec<Held<String>>,
    /// Slug of the parent, and relation.
    pub(crate) parents: Vec<Held<(String, String)>>,
    pub(crate) supervisors: Vec<Held<String>>,
}

/// The rows of a field, with their periods.
fn held<T>(record: &Rec, field: &str, existence: &Period, value: impl Fn(&Table) -> T) -> Vec<Held<T>> {
    let row = |row| Held { value: value(row), period: Period::of(row, existence) };
    tables(&record.toml, field).into_iter().map(row).collect()
}

impl Org {
    pub(crate) fn of(record: &Rec) -> Self {
        let existence = match record.toml.get("exists") {
            None => Period::UNKNOWN,
            Some(exists) => Period::of(exists.as_table().unwrap(), &Period::UNKNOWN),
        };
        let text = |row: &Table, field: &str| string(row, field).unwrap().to_owned();
        Self {
            names: held(record, "names", &existence, Table::clone),
            kinds: held(record, "kinds", &existence, |row| text(row, "kind")),
            parents: held(record, "parents", &existence, |row| (text(row, "organization"), text(row, "relation"))),
            supervisors: held(record, "supervisors", &existence, |row| text(row, "organization")),
            existence,
        }
    }
}

/// What held on a day: the last certain one, or else the last possible one.
pub(crate) fn held_at<T>(rows: &[Held<T>], day: Day) -> Option<(usize, bool)> {
    let possible: Vec<(usize, bool)> =
        rows.iter().enumerate().filter_map(|(at, row)| Some((at, row.period.contains(day)?))).collect();
    let certain = possible.iter().rev().find(|(_, certain)| *certain);
    certain.or(possible.last()).copied()
}

/// A change between two days' trees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Added(u32),
    Gone(u32),
    Moved(u32, Option<u32>, Option<u32>),
    Renamed(u32),
}

impl Oracle {
    pub(crate) fn exists(&self, organization: u32, day: Day) -> Option<bool> {
        self.orgs[organization as usize].existence.contains(day)
    }

    /// What it belonged to, if both existed: parent, certain.
    pub(crate) fn parent(&self, organization: u32, day: Day) -> Option<(u32, bool)> {
        self.exists(organization, day)?;
        let parents = &self.orgs[organization as usize].parents;
        let (row, certain) = held_at(parents, day)?;
        let parent = self.id(RecordKind::Organization, &parents[row].value.0);
        let exists = self.exists(parent, day)?;
        Some((parent, certain && exists))
    }

    /// Its parent, the parent of that, and so on.
    pub(crate) fn ancestors(&self, organization: u32, day: Day) -> Vec<(u32, bool)> {
        let mut found = Vec::new();
        let mut at = organization;
        while let Some((parent, certain)) = self.parent(at, day) {
            found.push((parent, certain));
            at = parent;
        }
        found
    }

    /// What belonged to each organisation on a day, and the roots, in display order.
    fn families(&self, day: Day) -> (Vec<Vec<u32>>, Vec<u32>) {
        let mut children = vec![Vec::new(); self.orgs.len()];
        let mut roots = Vec::new();
        for id in self.all(RecordKind::Organization) {
            match self.parent(id, day) {
                _ if self.exists(id, day).is_none() => {}
                Some((parent, _)) => children[parent as usize].push(id),
                None => roots.push(id),
            }
        }
        (children, roots)
    }

    pub(crate) fn children(&self, organization: u32, day: Day) -> Vec<u32> {
        self.families(day).0[organization as usize].clone()
    }

    /// The whole tree, with depth.
    pub(crate) fn tree(&self, day: Day) -> Vec<(u32, u32)> {
        let (children, roots) = self.families(day);
        let mut tree = Vec::new();
        for root in roots {
            grow(&children, root, 0, &mut tree);
        }
        tree
    }

    /// The tree of one organisation, with depth.
    pub(crate) fn subtree(&self, organization: u32, day: Day) -> Vec<(u32, u32)> {
        let mut tree = Vec::new();
        grow(&self.families(day).0, organization, 0, &mut tree);
        tree
    }

    /// Whether it or one of its units as they were then took part.
    pub(crate) fn involves_unit_of(&self, milestone: u32, organization: u32) -> bool {
        let days = self.dates[milestone as usize].days;
        self.participants(milestone).iter().any(|&(participant, role)| {
            let day = if role == Role::Original { days.begin_earliest.previous() } else { days.end_latest };
            participant == organization
                || self.ancestors(participant, day).iter().any(|(above, _)| *above == organization)
        })
    }

    /// The name on a day in every language.
    fn names_at(&self, organization: u32, day: Day) -> Option<Vec<String>> {
        let names = &self.orgs[organization as usize].names;
        let (row, _) = held_at(names, day)?;
        let name = |language: &String| plain(string(&names[row].value, language).unwrap());
        Some(self.languages.iter().map(name).collect())
    }

    pub(crate) fn differences(&self, from: Day, to: Day) -> Vec<Change> {
        let mut changes = Vec::new();
        for id in self.all(RecordKind::Organization) {
            match (self.exists(id, from), self.exists(id, to)) {
                (None, None) => {}
                (None, Some(_)) => changes.push(Change::Added(id)),
                (Some(_), None) => changes.push(Change::Gone(id)),
                (Some(_), Some(_)) => {
                    let parent = |day| self.parent(id, day).map(|(parent, _)| parent);
                    let name = |day| self.names_at(id, day);
                    if parent(from) != parent(to) {
                        changes.push(Change::Moved(id, parent(from), parent(to)));
                    }
                    if name(from) != name(to) {
                        changes.push(Change::Renamed(id));
                    }
                }
            }
        }
        changes
    }

    /// Which organisation came from which, in order of the milestones and as they are written in them.
    pub(crate) fn descents(&self) -> Vec<(u32, u32)> {
        let mut pairs = Vec::new();
        for milestone in self.all(RecordKind::Milestone) {
            let rows = tables(&self.record(RecordKind::Milestone, milestone).toml, "participants");
            let slug = |row: &Table| string(row, "organization").unwrap().to_owned();
            let originals: Vec<String> =
                rows.iter().filter(|row| string(row, "role") == Some("original")).map(|row| slug(row)).collect();
            for row in rows.iter().filter(|row| string(row, "role") == Some("resulting")) {
                let named = strings(row.get("from"));
                for original in if named.is_empty() { originals.clone() } else { named } {
                    let id = |slug: &str| self.id(RecordKind::Organization, slug);
                    let pair = (id(&original), id(&slug(row)));
                    if pair.0 != pair.1 && !pairs.contains(&pair) {
                        pairs.push(pair);
                    }
                }
            }
        }
        pairs
    }
}

fn grow(children: &[Vec<u32>], at: u32, depth: u32, tree: &mut Vec<(u32, u32)>) {
    tree.push((at, depth));
    for child in &children[at as usize] {
        grow(children, *child, depth + 1, tree);
    }
}

/// Everything that can be reached over the pairs, itself left out.
pub(crate) fn reachable(pairs: &[(u32, u32)], start: u32) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    loop {
        let before = found.len();
        let next: Vec<u32> =
            pairs.iter().filter(|(from, _)| *from == start || found.contains(from)).map(|(_, to)| *to).collect();
        found.extend(next);
        if found.len() == before {
            found.remove(&start);
            return found;
        }
    }
}
