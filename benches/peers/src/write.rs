//! Writes the data as each alternative reads it, and the questions.

use std::fmt::Write as _;
use std::path::Path;

use databake::{Bake, CrateEnv};
use nenpyo::{Chronicle, Edtf};
use nenpyo_codegen::Compiled;
use nenpyo_emulator::Result;
use serde::Serialize;
use zerotrie::ZeroTrieSimpleAscii;
use zerovec::vecs::Index32;
use zerovec::{VarZeroVec, ZeroVec};

use crate::story::{Days, Milestone, More, Organization, OrganizationMore, Other, Packed, Story, Text};
use crate::{Id, failed};

/// What of nenpyo is asked.
pub(crate) const SECTIONS: &[&str] = &["ja", "en", "details", "slugs"];

/// Writes everything into a folder.
pub(crate) fn all(compiled: Compiled, folder: &Path) -> Result<()> {
    let (story, compiled) = story(compiled)?;
    let compiled = compiled.only(SECTIONS);
    let blob = compiled.blob();
    let dense = compiled.with_dense_text().map_err(failed)?.blob();
    std::fs::create_dir_all(folder).map_err(failed)?;
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).map_err(failed);
    put("chronicle.nenpyo", &blob)?;
    put("dense.nenpyo", &dense)?;
    put("linked.txt", linked(&story).join("\n").as_bytes())?;
    put("questions.rs", Questions::of(&story).rust(&story).as_bytes())?;
    put("structs.rs", structs(&story).as_bytes())?;
    put("phf.rs", phf(&story).as_bytes())?;
    put("story.json", &json(&story)?)?;
    put("rkyv.bin", &rkyv(&story)?)?;
    put("zerovec.bin", &zerovec(&story)?)?;
    put("databake.rs", databake(&story).as_bytes())?;
    put("each.bin", &each(&story)?)?;
    put("postcard.bin", &postcard(story)?)
}

pub(crate) fn json(story: &Story) -> Result<Vec<u8>> {
    serde_json::to_vec(story).map_err(failed)
}

pub(crate) fn rkyv(story: &Story) -> Result<Vec<u8>> {
    Ok(::rkyv::to_bytes::<::rkyv::rancor::Error>(story).map_err(failed)?.into_vec())
}

pub(crate) fn zerovec(story: &Story) -> Result<Vec<u8>> {
    ::postcard::to_stdvec(&Columns::of(story)).map_err(failed)
}

pub(crate) fn databake(story: &Story) -> String {
    Columns::of(story).bake(&CrateEnv::default()).to_string()
}

pub(crate) fn postcard(story: Story) -> Result<Vec<u8>> {
    ::postcard::to_stdvec(&story.packed()).map_err(failed)
}

/// Records of postcard one after the other, where each begins, and columns of what is compared.
#[derive(Serialize)]
struct Each {
    keys: Numbers,
    key_ids: Ids,
    dates: ZeroVec<'static, Days>,
    flags: Bytes,
    kinds: Bytes,
    starts: Numbers,
    records: Packed,
}

pub(crate) fn each(story: &Story) -> Result<Vec<u8>> {
    let Story { milestones, organizations, by_key, others, .. } = story;
    let (mut starts, mut records) = (Vec::new(), Vec::new());
    let mut put = |record: &dyn Fn(Vec<u8>) -> ::postcard::Result<Vec<u8>>| {
        starts.push(records.len() as u32);
        records = record(std::mem::take(&mut records)).map_err(failed)?;
        Ok(())
    };
    for Milestone { slug, title, summary, note, participants, more, .. } in milestones {
        put(&|records| ::postcard::to_extend(title, records))?;
        put(&|records| ::postcard::to_extend(&(summary, note, slug, participants, more), records))?;
    }
    organizations.iter().try_for_each(|one| put(&|records| ::postcard::to_extend(one, records)))?;
    others.iter().try_for_each(|one| put(&|records| ::postcard::to_extend(one, records)))?;
    let each = Each {
        keys: by_key.iter().map(|row| row.0).collect(),
        key_ids: by_key.iter().map(|row| row.1).collect(),
        dates: milestones.iter().map(|one| one.date).collect(),
        flags: milestones.iter().map(|one| one.flags).collect(),
        kinds: milestones.iter().map(|one| one.kind).collect(),
        starts: starts.into_iter().collect(),
        records: Packed(records),
    };
    ::postcard::to_stdvec(&each).map_err(failed)
}

/// What is given to everyone. The chronicle needs its sources for that, because claims say which they are.
pub(crate) fn story(compiled: Compiled) -> Result<(Story, Compiled)> {
    let compiled = compiled.only(&["ja", "en", "details", "slugs", "sources"]);
    let blob = compiled.blob();
    let story = Story::of(&compiled, &Chronicle::open(&blob).map_err(failed)?);
    Ok((story, compiled))
}

/// Texts of the last records of each kind, to see in a program that it has everything.
fn linked(story: &Story) -> Vec<&str> {
    let milestone = story.milestones.last().map(|one| &one.summary[0]);
    let organization = story.organizations.last().and_then(|one| one.names.last()).map(|held| &held.1[0]);
    let other = story.others.last().map(|one| &one.title[0]);
    [milestone, organization, other].into_iter().flatten().map(|text| text.plain.as_str()).collect()
}

/// Some of a list, evenly.
fn some<T: Clone>(all: &[T], count: usize) -> Vec<T> {
    let at = |number: usize| all.get(number * all.len() / count).cloned();
    (0..count).filter_map(at).collect()
}

/// Spans of days, in EDTF.
const SPANS: [&str; 7] =
    ["2016-04-01", "2016-04", "2016", "2010/2019", "1950/2026", "2016-04-01/2016-06", "[2015-01-01..2019-12-31]"];

/// With so many organisations the tree is asked of fewer days.
const MANY: usize = 100_000;

/// What is asked.
pub(crate) struct Questions<'s> {
    pub(crate) keys: Vec<u32>,
    pub(crate) slugs: Vec<&'s str>,
    pub(crate) ids: Vec<u32>,
    /// As they are written, and their first and last days.
    pub(crate) spans: Vec<(&'static str, (i32, i32))>,
    pub(crate) organizations: Vec<u32>,
    pub(crate) days: Vec<i32>,
}

impl<'s> Questions<'s> {
    pub(crate) fn of(story: &'s Story) -> Self {
        // serde-json-core gives a borrowed string with its escapes as they stand: what has quotes is not asked for.
        let is_plain = |text: &Text| !text.plain.contains(['"', '\\']);
        let is_asked = |id: &u32| {
            let one = &story.milestones[*id as usize];
            one.title.iter().chain(&one.summary).chain(&one.note).all(is_plain)
        };
        let ids: Vec<u32> = (0..story.milestones.len() as u32).filter(is_asked).collect();
        let ids = some(&ids, 15);
        let slugs: Vec<&str> = ids.iter().map(|id| story.milestones[*id as usize].slug.as_str()).collect();
        let days = |text: &'static str| {
            let days = Edtf::parse(text).expect("it is a date").days();
            (text, (days.begin_earliest.number(), days.end_latest.number()))
        };
        let organizations: Vec<u32> = (0..story.organizations.len() as u32).collect();
        let all: &[i32] = &[1957, 1990, 2016, 2019, 2021, 2026];
        // The tree of half a million organisations takes a database seconds, whatever the day.
        let years = if organizations.len() < MANY { all } else { &all[1..3] };
        Self {
            keys: slugs.iter().map(|slug| nenpyo::Key::of(slug).hash()).collect(),
            slugs,
            ids,
            spans: SPANS.into_iter().map(days).collect(),
            organizations: some(&organizations, 9),
            days: years.iter().map(|year| nenpyo::Day::from_ymd(*year, 5, 1).expect("it is a day").number()).collect(),
        }
    }

    /// As constants for a board, with how many there are of what.
    fn rust(&self, story: &Story) -> String {
        let most = |sizes: &mut dyn Iterator<Item = usize>| sizes.max().unwrap_or(0).max(1);
        let longest = |texts: fn(&Milestone<More>) -> &[Text; 2], part: fn(&Text) -> &String| {
            most(&mut story.milestones.iter().flat_map(texts).map(part).map(String::len))
        };
        let mut text = format!("pub type Id = {};\n", std::any::type_name::<crate::Id>());
        for (name, kind, list) in [
            ("KEYS", "u32", format!("{:?}", self.keys)),
            ("SLUGS", "&str", format!("{:?}", self.slugs)),
            ("IDS", "u32", format!("{:?}", self.ids)),
            ("SPANS", "(&str, (i32, i32))", format!("{:?}", self.spans)),
            ("ORGANIZATIONS", "u32", format!("{:?}", self.organizations)),
            ("DAYS", "i32", format!("{:?}", self.days)),
        ] {
            let _ = writeln!(text, "pub const {name}: &[{kind}] = &{list};");
        }
        for (name, number) in [
            ("MILESTONES", story.milestones.len()),
            ("ORGANIZATIONS_COUNT", story.organizations.len()),
            ("PARTICIPANTS", most(&mut story.milestones.iter().map(|one| one.participants.len()))),
            ("NAMES", most(&mut story.organizations.iter().map(|one| one.names.len()))),
            ("PARENTS", most(&mut story.organizations.iter().map(|one| one.parents.len()))),
            ("TITLE", longest(|one| &one.title, |text| &text.plain)),
            ("TITLE_RUBY", longest(|one| &one.title, |text| &text.ruby)),
            ("SUMMARY", longest(|one| &one.summary, |text| &text.plain)),
            ("SUMMARY_RUBY", longest(|one| &one.summary, |text| &text.ruby)),
            ("NOTE", longest(|one| &one.note, |text| &text.plain)),
            ("NOTE_RUBY", longest(|one| &one.note, |text| &text.ruby)),
        ] {
            let _ = writeln!(text, "#[allow(dead_code)]\npub const {name}: usize = {number};");
        }
        text
    }
}

pub(crate) fn structs(story: &Story) -> String {
    let one = |text: &Text| format!("Text {{ plain: {:?}, ruby: {:?} }}", text.plain, text.ruby);
    let two = |texts: &[Text; 2]| format!("[{}, {}]", one(&texts[0]), one(&texts[1]));
    let more = |more: &More| {
        let More { links, periods, claims } = more;
        // How Rust shows rows is how they are written.
        let periods = format!("{periods:?}").replace("Row(", "Held(");
        format!("More {{ links: &{links:?}, periods: &{periods}, claims: &{claims:?} }}")
    };
    let mut source = format!("static MILESTONES: [Milestone; {}] = [\n", story.milestones.len());
    for milestone in &story.milestones {
        let Milestone { slug, date, flags, kind, title, summary, note, participants, .. } = milestone;
        let (title, summary, note, more) = (two(title), two(summary), two(note), more(&milestone.more));
        let _ = writeln!(
            source,
            "    Milestone {{ slug: {slug:?}, date: {date:?}, flags: {flags}, kind: {kind}, title: {title}, \
             summary: {summary}, note: {note}, participants: &{participants:?}, more: {more} }},",
        );
    }
    let _ = writeln!(source, "];\nstatic ORGANIZATIONS: [Organization; {}] = [", story.organizations.len());
    for organization in &story.organizations {
        let names: Vec<String> =
            organization.names.iter().map(|held| format!("({:?}, {})", held.0, two(&held.1))).collect();
        let parents: Vec<String> =
            organization.parents.iter().map(|held| format!("({:?}, {})", held.0, held.1)).collect();
        let OrganizationMore { slug, short, summary, note, more: links } = &organization.more;
        let (short, summary, note) = (two(short), two(summary), two(note));
        let _ = writeln!(
            source,
            "    Organization {{ exists: {:?}, names: &[{}], parents: &[{}], slug: {slug:?}, short: {short}, \
             summary: {summary}, note: {note}, more: {} }},",
            organization.exists,
            names.join(", "),
            parents.join(", "),
            more(links),
        );
    }
    let _ = writeln!(source, "];\nstatic OTHERS: [Other; {}] = [", story.others.len());
    for other in &story.others {
        let Other { record, kind, slug, .. } = other;
        let [title, summary, note, address] = [&other.title, &other.summary, &other.note, &other.address].map(two);
        let _ = writeln!(
            source,
            "    Other {{ record: {record}, kind: {kind}, slug: {slug:?}, title: {title}, summary: {summary}, \
             note: {note}, address: {address}, more: {} }},",
            more(&other.more),
        );
    }
    let keys: Vec<(u32, Id)> = story.by_key.iter().map(|row| (row.0, row.1)).collect();
    let _ = writeln!(
        source,
        "];\n#[cfg(not(feature = \"phf\"))]\nstatic BY_KEY: [(u32, Id); {}] = {keys:?};\n\
         #[cfg(not(feature = \"phf\"))]\nstatic BY_SLUG: [Id; {}] = {:?};",
        keys.len(),
        keys.len(),
        story.by_slug
    );
    source
}

pub(crate) fn phf(story: &Story) -> String {
    let (mut by_key, mut by_slug) = (phf_codegen::Map::new(), phf_codegen::Map::new());
    for row in &story.by_key {
        by_key.entry(row.0, row.1.to_string());
        by_slug.entry(story.milestones[row.1 as usize].slug.as_str(), row.1.to_string());
    }
    format!(
        "static BY_KEY: phf::Map<u32, Id> = {};\nstatic BY_SLUG: phf::Map<&str, Id> = {};\n",
        by_key.build(),
        by_slug.build()
    )
}

type Texts = VarZeroVec<'static, str, Index32>;
type Numbers = ZeroVec<'static, u32>;
type Bytes = ZeroVec<'static, u8>;
type Ids = ZeroVec<'static, Id>;

/// The columns of `zerovec`, in the order in which they are read; they are public because databake writes their names.
#[derive(Serialize, Bake)]
#[databake(path = columns)]
pub struct Columns {
    pub keys: Numbers,
    pub key_ids: Ids,
    pub by_slug: Bytes,
    pub dates: ZeroVec<'static, Days>,
    pub flags: Bytes,
    pub kinds: Bytes,
    pub texts: Texts,
    pub participant_starts: Numbers,
    pub participant_roles: Bytes,
    pub participants: Ids,
    pub exists: ZeroVec<'static, Days>,
    pub name_starts: Numbers,
    pub names: ZeroVec<'static, Days>,
    pub name_texts: Texts,
    pub parent_starts: Numbers,
    pub parents: ZeroVec<'static, Days>,
    pub parent_ids: Ids,
    pub organization_texts: Texts,
    pub other_records: Bytes,
    pub other_kinds: Bytes,
    pub other_texts: Texts,
    pub link_starts: Numbers,
    pub link_tags: Bytes,
    pub links: Ids,
    pub period_starts: Numbers,
    pub period_aspects: Bytes,
    pub periods: ZeroVec<'static, Days>,
    pub period_values: Ids,
    pub claim_starts: Numbers,
    pub claim_dates: ZeroVec<'static, [i32; 2]>,
    pub claim_certainties: Bytes,
    pub claim_sources: Ids,
}

/// Where the rows of each owner begin, and where the last ones end.
fn starts(lengths: impl Iterator<Item = usize>) -> Numbers {
    let mut sum = 0;
    let ends = lengths.map(|length| {
        sum += length as u32;
        sum
    });
    std::iter::once(0).chain(ends.collect::<Vec<u32>>()).collect()
}

/// Each text plain and its ruby.
fn both<'t>(texts: impl IntoIterator<Item = &'t [Text; 2]>) -> impl Iterator<Item = &'t str> {
    texts.into_iter().flatten().flat_map(|text| [text.plain.as_str(), text.ruby.as_str()])
}

fn column<'t>(texts: impl Iterator<Item = &'t str>) -> Texts {
    Texts::from(texts.collect::<Vec<&str>>().as_slice())
}

impl Columns {
    fn of(story: &Story) -> Self {
        let Story { milestones, organizations, by_key, others, .. } = story;
        let trie: ZeroTrieSimpleAscii<Vec<u8>> =
            milestones.iter().enumerate().map(|(id, milestone)| (milestone.slug.as_bytes(), id)).collect();
        let participants = || milestones.iter().flat_map(|one| &one.participants);
        let names = || organizations.iter().flat_map(|one| &one.names);
        let parents = || organizations.iter().flat_map(|one| &one.parents);
        let links = || story.more().flat_map(|one| &one.links);
        let periods = || story.more().flat_map(|one| &one.periods);
        let claims = || story.more().flat_map(|one| &one.claims);
        let of_organization = |one: &'_ Organization<OrganizationMore>| {
            let OrganizationMore { slug, short, summary, note, .. } = &one.more;
            [slug.as_str()].into_iter().chain(both([short, summary, note])).map(str::to_owned).collect::<Vec<_>>()
        };
        let organization_texts: Vec<String> = organizations.iter().flat_map(of_organization).collect();
        let of_other = |one: &'_ Other| {
            let Other { slug, title, summary, note, address, .. } = one;
            let texts = both([title, summary, note, address]);
            [slug.as_str()].into_iter().chain(texts).map(str::to_owned).collect::<Vec<_>>()
        };
        let other_texts: Vec<String> = others.iter().flat_map(of_other).collect();
        Self {
            keys: by_key.iter().map(|row| row.0).collect(),
            key_ids: by_key.iter().map(|row| row.1).collect(),
            by_slug: trie.into_store().into_iter().collect(),
            dates: milestones.iter().map(|one| one.date).collect(),
            flags: milestones.iter().map(|one| one.flags).collect(),
            kinds: milestones.iter().map(|one| one.kind).collect(),
            texts: column(both(milestones.iter().flat_map(|one| [&one.title, &one.summary, &one.note]))),
            participant_starts: starts(milestones.iter().map(|one| one.participants.len())),
            participant_roles: participants().map(|link| link.0).collect(),
            participants: participants().map(|link| link.1).collect(),
            exists: organizations.iter().map(|one| one.exists).collect(),
            name_starts: starts(organizations.iter().map(|one| one.names.len())),
            names: names().map(|held| held.0).collect(),
            name_texts: column(both(names().map(|held| &held.1))),
            parent_starts: starts(organizations.iter().map(|one| one.parents.len())),
            parents: parents().map(|held| held.0).collect(),
            parent_ids: parents().map(|held| held.1).collect(),
            organization_texts: column(organization_texts.iter().map(String::as_str)),
            other_records: others.iter().map(|one| one.record).collect(),
            other_kinds: others.iter().map(|one| one.kind).collect(),
            other_texts: column(other_texts.iter().map(String::as_str)),
            link_starts: starts(story.more().map(|one| one.links.len())),
            link_tags: links().map(|link| link.0).collect(),
            links: links().map(|link| link.1).collect(),
            period_starts: starts(story.more().map(|one| one.periods.len())),
            period_aspects: periods().map(|row| row.0).collect(),
            periods: periods().map(|row| row.1).collect(),
            period_values: periods().map(|row| row.2).collect(),
            claim_starts: starts(story.more().map(|one| one.claims.len())),
            claim_dates: claims().map(|claim| claim.date).collect(),
            claim_certainties: claims().map(|claim| claim.certainty).collect(),
            claim_sources: claims().map(|claim| claim.source).collect(),
        }
    }
}
