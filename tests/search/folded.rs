//! Folding said once more, from the Unicode tables: whole strings, no rows, nothing of the chronicle.

use std::collections::HashMap;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

/// Old and variant forms of kanji: what `codegen` reads.
const KANJI_FORMS: &str = include_str!("../../codegen/src/search/kanji_forms.txt");

static FORMS: OnceLock<HashMap<char, char>> = OnceLock::new();

/// The folded words of a text with one space between them.
pub(crate) fn folded(text: &str) -> String {
    let forms = FORMS.get_or_init(|| {
        let lines = KANJI_FORMS.lines().filter(|line| !line.starts_with('#'));
        lines.map(|line| (line.chars().next().unwrap(), line.chars().last().unwrap())).collect()
    });
    let form = |c: char| forms.get(&c).copied().unwrap_or(c);
    // The marks of kana that stand alone are typed behind the kana.
    let marks = |c: char| match c {
        '\u{309B}' => '\u{3099}',
        '\u{309C}' => '\u{309A}',
        c => c,
    };
    let composed: String = text.chars().map(marks).map(form).nfkc().collect();
    let lower = composed.to_lowercase();
    let mut folded = String::new();
    for c in lower.chars() {
        let decomposed: Vec<char> = std::iter::once(c).nfd().collect();
        let plain = if decomposed[0].is_ascii_alphabetic() { decomposed[0] } else { form(c) };
        match plain {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            'þ' => folded.push_str("th"),
            'ァ'..='ヴ' | 'ヽ' | 'ヾ' => folded.push(char::from_u32(plain as u32 - 0x60).unwrap()),
            'ヵ' | 'ゕ' => folded.push('か'),
            'ヶ' | 'ゖ' => folded.push('け'),
            'ー' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
            '\u{3099}' | '\u{309A}' => {}
            c if is_nothing(c) => {}
            c if c.is_alphanumeric() || c == '々' || c == '〆' => folded.push(c),
            _ => folded.push(' '),
        }
    }
    folded.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_nothing(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}
