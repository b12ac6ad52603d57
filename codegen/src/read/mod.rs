//! Reads a data folder into the authoring types and tells everything that is wrong with its shape. Host only.
//!
//! What could be understood is always kept, with stand-ins for what could not, so that the checks can go on and
//! everything is told in one run. Nobody compiles such data: there are problems.

mod dates;
pub mod fields;
mod gaps;
pub(crate) mod literal;
mod manifest;
mod reader;
mod records;
mod row;
mod syntax;

pub(crate) use self::records::is_kebab_case;

use std::borrow::Cow;

use nenpyo_schema::{GlyphSize, RecordKind};
use toml::de::DeTable;

use crate::crew::Crew;
use crate::files::{Files, Source};
use crate::model::{ChronicleData, ChronicleToml, Place, RubyTerm};
use crate::problem::{Problem, Report, closest, listed, quoted};
pub(crate) use gaps::Gaps;
use reader::Reader;
pub(crate) use reader::noun;
use row::Row;

macro_rules! checks {
    ($($check:ident = $name:literal;)+) => {
        $(pub(crate) const $check: &str = $name;)+
        /// The names of all checks of this stage.
        pub(crate) const CHECKS: &[&str] = &[$($check),+];
    };
}

checks! {
    FILES_ARE_RECORDS = "files_are_records";
    FILES_ARE_UTF8 = "files_are_utf8";
    FILES_HAVE_NO_BOM = "files_have_no_bom";
    FILES_END_LINES_WITH_LF = "files_end_lines_with_lf";
    FILES_ARE_NOT_EMPTY = "files_are_not_empty";
    FILES_ARE_TOML = "files_are_toml";
    FIELDS_STAND_ONCE = "fields_stand_once";
    FIELDS_ARE_SPELT_RIGHT = "fields_are_spelt_right";
    FIELDS_ARE_KNOWN = "fields_are_known";
    FIELDS_ARE_THERE = "fields_are_there";
    FIELDS_HAVE_THE_RIGHT_TYPE = "fields_have_the_right_type";
    TEXTS_ARE_IN_EVERY_LANGUAGE = "texts_are_in_every_language";
    LANGUAGES_ARE_KNOWN = "languages_are_known";
    KEYS_ARE_KEBAB_CASE = "keys_are_kebab_case";
    KEYS_EQUAL_FILE_NAMES = "keys_equal_file_names";
    WORDS_ARE_KNOWN = "words_are_known";
    DATES_ARE_EDTF = "dates_are_edtf";
    YEARS_FIT_THE_TABLES = "years_fit_the_tables";
    PERIODS_END_ON_A_DAY = "periods_end_on_a_day";
    THE_MANIFEST_IS_THERE = "the_manifest_is_there";
    LANGUAGES_ARE_TAGS = "languages_are_tags";
    THE_DATA_IS_OF_A_DAY = "the_data_is_of_a_day";
    VERSIONS_ARE_NUMBERS = "versions_are_numbers";
    LICENCES_ARE_NAMED = "licences_are_named";
    GLYPHS_ARE_OF_KNOWN_SIZES = "glyphs_are_of_known_sizes";
}

/// The name under which files that cannot be read are told. No data in memory can have that problem.
pub(crate) const FILES_CAN_BE_READ: &str = "files_can_be_read";

const MANIFEST: &str = "chronicle.toml";
const RUBY: &str = "ruby.toml";

/// What a path says of a file.
enum Sort<'p> {
    Manifest,
    Ruby,
    Record(RecordKind, &'p str),
    /// Glyphs, what goes with them, or a font to take some from.
    Font,
    Stray,
}

fn sort_of(path: &str) -> Sort<'_> {
    match path.split_once('/') {
        None if path == MANIFEST => Sort::Manifest,
        None if path == RUBY => Sort::Ruby,
        Some(("fonts", _)) => Sort::Font,
        Some(("glyphs", name)) if is_glyph_file(name) => Sort::Font,
        Some((folder, name)) if !name.contains('/') => {
            let kind = RecordKind::ALL.iter().find(|kind| fields::folder(**kind) == folder);
            match (kind, name.strip_suffix(".toml")) {
                (Some(kind), Some(key)) if !key.is_empty() => Sort::Record(*kind, key),
                _ => Sort::Stray,
            }
        }
        _ => Sort::Stray,
    }
}

/// Whether this is the name of what `regen` writes into `glyphs`.
fn is_glyph_file(name: &str) -> bool {
    name == "breaks.txt" || name.strip_suffix(".bdf").and_then(GlyphSize::from_name).is_some()
}

/// The keys that file names promise, so that a reference to a record that could not be read is not called wrong too.
/// A file in an unknown folder promises its key for any kind.
pub(crate) fn promised_keys(files: &Files) -> impl Iterator<Item = (Option<RecordKind>, &str)> {
    let unread = files.unread().iter().map(|(path, _)| path.as_str());
    (0..files.len()).map(|file| files.name(file)).chain(unread).filter_map(|path| match sort_of(path) {
        Sort::Record(kind, key) => Some((Some(kind), key)),
        Sort::Stray => {
            let name = path.rsplit('/').next()?;
            Some((None, name.split_once('.').map_or(name, |(key, _)| key)))
        }
        _ => None,
    })
}

/// Reads all files. If the manifest does not tell the languages, there are none in what it gives, and each text holds
/// what was found in the order of their tags.
pub(crate) fn read(files: &Files, crew: &Crew, problems: &mut Vec<Problem>) -> ChronicleData {
    problems.extend(files.unread().iter().map(|(_, problem)| problem.clone()));
    let mut found = Found::default();
    let mut report = Report::new(files, FILES_ARE_RECORDS, problems);
    let manifest = read_manifest(&mut report, &mut found.gaps);
    let languages: Vec<String> = manifest.languages.iter().map(|at| at.value.clone()).collect();
    let languages = (!languages.is_empty()).then_some(&languages[..]);
    // What is parsed is dropped file by file: a tree takes many times the room of the record.
    let shares = crew.shares(files.len(), |share| {
        let (mut found, mut problems) = (Found::default(), Vec::new());
        let steps = share.len();
        for file in share {
            found.add(&mut Report::new(files, FILES_ARE_RECORDS, &mut problems), languages, file);
        }
        crew.advance(steps);
        (found, problems)
    });
    for (share, told) in shares {
        found.append(share);
        problems.extend(told);
    }
    found.records.into_chronicle(manifest, found.ruby, found.gaps)
}

/// What was found in files that follow one another.
#[derive(Default)]
struct Found {
    records: Records,
    ruby: Option<Vec<RubyTerm>>,
    gaps: Gaps,
}

impl Found {
    fn add(&mut self, report: &mut Report, languages: Option<&[String]>, file: usize) {
        let path = report.files.name(file);
        let sort = sort_of(path);
        if let Sort::Manifest | Sort::Font = sort {
            return;
        }
        let Some(source) = report.open(file) else { return };
        let (kind, key) = match sort {
            Sort::Manifest | Sort::Font => return,
            Sort::Ruby => {
                let row = read_file(report, &mut self.gaps, languages, file, &source, fields::RUBY, "`ruby.toml`");
                let terms = row.and_then(|mut row| row.list("terms")).unwrap_or_default();
                self.ruby = Some(terms.into_iter().map(|marked| RubyTerm { marked }).collect());
                return;
            }
            Sort::Record(kind, key) => (kind, key),
            Sort::Stray => {
                tell_stray(report, file);
                // Where it is clear what it should be, its own mistakes are told too.
                let Some(meant) = meant_record(path) else { return };
                meant
            }
        };
        if let Some(row) = read_file(report, &mut self.gaps, languages, file, &source, fields::of(kind), &noun(kind)) {
            self.records.add(kind, row, key, report, languages);
        }
    }

    fn append(&mut self, other: Self) {
        self.records.append(other.records);
        self.ruby = other.ruby.or(self.ruby.take());
        self.gaps.append(other.gaps);
    }
}

use records::Records;

fn read_manifest(report: &mut Report, gaps: &mut Gaps) -> ChronicleToml {
    let files = report.files;
    let is_named_so = |file: &usize| files.name(*file) == MANIFEST;
    // A misspelt one is told as a stray file, and read.
    let is_meant = |file: &usize| meant_file(files.name(*file)) == Some(MANIFEST);
    let Some(file) = (0..files.len()).find(is_named_so).or_else(|| (0..files.len()).find(is_meant)) else {
        if files.unread().iter().any(|(path, _)| path == MANIFEST) {
            return manifest::unknown();
        }
        let advice = "write one; the README of nenpyo's own data shows its fields";
        report.tell_missing(THE_MANIFEST_IS_THERE, MANIFEST, "there is no manifest", advice);
        return manifest::unknown();
    };
    let Some(source) = report.open(file) else { return manifest::unknown() };
    // The languages are needed to read the texts beside them, so they are read on their own at first.
    let mut unheard = Vec::new();
    let mut silent = Report::new(files, FILES_ARE_TOML, &mut unheard);
    let mut no_gaps = Gaps::default();
    let first = read_file(&mut silent, &mut no_gaps, None, file, &source, fields::MANIFEST, "`chronicle.toml`");
    let languages = first.and_then(|mut row| row.list("languages")).unwrap_or_default();
    let languages: Vec<String> = languages.into_iter().map(|at| at.value).collect();
    let known = (!languages.is_empty()).then_some(&languages[..]);
    let row = read_file(report, gaps, known, file, &source, fields::MANIFEST, "`chronicle.toml`");
    row.map_or_else(manifest::unknown, manifest::manifest)
}

/// Parses a file and reads its fields; `None` if nothing in it can be read.
fn read_file(
    report: &mut Report,
    gaps: &mut Gaps,
    languages: Option<&[String]>,
    file: usize,
    source: &Source,
    fields: &'static [fields::Field],
    noun: &str,
) -> Option<Row> {
    let text = source.text();
    tell_bytes(report, file, source)?;
    let body = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let skipped = text.len() - body.len();
    // A line end of old Macs is told already; the lines are read all the same.
    let body = lone_returns_as_newlines(body);
    let first_line = body.lines().next().unwrap_or_default().len();
    let whole = Place { file, start: skipped, end: skipped + first_line };
    let (mut table, mut errors) = DeTable::parse_recoverable(&body);
    if table.get_ref().is_empty() && errors.is_empty() {
        report.tell(FILES_ARE_NOT_EMPTY, whole, "this file is empty", "write the record, or delete the file");
        return None;
    }
    let mut places = Vec::new();
    let rest;
    if syntax::is_broken(&errors) {
        rest = syntax::without_unclosed(report, whole, &body, fields, &mut places);
        (table, errors) = DeTable::parse_recoverable(&rest);
    }
    syntax::tell(report, gaps, whole, text, &errors, &mut places);
    if !places.is_empty() {
        gaps.add_file(file);
    }
    let mut reader = Reader { report, gaps, languages, file, source: text, skipped, fields, errors: places };
    Some(reader.table(fields, table.get_ref(), whole, noun))
}

fn lone_returns_as_newlines(body: &str) -> Cow<'_, str> {
    if body.replace("\r\n", "").contains('\r') {
        body.replace("\r\n", "\u{1}\n").replace('\r', "\n").replace("\u{1}\n", "\r\n").into()
    } else {
        body.into()
    }
}

/// Tells what is wrong with the bytes of a file; `None` if they are no text.
fn tell_bytes(report: &mut Report, file: usize, source: &Source) -> Option<()> {
    let text = source.text();
    let at = |start: usize, length: usize| Place { file, start, end: start + length };
    // UTF-16 and pictures are full of zeros.
    let zero = text.find('\0').map(|start| (start, 0));
    if let Some((start, byte)) = zero.or_else(|| source.first_bad_byte()) {
        let message = format!("byte `{byte:#04x}` is not UTF-8");
        report.tell(FILES_ARE_UTF8, at(start, 1), message, "save the file in UTF-8");
        return None;
    }
    if text.starts_with('\u{FEFF}') {
        let advice = "save it as UTF-8 without BOM";
        report.tell(FILES_HAVE_NO_BOM, at(0, 3), "this file begins with a byte order mark", advice);
    }
    if let Some(start) = text.find('\r') {
        let is_pair = text[start..].starts_with("\r\n");
        let (length, message) = if is_pair { (2, "this line ends with CR LF") } else { (1, "this line ends with CR") };
        report.tell(FILES_END_LINES_WITH_LF, at(start, length), message, "save the file with LF line ends");
    }
    Some(())
}

/// The file in the data folder itself that was meant by a path.
fn meant_file(path: &str) -> Option<&'static str> {
    if path.contains('/') { None } else { closest(path, [MANIFEST, RUBY]) }
}

/// The kind whose folder was meant by a name.
fn meant_kind(folder: &str) -> Option<RecordKind> {
    let kinds = || RecordKind::ALL.iter().copied();
    kinds().find(|kind| kind.name() == folder).or_else(|| {
        let meant = closest(folder, kinds().map(fields::folder))?;
        kinds().find(|kind| fields::folder(*kind) == meant)
    })
}

/// The record that was meant by a path.
fn meant_record(path: &str) -> Option<(RecordKind, &str)> {
    let (folder, rest) = path.split_once('/')?;
    let name = rest.rsplit('/').next()?;
    Some((meant_kind(folder)?, name.strip_suffix(".toml")?))
}

fn tell_stray(report: &mut Report, file: usize) {
    let path = report.files.name(file);
    let place = Place { file, start: 0, end: 0 };
    let folders: Vec<&str> = RecordKind::ALL.iter().map(|kind| fields::folder(*kind)).collect();
    let advice = match path.split_once('/') {
        None => match meant_file(path) {
            Some(meant) => format!("did you mean {}?", quoted(meant)),
            None => format!("delete it, or put it into one of the folders {}", listed(folders)),
        },
        Some((folder, name)) if !folders.contains(&folder) => match meant_kind(folder) {
            Some(meant) => format!("did you mean {}?", quoted(&format!("{}/{name}", fields::folder(meant)))),
            None => format!("put it into one of the folders {}", listed(folders)),
        },
        Some((_, name)) if name.contains('/') => "put it into the folder above".to_owned(),
        Some((_, name)) => match name.split_once('.') {
            Some((key, end)) if is_kebab_case(key) && end.split('.').any(|part| closest(part, ["toml"]).is_some()) => {
                format!("did you mean {}?", quoted(&format!("{key}.toml")))
            }
            None if is_kebab_case(name) => format!("did you mean {}?", quoted(&format!("{name}.toml"))),
            _ => "delete it, or move it out of the data".to_owned(),
        },
    };
    report.tell(FILES_ARE_RECORDS, place, "this is a file that is not a record", advice);
}
