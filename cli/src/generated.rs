//! `regen`: the `generated` folder and the cost table of a README beside the data folder, the glyphs in it, and the one
//! function that writes files. Runs on the host.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use nenpyo::Language;
use nenpyo_codegen::{Compiled, Cost};
use nenpyo_typeset::Glyphs;
use serde::Serialize;

use crate::args::Rewrite;
use crate::page::counted;
use crate::table::{DATE, GONE, HEADING, paint};
use crate::{Failure, Home, Page, json_schema, opened, page};

/// Rewrites `generated`, or says what is stale in it.
pub(crate) fn run(args: &Rewrite, home: &Home) -> Result<Page, Failure> {
    let data = opened::data(&args.folder, home)?;
    let (sources, compiled) = opened::compile(&data)?;
    let glyphs = match nenpyo_typeset::glyphs(&compiled, &data) {
        Ok(glyphs) => glyphs,
        Err(error) => return Err(Failure::data(sources, error)),
    };
    let folder = beside(&data, "generated");
    let others = files(&folder, &compiled)?;
    let costs = Costs::of(compiled, &glyphs)?;
    let mut files = vec![(folder.join("costs.md"), costs.document())];
    files.extend(others);
    files.extend(glyphs.files().map(|(name, text)| (data.join(name), text.to_owned())));
    files.extend(readmes(&data, &costs)?);
    let changed = changed(files)?;
    let mut text = told(&changed, args)?;
    let shown = folder.display();
    if changed.is_empty() && !args.json {
        let _ = writeln!(text, "ok: {shown} is up to date");
    }
    let stale = args.check && !changed.is_empty();
    let command = again(args, home, "regen");
    let are = if changed.len() == 1 { "is" } else { "are" };
    let count = counted(changed.len(), "file");
    let data = data.display();
    let failure = stale.then(|| format!("{count} generated from `{data}` {are} stale; run `{command}`"));
    Ok(Page { text, failure })
}

/// Writes the files, unless they are only checked, and tells what changed in them.
pub(crate) fn told(changed: &[Changed], args: &Rewrite) -> Result<String, Failure> {
    let text = if args.json {
        page::json(&changed.iter().map(Changed::lines).collect::<Vec<_>>())?.text
    } else {
        changed.iter().map(Changed::difference).collect()
    };
    if !args.check {
        changed.iter().try_for_each(|file| write(&file.path, &file.after))?;
    }
    Ok(text)
}

/// The command that writes what `--check` found missing.
pub(crate) fn again(args: &Rewrite, home: &Home, name: &str) -> String {
    let data = args.folder.data.as_ref().map(|data| format!(" --data {}", data.display()));
    format!("{} {name}{}", home.command, data.unwrap_or_default())
}

/// A file or folder beside the data folder.
fn beside(data: &Path, name: &str) -> PathBuf {
    match data.file_name() {
        Some(_) => data.with_file_name(name),
        None => data.join("..").join(name),
    }
}

/// What is generated beside the costs: each file's path and text.
fn files(folder: &Path, compiled: &Compiled) -> Result<Vec<(PathBuf, String)>, Failure> {
    let blob = compiled.blob();
    let chronicle = opened::open(&blob)?;
    let languages: Vec<Language> = chronicle.languages().collect();
    let tags: Vec<&str> = languages.iter().map(Language::tag).collect();
    let mut files = vec![(folder.join("fingerprints.csv"), compiled.fingerprints())];
    let schema = |(name, text)| (folder.join("schema").join(format!("{name}.schema.json")), text);
    files.extend(json_schema::schemas(&tags).into_iter().map(schema));
    Ok(files)
}

/// The READMEs beside the data folder that have a place for the costs, with the costs in it.
fn readmes(data: &Path, costs: &Costs) -> Result<Vec<(PathBuf, String)>, Failure> {
    const BEGIN: &str = "<!-- costs -->\n";
    const END: &str = "<!-- /costs -->";
    let mut files = Vec::new();
    for name in ["README.md", "README.ja.md"] {
        let path = beside(data, name);
        let text = before(&path)?;
        let Some((head, (_, tail))) =
            text.split_once(BEGIN).and_then(|(head, rest)| Some((head, rest.split_once(END)?)))
        else {
            continue;
        };
        let text = format!("{head}{BEGIN}{}{END}{tail}", costs.table());
        files.push((path, text));
    }
    Ok(files)
}

/// What each table costs, with texts in UTF-8 and with dense ones, and what glyphs cost.
struct Costs {
    plain: Vec<Cost>,
    dense: Vec<Cost>,
    glyphs: Vec<Cost>,
}

impl Costs {
    fn of(compiled: Compiled, glyphs: &Glyphs) -> Result<Self, Failure> {
        let failed = |error: nenpyo_codegen::Error| Failure::Other(error.to_string());
        let plain = compiled.costs();
        let fonts = glyphs.fonts.iter().map(|(size, text)| (*size, text.clone().into_bytes()));
        let fonts: Vec<_> = fonts.collect();
        let compiled = compiled.with_glyph_files(&fonts, glyphs.breaks.as_bytes()).map_err(failed)?;
        let is_new = |cost: &Cost| !plain.contains(cost);
        let glyphs = compiled.costs().into_iter().filter(is_new).collect();
        // Without glyphs the alphabet has the characters of the texts alone.
        let sections: Vec<String> =
            plain.iter().flat_map(|cost| cost.section.split(" + ")).map(str::to_owned).collect();
        let sections: Vec<&str> = sections.iter().map(String::as_str).collect();
        let dense = compiled.only(&sections).with_dense_text().map_err(failed)?.costs();
        Ok(Self { plain, dense, glyphs })
    }

    /// All of them as Markdown.
    fn document(&self) -> String {
        let mut text = "<!-- @generated from data/ by `cargo xtask regen`. Do not edit. -->\n\n\
                        # What the chronicle costs in flash\n\n\
                        A section is left out, to the last byte, without its feature. RAM: 0 bytes.\n\n"
            .to_owned();
        text.push_str(&self.table());
        if !self.glyphs.is_empty() {
            let what = "\n`glyphs` is there once for any number of sizes: the characters and where lines break. Beside dense \
                        text the alphabet has the characters, at 2 bytes more for each that only interfaces have.\n";
            text.push_str(what);
        }
        text.push_str("\n| section | table | bytes | dense text |\n|---|---|---:|---:|\n");
        // The alphabet is a table of its own, which texts in UTF-8 do not have.
        for Cost { section, table, bytes: dense } in &self.dense {
            let plain = self.plain.iter().find(|cost| cost.table == *table).map_or(0, |cost| cost.bytes);
            let _ = writeln!(text, "| {section} | {table} | {plain} | {dense} |");
        }
        for (Cost { section, table, bytes }, dense) in self.glyphs.iter().zip(self.dense_glyphs()) {
            let _ = writeln!(text, "| {section} | {table} | {bytes} | {} |", dense.bytes);
        }
        text
    }

    /// What glyphs cost beside dense text, whose alphabet has the characters.
    fn dense_glyphs(&self) -> Vec<Cost> {
        let bytes = |cost: &Cost| if cost.table == "characters" { 0 } else { cost.bytes };
        self.glyphs.iter().map(|cost| Cost { bytes: bytes(cost), ..cost.clone() }).collect()
    }

    /// The bytes of each section as Markdown.
    fn table(&self) -> String {
        let mut text = "| section | bytes | dense text |\n|---|---:|---:|\n".to_owned();
        let (plain, dense) = (Cost::by_section(&self.plain), Cost::by_section(&self.dense));
        for (section, dense) in &dense {
            let plain = plain.iter().find(|(other, _)| other == section).map_or(0, |(_, bytes)| *bytes);
            let _ = writeln!(text, "| {section} | {plain} | {dense} |");
        }
        let total = |sections: &[(&str, usize)]| sections.iter().map(|(_, bytes)| bytes).sum::<usize>();
        let but = if self.glyphs.is_empty() { "" } else { " but glyphs" };
        let _ = writeln!(text, "| **all{but}** | **{}** | **{}** |", total(&plain), total(&dense));
        let dense = self.dense_glyphs();
        for ((section, bytes), (_, dense)) in Cost::by_section(&self.glyphs).iter().zip(Cost::by_section(&dense)) {
            let _ = writeln!(text, "| {section} | {bytes} | {dense} |");
        }
        text
    }
}

/// A file that is not as it should be.
pub(crate) struct Changed {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// What it says.
    pub(crate) before: String,
    /// What it should say.
    pub(crate) after: String,
}

fn changed(files: Vec<(PathBuf, String)>) -> Result<Vec<Changed>, Failure> {
    let mut changed = Vec::new();
    for (path, after) in files {
        let before = before(&path)?;
        if before != after {
            changed.push(Changed { path, before, after });
        }
    }
    Ok(changed)
}

/// What a file says now; nothing if it is not there.
fn before(path: &Path) -> Result<String, Failure> {
    match fs::read(path) {
        // Whatever it holds that is no text differs from what it should hold.
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(Failure::file(path, &error)),
    }
}

/// What changed in a file, as JSON: `{"file","added":[line],"removed":[line]}`.
#[derive(Serialize)]
struct Lines<'a> {
    file: String,
    added: Vec<&'a str>,
    removed: Vec<&'a str>,
}

impl Changed {
    fn lines(&self) -> Lines<'_> {
        let (added, removed) = (surplus(&self.after, &self.before), surplus(&self.before, &self.after));
        Lines { file: self.path.display().to_string(), added, removed }
    }

    /// The lines that went and came, in the order of the file.
    pub(crate) fn difference(&self) -> String {
        let (gone, came) = (surplus(&self.before, &self.after), surplus(&self.after, &self.before));
        let path = self.path.display().to_string();
        let mut text = format!(
            "{} {}\n",
            paint(HEADING, &path),
            if self.before.is_empty() { "is new".to_owned() } else { format!("-{} +{} lines", gone.len(), came.len()) },
        );
        if !self.before.is_empty() {
            // Of a font it is told which characters went and came, and not each row of their pixels; of a table that
            // nobody reads as it stands, nothing.
            let extension = self.path.extension().and_then(|extension| extension.to_str());
            let is_told = |line: &&str| match extension {
                Some("bdf") => line.starts_with("STARTCHAR"),
                Some("txt") => false,
                _ => true,
            };
            let mut lines: Vec<(&str, bool)> = gone.into_iter().filter(is_told).map(|line| (line, false)).collect();
            lines.extend(came.into_iter().filter(is_told).map(|line| (line, true)));
            // Lines about the same thing begin alike and so stand one above the other.
            lines.sort_by_key(|(line, is_new)| (subject(line), *is_new));
            for (line, is_new) in lines {
                let (style, sign) = if is_new { (DATE, '+') } else { (GONE, '-') };
                let _ = writeln!(text, "{}", paint(style, &format!("  {sign} {line}")));
            }
        }
        text
    }
}

/// What a generated line is about: everything before its numbers.
fn subject(line: &str) -> &str {
    line.find(|c: char| c.is_ascii_digit() && (line.starts_with('|') || line.contains(',')))
        .map_or(line, |_| line.rsplitn(3, [',', '|']).last().unwrap_or(line))
}

/// The lines of one text that the other one does not have, as often as it lacks them.
fn surplus<'a>(text: &'a str, other: &str) -> Vec<&'a str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for line in other.lines() {
        *counts.entry(line).or_default() += 1;
    }
    let mut surplus = Vec::new();
    for line in text.lines() {
        match counts.get_mut(line) {
            Some(count) if *count > 0 => *count -= 1,
            _ => surplus.push(line),
        }
    }
    surplus
}

/// Writes a file whole or not at all: beside itself first, then in its own place. Everything is written through this.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let attempt = || -> io::Result<()> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder {
            fs::create_dir_all(folder)?;
        }
        // Data folders ignore names that begin with a point, so that a leftover of a crash does no harm.
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let written = fs::File::create(&beside).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        });
        let outcome = written.and_then(|()| fs::rename(&beside, path));
        if outcome.is_err() {
            let _ = fs::remove_file(&beside);
        }
        outcome
    };
    attempt().map_err(|error| Failure::file(path, &error))
}

#[cfg(test)]
mod tests {
    use super::{Cost, subject, surplus};

    #[test]
    fn surplus_lines_are_counted() {
        assert_eq!(surplus("a\na\nb\n", "a\nc\n"), ["a", "b"]);
        assert!(surplus("a\n", "a\na\n").is_empty());
    }

    #[test]
    fn lines_about_the_same_record_have_the_same_subject() {
        assert_eq!(subject("site,chiba,12,00ff"), subject("site,chiba,345,ff00"));
        assert_ne!(subject("site,chiba,12,00ff"), subject("site,naka,12,00ff"));
    }

    #[test]
    fn sections_add_up() {
        let cost = |section: &str, bytes| Cost { section: section.to_owned(), table: String::new(), bytes };
        assert_eq!(Cost::by_section(&[cost("core", 1), cost("ja", 2), cost("core", 3)]), [("core", 4), ("ja", 2)]);
    }
}
