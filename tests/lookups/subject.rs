//! What lookups are asked about: a record of each kind, a day, a span, a language.

use nenpyo::{
    AnyRecord, Chronicle, Day, Details, Document, DocumentId, Edtf, GlyphSize, Key, Language, Milestone, MilestoneId,
    Organization, OrganizationAt, OrganizationId, Person, PersonId, Search, Site, SiteId, Source, SourceId, Statement,
    StatementId, Text, Theme, ThemeId,
};

/// Something of everything. What the chronicle does not have, or has no more of, is `None`.
pub(crate) struct Subject<'a> {
    pub(crate) chronicle: &'a Chronicle<'a>,
    /// The file of a chronicle, to be opened.
    pub(crate) file: Option<&'a [u8]>,
    /// Whether it is the first of its round.
    is_first: bool,
    pub(crate) milestone: Option<Milestone<'a>>,
    pub(crate) organization: Option<Organization<'a>>,
    pub(crate) at: Option<OrganizationAt<'a>>,
    pub(crate) site: Option<Site<'a>>,
    pub(crate) person: Option<Person<'a>>,
    pub(crate) theme: Option<Theme<'a>>,
    pub(crate) document: Option<Document<'a>>,
    pub(crate) statement: Option<Statement<'a>>,
    pub(crate) source: Option<Source<'a>>,
    /// One of these.
    pub(crate) any: Option<AnyRecord<'a>>,
    /// Its key.
    pub(crate) key: Key,
    /// The details of one of these.
    pub(crate) details: Option<Details<'a>>,
    /// A title, summary or note of one of these.
    pub(crate) text: Option<Text<'a>>,
    pub(crate) language: Language,
    pub(crate) day: Day,
    pub(crate) later: Day,
    /// The milestone's date.
    pub(crate) date: Edtf,
    pub(crate) span: Edtf,
    /// The span as it is written.
    pub(crate) written: &'a str,
    /// What is no date.
    pub(crate) wrong: &'a str,
    /// What is searched for, if anything can be.
    query: &'a str,
    searches: bool,
    /// Month and day, not always of any calendar.
    pub(crate) month: (u8, Option<u8>),
    /// A size for which there may be glyphs.
    pub(crate) glyph_size: GlyphSize,
    /// A character that may have one.
    pub(crate) character: char,
}

/// How often each record comes up, each time with another day, span, language and text.
const ROUNDS: usize = 8;

/// Spans that meet everything, nothing, much and little.
const SPANS: [&str; ROUNDS] =
    ["2016-04-01", "2019-04", "2016", "1950/2030", "../1990", "2020/..", "[2016-04..2019-04]", "-9999/9999?"];

/// What is no date, wrong at its beginning, middle and end.
const WRONG: [&str; ROUNDS] =
    ["", "2016-13", "2016-02-30", "20l6", "2016/2015", "[2016..2015]", "2016-04-01T00", "9999-99-99/.."];

/// What is searched for: readings, half a syllable, two words, a phrase, an era, one letter, and as much as there can be.
const QUERIES: [&str; ROUNDS] = [
    "りょうし",
    "ryos",
    "QST 千葉",
    "\"nuclear fusion\"",
    "平成28年",
    "六が所",
    "量子 科学 技術 研究 開発 機構 radiation ryoushi \"nuclear fusion\" 2016-04-01 が",
    "e",
];

/// Whether programs have search in them: the smallest boards have no room for all of it beside everything else.
const SEARCHES: bool = cfg!(not(feature = "without-search"));

/// Days before, in and behind the chronicle.
const DAYS: [Day; ROUNDS] = [
    Day::MIN,
    day(1957, 7, 1),
    day(2001, 1, 6),
    day(2016, 3, 31),
    day(2016, 4, 1),
    day(2019, 5, 31),
    day(2021, 5, 31),
    Day::MAX,
];

/// Sizes of glyphs: every one comes up, the one of most panels twice.
const SIZES: [GlyphSize; ROUNDS] = [
    GlyphSize::Mono12,
    GlyphSize::Mono8,
    GlyphSize::Grey16,
    GlyphSize::Mono10,
    GlyphSize::Grey24,
    GlyphSize::Mono16,
    GlyphSize::Grey32,
    GlyphSize::Mono12,
];

/// Letters, kana, kanji and what no text has, all through Unicode's first plane but never the same.
fn character(at: u32) -> char {
    let code = match at % 4 {
        0 => 0x20 + at / 4 % 96,
        1 => 0x3041 + at / 4 % 0xBE,
        2 => 0x4E00 + at.wrapping_mul(79) % 0x5200,
        _ => 0xFF01 + at / 4 % 94,
    };
    char::from_u32(code).unwrap_or(' ')
}

const fn day(year: i32, month: u8, day: u8) -> Day {
    match Day::from_ymd(year, month, day) {
        Some(day) => day,
        None => Day::MIN,
    }
}

impl<'a> Subject<'a> {
    /// So many that every record comes up once in every round.
    pub(crate) fn all(chronicle: &'a Chronicle<'a>, file: Option<&'a [u8]>) -> impl Iterator<Item = Self> {
        let width = width(chronicle);
        let searches = SEARCHES && is_ranked(chronicle);
        let subject = move |at| {
            // Opening asks the same of the same bytes each time.
            let file = file.filter(|_| at == 0);
            Self { searches, ..Self::nth(chronicle, file, at % width, at / width) }
        };
        (0..ROUNDS * width).map(subject)
    }

    fn nth(chronicle: &'a Chronicle<'a>, file: Option<&'a [u8]>, at: usize, round: usize) -> Self {
        let id = at as u32;
        let mut languages = chronicle.languages().cycle().skip(round);
        let written = SPANS.get(round).copied().unwrap_or_default();
        let subject = Self {
            chronicle,
            file,
            is_first: at == 0,
            milestone: chronicle.milestones().get(MilestoneId(id)),
            organization: chronicle.organizations().get(OrganizationId(id)),
            at: None,
            site: chronicle.sites().get(SiteId(id)),
            person: chronicle.people().get(PersonId(id)),
            theme: chronicle.themes().get(ThemeId(id)),
            document: chronicle.documents().get(DocumentId(id)),
            statement: chronicle.statements().get(StatementId(id)),
            source: chronicle.sources().get(SourceId(id)),
            any: None,
            key: Key::from_hash((at * 0x0101_0101) as u32),
            details: None,
            text: None,
            language: languages.next().unwrap_or(Language::NONE),
            day: DAYS.get(round).copied().unwrap_or(Day::MIN),
            later: DAYS.get((round + 3) % ROUNDS).copied().unwrap_or(Day::MAX),
            date: Edtf::from_year(2016),
            span: Edtf::parse(written).unwrap_or(Edtf::from_year(2016)),
            written,
            wrong: WRONG.get(round).copied().unwrap_or_default(),
            query: QUERIES.get(round).copied().filter(|_| SEARCHES).unwrap_or_default(),
            searches: false,
            glyph_size: SIZES.get(round % SIZES.len()).copied().unwrap_or(GlyphSize::Mono12),
            character: character(id),
            month: ((at % 14) as u8, (!round.is_multiple_of(3)).then_some((at % 33) as u8)),
        };
        subject.with_kind(round)
    }

    /// The chronicle, once a round: for what is asked of all of it and of no record.
    pub(crate) fn whole(&self) -> Option<&'a Chronicle<'a>> {
        self.is_first.then_some(self.chronicle)
    }

    /// A search, once a round; every so often also one for what a record is called.
    pub(crate) fn search(&self) -> Option<Search<'a>> {
        if !SEARCHES || !self.searches {
            return None;
        }
        if self.is_first {
            return self.chronicle.search(self.query).ok();
        }
        if !self.key.hash().is_multiple_of(16) {
            return None;
        }
        self.chronicle.search(&begin(self.any?.title(self.language)?, 6)).ok()
    }

    /// One that is typical of QST's chronicle, for costs.
    pub(crate) fn typical(chronicle: &'a Chronicle<'a>, file: Option<&'a [u8]>) -> Self {
        let subject = Self {
            milestone: chronicle.milestones().by_key(Key::of("qst-established")),
            organization: chronicle.organizations().by_key(Key::of("qst-hospital")),
            site: chronicle.sites().by_key(Key::of("naka")),
            person: chronicle.people().by_key(Key::of("hirano-toshio")),
            theme: chronicle.themes().by_key(Key::of("fusion")),
            document: chronicle.documents().by_key(Key::of("qst-ver-2")),
            source: chronicle.sources().by_key(Key::of("brochure")),
            language: Language::JA,
            day: day(2019, 5, 31),
            later: day(2021, 5, 31),
            span: Edtf::parse("2016/2019").unwrap_or(Edtf::from_year(2016)),
            written: "2016/2019",
            month: (4, Some(1)),
            character: '量',
            searches: SEARCHES && is_ranked(chronicle),
            ..Self::nth(chronicle, file, 0, 0)
        };
        subject.with_kind(0)
    }

    /// Fills in what follows from the rest; `kind` says which record stands for any.
    fn with_kind(self, kind: usize) -> Self {
        let (any, details) = match kind {
            0 => (self.milestone.map(AnyRecord::Milestone), self.milestone.and_then(|record| record.details())),
            1 => (self.organization.map(AnyRecord::Organization), self.organization.and_then(|one| one.details())),
            2 => (self.site.map(AnyRecord::Site), self.site.and_then(|record| record.details())),
            3 => (self.person.map(AnyRecord::Person), self.person.and_then(|record| record.details())),
            4 => (self.theme.map(AnyRecord::Theme), self.theme.and_then(|record| record.details())),
            5 => (self.document.map(AnyRecord::Document), self.document.and_then(|record| record.details())),
            6 => (self.statement.map(AnyRecord::Statement), self.statement.and_then(|record| record.details())),
            _ => (self.source.map(AnyRecord::Source), None),
        };
        let summary = details.and_then(|details| details.summary(self.language));
        Self {
            at: self.organization.and_then(|organization| at(organization, self.day, kind)),
            any,
            key: any.map_or(self.key, |record| record.key()),
            details,
            text: if kind % 2 == 1 { summary } else { any.and_then(|record| record.title(self.language)) },
            date: self.milestone.map_or(self.date, |milestone| milestone.date()),
            ..self
        }
    }
}

/// The organisation on the day; every other round on the first or last day of one of its names, if that is known.
fn at(organization: Organization<'_>, day: Day, round: usize) -> Option<OrganizationAt<'_>> {
    let name = (round % 2 == 1).then(|| organization.names(Language::JA).nth(round / 2)).flatten();
    let first = name.and_then(|name| Some(name.period.from.date()?.days().begin_latest));
    let last = name.and_then(|name| Some(name.period.to.date()?.days().end_earliest));
    organization.at(first.or(last).unwrap_or(day))
}

/// Whether the chronicle has the section that search needs.
#[inline(never)]
fn is_ranked(chronicle: &Chronicle<'_>) -> bool {
    let title = || {
        let first = chronicle.organizations().iter().next()?;
        Some(begin(chronicle.languages().find_map(|language| first.name(language))?, 1))
    };
    let title = title();
    [title.as_deref(), Some("2"), Some("の")]
        .into_iter()
        .flatten()
        .any(|query| chronicle.search(query).is_ok_and(|search| search.hits().next().is_some()))
}

/// The first characters of a text, at most six.
#[inline(never)]
fn begin(text: Text<'_>, characters: usize) -> heapless::String<24> {
    let mut begin = heapless::String::new();
    // Six of them have room.
    let _ = text.chars().take(characters).try_for_each(|character| begin.push(character));
    begin
}

/// How many records the largest kind has.
fn width(chronicle: &Chronicle<'_>) -> usize {
    let counts = [
        chronicle.milestones().len(),
        chronicle.organizations().len(),
        chronicle.sites().len(),
        chronicle.people().len(),
        chronicle.themes().len(),
        chronicle.documents().len(),
        chronicle.statements().len(),
        chronicle.sources().len(),
    ];
    counts.into_iter().fold(1, usize::max)
}
