//! Claims about the commands that look after data: `check`, `regen`, `ruby`. Runs on the host.

mod support;

use support::Scratch;

/// Makes five mistakes in three files.
fn break_data(scratch: &Scratch) {
    scratch.replace("data/milestones/great-storm.toml", "2004-09-07?\"\nkind", "2004-13-07?\"\nkind");
    scratch.replace("data/milestones/great-storm.toml", "｜灯台《とうだい》", "｜灯台《とうだい");
    scratch.replace("data/sites/lighthouse.toml", "within = \"harbour\"", "within = \"harbor\"");
    scratch.replace("data/themes/paper.toml", "broader", "broadr");
    scratch.write("data/themes/stray.txt", "stray\n");
}

#[test]
fn sound_data_is_counted() {
    let scratch = Scratch::new();
    assert_eq!(scratch.nenpyo("check").ok(), "ok: 17 records\n");
    assert_eq!(scratch.nenpyo("check --json").json(), serde_json::json!([]));
}

#[test]
fn every_problem_is_told_with_its_place_and_the_exit_code_is_one() {
    let scratch = Scratch::new();
    break_data(&scratch);
    let outcome = scratch.nenpyo("check");
    assert_eq!(outcome.code, Some(1));
    for place in [
        "data/milestones/great-storm.toml:2:",
        "data/milestones/great-storm.toml:6:",
        "data/sites/lighthouse.toml:5:",
        "data/themes/paper.toml:6:",
        "data/themes/stray.txt:1:1:",
    ] {
        assert!(outcome.out.lines().any(|line| line.starts_with(place)), "{place}: {}", outcome.out);
    }
    assert!(outcome.out.contains("did you mean `broader`?") && outcome.out.contains("did you mean `harbour`?"));
    assert!(!outcome.out.contains('\u{1b}'));
    let problems = outcome.out.lines().count();
    assert_eq!(outcome.err, format!("error: {problems} problems in 4 files of the data\n"));
    let json: serde_json::Value = serde_json::from_str(&scratch.nenpyo("check --json").out).unwrap();
    assert_eq!(json.as_array().unwrap().len(), problems);
    assert!(json[0]["line"].is_u64() && json[0]["advice"].is_string());
}

#[test]
fn broken_data_leaves_every_file_untouched_whatever_is_run() {
    let scratch = Scratch::new();
    scratch.nenpyo("regen").ok();
    break_data(&scratch);
    let before = scratch.files();
    let told = scratch.nenpyo("check").out;
    for line in [
        "check",
        "regen",
        "regen --check",
        "list milestones",
        "show great-storm",
        "timeline",
        "orgs",
        "demo --today 2020-04-01",
        "timeline --json",
    ] {
        let outcome = scratch.nenpyo(line);
        assert_eq!(outcome.code, Some(1), "{line}");
        if line != "check" {
            assert_eq!(outcome.out, "", "{line}");
            assert!(outcome.err.starts_with(&told), "{line}: {}", outcome.err);
        }
        assert_eq!(scratch.files(), before, "{line}");
    }
}

#[test]
fn generated_files_are_written_once_and_told_to_be_stale() {
    let scratch = Scratch::new();
    let missing = scratch.nenpyo("regen --check").error(1);
    assert!(missing.contains("stale; run `nenpyo regen --data data`"), "{missing}");
    assert!(!scratch.path().join("generated").exists());
    assert!(scratch.nenpyo("regen").ok().contains("fingerprints.csv is new"));
    assert_eq!(scratch.nenpyo("regen --check").ok(), "ok: generated is up to date\n");
    let (fingerprints, costs) = (scratch.read("generated/fingerprints.csv"), scratch.read("generated/costs.md"));
    assert!(fingerprints.contains("\nmilestone,museum-founded,"), "{fingerprints}");
    assert!(costs.contains("| core |") && costs.contains("| **all** |"), "{costs}");

    scratch.replace("data/milestones/museum-founded.toml", "is founded", "is founded anew");
    let before = scratch.files();
    let stale = scratch.nenpyo("regen --check");
    assert!(stale.out.contains("  - milestone,museum-founded,") && stale.out.contains("  + milestone,museum-founded,"));
    assert!(!stale.out.contains("milestone,great-storm,"), "{}", stale.out);
    assert!(stale.error(1).contains("`nenpyo regen --data data`"));
    assert_eq!(scratch.files(), before, "--check writes nothing");
    scratch.nenpyo("regen").ok();
    scratch.nenpyo("regen --check").ok();
    assert!(scratch.files().keys().all(|path| !path.to_string_lossy().ends_with(".tmp")));
}

#[test]
fn glyphs_are_written_for_the_sizes_that_the_manifest_chooses() {
    let scratch = Scratch::new();
    scratch.replace("data/chronicle.toml", "subject =", "glyphs = [\"12\", \"16-grey\"]\nsubject =");
    let told = scratch.nenpyo("regen").ok();
    assert!(told.contains("data/glyphs/12.bdf is new") && told.contains("data/glyphs/16-grey.bdf is new"), "{told}");
    assert!(told.contains("data/glyphs/breaks.txt is new"), "{told}");
    assert!(told.contains("data/glyphs/LICENSE-fonts is new") && !told.contains("glyphs/8.bdf"), "{told}");
    assert!(scratch.read("generated/costs.md").contains("| glyphs-16-grey | glyphs_16_grey |"));
    let before = scratch.files();
    assert_eq!(scratch.nenpyo("regen").ok(), "ok: generated is up to date\n");
    assert_eq!(scratch.files(), before, "what is up to date is not written again");
    scratch.nenpyo("check").ok();

    scratch.replace("data/milestones/museum-founded.toml", "The Harbour House is", "The Harbour House ※ ☆ é is");
    let stale = scratch.nenpyo("regen --check");
    assert!(stale.out.contains("+ STARTCHAR U+00E9") && !stale.out.contains("ENDCHAR"), "{}", stale.out);
    // Data may be checked as it is edited; what is worked out of it is written when it is done.
    assert!(stale.out.contains("data/glyphs/breaks.txt -") && !stale.out.contains("+ texts"), "{}", stale.out);
    scratch.nenpyo("check").ok();
    scratch.nenpyo("regen").ok();
    scratch.nenpyo("regen --check").ok();
}

#[test]
fn a_character_without_a_glyph_is_told_with_its_record_and_nothing_is_written() {
    let scratch = Scratch::new();
    scratch.replace("data/chronicle.toml", "subject =", "glyphs = [\"12\"]\nsubject =");
    scratch.replace("data/milestones/museum-founded.toml", "The Harbour House is", "The 𠮷 House is");
    let before = scratch.files();
    let told = scratch.nenpyo("regen").error(1);
    assert!(
        told.contains("data/milestones/museum-founded.toml:5:17: `𠮷` (U+20BB7) has no glyph of size 12"),
        "{told}"
    );
    assert_eq!(scratch.files(), before);
    scratch.nenpyo("check").ok();

    let font = "STARTFONT 2.1\nSIZE 12 75 75\nFONT_ASCENT 10\nFONT_DESCENT 2\nCHARS 1\nSTARTCHAR yoshi\nENCODING 134071\n\
                DWIDTH 12 0\nBBX 8 1 0 0\nBITMAP\nFF\nENDCHAR\nENDFONT\n";
    std::fs::create_dir(scratch.path().join("data/fonts")).unwrap();
    scratch.write("data/fonts/own.bdf", font);
    scratch.replace("data/chronicle.toml", "subject =", "fonts = [\"fonts/own.bdf\"]\nsubject =");
    scratch.nenpyo("regen").ok();
    assert!(scratch.read("data/glyphs/12.bdf").contains("ENCODING 134071\nSWIDTH 1000 0\nDWIDTH 12 0\nBBX 8 1 0 0\n"));
    scratch.nenpyo("check").ok();
}

#[test]
fn a_readme_that_has_a_place_for_the_costs_gets_them() {
    let scratch = Scratch::new();
    scratch.write("README.md", "# Harbour\n\n<!-- costs -->\nold\n<!-- /costs -->\n\nEnd.\n");
    scratch.write("README.ja.md", "# no place for them\n");
    scratch.nenpyo("regen").ok();
    let readme = scratch.read("README.md");
    assert!(readme.starts_with("# Harbour\n\n<!-- costs -->\n| section | bytes | dense text |\n"), "{readme}");
    assert!(readme.ends_with("** |\n<!-- /costs -->\n\nEnd.\n") && !readme.contains("old"), "{readme}");
    assert_eq!(scratch.read("README.ja.md"), "# no place for them\n");
    scratch.nenpyo("regen --check").ok();
    scratch.replace("README.md", "| core |", "| core  |");
    assert!(scratch.nenpyo("regen --check").error(1).contains("1 file generated from `data` is stale"));
}

#[test]
fn editors_get_a_schema_of_each_kind_of_file() {
    let scratch = Scratch::new();
    scratch.nenpyo("regen").ok();
    for kind in [
        "chronicle",
        "ruby",
        "milestones",
        "organizations",
        "sites",
        "people",
        "themes",
        "documents",
        "statements",
        "sources",
    ] {
        let schema = scratch.read(&format!("generated/schema/{kind}.schema.json"));
        let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
        assert_eq!(schema["additionalProperties"], false, "{kind}");
        assert!(schema["properties"].as_object().is_some_and(|fields| !fields.is_empty()), "{kind}");
    }
}

#[test]
fn the_same_data_generates_the_same_bytes() {
    let (one, other) = (Scratch::new(), Scratch::new());
    for scratch in [&one, &other] {
        scratch.nenpyo("regen").ok();
    }
    let bytes = |scratch: &Scratch| scratch.files().into_values().collect::<Vec<_>>();
    assert_eq!(bytes(&one), bytes(&other));
}

#[test]
fn missing_readings_are_written_and_nothing_else() {
    let scratch = Scratch::new();
    let complete = scratch.read("data/milestones/great-storm.toml");
    scratch.replace("data/milestones/great-storm.toml", "｜灯台《とうだい》", "灯台");
    let before = scratch.files();
    let stale = scratch.nenpyo("ruby --check");
    assert!(stale.out.contains("data/milestones/great-storm.toml"), "{}", stale.out);
    assert!(stale.error(1).contains("missing in 1 file; run `nenpyo ruby --data data`"));
    assert_eq!(scratch.files(), before, "--check writes nothing");
    assert!(scratch.nenpyo("check").error(1).contains("1 problem"));
    scratch.nenpyo("ruby").ok();
    assert_eq!(scratch.read("data/milestones/great-storm.toml"), complete);
    assert_eq!(scratch.nenpyo("ruby --check").ok(), "ok: no reading that is known is missing\n");
    scratch.nenpyo("check").ok();
}
