//! `check`: every problem of the data folder, in a terminal with the lines it stands in. Runs on the host.

use std::io::{self, IsTerminal};
use std::ops::Range;
use std::path::Path;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use nenpyo_codegen::model::Place;
use nenpyo_codegen::{Cost, Problem};
use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::args::Check;
use crate::failure::Problems;
use crate::page::counted;
use crate::{Failure, Home, Opened, Page, find, opened, page};

/// Checks the data folder.
pub(crate) fn run(args: &Check, home: &Home) -> Result<Page, Failure> {
    let data = opened::data(&args.folder, home)?;
    match checked(&data) {
        Ok(_) if args.json => page::json(&Vec::<AsJson<'_>>::new()),
        Ok(checked) => Ok(Page::from(format!("ok: {}\n", counted(checked.records, "record")))),
        Err(Failure::Data(problems)) => {
            let text = if args.json {
                page::json(&problems.error.problems().iter().map(AsJson).collect::<Vec<_>>())?.text
            } else {
                rendered(&problems, is_terminal(&io::stdout()))
            };
            Ok(Page { text, failure: Some(summary(&problems)) })
        }
        Err(failure) => Err(failure),
    }
}

/// What is known of data without problems.
#[derive(Clone, Debug)]
pub struct Checked {
    /// How many records there are.
    pub records: usize,
    /// What each table costs in flash.
    pub costs: Vec<Cost>,
}

/// Checks a data folder.
///
/// # Errors
///
/// The problems of the data.
pub fn checked(data: &Path) -> Result<Checked, Failure> {
    let opened = Opened::compiled(data)?;
    let records = find::all(&opened.chronicle()?, None).count();
    Ok(Checked { records, costs: opened.costs().to_vec() })
}

/// The files that make up a data folder, relative to it.
///
/// # Errors
///
/// If the folder cannot be read.
pub fn data_files(data: &Path) -> Result<Vec<String>, Failure> {
    let files = opened::read(data)?;
    Ok((0..files.len()).map(|file| files.name(file).to_owned()).collect())
}

/// How many problems in how many files.
pub(crate) fn summary(problems: &Problems) -> String {
    let list = problems.error.problems();
    let mut paths: Vec<&str> = list.iter().map(|problem| problem.path.as_str()).collect();
    paths.dedup();
    format!("{} in {} of the data", counted(list.len(), "problem"), counted(paths.len(), "file"))
}

/// The problems as they are printed: a line each, or with the lines they stand in.
pub(crate) fn rendered(problems: &Problems, with_source: bool) -> String {
    let list = problems.error.problems();
    if !with_source {
        return list.iter().fold(String::new(), |text, problem| text + &problem.to_string() + "\n");
    }
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode);
    list.iter().map(|problem| snippet(&renderer, problems, problem) + "\n\n").collect()
}

/// A problem and the lines it stands in; the library knows how wide Japanese characters are.
fn snippet(renderer: &Renderer, problems: &Problems, problem: &Problem) -> String {
    let title = Level::ERROR.primary_title(problem.message.as_str());
    let advice = Level::HELP.message(problem.advice.as_str());
    let source = problem.place.map_or_else(String::new, |place| problems.files.text(place.file));
    let Some((text, place)) = problem.place.and_then(|place| marked(&source, place)) else {
        let path = format!("{}:{}:{}", problem.path, problem.line, problem.column);
        let group = Group::with_title(title).element(Level::NOTE.message(path)).element(advice);
        return renderer.render(&[group]);
    };
    let annotation = AnnotationKind::Primary.span(place);
    let snippet = Snippet::source(text).path(problem.path.as_str()).annotation(annotation);
    renderer.render(&[Group::with_title(title).element(snippet).element(advice)])
}

/// The text and what is marked in it: characters of one line, since a place may be a whole table. A byte order mark is
/// in no column. Nothing for a place behind the first byte that is no UTF-8.
fn marked(text: &str, place: Place) -> Option<(&str, Range<usize>)> {
    const MARK: char = '\u{feff}';
    let (text, before) = text.strip_prefix(MARK).map_or((text, 0), |rest| (rest, MARK.len_utf8()));
    let (start, end) = (place.start.saturating_sub(before), place.end.saturating_sub(before));
    let marked = text.get(start..end)?;
    Some((text, start..start + marked.find('\n').unwrap_or(marked.len())))
}

/// Whether a person reads it.
pub(crate) fn is_terminal(stream: &impl IsTerminal) -> bool {
    stream.is_terminal()
}

/// A problem as JSON: `{"path","line","column","check","message","advice"}`.
struct AsJson<'a>(&'a Problem);

impl Serialize for AsJson<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Problem", 6)?;
        object.serialize_field("path", &self.0.path)?;
        object.serialize_field("line", &self.0.line)?;
        object.serialize_field("column", &self.0.column)?;
        object.serialize_field("check", self.0.check)?;
        object.serialize_field("message", &self.0.message)?;
        object.serialize_field("advice", &self.0.advice)?;
        object.end()
    }
}

#[cfg(test)]
mod tests {
    use super::{Problems, rendered};
    use crate::width;
    use nenpyo_codegen::Files;

    /// Renders the problems of a folder that holds only this theme.
    fn told(theme: &str) -> String {
        let files = Files::from_memory("data/", [("themes/a.toml".to_owned(), theme.as_bytes().to_vec())]);
        let error = nenpyo_codegen::compile_files(&files).unwrap_err();
        anstream::adapter::strip_str(&rendered(&Problems { files, error }, true)).to_string()
    }

    #[test]
    fn the_mark_stands_under_the_place_behind_japanese() {
        let told = told("key = \"a\"\nname.ja = \"量子ビーム科学\" what\n");
        let lines: Vec<&str> = told.lines().collect();
        let at = lines.iter().position(|line| line.contains("what") && line.contains("量子")).unwrap();
        let place = |line: &str, mark: &str| width::of(line.split_once(mark).unwrap().0);
        assert_eq!(place(lines[at], "what"), place(lines[at + 1], "━"), "{told}");
    }

    #[test]
    fn whatever_is_broken_is_rendered() {
        for theme in ["", "\u{feff}", "key", "\u{feff}key = \"a\"\r\n", "name.ja = \"", "key = \"\t量\u{7}\"\n\n\n"] {
            assert!(told(theme).contains("error: "), "{theme:?}");
        }
    }
}
