//! What a command prints, and printing it. Runs on the host.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use crate::Failure;

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

/// How wide the terminal is; nothing if the output goes somewhere else, where lines can be as long as they are.
pub(crate) fn columns() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    let (columns, _) = terminal_size::terminal_size()?;
    Some(usize::from(columns.0).max(20))
}

/// A number and its noun: `1 file`, `2 files`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
