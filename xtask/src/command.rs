//! Running other programs, whose output stays visible. Runs on the host.

use std::fmt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use nenpyo_cli::Failure;

/// A program to run: `cargo test --workspace`.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    words: Vec<String>,
    environment: Vec<(&'static str, String)>,
    folder: PathBuf,
    reads_keys: bool,
}

impl Run {
    /// A program and its arguments, separated by spaces, run in a folder.
    pub(crate) fn new(folder: impl Into<PathBuf>, line: &str) -> Self {
        let words = line.split_whitespace().map(str::to_owned).collect();
        Self { words, environment: Vec::new(), folder: folder.into(), reads_keys: false }
    }

    /// With one more argument, which may hold spaces.
    pub(crate) fn arg(mut self, word: impl Into<String>) -> Self {
        self.words.push(word.into());
        self
    }

    /// With a variable of the environment.
    pub(crate) fn env(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// Reading what is typed.
    pub(crate) fn reading_keys(self) -> Self {
        Self { reads_keys: true, ..self }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(self.words.first().map_or("", String::as_str));
        command.args(self.words.iter().skip(1)).current_dir(&self.folder);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs it and shows what it prints.
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let input = if self.reads_keys { Stdio::inherit() } else { Stdio::null() };
        let status = self.command().stdin(input).status().map_err(|error| self.missing(&error))?;
        if status.success() { Ok(()) } else { Err(Failure::Other(format!("`{self}` failed ({status})"))) }
    }

    /// Runs it and gives what it prints.
    pub(crate) fn output(&self) -> Result<String, Failure> {
        let output = self.command().stderr(Stdio::inherit()).output().map_err(|error| self.missing(&error))?;
        if !output.status.success() {
            return Err(Failure::Other(format!("`{self}` failed ({})", output.status)));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Whether it runs and succeeds; nothing is shown.
    pub(crate) fn succeeds(&self) -> bool {
        let quiet = self.command().stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        quiet.is_ok_and(|status| status.success())
    }

    fn missing(&self, error: &std::io::Error) -> Failure {
        Failure::Other(format!("`{self}` does not start: {error}"))
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.environment {
            write!(f, "{name}={value} ")?;
        }
        f.write_str(&self.words.join(" "))
    }
}
