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
mod tokens;
mod verify;

pub use emit::{Compiled, Cost};
pub use files::Files;
pub use problem::{Error, Problem};

use std::path::Path;

/// Compiles the data folder: what [`Files::read`] and [`compile_files`] do, one after the other.
pub fn compile(data: &Path) -> Result<Compiled, Error> {
    compile_files(&Files::read(data)?)
}

/// Compiles files that are already in memory.
///
/// # Errors
///
/// Every problem of the data at once, in the order of files and lines.
pub fn compile_files(files: &Files) -> Result<Compiled, Error> {
    let data = checked(files)?;
    emit::emit(lower::lower(&data))
}

/// Reads and checks without compiling: the authoring types, for tools that work on the data itself.
///
/// # Errors
///
/// As [`compile_files`].
pub fn checked(files: &Files) -> Result<model::ChronicleData, Error> {
    let mut problems = Vec::new();
    let data = read::read(files, &mut problems);
    if let Some(data) = &data {
        check::check(files, data, &mut problems);
    }
    match data {
        Some(data) if problems.is_empty() => Ok(data),
        _ => Err(Error::new(problems)),
    }
}
