#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic))]

// Generated code says `::nenpyo::`, in this crate as in anyone else's.
extern crate self as nenpyo;

mod chronicle;
mod milestone;
mod open;
mod organization;
mod others;
mod record;
#[cfg(feature = "serde")]
mod serialize;
mod text;

pub mod date;

pub use nenpyo_schema::{
    Certainty, Day, Days, DocumentKind, Edtf, EdtfError, Form, Key, Language, MilestoneKind, OrganizationKind,
    ParentRelation, Point, Qualifier, RecordKind, ReferrerKind, Role, SiteKind, SourceKind, StatementKind,
};

pub use chronicle::{About, Chronicle};
pub use milestone::{Milestone, MilestoneId, Participant, Participants, Selection, SelectionIter};
pub use open::OpenError;
pub use organization::{
    Ancestors, AsOf, Branch, Change, Differences, End, Held, Organization, OrganizationAt, OrganizationId, Period, Tree,
};
pub use others::{
    Document, DocumentId, Person, PersonId, Site, SiteId, Source, SourceId, Statement, StatementId, Theme, ThemeId,
};
pub use record::{AnyRecord, Citation, Citations, Claim, Claims, Details, Iter, Links, Record, Records, Referrers};
pub use text::{Reading, Segment, Segments, Text};

/// The tables under a chronicle: what generated code is made of. Not for use by hand.
#[doc(hidden)]
pub mod tables {
    pub use nenpyo_schema::{
        FORMAT, KINDS, Language, LanguageTables, Lists, MAX_LANGUAGES, SourceTables, Stretches, Strings, Tables,
    };
}

#[cfg(feature = "qst")]
mod qst {
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

#[cfg(feature = "qst")]
pub use qst::{CHRONICLE as QST, key};
