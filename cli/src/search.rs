//! `search`: records whose texts contain what is looked for, best first. Runs on the host.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use nenpyo::{AnyRecord, Chronicle, Field, Hit, Language, RecordKind};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::args::Search;
use crate::opened::View;
use crate::page::counted;
use crate::table::{KEY, PLAIN, QUIET, paint};
use crate::{Failure, Home, Opened, Page, find, page};

/// What was looked for, where it stands.
const FOUND: Style = AnsiColor::Yellow.on_default().bold();

/// How many characters of a text are shown before and behind what was found.
const AROUND: (usize, usize) = (20, 40);

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
    if let [language] = view.languages.as_slice() {
        hits = hits.in_language(*language);
    }
    let is_asked = |hit: &Hit<'_>| hit.field() == Field::Date || view.languages.contains(&hit.language());
    let hits: Vec<Hit<'_>> = hits.filter(is_asked).collect();
    if args.look.json {
        let found: Vec<Found<'_, '_>> = hits.iter().map(|hit| Found { chronicle: &chronicle, hit }).collect();
        return page::json(&found);
    }
    let mut out: String = hits.iter().map(|hit| lines(&view, hit)).collect();
    let count = if hits.is_empty() { format!("nothing has `{text}` in it") } else { counted(hits.len(), "record") };
    out.push_str(&page::paragraph(QUIET, &count, view.columns));
    Ok(Page::from(out))
}

fn characters(text: &str) -> usize {
    text.chars().count()
}

/// A record, and under it where it was found if that is not in a title that is shown.
fn lines(view: &View<'_>, hit: &Hit<'_>) -> String {
    let record = hit.record();
    let text = text(hit);
    let mut titles = Vec::new();
    let mut is_shown = false;
    for title in view.languages.iter().filter_map(|language| record.title(*language)) {
        let title = title.to_string();
        let is_it = !is_shown && title == text;
        is_shown |= is_it;
        titles.push(if is_it { marked(hit, &title, PLAIN) } else { title });
    }
    let kind = paint(QUIET, record.kind().name());
    let mut lines = format!("{}  {kind}  {}\n", titles.join(" · "), paint(KEY, &find::slug(&record)));
    if !is_shown {
        let field = paint(QUIET, &field(hit));
        let _ = writeln!(lines, "    {field}  {}", around(hit, &text));
    }
    lines
}

/// The text that a hit lies in.
fn text(hit: &Hit<'_>) -> String {
    match (hit.text(), hit.record()) {
        (Some(text), _) => text.to_string(),
        (None, AnyRecord::Milestone(milestone)) => milestone.date().to_string(),
        _ => String::new(),
    }
}

/// The text with what was found in colour.
fn marked(hit: &Hit<'_>, text: &str, style: Style) -> String {
    let (before, found, after) = parts(hit, text);
    [paint(style, before), paint(FOUND, found), paint(style, after)].concat()
}

fn parts<'t>(hit: &Hit<'_>, text: &'t str) -> (&'t str, &'t str, &'t str) {
    let range = hit.range();
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    (part(0..range.start), part(range.clone()), part(range.end..text.len()))
}

/// What stands around what was found.
fn around(hit: &Hit<'_>, text: &str) -> String {
    let (before, found, after) = parts(hit, text);
    let skipped = characters(before).saturating_sub(AROUND.0);
    let before: String = before.chars().skip(skipped).collect();
    let cut = |rest: bool| if rest { "…" } else { "" };
    let goes_on = characters(after) > AROUND.1;
    let after: String = after.chars().take(AROUND.1).collect();
    format!("{}{before}{}{after}{}", cut(skipped > 0), paint(FOUND, found), cut(goes_on))
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
