//! Writes the ruby that is missing into texts and into the files they stand in. Host only.

use std::collections::BTreeMap;

use super::{Marked, Terms};
use crate::check::texts;
use crate::crew::Crew;
use crate::files::Files;
use crate::problem::{Error, Problem};
use crate::read::{self, literal};

/// Writes the missing ruby of known words into a text; ruby that is there stays as it is.
///
/// Only kanji get ruby: the Latin parts of a name have readings in the name itself, not in a running text.
/// A text whose marks do not belong where they stand is given back as it is.
///
/// ```
/// use nenpyo_codegen::ruby::{Terms, annotate};
/// use nenpyo_codegen::{Files, checked};
/// let terms = Terms::of(&checked(&Files::read("tests/fixtures/ok".as_ref())?)?);
/// assert_eq!(annotate("量子の日", &terms), "｜量子《りょうし》の日");
/// # Ok::<(), nenpyo_codegen::Error>(())
/// ```
pub fn annotate(text: &str, terms: &Terms) -> String {
    let mut annotated = text.to_owned();
    // From the end, so that the places before stay true.
    for (at, marks) in insertions(text, terms).into_iter().rev() {
        annotated.insert_str(at, &marks);
    }
    annotated
}

/// What is to be inserted, by the bytes before which it is, in order.
fn insertions(text: &str, terms: &Terms) -> Vec<(usize, String)> {
    let Ok(marked) = Marked::of(text) else { return Vec::new() };
    let mut insertions = Vec::new();
    for (start, end, reading) in terms.bare_in(&marked).into_iter().flat_map(|bare| bare.wanted) {
        insertions.push((marked.offsets[start], "｜".to_owned()));
        insertions.push((marked.end_of(end - 1), format!("《{reading}》")));
    }
    insertions
}

/// Writes the missing ruby into the Japanese texts of all files and changes nothing else in them.
/// Gives the files that change: the path relative to the data folder, and the new text.
///
/// # Errors
///
/// What keeps the files from being read as TOML. Other problems of the data do not matter here.
///
/// ```
/// use nenpyo_codegen::{Files, ruby::annotate_files};
/// let files = [
///     ("chronicle.toml", "languages = [\"ja\"]"),
///     ("ruby.toml", "terms = [\"｜量子《りょうし》\"]"),
///     ("themes/day.toml", "key = \"day\"\nname.ja = \"量子の日\""),
/// ];
/// let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
/// let changed = annotate_files(&Files::from_memory("", files))?;
/// assert_eq!(changed[0].0, "themes/day.toml");
/// assert_eq!(changed[0].1, "key = \"day\"\nname.ja = \"｜量子《りょうし》の日\"");
/// # Ok::<(), nenpyo_codegen::Error>(())
/// ```
pub fn annotate_files(files: &Files) -> Result<Vec<(String, String)>, Error> {
    let mut problems = Vec::new();
    let data = read::read(files, &Crew::new(), &mut problems);
    let fatal = [read::FILES_ARE_UTF8, read::FILES_ARE_TOML, read::FILES_CAN_BE_READ];
    let is_fatal = |problem: &Problem| fatal.contains(&problem.check);
    if data.manifest.languages.is_empty() || problems.iter().any(is_fatal) {
        return Err(Error::new(problems));
    }
    let terms = Terms::of(&data);
    let mut changed: BTreeMap<usize, Vec<(usize, String)>> = BTreeMap::new();
    for text in texts::of(&data).into_iter().filter(|text| text.is_japanese) {
        let place = text.at.place;
        let insertions = insertions(&text.at.value, &terms);
        if insertions.is_empty() {
            continue;
        }
        let source = files.source(place.file);
        let raw = source.text().get(place.start..place.end).unwrap_or_default();
        let Some(places) = literal::places(raw, &text.at.value) else { continue };
        let byte_places: BTreeMap<usize, usize> =
            text.at.value.char_indices().map(|(byte, _)| byte).chain([text.at.value.len()]).zip(places).collect();
        let edits = changed.entry(place.file).or_default();
        edits.extend(insertions.into_iter().map(|(byte, marks)| (place.start + byte_places[&byte], marks)));
    }
    let rewritten = changed.into_iter().map(|(file, mut edits)| {
        let mut text = files.text(file);
        // Stable: a closing mark and the bar of the next word can share a place.
        edits.sort_by_key(|(at, _)| *at);
        for (at, marks) in edits.into_iter().rev() {
            text.insert_str(at, &marks);
        }
        (files.name(file).to_owned(), text)
    });
    Ok(rewritten.collect())
}

#[cfg(test)]
mod tests {
    use super::{annotate, annotate_files};
    use crate::crew::Crew;
    use crate::files::Files;
    use crate::read;
    use crate::ruby::Terms;

    fn files(extra: &[(&str, &str)]) -> Files {
        let manifest = "languages = [\"ja\"]\nname.ja = \"年表\"\n";
        let ruby = "terms = [\"｜量子《りょうし》\", \"｜量子《りょうし》｜科学《かがく》\", \"｜定量《ていりょう》\"]";
        let site = "key = \"naka\"\nkind = \"site\"\nname.ja = \"｜QST《キューエスティー》｜那珂《なか》｜研究所《けんきゅうじょ》\"\n";
        let fixed = [("chronicle.toml", manifest), ("ruby.toml", ruby), ("sites/naka.toml", site)];
        let all = fixed.iter().chain(extra).map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        Files::from_memory("", all)
    }

    fn terms() -> Terms {
        Terms::of(&read::read(&files(&[]), &Crew::new(), &mut Vec::new()))
    }

    #[test]
    fn the_longest_word_gets_its_ruby() {
        for (text, expected) in [
            ("量子と量子科学", "｜量子《りょうし》と｜量子《りょうし》｜科学《かがく》"),
            ("QST那珂研究所", "QST｜那珂《なか》｜研究所《けんきゅうじょ》"),
            ("那珂市", "｜那珂《なか》市"),
            ("量子《りょうし》科学", "量子《りょうし》｜科学《かがく》"),
            ("｜量子科学《りょうしかがく》", "｜量子科学《りょうしかがく》"),
            ("｜定《てい》量子", "｜定《てい》｜量子《りょうし》"),
            ("定量子", "｜定量《ていりょう》子"),
            ("量《りょう》子", "量《りょう》子"),
            ("量《りょう", "量《りょう"),
            ("かな", "かな"),
        ] {
            assert_eq!(annotate(text, &terms()), expected, "{text}");
        }
    }

    #[test]
    fn annotating_twice_changes_nothing_more() {
        let once = annotate("QST那珂研究所の量子科学", &terms());
        assert_eq!(annotate(&once, &terms()), once);
    }

    #[test]
    fn only_japanese_texts_of_the_file_change() {
        let before = "key = \"a\" # 量子\nsummary.ja = \"\\\"\\u91cf子\\\"\\\\量子\"\nname.ja = '''\n量子'''\n[foo]\nja = \"量子\"\r\n";
        let after = "key = \"a\" # 量子\nsummary.ja = \"\\\"｜\\u91cf子《りょうし》\\\"\\\\｜量子《りょうし》\"\nname.ja = '''\n｜量子《りょうし》'''\n[foo]\nja = \"量子\"\r\n";
        let changed = annotate_files(&files(&[("people/a.toml", before)])).unwrap();
        assert_eq!(changed, [("people/a.toml".to_owned(), after.to_owned())]);
    }

    #[test]
    fn files_that_are_not_toml_are_not_touched() {
        assert!(annotate_files(&files(&[("people/a.toml", "key = \"a")])).is_err());
    }
}
