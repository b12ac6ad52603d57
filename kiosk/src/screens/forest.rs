//! The organisations that the chronicle is about: its subject with what it came from and became, and all their units.

use core::ops::ControlFlow;

use nenpyo::{Branch, Change, Chronicle, Day, End, Key, Language, Organization, Period, Tree};

use crate::kiosk::Kiosk;

/// The organisations that are shown: the subject and its kin, or all of a chronicle that has no subject.
#[derive(Clone, Copy)]
pub(super) struct Forest<'a> {
    chronicle: &'a Chronicle<'a>,
    subject: Option<Organization<'a>>,
}

impl<'a> Forest<'a> {
    pub(super) fn of(kiosk: &Kiosk<'a>) -> Self {
        Self { chronicle: kiosk.chronicle, subject: kiosk.chronicle.about().subject() }
    }

    /// Goes through what organisations existed on a day, units below what they are part of, until one is enough.
    #[inline(never)]
    pub(super) fn each_row(&self, day: Day, each: &mut dyn FnMut(Branch<'a>) -> ControlFlow<()>) {
        let Some(subject) = self.subject else {
            let _ = each_branch(self.chronicle.organizations().tree(day), each);
            return;
        };
        for kin in subject.lineage() {
            let is_below = || kin.ancestors(day).any(|above| is_kin(&subject, &above.value, day));
            if let Some(root) = kin.at(day)
                && is_kin(&subject, &kin, day)
                && !is_below()
                && each_branch(root.tree(), each).is_break()
            {
                return;
            }
        }
    }

    /// How many there are, and which one that of this key is.
    pub(super) fn count(&self, day: Day, key: Option<Key>) -> (i32, Option<i32>) {
        let (mut count, mut place) = (0, None);
        self.each_row(day, &mut |branch| {
            if Some(branch.organization.organization().key()) == key {
                place = Some(count);
            }
            count += 1;
            ControlFlow::Continue(())
        });
        (count, place)
    }

    /// The key of one of them, by its number.
    pub(super) fn row(&self, day: Day, number: i32) -> Option<Key> {
        let (mut left, mut found) = (number, None);
        self.each_row(day, &mut |branch| {
            if left == 0 {
                found = Some(branch.organization.organization().key());
                return ControlFlow::Break(());
            }
            left = left.wrapping_sub(1);
            ControlFlow::Continue(())
        });
        found
    }

    /// Whether an organisation was among them on a day.
    #[inline(never)]
    fn has(&self, one: &Organization<'_>, day: Day) -> bool {
        one.at(day).is_some()
            && self.subject.is_none_or(|subject| {
                is_kin(&subject, one, day) || one.ancestors(day).any(|above| is_kin(&subject, &above.value, day))
            })
    }

    /// Whether an organisation, on a day on which something of it may have changed, was or became one of them.
    fn had(&self, one: &Organization<'_>, day: Day) -> bool {
        self.has(one, day) || self.has(one, day.previous())
    }

    /// Goes through what changed among them on a day.
    #[inline(never)]
    pub(super) fn each_change(&self, day: Day, each: &mut dyn FnMut(Change<'a>)) {
        for change in self.chronicle.organizations().differences(day.previous(), day) {
            let one = match change {
                Change::Added(at) | Change::Gone(at) | Change::Renamed { after: at, .. } => at,
                Change::Moved { organization, .. } => organization,
            };
            if self.had(&one.organization(), day) {
                each(change);
            }
        }
    }

    /// How much changed among them on a day.
    pub(super) fn changes(&self, day: Day) -> u32 {
        let mut count = 0;
        self.each_change(day, &mut |_| count += 1);
        count
    }

    /// The next day after this one on which something changed among them, or the last one before it.
    #[inline(never)]
    pub(super) fn turn(&self, day: Day, is_later: bool) -> Option<Day> {
        let mut found: Option<Day> = None;
        for organization in self.chronicle.organizations() {
            each_day(&organization, &mut |one| {
                let is_beyond = if is_later { one > day } else { one < day };
                let is_nearer = found.is_none_or(|found| if is_later { one < found } else { one > found });
                if is_beyond && is_nearer && self.had(&organization, one) {
                    found = Some(one);
                }
            });
        }
        found
    }

    /// The first and the last day on which something changed.
    pub(super) fn span(&self) -> (Day, Day) {
        let first = self.turn(Day::MIN, true);
        let last = self.turn(Day::MAX, false);
        let day = first.or(last).unwrap_or(Day::MIN);
        (day, last.unwrap_or(day))
    }
}

/// Whether an organisation is the subject; on days when there is none yet or any more, one it came from or became.
fn is_kin(subject: &Organization<'_>, one: &Organization<'_>, day: Day) -> bool {
    one.id() == subject.id() || subject.at(day).is_none() && is_of_line(subject, one)
}

/// Whether an organisation is the subject, or that came from it or became it.
fn is_of_line(subject: &Organization<'_>, one: &Organization<'_>) -> bool {
    subject.lineage().any(|kin| kin.id() == one.id())
}

fn each_branch<'a>(tree: Tree<'a>, each: &mut dyn FnMut(Branch<'a>) -> ControlFlow<()>) -> ControlFlow<()> {
    for branch in tree {
        each(branch)?;
    }
    ControlFlow::Continue(())
}

/// Goes through the days on which something of an organisation may have changed.
#[inline(never)]
fn each_day(organization: &Organization<'_>, each: &mut dyn FnMut(Day)) {
    each_end(&organization.existence(), each);
    // Periods are the same in all languages in which it has a name.
    for language in [Language::JA, Language::EN] {
        let mut has_name = false;
        for held in organization.names(language) {
            has_name = true;
            each_end(&held.period, each);
        }
        if has_name {
            break;
        }
    }
    for held in organization.parents() {
        each_end(&held.period, each);
    }
}

/// The first day of a period, and the first one after it.
#[inline(never)]
fn each_end(period: &Period, each: &mut dyn FnMut(Day)) {
    if let End::Date(date) = period.from {
        let days = date.days();
        // What was there by some day has no earliest one: it is shown from then on.
        each(if days.begin_earliest == Day::MIN { days.begin_latest } else { days.begin_earliest });
    }
    if let End::Date(date) = period.to {
        each(date.days().end_latest.next());
    }
}
