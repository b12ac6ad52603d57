//! The table of what folds into the chronicle's own characters, taken from the Unicode tables. Host only.

use std::collections::{BTreeMap, BTreeSet};

use nenpyo_schema::fold::{
    FoldPage, FoldRow, Folds, HAS_FOREIGN_READINGS, HAS_MARKS, HYPHEN, RISING, SEPARATOR, SEVERAL, Simple, has_usual,
    simple, units,
};
use unicode_normalization::UnicodeNormalization;

use super::{Words, split};
use crate::emit::Split;
use crate::ruby::is_kana;

/// Old and variant forms of kanji.
const KANJI_FORMS: &str = include_str!("kanji_forms.txt");

/// Letters that Unicode does not take apart.
const LETTERS: [(char, &str); 8] =
    [('ß', "ss"), ('æ', "ae"), ('œ', "oe"), ('ø', "o"), ('ł', "l"), ('đ', "d"), ('ı', "i"), ('þ', "th")];

/// Folds texts as the device will.
pub(super) struct Folding<'t> {
    forms: BTreeMap<char, char>,
    table: &'t [u8],
}

/// What texts and their readings are made of.
#[derive(Default)]
pub(super) struct Alphabet {
    characters: BTreeSet<char>,
    /// Whether some reading is not kana.
    is_foreign: bool,
}

impl Alphabet {
    pub(super) fn with(mut self, mut other: Self) -> Self {
        self.characters.append(&mut other.characters);
        Self { is_foreign: self.is_foreign || other.is_foreign, ..self }
    }
}

impl<'m> FromIterator<Split<'m>> for Alphabet {
    fn from_iter<T: IntoIterator<Item = Split<'m>>>(texts: T) -> Self {
        // Which characters are there: to look one up costs less than to put it into a tree.
        let mut seen = vec![false; char::MAX as usize + 1];
        let mut is_foreign = false;
        let mut see = |text: &str| text.chars().for_each(|character| seen[character as usize] = true);
        for text in texts {
            see(&text.plain);
            for (_, _, reading) in text.ruby {
                see(reading);
                is_foreign |= !is_of_kana(reading);
            }
        }
        let characters = ('\0'..=char::MAX).filter(|character| seen[*character as usize]);
        Self { characters: characters.collect(), is_foreign }
    }
}

impl Folding<'static> {
    pub(super) fn new() -> Self {
        let pair = |line: &str| {
            let mut characters = line.chars().filter(|character| *character != ' ');
            Some((characters.next()?, characters.next()?))
        };
        let forms = KANJI_FORMS.lines().filter(|line| !line.starts_with('#')).filter_map(pair).collect();
        Self { forms, table: &[] }
    }
}

impl Folding<'_> {
    /// The words of a text in pieces.
    pub(super) fn words(&self, pieces: &[&str]) -> Words {
        let folds = Folds::of_texts(self.table);
        split(pieces.iter().flat_map(|piece| units(piece, &folds)))
    }

    /// The table for texts of these characters, and a folding that uses it.
    pub(super) fn table(mut self, alphabet: Alphabet) -> (Vec<u8>, Folding<'static>) {
        let Alphabet { characters, is_foreign } = alphabet;
        let folded = characters.iter().flat_map(|character| self.folded(*character));
        let alphabet: BTreeSet<u16> = folded.chain([SEPARATOR]).collect();
        let in_texts = self.rows(characters.iter().copied(), &alphabet);
        let everything =
            ('\0'..'\u{3_0000}').filter(|character| !is_plain(*character) || self.forms.contains_key(character));
        let in_queries = self.rows(everything, &alphabet);
        let is_mark = |character: &char| !matches!(simple(*character), Simple::Letter(_) | Simple::Separator);
        let marks = if characters.iter().any(is_mark) { HAS_MARKS } else { 0 };
        let foreign = if is_foreign { HAS_FOREIGN_READINGS } else { 0 };
        let is_in_table = |character: &char| in_texts.binary_search_by_key(character, |(other, _)| *other).is_ok();
        let unusual = characters.iter().filter(|character| !is_usual(**character) || is_in_table(character));
        let variants: BTreeSet<u16> =
            unusual.flat_map(|character| self.folded(*character)).filter(|unit| has_usual(*unit)).collect();
        let kanji = in_texts.iter().map(|(character, _)| *character).filter(|character| is_kanji(*character));
        let mut table = Vec::new();
        let pool = write_rows([&in_texts, &in_queries], &mut table);
        table.extend((marks | foreign).to_le_bytes());
        table.extend(bits(kanji.map(|kanji| kanji as u16)));
        table.extend((variants.len() as u16).to_le_bytes());
        table.extend(variants.iter().chain(&pool).flat_map(|unit| unit.to_le_bytes()));
        let table: &'static [u8] = Vec::leak(table);
        self.table = table;
        (table.to_vec(), Folding { forms: self.forms, table })
    }

    /// What a character becomes, said at length: what the device's rules and its table do together.
    fn folded(&self, character: char) -> Vec<u16> {
        let form = |character: char| self.forms.get(&character).copied().unwrap_or(character);
        let lower = std::iter::once(form(character)).nfkc().flat_map(char::to_lowercase);
        let plain = lower.flat_map(|character| {
            let letter = LETTERS.iter().find(|(letter, _)| *letter == character);
            letter.map_or_else(|| without_marks(form(character)), |(_, plain)| plain.chars().collect())
        });
        plain.flat_map(by_rule).collect()
    }

    /// What is folded otherwise than by rule, as far as it folds into the alphabet.
    fn rows(&self, characters: impl Iterator<Item = char>, alphabet: &BTreeSet<u16>) -> Vec<(char, Vec<u16>)> {
        let is_mark = |character: char| matches!(simple(character), Simple::Voiced | Simple::HalfVoiced);
        let characters = characters.filter(|character| !is_mark(*character) && !is_composed(*character));
        let folded = characters.map(|character| (character, self.folded(character)));
        folded
            .filter(|(character, units)| {
                *units != by_rule(*character) && !units.is_empty() && units.iter().all(|unit| alphabet.contains(unit))
            })
            .collect()
    }
}

/// Half-width kana, which marks may follow: their rule is in the code.
fn is_composed(character: char) -> bool {
    ('\u{FF66}'..='\u{FF9F}').contains(&character)
}

/// ASCII, kana and kanji that become what they are, or what the rule says of all of their kind; and hyphens.
fn is_usual(character: char) -> bool {
    matches!(character, '\0'..='\u{7F}' | '\u{3041}'..='\u{3094}' | '\u{30A1}'..='\u{30F6}')
        || is_kanji(character)
        || simple(character) == Simple::Letter(u32::from(HYPHEN))
}

fn is_kanji(character: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&character)
}

/// Whether a reading is made of kana, and not of `・` and `ー` alone.
fn is_of_kana(reading: &str) -> bool {
    is_kana(reading) && reading.contains(|c| !matches!(c, '・' | 'ー'))
}

/// A bit for each last six bits.
fn bits(units: impl Iterator<Item = u16>) -> [u8; 8] {
    let set = units.fold(0_u64, |set, unit| set | 1 << (unit & 63));
    set.to_le_bytes()
}

/// What no table needs to be asked about, unless it is an old form: the bulk of all characters.
fn is_plain(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{7F}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7A3}'
            | '\u{E000}'..='\u{F8FF}'
            | '\u{2_0000}'..='\u{2_F7FF}'
    )
}

fn by_rule(character: char) -> Vec<u16> {
    match simple(character) {
        Simple::Letter(code) => {
            let letter = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            letter.encode_utf16(&mut [0; 2]).to_vec()
        }
        Simple::Separator => vec![SEPARATOR],
        Simple::Nothing | Simple::Voiced | Simple::HalfVoiced => Vec::new(),
    }
}

/// A Latin letter without the marks over it; anything else as it is.
fn without_marks(character: char) -> Vec<char> {
    let base: Vec<char> = std::iter::once(character).nfd().collect();
    match base.first() {
        Some(first) if first.is_ascii_alphabetic() => vec![*first],
        _ => vec![character],
    }
}

/// Appends both lists of rows; gives the pool of what becomes more than one unit.
fn write_rows(lists: [&[(char, Vec<u16>)]; 2], table: &mut Vec<u8>) -> Vec<u16> {
    let mut pool: Vec<u16> = Vec::new();
    for list in lists {
        let (mut pages, mut rows): (Vec<FoldPage>, Vec<FoldRow>) = (Vec::new(), Vec::new());
        for page in list.chunk_by(|a, b| page(a.0) == page(b.0)) {
            let ([low, high], [first, second]) = (page_bytes(page), (rows.len() as u16).to_le_bytes());
            pages.push([low, high, first, second]);
            rows.extend(runs(page, &mut pool));
        }
        table.extend((pages.len() as u16).to_le_bytes());
        table.extend((rows.len() as u16).to_le_bytes());
        table.extend(pages.iter().chain(&rows).flatten());
    }
    pool
}

fn page(character: char) -> u32 {
    u32::from(character) >> 8
}

fn page_bytes(rows: &[(char, Vec<u16>)]) -> [u8; 2] {
    rows.first().map_or([0; 2], |(character, _)| (page(*character) as u16).to_le_bytes())
}

/// The rows of a page, in which neighbours that stay or go up by one are one row.
fn runs(rows: &[(char, Vec<u16>)], pool: &mut Vec<u16>) -> Vec<FoldRow> {
    let mut runs = Vec::new();
    let mut rest = rows;
    while let Some(((character, units), mut more)) = rest.split_first() {
        let low = u32::from(*character) as u8;
        let (run, target) = match units.as_slice() {
            [unit] => {
                let rises = more.first().is_some_and(|next| next.1 == [unit + 1]);
                let mut further = 0;
                while further < 63
                    && let Some((next, after)) = more.split_first()
                    && u32::from(next.0) == u32::from(*character) + u32::from(further) + 1
                    && next.1 == [if rises { unit + u16::from(further) + 1 } else { *unit }]
                {
                    further += 1;
                    more = after;
                }
                (if rises && further > 0 { further | RISING } else { further }, *unit)
            }
            several => (several.len() as u8 | SEVERAL, place(pool, several)),
        };
        let target = target.to_le_bytes();
        runs.push([low, run, target[0], target[1]]);
        rest = more;
    }
    runs
}

/// Where units stand in the pool.
fn place(pool: &mut Vec<u16>, units: &[u16]) -> u16 {
    let found = pool.windows(units.len()).position(|window| window == units);
    found.unwrap_or_else(|| {
        pool.extend(units);
        pool.len() - units.len()
    }) as u16
}
