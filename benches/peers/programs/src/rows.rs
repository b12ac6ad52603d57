//! What alternatives share that have milestones and organisations as rows: the answers themselves.
#![allow(dead_code, reason = "each alternative uses its part")]

use core::cmp::{max, min};

/// A first and a last day.
pub struct Span {
    pub from: i32,
    pub to: i32,
}

/// Somebody doubts the date.
const IS_DOUBTED: u8 = 1;
/// The date is a span of time and not one unknown day.
const IS_LASTING: u8 = 2;

/// Counts dates that lie surely within a span. They are in order of their first days.
pub fn surely(dates: impl Iterator<Item = ([i32; 4], u8)>, span: &Span) -> u32 {
    let dates = dates.take_while(|([begin_earliest, ..], _)| *begin_earliest <= span.to);
    let is_within = |([begin_earliest, _, _, end_latest], flags): &([i32; 4], u8)| {
        *begin_earliest >= span.from && *end_latest <= span.to && flags & IS_DOUBTED == 0
    };
    dates.filter(is_within).count() as u32
}

/// Counts dates that lie possibly within a span. They are in order of their first days.
pub fn possibly(dates: impl Iterator<Item = ([i32; 4], u8)>, span: &Span) -> u32 {
    let dates = dates.take_while(|([begin_earliest, ..], _)| *begin_earliest <= span.to);
    let may_be_within = |([begin_earliest, begin_latest, end_earliest, end_latest], flags): &([i32; 4], u8)| {
        let (first, last) = (max(*begin_earliest, span.from), min(*end_latest, span.to));
        let lasts = flags & IS_LASTING == 0 || first <= *begin_latest && last >= *end_earliest;
        first <= last && lasts
    };
    dates.filter(may_be_within).count() as u32
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

/// Adds up the organisations of a day. `exists`, `parent` and `name` say what held of one.
pub fn tree(
    organizations: u32,
    exists: impl Fn(u32) -> bool,
    parent: impl Fn(u32) -> Option<u32>,
    name: impl Fn(u32) -> u32,
) -> u32 {
    let mut sum = 0_u32;
    for organization in 0..organizations {
        if !exists(organization) {
            continue;
        }
        let (mut at, mut depth) = (organization, 0);
        while let Some(above) = parent(at).filter(|above| exists(*above)) {
            at = above;
            depth += 1;
        }
        sum = sum.wrapping_add(branch(organization, depth, name(organization)));
    }
    sum
}

pub fn branch(organization: u32, depth: u32, name: u32) -> u32 {
    (organization + 1).wrapping_mul(depth + 1).wrapping_add(name << 8)
}

pub fn hot(kind: u8, begin: i32, title: &str) -> u32 {
    u32::from(kind).wrapping_add(begin as u32).wrapping_add((title.len() as u32) << 24)
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
            sum = sum.wrapping_add(segment(before, ""));
        }
        sum = sum.wrapping_add(segment(base, characters.as_str()));
        (rest, ruby) = (behind, more);
    }
    if rest.is_empty() { sum } else { sum.wrapping_add(segment(rest, "")) }
}

pub fn segment(base: &str, reading: &str) -> u32 {
    base.len() as u32 + ((reading.len() as u32) << 16) + 1
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
                .map_or(0, |one| crate::rows::hot(one.kind, one.date[0], one.title[0].plain))
        }

        fn surely(&self, span: &Self::Span) -> u32 {
            crate::rows::surely(self.milestones.iter().map(|one| (one.date, one.flags)), span)
        }

        fn possibly(&self, span: &Self::Span) -> u32 {
            crate::rows::possibly(self.milestones.iter().map(|one| (one.date, one.flags)), span)
        }

        fn by_organization(&self, organization: u32) -> u32 {
            let has = |ids: &[u16]| ids.iter().any(|id| u32::from(*id) == organization);
            let numbered = (0_u32..).zip(self.milestones.iter());
            numbered.filter(|(_, one)| has(&one.participants)).fold(0, |sum, (id, _)| sum.wrapping_add(id + 1))
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
