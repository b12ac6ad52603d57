//! Milestones: what happened, when, and what it names. Runs on the target.

use core::fmt;

use nenpyo_schema::{Day, Edtf, LinkKind, LinkRow, MilestoneKind, MilestoneRow, ReferrerKind, Role};

use crate::chronicle::Chronicle;
use crate::links::Links;
use crate::organization::{Organization, OrganizationId};
use crate::period::Moment;
use crate::record::{Record, described, view};
use crate::{Document, Person, Site, Theme};

view! {
    /// Something that happened or went on (schema.org `Event`; with originals or results, a W3C ORG `ChangeEvent`).
    Milestone,
    /// The position of a milestone in its chronicle.
    MilestoneId
}

described!(Milestone, title);

/// An organisation and what it did in a milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Participant<'a> {
    /// The organisation.
    pub organization: Organization<'a>,
    /// What it did.
    pub role: Role,
}

impl<'a> Milestone<'a> {
    pub(crate) fn row(&self) -> Option<&'a [u32; MilestoneRow::WORDS]> {
        self.chronicle.tables().milestones.get(self.id as usize)
    }

    /// The chosen date.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{key, QST};
    /// let agreement = QST.milestones().by_key(key::QUANTUM_SCALPEL_AGREEMENT).unwrap();
    /// assert_eq!(agreement.date().to_string(), "2016-12-13");
    /// # }
    /// ```
    pub fn date(&self) -> Edtf {
        // Every row was unpacked once, by the code generator or at opening.
        self.row().map_or(Edtf::from_year(0), |row| MilestoneRow::date(row).read())
    }

    /// The earliest day on which it may have begun.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{key, Day, QST};
    /// let reform = QST.milestones().by_key(key::QST_ESTABLISHED).unwrap();
    /// assert_eq!(reform.earliest(), Day::from_ymd(2016, 4, 1).unwrap());
    /// # }
    /// ```
    pub fn earliest(&self) -> Day {
        self.row().map_or(Day::MIN, MilestoneRow::earliest)
    }

    /// The latest day on which it may have ended; [`Day::MAX`] if it goes on.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{key, QST};
    /// let reform = QST.milestones().by_key(key::QST_ESTABLISHED).unwrap();
    /// assert_eq!(reform.latest(), reform.earliest());
    /// # }
    /// ```
    pub fn latest(&self) -> Day {
        self.row().map_or(Day::MAX, MilestoneRow::latest)
    }

    /// What sort of milestone it is.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{key, MilestoneKind, QST};
    /// let milestone = QST.milestones().by_key(key::QST_ESTABLISHED).unwrap();
    /// assert_eq!(milestone.kind(), MilestoneKind::Founding);
    /// # }
    /// ```
    pub fn kind(&self) -> MilestoneKind {
        // Milestones are the first of all records.
        let byte = self.chronicle.tables().subkinds.get(self.id as usize);
        byte.and_then(|byte| MilestoneKind::from_byte(*byte)).unwrap_or(MilestoneKind::State)
    }

    /// The organisations in it and what they did, in the order they were written.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{key, Key, QST, Role};
    /// let founding = QST.milestones().by_key(key::QST_ESTABLISHED).unwrap();
    /// let result = founding.participants().find(|p| p.role == Role::Resulting).unwrap();
    /// assert_eq!(result.organization.key(), Key::of("qst"));
    /// # }
    /// ```
    pub fn participants(&self) -> Participants<'a> {
        let rows = self.node().links(LinkKind::Participant(Role::Original));
        Participants { chronicle: self.chronicle, rows: rows.iter() }
    }

    /// Where it happened.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{key, Key, QST};
    /// let founding = QST.milestones().by_key(key::QST_ESTABLISHED).unwrap();
    /// assert!(founding.sites().any(|site| site.key() == Key::of("chiba")));
    /// # }
    /// ```
    pub fn sites(&self) -> Links<'a, Site<'a>> {
        self.node().linked(LinkKind::Site)
    }

    /// What it is about.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{key, QST};
    /// let agreement = QST.milestones().by_key(key::QUANTUM_SCALPEL_AGREEMENT).unwrap();
    /// assert!(agreement.themes().len() > 0);
    /// # }
    /// ```
    pub fn themes(&self) -> Links<'a, Theme<'a>> {
        self.node().linked(LinkKind::Theme)
    }

    /// Who took part.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{key, Key, QST};
    /// let ceremony = QST.milestones().by_key(key::QST_INAUGURATION_CEREMONY).unwrap();
    /// assert!(ceremony.people().any(|person| person.key() == Key::of("ban-nobuhiko")));
    /// # }
    /// ```
    pub fn people(&self) -> Links<'a, Person<'a>> {
        self.node().linked(LinkKind::Person)
    }

    /// The documents and programmes it concerns.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{key, QST};
    /// let agreement = QST.milestones().by_key(key::QUANTUM_SCALPEL_AGREEMENT).unwrap();
    /// assert_eq!(agreement.documents().len(), 1);
    /// # }
    /// ```
    pub fn documents(&self) -> Links<'a, Document<'a>> {
        self.node().linked(LinkKind::Document)
    }

    /// The larger milestone it is a part of (schema.org `superEvent`).
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{key, QST};
    /// let part = QST.milestones().by_key(key::THREE_DIRECTORATES_2019).unwrap();
    /// assert_eq!(part.part_of().unwrap().key(), key::QST_VER_2_REORGANISATION);
    /// # }
    /// ```
    pub fn part_of(&self) -> Option<Milestone<'a>> {
        self.node().linked(LinkKind::PartOf).next()
    }

    /// The milestones that are parts of it, in order of time.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{key, QST};
    /// let reform = QST.milestones().by_key(key::QST_VER_2_REORGANISATION).unwrap();
    /// assert!(reform.parts().len() >= 5);
    /// # }
    /// ```
    pub fn parts(&self) -> Links<'a, Milestone<'a>> {
        self.node().referrers(ReferrerKind::Part)
    }

    /// The milestones that brought it about, in the order they were written.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{key, QST};
    /// let reform = QST.milestones().by_key(key::QST_VER_2_REORGANISATION).unwrap();
    /// assert!(reform.causes().any(|cause| cause.key() == key::CARBON_ION_INSURANCE_EXTENSION));
    /// # }
    /// ```
    pub fn causes(&self) -> Links<'a, Milestone<'a>> {
        self.node().linked(LinkKind::Cause)
    }

    /// The milestones that it brought about, in order of time.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{key, QST};
    /// let extension = QST.milestones().by_key(key::CARBON_ION_INSURANCE_EXTENSION).unwrap();
    /// assert!(extension.consequences().any(|m| m.key() == key::QST_VER_2_REORGANISATION));
    /// # }
    /// ```
    pub fn consequences(&self) -> Links<'a, Milestone<'a>> {
        self.node().referrers(ReferrerKind::Consequence)
    }

    /// Whether this organisation took part.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{key, Key, QST};
    /// let toshiba = QST.organizations().by_key(Key::of("toshiba")).unwrap();
    /// assert!(QST.milestones().by_key(key::QUANTUM_SCALPEL_AGREEMENT).unwrap().involves(toshiba.id()));
    /// # }
    /// ```
    pub fn involves(&self, organization: OrganizationId) -> bool {
        self.participants().any(|participant| participant.organization.id() == organization)
    }

    /// Whether this organisation took part, or one that was below it then.
    ///
    /// "Then" is the last day the date can mean, and for an original organisation the day before the first one,
    /// because it no longer was on the day itself.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{key, Key, QST};
    /// let qst = QST.organizations().by_key(Key::of("qst")).unwrap();
    /// assert!(QST.milestones().by_key(key::QST_HOSPITAL_2021).unwrap().involves_unit_of(qst.id()));
    /// # }
    /// ```
    pub fn involves_unit_of(&self, organization: OrganizationId) -> bool {
        let (before, then) = (Moment::from(self.earliest().previous()), Moment::from(self.latest()));
        self.participants().any(|participant| {
            let moment = if participant.role == Role::Original { before } else { then };
            participant.organization.id() == organization || participant.organization.was_below(organization, moment)
        })
    }
}

/// Organisations in a milestone, one after the other; see [`Milestone::participants`].
#[derive(Clone)]
pub struct Participants<'a> {
    chronicle: &'a Chronicle<'a>,
    rows: core::slice::Iter<'a, [u32; LinkRow::WORDS]>,
}

impl<'a> Participants<'a> {
    fn read(&self, row: &[u32; LinkRow::WORDS]) -> Participant<'a> {
        let row = LinkRow::from_row(row);
        let role = Role::from_byte(row.tag).unwrap_or(Role::Participant);
        Participant { organization: Organization::new(self.chronicle, row.id), role }
    }
}

impl<'a> Iterator for Participants<'a> {
    type Item = Participant<'a>;

    fn next(&mut self) -> Option<Participant<'a>> {
        let row = self.rows.next()?;
        Some(self.read(row))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl DoubleEndedIterator for Participants<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let row = self.rows.next_back()?;
        Some(self.read(row))
    }
}

impl ExactSizeIterator for Participants<'_> {}

impl fmt::Debug for Participants<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
