//! `list`: all records of a kind. Runs on the host.

use nenpyo::{AnyRecord, Edtf, End, Period, RecordKind};

use crate::args::List;
use crate::opened::View;
use crate::table::{Cell, Column, DATE, DOUBT, KEY, PLAIN, QUIET, Table, cell};
use crate::{Failure, Home, Opened, Page, find, page};

/// Lists the records.
pub(crate) fn run(args: &List, home: &Home) -> Result<Page, Failure> {
    let opened = Opened::of(&args.look.folder, home)?;
    let chronicle = opened.chronicle()?;
    let view = View::new(&chronicle, &args.look.lang, false)?;
    let records: Vec<AnyRecord<'_>> = find::all(&chronicle, Some(args.kind)).collect();
    if args.look.json {
        return page::json(&records);
    }
    Ok(Page::from(table(&view, args.kind, &records).render(0, view.columns)))
}

/// The records in a table: what identifies them first, the key last.
fn table(view: &View<'_>, kind: RecordKind, records: &[AnyRecord<'_>]) -> Table {
    let mut columns: Vec<(&'static str, Column)> = Vec::new();
    match kind {
        RecordKind::Milestone => columns.extend([("date", Column::Fixed), ("kind", Column::Extra)]),
        RecordKind::Organization | RecordKind::Site | RecordKind::Document => {
            columns.extend([("from", Column::Fixed), ("to", Column::Fixed), ("kind", Column::Extra)]);
        }
        RecordKind::Statement => columns.push(("kind", Column::Extra)),
        RecordKind::Source => {
            columns.extend([("date", Column::Fixed), ("kind", Column::Extra), ("cited", Column::Right)]);
        }
        _ => {}
    }
    let is_titled = matches!(kind, RecordKind::Milestone | RecordKind::Statement | RecordKind::Source);
    let word = if is_titled { "title" } else { "name" };
    columns.extend(view.languages.iter().map(|_| (word, Column::Wraps)));
    match kind {
        RecordKind::Site => columns.push(("within", Column::Extra)),
        RecordKind::Theme => columns.push(("broader", Column::Extra)),
        _ => {}
    }
    columns.push(("key", Column::Moves));
    let mut table = Table::new(&columns);
    for record in records {
        let mut row = before(record);
        row.extend(titles(view, record));
        row.extend(after(record));
        row.push(cell(KEY, find::slug(record)));
        table.row(row);
    }
    table
}

/// The cells before the title.
fn before(record: &AnyRecord<'_>) -> Vec<Cell> {
    match record {
        AnyRecord::Milestone(milestone) => {
            vec![cell(DATE, milestone.date()), cell(QUIET, milestone.kind().name())]
        }
        AnyRecord::Organization(organization) => {
            let mut row = period(&organization.existence()).to_vec();
            row.push(cell(QUIET, organization.kinds().next_back().map_or("", |kind| kind.value.name())));
            row
        }
        AnyRecord::Site(site) => {
            let mut row = site.existence().as_ref().map_or_else(unknown, period).to_vec();
            row.push(cell(QUIET, site.kind().name()));
            row
        }
        AnyRecord::Document(document) => {
            let mut row = document.existence().as_ref().map_or_else(unknown, period).to_vec();
            row.push(cell(QUIET, document.kind().name()));
            row
        }
        AnyRecord::Statement(statement) => vec![cell(QUIET, statement.kind().name())],
        AnyRecord::Source(source) => {
            let weak = if source.is_weak() {
                cell(DOUBT, format!("{}?", source.kind().name()))
            } else {
                cell(QUIET, source.kind().name())
            };
            let date = source.date().map_or_else(String::new, |date| date.to_string());
            vec![cell(DATE, date), weak, cell(PLAIN, source.cited_by().count())]
        }
        _ => Vec::new(),
    }
}

/// The cells between the title and the key.
fn after(record: &AnyRecord<'_>) -> Option<Cell> {
    let key = |record: Option<AnyRecord<'_>>| cell(QUIET, record.as_ref().map(find::slug).unwrap_or_default());
    match record {
        AnyRecord::Site(site) => Some(key(site.within().map(AnyRecord::Site))),
        AnyRecord::Theme(theme) => Some(key(theme.broader().map(AnyRecord::Theme))),
        _ => None,
    }
}

/// The title in each language that is shown.
pub(crate) fn titles(view: &View<'_>, record: &AnyRecord<'_>) -> Vec<Cell> {
    let title = |language| record.title(language).map(|title| title.to_string()).unwrap_or_default();
    view.languages.iter().map(|language| cell(PLAIN, title(*language))).collect()
}

/// The two ends of a period as two cells.
pub(crate) fn period(period: &Period) -> [Cell; 2] {
    [end(&period.from), end(&period.to)]
}

fn unknown() -> [Cell; 2] {
    [end(&End::Unknown), end(&End::Unknown)]
}

/// An end of a period: its date, `..` if it is open, nothing if it is unknown.
pub(crate) fn end(end: &End) -> Cell {
    match end {
        End::Date(date) => dated(*date),
        End::Open => cell(QUIET, ".."),
        End::Unknown => cell(QUIET, ""),
    }
}

fn dated(date: Edtf) -> Cell {
    cell(if date.qualifier() == nenpyo::Qualifier::None { DATE } else { DOUBT }, date)
}
