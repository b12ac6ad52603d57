//! Organisations as of any day: names, kinds, parents and lineage. Runs on the target.

use nenpyo_schema::{
    Aspect, Day, Language, LinkKind, LinkRow, OrganizationKind, ParentRelation, PeriodRow, RecordKind, ReferrerKind,
    StateRow,
};

use crate::chronicle::Chronicle;
use crate::links::Links;
use crate::period::{AsOf, Held, Moment, Period, all_period_rows, period_rows};
use crate::record::{Record, described, view};
use crate::text::Text;
use crate::tree::{Ancestors, Tree};

view! {
    /// An organisation or organisational unit (W3C ORG): one record through all its names, kinds and parents.
    Organization,
    /// The position of an organisation in its chronicle.
    OrganizationId
}

described!(Organization, name);

impl<'a> Organization<'a> {
    fn rows(&self, aspect: Aspect) -> &'a [[u32; PeriodRow::WORDS]] {
        period_rows(self.node(), aspect)
    }

    fn held(&self, aspect: Aspect) -> impl DoubleEndedIterator<Item = Held<u32>> + use<'a> {
        self.rows(aspect).iter().map(|row| Held { value: PeriodRow::value(row), period: Period::of(row) })
    }

    /// What held on a day: the row of the last certain one, or else of the last possible one.
    pub(crate) fn held_at(&self, aspect: Aspect, moment: Moment) -> Option<AsOf<&'a [u32; PeriodRow::WORDS]>> {
        let (value, certain) = PeriodRow::held(all_period_rows(self.node()), aspect, moment.civil)?;
        Some(AsOf { value, certain })
    }

    /// How it was on a day; `None` if it certainly did not exist.
    #[inline]
    pub(crate) fn state_at(&self, moment: Moment) -> Option<&'a [u32; StateRow::WORDS]> {
        let row = StateRow::find(self.chronicle.tables().states.get(self.id), moment.civil)?;
        StateRow::exists(row).map(|_| row)
    }

    /// Whether it belonged to that organisation, in any number of steps.
    #[inline(never)]
    pub(crate) fn was_below(&self, above: OrganizationId, moment: Moment) -> bool {
        let mut at = *self;
        // Bytes from outside may hold a cycle; a chain longer than all organisations is one.
        for _ in 0..self.chronicle.count(RecordKind::Organization) {
            let parent = at.state_at(moment).and_then(|row| parent_of_state(self.chronicle, row));
            let Some(parent) = parent else { return false };
            at = parent.value;
            if at.id() == above {
                return true;
            }
        }
        false
    }

    /// The organisation at a moment at which it was so.
    pub(crate) const fn with_state(&self, moment: Moment, state: &'a [u32; StateRow::WORDS]) -> OrganizationAt<'a> {
        OrganizationAt { organization: *self, moment, state }
    }

    /// The organisation at a moment; `None` if it certainly did not exist.
    pub(crate) fn at_moment(&self, moment: Moment) -> Option<OrganizationAt<'a>> {
        Some(self.with_state(moment, self.state_at(moment)?))
    }

    /// Its beginning and end; unknown ones are [`End::Unknown`](crate::End::Unknown).
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{End, Key, QST};
    /// let nirs = QST.organizations().by_key(Key::of("nirs")).unwrap();
    /// assert!(matches!(nirs.existence().to, End::Date(_)));
    /// # }
    /// ```
    pub fn existence(&self) -> Period {
        self.rows(Aspect::Existence).first().map_or(Period::UNKNOWN, Period::of)
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
        self.held(Aspect::Name)
            .filter_map(move |held| Some(Held { value: chronicle.name(language, held.value)?, period: held.period }))
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
        self.held(Aspect::Kind).filter_map(|held| Some(Held { value: kind_of(held.value)?, period: held.period }))
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
            .filter_map(move |held| Some(Held { value: parent_of(chronicle, held.value)?, period: held.period }))
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
            .map(move |held| Held { value: Organization::new(chronicle, held.value), period: held.period })
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
        let row = self.rows(Aspect::ShortName).first()?;
        self.chronicle.name(language, PeriodRow::value(row))
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
        self.at_moment(day.into())
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
        Ancestors::of(*self, day.into())
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

    pub(crate) fn child_rows(&self) -> &'a [[u32; LinkRow::WORDS]] {
        self.node().referrer_rows(ReferrerKind::Child)
    }
}

fn kind_of(value: u32) -> Option<OrganizationKind> {
    u8::try_from(value).ok().and_then(OrganizationKind::from_byte)
}

fn parent_of<'a>(chronicle: &'a Chronicle<'a>, value: u32) -> Option<(Organization<'a>, ParentRelation)> {
    let link = LinkRow::from_word(value);
    Some((Organization::new(chronicle, link.id), ParentRelation::from_byte(link.tag)?))
}

/// What an organisation belonged to that was so, if that existed.
fn parent_of_state<'a>(chronicle: &'a Chronicle<'a>, state: &[u32; StateRow::WORDS]) -> Option<AsOf<Organization<'a>>> {
    let certain = StateRow::parent_exists(state)?;
    Some(AsOf { value: Organization::new(chronicle, StateRow::parent(state)?.id), certain })
}

/// An organisation on a day; see [`Organization::at`]. 20 bytes on a 32-bit target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrganizationAt<'a> {
    organization: Organization<'a>,
    moment: Moment,
    state: &'a [u32; StateRow::WORDS],
}

impl<'a> OrganizationAt<'a> {
    pub(crate) const fn state(&self) -> &'a [u32; StateRow::WORDS] {
        self.state
    }

    pub(crate) const fn moment(&self) -> Moment {
        self.moment
    }

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
        self.moment.day
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
        matches!(StateRow::exists(self.state), Some(true))
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
        let (name, certain) = StateRow::name(self.state)?;
        Some(AsOf { value: self.organization.chronicle.name(language, name)?, certain })
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
        let held = self.organization.held_at(Aspect::Name, self.moment);
        held.is_some_and(|held| PeriodRow::flags(held.value) & bit != 0)
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
        let held = self.organization.held_at(Aspect::Kind, self.moment)?;
        Some(AsOf { value: kind_of(PeriodRow::value(held.value))?, certain: held.certain })
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
        parent_of_state(self.organization.chronicle, self.state)
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
        ParentRelation::from_byte(StateRow::parent(self.state)?.tag)
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
        let (chronicle, moment) = (self.organization.chronicle, self.moment);
        self.organization.rows(Aspect::Supervisor).iter().filter_map(move |row| {
            let certain = PeriodRow::contains(row, moment.civil)?;
            Some(AsOf { value: Organization::new(chronicle, PeriodRow::value(row)), certain })
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
        let (parent, moment) = (self.organization, self.moment);
        parent.child_rows().iter().filter_map(move |row| {
            let child = Organization::new(parent.chronicle, LinkRow::from_row(row).id);
            let state = child.state_at(moment)?;
            (StateRow::parent(state)?.id == parent.id).then(|| child.with_state(moment, state))
        })
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
        Tree::below(*self)
    }
}
