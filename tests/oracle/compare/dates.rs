//! Lookups by date, filters and their combinations, from both ends and by pages.

use nenpyo::{
    DocumentId, Edtf, Milestone, MilestoneKind, OrganizationId, PersonId, RecordKind, Selection, SiteId, ThemeId,
};

use super::super::dates::{Filter, Rule};
use super::super::dice::Dice;
use super::Pair;

impl<'a> Pair<'a> {
    /// The selection with these filters.
    pub(crate) fn selection(&self, filter: &Filter) -> Selection<'a> {
        let all = self.chronicle.milestones();
        // The first filter is a method of all milestones, the others are methods of the selection.
        let span = filter.date.as_ref().map(|(rule, span)| (*rule, Edtf::parse(span).unwrap()));
        let mut selection = match (span, filter.kind, filter.month) {
            (Some((Rule::Surely, span)), ..) => all.surely_within(&span),
            (Some((Rule::Possibly, span)), ..) => all.possibly_within(&span),
            (Some((Rule::Overlapping, span)), ..) => all.overlapping(&span),
            (None, Some(kind), _) => all.of_kind(kind),
            (None, None, Some((month, day))) => all.on_this_day(month, day),
            (None, None, None) => match filter.organization {
                Some(id) => all.involving(OrganizationId(id)),
                None => all.overlapping(&Edtf::parse("-9999/9999").unwrap()),
            },
        };
        if let Some(kind) = filter.kind {
            selection = selection.of_kind(kind);
        }
        if let Some((month, day)) = filter.month {
            selection = selection.on_this_day(month, day);
        }
        if let Some(id) = filter.organization {
            selection = selection.involving(OrganizationId(id));
        }
        if let Some(id) = filter.unit_of {
            selection = selection.involving_units_of(OrganizationId(id));
        }
        if let Some(id) = filter.site {
            selection = selection.at_site(SiteId(id));
        }
        if let Some(id) = filter.theme {
            selection = selection.about(ThemeId(id));
        }
        if let Some(id) = filter.person {
            selection = selection.with_person(PersonId(id));
        }
        if let Some(id) = filter.document {
            selection = selection.with_document(DocumentId(id));
        }
        selection
    }

    /// One selection, in every way that it can be gone through.
    pub(crate) fn agree_on_selection(&self, filter: &Filter) {
        let want = self.oracle.select(filter);
        let selection = self.selection(filter);
        self.same(selection.iter(), &want, || format!("{filter:?}"));
        let mut backwards: Vec<Milestone<'_>> = selection.iter().rev().collect();
        backwards.reverse();
        self.same(backwards, &want, || format!("{filter:?} from behind"));
        self.agree_on_mixed_ends(&selection, &want, filter);
        if want.len() < 40 {
            let paged = (0..=want.len() as u32 / 3 + 1).flat_map(|page| selection.page(page, 3));
            self.same(paged, &want, || format!("{filter:?} by pages"));
        }
        agree_on_the_number_of_pages(&selection, &want, filter);
    }

    fn agree_on_mixed_ends(&self, selection: &Selection<'a>, want: &[u32], filter: &Filter) {
        let mut dice = Dice(want.len() as u64);
        let mut iter = selection.iter();
        let (mut front, mut back) = (Vec::new(), Vec::new());
        loop {
            let (next, end) = if dice.chance(50) { (iter.next(), &mut front) } else { (iter.next_back(), &mut back) };
            match next {
                Some(milestone) => end.push(milestone),
                None => break,
            }
        }
        assert!(iter.next().is_none() && iter.next_back().is_none(), "{filter:?} goes on behind its end");
        front.extend(back.into_iter().rev());
        self.same(front, want, || format!("{filter:?} from both ends"));
    }

    /// Every rule and both nearest milestones, for one span.
    pub(crate) fn agree_on_span(&self, span: &str) {
        let date = Edtf::parse(span).unwrap();
        for rule in Rule::ALL {
            self.agree_on_selection(&Filter { date: Some((rule, span.to_owned())), ..Filter::default() });
        }
        let nearest = self.chronicle.milestones().nearest_before(&date);
        let want: Vec<u32> = self.oracle.nearest_before(span).into_iter().collect();
        self.same(nearest, &want, || format!("nearest before {span}"));
        let nearest = self.chronicle.milestones().nearest_after(&date);
        let want: Vec<u32> = self.oracle.nearest_after(span).into_iter().collect();
        self.same(nearest, &want, || format!("nearest after {span}"));
    }

    /// Each single filter that needs no date, and every day of the year.
    pub(crate) fn agree_on_filters_without_dates(&self) {
        for kind in MilestoneKind::ALL.iter().copied() {
            self.agree_on_selection(&Filter { kind: Some(kind), ..Filter::default() });
        }
        let ids = |kind: RecordKind| self.oracle.all(kind);
        for id in ids(RecordKind::Organization) {
            self.agree_on_selection(&Filter { organization: Some(id), ..Filter::default() });
        }
        for id in ids(RecordKind::Site) {
            let filter = Filter { site: Some(id), ..Filter::default() };
            assert_eq!(self.oracle.select(&filter), self.named_in(RecordKind::Site, id), "the oracle of itself");
            self.agree_on_selection(&filter);
        }
        for id in ids(RecordKind::Theme) {
            self.agree_on_selection(&Filter { theme: Some(id), ..Filter::default() });
        }
        for id in ids(RecordKind::Person) {
            self.agree_on_selection(&Filter { person: Some(id), ..Filter::default() });
        }
        for id in ids(RecordKind::Document) {
            self.agree_on_selection(&Filter { document: Some(id), ..Filter::default() });
        }
        for month in 0..=13 {
            self.agree_on_selection(&Filter { month: Some((month, None)), ..Filter::default() });
        }
    }

    /// Every day of the year; the 30th of February has no milestones, and no panic.
    pub(crate) fn agree_on_every_day_of_the_year(&self) {
        for month in 1..=12 {
            for day in 1..=31 {
                self.agree_on_selection(&Filter { month: Some((month, Some(day))), ..Filter::default() });
            }
        }
    }

    /// The milestones of each organisation with its units as they were then.
    pub(crate) fn agree_on_units(&self, organizations: impl IntoIterator<Item = u32>) {
        for id in organizations {
            self.agree_on_selection(&Filter { unit_of: Some(id), ..Filter::default() });
        }
    }

    /// A random filter: each part with some chance, and ids of records that are there.
    pub(crate) fn random_filter(&self, dice: &mut Dice, span: Option<String>) -> Filter {
        let rule = dice.of(&Rule::ALL);
        let id = |dice: &mut Dice, kind: RecordKind, percent: usize| {
            let count = self.oracle.records(kind).len();
            (count > 0 && dice.chance(percent)).then(|| dice.below(count) as u32)
        };
        Filter {
            date: span.map(|span| (rule, span)),
            month: dice
                .chance(15)
                .then(|| (dice.below(12) as u8 + 1, dice.chance(40).then(|| dice.below(31) as u8 + 1))),
            kind: dice.chance(25).then(|| dice.of(MilestoneKind::ALL)),
            organization: id(dice, RecordKind::Organization, 25),
            unit_of: id(dice, RecordKind::Organization, 20),
            site: id(dice, RecordKind::Site, 20),
            theme: id(dice, RecordKind::Theme, 25),
            person: id(dice, RecordKind::Person, 15),
            document: id(dice, RecordKind::Document, 15),
        }
    }
}

/// As many pages as are not empty, the last one filled only in part.
fn agree_on_the_number_of_pages(selection: &Selection<'_>, want: &[u32], filter: &Filter) {
    assert_eq!((selection.pages(0), selection.page(0, 0).count()), (0, 0), "{filter:?} by pages of none");
    let count = want.len() as u32;
    for size in [1, 3, count.max(1), count + 1, u32::MAX] {
        let pages = want.chunks(size as usize).len() as u32;
        assert_eq!(selection.pages(size), pages, "{filter:?} by pages of {size}");
        let filled = |page: u32| selection.page(page, size).next().is_some();
        assert!(pages == 0 || filled(pages - 1), "{filter:?}: the last page of {size} is empty");
        assert!(!filled(pages), "{filter:?}: there is a page of {size} behind the last one");
    }
}
