//! Why a command failed, as one clear message and an exit code. Runs on the host.

use std::fmt;
use std::io;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use nenpyo_codegen::{Error, Files};

use crate::check;

const ERROR: Style = AnsiColor::Red.on_default().bold();

/// Why a command failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// The arguments ask for something that there is not. Exit code 2.
    Usage(String),
    /// The data has problems. Exit code 1.
    Data(Box<Problems>),
    /// Anything else. Exit code 1.
    Other(String),
    /// The output could not be written. Exit code 1; none if nobody reads it any more.
    Output(io::Error),
}

/// The problems of a data folder and the files they are in.
#[derive(Debug)]
pub struct Problems {
    /// The files.
    pub files: Files,
    /// The problems.
    pub error: Error,
}

impl Failure {
    /// A failure of the data.
    pub(crate) fn data(files: Files, error: Error) -> Self {
        Self::Data(Box::new(Problems { files, error }))
    }

    /// A file that could not be written or read.
    pub(crate) fn file(path: &std::path::Path, error: &io::Error) -> Self {
        Self::Other(format!("{}: {error}", path.display()))
    }

    /// Prints it and gives the exit code.
    pub fn report(&self) -> ExitCode {
        if let Self::Output(error) = self
            && error.kind() == io::ErrorKind::BrokenPipe
        {
            return ExitCode::SUCCESS;
        }
        if let Self::Data(problems) = self {
            anstream::eprint!("{}", check::rendered(problems, check::is_terminal(&io::stderr())));
        }
        anstream::eprintln!("{ERROR}error:{ERROR:#} {self}");
        ExitCode::from(if matches!(self, Self::Usage(_)) { 2 } else { 1 })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) | Self::Other(message) => f.write_str(message),
            Self::Data(problems) => f.write_str(&check::summary(problems)),
            Self::Output(error) => write!(f, "the output cannot be written: {error}"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
