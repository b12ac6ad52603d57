//! What is wrong with the data, and where: one [`Problem`] each, an [`Error`] for all of them. Host only.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::fmt;
use std::io;
use std::path::Path;
use std::rc::Rc;

use crate::files::{Files, Source};
use crate::model::Place;
use crate::{check, read};

/// One thing that is wrong with the data, and what to do about it.
///
/// It prints as `path:line:column: what is wrong; what to do`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Where it stands; `None` for a file that is missing or cannot be read.
    pub place: Option<Place>,
    /// The path of the file, as it is shown.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The name of the check that found it.
    pub check: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub advice: String,
}

impl Problem {
    /// The names of all checks that can find a problem in the data.
    ///
    /// ```
    /// use nenpyo_codegen::Problem;
    /// assert!(Problem::checks().any(|check| check == "dates_are_edtf"));
    /// ```
    pub fn checks() -> impl Iterator<Item = &'static str> {
        read::CHECKS.iter().copied().chain(check::names())
    }

    /// A problem that stands in no file of the data.
    pub(crate) fn elsewhere(check: &'static str, path: String, message: String, advice: &str) -> Self {
        Self { place: None, path, line: 1, column: 1, check, message, advice: advice.to_owned() }
    }

    /// A file or folder that cannot be read.
    pub(crate) fn of_reading(path: String, error: &io::Error) -> Self {
        let message = format!("this cannot be read: {error}");
        let advice = match error.kind() {
            io::ErrorKind::NotFound => "look whether it is there",
            io::ErrorKind::PermissionDenied => "allow it to be read",
            io::ErrorKind::NotADirectory => "give the folder that `chronicle.toml` stands in",
            io::ErrorKind::Other => "put the files themselves here, or take it away",
            _ => "look whether it is there and may be read",
        };
        Self::elsewhere(read::FILES_CAN_BE_READ, path, message, advice)
    }

    fn order(&self, other: &Self) -> Ordering {
        let key = |problem: &Self| (problem.line, problem.column, problem.check);
        self.path.cmp(&other.path).then(key(self).cmp(&key(other))).then_with(|| self.message.cmp(&other.message))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, column, message, advice, .. } = self;
        write!(f, "{path}:{line}:{column}: {message}; {advice}")
    }
}

/// Everything that is wrong with a data folder, in the order of files and lines.
pub struct Error {
    problems: Vec<Problem>,
}

impl Error {
    /// Puts problems in order; what was told twice stands once.
    pub(crate) fn new(mut problems: Vec<Problem>) -> Self {
        problems.sort_by(Problem::order);
        problems.dedup();
        Self { problems }
    }

    /// A file that cannot be written.
    pub(crate) fn io(path: &Path, error: &io::Error) -> Self {
        let message = format!("this cannot be written: {error}");
        let path = path.display().to_string();
        let advice = "look whether there is room and whether you may write here";
        Self::new(vec![Problem::elsewhere("files_can_be_written", path, message, advice)])
    }

    /// A mistake of our own, not of the data.
    pub(crate) fn internal(message: &str) -> Self {
        let path = env!("CARGO_PKG_NAME").to_owned();
        let advice = "this is a mistake in nenpyo: please report it with the data";
        Self::new(vec![Problem::elsewhere("the_tables_read_back", path, message.to_owned(), advice)])
    }

    /// The problems.
    ///
    /// ```
    /// let error = nenpyo_codegen::compile("no-such-folder".as_ref()).unwrap_err();
    /// assert_eq!(error.problems().len(), 1);
    /// assert_eq!(error.problems()[0].check, "files_can_be_read");
    /// ```
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

/// As [`Display`](fmt::Display), because `main` of a build script prints an error this way.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in the data\n{self}", counted(self.problems.len(), "problem"))
    }
}

impl std::error::Error for Error {}

/// Where the stages put the problems they find.
pub(crate) struct Report<'a> {
    pub(crate) files: &'a Files,
    /// The name under which [`say`](Self::say) files a problem.
    pub(crate) check: &'static str,
    problems: &'a mut Vec<Problem>,
    /// The file that was looked at last: the next problem often stands in the same one.
    last: RefCell<Option<(usize, Rc<Source<'a>>)>>,
}

impl<'a> Report<'a> {
    pub(crate) fn new(files: &'a Files, check: &'static str, problems: &'a mut Vec<Problem>) -> Self {
        Self { files, check, problems, last: RefCell::default() }
    }

    /// A file that can be read.
    pub(crate) fn source(&self, file: usize) -> Rc<Source<'a>> {
        let mut last = self.last.borrow_mut();
        match &*last {
            Some((other, source)) if *other == file => source.clone(),
            _ => last.insert((file, Rc::new(self.files.source(file)))).1.clone(),
        }
    }

    /// Opens a file that may not be there any more; `None` if that is told.
    pub(crate) fn open(&mut self, file: usize) -> Option<Rc<Source<'a>>> {
        match self.files.open(file) {
            Ok(source) => Some(self.last.get_mut().insert((file, Rc::new(source))).1.clone()),
            Err(error) => {
                self.problems.push(Problem::of_reading(self.files.path(file), &error));
                None
            }
        }
    }

    /// Adds a problem of the check that is running.
    pub(crate) fn say(&mut self, place: Place, message: impl Into<String>, advice: impl Into<String>) {
        self.tell(self.check, place, message, advice);
    }

    /// Adds a problem of a check.
    pub(crate) fn tell(
        &mut self,
        check: &'static str,
        place: Place,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) {
        let (line, column) = self.source(place.file).line_and_column(place.start);
        let path = self.files.path(place.file);
        let (message, advice) = (message.into(), advice.into());
        self.problems.push(Problem { place: Some(place), path, line, column, check, message, advice });
    }

    /// Adds a problem of a file that is not there.
    pub(crate) fn tell_missing(&mut self, check: &'static str, name: &str, message: &str, advice: &str) {
        self.problems.push(Problem::elsewhere(check, self.files.path_of(name), message.to_owned(), advice));
    }
}

/// A value as a message shows it: in backticks, without what would break the line, and not too long.
pub(crate) fn quoted(value: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = value.chars().take(LONGEST).flat_map(visible).collect();
    if value.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    if shown.is_empty() { "`\"\"`".to_owned() } else { format!("`{shown}`") }
}

/// A character as a message shows it.
pub(crate) fn visible(character: char) -> Vec<char> {
    if character.is_control() || is_invisible(character) {
        character.escape_default().collect()
    } else {
        vec![character]
    }
}

/// Characters that are no control characters by name but act like them: marks of direction, line and paragraph
/// separators, the byte order mark, the space of no width, the hyphen that only shows at the end of a line.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Values as a message lists them: `a`, `b`, `c`.
pub(crate) fn listed<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    values.into_iter().map(quoted).collect::<Vec<_>>().join(", ")
}

/// A number and its noun: `1 problem`, `2 problems`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// `a` or `an`, as the word asks.
pub(crate) fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// The candidate that was probably meant, if one is near enough.
pub(crate) fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = folded(word);
    let limit = (word.len() / 3).clamp(1, 4);
    let near = candidates.into_iter().filter_map(|candidate| {
        let other = folded(candidate);
        let shorter = word.len().min(other.len());
        // A word that breaks off, or goes on, is as near as the limit allows.
        let broken_off = shorter >= 4 && word[..shorter] == other[..shorter];
        let distance = distance_up_to(&word, &other, limit).or(broken_off.then_some(limit))?;
        // Of two letters, one must be right and not be all there is.
        (distance < word.len().max(other.len())).then_some((distance, candidate))
    });
    near.min().map(|(_, candidate)| candidate)
}

/// Differences of case, of width and of joining marks are the usual slips: they count as nothing.
fn folded(word: &str) -> Vec<char> {
    let same = |c| if matches!(c, '_' | ' ') { '-' } else { c };
    word.trim().chars().map(narrow).flat_map(char::to_lowercase).map(same).collect()
}

/// The ASCII character of which this is the full-width form, if it is one: `Ａ`, `１`, `＝`, the ideographic space.
pub(crate) fn narrow(character: char) -> char {
    match character {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        other => other,
    }
}

/// How many insertions, removals, replacements and swaps of neighbours lie between two words, if at most `limit`.
fn distance_up_to(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        if row.iter().min().is_none_or(|least| *least > limit) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::{closest, quoted};

    #[test]
    fn a_misspelt_word_finds_the_one_that_was_meant() {
        let fields = ["name", "names", "sources", "summary", "organizations", "from", "to"];
        assert_eq!(closest("sumary", fields), Some("summary"));
        assert_eq!(closest("organisations", fields), Some("organizations"));
        assert_eq!(closest("form", fields), Some("from"));
        assert_eq!(closest("Sources", fields), Some("sources"));
        assert_eq!(closest("colour", fields), None);
        assert_eq!(closest("x", ["y"]), None);
        assert_eq!(closest("result", ["party", "resulting"]), Some("resulting"));
    }

    #[test]
    fn what_would_break_a_line_is_shown_as_its_code() {
        assert_eq!(quoted("a\nb\u{202E}"), "`a\\nb\\u{202e}`");
        assert_eq!(quoted(&"x".repeat(61)), format!("`{}…`", "x".repeat(60)));
    }
}
