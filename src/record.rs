//! What all kinds of record have in common: ids, collections, and the views' shared methods. Runs on the target.

use core::fmt;
use core::marker::PhantomData;
use core::ops::Range;

use nenpyo_schema::{Key, Language, RecordKind};

use crate::chronicle::Chronicle;
use crate::links::Node;
use crate::text::Text;
use crate::{Document, Milestone, Organization, Person, Site, Source, Statement, Theme};

/// A kind of record: what [`Records`] and [`Links`](crate::Links) give. Only this crate's views are.
pub trait Record<'a>: Copy + private::Sealed {
    /// Its id: a position, valid only in the chronicle that gave it.
    type Id: Copy + Into<u32>;
    /// Which kind it is.
    const KIND: RecordKind;

    #[doc(hidden)]
    fn new(chronicle: &'a Chronicle<'a>, id: u32) -> Self;
}

pub(crate) mod private {
    pub trait Sealed {}
}

/// All records of one kind: one reference.
#[derive(Clone, Copy)]
pub struct Records<'a, R> {
    pub(crate) chronicle: &'a Chronicle<'a>,
    kind: PhantomData<R>,
}

impl<'a, R: Record<'a>> Records<'a, R> {
    pub(crate) const fn of(chronicle: &'a Chronicle<'a>) -> Self {
        Self { chronicle, kind: PhantomData }
    }

    /// How many there are.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// assert_eq!(QST.milestones().len(), QST.milestones().iter().len());
    /// # }
    /// ```
    pub fn len(&self) -> usize {
        self.chronicle.count(R::KIND) as usize
    }

    /// Whether there are none.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// assert!(!QST.milestones().is_empty());
    /// # }
    /// ```
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The record with this id.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{MilestoneId, QST};
    /// let first = QST.milestones().get(MilestoneId(0)).unwrap();
    /// assert_eq!(first.id(), MilestoneId(0));
    /// assert!(QST.milestones().get(MilestoneId(u32::MAX)).is_none());
    /// # }
    /// ```
    pub fn get(&self, id: R::Id) -> Option<R> {
        let id = id.into();
        (id < self.chronicle.count(R::KIND)).then(|| R::new(self.chronicle, id))
    }

    /// The record with this key: a binary search over the hashes.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{key, QST};
    /// let milestone = QST.milestones().by_key(key::QST_ESTABLISHED).unwrap();
    /// assert_eq!(milestone.date().to_string(), "2016-04-01");
    /// assert!(QST.sites().by_key(key::QST_ESTABLISHED).is_none(), "it is no site");
    /// # }
    /// ```
    pub fn by_key(&self, key: Key) -> Option<R> {
        self.chronicle.find(R::KIND, key).map(|id| R::new(self.chronicle, id))
    }

    /// All of them, in order.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// assert_eq!(QST.themes().iter().rev().count(), QST.themes().len());
    /// # }
    /// ```
    pub fn iter(&self) -> Iter<'a, R> {
        Iter { chronicle: self.chronicle, ids: 0..self.chronicle.count(R::KIND), kind: PhantomData }
    }

    /// Page `page` (from 0) of pages of `size` records; empty behind the last one.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// let second = QST.milestones().page(1, 10).next().unwrap();
    /// assert_eq!(u32::from(second.id()), 10);
    /// # }
    /// ```
    pub fn page(&self, page: u32, size: u32) -> Iter<'a, R> {
        let count = self.chronicle.count(R::KIND);
        let start = page.saturating_mul(size).min(count);
        let end = start.saturating_add(size).min(count);
        Iter { chronicle: self.chronicle, ids: start..end, kind: PhantomData }
    }

    /// How many pages of `size` records there are; none if `size` is zero.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// assert_eq!(QST.milestones().pages(1) as usize, QST.milestones().len());
    /// # }
    /// ```
    pub fn pages(&self, size: u32) -> u32 {
        pages(self.chronicle.count(R::KIND), size)
    }
}

impl<'a, R: Record<'a>> IntoIterator for Records<'a, R> {
    type Item = R;
    type IntoIter = Iter<'a, R>;

    fn into_iter(self) -> Iter<'a, R> {
        self.iter()
    }
}

impl<'a, R: Record<'a>> IntoIterator for &Records<'a, R> {
    type Item = R;
    type IntoIter = Iter<'a, R>;

    fn into_iter(self) -> Iter<'a, R> {
        self.iter()
    }
}

impl<'a, R: Record<'a>> fmt::Debug for Records<'a, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {}", self.len(), R::KIND.name())
    }
}

/// How many pages of `size` hold `count` things.
pub(crate) fn pages(count: u32, size: u32) -> u32 {
    // A division by zero would be a panic path.
    let last = count.checked_rem(size).is_some_and(|rest| rest > 0);
    count.checked_div(size).map_or(0, |full| full.saturating_add(u32::from(last)))
}

/// Records one after the other; see [`Records::iter`].
#[derive(Clone)]
pub struct Iter<'a, R> {
    chronicle: &'a Chronicle<'a>,
    ids: Range<u32>,
    kind: PhantomData<R>,
}

impl<'a, R: Record<'a>> Iterator for Iter<'a, R> {
    type Item = R;

    fn next(&mut self) -> Option<R> {
        self.ids.next().map(|id| R::new(self.chronicle, id))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.ids.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<R> {
        self.ids.nth(n).map(|id| R::new(self.chronicle, id))
    }
}

impl<'a, R: Record<'a>> DoubleEndedIterator for Iter<'a, R> {
    fn next_back(&mut self) -> Option<R> {
        self.ids.next_back().map(|id| R::new(self.chronicle, id))
    }
}

impl<'a, R: Record<'a>> ExactSizeIterator for Iter<'a, R> {
    fn len(&self) -> usize {
        self.ids.len()
    }
}

impl<R> fmt::Debug for Iter<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.ids, f)
    }
}

/// A record of any kind. 12 bytes on a 32-bit target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnyRecord<'a> {
    /// A milestone.
    Milestone(Milestone<'a>),
    /// An organisation.
    Organization(Organization<'a>),
    /// A site.
    Site(Site<'a>),
    /// A person.
    Person(Person<'a>),
    /// A theme.
    Theme(Theme<'a>),
    /// A document.
    Document(Document<'a>),
    /// A statement.
    Statement(Statement<'a>),
    /// A source.
    Source(Source<'a>),
}

impl<'a> AnyRecord<'a> {
    pub(crate) fn new(chronicle: &'a Chronicle<'a>, kind: RecordKind, id: u32) -> Option<Self> {
        if id >= chronicle.count(kind) {
            return None;
        }
        Some(match kind {
            RecordKind::Milestone => Self::Milestone(Milestone::new(chronicle, id)),
            RecordKind::Organization => Self::Organization(Organization::new(chronicle, id)),
            RecordKind::Site => Self::Site(Site::new(chronicle, id)),
            RecordKind::Person => Self::Person(Person::new(chronicle, id)),
            RecordKind::Theme => Self::Theme(Theme::new(chronicle, id)),
            RecordKind::Document => Self::Document(Document::new(chronicle, id)),
            RecordKind::Statement => Self::Statement(Statement::new(chronicle, id)),
            RecordKind::Source => Self::Source(Source::new(chronicle, id)),
            _ => return None,
        })
    }

    pub(crate) fn node(&self) -> Node<'a> {
        match self {
            Self::Milestone(record) => record.node(),
            Self::Organization(record) => record.node(),
            Self::Site(record) => record.node(),
            Self::Person(record) => record.node(),
            Self::Theme(record) => record.node(),
            Self::Document(record) => record.node(),
            Self::Statement(record) => record.node(),
            Self::Source(record) => record.node(),
        }
    }

    /// Which kind it is.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST, RecordKind};
    /// assert_eq!(QST.get(Key::of("chiba")).unwrap().kind(), RecordKind::Site);
    /// # }
    /// ```
    pub fn kind(&self) -> RecordKind {
        self.node().kind
    }

    /// Its key.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{Key, QST};
    /// assert_eq!(QST.get(Key::of("chiba")).unwrap().key(), Key::of("chiba"));
    /// # }
    /// ```
    pub fn key(&self) -> Key {
        self.node().key()
    }

    /// Its slug; `None` without the feature `slugs`.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "slugs"))] {
    /// use nenpyo::{Key, QST};
    /// assert_eq!(QST.get(Key::of("chiba")).unwrap().slug(), Some("chiba"));
    /// # }
    /// ```
    pub fn slug(&self) -> Option<&'a str> {
        self.node().slug()
    }

    /// Its title or name; of an organisation, the latest one.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "en"))] {
    /// use nenpyo::{Key, Language, QST};
    /// assert_eq!(QST.get(Key::of("jt-60sa")).unwrap().title(Language::EN).unwrap(), "JT-60SA");
    /// # }
    /// ```
    pub fn title(&self, language: Language) -> Option<Text<'a>> {
        self.node().title(language)
    }
}

/// Makes a view of a record and its id: the methods that all kinds share.
macro_rules! view {
    ($(#[$doc:meta])* $name:ident, $(#[$id_doc:meta])* $id:ident) => {
        $(#[$id_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        pub struct $id(pub u32);

        impl From<$id> for u32 {
            fn from(id: $id) -> u32 {
                id.0
            }
        }

        $(#[$doc])*
        ///
        /// A reference and a number: 8 bytes on a 32-bit target.
        #[derive(Clone, Copy)]
        pub struct $name<'a> {
            pub(crate) chronicle: &'a $crate::chronicle::Chronicle<'a>,
            pub(crate) id: u32,
        }

        impl $crate::record::private::Sealed for $name<'_> {}

        impl<'a> $crate::record::Record<'a> for $name<'a> {
            type Id = $id;
            const KIND: nenpyo_schema::RecordKind = nenpyo_schema::RecordKind::$name;

            fn new(chronicle: &'a $crate::chronicle::Chronicle<'a>, id: u32) -> Self {
                Self { chronicle, id }
            }
        }

        impl<'a> $name<'a> {
            pub(crate) fn node(&self) -> $crate::links::Node<'a> {
                $crate::links::Node { chronicle: self.chronicle, id: self.id, kind: nenpyo_schema::RecordKind::$name }
            }

            /// Its id: a position, valid only in the chronicle that gave it. What is kept holds the key instead.
            ///
            /// ```
            /// # #[cfg(feature = "qst")] {
            /// use nenpyo::{QST, key};
            /// let founding = QST.milestones().by_key(key::QST_ESTABLISHED).unwrap();
            /// assert_eq!(QST.milestones().get(founding.id()), Some(founding), "as with every kind of record");
            /// # }
            /// ```
            pub const fn id(&self) -> $id {
                $id(self.id)
            }

            /// Its key, valid in every chronicle.
            ///
            /// ```
            /// # #[cfg(feature = "qst")] {
            /// use nenpyo::{Key, QST, key};
            /// let founding = QST.milestones().by_key(key::QST_ESTABLISHED).unwrap();
            /// assert_eq!(founding.key(), key::QST_ESTABLISHED);
            /// assert_eq!(founding.sites().next().unwrap().key(), Key::of("chiba"));
            /// # }
            /// ```
            pub fn key(&self) -> nenpyo_schema::Key {
                self.node().key()
            }

            /// Its slug, the key as people write it; `None` without the feature `slugs`.
            ///
            /// ```
            /// # #[cfg(all(feature = "qst", feature = "slugs"))] {
            /// use nenpyo::{QST, key};
            /// let founding = QST.milestones().by_key(key::QST_ESTABLISHED).unwrap();
            /// assert_eq!(founding.slug(), Some("qst-established"));
            /// # }
            /// ```
            pub fn slug(&self) -> Option<&'a str> {
                self.node().slug()
            }
        }

        impl PartialEq for $name<'_> {
            fn eq(&self, other: &Self) -> bool {
                self.id == other.id && self.key() == other.key()
            }
        }

        impl Eq for $name<'_> {}

        impl core::fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self.slug() {
                    Some(slug) => write!(f, concat!(stringify!($name), "({:?})"), $crate::text::Text::of_str(slug)),
                    None => write!(f, concat!(stringify!($name), "({})"), self.id),
                }
            }
        }
    };
}

/// The methods of a view whose title, details, sources and referrers are kept with all other records'.
macro_rules! described {
    ($name:ident, $title:ident) => {
        impl<'a> $name<'a> {
            /// What it is called in this language; `None` if the chronicle does not have it.
            ///
            /// ```
            /// # #[cfg(all(feature = "qst", feature = "en"))] {
            /// use nenpyo::{Language, QST, key};
            /// let founding = QST.milestones().by_key(key::QST_ESTABLISHED).unwrap();
            /// assert_eq!(founding.title(Language::EN).unwrap(), "QST is established");
            /// assert_eq!(founding.sites().next().unwrap().name(Language::EN).unwrap(), "Chiba site");
            /// assert_eq!(founding.title(Language::new("fr").unwrap()), None);
            /// # }
            /// ```
            pub fn $title(&self, language: nenpyo_schema::Language) -> Option<$crate::text::Text<'a>> {
                self.node().title(language)
            }

            /// Summary, note and the like; `None` without the feature `details`.
            ///
            /// ```
            /// # #[cfg(all(feature = "qst", feature = "en", feature = "details"))] {
            /// use nenpyo::{Key, Language, QST};
            /// let site = QST.sites().by_key(Key::of("chiba")).unwrap();
            /// assert!(site.details().unwrap().summary(Language::EN).is_some(), "as with every kind of record");
            /// # }
            /// ```
            pub fn details(&self) -> Option<$crate::details::Details<'a>> {
                self.node().details()
            }

            /// Where its facts come from; none without the feature `sources`.
            ///
            /// ```
            /// # #[cfg(all(feature = "qst", feature = "sources"))] {
            /// use nenpyo::{Certainty, Key, QST};
            /// let site = QST.sites().by_key(Key::of("chiba")).unwrap();
            /// let brochure = site.sources().find(|cited| cited.source.key() == Key::of("brochure")).unwrap();
            /// assert_eq!(brochure.certainty, Certainty::Stated);
            /// # }
            /// ```
            pub fn sources(&self) -> $crate::links::Citations<'a> {
                self.node().citations()
            }

            /// Everything that points at it.
            ///
            /// ```
            /// # #[cfg(feature = "qst")] {
            /// use nenpyo::{Key, QST, RecordKind, ReferrerKind};
            /// let fusion = QST.themes().by_key(Key::of("fusion")).unwrap();
            /// let as_site = ReferrerKind::Mention(RecordKind::Site);
            /// assert!(fusion.referrers().any(|(how, who)| how == as_site && who.key() == Key::of("jt-60sa")));
            /// # }
            /// ```
            pub fn referrers(&self) -> $crate::links::Referrers<'a> {
                self.node().all_referrers()
            }

            /// The milestones that name it, in order of time.
            ///
            /// ```
            /// # #[cfg(feature = "qst")] {
            /// use nenpyo::{Key, QST, key};
            /// let chiba = QST.sites().by_key(Key::of("chiba")).unwrap();
            /// assert!(chiba.milestones().any(|milestone| milestone.key() == key::QST_ESTABLISHED));
            /// # }
            /// ```
            pub fn milestones(&self) -> $crate::links::Links<'a, $crate::Milestone<'a>> {
                let kind = nenpyo_schema::ReferrerKind::Mention(nenpyo_schema::RecordKind::Milestone);
                self.node().referrers(kind)
            }
        }
    };
}

pub(crate) use {described, view};
