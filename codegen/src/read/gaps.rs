//! What could not be read, field by field: there a stand-in is in the data, or nothing. Host only.

use std::collections::{HashMap, HashSet};

use crate::model::Place;

/// The fields that could not be read. Checks leave out what they would compare with one of them, and no more.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gaps {
    /// Fields of a table, by its file, its first byte and their name, with the text that is written there.
    fields: HashMap<(usize, usize, &'static str), Option<String>>,
    /// Fields that stand in a file twice.
    names: HashSet<(usize, String)>,
    /// Files of which nobody knows what else they hold: they are no TOML.
    files: HashSet<usize>,
}

impl Gaps {
    /// Notes that a field of the table at this place could not be read, or one item of it.
    pub(super) fn add(&mut self, table: Place, field: &'static str, written: Option<&str>) {
        self.fields.insert((table.file, table.start, field), written.map(str::to_owned));
    }

    /// Notes that nobody knows which value of these fields of a file is meant.
    pub(super) fn add_names<'a>(&mut self, file: usize, fields: impl Iterator<Item = &'a str>) {
        self.names.extend(fields.map(|field| (file, field.to_owned())));
    }

    /// Notes that a file could be read in part only.
    pub(super) fn add_file(&mut self, file: usize) {
        self.files.insert(file);
    }

    /// Adds those of other files.
    pub(super) fn append(&mut self, other: Self) {
        self.fields.extend(other.fields);
        self.names.extend(other.names);
        self.files.extend(other.files);
    }

    /// Whether a file could be read field by field.
    pub(crate) fn is_toml(&self, file: usize) -> bool {
        !self.files.contains(&file)
    }

    /// Whether a field of the table at this place was read, or is surely not there.
    pub(crate) fn is_read(&self, table: Place, field: &'static str) -> bool {
        self.is_toml(table.file)
            && !self.fields.contains_key(&(table.file, table.start, field))
            && !self.is_named(table.file, field)
    }

    /// Whether a field stands in a file twice. There is hardly ever one, and this is asked a million times.
    fn is_named(&self, file: usize, field: &str) -> bool {
        !self.names.is_empty() && self.names.contains(&(file, field.to_owned()))
    }

    /// Whether every field of this name in a file was read.
    pub(crate) fn is_read_in(&self, file: usize, field: &str) -> bool {
        self.is_toml(file)
            && !self.fields.keys().any(|(other, _, name)| *other == file && *name == field)
            && !self.is_named(file, field)
    }

    /// What is written in a field that could not be read.
    pub(crate) fn written(&self, table: Place, field: &'static str) -> Option<&str> {
        self.fields.get(&(table.file, table.start, field))?.as_deref()
    }
}
