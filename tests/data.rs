//! Claims about the shipped data: trees, conflicts, counts and what must not be said, written out by hand.

#[path = "oracle/mod.rs"]
#[allow(dead_code, reason = "each test program uses its part of the oracle")]
mod oracle;

use std::sync::OnceLock;

use nenpyo::{
    AnyRecord, Certainty, Chronicle, Day, Edtf, Key, Language, Milestone, MilestoneKind, Organization,
    OrganizationKind, QST, RecordKind, Text,
};
use oracle::{Oracle, compiled, shipped_files};

const LANGUAGES: [Language; 2] = [Language::JA, Language::EN];

/// The shipped data, baked or opened.
#[derive(Clone, Copy)]
struct Home<'a>(&'a Chronicle<'a>);

/// Makes a claim about both homes.
fn in_both_homes(claim: impl Fn(Home<'_>)) {
    static BLOB: OnceLock<Vec<u8>> = OnceLock::new();
    let opened = Chronicle::open(BLOB.get_or_init(|| compiled(&shipped_files()))).unwrap();
    for chronicle in [&QST, &opened] {
        claim(Home(chronicle));
    }
}

/// The data as it is written.
fn oracle() -> &'static Oracle {
    static ORACLE: OnceLock<Oracle> = OnceLock::new();
    ORACLE.get_or_init(|| Oracle::of(&shipped_files()))
}

fn as_of(date: &str) -> Day {
    Edtf::parse(date).unwrap().as_of()
}

impl<'a> Home<'a> {
    fn organization(self, slug: &str) -> Organization<'a> {
        self.0.organizations().by_key(Key::of(slug)).unwrap_or_else(|| panic!("there is no organisation {slug}"))
    }

    fn milestone(self, slug: &str) -> Milestone<'a> {
        self.0.milestones().by_key(Key::of(slug)).unwrap_or_else(|| panic!("there is no milestone {slug}"))
    }

    /// The tree below an organisation, indented by two spaces for each level.
    fn tree(self, root: &str, date: &str) -> String {
        let at = self.organization(root).at(as_of(date)).unwrap();
        let line = |branch: nenpyo::Branch<'_>| {
            let slug = &oracle().record(RecordKind::Organization, branch.organization.organization().id().0).slug;
            format!("{}{slug}\n", "  ".repeat(branch.depth as usize))
        };
        at.tree().map(line).collect()
    }

    /// The dates that sources give for a milestone, each once, in order.
    fn claimed(self, slug: &str) -> Vec<String> {
        let details = self.milestone(slug).details().unwrap();
        let mut dates: Vec<String> = details.claims().map(|claim| claim.date.to_string()).collect();
        dates.sort_unstable();
        dates.dedup();
        dates
    }
}

#[test]
fn before_qst_two_bodies_stand_under_the_ministry() {
    in_both_homes(|home| {
        let expected = "\
mext
  nirs
    qst-hospital
    nirs-tokai-branch
  jaea
    jaea-quantum-beam-division
      takasaki-institute
      kansai-institute
    jaea-fusion-division
      naka-institute
      rokkasho-institute
";
        assert_eq!(home.tree("mext", "2016-03-31"), expected);
        assert!(home.organization("qst").at(as_of("2016-03-31")).is_none());
        let nirs = home.organization("nirs").at(as_of("2016-03-31")).unwrap();
        assert!(nirs.supervisors().any(|supervisor| supervisor.value.key() == Key::of("nra")));
    });
}

#[test]
fn qst_begins_with_three_directorates_and_five_institutes() {
    in_both_homes(|home| {
        let expected = "\
qst
  qst-radiological-science-directorate
    nirs
      qst-hospital
  qst-quantum-beam-science-directorate
    takasaki-institute
    kansai-institute
  qst-fusion-energy-directorate
    naka-institute
    rokkasho-institute
  qst-future-lab
";
        assert_eq!(home.tree("qst", "2016-04-01"), expected);
    });
}

#[test]
fn ver_2_has_an_area_three_directorates_and_two_centres() {
    in_both_homes(|home| {
        let expected = "\
qst
  qst-quantum-life-science-area
  qst-quantum-medical-science-directorate
    nirs
    qst-center-for-advanced-radiation-emergency-medicine
    qst-hospital
  qst-quantum-beam-science-directorate
    takasaki-institute
    kansai-institute
    qst-synchrotron-development-center
  qst-fusion-energy-directorate
    naka-institute
    rokkasho-institute
";
        assert_eq!(home.tree("qst", "2019-05"), expected);
    });
}

#[test]
fn the_chiba_reform_joins_life_and_medicine() {
    in_both_homes(|home| {
        let expected = "\
qst
  qst-quantum-life-and-medical-science-directorate
    qst-institute-for-quantum-medical-science
    qst-institute-of-radiological-science
    qst-hospital
    qst-institute-for-quantum-life-science
  qst-quantum-beam-science-directorate
    takasaki-institute
    kansai-institute
    qst-synchrotron-development-center
  qst-fusion-energy-directorate
    naka-institute
    rokkasho-institute
  qst-quantum-life-science-research-hub-center
  qst-innovative-project-organization
";
        assert_eq!(home.tree("qst", "2021-05"), expected);
    });
}

#[test]
fn since_2024_the_institutes_stand_under_qst_itself() {
    in_both_homes(|home| {
        let expected = "\
qst
  qst-institute-for-quantum-medical-science
  qst-institute-of-radiological-science
  qst-hospital
  qst-institute-for-quantum-life-science
  takasaki-institute
    qst-quarc
  kansai-institute
  qst-synchrotron-development-center
  naka-institute
  rokkasho-institute
";
        assert_eq!(home.tree("qst", "2024-05"), expected);
    });
}

#[test]
fn qst_and_its_predecessors_come_first() {
    in_both_homes(|home| {
        let first: Vec<Key> = home.0.organizations().iter().take(6).map(|organization| organization.key()).collect();
        let slugs = ["qst", "nirs", "jaea", "jaeri", "jaea-quantum-beam-division", "jaea-fusion-division"];
        assert_eq!(first, slugs.map(Key::of));
    });
}

#[test]
fn nirs_is_one_organisation_whose_kind_and_parent_change() {
    in_both_homes(|home| {
        let nirs = home.organization("nirs");
        let on = |date: &str| {
            let at = nirs.at(as_of(date)).unwrap();
            (at.kind().unwrap().value, at.parent().unwrap().value.key())
        };
        let agency = OrganizationKind::NationalResearchAndDevelopmentAgency;
        assert_eq!(on("2016-03-31"), (agency, Key::of("mext")));
        assert_eq!(on("2016-04-01"), (OrganizationKind::Institute, Key::of("qst-radiological-science-directorate")));
        assert_eq!(on("2019-05"), (OrganizationKind::Institute, Key::of("qst-quantum-medical-science-directorate")));
        assert!(nirs.at(as_of("2021-04-01")).is_none());
        let founding = home.milestone("qst-established");
        let roles = founding.participants().filter(|participant| participant.organization == nirs).count();
        assert_eq!(roles, 2, "NIRS is original and resulting");
        assert!(nirs.successors().all(|successor| successor != nirs));
    });
}

#[test]
fn qst_descends_from_its_predecessors() {
    in_both_homes(|home| {
        let line: Vec<Key> = home.organization("qst").lineage().map(|organization| organization.key()).collect();
        for forebear in ["nirs", "jaea-quantum-beam-division", "jaea-fusion-division"] {
            assert!(line.contains(&Key::of(forebear)), "{forebear}");
        }
    });
}

#[test]
fn the_ventures_have_no_company_name() {
    in_both_homes(|home| {
        for slug in ["qst-venture-3", "qst-venture-4"] {
            let venture = home.organization(slug).at(as_of("2021-05")).unwrap();
            assert!(venture.is_descriptive(Language::EN) && venture.is_descriptive(Language::JA), "{slug}");
            assert!(home.organization(slug).sources().all(|citation| citation.source.address().is_none()), "{slug}");
        }
        // What memory says and no source.
        for (path, bytes) in shipped_files() {
            let text = String::from_utf8(bytes).unwrap();
            for guess in ["Perfect Imaging", "フォトンラボ", "Photon Labo"] {
                assert!(!text.contains(guess), "{path} says {guess}");
            }
        }
    });
}

#[test]
fn conflicts_ship_with_every_date_and_a_note() {
    in_both_homes(|home| {
        let conflicts: [(&str, &str, &[&str]); 9] = [
            ("jt-60sa-completed", "2020-03", &["2020", "2020-03", "2020-04", "2020-04-22"]),
            ("blanket-engineering-test-building", "2021-06", &["2021-04-07", "2021-06", "2021-07-07"]),
            ("radiation-dose-assessment-building", "2021-03?", &["2021-03?", "2021-05-25"]),
            ("sendai-site-opened", "2021-07?", &["2021-07?"]),
            ("synchrotron-development-centre-established", "2019-04?", &["2019-04", "2019-04?"]),
            ("core-advanced-radiation-emergency-centre", "2019-04", &["2019", "2019-04", "[2016-04..2019-04]"]),
            ("iaea-collaborating-centre-certified", "2009-12", &["2006", "2009-12"]),
            ("carbon-ion-trial-begins", "1994-06", &["1993", "1994", "1994-06"]),
            ("rokkasho-fusion-institute-established", "2014-04", &["2014-04", "2015-04"]),
        ];
        for (slug, chosen, dates) in conflicts {
            assert_eq!(home.milestone(slug).date().to_string(), chosen, "{slug}");
            let claimed = home.claimed(slug);
            for date in dates {
                assert!(claimed.iter().any(|other| other == date), "{slug}: nobody says {date}, but {claimed:?}");
            }
            for language in LANGUAGES {
                assert!(
                    home.milestone(slug).details().unwrap().note(language).is_some(),
                    "{slug} has no note in {language}"
                );
            }
        }
        let sendai = home.milestone("sendai-site-opened").details().unwrap().note(Language::EN).unwrap();
        assert!(sendai.to_string().contains("November 2020"), "the other reading of the page stands in the note");
    });
}

#[test]
fn the_nearest_milestones_are_the_next_ones_in_the_story() {
    in_both_homes(|home| {
        let before = |date: &str| home.0.milestones().nearest_before(&Edtf::parse(date).unwrap()).map(|m| m.key());
        let after = |date: &str| home.0.milestones().nearest_after(&Edtf::parse(date).unwrap()).map(|m| m.key());
        // Some milestones of 2025 have no day: they can be later than this one, but nobody knows.
        assert_eq!(before("2026-11-22"), Some(Key::of("jt-60sa-control-coils")));
        assert_eq!(before("2016-04-02"), Some(Key::of("qst-established")));
        assert_eq!(after("2016-04-01"), Some(Key::of("qst-inauguration-ceremony")));
        assert_eq!((before("1900"), after("2100")), (None, None));
    });
}

#[test]
fn founding_and_ceremony_are_two_milestones() {
    in_both_homes(|home| {
        assert_eq!(home.milestone("qst-established").date().to_string(), "2016-04-01");
        assert_eq!(home.milestone("qst-inauguration-ceremony").date().to_string(), "2016-04-03");
    });
}

#[test]
fn the_english_name_of_qst_changed_on_an_unknown_day() {
    in_both_homes(|home| {
        let name = |date: &str| {
            let name = home.organization("qst").at(as_of(date)).unwrap().name(Language::EN).unwrap();
            (name.value.to_string().contains("Radiological"), name.certain)
        };
        assert_eq!((name("2016-04"), name("2020-12")), ((true, true), (true, true)));
        assert!(!name("2021-06").1, "nobody found the day");
        assert_eq!(name("2022-05"), (false, true));
    });
}

#[test]
fn every_chosen_date_is_claimed() {
    in_both_homes(|home| {
        for milestone in home.0.milestones() {
            let mut claims = milestone.details().unwrap().claims();
            assert!(claims.any(|claim| claim.date == milestone.date()), "{:?}", milestone.title(Language::EN));
        }
    });
}

#[test]
fn states_are_the_two_of_the_brochure() {
    in_both_homes(|home| {
        let states = home.0.milestones().of_kind(MilestoneKind::State);
        let mut keys: Vec<Key> = states.iter().map(|milestone| milestone.key()).collect();
        let mut expected = ["quantum-scalpel-demonstrator-study", "qls-building-under-construction"].map(Key::of);
        keys.sort_unstable();
        expected.sort_unstable();
        assert_eq!(keys, expected);
    });
}

#[test]
fn the_chronicle_is_as_large_as_was_asked() {
    in_both_homes(|home| {
        assert!(home.0.milestones().len() >= 115, "{} milestones", home.0.milestones().len());
        assert!(home.0.organizations().len() >= 55, "{} organisations", home.0.organizations().len());
        assert!(home.0.sources().len() >= 115, "{} sources", home.0.sources().len());
        assert!(home.0.people().len() >= 15 && home.0.sites().len() >= 25 && home.0.themes().len() >= 15);
        assert!(home.0.documents().len() >= 15 && home.0.statements().len() >= 25);
    });
}

fn record_texts<'a>(record: &AnyRecord<'a>, language: Language) -> Vec<Option<Text<'a>>> {
    let summary = |details: nenpyo::Details<'a>| details.summary(language);
    match record {
        AnyRecord::Milestone(it) => vec![it.title(language), summary(it.details().unwrap())],
        AnyRecord::Organization(it) => vec![it.name(language)],
        AnyRecord::Site(it) => vec![it.name(language)],
        AnyRecord::Person(it) => vec![it.name(language), summary(it.details().unwrap())],
        AnyRecord::Theme(it) => vec![it.name(language), summary(it.details().unwrap())],
        AnyRecord::Document(it) => vec![it.name(language), summary(it.details().unwrap())],
        AnyRecord::Statement(it) => vec![it.title(language), summary(it.details().unwrap())],
        AnyRecord::Source(it) => vec![it.title(language), it.publisher(language)],
        _ => panic!("a kind of record that the tests do not know"),
    }
}

#[test]
fn every_text_stands_in_both_languages() {
    in_both_homes(|home| {
        let oracle = oracle();
        for kind in RecordKind::ALL.iter().copied() {
            for rec in oracle.records(kind) {
                let record = home.0.get(Key::of(&rec.slug)).unwrap();
                let [ja, en] = LANGUAGES.map(|language| record_texts(&record, language));
                let full = |text: &Option<Text<'_>>| text.is_some_and(|text| !text.is_empty());
                assert!(ja.iter().chain(&en).all(full), "{} lacks a text", rec.slug);
                // What may be left out is left out in both languages or in none.
                for field in ["summary", "note", "short", "address"] {
                    let Some(text) = rec.toml.get(field).filter(|text| text.is_table()) else { continue };
                    assert!(text.get("ja").is_some() && text.get("en").is_some(), "`{field}` of {}", rec.slug);
                }
            }
        }
    });
}

#[test]
fn japanese_and_english_are_not_mixed_up() {
    in_both_homes(|home| {
        let oracle = oracle();
        let is_japanese = |char: char| matches!(char, '\u{3040}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}');
        for milestone in home.0.milestones() {
            let slug = &oracle.record(RecordKind::Milestone, milestone.id().0).slug;
            let details = milestone.details().unwrap();
            let texts = |language| [milestone.title(language), details.summary(language), details.note(language)];
            assert!(texts(Language::JA).into_iter().flatten().all(|text| text.chars().any(is_japanese)), "{slug}");
            // An English sentence may quote a Japanese word, but is not made of them.
            let mostly =
                |text: Text<'_>| text.chars().filter(|char| is_japanese(*char)).count() * 4 < text.chars().count();
            assert!(texts(Language::EN).into_iter().flatten().all(mostly), "{slug}");
        }
    });
}

#[test]
fn what_is_inferred_says_from_what() {
    in_both_homes(|home| {
        let mut inferred = 0;
        for milestone in home.0.milestones() {
            if milestone.sources().any(|citation| citation.certainty == Certainty::Inferred) {
                inferred += 1;
                for language in LANGUAGES {
                    let note = milestone.details().unwrap().note(language);
                    assert!(note.is_some(), "{:?} has no note in {language}", milestone.title(Language::EN));
                }
            }
        }
        assert!(inferred > 3, "the facts file has more inferences than {inferred}");
    });
}

#[test]
fn the_chronicle_says_what_it_is_not() {
    in_both_homes(|home| {
        let about = home.0.about();
        assert!(about.notice(Language::JA).unwrap().to_string().contains("公式"));
        assert!(about.notice(Language::EN).unwrap().to_string().contains("not an official publication"));
        assert_eq!(about.licence().unwrap(), "CC0-1.0");
        assert_eq!(about.subject().unwrap(), home.organization("qst"));
    });
}
