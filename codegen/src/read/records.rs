//! Makes the records of the authoring types from what was read. Host only.

use nenpyo_schema::{
    Certainty, DocumentKind, Edtf, MilestoneKind, OrganizationKind, ParentRelation, RecordKind, Role, SiteKind,
    SourceKind, StatementKind,
};

use super::row::Row;
use super::{Gaps, KEYS_ARE_KEBAB_CASE, KEYS_EQUAL_FILE_NAMES};
use crate::model::{
    At, ChronicleData, ChronicleToml, CitationToml, DocumentToml, KindToml, MilestoneToml, NameToml, OrganizationToml,
    ParentToml, ParticipantToml, PersonToml, RecordToml, Reference, RubyTerm, SiteToml, SourceToml, StatementToml,
    SupervisorToml, ThemeToml,
};
use crate::problem::{Report, narrow, quoted};

/// The place of an organisation in a tree that says nothing of it.
const ORDER: u32 = 1000;

/// The records read so far.
#[derive(Default)]
pub(crate) struct Records {
    milestones: Vec<RecordToml<MilestoneToml>>,
    organizations: Vec<RecordToml<OrganizationToml>>,
    sites: Vec<RecordToml<SiteToml>>,
    people: Vec<RecordToml<PersonToml>>,
    themes: Vec<RecordToml<ThemeToml>>,
    documents: Vec<RecordToml<DocumentToml>>,
    statements: Vec<RecordToml<StatementToml>>,
    sources: Vec<RecordToml<SourceToml>>,
}

impl Records {
    /// Adds the record of a file whose name promises `key`.
    pub(crate) fn add(
        &mut self,
        kind: RecordKind,
        mut row: Row,
        key: &str,
        report: &mut Report,
        languages: Option<&[String]>,
    ) {
        let key = checked_key(row.plain("key"), key, &row, report);
        let languages = languages.map_or(0, <[String]>::len);
        match kind {
            RecordKind::Milestone => self.milestones.push(record(row, key, languages, milestone)),
            RecordKind::Organization => {
                self.organizations.push(record(row, key, languages, |row| organization(row, languages)));
            }
            RecordKind::Site => self.sites.push(record(row, key, languages, site)),
            RecordKind::Person => self.people.push(record(row, key, languages, |_| PersonToml {})),
            RecordKind::Theme => {
                self.themes.push(record(row, key, languages, |row| ThemeToml { broader: row.plain("broader") }));
            }
            RecordKind::Document => self.documents.push(record(row, key, languages, document)),
            RecordKind::Statement => self.statements.push(record(row, key, languages, |row| StatementToml {
                kind: row.word("kind", StatementKind::from_byte, StatementKind::ALL),
            })),
            _ => self.sources.push(record(row, key, languages, source)),
        }
    }

    /// Adds the records of the files behind.
    pub(crate) fn append(&mut self, other: Self) {
        self.milestones.extend(other.milestones);
        self.organizations.extend(other.organizations);
        self.sites.extend(other.sites);
        self.people.extend(other.people);
        self.themes.extend(other.themes);
        self.documents.extend(other.documents);
        self.statements.extend(other.statements);
        self.sources.extend(other.sources);
    }

    pub(crate) fn into_chronicle(
        self,
        manifest: ChronicleToml,
        ruby: Option<Vec<RubyTerm>>,
        gaps: Gaps,
    ) -> ChronicleData {
        ChronicleData {
            manifest,
            milestones: self.milestones,
            organizations: self.organizations,
            sites: self.sites,
            people: self.people,
            themes: self.themes,
            documents: self.documents,
            statements: self.statements,
            sources: self.sources,
            ruby,
            gaps,
        }
    }
}

/// Whether a key is what firmware can name: `qst-established` becomes `QST_ESTABLISHED`.
pub(crate) fn is_kebab_case(key: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    key.starts_with(|first: char| first.is_ascii_lowercase()) && key.split('-').all(word)
}

/// The key as it is written; where there is none, the one that the file name promises.
fn checked_key(written: Option<At<String>>, promised: &str, row: &Row, report: &mut Report) -> At<String> {
    let Some(key) = written else { return At { value: promised.to_owned(), place: row.place } };
    if key.value.is_empty() {
        report.tell(KEYS_ARE_KEBAB_CASE, key.place, "the key is empty", format!("write {}", quoted(promised)));
        return key;
    }
    let kebab = is_kebab_case(&key.value);
    if !kebab {
        let narrow: String = key.value.chars().map(narrow).collect();
        let words = narrow.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let better = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
        let advice = if is_kebab_case(&better) && key.value == promised {
            format!("write {}, and rename the file", quoted(&better))
        } else if is_kebab_case(&better) {
            format!("did you mean {}?", quoted(&better))
        } else {
            "write small ASCII letters and digits with `-` between words, a letter first".to_owned()
        };
        report.tell(
            KEYS_ARE_KEBAB_CASE,
            key.place,
            format!("the key {} is not kebab-case", quoted(&key.value)),
            advice,
        );
    }
    if key.value != promised {
        let message = format!("the key {} is not the name of the file", quoted(&key.value));
        let advice = if is_kebab_case(promised) {
            format!("write {}, or rename the file", quoted(promised))
        } else {
            "rename the file".to_owned()
        };
        report.tell(KEYS_EQUAL_FILE_NAMES, key.place, message, advice);
    }
    key
}

fn record<B>(mut row: Row, key: At<String>, languages: usize, body: impl FnOnce(&mut Row) -> B) -> RecordToml<B> {
    let row = &mut row;
    RecordToml {
        key,
        aliases: row.list("aliases").unwrap_or_default(),
        title: row.text("title").or_else(|| row.text("name")).unwrap_or_default(),
        descriptive: row.marks("descriptive").unwrap_or_else(|| vec![false; languages]),
        summary: row.text("summary"),
        note: row.text("note"),
        organizations: row.references("organizations"),
        sites: row.references("sites"),
        themes: row.references("themes"),
        people: row.references("people"),
        documents: row.references("documents"),
        milestones: row.references("milestones"),
        sources: each(row.rows("sources"), citation),
        place: row.place,
        body: body(row),
    }
}

/// What becomes of each row, in no more room than it takes: there may be a million records.
fn each<T>(rows: Vec<Row>, of: impl FnMut(Row) -> Option<T>) -> Vec<T> {
    let mut all = Vec::with_capacity(rows.len());
    all.extend(rows.into_iter().filter_map(of));
    all
}

fn citation(mut row: Row) -> Option<CitationToml> {
    Some(CitationToml {
        source: row.plain("source")?,
        certainty: row.word("certainty", Certainty::from_byte, Certainty::ALL),
        date: row.date("date"),
        place: row.place,
    })
}

fn milestone(row: &mut Row) -> MilestoneToml {
    let participant = |mut row: Row| {
        Some(ParticipantToml {
            organization: row.plain("organization")?,
            role: row.word("role", Role::from_byte, Role::ALL),
            from: row.references("from"),
            place: row.place,
        })
    };
    MilestoneToml {
        // The stand-in is never compared with anything: the missing date is a problem of its own.
        date: row.date("date").unwrap_or(At { value: Edtf::from_year(0), place: row.place }),
        kind: row.word("kind", MilestoneKind::from_byte, MilestoneKind::ALL),
        participants: each(row.rows("participants"), participant),
        part_of: row.plain("part_of"),
        because_of: row.references("because_of"),
    }
}

fn organization(row: &mut Row, languages: usize) -> OrganizationToml {
    let name = |mut row: Row| {
        Some(NameToml {
            name: row.text("name").unwrap_or_default(),
            descriptive: row.marks("descriptive").unwrap_or_else(|| vec![false; languages]),
            period: row.period(),
        })
    };
    let kind = |mut row: Row| {
        let kind = row.word("kind", OrganizationKind::from_byte, OrganizationKind::ALL);
        Some(KindToml { kind, period: row.period() })
    };
    let parent = |mut row: Row| {
        Some(ParentToml {
            organization: row.plain("organization")?,
            relation: row.word("relation", ParentRelation::from_byte, ParentRelation::ALL),
            period: row.period(),
        })
    };
    let supervisor =
        |mut row: Row| Some(SupervisorToml { organization: row.plain("organization")?, period: row.period() });
    OrganizationToml {
        order: row.number("order").unwrap_or(ORDER),
        exists: row.existence(),
        names: each(row.rows("names"), name),
        short: row.text("short"),
        kinds: each(row.rows("kinds"), kind),
        parents: each(row.rows("parents"), parent),
        supervisors: each(row.rows("supervisors"), supervisor),
    }
}

fn site(row: &mut Row) -> SiteToml {
    SiteToml {
        kind: row.word("kind", SiteKind::from_byte, SiteKind::ALL),
        within: row.plain("within"),
        exists: row.existence(),
        address: row.text("address"),
    }
}

fn document(row: &mut Row) -> DocumentToml {
    DocumentToml { kind: row.word("kind", DocumentKind::from_byte, DocumentKind::ALL), exists: row.existence() }
}

fn source(row: &mut Row) -> SourceToml {
    let address: Option<Reference> = row.plain("address");
    SourceToml {
        kind: row.word("kind", SourceKind::from_byte, SourceKind::ALL),
        publisher: row.text("publisher").unwrap_or_default(),
        address,
        date: row.date("date"),
        weak: row.flag("weak").unwrap_or(false),
    }
}
