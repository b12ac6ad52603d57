//! No public function of nenpyo and its kiosk can panic, allocate, keep static memory, compute with floating point, divide 64 bits, or format.

use std::thread;

use nenpyo_emulator::image::DENSE;
use nenpyo_emulator::proof::{Linked, Need, OPT_LEVELS, TARGETS, link};
use nenpyo_emulator::{KIOSK, build, public_names};

/// Each target at each level of optimisation, with its library; with dense texts the first target at the first level, as
/// what differs then is the same code everywhere.
fn libraries() -> Vec<(String, std::path::PathBuf)> {
    let mut libraries = Vec::new();
    for target in TARGETS {
        let plain = OPT_LEVELS.map(|level| (level, &[][..]));
        let dense = (target == TARGETS[0]).then_some((OPT_LEVELS[0], &[DENSE][..]));
        for (level, features) in plain.into_iter().chain(dense) {
            let library = build::proofs(target, level, features).unwrap();
            libraries.push((format!("{target} at {level} {}", features.join(" ")), library));
        }
    }
    libraries
}

/// What each of these symbols needs, linked alone.
fn linked(library: &std::path::Path, symbols: &[&'static str]) -> Vec<(&'static str, Linked)> {
    let linker = build::linker().unwrap();
    let one = |symbol: &&'static str| (*symbol, link(&linker, library, symbol).unwrap());
    let work = |symbols: &[&'static str]| symbols.iter().map(one).collect::<Vec<_>>();
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let share = symbols.len().div_ceil(workers).max(1);
    thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = symbols.chunks(share).map(|share| scope.spawn(move || work(share))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

/// Whether formatting is what the function is for.
fn is_for_formatting(name: &str) -> bool {
    name.contains(" as Display>") || name.contains(" as Debug>")
}

#[test]
fn no_public_function_needs_what_it_may_not() {
    let mut failures = Vec::new();
    for (what, library) in libraries() {
        let mut functions = 0;
        let names = [public_names(), KIOSK.to_vec()].concat();
        for (name, linked) in linked(&library, &names) {
            functions += 1;
            let allowed = |need: Need| need == Need::Formatting && is_for_formatting(name);
            for (need, symbol) in linked.needs.into_iter().filter(|(need, _)| !allowed(*need)) {
                failures.push(format!("{name} on {what}: {need:?} ({symbol})"));
            }
        }
        assert_eq!(functions, names.len());
        println!("{functions} functions on {what}");
    }
    assert!(failures.is_empty(), "{} needs that no lookup may have:\n{}", failures.len(), failures.join("\n"));
}

/// A proof that does not see these is none.
#[test]
fn the_controls_are_seen() {
    let controls = [
        ("control_panic", Need::Panic),
        ("control_allocator", Need::Allocator),
        ("control_data", Need::Data),
        ("control_bss", Need::Bss),
        ("control_floating_point", Need::FloatingPoint),
        ("control_division", Need::Division),
        ("control_formatting", Need::Formatting),
    ];
    for (what, library) in libraries() {
        for (name, linked) in linked(&library, &controls.map(|(name, _)| name)) {
            let needs: Vec<Need> = linked.needs.iter().map(|(need, _)| *need).collect();
            let expected = controls.iter().find(|(control, _)| *control == name).map(|(_, need)| *need);
            assert!(needs.contains(&expected.unwrap()), "{name} on {what} shows {needs:?}");
        }
    }
}

#[test]
fn a_name_that_is_not_there_is_no_proof() {
    let library = build::proofs(TARGETS[0], "s", &[]).unwrap();
    let linker = build::linker().unwrap();
    assert!(link(&linker, &library, "Chronicle::no_such").is_err());
}
