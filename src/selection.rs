//! Milestones by date, kind and everything they name, all combined. Runs on the target.

use core::fmt;
use core::ops::{Range, RangeInclusive};

use nenpyo_schema::{Day, Edtf, LinkRow, MilestoneKind, MilestoneRow, RecordKind, ReferrerKind};

use crate::chronicle::Chronicle;
use crate::milestone::Milestone;
use crate::record::{Record, Records, pages};
use crate::{Document, DocumentId, Organization, OrganizationId, Person, PersonId, Site, SiteId, Theme, ThemeId};

/// How a milestone's date must stand to a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Surely,
    Possibly,
    Overlapping,
}

/// The days of a question, from the first to the last: of a date, or named by themselves. 8 bytes.
///
/// What asks the same again, as a timeline does at each redraw, works the days of a date out once.
///
/// ```
/// # #[cfg(feature = "qst")] {
/// use nenpyo::{Day, Edtf, QST, Span};
/// let year = Span::from(&Edtf::from_year(2016));
/// assert_eq!(Some(year.first), Day::from_ymd(2016, 1, 1));
/// let days = Span::from(year.first..=Day::from_ymd(2016, 12, 31).unwrap());
/// assert_eq!(days, year);
/// assert!(QST.milestones().surely_within(year).iter().next().is_some());
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub first: Day,
    /// The last day.
    pub last: Day,
}

impl From<&Edtf> for Span {
    fn from(date: &Edtf) -> Self {
        let days = date.days();
        Self { first: days.begin_earliest, last: days.end_latest }
    }
}

impl From<RangeInclusive<Day>> for Span {
    fn from(days: RangeInclusive<Day>) -> Self {
        Self { first: *days.start(), last: *days.end() }
    }
}

/// The id of a record that a milestone must name, or any. Half the bytes of an `Option`, because no id comes near the
/// greatest number.
#[derive(Clone, Copy)]
struct Only(u32);

impl Only {
    const ANY: Self = Self(u32::MAX);

    fn id(id: impl Into<u32>) -> Self {
        Self(id.into().min(u32::MAX - 1))
    }

    fn get(self) -> Option<u32> {
        (self.0 != u32::MAX).then_some(self.0)
    }

    fn allows(self, named: impl FnOnce(u32) -> bool) -> bool {
        self.get().is_none_or(named)
    }
}

/// Milestones that pass every filter, in order of time. Filters combine; the same one again replaces itself.
///
/// It is 48 bytes on a 32-bit target and copies freely; nothing is looked up before it is iterated.
#[derive(Clone, Copy)]
#[must_use = "nothing is looked up before it is iterated"]
pub struct Selection<'a> {
    chronicle: &'a Chronicle<'a>,
    rule: Option<(Rule, Day, Day)>,
    kind: Option<MilestoneKind>,
    organization: Only,
    unit_of: Only,
    site: Only,
    theme: Only,
    person: Only,
    document: Only,
    month: Option<(u8, Option<u8>)>,
    /// Whether anything else is asked than the date.
    has_more: bool,
}

/// The filters, the same on all milestones and on a selection of them.
macro_rules! filters {
    ($start:expr) => {
        /// Those that surely happened within the span: begun on its first day or later, ended on its last day
        /// or earlier, and the date neither uncertain nor approximate.
        ///
        /// ```
        /// # #[cfg(feature = "qst")] {
        /// use nenpyo::{Edtf, QST};
        /// let april = Edtf::parse("2019-04").unwrap();
        /// let selection = QST.milestones().surely_within(&april);
        /// assert!(selection.iter().all(|m| m.date().to_string().starts_with("2019-04")));
        /// # }
        /// ```
        pub fn surely_within(self, span: impl Into<Span>) -> Selection<'a> {
            $start(self).within(Rule::Surely, span.into())
        }

        /// Those that may have happened within the span: one unknown day of the date lies in it, or a lasting
        /// date can be read so that it does.
        ///
        /// ```
        /// # #[cfg(feature = "qst")] {
        /// use nenpyo::{key, Edtf, QST};
        /// let span = Edtf::parse("2017").unwrap();
        /// let selection = QST.milestones().possibly_within(&span);
        /// assert!(selection.iter().any(|m| m.key() == key::QST_FUTURE_LABORATORY), "a day in 2016 or 2017");
        /// # }
        /// ```
        pub fn possibly_within(self, span: impl Into<Span>) -> Selection<'a> {
            $start(self).within(Rule::Possibly, span.into())
        }

        /// Those that may have been going on at some time of the span.
        ///
        /// ```
        /// # #[cfg(feature = "qst")] {
        /// use nenpyo::{key, Edtf, QST};
        /// let day = Edtf::parse("2017-07-26").unwrap();
        /// let selection = QST.milestones().overlapping(&day);
        /// assert!(selection.iter().any(|m| m.key() == key::FIRST_QST_INTERNATIONAL_SYMPOSIUM));
        /// # }
        /// ```
        pub fn overlapping(self, span: impl Into<Span>) -> Selection<'a> {
            $start(self).within(Rule::Overlapping, span.into())
        }

        /// Those that began in this month of any year, or on this day of it: "on this day".
        ///
        /// ```
        /// # #[cfg(feature = "qst")] {
        /// use nenpyo::{key, QST};
        /// assert!(QST.milestones().on_this_day(4, Some(1)).iter().any(|m| m.key() == key::QST_ESTABLISHED));
        /// # }
        /// ```
        pub fn on_this_day(self, month: u8, day: Option<u8>) -> Selection<'a> {
            Selection { month: Some((month, day)), has_more: true, ..$start(self) }
        }

        /// Those of this kind.
        ///
        /// ```
        /// # #[cfg(feature = "qst")] {
        /// use nenpyo::{MilestoneKind, QST};
        /// assert_eq!(QST.milestones().of_kind(MilestoneKind::State).iter().count(), 2);
        /// # }
        /// ```
        pub fn of_kind(self, kind: MilestoneKind) -> Selection<'a> {
            Selection { kind: Some(kind), has_more: true, ..$start(self) }
        }

        /// Those in which this organisation took part.
        ///
        /// ```
        /// # #[cfg(feature = "qst")] {
        /// use nenpyo::{Key, QST};
        /// let iaea = QST.organizations().by_key(Key::of("iaea")).unwrap();
        /// assert!(QST.milestones().involving(iaea.id()).iter().count() >= 2);
        /// # }
        /// ```
        pub fn involving(self, organization: OrganizationId) -> Selection<'a> {
            Selection { organization: Only::id(organization), has_more: true, ..$start(self) }
        }

        /// Those in which this organisation took part, or a unit that was below it then.
        ///
        /// ```
        /// # #[cfg(feature = "qst")] {
        /// use nenpyo::{Key, QST};
        /// let jaea = QST.organizations().by_key(Key::of("jaea")).unwrap().id();
        /// let milestones = QST.milestones();
        /// assert!(milestones.involving_units_of(jaea).iter().count() >= milestones.involving(jaea).iter().count());
        /// # }
        /// ```
        pub fn involving_units_of(self, organization: OrganizationId) -> Selection<'a> {
            Selection { unit_of: Only::id(organization), has_more: true, ..$start(self) }
        }

        /// Those at this site.
        ///
        /// ```
        /// # #[cfg(feature = "qst")] {
        /// use nenpyo::{Key, QST};
        /// let naka = QST.sites().by_key(Key::of("naka")).unwrap();
        /// assert_eq!(QST.milestones().at_site(naka.id()).iter().count(), naka.milestones().len());
        /// # }
        /// ```
        pub fn at_site(self, site: SiteId) -> Selection<'a> {
            Selection { site: Only::id(site), has_more: true, ..$start(self) }
        }

        /// Those about this theme.
        ///
        /// ```
        /// # #[cfg(feature = "qst")] {
        /// use nenpyo::{Key, QST};
        /// let fusion = QST.themes().by_key(Key::of("fusion")).unwrap();
        /// assert!(QST.milestones().about(fusion.id()).iter().next_back().is_some());
        /// # }
        /// ```
        pub fn about(self, theme: ThemeId) -> Selection<'a> {
            Selection { theme: Only::id(theme), has_more: true, ..$start(self) }
        }

        /// Those in which this person took part.
        ///
        /// ```
        /// # #[cfg(feature = "qst")] {
        /// use nenpyo::{Key, QST};
        /// let hirano = QST.people().by_key(Key::of("hirano-toshio")).unwrap();
        /// assert!(QST.milestones().with_person(hirano.id()).iter().count() > 1);
        /// # }
        /// ```
        pub fn with_person(self, person: PersonId) -> Selection<'a> {
            Selection { person: Only::id(person), has_more: true, ..$start(self) }
        }

        /// Those that concern this document.
        ///
        /// ```
        /// # #[cfg(feature = "qst")] {
        /// use nenpyo::{Key, QST};
        /// let ver_2 = QST.documents().by_key(Key::of("qst-ver-2")).unwrap();
        /// assert!(QST.milestones().with_document(ver_2.id()).iter().next().is_some());
        /// # }
        /// ```
        pub fn with_document(self, document: DocumentId) -> Selection<'a> {
            Selection { document: Only::id(document), has_more: true, ..$start(self) }
        }
    };
}

impl<'a> Records<'a, Milestone<'a>> {
    filters!(|all: Self| Selection::all(all.chronicle));

    /// The last milestone before a date: the last in order of those that have surely ended before its first possible
    /// day. Seen from 2026, 23 December 2025 is nearer than some day of 2025.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Edtf, QST, key};
    /// let day = Edtf::parse("2016-04-03").unwrap();
    /// assert_eq!(QST.milestones().nearest_before(&day).unwrap().key(), key::QST_ESTABLISHED);
    /// # }
    /// ```
    pub fn nearest_before(self, date: &Edtf) -> Option<Milestone<'a>> {
        let first = date.days().begin_earliest;
        let rows = self.chronicle.tables().milestones;
        let end = rows.partition_point(|row| MilestoneRow::earliest(row) < first);
        let id = rows.get(..end)?.iter().rposition(|row| MilestoneRow::latest(row) < first)?;
        Some(Milestone::new(self.chronicle, id as u32))
    }

    /// The first milestone after a date: the first in order that surely began after its last possible day.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{key, Edtf, QST};
    /// let day = Edtf::parse("2016-04-01").unwrap();
    /// assert_eq!(QST.milestones().nearest_after(&day).unwrap().key(), key::QST_INAUGURATION_CEREMONY);
    /// # }
    /// ```
    pub fn nearest_after(self, date: &Edtf) -> Option<Milestone<'a>> {
        let last = date.days().end_latest;
        let rows = self.chronicle.tables().milestones;
        let id = rows.partition_point(|row| MilestoneRow::earliest(row) <= last);
        (id < rows.len()).then(|| Milestone::new(self.chronicle, id as u32))
    }
}

impl<'a> Selection<'a> {
    const fn all(chronicle: &'a Chronicle<'a>) -> Self {
        Self {
            chronicle,
            rule: None,
            kind: None,
            organization: Only::ANY,
            unit_of: Only::ANY,
            site: Only::ANY,
            theme: Only::ANY,
            person: Only::ANY,
            document: Only::ANY,
            month: None,
            has_more: false,
        }
    }

    filters!(|selection: Self| selection);

    fn within(self, rule: Rule, span: Span) -> Self {
        Self { rule: Some((rule, span.first, span.last)), ..self }
    }

    /// The milestones, in order of time.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Edtf, Key, QST};
    /// let naka = QST.sites().by_key(Key::of("naka")).unwrap();
    /// let selection = QST.milestones().at_site(naka.id()).overlapping(&Edtf::parse("2020/..").unwrap());
    /// let backwards = selection.iter().rev();
    /// assert_eq!(backwards.count(), selection.iter().count());
    /// # }
    /// ```
    pub fn iter(&self) -> SelectionIter<'a> {
        let mut selection = *self;
        let candidates = selection.candidates();
        SelectionIter { selection, candidates }
    }

    /// Page `page` (from 0) of pages of `size` milestones; empty behind the last one.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{MilestoneKind, QST};
    /// let foundings = QST.milestones().of_kind(MilestoneKind::Founding);
    /// assert_eq!(foundings.page(0, 2).count(), 2);
    /// # }
    /// ```
    pub fn page(&self, page: u32, size: u32) -> impl Iterator<Item = Milestone<'a>> + use<'a> {
        self.iter().skip(page.saturating_mul(size) as usize).take(size as usize)
    }

    /// How many pages of `size` milestones there are: it looks at every candidate. None if `size` is zero.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{MilestoneKind, QST};
    /// assert_eq!(QST.milestones().of_kind(MilestoneKind::State).pages(2), 1);
    /// # }
    /// ```
    pub fn pages(&self, size: u32) -> u32 {
        pages(self.iter().count() as u32, size)
    }

    /// Where milestones are looked for: the shortest list that holds them all, which is not asked for again, or the slice the
    /// span allows.
    fn candidates(&mut self) -> Candidates<'a> {
        let ids = self.slice();
        let is_sure = matches!(self.rule, Some((Rule::Surely, ..)));
        match if self.has_more { self.take_shortest_list() } else { None } {
            Some(rows) => {
                let id = |row: &[u32; LinkRow::WORDS]| LinkRow::from_row(row).id;
                let end = rows.partition_point(|row| id(row) < ids.end);
                let start = if is_sure { rows.partition_point(|row| id(row) < ids.start) } else { 0 };
                // Long milestones stand before the slice, so only its end cuts the list, unless nothing lies before it.
                Candidates { rows: rows.get(start..end).unwrap_or_default().iter(), long: [].iter(), ids: 0..0 }
            }
            None if is_sure => Candidates { rows: [].iter(), long: [].iter(), ids },
            None => Candidates { rows: [].iter(), long: self.long_before(ids.start).iter(), ids },
        }
    }

    /// The ids between which every milestone that is not long must lie.
    fn slice(&self) -> Range<u32> {
        let rows = self.chronicle.tables().milestones;
        let Some((rule, from, to)) = self.rule else { return 0..rows.len() as u32 };
        let end = rows.partition_point(|row| MilestoneRow::earliest(row) <= to);
        let start = match rule {
            // What surely lies within begins within.
            Rule::Surely => rows.partition_point(|row| MilestoneRow::earliest(row) < from),
            Rule::Possibly | Rule::Overlapping => rows.partition_point(|row| MilestoneRow::latest_so_far(row) < from),
        };
        let start = start.min(end);
        start as u32..end as u32
    }

    /// The long milestones before the slice.
    fn long_before(&self, id: u32) -> &'a [u32] {
        let long = self.chronicle.tables().long_milestones;
        let end = long.partition_point(|row| u32::from_le(*row) < id);
        long.get(..end).unwrap_or_default()
    }

    fn take_shortest_list(&mut self) -> Option<&'a [[u32; LinkRow::WORDS]]> {
        let mention = ReferrerKind::Mention(RecordKind::Milestone);
        let lists = [
            self.organization.get().map(|id| Organization::new(self.chronicle, id).node().referrer_rows(mention)),
            self.site.get().map(|id| Site::new(self.chronicle, id).node().referrer_rows(mention)),
            self.theme.get().map(|id| Theme::new(self.chronicle, id).node().referrer_rows(mention)),
            self.person.get().map(|id| Person::new(self.chronicle, id).node().referrer_rows(mention)),
            self.document.get().map(|id| Document::new(self.chronicle, id).node().referrer_rows(mention)),
        ];
        let lists = lists.into_iter().enumerate().filter_map(|(at, rows)| Some((at, rows?)));
        let (at, rows) = lists.min_by_key(|(_, rows)| rows.len())?;
        let named = [&mut self.organization, &mut self.site, &mut self.theme, &mut self.person, &mut self.document];
        *named.into_iter().nth(at)? = Only::ANY;
        let named = [self.organization, self.unit_of, self.site, self.theme, self.person, self.document];
        self.has_more =
            self.kind.is_some() || self.month.is_some() || named.into_iter().any(|named| named.get().is_some());
        Some(rows)
    }

    /// Whether any milestone passes.
    pub(crate) fn passes(&self, milestone: &Milestone<'a>) -> bool {
        milestone.row().is_some_and(|row| {
            let earliest = MilestoneRow::earliest(row);
            let begins = |(rule, from, to)| earliest <= to && (rule != Rule::Surely || earliest >= from);
            self.rule.is_none_or(begins) && self.accepts(milestone, row)
        })
    }

    /// The candidate with this id, if it passes.
    fn accept(&self, id: u32) -> Option<Milestone<'a>> {
        let milestone = Milestone::new(self.chronicle, id);
        self.accepts(&milestone, milestone.row()?).then_some(milestone)
    }

    /// Whether a candidate passes: it begins before the span ends, and in it if it must surely lie there.
    #[inline]
    fn accepts(&self, milestone: &Milestone<'a>, row: &[u32; MilestoneRow::WORDS]) -> bool {
        let is_within = match self.rule {
            None => true,
            Some((Rule::Surely, _, to)) => is_surely_over(row, to),
            Some((rule, from, to)) => {
                MilestoneRow::latest(row) >= from
                    && (rule == Rule::Overlapping
                        || !MilestoneRow::is_interval(row)
                        || milestone.date().possibly_within(from, to))
            }
        };
        is_within && (!self.has_more || self.passes_more(milestone) && self.passes_unit(milestone))
    }

    /// Whether a milestone is what is asked for beside its date.
    #[inline(never)]
    fn passes_more(&self, milestone: &Milestone<'a>) -> bool {
        self.kind.is_none_or(|kind| milestone.kind() == kind)
            && self.month.is_none_or(|month| passes_month(milestone, month))
            && self.site.allows(|site| milestone.sites().any(|other| other.id == site))
            && self.theme.allows(|theme| milestone.themes().any(|other| other.id == theme))
            && self.person.allows(|person| milestone.people().any(|other| other.id == person))
            && self.document.allows(|document| milestone.documents().any(|other| other.id == document))
            && self.organization.allows(|organization| milestone.involves(OrganizationId(organization)))
    }

    /// The same of the unit, which takes the most stack: apart, so that not all lies below it.
    #[inline]
    fn passes_unit(&self, milestone: &Milestone<'a>) -> bool {
        self.unit_of.allows(|organization| milestone.involves_unit_of(OrganizationId(organization)))
    }
}

/// Whether a milestone that is in no doubt has ended by a day.
#[inline]
fn is_surely_over(row: &[u32; MilestoneRow::WORDS], to: Day) -> bool {
    MilestoneRow::latest(row) <= to && !MilestoneRow::is_qualified(row)
}

fn passes_month(milestone: &Milestone<'_>, (month, day): (u8, Option<u8>)) -> bool {
    milestone
        .date()
        .month_and_day()
        .is_some_and(|(its_month, its_day)| its_month == month && day.is_none_or(|day| its_day == Some(day)))
}

impl<'a> IntoIterator for Selection<'a> {
    type Item = Milestone<'a>;
    type IntoIter = SelectionIter<'a>;

    fn into_iter(self) -> SelectionIter<'a> {
        self.iter()
    }
}

impl<'a> IntoIterator for &Selection<'a> {
    type Item = Milestone<'a>;
    type IntoIter = SelectionIter<'a>;

    fn into_iter(self) -> SelectionIter<'a> {
        self.iter()
    }
}

impl fmt::Debug for Selection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// Ids of milestones in order: of a list, or first the long ones before a slice and then the slice.
#[derive(Clone)]
struct Candidates<'a> {
    rows: core::slice::Iter<'a, [u32; LinkRow::WORDS]>,
    long: core::slice::Iter<'a, u32>,
    ids: Range<u32>,
}

impl Candidates<'_> {
    fn next(&mut self) -> Option<u32> {
        if let Some(row) = self.rows.next() {
            return Some(LinkRow::from_row(row).id);
        }
        self.long.next().map(|id| u32::from_le(*id)).or_else(|| self.ids.next())
    }

    fn next_back(&mut self) -> Option<u32> {
        if let Some(row) = self.rows.next_back() {
            return Some(LinkRow::from_row(row).id);
        }
        self.ids.next_back().or_else(|| self.long.next_back().map(|id| u32::from_le(*id)))
    }
}

/// Selected milestones, one after the other; see [`Selection::iter`]. 92 bytes on a 32-bit target.
#[derive(Clone)]
pub struct SelectionIter<'a> {
    selection: Selection<'a>,
    candidates: Candidates<'a>,
}

impl<'a> Iterator for SelectionIter<'a> {
    type Item = Milestone<'a>;

    fn next(&mut self) -> Option<Milestone<'a>> {
        loop {
            let id = self.candidates.next()?;
            if let Some(milestone) = self.selection.accept(id) {
                return Some(milestone);
            }
        }
    }

    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, mut f: F) -> B {
        let Self { selection, mut candidates } = self;
        let (chronicle, ids) = (selection.chronicle, core::mem::take(&mut candidates.ids));
        let mut folded = init;
        while let Some(id) = candidates.next() {
            if let Some(milestone) = selection.accept(id) {
                folded = f(folded, milestone);
            }
        }
        // The rows of these lie side by side.
        let rows = chronicle.tables().milestones.get(ids.start as usize..ids.end as usize).unwrap_or_default();
        let rows = (ids.start..).zip(rows);
        // What is asked most, and takes the fewest instructions when the rule is not asked of each row.
        if let Some((Rule::Surely, _, to)) = selection.rule
            && !selection.has_more
        {
            let rows = rows.filter(|(_, row)| is_surely_over(row, to));
            return rows.fold(folded, |folded, (id, _)| f(folded, Milestone::new(chronicle, id)));
        }
        for (id, row) in rows {
            let milestone = Milestone::new(chronicle, id);
            if selection.accepts(&milestone, row) {
                folded = f(folded, milestone);
            }
        }
        folded
    }
}

impl DoubleEndedIterator for SelectionIter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        loop {
            let id = self.candidates.next_back()?;
            if let Some(milestone) = self.selection.accept(id) {
                return Some(milestone);
            }
        }
    }
}

impl fmt::Debug for SelectionIter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
