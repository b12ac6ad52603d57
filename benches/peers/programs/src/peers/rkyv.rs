//! A file of rkyv, checked when it is opened. These are the types that its derive makes of the host's rows.
#![allow(dead_code, reason = "no question asks for all of it")]

use rkyv::api::low::access;
use rkyv::bytecheck::CheckBytes;
use rkyv::primitive::{ArchivedI32, ArchivedU32};
use rkyv::rancor::Failure;
use rkyv::string::ArchivedString;
use rkyv::vec::ArchivedVec;
use rkyv::{Archive, Portable};

use crate::rows::{self, Span};
use crate::{Id, Peer};

type Period = [ArchivedI32; 4];
type ArchivedId = <Id as Archive>::Archived;

#[derive(CheckBytes, Portable)]
#[repr(C)]
#[bytecheck(crate = rkyv::bytecheck)]
struct Text {
    plain: ArchivedString,
    ruby: ArchivedString,
}

#[derive(CheckBytes, Portable)]
#[repr(C)]
#[bytecheck(crate = rkyv::bytecheck)]
struct Link(u8, ArchivedId);

#[derive(CheckBytes, Portable)]
#[repr(C)]
#[bytecheck(crate = rkyv::bytecheck)]
struct Row(u8, Period, ArchivedId);

#[derive(CheckBytes, Portable)]
#[repr(C)]
#[bytecheck(crate = rkyv::bytecheck)]
struct Claim {
    date: [ArchivedI32; 2],
    certainty: u8,
    source: ArchivedId,
}

#[derive(CheckBytes, Portable)]
#[repr(C)]
#[bytecheck(crate = rkyv::bytecheck)]
struct More {
    links: ArchivedVec<Link>,
    periods: ArchivedVec<Row>,
    claims: ArchivedVec<Claim>,
}

#[derive(CheckBytes, Portable)]
#[repr(C)]
#[bytecheck(crate = rkyv::bytecheck)]
struct Milestone {
    slug: ArchivedString,
    date: Period,
    flags: u8,
    kind: u8,
    title: [Text; 2],
    summary: [Text; 2],
    note: [Text; 2],
    participants: ArchivedVec<Link>,
    more: More,
}

#[derive(CheckBytes, Portable)]
#[repr(C)]
#[bytecheck(crate = rkyv::bytecheck)]
struct Held<T>(Period, T);

#[derive(CheckBytes, Portable)]
#[repr(C)]
#[bytecheck(crate = rkyv::bytecheck)]
struct ByKey(ArchivedU32, ArchivedId);

#[derive(CheckBytes, Portable)]
#[repr(C)]
#[bytecheck(crate = rkyv::bytecheck)]
struct Organization {
    exists: Period,
    names: ArchivedVec<Held<[Text; 2]>>,
    parents: ArchivedVec<Held<ArchivedId>>,
    more: OrganizationMore,
}

#[derive(CheckBytes, Portable)]
#[repr(C)]
#[bytecheck(crate = rkyv::bytecheck)]
struct OrganizationMore {
    slug: ArchivedString,
    short: [Text; 2],
    summary: [Text; 2],
    note: [Text; 2],
    more: More,
}

#[derive(CheckBytes, Portable)]
#[repr(C)]
#[bytecheck(crate = rkyv::bytecheck)]
struct Other {
    record: u8,
    kind: u8,
    slug: ArchivedString,
    title: [Text; 2],
    summary: [Text; 2],
    note: [Text; 2],
    address: [Text; 2],
    more: More,
}

#[derive(CheckBytes, Portable)]
#[repr(C)]
#[bytecheck(crate = rkyv::bytecheck)]
pub struct Story {
    milestones: ArchivedVec<Milestone>,
    organizations: ArchivedVec<Organization>,
    by_key: ArchivedVec<ByKey>,
    by_slug: ArchivedVec<ArchivedId>,
    others: ArchivedVec<Other>,
}

pub type Opened = &'static Story;

pub fn open() -> Option<Opened> {
    access::<Story, Failure>(crate::file!("rkyv.bin")).ok()
}

fn days(period: &Period) -> [i32; 4] {
    period.each_ref().map(|day| day.to_native())
}

impl Story {
    fn date(&self, at: usize) -> ([i32; 4], u8) {
        let one = &self.milestones[at];
        (days(&one.date), one.flags)
    }

    fn begins(&self, at: usize) -> i32 {
        self.milestones[at].date[0].to_native()
    }
}

impl Peer for Story {
    type Span = Span;

    fn span(_: &str, (from, to): (i32, i32)) -> Span {
        Span { from, to }
    }

    fn by_key(&self, key: u32) -> u32 {
        let found = self.by_key.binary_search_by_key(&key, |row| row.0.to_native());
        found.ok().and_then(|at| self.by_key.get(at)).map_or(u32::MAX, |row| row.1.to_native().into())
    }

    fn by_slug(&self, slug: &str) -> u32 {
        let key = |id: &ArchivedId| self.milestones[id.to_native() as usize].slug.as_str();
        let found = self.by_slug.binary_search_by(|id| key(id).cmp(slug));
        found.ok().and_then(|at| self.by_slug.get(at)).map_or(u32::MAX, |id| id.to_native().into())
    }

    fn by_id(&self, id: u32) -> u32 {
        let one = self.milestones.get(id as usize);
        one.map_or(0, |one| rows::hot(one.kind, one.date[0].to_native(), one.title[0].plain.len()))
    }

    fn surely(&self, span: &Span) -> u32 {
        rows::surely(self.milestones.len(), |at| self.begins(at), |at| self.date(at), span)
    }

    fn possibly(&self, span: &Span) -> u32 {
        rows::possibly(self.milestones.len(), |at| self.begins(at), |at| self.date(at), span)
    }

    fn by_organization(&self, organization: u32) -> u32 {
        let has = |one: &Milestone| one.participants.iter().any(|link| u32::from(link.1.to_native()) == organization);
        let numbered = (0_u32..).zip(self.milestones.iter());
        numbered.filter(|(_, one)| has(one)).fold(0, |sum, (id, _)| sum.wrapping_add(id + 1))
    }

    fn tree(&self, day: i32) -> u32 {
        let one = |at: u32| self.organizations.get(at as usize);
        rows::tree(
            self.organizations.len() as u32,
            |at| one(at).is_some_and(|one| rows::contains(days(&one.exists), day).is_some()),
            |at| rows::held(one(at)?.parents.iter().map(|row| (days(&row.0), u32::from(row.1.to_native()))), day),
            |at| {
                let names = one(at).map(|one| one.names.iter().map(|row| (days(&row.0), row.1[0].plain.len() as u32)));
                names.and_then(|names| rows::held(names, day)).unwrap_or(0)
            },
        )
    }

    fn detail(&self, id: u32) -> u32 {
        let Some(one) = self.milestones.get(id as usize) else { return 0 };
        let texts = one.summary.iter().chain(&one.note);
        texts.fold(0, |sum, text| sum.wrapping_add(rows::text(&text.plain, &text.ruby)))
    }
}
