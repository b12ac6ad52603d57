//! Judges the data: every check is a sentence that must hold, in one table. Host only.

mod cycles;
mod keys;
mod periods;
mod references;
mod ruby;
mod sources;
pub(crate) mod texts;
mod times;

use std::collections::HashMap;
use std::sync::OnceLock;

use nenpyo_schema::RecordKind;

use crate::crew::Crew;
use crate::files::Files;
use crate::model::{At, ChronicleData, CitationToml, Place, RecordToml, Reference, TextToml};
use crate::problem::{Problem, Report};
use crate::read;
use crate::ruby::Terms;
use texts::Text;

/// What the checks look at.
pub(crate) struct Context<'a> {
    pub(crate) data: &'a ChronicleData,
    /// All records, in the order of kinds and files.
    pub(crate) records: Vec<Record<'a>>,
    /// All texts in one language each.
    pub(crate) texts: Vec<Text<'a>>,
    /// Where the organisation with this key stands in the data.
    pub(crate) organizations: HashMap<&'a str, usize>,
    files: &'a Files,
    terms: OnceLock<Terms>,
    keys: OnceLock<references::Keys<'a>>,
}

/// What all kinds of record have in common.
pub(crate) struct Record<'a> {
    pub(crate) kind: RecordKind,
    pub(crate) key: &'a At<String>,
    pub(crate) aliases: &'a [At<String>],
    pub(crate) place: Place,
    pub(crate) note: bool,
    pub(crate) sources: &'a [CitationToml],
    /// The fields that refer to other records.
    pub(crate) references: Vec<References<'a>>,
}

/// A field that refers to other records.
pub(crate) struct References<'a> {
    pub(crate) field: &'static str,
    pub(crate) kind: RecordKind,
    /// Whether naming a record twice is a mistake.
    pub(crate) once: bool,
    pub(crate) items: Vec<&'a Reference>,
}

struct Check {
    name: &'static str,
    run: fn(&Context, &mut Report),
}

macro_rules! table {
    ($($module:ident::$check:ident,)+) => {
        &[$(Check { name: stringify!($check), run: $module::$check }),+]
    };
}

const CHECKS: &[Check] = table! {
    texts::texts_are_not_empty,
    texts::texts_have_no_space_around_them,
    texts::texts_are_nfc,
    texts::texts_have_no_control_characters,
    texts::texts_are_not_too_long,
    keys::aliases_are_kebab_case,
    keys::keys_are_unique,
    keys::keys_are_not_reserved,
    keys::keys_have_different_hashes,
    keys::numbers_fit_the_tables,
    references::references_lead_somewhere,
    references::references_stand_once,
    references::origins_are_originals,
    references::the_subject_is_an_organisation,
    cycles::parents_form_no_cycle,
    cycles::sites_form_no_cycle,
    cycles::themes_form_no_cycle,
    cycles::parts_form_no_cycle,
    cycles::causes_form_no_cycle,
    cycles::nothing_is_nested_too_deep,
    periods::organisations_have_names_and_kinds,
    periods::periods_are_ordered,
    periods::names_follow_one_another,
    periods::kinds_follow_one_another,
    periods::parents_follow_one_another,
    periods::periods_lie_within_existence,
    periods::parents_exist_at_the_time,
    periods::supervisors_exist_at_the_time,
    periods::changes_agree_with_periods,
    sources::records_cite_sources,
    sources::addresses_are_web_addresses,
    sources::chosen_dates_have_a_source,
    sources::contradictions_have_a_note,
    sources::inferences_have_a_note,
    ruby::ruby_is_well_formed,
    ruby::readings_are_kana,
    ruby::terms_carry_ruby,
    ruby::rare_kanji_carry_ruby,
    ruby::names_carry_their_reading,
    ruby::words_have_one_reading,
};

/// The names of all checks of this stage.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    CHECKS.iter().map(|check| check.name)
}

/// Runs every check.
pub(crate) fn check(files: &Files, data: &ChronicleData, crew: &Crew, problems: &mut Vec<Problem>) {
    crew.begin("checking", CHECKS.len());
    let context = Context::new(files, data);
    let told = crew.all(CHECKS.len(), |check| {
        let (check, mut told) = (&CHECKS[check], Vec::new());
        (check.run)(&context, &mut Report::new(files, check.name, &mut told));
        crew.advance(1);
        told
    });
    problems.extend(told.into_iter().flatten());
}

impl<'a> Context<'a> {
    fn new(files: &'a Files, data: &'a ChronicleData) -> Self {
        Self {
            data,
            records: records(data),
            texts: texts::of(data),
            organizations: data.organizations.iter().enumerate().map(|(i, o)| (o.key.value.as_str(), i)).collect(),
            files,
            terms: OnceLock::new(),
            keys: OnceLock::new(),
        }
    }

    /// Whether the file is TOML: otherwise nobody knows what else it holds, and it is not compared with others.
    pub(crate) fn is_toml(&self, place: Place) -> bool {
        self.data.gaps.is_toml(place.file)
    }

    /// Whether a field of the record or row at this place was read, or is surely not there. A check asks this of
    /// each field that it compares: in its stead a stand-in would be judged.
    pub(crate) fn is_read(&self, table: Place, field: &'static str) -> bool {
        self.data.gaps.is_read(table, field)
    }

    /// The kinds of record of each key, with those of files that may or may not have been read.
    fn keys(&self) -> &references::Keys<'a> {
        self.keys.get_or_init(|| references::keys(&self.records, read::promised_keys(self.files)))
    }

    /// The kinds whose folder could not be read.
    pub(crate) fn unread_kinds(&self) -> Vec<RecordKind> {
        let is_unread = |kind: &RecordKind| {
            let folder = read::fields::folder(*kind);
            self.files.unread().iter().any(|(path, _)| path == folder)
        };
        RecordKind::ALL.iter().copied().filter(is_unread).collect()
    }

    /// Where a field of a record stands that is there and says nothing: `sources = []`.
    pub(crate) fn place_of_field(&self, record: Place, name: &str) -> Place {
        let text = self.files.text(record.file);
        let is_field = |line: &str| line.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with('='));
        let mut lines = text.split_inclusive('\n').scan(0, |end, line| {
            *end += line.len();
            Some((*end - line.len(), line))
        });
        let found = lines.find(|(_, line)| is_field(line));
        found.map_or(record, |(start, _)| Place { start, end: start + name.len(), ..record })
    }

    /// The words whose reading is known.
    pub(crate) fn terms(&self) -> &Terms {
        self.terms.get_or_init(|| Terms::of(self.data))
    }

    /// A text in the first language that it has, for messages.
    pub(crate) fn shown(text: &TextToml) -> String {
        let first = text.languages.iter().flatten().next();
        first.map_or_else(String::new, |at| crate::ruby::plain(&at.value))
    }
}

/// The common view of all records.
fn records(data: &ChronicleData) -> Vec<Record<'_>> {
    let mut records = Vec::new();
    for record in &data.milestones {
        let body = &record.body;
        let mut view = view(RecordKind::Milestone, record);
        view.refer("participants", RecordKind::Organization, false, body.participants.iter().map(|p| &p.organization));
        view.refer("from", RecordKind::Organization, false, body.participants.iter().flat_map(|p| &p.from));
        view.refer("part_of", RecordKind::Milestone, true, &body.part_of);
        view.refer("because_of", RecordKind::Milestone, true, &body.because_of);
        records.push(view);
    }
    for record in &data.organizations {
        let body = &record.body;
        let mut view = view(RecordKind::Organization, record);
        view.refer("parents", RecordKind::Organization, false, body.parents.iter().map(|p| &p.organization));
        view.refer("supervisors", RecordKind::Organization, false, body.supervisors.iter().map(|s| &s.organization));
        records.push(view);
    }
    for record in &data.sites {
        let mut view = view(RecordKind::Site, record);
        view.refer("within", RecordKind::Site, true, &record.body.within);
        records.push(view);
    }
    records.extend(data.people.iter().map(|record| view(RecordKind::Person, record)));
    for record in &data.themes {
        let mut view = view(RecordKind::Theme, record);
        view.refer("broader", RecordKind::Theme, true, &record.body.broader);
        records.push(view);
    }
    records.extend(data.documents.iter().map(|record| view(RecordKind::Document, record)));
    records.extend(data.statements.iter().map(|record| view(RecordKind::Statement, record)));
    records.extend(data.sources.iter().map(|record| view(RecordKind::Source, record)));
    records
}

fn view<B>(kind: RecordKind, record: &RecordToml<B>) -> Record<'_> {
    let RecordToml { key, aliases, place, note, sources, .. } = record;
    let mut view = Record { kind, key, aliases, place: *place, note: note.is_some(), sources, references: Vec::new() };
    view.refer("organizations", RecordKind::Organization, true, &record.organizations);
    view.refer("sites", RecordKind::Site, true, &record.sites);
    view.refer("themes", RecordKind::Theme, true, &record.themes);
    view.refer("people", RecordKind::Person, true, &record.people);
    view.refer("documents", RecordKind::Document, true, &record.documents);
    view.refer("milestones", RecordKind::Milestone, true, &record.milestones);
    view.refer("sources", RecordKind::Source, false, record.sources.iter().map(|citation| &citation.source));
    view
}

impl<'a> Record<'a> {
    /// The key and the older ones.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'a At<String>> {
        std::iter::once(self.key).chain(self.aliases)
    }

    fn refer(
        &mut self,
        field: &'static str,
        kind: RecordKind,
        once: bool,
        items: impl IntoIterator<Item = &'a Reference>,
    ) {
        let items: Vec<_> = items.into_iter().collect();
        if !items.is_empty() {
            self.references.push(References { field, kind, once, items });
        }
    }
}
