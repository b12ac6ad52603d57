//! What a command prints, and printing it. Runs on the host.

use std::io::{self, IsTerminal, Write};

use anstyle::Style;
use serde::Serialize;

use crate::table::paint;
use crate::{Failure, width};

/// What a command prints, whole: nothing is printed of a command that fails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// For standard output, with escape sequences for colour.
    pub text: String,
    /// Whether the command failed all the same, for example because something is stale: why.
    pub failure: Option<String>,
}

impl From<String> for Page {
    fn from(text: String) -> Self {
        Self { text, failure: None }
    }
}

/// Prints a page: in colour on a terminal only, and without if `NO_COLOR` is set.
///
/// # Errors
///
/// If it cannot be written, or if the page says that the command failed.
pub fn print(page: &Page) -> Result<(), Failure> {
    let mut out = anstream::stdout();
    out.write_all(page.text.as_bytes())?;
    out.flush()?;
    match &page.failure {
        Some(why) => Err(Failure::Other(why.clone())),
        None => Ok(()),
    }
}

/// A value as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<Page, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::Other(error.to_string()))?;
    Ok(Page::from(text + "\n"))
}

/// How wide the output may be: as wide as the terminal, else what `COLUMNS` says. Nothing if it goes somewhere else,
/// where lines can be as long as they are.
pub(crate) fn columns() -> Option<usize> {
    const NARROWEST: usize = 20;
    /// Of a terminal that does not say how wide it is.
    const USUAL: usize = 80;
    let is_terminal = io::stdout().is_terminal();
    let asked = || std::env::var("COLUMNS").ok()?.trim().parse().ok().filter(|columns| *columns > 0);
    let columns = if is_terminal { terminal() } else { None }.or_else(asked);
    columns.or(is_terminal.then_some(USUAL)).map(|columns| columns.max(NARROWEST))
}

/// How wide the terminal says it is.
#[cfg(unix)]
fn terminal() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
}

/// How wide the terminal says it is.
#[cfg(not(unix))]
fn terminal() -> Option<usize> {
    terminal_size::terminal_size().map(|(columns, _)| usize::from(columns.0))
}

/// Text in lines that fit the terminal, each in a style.
pub(crate) fn paragraph(style: Style, text: &str, columns: Option<usize>) -> String {
    let lines = width::wrap(text, columns.unwrap_or(usize::MAX));
    lines.iter().map(|line| paint(style, line) + "\n").collect()
}

/// A number and its noun: `1 file`, `2 files`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
