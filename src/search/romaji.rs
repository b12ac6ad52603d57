//! Latin letters to hiragana, as far as they are typed. Runs on the target.
//!
//! Hepburn and Kunrei, as everyone mixes them: `shi` and `si`, `tsu` and `tu`, `ja` and `zya`; `n` before a consonant is
//! ん, doubled consonants are っ, and `m` before `b`, `m`, `p` is ん.

use nenpyo_schema::fold::{HYPHEN, SEPARATOR};

/// The kana with which a half-typed syllable may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tail {
    /// A bit for each hiragana from ぁ on.
    first: [u32; 3],
    /// Whether a small ゃ, ゅ or ょ must follow.
    pub(crate) glide: bool,
}

impl Tail {
    const NONE: Self = Self { first: [0; 3], glide: false };

    fn add(&mut self, kana: u16) {
        let at = kana.wrapping_sub(0x3041);
        if let Some(word) = self.first.get_mut(usize::from(at >> 5)) {
            *word |= 1 << (at & 31);
        }
    }

    /// Whether a unit may come next.
    pub(crate) fn admits(&self, kana: u16) -> bool {
        let at = kana.wrapping_sub(0x3041);
        self.first.get(usize::from(at >> 5)).is_some_and(|word| word >> (at & 31) & 1 == 1)
    }

    /// All units that may come next.
    pub(crate) fn units(&self) -> impl Iterator<Item = u16> + '_ {
        (0x3041..=0x3096).filter(|kana| self.admits(*kana))
    }
}

/// Small ゃ, ゅ, ょ and ぇ.
pub(crate) const GLIDES: [u16; 4] = [0x3083, 0x3085, 0x3087, 0x3047];

/// Whether a unit is one of them.
pub(crate) fn is_glide(kana: u16) -> bool {
    GLIDES.contains(&kana)
}

/// What stands in a row of five kana: its first one, and how far apart they are.
#[derive(Clone, Copy)]
enum Row {
    /// Kana for a, i, u, e, o; 0 where there is none.
    Plain([u16; 5]),
    /// The kana in i, and a small ゃ, ゅ, ょ behind it; `i` and `e` alone where the flag is set.
    Glide(u16, bool),
    /// ふ, つ or ゔ and a small vowel.
    Small(u16),
    /// て or で and a small ゃ, ぃ, ゅ, ぇ, ょ.
    Borrowed(u16),
    /// わ, うぃ, うぇ and を.
    Wa,
}

/// The consonants, each before the longer ones that begin with it.
#[rustfmt::skip]
const ROWS: [(&[u8], Row); 44] = {
    use Row::{Borrowed, Glide, Plain, Small, Wa};
    [
        (b"", Plain([0x3042, 0x3044, 0x3046, 0x3048, 0x304A])),
        (b"k", Plain([0x304B, 0x304D, 0x304F, 0x3051, 0x3053])),
        (b"g", Plain([0x304C, 0x304E, 0x3050, 0x3052, 0x3054])),
        (b"s", Plain([0x3055, 0x3057, 0x3059, 0x305B, 0x305D])),
        (b"z", Plain([0x3056, 0x3058, 0x305A, 0x305C, 0x305E])),
        (b"t", Plain([0x305F, 0x3061, 0x3064, 0x3066, 0x3068])),
        (b"d", Plain([0x3060, 0x3062, 0x3065, 0x3067, 0x3069])),
        (b"n", Plain([0x306A, 0x306B, 0x306C, 0x306D, 0x306E])),
        (b"h", Plain([0x306F, 0x3072, 0x3075, 0x3078, 0x307B])),
        (b"b", Plain([0x3070, 0x3073, 0x3076, 0x3079, 0x307C])),
        (b"p", Plain([0x3071, 0x3074, 0x3077, 0x307A, 0x307D])),
        (b"m", Plain([0x307E, 0x307F, 0x3080, 0x3081, 0x3082])),
        (b"y", Plain([0x3084, 0, 0x3086, 0, 0x3088])),
        (b"r", Plain([0x3089, 0x308A, 0x308B, 0x308C, 0x308D])),
        (b"l", Plain([0x3089, 0x308A, 0x308B, 0x308C, 0x308D])),
        (b"w", Wa),
        (b"c", Plain([0x304B, 0x3057, 0x304F, 0x305B, 0x3053])),
        (b"ky", Glide(0x304D, false)),
        (b"gy", Glide(0x304E, false)),
        (b"sh", Glide(0x3057, true)),
        (b"sy", Glide(0x3057, false)),
        (b"j", Glide(0x3058, true)),
        (b"jy", Glide(0x3058, false)),
        (b"zy", Glide(0x3058, false)),
        (b"ch", Glide(0x3061, true)),
        (b"ty", Glide(0x3061, false)),
        (b"cy", Glide(0x3061, false)),
        (b"dy", Glide(0x3062, false)),
        (b"ts", Small(0x3064)),
        (b"th", Borrowed(0x3066)),
        (b"dh", Borrowed(0x3067)),
        (b"fy", Glide(0x3075, false)),
        (b"x", Plain([0x3041, 0x3043, 0x3045, 0x3047, 0x3049])),
        (b"xy", Plain([0x3083, 0, 0x3085, 0, 0x3087])),
        (b"xt", Plain([0, 0, SMALL_TSU, 0, 0])),
        (b"xts", Plain([0, 0, SMALL_TSU, 0, 0])),
        (b"ny", Glide(0x306B, false)),
        (b"hy", Glide(0x3072, false)),
        (b"by", Glide(0x3073, false)),
        (b"py", Glide(0x3074, false)),
        (b"my", Glide(0x307F, false)),
        (b"ry", Glide(0x308A, false)),
        (b"f", Small(0x3075)),
        (b"v", Small(0x3094)),
    ]
};

const N: u16 = 0x3093;
const SMALL_TSU: u16 = 0x3063;

fn vowel(letter: u8) -> Option<usize> {
    b"aiueo".iter().position(|vowel| *vowel == letter)
}

/// The kana of a syllable: one or two, the second 0 where there is one.
fn syllable(row: Row, vowel: usize) -> Option<[u16; 2]> {
    const SMALL: [u16; 5] = [0x3083, 0x3043, 0x3085, 0x3047, 0x3087];
    const SMALL_VOWELS: [u16; 5] = [0x3041, 0x3043, 0, 0x3047, 0x3049];
    let kana = match row {
        Row::Plain(row) => [row.get(vowel).copied()?, 0],
        Row::Glide(kana, true) if vowel == 1 => [kana, 0],
        Row::Glide(kana, _) | Row::Borrowed(kana) => [kana, SMALL.get(vowel).copied()?],
        Row::Wa => *[[0x308F, 0], [0x3046, 0x3043], [0, 0], [0x3046, 0x3047], [0x3092, 0]].get(vowel)?,
        Row::Small(kana) => [kana, SMALL_VOWELS.get(vowel).copied()?],
    };
    (kana != [0, 0]).then_some(kana)
}

/// Letters taken off at the front, as bytes; what is no small letter is not taken.
fn letter(units: &[u16], at: usize) -> Option<u8> {
    let letter = u8::try_from(*units.get(at)?).ok()?;
    letter.is_ascii_lowercase().then_some(letter)
}

/// How a word in Latin letters ends.
#[derive(Clone, Copy)]
pub(crate) enum Ending {
    /// With a syllable.
    Whole,
    /// Within one, which may go on so.
    Within(Tail),
}

/// Writes a word of Latin letters as kana; `put` is told each.
///
/// `None` if the letters are no kana, or if `whole` and they end within a syllable.
pub(crate) fn kana(word: &[u16], whole: bool, mut put: impl FnMut(u16)) -> Option<Ending> {
    let mut at = 0;
    loop {
        let Some(first) = word.get(at) else { return Some(Ending::Whole) };
        if *first == HYPHEN && at > 0 {
            put(HYPHEN);
            at = at.wrapping_add(1);
            continue;
        }
        let first = letter(word, at)?;
        let second = letter(word, at.wrapping_add(1));
        if first == b'n' {
            match second {
                // `n'`, `nn` and `n` before a consonant; a second `n` belongs to what follows, if that is a vowel.
                Some(b'n') => {
                    put(N);
                    let third = letter(word, at.wrapping_add(2));
                    let is_next = third.is_some_and(|letter| letter == b'y' || vowel(letter).is_some());
                    at = at.wrapping_add(if is_next { 1 } else { 2 });
                    continue;
                }
                // The apostrophe is a separator, which stands in a word only so and in phrases.
                None if word.get(at.wrapping_add(1)) == Some(&SEPARATOR)
                    && letter(word, at.wrapping_add(2))
                        .is_some_and(|third| third == b'y' || vowel(third).is_some()) =>
                {
                    put(N);
                    at = at.wrapping_add(2);
                    continue;
                }
                Some(b'y') | None => {}
                Some(letter) if vowel(letter).is_some() => {}
                Some(_) => {
                    put(N);
                    at = at.wrapping_add(1);
                    continue;
                }
            }
        }
        if first == b'm' && matches!(second, Some(b'b' | b'm' | b'p')) {
            put(N);
            at = at.wrapping_add(1);
            continue;
        }
        let is_doubled = Some(first) == second || first == b't' && second == Some(b'c');
        if is_doubled && vowel(first).is_none() {
            put(SMALL_TSU);
            at = at.wrapping_add(1);
            continue;
        }
        let consonants = (0..3)
            .take_while(|more| letter(word, at.wrapping_add(*more)).is_some_and(|letter| vowel(letter).is_none()));
        let length = consonants.count();
        let cluster = word.get(at..at.wrapping_add(length))?;
        if at.wrapping_add(length) == word.len() {
            if !whole {
                return tail(cluster).map(Ending::Within);
            }
            let is_n = is(cluster, b"n");
            if is_n {
                put(N);
            }
            return is_n.then_some(Ending::Whole);
        }
        let vowel = vowel(letter(word, at.wrapping_add(length))?)?;
        let (_, row) = ROWS.iter().find(|(consonants, _)| is(cluster, consonants))?;
        let [one, other] = syllable(*row, vowel)?;
        put(one);
        if other != 0 {
            put(other);
        }
        at = at.wrapping_add(length).wrapping_add(1);
    }
}

fn is(cluster: &[u16], consonants: &[u8]) -> bool {
    cluster.len() == consonants.len() && cluster.iter().zip(consonants).all(|(unit, byte)| *unit == u16::from(*byte))
}

/// How a syllable may go on that begins with these consonants.
fn tail(cluster: &[u16]) -> Option<Tail> {
    let mut tail = Tail::NONE;
    let mut exact = None;
    let mut some = false;
    for (consonants, row) in &ROWS {
        let Some(begin) = consonants.get(..cluster.len()) else { continue };
        if !is(cluster, begin) {
            continue;
        }
        some = true;
        if begin.len() == consonants.len() {
            exact = Some(*row);
        }
        for vowel in 0..5 {
            if let Some([kana, _]) = syllable(*row, vowel)
                && kana != 0
            {
                tail.add(kana);
            }
        }
    }
    tail.glide = matches!(exact, Some(Row::Glide(_, false)));
    match cluster {
        [first] if [b'n', b'm'].map(u16::from).contains(first) => tail.add(N),
        // Another of the same may come: っ.
        [_] => tail.add(SMALL_TSU),
        _ => {}
    }
    some.then_some(tail)
}
