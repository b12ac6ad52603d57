//! The authoring types: what `data/` says, checked for shape, with the place where each thing stands. Host only.
//!
//! `read` fills them, `check` judges them, `lower` turns them into rows. References are still keys here.

use nenpyo_schema::{
    Certainty, DocumentKind, Edtf, GlyphSize, MilestoneKind, OrganizationKind, ParentRelation, Role, SiteKind,
    SourceKind, StatementKind,
};

use crate::read::Gaps;

/// Where something stands: a file of the [`Files`](crate::Files) and a byte range in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index of the file.
    pub file: usize,
    /// First byte.
    pub start: usize,
    /// Byte after the last one.
    pub end: usize,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// A text in the manifest's languages, in their order: `None` where it is missing (already a problem).
/// Texts still carry their ruby marks.
#[derive(Clone, Debug, Default)]
pub struct TextToml {
    /// One for each language of the manifest.
    pub languages: Vec<Option<At<String>>>,
    /// Where the whole text stands (its first language).
    pub place: Place,
}

/// A reference to another record by its key.
pub type Reference = At<String>;

/// One end of a period as it is written.
#[derive(Clone, Debug)]
pub enum EndToml {
    /// Left out.
    Unsaid,
    /// `..`: always, or still so.
    Open(Place),
    /// A date.
    Date(At<Edtf>),
}

/// A period: `to` is the last day.
#[derive(Clone, Debug)]
pub struct PeriodToml {
    /// The first day.
    pub from: EndToml,
    /// The last day.
    pub to: EndToml,
    /// Where the whole stands.
    pub place: Place,
}

/// `{ source = "…", certainty = "A", date = "…" }`
#[derive(Clone, Debug)]
pub struct CitationToml {
    /// The source.
    pub source: Reference,
    /// How sure it makes the fact.
    pub certainty: Certainty,
    /// What it says of the date; milestones only.
    pub date: Option<At<Edtf>>,
    /// Where the row stands.
    pub place: Place,
}

/// The manifest, `chronicle.toml`.
#[derive(Clone, Debug)]
pub struct ChronicleToml {
    /// Its name.
    pub name: TextToml,
    /// Language tags, the first one is the default.
    pub languages: Vec<At<String>>,
    /// Data version: major, minor, patch.
    pub version: At<(u16, u16, u16)>,
    /// The day up to which the data was looked after.
    pub as_of: At<Edtf>,
    /// SPDX licence.
    pub licence: At<String>,
    /// Credit line.
    pub credit: TextToml,
    /// Notice.
    pub notice: TextToml,
    /// The organisation the chronicle is about; a chronicle without organisations may leave it out.
    pub subject: Option<Reference>,
    /// The sizes of glyphs that `regen` writes.
    pub glyphs: Vec<At<GlyphSize>>,
    /// Fonts that have glyphs, relative to the data folder, asked before nenpyo's own.
    pub fonts: Vec<At<String>>,
}

impl ChronicleToml {
    /// Whether there is no manifest that could be read.
    pub(crate) fn is_unknown(&self) -> bool {
        self.name.place.file == usize::MAX
    }
}

/// What every record has.
#[derive(Clone, Debug)]
pub struct RecordToml<B> {
    /// The key, equal to the file name.
    pub key: At<String>,
    /// Older keys under which it is found as well.
    pub aliases: Vec<At<String>>,
    /// `title` or `name`. Of an organisation: left empty, its names are in the body.
    pub title: TextToml,
    /// `descriptive`: for each language of the manifest, whether the title is our own description.
    pub descriptive: Vec<bool>,
    /// `summary`.
    pub summary: Option<TextToml>,
    /// `note`.
    pub note: Option<TextToml>,
    /// `organizations` (of a milestone: empty, see `participants`).
    pub organizations: Vec<Reference>,
    /// `sites`.
    pub sites: Vec<Reference>,
    /// `themes`.
    pub themes: Vec<Reference>,
    /// `people`.
    pub people: Vec<Reference>,
    /// `documents`.
    pub documents: Vec<Reference>,
    /// `milestones`.
    pub milestones: Vec<Reference>,
    /// `sources`.
    pub sources: Vec<CitationToml>,
    /// What only this kind of record has.
    pub body: B,
    /// Where the file begins.
    pub place: Place,
}

/// Of a milestone.
#[derive(Clone, Debug)]
pub struct MilestoneToml {
    /// The chosen date.
    pub date: At<Edtf>,
    /// Its kind.
    pub kind: MilestoneKind,
    /// Organisations and what they did.
    pub participants: Vec<ParticipantToml>,
    /// The larger milestone.
    pub part_of: Option<Reference>,
    /// Its causes.
    pub because_of: Vec<Reference>,
}

/// `{ organization = "…", role = "…" }`
#[derive(Clone, Debug)]
pub struct ParticipantToml {
    /// The organisation.
    pub organization: Reference,
    /// What it did.
    pub role: Role,
    /// Of a resulting organisation: the originals it came from; all of them if none is named.
    pub from: Vec<Reference>,
    /// Where the row stands.
    pub place: Place,
}

/// Of an organisation.
#[derive(Clone, Debug)]
pub struct OrganizationToml {
    /// Place among its neighbours; 1000 if left out.
    pub order: u32,
    /// Its beginning and end.
    pub exists: PeriodToml,
    /// Its names, one after the other.
    pub names: Vec<NameToml>,
    /// A short name.
    pub short: Option<TextToml>,
    /// What it was.
    pub kinds: Vec<KindToml>,
    /// What it belonged to.
    pub parents: Vec<ParentToml>,
    /// Who supervised it.
    pub supervisors: Vec<SupervisorToml>,
}

/// A name for a period.
#[derive(Clone, Debug)]
pub struct NameToml {
    /// The name.
    pub name: TextToml,
    /// For each language whether it is our own description.
    pub descriptive: Vec<bool>,
    /// When.
    pub period: PeriodToml,
}

/// A kind for a period.
#[derive(Clone, Debug)]
pub struct KindToml {
    /// The kind.
    pub kind: OrganizationKind,
    /// When.
    pub period: PeriodToml,
}

/// A parent for a period.
#[derive(Clone, Debug)]
pub struct ParentToml {
    /// The parent.
    pub organization: Reference,
    /// How it belongs to it.
    pub relation: ParentRelation,
    /// When.
    pub period: PeriodToml,
}

/// A supervisor for a period.
#[derive(Clone, Debug)]
pub struct SupervisorToml {
    /// The supervisor.
    pub organization: Reference,
    /// When.
    pub period: PeriodToml,
}

/// Of a site.
#[derive(Clone, Debug)]
pub struct SiteToml {
    /// Its kind.
    pub kind: SiteKind,
    /// The site it stands in.
    pub within: Option<Reference>,
    /// Its beginning and end.
    pub exists: PeriodToml,
    /// Its address.
    pub address: Option<TextToml>,
}

/// Of a person.
#[derive(Clone, Debug)]
pub struct PersonToml {}

/// Of a theme.
#[derive(Clone, Debug)]
pub struct ThemeToml {
    /// The wider theme.
    pub broader: Option<Reference>,
}

/// Of a document.
#[derive(Clone, Debug)]
pub struct DocumentToml {
    /// Its kind.
    pub kind: DocumentKind,
    /// Published, or in force.
    pub exists: PeriodToml,
}

/// Of a statement.
#[derive(Clone, Debug)]
pub struct StatementToml {
    /// Its kind.
    pub kind: StatementKind,
}

/// Of a source.
#[derive(Clone, Debug)]
pub struct SourceToml {
    /// Its kind.
    pub kind: SourceKind,
    /// Who published it.
    pub publisher: TextToml,
    /// Where it can be read.
    pub address: Option<At<String>>,
    /// When it was published.
    pub date: Option<At<Edtf>>,
    /// A copy, a blog, machine-written.
    pub weak: bool,
}

/// A term of `ruby.toml` that must carry its reading wherever it stands.
#[derive(Clone, Debug)]
pub struct RubyTerm {
    /// The term with its marks.
    pub marked: At<String>,
}

/// A whole chronicle as people wrote it, each kind in the order of its file names.
#[derive(Clone, Debug)]
pub struct ChronicleData {
    /// The manifest.
    pub manifest: ChronicleToml,
    /// Milestones.
    pub milestones: Vec<RecordToml<MilestoneToml>>,
    /// Organisations.
    pub organizations: Vec<RecordToml<OrganizationToml>>,
    /// Sites.
    pub sites: Vec<RecordToml<SiteToml>>,
    /// People.
    pub people: Vec<RecordToml<PersonToml>>,
    /// Themes.
    pub themes: Vec<RecordToml<ThemeToml>>,
    /// Documents.
    pub documents: Vec<RecordToml<DocumentToml>>,
    /// Statements.
    pub statements: Vec<RecordToml<StatementToml>>,
    /// Sources.
    pub sources: Vec<RecordToml<SourceToml>>,
    /// Terms that must carry ruby; `None` if there is no `ruby.toml`: then none is asked for.
    pub ruby: Option<Vec<RubyTerm>>,
    /// What could not be read; none where there are no problems.
    pub(crate) gaps: Gaps,
}
