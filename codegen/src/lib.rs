//! Compiles a folder of TOML records into nenpyo's const tables. Host only.
//!
//! `read` → `check` → `lower` → `emit`: each stage is a module, a verb and a function.
//! Every problem of the data is found in one run and tells file, line, column and what to do.

mod check;
mod crew;
mod dense;
mod emit;
mod files;
mod fingerprint;
mod glyphs;
mod lower;
pub mod model;
mod problem;
mod read;
pub mod ruby;
mod search;
mod tokens;
mod verify;

pub use crew::Observer;
pub use emit::{Compiled, Cost};
pub use files::Files;
pub use glyphs::{BREAKS_FILE, Lack, bdf, glyph_file};
pub use nenpyo_schema::GlyphSize;
pub use problem::{Error, Problem};
pub use read::fields;

use std::num::NonZero;
use std::path::Path;

use crew::Crew;

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
    Compiler::new().compile(files)
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
    Compiler::new().checked(files)
}

/// How to compile: with how many threads, and who is told how far it is. The result is the same, whatever is chosen.
///
/// ```
/// use nenpyo_codegen::{Compiler, Files, compile_files};
/// use std::num::NonZero;
/// let files = Files::read("tests/fixtures/ok".as_ref())?;
/// let alone = Compiler::new().threads(NonZero::<usize>::MIN).compile(&files)?;
/// assert_eq!(alone.blob(), compile_files(&files)?.blob());
/// # Ok::<(), nenpyo_codegen::Error>(())
/// ```
pub struct Compiler<'o> {
    crew: Crew<'o>,
}

impl Default for Compiler<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'o> Compiler<'o> {
    /// Works with as many threads as the machine runs at once, and tells nobody.
    ///
    /// ```
    /// use nenpyo_codegen::{Compiler, Files};
    /// assert!(Compiler::new().compile(&Files::read("tests/fixtures/ok".as_ref())?).is_ok());
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self { crew: Crew::new() }
    }

    /// Works with so many threads.
    ///
    /// ```
    /// use nenpyo_codegen::{Compiler, Files};
    /// use std::num::NonZero;
    /// let files = Files::read("tests/fixtures/ok".as_ref())?;
    /// assert!(Compiler::new().threads(NonZero::<usize>::MIN).compile(&files).is_ok());
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    #[must_use]
    pub fn threads(mut self, threads: NonZero<usize>) -> Self {
        self.crew.threads = threads.get();
        self
    }

    /// Tells an observer of every stage.
    ///
    /// ```
    /// use nenpyo_codegen::{Compiler, Files, Observer};
    ///
    /// struct Printed;
    ///
    /// impl Observer for Printed {
    ///     fn begin(&self, stage: &'static str, steps: usize) {
    ///         eprintln!("{stage}: {steps} steps");
    ///     }
    /// }
    ///
    /// let files = Files::read("tests/fixtures/ok".as_ref())?;
    /// assert!(Compiler::new().observed(&Printed).compile(&files).is_ok());
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    #[must_use]
    pub fn observed(mut self, observer: &'o dyn Observer) -> Self {
        self.crew.observer = Some(observer);
        self
    }

    /// As [`compile_files`].
    ///
    /// # Errors
    ///
    /// As [`compile_files`].
    ///
    /// ```
    /// use nenpyo_codegen::{Compiler, Files};
    /// assert!(Compiler::new().compile(&Files::from_memory("data/", [])).is_err());
    /// ```
    pub fn compile(&self, files: &Files) -> Result<Compiled, Error> {
        let data = self.checked(files)?;
        self.crew.begin("lowering", 0);
        let lowered = lower::lower(&data);
        drop(data);
        emit::emit(files.clone(), lowered, &self.crew)
    }

    /// As the function [`checked`].
    ///
    /// # Errors
    ///
    /// As [`compile_files`].
    ///
    /// ```
    /// use nenpyo_codegen::{Compiler, Files};
    /// let data = Compiler::new().checked(&Files::read("tests/fixtures/ok".as_ref())?)?;
    /// assert_eq!(data.milestones.len(), 2);
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn checked(&self, files: &Files) -> Result<model::ChronicleData, Error> {
        let mut problems = Vec::new();
        self.crew.begin("reading", files.len());
        let data = read::read(files, &self.crew, &mut problems);
        check::check(files, &data, &self.crew, &mut problems);
        if problems.is_empty() { Ok(data) } else { Err(Error::new(problems)) }
    }
}
