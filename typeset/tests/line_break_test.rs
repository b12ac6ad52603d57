//! Line breaking against Unicode's own tests: `LineBreakTest.txt` of Unicode 15.0, as Debian 12's package `unicode-data`
//! has it. See `unicode/LICENSE`.
//!
//! The library that is used follows Unicode 15.1, the second one 15.0. Where they differ from the file, a rule below says
//! why, how often, and any other difference fails.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use nenpyo_typeset::breaks::{Strictness, library_breaks};

/// A line of the file: a text, and before which of its characters lines may end.
struct Case {
    text: String,
    places: BTreeSet<usize>,
}

fn cases() -> Vec<Case> {
    let mut file = String::new();
    let packed = include_bytes!("unicode/LineBreakTest-15.0.0.txt.gz");
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut file).unwrap();
    let mut cases = Vec::new();
    for line in file.lines() {
        let (data, _) = line.split_once('#').unwrap_or((line, ""));
        let (mut characters, mut places) = (Vec::new(), BTreeSet::new());
        for word in data.split_whitespace() {
            match word {
                "÷" => drop(places.insert(characters.len())),
                "×" => {}
                code => characters.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap()),
            }
        }
        places.retain(|place| *place > 0 && *place < characters.len());
        if !characters.is_empty() {
            cases.push(Case { text: characters.into_iter().collect(), places });
        }
    }
    cases
}

/// Bytes of a text as numbers of characters.
fn by_character(text: &str, places: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
    places.into_iter().map(|place| text[..place].chars().count()).filter(|place| *place > 0).collect()
}

fn first(text: &str) -> BTreeSet<usize> {
    by_character(text, library_breaks(text, Strictness::Strict))
}

fn second(text: &str) -> BTreeSet<usize> {
    let places = unicode_linebreak::linebreaks(text).map(|(place, _)| place);
    by_character(text, places.filter(|place| *place < text.len()))
}

/// A place at which a library and the file differ.
struct Difference {
    before: Vec<char>,
    after: char,
    /// Whether a line may end there by the file.
    is_allowed: bool,
}

impl Difference {
    /// The last character that is no mark, and whether there are spaces behind it.
    fn last(&self) -> (char, bool) {
        let mut spaced = false;
        for character in self.before.iter().rev() {
            match character {
                ' ' => spaced = true,
                '\u{308}' | '\u{200D}' => {}
                _ => return (*character, spaced),
            }
        }
        (' ', spaced)
    }

    /// LB25. The rule as Unicode 15 writes it keeps together pairs such as `} %`, `, 0`, `% (`; the file was made with
    /// the regular expression for numbers of its section 8.2, example 7, and parts them where there is no number.
    fn is_of_numbers(&self) -> bool {
        let (before, spaced) = self.last();
        let pair = |befores: &str, afters: &str| befores.contains(before) && afters.contains(self.after);
        self.is_allowed && !spaced && (pair("})", "%$") || pair(",./", "0123456789") || pair("%$\\", "(\u{2329}{["))
    }

    /// LB15. Until 15.0 nothing broke between any quotation mark, spaces and an opening bracket; 15.1 has `LB15a`, which
    /// breaks behind no opening quotation mark and its spaces, and `LB15b`, which keeps a closing one, but after spaces.
    fn is_of_quotation(&self) -> bool {
        let (before, spaced) = self.last();
        let is_old = !self.is_allowed && "\"«»".contains(before) && "(\u{2329}{".contains(self.after);
        let behind_opening = self.is_allowed && before == '«';
        let before_closing = !self.is_allowed && self.after == '»';
        spaced && (is_old || behind_opening || before_closing)
    }

    /// LB30. Letters and digits do not part from brackets but from wide ones; the second library does not know widths.
    fn is_of_wide_brackets(&self) -> bool {
        self.is_allowed && "\u{2329}（「".contains(self.after)
    }

    /// `LB30b`. A place for an emoji to come does not part from a tint; the second library does not know such places.
    fn is_of_emoji_to_come(&self) -> bool {
        !self.is_allowed && self.last().0 == '\u{1F02C}' && self.after == '\u{1F3FF}'
    }
}

type Rule = (&'static str, fn(&Difference) -> bool);

/// How often each rule explains a difference.
fn differences(breaks: fn(&str) -> BTreeSet<usize>, rules: &[Rule]) -> BTreeMap<&'static str, usize> {
    let mut found = BTreeMap::new();
    for case in cases() {
        let characters: Vec<char> = case.text.chars().collect();
        for place in case.places.symmetric_difference(&breaks(&case.text)) {
            let (before, after) = characters.split_at(*place);
            let difference =
                Difference { before: before.to_vec(), after: after[0], is_allowed: case.places.contains(place) };
            let rule = rules.iter().find(|(_, explains)| explains(&difference));
            let rule = rule.map_or_else(|| panic!("{:?} differs at {place}", case.text), |(name, _)| *name);
            *found.entry(rule).or_default() += 1;
        }
    }
    found
}

#[test]
fn the_file_is_whole() {
    assert_eq!(cases().len(), 7_654);
    assert_eq!(cases().iter().map(|case| case.places.len()).sum::<usize>(), 4_996);
}

const NUMBERS: Rule = ("LB25, numbers by pairs", Difference::is_of_numbers);
const QUOTATION: Rule = ("LB15 until 15.0, LB15a and LB15b since", Difference::is_of_quotation);
const WIDE: Rule = ("LB30, brackets that are wide", Difference::is_of_wide_brackets);
const EMOJI: Rule = ("LB30b, emoji to come", Difference::is_of_emoji_to_come);

#[test]
fn the_library_breaks_as_unicode_says_but_for_what_changed_after_15_0() {
    let expected = [(NUMBERS.0, 34), (QUOTATION.0, 10)];
    assert_eq!(differences(first, &[NUMBERS, QUOTATION]), BTreeMap::from(expected));
}

#[test]
fn the_second_library_breaks_as_unicode_says_but_for_wide_brackets() {
    let expected = [(NUMBERS.0, 34), (WIDE.0, 24), (EMOJI.0, 1)];
    assert_eq!(differences(second, &[NUMBERS, WIDE, EMOJI]), BTreeMap::from(expected));
}
