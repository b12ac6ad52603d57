//! Every line of the brochure text is carried by records, and every record named for it exists.

#[path = "oracle/mod.rs"]
#[allow(dead_code, reason = "each test program uses its part of the oracle")]
mod oracle;

use std::collections::BTreeSet;

use oracle::{Oracle, shipped_files, string, strings, tables};
use toml::{Table, Value};

/// A stretch of lines and the records that carry it.
struct Passage {
    first: i64,
    last: i64,
    about: String,
    keys: Vec<String>,
}

struct Coverage {
    lines: i64,
    blank: BTreeSet<i64>,
    passages: Vec<Passage>,
}

fn numbers(value: &Value) -> Vec<i64> {
    value.as_array().unwrap().iter().map(|number| number.as_integer().unwrap()).collect()
}

fn coverage() -> Coverage {
    let table: Table = include_str!("coverage.toml").parse().unwrap();
    let passage = |passage: &Table| {
        let lines = numbers(&passage["lines"]);
        let about = string(passage, "about").unwrap().to_owned();
        assert_eq!(lines.len(), 2, "a passage has a first and a last line: {about}");
        Passage { first: lines[0], last: lines[1], about, keys: strings(passage.get("keys")) }
    };
    Coverage {
        lines: table["seed_lines"].as_integer().unwrap(),
        blank: numbers(&table["blank"]).into_iter().collect(),
        passages: tables(&table, "passage").into_iter().map(passage).collect(),
    }
}

#[test]
fn every_key_exists() {
    let oracle = Oracle::of(&shipped_files());
    let missing: Vec<String> = coverage()
        .passages
        .iter()
        .flat_map(|passage| passage.keys.iter().map(move |key| (key, &passage.about)))
        .filter(|(key, _)| oracle.find(key).is_none())
        .map(|(key, about)| format!("{key} ({about})"))
        .collect();
    assert!(missing.is_empty(), "no such records: {missing:#?}");
}

#[test]
fn every_line_is_carried_or_blank() {
    let coverage = coverage();
    for line in 1..=coverage.lines {
        let carried = coverage.passages.iter().any(|passage| (passage.first..=passage.last).contains(&line));
        let blank = coverage.blank.contains(&line);
        assert!(carried || blank, "line {line} is carried by nothing");
        assert!(!(blank && carried), "line {line} is blank and carried");
    }
}

#[test]
fn every_passage_lies_in_the_text() {
    let coverage = coverage();
    for Passage { first, last, about, .. } in &coverage.passages {
        assert!(1 <= *first && first <= last && *last <= coverage.lines, "{about}: lines {first} to {last}");
    }
    assert!(coverage.blank.iter().all(|line| (1..=coverage.lines).contains(line)));
}

#[test]
fn every_passage_has_keys() {
    for Passage { about, keys, .. } in coverage().passages {
        assert!(!keys.is_empty(), "{about} is carried by nothing");
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{about} names a record twice");
    }
}
