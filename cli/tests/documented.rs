//! Claims about what is written for users: the JSON in `cli/README.md`, the fields in `data/README.md`. Runs on the host.

mod support;

use std::collections::BTreeSet;

use serde_json::Value;
use support::{Scratch, fields, harbour, repository};

const README: &str = include_str!("../README.md");

/// The commands that the README shows, without `nenpyo` and `--json`, each with the JSON below it.
fn examples() -> Vec<(&'static str, &'static str)> {
    let blocks = README.split("```json\n").collect::<Vec<_>>();
    let command =
        |text: &'static str| text.trim_end().lines().next_back()?.strip_prefix("`nenpyo ")?.strip_suffix(" --json`");
    blocks
        .windows(2)
        .map(|pair| {
            let example = pair[1].split("```").next().unwrap();
            (command(pair[0]).expect("each example stands below its command"), example)
        })
        .collect()
}

/// JSON without the space between its parts, so that line breaks do not matter and the order of keys does.
fn compact(json: &str) -> String {
    let (mut is_text, mut is_escaped) = (false, false);
    json.chars()
        .filter(|character| {
            let keep = is_text || !character.is_whitespace();
            is_text ^= *character == '"' && !is_escaped;
            is_escaped = is_text && *character == '\\' && !is_escaped;
            keep
        })
        .collect()
}

#[test]
fn the_json_that_is_documented_is_what_the_commands_print() {
    let mut shown = BTreeSet::new();
    for (line, example) in examples() {
        let value: Value = serde_json::from_str(example).unwrap();
        let scratch = Scratch::new();
        let out = match line {
            "check" => {
                scratch.replace("data/sites/lighthouse.toml", "within = \"harbour\"", "within = \"harbor\"");
                scratch.nenpyo("check --json").out
            }
            "ruby" => {
                scratch.replace("data/milestones/great-storm.toml", "｜灯台《とうだい》", "灯台");
                scratch.nenpyo("ruby --json").ok()
            }
            _ => harbour(&format!("{line} --json")).ok(),
        };
        if line.starts_with("demo") {
            // Shortened: the keys are compared, also those of the lists that are in no other example.
            let printed: Value = serde_json::from_str(&out).unwrap();
            assert_eq!(fields(example), fields(&out), "{line}");
            for list in ["trees", "costs"] {
                let keys = |json: &Value| json[list][0].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
                assert_eq!(keys(&value), keys(&printed), "{list}");
            }
        } else {
            assert_eq!(compact(example), compact(&out), "{line}");
        }
        shown.insert(line.split(' ').next().unwrap());
    }
    assert_eq!(shown, BTreeSet::from(["check", "demo", "orgs", "ruby", "search", "show", "timeline"]));
    assert_eq!(examples().iter().filter(|(line, _)| line.starts_with("show ")).count(), 8, "one of each kind");
}

#[test]
fn what_is_rewritten_is_told_as_json() {
    let scratch = Scratch::new();
    let stale = scratch.nenpyo("regen --check --json");
    assert_eq!(stale.code, Some(1));
    assert!(!scratch.path().join("generated").exists());
    let told = scratch.nenpyo("regen --json").ok();
    assert_eq!((fields(&told), &told), (vec!["file", "added", "removed"], &stale.out));
    let told: Value = serde_json::from_str(&told).unwrap();
    let costs = told.as_array().unwrap().iter().find(|file| file["file"] == "generated/costs.md").unwrap();
    assert_eq!(costs["added"].as_array().unwrap().len(), scratch.read("generated/costs.md").lines().count());
    assert_eq!(scratch.nenpyo("regen --json").json(), serde_json::json!([]));
    assert_eq!(scratch.nenpyo("ruby --json --check").json(), serde_json::json!([]));
}

#[test]
fn every_option_of_every_command_is_documented() {
    for command in ["check", "regen", "ruby", "list", "show", "timeline", "orgs", "search", "demo"] {
        let row = README.lines().find(|line| line.starts_with(&format!("| `{command}"))).unwrap();
        let help = support::nenpyo(std::path::Path::new("/"), &format!("{command} --help")).ok();
        let options = help.split_whitespace().filter_map(|word| word.strip_prefix("--"));
        let options = options.map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
        for option in options.filter(|option| !["help", "data", "json"].contains(option)) {
            assert!(row.contains(&format!("`--{option}`")), "{command} --{option}");
        }
        assert!(help.contains("--data <DIR>") && help.contains("--json"), "{command}");
    }
}

/// The fields of a table in a schema: those at its top, and those of the tables in it with the field they are in.
fn properties(schema: &Value) -> Vec<(String, Option<String>)> {
    let mut names = Vec::new();
    for (name, field) in schema["properties"].as_object().unwrap() {
        names.push((name.clone(), None));
        let inner = field["properties"].as_object().or_else(|| field["items"]["properties"].as_object());
        names.extend(inner.into_iter().flatten().map(|(inner, _)| (inner.clone(), Some(name.clone()))));
    }
    names
}

/// What an example says of a field: from the line that begins with it up to the next field.
fn said<'e>(example: &'e str, field: &str) -> Option<Vec<&'e str>> {
    let names = |line: &str| {
        let rest = line.strip_prefix(field)?;
        rest.starts_with([' ', '.']).then_some(())
    };
    let lines: Vec<&str> = example.lines().collect();
    let start = lines.iter().position(|line| names(line).is_some())?;
    let goes_on = |line: &&&str| names(line).is_some() || line.starts_with([' ', ']']);
    Some(lines[start..].iter().take_while(goes_on).copied().collect())
}

#[test]
fn every_field_stands_in_the_example_of_its_kind() {
    let Some(root) = repository() else { return };
    let readme = std::fs::read_to_string(root.join("data/README.md")).unwrap();
    let mut missing = Vec::new();
    for (name, heading) in [
        ("chronicle", "chronicle.toml`"),
        ("milestones", "milestones/`"),
        ("organizations", "organizations/`"),
        ("sites", "sites/`"),
        ("people", "people/`"),
        ("themes", "themes/`"),
        ("documents", "documents/`"),
        ("statements", "statements/`"),
        ("sources", "sources/`"),
    ] {
        let section = readme.split("\n## `").find_map(|section| section.strip_prefix(heading)).unwrap();
        let examples: Vec<&str> = section.split("```toml\n").skip(1).collect();
        assert_eq!(examples.len(), 1, "{name} has one example");
        let example = examples[0].split("```").next().unwrap();
        let schema = std::fs::read_to_string(root.join(format!("generated/schema/{name}.schema.json"))).unwrap();
        for (field, within) in properties(&serde_json::from_str(&schema).unwrap()) {
            let stands = match &within {
                None => said(example, &field).is_some(),
                Some(table) => said(example, table).is_some_and(|lines| {
                    let (inline, dotted) = (format!(" {field} = "), format!("{table}.{field} = "));
                    lines.iter().any(|line| line.contains(&inline) || line.starts_with(&dotted))
                }),
            };
            if !stands {
                missing.push((name, within, field));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
