//! The tags of links: what points at what, and how. Runs on host and target.

use crate::{RecordKind, Role};

/// What a record points at, in the order in which its links are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// An organisation and what it did.
    Participant(Role),
    /// A site.
    Site,
    /// A theme.
    Theme,
    /// A person.
    Person,
    /// A document.
    Document,
    /// A milestone a statement speaks of.
    Milestone,
    /// An organisation that a site, person, theme, document or statement belongs to.
    Organization,
    /// The wider site or theme.
    Within,
    /// The milestone it is a part of.
    PartOf,
    /// A milestone that brought it about.
    Cause,
    /// Of an organisation: one that it came from in a change event.
    Predecessor,
    /// Of an organisation: one that came from it in a change event.
    Successor,
    /// Of an organisation: one that it came from in any number of steps.
    Forebear,
    /// Of an organisation: one that came from it in any number of steps.
    Heir,
}

impl LinkKind {
    /// The tag of the link.
    ///
    /// ```
    /// use nenpyo_schema::{LinkKind, Role};
    /// assert_eq!(LinkKind::Participant(Role::Host).tag(), Role::Host.byte());
    /// assert_eq!(LinkKind::Site.tag(), 32);
    /// ```
    pub const fn tag(self) -> u8 {
        match self {
            Self::Participant(role) => role.byte(),
            Self::Site => 32,
            Self::Theme => 33,
            Self::Person => 34,
            Self::Document => 35,
            Self::Milestone => 36,
            Self::Organization => 37,
            Self::Within => 38,
            Self::PartOf => 39,
            Self::Cause => 40,
            Self::Predecessor => 41,
            Self::Successor => 42,
            Self::Forebear => 43,
            Self::Heir => 44,
        }
    }

    /// The kind with this tag.
    ///
    /// ```
    /// use nenpyo_schema::LinkKind;
    /// assert_eq!(LinkKind::from_tag(LinkKind::Cause.tag()), Some(LinkKind::Cause));
    /// assert_eq!(LinkKind::from_tag(31), None, "no such role");
    /// ```
    pub const fn from_tag(tag: u8) -> Option<Self> {
        Some(match tag {
            0..=31 => match Role::from_byte(tag) {
                Some(role) => Self::Participant(role),
                None => return None,
            },
            32 => Self::Site,
            33 => Self::Theme,
            34 => Self::Person,
            35 => Self::Document,
            36 => Self::Milestone,
            37 => Self::Organization,
            38 => Self::Within,
            39 => Self::PartOf,
            40 => Self::Cause,
            41 => Self::Predecessor,
            42 => Self::Successor,
            43 => Self::Forebear,
            44 => Self::Heir,
            _ => return None,
        })
    }

    /// Where a link with this tag sorts: participants keep the order they were written in.
    ///
    /// ```
    /// use nenpyo_schema::{LinkKind, Role};
    /// let group = |kind: LinkKind| LinkKind::group(kind.tag());
    /// assert_eq!(group(LinkKind::Participant(Role::Host)), group(LinkKind::Participant(Role::Guest)));
    /// assert!(group(LinkKind::Site) < group(LinkKind::Theme));
    /// ```
    pub const fn group(tag: u8) -> u8 {
        if tag < 32 { 0 } else { tag }
    }

    /// The kind of record such a link points at, from a record of `from`.
    ///
    /// ```
    /// use nenpyo_schema::{LinkKind, RecordKind};
    /// assert_eq!(LinkKind::Cause.target(RecordKind::Milestone), RecordKind::Milestone);
    /// assert_eq!(LinkKind::Within.target(RecordKind::Theme), RecordKind::Theme);
    /// ```
    pub const fn target(self, from: RecordKind) -> RecordKind {
        match self {
            Self::Participant(_)
            | Self::Organization
            | Self::Predecessor
            | Self::Successor
            | Self::Forebear
            | Self::Heir => RecordKind::Organization,
            Self::Site => RecordKind::Site,
            Self::Theme => RecordKind::Theme,
            Self::Person => RecordKind::Person,
            Self::Document => RecordKind::Document,
            Self::Milestone | Self::PartOf | Self::Cause => RecordKind::Milestone,
            Self::Within => from,
        }
    }
}

/// How a record is pointed at, in the order in which its referrers are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReferrerKind {
    /// A record of this kind names it in one of its lists.
    Mention(RecordKind),
    /// A milestone that is a part of it.
    Part,
    /// A milestone that it brought about.
    Consequence,
    /// An organisation that belonged to it at some time.
    Child,
    /// An organisation that it supervised at some time.
    Supervised,
    /// A site inside it, a theme below it.
    Inside,
}

impl ReferrerKind {
    /// The tag of the referrer.
    ///
    /// ```
    /// use nenpyo_schema::{RecordKind, ReferrerKind};
    /// assert_eq!(ReferrerKind::Mention(RecordKind::Statement).tag(), RecordKind::Statement.byte());
    /// assert_eq!(ReferrerKind::Part.tag(), 16);
    /// ```
    pub const fn tag(self) -> u8 {
        match self {
            Self::Mention(kind) => kind.byte(),
            Self::Part => 16,
            Self::Consequence => 17,
            Self::Child => 18,
            Self::Supervised => 19,
            Self::Inside => 20,
        }
    }

    /// The kind with this tag.
    ///
    /// ```
    /// use nenpyo_schema::ReferrerKind;
    /// assert_eq!(ReferrerKind::from_tag(ReferrerKind::Child.tag()), Some(ReferrerKind::Child));
    /// assert_eq!(ReferrerKind::from_tag(15), None, "no such kind of record");
    /// ```
    pub const fn from_tag(tag: u8) -> Option<Self> {
        Some(match tag {
            0..=15 => match RecordKind::from_byte(tag) {
                Some(kind) => Self::Mention(kind),
                None => return None,
            },
            16 => Self::Part,
            17 => Self::Consequence,
            18 => Self::Child,
            19 => Self::Supervised,
            20 => Self::Inside,
            _ => return None,
        })
    }

    /// The kind of record that refers so to a record of `to`.
    ///
    /// ```
    /// use nenpyo_schema::{RecordKind, ReferrerKind};
    /// assert_eq!(ReferrerKind::Child.source(RecordKind::Organization), RecordKind::Organization);
    /// assert_eq!(ReferrerKind::Inside.source(RecordKind::Site), RecordKind::Site);
    /// ```
    pub const fn source(self, to: RecordKind) -> RecordKind {
        match self {
            Self::Mention(kind) => kind,
            Self::Part | Self::Consequence => RecordKind::Milestone,
            Self::Child | Self::Supervised => RecordKind::Organization,
            Self::Inside => to,
        }
    }
}
