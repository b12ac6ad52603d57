//! Names into ids, texts into numbers, dates into rows: the third stage. Host only.
//!
//! What comes in was checked, so references resolve and dates fit; what goes out is numbers and texts, in order.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use nenpyo_schema::{
    Aspect, ClaimRecord, Day, Edtf, GlyphSize, KINDS, Key, Language, LinkKind, LinkRow, ManifestRecord, MilestoneRow,
    PackedEdtf, PackedEnd, PeriodRow, RecordKind, ReferrerKind, Role, WEAK_SOURCE,
};

use crate::model::{
    At, ChronicleData, CitationToml, DocumentToml, EndToml, MilestoneToml, OrganizationToml, PeriodToml, PersonToml,
    RecordToml, Reference, SiteToml, SourceToml, StatementToml, TextToml, ThemeToml,
};

/// A text in each language of the manifest, with its ruby marks.
pub(crate) type Marked = Vec<String>;

/// A chronicle in numbers: what `emit` writes and what the tables must give back.
#[derive(Debug)]
pub(crate) struct Lowered {
    pub(crate) languages: Vec<Language>,
    pub(crate) manifest: ManifestRecord,
    /// Records of each kind, sources apart.
    pub(crate) counts: [u32; KINDS],
    /// By number.
    pub(crate) records: Vec<Record>,
    pub(crate) milestones: Vec<MilestoneRow>,
    pub(crate) sources: Vec<Source>,
    /// The title of each record, then further names.
    pub(crate) names: Vec<Marked>,
    pub(crate) bodies: Vec<Marked>,
    /// The sizes of glyphs that are chosen.
    pub(crate) glyphs: Vec<GlyphSize>,
    /// The fonts that are named.
    pub(crate) fonts: Vec<At<String>>,
}

impl Lowered {
    /// The id of the record with this number, and its kind.
    pub(crate) fn place(&self, number: usize) -> LinkRow {
        let kind = self.records[number].kind;
        let before: u32 = self.counts[..usize::from(kind)].iter().sum();
        LinkRow { id: number as u32 - before, tag: kind }
    }
}

/// A record that is no source.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub(crate) kind: u8,
    pub(crate) slug: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) subkind: u8,
    pub(crate) links: Vec<LinkRow>,
    pub(crate) referrers: Vec<LinkRow>,
    pub(crate) periods: Vec<PeriodRow>,
    pub(crate) citations: Vec<LinkRow>,
    pub(crate) detail: Detail,
}

/// The detail record before its claims are one stretch of bytes.
#[derive(Debug, Default)]
pub(crate) struct Detail {
    pub(crate) summary: Option<u32>,
    pub(crate) note: Option<u32>,
    pub(crate) address: Option<u32>,
    pub(crate) descriptive: u8,
    pub(crate) claims: Vec<ClaimRecord>,
}

/// A source.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) slug: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) subkind: u8,
    pub(crate) title: Marked,
    pub(crate) publisher: Marked,
    pub(crate) note: Marked,
    pub(crate) address: String,
    pub(crate) periods: Vec<PeriodRow>,
    pub(crate) cited_by: Vec<LinkRow>,
}

pub(crate) fn lower(data: &ChronicleData) -> Lowered {
    let languages: Vec<Language> =
        data.manifest.languages.iter().map(|tag| Language::new(&tag.value).unwrap_or(Language::NONE)).collect();
    let order = Order::of(data);
    let mut lowering = Lowering { order: &order, names: Texts::default(), bodies: Texts::default() };
    let mut records = lowering.records();
    let manifest = lowering.manifest(data);
    link_back(&mut records, &order.counts);
    trace_lineage(&mut records, &order);
    let cited_by = cited_by(order.sources.len(), &records, &order.counts);
    let sources = order.sources.iter().zip(cited_by).map(|(source, rows)| lower_source(source, languages.len(), rows));
    let sources = sources.collect();
    let (names, bodies) = (lowering.names.all, lowering.bodies.all);
    Lowered {
        languages,
        manifest,
        glyphs: data.manifest.glyphs.iter().map(|size| size.value).collect(),
        fonts: data.manifest.fonts.clone(),
        counts: order.counts,
        records,
        milestones: milestone_rows(&order),
        sources,
        names,
        bodies,
    }
}

/// The records of each kind in their final order, and the id of each key.
struct Order<'d> {
    milestones: Vec<&'d RecordToml<MilestoneToml>>,
    organizations: Vec<&'d RecordToml<OrganizationToml>>,
    sites: Vec<&'d RecordToml<SiteToml>>,
    people: Vec<&'d RecordToml<PersonToml>>,
    themes: Vec<&'d RecordToml<ThemeToml>>,
    documents: Vec<&'d RecordToml<DocumentToml>>,
    statements: Vec<&'d RecordToml<StatementToml>>,
    sources: Vec<&'d RecordToml<SourceToml>>,
    ids: HashMap<&'d str, u32>,
    counts: [u32; KINDS],
}

fn by_slug<B>(records: &[RecordToml<B>]) -> Vec<&RecordToml<B>> {
    let mut sorted: Vec<_> = records.iter().collect();
    sorted.sort_by(|a, b| a.key.value.cmp(&b.key.value));
    sorted
}

fn number_them<'d, B>(ids: &mut HashMap<&'d str, u32>, records: &[&'d RecordToml<B>]) -> u32 {
    for (id, record) in records.iter().enumerate() {
        ids.insert(&record.key.value, id as u32);
    }
    records.len() as u32
}

impl<'d> Order<'d> {
    fn of(data: &'d ChronicleData) -> Self {
        let mut order = Self {
            milestones: by_slug(&data.milestones),
            organizations: by_slug(&data.organizations),
            sites: by_slug(&data.sites),
            people: by_slug(&data.people),
            themes: by_slug(&data.themes),
            documents: by_slug(&data.documents),
            statements: by_slug(&data.statements),
            sources: by_slug(&data.sources),
            ids: HashMap::new(),
            counts: [0; KINDS],
        };
        // These sorts are stable, so what is equal stays in order of slugs.
        order.milestones.sort_by_cached_key(|milestone| span(&milestone.body.date.value));
        order.organizations.sort_by_key(|organization| organization.body.order);
        let ids = &mut order.ids;
        order.counts = [
            number_them(ids, &order.milestones),
            number_them(ids, &order.organizations),
            number_them(ids, &order.sites),
            number_them(ids, &order.people),
            number_them(ids, &order.themes),
            number_them(ids, &order.documents),
            number_them(ids, &order.statements),
        ];
        number_them(ids, &order.sources);
        order
    }

    fn id(&self, reference: &Reference) -> u32 {
        // `check` has found every reference.
        self.ids.get(reference.value.as_str()).copied().unwrap_or_default()
    }

    fn links<'r>(&self, kind: LinkKind, references: impl IntoIterator<Item = &'r Reference>) -> Vec<LinkRow> {
        references.into_iter().map(|reference| LinkRow { id: self.id(reference), tag: kind.tag() }).collect()
    }
}

fn span(date: &Edtf) -> (Day, Day) {
    let days = date.days();
    (days.begin_earliest, days.end_latest)
}

fn pack(date: &Edtf) -> PackedEdtf {
    // `read` has refused years that do not fit.
    date.pack().unwrap_or(PackedEdtf { points: [0; 2], form: 0 })
}

fn milestone_rows(order: &Order<'_>) -> Vec<MilestoneRow> {
    let mut latest_so_far = Day::MIN;
    let row = |milestone: &&RecordToml<MilestoneToml>| {
        let date = &milestone.body.date.value;
        let (earliest, latest) = span(date);
        if !MilestoneRow::is_long(earliest, latest) {
            latest_so_far = latest_so_far.max(latest);
        }
        MilestoneRow { date: pack(date), earliest, latest, latest_so_far }
    };
    order.milestones.iter().map(row).collect()
}

struct Lowering<'d> {
    order: &'d Order<'d>,
    names: Texts,
    bodies: Texts,
}

/// Texts by number. Equal texts have one number, so that two names are equal just when their numbers are.
#[derive(Default)]
struct Texts {
    all: Vec<Marked>,
    /// The first text with a hash, or with one that is higher by as many others as have the same.
    numbers: HashMap<u64, u32>,
}

impl Texts {
    /// The number of a text, or the hash under which it will be found.
    fn number(&self, text: &Marked) -> Result<u32, u64> {
        let mut hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(text);
        loop {
            match self.numbers.get(&hash) {
                None => return Err(hash),
                Some(number) if self.all[*number as usize] == *text => return Ok(*number),
                Some(_) => hash = hash.wrapping_add(1),
            }
        }
    }

    /// Gives a text a number of its own, as titles must have, whose number is their record's.
    fn push(&mut self, text: Marked) {
        if let Err(hash) = self.number(&text) {
            self.numbers.insert(hash, self.all.len() as u32);
        }
        self.all.push(text);
    }

    fn add(&mut self, text: Marked) -> u32 {
        self.number(&text).unwrap_or_else(|_| {
            self.push(text);
            self.all.len() as u32 - 1
        })
    }
}

fn marked(text: &TextToml) -> Marked {
    text.languages.iter().map(|text| text.as_ref().map(|text| text.value.clone()).unwrap_or_default()).collect()
}

fn aliases<B>(record: &RecordToml<B>) -> Vec<String> {
    record.aliases.iter().map(|alias| alias.value.clone()).collect()
}

fn mask(descriptive: &[bool]) -> u8 {
    descriptive.iter().enumerate().filter(|(_, ours)| **ours).fold(0, |mask, (at, _)| mask | 1 << at)
}

impl Lowering<'_> {
    fn records(&mut self) -> Vec<Record> {
        let order = self.order;
        // Titles come first, so that a record's number is the number of its title.
        let titles = order.milestones.iter().map(|record| marked(&record.title));
        let titles = titles.chain(order.organizations.iter().map(|record| latest_name(&record.body)));
        let titles = titles.chain(order.sites.iter().map(|record| marked(&record.title)));
        let titles = titles.chain(order.people.iter().map(|record| marked(&record.title)));
        let titles = titles.chain(order.themes.iter().map(|record| marked(&record.title)));
        let titles = titles.chain(order.documents.iter().map(|record| marked(&record.title)));
        let titles = titles.chain(order.statements.iter().map(|record| marked(&record.title)));
        titles.for_each(|title| self.names.push(title));

        let mut records = Vec::new();
        records.extend(order.milestones.iter().map(|record| self.milestone(record)));
        records.extend(order.organizations.iter().map(|record| self.organization(record)));
        for site in &order.sites {
            let mut record = self.common(RecordKind::Site, site, site.body.kind.byte());
            record.links.extend(order.links(LinkKind::Within, &site.body.within));
            record.periods.extend(dated(&site.body.exists).then(|| existence(&site.body.exists)));
            record.detail.address = self.body(site.body.address.as_ref());
            records.push(record);
        }
        records.extend(order.people.iter().map(|person| self.common(RecordKind::Person, person, 0)));
        for theme in &order.themes {
            let mut record = self.common(RecordKind::Theme, theme, 0);
            record.links.extend(order.links(LinkKind::Within, &theme.body.broader));
            records.push(record);
        }
        for document in &order.documents {
            let mut record = self.common(RecordKind::Document, document, document.body.kind.byte());
            record.periods.extend(dated(&document.body.exists).then(|| existence(&document.body.exists)));
            records.push(record);
        }
        for statement in &order.statements {
            records.push(self.common(RecordKind::Statement, statement, statement.body.kind.byte()));
        }
        for record in &mut records {
            record.links.sort_by_key(|link| LinkKind::group(link.tag));
        }
        records
    }

    /// What every record has, with its links in the order of their groups but for those of its own kind.
    fn common<B>(&mut self, kind: RecordKind, record: &RecordToml<B>, subkind: u8) -> Record {
        let order = self.order;
        let lists = [
            (LinkKind::Site, &record.sites),
            (LinkKind::Theme, &record.themes),
            (LinkKind::Person, &record.people),
            (LinkKind::Document, &record.documents),
            (LinkKind::Milestone, &record.milestones),
            (LinkKind::Organization, &record.organizations),
        ];
        let citation =
            |citation: &CitationToml| LinkRow { id: order.id(&citation.source), tag: citation.certainty.byte() };
        Record {
            kind: kind.byte(),
            slug: record.key.value.clone(),
            aliases: aliases(record),
            subkind,
            links: lists.into_iter().flat_map(|(kind, references)| order.links(kind, references)).collect(),
            citations: record.sources.iter().map(citation).collect(),
            detail: Detail {
                summary: self.body(record.summary.as_ref()),
                note: self.body(record.note.as_ref()),
                descriptive: mask(&record.descriptive),
                ..Detail::default()
            },
            ..Record::default()
        }
    }

    fn body(&mut self, text: Option<&TextToml>) -> Option<u32> {
        text.map(|text| self.bodies.add(marked(text)))
    }

    fn milestone(&mut self, milestone: &RecordToml<MilestoneToml>) -> Record {
        let mut record = self.common(RecordKind::Milestone, milestone, milestone.body.kind.byte());
        let order = self.order;
        let body = &milestone.body;
        let participant = |role: Role| LinkKind::Participant(role).tag();
        record.links.extend(
            body.participants.iter().map(|row| LinkRow { id: order.id(&row.organization), tag: participant(row.role) }),
        );
        record.links.extend(order.links(LinkKind::PartOf, &body.part_of));
        record.links.extend(order.links(LinkKind::Cause, &body.because_of));
        record.detail.claims = milestone.sources.iter().filter_map(|citation| self.claim(citation)).collect();
        record
    }

    fn claim(&self, citation: &CitationToml) -> Option<ClaimRecord> {
        let date = pack(&citation.date.as_ref()?.value);
        Some(ClaimRecord {
            source: self.order.id(&citation.source),
            certainty: citation.certainty.byte(),
            points: date.points,
            form: date.form,
        })
    }

    fn organization(&mut self, organization: &RecordToml<OrganizationToml>) -> Record {
        let mut record = self.common(RecordKind::Organization, organization, 0);
        let body = &organization.body;
        let row = |aspect: Aspect, flags: u8, value: u32, period: &PeriodToml| {
            period_row(aspect, flags, value, period, &body.exists)
        };
        record.periods.push(existence(&body.exists));
        for name in &body.names {
            let text = self.names.add(marked(&name.name));
            record.periods.push(row(Aspect::Name, mask(&name.descriptive), text, &name.period));
        }
        for kind in &body.kinds {
            record.periods.push(row(Aspect::Kind, 0, u32::from(kind.kind.byte()), &kind.period));
        }
        for parent in &body.parents {
            let link = LinkRow { id: self.order.id(&parent.organization), tag: parent.relation.byte() };
            record.periods.push(row(Aspect::Parent, 0, link.to_word(), &parent.period));
        }
        for supervisor in &body.supervisors {
            record.periods.push(row(
                Aspect::Supervisor,
                0,
                self.order.id(&supervisor.organization),
                &supervisor.period,
            ));
        }
        if let Some(short) = &body.short {
            let text = self.names.add(marked(short));
            record.periods.push(row(Aspect::ShortName, 0, text, &body.exists));
        }
        record
    }

    fn manifest(&mut self, data: &ChronicleData) -> ManifestRecord {
        let manifest = &data.manifest;
        let as_of = pack(&manifest.as_of.value);
        let licence = vec![manifest.licence.value.clone(); manifest.languages.len()];
        ManifestRecord {
            version: manifest.version.value,
            as_of: as_of.points,
            as_of_form: as_of.form,
            name: self.names.add(marked(&manifest.name)),
            credit: self.names.add(marked(&manifest.credit)),
            notice: self.names.add(marked(&manifest.notice)),
            licence: self.names.add(licence),
            subject: manifest.subject.as_ref().map(|subject| self.order.id(subject)),
        }
    }
}

/// The last of an organisation's names: what it is called where no day is asked for.
fn latest_name(organization: &OrganizationToml) -> Marked {
    organization.names.last().map(|name| marked(&name.name)).unwrap_or_default()
}

fn dated(period: &PeriodToml) -> bool {
    !matches!((&period.from, &period.to), (EndToml::Unsaid, EndToml::Unsaid))
}

fn end(end: &EndToml) -> PackedEnd {
    match end {
        EndToml::Unsaid => PackedEnd::Unknown,
        EndToml::Open(_) => PackedEnd::Open,
        EndToml::Date(At { value, .. }) => PackedEnd::Date(pack(value)),
    }
}

fn existence(period: &PeriodToml) -> PeriodRow {
    PeriodRow { aspect: Aspect::Existence as u8, flags: 0, value: 0, from: end(&period.from), to: end(&period.to) }
}

/// A period whose unsaid ends are those of the organisation.
fn period_row(aspect: Aspect, flags: u8, value: u32, period: &PeriodToml, exists: &PeriodToml) -> PeriodRow {
    let or = |own: &EndToml, otherwise: &EndToml| match own {
        EndToml::Unsaid => end(otherwise),
        said => end(said),
    };
    let (from, to) = (or(&period.from, &exists.from), or(&period.to, &exists.to));
    PeriodRow { aspect: aspect as u8, flags, value, from, to }
}

fn lower_source(source: &RecordToml<SourceToml>, languages: usize, cited_by: Vec<LinkRow>) -> Source {
    let body = &source.body;
    let period = body.date.as_ref().map(|date| {
        let date = PackedEnd::Date(pack(&date.value));
        PeriodRow { aspect: Aspect::Existence as u8, flags: 0, value: 0, from: date, to: date }
    });
    Source {
        slug: source.key.value.clone(),
        aliases: aliases(source),
        subkind: body.kind.byte() | if body.weak { WEAK_SOURCE } else { 0 },
        title: marked(&source.title),
        publisher: marked(&body.publisher),
        note: source.note.as_ref().map_or_else(|| vec![String::new(); languages], marked),
        address: body.address.as_ref().map(|address| address.value.clone()).unwrap_or_default(),
        periods: period.into_iter().collect(),
        cited_by,
    }
}

/// For each source the records that cite it, by kind and id.
fn cited_by(sources: usize, records: &[Record], counts: &[u32; KINDS]) -> Vec<Vec<LinkRow>> {
    let mut cited_by: Vec<Vec<LinkRow>> = vec![Vec::new(); sources];
    for (record, (kind, id)) in records.iter().zip(ids(counts)) {
        let distinct: BTreeSet<u32> = record.citations.iter().map(|citation| citation.id).collect();
        for source in distinct {
            cited_by[source as usize].push(LinkRow { id, tag: kind.byte() });
        }
    }
    cited_by
}

/// Kind and id of each number.
fn ids(counts: &[u32; KINDS]) -> impl Iterator<Item = (RecordKind, u32)> + '_ {
    RecordKind::ALL.iter().zip(counts).flat_map(|(kind, count)| (0..*count).map(|id| (*kind, id)))
}

/// Gives each record the list of what points at it.
fn link_back(records: &mut [Record], counts: &[u32; KINDS]) {
    let base = |kind: RecordKind| counts.iter().take(usize::from(kind.byte())).sum::<u32>();
    let mut back: Vec<(u32, u8, u32)> = Vec::new();
    for (record, (kind, id)) in records.iter().zip(ids(counts)) {
        let mut point = |target: RecordKind, at: u32, how: ReferrerKind| {
            back.push((base(target) + at, how.tag(), id));
        };
        for link in &record.links {
            let Some(link_kind) = LinkKind::from_tag(link.tag) else { continue };
            let how = match link_kind {
                LinkKind::PartOf => ReferrerKind::Part,
                LinkKind::Cause => ReferrerKind::Consequence,
                LinkKind::Within => ReferrerKind::Inside,
                _ => ReferrerKind::Mention(kind),
            };
            point(link_kind.target(kind), link.id, how);
        }
        for period in &record.periods {
            match Aspect::from_byte(period.aspect) {
                Some(Aspect::Parent) => {
                    let parent = LinkRow::from_word(period.value).id;
                    point(RecordKind::Organization, parent, ReferrerKind::Child);
                }
                Some(Aspect::Supervisor) => point(RecordKind::Organization, period.value, ReferrerKind::Supervised),
                _ => {}
            }
        }
    }
    back.sort_unstable();
    back.dedup();
    for referrers in back.chunk_by(|a, b| a.0 == b.0) {
        let record = &mut records[referrers[0].0 as usize];
        record.referrers = referrers.iter().map(|(_, tag, id)| LinkRow { id: *id, tag: *tag }).collect();
    }
}

/// Gives each organisation what it came from and what came from it, in one step and in any number of steps.
///
/// The closure is stored, because a walk without it needs a set of what was seen, which the target has no room for.
fn trace_lineage(records: &mut [Record], order: &Order<'_>) {
    let count = order.organizations.len();
    let mut successors: Vec<Vec<u32>> = vec![Vec::new(); count];
    let mut predecessors: Vec<Vec<u32>> = vec![Vec::new(); count];
    for milestone in &order.milestones {
        for (original, resulting) in changes(&milestone.body, order) {
            let (from, to) = (original as usize, resulting as usize);
            if !successors[from].contains(&resulting) {
                successors[from].push(resulting);
                predecessors[to].push(original);
            }
        }
    }
    let base = order.counts[0] as usize;
    for id in 0..count {
        let links = &mut records[base + id].links;
        let row = |kind: LinkKind| move |id: u32| LinkRow { id, tag: kind.tag() };
        links.extend(predecessors[id].iter().copied().map(row(LinkKind::Predecessor)));
        links.extend(successors[id].iter().copied().map(row(LinkKind::Successor)));
        let forebears = closure(id as u32, &predecessors);
        let heirs = closure(id as u32, &successors);
        // The farthest forebear comes first, so that a lineage reads in order of time.
        links.extend(forebears.iter().rev().copied().map(row(LinkKind::Forebear)));
        // Who is both, after a split and a merger, stands with the forebears only.
        links.extend(heirs.into_iter().filter(|id| !forebears.contains(id)).map(row(LinkKind::Heir)));
    }
}

/// The pairs of original and resulting organisation that a milestone joins.
fn changes(milestone: &MilestoneToml, order: &Order<'_>) -> Vec<(u32, u32)> {
    let of = |role: Role| milestone.participants.iter().filter(move |row| row.role == role);
    let originals: Vec<u32> = of(Role::Original).map(|row| order.id(&row.organization)).collect();
    let mut pairs = Vec::new();
    for resulting in of(Role::Resulting) {
        let id = order.id(&resulting.organization);
        let named: Vec<u32> = resulting.from.iter().map(|reference| order.id(reference)).collect();
        let from = if named.is_empty() { &originals } else { &named };
        pairs.extend(from.iter().filter(|original| **original != id).map(|original| (*original, id)));
    }
    pairs
}

/// Everything reachable from `start` but itself, nearest first.
fn closure(start: u32, edges: &[Vec<u32>]) -> Vec<u32> {
    let mut seen = BTreeSet::from([start]);
    let mut found = Vec::new();
    let mut next = vec![start];
    while !next.is_empty() {
        let mut reached = Vec::new();
        for from in next {
            for to in &edges[from as usize] {
                if seen.insert(*to) {
                    reached.push(*to);
                }
            }
        }
        found.extend(&reached);
        next = reached;
    }
    found
}

/// The hash of a slug's key.
pub(crate) fn hash(slug: &str) -> u32 {
    Key::of(slug).hash()
}
