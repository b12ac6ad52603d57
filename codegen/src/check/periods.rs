//! Checks of periods. Only what is certain is wrong: an unknown end contradicts nothing. Host only.

use std::fmt;

use nenpyo_schema::{Day, Role};

use super::Context;
use super::times::{Span, shown_side};
use crate::model::{
    KindToml, MilestoneToml, OrganizationToml, ParentToml, ParticipantToml, PeriodToml, Place, RecordToml,
    SupervisorToml, TextToml,
};
use crate::problem::{Report, quoted};
use crate::read::Gaps;

/// Something of an organisation that holds for a time.
struct Item<'a> {
    label: Label<'a>,
    period: &'a PeriodToml,
}

/// What it is called in messages.
enum Label<'a> {
    Name(&'a TextToml),
    /// `None` if nobody knows which one.
    Kind(Option<&'a str>),
    Parent(&'a str),
    Supervisor(&'a str),
}

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => write!(f, "the name {}", quoted(&Context::shown(name))),
            Self::Kind(None) => f.write_str("a kind"),
            Self::Kind(Some(kind)) => write!(f, "the kind {}", quoted(kind)),
            Self::Parent(key) => write!(f, "the parent {}", quoted(key)),
            Self::Supervisor(key) => write!(f, "the supervisor {}", quoted(key)),
        }
    }
}

type Organization = RecordToml<OrganizationToml>;

/// The organisations whose files are TOML. An end of a period that could not be read contradicts nothing.
fn clear<'a>(context: &'a Context) -> impl Iterator<Item = &'a Organization> {
    context.data.organizations.iter().filter(|record| context.is_toml(record.place))
}

fn names(record: &Organization) -> Vec<Item<'_>> {
    record.body.names.iter().map(|name| Item { label: Label::Name(&name.name), period: &name.period }).collect()
}

fn kinds<'a>(context: &'a Context, record: &'a Organization) -> Vec<Item<'a>> {
    let item = |kind: &'a KindToml| {
        let place = kind.period.place;
        let read = context.is_read(place, "kind").then(|| kind.kind.name());
        // A kind that does not exist is called as it is written.
        let name = read.or_else(|| context.data.gaps.written(place, "kind"));
        Item { label: Label::Kind(name), period: &kind.period }
    };
    record.body.kinds.iter().map(item).collect()
}

fn parents<'a>(record: &'a Organization) -> Vec<Item<'a>> {
    let item =
        |parent: &'a ParentToml| Item { label: Label::Parent(&parent.organization.value), period: &parent.period };
    record.body.parents.iter().map(item).collect()
}

fn supervisors<'a>(record: &'a Organization) -> Vec<Item<'a>> {
    let item = |supervisor: &'a SupervisorToml| Item {
        label: Label::Supervisor(&supervisor.organization.value),
        period: &supervisor.period,
    };
    record.body.supervisors.iter().map(item).collect()
}

pub(super) fn organisations_have_names_and_kinds(context: &Context, report: &mut Report) {
    for record in clear(context) {
        for (field, is_empty) in [("names", record.body.names.is_empty()), ("kinds", record.body.kinds.is_empty())] {
            if is_empty && context.is_read(record.place, field) {
                let message = format!("{} is an empty list", quoted(field));
                let place = context.place_of_field(record.place, field);
                report.say(place, message, "an organisation has at least one");
            }
        }
    }
}

pub(super) fn periods_are_ordered(context: &Context, report: &mut Report) {
    let mut periods: Vec<&PeriodToml> = Vec::new();
    for record in &context.data.organizations {
        periods.push(&record.body.exists);
        let items = [names(record), kinds(context, record), parents(record), supervisors(record)];
        periods.extend(items.into_iter().flatten().map(|item| item.period));
    }
    periods.extend(context.data.sites.iter().map(|record| &record.body.exists));
    periods.extend(context.data.documents.iter().map(|record| &record.body.exists));
    for period in periods {
        if Span::of_existence(&context.data.gaps, period).is_reversed() {
            let (from, to) = (shown_side(period, period, true), shown_side(period, period, false));
            let message = format!("this period goes {from} {to}, and so ends before it begins");
            report.say(period.place, message, "correct one of the two");
        }
    }
}

pub(super) fn names_follow_one_another(context: &Context, report: &mut Report) {
    each_list(context, "names", |record| follow(context, record, &names(record), true, report));
}

pub(super) fn kinds_follow_one_another(context: &Context, report: &mut Report) {
    each_list(context, "kinds", |record| follow(context, record, &kinds(context, record), true, report));
}

pub(super) fn parents_follow_one_another(context: &Context, report: &mut Report) {
    each_list(context, "parents", |record| follow(context, record, &parents(record), false, report));
}

/// The organisations of which all rows of a list were read: beside one that was not, the others need not follow.
fn each_list<'a>(context: &'a Context, list: &'static str, follow: impl FnMut(&'a Organization)) {
    clear(context).filter(|record| context.is_read(record.place, list)).for_each(follow);
}

/// Tells where items that should follow one another surely overlap or leave a gap, and, if `whole`, where they surely
/// begin after the organisation or end before it.
fn follow(context: &Context, record: &Organization, items: &[Item], whole: bool, report: &mut Report) {
    let exists = &record.body.exists;
    let gaps = &context.data.gaps;
    let existence = Span::of_existence(gaps, exists);
    let spans: Vec<Span> = items.iter().map(|item| Span::of(gaps, item.period, &existence)).collect();
    let from = |item: &Item| format!("{} {}", item.label, shown_side(item.period, exists, true));
    let to = |item: &Item| format!("{} {}", item.label, shown_side(item.period, exists, false));
    for (pair, spans) in items.windows(2).zip(spans.windows(2)) {
        let ([one, next], [before, after]) = (pair, spans) else { continue };
        let are_read = gaps.is_read(one.period.place, "to") && gaps.is_read(next.period.place, "from");
        // Reversed periods are told by a check of their own.
        if before.is_reversed() || after.is_reversed() {
            continue;
        }
        let place = next.period.place;
        if after.to.latest < before.from.earliest {
            let message = format!("{} stands after {}", to(next), from(one));
            // Which is the first and which the last is not clear then.
            return report.say(place, message, "list them in the order of time");
        } else if are_read && after.from.latest <= before.to.earliest {
            let message = format!("{} overlaps {}", from(next), to(one));
            report.say(place, message, "let one end the day before the next begins; `to` is the last day");
        } else if after.from.earliest > before.to.latest.next() {
            let message = format!("there is a gap between {} and {}", to(one), from(next));
            report.say(place, message, "let one begin the day after the last one ends");
        }
    }
    let (Some(first), Some(last), true) = (items.first().zip(spans.first()), items.last().zip(spans.last()), whole)
    else {
        return;
    };
    let itself = |from| format!("the organisation exists {}", shown_side(exists, exists, from));
    if first.1.from.earliest > existence.from.latest && !first.1.is_reversed() {
        let message = format!("there is a gap before {}: {}", from(first.0), itself(true));
        report.say(first.0.period.place, message, "leave `from` out, or list what was before");
    }
    if last.1.to.latest < existence.to.earliest && !last.1.is_reversed() {
        let message = format!("there is a gap after {}: {}", to(last.0), itself(false));
        report.say(last.0.period.place, message, "leave `to` out, or list what came after");
    }
}

pub(super) fn periods_lie_within_existence(context: &Context, report: &mut Report) {
    for record in clear(context) {
        let existence = Span::of_existence(&context.data.gaps, &record.body.exists);
        if existence.is_reversed() {
            continue;
        }
        for item in [names(record), kinds(context, record), parents(record), supervisors(record)].into_iter().flatten()
        {
            if !Span::of_existence(&context.data.gaps, item.period).is_reversed() {
                tell_outside(&context.data.gaps, &item, record, record, "the organisation", report);
            }
        }
    }
}

pub(super) fn parents_exist_at_the_time(context: &Context, report: &mut Report) {
    for record in clear(context) {
        let keys = record.body.parents.iter().map(|parent| parent.organization.value.as_str());
        others_exist(context, record, keys, parents(record), report);
    }
}

pub(super) fn supervisors_exist_at_the_time(context: &Context, report: &mut Report) {
    for record in clear(context) {
        let keys = record.body.supervisors.iter().map(|supervisor| supervisor.organization.value.as_str());
        others_exist(context, record, keys, supervisors(record), report);
    }
}

fn others_exist<'k>(
    context: &Context,
    record: &Organization,
    keys: impl Iterator<Item = &'k str>,
    items: Vec<Item>,
    report: &mut Report,
) {
    for (key, item) in keys.zip(items) {
        let Some(other) = organization(context, key) else { continue };
        let gaps = &context.data.gaps;
        let existence = Span::of_existence(gaps, &record.body.exists);
        // What is outside the unit itself is told by a check of its own.
        if !existence.is_reversed() && Span::of(gaps, item.period, &existence).outside(&existence).is_none() {
            tell_outside(gaps, &item, record, other, "that organisation", report);
        }
    }
}

/// The organisation with a key, if its file is TOML.
fn organization<'a>(context: &'a Context, key: &str) -> Option<&'a Organization> {
    let record = context.data.organizations.get(*context.organizations.get(key)?)?;
    context.is_toml(record.place).then_some(record)
}

/// Tells if a period of `record` surely does not lie within the existence of `outer`.
fn tell_outside(
    gaps: &Gaps,
    item: &Item,
    record: &Organization,
    outer: &Organization,
    noun: &str,
    report: &mut Report,
) {
    let (exists, outer_exists) = (&record.body.exists, &outer.body.exists);
    let span = Span::of(gaps, item.period, &Span::of_existence(gaps, exists));
    let Some(why) = span.outside(&Span::of_existence(gaps, outer_exists)) else { return };
    let held = shown_side(item.period, exists, why.inner_from);
    let existed = shown_side(outer_exists, outer_exists, why.outer_from);
    let message = format!("{} holds {held}, but {noun} exists only {existed}", item.label);
    let field = if why.inner_from { "`from`" } else { "`to`" };
    report.say(item.period.place, message, format!("correct {field}, or the existence of the organisation"));
}

pub(super) fn changes_agree_with_periods(context: &Context, report: &mut Report) {
    let gaps = &context.data.gaps;
    let are_read = |record: &&RecordToml<MilestoneToml>| {
        ["date", "participants"].iter().all(|field| context.is_read(record.place, field))
    };
    for record in context.data.milestones.iter().filter(are_read) {
        for participant in &record.body.participants {
            let key = participant.organization.value.as_str();
            let same = |other: &&ParticipantToml| other.organization.value == key;
            let roles = || record.body.participants.iter().filter(same);
            let has = |role| roles().any(|other| other.role == role);
            // What becomes of a unit is told by all of its roles together.
            if !roles().all(|other| context.is_read(other.place, "role")) {
                continue;
            }
            let Some(unit) = organization(context, key) else { continue };
            let fate = match participant.role {
                Role::Original if has(Role::Resulting) => Fate::Continues,
                Role::Original => Fate::Ends,
                Role::Resulting if !has(Role::Original) => Fate::Begins,
                _ => continue,
            };
            tell_contradiction(gaps, record, unit, &fate, participant.place, report);
        }
    }
}

/// The days on which a milestone can have been.
fn days(record: &RecordToml<MilestoneToml>) -> (Day, Day) {
    let days = record.body.date.value.days();
    (days.begin_earliest, days.end_latest)
}

/// What becomes of a unit in a change event.
enum Fate {
    Begins,
    Ends,
    Continues,
}

fn tell_contradiction(
    gaps: &Gaps,
    milestone: &RecordToml<MilestoneToml>,
    unit: &Organization,
    fate: &Fate,
    place: Place,
    report: &mut Report,
) {
    let (exists, (earliest, latest)) = (&unit.body.exists, days(milestone));
    let Span { from, to } = Span::of_existence(gaps, exists);
    let (key, date) = (quoted(&unit.key.value), quoted(&milestone.body.date.value.to_string()));
    let too_late = from.earliest > latest;
    let (contradicts, by_begin, message, advice) = match fate {
        Fate::Begins => (
            from.latest < earliest || too_late,
            true,
            format!("{key} is `resulting` and so begins on {date}, but it exists"),
            "list it as `original` too if it was there before, or correct one of the dates",
        ),
        Fate::Ends => (
            to.latest.next() < earliest || to.earliest.next() > latest,
            false,
            format!("{key} is `original` and so ends the day before {date}, but it exists"),
            "list it as `resulting` too if it went on, or correct one of the dates",
        ),
        Fate::Continues => (
            too_late || to.latest < earliest,
            too_late,
            format!("{key} goes through the change of {date}, but it exists only"),
            "correct one of the dates, or its roles",
        ),
    };
    if contradicts {
        report.say(place, format!("{message} {}", shown_side(exists, exists, by_begin)), advice);
    }
}
