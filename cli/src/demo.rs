//! `demo`: a tour of the chronicle that changes no file. Runs on the host.

use std::time::{SystemTime, UNIX_EPOCH};

use nenpyo::{AnyRecord, Branch, Chronicle, Day, Edtf, Milestone, Role};
use nenpyo_codegen::Cost;
use serde::Serialize;

use crate::args::Demo;
use crate::opened::View;
use crate::table::{Column, DATE, HEADING, PLAIN, QUIET, Table, cell};
use crate::{Failure, Home, Opened, Page, demo_trees, list, page, show, timeline};

/// Shows the tour.
pub(crate) fn run(args: &Demo, home: &Home) -> Result<Page, Failure> {
    let opened = Opened::of(&args.look.folder, home)?;
    let chronicle = opened.chronicle()?;
    let today = args.today.map_or_else(today_in_japan, |date| date.as_of());
    if args.look.json {
        return page::json(&Tour::of(&chronicle, today, opened.costs())?);
    }
    let view = View::new(&chronicle, &args.look.lang, true)?;
    let first = View { languages: view.languages.iter().copied().take(1).collect(), ..view.clone() };
    let mut text = about(&view);
    text.push_str(&history(&view, today));
    text.push_str(&whole_timeline(&first)?);
    text.push_str(&demo_trees::side_by_side(&first));
    text.push_str(&in_full(&view));
    if !opened.costs().is_empty() {
        text.push_str(&costs(opened.costs()));
    }
    Ok(Page::from(text))
}

/// The present day in Japan, where the chronicle's days are counted.
fn today_in_japan() -> Day {
    const OFFSET: u64 = 9 * 60 * 60;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    Day::from_number(i32::try_from((seconds + OFFSET) / (24 * 60 * 60)).unwrap_or(0))
}

fn about(view: &View<'_>) -> String {
    let about = view.chronicle.about();
    let mut text = String::new();
    for language in &view.languages {
        if let Some(name) = about.name(*language) {
            text.push_str(&page::paragraph(HEADING, &name.to_string(), view.columns));
        }
        if let Some(notice) = about.notice(*language) {
            text.push_str(&page::paragraph(QUIET, &notice.to_string(), view.columns));
        }
    }
    text
}

/// A heading of a part, with space above it.
pub(crate) fn part(title: &str) -> String {
    format!("\n{}", page::paragraph(HEADING, &format!("── {title} ──"), page::columns()))
}

/// So many milestones of a month are enough for a day without any.
const IN_MONTH: usize = 8;

/// What happened on this day or otherwise in this month of other years, and the nearest milestones before and after.
fn history(view: &View<'_>, today: Day) -> String {
    let Some(date) = Edtf::from_day(today) else { return String::new() };
    let (year, month, day) = today.ymd();
    let mut text = part(&format!("Today in history: {}", show::words(date, &view.languages)));
    let milestones = view.chronicle.milestones();
    let on_this_day: Vec<_> = milestones.on_this_day(month, Some(day)).iter().collect();
    let mut columns = vec![("", Column::Fixed), ("", Column::Fixed), ("", Column::Extra)];
    columns.extend(view.languages.iter().map(|_| ("", Column::Wraps)));
    let mut table = Table::new(&columns);
    let mut row = |label: &str, milestone: &Milestone<'_>| {
        let ago = cell(QUIET, years_ago(year, milestone));
        let mut row = vec![cell(QUIET, label), cell(DATE, milestone.date()), ago];
        row.extend(list::titles(view, &AnyRecord::Milestone(*milestone)));
        table.row(row);
    };
    for milestone in &on_this_day {
        row("on this day", milestone);
    }
    // A day with a story of its own does not need the month's.
    let in_this_month = milestones.on_this_day(month, None).iter().filter(|other| !on_this_day.contains(other));
    for milestone in in_this_month.take(if on_this_day.is_empty() { IN_MONTH } else { 0 }) {
        row("in this month", &milestone);
    }
    if let Some(before) = milestones.nearest_before(&date) {
        row("the last before", &before);
    }
    if let Some(after) = milestones.nearest_after(&date) {
        row("the next after", &after);
    }
    text.push_str(&table.render(0, view.columns));
    text
}

/// How many years lie between a milestone and this year.
fn years_ago(year: i32, milestone: &Milestone<'_>) -> String {
    let first = milestone.date().first();
    let years = year - first.year();
    if first.is_date() && years > 0 {
        format!("{} ago", page::counted(years.unsigned_abs() as usize, "year"))
    } else {
        String::new()
    }
}

fn whole_timeline(view: &View<'_>) -> Result<String, Failure> {
    let all: Vec<_> = timeline::everything(view.chronicle)?.iter().collect();
    let mut text = part(&format!("The timeline: {}", page::counted(all.len(), "milestone")));
    text.push_str(&timeline::table(view, &all).render(0, view.columns));
    Ok(text)
}

/// The founding of what the chronicle is about, or else its first milestone.
fn founding<'a>(chronicle: &'a Chronicle<'a>) -> Option<Milestone<'a>> {
    let subject = chronicle.about().subject();
    let founds = |milestone: &Milestone<'_>| {
        milestone.participants().any(|participant| {
            participant.role == Role::Resulting && Some(participant.organization.id()) == subject.map(|one| one.id())
        })
    };
    chronicle.milestones().iter().find(founds).or_else(|| chronicle.milestones().iter().next())
}

fn in_full(view: &View<'_>) -> String {
    let Some(milestone) = founding(view.chronicle) else { return String::new() };
    let mut text = part("One milestone in full, with its readings");
    text.push_str(&show::full(view, &AnyRecord::Milestone(milestone), true));
    text
}

/// What each section costs in flash.
pub fn costs(costs: &[Cost]) -> String {
    let mut text = part("What it costs in flash (RAM: 0 bytes)");
    let mut table = Table::new(&[("section", Column::Fixed), ("bytes", Column::Right)]);
    let sections = Cost::by_section(costs);
    for (section, bytes) in &sections {
        table.row(vec![cell(PLAIN, section), cell(DATE, bytes)]);
    }
    table.row(vec![cell(QUIET, "all"), cell(DATE, sections.iter().map(|(_, bytes)| bytes).sum::<usize>())]);
    text.push_str(&table.render(0, None));
    text
}

/// The tour as JSON: `{"today","on_this_day":[…],"before":…,"after":…,"timeline":[…],
/// "trees":[{"at","organizations":[…]}],"milestone":…,"costs":[{"section","bytes"}]}`.
#[derive(Serialize)]
struct Tour<'a> {
    today: String,
    on_this_day: Vec<Milestone<'a>>,
    before: Option<Milestone<'a>>,
    after: Option<Milestone<'a>>,
    timeline: Vec<Milestone<'a>>,
    trees: Vec<AsOf<'a>>,
    milestone: Option<Milestone<'a>>,
    costs: Vec<Bytes>,
}

#[derive(Serialize)]
struct AsOf<'a> {
    at: String,
    organizations: Vec<Branch<'a>>,
}

#[derive(Serialize)]
struct Bytes {
    section: String,
    bytes: usize,
}

impl<'a> Tour<'a> {
    fn of(chronicle: &'a Chronicle<'a>, today: Day, costs: &[Cost]) -> Result<Self, Failure> {
        let no_day = || Failure::Usage("today lies outside the years that EDTF has".to_owned());
        let date = Edtf::from_day(today).ok_or_else(no_day)?;
        let (_, month, day) = today.ymd();
        let milestones = chronicle.milestones();
        let tree = |at: Edtf| AsOf { at: at.to_string(), organizations: demo_trees::tree(chronicle, at) };
        let bytes = |(section, bytes): (&str, usize)| Bytes { section: section.to_owned(), bytes };
        Ok(Self {
            today: date.to_string(),
            on_this_day: milestones.on_this_day(month, Some(day)).iter().collect(),
            before: milestones.nearest_before(&date),
            after: milestones.nearest_after(&date),
            timeline: timeline::everything(chronicle)?.iter().collect(),
            trees: demo_trees::dates(chronicle).into_iter().map(tree).collect(),
            milestone: founding(chronicle),
            costs: Cost::by_section(costs).into_iter().map(bytes).collect(),
        })
    }
}
