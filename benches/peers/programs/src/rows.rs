//! What alternatives share that have milestones and organisations as rows: the answers themselves.
#![allow(dead_code, reason = "each alternative uses its part")]

use core::cmp::{max, min};

use crate::Id;

/// A first and a last day.
pub struct Span {
    pub from: i32,
    pub to: i32,
}

/// Somebody doubts the date.
const IS_DOUBTED: u8 = 1;
/// The date is a span of time and not one unknown day.
const IS_LASTING: u8 = 2;

/// Counts dates that lie surely within a span. They are in order of their first days: what begins within it lies side by
/// side, and is found by two binary searches. `begins` and `date` say of one when it begins, and all of it.
pub fn surely(count: usize, begins: impl Fn(usize) -> i32, date: impl Fn(usize) -> ([i32; 4], u8), span: &Span) -> u32 {
    let from = first(count, |at| begins(at) >= span.from);
    let to = first(count, |at| begins(at) > span.to);
    let is_within = |(days, flags): &([i32; 4], u8)| days[3] <= span.to && flags & IS_DOUBTED == 0;
    (from..to).map(date).filter(is_within).count() as u32
}

/// Counts dates that lie possibly within a span. They are in order of their first days, so that those behind its last day are
/// not read; what begins before it may last until it.
pub fn possibly(
    count: usize,
    begins: impl Fn(usize) -> i32,
    date: impl Fn(usize) -> ([i32; 4], u8),
    span: &Span,
) -> u32 {
    let to = first(count, |at| begins(at) > span.to);
    let may_be_within = |([begin_earliest, begin_latest, end_earliest, end_latest], flags): &([i32; 4], u8)| {
        let (first, last) = (max(*begin_earliest, span.from), min(*end_latest, span.to));
        let lasts = flags & IS_LASTING == 0 || first <= *begin_latest && last >= *end_earliest;
        first <= last && lasts
    };
    (0..to).map(date).filter(may_be_within).count() as u32
}

/// The first of so many for which something holds, as it does for all behind it.
pub fn first(count: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut from, mut to) = (0, count);
    while from < to {
        let middle = from.midpoint(to);
        if holds(middle) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    from
}

/// Whether a period holds on a day: certainly not, or whether certainly.
pub fn contains([first, sure_from, sure_to, last]: [i32; 4], day: i32) -> Option<bool> {
    (first <= day && day <= last).then_some(sure_from <= day && day <= sure_to)
}

/// What held on a day: the last that is certain, or else the last that is possible.
pub fn held<T: Copy>(rows: impl Iterator<Item = ([i32; 4], T)>, day: i32) -> Option<T> {
    let (mut certain, mut possible) = (None, None);
    for (period, value) in rows {
        match contains(period, day) {
            Some(true) => certain = Some(value),
            Some(false) => possible = Some(value),
            None => {}
        }
    }
    certain.or(possible)
}

/// The organisations of a day, from top to bottom. `exists`, `parent` and `name` say what held of one.
///
/// What each belongs to is looked up once, and lists of children are made of it in memory; going through them needs no more.
#[allow(clippy::cast_possible_truncation, clippy::useless_conversion, reason = "of how large a number is")]
pub fn tree(
    organizations: u32,
    exists: impl Fn(u32) -> bool,
    parent: impl Fn(u32) -> Option<u32>,
    name: impl Fn(u32) -> u32,
) -> u32 {
    let [mut children, mut siblings, mut parents] = [(); 3].map(|()| crate::each_organization(organizations));
    let mut roots = Id::MAX;
    // From the last to the first, so that each comes before those that were put in front.
    for organization in (0..organizations).rev() {
        if !exists(organization) {
            continue;
        }
        let at = organization as usize;
        let above = parent(organization).filter(|above| exists(*above));
        let first = above.map_or(&mut roots, |above| &mut children[above as usize]);
        siblings[at] = core::mem::replace(first, organization as Id);
        parents[at] = above.map_or(Id::MAX, |above| above as Id);
    }
    let (mut at, mut depth, mut answer) = (roots, 0, 0);
    while at != Id::MAX {
        let organization = u32::from(at);
        answer = branch(answer, organization, depth, name(organization));
        let child = children[at as usize];
        if child != Id::MAX {
            (at, depth) = (child, depth + 1);
            continue;
        }
        while depth > 0 && siblings[at as usize] == Id::MAX {
            (at, depth) = (parents[at as usize], depth - 1);
        }
        at = siblings[at as usize];
    }
    answer
}

/// What comes out when another branch is read: it depends on the order.
pub fn branch(answer: u32, organization: u32, depth: u32, name: u32) -> u32 {
    answer.wrapping_mul(31).wrapping_add((organization + 1).wrapping_mul(depth + 1)).wrapping_add(name << 8)
}

pub fn hot(kind: u8, begin: i32, title: usize) -> u32 {
    u32::from(kind).wrapping_add(begin as u32).wrapping_add((title as u32) << 24)
}

/// The stretches of a text with what is read above them, added up: the ruby is a character for the bytes before a base,
/// one for those of the base, the reading and a slash, and again. Numbers begin at
/// U+0100.
pub fn text(plain: &str, ruby: &str) -> u32 {
    let (mut sum, mut rest, mut ruby) = (0_u32, plain, ruby);
    while let Some((span, more)) = ruby.split_once('/') {
        let mut characters = span.chars();
        let mut number = || characters.next().map_or(0, |number| number as usize - 0x100);
        let (gap, length) = (number(), number());
        let Some((before, behind)) = rest.split_at_checked(gap) else { break };
        let Some((base, behind)) = behind.split_at_checked(length) else { break };
        if !before.is_empty() {
            sum = sum.wrapping_add(segment(before.len(), 0));
        }
        sum = sum.wrapping_add(segment(base.len(), characters.as_str().len()));
        (rest, ruby) = (behind, more);
    }
    if rest.is_empty() { sum } else { sum.wrapping_add(segment(rest.len(), 0)) }
}

pub fn segment(base: usize, reading: usize) -> u32 {
    base as u32 + ((reading as u32) << 16) + 1
}

/// The answers of whoever has `milestones` and `organizations` whose fields are called the same.
#[allow(unused_macros, reason = "as above")]
macro_rules! answers {
    () => {
        type Span = crate::rows::Span;

        fn span(_: &str, (from, to): (i32, i32)) -> Self::Span {
            crate::rows::Span { from, to }
        }

        fn by_id(&self, id: u32) -> u32 {
            self.milestones
                .get(id as usize)
                .map_or(0, |one| crate::rows::hot(one.kind, one.date[0], one.title[0].plain.len()))
        }

        fn surely(&self, span: &Self::Span) -> u32 {
            let all = &self.milestones;
            crate::rows::surely(all.len(), |at| all[at].date[0], |at| (all[at].date, all[at].flags), span)
        }

        fn possibly(&self, span: &Self::Span) -> u32 {
            let all = &self.milestones;
            crate::rows::possibly(all.len(), |at| all[at].date[0], |at| (all[at].date, all[at].flags), span)
        }

        fn by_organization(&self, organization: u32) -> u32 {
            let numbered = (0_u32..).zip(self.milestones.iter());
            let with =
                numbered.filter(|(_, one)| one.participants.iter().any(|link| u32::from(link.1) == organization));
            with.fold(0, |sum, (id, _)| sum.wrapping_add(id + 1))
        }

        fn tree(&self, day: i32) -> u32 {
            let one = |at: u32| self.organizations.get(at as usize);
            crate::rows::tree(
                self.organizations.len() as u32,
                |at| one(at).is_some_and(|one| crate::rows::contains(one.exists, day).is_some()),
                |at| crate::rows::held(one(at)?.parents.iter().map(|row| (row.0, u32::from(row.1))), day),
                |at| {
                    let names = one(at).map(|one| one.names.iter().map(|row| (row.0, row.1[0].plain.len() as u32)));
                    names.and_then(|names| crate::rows::held(names, day)).unwrap_or(0)
                },
            )
        }

        fn detail(&self, id: u32) -> u32 {
            let Some(one) = self.milestones.get(id as usize) else { return 0 };
            let texts = one.summary.iter().chain(&one.note);
            texts.fold(0, |sum, text| sum.wrapping_add(crate::rows::text(text.plain, text.ruby)))
        }
    };
}
#[allow(unused_imports, reason = "each alternative uses its part")]
pub(crate) use answers;
