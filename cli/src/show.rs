//! `show`: one record of any kind in full, and everything that points at it. Runs on the host.

use nenpyo::{
    AnyRecord, Citations, Claim, Details, Edtf, End, Language, Milestone, Organization, Period, RecordKind,
    ReferrerKind, Referrers, Role, Site, Source, Statement, Text, date,
};

use crate::args::Show;
use crate::opened::View;
use crate::table::{Cell, Column, DATE, DOUBT, HEADING, KEY, PLAIN, QUIET, Table, cell, paint};
use crate::{Failure, Home, Opened, Page, find, page, width};

/// Shows the record.
pub(crate) fn run(args: &Show, home: &Home) -> Result<Page, Failure> {
    let opened = Opened::of(&args.look.folder, home)?;
    let chronicle = opened.chronicle()?;
    let view = View::new(&chronicle, &args.look.lang, true)?;
    let record = find::any(&chronicle, &args.key)?;
    if args.look.json {
        return page::json(&record);
    }
    Ok(Page::from(full(&view, &record, args.ruby)))
}

/// The record in full: its texts in each language, then everything it names and what names it.
pub(crate) fn full(view: &View<'_>, record: &AnyRecord<'_>, ruby: bool) -> String {
    let (kind, subkind) = (record.kind().name(), subkind(record));
    let dot = if subkind.is_empty() { "" } else { " · " };
    let (key, what) = (find::slug(record), format!("{kind}{dot}{subkind}"));
    let room = view.columns.unwrap_or(usize::MAX);
    let mut text = if width::of(&key) + 2 + width::of(&what) <= room {
        format!("{}  {}\n", paint(KEY, &key), paint(QUIET, &what))
    } else {
        page::paragraph(KEY, &key, view.columns) + &page::paragraph(QUIET, &what, view.columns)
    };
    for language in &view.languages {
        texts(view, record, *language, ruby, &mut text);
    }
    let mut facts = Facts::new(view);
    facts.of(record);
    text.push('\n');
    text.push_str(&facts.table.render(0, view.columns));
    text
}

fn subkind(record: &AnyRecord<'_>) -> &'static str {
    match record {
        AnyRecord::Milestone(milestone) => milestone.kind().name(),
        AnyRecord::Organization(organization) => organization.kinds().next_back().map_or("", |kind| kind.value.name()),
        AnyRecord::Site(site) => site.kind().name(),
        AnyRecord::Document(document) => document.kind().name(),
        AnyRecord::Statement(statement) => statement.kind().name(),
        AnyRecord::Source(source) => source.kind().name(),
        _ => "",
    }
}

fn details<'a>(record: &AnyRecord<'a>) -> Option<Details<'a>> {
    match record {
        AnyRecord::Milestone(record) => record.details(),
        AnyRecord::Organization(record) => record.details(),
        AnyRecord::Site(record) => record.details(),
        AnyRecord::Person(record) => record.details(),
        AnyRecord::Theme(record) => record.details(),
        AnyRecord::Document(record) => record.details(),
        AnyRecord::Statement(record) => record.details(),
        _ => None,
    }
}

fn citations<'a>(record: &AnyRecord<'a>) -> Option<Citations<'a>> {
    Some(match record {
        AnyRecord::Milestone(record) => record.sources(),
        AnyRecord::Organization(record) => record.sources(),
        AnyRecord::Site(record) => record.sources(),
        AnyRecord::Person(record) => record.sources(),
        AnyRecord::Theme(record) => record.sources(),
        AnyRecord::Document(record) => record.sources(),
        AnyRecord::Statement(record) => record.sources(),
        _ => return None,
    })
}

fn referrers<'a>(record: &AnyRecord<'a>) -> Option<Referrers<'a>> {
    Some(match record {
        AnyRecord::Milestone(record) => record.referrers(),
        AnyRecord::Organization(record) => record.referrers(),
        AnyRecord::Site(record) => record.referrers(),
        AnyRecord::Person(record) => record.referrers(),
        AnyRecord::Theme(record) => record.referrers(),
        AnyRecord::Document(record) => record.referrers(),
        AnyRecord::Statement(record) => record.referrers(),
        _ => return None,
    })
}

/// Title, summary and note in one language, wrapped to the terminal.
fn texts(view: &View<'_>, record: &AnyRecord<'_>, language: Language, ruby: bool, out: &mut String) {
    let plain = |text: Text<'_>| if ruby { width::with_readings(&text) } else { text.to_string() };
    let mut paragraph = |style, text: String| out.push_str(&page::paragraph(style, &text, view.columns));
    paragraph(PLAIN, String::new());
    if let Some(title) = record.title(language) {
        paragraph(HEADING, plain(title));
    }
    let details = details(record);
    let note = match record {
        AnyRecord::Source(source) => {
            if let Some(publisher) = source.publisher(language) {
                paragraph(PLAIN, plain(publisher));
            }
            source.note(language)
        }
        _ => details.and_then(|details| details.note(language)),
    };
    let (summary, address) =
        (details.and_then(|details| details.summary(language)), details.and_then(|details| details.address(language)));
    for text in summary.into_iter().chain(address) {
        paragraph(PLAIN, plain(text));
    }
    if let Some(note) = note {
        let word = if language == Language::JA { "注：" } else { "Note: " };
        paragraph(QUIET, format!("{word}{}", plain(note)));
    }
    if details.is_some_and(|details| details.is_descriptive(language)) {
        let word = if language == Language::JA {
            "（この名は年表による説明）"
        } else {
            "(the name is our own description)"
        };
        paragraph(QUIET, word.to_owned());
    }
}

/// A date in words, in the languages that have words for dates.
pub(crate) fn words(date: Edtf, languages: &[Language]) -> String {
    let one = |language: &Language| match *language {
        Language::JA => {
            let (western, era) = (date::japanese(date).to_string(), date::japanese_era(date).to_string());
            Some(if western == era { western } else { format!("{western}（{era}）") })
        }
        Language::EN => Some(date::english(date).to_string()),
        _ => None,
    };
    languages.iter().filter_map(one).collect::<Vec<_>>().join(" · ")
}

/// What a record names and what names it: a label, a word about it, what it is, its key.
struct Facts<'v, 'a> {
    view: &'v View<'a>,
    table: Table,
    /// The label of the last row; it is not repeated.
    last: &'static str,
}

impl<'v, 'a> Facts<'v, 'a> {
    fn new(view: &'v View<'a>) -> Self {
        let columns = [("", Column::Fixed), ("", Column::Fixed), ("", Column::Wraps), ("", Column::Moves)];
        Self { view, table: Table::new(&columns), last: "" }
    }

    fn row(&mut self, label: &'static str, word: Cell, text: Cell, key: Cell) {
        let shown = if label == self.last { "" } else { label };
        self.last = label;
        self.table.row(vec![cell(QUIET, shown), word, text, key]);
    }

    /// A row about another record.
    fn record(&mut self, label: &'static str, word: Cell, record: &AnyRecord<'_>) {
        let title = find::title(record, &self.view.languages);
        self.row(label, word, cell(PLAIN, title), cell(KEY, find::slug(record)));
    }

    /// Rows about other records: a milestone with its date.
    fn records<'r>(&mut self, label: &'static str, records: impl Iterator<Item = AnyRecord<'r>>) {
        for record in records {
            let word = match &record {
                AnyRecord::Milestone(milestone) => cell(DATE, milestone.date()),
                _ => cell(PLAIN, ""),
            };
            self.record(label, word, &record);
        }
    }

    fn period(&mut self, label: &'static str, period: &Period, text: Cell, key: Cell) {
        let end = |end: &End| match end {
            End::Date(date) => date.to_string(),
            End::Open => "..".to_owned(),
            End::Unknown => "?".to_owned(),
        };
        self.row(label, cell(DATE, format!("{} – {}", end(&period.from), end(&period.to))), text, key);
    }

    fn of(&mut self, record: &AnyRecord<'_>) {
        match record {
            AnyRecord::Milestone(milestone) => self.milestone(milestone),
            AnyRecord::Organization(organization) => self.organization(organization),
            AnyRecord::Site(site) => self.site(site),
            AnyRecord::Person(person) => {
                self.records("organizations", person.organizations().map(AnyRecord::Organization));
                self.records("themes", person.themes().map(AnyRecord::Theme));
            }
            AnyRecord::Theme(theme) => self.records("broader", theme.broader().map(AnyRecord::Theme).into_iter()),
            AnyRecord::Document(document) => {
                self.exists(document.existence());
                self.records("organizations", document.organizations().map(AnyRecord::Organization));
                self.records("themes", document.themes().map(AnyRecord::Theme));
            }
            AnyRecord::Statement(statement) => self.statement(statement),
            AnyRecord::Source(source) => self.source(source),
            _ => {}
        }
        self.sources(record);
        for (kind, referrer) in referrers(record).into_iter().flatten() {
            self.records(referrer_label(kind), std::iter::once(referrer));
        }
    }

    fn exists(&mut self, period: Option<Period>) {
        if let Some(period) = period.filter(|period| (period.from, period.to) != (End::Unknown, End::Unknown)) {
            self.period("exists", &period, cell(PLAIN, ""), cell(PLAIN, ""));
        }
    }

    fn milestone(&mut self, milestone: &Milestone<'_>) {
        let date = milestone.date();
        self.row("date", cell(DATE, date), cell(PLAIN, words(date, &self.view.languages)), cell(PLAIN, ""));
        for participant in milestone.participants() {
            let organization = participant.organization;
            // An original organisation no longer was on the day itself, and a name is that of its time.
            let day =
                if participant.role == Role::Original { milestone.earliest().previous() } else { milestone.latest() };
            let then = organization.at(day);
            let name = then.and_then(|then| self.view.languages.iter().find_map(|language| then.name(*language)));
            let record = AnyRecord::Organization(organization);
            let name = name.map_or_else(|| find::title(&record, &self.view.languages), |name| name.value.to_string());
            let role = cell(QUIET, participant.role.name());
            self.row("organizations", role, cell(PLAIN, name), cell(KEY, find::slug(&record)));
        }
        self.records("sites", milestone.sites().map(AnyRecord::Site));
        self.records("themes", milestone.themes().map(AnyRecord::Theme));
        self.records("people", milestone.people().map(AnyRecord::Person));
        self.records("documents", milestone.documents().map(AnyRecord::Document));
        self.records("part of", milestone.part_of().map(AnyRecord::Milestone).into_iter());
        self.records("because of", milestone.causes().map(AnyRecord::Milestone));
    }

    fn organization(&mut self, organization: &Organization<'_>) {
        self.exists(Some(organization.existence()));
        let languages = self.view.languages.clone();
        for language in &languages {
            for name in organization.names(*language) {
                self.period("names", &name.period, cell(PLAIN, name.value), cell(PLAIN, ""));
            }
        }
        for language in &languages {
            if let Some(short) = organization.short_name(*language) {
                self.row("short", cell(PLAIN, ""), cell(PLAIN, short), cell(PLAIN, ""));
            }
        }
        for kind in organization.kinds() {
            self.period("kinds", &kind.period, cell(PLAIN, kind.value.name()), cell(PLAIN, ""));
        }
        for parent in organization.parents() {
            let record = AnyRecord::Organization(parent.value.0);
            let name = find::title(&record, &languages);
            self.period("part of", &parent.period, cell(PLAIN, name), cell(KEY, find::slug(&record)));
        }
        for supervisor in organization.supervisors() {
            let record = AnyRecord::Organization(supervisor.value);
            let name = find::title(&record, &languages);
            self.period("supervised by", &supervisor.period, cell(PLAIN, name), cell(KEY, find::slug(&record)));
        }
        self.records("predecessors", organization.predecessors().map(AnyRecord::Organization));
        self.records("successors", organization.successors().map(AnyRecord::Organization));
    }

    fn site(&mut self, site: &Site<'_>) {
        self.exists(site.existence());
        self.records("within", site.within().map(AnyRecord::Site).into_iter());
        self.records("organizations", site.organizations().map(AnyRecord::Organization));
        self.records("themes", site.themes().map(AnyRecord::Theme));
    }

    fn statement(&mut self, statement: &Statement<'_>) {
        self.records("organizations", statement.organizations().map(AnyRecord::Organization));
        self.records("sites", statement.sites().map(AnyRecord::Site));
        self.records("themes", statement.themes().map(AnyRecord::Theme));
        self.records("people", statement.people().map(AnyRecord::Person));
        self.records("documents", statement.documents().map(AnyRecord::Document));
        self.records("milestones", statement.speaks_of().map(AnyRecord::Milestone));
    }

    fn source(&mut self, source: &Source<'_>) {
        if let Some(date) = source.date() {
            self.row("date", cell(DATE, date), cell(PLAIN, words(date, &self.view.languages)), cell(PLAIN, ""));
        }
        if let Some(address) = source.address() {
            self.row("address", cell(PLAIN, ""), cell(PLAIN, address), cell(PLAIN, ""));
        }
        if source.is_weak() {
            let text = "a copy, a blog or machine-written: treat with care";
            self.row("weak", cell(PLAIN, ""), cell(DOUBT, text), cell(PLAIN, ""));
        }
        self.records("cited by", source.cited_by());
    }

    /// The sources, each with its certainty and, of a milestone, the date that it gives.
    fn sources(&mut self, record: &AnyRecord<'_>) {
        let chosen = if let AnyRecord::Milestone(milestone) = record { Some(milestone.date()) } else { None };
        let claims: Vec<Claim<'_>> = details(record).iter().flat_map(Details::claims).collect();
        for citation in citations(record).into_iter().flatten() {
            let claim = claims.iter().find(|claim| claim.source == Some(citation.source));
            let word = match claim {
                Some(claim) => {
                    let style = if Some(claim.date) == chosen { DATE } else { DOUBT };
                    cell(style, format!("{} {}", citation.certainty.name(), claim.date))
                }
                None => cell(QUIET, citation.certainty.name()),
            };
            self.record("sources", word, &AnyRecord::Source(citation.source));
        }
    }
}

/// How a record is said to point at the one that is shown.
fn referrer_label(kind: ReferrerKind) -> &'static str {
    match kind {
        ReferrerKind::Mention(RecordKind::Milestone) => "in milestones",
        ReferrerKind::Mention(RecordKind::Statement) => "in statements",
        ReferrerKind::Mention(RecordKind::Site) => "of sites",
        ReferrerKind::Mention(RecordKind::Person) => "of people",
        ReferrerKind::Mention(RecordKind::Document) => "of documents",
        ReferrerKind::Mention(_) => "named by",
        ReferrerKind::Part => "parts",
        ReferrerKind::Consequence => "led to",
        ReferrerKind::Child => "units",
        ReferrerKind::Supervised => "supervises",
        ReferrerKind::Inside => "narrower",
    }
}
