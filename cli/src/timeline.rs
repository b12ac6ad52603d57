//! `timeline`: milestones in order of time, as far as they pass every filter. Runs on the host.

use nenpyo::{AnyRecord, Chronicle, Day, Edtf, Milestone, Selection};

use crate::args::Timeline;
use crate::opened::View;
use crate::page::counted;
use crate::table::{Column, DATE, DOUBT, KEY, QUIET, Table, cell};
use crate::{Failure, Home, Opened, Page, find, list, page};

/// Shows the milestones.
pub(crate) fn run(args: &Timeline, home: &Home) -> Result<Page, Failure> {
    let span = span(args.from, args.to)?;
    let opened = Opened::of(&args.look.folder, home)?;
    let chronicle = opened.chronicle()?;
    let view = View::new(&chronicle, &args.look.lang, false)?;
    let milestones: Vec<Milestone<'_>> = select(&chronicle, args, span)?.iter().collect();
    if args.look.json {
        return page::json(&milestones);
    }
    let mut text = table(&view, &milestones).render(0, view.columns);
    text.push_str(&page::paragraph(QUIET, &counted(milestones.len(), "milestone"), view.columns));
    Ok(Page::from(text))
}

/// The milestones in a table.
pub(crate) fn table(view: &View<'_>, milestones: &[Milestone<'_>]) -> Table {
    let mut columns = vec![("date", Column::Fixed), ("kind", Column::Extra)];
    columns.extend(view.languages.iter().map(|_| ("title", Column::Wraps)));
    columns.push(("key", Column::Moves));
    let mut table = Table::new(&columns);
    for milestone in milestones {
        let date = milestone.date();
        let style = if date.qualifier() == nenpyo::Qualifier::None { DATE } else { DOUBT };
        let record = AnyRecord::Milestone(*milestone);
        let mut row = vec![cell(style, date), cell(QUIET, milestone.kind().name())];
        row.extend(list::titles(view, &record));
        row.push(cell(KEY, find::slug(&record)));
        table.row(row);
    }
    table
}

/// The time from the first day of one date to the last day of another, open where one is left out.
fn span(from: Option<Edtf>, to: Option<Edtf>) -> Result<Option<Edtf>, Failure> {
    let far = || Failure::Usage("`--from` and `--to` lie in the years -9999 to 9999".to_owned());
    let first = from.map(|date| date.days().begin_earliest).filter(|day| *day != Day::MIN);
    let last = to.map(|date| date.days().end_latest).filter(|day| *day != Day::MAX);
    if let (Some(from), Some(to), Some(first), Some(last)) = (from, to, first, last)
        && first > last
    {
        return Err(Failure::Usage(format!("`--from {from}` is after `--to {to}`")));
    }
    let write = |day: Option<Day>| match day {
        Some(day) => Edtf::from_day(day).map(|date| date.to_string()).ok_or_else(far),
        None => Ok("..".to_owned()),
    };
    if first.is_none() && last.is_none() {
        return Ok(None);
    }
    let text = format!("{}/{}", write(first)?, write(last)?);
    Edtf::parse(&text).map(Some).map_err(|error| Failure::Usage(format!("`{text}`: {error}")))
}

/// The selection that the arguments describe, made of the same filters as firmware has.
fn select<'a>(chronicle: &'a Chronicle<'a>, args: &Timeline, span: Option<Edtf>) -> Result<Selection<'a>, Failure> {
    let all = everything(chronicle)?;
    let mut selection = match span {
        None => all,
        Some(span) if args.surely => all.surely_within(&span),
        Some(span) if args.overlapping => all.overlapping(&span),
        Some(span) => all.possibly_within(&span),
    };
    if let Some(kind) = args.kind {
        selection = selection.of_kind(kind);
    }
    if let Some(key) = &args.org {
        let id = find::one(chronicle, key, |record| match record {
            AnyRecord::Organization(organization) => Some(organization),
            _ => None,
        })?
        .id();
        selection = if args.with_units { selection.involving_units_of(id) } else { selection.involving(id) };
    }
    if let Some(key) = &args.site {
        let is_site = |record| if let AnyRecord::Site(site) = record { Some(site) } else { None };
        selection = selection.at_site(find::one(chronicle, key, is_site)?.id());
    }
    if let Some(key) = &args.theme {
        let is_theme = |record| if let AnyRecord::Theme(theme) = record { Some(theme) } else { None };
        selection = selection.about(find::one(chronicle, key, is_theme)?.id());
    }
    if let Some(key) = &args.person {
        let is_person = |record| if let AnyRecord::Person(person) = record { Some(person) } else { None };
        selection = selection.with_person(find::one(chronicle, key, is_person)?.id());
    }
    if let Some(key) = &args.document {
        let is_document = |record| if let AnyRecord::Document(document) = record { Some(document) } else { None };
        selection = selection.with_document(find::one(chronicle, key, is_document)?.id());
    }
    Ok(selection)
}

/// All milestones as a selection: every date that a table can hold overlaps all time.
pub(crate) fn everything<'a>(chronicle: &'a Chronicle<'a>) -> Result<Selection<'a>, Failure> {
    let all_time = Edtf::parse("-9999/..").map_err(|error| Failure::Other(error.to_string()))?;
    Ok(chronicle.milestones().overlapping(&all_time))
}
