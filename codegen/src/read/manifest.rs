//! The fields that only `chronicle.toml` has. Host only.

use nenpyo_schema::{Edtf, GlyphSize, Language, MAX_LANGUAGES};

use super::reader::Reader;
use super::row::Row;
use super::{
    GLYPHS_ARE_OF_KNOWN_SIZES, LANGUAGES_ARE_TAGS, LICENCES_ARE_NAMED, THE_DATA_IS_OF_A_DAY, VERSIONS_ARE_NUMBERS,
};
use crate::model::{At, ChronicleToml, Place, TextToml};
use crate::problem::{listed, quoted};

/// Reads `languages`: those that are tags, each once, at most as many as the tables hold.
pub(crate) fn tags(reader: &mut Reader, items: Vec<At<String>>, place: Place) -> Vec<At<String>> {
    if items.is_empty() && reader.raw(place).trim_matches(['[', ']']).trim().is_empty() {
        let advice = "write for example `languages = [\"en\"]`";
        reader.report.tell(LANGUAGES_ARE_TAGS, place, "no language is listed", advice);
    }
    let mut tags: Vec<At<String>> = Vec::new();
    for item in items {
        let shown = quoted(&item.value);
        if Language::new(&item.value).is_none() {
            let advice = "write two or three small letters, such as `ja` or `en`";
            reader.report.tell(LANGUAGES_ARE_TAGS, item.place, format!("{shown} is not the tag of a language"), advice);
        } else if tags.iter().any(|tag| tag.value == item.value) {
            reader.report.tell(LANGUAGES_ARE_TAGS, item.place, format!("{shown} is listed twice"), "take it away here");
        } else {
            if tags.len() >= MAX_LANGUAGES {
                let message = format!("{shown} is one language too many");
                reader.report.tell(LANGUAGES_ARE_TAGS, item.place, message, format!("keep {MAX_LANGUAGES} at most"));
            }
            // It is kept, so that the texts in it are not called wrong too.
            tags.push(item);
        }
    }
    tags
}

/// Reads `as_of`, which must be a day: firmware compares it.
pub(crate) fn known_day(reader: &mut Reader, date: At<Edtf>) -> Option<At<Edtf>> {
    if date.value.certain_day().is_some() {
        return Some(date);
    }
    let message = format!("{} is not one certain day", quoted(&date.value.to_string()));
    reader.report.tell(
        THE_DATA_IS_OF_A_DAY,
        date.place,
        message,
        "write the day of the last look, such as `2026-11-22`",
    );
    None
}

/// Reads `version`.
pub(crate) fn version(reader: &mut Reader, at: &At<String>) -> Option<At<(u16, u16, u16)>> {
    let part = |part: &str| {
        let plain = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let canonical = part == "0" || !part.starts_with('0');
        part.parse::<u16>().ok().filter(|_| plain && canonical)
    };
    let parts: Vec<Option<u16>> = at.value.split('.').map(part).collect();
    if let [Some(major), Some(minor), Some(patch)] = parts[..] {
        return Some(At { value: (major, minor, patch), place: at.place });
    }
    let message = format!("{} is not a version", quoted(&at.value));
    let advice = "write three numbers of at most 65535 with dots between them, such as `0.1.0`";
    reader.report.tell(VERSIONS_ARE_NUMBERS, at.place, message, advice);
    None
}

/// Reads `licence`: something that looks like an SPDX expression.
pub(crate) fn licence(reader: &mut Reader, at: At<String>) -> Option<At<String>> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '+' | '(' | ')' | ' ' | ':');
    if !at.value.is_empty() && at.value.trim() == at.value && at.value.chars().all(fits) {
        return Some(at);
    }
    let message = match at.value.as_str() {
        "" => "the licence is empty".to_owned(),
        licence => format!("{} is not an SPDX licence", quoted(licence)),
    };
    reader.report.tell(
        LICENCES_ARE_NAMED,
        at.place,
        message,
        "write one of <https://spdx.org/licenses/>, such as `CC0-1.0`",
    );
    None
}

/// Reads `glyphs`: those that are sizes, each once.
pub(crate) fn sizes(reader: &mut Reader, items: Vec<At<String>>) -> Vec<At<String>> {
    let mut sizes: Vec<At<String>> = Vec::new();
    for item in items {
        let shown = quoted(&item.value);
        if size(&item).is_none() {
            let known = listed(GlyphSize::ALL.iter().map(|size| size.name()));
            let message = format!("{shown} is no size of glyphs");
            reader.report.tell(GLYPHS_ARE_OF_KNOWN_SIZES, item.place, message, format!("write some of {known}"));
        } else if sizes.iter().any(|size| size.value == item.value) {
            let message = format!("{shown} is listed twice");
            reader.report.tell(GLYPHS_ARE_OF_KNOWN_SIZES, item.place, message, "take it away here");
        } else {
            sizes.push(item);
        }
    }
    sizes
}

fn size(item: &At<String>) -> Option<At<GlyphSize>> {
    Some(At { value: GlyphSize::from_name(&item.value)?, place: item.place })
}

/// The manifest from its row; without languages if it does not tell them.
pub(crate) fn manifest(mut row: Row) -> ChronicleToml {
    let nowhere = Place { end: row.place.start, ..row.place };
    let empty = || At { value: String::new(), place: nowhere };
    let no_text = || TextToml { languages: Vec::new(), place: nowhere };
    ChronicleToml {
        name: row.text("name").unwrap_or_else(no_text),
        languages: row.list("languages").unwrap_or_default(),
        version: row.version("version").unwrap_or(At { value: (0, 0, 0), place: nowhere }),
        as_of: row.date("as_of").unwrap_or(At { value: Edtf::from_year(0), place: nowhere }),
        licence: row.plain("licence").unwrap_or_else(empty),
        credit: row.text("credit").unwrap_or_else(no_text),
        notice: row.text("notice").unwrap_or_else(no_text),
        subject: row.plain("subject"),
        glyphs: row.list("glyphs").unwrap_or_default().iter().filter_map(size).collect(),
        fonts: row.list("fonts").unwrap_or_default(),
    }
}

/// What stands in for a manifest that cannot be read.
pub(crate) fn unknown() -> ChronicleToml {
    manifest(Row::new(Place { file: usize::MAX, start: 0, end: 0 }))
}
