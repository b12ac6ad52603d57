//! The oracle's answers about dates: every milestone is asked, one after the other.

use nenpyo::{Day, Days, Edtf, Qualifier, RecordKind};
use toml::Value;

use super::Oracle;

/// A date as it is written, and what EDTF says that it means.
#[derive(Clone, Debug)]
pub(crate) struct Date {
    pub(crate) text: String,
    pub(crate) days: Days,
    pub(crate) doubted: bool,
    pub(crate) lasting: bool,
}

impl Date {
    pub(crate) fn new(text: &str) -> Self {
        let date = Edtf::parse(text).unwrap();
        let doubted = date.qualifier() != Qualifier::None;
        Self { text: text.to_owned(), days: date.days(), doubted, lasting: text.contains('/') }
    }

    pub(crate) fn of(value: &Value) -> Self {
        Self::new(value.as_str().unwrap())
    }

    /// Whether it is one day, and nobody doubts it.
    pub(crate) fn is_exact(&self) -> bool {
        !self.doubted && !self.lasting && self.days.begin_earliest == self.days.end_latest
    }

    /// Month and day, read off the text: of a single date, or of the begin of an interval.
    fn month_and_day(&self) -> Option<(u8, Option<u8>)> {
        let first = self.text.split('/').next()?.trim_end_matches(['?', '~', '%']);
        if first.starts_with(['[', '.', 'Y']) {
            return None;
        }
        let mut parts = first.trim_start_matches('-').split('-').skip(1);
        let month: u8 = parts.next()?.parse().ok().filter(|month| *month <= 12)?;
        Some((month, parts.next().and_then(|day| day.parse().ok())))
    }
}

/// One end of a period.
#[derive(Clone, Debug)]
pub(crate) enum End {
    Unknown,
    Open,
    Date(Date),
}

/// A first and a last day.
#[derive(Clone, Debug)]
pub(crate) struct Period {
    pub(crate) from: End,
    pub(crate) to: End,
}

impl Period {
    pub(crate) const UNKNOWN: Self = Self { from: End::Unknown, to: End::Unknown };

    /// The period in these fields; an end that is left out is that of `otherwise`.
    pub(crate) fn of(table: &toml::Table, otherwise: &Self) -> Self {
        let end = |field: &str, otherwise: &End| match super::string(table, field) {
            None => otherwise.clone(),
            Some("..") => End::Open,
            Some(text) => End::Date(Date::new(text)),
        };
        Self { from: end("from", &otherwise.from), to: end("to", &otherwise.to) }
    }

    /// `None`: certainly not; otherwise whether certainly.
    pub(crate) fn contains(&self, day: Day) -> Option<bool> {
        let begun = match &self.from {
            End::Unknown => Some(false),
            End::Open => Some(true),
            End::Date(date) if day < date.days.begin_earliest => None,
            End::Date(date) => Some(day >= date.days.begin_latest && !date.doubted),
        };
        let lasts = match &self.to {
            End::Unknown => Some(false),
            End::Open => Some(true),
            End::Date(date) if day > date.days.end_latest => None,
            End::Date(date) => Some(day <= date.days.end_earliest && !date.doubted),
        };
        match (begun, lasts) {
            (Some(begun), Some(lasts)) => Some(begun && lasts),
            _ => None,
        }
    }
}

/// How a date must stand to a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    Surely,
    Possibly,
    Overlapping,
}

impl Rule {
    pub(crate) const ALL: [Self; 3] = [Self::Surely, Self::Possibly, Self::Overlapping];

    /// Whether a date passes.
    pub(crate) fn holds(self, date: &Date, from: Day, to: Day) -> bool {
        let days = date.days;
        match self {
            Self::Surely => days.begin_earliest >= from && days.end_latest <= to && !date.doubted,
            // One day of those that it can be must lie in the span.
            Self::Possibly if !date.lasting => days.begin_earliest.max(from) <= days.end_latest.min(to),
            // It must be able to begin on a day of the span, and then to end on one that is not earlier.
            Self::Possibly => {
                let first_begin = days.begin_earliest.max(from);
                let last_end = days.end_latest.min(to);
                first_begin <= days.begin_latest && last_end >= days.end_earliest && first_begin <= last_end
            }
            Self::Overlapping => days.begin_earliest <= to && days.end_latest >= from,
        }
    }
}

/// Every filter that a selection can have.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) date: Option<(Rule, String)>,
    pub(crate) month: Option<(u8, Option<u8>)>,
    pub(crate) kind: Option<nenpyo::MilestoneKind>,
    pub(crate) organization: Option<u32>,
    pub(crate) unit_of: Option<u32>,
    pub(crate) site: Option<u32>,
    pub(crate) theme: Option<u32>,
    pub(crate) person: Option<u32>,
    pub(crate) document: Option<u32>,
}

impl Oracle {
    /// The milestones that pass, in order.
    pub(crate) fn select(&self, filter: &Filter) -> Vec<u32> {
        let span = filter.date.as_ref().map(|(rule, span)| {
            let days = Edtf::parse(span).unwrap().days();
            (*rule, days.begin_earliest, days.end_latest)
        });
        let mut found = Vec::new();
        for id in self.all(RecordKind::Milestone) {
            let date = &self.dates[id as usize];
            let record = self.record(RecordKind::Milestone, id);
            let names = |field: &str, kind: RecordKind, wanted: Option<u32>| {
                wanted.is_none_or(|wanted| self.refs(record, field, kind).contains(&wanted))
            };
            let passes = span.is_none_or(|(rule, from, to)| rule.holds(date, from, to))
                && filter.month.is_none_or(|wanted| on_this_day(date, wanted))
                && filter.kind.is_none_or(|kind| super::string(&record.toml, "kind") == Some(kind.name()))
                && names("sites", RecordKind::Site, filter.site)
                && names("themes", RecordKind::Theme, filter.theme)
                && names("people", RecordKind::Person, filter.person)
                && names("documents", RecordKind::Document, filter.document)
                && filter.organization.is_none_or(|wanted| self.involves(id, wanted))
                && filter.unit_of.is_none_or(|wanted| self.involves_unit_of(id, wanted));
            if passes {
                found.push(id);
            }
        }
        found
    }

    /// The last milestone in order that surely ended before.
    pub(crate) fn nearest_before(&self, date: &str) -> Option<u32> {
        let first = Edtf::parse(date).unwrap().days().begin_earliest;
        self.all(RecordKind::Milestone).rev().find(|id| self.dates[*id as usize].days.end_latest < first)
    }

    /// The first milestone in order that surely began after.
    pub(crate) fn nearest_after(&self, date: &str) -> Option<u32> {
        let last = Edtf::parse(date).unwrap().days().end_latest;
        self.all(RecordKind::Milestone).find(|id| self.dates[*id as usize].days.begin_earliest > last)
    }
}

fn on_this_day(date: &Date, (month, day): (u8, Option<u8>)) -> bool {
    match date.month_and_day() {
        Some((its_month, its_day)) => its_month == month && (day.is_none() || its_day == day),
        None => false,
    }
}
