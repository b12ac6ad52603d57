//! The organisations that the chronicle is about: its subject with what it came from and became, and all their units.

use core::ops::ControlFlow;

use nenpyo::{Branch, Change, Day, End, Key, Organization, Period, Tree};

use crate::kiosk::Kiosk;

/// Goes through what organisations existed on a day, units below what they are part of, until one is enough.
#[inline(never)]
pub(super) fn each_row<'a>(kiosk: &Kiosk<'a>, day: Day, each: &mut dyn FnMut(Branch<'a>) -> ControlFlow<()>) {
    let chronicle = kiosk.chronicle;
    let mut all = |mut tree: Tree<'a>| tree.try_for_each(&mut *each);
    let Some(subject) = chronicle.about().subject() else {
        let _ = all(chronicle.organizations().tree(day));
        return;
    };
    for kin in subject.lineage().filter(|one| is_kin(&subject, one, day)) {
        let is_root = !kin.ancestors(day).any(|above| is_kin(&subject, &above.value, day));
        if let Some(root) = kin.at(day).filter(|_| is_root)
            && all(root.tree()).is_break()
        {
            return;
        }
    }
}

/// How many there are, and which one that of this key is.
pub(super) fn count(kiosk: &Kiosk<'_>, day: Day, key: Option<Key>) -> (i32, Option<i32>) {
    let (mut count, mut place) = (0, None);
    each_row(kiosk, day, &mut |branch| {
        if Some(branch.organization.organization().key()) == key {
            place = Some(count);
        }
        count += 1;
        ControlFlow::Continue(())
    });
    (count, place)
}

/// The key of one of them, by its number.
pub(super) fn row(kiosk: &Kiosk<'_>, day: Day, number: i32) -> Option<Key> {
    let (mut left, mut found) = (number, None);
    each_row(kiosk, day, &mut |branch| {
        if left == 0 {
            found = Some(branch.organization.organization().key());
            return ControlFlow::Break(());
        }
        left = left.wrapping_sub(1);
        ControlFlow::Continue(())
    });
    found
}

/// Whether an organisation is the subject; on days when there is none yet or any more, one it came from or became.
fn is_kin(subject: &Organization<'_>, one: &Organization<'_>, day: Day) -> bool {
    one.id() == subject.id() || subject.at(day).is_none() && subject.lineage().any(|kin| kin.id() == one.id())
}

/// Whether an organisation was among them on a day.
fn has(kiosk: &Kiosk<'_>, one: &Organization<'_>, day: Day) -> bool {
    let Some(subject) = kiosk.chronicle.about().subject() else { return one.at(day).is_some() };
    let is_below = || one.ancestors(day).any(|above| is_kin(&subject, &above.value, day));
    one.at(day).is_some() && (is_kin(&subject, one, day) || is_below())
}

/// What changed among them on a day.
pub(super) fn changes<'a>(kiosk: &Kiosk<'a>, day: Day) -> impl Iterator<Item = Change<'a>> + use<'a> {
    let (kiosk, before) = (*kiosk, day.previous());
    kiosk.chronicle.organizations().differences(before, day).filter(move |change| {
        let one = match change {
            Change::Added(at) | Change::Gone(at) | Change::Renamed { after: at, .. } => at.organization(),
            Change::Moved { organization, .. } => organization.organization(),
        };
        has(&kiosk, &one, day) || has(&kiosk, &one, before)
    })
}

/// The days on which something of an organisation may have changed.
fn days(organization: &Organization<'_>) -> impl Iterator<Item = Day> {
    let language = organization_language(organization);
    let existence = core::iter::once(organization.existence());
    let names = language.into_iter().flat_map({
        let organization = *organization;
        move |language| organization.names(language).map(|held| held.period)
    });
    let parents = organization.parents().map(|held| held.period);
    existence.chain(names).chain(parents).flat_map(|period| ends(&period))
}

/// The first day of a period, and the first one after it.
fn ends(period: &Period) -> impl Iterator<Item = Day> + use<> {
    // What was there by some day has no earliest one: it is shown from then on.
    let begin =
        |days: nenpyo::Days| if days.begin_earliest == Day::MIN { days.begin_latest } else { days.begin_earliest };
    let from = period.from.date().map(|date| begin(date.days()));
    let to = match period.to {
        End::Date(date) => Some(date.days().end_latest.next()),
        End::Unknown | End::Open => None,
    };
    from.into_iter().chain(to)
}

/// Any language in which it has a name: periods are the same in all of them.
fn organization_language(organization: &Organization<'_>) -> Option<nenpyo::Language> {
    [nenpyo::Language::JA, nenpyo::Language::EN]
        .into_iter()
        .find(|language| organization.names(*language).next().is_some())
}

/// The next day after this one on which something changed among them, or the last one before it.
pub(super) fn turn(kiosk: &Kiosk<'_>, day: Day, is_later: bool) -> Option<Day> {
    let mut found: Option<Day> = None;
    for organization in kiosk.chronicle.organizations() {
        for one in days(&organization) {
            let is_beyond = if is_later { one > day } else { one < day };
            let is_nearer = found.is_none_or(|found| if is_later { one < found } else { one > found });
            if is_beyond && is_nearer && changes_of(kiosk, &organization, one) {
                found = Some(one);
            }
        }
    }
    found
}

/// Whether an organisation, on a day on which something of it may have changed, was or became one of them.
fn changes_of(kiosk: &Kiosk<'_>, organization: &Organization<'_>, day: Day) -> bool {
    has(kiosk, organization, day) || has(kiosk, organization, day.previous())
}

/// The first and the last day on which something changed.
pub(super) fn span(kiosk: &Kiosk<'_>) -> (Day, Day) {
    let first = turn(kiosk, Day::MIN, true);
    let last = turn(kiosk, Day::MAX, false);
    let day = first.or(last).unwrap_or(Day::MIN);
    (day, last.unwrap_or(day))
}
