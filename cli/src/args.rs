//! What can be typed: the subcommands and their options. Runs on the host.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args, Subcommand};
use nenpyo::{Day, Edtf, EdtfError, Language, MilestoneKind, RecordKind};

/// What the command is asked to do.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Check the data folder and tell every problem with file, line and column
    Check(Check),
    /// Rewrite the `generated` folder beside the data folder, and print what changed
    Regen(Rewrite),
    /// Write the missing readings (ruby) into the Japanese texts of the data folder
    Ruby(Rewrite),
    /// List all records of a kind
    List(List),
    /// Show one record of any kind in full
    Show(Show),
    /// Milestones in order of time, as far as they pass every filter
    Timeline(Timeline),
    /// Organisations as of a date, as a tree
    Orgs(Orgs),
    /// Search all texts, Japanese readings and romaji included; best first
    Search(Search),
    /// A tour: today in history, the timeline, two trees side by side, one milestone in full
    Demo(Demo),
}

/// Where the data is.
#[derive(Args, Clone, Debug, Default)]
pub struct Folder {
    /// The data folder
    #[arg(long, value_name = "DIR", help_heading = "Data and output")]
    pub data: Option<PathBuf>,
}

/// How something is shown.
#[derive(Args, Clone, Debug, Default)]
pub struct Look {
    /// Where the data is.
    #[command(flatten)]
    pub folder: Folder,
    /// Print JSON, with every language
    #[arg(long, help_heading = "Data and output")]
    pub json: bool,
    /// The languages to show, such as `ja`, `en` or `ja,en`
    #[arg(long, value_name = "LANG", value_delimiter = ',', value_parser = language, help_heading = "Data and output")]
    pub lang: Vec<Language>,
}

/// `check`
#[derive(Args, Clone, Debug)]
pub struct Check {
    /// Where the data is.
    #[command(flatten)]
    pub folder: Folder,
    /// Print the problems as JSON
    #[arg(long, help_heading = "Data and output")]
    pub json: bool,
}

/// `regen` and `ruby`
#[derive(Args, Clone, Debug)]
pub struct Rewrite {
    /// Write nothing; fail if something would be written
    #[arg(long)]
    pub check: bool,
    /// Where the data is.
    #[command(flatten)]
    pub folder: Folder,
    /// Print what changed as JSON
    #[arg(long, help_heading = "Data and output")]
    pub json: bool,
}

/// `list`
#[derive(Args, Clone, Debug)]
pub struct List {
    /// Which kind, singular or plural
    #[arg(value_name = "KIND", value_parser = record_kind())]
    pub kind: RecordKind,
    /// How it is shown.
    #[command(flatten)]
    pub look: Look,
}

/// `show`
#[derive(Args, Clone, Debug)]
pub struct Show {
    /// The key of the record, as `list` prints it
    pub key: String,
    /// Show the readings of Japanese words: 量子（りょうし）
    #[arg(long)]
    pub ruby: bool,
    /// How it is shown.
    #[command(flatten)]
    pub look: Look,
}

/// `timeline`
#[derive(Args, Clone, Debug)]
#[command(group = ArgGroup::new("span").multiple(true))]
pub struct Timeline {
    /// From the first day of this date on
    #[arg(long, value_name = "EDTF", value_parser = edtf, allow_negative_numbers = true, group = "span")]
    pub from: Option<Edtf>,
    /// Up to the last day of this date
    #[arg(long, value_name = "EDTF", value_parser = edtf, allow_negative_numbers = true, group = "span")]
    pub to: Option<Edtf>,
    /// Only what surely happened within that time; otherwise what possibly did
    #[arg(long, requires = "span", conflicts_with = "overlapping")]
    pub surely: bool,
    /// Also what was going on at that time
    #[arg(long, requires = "span")]
    pub overlapping: bool,
    /// Only milestones of this kind
    #[arg(long, value_parser = milestone_kind())]
    pub kind: Option<MilestoneKind>,
    /// Only those in which this organisation took part
    #[arg(long, value_name = "KEY")]
    pub org: Option<String>,
    /// … or a unit that was below it then
    #[arg(long, requires = "org")]
    pub with_units: bool,
    /// Only those at this site
    #[arg(long, value_name = "KEY")]
    pub site: Option<String>,
    /// Only those about this theme
    #[arg(long, value_name = "KEY")]
    pub theme: Option<String>,
    /// Only those in which this person took part
    #[arg(long, value_name = "KEY")]
    pub person: Option<String>,
    /// Only those that concern this document or programme
    #[arg(long, value_name = "KEY")]
    pub document: Option<String>,
    /// How it is shown.
    #[command(flatten)]
    pub look: Look,
}

/// `orgs`
#[derive(Args, Clone, Debug)]
pub struct Orgs {
    /// As of the last day of this date; by default the day up to which the data was looked after
    #[arg(long, value_name = "EDTF", value_parser = ending, allow_negative_numbers = true)]
    pub at: Option<Edtf>,
    /// Only this organisation and what is below it
    #[arg(long, value_name = "KEY")]
    pub root: Option<String>,
    /// What this organisation came from and what came from it; with `--at`, those that existed then
    #[arg(long, value_name = "KEY", conflicts_with = "root")]
    pub lineage: Option<String>,
    /// What was added, went, moved or was renamed between two dates
    #[arg(
        long,
        num_args = 2,
        value_names = ["EDTF", "EDTF"],
        value_parser = ending,
        allow_negative_numbers = true,
        conflicts_with_all = ["at", "lineage"]
    )]
    pub diff: Vec<Edtf>,
    /// How it is shown.
    #[command(flatten)]
    pub look: Look,
}

/// `search`
#[derive(Args, Clone, Debug)]
pub struct Search {
    /// What to look for: words in any order and any language; '"…"' keeps a phrase
    #[arg(value_name = "TEXT", required = true)]
    pub text: Vec<String>,
    /// Only records of this kind, in the singular or plural
    #[arg(long, value_parser = record_kind())]
    pub kind: Option<RecordKind>,
    /// How it is shown, and which languages are searched.
    #[command(flatten)]
    pub look: Look,
}

/// `demo`
#[derive(Args, Clone, Debug, Default)]
pub struct Demo {
    /// The day to show, instead of the present day in Japan
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Edtf>,
    /// How it is shown.
    #[command(flatten)]
    pub look: Look,
}

/// Reads a date in EDTF; the error points at the place.
fn edtf(text: &str) -> Result<Edtf, String> {
    Edtf::parse(text).map_err(|error| with_caret(text, error))
}

fn with_caret(text: &str, error: EdtfError) -> String {
    let before = text.get(..error.offset()).unwrap_or(text);
    format!("{error}\n\n  {text}\n  {}^", " ".repeat(crate::width::of(before)))
}

/// Reads a date that has a last day: organisations are told as of that day.
fn ending(text: &str) -> Result<Edtf, String> {
    let date = edtf(text)?;
    if date.as_of() < Day::MAX {
        return Ok(date);
    }
    Err(format!("`{text}` has no last day to look at; give a date that ends, such as `2019-05` or `2019-05-01`"))
}

/// Reads a day.
fn day(text: &str) -> Result<Edtf, String> {
    let date = edtf(text)?;
    if date.certain_day().is_some() {
        return Ok(date);
    }
    Err(format!("one day is needed, such as `2026-04-01`; `{text}` is longer or not certain"))
}

fn language(text: &str) -> Result<Language, String> {
    Language::new(text).ok_or_else(|| "a language is written as two or three letters, such as `ja` or `en`".to_owned())
}

/// The kinds of record, in the plural that `list` is asked for, and their other spellings.
pub(crate) const KINDS: [(RecordKind, &str, &[&str]); 8] = [
    (RecordKind::Milestone, "milestones", &["milestone"]),
    (RecordKind::Organization, "organizations", &["organization", "organisations", "organisation", "orgs", "org"]),
    (RecordKind::Site, "sites", &["site"]),
    (RecordKind::Person, "people", &["person", "persons"]),
    (RecordKind::Theme, "themes", &["theme"]),
    (RecordKind::Document, "documents", &["document"]),
    (RecordKind::Statement, "statements", &["statement"]),
    (RecordKind::Source, "sources", &["source"]),
];

fn record_kind() -> impl TypedValueParser<Value = RecordKind> {
    let values = KINDS.map(|(_, name, aliases)| PossibleValue::new(name).aliases(aliases));
    PossibleValuesParser::new(values).try_map(|word| {
        let found = KINDS.iter().find(|(_, name, aliases)| *name == word || aliases.contains(&word.as_str()));
        found.map(|(kind, _, _)| *kind).ok_or("no such kind")
    })
}

fn milestone_kind() -> impl TypedValueParser<Value = MilestoneKind> {
    PossibleValuesParser::new(MilestoneKind::ALL.iter().map(|kind| kind.name()))
        .try_map(|word| MilestoneKind::from_name(&word).ok_or("no such kind"))
}
