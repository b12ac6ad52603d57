// The README's example needs what it shows.
#![cfg_attr(all(feature = "qst", feature = "ja", feature = "en"), doc = include_str!("../README.md"))]
#![cfg_attr(
    not(all(feature = "qst", feature = "ja", feature = "en")),
    doc = "The lookups of nenpyo, for a chronicle of one's own or one in some languages; see the README."
)]
#![no_std]
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic))]

// Generated code says `::nenpyo::`, in this crate as in anyone else's.
extern crate self as nenpyo;

mod chronicle;
mod details;
mod glyphs;
mod links;
mod milestone;
mod open;
mod organization;
mod others;
mod period;
mod record;
mod search;
mod selection;
#[cfg(feature = "serde")]
mod serialize;
mod text;
mod tree;

pub mod date;

pub use nenpyo_schema::{
    Before, Break, Breaks, Certainty, Class, Day, Days, DocumentKind, Edtf, EdtfError, Form, Glyph, GlyphSize, Key,
    Language, MilestoneKind, OrganizationKind, ParentRelation, Pixels, Point, Properties, Qualifier, RecordKind,
    ReferrerKind, Role, SiteKind, SourceKind, StatementKind,
};

pub use chronicle::{About, Chronicle};
pub use details::{Claim, Claims, Details};
pub use glyphs::Glyphs;
pub use links::{Citation, Citations, Links, Referrers};
pub use milestone::{Milestone, MilestoneId, Participant, Participants};
pub use open::OpenError;
pub use organization::{Organization, OrganizationAt, OrganizationId};
pub use others::{
    Document, DocumentId, Person, PersonId, Site, SiteId, Source, SourceId, Statement, StatementId, Theme, ThemeId,
};
pub use period::{AsOf, End, Held, Period};
pub use record::{AnyRecord, Iter, Record, Records};
pub use search::{Field, Hit, Hits, Search, SearchError};
pub use selection::{Selection, SelectionIter, Span};
pub use text::{Reading, Segment, Segments, Text};
pub use tree::{Ancestors, Branch, Change, Differences, Tree};

/// The tables under a chronicle: what generated code is made of. Not for use by hand.
#[doc(hidden)]
pub mod tables {
    pub use nenpyo_schema::{
        Alphabet, BakedGlyphs, FORMAT, GlyphTables, KINDS, Language, LanguageTables, Lists, MAX_LANGUAGES, Pool,
        READS_DENSE_TEXT, SourceTables, Stretches, Strings, Tables, Texts, must_cast,
    };
}

/// The bytes of a file, as `include_bytes!` gives them, at an address that is a multiple of four, as [`Chronicle::open`]
/// needs them. Files in a memory map or in what an allocator gave lie so by themselves.
///
/// ```
/// let bytes: &[u8] = nenpyo::include_chronicle!("lib.rs");
/// assert_eq!(bytes.as_ptr().addr() % 4, 0);
/// assert_eq!(nenpyo::Chronicle::open(bytes).unwrap_err(), nenpyo::OpenError::NotAChronicle);
/// ```
#[macro_export]
macro_rules! include_chronicle {
    ($path:expr) => {{
        #[repr(C, align(4))]
        struct Aligned<T: ?Sized>(T);
        static FILE: &Aligned<[u8]> = &Aligned(*include_bytes!($path));
        &FILE.0
    }};
}

#[cfg(feature = "qst")]
mod qst {
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}

#[cfg(feature = "qst")]
pub use qst::{CHRONICLE as QST, key};
