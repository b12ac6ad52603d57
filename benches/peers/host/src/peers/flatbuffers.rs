//! A file of FlatBuffers, checked when it is opened. `flatc --rust` made the types of `story.fbs`.

use std::path::Path;

use flatbuffers::{FlatBufferBuilder, ForwardsUOffset, Vector, VerifierOptions, WIPOffset, root_with_opts};
use nenpyo_emulator::Result;

use crate::asked::Peer;
use crate::failed;
use crate::rows::{self, Span};
use crate::story;

#[path = "../story_generated.rs"]
#[allow(warnings, clippy::all, clippy::pedantic, unsafe_code, reason = "flatc wrote it")]
mod generated;

use generated::{
    ByKey, Claim, Days, Link, Milestone, MilestoneArgs, More, MoreArgs, Name, NameArgs, Organization, OrganizationArgs,
    Other, OtherArgs, Parent, Row, Story, StoryArgs, Text, TextArgs, Texts, TextsArgs,
};

const FILE: &str = "flatbuffers.bin";

type Builder = FlatBufferBuilder<'static>;

fn days(days: story::Days) -> Days {
    let [begin_earliest, begin_latest, end_earliest, end_latest] = days;
    Days::new(begin_earliest, begin_latest, end_earliest, end_latest)
}

fn text(builder: &mut Builder, text: &story::Text) -> Option<WIPOffset<Text<'static>>> {
    // What is not there costs nothing.
    if text.plain.is_empty() {
        return None;
    }
    let plain = Some(builder.create_string(&text.plain));
    let ruby = (!text.ruby.is_empty()).then(|| builder.create_string(&text.ruby));
    Some(Text::create(builder, &TextArgs { plain, ruby }))
}

fn texts(builder: &mut Builder, texts: &[story::Text; 2]) -> WIPOffset<Texts<'static>> {
    let [ja, en] = texts.each_ref().map(|one| text(builder, one));
    Texts::create(builder, &TextsArgs { ja, en })
}

fn links(links: &[story::Link]) -> Vec<Link> {
    links.iter().map(|link| Link::new(link.0, link.1)).collect()
}

fn more(builder: &mut Builder, more: &story::More) -> WIPOffset<More<'static>> {
    let claim = |claim: &story::Claim| Claim::new(claim.date[0], claim.date[1], claim.certainty, claim.source);
    let row = |row: &story::Row| Row::new(row.0, &days(row.1), row.2);
    let links = (!more.links.is_empty()).then(|| builder.create_vector(&links(&more.links)));
    let rows: Vec<Row> = more.periods.iter().map(row).collect();
    let periods = (!rows.is_empty()).then(|| builder.create_vector(&rows));
    let claims: Vec<Claim> = more.claims.iter().map(claim).collect();
    let claims = (!claims.is_empty()).then(|| builder.create_vector(&claims));
    More::create(builder, &MoreArgs { links, periods, claims })
}

fn milestone(builder: &mut Builder, one: &story::Milestone<story::More>) -> WIPOffset<Milestone<'static>> {
    let arguments = MilestoneArgs {
        slug: Some(builder.create_string(&one.slug)),
        date: Some(&days(one.date)),
        flags: one.flags,
        kind: one.kind,
        title: Some(texts(builder, &one.title)),
        summary: Some(texts(builder, &one.summary)),
        note: Some(texts(builder, &one.note)),
        participants: Some(builder.create_vector(&links(&one.participants))),
        more: Some(more(builder, &one.more)),
    };
    Milestone::create(builder, &arguments)
}

fn organization(
    builder: &mut Builder,
    one: &story::Organization<story::OrganizationMore>,
) -> WIPOffset<Organization<'static>> {
    let mut names = Vec::new();
    for held in &one.names {
        let name = Some(texts(builder, &held.1));
        names.push(Name::create(builder, &NameArgs { held: Some(&days(held.0)), name }));
    }
    let parents: Vec<Parent> = one.parents.iter().map(|held| Parent::new(&days(held.0), held.1)).collect();
    let arguments = OrganizationArgs {
        exists: Some(&days(one.exists)),
        names: Some(builder.create_vector(&names)),
        parents: Some(builder.create_vector(&parents)),
        slug: Some(builder.create_string(&one.more.slug)),
        short: Some(texts(builder, &one.more.short)),
        summary: Some(texts(builder, &one.more.summary)),
        note: Some(texts(builder, &one.more.note)),
        more: Some(more(builder, &one.more.more)),
    };
    Organization::create(builder, &arguments)
}

fn other(builder: &mut Builder, one: &story::Other) -> WIPOffset<Other<'static>> {
    let arguments = OtherArgs {
        record: one.record,
        kind: one.kind,
        slug: Some(builder.create_string(&one.slug)),
        title: Some(texts(builder, &one.title)),
        summary: Some(texts(builder, &one.summary)),
        note: Some(texts(builder, &one.note)),
        address: Some(texts(builder, &one.address)),
        more: Some(more(builder, &one.more)),
    };
    Other::create(builder, &arguments)
}

pub(crate) fn write(story: &story::Story, folder: &Path) -> Result<()> {
    let mut builder = Builder::new();
    let milestones: Vec<_> = story.milestones.iter().map(|one| milestone(&mut builder, one)).collect();
    let organizations: Vec<_> = story.organizations.iter().map(|one| organization(&mut builder, one)).collect();
    let others: Vec<_> = story.others.iter().map(|one| other(&mut builder, one)).collect();
    let by_key: Vec<ByKey> = story.by_key.iter().map(|row| ByKey::new(row.0, row.1)).collect();
    let arguments = StoryArgs {
        milestones: Some(builder.create_vector(&milestones)),
        organizations: Some(builder.create_vector(&organizations)),
        others: Some(builder.create_vector(&others)),
        by_key: Some(builder.create_vector(&by_key)),
        by_slug: Some(builder.create_vector(&story.by_slug)),
    };
    let root = Story::create(&mut builder, &arguments);
    builder.finish(root, None);
    std::fs::write(folder.join(FILE), builder.finished_data()).map_err(failed)
}

pub(crate) struct Opened {
    milestones: Vector<'static, ForwardsUOffset<Milestone<'static>>>,
    organizations: Vector<'static, ForwardsUOffset<Organization<'static>>>,
    by_key: Vector<'static, ByKey>,
    by_slug: Vector<'static, u32>,
}

pub(crate) fn open() -> Option<Opened> {
    // What is allowed by default is a million tables.
    let options = VerifierOptions { max_tables: usize::MAX, ..VerifierOptions::default() };
    let story = root_with_opts::<Story<'_>>(&options, crate::whole(FILE)).ok()?;
    Some(Opened {
        milestones: story.milestones(),
        organizations: story.organizations(),
        by_key: story.by_key(),
        by_slug: story.by_slug(),
    })
}

fn four(days: &Days) -> [i32; 4] {
    [days.begin_earliest(), days.begin_latest(), days.end_earliest(), days.end_latest()]
}

fn plain(text: Option<Text<'static>>) -> &'static str {
    text.map_or("", |text| text.plain())
}

impl Opened {
    fn milestone(&self, id: u32) -> Option<Milestone<'static>> {
        ((id as usize) < self.milestones.len()).then(|| self.milestones.get(id as usize))
    }

    fn begins(&self, at: usize) -> i32 {
        self.milestones.get(at).date().begin_earliest()
    }

    fn date(&self, at: usize) -> ([i32; 4], u8) {
        let one = self.milestones.get(at);
        (four(one.date()), one.flags())
    }
}

impl Peer for Opened {
    type Span = Span;

    fn span(_: &str, (from, to): (i32, i32)) -> Span {
        Span { from, to }
    }

    fn by_key(&self, key: u32) -> u32 {
        let found = self.by_key.lookup_by_key(key, |row, key| row.key_compare_with_value(*key));
        found.map_or(u32::MAX, ByKey::id)
    }

    fn by_slug(&self, slug: &str) -> u32 {
        let key = |id: u32| self.milestones.get(id as usize).slug();
        let at = rows::first(self.by_slug.len(), |at| key(self.by_slug.get(at)) >= slug);
        let found = (at < self.by_slug.len()).then(|| self.by_slug.get(at));
        found.filter(|id| key(*id) == slug).unwrap_or(u32::MAX)
    }

    fn by_id(&self, id: u32) -> u32 {
        let hot =
            |one: Milestone<'static>| rows::hot(one.kind(), one.date().begin_earliest(), plain(one.title().ja()).len());
        self.milestone(id).map_or(0, hot)
    }

    fn surely(&self, span: &Span) -> u32 {
        rows::surely(self.milestones.len(), |at| self.begins(at), |at| self.date(at), span)
    }

    fn possibly(&self, span: &Span) -> u32 {
        rows::possibly(self.milestones.len(), |at| self.begins(at), |at| self.date(at), span)
    }

    fn by_organization(&self, organization: u32) -> u32 {
        let has = |one: &Milestone<'static>| one.participants().iter().any(|link| link.id() == organization);
        let numbered = (0_u32..).zip(self.milestones.iter());
        numbered.filter(|(_, one)| has(one)).fold(0, |sum, (id, _)| sum.wrapping_add(id + 1))
    }

    fn tree(&self, day: i32) -> u32 {
        let all = &self.organizations;
        let one = |at: u32| ((at as usize) < all.len()).then(|| all.get(at as usize));
        rows::tree(
            all.len() as u32,
            |at| one(at).is_some_and(|one| rows::contains(four(one.exists()), day).is_some()),
            |at| rows::held(one(at)?.parents().iter().map(|row| (four(row.held()), row.id())), day),
            |at| {
                let row = |row: Name<'static>| (four(row.held()), plain(row.name().ja()).len() as u32);
                one(at).and_then(|one| rows::held(one.names().iter().map(row), day)).unwrap_or(0)
            },
        )
    }

    fn detail(&self, id: u32) -> u32 {
        let Some(one) = self.milestone(id) else { return 0 };
        let texts = [one.summary(), one.note()].into_iter().flat_map(|texts| [texts.ja(), texts.en()]);
        texts.flatten().fold(0, |sum, text| sum.wrapping_add(rows::text(text.plain(), text.ruby().unwrap_or_default())))
    }
}
