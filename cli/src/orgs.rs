//! `orgs`: organisations as of a date, a lineage, or what differs between two dates. Runs on the host.

use std::collections::HashSet;

use nenpyo::{AnyRecord, Branch, Change, Chronicle, Day, Edtf, Organization, OrganizationAt, OrganizationId};

use crate::args::Orgs;
use crate::opened::View;
use crate::page::counted;
use crate::table::{Cell, Column, DOUBT, GONE, KEY, NEW, PLAIN, QUIET, Table, cell};
use crate::{Failure, Home, Opened, Page, find, list, page};

/// Shows the organisations.
pub(crate) fn run(args: &Orgs, home: &Home) -> Result<Page, Failure> {
    let opened = Opened::of(&args.look.folder, home)?;
    let chronicle = opened.chronicle()?;
    let view = View::new(&chronicle, &args.look.lang, false)?;
    if let [before, after] = args.diff.as_slice() {
        let changes = changes(&chronicle, args, before.as_of(), after.as_of())?;
        return if args.look.json {
            page::json(&changes)
        } else {
            Ok(Page::from(change_table(&view, &changes, before.as_of())))
        };
    }
    let day = args.at.map_or(as_of(&chronicle), |at| at.as_of());
    let branches = match (&args.lineage, &args.root) {
        (Some(key), _) => lineage(organization(&chronicle, key)?, args.at, as_of(&chronicle)),
        (None, Some(key)) => tree_of(organization(&chronicle, key)?, day),
        (None, None) => chronicle.organizations().tree(day).collect(),
    };
    if args.look.json {
        return page::json(&branches);
    }
    let is_tree = args.lineage.is_none();
    Ok(Page::from(table(&view, &branches, is_tree)))
}

pub(crate) fn organization<'a>(chronicle: &'a Chronicle<'a>, key: &str) -> Result<Organization<'a>, Failure> {
    find::one(chronicle, key, |record| match record {
        AnyRecord::Organization(organization) => Some(organization),
        _ => None,
    })
}

/// The day up to which the data was looked after; a chronicle that does not say so is asked about all time to come.
pub(crate) fn as_of(chronicle: &Chronicle<'_>) -> Day {
    chronicle.about().as_of().map_or(Day::MAX, |date| date.as_of())
}

fn tree_of(organization: Organization<'_>, day: Day) -> Vec<Branch<'_>> {
    organization.at(day).map(|at| at.tree().collect()).unwrap_or_default()
}

/// The lineage: each as it was on its last day, or those that existed on the day that was asked for, in the depth of
/// the longest chain of predecessors within it.
fn lineage<'a>(of: Organization<'a>, at: Option<Edtf>, today: Day) -> Vec<Branch<'a>> {
    let line: Vec<Organization<'a>> = of.lineage().collect();
    let mut depths = vec![0_u32; line.len()];
    // A chain is no longer than the line; what does not settle by then is a circle and stays as it is.
    for _ in 0..line.len() {
        for at in 0..line.len() {
            let before = line[at].predecessors().filter_map(|one| line.iter().position(|other| *other == one));
            let depth = before.map(|position| depths[position] + 1).max().unwrap_or(0);
            depths[at] = depth.min(line.len() as u32);
        }
    }
    let mut branches: Vec<Branch<'a>> = line
        .iter()
        .zip(depths)
        .filter_map(|(organization, depth)| {
            let day = match at {
                Some(date) => date.as_of(),
                None => last_day(organization, today),
            };
            Some(Branch { depth, organization: organization.at(day)? })
        })
        .collect();
    let begin = |at: &OrganizationAt<'_>| {
        at.organization().existence().from.date().map_or(Day::MIN, |from| from.days().begin_earliest)
    };
    branches.sort_by_key(|branch| (begin(&branch.organization), branch.depth));
    branches
}

/// The last day on which it may have existed, but no later than today.
fn last_day(organization: &Organization<'_>, today: Day) -> Day {
    let existence = organization.existence();
    let end = existence.to.date().map_or(today, |date| date.as_of().min(today));
    // What begins only after today is shown as it begins.
    existence.from.date().map_or(end, |date| date.days().begin_latest.max(end))
}

/// The organisations in a table: each below the one it belongs to, or in order of time with what it came from.
fn table(view: &View<'_>, branches: &[Branch<'_>], is_tree: bool) -> String {
    let mut columns = Vec::new();
    columns.extend(view.languages.iter().map(|_| ("name", Column::Wraps)));
    columns.extend([("kind", Column::Extra), ("from", Column::Fixed), ("to", Column::Fixed)]);
    if !is_tree {
        columns.push(("came from", Column::Wraps));
    }
    columns.push(("key", Column::Moves));
    let mut table = Table::new(&columns);
    let lines = if is_tree { lines(branches) } else { vec![String::new(); branches.len()] };
    for (branch, line) in branches.iter().zip(&lines) {
        let at = &branch.organization;
        let mark = if at.is_certain() { "" } else { " ?" };
        let style = if at.is_certain() { PLAIN } else { DOUBT };
        let name = |language| at.name(language).map(|name| format!("{}{mark}", name.value)).unwrap_or_default();
        let mut row: Vec<Cell> = view.languages.iter().map(|language| cell(style, name(*language))).collect();
        if let Some(first) = row.first_mut() {
            let rest = line.replace("├─", "│ ").replace("└─", "  ");
            *first = first.clone().below(line.clone(), rest);
        }
        row.push(cell(QUIET, at.kind().map_or("", |kind| kind.value.name())));
        row.extend(list::period(&at.organization().existence()));
        if !is_tree {
            let before = at.organization().predecessors().map(|one| find::slug(&AnyRecord::Organization(one)));
            row.push(cell(QUIET, before.collect::<Vec<_>>().join(", ")));
        }
        row.push(cell(KEY, find::slug(&AnyRecord::Organization(at.organization()))));
        table.row(row);
    }
    let mut text = table.render(0, view.columns);
    let uncertain = branches.iter().any(|branch| !branch.organization.is_certain());
    let note = if uncertain { "; ? is not certain to have existed then" } else { "" };
    let total = format!("{}{note}", counted(branches.len(), "organization"));
    text.push_str(&page::paragraph(QUIET, &total, view.columns));
    text
}

/// What stands before each name so that one sees what belongs to what.
pub(crate) fn lines(branches: &[Branch<'_>]) -> Vec<String> {
    let has_sibling = |at: usize, depth: u32| {
        let mut rest = branches[at + 1..].iter().map(|branch| branch.depth);
        rest.find(|other| *other <= depth) == Some(depth)
    };
    let line = |(at, branch): (usize, &Branch<'_>)| {
        let above = (1..branch.depth).map(|depth| if has_sibling(at, depth) { "│  " } else { "   " });
        let own = match branch.depth {
            0 => "",
            depth if has_sibling(at, depth) => "├─ ",
            _ => "└─ ",
        };
        above.chain([own]).collect()
    };
    branches.iter().enumerate().map(line).collect()
}

/// The changes; with a root, only those of what was below it on one of the two days.
fn changes<'a>(chronicle: &'a Chronicle<'a>, args: &Orgs, before: Day, after: Day) -> Result<Vec<Change<'a>>, Failure> {
    let all = chronicle.organizations().differences(before, after);
    let Some(key) = &args.root else { return Ok(all.collect()) };
    let root = organization(chronicle, key)?;
    let below: HashSet<OrganizationId> = [before, after]
        .into_iter()
        .flat_map(|day| tree_of(root, day))
        .map(|branch| branch.organization.organization().id())
        .collect();
    Ok(all.filter(|change| below.contains(&subject(change).organization().id())).collect())
}

pub(crate) fn subject<'a>(change: &Change<'a>) -> OrganizationAt<'a> {
    match change {
        Change::Added(at) | Change::Gone(at) | Change::Moved { organization: at, .. } => *at,
        Change::Renamed { after, .. } => *after,
    }
}

fn change_table(view: &View<'_>, changes: &[Change<'_>], first: Day) -> String {
    let language = view.languages[0];
    let name_at = |at: &OrganizationAt<'_>| at.name(language).map(|name| name.value.to_string()).unwrap_or_default();
    let name = |organization: Option<Organization<'_>>, day: Day| {
        let then = organization.and_then(|organization| organization.at(day));
        then.map_or_else(|| "(none)".to_owned(), |then| name_at(&then))
    };
    let mut table =
        Table::new(&[("", Column::Fixed), ("name", Column::Wraps), ("", Column::Wraps), ("key", Column::Moves)]);
    for change in changes {
        let (word, style, detail) = match change {
            Change::Added(_) => ("added", NEW, String::new()),
            Change::Gone(_) => ("gone", GONE, String::new()),
            Change::Moved { organization, from, to } => {
                let places = format!("{} → {}", name(*from, first), name(*to, organization.day()));
                ("moved", DOUBT, places)
            }
            Change::Renamed { before, .. } => ("renamed", DOUBT, format!("← {}", renamed_from(view, before, change))),
        };
        let at = subject(change);
        let key = find::slug(&AnyRecord::Organization(at.organization()));
        table.row(vec![cell(style, word), cell(PLAIN, name_at(&at)), cell(QUIET, detail), cell(KEY, key)]);
    }
    let mut text = table.render(0, view.columns);
    text.push_str(&page::paragraph(QUIET, &counted(changes.len(), "change"), view.columns));
    text
}

/// The names before, in the languages in which they are others now.
fn renamed_from(view: &View<'_>, before: &OrganizationAt<'_>, change: &Change<'_>) -> String {
    let after = subject(change);
    let other = |language| {
        let (before, after) = (before.name(language)?.value, after.name(language)?.value);
        (before != after).then(|| before.to_string())
    };
    view.chronicle.languages().filter_map(other).collect::<Vec<_>>().join(" / ")
}
