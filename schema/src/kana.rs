//! Hiragana and the Latin letters they are typed with. Runs on host and target.

use crate::fold::HYPHEN;

/// Whether a unit does nothing but lengthen the kana before it: `ー` behind any, `う` behind those in o and u, `お`
/// behind those in o. Latin letters may leave it out: `ryosi` is りょうし.
///
/// ```
/// use nenpyo_schema::kana::is_long_mark;
/// let long = |kana: char, mark: char| is_long_mark(kana as u16, mark as u16);
/// assert!(long('ょ', 'う') && long('お', 'お') && long('め', '-'));
/// assert!(!long('か', 'う') && !long('し', 'い'));
/// ```
#[must_use]
pub const fn is_long_mark(before: u16, mark: u16) -> bool {
    match mark {
        HYPHEN => before >= 0x3041 && before <= 0x3096,
        U => matches!(vowel(before), Some(b'o' | b'u')),
        O => matches!(vowel(before), Some(b'o')),
        _ => false,
    }
}

const U: u16 = 0x3046;
const O: u16 = 0x304A;

/// The vowel of a kana; `None` for ん, っ and what is no kana.
const fn vowel(kana: u16) -> Option<u8> {
    const VOWELS: &[u8; 86] = b"aaiiuueeooaaiiuueeooaaiiuueeooaaii.uueeooaiueoaaaiiiuuueeeoooaiueoaauuooaiueoaaieo.uae";
    let Some(at) = kana.checked_sub(0x3041) else { return None };
    if at as usize >= VOWELS.len() {
        return None;
    }
    let (_, rest) = VOWELS.split_at(at as usize);
    match rest {
        [b'.', ..] | [] => None,
        [vowel, ..] => Some(*vowel),
    }
}
