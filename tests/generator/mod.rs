//! Writes chronicles of random but consistent data as TOML text.
//!
//! First a truth is thrown: exact days on which organisations begin, change and end. Then each day is written down as
//! somebody might know it: exactly, vaguely, doubtfully, as a set, or not at all. What is consistent in truth is never
//! *certainly* inconsistent in writing, so the checks must accept it.

mod milestones;
mod organizations;
pub(crate) mod writing;

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::oracle::dice::Dice;
use crate::oracle::fnv;
use writing::Pen;

/// How large a chronicle is to be, and of what shape.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) languages: Vec<&'static str>,
    pub(crate) milestones: usize,
    pub(crate) organizations: usize,
    /// Of each other kind.
    pub(crate) others: usize,
    /// The first and the last year of the story.
    pub(crate) years: (i32, i32),
    /// How many of a hundred organisations belong to the last one before them that is there: long chains.
    pub(crate) chains: usize,
    /// Whether hardly any day is known exactly.
    pub(crate) vague: bool,
}

/// The slugs of each kind.
struct Slugs {
    milestones: Vec<String>,
    organizations: Vec<String>,
    sites: Vec<String>,
    people: Vec<String>,
    themes: Vec<String>,
    documents: Vec<String>,
    statements: Vec<String>,
    sources: Vec<String>,
}

impl Slugs {
    fn of(plan: &Plan, dice: &mut Dice, taken: &mut HashSet<u32>) -> Self {
        let mut slugs = |word: &str, count: usize| -> Vec<String> {
            let mut slugs = Vec::new();
            while slugs.len() < count {
                // The random part makes the order of slugs another one than that of writing.
                let slug = format!("{word}-{:03}-{}", dice.below(1000), slugs.len());
                if taken.insert(fnv(&slug)) {
                    slugs.push(slug);
                }
            }
            slugs
        };
        Self {
            milestones: slugs("event", plan.milestones),
            organizations: slugs("body", plan.organizations),
            sites: slugs("site", plan.others),
            people: slugs("person", plan.others),
            themes: slugs("theme", plan.others),
            documents: slugs("paper", plan.others),
            statements: slugs("claim", plan.others),
            // Every record cites a source, so there is at least one.
            sources: slugs("source", plan.others.max(1)),
        }
    }
}

/// What the parts of the generator share.
struct Writer<'p> {
    plan: &'p Plan,
    pen: Pen,
    slugs: Slugs,
    /// The hashes of all keys so far.
    taken: HashSet<u32>,
    files: Vec<(String, Vec<u8>)>,
}

/// The files of a data folder.
pub(crate) fn chronicle(plan: &Plan) -> Vec<(String, Vec<u8>)> {
    let mut dice = Dice(plan.seed);
    let mut taken = HashSet::new();
    let slugs = Slugs::of(plan, &mut dice, &mut taken);
    let pen = Pen { dice, languages: plan.languages.clone(), vague: plan.vague };
    let mut writer = Writer { plan, pen, slugs, taken, files: Vec::new() };
    writer.manifest();
    let reforms = writer.organizations();
    writer.milestones(&reforms);
    writer.sites();
    writer.people();
    writer.themes();
    writer.documents();
    writer.statements();
    writer.sources();
    writer.files
}

impl Writer<'_> {
    fn put(&mut self, folder: &str, slug: &str, body: &str) {
        let mut text = format!("key = \"{slug}\"\n");
        let alias = format!("old-{}-{slug}", self.pen.dice.below(100));
        if self.pen.dice.chance(10) && self.taken.insert(fnv(&alias)) {
            let _ = writeln!(text, "aliases = [\"{alias}\"]");
        }
        text.push_str(body);
        self.files.push((format!("{folder}/{slug}.toml"), text.into_bytes()));
    }

    fn manifest(&mut self) {
        let mut text = String::new();
        for field in ["name", "credit", "notice"] {
            self.pen.text(&mut text, field);
        }
        let languages: Vec<String> = self.plan.languages.iter().map(|tag| format!("\"{tag}\"")).collect();
        let _ = writeln!(text, "languages = [{}]", languages.join(", "));
        let _ = writeln!(text, "version = \"{}.2.3\"\nas_of = \"2026-11-22\"", self.pen.dice.below(1000));
        text.push_str("licence = \"CC0-1.0\"\n");
        if let Some(subject) = self.slugs.organizations.first() {
            let _ = writeln!(text, "subject = \"{subject}\"");
        }
        self.files.push(("chronicle.toml".to_owned(), text.into_bytes()));
    }

    /// A list of some records of a kind, or nothing.
    fn list(&mut self, text: &mut String, field: &str, of: fn(&Slugs) -> &[String], most: usize) {
        let all = of(&self.slugs);
        if all.is_empty() {
            return;
        }
        let some: Vec<String> =
            self.pen.dice.some(all.len(), most).into_iter().map(|at| format!("\"{}\"", all[at])).collect();
        if !some.is_empty() || self.pen.dice.chance(20) {
            let _ = writeln!(text, "{field} = [{}]", some.join(", "));
        }
    }

    /// Sources without dates. `C` asks for a note, which the caller has written if `noted`.
    fn citations(&mut self, text: &mut String, noted: bool) {
        let count = self.slugs.sources.len();
        let mut rows = Vec::new();
        let mut cited = self.pen.dice.some(count, 3);
        if cited.is_empty() {
            cited.push(self.pen.dice.below(count));
        }
        for source in cited {
            let certainty = self.pen.dice.of(if noted { &["A", "B", "C"] } else { &["A", "A", "B"] });
            rows.push(format!("{{ source = \"{}\", certainty = \"{certainty}\" }}", self.slugs.sources[source]));
        }
        let _ = writeln!(text, "sources = [{}]", rows.join(", "));
    }

    /// Summary, perhaps a note, and sources.
    fn common(&mut self, text: &mut String, summary_percent: usize) {
        if self.pen.dice.chance(summary_percent) {
            self.pen.text(text, "summary");
        }
        let noted = self.pen.dice.chance(30);
        if noted {
            self.pen.text(text, "note");
        }
        self.citations(text, noted);
    }

    /// A larger record of the same kind that stands before this one, never in a chain longer than `limit`.
    fn larger(&mut self, depths: &mut Vec<usize>, percent: usize, limit: usize) -> Option<usize> {
        let at = depths.len();
        let larger = (at > 0 && self.pen.dice.chance(percent)).then(|| self.pen.dice.below(at));
        let larger = larger.filter(|larger| depths[*larger] + 1 < limit);
        depths.push(larger.map_or(0, |larger| depths[larger] + 1));
        larger
    }

    /// An existence that is consistent in itself.
    fn existence(&mut self, text: &mut String) {
        if self.pen.dice.chance(40) {
            return;
        }
        let (first, last) = writing::range(self.plan.years);
        let from = self.pen.dice.between(first, last);
        let to = self.pen.dice.between(from, last);
        let from = self.pen.dice.chance(80).then(|| self.pen.bound(from));
        let to = match self.pen.dice.below(4) {
            0 => None,
            1 => Some("..".to_owned()),
            _ => Some(self.pen.bound(to)),
        };
        let period = writing::period(from.as_deref(), to.as_deref());
        if !period.is_empty() {
            let _ = writeln!(text, "exists = {{ {} }}", period.join(", "));
        }
    }

    fn sites(&mut self) {
        const KINDS: [&str; 6] = ["site", "campus", "place", "facility", "building", "device"];
        let mut depths = Vec::new();
        for slug in self.slugs.sites.clone() {
            let mut text = format!("kind = \"{}\"\n", self.pen.dice.of(&KINDS));
            self.pen.text(&mut text, "name");
            self.pen.descriptive(&mut text);
            if let Some(larger) = self.larger(&mut depths, 50, 60) {
                let _ = writeln!(text, "within = \"{}\"", self.slugs.sites[larger]);
            }
            if self.pen.dice.chance(30) {
                self.pen.text(&mut text, "address");
            }
            self.existence(&mut text);
            self.list(&mut text, "organizations", |slugs| &slugs.organizations, 3);
            self.list(&mut text, "themes", |slugs| &slugs.themes, 2);
            self.common(&mut text, 50);
            self.put("sites", &slug, &text);
        }
    }

    fn people(&mut self) {
        for slug in self.slugs.people.clone() {
            let mut text = String::new();
            self.pen.text(&mut text, "name");
            self.pen.descriptive(&mut text);
            self.list(&mut text, "organizations", |slugs| &slugs.organizations, 2);
            self.common(&mut text, 100);
            self.put("people", &slug, &text);
        }
    }

    fn themes(&mut self) {
        let mut depths = Vec::new();
        for slug in self.slugs.themes.clone() {
            let mut text = String::new();
            self.pen.text(&mut text, "name");
            self.pen.descriptive(&mut text);
            if let Some(larger) = self.larger(&mut depths, 50, 60) {
                let _ = writeln!(text, "broader = \"{}\"", self.slugs.themes[larger]);
            }
            self.common(&mut text, 100);
            self.put("themes", &slug, &text);
        }
    }

    fn documents(&mut self) {
        const KINDS: [&str; 6] = ["strategy", "plan", "law", "status", "booklet", "therapy"];
        for slug in self.slugs.documents.clone() {
            let mut text = format!("kind = \"{}\"\n", self.pen.dice.of(&KINDS));
            self.pen.text(&mut text, "name");
            self.pen.descriptive(&mut text);
            self.existence(&mut text);
            self.list(&mut text, "organizations", |slugs| &slugs.organizations, 2);
            self.list(&mut text, "themes", |slugs| &slugs.themes, 2);
            self.common(&mut text, 100);
            self.put("documents", &slug, &text);
        }
    }

    fn statements(&mut self) {
        const KINDS: [&str; 6] = ["mission", "goal", "strength", "background", "argument", "progress"];
        for slug in self.slugs.statements.clone() {
            let mut text = format!("kind = \"{}\"\n", self.pen.dice.of(&KINDS));
            self.pen.text(&mut text, "title");
            self.list(&mut text, "organizations", |slugs| &slugs.organizations, 2);
            self.list(&mut text, "sites", |slugs| &slugs.sites, 2);
            self.list(&mut text, "themes", |slugs| &slugs.themes, 2);
            self.list(&mut text, "people", |slugs| &slugs.people, 2);
            self.list(&mut text, "documents", |slugs| &slugs.documents, 2);
            self.list(&mut text, "milestones", |slugs| &slugs.milestones, 3);
            self.common(&mut text, 100);
            self.put("statements", &slug, &text);
        }
    }

    fn sources(&mut self) {
        const KINDS: [&str; 5] = ["booklet", "release", "news", "minutes", "report"];
        for slug in self.slugs.sources.clone() {
            let mut text = format!("kind = \"{}\"\n", self.pen.dice.of(&KINDS));
            self.pen.text(&mut text, "title");
            self.pen.text(&mut text, "publisher");
            if self.pen.dice.chance(60) {
                let _ = writeln!(text, "address = \"https://example.org/{slug}?page={}\"", self.pen.dice.below(9));
            }
            if self.pen.dice.chance(60) {
                let (first, last) = writing::range(self.plan.years);
                let day = self.pen.dice.between(first, last);
                let _ = writeln!(text, "date = \"{}\"", self.pen.bound(day));
            }
            if self.pen.dice.chance(20) {
                let _ = writeln!(text, "weak = {}", self.pen.dice.chance(70));
            }
            if self.pen.dice.chance(30) {
                self.pen.text(&mut text, "note");
            }
            self.put("sources", &slug, &text);
        }
    }
}
