//! A chronicle of some size, and what everyone else is made of: its rows, the questions, its texts.

use std::fmt::Write as _;
use std::path::Path;

use nenpyo::{Chronicle, Language};
use nenpyo_codegen::Files;
use nenpyo_emulator::Result;
use nenpyo_emulator::build::folder;

use crate::failed;
use crate::measured::take;
use crate::story::Story;
use crate::synthetic::Words;
use crate::write::{self, Questions};

/// Makes a chronicle with so many milestones, or QST's if there are none, and says what compiling it takes.
pub(crate) fn make(milestones: usize, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to).map_err(failed)?;
    let files = if milestones == 0 {
        None
    } else {
        let qst = nenpyo_codegen::compile(&folder("data")).map_err(failed)?;
        let words = Words::of(&Chronicle::open(&qst.only(write::SECTIONS).blob()).map_err(failed)?);
        Some(Files::from_memory("", words.files(milestones, milestones / 2)))
    };
    let (compiled, taken) = take(|| match &files {
        Some(files) => nenpyo_codegen::compile_files(files),
        None => nenpyo_codegen::compile(&folder("data")),
    });
    drop(files);
    taken.print();
    let put = |name: &str, bytes: &[u8]| std::fs::write(to.join(name), bytes).map_err(failed);
    let compiled = compiled.map_err(failed)?;
    let searchable = compiled.only(&["ja", "en", "details", "slugs", "sources", "search", "search-index"]);
    let story = {
        let blob = searchable.blob();
        Story::of(&searchable, &Chronicle::open(&blob).map_err(failed)?)
    };
    let searchable = searchable.only(&["ja", "en", "details", "slugs", "search", "search-index"]);
    put("chronicle.nenpyo", &searchable.blob())?;
    let blob = searchable.only(write::SECTIONS).blob();
    println!("without search\t{}", blob.len());
    put("lookups.nenpyo", &blob)?;
    put("questions.txt", questions(&story, &Chronicle::open(&blob).map_err(failed)?).as_bytes())?;
    put("texts.txt", texts(&story).as_bytes())?;
    put("story.postcard", &postcard::to_stdvec(&story).map_err(failed)?)
}

/// What is looked for: in many titles, in some, and nowhere.
const TWO: [&str; 3] = ["量子", "研究", "亀鶴"];
const MORE: [&str; 5] = ["放射線", "開発機構", "研究所", "核融合", "亀鶴丸"];

/// A line for each question: what is asked, and what about.
fn questions(story: &Story, chronicle: &Chronicle<'_>) -> String {
    let Questions { keys, slugs, ids, spans, organizations, days } = Questions::of(story);
    let mut text = String::new();
    let mut all = |kind: &str, about: &mut dyn Iterator<Item = String>| {
        for about in about {
            let _ = writeln!(text, "{kind}\t{about}");
        }
    };
    all("key", &mut keys.iter().map(u32::to_string));
    all("slug", &mut slugs.iter().map(ToString::to_string));
    for kind in ["id", "detail"] {
        all(kind, &mut ids.iter().map(u32::to_string));
    }
    for kind in ["surely", "possibly"] {
        all(kind, &mut spans.iter().map(|(text, (first, last))| format!("{text}\t{first}\t{last}")));
    }
    all("organization", &mut organizations.iter().map(u32::to_string));
    all("tree", &mut days.iter().map(i32::to_string));
    let rare = rare(chronicle);
    for kind in ["search", "first"] {
        let two = TWO.into_iter().map(str::to_owned).chain(rare.iter().map(|name| name.chars().take(2).collect()));
        all(&format!("{kind} of two"), &mut two.into_iter());
        let more = MORE.into_iter().map(str::to_owned).chain(rare.iter().cloned());
        all(&format!("{kind} of more"), &mut more.into_iter());
    }
    text
}

/// Kanji with which few titles begin, two or more.
fn rare(chronicle: &Chronicle<'_>) -> Vec<String> {
    let count = chronicle.milestones().len();
    let is_kanji = |c: &char| ('\u{4E00}'..='\u{9FFF}').contains(c);
    let beginning = |at: usize| {
        let title = chronicle.milestones().iter().nth(count / 4 * at)?.title(Language::JA)?;
        let kanji: String =
            title.chars().skip_while(|c| !is_kanji(c)).take_while(|c| is_kanji(c) || *c == 'の').take(4).collect();
        (kanji.chars().count() >= 3).then_some(kanji)
    };
    (1..4).filter_map(beginning).collect()
}

/// All texts once, with their readings: what nobody can be without.
fn texts(story: &Story) -> String {
    let milestones = story.milestones.iter().flat_map(|one| [&one.title, &one.summary, &one.note]);
    let names = story.organizations.iter().flat_map(|one| one.names.iter().map(|held| &held.1));
    let more = story.organizations.iter().flat_map(|one| [&one.more.short, &one.more.summary, &one.more.note]);
    let others = story.others.iter().flat_map(|one| [&one.title, &one.summary, &one.note, &one.address]);
    let all = milestones.chain(names).chain(more).chain(others).flatten();
    let mut seen = std::collections::HashSet::new();
    let mut texts = String::new();
    for text in all.filter(|text| !text.plain.is_empty()) {
        if seen.insert((&text.plain, &text.ruby)) {
            let _ = writeln!(texts, "{}\t{}", text.plain, text.ruby);
        }
    }
    texts
}
