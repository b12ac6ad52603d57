//! A chronicle from somebody's own data folder answers like any other, in its one language.

use lighthouse_chronicle::{LIGHTHOUSE, key};
use nenpyo::{AnyRecord, Change, Day, Edtf, Key, Language, MilestoneKind, date};

fn day(year: i32, month: u8, day: u8) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

#[test]
fn it_says_what_it_is() {
    let about = LIGHTHOUSE.about();
    assert_eq!(about.name(Language::EN).unwrap(), "The Chronicle of Grey Head Lighthouse");
    assert_eq!((about.version(), about.licence().unwrap().to_string()), ((1, 0, 2), "CC-BY-4.0".to_owned()));
    assert!(LIGHTHOUSE.languages().eq([Language::EN]));
    assert!(about.name(Language::JA).is_none());
    assert_eq!(about.subject().unwrap().key(), key::LIGHTHOUSE_TRUST);
}

#[test]
fn milestones_stand_in_order_of_time() {
    let titles: Vec<String> =
        LIGHTHOUSE.milestones().iter().map(|m| m.title(Language::EN).unwrap().to_string()).collect();
    let expected = ["The tower is built", "The lamp is lit", "A trust takes over the lighthouse", "Open day"];
    assert_eq!(titles, expected);
    assert!(LIGHTHOUSE.milestones().iter().all(|m| m.title(Language::JA).is_none()));
}

#[test]
fn milestones_are_found_by_date_and_kind() {
    let keys = |selection: nenpyo::Selection<'static>| selection.iter().map(|m| m.key()).collect::<Vec<_>>();
    let milestones = LIGHTHOUSE.milestones();
    let year = Edtf::parse("1856").unwrap();
    assert_eq!(keys(milestones.overlapping(&year)), [key::TOWER_BUILDING]);
    assert!(keys(milestones.surely_within(&year)).is_empty());
    let summer = Edtf::parse("2024-08").unwrap();
    assert!(keys(milestones.surely_within(&summer)).is_empty(), "the day is doubtful");
    assert_eq!(keys(milestones.possibly_within(&summer)), [key::OPEN_DAY]);
    assert_eq!(keys(milestones.of_kind(MilestoneKind::Founding)), [key::TRUST_FOUNDED]);
    assert_eq!(keys(milestones.on_this_day(11, Some(3))), [key::LAMP_FIRST_LIT]);
    let trust = LIGHTHOUSE.organizations().by_key(key::LIGHTHOUSE_TRUST).unwrap();
    assert_eq!(keys(milestones.involving(trust.id())), [key::TRUST_FOUNDED]);
    assert_eq!(keys(milestones.involving_units_of(trust.id())), [key::TRUST_FOUNDED, key::OPEN_DAY]);
    assert_eq!(milestones.nearest_after(&year).unwrap().key(), key::LAMP_FIRST_LIT);
}

#[test]
fn organisations_change_hands() {
    let office = LIGHTHOUSE.organizations().by_key(key::KEEPERS_OFFICE).unwrap();
    let parent = |day| office.at(day).unwrap().parent().unwrap().value.key();
    assert_eq!(parent(day(1900, 1, 1)), key::HARBOUR_BOARD);
    assert_eq!(parent(day(1990, 4, 1)), key::LIGHTHOUSE_TRUST);
    let tree = LIGHTHOUSE.organizations().tree(day(2000, 1, 1));
    let tree: Vec<(u32, Key)> = tree.map(|branch| (branch.depth, branch.organization.organization().key())).collect();
    assert_eq!(tree, [(0, key::LIGHTHOUSE_TRUST), (1, key::KEEPERS_OFFICE)]);
    let changes: Vec<_> = LIGHTHOUSE.organizations().differences(day(1990, 3, 31), day(2010, 1, 1)).collect();
    assert!(matches!(changes[0], Change::Added(trust) if trust.organization().key() == key::LIGHTHOUSE_TRUST));
    assert!(matches!(changes[1], Change::Gone(_)) && matches!(changes[2], Change::Moved { .. }));
    let trust = LIGHTHOUSE.organizations().by_key(key::LIGHTHOUSE_TRUST).unwrap();
    assert_eq!(trust.at(day(2000, 1, 1)).unwrap().name(Language::EN).unwrap().value, "Grey Head Trust");
    assert!(trust.predecessors().any(|board| board.key() == key::HARBOUR_BOARD));
}

#[test]
fn details_sources_and_slugs_need_no_features_here() {
    let founded = LIGHTHOUSE.milestones().by_key(key::TRUST_FOUNDED).unwrap();
    assert_eq!(founded.slug(), Some("trust-founded"));
    let details = founded.details().unwrap();
    assert!(details.note(Language::EN).unwrap().to_string().contains("deed"));
    let dates: Vec<String> = details.claims().map(|claim| claim.date.to_string()).collect();
    assert_eq!(dates, ["1990-04-01", "1990-05"]);
    assert_eq!(founded.sources().len(), 2);
    assert_eq!(founded.causes().next().unwrap().key(), key::LAMP_FIRST_LIT);
    assert_eq!(founded.parts().next().unwrap().key(), key::OPEN_DAY);
    assert!(LIGHTHOUSE.sources().by_key(key::NEWSPAPER).unwrap().is_weak());
}

#[test]
fn other_kinds_are_linked() {
    let tower = LIGHTHOUSE.sites().by_key(key::TOWER).unwrap();
    assert_eq!(tower.inside().next().unwrap().key(), key::LANTERN_ROOM);
    assert_eq!(tower.details().unwrap().address(Language::EN).unwrap(), "1 Cliff Road, Grey Head");
    let light = LIGHTHOUSE.themes().by_key(key::LIGHT).unwrap();
    assert_eq!(light.statements().next().unwrap().key(), key::KEEP_THE_LIGHT);
    let ada = LIGHTHOUSE.people().by_key(key::ADA_KEEPER).unwrap();
    assert_eq!(ada.milestones().next().unwrap().key(), key::LAMP_FIRST_LIT);
    let deed = LIGHTHOUSE.documents().by_key(key::TRUST_DEED).unwrap();
    assert_eq!(deed.referrers().count(), 2);
}

#[test]
fn keys_answer_and_older_keys_too() {
    assert!(matches!(LIGHTHOUSE.get(key::LOG_BOOK), Some(AnyRecord::Source(_))));
    assert_eq!(LIGHTHOUSE.get(Key::of("first-light")).unwrap().key(), key::LAMP_FIRST_LIT);
    assert!(LIGHTHOUSE.get(Key::of("qst-established")).is_none(), "QST's data is switched off");
}

#[test]
fn dates_are_told_in_words() {
    let lamp = LIGHTHOUSE.milestones().by_key(key::LAMP_FIRST_LIT).unwrap();
    assert_eq!(date::english(lamp.date()).to_string(), "3 November 1857");
}
