//! Checks of ruby. Marks must be sound in all data; the rest is asked for where there is a `ruby.toml`. Host only.

use std::collections::{HashMap, HashSet};

use super::Context;
use super::texts::Text;
use crate::model::Place;
use crate::problem::{Report, listed, quoted};
use crate::read::literal;
use crate::ruby::{
    self, Marked, annotate, is_education_kanji, is_in_run, is_kana, is_kanji, offset_in, parse, parse_all, plain,
};

/// What to do instead of writing ruby by hand.
const RUN: &str = "or run `cargo xtask ruby` or `nenpyo ruby`";

/// The Japanese texts, if ruby is asked for.
fn japanese<'c, 'a>(context: &'c Context<'a>) -> impl Iterator<Item = &'c Text<'a>> {
    // What no table can hold is told by another check, and would take long.
    let fits = |text: &&Text| u16::try_from(text.at.value.len()).is_ok();
    context.texts.iter().filter(|text| text.is_japanese && context.data.ruby.is_some()).filter(fits)
}

pub(super) fn ruby_is_well_formed(context: &Context, report: &mut Report) {
    for text in &context.texts {
        let (_, errors) = parse_all(&text.at.value);
        for error in &errors {
            let place = text.place_of(report, error.offset, error.offset + "｜".len());
            report.say(place, error.to_string(), "write `｜word《reading》`");
        }
        for (start, bar) in text.at.value.match_indices('|') {
            let rest = &text.at.value[start + bar.len()..];
            let mark = rest.find(['|', '｜', '《']).map(|next| &rest[next..]);
            // A word that ends at a wrong mark is told there.
            let is_told = |mark| errors.iter().any(|error| error.offset == offset_in(&text.at.value, mark));
            if mark.is_some_and(|mark| mark.starts_with('《') && !is_told(mark)) {
                let place = text.place_of(report, start, start + bar.len());
                report.say(place, "`|` stands before a word and its reading", "write `｜`");
            }
        }
    }
    for term in context.data.ruby.iter().flatten() {
        let at = &term.marked;
        if at.value.trim().is_empty() {
            continue;
        }
        let wrong = match parse(&at.value) {
            Ok(segments) if segments.iter().any(|s| s.reading.is_none() && s.base.chars().any(is_kanji)) => {
                format!("the term {} lacks a part of its reading", quoted(&at.value))
            }
            Ok(segments) if segments.iter().all(|segment| segment.reading.is_none()) => {
                format!("the term {} has no reading", quoted(&at.value))
            }
            // Marks that do not belong are told of all texts.
            Ok(_) | Err(_) => continue,
        };
        report.say(at.place, wrong, "write `｜word《reading》`");
    }
}

pub(super) fn readings_are_kana(context: &Context, report: &mut Report) {
    let Some(terms) = &context.data.ruby else { return };
    let texts = japanese(context).map(|text| text.at).chain(terms.iter().map(|term| &term.marked));
    for at in texts {
        for segment in parse_all(&at.value).0 {
            let is_wrong = |reading: &&str| !reading.is_empty() && !is_kana(reading);
            let Some(reading) = segment.reading.filter(is_wrong) else { continue };
            let source = report.source(at.place.file);
            let raw = source.text().get(at.place.start..at.place.end).unwrap_or_default();
            let start = literal::place_of(raw, &at.value, at.place.start, offset_in(&at.value, reading));
            let message = format!("the reading {} of {} is not kana", quoted(reading), quoted(segment.base));
            report.say(Place { start, ..at.place }, message, "write hiragana, katakana, `ー` and `・` only");
        }
    }
}

pub(super) fn terms_carry_ruby(context: &Context, report: &mut Report) {
    for text in japanese(context).filter(|text| !text.is_name) {
        let marked = Marked::of_any(&text.at.value);
        let mut told = HashSet::new();
        for bare in context.terms().bare_in(&marked).into_iter().filter(|bare| bare.is_term) {
            let word = marked.text(bare.start, bare.end);
            if !told.insert(word.clone()) {
                continue;
            }
            let place = text.place_of(report, marked.offsets[bare.start], marked.end_of(bare.end - 1));
            let message = format!("{} stands here without its reading", quoted(&word));
            report.say(place, message, format!("write {}, {RUN}", quoted(&bare.marked)));
        }
    }
}

pub(super) fn rare_kanji_carry_ruby(context: &Context, report: &mut Report) {
    for text in japanese(context).filter(|text| !text.is_name) {
        let marked = Marked::of_any(&text.at.value);
        let known = context.terms().bare_in(&marked);
        let mut told = HashSet::new();
        let mut index = 0;
        while index < marked.characters.len() {
            let rare = marked.is_bare_kanji(index) && !is_education_kanji(marked.characters[index]);
            if !rare {
                index += 1;
                continue;
            }
            let inside = |at: usize| known.iter().find(|bare| (bare.start..bare.end).contains(&at));
            let (start, end, advice) = match inside(index) {
                // A term is told by its own check.
                Some(bare) if bare.is_term => {
                    index = bare.end;
                    continue;
                }
                Some(bare) => (bare.start, bare.end, format!("write {}, {RUN}", quoted(&bare.marked))),
                None => {
                    let (start, end) = run_around(&marked, index, |at| inside(at).is_none());
                    let form = quoted(&format!("｜{}《…》", marked.text(start, end)));
                    (start, end, format!("write its reading: {form}, or add it to `ruby.toml`"))
                }
            };
            let word = marked.text(start, end);
            if told.insert(word.clone()) {
                let place = text.place_of(report, marked.offsets[start], marked.end_of(end - 1));
                let kanji = quoted(&marked.characters[index].to_string());
                let message =
                    format!("{} stands here without its reading, and {kanji} is not an education kanji", quoted(&word));
                report.say(place, message, advice);
            }
            index = end;
        }
    }
}

/// A marked text with `｜word《…》` for every word that still lacks its reading.
fn with_gaps(known: &str) -> String {
    let marked = Marked::of_any(known);
    let (mut form, mut copied, mut index) = (String::new(), 0, 0);
    while index < marked.characters.len() {
        if !marked.is_bare_kanji(index) {
            index += 1;
            continue;
        }
        let (start, end) = run_around(&marked, index, |_| true);
        let word = marked.text(start, end);
        form.extend([&known[copied..marked.offsets[start]], "｜", &word, "《…》"]);
        (copied, index) = (marked.end_of(end - 1), end);
    }
    form + &known[copied..]
}

/// The word of kanji without ruby around a character.
fn run_around(marked: &Marked, index: usize, may_hold: impl Fn(usize) -> bool) -> (usize, usize) {
    let holds =
        |at: usize| marked.characters.get(at).is_some_and(|c| is_in_run(*c)) && marked.is_uncovered(at) && may_hold(at);
    let mut start = index;
    while start > 0 && holds(start - 1) {
        start -= 1;
    }
    let mut end = index + 1;
    while holds(end) {
        end += 1;
    }
    (start, end)
}

pub(super) fn names_carry_their_reading(context: &Context, report: &mut Report) {
    for text in japanese(context).filter(|text| text.is_name) {
        let marked = Marked::of_any(&text.at.value);
        let Some(first) = (0..marked.characters.len()).find(|index| marked.is_bare_kanji(*index)) else { continue };
        let (start, end) = run_around(&marked, first, |_| true);
        let word = marked.text(start, end);
        let known = annotate(&text.at.value, context.terms());
        let form = with_gaps(&known);
        let advice = if form == known {
            format!("write {}, {RUN}", quoted(&form))
        } else {
            format!("write its reading: {}", quoted(&form))
        };
        let place = text.place_of(report, marked.offsets[start], marked.end_of(end - 1));
        let name = plain(&text.at.value);
        report.say(place, format!("{} of the name {} has no reading", quoted(&word), quoted(&name)), advice);
    }
}

pub(super) fn words_have_one_reading(context: &Context, report: &mut Report) {
    let Some(terms) = &context.data.ruby else { return };
    // How often each word is read in each way. What `ruby.toml` says outweighs all texts.
    let mut readings: HashMap<&str, Vec<(&str, usize)>> = HashMap::new();
    let mut count = |text, weight| {
        for ruby::Segment { base, reading } in parse_all(text).0 {
            let Some(reading) = reading.filter(|reading| !reading.is_empty()) else { continue };
            let known = readings.entry(base).or_default();
            match known.iter_mut().find(|(other, _)| *other == reading) {
                Some((_, times)) => *times += weight,
                None => known.push((reading, weight)),
            }
        }
    };
    for term in terms {
        count(&term.marked.value, LISTED);
    }
    for text in japanese(context) {
        count(&text.at.value, 1);
    }
    for text in japanese(context) {
        for segment in parse_all(&text.at.value).0 {
            let Some((reading, known)) = segment.reading.zip(readings.get(segment.base)) else { continue };
            let right: Vec<&str> = right_readings(known);
            if right.contains(&reading) || !is_kana(reading) {
                continue;
            }
            let start = offset_in(&text.at.value, reading);
            let place = text.place_of(report, start, start + reading.len());
            let others = listed(right);
            let message = format!("{} is read {} here, but {others} elsewhere", quoted(segment.base), quoted(reading));
            let advice = format!("correct it, or list {} in `ruby.toml` too", quoted(&segment.to_string()));
            report.say(place, message, advice);
        }
    }
}

/// The weight of a reading that `ruby.toml` lists.
const LISTED: usize = 1 << 30;

/// The readings that `ruby.toml` lists; if it lists none, the one that stands in most texts.
fn right_readings<'a>(known: &[(&'a str, usize)]) -> Vec<&'a str> {
    let listed: Vec<&str> = known.iter().filter(|(_, times)| *times >= LISTED).map(|(reading, _)| *reading).collect();
    if !listed.is_empty() {
        return listed;
    }
    // Of equals the first one counts.
    known.iter().rev().max_by_key(|(_, times)| *times).map(|(reading, _)| *reading).into_iter().collect()
}
