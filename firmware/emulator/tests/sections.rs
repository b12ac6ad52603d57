//! A firmware that holds the chronicle by reference, and takes a pack or the const tables as it runs, has no byte of a
//! section whose feature is off.

use std::collections::BTreeMap;

use nenpyo_emulator::cost::{found, image};
use nenpyo_emulator::elf::{Program, find};
use nenpyo_emulator::image::{ALL, GLYPHS, compiled};
use nenpyo_emulator::map::Map;
use nenpyo_emulator::{board, names};

/// Features that are looked at: each alone, some together, none and all.
const CHOICES: [&[&str]; 13] = [
    &[],
    &["ja"],
    &["en"],
    &["details"],
    &["sources"],
    &["slugs"],
    &["search"],
    &["ja", "details", "search", "search-index"],
    &["ja", "details"],
    &["en", "details", "sources"],
    ALL,
    GLYPHS[0],
    GLYPHS[1],
];

/// The tables of QST's chronicle by section. Glyphs are those of the texts that are left.
fn tables(features: &[&str]) -> BTreeMap<String, Vec<(String, Vec<u8>)>> {
    let mut tables: BTreeMap<String, Vec<(String, Vec<u8>)>> = BTreeMap::new();
    let mut add = |compiled: &nenpyo_codegen::Compiled, section: &dyn Fn(&str) -> bool| {
        for cost in compiled.costs().into_iter().filter(|cost| section(&cost.section)) {
            let bytes = compiled.table(&cost.table).unwrap().to_vec();
            tables.entry(cost.section).or_default().push((cost.table, bytes));
        }
    };
    add(&compiled(ALL).unwrap(), &|_| true);
    add(&compiled(features).unwrap(), &|section| section.starts_with("glyphs"));
    let others = GLYPHS.into_iter().filter(|glyphs| glyphs != &features);
    others.for_each(|glyphs| add(&compiled(glyphs).unwrap(), &|section| section.starts_with("glyphs-")));
    tables
}

fn is_on(section: &str, features: &[&str]) -> bool {
    let has_glyphs = features.iter().any(|feature| feature.starts_with("glyphs-"));
    let is_on = |word| word == "core" || word == "glyphs" && has_glyphs || features.contains(&word);
    section.split(" + ").all(is_on)
}

/// Pieces of a table, long enough that they stand nowhere by chance, short enough that none of it hides between them.
fn pieces(table: &[u8]) -> impl Iterator<Item = &[u8]> {
    table.windows(24).step_by(12).filter(|piece| piece.iter().filter(|byte| (2..255).contains(*byte)).count() > 16)
}

#[test]
fn a_section_that_is_off_has_no_byte() {
    let board = board("lm3s6965evb");
    // Of programs that read no index, and of those that do: what reads it has constants of its own.
    let mut constants = [Vec::new(), Vec::new()];
    for features in CHOICES {
        let tables = tables(features);
        let program = image(&board, "everything", features).unwrap();
        let mut there = 0;
        for (section, of_section) in &tables {
            for (name, bytes) in of_section {
                if is_on(section, features) {
                    assert!(program.holds(bytes), "{features:?}: {name} is not there");
                    there += bytes.len();
                } else {
                    assert!(bytes.is_empty() || !program.holds(bytes), "{features:?}: {name} is there");
                    // What a table that is on says, too, is no piece of this one.
                    let on =
                        tables.iter().filter(|(section, _)| is_on(section, features)).flat_map(|(_, tables)| tables);
                    let is_its_own = |piece: &[u8]| on.clone().all(|(_, other)| find(other, piece).is_none());
                    let piece = pieces(bytes).find(|piece| program.holds(piece) && is_its_own(piece));
                    assert!(piece.is_none(), "{features:?}: a piece of {name} is there: {piece:?}");
                }
            }
        }
        let reads_an_index = features.contains(&"search-index");
        constants[usize::from(reads_an_index)].push(program.read_only.len() - there);
        assert_eq!(sum(&program, features), there as u64);
    }
    // Whatever is on, the rest is the same but for the filling between the tables.
    for constants in constants {
        let (least, most) = (constants.iter().min().unwrap(), constants.iter().max().unwrap());
        assert!(most - least < 256, "constants besides the tables: {constants:?}");
    }
}

fn sum(program: &Program, features: &[&str]) -> u64 {
    found(program, features).unwrap().iter().map(|(_, bytes)| bytes).sum()
}

/// What the linker itself says it has put into the program.
#[test]
fn the_linker_map_lists_the_tables_that_are_on_and_no_others() {
    let board = board("lm3s6965evb");
    for features in CHOICES {
        let tables = tables(features);
        let map = Map::of(&board, "everything", features).unwrap();
        // Of everything longer than any constant of the code, but for the list of lookups, there are just the tables
        // that are on.
        let list = names().len() as u64 * 4;
        let is_long = |bytes: &u64| *bytes > 1100 && *bytes != list;
        let on = tables.iter().filter(|(section, _)| is_on(section, features)).flat_map(|(_, tables)| tables);
        let mut expected: Vec<u64> = on.map(|(_, bytes)| bytes.len() as u64).filter(is_long).collect();
        let mut listed: Vec<u64> = map.constants.iter().copied().filter(is_long).collect();
        expected.sort_unstable();
        listed.sort_unstable();
        assert_eq!(listed, expected, "{features:?}: sizes of the long constants");
    }
}

#[test]
fn the_whole_chronicle_is_seen_where_it_is() {
    let program = image(&board("lm3s6965evb"), "everything", ALL).unwrap();
    let all = tables(ALL);
    let all: BTreeMap<_, _> = all.into_iter().filter(|(section, _)| is_on(section, ALL)).collect();
    let pieces: usize = all.values().flatten().map(|(_, bytes)| pieces(bytes).count()).sum();
    assert!(pieces > 10_000, "only {pieces} pieces are looked for");
    assert!(all.values().flatten().all(|(_, bytes)| pieces_are_in(&program, bytes)));
    assert!(names().len() > 300);
}

fn pieces_are_in(program: &Program, bytes: &[u8]) -> bool {
    pieces(bytes).all(|piece| program.holds(piece))
}

#[test]
fn the_smallest_firmware_has_at_most_four_kilobytes_of_code() {
    for board in nenpyo_emulator::boards() {
        let program = image(&board, "title", &["ja"]).unwrap();
        let constants = program.read_only.len() as u64 - sum(&program, &["ja"]);
        let code = program.code + constants;
        assert!(code <= 4096, "{}: {code} bytes besides the tables", board.name);
        assert_eq!((program.data, program.bss), (0, 0), "{}", board.name);
        let formatting = program.symbols.iter().find(|name| name.contains("core::fmt::") || name.contains("panicking"));
        assert_eq!(formatting, None, "{}", board.name);
    }
}
