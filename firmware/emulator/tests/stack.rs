//! How much stack every lookup needs, on the boards that have the least.

use nenpyo_emulator::cost::{dense_stack_bound, measures_dense, stack, stack_bound};
use nenpyo_emulator::run::Run;
use nenpyo_emulator::{Board, boards, build, names};

fn measured() -> Vec<Board> {
    boards().into_iter().filter(|board| board.stack).collect()
}

#[test]
fn every_lookup_keeps_its_bound() {
    let mut failures = Vec::new();
    for board in measured() {
        let dense = measures_dense(&board).then_some((true, dense_stack_bound as fn(&str) -> u64));
        for (is_dense, bound) in [(false, stack_bound as fn(&str) -> u64)].into_iter().chain(dense) {
            for (name, bytes) in names().iter().zip(stack(&board, is_dense).unwrap()) {
                if bytes > bound(name) {
                    let texts = if is_dense { "dense texts" } else { "texts in UTF-8" };
                    failures.push(format!(
                        "{name} on {} with {texts}: {bytes} bytes, more than {}",
                        board.family,
                        bound(name)
                    ));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
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
