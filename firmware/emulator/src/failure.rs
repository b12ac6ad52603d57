//! Why something did not work, in words.

use std::fmt;
use std::process::ExitCode;
use std::time::Duration;

/// A result with a [`Failure`].
pub type Result<T> = std::result::Result<T, Failure>;

/// Why a program was not built or did not run to its end.
#[derive(Debug)]
pub enum Failure {
    /// A program that was called does not start.
    Missing {
        /// The program.
        program: String,
        /// What the system says.
        error: std::io::Error,
        /// What to do.
        advice: &'static str,
    },
    /// A program could not be built.
    Build(String),
    /// A program ended with an error; a failed assertion says where.
    Failed {
        /// The exit code, if it ended by itself.
        code: Option<i32>,
        /// What it printed.
        printed: String,
    },
    /// A program did not end in time and was stopped.
    Hung {
        /// How long it was waited for.
        limit: Duration,
        /// What it had printed.
        printed: String,
    },
    /// A program ended and had printed nothing: whatever ran, it was not it.
    Silent,
    /// Something else.
    Other(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { program, error, advice } => write!(f, "`{program}` does not start: {error}; {advice}"),
            Self::Build(command) => write!(f, "`{command}` failed"),
            Self::Failed { code: Some(code), printed } => write!(f, "it ended with code {code}:\n{printed}"),
            Self::Failed { code: None, printed } => write!(f, "it was killed:\n{printed}"),
            Self::Hung { limit, printed } => {
                write!(f, "it did not end within {} s and was stopped:\n{printed}", limit.as_secs())
            }
            Self::Silent => f.write_str("it printed nothing"),
            Self::Other(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Failure {}

/// Whatever else went wrong.
pub fn failed(error: impl fmt::Display) -> Failure {
    Failure::Other(error.to_string())
}

/// What a program ends with, which says why if it failed.
#[must_use]
pub fn exit(outcome: Result<()>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

impl Failure {
    /// A tool of Rust that does not start.
    pub(crate) fn rust(program: &str, error: std::io::Error) -> Self {
        Self::Missing { program: program.to_owned(), error, advice: "get Rust from https://rustup.rs" }
    }

    /// The same, with what was done.
    #[must_use]
    pub fn during(self, what: &str) -> Self {
        Self::Other(format!("{what}: {self}"))
    }
}
