//! Organisations as of any day: names, kinds, parents, supervisors, trees, differences, lineage.

use nenpyo::{AsOf, Change, Day, Held, Organization, OrganizationId, Period, RecordKind, ReferrerKind, Text};
use toml::{Table, Value};

use super::super::organizations::{Change as OracleChange, Held as OracleHeld, held_at, reachable};
use super::super::{Oracle, Rec};
use super::kinds::same_period;
use super::records::of;
use super::texts::agree_on_text;
use super::{Pair, View, equal};

impl<'a> Pair<'a> {
    fn organization(&self, id: u32) -> Organization<'a> {
        self.chronicle.organizations().get(OrganizationId(id)).unwrap()
    }

    fn org_record(&self, id: u32) -> &'a Rec {
        self.oracle.record(RecordKind::Organization, id)
    }

    fn org_id(&self, slug: &str) -> u32 {
        self.oracle.id(RecordKind::Organization, slug)
    }

    /// Names, kinds, parents and supervisors with their periods, as they are written.
    pub(crate) fn agree_on_what_organizations_held(&self) {
        for organization in self.chronicle.organizations() {
            let org = &self.oracle.orgs[organization.number() as usize];
            let record = self.org_record(organization.number());
            assert!(same_period(organization.existence(), &org.existence), "existence of {}", record.slug);
            for (tag, language) in self.languages() {
                let names: Vec<Held<Text<'_>>> = organization.names(language).collect();
                assert_eq!(names.len(), org.names.len(), "names of {} in {tag}", record.slug);
                for (got, want) in names.iter().zip(&org.names) {
                    let marked = want.value[tag].as_str();
                    agree_on_text(Some(got.value), marked, || format!("a name of {} in {tag}", record.slug));
                    assert!(same_period(got.period, &want.period), "period of a name of {}", record.slug);
                }
                assert!(
                    organization
                        .names(language)
                        .rev()
                        .map(|held| held.value)
                        .eq(names.iter().rev().map(|held| held.value))
                );
                let short = record.toml.get("short").and_then(|short| short.get(tag)).and_then(Value::as_str);
                agree_on_text(organization.short_name(language), short, || format!("`short` of {}", record.slug));
            }
            same_held(organization.kinds(), &org.kinds, record, |got, want| got.name() == want);
            same_held(organization.parents(), &org.parents, record, |(parent, relation), (slug, word)| {
                parent.number() == self.org_id(slug) && relation.name() == word
            });
            same_held(organization.supervisors(), &org.supervisors, record, |supervisor, slug| {
                supervisor.number() == self.org_id(slug)
            });
            let referrers = self.oracle.referrers(RecordKind::Organization, organization.number());
            let supervised = of(referrers, ReferrerKind::Supervised);
            self.same_list(&organization.supervised(), &supervised, || format!("supervised by {}", record.slug));
        }
    }

    /// Everything about one organisation on one day.
    pub(crate) fn agree_on_organization_at(&self, id: u32, day: Day) {
        let organization = self.organization(id);
        let org = &self.oracle.orgs[id as usize];
        let what = || format!("{} on {:?}", self.org_record(id).slug, day.ymd());
        let at = organization.at(day);
        assert_eq!(at.map(|at| at.is_certain()), self.oracle.exists(id, day), "existence of {}", what());
        self.agree_on_ancestors(organization, day, &what);
        let Some(at) = at else { return };
        assert_eq!((at.organization(), at.day()), (organization, day));
        let name = held_at(&org.names, day);
        for (tag, language) in self.languages() {
            let got = at.name(language);
            assert_eq!(
                got.map(|name| name.certain),
                name.map(|(_, certain)| certain),
                "certainty of the name of {}",
                what()
            );
            let row: Option<&Table> = name.map(|(row, _)| &org.names[row].value);
            let marked = row.and_then(|row| row[tag].as_str());
            agree_on_text(got.map(|name| name.value), marked, || format!("name of {} in {tag}", what()));
            let ours = row.is_some_and(|row| Oracle::is_descriptive(row, tag));
            assert_eq!(at.is_descriptive(language), ours, "`descriptive` of {} in {tag}", what());
        }
        let kind = held_at(&org.kinds, day).map(|(row, certain)| (org.kinds[row].value.as_str(), certain));
        assert_eq!(at.kind().map(|kind| (kind.value.name(), kind.certain)), kind, "kind of {}", what());
        let parent = self.oracle.parent(id, day);
        assert_eq!(at.parent().map(number), parent, "parent of {}", what());
        let relation = held_at(&org.parents, day).map(|(row, _)| org.parents[row].value.1.as_str());
        assert_eq!(at.relation().map(nenpyo::ParentRelation::name), relation, "relation of {}", what());
        let supervisors: Vec<(u32, bool)> = org
            .supervisors
            .iter()
            .filter_map(|held| Some((self.org_id(&held.value), held.period.contains(day)?)))
            .collect();
        assert!(at.supervisors().map(number).eq(supervisors.iter().copied()), "supervisors of {}", what());
        assert!(at.supervisors().rev().map(number).eq(supervisors.iter().rev().copied()));
    }

    fn agree_on_ancestors(&self, organization: Organization<'a>, day: Day, what: &impl Fn() -> String) {
        let got: Vec<_> = organization.ancestors(day).map(number).collect();
        assert_eq!(got, self.oracle.ancestors(organization.number(), day), "ancestors of {}", what());
    }

    /// The whole tree of a day, the tree of each organisation in it, and its children.
    pub(crate) fn agree_on_tree(&self, day: Day, subtrees: bool) {
        let what = |id: u32| format!("{} on {:?}", self.org_record(id).slug, day.ymd());
        let want = self.oracle.tree(day);
        let branches: Vec<_> = self.chronicle.organizations().tree(day).collect();
        let got: Vec<(u32, u32)> =
            branches.iter().map(|branch| (branch.organization.organization().number(), branch.depth)).collect();
        equal(&self.named(&got), &self.named(&want), || format!("the tree on {:?}", day.ymd()));
        if !subtrees {
            return;
        }
        for branch in branches {
            let at = branch.organization;
            let id = at.organization().number();
            let subtree: Vec<_> =
                at.tree().map(|branch| (branch.organization.organization().number(), branch.depth)).collect();
            assert_eq!(subtree, self.oracle.subtree(id, day), "the tree of {}", what(id));
            let children: Vec<u32> = at.children().map(|child| child.organization().number()).collect();
            assert_eq!(children, self.oracle.children(id, day), "children of {}", what(id));
            let backwards = at.children().rev().map(|child| child.organization().number());
            assert!(backwards.eq(children.iter().rev().copied()));
        }
    }

    /// A tree with slugs instead of ids, for messages.
    fn named(&self, tree: &[(u32, u32)]) -> Vec<(&str, u32)> {
        tree.iter().map(|(id, depth)| (self.slug(RecordKind::Organization, *id), *depth)).collect()
    }

    /// Added, gone, moved and renamed between two days.
    pub(crate) fn agree_on_differences(&self, from: Day, to: Day) {
        let got: Vec<OracleChange> = self
            .chronicle
            .organizations()
            .differences(from, to)
            .map(|change| match change {
                Change::Added(at) if at.day() == to => OracleChange::Added(at.organization().number()),
                Change::Gone(at) if at.day() == from => OracleChange::Gone(at.organization().number()),
                Change::Moved { organization, from: old, to: new } if organization.day() == to => {
                    let id = |organization: Organization<'_>| organization.number();
                    OracleChange::Moved(organization.organization().number(), old.map(id), new.map(id))
                }
                Change::Renamed { before, after } if before.day() == from && after.day() == to => {
                    assert_eq!(before.organization(), after.organization());
                    OracleChange::Renamed(after.organization().number())
                }
                change => panic!("a change seen from the wrong day: {change:?}"),
            })
            .collect();
        equal(&got, &self.oracle.differences(from, to), || format!("from {:?} to {:?}", from.ymd(), to.ymd()));
    }

    /// Predecessors, successors and the whole line.
    pub(crate) fn agree_on_lineage(&self) {
        let descents = self.oracle.descents();
        let backwards: Vec<(u32, u32)> = descents.iter().map(|(from, to)| (*to, *from)).collect();
        for organization in self.chronicle.organizations() {
            let id = organization.number();
            let slug = &self.org_record(id).slug;
            let linked = |pairs: &[(u32, u32)]| -> Vec<u32> {
                pairs.iter().filter(|(from, _)| *from == id).map(|(_, to)| *to).collect()
            };
            self.same_list(&organization.successors(), &linked(&descents), || format!("successors of {slug}"));
            self.same_list(&organization.predecessors(), &linked(&backwards), || format!("predecessors of {slug}"));
            let forebears = reachable(&backwards, id);
            let line: Vec<u32> = organization.lineage().map(|other| other.number()).collect();
            let itself = line.iter().position(|other| *other == id).unwrap();
            let (before, after) = (&line[..itself], &line[itself + 1..]);
            let sorted = |ids: &[u32]| {
                let mut ids = ids.to_vec();
                ids.sort_unstable();
                ids
            };
            assert_eq!(sorted(before), forebears.iter().copied().collect::<Vec<_>>(), "forebears of {slug}");
            // Who is both, after a split and a merger, stands before.
            let heirs: Vec<u32> = reachable(&descents, id).difference(&forebears).copied().collect();
            assert_eq!(sorted(after), heirs, "heirs of {slug}");
            assert!(organization.lineage().rev().map(|other| other.number()).eq(line.iter().rev().copied()));
        }
    }
}

fn number(held: AsOf<Organization<'_>>) -> (u32, bool) {
    (held.value.number(), held.certain)
}

/// What held one after the other is what is written.
fn same_held<G: Copy, W>(
    got: impl DoubleEndedIterator<Item = Held<G>>,
    want: &[OracleHeld<W>],
    record: &Rec,
    same: impl Fn(G, &W) -> bool,
) {
    let got: Vec<(G, Period)> = got.map(|held| (held.value, held.period)).collect();
    let all = got.len() == want.len()
        && got
            .iter()
            .zip(want)
            .all(|((value, period), want)| same(*value, &want.value) && same_period(*period, &want.period));
    assert!(all, "what {} held", record.slug);
}
