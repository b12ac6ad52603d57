//! Kinsoku: what begins no line and what ends none, after JLREQ (Requirements for Japanese Text Layout), which follows
//! JIS X 4051.

/// What begins no line: JLREQ 3.1.7, closing brackets (cl-02), hyphens (cl-03), dividing punctuation (cl-04), middle dots
/// (cl-05), full stops (cl-06), commas (cl-07), iteration marks (cl-09), the prolonged sound mark (cl-10) and small kana
/// (cl-11); and the Latin marks that go with them.
pub const BEGIN_NO_LINE: &str = "、。，．・：；？！‼⁇⁈⁉ー々〻ゝゞヽヾ）」』】〕〉》〙〗｝］”’〟»‐゠–〜～\
    ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ,.:;?!)]}%％‰℃";

/// What ends no line: JLREQ 3.1.8, opening brackets (cl-01).
pub const END_NO_LINE: &str = "（「『【〔〈《〘〖｛［“‘〝«([{";

/// What may stand outside of the line, where that is wanted: full stops (cl-06) and commas (cl-07). JLREQ 3.8, line
/// adjustment, leaves hanging to the house.
pub const HANG: &str = "、。，．";

/// Whether it is kana, over which the ruby of a neighbour may reach: JLREQ 3.3.8, hiragana (cl-15), katakana (cl-16), the
/// prolonged sound mark (cl-10) and small kana (cl-11).
pub(super) const fn is_kana(character: char) -> bool {
    matches!(character, 'ぁ'..='ゖ' | 'ゝ'..='ゟ' | 'ァ'..='ヺ' | 'ー'..='ヿ' | 'ㇰ'..='ㇿ')
}
