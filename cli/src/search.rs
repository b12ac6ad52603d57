//! `search`: records whose texts contain what is looked for, best first. Runs on the host.

use std::ops::Range;

use nenpyo::{AnyRecord, Chronicle, Field, Hit, Language, RecordKind};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::args::Search;
use crate::opened::View;
use crate::page::counted;
use crate::table::{Column, KEY, PLAIN, QUIET, Table, cell};
use crate::{Failure, Home, Opened, Page, find, page};

/// How many characters of a text are shown before and behind what was found.
const AROUND: (usize, usize) = (20, 30);

/// Searches.
pub(crate) fn run(args: &Search, home: &Home) -> Result<Page, Failure> {
    let opened = Opened::of(&args.look.folder, home)?;
    let chronicle = opened.chronicle()?;
    let view = View::new(&chronicle, &args.look.lang, true)?;
    let text = args.text.join(" ");
    let search =
        chronicle.search(&text).map_err(|error| Failure::Usage(format!("{error}; this has {}", characters(&text))))?;
    let mut hits = search.hits();
    if let Some(kind) = args.kind {
        hits = hits.of_kind(kind);
    }
    // One language, however often it was asked for. Of several, what was found says in which it was.
    if let [language, others @ ..] = view.languages.as_slice()
        && others.iter().all(|other| other == language)
    {
        hits = hits.in_language(*language);
    }
    let is_asked = |hit: &Hit<'_>| hit.field() == Field::Date || view.languages.contains(&hit.language());
    let hits: Vec<Hit<'_>> = hits.filter(is_asked).collect();
    if args.look.json {
        let found: Vec<Found<'_, '_>> = hits.iter().map(|hit| Found { chronicle: &chronicle, hit }).collect();
        return page::json(&found);
    }
    if hits.is_empty() {
        return Ok(Page::from(page::paragraph(QUIET, &nothing(args, &view, &text), view.columns)));
    }
    let mut out = table(&view, &hits).render(0, view.columns);
    out.push_str(&page::paragraph(QUIET, &counted(hits.len(), "record"), view.columns));
    Ok(Page::from(out))
}

fn characters(text: &str) -> usize {
    text.chars().count()
}

/// Says that nothing was found, and what was left out of the search, since that may be why.
fn nothing(args: &Search, view: &View<'_>, text: &str) -> String {
    if !text.contains(char::is_alphanumeric) {
        return format!("`{text}` has no letter and no digit to look for");
    }
    let who = args.kind.map_or_else(|| "nothing".to_owned(), |kind| format!("no {}", kind.name()));
    let is_all = view.chronicle.languages().all(|language| view.languages.contains(&language));
    let tags: Vec<String> = view.languages.iter().map(|language| format!("`{language}`")).collect();
    let only = if is_all { String::new() } else { format!("; only {} was searched", tags.join(" and ")) };
    format!("{who} has `{text}` in it{only}")
}

/// The records in a table, each with the text it was found in below it if that is no title that is shown.
fn table(view: &View<'_>, hits: &[Hit<'_>]) -> Table {
    let mut table = Table::new(&[("kind", Column::Fixed), ("title", Column::Wraps), ("key", Column::Moves)]);
    for hit in hits {
        let record = hit.record();
        let text = text(hit);
        let (title, found) = title(view, hit, &text);
        let is_shown = found.is_some();
        let title = cell(PLAIN, title).with_found(found.unwrap_or_default());
        table.row(vec![cell(QUIET, record.kind().name()), title, cell(KEY, find::slug(&record))]);
        if !is_shown {
            let (snippet, found) = snippet(hit, &text);
            let indent = || "  ".to_owned();
            let field = cell(QUIET, field(hit)).below(indent(), indent());
            table.row(vec![field, cell(PLAIN, snippet).with_found(found), cell(PLAIN, "")]);
        }
    }
    table
}

/// The text that a hit lies in.
fn text(hit: &Hit<'_>) -> String {
    match (hit.text(), hit.record()) {
        (Some(text), _) => text.to_string(),
        (None, AnyRecord::Milestone(milestone)) => milestone.date().to_string(),
        _ => String::new(),
    }
}

/// The title in the languages that are shown, once if they agree, and where what was found lies in it, if it does.
fn title(view: &View<'_>, hit: &Hit<'_>, text: &str) -> (String, Option<Range<usize>>) {
    let mut titles: Vec<String> = Vec::new();
    for title in view.languages.iter().filter_map(|language| hit.record().title(*language)) {
        let title = title.to_string();
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    let (mut line, mut found) = (String::new(), None);
    for title in titles {
        if !line.is_empty() {
            line.push_str(" · ");
        }
        if title == text {
            let range = hit.range();
            found = Some(line.len() + range.start..line.len() + range.end);
        }
        line.push_str(&title);
    }
    (line, found)
}

/// What stands around what was found, and where that lies in it.
fn snippet(hit: &Hit<'_>, text: &str) -> (String, Range<usize>) {
    let (before, found, after) = parts(hit, text);
    let skipped = characters(before).saturating_sub(AROUND.0);
    let mut line = String::from(if skipped > 0 { "…" } else { "" });
    line.extend(before.chars().skip(skipped));
    let start = line.len();
    line.push_str(found);
    let end = line.len();
    line.extend(after.chars().take(AROUND.1));
    if characters(after) > AROUND.1 {
        line.push('…');
    }
    (line, start..end)
}

/// What stands before what was found, that itself, and what stands behind it.
fn parts<'t>(hit: &Hit<'_>, text: &'t str) -> (&'t str, &'t str, &'t str) {
    let range = hit.range();
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    (part(0..range.start), part(range.clone()), part(range.end..text.len()))
}

/// Where the text stands in the record's file.
fn field(hit: &Hit<'_>) -> String {
    let is_named =
        matches!(hit.record().kind(), RecordKind::Site | RecordKind::Person | RecordKind::Theme | RecordKind::Document);
    let name = match hit.field() {
        Field::Title if is_named => "name".to_owned(),
        Field::Title => "title".to_owned(),
        Field::Name(at) => format!("names[{at}]"),
        Field::ShortName => "short".to_owned(),
        Field::Summary => "summary".to_owned(),
        Field::Note => "note".to_owned(),
        Field::Address => "address".to_owned(),
        Field::Publisher => "publisher".to_owned(),
        _ => return "date".to_owned(),
    };
    format!("{name}.{}", hit.language())
}

/// A hit as JSON.
struct Found<'c, 'a> {
    chronicle: &'c Chronicle<'a>,
    hit: &'c Hit<'a>,
}

impl Serialize for Found<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let record = self.hit.record();
        let text = text(self.hit);
        let (before, found, _) = parts(self.hit, &text);
        let start = characters(before);
        let mut map = serializer.serialize_map(Some(7))?;
        map.serialize_entry("kind", record.kind().name())?;
        map.serialize_entry("slug", &find::slug(&record))?;
        map.serialize_entry("title", &Title { record, languages: self.chronicle.languages().collect() })?;
        map.serialize_entry("field", &field(self.hit))?;
        map.serialize_entry("start", &start)?;
        map.serialize_entry("end", &(start + characters(found)))?;
        map.serialize_entry("score", &self.hit.score())?;
        map.end()
    }
}

/// A title in every language, in the order of the manifest.
struct Title<'a> {
    record: AnyRecord<'a>,
    languages: Vec<Language>,
}

impl Serialize for Title<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let title = |language: &Language| self.record.title(*language).map(|title| title.to_string());
        serializer.collect_map(self.languages.iter().map(|language| (language.tag().to_owned(), title(language))))
    }
}
