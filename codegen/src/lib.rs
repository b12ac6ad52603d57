//! Compiles a folder of TOML records into nenpyo's const tables. Host only.
//!
//! `read` → `check` → `lower` → `emit`: each stage is a module, a verb and a function.
//! Every problem of the data is found in one run and tells file, line, column and what to do.

mod check;
mod emit;
mod files;
mod fingerprint;
mod lower;
pub mod model;
mod problem;
mod read;
pub mod ruby;
mod search;
mod tokens;
mod verify;

pub use emit::{Compiled, Cost};
pub use files::Files;
pub use problem::{Error, Problem};
pub use read::fields;

use std::path::Path;

/// Compiles the data folder: what [`Files::read`] and [`compile_files`] do, one after the other.
///
/// ```
/// let compiled = nenpyo_codegen::compile("tests/fixtures/ok".as_ref())?;
/// assert!(compiled.rust().contains("CHRONICLE"));
/// assert!(nenpyo_codegen::compile("no-such-folder".as_ref()).is_err());
/// # Ok::<(), nenpyo_codegen::Error>(())
/// ```
pub fn compile(data: &Path) -> Result<Compiled, Error> {
    compile_files(&Files::read(data)?)
}

/// Compiles files that are already in memory.
///
/// # Errors
///
/// Every problem of the data at once, in the order of files and lines.
///
/// ```
/// use nenpyo_codegen::{Files, compile_files};
/// let manifest = r#"
///     name.en = "A club"
///     languages = ["en"]
///     version = "0.1.0"
///     as_of = "2026-11-22"
///     licence = "CC0-1.0"
///     credit.en = "Data: the club"
///     notice.en = "Nothing official"
///     subject = "club"
/// "#;
/// let club = r#"
///     key = "club"
///     exists = { from = "2016-04-01", to = ".." }
///     names = [{ en = "The Club" }]
///     kinds = [{ kind = "institute" }]
///     sources = [{ source = "book", certainty = "A" }]
/// "#;
/// let book = r#"
///     key = "book"
///     kind = "booklet"
///     title.en = "A booklet"
///     publisher.en = "The Club"
/// "#;
/// let folder = |club: &str| {
///     let files = [("chronicle.toml", manifest), ("organizations/club.toml", club), ("sources/book.toml", book)];
///     Files::from_memory("data/", files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())))
/// };
/// assert!(compile_files(&folder(club)).is_ok());
///
/// let error = compile_files(&folder(&club.replace("names", "name"))).unwrap_err();
/// let expected = "data/organizations/club.toml:4:5: an organisation has no field `name`; did you mean `names`?";
/// assert_eq!(error.to_string(), expected);
/// ```
pub fn compile_files(files: &Files) -> Result<Compiled, Error> {
    let data = checked(files)?;
    emit::emit(lower::lower(&data))
}

/// Reads and checks without compiling: the authoring types, for tools that work on the data itself.
///
/// # Errors
///
/// As [`compile_files`].
///
/// ```
/// let data = nenpyo_codegen::checked(&nenpyo_codegen::Files::read("tests/fixtures/ok".as_ref())?)?;
/// assert_eq!(data.milestones.len(), 2);
/// # Ok::<(), nenpyo_codegen::Error>(())
/// ```
pub fn checked(files: &Files) -> Result<model::ChronicleData, Error> {
    let mut problems = Vec::new();
    let data = read::read(files, &mut problems);
    check::check(files, &data, &mut problems);
    if problems.is_empty() { Ok(data) } else { Err(Error::new(problems)) }
}
