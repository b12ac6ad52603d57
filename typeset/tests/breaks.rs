//! Where QST's texts break: by one library and another, by the compiled table, and by the lists of kinsoku.

#[path = "../../tests/texts/mod.rs"]
mod texts;

use std::collections::BTreeSet;
use std::path::Path;

use nenpyo::Language;
use nenpyo_schema::{Before, Break, Breaks, Class};
use nenpyo_typeset::breaks::{
    BEGIN_NO_LINE, CompiledBreaks, END_NO_LINE, Strictness, compile, library_breaks, places, units,
};
use proptest::prelude::*;

/// Every text as it is written and as it is read aloud.
fn qst() -> BTreeSet<String> {
    let all = [Language::JA, Language::EN].into_iter().flat_map(texts::of);
    all.flat_map(|text| [text.to_string(), text.reading().to_string()]).collect()
}

fn compiled(texts: &BTreeSet<String>) -> CompiledBreaks {
    compile(&[], texts.iter().map(String::as_str)).unwrap()
}

/// What a table says of each place.
fn by_table(text: &str, breaks: Breaks<'_>) -> Vec<Break> {
    let mut before = Before::NOTHING;
    let mut places = Vec::new();
    for (at, character) in text.char_indices() {
        let (class, behind) = (breaks.class(character), &text[at + character.len_utf8()..]);
        places.push(breaks.between(before, character, class, || behind.chars()));
        before = before.then(class);
    }
    places
}

#[test]
fn the_table_says_of_every_place_what_the_library_says() {
    let texts = qst();
    let compiled = compiled(&texts);
    assert_eq!(compiled.lost(), 0);
    assert!(compiled.table().len() < 600, "{} bytes", compiled.table().len());
    for text in &texts {
        assert_eq!(by_table(text, compiled.breaks()), places(text), "{text:?}");
    }
}

/// What a device reads: all of QST's texts, in whatever sections, and words that interfaces say beside them.
#[test]
fn the_table_of_the_chronicle_says_what_the_library_says() {
    let compiled = nenpyo_codegen::compile(Path::new(env!("CARGO_MANIFEST_DIR")).join("../data").as_ref()).unwrap();
    let all = compiled.texts();
    assert!(qst().is_subset(&all), "a text is not worked out");
    let whole = compiled.with_glyphs(&["8"]).unwrap();
    let table = whole.table("breaks").unwrap().to_vec();
    assert!(table.len() < 1_000, "{} bytes", table.len());
    let file = whole.only(&["en", "glyphs-8"]).blob();
    let chronicle = nenpyo::Chronicle::open(&file).unwrap();
    let words = [
        "検索",
        "ボタンを おしてね",
        "←もどる",
        "［次へ］→",
        "ァィゥェォッャュョー",
        "１２３％（全角）",
        "いつ？ どこで！",
    ];
    for text in all.iter().map(String::as_str).chain(words) {
        assert_eq!(by_table(text, Breaks::new(&table)), places(text), "{text:?}");
        assert_eq!(by_table(text, chronicle.breaks()), places(text), "{text:?}");
    }
}

/// Each is a letter or digit before a wide bracket: LB30 breaks there, and the second library does not know widths.
#[test]
fn a_second_library_breaks_the_same_but_before_wide_brackets() {
    let mut wide = 0;
    let texts = qst();
    for text in &texts {
        let first: BTreeSet<usize> = library_breaks(text, Strictness::Strict).into_iter().collect();
        let second = unicode_linebreak::linebreaks(text).map(|(place, _)| place).filter(|place| *place < text.len());
        for place in first.symmetric_difference(&second.collect()) {
            let before = text[..*place].chars().next_back().unwrap();
            let after = text[*place..].chars().next().unwrap();
            assert!(before.is_ascii_alphanumeric() && "（「".contains(after), "{text:?} at {place}");
            assert!(first.contains(place));
            wide += 1;
        }
    }
    assert!(wide > 0);
}

#[test]
fn no_line_begins_or_ends_with_what_kinsoku_forbids() {
    for text in qst() {
        let characters: Vec<char> = text.chars().collect();
        for (at, place) in places(&text).into_iter().enumerate().filter(|(_, place)| *place <= Break::Word) {
            let before = characters[..at].iter().rev().find(|character| **character != ' ').unwrap();
            assert!(!BEGIN_NO_LINE.contains(characters[at]), "{text:?} at {at}: {place:?}");
            assert!(!END_NO_LINE.contains(*before), "{text:?} at {at}: {place:?}");
        }
    }
}

#[test]
fn kinsoku_is_kept_between_any_two_characters_of_its_lists() {
    for mark in BEGIN_NO_LINE.chars() {
        for before in ["漢", "あ", "ア", "a", "1", "。", "」", "%"] {
            assert!(places(&format!("{before}{mark}漢"))[1] > Break::Word, "{before}{mark}");
        }
    }
    for mark in END_NO_LINE.chars() {
        for after in ["漢", "あ", "ア", "a", "1", "「", "%"] {
            assert!(places(&format!("漢{mark}{after}"))[2] > Break::Word, "{mark}{after}");
        }
    }
}

#[test]
fn a_number_keeps_its_unit_and_a_word_its_letters() {
    let allowed = |text: &str| -> String {
        let places = places(text);
        text.chars()
            .zip(places)
            .flat_map(|(one, place)| [(place == Break::Allowed).then_some('|'), Some(one)])
            .flatten()
            .collect()
    };
    assert_eq!(allowed("12 MeV of 5 meters"), "12 MeV |of |5 |meters");
    assert_eq!(allowed("2016年4月1日に、"), "2016年|4月|1日|に、");
    assert_eq!(allowed("約3億kmと100 kA（最大）"), "約|3億|km|と|100 kA|（最|大）");
    assert_eq!(allowed("JT-60SA's (first) “plasma”, 1.5%"), "JT-60SA's |(first) |“plasma”, |1.5%");
    assert_eq!(allowed("キャッシュー・々"), "キャッ|シュー・々");
    assert_eq!(allowed("「量子」（りょうし）は"), "「量|子」|（り|ょ|う|し）|は".replace("り|ょ", "りょ").as_str());
}

#[test]
fn what_two_characters_on_either_side_do_not_tell_is_not_broken() {
    // Flags are two letters each, however many there are.
    let flags = "🇯🇵🇫🇷🇩🇪🇮🇹";
    let compiled = compile(&[], [flags]).unwrap();
    assert!(compiled.lost() > 0);
    assert!(by_table(flags, compiled.breaks()).iter().zip(places(flags)).all(|(table, library)| *table >= library));
}

#[test]
fn units_are_words_that_tables_can_hold() {
    assert!(units().all(|unit| !unit.is_empty() && unit.chars().all(|character| character < '\u{FFFF}')));
    assert_eq!(units().collect::<BTreeSet<_>>().len(), units().count());
}

#[test]
fn bytes_that_are_no_table_are_refused() {
    let compiled = compile(&[], ["「量子」は 2016年、NU¥1"]).unwrap();
    let table = compiled.table();
    assert!(Breaks::is_sound(table));
    for length in 0..table.len() {
        assert!(!Breaks::is_sound(&table[..length]));
    }
    // Whatever the bytes are, something is answered.
    for at in 0..table.len() {
        for bit in 0..8 {
            let mut table = table.to_vec();
            table[at] ^= 1 << bit;
            let breaks = Breaks::new(&table);
            let _ = (by_table("「量子」は 2016年、NU¥1", breaks), breaks.properties(Class(200)));
        }
    }
}

proptest! {
    /// Of characters that the rules know by name; `compile` itself compares every place.
    #[test]
    fn a_table_allows_nothing_that_the_library_forbids(
        texts in prop::collection::vec("[あーっ々漢字a1 「」（）、。・,.:;!?()\"'“”«»%¥$/+–—…°🇯👍🏽-]{1,24}", 1..12),
    ) {
        let texts: BTreeSet<String> = texts.into_iter().collect();
        let compiled = compiled(&texts);
        for text in &texts {
            let table = by_table(text, compiled.breaks());
            for (table, library) in table.into_iter().zip(places(text)) {
                prop_assert!(table >= library || table > Break::Together);
            }
        }
    }
}
