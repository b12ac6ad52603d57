//! The fields of every kind of record, in one place: `data/README.md` as a table. Host only.

use nenpyo_schema::{
    Certainty, DocumentKind, MilestoneKind, OrganizationKind, ParentRelation, RecordKind, Role, SiteKind, SourceKind,
    StatementKind,
};

/// A field: its name, what stands in it, and whether it may be left out.
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What stands in it.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
}

/// What stands in a field.
pub enum Shape {
    /// The key of the record itself.
    Key,
    /// Keys that the record had, or that other records had which it replaced.
    Keys,
    /// A text in every language: a table with a field for each.
    Text,
    /// As [`Shape::Text`], but the languages are fields of the row itself. Its name is only for messages.
    TextOfRow,
    /// A word of a vocabulary.
    Word(Words),
    /// A date.
    Date,
    /// A day that is known.
    KnownDay,
    /// One end of a period: a date that is one unknown day, or `..`.
    Bound,
    /// A table with `from` and `to`.
    Period,
    /// The key of a record of this kind.
    Reference(RecordKind),
    /// A list of keys of records of this kind.
    References(RecordKind),
    /// A list of tables with these fields.
    Rows(&'static [Field]),
    /// A list of some of the manifest's languages.
    Languages,
    /// The list that names the languages.
    Tags,
    /// The list of sizes of glyphs.
    Sizes,
    /// Major, minor, patch.
    Version,
    /// An SPDX expression.
    Licence,
    /// A text in no language.
    Plain,
    /// A list of texts in no language.
    Plains,
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
}

/// A vocabulary of the schema.
pub struct Words {
    /// What one of its words is, with article.
    pub noun: &'static str,
    /// All of its words.
    pub all: fn() -> Vec<&'static str>,
    /// The byte of a word.
    pub byte: fn(&str) -> Option<u8>,
}

macro_rules! words {
    ($vocabulary:ident, $noun:literal) => {
        Shape::Word(Words {
            noun: $noun,
            all: || $vocabulary::ALL.iter().map(|value| value.name()).collect(),
            byte: |word| $vocabulary::from_name(word).map($vocabulary::byte),
        })
    };
}

const fn required(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: true }
}

const fn optional(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: false }
}

const CITATION: &[Field] = &[
    required("source", Shape::Reference(RecordKind::Source)),
    required("certainty", words!(Certainty, "a certainty")),
];

const DATED_CITATION: &[Field] = &[
    required("source", Shape::Reference(RecordKind::Source)),
    required("certainty", words!(Certainty, "a certainty")),
    optional("date", Shape::Date),
];

const PARTICIPANT: &[Field] = &[
    required("organization", Shape::Reference(RecordKind::Organization)),
    required("role", words!(Role, "a role")),
    optional("from", Shape::References(RecordKind::Organization)),
];

const NAME: &[Field] = &[
    required("name", Shape::TextOfRow),
    optional("descriptive", Shape::Languages),
    optional("from", Shape::Bound),
    optional("to", Shape::Bound),
];

const KIND: &[Field] = &[
    required("kind", words!(OrganizationKind, "a kind of organisation")),
    optional("from", Shape::Bound),
    optional("to", Shape::Bound),
];

const PARENT: &[Field] = &[
    required("organization", Shape::Reference(RecordKind::Organization)),
    required("relation", words!(ParentRelation, "a relation")),
    optional("from", Shape::Bound),
    optional("to", Shape::Bound),
];

const SUPERVISOR: &[Field] = &[
    required("organization", Shape::Reference(RecordKind::Organization)),
    optional("from", Shape::Bound),
    optional("to", Shape::Bound),
];

/// The fields of a period.
pub const PERIOD: &[Field] = &[optional("from", Shape::Bound), optional("to", Shape::Bound)];

/// The fields of `chronicle.toml`.
pub const MANIFEST: &[Field] = &[
    required("name", Shape::Text),
    required("languages", Shape::Tags),
    required("version", Shape::Version),
    required("as_of", Shape::KnownDay),
    required("licence", Shape::Licence),
    required("credit", Shape::Text),
    required("notice", Shape::Text),
    optional("subject", Shape::Reference(RecordKind::Organization)),
    optional("glyphs", Shape::Sizes),
    optional("fonts", Shape::Plains),
];

/// The fields of `ruby.toml`.
pub const RUBY: &[Field] = &[required("terms", Shape::Plains)];

const MILESTONE: &[Field] = &[
    required("key", Shape::Key),
    optional("aliases", Shape::Keys),
    required("date", Shape::Date),
    required("kind", words!(MilestoneKind, "a kind of milestone")),
    required("title", Shape::Text),
    required("summary", Shape::Text),
    optional("note", Shape::Text),
    optional("participants", Shape::Rows(PARTICIPANT)),
    optional("sites", Shape::References(RecordKind::Site)),
    optional("themes", Shape::References(RecordKind::Theme)),
    optional("people", Shape::References(RecordKind::Person)),
    optional("documents", Shape::References(RecordKind::Document)),
    optional("part_of", Shape::Reference(RecordKind::Milestone)),
    optional("because_of", Shape::References(RecordKind::Milestone)),
    required("sources", Shape::Rows(DATED_CITATION)),
];

const ORGANIZATION: &[Field] = &[
    required("key", Shape::Key),
    optional("aliases", Shape::Keys),
    optional("order", Shape::Number),
    optional("exists", Shape::Period),
    required("names", Shape::Rows(NAME)),
    optional("short", Shape::Text),
    required("kinds", Shape::Rows(KIND)),
    optional("parents", Shape::Rows(PARENT)),
    optional("supervisors", Shape::Rows(SUPERVISOR)),
    optional("summary", Shape::Text),
    optional("note", Shape::Text),
    required("sources", Shape::Rows(CITATION)),
];

const SITE: &[Field] = &[
    required("key", Shape::Key),
    optional("aliases", Shape::Keys),
    required("kind", words!(SiteKind, "a kind of site")),
    required("name", Shape::Text),
    optional("descriptive", Shape::Languages),
    optional("within", Shape::Reference(RecordKind::Site)),
    optional("exists", Shape::Period),
    optional("address", Shape::Text),
    optional("summary", Shape::Text),
    optional("note", Shape::Text),
    optional("organizations", Shape::References(RecordKind::Organization)),
    optional("themes", Shape::References(RecordKind::Theme)),
    required("sources", Shape::Rows(CITATION)),
];

const PERSON: &[Field] = &[
    required("key", Shape::Key),
    optional("aliases", Shape::Keys),
    required("name", Shape::Text),
    optional("descriptive", Shape::Languages),
    required("summary", Shape::Text),
    optional("note", Shape::Text),
    optional("organizations", Shape::References(RecordKind::Organization)),
    required("sources", Shape::Rows(CITATION)),
];

const THEME: &[Field] = &[
    required("key", Shape::Key),
    optional("aliases", Shape::Keys),
    required("name", Shape::Text),
    optional("descriptive", Shape::Languages),
    required("summary", Shape::Text),
    optional("note", Shape::Text),
    optional("broader", Shape::Reference(RecordKind::Theme)),
    required("sources", Shape::Rows(CITATION)),
];

const DOCUMENT: &[Field] = &[
    required("key", Shape::Key),
    optional("aliases", Shape::Keys),
    required("kind", words!(DocumentKind, "a kind of document")),
    required("name", Shape::Text),
    optional("descriptive", Shape::Languages),
    optional("exists", Shape::Period),
    required("summary", Shape::Text),
    optional("note", Shape::Text),
    optional("organizations", Shape::References(RecordKind::Organization)),
    optional("themes", Shape::References(RecordKind::Theme)),
    required("sources", Shape::Rows(CITATION)),
];

const STATEMENT: &[Field] = &[
    required("key", Shape::Key),
    optional("aliases", Shape::Keys),
    required("kind", words!(StatementKind, "a kind of statement")),
    required("title", Shape::Text),
    required("summary", Shape::Text),
    optional("note", Shape::Text),
    optional("organizations", Shape::References(RecordKind::Organization)),
    optional("themes", Shape::References(RecordKind::Theme)),
    optional("documents", Shape::References(RecordKind::Document)),
    optional("people", Shape::References(RecordKind::Person)),
    optional("sites", Shape::References(RecordKind::Site)),
    optional("milestones", Shape::References(RecordKind::Milestone)),
    required("sources", Shape::Rows(CITATION)),
];

const SOURCE: &[Field] = &[
    required("key", Shape::Key),
    optional("aliases", Shape::Keys),
    required("kind", words!(SourceKind, "a kind of source")),
    required("title", Shape::Text),
    required("publisher", Shape::Text),
    optional("address", Shape::Plain),
    optional("date", Shape::Date),
    optional("weak", Shape::Flag),
    optional("note", Shape::Text),
];

/// The fields of a kind of record.
///
/// ```
/// use nenpyo_codegen::fields;
/// use nenpyo_schema::RecordKind;
/// assert!(fields::of(RecordKind::Milestone).iter().any(|field| field.name == "date" && field.required));
/// ```
pub fn of(kind: RecordKind) -> &'static [Field] {
    match kind {
        RecordKind::Milestone => MILESTONE,
        RecordKind::Organization => ORGANIZATION,
        RecordKind::Site => SITE,
        RecordKind::Person => PERSON,
        RecordKind::Theme => THEME,
        RecordKind::Document => DOCUMENT,
        RecordKind::Statement => STATEMENT,
        _ => SOURCE,
    }
}

/// The folder of a kind of record.
///
/// ```
/// use nenpyo_codegen::fields;
/// use nenpyo_schema::RecordKind;
/// assert_eq!(fields::folder(RecordKind::Person), "people");
/// ```
pub fn folder(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Milestone => "milestones",
        RecordKind::Organization => "organizations",
        RecordKind::Site => "sites",
        RecordKind::Person => "people",
        RecordKind::Theme => "themes",
        RecordKind::Document => "documents",
        RecordKind::Statement => "statements",
        _ => "sources",
    }
}

impl Shape {
    /// What stands in such a field, for a message.
    pub(crate) fn noun(&self) -> String {
        let noun = match self {
            Self::Reference(kind) => return format!("the key of {} in quotes", super::noun(*kind)),
            Self::References(kind) => return format!("a list of keys of {}", folder(*kind).replace("iz", "is")),
            Self::Key => "a key in quotes",
            Self::Keys => "a list of keys",
            Self::Text | Self::TextOfRow => "a text in each language",
            Self::Word(_) => "a word in quotes",
            Self::Date | Self::KnownDay => "a date in quotes",
            Self::Bound => "a date or `..` in quotes",
            Self::Period => "a table with `from` and `to`",
            Self::Rows(_) => "a list of tables",
            Self::Languages | Self::Tags => "a list of languages",
            Self::Sizes => "a list of sizes in quotes",
            Self::Version => "a version in quotes",
            Self::Licence | Self::Plain => "a text in quotes",
            Self::Plains => "a list of texts",
            Self::Number => "a whole number",
            Self::Flag => "`true` or `false`",
        };
        noun.to_owned()
    }

    /// How such a field is written, for advice.
    pub(crate) fn example(&self, name: &str, language: &str) -> String {
        match self {
            Self::Text => format!("{name}.{language} = \"…\""),
            Self::TextOfRow => format!("{language} = \"…\""),
            Self::Date | Self::KnownDay | Self::Bound => format!("{name} = \"2016-04-01\""),
            Self::Period => format!("{name} = {{ from = \"2016-04-01\", to = \"..\" }}"),
            Self::References(_) | Self::Keys | Self::Plains => format!("{name} = [\"…\"]"),
            Self::Languages | Self::Tags => format!("{name} = [\"{language}\"]"),
            Self::Rows(fields) => {
                let inner: Vec<_> =
                    fields.iter().filter(|field| field.required).map(|f| f.shape.example(f.name, language)).collect();
                format!("{name} = [{{ {} }}]", inner.join(", "))
            }
            Self::Sizes => format!("{name} = [\"12\"]"),
            Self::Version => format!("{name} = \"0.1.0\""),
            Self::Licence => format!("{name} = \"CC0-1.0\""),
            Self::Number => format!("{name} = 1000"),
            Self::Flag => format!("{name} = true"),
            Self::Key | Self::Word(_) | Self::Reference(_) | Self::Plain => format!("{name} = \"…\""),
        }
    }
}
