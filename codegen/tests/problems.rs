//! Every mistake in the data is told, completely and exactly: one folder of `fixtures/bad` a check.
//!
//! `BLESS=1 cargo test -p nenpyo-codegen` rewrites what is expected; read the difference before you commit it.
#![allow(clippy::disallowed_methods, reason = "a test may ask whether to write what it expects")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use nenpyo_codegen::{Files, Problem, checked};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The data of a fixture: everything in its folder but the file with what is expected.
fn files_of(folder: &Path) -> Files {
    let mut found = Vec::new();
    collect(folder, "", &mut found);
    found.retain(|(path, _)| path != "expected.txt");
    Files::from_memory("data/", found)
}

fn collect(folder: &Path, inside: &str, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{inside}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), found);
        } else {
            found.push((name, fs::read(&path).unwrap()));
        }
    }
}

fn problems_of(folder: &Path) -> Vec<Problem> {
    checked(&files_of(folder)).err().map(|error| error.problems().to_vec()).unwrap_or_default()
}

/// Compares what is told with `expected.txt`, or writes it.
fn assert_expected(folder: &Path) -> Vec<Problem> {
    let problems = problems_of(folder);
    let told: Vec<String> = problems.iter().map(Problem::to_string).chain([String::new()]).collect();
    let told = told.join("\n");
    let path = folder.join("expected.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &told).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(told, expected, "{} tells something else; BLESS=1 accepts it", folder.display());
    problems
}

fn bad_folders() -> Vec<PathBuf> {
    let entries = fs::read_dir(fixtures().join("bad")).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

#[test]
fn every_mistake_is_told_exactly_and_nothing_else() {
    let mut others = Vec::new();
    for folder in bad_folders() {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let problems = assert_expected(&folder);
        assert!(!problems.is_empty(), "{name} is not bad");
        others.extend(problems.iter().filter(|problem| problem.check != name).map(|p| format!("{name}: {p}\n")));
    }
    assert!(others.is_empty(), "these belong to other checks:\n{}", others.concat());
}

#[test]
fn every_check_has_a_fixture() {
    let checks: BTreeSet<String> = Problem::checks().map(str::to_owned).collect();
    let folders = bad_folders().into_iter().map(|folder| folder.file_name().unwrap().to_str().unwrap().to_owned());
    let folders: BTreeSet<String> = folders.collect();
    let missing: Vec<_> = checks.difference(&folders).collect();
    let unknown: Vec<_> = folders.difference(&checks).collect();
    assert!(missing.is_empty() && unknown.is_empty(), "no fixture: {missing:?}; no check: {unknown:?}");
}

#[test]
fn sound_data_has_no_problem() {
    let folder = fixtures().join("ok");
    let data = checked(&files_of(&folder)).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(data.milestones.len(), 2);
    assert_eq!(data.organizations[0].body.names.len(), 2);
    assert!(data.ruby.is_some());
}

#[test]
fn one_language_and_a_few_kinds_are_enough() {
    let data = checked(&files_of(&fixtures().join("ok-small"))).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(data.manifest.languages.len(), 1);
}

#[test]
fn many_mistakes_are_told_in_one_run() {
    let problems = assert_expected(&fixtures().join("many"));
    let checks: BTreeSet<&str> = problems.iter().map(|problem| problem.check).collect();
    assert!(checks.len() >= 15, "only {checks:?}");
}

#[test]
fn a_problem_is_one_line_with_path_line_and_column() {
    for problem in bad_folders().iter().chain([&fixtures().join("many")]).flat_map(|folder| problems_of(folder)) {
        let line = problem.to_string();
        let mut parts = line.splitn(4, ':');
        let (path, row, column, rest) =
            (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        assert!(path.starts_with("data/"), "{line}");
        assert!(row.parse::<usize>().is_ok() && column.parse::<usize>().is_ok(), "{line}");
        assert!(rest.contains("; ") && !rest.ends_with('.'), "{line}");
        assert!(!rest.trim_start().starts_with(char::is_uppercase), "{line}");
        assert!(!line.contains('\n') && line.len() < 1000, "{line}");
    }
}

#[test]
fn what_cannot_be_read_from_the_disk_is_an_error() {
    let error = Files::read(Path::new("no/such/folder")).unwrap_err();
    assert!(error.to_string().starts_with("no/such/folder/:1:1: this cannot be read: "), "{error}");
    assert!(format!("{error:?}").starts_with("1 problem in the data\n"));
}

/// The problems of sound data in which one file says something else.
fn problems_with(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    collect(&fixtures().join("ok"), "", &mut found);
    found.retain(|(other, _)| other != path);
    if !text.is_empty() {
        found.push((path.to_owned(), text.as_bytes().to_vec()));
    }
    // Something that has nothing to do with it, to be told in the same run.
    let site = found.iter_mut().find(|(path, _)| path == "sites/garden.toml").unwrap();
    site.1.extend_from_slice(b"themes = [\"quantm\"]\n");
    let error = checked(&Files::from_memory("", found)).unwrap_err();
    let (other, told) = error.problems().iter().map(Problem::to_string).partition(|line| line.contains("quantm"));
    let other: Vec<String> = other;
    assert_eq!(other.len(), 1, "{error}");
    told
}

#[test]
fn without_languages_everything_else_is_told() {
    let manifest = fs::read_to_string(fixtures().join("ok/chronicle.toml")).unwrap();
    let with = |languages: &str| manifest.replace("languages = [\"en\", \"ja\"]", languages);
    for (text, expected) in [
        ("", "chronicle.toml:1:1: there is no manifest; write one; the README of nenpyo's own data shows its fields"),
        (
            &with("languages = []"),
            "chronicle.toml:3:13: no language is listed; write for example `languages = [\"en\"]`",
        ),
        (
            &with("languages = \"en\""),
            "chronicle.toml:3:13: `languages`: expected a list of languages, found a text; write `languages = [\"en\"]`",
        ),
        (&with(""), "chronicle.toml:1:1: `languages` is missing; write `languages = [\"en\"]`"),
        ("# soon", "chronicle.toml:1:1: this file is empty; write the record, or delete the file"),
    ] {
        assert_eq!(problems_with("chronicle.toml", text), [expected]);
    }
}

#[test]
fn a_misspelt_manifest_or_folder_is_read_all_the_same() {
    let mut found = Vec::new();
    collect(&fixtures().join("ok"), "", &mut found);
    for (path, bytes) in &mut found {
        *path = path.replace("chronicle.toml", "Chronicle.toml").replace("themes/", "theme/");
        *bytes = String::from_utf8_lossy(bytes).replace("\"0.1.0\"", "\"1\"").replace("よい。", " ").into_bytes();
    }
    let error = checked(&Files::from_memory("", found)).unwrap_err().to_string();
    let told: Vec<&str> = error.lines().map(|line| line.split(';').next().unwrap()).collect();
    let expected = [
        "Chronicle.toml:1:1: this is a file that is not a record",
        "Chronicle.toml:4:11: `1` is not a version",
        "documents/plan.toml:6:14: this text is empty",
        "statements/aim.toml:6:14: this text is empty",
        "theme/quantum.toml:1:1: this is a file that is not a record",
    ];
    assert_eq!(told, expected);
}

#[test]
fn an_end_before_its_begin_hides_no_other_problem() {
    let club = r#"key = "club"
exists = { from = "2016", to = ".." }
names = [
  { en = "A", ja = "ア", to = "2016-12-31" },
  { en = "B", ja = "イ", from = "2018", to = "2018-12-31" },
  { en = "C", ja = "ウ", from = "2019-01-01", to = "2018" },
]
kinds = [{ kind = "institute" }]
sources = [{ source = "book", certainty = "A" }]
"#;
    let told = problems_with("organizations/club.toml", club);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("organizations/club.toml:5:3: there is a gap between"), "{told:?}");
    assert!(told[1].starts_with("organizations/club.toml:6:3: this period goes from"), "{told:?}");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_told_with_the_rest() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("unread");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("themes")).unwrap();
    fs::write(folder.join("chronicle.toml"), "languages = []\n").unwrap();
    for (name, target) in [("gone.toml", "nowhere"), ("round", "."), ("endless.toml", "/dev/zero")] {
        std::os::unix::fs::symlink(target, folder.join("themes").join(name)).unwrap();
    }
    let error = checked(&Files::read(&folder).unwrap()).unwrap_err();
    let told: Vec<_> =
        error.problems().iter().map(|problem| (problem.check, problem.path.rsplit('/').next())).collect();
    assert!(told.contains(&("languages_are_tags", Some("chronicle.toml"))), "{error}");
    for name in ["gone.toml", "round", "endless.toml"] {
        assert!(told.contains(&("files_can_be_read", Some(name))), "{error}");
    }
    assert!(nenpyo_codegen::ruby::annotate_files(&Files::read(&folder).unwrap()).is_err());
}

#[test]
fn a_folder_on_the_disk_and_in_memory_are_the_same() {
    let folder = fixtures().join("ok");
    let (disk, memory) = (Files::read(&folder).unwrap(), files_of(&folder));
    let names = |files: &Files| (0..files.len()).map(|file| files.name(file).to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&disk), names(&memory));
    assert_eq!(disk.path(0), format!("{}/chronicle.toml", folder.display()));
}

/// Cut off anywhere, a file is told to be wrong or is still right, but never makes the compiler panic.
#[test]
fn no_prefix_of_any_file_makes_it_panic() {
    let mut found = Vec::new();
    collect(&fixtures().join("ok"), "", &mut found);
    for file in 0..found.len() {
        for length in (0..found[file].1.len()).step_by(5) {
            let mut cut = found.clone();
            cut[file].1.truncate(length);
            let files = Files::from_memory("", cut);
            let _ = checked(&files);
            let _ = nenpyo_codegen::ruby::annotate_files(&files);
        }
    }
}

/// A single mistake: its name, the file, the text that stands there once, and what is written instead, on as many
/// lines.
type Edit = (&'static str, &'static str, &'static str, &'static str);

const FOUNDED: &str = "milestones/club-founded.toml";
const CLUB: &str = "organizations/club.toml";

const EDITS: &[Edit] = &[
    ("milestone kind", FOUNDED, "\"founding\"", "\"stat\""),
    ("date without source", FOUNDED, "date = \"2016-04-01\"\n", "date = \"2016-04-09\"\n"),
    ("no date", FOUNDED, "date = \"2016-04-01\"\n", "date = \"2016-4-1\"\n"),
    ("summary ruby", FOUNDED, "｜量子《りょうし》のク", "《x》憂鬱量子のク"),
    ("summary empty", FOUNDED, "\"It begins.\"", "\"\""),
    (
        "note gone",
        FOUNDED,
        "note.en = \"The page gives another year; the booklet is nearer to it.\"\nnote.ja = \"ページのあたえる年はちがう。\"",
        "\n",
    ),
    ("role", FOUNDED, "\"club\", role = \"resulting\"", "\"club\", role = \"reslt\""),
    ("participant twice", FOUNDED, "{ organization = \"unit\"", "{ organization = \"club\""),
    ("participant nowhere", FOUNDED, "\"ministry\", role", "\"ministri\", role"),
    ("from", FOUNDED, "\"authority\" }", "\"authority\", from = [\"club\"] }"),
    ("themes", FOUNDED, "[\"quantum\"]", "[\"quantum\", \"quantum\"]"),
    (
        "no sources",
        FOUNDED,
        "  { source = \"book\", certainty = \"A\", date = \"2016-04-01\" },\n  { source = \"page\", certainty = \"C\", date = \"2015\" },\n",
        "\n\n",
    ),
    ("certainty", FOUNDED, "certainty = \"A\"", "certainty = \"AA\""),
    ("source nowhere", FOUNDED, "\"page\"", "\"leaf\""),
    ("source date", FOUNDED, "date = \"2016-04-01\" }", "date = \"2016-04-31\" }"),
    ("title language", FOUNDED, "ja = \"クラブができた\"", ""),
    ("order", CLUB, "order = 7", "order = \"x\""),
    ("unknown field", CLUB, "short.en = \"Club\"\nshort.ja = \"ク\"", "colour = 1\n"),
    ("no beginning", CLUB, "{ from = \"2016-04-01\"", "{ from = \"2016/4/1\""),
    ("late beginning", CLUB, "{ from = \"2016-04-01\"", "{ from = \"2018-04-01\""),
    ("no end", CLUB, "to = \"..\" }", "to = \"now\" }"),
    ("descriptive", CLUB, "descriptive = [\"en\"]", "descriptive = [\"fr\"]"),
    ("gap of names", CLUB, "to = \"2018-12\"", "to = \"2018-11\""),
    ("overlap of names", CLUB, "from = \"2019-01-01\"", "from = \"2018-06-01\""),
    ("no end of a name", CLUB, "to = \"2018-12\"", "to = \"2018-13\""),
    ("name ruby", CLUB, "｜新《しん》ク", "｜新《new》憂鬱》ク"),
    ("kind", CLUB, "{ kind = \"institute\"", "{ kind = \"club\""),
    ("gap of kinds", CLUB, " }]\nsupervisors", ", from = \"2019-04-01\" }]\nsupervisors"),
    ("supervisor nowhere", CLUB, "\"ministry\"", "\"ministri\""),
    ("early supervisor", CLUB, "from = \"2017\" }", "from = \"2015\" }"),
    ("no source", CLUB, "[{ source = \"book\", certainty = \"A\" }]", "[]"),
    ("inferred", CLUB, "certainty = \"A\"", "certainty = \"C\""),
];

/// What one mistake truly hides of another: the check compares just the value that could not be read, or the rows that
/// it judges are gone. After a syntax error nobody knows what else the file holds; so there is none among the mistakes.
const HIDDEN: &[(&str, &str)] = &[
    ("no date", "contradictions_have_a_note"),
    ("no date", "changes_agree_with_periods"),
    ("source date", "chosen_dates_have_a_source"),
    ("no sources", "chosen_dates_have_a_source"),
    ("no sources", "contradictions_have_a_note"),
    ("no sources", "inferences_have_a_note"),
    ("role", "changes_agree_with_periods"),
    ("role", "references_stand_once"),
    ("no beginning", "changes_agree_with_periods"),
    ("no beginning", "kinds_follow_one_another"),
    ("no beginning", "periods_lie_within_existence"),
    ("no end of a name", "names_follow_one_another"),
];

/// The sound data with these mistakes; `None` if they stand in the same place.
fn with_edits(edits: &[Edit]) -> Option<BTreeSet<(String, &'static str, usize)>> {
    let mut found = Vec::new();
    collect(&fixtures().join("ok"), "", &mut found);
    let mut places = Vec::new();
    for (name, path, old, new) in edits {
        let (_, bytes) = found.iter().find(|(other, _)| other == path).unwrap();
        let text = std::str::from_utf8(bytes).unwrap();
        assert_eq!(text.matches(old).count(), 1, "{name}");
        assert_eq!(old.matches('\n').count(), new.matches('\n').count(), "{name}");
        let start = text.find(old).unwrap();
        places.push((*path, start, start + old.len(), *new));
    }
    places.sort_unstable();
    if places.windows(2).any(|pair| pair[0].0 == pair[1].0 && pair[0].2 > pair[1].1) {
        return None;
    }
    for (path, start, end, new) in places.into_iter().rev() {
        let (_, bytes) = found.iter_mut().find(|(other, _)| other == path).unwrap();
        bytes.splice(start..end, new.bytes());
    }
    let error = checked(&Files::from_memory("", found)).unwrap_err();
    // Columns and quoted values can be those of the other mistake.
    Some(error.problems().iter().map(|problem| (problem.path.clone(), problem.check, problem.line)).collect())
}

#[test]
fn what_was_not_read_is_not_judged() {
    let milestone = r#"key = "visit"
date = "2017-07-25"
kind = "stat"
kind = "visit"
title = { en = "A visit", ja = "ほうもん" }
summary = { en = "Somebody came.", ja = "《x》憂鬱《" }
participants = [{ organisation = 1, role = "original" }, { organization = "club", role = "resulting", from = ["unit"] }]
note = 5
sources = [
  { source = "book", certainty = "C", date = "2001" },
  { source = "book", certainty = "A", date = "x" },
  { source = "book", certainty = "A", date = "y" },
]
"#;
    let told = problems_with("milestones/visit.toml", milestone);
    let told: Vec<&str> = told.iter().map(|line| line.split(';').next().unwrap()).collect();
    let expected = [
        "milestones/visit.toml:3:8: `stat` is not a kind of milestone",
        "milestones/visit.toml:4:1: `kind` stands here for the second time",
        "milestones/visit.toml:6:42: there is no word before `《`",
        "milestones/visit.toml:6:47: `《` is not followed by `》`",
        "milestones/visit.toml:7:19: a row of `participants` has no field `organisation`",
        "milestones/visit.toml:7:34: `organization`: expected the key of an organisation in quotes, found a whole number",
        "milestones/visit.toml:8:8: `note`: expected a text in each language, found a whole number",
        "milestones/visit.toml:11:47: `x` is not a date in EDTF",
        "milestones/visit.toml:12:47: `y` is not a date in EDTF",
    ];
    assert_eq!(told, expected);
}

#[test]
fn no_mistake_hides_another() {
    let mut hidden = Vec::new();
    let mut used = BTreeSet::new();
    let alone: Vec<_> = EDITS.iter().map(|edit| with_edits(&[*edit]).unwrap()).collect();
    for (index, one) in EDITS.iter().enumerate() {
        for (other_index, other) in EDITS.iter().enumerate().skip(index + 1) {
            let Some(both) = with_edits(&[*one, *other]) else { continue };
            for (hiding, told) in [(one.0, &alone[other_index]), (other.0, &alone[index])] {
                for (path, check, line) in told.difference(&both) {
                    if HIDDEN.contains(&(hiding, check)) {
                        used.insert((hiding, *check));
                    } else {
                        hidden.push(format!("`{hiding}` of ({}, {}) hides {path}:{line}: {check}", one.0, other.0));
                    }
                }
            }
        }
    }
    assert!(hidden.is_empty(), "{}", hidden.join("\n"));
    assert_eq!(used.len(), HIDDEN.len(), "{used:?}");
}
