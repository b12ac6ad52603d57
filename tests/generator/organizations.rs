//! Organisations: a truth of exact days, consistent throughout, and then its writing.

use std::fmt::Write as _;

use super::Writer;
use super::writing::{self, ALWAYS, STILL};

const KINDS: [&str; 6] = ["institute", "division", "center", "hospital", "agency", "company"];

/// When an organisation began and ended in truth.
#[derive(Clone, Copy, Debug)]
pub(super) struct Life {
    pub(super) begin: i32,
    pub(super) end: i32,
}

impl Life {
    pub(super) fn holds(self, day: i32) -> bool {
        self.begin <= day && day <= self.end
    }
}

/// The days on which much changes, and the lives of all organisations.
pub(super) struct Reforms {
    pub(super) days: Vec<i32>,
    pub(super) lives: Vec<Life>,
}

impl Writer<'_> {
    pub(super) fn organizations(&mut self) -> Reforms {
        let (first, last) = writing::range(self.plan.years);
        let count = 1 + self.plan.organizations / 12;
        let mut days: Vec<i32> = (0..count).map(|_| self.pen.dice.between(first + 1, last)).collect();
        days.sort_unstable();
        days.dedup();
        let lives: Vec<Life> = (0..self.plan.organizations).map(|_| self.life(&days)).collect();
        for at in 0..lives.len() {
            let text = self.organization(at, &lives);
            let slug = self.slugs.organizations[at].clone();
            self.put("organizations", &slug, &text);
        }
        Reforms { days, lives }
    }

    fn life(&mut self, reforms: &[i32]) -> Life {
        let (first, last) = writing::range(self.plan.years);
        let begin = match self.pen.dice.below(10) {
            0 => ALWAYS,
            1..=3 => self.pen.dice.between(first, last),
            _ => self.pen.dice.of(reforms),
        };
        let end = match self.pen.dice.below(10) {
            0..=4 => STILL,
            5 => self.pen.dice.between(begin.max(first), last),
            _ => self.pen.dice.of(reforms) - 1,
        };
        if end > begin { Life { begin, end } } else { Life { begin, end: STILL } }
    }

    fn organization(&mut self, at: usize, lives: &[Life]) -> String {
        let life = lives[at];
        let mut text = String::new();
        if self.pen.dice.chance(60) {
            let _ = writeln!(text, "order = {}", self.pen.dice.below(30));
        }
        if self.pen.dice.chance(93) {
            let from = self.pen.dice.chance(92).then(|| self.pen.bound(life.begin));
            let to = self.pen.dice.chance(90).then(|| self.pen.bound(life.end));
            let _ = writeln!(text, "exists = {{ {} }}", writing::period(from.as_deref(), to.as_deref()).join(", "));
        }
        let names = self.stretches(life, 4);
        let mut row = self.pen.row();
        let rows: Vec<String> = names
            .iter()
            .map(|part| {
                // Sometimes an old name comes back, or stays through a change that is none.
                if self.pen.dice.chance(80) {
                    row = self.pen.row();
                }
                let fields = std::iter::once(row.clone()).chain(self.pen.ours());
                table(fields.chain(self.written(*part, life)))
            })
            .collect();
        let _ = writeln!(text, "names = [{}]", rows.join(", "));
        let kinds: Vec<String> = self
            .stretches(life, 3)
            .into_iter()
            .map(|part| {
                let kind = format!("kind = \"{}\"", self.pen.dice.of(&KINDS));
                table(std::iter::once(kind).chain(self.written(part, life)))
            })
            .collect();
        let _ = writeln!(text, "kinds = [{}]", kinds.join(", "));
        self.parents(&mut text, at, lives);
        self.supervisors(&mut text, at, lives);
        if self.pen.dice.chance(30) {
            self.pen.text(&mut text, "short");
        }
        self.common(&mut text, 40);
        text
    }

    /// A life cut into parts that follow one another.
    fn stretches(&mut self, life: Life, most: usize) -> Vec<Life> {
        let (first, last) = writing::range(self.plan.years);
        let (begin, end) = (life.begin.max(first), life.end.min(last));
        let mut cuts: Vec<i32> = (0..self.pen.dice.below(most))
            .filter(|_| begin + 1 < end)
            .map(|_| self.pen.dice.between(begin + 1, end))
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut parts = Vec::new();
        let mut from = life.begin;
        for cut in cuts {
            parts.push(Life { begin: from, end: cut - 1 });
            from = cut;
        }
        parts.push(Life { begin: from, end: life.end });
        parts
    }

    /// The period of a part, whose ends may be left out where they are those of the whole.
    fn written(&mut self, part: Life, whole: Life) -> Vec<String> {
        let mut end = |day: i32, same: bool| (!same || self.pen.dice.chance(30)).then(|| self.pen.bound(day));
        let from = end(part.begin, part.begin == whole.begin);
        let to = end(part.end, part.end == whole.end);
        writing::period(from.as_deref(), to.as_deref())
    }

    /// Parents one after the other, each of them there throughout; only earlier ones, so there is no cycle.
    fn parents(&mut self, text: &mut String, at: usize, lives: &[Life]) {
        let life = lives[at];
        let mut rows = Vec::new();
        let mut from = life.begin;
        while from <= life.end && rows.len() < 5 {
            let chained = self.pen.dice.chance(self.plan.chains);
            let last_before = lives[..at].iter().rposition(|other| other.holds(from));
            let found = (0..6).map(|_| if at == 0 { 0 } else { self.pen.dice.below(at) });
            let found: Vec<usize> = found.filter(|other| *other < at && lives[*other].holds(from)).collect();
            let parent = if chained { last_before } else { found.first().copied() };
            let Some(parent) = parent else { break };
            let mut to = lives[parent].end.min(life.end);
            if self.pen.dice.chance(40) && to.saturating_sub(from.max(-4_000_000)) > 10 {
                let (_, last) = writing::range(self.plan.years);
                let first = from.max(writing::range(self.plan.years).0);
                to = if first < to.min(last) { self.pen.dice.between(first, to.min(last)) } else { to };
            }
            let relation = self.pen.dice.of(&["unit", "sub-organization"]);
            let who = format!("organization = \"{}\", relation = \"{relation}\"", self.slugs.organizations[parent]);
            let period = self.written(Life { begin: from, end: to }, life);
            rows.push(table(std::iter::once(who).chain(period)));
            if to == STILL || self.pen.dice.chance(15) {
                break;
            }
            from = to + 1;
        }
        if !rows.is_empty() {
            let _ = writeln!(text, "parents = [{}]", rows.join(", "));
        }
    }

    /// Supervisors: several at once, each while both are there.
    fn supervisors(&mut self, text: &mut String, at: usize, lives: &[Life]) {
        let life = lives[at];
        let mut rows = Vec::new();
        for other in self.pen.dice.some(lives.len(), 2) {
            let common = Life { begin: life.begin.max(lives[other].begin), end: life.end.min(lives[other].end) };
            if other != at && common.begin <= common.end {
                let who = format!("organization = \"{}\"", self.slugs.organizations[other]);
                rows.push(table(std::iter::once(who).chain(self.written(common, life))));
            }
        }
        if !rows.is_empty() {
            let _ = writeln!(text, "supervisors = [{}]", rows.join(", "));
        }
    }
}

fn table(fields: impl IntoIterator<Item = String>) -> String {
    format!("{{ {} }}", fields.into_iter().collect::<Vec<_>>().join(", "))
}
