//! Which sections an image of a program holds, and what the host answers to the same questions.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use nenpyo::Chronicle;
use nenpyo_codegen::Compiled;

use crate::build::{self, folder};
use crate::lookups::{self, NAMES};
use crate::run::Run;
use crate::{Board, Failure, Result};

/// Every section that is a feature.
pub const ALL: &[&str] = &["ja", "en", "details", "sources", "slugs", "search", "search-index"];

/// Sizes of glyphs, each a feature of its own: beside the texts of one language, what a small panel and what a colour one
/// have. No board has room for all sizes beside [`ALL`].
pub const GLYPHS: [&[&str]; 2] = [&["ja", "glyphs-8", "glyphs-12"], &["en", "glyphs-16-grey"]];

/// For boards without room for everything at once: together with [`DENSE_PART`] these hold every table but the search
/// index, for which with the texts that it is of there is no room; search compares the names there.
///
/// Each leaves some 30 KiB free, so that neither another compiler nor a longer path in a program fills the flash.
pub const PARTS: [&[&str]; 4] =
    [&["ja", "details"], &["en", "details"], &["details", "sources", "slugs"], &["ja", "en", "sources", "search"]];

/// What the small boards hold at once if its texts are dense.
pub const DENSE_PART: &[&str] = &["ja", "details", "sources", "slugs"];

/// Where the chronicle of an image lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// In const tables.
    Baked,
    /// In a file that is opened.
    Opened,
}

/// Both.
pub const HOMES: [Home; 2] = [Home::Baked, Home::Opened];

impl Home {
    /// The features of a program with these sections.
    #[must_use]
    pub fn features<'a>(self, sections: &[&'a str]) -> Vec<&'a str> {
        let baked = (self == Self::Baked).then_some("baked");
        baked.into_iter().chain(asked(sections)).collect()
    }
}

/// Sections as features: where there is nothing to search, search is not asked.
#[must_use]
pub fn asked<'a>(sections: &[&'a str]) -> Vec<&'a str> {
    let without = (!sections.contains(&"search")).then_some("without-search");
    without.into_iter().chain(sections.iter().copied()).collect()
}

/// The images in which a board holds everything.
#[must_use]
pub fn images(board: &Board) -> Vec<&'static [&'static str]> {
    // The whole chronicle and the program that asks everything of it need some 400 KiB.
    if board.flash.kibibytes >= 512 { vec![ALL] } else { PARTS.to_vec() }
}

/// What lets the texts be dense, as a feature.
pub const DENSE: &str = "dense-text";

/// Sections with their texts dense.
#[must_use]
pub fn densely<'a>(sections: &[&'a str]) -> Vec<&'a str> {
    [sections, &[DENSE]].concat()
}

/// QST's chronicle with these sections, the texts dense if that is among them. Once compiled, it is kept: the same is asked
/// for again and again.
///
/// # Errors
///
/// If the data does not compile.
pub fn compiled(sections: &[&str]) -> Result<Arc<Compiled>> {
    static COMPILED: Mutex<BTreeMap<String, Arc<Compiled>>> = Mutex::new(BTreeMap::new());
    let mut known = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(compiled) = known.get(&sections.join(" ")) {
        return Ok(Arc::clone(compiled));
    }
    let failed = |error: nenpyo_codegen::Error| Failure::Other(error.to_string());
    let glyphs: Vec<&str> = sections.iter().filter_map(|section| section.strip_prefix("glyphs-")).collect();
    let compiled = nenpyo_codegen::compile(&folder("data")).map_err(failed)?.only(sections);
    let compiled = compiled.with_glyphs(&glyphs).map_err(failed)?;
    let is_dense = sections.contains(&DENSE);
    let compiled = Arc::new(if is_dense { compiled.with_dense_text().map_err(failed)? } else { compiled });
    known.insert(sections.join(" "), Arc::clone(&compiled));
    Ok(compiled)
}

/// A digest of everything that each lookup answers, in the order of [`NAMES`].
///
/// # Errors
///
/// If the data does not compile.
pub fn digests(sections: &[&str], home: Home) -> Result<Vec<u32>> {
    let file = compiled(sections)?.blob();
    let chronicle = Chronicle::open(&file).map_err(|error| Failure::Other(error.to_string()))?;
    // Const tables are not opened; everything else is the same.
    let opened = (home == Home::Opened).then_some(file.as_slice());
    Ok(lookups::digests(&chronicle, opened, u32::MAX).iter().map(|digest| digest.state).collect())
}

/// Asks the claims and every lookup of one image of a board, and compares with the host.
///
/// # Errors
///
/// If a claim does not hold or an answer differs.
pub fn agrees(board: &Board, sections: &[&str], home: Home) -> Result<()> {
    let what = format!("{} with {} ({home:?})", board.name, sections.join(", "));
    let features = home.features(sections);
    let claims = build::program(board, "claims", &features)?;
    Run::new(board, &claims).output().map_err(|failure| failure.during(&what))?;
    let program = build::program(board, "digests", &features)?;
    let printed = Run::new(board, &program).output().map_err(|failure| failure.during(&what))?;
    same(&digests(sections, home)?, &printed).map_err(|failure| failure.during(&what))
}

/// Compares the digests of the host with those that a board printed.
///
/// # Errors
///
/// If they are not the same; it names the lookups.
pub fn same(host: &[u32], printed: &str) -> Result<()> {
    let board: Vec<Option<u32>> = printed.lines().map(|line| u32::from_str_radix(line.trim(), 16).ok()).collect();
    if board.len() != host.len() {
        let (board, host) = (board.len(), host.len());
        return Err(Failure::Other(format!("it printed {board} digests for {host} lookups:\n{printed}")));
    }
    let wrong = NAMES.iter().zip(host.iter().zip(&board)).filter(|(_, (host, board))| Some(**host) != **board);
    let wrong: Vec<&str> = wrong.map(|(name, _)| *name).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    let count = wrong.len();
    Err(Failure::Other(format!("{count} lookups answer otherwise than on the host: {}", wrong.join(", "))))
}
