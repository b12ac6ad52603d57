//! Characters between which and others the same happens are of one class.

use std::collections::{BTreeMap, BTreeSet};

use nenpyo_schema::{Break, Properties};

use super::kinsoku::{HANG, is_kana};
use super::reference::{Reference, is_digit};

/// Characters of every class of UAX #14 that texts without control characters can have, each that the rules tell apart
/// by its width or direction as well.
const PROBES: &str = "漢あーっ々・Aא1+-–‐—…‥/%℃¥$,.:;!?)]}）」、(「[\"'“”«&\u{A0}\u{200B}\u{2060}\u{200D}´👍🏽🇯한가◌ㄅ";

/// More of them, which would join others.
const JOINING: [char; 4] = ['\u{301}', '\u{1100}', '\u{1161}', '\u{11A8}'];

/// Characters that behave alike.
pub(super) struct Alike {
    /// Some of them, which together behave as all do.
    pub(super) examples: Vec<char>,
    pub(super) properties: Properties,
}

/// The classes of characters, that of spaces first.
pub(super) struct Classes {
    pub(super) all: Vec<Alike>,
    /// The class of each character.
    pub(super) of: BTreeMap<char, usize>,
}

impl Classes {
    /// Finds the classes by asking what happens between each character and the probes.
    pub(super) fn find(characters: &BTreeSet<char>, reference: &mut Reference) -> Self {
        let mut all = vec![Alike { examples: vec![' '], properties: Properties::default() }];
        let mut of = BTreeMap::from([(' ', 0)]);
        let mut known = BTreeMap::new();
        let mut beyond = BTreeSet::new();
        for character in characters.iter().copied().filter(|character| *character != ' ') {
            let behaviour = (behaviour(character, reference), properties(character).0);
            let class = *known.entry(behaviour).or_insert_with(|| {
                all.push(Alike { examples: vec![character], properties: properties(character) });
                all.len() - 1
            });
            of.insert(character, class);
            if character > '\u{FFFF}' {
                beyond.insert(class);
            }
        }
        // The table has one class for all of these.
        if beyond.len() > 1 {
            let examples = beyond.iter().flat_map(|class| all[*class].examples.clone()).collect();
            all.push(Alike { examples, properties: Properties::default() });
            of.range_mut('\u{10000}'..).for_each(|(_, class)| *class = all.len() - 1);
        }
        let mut classes = Self { all, of };
        classes.forget_unused();
        classes
    }

    /// Classes of which no character is left.
    fn forget_unused(&mut self) {
        let used: BTreeSet<usize> = self.of.values().copied().collect();
        let renumbered: BTreeMap<usize, usize> = used.iter().copied().zip(0..).collect();
        let mut number = 0..;
        self.all.retain(|_| number.next().is_some_and(|number| used.contains(&number)));
        self.of.values_mut().for_each(|class| *class = renumbered[class]);
    }

    /// What may happen between characters of two classes, and whether a line may end at spaces between them.
    pub(super) fn pair(&self, before: usize, after: usize, reference: &mut Reference) -> (Break, bool) {
        let mut found = (Break::Allowed, true);
        for before in &self.all[before].examples {
            for after in &self.all[after].examples {
                let (touching, spaced) = between(*before, *after, reference);
                found = (found.0.max(touching), found.1 && spaced);
            }
        }
        found
    }

    /// Where the class changes, going through the characters in order.
    pub(super) fn runs(&self) -> Vec<(u16, u8)> {
        let mut runs: Vec<(u16, u8)> = Vec::new();
        for (character, class) in &self.of {
            let first = u16::try_from(u32::from(*character)).unwrap_or(u16::MAX);
            if runs.last().is_none_or(|last| usize::from(last.1) != *class) {
                // The first run begins where characters do.
                runs.push((if runs.is_empty() { 0 } else { first }, *class as u8));
            }
        }
        runs
    }
}

fn properties(character: char) -> Properties {
    let one = |holds: bool, property: Properties| if holds { property.0 } else { 0 };
    Properties(
        one(HANG.contains(character), Properties::HANGS)
            | one(is_kana(character), Properties::KANA)
            | one(is_digit(character), Properties::DIGIT),
    )
}

/// What happens between a character and the probes, on either side.
fn behaviour(character: char, reference: &mut Reference) -> Vec<(Break, bool)> {
    let mut behaviour = Vec::new();
    for probe in PROBES.chars().chain(JOINING) {
        behaviour.push(between(character, probe, reference));
        behaviour.push(between(probe, character, reference));
    }
    behaviour.push(between(character, character, reference));
    behaviour
}

fn between(before: char, after: char, reference: &mut Reference) -> (Break, bool) {
    if before == ' ' || after == ' ' {
        return (Break::Never, false);
    }
    let touching = reference.places_without_units(&format!("{before}{after}"))[1];
    let spaced = reference.places_without_units(&format!("{before} {after}"))[2];
    (touching, spaced == Break::Allowed)
}
