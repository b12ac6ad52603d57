//! The chronicle that a command looks at: a data folder compiled in memory, or the baked one. Runs on the host.

use std::path::{Path, PathBuf};

use nenpyo::{Chronicle, Language};
use nenpyo_codegen::{Compiled, Compiler, Cost, Files};

use crate::args::Folder;
use crate::progress::Progress;
use crate::{Failure, Home};

/// A chronicle that is ready to be looked at.
#[derive(Debug)]
pub struct Opened {
    /// The bytes of the compiled folder; nothing if the baked chronicle is looked at.
    blob: Option<Vec<u8>>,
    costs: Vec<Cost>,
}

impl Opened {
    /// Compiles the folder, or takes the baked chronicle if none is given and there is one.
    pub(crate) fn of(folder: &Folder, home: &Home) -> Result<Self, Failure> {
        if cfg!(feature = "qst") && folder.data.is_none() && home.data.is_none() {
            return Ok(Self { blob: None, costs: Vec::new() });
        }
        Self::compiled(&data(folder, home)?)
    }

    /// Compiles the folder.
    pub(crate) fn compiled(data: &Path) -> Result<Self, Failure> {
        let (_, compiled) = compile(data)?;
        Ok(Self { blob: Some(compiled.blob()), costs: compiled.costs() })
    }

    /// The chronicle.
    ///
    /// # Errors
    ///
    /// Never for what was just compiled, unless this program is broken.
    pub fn chronicle(&self) -> Result<Chronicle<'_>, Failure> {
        match &self.blob {
            Some(blob) => open(blob),
            None => baked(),
        }
    }

    /// What each table costs in flash; empty for the baked chronicle.
    pub fn costs(&self) -> &[Cost] {
        &self.costs
    }
}

#[cfg(feature = "qst")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature there is no chronicle")]
fn baked() -> Result<Chronicle<'static>, Failure> {
    Ok(nenpyo::QST)
}

#[cfg(not(feature = "qst"))]
fn baked() -> Result<Chronicle<'static>, Failure> {
    Err(Failure::Other("this command was built without a chronicle of its own".to_owned()))
}

/// Opens what was just compiled.
pub(crate) fn open(blob: &[u8]) -> Result<Chronicle<'_>, Failure> {
    Chronicle::open(blob).map_err(|error| {
        Failure::Other(format!("the compiled chronicle does not open: {error}; this is a fault of nenpyo"))
    })
}

/// The data folder that is meant.
pub(crate) fn data(folder: &Folder, home: &Home) -> Result<PathBuf, Failure> {
    if let Some(data) = folder.data.as_ref().or(home.data.as_ref()) {
        return if data.is_dir() {
            Ok(data.clone())
        } else {
            Err(Failure::Usage(format!("there is no folder `{}`", data.display())))
        };
    }
    let here = PathBuf::from("data");
    if here.is_dir() {
        return Ok(here);
    }
    let command = home.command;
    Err(Failure::Usage(format!("which data? say `{command} … --data DIR`, or go to a folder that holds `data`")))
}

/// Reads a data folder.
pub(crate) fn read(data: &Path) -> Result<Files, Failure> {
    Files::read(data).map_err(|error| Failure::data(Files::default(), error))
}

/// Reads and compiles a data folder.
pub(crate) fn compile(data: &Path) -> Result<(Files, Compiled), Failure> {
    let progress = Progress::of(format!("compiling {}", data.display()));
    let files = read(data)?;
    match Compiler::new().observed(&progress).compile(&files) {
        Ok(compiled) => Ok((files, compiled)),
        Err(error) => Err(Failure::data(files, error)),
    }
}

/// A chronicle and how it is to be shown.
#[derive(Clone, Debug)]
pub(crate) struct View<'a> {
    pub(crate) chronicle: &'a Chronicle<'a>,
    /// The languages to show; never empty.
    pub(crate) languages: Vec<Language>,
    /// How wide the terminal is.
    pub(crate) columns: Option<usize>,
}

impl<'a> View<'a> {
    /// Shows the languages that were asked for: otherwise all, or only the chronicle's first one.
    pub(crate) fn new(chronicle: &'a Chronicle<'a>, asked: &[Language], otherwise_all: bool) -> Result<Self, Failure> {
        let all: Vec<Language> = chronicle.languages().collect();
        if let Some(unknown) = asked.iter().find(|language| !all.contains(language)) {
            let known: Vec<&str> = all.iter().map(Language::tag).collect();
            return Err(Failure::Usage(format!("the chronicle has no `{unknown}`; it has {}", known.join(", "))));
        }
        let languages = match asked {
            [] if otherwise_all => all,
            [] => all.into_iter().take(1).collect(),
            asked => asked.to_vec(),
        };
        Ok(Self { chronicle, languages, columns: crate::page::columns() })
    }
}
