//! The files of a data folder, on the disk or in memory, in a fixed order. Host only.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::problem::{Error, Problem};

/// The files of a data folder: paths relative to it, sorted, and where their bytes are.
///
/// What is on the disk is read when it is looked at, and not kept: there may be a million files.
/// A README, a LICENSE, dotfiles and the backups of editors are no part of it.
#[derive(Clone, Debug, Default)]
pub struct Files {
    prefix: String,
    folder: PathBuf,
    /// Shared, because what was compiled keeps them.
    found: Arc<[File]>,
    /// The paths that are there but can surely not be read, and why.
    unread: Vec<(String, Problem)>,
}

#[derive(Clone, Debug)]
struct File {
    path: String,
    /// Its bytes; `None` if they are on the disk.
    bytes: Option<Vec<u8>>,
}

/// The bytes of a file while it is looked at.
pub(crate) struct Source<'f> {
    bytes: Cow<'f, [u8]>,
    /// How many bytes at the beginning are UTF-8.
    readable: usize,
    /// Where its lines begin.
    lines: OnceCell<Vec<usize>>,
}

impl<'f> Source<'f> {
    fn new(bytes: impl Into<Cow<'f, [u8]>>) -> Self {
        let bytes = bytes.into();
        let readable = std::str::from_utf8(&bytes).map_or_else(|error| error.valid_up_to(), str::len);
        Self { bytes, readable, lines: OnceCell::new() }
    }

    /// Its text, as far as it is UTF-8. To ask once costs as much as to look through it.
    pub(crate) fn text(&self) -> &str {
        self.bytes.get(..self.readable).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// Where it stops being UTF-8.
    pub(crate) fn first_bad_byte(&self) -> Option<(usize, u8)> {
        Some((self.readable, *self.bytes.get(self.readable)?))
    }

    /// As [`Files::line_and_column`].
    pub(crate) fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let bytes = &self.bytes;
        let lines = self.lines.get_or_init(|| {
            let after = |(at, byte): (usize, &u8)| (*byte == b'\n').then_some(at + 1);
            std::iter::once(0).chain(bytes.iter().enumerate().filter_map(after)).collect()
        });
        let offset = offset.min(bytes.len());
        let line = lines.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|index| lines.get(index)).copied().unwrap_or_default();
        let on_line = bytes.get(start..offset).unwrap_or_default();
        let on_line = on_line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(on_line);
        // Bytes that continue a character are no column of their own.
        let column = on_line.iter().filter(|byte| **byte & 0xC0 != 0x80).count() + 1;
        (line, column)
    }
}

impl Files {
    /// Lists a data folder and all folders in it. What is there and cannot be read is told together with what is
    /// wrong in the other files, by [`checked`](crate::checked).
    ///
    /// # Errors
    ///
    /// The folder itself cannot be read.
    ///
    /// ```
    /// use nenpyo_codegen::Files;
    /// let files = Files::read("tests/fixtures/ok".as_ref())?;
    /// assert_eq!(files.name(0), "chronicle.toml");
    /// # Ok::<(), nenpyo_codegen::Error>(())
    /// ```
    pub fn read(data: &Path) -> Result<Self, Error> {
        let shown = data.display().to_string().replace('\\', "/");
        let prefix = format!("{}/", shown.trim_end_matches('/'));
        if let Err(error) = fs::read_dir(data) {
            return Err(Error::new(vec![Problem::of_reading(prefix, &error)]));
        }
        let (mut found, mut unread) = (Vec::new(), Vec::new());
        walk(data, "", &mut found, &mut unread);
        let told = |(path, error)| {
            let problem = Problem::of_reading(format!("{prefix}{path}"), &error);
            (path, problem)
        };
        let unread = unread.into_iter().map(told).collect();
        let found = sorted(found.into_iter().map(|path| File { path, bytes: None }));
        Ok(Self { prefix, folder: data.to_owned(), found, unread })
    }

    /// Takes files that are in memory already; `prefix` is shown before their paths, for example `data/`.
    ///
    /// ```
    /// use nenpyo_codegen::Files;
    /// let read_me = ("README.md".to_owned(), Vec::new());
    /// let manifest = ("chronicle.toml".to_owned(), b"name.en = \"A club\"".to_vec());
    /// assert_eq!(Files::from_memory("data/", [read_me, manifest]).len(), 1, "a README is no data");
    /// ```
    pub fn from_memory(prefix: &str, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let files = files.into_iter().filter(|(path, _)| !path.split('/').any(is_ignored));
        let found = sorted(files.map(|(path, bytes)| File { path, bytes: Some(bytes) }));
        Self { prefix: prefix.to_owned(), folder: PathBuf::new(), found, unread: Vec::new() }
    }

    /// How many files there are.
    ///
    /// ```
    /// use nenpyo_codegen::Files;
    /// let files = Files::from_memory("data/", [("ruby.toml".to_owned(), Vec::new())]);
    /// assert_eq!(files.len(), 1);
    /// ```
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there is none.
    ///
    /// ```
    /// use nenpyo_codegen::Files;
    /// assert!(Files::from_memory("data/", []).is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The path to show for a file.
    ///
    /// ```
    /// use nenpyo_codegen::Files;
    /// let files = Files::from_memory("data/", [("ruby.toml".to_owned(), Vec::new())]);
    /// assert_eq!(files.path(0), "data/ruby.toml");
    /// ```
    pub fn path(&self, file: usize) -> String {
        format!("{}{}", self.prefix, self.name(file))
    }

    /// The path to show for a file that need not be there.
    pub(crate) fn path_of(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// The path of a file relative to the data folder, with `/`.
    ///
    /// ```
    /// use nenpyo_codegen::Files;
    /// let files = Files::from_memory("data/", [("ruby.toml".to_owned(), Vec::new())]);
    /// assert_eq!(files.name(0), "ruby.toml");
    /// assert_eq!(files.name(1), "", "there is no such file");
    /// ```
    pub fn name(&self, file: usize) -> &str {
        self.found.get(file).map_or("", |file| &file.path)
    }

    /// The bytes of a file; none if it cannot be read.
    ///
    /// ```
    /// use nenpyo_codegen::Files;
    /// let files = Files::from_memory("data/", [("ruby.toml".to_owned(), vec![0xFF])]);
    /// assert_eq!(*files.bytes(0), [0xFF]);
    /// ```
    pub fn bytes(&self, file: usize) -> Cow<'_, [u8]> {
        self.source(file).bytes
    }

    /// The text of a file, as far as it is UTF-8.
    ///
    /// ```
    /// use nenpyo_codegen::Files;
    /// let files = Files::from_memory("data/", [("ruby.toml".to_owned(), b"terms\xFF = []".to_vec())]);
    /// assert_eq!(files.text(0), "terms");
    /// ```
    pub fn text(&self, file: usize) -> String {
        self.source(file).text().to_owned()
    }

    /// Reads a file.
    pub(crate) fn open(&self, file: usize) -> io::Result<Source<'_>> {
        let Some(found) = self.found.get(file) else { return Ok(Source::new(&[])) };
        match &found.bytes {
            Some(bytes) => Ok(Source::new(bytes)),
            None => fs::read(self.folder.join(&found.path)).map(Source::new),
        }
    }

    /// Reads a file that was read before; it is empty if that is no longer possible.
    pub(crate) fn source(&self, file: usize) -> Source<'_> {
        self.open(file).unwrap_or_else(|_| Source::new(&[]))
    }

    /// The paths that are there but could not be read, and why.
    pub(crate) fn unread(&self) -> &[(String, Problem)] {
        &self.unread
    }

    /// The line and the column of a byte: both count from 1, columns in characters, a byte order mark in none.
    ///
    /// ```
    /// use nenpyo_codegen::Files;
    /// let files = Files::from_memory("data/", [("ruby.toml".to_owned(), "# 年\n# 表".into())]);
    /// assert_eq!(files.line_and_column(0, 8), (2, 3), "where 表 stands");
    /// ```
    pub fn line_and_column(&self, file: usize, offset: usize) -> (usize, usize) {
        self.source(file).line_and_column(offset)
    }
}

fn sorted(files: impl Iterator<Item = File>) -> Arc<[File]> {
    let mut files: Vec<File> = files.collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.into()
}

/// Whether a file or folder of this name is none of our business.
fn is_ignored(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let prose = matches!(stem, "README" | "LICENSE") || name.starts_with("LICENSE-");
    let is_toml = Path::new(name).extension().is_some_and(|extension| extension == "toml");
    let backup = name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || [".bak", ".orig", ".rej", ".swp", ".swo", ".tmp"].iter().any(|end| name.ends_with(end));
    name.starts_with('.') || backup || (prose && !is_toml)
}

/// Collects the files below a folder; what cannot be read is kept aside and does not stop the walk.
fn walk(folder: &Path, inside: &str, found: &mut Vec<String>, unread: &mut Vec<(String, io::Error)>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return unread.push((inside.to_owned(), error)),
    };
    let mut folders = Vec::new();
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return unread.push((inside.to_owned(), error)),
        };
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_ignored(&name) {
            continue;
        }
        let path = if inside.is_empty() { name } else { format!("{inside}/{name}") };
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => folders.push((entry.path(), path)),
            Ok(kind) if kind.is_file() => found.push(path),
            _ => match leads_to_file(&entry.path()) {
                Ok(()) => found.push(path),
                Err(error) => unread.push((path, error)),
            },
        }
    }
    for (folder, path) in folders {
        walk(&folder, &path, found, unread);
    }
}

/// Looks whether this is a link to a file. A link to a folder could lead round in a circle, and a pipe or a device never
/// ends.
fn leads_to_file(path: &Path) -> io::Result<()> {
    let kind = fs::metadata(path)?.file_type();
    if kind.is_dir() {
        return Err(io::Error::other("it is a link to a folder"));
    }
    if !kind.is_file() {
        return Err(io::Error::other("it is neither a file nor a folder"));
    }
    Ok(())
}
