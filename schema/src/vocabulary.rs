//! The closed vocabularies of the data, each a byte in the tables and a word in `data/`. Runs on host and target.

/// Makes an enum whose variants have a byte and a name, so that tables, data files and JSON agree.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $byte:literal $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum $name {
            $($(#[$variant_doc])* $variant = $byte,)+
        }

        impl $name {
            /// Every value, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word for it in `data/` and in JSON.
            ///
            /// ```
            #[doc = concat!("use nenpyo_schema::", stringify!($name), ";")]
            #[doc = concat!("for value in ", stringify!($name), "::ALL {")]
            #[doc = concat!("    assert_eq!(", stringify!($name), "::from_name(value.name()), Some(*value));")]
            /// }
            /// ```
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value with this word, which is compared with each in turn; `None` if there is no such word.
            ///
            /// ```
            #[doc = concat!("use nenpyo_schema::", stringify!($name), ";")]
            #[doc = concat!("let first = ", stringify!($name), "::ALL[0];")]
            #[doc = concat!("assert_eq!(", stringify!($name), "::from_name(first.name()), Some(first));")]
            #[doc = concat!("assert_eq!(", stringify!($name), "::from_name(\"no such word\"), None);")]
            /// ```
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }

            /// The value with this byte; `None` for a byte of a later version.
            ///
            /// ```
            #[doc = concat!("use nenpyo_schema::", stringify!($name), ";")]
            #[doc = concat!("assert_eq!(", stringify!($name), "::from_byte(0), Some(", stringify!($name), "::ALL[0]));")]
            #[doc = concat!("assert_eq!(", stringify!($name), "::from_byte(u8::MAX), None);")]
            /// ```
            pub const fn from_byte(byte: u8) -> Option<Self> {
                match byte { $($byte => Some(Self::$variant),)+ _ => None }
            }

            /// The byte for it in the tables.
            ///
            /// ```
            #[doc = concat!("use nenpyo_schema::", stringify!($name), ";")]
            #[doc = concat!("assert_eq!(", stringify!($name), "::ALL[1].byte(), 1);")]
            /// ```
            pub const fn byte(self) -> u8 {
                self as u8
            }
        }
    };
}

vocabulary! {
    /// The kinds of record. Sources come last, so that a chronicle without them keeps its numbering.
    RecordKind {
        /// Something that happened or went on (schema.org `Event`).
        Milestone = 0 "milestone",
        /// An organisation or organisational unit (W3C ORG).
        Organization = 1 "organization",
        /// A place, facility, building or machine.
        Site = 2 "site",
        /// A person.
        Person = 3 "person",
        /// A concept.
        Theme = 4 "theme",
        /// A document, programme or status.
        Document = 5 "document",
        /// What an organisation says of itself: mission, goal, strength.
        Statement = 6 "statement",
        /// Where a fact comes from.
        Source = 7 "source",
    }
}

vocabulary! {
    /// What sort of milestone it is.
    MilestoneKind {
        /// An organisation comes into being.
        Founding = 0 "founding",
        /// Organisations are rearranged.
        Reorganization = 1 "reorganization",
        /// An organisation or branch closes.
        Closure = 2 "closure",
        /// Parties agree.
        Agreement = 3 "agreement",
        /// An authority gives a status.
        Designation = 4 "designation",
        /// A law, or a choice by the state.
        Decision = 5 "decision",
        /// A programme begins.
        Programme = 6 "programme",
        /// A document appears.
        Publication = 7 "publication",
        /// Building begins.
        Construction = 8 "construction",
        /// Something built or made is finished.
        Completion = 9 "completion",
        /// A site or building opens.
        Opening = 10 "opening",
        /// First beam, first plasma, first patient.
        Operation = 11 "operation",
        /// A result.
        Achievement = 12 "achievement",
        /// A ceremony.
        Ceremony = 13 "ceremony",
        /// A symposium or press conference.
        Meeting = 14 "meeting",
        /// A visit.
        Visit = 15 "visit",
        /// Someone takes office.
        Appointment = 16 "appointment",
        /// Something gets its name.
        Naming = 17 "naming",
        /// An accident or a failure.
        Incident = 18 "incident",
        /// Something goes on.
        State = 19 "state",
    }
}

vocabulary! {
    /// What an organisation did in a milestone.
    Role {
        /// It existed before the change (W3C ORG `originalOrganization`) and ends with it, unless it is also resulting.
        Original = 0 "original",
        /// It exists after the change (W3C ORG `resultingOrganization`) and begins with it, unless it is also original.
        Resulting = 1 "resulting",
        /// The milestone is about it.
        Subject = 2 "subject",
        /// It organised the event.
        Organizer = 3 "organizer",
        /// It is a party to the agreement.
        Party = 4 "party",
        /// It designated or decided.
        Authority = 5 "authority",
        /// It was designated or chosen.
        Recipient = 6 "recipient",
        /// It built or made the thing.
        Builder = 7 "builder",
        /// It supplied or designed a part.
        Supplier = 8 "supplier",
        /// It runs the thing.
        Operator = 9 "operator",
        /// It was the host.
        Host = 10 "host",
        /// It was represented among the guests.
        Guest = 11 "guest",
        /// It took part.
        Participant = 12 "participant",
    }
}

vocabulary! {
    /// How sure a source makes a fact.
    Certainty {
        /// Stated by the organisation itself, a ministry or a law, or by two independent sources.
        Stated = 0 "A",
        /// One credible secondary source.
        Reported = 1 "B",
        /// Inferred; the note says from what.
        Inferred = 2 "C",
    }
}

vocabulary! {
    /// What sort of organisation it is.
    OrganizationKind {
        /// A government.
        Government = 0 "government",
        /// A ministry.
        Ministry = 1 "ministry",
        /// A government agency.
        Agency = 2 "agency",
        /// A commission.
        Commission = 3 "commission",
        /// A council.
        Council = 4 "council",
        /// A Japanese national research and development agency (国立研究開発法人).
        NationalResearchAndDevelopmentAgency = 5 "national-research-and-development-agency",
        /// A Japanese incorporated administrative agency (独立行政法人).
        IncorporatedAdministrativeAgency = 6 "incorporated-administrative-agency",
        /// A Japanese special corporation (特殊法人).
        SpecialCorporation = 7 "special-corporation",
        /// An institute that is part of the state.
        NationalInstitute = 8 "national-institute",
        /// An institute.
        Institute = 9 "institute",
        /// A directorate.
        Directorate = 10 "directorate",
        /// A division.
        Division = 11 "division",
        /// An area that stands outside the directorates.
        Area = 12 "area",
        /// A centre.
        Center = 13 "center",
        /// A hospital.
        Hospital = 14 "hospital",
        /// A laboratory.
        Laboratory = 15 "laboratory",
        /// An office.
        Office = 16 "office",
        /// A branch.
        Branch = 17 "branch",
        /// A project with a place in the organisation.
        Project = 18 "project",
        /// A company.
        Company = 19 "company",
        /// A foundation.
        Foundation = 20 "foundation",
        /// A federation.
        Federation = 21 "federation",
        /// A prefecture.
        Prefecture = 22 "prefecture",
        /// A city.
        City = 23 "city",
        /// A university.
        University = 24 "university",
        /// An intergovernmental organisation.
        IntergovernmentalOrganization = 25 "intergovernmental-organization",
        /// An international project.
        InternationalProject = 26 "international-project",
    }
}

vocabulary! {
    /// How a unit belongs to its parent (W3C ORG).
    ParentRelation {
        /// `org:unitOf`: a part that has no standing of its own.
        Unit = 0 "unit",
        /// `org:subOrganizationOf`: a body of its own below the parent.
        SubOrganization = 1 "sub-organization",
    }
}

vocabulary! {
    /// What sort of site it is.
    SiteKind {
        /// A site of an organisation.
        Site = 0 "site",
        /// A campus.
        Campus = 1 "campus",
        /// A place.
        Place = 2 "place",
        /// A facility.
        Facility = 3 "facility",
        /// A building.
        Building = 4 "building",
        /// A machine.
        Device = 5 "device",
    }
}

vocabulary! {
    /// What sort of document, programme or status it is.
    DocumentKind {
        /// A strategy.
        Strategy = 0 "strategy",
        /// A plan.
        Plan = 1 "plan",
        /// An agreement.
        Agreement = 2 "agreement",
        /// A recommendation.
        Recommendation = 3 "recommendation",
        /// A law.
        Law = 4 "law",
        /// A status given by an authority.
        Status = 5 "status",
        /// A programme.
        Programme = 6 "programme",
        /// A series of events.
        Series = 7 "series",
        /// A project.
        Project = 8 "project",
        /// A reform.
        Reform = 9 "reform",
        /// A booklet.
        Booklet = 10 "booklet",
        /// A therapy.
        Therapy = 11 "therapy",
    }
}

vocabulary! {
    /// What sort of statement it is.
    StatementKind {
        /// What the organisation is for.
        Mission = 0 "mission",
        /// What it wants to reach.
        Goal = 1 "goal",
        /// What it is good at.
        Strength = 2 "strength",
        /// What went before.
        Background = 3 "background",
        /// Why something was done.
        Argument = 4 "argument",
        /// How far it has come.
        Progress = 5 "progress",
    }
}

vocabulary! {
    /// What sort of source it is.
    SourceKind {
        /// A booklet.
        Booklet = 0 "booklet",
        /// A web page.
        Page = 1 "page",
        /// A press release.
        Release = 2 "release",
        /// A news report.
        News = 3 "news",
        /// A law.
        Law = 4 "law",
        /// Minutes of a meeting.
        Minutes = 5 "minutes",
        /// A history.
        History = 6 "history",
        /// An encyclopedia.
        Encyclopedia = 7 "encyclopedia",
        /// A paper.
        Paper = 8 "paper",
        /// A registry.
        Registry = 9 "registry",
        /// A report.
        Report = 10 "report",
    }
}

vocabulary! {
    /// The sizes for which a chronicle can have glyphs: pixels of black and white, or of sixteen levels of grey.
    GlyphSize {
        /// 8 pixels, black and white.
        Mono8 = 0 "8",
        /// 10 pixels, black and white.
        Mono10 = 1 "10",
        /// 12 pixels, black and white.
        Mono12 = 2 "12",
        /// 16 pixels, black and white.
        Mono16 = 3 "16",
        /// 16 pixels, grey.
        Grey16 = 4 "16-grey",
        /// 24 pixels, grey.
        Grey24 = 5 "24-grey",
        /// 32 pixels, grey.
        Grey32 = 6 "32-grey",
    }
}

impl GlyphSize {
    /// The side of the square in which a kanji stands, in pixels.
    ///
    /// ```
    /// use nenpyo_schema::GlyphSize;
    /// assert_eq!(GlyphSize::Grey24.pixels(), 24);
    /// ```
    pub const fn pixels(self) -> u8 {
        match self {
            Self::Mono8 => 8,
            Self::Mono10 => 10,
            Self::Mono12 => 12,
            Self::Mono16 | Self::Grey16 => 16,
            Self::Grey24 => 24,
            Self::Grey32 => 32,
        }
    }

    /// Bits of a pixel: 1 or 4.
    ///
    /// ```
    /// use nenpyo_schema::GlyphSize;
    /// assert_eq!([GlyphSize::Mono16, GlyphSize::Grey16].map(GlyphSize::depth), [1, 4]);
    /// ```
    pub const fn depth(self) -> u8 {
        match self {
            Self::Mono8 | Self::Mono10 | Self::Mono12 | Self::Mono16 => 1,
            Self::Grey16 | Self::Grey24 | Self::Grey32 => 4,
        }
    }
}
