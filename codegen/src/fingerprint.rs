//! Fingerprints: one line a record, so that a review sees which records a change touched. Host only.

use std::fmt::Write as _;

use nenpyo_schema::{Aspect, LinkKind, LinkRow, RecordKind};

use crate::emit::postcard;
use crate::lower::{Lowered, Marked, Record, Source};

/// The header of the file.
const HEADER: &str = "\
# @generated from data/ by `cargo xtask regen`. Do not edit.
# A line is a record: its bytes are rows, links, details and texts of all languages; its hash is FNV-1a (64 bit)
# of what it says, with references by key, so it changes when the record does and not when its neighbours do.
kind,key,bytes,hash
";

pub(crate) fn fingerprints(lowered: &Lowered) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (number, record) in lowered.records.iter().enumerate() {
        let kind = RecordKind::from_byte(record.kind).map_or("", RecordKind::name);
        lines.push(line(kind, &record.slug, &content(lowered, number, record)));
    }
    lines.extend(lowered.sources.iter().map(|source| line("source", &source.slug, &source_content(source))));
    lines.sort();
    HEADER.to_owned() + &lines.concat()
}

/// What a record says and how many bytes it takes to say it.
struct Content {
    text: String,
    bytes: usize,
}

fn line(kind: &str, slug: &str, content: &Content) -> String {
    format!("{kind},{slug},{},{:016x}\n", content.bytes, fnv(content.text.as_bytes()))
}

fn content(lowered: &Lowered, number: usize, record: &Record) -> Content {
    let mut content = Content { text: format!("{} {:?} ", record.subkind, record.aliases), bytes: 0 };
    let kind = RecordKind::from_byte(record.kind).unwrap_or(RecordKind::Milestone);
    content.say(&lowered.names[number]);
    let slug = |kind: RecordKind, id: u32| slug(lowered, kind, id);
    for link in &record.links {
        let target = LinkKind::from_tag(link.tag).map_or(kind, |link| link.target(kind));
        let _ = write!(content.text, "{} {};", link.tag, slug(target, link.id));
    }
    for citation in &record.citations {
        let _ = write!(content.text, "{} {};", citation.tag, slug(RecordKind::Source, citation.id));
    }
    for period in &record.periods {
        let _ = write!(content.text, "{} {} {:?} {:?} ", period.aspect, period.flags, period.from, period.to);
        match Aspect::from_byte(period.aspect) {
            Some(Aspect::Name | Aspect::ShortName) => content.say(&lowered.names[period.value as usize]),
            Some(Aspect::Parent | Aspect::Supervisor) => {
                let id = LinkRow::from_word(period.value).id;
                content.text.push_str(slug(RecordKind::Organization, id));
            }
            _ => content.text.push_str(&period.value.to_string()),
        }
    }
    if let Some(row) = lowered.milestones.get(number).filter(|_| kind == RecordKind::Milestone) {
        let _ = write!(content.text, "{:?}", row.date);
        content.bytes += nenpyo_schema::MilestoneRow::BYTES;
    }
    let detail = &record.detail;
    for claim in &detail.claims {
        let source = slug(RecordKind::Source, claim.source);
        let _ = write!(content.text, "{source} {} {:?};", claim.certainty, claim.date());
    }
    for body in [detail.summary, detail.note, detail.address].into_iter().flatten() {
        content.say(&lowered.bodies[body as usize]);
    }
    let _ = write!(content.text, "{}", detail.descriptive);
    content.bytes += 4 * (record.links.len() + record.referrers.len() + record.citations.len())
        + nenpyo_schema::PeriodRow::BYTES * record.periods.len()
        + detail.claims.iter().map(|claim| postcard(claim).len()).sum::<usize>();
    content
}

fn source_content(source: &Source) -> Content {
    let mut content = Content {
        text: format!("{} {:?} {} {:?}", source.subkind, source.aliases, source.address, source.periods),
        bytes: 0,
    };
    content.say(&source.title);
    content.say(&source.publisher);
    content.say(&source.note);
    content.bytes += source.address.len() + nenpyo_schema::PeriodRow::BYTES * source.periods.len();
    content
}

fn slug(lowered: &Lowered, kind: RecordKind, id: u32) -> &str {
    if kind == RecordKind::Source {
        return lowered.sources.get(id as usize).map(|source| source.slug.as_str()).unwrap_or_default();
    }
    let base: u32 = lowered.counts.iter().take(usize::from(kind.byte())).sum();
    lowered.records.get((base + id) as usize).map(|record| record.slug.as_str()).unwrap_or_default()
}

impl Content {
    fn say(&mut self, texts: &Marked) {
        for text in texts {
            let _ = write!(self.text, "{}:{text} ", text.len());
            self.bytes += text.len();
        }
    }
}

/// FNV-1a, 64 bit: <http://www.isthe.com/chongo/tech/comp/fnv/>.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}
