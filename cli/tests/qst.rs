//! Claims about the commands on QST's own chronicle, as far as the repository is there. Runs on the host.

mod support;

use support::{each, files, narrow, nenpyo, repository};

/// What a command says about the repository's data.
macro_rules! qst {
    ($root:ident, $line:literal) => {
        nenpyo(&$root, concat!($line, " --data data"))
    };
}

#[test]
fn what_is_generated_is_up_to_date() {
    let Some(root) = repository() else { return };
    let outcome = qst!(root, "regen --check");
    assert_eq!(outcome.code, Some(0), "{}{}run `cargo xtask regen`", outcome.out, outcome.err);
}

#[test]
fn no_known_reading_is_missing() {
    let Some(root) = repository() else { return };
    qst!(root, "ruby --check").ok();
}

#[test]
fn every_kind_is_listed_in_full() {
    let Some(root) = repository() else { return };
    for (kind, at_least) in [
        ("milestones", 120),
        ("organizations", 60),
        ("sites", 20),
        ("people", 10),
        ("themes", 10),
        ("documents", 15),
        ("statements", 10),
        ("sources", 120),
    ] {
        let json = nenpyo(&root, &format!("list {kind} --data data --json")).json();
        let slugs = each(&json, "slug");
        assert!(slugs.len() >= at_least, "{kind}: {}", slugs.len());
        let table = nenpyo(&root, &format!("list {kind} --data data")).ok();
        assert_eq!(table.lines().count(), slugs.len() + 1);
        assert!(slugs.iter().zip(table.lines().skip(1)).all(|(slug, line)| line.ends_with(slug)));
    }
}

#[test]
fn the_timeline_is_in_order_and_bilingual() {
    let Some(root) = repository() else { return };
    let json = qst!(root, "timeline --json").json();
    for milestone in json.as_array().unwrap() {
        for language in ["ja", "en"] {
            assert!(milestone["title"][language].as_str().is_some_and(|title| !title.is_empty()), "{milestone}");
            assert!(milestone["summary"][language].as_str().is_some(), "{milestone}");
        }
        let text = milestone.to_string();
        assert!(!text.contains(['｜', '《', '》']), "{text}");
        let chosen = milestone["dates"].as_array().unwrap().iter().find(|date| date["chosen"] == true).unwrap();
        assert_eq!(chosen["date"], milestone["date"]);
    }
    let reform = qst!(root, "timeline --from 2019-04 --to 2019-04 --surely --json").json();
    assert!(each(&reform, "slug").contains(&"qst-ver-2-reorganisation"));
}

#[test]
fn everything_fits_a_narrow_terminal() {
    let Some(root) = repository() else { return };
    for line in [
        "timeline",
        "timeline --lang ja,en",
        "orgs",
        "orgs --at 2019-05 --lang ja,en",
        "orgs --lineage nirs",
        "orgs --diff 2019-05 2021-05",
        "list milestones",
        "list organizations --lang ja,en",
        "list sites",
        "list documents",
        "list sources",
        "show qst",
        "show qst-established --ruby",
        "show brochure",
        "search 量子 メス",
        "search tokamak --lang ja,en",
        "demo --today 2026-04-01",
    ] {
        for columns in [80, 60] {
            narrow(&root, &format!("{line} --data data"), columns);
        }
    }
}

#[test]
fn the_trees_of_the_two_reforms_differ_as_they_should() {
    let Some(root) = repository() else { return };
    let before = qst!(root, "orgs --at 2019-05 --json").json();
    assert_eq!((&before[0]["slug"], &before[0]["depth"]), (&"qst".into(), &0.into()));
    let nirs = before.as_array().unwrap().iter().find(|one| one["slug"] == "nirs").unwrap();
    assert_eq!((nirs["depth"].as_u64(), nirs["to"].as_str()), (Some(2), Some("2021-03-31")));
    let after = qst!(root, "orgs --at 2021-05 --json").json();
    assert!(!each(&after, "slug").contains(&"nirs"));
    let changes = qst!(root, "orgs --diff 2019-05 2021-05 --root qst --json").json();
    let gone = changes.as_array().unwrap().iter().find(|change| change["slug"] == "nirs").unwrap();
    assert_eq!(gone["change"], "gone");
    let line = qst!(root, "orgs --lineage nirs --json").json();
    assert!(each(&line, "slug").contains(&"qst"));
}

#[test]
fn what_search_says_of_a_place_is_what_stands_there() {
    let Some(root) = repository() else { return };
    let kinds = ["milestones", "organizations", "sites", "people", "themes", "documents", "statements", "sources"].map(
        |kind| {
            let records = nenpyo(&root, &format!("list {kind} --data data --json")).json();
            records.as_array().unwrap().clone()
        },
    );
    let mut fields = std::collections::BTreeSet::new();
    for word in ["量子", "quantum", "2016-04-01", "放医研", "qst", "千葉", "ministry", "jaea"] {
        let found = nenpyo(&root, &format!("search {word} --data data --json")).json();
        let found = found.as_array().unwrap();
        let scores: Vec<u64> = found.iter().map(|hit| hit["score"].as_u64().unwrap()).collect();
        assert!(!found.is_empty() && scores.is_sorted_by(|a, b| a >= b), "{word}: {scores:?}");
        for hit in found {
            let path = hit["field"].as_str().unwrap();
            fields.insert(path.to_owned());
            let record = kinds.iter().flatten().find(|record| record["slug"] == hit["slug"]).unwrap();
            let pointer = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
            let text = record.pointer(&pointer).and_then(|text| text.as_str()).unwrap_or_else(|| panic!("{hit}"));
            let (start, end) = (hit["start"].as_u64().unwrap() as usize, hit["end"].as_u64().unwrap() as usize);
            let part: String = text.chars().take(end).skip(start).collect();
            assert!(start < end && part.chars().count() == end - start, "{hit}: {text}");
            if word.is_ascii() && path.rsplit('.').next() == Some("en") {
                assert_eq!(part.to_lowercase(), word, "{hit}: {text}");
            }
        }
    }
    for path in ["title.ja", "name.ja", "names[0].ja", "short.ja", "summary.ja", "summary.en", "publisher.en", "date"] {
        assert!(fields.contains(path), "{path}: {fields:?}");
    }
}

#[test]
fn the_tour_changes_no_file() {
    let Some(root) = repository() else { return };
    let before = (files(&root.join("data")), files(&root.join("generated")));
    let tour = qst!(root, "demo --today 2026-04-01").ok();
    for part in ["QSTの年表", "A Chronicle of QST", "qst-established", "2019年5月", "量子（りょうし）", "RAM: 0 bytes"]
    {
        assert!(tour.contains(part), "{part}");
    }
    assert_eq!((files(&root.join("data")), files(&root.join("generated"))), before);
}

#[test]
#[cfg(feature = "qst")]
fn the_baked_chronicle_says_the_same_as_the_compiled_one() {
    let Some(root) = repository() else { return };
    let nowhere = std::path::Path::new("/");
    for line in [
        "timeline --json",
        "list organizations --json",
        "list sites --json",
        "list people --json",
        "list themes --json",
        "list documents --json",
        "list statements --json",
        "list sources --json",
        "orgs --at 2019-05 --json",
        "timeline --theme fusion",
        "show nirs --ruby",
        "search 量子 --json",
        "search りょうしめす",
    ] {
        let compiled = nenpyo(&root, &format!("{line} --data data")).ok();
        assert_eq!(nenpyo(nowhere, line).ok(), compiled, "{line}");
    }
    assert!(nenpyo(nowhere, "demo --today 2026-04-01").ok().contains("qst-established"));
}
