//! Search said once more: every text of every record, folded whole and compared from every place. No index, no order of
//! work, nothing kept; it shares nothing with the search but what a chronicle says.

use nenpyo::{AnyRecord, Chronicle, Day, End, Language, Period, RecordKind};

use crate::folded::folded;

/// What was found: kind, id and score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    pub(crate) kind: RecordKind,
    pub(crate) id: u32,
    pub(crate) score: u8,
}

/// A text of a record as it is written and as it is read, folded.
struct Both {
    language: Language,
    forms: Vec<Vec<char>>,
}

/// A record, ready to be compared.
pub(crate) struct Plain {
    kind: RecordKind,
    id: u32,
    names: Vec<Both>,
    bodies: Vec<Both>,
    date: Option<Vec<char>>,
    length_class: u8,
    begin: Day,
}

fn characters(text: &str) -> Vec<char> {
    folded(text).chars().collect()
}

fn both(language: Language, text: nenpyo::Text<'_>) -> Both {
    let (base, reading) = (text.to_string(), text.reading().to_string());
    let mut forms = vec![characters(&base)];
    if reading != base {
        forms.push(characters(&reading));
    }
    Both { language, forms }
}

fn begin(period: Option<Period>) -> Day {
    match period.map(|period| period.from) {
        Some(End::Date(date)) => date.days().begin_earliest,
        _ => Day::MAX,
    }
}

/// Every record of a chronicle.
pub(crate) fn records(chronicle: &Chronicle<'_>) -> Vec<Plain> {
    let mut all: Vec<AnyRecord<'_>> = Vec::new();
    all.extend(chronicle.milestones().iter().map(AnyRecord::Milestone));
    all.extend(chronicle.organizations().iter().map(AnyRecord::Organization));
    all.extend(chronicle.sites().iter().map(AnyRecord::Site));
    all.extend(chronicle.people().iter().map(AnyRecord::Person));
    all.extend(chronicle.themes().iter().map(AnyRecord::Theme));
    all.extend(chronicle.documents().iter().map(AnyRecord::Document));
    all.extend(chronicle.statements().iter().map(AnyRecord::Statement));
    all.extend(chronicle.sources().iter().map(AnyRecord::Source));
    all.into_iter().map(|record| plain(chronicle, record)).collect()
}

fn plain(chronicle: &Chronicle<'_>, record: AnyRecord<'_>) -> Plain {
    let first = chronicle.languages().next();
    let (id, begin) = match record {
        AnyRecord::Milestone(milestone) => (milestone.id().0, milestone.earliest()),
        AnyRecord::Organization(organization) => (organization.id().0, begin(Some(organization.existence()))),
        AnyRecord::Site(site) => (site.id().0, begin(site.existence())),
        AnyRecord::Person(person) => (person.id().0, Day::MAX),
        AnyRecord::Theme(theme) => (theme.id().0, Day::MAX),
        AnyRecord::Document(document) => (document.id().0, begin(document.existence())),
        AnyRecord::Statement(statement) => (statement.id().0, Day::MAX),
        AnyRecord::Source(source) => (source.id().0, source.date().map_or(Day::MAX, |date| date.days().begin_earliest)),
        _ => unreachable!("there are no other kinds"),
    };
    let details = match record {
        AnyRecord::Milestone(record) => record.details(),
        AnyRecord::Organization(record) => record.details(),
        AnyRecord::Site(record) => record.details(),
        AnyRecord::Person(record) => record.details(),
        AnyRecord::Theme(record) => record.details(),
        AnyRecord::Document(record) => record.details(),
        AnyRecord::Statement(record) => record.details(),
        _ => None,
    };
    let (mut names, mut bodies) = (Vec::new(), Vec::new());
    for language in chronicle.languages() {
        let mut name = |text| names.extend(Option::map(text, |text| both(language, text)));
        match record {
            AnyRecord::Organization(organization) => {
                organization.names(language).for_each(|held| name(Some(held.value)));
                name(organization.short_name(language));
            }
            record => name(record.title(language)),
        }
        let mut body = |text| bodies.extend(Option::map(text, |text| both(language, text)));
        if let Some(details) = details {
            [details.summary(language), details.note(language), details.address(language)]
                .into_iter()
                .for_each(&mut body);
        }
        if let AnyRecord::Source(source) = record {
            [source.publisher(language), source.note(language)].into_iter().for_each(&mut body);
        }
    }
    let title = first.and_then(|first| record.title(first)).map(|title| folded(&title.to_string()));
    let units = title.map_or(0, |title| title.encode_utf16().filter(|unit| *unit != 0x20).count());
    // How many steps are shorter, each a fourth root of two more than the one before, rounded down.
    let step = |step: u32| (1..600_usize).take_while(|length| length.pow(4) <= 1 << step).count();
    let lengths: std::collections::BTreeSet<usize> = (0..=36).map(step).collect();
    let length_class = lengths.iter().filter(|length| **length < units).count() as u8;
    let date = match record {
        AnyRecord::Milestone(milestone) => Some(milestone.date().to_string().to_lowercase().chars().collect()),
        _ => None,
    };
    Plain { kind: record.kind(), id, names, bodies, date, length_class, begin }
}

impl Plain {
    /// In which order equally good hits come.
    #[allow(dead_code, reason = "only the bench sorts them")]
    pub(crate) fn rank(&self) -> (bool, u8, Day) {
        (self.kind == RecordKind::Source, self.length_class, self.begin)
    }

    /// Its names with its date, and its other texts, as they are written and read, folded.
    #[allow(dead_code, reason = "only the bench scans them")]
    pub(crate) fn lines(&self) -> [String; 2] {
        let forms = |texts: &[Both]| texts.iter().flat_map(|text| text.forms.clone()).collect::<Vec<_>>();
        let mut names = forms(&self.names);
        names.extend(self.date.clone());
        [names, forms(&self.bodies)].map(|forms| forms.join(&' ').into_iter().collect())
    }
}

/// A word, and what else it may be.
struct Word {
    typed: Vec<char>,
    year: Option<Vec<char>>,
    /// What was typed in Latin letters, behind this many characters that were not, and what may come next.
    kana: Option<(usize, Vec<char>, Vec<String>)>,
}

/// What a query finds, best first.
pub(crate) fn search(records: &[Plain], query: &str) -> Vec<Found> {
    let words = words(query);
    if words.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(u8, u8, Day, u8, u32, Found)> = Vec::new();
    for record in records {
        let classes: Option<Vec<u8>> = words.iter().map(|word| class(record, word)).collect();
        let Some(class) = classes.and_then(|classes| classes.into_iter().min()) else { continue };
        let is_source = record.kind == RecordKind::Source;
        // Names of records, names of sources, what else records have, what else sources have.
        let place = match (class, is_source) {
            (0, true) => 0,
            (0, false) => 1,
            (class, true) => 1 + class,
            (class, false) => 4 + class,
        };
        let score = place << 5 | (31 - record.length_class);
        let what = Found { kind: record.kind, id: record.id, score };
        found.push((place, record.length_class, record.begin, record.kind.byte(), record.id, what));
    }
    found.sort_by_key(|(place, length, begin, kind, id, _)| (7 - place, *length, *begin, *kind, *id));
    found.into_iter().map(|(.., what)| what).collect()
}

/// 3 if the word is a name, 2 if one begins with it, 1 if it is in a name or the date, 0 if in another text.
fn class(record: &Plain, word: &Word) -> Option<u8> {
    let in_names = record.names.iter().filter_map(|text| within(text, word)).max();
    let in_date = record.date.as_ref().is_some_and(|date| {
        let digits = |pattern: &[char]| pattern[0].is_ascii_digit();
        let typed = digits(&word.typed).then_some(&word.typed);
        let is_word = |at: usize| at == 0 || !date[at - 1].is_ascii_alphanumeric();
        word.year
            .as_ref()
            .filter(|year| digits(year))
            .or(typed)
            .is_some_and(|pattern| (0..date.len()).any(|at| is_word(at) && date[at..].starts_with(pattern)))
    });
    let in_bodies = record.bodies.iter().any(|text| within(text, word).is_some());
    in_names.or(in_date.then_some(1)).or(in_bodies.then_some(0))
}

fn within(text: &Both, word: &Word) -> Option<u8> {
    let spaced = !matches!(text.language.tag(), "ja" | "zh" | "th" | "km" | "lo" | "my");
    let mut best = None;
    for form in &text.forms {
        for pattern in [Some(&word.typed), word.year.as_ref()].into_iter().flatten() {
            best = best.max(plainly(form, pattern, spaced));
        }
        if let Some((strict, kana, ends)) = &word.kana
            && !spaced
        {
            best = best.max(leniently(form, *strict, kana, ends));
        }
    }
    best
}

fn same(wanted: char, there: char) -> bool {
    wanted == there || wanted == '\u{4}' && matches!(there, 'か' | 'け' | 'が')
}

fn plainly(text: &[char], pattern: &[char], spaced: bool) -> Option<u8> {
    let is_letter = |c: char| c != ' ' && c != '-';
    let starts = |at: usize| !spaced || at == 0 || !is_letter(pattern[0]) || !is_letter(text[at - 1]);
    let places = (0..text.len()).filter(|at| starts(*at)).filter_map(|at| Some((at, stands(&text[at..], pattern)?)));
    places
        .map(|(at, length)| match at {
            0 if length == text.len() => 3,
            0 => 2,
            _ => 1,
        })
        .max()
}

/// How much of a text a pattern takes that stands at its beginning; a hyphen between a letter and a digit may be left out.
fn stands(text: &[char], pattern: &[char]) -> Option<usize> {
    let mut at = 0;
    for (number, wanted) in pattern.iter().enumerate() {
        if wanted.is_ascii_digit()
            && number > 0
            && pattern[number - 1].is_ascii_lowercase()
            && text.get(at) == Some(&'-')
        {
            at += 1;
        }
        if !same(*wanted, *text.get(at)?) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// Vowels that may be left out behind a kana, as `o` for おう.
fn is_long(before: char, c: char) -> bool {
    let row = |vowel: &str| vowel.contains(before);
    match c {
        '-' => ('ぁ'..='ゖ').contains(&before),
        'う' => row("ぉおこごそぞとどのほぼぽもょよろを") || row("ぅうくぐすずつづぬふぶぷむゅゆるゔ"),
        'お' => row("ぉおこごそぞとどのほぼぽもょよろを"),
        _ => false,
    }
}

/// All ends of a match that begins at a place: every way to leave vowels out.
fn ends(text: &[char], at: usize, strict: usize, kana: &[char], before: Option<char>) -> Vec<usize> {
    let Some((first, rest)) = kana.split_first() else { return vec![at] };
    let mut all = Vec::new();
    let there = |at: usize| text.get(at).is_some_and(|there| same(*first, *there));
    let next = strict.saturating_sub(1);
    if there(at) {
        all.extend(ends(text, at + 1, next, rest, Some(text[at])));
    } else if let (Some(before), Some(c)) = (before, text.get(at))
        && strict == 0
        && is_long(before, *c)
        && there(at + 1)
    {
        all.extend(ends(text, at + 2, next, rest, Some(text[at + 1])));
    }
    all
}

fn leniently(text: &[char], strict: usize, kana: &[char], tails: &[String]) -> Option<u8> {
    let long = |end: usize| {
        let before = if end == 0 { None } else { text.get(end - 1) };
        matches!((before, text.get(end)), (Some(before), Some(c)) if is_long(*before, *c))
    };
    let mut best = None;
    for at in 0..text.len() {
        for end in ends(text, at, strict, kana, None) {
            let exact;
            let goes_on = if tails.is_empty() {
                exact = end == text.len() || long(end) && end + 1 == text.len();
                !kana.is_empty()
            } else {
                // What comes next begins one of the syllables; behind a vowel that is left out, too.
                let from = |end: usize| {
                    let rest: String = text[end..].iter().collect();
                    tails.iter().find(|tail| rest.starts_with(tail.as_str())).map(|tail| end + tail.chars().count())
                };
                let after = from(end).or_else(|| if !kana.is_empty() && long(end) { from(end + 1) } else { None });
                exact = after.is_some_and(|after| after == text.len());
                after.is_some()
            };
            if goes_on {
                let class = match (at, exact) {
                    (0, true) => 3,
                    (0, false) => 2,
                    _ => 1,
                };
                best = best.max(Some(class));
            }
        }
    }
    best
}

fn is_kanji(c: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&c) || c == '々'
}

/// The words and phrases of a query.
fn words(query: &str) -> Vec<Word> {
    let mut words: Vec<Vec<char>> = Vec::new();
    let quote = |c: char| matches!(c, '"' | '“' | '”' | '＂');
    let parts: Vec<&str> = query.split(quote).collect();
    for (at, part) in parts.iter().enumerate() {
        let text = if at % 2 == 1 { folded(part) } else { folded(&joined(part)) };
        let pieces: Vec<&str> = if at % 2 == 1 { vec![&text] } else { text.split(' ').collect() };
        let pieces = pieces.into_iter().filter(|piece| !piece.is_empty());
        words.extend(pieces.map(|piece| piece.replace(JOINT, " ").chars().collect()));
    }
    // Nothing typed behind the last word leaves it open.
    let is_open = {
        let last = parts.last().copied().unwrap_or_default();
        let in_phrase = parts.len().is_multiple_of(2);
        let ends_in_space = folded(&format!("{last}x")).ends_with(" x") || folded(last).is_empty();
        if in_phrase { !folded(last).is_empty() } else { !ends_in_space }
    };
    let count = words.len();
    words
        .into_iter()
        .enumerate()
        .map(|(at, typed)| {
            let is_last = at + 1 == count && is_open;
            let text: String = typed.iter().collect();
            let kana = in_latin(&text).and_then(|(stays, latin)| {
                let (kana, tails) = romaji(latin, is_last)?;
                let stays: Vec<char> = open(&typed)[..stays.chars().count()].to_vec();
                Some((stays.len(), [stays, kana].concat(), tails))
            });
            Word { year: if kana.is_none() { year(&text) } else { None }, kana, typed: open(&typed) }
        })
        .collect()
}

/// Stands for the apostrophe of ken'i, folds to itself and is in no text.
const JOINT: &str = "ꙮ";

/// A text in which an apostrophe between `n` and a vowel or `y` parts no words.
fn joined(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let part = |at: usize| characters[..at].iter().collect::<String>() + "x";
    let is_joint = |at: usize| {
        matches!(characters[at], '\'' | '’')
            && folded(&part(at)).ends_with("nx")
            && characters.get(at + 1).is_some_and(|next| "aiueoyAIUEOY".contains(*next))
    };
    let place = |at: usize| if is_joint(at) { JOINT.to_owned() } else { characters[at].to_string() };
    (0..characters.len()).map(place).collect()
}

/// A word in two: what stays, which is nothing or ends in Japanese, and the Latin letters at its end.
fn in_latin(word: &str) -> Option<(&str, &str)> {
    let rest = word.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == '-' || c == ' ');
    let latin = word[rest.len()..].trim_start_matches(['-', ' ']);
    let stays = &word[..word.len() - latin.len()];
    let is_japanese = rest.chars().last().is_some_and(|last| last >= 'ぁ') || stays.is_empty();
    (is_japanese && !latin.is_empty()).then_some((stays, latin))
}

/// `ヶ`, `ケ` and `が` between kanji, or behind one at the end, may be any of these.
fn open(word: &[char]) -> Vec<char> {
    let place = |at: usize| {
        let c = word[at];
        let follows = at > 0 && is_kanji(word[at - 1]);
        let goes_on = word.get(at + 1).is_none_or(|next| is_kanji(*next));
        if matches!(c, 'か' | 'け' | 'が') && follows && goes_on { '\u{4}' } else { c }
    };
    (0..word.len()).map(place).collect()
}

/// A date as milestones have it, for one with 年, 月 and 日 or an era.
fn year(word: &str) -> Option<Vec<char>> {
    let western = western(word);
    let is_western = western.is_some();
    let word = western.unwrap_or_else(|| word.to_owned());
    let date = (|| {
        let (year, rest) = word.split_once('年')?;
        if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let part = |text: &str| Some(format!("-{:02}", text.parse::<u8>().ok().filter(|_| text.len() < 3)?));
        let unfinished = |text: &str| text.is_empty() || part(text).is_some();
        let Some((month, rest)) = rest.split_once('月') else { return unfinished(rest).then(|| year.to_owned()) };
        let month = year.to_owned() + &part(month)?;
        let Some((day, rest)) = rest.split_once('日') else { return unfinished(rest).then_some(month) };
        rest.is_empty().then_some(month + &part(day)?)
    })();
    date.or_else(|| is_western.then_some(word)).map(|date| date.chars().collect())
}

fn western(word: &str) -> Option<String> {
    let eras = [("明治", 1867), ("大正", 1911), ("昭和", 1925), ("平成", 1988), ("令和", 2018)];
    let (rest, before) = eras.iter().find_map(|(era, before)| Some((word.strip_prefix(era)?, *before)))?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).take(2).collect();
    let (year, length) =
        if rest.starts_with('元') { (1, '元'.len_utf8()) } else { (digits.parse::<i32>().ok()?, digits.len()) };
    (year > 0).then(|| format!("{}{}", before + year, &rest[length..]))
}

/// Every syllable that can be typed and what it is.
fn syllables() -> Vec<(String, String)> {
    let mut all = Vec::new();
    let rows = [
        ("", "あいうえお"),
        ("k", "かきくけこ"),
        ("g", "がぎぐげご"),
        ("s", "さしすせそ"),
        ("z", "ざじずぜぞ"),
        ("t", "たちつてと"),
        ("d", "だぢづでど"),
        ("n", "なにぬねの"),
        ("h", "はひふへほ"),
        ("b", "ばびぶべぼ"),
        ("p", "ぱぴぷぺぽ"),
        ("m", "まみむめも"),
        ("r", "らりるれろ"),
        ("l", "らりるれろ"),
        ("c", "かしくせこ"),
    ];
    for (consonant, row) in rows {
        all.extend(
            "aiueo".chars().zip(row.chars()).map(|(vowel, kana)| (format!("{consonant}{vowel}"), kana.to_string())),
        );
    }
    for (typed, kana) in [
        ("ya", "や"),
        ("yu", "ゆ"),
        ("yo", "よ"),
        ("wa", "わ"),
        ("wi", "うぃ"),
        ("we", "うぇ"),
        ("wo", "を"),
        ("xa", "ぁ"),
        ("xi", "ぃ"),
        ("xu", "ぅ"),
        ("xe", "ぇ"),
        ("xo", "ぉ"),
        ("xya", "ゃ"),
        ("xyu", "ゅ"),
        ("xyo", "ょ"),
        ("xtu", "っ"),
        ("xtsu", "っ"),
        ("tsa", "つぁ"),
        ("tsi", "つぃ"),
        ("tse", "つぇ"),
        ("tso", "つぉ"),
        ("tsu", "つ"),
        ("fu", "ふ"),
        ("shi", "し"),
        ("chi", "ち"),
        ("ji", "じ"),
    ] {
        all.push((typed.to_owned(), kana.to_owned()));
    }
    let glides = [
        ("ky", 'き'),
        ("gy", 'ぎ'),
        ("sy", 'し'),
        ("zy", 'じ'),
        ("jy", 'じ'),
        ("ty", 'ち'),
        ("cy", 'ち'),
        ("dy", 'ぢ'),
        ("ny", 'に'),
        ("hy", 'ひ'),
        ("by", 'び'),
        ("py", 'ぴ'),
        ("my", 'み'),
        ("ry", 'り'),
        ("fy", 'ふ'),
        ("th", 'て'),
        ("dh", 'で'),
        ("sh", 'し'),
        ("ch", 'ち'),
        ("j", 'じ'),
    ];
    for (consonants, kana) in glides {
        for (vowel, small) in [('a', 'ゃ'), ('i', 'ぃ'), ('u', 'ゅ'), ('e', 'ぇ'), ('o', 'ょ')] {
            let has_own = vowel == 'i' && matches!(consonants, "sh" | "ch" | "j");
            if !has_own {
                all.push((format!("{consonants}{vowel}"), format!("{kana}{small}")));
            }
        }
    }
    for (vowel, small) in [('a', 'ぁ'), ('i', 'ぃ'), ('e', 'ぇ'), ('o', 'ぉ')] {
        all.push((format!("f{vowel}"), format!("ふ{small}")));
        all.push((format!("v{vowel}"), format!("ゔ{small}")));
    }
    all.push(("vu".to_owned(), "ゔ".to_owned()));
    all
}

/// The kana of a word in Latin letters, and what may come next if it ends within a syllable.
fn romaji(word: &str, is_last: bool) -> Option<(Vec<char>, Vec<String>)> {
    let table = syllables();
    let vowel = |c: Option<char>| c.is_some_and(|c| "aiueo".contains(c));
    let mut kana = String::new();
    let mut rest = word;
    if rest.starts_with('-') {
        return None;
    }
    while let Some(first) = rest.chars().next() {
        let (second, third) = (rest.chars().nth(1), rest.chars().nth(2));
        let after = &rest[first.len_utf8()..];
        if first == '-' {
            kana.push('-');
            rest = after;
        } else if first == 'n' && second == Some(' ') && (vowel(third) || third == Some('y')) {
            kana.push('ん');
            rest = &after[1..];
        } else if first == 'n' && second == Some('n') {
            kana.push('ん');
            let keeps = vowel(third) || third == Some('y');
            rest = if keeps { after } else { &after[1..] };
        } else if first == 'n' && second.is_some() && !vowel(second) && second != Some('y') {
            // What stands there may be no letter at all: then the rest is no kana either.
            kana.push('ん');
            rest = after;
            if !second.is_some_and(|c| c.is_ascii_lowercase()) && second != Some('-') {
                return None;
            }
        } else if first == 'm' && matches!(second, Some('b' | 'm' | 'p')) {
            kana.push('ん');
            rest = after;
        } else if first.is_ascii_lowercase()
            && !vowel(Some(first))
            && (second == Some(first) || (first, second) == ('t', Some('c')))
        {
            kana.push('っ');
            rest = after;
        } else if let Some((typed, syllable)) = table.iter().find(|(typed, _)| rest.starts_with(typed.as_str())) {
            kana.push_str(syllable);
            rest = &rest[typed.len()..];
        } else if rest == "n" && !is_last {
            kana.push('ん');
            rest = "";
        } else if is_last {
            let mut tails: Vec<String> = table
                .iter()
                .filter(|(typed, _)| typed.starts_with(rest) && typed != rest)
                .map(|(_, kana)| kana.clone())
                .collect();
            if tails.is_empty() || !rest.chars().all(|c| c.is_ascii_lowercase() && !vowel(Some(c))) {
                return None;
            }
            // As far as the first kana is enough, unless a glide was begun.
            let glide = rest.len() > 1 && rest.ends_with('y') && rest != "xy";
            if !glide {
                tails = tails.iter().map(|tail| tail.chars().next().unwrap().to_string()).collect();
            }
            match rest {
                "n" | "m" => tails.push("ん".to_owned()),
                rest if rest.len() == 1 => tails.push("っ".to_owned()),
                _ => {}
            }
            return Some((kana.chars().collect(), tails));
        } else {
            return None;
        }
    }
    (!kana.is_empty()).then(|| (kana.chars().collect(), Vec::new()))
}
