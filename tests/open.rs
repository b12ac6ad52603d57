//! Opening bytes that may be anything: an error or a chronicle that can be asked everything, never a panic or a hang.

mod blob;
mod generator;
#[allow(dead_code, reason = "each program uses its part of the lookups")]
mod lookups;
#[path = "oracle/mod.rs"]
#[allow(dead_code, reason = "each test program uses its part of the oracle")]
mod oracle;
#[allow(dead_code, reason = "each test program uses its part of the pictures")]
mod pictures;

use std::sync::OnceLock;

use blob::{Blob, seal};
use generator::{Plan, chronicle};
use nenpyo::{Chronicle, GlyphSize, Key, Language, OpenError};
use nenpyo_schema::{LinkKind, LinkRow, MilestoneRow, PeriodRow, TableId as T};
use oracle::dice::Dice;
use oracle::{compile, compiled, compiled_densely, shipped_files};
use pictures::with_pictures;

/// No lookup of a small chronicle answers more things, however its rows lie.
const BUDGET: u32 = 1_000_000;

/// How often a random test goes round; `PROPTEST_CASES` raises it.
fn rounds(usual: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}

fn plan(milestones: usize, organizations: usize, others: usize) -> Plan {
    Plan {
        seed: 5,
        languages: vec!["ja", "en"],
        milestones,
        organizations,
        others,
        years: (1990, 2030),
        chains: 40,
        vague: false,
    }
}

/// Glyphs of both depths.
const SIZES: [GlyphSize; 2] = [GlyphSize::Mono8, GlyphSize::Grey16];

/// A small chronicle that has every kind of table.
fn small() -> &'static [u8] {
    static SMALL: OnceLock<Vec<u8>> = OnceLock::new();
    SMALL.get_or_init(|| with_pictures(compile(&chronicle(&plan(24, 10, 5))), &SIZES).blob())
}

/// A tiny one.
fn tiny() -> &'static [u8] {
    static TINY: OnceLock<Vec<u8>> = OnceLock::new();
    TINY.get_or_init(|| compiled(&chronicle(&plan(3, 2, 1))))
}

/// Both with dense texts.
fn dense() -> [&'static [u8]; 2] {
    static DENSE: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    let both = || {
        let small = with_pictures(compile(&chronicle(&plan(24, 10, 5))), &SIZES).with_dense_text();
        [small.unwrap().blob(), compiled_densely(&chronicle(&plan(3, 2, 1)))]
    };
    DENSE.get_or_init(both).each_ref().map(Vec::as_slice)
}

/// Opens, and if that succeeds asks everything. Whether it succeeded.
fn survives(bytes: &[u8]) -> Result<(), OpenError> {
    let chronicle = Chronicle::open(bytes)?;
    lookups::digests(&chronicle, Some(bytes), BUDGET);
    Ok(())
}

/// What opening says of the small chronicle after a change, checksum put right.
fn refused(change: impl FnOnce(&mut Blob)) -> OpenError {
    let mut blob = Blob::of(small());
    change(&mut blob);
    Chronicle::open(&blob.file()).expect_err("the change was not found")
}

#[test]
fn an_untouched_file_opens() {
    assert_eq!(survives(small()), Ok(()));
    assert_eq!(survives(tiny()), Ok(()));
    assert_eq!(dense().map(survives), [Ok(()), Ok(())]);
    assert_eq!(Blob::of(small()).file(), small(), "taking apart and putting together changes nothing");
}

#[test]
fn a_file_that_does_not_lie_on_words_says_so() {
    let shifted = [&[0; 8], small()].concat();
    for by in 0..8 {
        let mut bytes = shifted.clone();
        bytes.rotate_left(8 - by);
        let opened = Chronicle::open(&bytes[by..][..small().len()]);
        let is_aligned = bytes[by..].as_ptr().addr().is_multiple_of(4);
        assert_eq!(opened.err(), (!is_aligned).then_some(OpenError::Alignment), "{by}");
    }
}

/// Somebody's firmware has any of them.
#[test]
fn a_file_of_any_sections_opens() {
    let sections = ["ja", "en", "details", "sources", "slugs", "search", "search-index"];
    for chosen in 1_usize..1 << sections.len() {
        let some: Vec<&str> = (0..sections.len()).filter(|at| chosen >> at & 1 == 1).map(|at| sections[at]).collect();
        let files = nenpyo_codegen::Files::from_memory("data/", chronicle(&plan(20, 8, 4)));
        let compiled = nenpyo_codegen::compile_files(&files).unwrap().only(&some);
        let blob = if chosen % 2 == 0 { compiled } else { compiled.with_dense_text().unwrap() }.blob();
        let opened = Chronicle::open(&blob);
        assert!(opened.is_ok(), "{some:?}: {opened:?}");
        let chronicle = opened.unwrap();
        let slug = chronicle.milestones().iter().next_back().and_then(|milestone| milestone.slug());
        assert_eq!(slug.is_some(), some.contains(&"slugs"), "{some:?}");
        assert!(survives(&blob).is_ok(), "{some:?}");
    }
}

#[test]
fn any_changed_byte_is_refused() {
    let mut file = tiny().to_vec();
    let mut dice = Dice(3);
    for at in 0..file.len() {
        let right = file[at];
        file[at] ^= 1 << dice.below(8);
        assert!(Chronicle::open(&file).is_err(), "byte {at}");
        file[at] = !right;
        assert!(Chronicle::open(&file).is_err(), "byte {at}");
        file[at] = right;
    }
    assert!(Chronicle::open(&file).is_ok());
}

#[test]
fn changed_bytes_of_the_shipped_data_are_refused() {
    let mut file = compiled(&shipped_files());
    let mut dice = Dice(4);
    for _ in 0..100 {
        let at = dice.below(file.len());
        let right = file[at];
        file[at] = right.wrapping_add(1 + dice.below(255) as u8);
        assert!(Chronicle::open(&file).is_err(), "byte {at}");
        file[at] = right;
    }
}

#[test]
fn any_cut_is_refused() {
    for length in 0..tiny().len() {
        let error = Chronicle::open(&tiny()[..length]).unwrap_err();
        let expected = if length < 6 { OpenError::NotAChronicle } else { OpenError::Length };
        assert_eq!(error, expected, "cut to {length} bytes");
        if length >= 64 {
            let mut file = tiny()[..length].to_vec();
            seal(&mut file);
            assert!(Chronicle::open(&file).is_err(), "cut to {length} bytes and sealed");
        }
    }
    let longer = [tiny(), &[0]].concat();
    assert_eq!(Chronicle::open(&longer).unwrap_err(), OpenError::Length);
}

#[test]
fn damaged_glyphs_are_refused() {
    let size = |blob: &mut Blob| blob.table(T::Glyphs8)[0] = 9;
    assert_eq!(refused(size), OpenError::Value);
    assert_eq!(refused(|blob| blob.table(T::Glyphs8)[3] = 200), OpenError::Value, "a baseline below the glyph");
    assert_eq!(refused(|blob| blob.table(T::Glyphs8)[4] ^= 1), OpenError::Value, "one glyph more or less");
    assert_eq!(refused(|blob| blob.table(T::Glyphs8)[8] = 1), OpenError::Value, "the first one begins later");
    assert_eq!(refused(|blob| blob.table(T::Glyphs16Grey).truncate(7)), OpenError::Value);
    assert_eq!(refused(|blob| blob.table(T::Glyphs16Grey).truncate(20_000)), OpenError::Value);
    assert_eq!(refused(|blob| blob.table(T::Glyphs16Grey).push(0)), OpenError::Value);
    assert_eq!(refused(|blob| blob.table(T::Characters)[4] = 0xFF), OpenError::Value, "not in order");
    let other_size = |blob: &mut Blob| *blob.table(T::Glyphs16Grey) = blob.table(T::Glyphs8).clone();
    assert_eq!(refused(other_size), OpenError::Value);
    let without = Blob::of(small()).without(&[T::Characters]).file();
    assert_eq!(Chronicle::open(&without).unwrap_err(), OpenError::Value, "glyphs of no characters");
    let neither = Blob::of(small()).without(&[T::Characters, T::Glyphs8, T::Glyphs16Grey]).file();
    assert!(Chronicle::open(&neither).unwrap().glyphs(GlyphSize::Mono8).is_none());
}

#[test]
fn damaged_line_breaks_are_refused() {
    assert_eq!(refused(|blob| blob.table(T::Breaks)[0] += 1), OpenError::Value, "another class");
    assert_eq!(refused(|blob| blob.table(T::Breaks)[8] = 8), OpenError::Value, "a property that is none");
    assert_eq!(refused(|blob| blob.table(T::Breaks)[20] = 1), OpenError::Value, "no class for the first characters");
    assert_eq!(refused(|blob| blob.table(T::Breaks)[22] = 4), OpenError::Value, "a class that is none");
    assert_eq!(refused(|blob| blob.table(T::Breaks).truncate(52)), OpenError::Value);
    assert_eq!(refused(|blob| blob.table(T::Breaks).push(0)), OpenError::Value);
    let chronicle = Chronicle::open(small()).unwrap();
    assert_eq!(chronicle.breaks().class('5').0, 3, "the pictures' table");
    let without = Blob::of(small()).without(&[T::Breaks]).file();
    assert_eq!(Chronicle::open(&without).unwrap().breaks().class('5').0, 1, "whatever is no space");
}

#[test]
fn random_bytes_are_refused() {
    let mut dice = Dice(6);
    for _ in 0..rounds(5_000) {
        let mut bytes: Vec<u8> = (0..dice.below(400)).map(|_| dice.next() as u8).collect();
        assert!(survives(&bytes).is_err());
        if bytes.len() >= 64 {
            bytes[..8].copy_from_slice(&tiny()[..8]);
            if dice.chance(50) {
                bytes[16..64].copy_from_slice(&tiny()[16..64]);
            }
            seal(&mut bytes);
            assert!(survives(&bytes).is_err());
        }
    }
}

/// Changes a few bytes anywhere behind the checksum, or whole words to numbers that hurt.
fn damage(file: &mut [u8], dice: &mut Dice) {
    for _ in 0..=dice.below(3) {
        let at = 16 + dice.below(file.len() - 16);
        match dice.below(4) {
            0 => file[at] = dice.next() as u8,
            1 => file[at] ^= 1 << dice.below(8),
            2 => file[at] = dice.of(&[0, 1, 127, 128, 254, 255]),
            _ => {
                let word = dice.of(&[0, 1, 2, u32::MAX, u32::MAX - 1, 1 << 31, 1 << 24, 0x00FF_FFFF]);
                let end = (at + 4).min(file.len());
                file[at..end].copy_from_slice(&word.to_le_bytes()[..end - at]);
            }
        }
    }
    seal(file);
}

#[test]
fn random_damage_behind_a_right_checksum_never_panics() {
    let mut dice = Dice(7);
    let (mut refused, mut accepted) = (0, 0);
    for round in 0..rounds(4_000) {
        let [dense_small, dense_tiny] = dense();
        let mut file = match round % 16 {
            0 => small(),
            1 => dense_small,
            2..9 => tiny(),
            _ => dense_tiny,
        }
        .to_vec();
        damage(&mut file, &mut dice);
        match survives(&file) {
            Ok(()) => accepted += 1,
            Err(_) => refused += 1,
        }
    }
    // Both must happen, or this shows nothing: a changed letter of a text is accepted.
    assert!(refused > 500 && accepted > 100, "{refused} refused, {accepted} accepted");
}

#[test]
fn random_damage_to_single_tables_never_panics() {
    let mut dice = Dice(8);
    for round in 0..rounds(4_000) {
        let mut blob = Blob::of(match round % 16 {
            0 => small(),
            1..9 => tiny(),
            _ => dense()[1],
        });
        let at = dice.below(blob.parts.len());
        let other = dice.below(blob.parts.len());
        let donor = blob.parts[other].bytes.clone();
        let bytes = &mut blob.parts[at].bytes;
        match dice.below(6) {
            0 => bytes.truncate(dice.below(bytes.len() + 1)),
            1 => bytes.extend((0..dice.below(30)).map(|_| dice.next() as u8)),
            2 => bytes.reverse(),
            3 if !bytes.is_empty() => {
                let middle = dice.below(bytes.len());
                bytes.rotate_left(middle);
            }
            4 => *bytes = donor,
            _ => {
                let length = bytes.len();
                for _ in 0..3.min(length) {
                    bytes[dice.below(length)] = dice.next() as u8;
                }
            }
        }
        let _ = survives(&blob.file());
    }
}

#[test]
fn random_headers_never_panic() {
    let mut dice = Dice(9);
    for _ in 0..rounds(3_000) {
        let mut file = tiny().to_vec();
        for _ in 0..=dice.below(2) {
            // Counts, languages, tables and the directory.
            let at = 16 + dice.below(64 + 12 * Blob::of(tiny()).parts.len() - 16);
            file[at] = if dice.chance(50) { dice.next() as u8 } else { dice.of(&[0, 1, 2, 255]) };
        }
        seal(&mut file);
        let _ = survives(&file);
    }
}

#[test]
fn what_is_no_chronicle_says_so() {
    assert_eq!(Chronicle::open(b"").unwrap_err(), OpenError::NotAChronicle);
    assert_eq!(
        Chronicle::open(b"\x7FELF and more of it, as long as a header is, which is 64 bytes").unwrap_err(),
        OpenError::NotAChronicle
    );
    assert_eq!(refused(|blob| blob.header[0] = b'N'), OpenError::NotAChronicle);
    assert_eq!(refused(|blob| blob.header[6] += 1), OpenError::Format);
    assert_eq!(refused(|blob| blob.header[7] = 9), OpenError::Format);
}

#[test]
fn broken_headers_say_what_is_wrong() {
    assert_eq!(refused(|blob| blob.header[44..48].copy_from_slice(b"JA\0\0")), OpenError::Value);
    assert_eq!(refused(|blob| blob.header[48..52].copy_from_slice(b"ja\0\0")), OpenError::Value, "twice the same");
    assert_eq!(refused(|blob| blob.header[16..20].copy_from_slice(&[255; 4])), OpenError::Size);
    assert_eq!(refused(|blob| blob.header[16] += 1), OpenError::Size);
    assert_eq!(refused(|blob| blob.parts.swap(3, 4)), OpenError::Directory);
    let mut file = small().to_vec();
    file[64 + 8..64 + 12].copy_from_slice(&u32::MAX.to_le_bytes());
    seal(&mut file);
    assert_eq!(Chronicle::open(&file).unwrap_err(), OpenError::Directory);
    // What fills a table up is nothing, and nothing lies behind the last one.
    let mut filled = Blob::of(small());
    let odd = filled.parts.iter().position(|part| part.bytes.len() % 4 != 0).unwrap();
    filled.parts[odd].bytes.push(1);
    let mut file = filled.file();
    file[64 + 12 * odd + 8] -= 1;
    seal(&mut file);
    assert_eq!(Chronicle::open(&file).unwrap_err(), OpenError::Directory);
    let mut file = [small(), &[0; 4]].concat();
    seal(&mut file);
    assert_eq!(Chronicle::open(&file).unwrap_err(), OpenError::Directory);
    let mut file = small().to_vec();
    file[60..62].copy_from_slice(&u16::MAX.to_le_bytes());
    seal(&mut file);
    assert_eq!(Chronicle::open(&file).unwrap_err(), OpenError::Directory);
}

#[test]
fn ragged_and_short_tables_are_of_the_wrong_size() {
    for id in [T::KeyIndex, T::Keys, T::Milestones, T::Links, T::Periods, T::NameSpans, T::Citations] {
        assert_eq!(refused(|blob| blob.table(id).extend([0])), OpenError::Size, "{id:?}");
    }
    for (id, row) in [(T::Keys, 4), (T::Milestones, MilestoneRow::BYTES), (T::Subkinds, 1), (T::SourceSubkinds, 1)] {
        let shorter = |blob: &mut Blob| {
            let length = blob.table(id).len() - row;
            blob.table(id).truncate(length);
        };
        assert_eq!(refused(shorter), OpenError::Size, "{id:?}");
    }
}

#[test]
fn swapped_rows_are_out_of_order() {
    let swapped = |id: T, row: usize| {
        refused(|blob| {
            let table = blob.table(id);
            let last = table.len() - row;
            for byte in 0..row {
                table.swap(byte, last + byte);
            }
        })
    };
    assert_eq!(swapped(T::KeyIndex, 8), OpenError::Order);
    assert_eq!(swapped(T::SourceKeyIndex, 8), OpenError::Order);
    assert_eq!(swapped(T::Milestones, MilestoneRow::BYTES), OpenError::Order);
    assert_eq!(refused(|blob| blob.row(T::LinkStarts, 4, 1).copy_from_slice(&[255; 4])), OpenError::Order);
    let row = |blob: &mut Blob| {
        // The running maximum of the last milestone.
        let at = blob.table(T::Milestones).len() / MilestoneRow::BYTES - 1;
        blob.row(T::Milestones, MilestoneRow::BYTES, at)[16] ^= 1;
    };
    assert_eq!(refused(row), OpenError::Order);
    assert_eq!(refused(|blob| blob.table(T::LongMilestones).truncate(4)), OpenError::Order);
}

#[test]
fn ids_out_of_range_lead_nowhere() {
    let far = [255, 255, 255];
    assert_eq!(refused(|blob| blob.row(T::KeyIndex, 8, 0)[4..7].copy_from_slice(&far)), OpenError::Reference);
    for id in [T::Links, T::Citations, T::CitedBy] {
        assert_eq!(refused(|blob| blob.row(id, 4, 0)[..3].copy_from_slice(&far)), OpenError::Reference, "{id:?}");
    }
    // The last referrer of all, so that the order still holds.
    let referrer = |blob: &mut Blob| {
        let at = blob.table(T::Referrers).len() / 4 - 1;
        blob.row(T::Referrers, 4, at)[..3].copy_from_slice(&far);
    };
    assert_eq!(refused(referrer), OpenError::Reference);
    for aspect in [1, 3, 4, 5] {
        let value = |blob: &mut Blob| {
            let at = blob.find(T::Periods, PeriodRow::BYTES, |row| row[0] == aspect);
            blob.row(T::Periods, PeriodRow::BYTES, at)[4..7].copy_from_slice(&far);
        };
        assert_eq!(refused(value), OpenError::Reference, "aspect {aspect}");
    }
}

#[test]
fn words_that_mean_nothing_are_refused() {
    assert_eq!(refused(|blob| blob.row(T::Links, 4, 0)[3] = 31), OpenError::Value);
    assert_eq!(refused(|blob| blob.table(T::Subkinds)[0] = 200), OpenError::Value);
    assert_eq!(refused(|blob| blob.table(T::SourceSubkinds)[0] = 127), OpenError::Value);
    assert_eq!(refused(|blob| blob.row(T::Citations, 4, 0)[3] = 9), OpenError::Value);
    assert_eq!(refused(|blob| blob.row(T::CitedBy, 4, 0)[3] = 99), OpenError::Value);
    assert_eq!(refused(|blob| blob.row(T::Milestones, MilestoneRow::BYTES, 0)[20] = 77), OpenError::Value);
    assert_eq!(refused(|blob| blob.table(T::Manifest).clear()), OpenError::Value);
    let kind = |blob: &mut Blob| {
        let at = blob.find(T::Periods, PeriodRow::BYTES, |row| row[0] == 2);
        blob.row(T::Periods, PeriodRow::BYTES, at)[4] = 250;
    };
    assert_eq!(refused(kind), OpenError::Value);
    let relation = |blob: &mut Blob| {
        let at = blob.find(T::Periods, PeriodRow::BYTES, |row| row[0] == 3);
        blob.row(T::Periods, PeriodRow::BYTES, at)[7] = 2;
    };
    assert_eq!(refused(relation), OpenError::Value);
    let later = |blob: &mut Blob| {
        // The last milestone gets a first day that its date does not have; the order still holds.
        let at = blob.table(T::Milestones).len() / MilestoneRow::BYTES - 1;
        let row = blob.row(T::Milestones, MilestoneRow::BYTES, at);
        let day = i32::from_le_bytes(row[8..12].try_into().unwrap()) + 1;
        row[8..12].copy_from_slice(&day.to_le_bytes());
    };
    assert_eq!(refused(later), OpenError::Value);
}

#[test]
fn broken_texts_are_refused() {
    let last = |id: T, byte: u8| refused(|blob| *blob.table(id).last_mut().unwrap() = byte);
    for id in [T::NamePool, T::BodyPool, T::ReadingPool, T::SourceTextPool, T::SlugPool, T::AddressPool] {
        assert_eq!(last(id, 0xC3), OpenError::Text, "{id:?} is not UTF-8");
    }
    for id in [T::NameSpans, T::BodySpans, T::SourceTextSpans, T::SlugSpans, T::AddressSpans, T::ReadingSpans] {
        let outside = |blob: &mut Blob| blob.row(id, 6, 0)[..4].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(refused(outside), OpenError::Text, "{id:?} outside");
    }
    // A name that begins with a character of three bytes, cut inside it.
    let inside = |blob: &mut Blob| blob.row(T::ReadingSpans, 6, 0)[4] -= 1;
    assert_eq!(refused(inside), OpenError::Text);
}

#[test]
fn ruby_outside_its_text_is_refused() {
    // A stretch of ruby is three numbers of variable length: gap, length, reading; small ones take a byte each.
    assert_eq!(refused(|blob| blob.table(T::Ruby)[1] = 127), OpenError::Text, "longer than the text");
    assert_eq!(refused(|blob| blob.table(T::Ruby)[1] = 1), OpenError::Text, "inside a character");
    assert_eq!(refused(|blob| blob.table(T::Ruby)[2] = 127), OpenError::Reference, "no such reading");
    assert_eq!(refused(|blob| *blob.table(T::Ruby).last_mut().unwrap() = 0x80), OpenError::Value, "a number cut off");
}

/// What opening says of the small chronicle with dense texts after a change, checksum put right.
fn refused_densely(change: impl FnOnce(&mut Blob)) -> OpenError {
    let mut blob = Blob::of(dense()[0]);
    change(&mut blob);
    Chronicle::open(&blob.file()).expect_err("the change was not found")
}

#[test]
fn broken_alphabets_are_refused() {
    let pairs_at = |alphabet: &[u8]| 16 + 2 * usize::from(u16::from_le_bytes([alphabet[2], alphabet[3]]));
    let alphabet = |change: fn(&mut Vec<u8>)| refused_densely(|blob| change(blob.table(T::Alphabet)));
    for (what, change) in [
        ("no table", (|table| table.truncate(3)) as fn(&mut Vec<u8>)),
        ("no width", |table| table[0] = 0),
        ("too wide", |table| table[0] = 17),
        ("too narrow for its codes", |table| table[0] = 5),
        ("a plane that is not there", |table| table[1] = 1),
        ("more characters", |table| table[2] += 1),
        ("fewer characters", |table| table[2] -= 1),
        ("a level before the characters", |table| table[4] -= 1),
        ("levels that go down", |table| table[6..8].fill(0)),
        ("more pairs", |table| table[12] += 1),
        ("fewer pairs", |table| table[12] -= 1),
        ("a byte that means nothing", |table| table[14] = 1),
        ("characters that are not in order", |table| table.swap(16, 18)),
        ("a surrogate", |table| table[17] = 0xD8),
        ("something behind it", |table| table.push(0)),
        ("something behind the pairs", |table| *table.last_mut().unwrap() = 1),
    ] {
        assert_eq!(alphabet(change), OpenError::Text, "{what}");
    }
    // A pair of the last code of all, in any place: of itself, of one behind it, or of what is too long.
    let length = Blob::of(dense()[0]).table(T::Alphabet).len();
    let first = pairs_at(Blob::of(dense()[0]).table(T::Alphabet));
    assert!(length - first > 50, "{length} {first}");
    for at in (first..length - 3).step_by(3) {
        let mut blob = Blob::of(dense()[0]);
        blob.table(T::Alphabet)[at] = 0xFF;
        // Where it is refused all is well, otherwise everything that is asked comes to an end.
        let _ = survives(&blob.file());
    }
    assert_eq!(refused_densely(|blob| blob.table(T::Alphabet)[first..].fill(0xFF)), OpenError::Text);
}

#[test]
fn broken_codes_are_refused() {
    for id in [T::NamePool, T::BodyPool, T::ReadingPool, T::SourceTextPool] {
        assert_eq!(refused_densely(|blob| blob.table(id)[..4].fill(0xFF)), OpenError::Text, "{id:?}: no such code");
        assert_eq!(refused_densely(|blob| blob.table(id).push(0)), OpenError::Text, "{id:?}: a byte more");
        assert_eq!(refused_densely(|blob| _ = blob.table(id).pop()), OpenError::Text, "{id:?}: a byte less");
        assert_eq!(refused_densely(|blob| *blob.table(id).last_mut().unwrap() = 1), OpenError::Text, "{id:?}: no zero");
    }
    for id in [T::NameSpans, T::BodySpans, T::SourceTextSpans, T::ReadingSpans] {
        let outside = |blob: &mut Blob| blob.row(id, 6, 0)[..4].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(refused_densely(outside), OpenError::Text, "{id:?} outside");
    }
    assert_eq!(refused_densely(|blob| blob.table(T::Ruby)[1] = 127), OpenError::Text, "ruby longer than the text");
    // Without its alphabet a text is what it looks like, which is no UTF-8.
    let without = Blob::of(dense()[0]).without(&[T::Alphabet]).file();
    assert_eq!(Chronicle::open(&without).unwrap_err(), OpenError::Text);
}

/// The first row of the links of a record.
fn link_of(blob: &mut Blob, number: u32, kind: LinkKind) -> Option<usize> {
    let start = |blob: &mut Blob, at: u32| {
        u32::from_le_bytes(blob.row(T::LinkStarts, 4, at as usize).try_into().unwrap()) as usize
    };
    let (first, last) = (start(blob, number), start(blob, number + 1));
    (first..last).find(|at| blob.row(T::Links, LinkRow::BYTES, *at)[3] == kind.tag())
}

#[test]
fn records_that_contain_themselves_are_refused() {
    let itself = |kind: LinkKind, base: u32, count: u32| {
        refused(|blob| {
            let (id, at) = (0..count).find_map(|id| Some((id, link_of(blob, base + id, kind)?))).unwrap();
            blob.row(T::Links, LinkRow::BYTES, at)[..3].copy_from_slice(&id.to_le_bytes()[..3]);
        })
    };
    let blob = Blob::of(small());
    let base = |kind: usize| (0..kind).map(|kind| blob.count(kind)).sum();
    assert_eq!(itself(LinkKind::PartOf, 0, blob.count(0)), OpenError::Nesting);
    assert_eq!(itself(LinkKind::Within, base(2), blob.count(2)), OpenError::Nesting, "a site");
    assert_eq!(itself(LinkKind::Within, base(4), blob.count(4)), OpenError::Nesting, "a theme");
}

#[test]
fn what_compiles_opens_however_deep_it_is() {
    for depth in [10, 63, 64, 65, 200] {
        let mut files = chronicle(&plan(2, 1, 1));
        for at in 0..depth {
            let within = if at == 0 { String::new() } else { format!("within = \"deep-{}\"\n", at - 1) };
            let name = "name.ja = \"テスト\"\nname.en = \"Test\"\n";
            let (_, source) = files.iter().find(|(path, _)| path.starts_with("sources/")).unwrap();
            let source = std::str::from_utf8(source).unwrap().lines().next().unwrap().replace("key = ", "");
            let sources = format!("sources = [{{ source = {source}, certainty = \"A\" }}]\n");
            let text = format!("key = \"deep-{at}\"\nkind = \"place\"\n{within}{name}{sources}");
            files.push((format!("sites/deep-{at}.toml"), text.into_bytes()));
        }
        let files = nenpyo_codegen::Files::from_memory("data/", files);
        if let Ok(compiled) = nenpyo_codegen::compile_files(&files) {
            assert_eq!(Chronicle::open(&compiled.blob()).err(), None, "{depth} sites within one another");
        } else {
            assert!(depth > 60, "{depth} sites within one another are not too many");
        }
    }
}

#[test]
fn organisations_that_belong_to_each_other_are_walked_to_an_end() {
    let mut dice = Dice(10);
    for _ in 0..rounds(60) {
        let mut blob = Blob::of(small());
        let organizations = blob.count(1) as usize;
        let rows = blob.table(T::Periods).len() / PeriodRow::BYTES;
        for at in 0..rows {
            let row = blob.row(T::Periods, PeriodRow::BYTES, at);
            if row[0] == 3 {
                // Any parent, always: `..` at both ends.
                row[4] = dice.below(organizations) as u8;
                row[2..4].copy_from_slice(&[0xFF, 0xFF]);
                row[8..24].fill(0);
            } else if row[0] == 0 && dice.chance(80) {
                row[2..4].copy_from_slice(&[0xFF, 0xFF]);
                row[8..24].fill(0);
            }
        }
        // Every organisation is everyone's child, as far as the referrers say.
        for at in 0..blob.table(T::Referrers).len() / LinkRow::BYTES {
            let row = blob.row(T::Referrers, LinkRow::BYTES, at);
            if row[3] == 18 && dice.chance(50) {
                row[0] = dice.below(organizations) as u8;
            }
        }
        let _ = survives(&blob.file());
    }
}

#[test]
fn sections_that_are_left_out_are_silent() {
    let opened = |ids: &[T], check: fn(&Chronicle<'_>)| {
        let file = Blob::of(small()).without(ids).file();
        let chronicle = Chronicle::open(&file).unwrap_or_else(|error| panic!("without {ids:?}: {error}"));
        lookups::digests(&chronicle, Some(&file), BUDGET);
        check(&chronicle);
    };
    opened(&[T::SlugSpans, T::SlugPool], |chronicle| {
        assert!(chronicle.milestones().iter().all(|milestone| milestone.slug().is_none()));
    });
    let details = [T::DetailStarts, T::Details, T::BodySpans, T::BodyPool, T::RubyStarts, T::Ruby];
    let ruby = [T::ReadingSpans, T::ReadingPool, T::SourceRubyStarts, T::SourceRuby];
    opened(&[&details[..], &ruby[..]].concat(), |chronicle| {
        assert!(chronicle.milestones().iter().all(|milestone| milestone.details().is_none()));
        let title = chronicle.milestones().iter().next().unwrap().title(Language::JA).unwrap();
        assert!(title.segments().all(|segment| segment.reading.is_none()));
    });
    let sources = [
        T::SourceKeyStarts,
        T::SourceKeyIndex,
        T::SourceKeys,
        T::SourceSubkinds,
        T::SourcePeriodStarts,
        T::SourcePeriods,
        T::AddressSpans,
        T::AddressPool,
        T::CitationStarts,
        T::Citations,
        T::CitedByStarts,
        T::CitedBy,
        T::SourceTextSpans,
        T::SourceTextPool,
        T::SourceRubyStarts,
        T::SourceRuby,
        T::SourceRanks,
        T::SourceSearchIndex,
        T::SlugSpans,
        T::SlugPool,
    ];
    opened(&sources, |chronicle| {
        assert!(chronicle.sources().is_empty() && chronicle.get(Key::of("source-1-0")).is_none());
        assert!(chronicle.milestones().iter().all(|milestone| milestone.sources().count() == 0));
        let claims = |milestone: nenpyo::Milestone<'_>| milestone.details().unwrap().claims().count();
        assert!(chronicle.milestones().iter().all(|milestone| claims(milestone) > 0), "dates stay without sources");
    });
}

#[test]
fn a_language_that_is_left_out_is_silent() {
    let mut blob = Blob::of(small());
    blob.parts.retain(|part| part.id < T::NameSpans as u8 || part.language == 0);
    blob.header[48..52].fill(0);
    let file = blob.file();
    let chronicle = Chronicle::open(&file).unwrap();
    lookups::digests(&chronicle, Some(&file), BUDGET);
    assert!(chronicle.languages().eq([Language::JA]));
    assert!(chronicle.milestones().iter().all(|milestone| milestone.title(Language::EN).is_none()));
}

#[test]
fn every_error_reads_as_a_sentence() {
    use OpenError as E;
    for error in [
        E::NotAChronicle,
        E::Format,
        E::Length,
        E::Checksum,
        E::Directory,
        E::Size,
        E::Text,
        E::Order,
        E::Reference,
        E::Value,
        E::Nesting,
    ] {
        let text = error.to_string();
        assert!(text.contains("chronicle") && !text.ends_with('.'), "{text}");
        assert!(std::error::Error::source(&error).is_none());
    }
    assert_eq!(size_of::<OpenError>(), 1);
}
