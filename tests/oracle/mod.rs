//! A brute-force oracle: answers every question of the public interface naively, from the parsed TOML alone.
//!
//! It shares no code with the compiler or the runtime but what an EDTF date means (`Edtf::parse`, `days`,
//! `qualifier`) and the words of the vocabularies. Slow and plain is its whole merit.

pub(crate) mod compare;
pub(crate) mod dates;
pub(crate) mod dice;
pub(crate) mod organizations;
pub(crate) mod records;
pub(crate) mod text;

use std::collections::HashMap;
use std::path::Path;

use nenpyo::{RecordKind, ReferrerKind, Role};
use toml::{Table, Value};

use dates::Date;
use organizations::Org;

/// The folder of each kind, in the order of the kinds.
const FOLDERS: [&str; 8] =
    ["milestones", "organizations", "sites", "people", "themes", "documents", "statements", "sources"];

/// A record as it is written. Its id is its position among its kind.
pub(crate) struct Rec {
    pub(crate) slug: String,
    pub(crate) toml: Table,
}

/// A data folder, parsed and sorted.
pub(crate) struct Oracle {
    pub(crate) manifest: Table,
    pub(crate) languages: Vec<String>,
    /// Each kind in display order.
    kinds: Vec<Vec<Rec>>,
    ids: HashMap<(u8, String), u32>,
    /// The chosen date of each milestone.
    pub(crate) dates: Vec<Date>,
    /// What an organisation's periods say.
    pub(crate) orgs: Vec<Org>,
    /// The organisations of each milestone and what they did.
    participants: Vec<Vec<(u32, Role)>>,
    /// What names each record.
    referrers: HashMap<(RecordKind, u32), Vec<(ReferrerKind, u32)>>,
}

impl Oracle {
    /// Reads the files of a data folder; paths are relative to it.
    pub(crate) fn of(files: &[(String, Vec<u8>)]) -> Self {
        let mut manifest = Table::new();
        let mut kinds: Vec<Vec<Rec>> = (0..FOLDERS.len()).map(|_| Vec::new()).collect();
        for (path, bytes) in files {
            let text = std::str::from_utf8(bytes).unwrap();
            if path == "chronicle.toml" {
                manifest = text.parse().unwrap();
            } else if let Some((folder, _)) = path.split_once('/') {
                let kind = FOLDERS.iter().position(|other| *other == folder).unwrap();
                let toml: Table = text.parse().unwrap();
                kinds[kind].push(Rec { slug: toml["key"].as_str().unwrap().to_owned(), toml });
            }
        }
        for records in &mut kinds {
            records.sort_by(|a, b| a.slug.cmp(&b.slug));
        }
        kinds[0].sort_by_key(|milestone| {
            let days = Date::of(&milestone.toml["date"]).days;
            (days.begin_earliest, days.end_latest)
        });
        kinds[1].sort_by_key(|organization| organization.toml.get("order").map_or(1000, |v| v.as_integer().unwrap()));
        let mut ids = HashMap::new();
        for (kind, records) in kinds.iter().enumerate() {
            for (id, record) in records.iter().enumerate() {
                ids.insert((kind as u8, record.slug.clone()), id as u32);
            }
        }
        let languages = strings(manifest.get("languages"));
        let dates = kinds[0].iter().map(|milestone| Date::of(&milestone.toml["date"])).collect();
        let orgs = kinds[1].iter().map(Org::of).collect();
        let (participants, referrers) = (Vec::new(), HashMap::new());
        let mut oracle = Self { manifest, languages, kinds, ids, dates, orgs, participants, referrers };
        let milestones = oracle.records(RecordKind::Milestone).iter();
        oracle.participants = milestones.map(|milestone| oracle.read_participants(milestone)).collect();
        oracle.referrers = oracle.all_referrers();
        oracle
    }

    /// All records of a kind, in display order.
    pub(crate) fn records(&self, kind: RecordKind) -> &[Rec] {
        &self.kinds[usize::from(kind.byte())]
    }

    /// The record of a kind with this id.
    pub(crate) fn record(&self, kind: RecordKind, id: u32) -> &Rec {
        &self.records(kind)[id as usize]
    }

    /// The ids of a kind.
    pub(crate) fn all(&self, kind: RecordKind) -> std::ops::Range<u32> {
        0..self.records(kind).len() as u32
    }

    /// The id of a record that is known to be there.
    pub(crate) fn id(&self, kind: RecordKind, slug: &str) -> u32 {
        self.ids[&(kind.byte(), slug.to_owned())]
    }

    /// Kind and id of the record with this slug.
    pub(crate) fn find(&self, slug: &str) -> Option<(RecordKind, u32)> {
        let kinds = RecordKind::ALL.iter();
        kinds.copied().find_map(|kind| Some((kind, *self.ids.get(&(kind.byte(), slug.to_owned()))?)))
    }

    /// The slugs of these records, for messages.
    pub(crate) fn slugs(&self, kind: RecordKind, ids: &[u32]) -> Vec<&str> {
        let slug = |id: &u32| self.records(kind).get(*id as usize).map_or("(no such record)", |rec| rec.slug.as_str());
        ids.iter().map(slug).collect()
    }
}

/// The data folder of this repository.
pub(crate) fn shipped_files() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut files = Vec::new();
    for folder in FOLDERS {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let bytes = std::fs::read(root.join(folder).join(&name)).unwrap();
            files.push((format!("{folder}/{name}"), bytes));
        }
    }
    for name in ["chronicle.toml", "ruby.toml"] {
        files.push((name.to_owned(), std::fs::read(root.join(name)).unwrap()));
    }
    files
}

/// The chronicle of these files as one blob.
pub(crate) fn compiled(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    compile(files).blob()
}

/// The same with dense texts.
pub(crate) fn compiled_densely(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    compile(files).with_dense_text().unwrap_or_else(|error| panic!("{error}")).blob()
}

/// The chronicle of these files.
pub(crate) fn compile(files: &[(String, Vec<u8>)]) -> nenpyo_codegen::Compiled {
    let files = nenpyo_codegen::Files::from_memory("data/", files.iter().cloned());
    nenpyo_codegen::compile_files(&files).unwrap_or_else(|error| panic!("{error}"))
}

/// The hash of a key: FNV-1a in 32 bits, as its authors describe it.
pub(crate) fn fnv(slug: &str) -> u32 {
    slug.bytes().fold(2_166_136_261, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619))
}

/// A list of strings, or none.
pub(crate) fn strings(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

/// A list of tables, or none.
pub(crate) fn tables<'t>(record: &'t Table, field: &str) -> Vec<&'t Table> {
    let list = record.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().map(|item| item.as_table().unwrap()).collect()
}

/// A string field.
pub(crate) fn string<'t>(table: &'t Table, field: &str) -> Option<&'t str> {
    table.get(field).map(|value| value.as_str().unwrap())
}
