//! Every mistake in the data is told, completely and exactly: one folder of `fixtures/bad` a check.
//!
//! `BLESS=1 cargo test -p nenpyo-codegen` rewrites what is expected; read the difference before you commit it.

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
