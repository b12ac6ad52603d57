//! Chronicles of any size out of QST's own words, with names that nobody has heard of.

use std::collections::HashSet;
use std::fmt::Write as _;

use nenpyo::{AnyRecord, Chronicle, Key, Language};

use crate::dice::Dice;

/// A word and how it is read.
type Word = (String, Option<String>);

/// The words of QST's titles.
pub(crate) struct Words {
    japanese: Vec<Word>,
    english: Vec<String>,
    kanji: Vec<char>,
}

impl Words {
    /// The words of all titles of a chronicle.
    pub(crate) fn of(chronicle: &Chronicle<'_>) -> Self {
        let (mut japanese, mut english) = (Vec::new(), Vec::new());
        let records = chronicle.milestones().iter().map(AnyRecord::Milestone);
        for record in records.chain(chronicle.documents().iter().map(AnyRecord::Document)) {
            for segment in record.title(Language::JA).iter().flat_map(nenpyo::Text::segments) {
                let (base, reading) = (segment.base.to_string(), segment.reading.map(|reading| reading.to_string()));
                if !base.trim().is_empty() && !base.contains('"') {
                    japanese.push((base.trim().to_owned(), reading));
                }
            }
            let title = record.title(Language::EN).map(|title| title.to_string()).unwrap_or_default();
            english.extend(title.split(' ').filter(|word| !word.is_empty() && !word.contains('"')).map(str::to_owned));
        }
        let is_kanji = |c: &char| ('\u{4E00}'..='\u{9FFF}').contains(c);
        let mut kanji: Vec<char> = japanese.iter().flat_map(|(base, _)| base.chars()).filter(is_kanji).collect();
        kanji.sort_unstable();
        kanji.dedup();
        Self { japanese, english, kanji }
    }

    /// The files of a data folder with so many milestones and organisations.
    pub(crate) fn files(&self, milestones: usize, organizations: usize) -> Vec<(String, Vec<u8>)> {
        // Of a million names some have the same hash.
        let mut taken = HashSet::new();
        let mut slug = |mut slug: String| {
            while !taken.insert(Key::of(&slug)) {
                slug.push_str("-b");
            }
            slug
        };
        let bodies: Vec<String> = (0..organizations).map(|at| slug(format!("body-{at}"))).collect();
        let mut files =
            vec![("chronicle.toml".to_owned(), manifest(&bodies)), ("sources/book.toml".to_owned(), BOOK.into())];
        let mut dice = Dice(milestones as u64);
        // Each name is that of about three records, so that there are more names in more records.
        let names: Vec<_> = (0..milestones.div_ceil(3)).map(|_| self.name(&mut dice)).collect();
        for at in 0..milestones {
            let slug = slug(format!("event-{at}"));
            let (japanese, english) = &names[dice.below(names.len())];
            let title = (self.japanese(&mut dice, 3), self.english(&mut dice, 3));
            let summary = (self.japanese(&mut dice, 5), self.english(&mut dice, 6));
            let date = format!("{}-{:02}-{:02}", 1950 + dice.below(76), 1 + dice.below(12), 1 + dice.below(28));
            let participants = participants(&mut dice, &bodies);
            let text = format!(
                "key = \"{slug}\"\ndate = \"{date}\"\nkind = \"meeting\"\ntitle.ja = \"{japanese}の{}\"\n\
                 title.en = \"{english} {}\"\nsummary.ja = \"{}。\"\nsummary.en = \"{}.\"\n\
                 sources = [{{ source = \"book\", certainty = \"A\", date = \"{date}\" }}]\n{participants}",
                title.0, title.1, summary.0, summary.1,
            );
            files.push((format!("milestones/{slug}.toml"), text.into_bytes()));
        }
        for (at, slug) in bodies.iter().enumerate() {
            files.push((format!("organizations/{slug}.toml"), self.organization(&mut dice, at, &bodies).into_bytes()));
        }
        files
    }

    /// An organisation that was renamed once and, unless it is one of the first, has belonged to two others.
    fn organization(&self, dice: &mut Dice, at: usize, slugs: &[String]) -> String {
        let slug = &slugs[at];
        let (renamed, moved) = (1955 + dice.below(60), 1955 + dice.below(60));
        let names = [(); 2].map(|()| {
            let (japanese, english) = self.name(dice);
            format!("ja = \"{japanese}{}\", en = \"{english} {}\"", self.japanese(dice, 1), self.english(dice, 1))
        });
        let parents = if at < 6 {
            String::new()
        } else {
            // Trees some six wide: whoever has a lower number is nearer to the root.
            let parents = [&slugs[at / 6], &slugs[at / 7]];
            format!(
                "parents = [\n  {{ organization = \"{}\", relation = \"unit\", to = \"{moved}-03-31\" }},\n  \
                 {{ organization = \"{}\", relation = \"unit\", from = \"{moved}-04-01\" }},\n]\n",
                parents[0], parents[1],
            )
        };
        format!(
            "key = \"{slug}\"\norder = {at}\nexists = {{ from = \"1950-04-01\", to = \"..\" }}\nnames = [\n  \
             {{ {}, to = \"{renamed}-03-31\" }},\n  {{ {}, from = \"{renamed}-04-01\" }},\n]\n\
             kinds = [{{ kind = \"institute\" }}]\n{parents}\
             sources = [{{ source = \"book\", certainty = \"A\" }}]\n",
            names[0], names[1],
        )
    }

    /// Words one after the other, the first ones of the list more often than the last ones.
    fn japanese(&self, dice: &mut Dice, count: usize) -> String {
        let mut text = String::new();
        for _ in 0..count {
            let (base, reading) = &self.japanese[often(dice, self.japanese.len())];
            let _ = match reading {
                Some(reading) => write!(text, "｜{base}《{reading}》"),
                None => write!(text, "{base}"),
            };
        }
        text
    }

    fn english(&self, dice: &mut Dice, count: usize) -> String {
        let words: Vec<&str> = (0..count).map(|_| self.english[often(dice, self.english.len())].as_str()).collect();
        words.join(" ")
    }

    /// A name with its reading, and the same in Latin letters.
    fn name(&self, dice: &mut Dice) -> (String, String) {
        const SYLLABLES: [(&str, &str); 20] = [
            ("か", "ka"),
            ("き", "ki"),
            ("く", "ku"),
            ("さ", "sa"),
            ("す", "su"),
            ("た", "ta"),
            ("と", "to"),
            ("な", "na"),
            ("の", "no"),
            ("は", "ha"),
            ("ふ", "fu"),
            ("ま", "ma"),
            ("み", "mi"),
            ("も", "mo"),
            ("や", "ya"),
            ("ゆ", "yu"),
            ("ら", "ra"),
            ("り", "ri"),
            ("ろ", "ro"),
            ("わ", "wa"),
        ];
        let kanji: String = (0..2).map(|_| dice.of(&self.kanji)).collect();
        let syllables: Vec<_> = (0..4).map(|_| dice.of(&SYLLABLES)).collect();
        let reading: String = syllables.iter().map(|(kana, _)| *kana).collect();
        let mut latin: String = syllables.iter().map(|(_, latin)| *latin).collect();
        latin[..1].make_ascii_uppercase();
        (format!("｜{kanji}《{reading}》"), latin)
    }
}

/// One or two organisations that took part; none where there are none.
fn participants(dice: &mut Dice, organizations: &[String]) -> String {
    if organizations.is_empty() {
        return String::new();
    }
    let first = often(dice, organizations.len());
    let second = often(dice, organizations.len());
    let numbers = if first == second { vec![first] } else { vec![first, second] };
    let of = |at: &usize| format!("{{ organization = \"{}\", role = \"operator\" }}", organizations[*at]);
    format!("participants = [{}]\n", numbers.iter().map(of).collect::<Vec<_>>().join(", "))
}

/// A place in a list: near its beginning more often than near its end.
fn often(dice: &mut Dice, length: usize) -> usize {
    let most = dice.below(length) + 1;
    dice.below(most)
}

/// What a chronicle is about has to be said where there are organisations.
fn manifest(organizations: &[String]) -> Vec<u8> {
    let subject = organizations.first().map(|first| format!("subject = \"{first}\"\n")).unwrap_or_default();
    (subject + MANIFEST).into_bytes()
}

const MANIFEST: &str = r#"
name.ja = "年表"
name.en = "A chronicle"
languages = ["ja", "en"]
version = "1.0.0"
as_of = "2026-11-26"
licence = "CC0-1.0"
credit.ja = "誰か"
credit.en = "Somebody"
notice.ja = "試しに"
notice.en = "For a trial"
"#;

const BOOK: &str = r#"
key = "book"
kind = "booklet"
title.ja = "本"
title.en = "A book"
publisher.ja = "誰か"
publisher.en = "Somebody"
"#;
