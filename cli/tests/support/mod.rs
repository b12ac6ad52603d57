//! Running the `nenpyo` command as people do, and copies of data folders to run it on. Runs on the host.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// What a command left behind.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Outcome {
    /// What it printed, if it succeeded.
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.err);
        assert_eq!(self.err, "", "a success says nothing on standard error");
        self.out
    }

    /// What it printed as JSON, if it succeeded.
    pub(crate) fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.ok()).unwrap()
    }

    /// What it said on standard error, if it failed with this exit code.
    pub(crate) fn error(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(self.err.contains("error: "), "{self:?}");
        self.err
    }
}

/// Runs `nenpyo` in a folder, with arguments separated by spaces.
pub(crate) fn nenpyo(folder: &Path, line: &str) -> Outcome {
    let output = command(folder, line).output().unwrap();
    Outcome {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The command itself, for those who want to run it in a way of their own.
pub(crate) fn command(folder: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nenpyo"));
    command.args(line.split_whitespace()).current_dir(folder).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command.env_remove("COLUMNS");
    command
}

/// What `nenpyo` prints with `COLUMNS` set, no line of which is wider.
pub(crate) fn narrow(folder: &Path, line: &str, columns: usize) -> String {
    let output = command(folder, line).env("COLUMNS", columns.to_string()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && !text.is_empty(), "{line}");
    for shown in text.lines() {
        assert!(unicode_width::UnicodeWidthStr::width(shown) <= columns, "{line}, {columns}: {shown}");
    }
    text
}

/// Runs `nenpyo` on the small chronicle of a harbour museum.
pub(crate) fn harbour(line: &str) -> Outcome {
    nenpyo(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"), &format!("{line} --data data"))
}

/// The repository; its data is QST's chronicle. Not there in the package that is published.
pub(crate) fn repository() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.to_path_buf();
    root.join("data/chronicle.toml").is_file().then_some(root)
}

/// The fields of the first object in indented JSON, in the order in which they stand.
pub(crate) fn fields(json: &str) -> Vec<&str> {
    let depth = if json.starts_with('[') { "    \"" } else { "  \"" };
    let mut fields = Vec::new();
    for field in json.lines().filter_map(|line| line.strip_prefix(depth)).filter_map(|line| line.split('"').next()) {
        if fields.contains(&field) {
            break;
        }
        fields.push(field);
    }
    fields
}

/// The strings of one field of each object in an array.
pub(crate) fn each<'j>(json: &'j serde_json::Value, field: &str) -> Vec<&'j str> {
    json.as_array().unwrap().iter().map(|object| object[field].as_str().unwrap()).collect()
}

/// A folder of its own that holds a copy of the small chronicle, removed at the end.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("scratch-{}-{number}", std::process::id());
        let scratch = Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data"), &scratch.0.join("data"));
        scratch
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Runs `nenpyo` on the copy.
    pub(crate) fn nenpyo(&self, line: &str) -> Outcome {
        nenpyo(&self.0, &format!("{line} --data data"))
    }

    /// Replaces a text in a file by another; it must be there.
    pub(crate) fn replace(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "{file} does not hold {from}");
        self.write(file, text.replace(from, to));
    }

    pub(crate) fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        fs::write(self.0.join(file), text).unwrap();
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }

    /// Every file and its bytes.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        files(&self.0)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Every file below a folder and its bytes.
pub(crate) fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
