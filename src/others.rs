//! Sites, people, themes, documents, statements and sources. Runs on the target.

use nenpyo_schema::{
    Aspect, DocumentKind, Edtf, Language, LinkKind, LinkRow, RecordKind, ReferrerKind, SiteKind, SourceKind,
    StatementKind, WEAK_SOURCE,
};

use crate::Milestone;
use crate::links::{Links, Node};
use crate::organization::Organization;
use crate::period::{Period, period_rows};
use crate::record::{AnyRecord, described, view};
use crate::text::Text;

view! {
    /// A place, facility, building or machine (W3C ORG `Site` and what stands in it).
    Site,
    /// The position of a site in its chronicle.
    SiteId
}
view! {
    /// A person.
    Person,
    /// The position of a person in its chronicle.
    PersonId
}
view! {
    /// A concept.
    Theme,
    /// The position of a theme in its chronicle.
    ThemeId
}
view! {
    /// A document, programme or status.
    Document,
    /// The position of a document in its chronicle.
    DocumentId
}
view! {
    /// What an organisation says of itself beyond dates: mission, goal, strength.
    Statement,
    /// The position of a statement in its chronicle.
    StatementId
}
view! {
    /// Where a fact comes from.
    Source,
    /// The position of a source in its chronicle.
    SourceId
}

described!(Site, name);
described!(Person, name);
described!(Theme, name);
described!(Document, name);
described!(Statement, title);

fn period(node: Node<'_>) -> Option<Period> {
    period_rows(node, Aspect::Existence).first().map(Period::of)
}

/// The organisations and themes that several kinds of record name.
macro_rules! belongs {
    ($name:ident) => {
        impl<'a> $name<'a> {
            /// The organisations it belongs to.
            ///
            /// ```
            /// # #[cfg(feature = "qst")] {
            /// use nenpyo::{Key, QST};
            /// let tokamak = QST.sites().by_key(Key::of("jt-60sa")).unwrap();
            /// assert!(tokamak.organizations().any(|organization| organization.key() == Key::of("qst")));
            /// # }
            /// ```
            pub fn organizations(&self) -> Links<'a, Organization<'a>> {
                self.node().linked(LinkKind::Organization)
            }

            /// The themes it is about.
            ///
            /// ```
            /// # #[cfg(feature = "qst")] {
            /// use nenpyo::{Key, QST};
            /// let tokamak = QST.sites().by_key(Key::of("jt-60sa")).unwrap();
            /// assert!(tokamak.themes().any(|theme| theme.key() == Key::of("fusion")));
            /// # }
            /// ```
            pub fn themes(&self) -> Links<'a, Theme<'a>> {
                self.node().linked(LinkKind::Theme)
            }
        }
    };
}

belongs!(Site);
belongs!(Person);
belongs!(Document);
belongs!(Statement);

impl<'a> Site<'a> {
    /// What sort of site it is.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST, SiteKind};
    /// assert_eq!(QST.sites().by_key(Key::of("jt-60sa")).unwrap().kind(), SiteKind::Device);
    /// # }
    /// ```
    pub fn kind(&self) -> SiteKind {
        SiteKind::from_byte(self.node().subkind()).unwrap_or(SiteKind::Place)
    }

    /// The site it stands in.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// let tokamak = QST.sites().by_key(Key::of("jt-60sa")).unwrap();
    /// assert_eq!(tokamak.within().unwrap().key(), Key::of("naka"));
    /// # }
    /// ```
    pub fn within(&self) -> Option<Site<'a>> {
        self.node().linked(LinkKind::Within).next()
    }

    /// The sites that stand in it.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// let naka = QST.sites().by_key(Key::of("naka")).unwrap();
    /// assert!(naka.inside().any(|site| site.key() == Key::of("jt-60sa")));
    /// # }
    /// ```
    pub fn inside(&self) -> Links<'a, Site<'a>> {
        self.node().referrers(ReferrerKind::Inside)
    }

    /// Its beginning and end, as far as they are written.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// let tokamak = QST.sites().by_key(Key::of("jt-60sa")).unwrap();
    /// assert!(tokamak.existence().unwrap().from.date().is_some());
    /// # }
    /// ```
    pub fn existence(&self) -> Option<Period> {
        period(self.node())
    }
}

impl<'a> Theme<'a> {
    /// The wider theme.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// let narrow = QST.themes().iter().find(|theme| theme.broader().is_some()).unwrap();
    /// assert!(narrow.broader().unwrap().narrower().any(|theme| theme == narrow));
    /// # }
    /// ```
    pub fn broader(&self) -> Option<Theme<'a>> {
        self.node().linked(LinkKind::Within).next()
    }

    /// The themes below it.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// assert!(QST.themes().iter().any(|theme| theme.narrower().len() > 0));
    /// # }
    /// ```
    pub fn narrower(&self) -> Links<'a, Theme<'a>> {
        self.node().referrers(ReferrerKind::Inside)
    }
}

impl Document<'_> {
    /// What sort of document, programme or status it is.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{DocumentKind, Key, QST};
    /// let strategy = QST.documents().by_key(Key::of("future-strategy-2016")).unwrap();
    /// assert_eq!(strategy.kind(), DocumentKind::Strategy);
    /// # }
    /// ```
    pub fn kind(&self) -> DocumentKind {
        DocumentKind::from_byte(self.node().subkind()).unwrap_or(DocumentKind::Plan)
    }

    /// When it appeared or was in force, as far as it is written.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// let strategy = QST.documents().by_key(Key::of("future-strategy-2016")).unwrap();
    /// assert_eq!(strategy.existence().unwrap().from.date().unwrap().to_string(), "2016-10-01");
    /// # }
    /// ```
    pub fn existence(&self) -> Option<Period> {
        period(self.node())
    }
}

impl<'a> Statement<'a> {
    /// What sort of statement it is.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{QST, StatementKind};
    /// assert!(QST.statements().iter().any(|statement| statement.kind() == StatementKind::Mission));
    /// # }
    /// ```
    pub fn kind(&self) -> StatementKind {
        StatementKind::from_byte(self.node().subkind()).unwrap_or(StatementKind::Background)
    }

    /// The documents it stands in.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// assert!(QST.statements().iter().any(|statement| statement.documents().len() > 0));
    /// # }
    /// ```
    pub fn documents(&self) -> Links<'a, Document<'a>> {
        self.node().linked(LinkKind::Document)
    }

    /// The people it speaks of.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// assert!(QST.statements().iter().all(|statement| statement.people().len() < 10));
    /// # }
    /// ```
    pub fn people(&self) -> Links<'a, Person<'a>> {
        self.node().linked(LinkKind::Person)
    }

    /// The sites it speaks of.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// assert!(QST.statements().iter().all(|statement| statement.sites().len() < 10));
    /// # }
    /// ```
    pub fn sites(&self) -> Links<'a, Site<'a>> {
        self.node().linked(LinkKind::Site)
    }

    /// The milestones it speaks of, in the order they were written.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// assert!(QST.statements().iter().any(|statement| statement.speaks_of().len() > 0));
    /// # }
    /// ```
    pub fn speaks_of(&self) -> Links<'a, Milestone<'a>> {
        self.node().linked(LinkKind::Milestone)
    }
}

/// The statements that name a record.
macro_rules! stated {
    ($($name:ident),+) => {
        $(impl<'a> $name<'a> {
            /// The statements that name it.
            ///
            /// ```
            /// # #[cfg(feature = "qst")] {
            /// use nenpyo::{Key, QST};
            /// let hirano = QST.people().by_key(Key::of("hirano-toshio")).unwrap();
            /// assert!(hirano.statements().any(|s| s.key() == Key::of("mission-harmonious-diversity")));
            /// # }
            /// ```
            pub fn statements(&self) -> Links<'a, Statement<'a>> {
                self.node().referrers(ReferrerKind::Mention(RecordKind::Statement))
            }
        })+
    };
}

stated!(Milestone, Organization, Site, Person, Theme, Document);

impl<'a> Source<'a> {
    /// What sort of source it is.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "sources"))] {
    /// use nenpyo::{Key, QST, SourceKind};
    /// assert_eq!(QST.sources().by_key(Key::of("brochure")).unwrap().kind(), SourceKind::Booklet);
    /// # }
    /// ```
    pub fn kind(&self) -> SourceKind {
        SourceKind::from_byte(self.node().subkind() & !WEAK_SOURCE).unwrap_or(SourceKind::Page)
    }

    /// Whether it is a copy, a blog or machine-written: to be treated with care.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "sources"))] {
    /// use nenpyo::QST;
    /// assert!(QST.sources().iter().any(|source| source.is_weak()));
    /// # }
    /// ```
    pub fn is_weak(&self) -> bool {
        self.node().subkind() & WEAK_SOURCE != 0
    }

    /// What it is called.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "sources", feature = "en"))] {
    /// use nenpyo::{Language, QST};
    /// assert!(QST.sources().iter().all(|source| source.title(Language::EN).is_some()));
    /// # }
    /// ```
    pub fn title(&self, language: Language) -> Option<Text<'a>> {
        self.node().title(language)
    }

    /// Who published it.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "sources", feature = "en"))] {
    /// use nenpyo::{Language, QST};
    /// assert!(QST.sources().iter().all(|source| source.publisher(Language::EN).is_some()));
    /// # }
    /// ```
    pub fn publisher(&self, language: Language) -> Option<Text<'a>> {
        let count = self.chronicle.count(RecordKind::Source);
        self.chronicle.source_text(language, count.checked_add(self.id)?)
    }

    /// What is to be said about it.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "sources", feature = "en"))] {
    /// use nenpyo::{Language, QST};
    /// assert!(QST.sources().iter().any(|source| source.note(Language::EN).is_some()));
    /// # }
    /// ```
    pub fn note(&self, language: Language) -> Option<Text<'a>> {
        let count = self.chronicle.count(RecordKind::Source);
        let note = self.chronicle.source_text(language, count.checked_mul(2)?.checked_add(self.id)?)?;
        (!note.is_empty()).then_some(note)
    }

    /// Where it can be read.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "sources"))] {
    /// use nenpyo::QST;
    /// assert!(QST.sources().iter().filter_map(|s| s.address()).all(|a| a.starts_with("http")));
    /// # }
    /// ```
    pub fn address(&self) -> Option<&'a str> {
        self.chronicle.tables().sources.addresses.get(self.id).filter(|address| !address.is_empty())
    }

    /// When it was published, if that is known.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "sources"))] {
    /// use nenpyo::QST;
    /// assert!(QST.sources().iter().any(|source| source.date().is_some()));
    /// # }
    /// ```
    pub fn date(&self) -> Option<Edtf> {
        period(self.node())?.from.date()
    }

    /// The records that cite it, by kind and then by id.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "sources"))] {
    /// use nenpyo::{Key, QST};
    /// assert!(QST.sources().by_key(Key::of("brochure")).unwrap().cited_by().count() > 40);
    /// # }
    /// ```
    pub fn cited_by(&self) -> impl DoubleEndedIterator<Item = AnyRecord<'a>> + use<'a> {
        let chronicle = self.chronicle;
        chronicle.tables().sources.cited_by.get(self.id).iter().filter_map(move |row| {
            let row = LinkRow::from_row(row);
            AnyRecord::new(chronicle, RecordKind::from_byte(row.tag)?, row.id)
        })
    }
}
