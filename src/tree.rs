//! Organisations above and below one another as of a day, and what changed between two. Runs on the target.

use nenpyo_schema::{Day, LinkRow, RecordKind, StateRow};

use crate::chronicle::Chronicle;
use crate::organization::{Organization, OrganizationAt};
use crate::period::{AsOf, Moment};
use crate::record::{Record, Records};

/// What an organisation belonged to, step by step; see [`Organization::ancestors`].
#[derive(Clone, Debug)]
pub struct Ancestors<'a> {
    next: Option<Organization<'a>>,
    moment: Moment,
    left: u32,
}

impl<'a> Ancestors<'a> {
    pub(crate) fn of(organization: Organization<'a>, moment: Moment) -> Self {
        // Bytes from outside may hold a cycle; a chain longer than all organisations is one.
        Self { next: Some(organization), moment, left: organization.chronicle.count(RecordKind::Organization) }
    }
}

impl<'a> Iterator for Ancestors<'a> {
    type Item = AsOf<Organization<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let parent = self.next?.at_moment(self.moment)?.parent();
        self.next = parent.map(|parent| parent.value);
        parent
    }
}

/// An organisation in a tree and how deep it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch<'a> {
    /// Zero for a root.
    pub depth: u32,
    /// The organisation on the day of the tree.
    pub organization: OrganizationAt<'a>,
}

/// A tree as of a day, one branch after the other in display order, without a stack; see [`Records::tree`].
///
/// 48 bytes on a 32-bit target, however deep the tree is.
/// Organisations are numbered in display order, so the next sibling is found by number in the parent's list.
#[derive(Clone, Debug)]
pub struct Tree<'a> {
    chronicle: &'a Chronicle<'a>,
    moment: Moment,
    whole: bool,
    next: Option<Place<'a>>,
    left: u32,
}

/// Where a tree has come to.
#[derive(Clone, Copy, Debug)]
struct Place<'a> {
    depth: u32,
    id: u32,
    /// What it belongs to; of a root, and where a tree begins, itself.
    parent: u32,
    state: &'a [u32; StateRow::WORDS],
    /// Those behind it that ever belonged to the same.
    siblings: &'a [[u32; LinkRow::WORDS]],
}

impl<'a> Tree<'a> {
    /// The tree of one organisation.
    pub(crate) fn below(root: OrganizationAt<'a>) -> Self {
        let chronicle = root.organization().chronicle;
        let id = root.organization().id;
        let next = Some(Place { depth: 0, id, parent: id, state: root.state(), siblings: &[] });
        Self { chronicle, moment: root.moment(), whole: false, next, left: chronicle.count(RecordKind::Organization) }
    }

    /// The first child, or the next sibling of it or of the nearest organisation above that has one, or the next root.
    fn after(&self, place: Place<'a>) -> Option<Place<'a>> {
        if let Some(child) = self.child(place.id, self.organization(place.id).child_rows()) {
            return Some(Place { depth: place.depth.saturating_add(1), ..child });
        }
        let Place { mut id, mut depth, mut parent, mut siblings, .. } = place;
        while depth > 0 {
            if let Some(sibling) = self.child(parent, siblings) {
                return Some(Place { depth, ..sibling });
            }
            id = parent;
            depth = depth.saturating_sub(1);
            if depth > 0 {
                parent = StateRow::parent(self.organization(id).state_at(self.moment)?)?.id;
                let rows = self.organization(parent).child_rows();
                siblings = rows.get(rows.partition_point(|row| LinkRow::from_row(row).id <= id)..)?;
            }
        }
        if self.whole { self.root_from(id.saturating_add(1)) } else { None }
    }

    fn organization(&self, id: u32) -> Organization<'a> {
        Organization::new(self.chronicle, id)
    }

    /// The first of these that is a child then.
    #[inline(never)]
    fn child(&self, parent: u32, mut rows: &'a [[u32; LinkRow::WORDS]]) -> Option<Place<'a>> {
        while let Some((row, siblings)) = rows.split_first() {
            rows = siblings;
            let id = LinkRow::from_row(row).id;
            if let Some(state) = self.organization(id).state_at(self.moment)
                && StateRow::parent(state).is_some_and(|of| of.id == parent)
            {
                return Some(Place { depth: 0, id, parent, state, siblings });
            }
        }
        None
    }

    /// The first organisation from this id on that belongs to none.
    #[inline(never)]
    fn root_from(&self, id: u32) -> Option<Place<'a>> {
        let mut ids = id..self.chronicle.count(RecordKind::Organization);
        ids.find_map(|id| {
            let state = self.organization(id).state_at(self.moment)?;
            let is_root = StateRow::parent_exists(state).is_none();
            is_root.then_some(Place { depth: 0, id, parent: id, state, siblings: &[] })
        })
    }
}

impl<'a> Iterator for Tree<'a> {
    type Item = Branch<'a>;

    fn next(&mut self) -> Option<Branch<'a>> {
        // Bytes from outside may hold a cycle; a tree has no more branches than there are organisations.
        self.left = self.left.checked_sub(1)?;
        let place = self.next?;
        self.next = self.after(place);
        let organization = self.organization(place.id).with_state(self.moment, place.state);
        Some(Branch { depth: place.depth, organization })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::from(self.next.is_some() && self.left > 0), Some(self.left as usize))
    }
}

/// What differs between two days' trees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change<'a> {
    /// It exists on the second day and did not on the first.
    Added(OrganizationAt<'a>),
    /// It existed on the first day and does not on the second.
    Gone(OrganizationAt<'a>),
    /// It belongs to another organisation; `None` for a root.
    Moved {
        /// The organisation on the second day.
        organization: OrganizationAt<'a>,
        /// What it belonged to.
        from: Option<Organization<'a>>,
        /// What it belongs to.
        to: Option<Organization<'a>>,
    },
    /// It has another name in some language.
    Renamed {
        /// The organisation on the first day.
        before: OrganizationAt<'a>,
        /// The organisation on the second day.
        after: OrganizationAt<'a>,
    },
}

/// The changes between two days, organisation by organisation; see [`Records::differences`].
///
/// 56 bytes on a 32-bit target.
#[derive(Clone, Debug)]
pub struct Differences<'a> {
    organizations: crate::record::Iter<'a, Organization<'a>>,
    from: Moment,
    to: Moment,
    renamed: Option<Change<'a>>,
}

impl<'a> Iterator for Differences<'a> {
    type Item = Change<'a>;

    #[inline(never)]
    fn next(&mut self) -> Option<Change<'a>> {
        if let Some(renamed) = self.renamed.take() {
            return Some(renamed);
        }
        loop {
            let organization = self.organizations.next()?;
            let (before, after) = match (organization.at_moment(self.from), organization.at_moment(self.to)) {
                (None, None) => continue,
                (None, Some(after)) => return Some(Change::Added(after)),
                (Some(before), None) => return Some(Change::Gone(before)),
                (Some(before), Some(after)) => (before, after),
            };
            let name = |at: OrganizationAt<'a>| StateRow::name(at.state()).map(|(name, _)| name);
            let renamed = (name(before) != name(after)).then_some(Change::Renamed { before, after });
            let parent = |at: OrganizationAt<'a>| at.parent().map(|parent| parent.value);
            let (from, to) = (parent(before), parent(after));
            if from.map(|parent| parent.id) != to.map(|parent| parent.id) {
                self.renamed = renamed;
                return Some(Change::Moved { organization: after, from, to });
            }
            if renamed.is_some() {
                return renamed;
            }
        }
    }
}

impl<'a> Records<'a, Organization<'a>> {
    /// The whole tree as of a day: every organisation that may exist then, in display order with its depth.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Edtf, Key, QST};
    /// let tree = QST.organizations().tree(Edtf::parse("2019-05").unwrap().as_of());
    /// let root = tree.clone().next().unwrap();
    /// assert_eq!((root.depth, root.organization.organization().key()), (0, Key::of("qst")));
    /// # }
    /// ```
    pub fn tree(&self, day: Day) -> Tree<'a> {
        let left = self.chronicle.count(RecordKind::Organization);
        let mut tree = Tree { chronicle: self.chronicle, moment: day.into(), whole: true, next: None, left };
        tree.next = tree.root_from(0);
        tree
    }

    /// What was added, went, moved or was renamed between two days, in display order.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Change, Day, Key, QST};
    /// let (a, b) = (Day::from_ymd(2019, 5, 31).unwrap(), Day::from_ymd(2021, 5, 31).unwrap());
    /// let gone = |key| QST.organizations().differences(a, b).any(|change| {
    ///     matches!(change, Change::Gone(o) if o.organization().key() == Key::of(key))
    /// });
    /// assert!(gone("nirs"));
    /// assert!(!gone("qst-hospital"));
    /// # }
    /// ```
    pub fn differences(&self, from: Day, to: Day) -> Differences<'a> {
        Differences { organizations: self.iter(), from: from.into(), to: to.into(), renamed: None }
    }
}
