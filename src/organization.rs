//! Organisations as of any day: names, kinds, parents, trees and lineage. Runs on the target.

use core::fmt;

use nenpyo_schema::{
    Aspect, Day, Edtf, Language, LinkKind, LinkRow, OrganizationKind, PackedEnd, ParentRelation, PeriodRow, Qualifier,
    RecordKind, ReferrerKind,
};

use crate::chronicle::Chronicle;
use crate::record::{Links, Node, Record, Records, described, view};
use crate::text::Text;

view! {
    /// An organisation or organisational unit (W3C ORG): one record through all its names, kinds and parents.
    Organization,
    /// The position of an organisation in its chronicle.
    OrganizationId
}

described!(Organization, name);

/// A value as of a day, and whether that is certain.
///
/// Uncertain is what may hold: a period whose first day may have come, whose last day may not have passed,
/// or whose dates are unknown or qualified with `?`, `~` or `%`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf<T> {
    /// The value.
    pub value: T,
    /// Whether it certainly held on that day.
    pub certain: bool,
}

/// One end of a period. 28 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Nothing is known.
    Unknown,
    /// It was always so, or is still so.
    Open,
    /// The first or last day.
    Date(Edtf),
}

impl End {
    fn unpack(end: PackedEnd) -> Self {
        match end {
            PackedEnd::Unknown => Self::Unknown,
            PackedEnd::Open => Self::Open,
            PackedEnd::Date(date) => date.unpack().map_or(Self::Unknown, Self::Date),
        }
    }

    /// The date, if it is one.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// let qst = QST.organizations().by_key(Key::of("qst")).unwrap();
    /// assert_eq!(qst.existence().from.date().unwrap().to_string(), "2016-04-01");
    /// assert_eq!(qst.existence().to.date(), None);
    /// # }
    /// ```
    pub const fn date(&self) -> Option<Edtf> {
        match self {
            Self::Date(date) => Some(*date),
            Self::Unknown | Self::Open => None,
        }
    }
}

/// A first and a last day. 56 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: End,
    /// The last day.
    pub to: End,
}

impl Period {
    pub(crate) const UNKNOWN: Self = Self { from: End::Unknown, to: End::Unknown };

    pub(crate) fn of(row: &PeriodRow) -> Self {
        Self { from: End::unpack(row.from), to: End::unpack(row.to) }
    }

    /// Whether the day lies in the period: `None` if certainly not, otherwise whether certainly.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Day, Key, QST};
    /// let qst = QST.organizations().by_key(Key::of("qst")).unwrap();
    /// let period = qst.existence();
    /// assert_eq!(period.contains(Day::from_ymd(2016, 3, 31).unwrap()), None);
    /// assert_eq!(period.contains(Day::from_ymd(2016, 4, 1).unwrap()), Some(true));
    /// # }
    /// ```
    pub fn contains(&self, day: Day) -> Option<bool> {
        let from = match self.from {
            End::Unknown => Some(false),
            End::Open => Some(true),
            End::Date(date) => {
                let days = date.days();
                (day >= days.begin_earliest).then_some(day >= days.begin_latest && date.qualifier() == Qualifier::None)
            }
        }?;
        let to = match self.to {
            End::Unknown => Some(false),
            End::Open => Some(true),
            End::Date(date) => {
                let days = date.days();
                (day <= days.end_latest).then_some(day <= days.end_earliest && date.qualifier() == Qualifier::None)
            }
        }?;
        Some(from && to)
    }
}

/// Something that held for a time: a name, a kind, a parent, a supervisor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held<T> {
    /// What held.
    pub value: T,
    /// When.
    pub period: Period,
}

impl<'a> Organization<'a> {
    fn rows(&self, aspect: Aspect) -> &'a [[u8; PeriodRow::BYTES]] {
        period_rows(self.node(), aspect)
    }

    fn held(&self, aspect: Aspect) -> impl DoubleEndedIterator<Item = Held<PeriodRow>> + ExactSizeIterator + use<'a> {
        self.rows(aspect).iter().map(|row| {
            let row = PeriodRow::from_bytes(row);
            Held { value: row, period: Period::of(&row) }
        })
    }

    /// What held on a day: the last certain one, or else the last possible one.
    fn held_at(&self, aspect: Aspect, day: Day) -> Option<AsOf<PeriodRow>> {
        let mut best: Option<AsOf<PeriodRow>> = None;
        for held in self.held(aspect) {
            let Some(certain) = held.period.contains(day) else { continue };
            if certain || best.is_none_or(|best| !best.certain) {
                best = Some(AsOf { value: held.value, certain });
            }
        }
        best
    }

    /// Its beginning and end; unknown ones are [`End::Unknown`].
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{End, Key, QST};
    /// let nirs = QST.organizations().by_key(Key::of("nirs")).unwrap();
    /// assert!(matches!(nirs.existence().to, End::Date(_)));
    /// # }
    /// ```
    pub fn existence(&self) -> Period {
        self.held(Aspect::Existence).next().map_or(Period::UNKNOWN, |held| held.period)
    }

    /// Every name it had, in order of time.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja"))] {
    /// use nenpyo::{Key, Language, QST};
    /// let fusion = QST.organizations().by_key(Key::of("qst-fusion-energy-directorate")).unwrap();
    /// let mut names = fusion.names(Language::JA);
    /// assert_eq!(names.next().unwrap().value, "核融合エネルギー研究開発部門");
    /// # }
    /// ```
    pub fn names(&self, language: Language) -> impl DoubleEndedIterator<Item = Held<Text<'a>>> + use<'a> {
        let chronicle = self.chronicle;
        self.held(Aspect::Name).filter_map(move |held| {
            Some(Held { value: chronicle.name(language, held.value.value)?, period: held.period })
        })
    }

    /// Every kind it was, in order of time.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// let nirs = QST.organizations().by_key(Key::of("nirs")).unwrap();
    /// assert!(nirs.kinds().count() > 2);
    /// # }
    /// ```
    pub fn kinds(&self) -> impl DoubleEndedIterator<Item = Held<OrganizationKind>> + use<'a> {
        self.held(Aspect::Kind).filter_map(|held| Some(Held { value: kind_of(&held.value)?, period: held.period }))
    }

    /// Every parent it had and how it belonged to it, in order of time.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// let naka = QST.organizations().by_key(Key::of("naka-institute")).unwrap();
    /// assert!(naka.parents().count() > 1);
    /// # }
    /// ```
    pub fn parents(&self) -> impl DoubleEndedIterator<Item = Held<(Organization<'a>, ParentRelation)>> + use<'a> {
        let chronicle = self.chronicle;
        self.held(Aspect::Parent)
            .filter_map(move |held| Some(Held { value: parent_of(chronicle, &held.value)?, period: held.period }))
    }

    /// Every organisation that supervised it.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// let qst = QST.organizations().by_key(Key::of("qst")).unwrap();
    /// assert!(qst.supervisors().any(|held| held.value.key() == Key::of("nra")));
    /// # }
    /// ```
    pub fn supervisors(&self) -> impl DoubleEndedIterator<Item = Held<Organization<'a>>> + use<'a> {
        let chronicle = self.chronicle;
        self.held(Aspect::Supervisor)
            .map(move |held| Held { value: Organization::new(chronicle, held.value.value), period: held.period })
    }

    /// Its short name.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "en"))] {
    /// use nenpyo::{Key, Language, QST};
    /// let nirs = QST.organizations().by_key(Key::of("nirs")).unwrap();
    /// assert_eq!(nirs.short_name(Language::EN).unwrap(), "NIRS");
    /// # }
    /// ```
    pub fn short_name(&self, language: Language) -> Option<Text<'a>> {
        let row = self.held(Aspect::ShortName).next()?;
        self.chronicle.name(language, row.value.value)
    }

    /// The organisation as it was on a day; `None` if it certainly did not exist.
    ///
    /// A month or a year means its last day: `date.as_of()`.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Day, Edtf, Key, QST};
    /// let nirs = QST.organizations().by_key(Key::of("nirs")).unwrap();
    /// let then = nirs.at(Edtf::parse("2019-05").unwrap().as_of()).unwrap();
    /// assert_eq!(then.parent().unwrap().value.key(), Key::of("qst-quantum-medical-science-directorate"));
    /// assert!(nirs.at(Day::from_ymd(2021, 4, 1).unwrap()).is_none());
    /// # }
    /// ```
    pub fn at(&self, day: Day) -> Option<OrganizationAt<'a>> {
        let certain = self.existence().contains(day)?;
        Some(OrganizationAt { organization: *self, day, certain })
    }

    /// What it belonged to on a day, what that belonged to, and so on up to the root.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Day, Key, QST};
    /// let hospital = QST.organizations().by_key(Key::of("qst-hospital")).unwrap();
    /// let day = Day::from_ymd(2019, 5, 31).unwrap();
    /// assert_eq!(hospital.ancestors(day).last().unwrap().value.key(), Key::of("qst"));
    /// # }
    /// ```
    pub fn ancestors(&self, day: Day) -> Ancestors<'a> {
        // Bytes from outside may hold a cycle; a chain longer than all organisations is one.
        Ancestors { next: Some(*self), day, left: self.chronicle.count(RecordKind::Organization) }
    }

    /// The organisations that it came from in a change event.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// let qst = QST.organizations().by_key(Key::of("qst")).unwrap();
    /// assert!(qst.predecessors().any(|o| o.key() == Key::of("jaea-fusion-division")));
    /// # }
    /// ```
    pub fn predecessors(&self) -> Links<'a, Organization<'a>> {
        self.node().linked(LinkKind::Predecessor)
    }

    /// The organisations that came from it in a change event.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// let jaeri = QST.organizations().by_key(Key::of("jaeri")).unwrap();
    /// assert!(jaeri.successors().any(|o| o.key() == Key::of("jaea")));
    /// # }
    /// ```
    pub fn successors(&self) -> Links<'a, Organization<'a>> {
        self.node().linked(LinkKind::Successor)
    }

    /// Everything that it came from, in any number of steps, and everything that came from it; itself between.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// let nirs = QST.organizations().by_key(Key::of("nirs")).unwrap();
    /// let line = nirs.lineage();
    /// assert!(line.clone().any(|o| o.key() == Key::of("qst-institute-for-quantum-medical-science")));
    /// assert!(line.clone().any(|o| o == nirs));
    /// # }
    /// ```
    pub fn lineage(&self) -> impl DoubleEndedIterator<Item = Organization<'a>> + Clone + use<'a> {
        let forebears: Links<'a, Self> = self.node().linked(LinkKind::Forebear);
        forebears.chain(core::iter::once(*self)).chain(self.node().linked(LinkKind::Heir))
    }

    /// Organisations that it supervised at some time.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// let nra = QST.organizations().by_key(Key::of("nra")).unwrap();
    /// assert!(nra.supervised().any(|o| o.key() == Key::of("qst")));
    /// # }
    /// ```
    pub fn supervised(&self) -> Links<'a, Organization<'a>> {
        self.node().referrers(ReferrerKind::Supervised)
    }

    fn child_rows(&self) -> &'a [[u8; LinkRow::BYTES]] {
        self.node().referrer_rows(ReferrerKind::Child)
    }
}

/// The period rows of a record that are about one aspect.
pub(crate) fn period_rows(node: Node<'_>, aspect: Aspect) -> &[[u8; PeriodRow::BYTES]] {
    let tables = node.chronicle.tables();
    let rows = match node.kind {
        RecordKind::Source => tables.sources.periods.get(node.id),
        // Milestones come first and have no periods.
        _ => tables.periods.get(node.number().wrapping_sub(node.chronicle.count(RecordKind::Milestone))),
    };
    let rank = |row: &[u8; PeriodRow::BYTES]| PeriodRow::from_bytes(row).aspect;
    let start = rows.partition_point(|row| rank(row) < aspect as u8);
    let end = rows.partition_point(|row| rank(row) <= aspect as u8);
    rows.get(start..end).unwrap_or_default()
}

fn kind_of(row: &PeriodRow) -> Option<OrganizationKind> {
    u8::try_from(row.value).ok().and_then(OrganizationKind::from_byte)
}

fn parent_of<'a>(chronicle: &'a Chronicle<'a>, row: &PeriodRow) -> Option<(Organization<'a>, ParentRelation)> {
    let link = LinkRow::from_bytes(&row.value.to_le_bytes());
    Some((Organization::new(chronicle, link.id), ParentRelation::from_byte(link.tag)?))
}

/// An organisation on a day; see [`Organization::at`]. 16 bytes on a 32-bit target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrganizationAt<'a> {
    organization: Organization<'a>,
    day: Day,
    certain: bool,
}

impl<'a> OrganizationAt<'a> {
    /// The organisation.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Day, Key, QST};
    /// let nirs = QST.organizations().by_key(Key::of("nirs")).unwrap();
    /// let then = nirs.at(Day::from_ymd(2010, 6, 1).unwrap()).unwrap();
    /// assert_eq!(then.organization(), nirs);
    /// # }
    /// ```
    pub const fn organization(&self) -> Organization<'a> {
        self.organization
    }

    /// The day.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Day, Key, QST};
    /// let day = Day::from_ymd(2010, 6, 1).unwrap();
    /// let nirs = QST.organizations().by_key(Key::of("nirs")).unwrap();
    /// assert_eq!(nirs.at(day).unwrap().day(), day);
    /// # }
    /// ```
    pub const fn day(&self) -> Day {
        self.day
    }

    /// Whether it certainly existed.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Day, Key, QST};
    /// let qst = QST.organizations().by_key(Key::of("qst")).unwrap();
    /// assert!(qst.at(Day::from_ymd(2016, 4, 1).unwrap()).unwrap().is_certain());
    /// # }
    /// ```
    pub const fn is_certain(&self) -> bool {
        self.certain
    }

    /// Its name then.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja"))] {
    /// use nenpyo::{Day, Key, Language, QST};
    /// let fusion = QST.organizations().by_key(Key::of("qst-fusion-energy-directorate")).unwrap();
    /// let then = fusion.at(Day::from_ymd(2019, 5, 31).unwrap()).unwrap();
    /// assert_eq!(then.name(Language::JA).unwrap().value, "核融合エネルギー部門");
    /// # }
    /// ```
    pub fn name(&self, language: Language) -> Option<AsOf<Text<'a>>> {
        let held = self.organization.held_at(Aspect::Name, self.day)?;
        let value = self.organization.chronicle.name(language, held.value.value)?;
        Some(AsOf { value, certain: held.certain })
    }

    /// Whether its name then in this language is our own description and no official name.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja"))] {
    /// use nenpyo::{Day, Key, Language, QST};
    /// let qst = QST.organizations().by_key(Key::of("qst")).unwrap();
    /// assert!(!qst.at(Day::from_ymd(2020, 1, 1).unwrap()).unwrap().is_descriptive(Language::JA));
    /// # }
    /// ```
    pub fn is_descriptive(&self, language: Language) -> bool {
        let bit = self.organization.chronicle.language_bit(language);
        self.organization.held_at(Aspect::Name, self.day).is_some_and(|held| held.value.flags & bit != 0)
    }

    /// What it was then.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Day, Key, OrganizationKind, QST};
    /// let nirs = QST.organizations().by_key(Key::of("nirs")).unwrap();
    /// let kind = |y| nirs.at(Day::from_ymd(y, 6, 1).unwrap()).unwrap().kind().unwrap().value;
    /// assert_eq!(kind(2010), OrganizationKind::IncorporatedAdministrativeAgency);
    /// assert_eq!(kind(2017), OrganizationKind::Institute);
    /// # }
    /// ```
    pub fn kind(&self) -> Option<AsOf<OrganizationKind>> {
        let held = self.organization.held_at(Aspect::Kind, self.day)?;
        Some(AsOf { value: kind_of(&held.value)?, certain: held.certain })
    }

    /// What it belonged to then, if that existed; see also [`relation`](Self::relation).
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Day, Key, QST};
    /// let naka = QST.organizations().by_key(Key::of("naka-institute")).unwrap();
    /// let then = naka.at(Day::from_ymd(2016, 4, 1).unwrap()).unwrap();
    /// assert_eq!(then.parent().unwrap().value.key(), Key::of("qst-fusion-energy-directorate"));
    /// # }
    /// ```
    pub fn parent(&self) -> Option<AsOf<Organization<'a>>> {
        let held = self.organization.held_at(Aspect::Parent, self.day)?;
        let (parent, _) = parent_of(self.organization.chronicle, &held.value)?;
        let exists = parent.existence().contains(self.day)?;
        Some(AsOf { value: parent, certain: held.certain && exists })
    }

    /// How it belonged to its parent then.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Day, Key, ParentRelation, QST};
    /// let naka = QST.organizations().by_key(Key::of("naka-institute")).unwrap();
    /// let then = naka.at(Day::from_ymd(2016, 4, 1).unwrap()).unwrap();
    /// assert_eq!(then.relation(), Some(ParentRelation::Unit));
    /// # }
    /// ```
    pub fn relation(&self) -> Option<ParentRelation> {
        let held = self.organization.held_at(Aspect::Parent, self.day)?;
        parent_of(self.organization.chronicle, &held.value).map(|(_, relation)| relation)
    }

    /// Who supervised it then.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Day, Key, QST};
    /// let qst = QST.organizations().by_key(Key::of("qst")).unwrap();
    /// let then = qst.at(Day::from_ymd(2019, 5, 31).unwrap()).unwrap();
    /// assert!(then.supervisors().any(|s| s.value.key() == Key::of("mext")));
    /// # }
    /// ```
    pub fn supervisors(&self) -> impl DoubleEndedIterator<Item = AsOf<Organization<'a>>> + use<'a> {
        let day = self.day;
        self.organization.supervisors().filter_map(move |held| {
            let certain = held.period.contains(day)?;
            Some(AsOf { value: held.value, certain })
        })
    }

    /// What belonged to it then, in display order.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Day, Key, QST};
    /// let qst = QST.organizations().by_key(Key::of("qst")).unwrap();
    /// let then = qst.at(Day::from_ymd(2021, 5, 31).unwrap()).unwrap();
    /// let first = then.children().next().unwrap();
    /// assert_eq!(first.organization().key(), Key::of("qst-quantum-life-and-medical-science-directorate"));
    /// # }
    /// ```
    pub fn children(&self) -> impl DoubleEndedIterator<Item = OrganizationAt<'a>> + use<'a> {
        let (parent, day) = (self.organization, self.day);
        parent.child_rows().iter().filter_map(move |row| child_at(parent, day, row))
    }

    /// Itself and everything below it then, in display order.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Day, Key, QST};
    /// let qst = QST.organizations().by_key(Key::of("qst")).unwrap();
    /// let tree = qst.at(Day::from_ymd(2016, 4, 1).unwrap()).unwrap().tree();
    /// assert!(tree.clone().count() > 8);
    /// assert!(tree.map(|branch| branch.depth).max() >= Some(2));
    /// # }
    /// ```
    pub fn tree(&self) -> Tree<'a> {
        Tree {
            chronicle: self.organization.chronicle,
            day: self.day,
            whole: false,
            next: Some(Branch { depth: 0, organization: *self }),
            left: self.organization.chronicle.count(RecordKind::Organization),
        }
    }
}

fn child_at<'a>(parent: Organization<'a>, day: Day, row: &[u8; LinkRow::BYTES]) -> Option<OrganizationAt<'a>> {
    let child = Organization::new(parent.chronicle, LinkRow::from_bytes(row).id).at(day)?;
    (child.parent()?.value.id == parent.id).then_some(child)
}

/// What an organisation belonged to, step by step; see [`Organization::ancestors`].
#[derive(Clone, Debug)]
pub struct Ancestors<'a> {
    next: Option<Organization<'a>>,
    day: Day,
    left: u32,
}

impl<'a> Iterator for Ancestors<'a> {
    type Item = AsOf<Organization<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let parent = self.next?.at(self.day)?.parent();
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
/// 36 bytes on a 32-bit target, however deep the tree is.
/// Organisations are numbered in display order, so the next sibling is found by number in the parent's list.
#[derive(Clone, Debug)]
pub struct Tree<'a> {
    chronicle: &'a Chronicle<'a>,
    day: Day,
    whole: bool,
    next: Option<Branch<'a>>,
    left: u32,
}

impl<'a> Tree<'a> {
    fn after(&self, branch: Branch<'a>) -> Option<Branch<'a>> {
        if let Some(child) = branch.organization.children().next() {
            return Some(Branch { depth: branch.depth.saturating_add(1), organization: child });
        }
        let mut at = branch;
        while at.depth > 0 {
            let parent = at.organization.parent()?.value;
            if let Some(sibling) = next_child(parent, self.day, at.organization.organization.id) {
                return Some(Branch { depth: at.depth, organization: sibling });
            }
            at = Branch { depth: at.depth.saturating_sub(1), organization: parent.at(self.day)? };
        }
        if self.whole { self.root_from(at.organization.organization.id.saturating_add(1)) } else { None }
    }

    fn root_from(&self, id: u32) -> Option<Branch<'a>> {
        let mut ids = id..self.chronicle.count(RecordKind::Organization);
        ids.find_map(|id| {
            let organization = Organization::new(self.chronicle, id).at(self.day)?;
            organization.parent().is_none().then_some(Branch { depth: 0, organization })
        })
    }
}

fn next_child(parent: Organization<'_>, day: Day, id: u32) -> Option<OrganizationAt<'_>> {
    let rows = parent.child_rows();
    let start = rows.partition_point(|row| LinkRow::from_bytes(row).id <= id);
    rows.get(start..)?.iter().find_map(|row| child_at(parent, day, row))
}

impl<'a> Iterator for Tree<'a> {
    type Item = Branch<'a>;

    fn next(&mut self) -> Option<Branch<'a>> {
        // Bytes from outside may hold a cycle; a tree has no more branches than there are organisations.
        self.left = self.left.checked_sub(1)?;
        let branch = self.next?;
        self.next = self.after(branch);
        Some(branch)
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
    from: Day,
    to: Day,
    renamed: Option<Change<'a>>,
}

impl<'a> Iterator for Differences<'a> {
    type Item = Change<'a>;

    fn next(&mut self) -> Option<Change<'a>> {
        if let Some(renamed) = self.renamed.take() {
            return Some(renamed);
        }
        loop {
            let organization = self.organizations.next()?;
            let (before, after) = match (organization.at(self.from), organization.at(self.to)) {
                (None, None) => continue,
                (None, Some(after)) => return Some(Change::Added(after)),
                (Some(before), None) => return Some(Change::Gone(before)),
                (Some(before), Some(after)) => (before, after),
            };
            let name =
                |at: OrganizationAt<'a>| at.organization.held_at(Aspect::Name, at.day).map(|held| held.value.value);
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
        let tree = Tree { chronicle: self.chronicle, day, whole: true, next: None, left };
        Tree { next: tree.root_from(0), ..tree }
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
        Differences { organizations: self.iter(), from, to, renamed: None }
    }
}

impl<T: fmt::Display> fmt::Display for AsOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}
