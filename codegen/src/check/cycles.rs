//! Checks that nothing contains, follows from or belongs to itself. Host only.

use std::collections::{BTreeSet, HashMap, HashSet};

use nenpyo_schema::{Day, Edtf, MAX_NESTING};

use super::Context;
use super::times::Span;
use crate::model::{At, EndToml, Place, Reference};
use crate::problem::{Report, quoted};

/// The most steps of a cycle that a message shows.
const SHOWN: usize = 8;

/// An arrow from a record to one that it refers to, in the days on which it may hold.
struct Arrow<'a> {
    from: &'a str,
    to: &'a str,
    place: Place,
    days: (Day, Day),
}

/// What a message says of a cycle.
struct Words {
    /// What a record does to the next one.
    verb: &'static str,
    /// On which day, if it is not always.
    when: String,
    advice: &'static str,
}

pub(super) fn parents_form_no_cycle(context: &Context, report: &mut Report) {
    let mut arrows = Vec::new();
    for record in context.data.organizations.iter().filter(|record| context.is_toml(record.place)) {
        let exists = &record.body.exists;
        let gaps = &context.data.gaps;
        let existence = Span::of_existence(gaps, exists);
        for parent in &record.body.parents {
            let period = &parent.period;
            let is_read = |end: &EndToml, field| {
                let of_existence = matches!(end, EndToml::Unsaid) && !gaps.is_read(exists.place, field);
                gaps.is_read(period.place, field) && !of_existence
            };
            // An arrow that holds nobody knows when closes no cycle for certain.
            if !is_read(&period.from, "from") || !is_read(&period.to, "to") {
                continue;
            }
            let span = Span::of(gaps, period, &existence);
            let At { value: to, place } = &parent.organization;
            let days = (span.from.earliest, span.to.latest);
            arrows.push(Arrow { from: &record.key.value, to, place: *place, days });
        }
    }
    // A cycle holds on the first day of one of its arrows, or never.
    let cyclic = in_cycles(&arrows);
    let first_days: BTreeSet<Day> = cyclic.iter().map(|arrow| arrow.days.0).collect();
    let mut told = HashSet::new();
    for day in first_days {
        let holds = |arrow: &&&Arrow| arrow.days.0 <= day && arrow.days.1 >= day;
        let on_day: Vec<&Arrow> = cyclic.iter().filter(holds).copied().collect();
        let when = Edtf::from_day(day).filter(|_| day > Day::MIN);
        let when = when.map_or(String::new(), |day| format!(" on {}", quoted(&day.to_string())));
        let words = Words { verb: "is a unit of", when, advice: "end one of the periods before the other begins" };
        tell(&on_day, &words, &mut told, report);
    }
}

pub(super) fn sites_form_no_cycle(context: &Context, report: &mut Report) {
    let arrows = context.data.sites.iter().flat_map(|site| always(&site.key, &site.body.within));
    tell_cycles(&arrows.collect::<Vec<_>>(), "is within", report);
}

pub(super) fn themes_form_no_cycle(context: &Context, report: &mut Report) {
    let arrows = context.data.themes.iter().flat_map(|theme| always(&theme.key, &theme.body.broader));
    tell_cycles(&arrows.collect::<Vec<_>>(), "is narrower than", report);
}

pub(super) fn parts_form_no_cycle(context: &Context, report: &mut Report) {
    let arrows = context.data.milestones.iter().flat_map(|milestone| always(&milestone.key, &milestone.body.part_of));
    tell_cycles(&arrows.collect::<Vec<_>>(), "is a part of", report);
}

pub(super) fn causes_form_no_cycle(context: &Context, report: &mut Report) {
    let arrows =
        context.data.milestones.iter().flat_map(|milestone| always(&milestone.key, &milestone.body.because_of));
    tell_cycles(&arrows.collect::<Vec<_>>(), "came about because of", report);
}

pub(super) fn nothing_is_nested_too_deep(context: &Context, report: &mut Report) {
    let data = context.data;
    let sites = data.sites.iter().flat_map(|site| always(&site.key, &site.body.within));
    tell_depth(sites, "lies within", report);
    let themes = data.themes.iter().flat_map(|theme| always(&theme.key, &theme.body.broader));
    tell_depth(themes, "is narrower than", report);
    let parts = data.milestones.iter().flat_map(|milestone| always(&milestone.key, &milestone.body.part_of));
    tell_depth(parts, "is a part of", report);
}

/// Tells of the first record of each chain that is too deep; those below it need no words of their own.
fn tell_depth<'a>(arrows: impl Iterator<Item = Arrow<'a>>, verb: &str, report: &mut Report) {
    let arrows: HashMap<&str, Arrow> = arrows.map(|arrow| (arrow.from, arrow)).collect();
    for arrow in arrows.values() {
        let above = std::iter::successors(Some(arrow), |arrow| arrows.get(arrow.to));
        // A cycle has no top; it is told by another check.
        if above.take(MAX_NESTING + 2).count() == MAX_NESTING + 1 {
            let message = format!("{} {verb} more than {MAX_NESTING} records, one in the other", quoted(arrow.from));
            report.say(arrow.place, message, "take one of them out of the chain");
        }
    }
}

/// Arrows that do not depend on time.
fn always<'a>(from: &'a At<String>, to: impl IntoIterator<Item = &'a Reference>) -> impl Iterator<Item = Arrow<'a>> {
    let days = (Day::MIN, Day::MAX);
    to.into_iter().map(move |to| Arrow { from: &from.value, to: &to.value, place: to.place, days })
}

fn tell_cycles(arrows: &[Arrow], verb: &'static str, report: &mut Report) {
    let words = Words { verb, when: String::new(), advice: "take one of these references away" };
    tell(&in_cycles(arrows), &words, &mut HashSet::new(), report);
}

/// The arrows that can be part of a cycle: what only leads away from one or only to one is left out.
fn in_cycles<'s, 'a>(arrows: &'s [Arrow<'a>]) -> Vec<&'s Arrow<'a>> {
    let left = without_ends(&arrows.iter().collect::<Vec<_>>(), |arrow| (arrow.from, arrow.to));
    without_ends(&left, |arrow| (arrow.to, arrow.from))
}

/// Takes away the arrows to records from which no arrow leads on, again and again.
fn without_ends<'s, 'a>(
    arrows: &[&'s Arrow<'a>],
    ends: impl Fn(&Arrow<'a>) -> (&'a str, &'a str),
) -> Vec<&'s Arrow<'a>> {
    let mut leading_on: HashMap<&str, usize> = HashMap::new();
    let mut before: HashMap<&str, Vec<&str>> = HashMap::new();
    for arrow in arrows {
        let (from, to) = ends(arrow);
        *leading_on.entry(from).or_default() += 1;
        before.entry(to).or_default().push(from);
    }
    let mut gone: Vec<&str> = before.keys().filter(|key| !leading_on.contains_key(*key)).copied().collect();
    let mut ended: HashSet<&str> = gone.iter().copied().collect();
    while let Some(key) = gone.pop() {
        for from in before.get(key).into_iter().flatten() {
            let count = leading_on.entry(from).or_default();
            *count -= 1;
            if *count == 0 {
                ended.insert(from);
                gone.push(from);
            }
        }
    }
    arrows.iter().filter(|arrow| !ended.contains(ends(arrow).1)).copied().collect()
}

/// Walks along arrows and tells each cycle it closes, once.
fn tell(arrows: &[&Arrow], words: &Words, told: &mut HashSet<Vec<String>>, report: &mut Report) {
    let mut next: HashMap<&str, Vec<&Arrow>> = HashMap::new();
    for arrow in arrows {
        next.entry(arrow.from).or_default().push(arrow);
    }
    let mut done: HashSet<&str> = HashSet::new();
    for start in arrows {
        // The path that is being walked, and for each step how many arrows of its end were tried.
        let mut path: Vec<(&str, usize)> = vec![(start.from, 0)];
        let mut taken: Vec<&Arrow> = Vec::new();
        let mut on_path: HashMap<&str, usize> = HashMap::from([(start.from, 0)]);
        while let Some((node, tried)) = path.last_mut() {
            let arrow = next.get(node).filter(|_| !done.contains(node)).and_then(|arrows| arrows.get(*tried));
            *tried += 1;
            let Some(arrow) = arrow else {
                done.insert(node);
                on_path.remove(node);
                path.pop();
                taken.pop();
                continue;
            };
            if let Some(from) = on_path.get(arrow.to) {
                let cycle: Vec<&Arrow> = taken[*from..].iter().copied().chain([*arrow]).collect();
                tell_cycle(&cycle, words, told, report);
            } else if !done.contains(arrow.to) {
                on_path.insert(arrow.to, path.len());
                path.push((arrow.to, 0));
                taken.push(arrow);
            }
        }
    }
}

fn tell_cycle(cycle: &[&Arrow], words: &Words, told: &mut HashSet<Vec<String>>, report: &mut Report) {
    // However it was walked into, it is told at the arrow that stands first.
    let first = (0..cycle.len()).min_by_key(|i| cycle[*i].place).unwrap_or(0);
    let turned: Vec<&Arrow> = cycle[first..].iter().chain(&cycle[..first]).copied().collect();
    let keys: Vec<String> = turned.iter().map(|arrow| arrow.from.to_owned()).collect();
    if !told.insert(keys) {
        return;
    }
    let mut steps: Vec<String> = turned.iter().map(|arrow| format!("{} {}", words.verb, quoted(arrow.to))).collect();
    if steps.len() == 1 {
        let message = format!("{} {} itself", quoted(turned[0].from), words.verb);
        return report.say(turned[0].place, message, "take it away");
    }
    if steps.len() > SHOWN {
        let hidden = steps.len() - SHOWN;
        let end = steps.split_off(steps.len() - 1);
        steps.truncate(SHOWN - 1);
        steps.push(format!("goes on so through {hidden} more"));
        steps.extend(end);
    }
    let message = format!("{} {}{}", quoted(turned[0].from), steps.join(", which "), words.when);
    report.say(turned[0].place, message, words.advice);
}
