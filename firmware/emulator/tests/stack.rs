//! What every lookup may need of stack, and that more is seen. That none needs more is seen where it is measured:
//! `cargo xtask cost --check`.

use nenpyo_emulator::cost::stack_bound;
use nenpyo_emulator::run::Run;
use nenpyo_emulator::{Board, boards, build, names};

fn measured() -> Vec<Board> {
    boards().into_iter().filter(|board| board.stack).collect()
}

#[test]
fn the_smallest_cores_are_measured() {
    let families: Vec<String> = measured().into_iter().map(|board| board.family).collect();
    assert!(families.iter().any(|family| family == "Cortex-M0"), "{families:?}");
    assert!(families.iter().any(|family| family == "Cortex-M3"), "{families:?}");
}

#[test]
fn only_details_opening_formatting_and_search_may_need_more() {
    let more = |name: &&&str| stack_bound(name) > 512 && !name.contains(" as D");
    let searches =
        |name: &&&str| !["Search", "Hits", "Hit:"].iter().any(|begin| name.trim_start_matches('<').starts_with(begin));
    let more: Vec<&&str> = names().iter().filter(more).filter(searches).collect();
    let kinds = ["Milestone", "Organization", "Site", "Person", "Theme", "Document", "Statement"];
    let mut expected: Vec<String> = kinds.iter().map(|kind| format!("{kind}::details")).collect();
    expected.extend(["address", "claims", "is_descriptive", "note", "summary"].map(|what| format!("Details::{what}")));
    expected.extend([
        "Chronicle::open".to_owned(),
        "Chronicle::search".to_owned(),
        "<Claims as Iterator>::next".to_owned(),
    ]);
    assert!(more.iter().all(|name| expected.contains(&(**name).to_string())), "{more:?}");
    assert_eq!(more.len(), expected.len());
}

#[test]
fn an_array_of_ten_kilobytes_is_seen() {
    for board in measured() {
        let program = build::program(&board, "faults", &[]).unwrap();
        let printed = Run::new(&board, &program).argument("stack").output().unwrap();
        assert_eq!(printed.trim(), "None", "deeper than is looked at");
    }
}
