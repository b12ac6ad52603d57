//! Claims about the commands that show data: `list`, `show`, `timeline`, `orgs`, `search`, `demo`. Runs on the host.

mod support;

use serde_json::json;
use support::{Scratch, command, each, fields, harbour, narrow, nenpyo};

#[test]
fn every_kind_has_its_documented_fields_in_their_order() {
    let milestone = "slug date dates kind title summary note organizations sites themes people documents part_of \
                     because_of sources";
    let organization = "slug kind name exists names short kinds parents supervisors predecessors successors summary \
                        note sources";
    let site = "slug kind name descriptive within exists address summary note organizations themes sources";
    let document = "slug kind name descriptive exists summary note organizations themes sources";
    let statement = "slug kind title summary note organizations sites themes people documents milestones sources";
    for (kind, expected) in [
        ("milestones", milestone),
        ("milestone", milestone),
        ("organizations", organization),
        ("organisation", organization),
        ("sites", site),
        ("people", "slug name descriptive summary note organizations themes sources"),
        ("person", "slug name descriptive summary note organizations themes sources"),
        ("themes", "slug name descriptive broader summary note sources"),
        ("documents", document),
        ("statements", statement),
        ("sources", "slug kind title publisher address date weak note"),
    ] {
        let json = harbour(&format!("list {kind} --json")).ok();
        assert_eq!(fields(&json), expected.split_whitespace().collect::<Vec<_>>(), "{kind}");
    }
}

#[test]
fn a_milestone_is_shown_as_documented() {
    let shown = harbour("show museum-founded --json").json();
    let expected = json!({
        "slug": "museum-founded",
        "date": "1999-04-01",
        "dates": [
            {"date": "1999-04-01", "source": "town-history", "certainty": "A", "chosen": true},
            {"date": "1999-04-02", "source": "town-paper", "certainty": "B", "chosen": false},
        ],
        "kind": "founding",
        "title": {"ja": "港の家が生まれる", "en": "The Harbour House is founded"},
        "summary": {"ja": "役所が博物館になった。", "en": "The office becomes a museum."},
        "note": {"ja": "町の新聞は4月2日とする。", "en": "The town paper says 2 April."},
        "organizations": [
            {"slug": "harbour-office", "role": "original"},
            {"slug": "harbour-museum", "role": "resulting"},
        ],
        "sites": ["lighthouse"],
        "themes": [],
        "people": ["umino-hana"],
        "documents": [],
        "part_of": null,
        "because_of": [],
        "sources": [
            {"slug": "town-history", "certainty": "A"},
            {"slug": "town-paper", "certainty": "B"},
        ],
    });
    assert_eq!(shown, expected);
    let other = harbour("show archive-opened --json").json();
    assert_eq!((&other["note"], &other["because_of"]), (&json!(null), &json!(["museum-founded"])));
    assert_eq!(harbour("show great-storm --json").json()["part_of"], "lamp-exhibition");
}

#[test]
fn an_organization_is_shown_with_everything_it_ever_was() {
    let shown = harbour("show harbour-museum --json").json();
    let names = json!([
        {"ja": "港の家", "en": "Harbour House", "reading": "みなとのいえ", "descriptive": [],
         "from": "1999-04-01", "to": "2009-03-31"},
        {"ja": "港の博物館", "en": "Harbour Museum", "reading": "みなとのはくぶつかん", "descriptive": [],
         "from": "2009-04-01", "to": null},
    ]);
    assert_eq!(shown["names"], names);
    assert_eq!(shown["exists"], json!({"from": "1999-04-01", "to": null}));
    assert_eq!(shown["supervisors"], json!([{"organization": "old-club", "from": "2005", "to": null}]));
    assert_eq!(shown["predecessors"], json!(["harbour-office"]));
    let archive = harbour("show harbour-archive --json").json();
    assert_eq!(archive["names"][0]["descriptive"], json!(["en"]));
    let parent = json!({"organization": "harbour-museum", "relation": "unit", "from": "[2001..2003]", "to": null});
    assert_eq!(archive["parents"], json!([parent]));
}

#[test]
fn organizations_stand_in_tree_order_as_of_the_date() {
    let json = harbour("orgs --at 2005-01 --json").ok();
    assert_eq!(fields(&json), ["slug", "kind", "name", "parent", "depth", "from", "to", "certain"]);
    let tree: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(each(&tree, "slug"), ["harbour-museum", "harbour-archive", "old-club"]);
    assert_eq!(
        tree[0],
        json!({"slug": "harbour-museum", "kind": "institute",
               "name": {"ja": "港の家", "en": "Harbour House", "reading": "みなとのいえ"},
               "parent": null, "depth": 0, "from": "1999-04-01", "to": null, "certain": true})
    );
    assert_eq!((&tree[1]["parent"], &tree[1]["depth"]), (&json!("harbour-museum"), &json!(1)));
    // Without known dates: always there, never certain.
    assert_eq!((&tree[2]["from"], &tree[2]["certain"]), (&json!(null), &json!(false)));
    let earlier = harbour("orgs --at 1998 --json").json();
    assert_eq!(each(&earlier, "slug"), ["harbour-office", "old-club"]);
    let uncertain = harbour("orgs --at 2002 --root harbour-museum --json").json();
    assert_eq!((&uncertain[1]["slug"], &uncertain[1]["certain"]), (&json!("harbour-archive"), &json!(false)));
    assert_eq!(harbour("orgs --at 1998 --root harbour-museum --json").json(), json!([]));
    // The chronicle was looked after up to 2020-06-30, when the museum had its second name.
    assert_eq!(harbour("orgs --json").json()[0]["name"]["en"], "Harbour Museum");
}

#[test]
fn lineages_and_differences_are_told() {
    let line = harbour("orgs --lineage harbour-museum --json").json();
    assert_eq!(each(&line, "slug"), ["harbour-office", "harbour-museum"]);
    assert_eq!((&line[0]["depth"], &line[1]["depth"]), (&json!(0), &json!(1)));
    let then = harbour("orgs --lineage harbour-museum --at 1990 --json").json();
    assert_eq!(each(&then, "slug"), ["harbour-office"]);
    let changes = harbour("orgs --diff 1999-03-31 2010 --json").json();
    let mut words: Vec<_> = each(&changes, "change").into_iter().zip(each(&changes, "slug")).collect();
    words.sort_unstable();
    assert_eq!(words, [("added", "harbour-archive"), ("added", "harbour-museum"), ("gone", "harbour-office")]);
    let renamed = harbour("orgs --diff 2009-03 2010 --json").json();
    let expected = json!([{"change": "renamed", "slug": "harbour-museum",
        "from": {"ja": "港の家", "en": "Harbour House", "reading": "みなとのいえ"},
        "to": {"ja": "港の博物館", "en": "Harbour Museum", "reading": "みなとのはくぶつかん"}}]);
    assert_eq!(renamed, expected);
}

#[test]
fn the_timeline_follows_the_three_rules_and_every_filter() {
    let all = ["museum-founded", "archive-opened", "lamp-exhibition", "great-storm"];
    for (filters, expected) in [
        ("", &all[..]),
        ("--from 2004", &all[2..]),
        ("--to 1999-04-01", &all[..1]),
        ("--from 2003 --to 2003", &all[1..2]),
        ("--from 2003 --to 2003 --surely", &[]),
        ("--from 2001 --to 2003 --surely", &all[1..2]),
        ("--from 2004 --to 2004 --surely", &all[2..3]),
        ("--from 2004-06 --to 2004-06", &[]),
        ("--from 2004-06 --to 2004-06 --overlapping", &all[2..3]),
        ("--kind incident", &all[3..]),
        ("--org harbour-museum", &["museum-founded", "lamp-exhibition"]),
        ("--org harbour-museum --with-units", &all[..3]),
        ("--site lighthouse --from 2000", &all[3..]),
        ("--theme paper", &all[1..2]),
        ("--person umino-hana", &all[..1]),
        ("--document archive-plan", &all[1..2]),
        ("--document archive-plan --kind founding", &[]),
    ] {
        let found = harbour(&format!("timeline {filters} --json")).json();
        assert_eq!(each(&found, "slug"), expected, "{filters}");
    }
    assert_eq!(harbour("timeline --json").ok(), harbour("list milestones --json").ok());
}

#[test]
fn tables_are_aligned_by_the_width_of_japanese() {
    let table = harbour("list milestones --lang ja,en").ok();
    let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let starts: Vec<usize> =
        table.lines().map(|line| line.rsplit_once("  ").map_or(0, |(before, _)| width(before))).collect();
    assert_eq!(table.lines().count(), 5);
    assert!(starts.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
    assert!(table.lines().all(|line| line == line.trim_end()), "{table}");
}

#[test]
fn no_line_is_wider_than_the_columns() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for line in [
        "timeline --lang ja,en",
        "orgs --lang ja,en",
        "orgs --lineage harbour-museum",
        "orgs --diff 1999-03-31 2010",
        "list milestones --lang ja,en",
        "list organizations",
        "show museum-founded --ruby",
        "show harbour-museum",
        "show town-paper",
        "search harbour",
        "search まど",
        "demo --today 2020-04-01",
    ] {
        let wide = harbour(line).ok();
        for columns in [80, 60] {
            let narrow = narrow(&folder, &format!("{line} --data data"), columns);
            let keys = |text: &str| text.matches("museum-founded").count();
            assert_eq!(keys(&narrow), keys(&wide), "{line}: a key was left out or broken");
        }
        assert_eq!(harbour(line).ok(), wide);
    }
}

#[test]
fn there_is_colour_on_a_terminal_only() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for line in ["list sites", "show lighthouse", "timeline", "orgs", "search まど", "check", "demo --today 2020-04-01"]
    {
        assert!(!harbour(line).ok().contains('\u{1b}'), "{line}");
    }
    // As a terminal would have it, and then with the wish for none.
    let mut forced = command(&folder, "list sites --data data");
    let coloured = forced.env("CLICOLOR_FORCE", "1").output().unwrap().stdout;
    assert!(coloured.contains(&0x1b));
}

#[test]
fn a_record_is_shown_in_both_languages_with_dates_in_words_and_readings_on_demand() {
    let shown = harbour("show museum-founded --ruby").ok();
    for part in [
        "港（みなと）の家（いえ）が生まれる",
        "The Harbour House is founded",
        "1999年4月1日（平成11年4月1日）",
        "1 April 1999",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let english = harbour("show museum-founded --lang en").ok();
    assert!(!english.contains("博物館") && english.contains("Harbour House"), "{english}");
    for key in ["harbour-museum", "lighthouse", "umino-hana", "paper", "archive-plan", "for-everyone", "town-paper"] {
        assert!(harbour(&format!("show {key}")).ok().starts_with(key));
    }
}

#[test]
fn what_does_not_exist_is_named_with_what_may_have_been_meant() {
    for (line, parts) in [
        ("show museum-fouded", &["no record `museum-fouded`", "did you mean `museum-founded`?"][..]),
        ("show Museum_Founded", &["did you mean `museum-founded`?"]),
        ("show xyzzy", &["no record `xyzzy`"]),
        ("timeline --org harbor-museum", &["no organization `harbor-museum`", "did you mean `harbour-museum`"]),
        ("timeline --site harbour-museum", &["`harbour-museum` is an organization, not a site", "list sites"]),
        ("timeline --from 2005 --to 2004", &["`--from 2005` is after `--to 2004`"]),
        ("timeline --from 2016-13", &["no such month", "  2016-13\n       ^"]),
        ("timeline --kind foundng", &["'founding'"]),
        ("timeline --surely", &["--from"]),
        ("list milestons", &["'milestones'"]),
        ("orgs --diff 2019", &["2 values"]),
        ("orgs --at 2019-05/..", &["`2019-05/..` has no last day", "a date that ends, such as"]),
        ("orgs --diff 2019 2020/", &["`2020/` has no last day"]),
        ("orgs --lineage harbour-museum --at [2019..]", &["has no last day"]),
        ("orgs --root lighthouse", &["`lighthouse` is a site, not an organization"]),
        ("demo --today 2020", &["one day is needed"]),
        ("list sites --lang fr", &["has no `fr`; it has ja, en"]),
        ("search storm --lang fr", &["has no `fr`; it has ja, en"]),
        ("search storm --kind storms", &["'storms'"]),
        ("search", &["<TEXT>"]),
    ] {
        let outcome = harbour(line);
        assert_eq!(outcome.out, "", "{line}");
        let error = outcome.error(2);
        assert!(parts.iter().all(|part| error.contains(part)), "{line}: {error}");
    }
    let nowhere = nenpyo(std::path::Path::new("/"), "list sites --data no/such/folder").error(2);
    assert!(nowhere.contains("there is no folder `no/such/folder`"), "{nowhere}");
}

#[test]
#[cfg(not(feature = "qst"))]
fn without_data_the_command_says_how_to_give_some() {
    let error = nenpyo(std::path::Path::new("/"), "list sites").error(2);
    assert!(error.contains("--data DIR"), "{error}");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    assert_eq!(nenpyo(&folder, "list sites").ok(), harbour("list sites").ok());
}

#[test]
fn the_tour_shows_every_part_and_changes_no_file() {
    let scratch = Scratch::new();
    let before = scratch.files();
    let tour = scratch.nenpyo("demo --today 2020-04-01").ok();
    for part in ["on this day", "21 years ago", "4 milestones", "文書館が開く", "│", "港（みなと）の家", "RAM: 0 bytes"]
    {
        assert!(tour.contains(part), "{part}: {tour}");
    }
    let json = scratch.nenpyo("demo --today 2020-05-03 --json").json();
    assert_eq!((json["today"].as_str(), json["on_this_day"].as_array().map(Vec::len)), (Some("2020-05-03"), Some(0)));
    assert_eq!(json["before"]["slug"], "great-storm");
    assert_eq!(json["after"], json!(null));
    assert_eq!(scratch.files(), before);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut command = command(&folder, "list milestones --json --data data");
    let mut child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

/// The keys of what is found, each with the text that it was found in.
fn found(line: &str) -> Vec<(String, String)> {
    let json = harbour(&format!("search {line} --json")).json();
    let pairs = each(&json, "slug").into_iter().zip(each(&json, "field"));
    pairs.map(|(slug, field)| (slug.to_owned(), field.to_owned())).collect()
}

#[test]
fn search_finds_names_texts_readings_and_dates() {
    for (line, slug, field) in [
        ("umino", "umino-hana", "name.ja"),
        ("とうだい 2004", "great-storm", "summary.ja"),
        ("2004-09", "great-storm", "date"),
        ("平成16 storm", "great-storm", "date"),
        ("港の家 house", "harbour-museum", "names[0].ja"),
        ("港の博物館", "harbour-museum", "names[1].ja"),
        ("hm", "harbour-museum", "short.en"),
        ("古い会", "old-club", "names[0].ja"),
        ("sea town", "lighthouse", "address.en"),
        ("4月2日", "museum-founded", "note.ja"),
        ("sea town", "town-paper", "publisher.en"),
        ("paper", "paper", "name.en"),
        ("archive", "archive-plan", "name.en"),
        ("everyone", "for-everyone", "title.en"),
    ] {
        let pairs = found(line);
        assert!(pairs.contains(&(slug.to_owned(), field.to_owned())), "{line}: {pairs:?}");
    }
    let json = harbour("search storm --json").ok();
    assert_eq!(fields(&json), ["kind", "slug", "title", "field", "start", "end", "score"]);
}

#[test]
fn what_was_found_is_counted_in_characters_and_a_reading_lies_where_its_base_does() {
    let place = |line: &str| {
        let json = harbour(&format!("search {line} --json")).json();
        let number = |field: &str| json[0][field].as_u64().unwrap();
        (number("start"), number("end"))
    };
    assert_eq!(place("こわれた"), (6, 10));
    assert_eq!(place("はくぶつかん --kind organization"), (2, 5));
    assert_eq!(place("2004-09 --kind milestone"), (0, 7));
}

#[test]
fn a_phrase_in_quotes_stands_together_and_several_arguments_are_one_text() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let slugs = |text: &[&str]| {
        let output = command(&folder, "search --data data --json --kind milestones").args(text).output().unwrap();
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        each(&json, "slug").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(slugs(&["storm", "great"]), ["great-storm"]);
    assert_eq!(slugs(&["storm great"]), ["great-storm"]);
    assert_eq!(slugs(&["\"great storm\""]), ["great-storm"]);
    assert!(slugs(&["\"storm great\""]).is_empty());
}

#[test]
fn search_can_be_of_one_kind() {
    let all = harbour("search harbour --json").json();
    for (kind, words) in [("organization", &["organizations", "orgs"][..]), ("site", &["site"]), ("theme", &["themes"])]
    {
        let of_kind = all.as_array().unwrap().iter().filter(|hit| hit["kind"] == kind).cloned().collect::<Vec<_>>();
        for word in words {
            let found = harbour(&format!("search harbour --kind {word} --json")).json();
            assert_eq!(found.as_array().unwrap(), &of_kind, "{word}");
        }
    }
    assert!(all.as_array().unwrap().iter().any(|hit| hit["kind"] == "organization"), "{all}");
    assert!(all.as_array().unwrap().iter().any(|hit| hit["kind"] != "organization"), "{all}");
}

#[test]
fn only_the_languages_that_are_asked_for_are_searched_and_shown() {
    assert_eq!(found("umino --lang en"), [("umino-hana".to_owned(), "name.en".to_owned())]);
    assert_eq!(found("umino --lang ja"), [("umino-hana".to_owned(), "name.ja".to_owned())]);
    assert_eq!(found("umino --lang en,en"), found("umino --lang en"));
    assert_eq!(found("umino --lang en,ja"), found("umino"));
    assert!(found("storm --lang ja").is_empty());
    // A date is of no language.
    assert_eq!(found("2004-09 --lang en"), found("2004-09 --lang ja"));
    let english = harbour("search storm --lang en").ok();
    assert!(english.contains("A great storm") && !english.contains("あらし"), "{english}");
    // As with every record in JSON, the title is in every language all the same.
    assert_eq!(harbour("search storm --lang en --json").json()[0]["title"]["ja"], "大きなあらし");
}

#[test]
fn nothing_found_is_no_failure() {
    assert_eq!(harbour("search zzz --json").ok(), "[]\n");
    assert_eq!(harbour("search zzz").ok(), "nothing has `zzz` in it\n");
    assert_eq!(harbour("search 、。").ok(), "`、。` has no letter and no digit to look for\n");
    assert_eq!(harbour("search zzz --kind sites").ok(), "no site has `zzz` in it\n");
    assert_eq!(harbour("search あらし --lang en").ok(), "nothing has `あらし` in it; only `en` was searched\n");
}

#[test]
fn a_search_that_is_too_long_says_so() {
    let outcome = harbour(&format!("search {}", "a".repeat(65)));
    assert_eq!(outcome.out, "");
    let error = outcome.error(2);
    assert!(error.contains("a search has at most 64 characters; this has 65"), "{error}");
    // Characters are counted, not bytes, and with the spaces between the arguments.
    assert_eq!(harbour(&format!("search {} --json", "あ".repeat(64))).ok(), "[]\n");
    assert!(harbour(&format!("search {} b", "あ".repeat(63))).error(2).contains("this has 65"));
}

#[test]
fn another_folder_is_searched() {
    let scratch = Scratch::new();
    scratch.replace("data/milestones/great-storm.toml", "A great storm", "A great gale");
    assert_eq!(each(&scratch.nenpyo("search gale --json").json(), "slug"), ["great-storm"]);
    assert_eq!(scratch.nenpyo("search storm --json --kind milestones").json(), json!([]));
}

#[test]
fn what_is_found_in_a_text_is_shown_under_the_record() {
    let shown = harbour("search まど").ok();
    let expected = "kind          title                         key\n\
                    milestone     大きなあらし · A great storm  great-storm\n  \
                    summary.ja  灯台のまどがこわれた。\n1 record\n";
    assert_eq!(shown, expected);
    let scratch = Scratch::new();
    let (before, after) = ("one two three four five six ", " seven eight nine ten eleven twelve");
    let old = "A window of the lighthouse breaks.";
    scratch.replace("data/milestones/great-storm.toml", old, &format!("{before}needle{after}"));
    let shown = scratch.nenpyo("search needle").ok();
    let line = shown.lines().nth(2).unwrap();
    assert_eq!(line, "  summary.en  …three four five six needle seven eight nine ten eleven t…");
    assert_eq!(line.split("needle").map(|side| side.chars().count()).collect::<Vec<_>>(), [14 + 1 + 20, 30 + 1]);
}

#[test]
fn what_was_looked_for_is_in_colour_where_it_stands() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let coloured = |line: &str| {
        let output = command(&folder, &format!("{line} --data data")).env("CLICOLOR_FORCE", "1").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let found = |text: &str| format!("\u{1b}[1m\u{1b}[35m{text}\u{1b}[0m");
    for (line, expected) in [
        ("search storm", format!("大きなあらし · A great {}  ", found("storm"))),
        ("search あらし", format!("大きな{} · A great storm  ", found("あらし"))),
        ("search まど", format!("灯台の{}がこわれた。\n", found("まど"))),
        // What was typed is the reading of these.
        ("search うみの --kind people", format!("{}花 · Umino Hana  ", found("海野"))),
        ("search house --kind orgs", format!("Harbour {}\n", found("House"))),
    ] {
        let shown = coloured(line);
        assert!(shown.contains(&expected), "{line}: {shown:?}");
    }
}
