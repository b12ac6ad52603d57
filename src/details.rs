//! What only a detail screen needs of a record, decoded when it is asked for. Runs on the target.

use nenpyo_schema::{Certainty, ClaimRecord, DetailRecord, Edtf, Language, RecordKind};

use crate::Source;
use crate::chronicle::Chronicle;
use crate::record::Record;
use crate::text::Text;

/// What only a detail screen needs of a record; decoded when it is asked for. 40 bytes on a 32-bit target.
#[derive(Clone, Copy, Debug)]
pub struct Details<'a> {
    chronicle: &'a Chronicle<'a>,
    record: DetailRecord<'a>,
}

impl<'a> Details<'a> {
    pub(crate) fn read(chronicle: &'a Chronicle<'a>, bytes: &'a [u8]) -> Option<Self> {
        Some(Self { chronicle, record: DetailRecord::read(bytes)? })
    }

    /// The summary.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "en", feature = "details"))] {
    /// use nenpyo::{key, Language, QST};
    /// let milestone = QST.milestones().by_key(key::QST_ESTABLISHED).unwrap();
    /// assert!(milestone.details().unwrap().summary(Language::EN).is_some());
    /// # }
    /// ```
    pub fn summary(&self, language: Language) -> Option<Text<'a>> {
        self.chronicle.body(language, self.record.summary?)
    }

    /// The note: what is doubtful, and why a date was chosen.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja", feature = "details"))] {
    /// use nenpyo::{key, Language, QST};
    /// let milestone = QST.milestones().by_key(key::JT_60SA_COMPLETED).unwrap();
    /// assert!(milestone.details().unwrap().note(Language::JA).is_some());
    /// # }
    /// ```
    pub fn note(&self, language: Language) -> Option<Text<'a>> {
        self.chronicle.body(language, self.record.note?)
    }

    /// The address of a site.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja", feature = "details"))] {
    /// use nenpyo::{key, Language, QST};
    /// let milestone = QST.milestones().by_key(key::QST_ESTABLISHED).unwrap();
    /// assert!(milestone.details().unwrap().address(Language::JA).is_none(), "it is no site");
    /// # }
    /// ```
    pub fn address(&self, language: Language) -> Option<Text<'a>> {
        self.chronicle.body(language, self.record.address?)
    }

    /// Whether the title in this language is our own description and no official name.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja", feature = "details"))] {
    /// use nenpyo::{key, Language, QST};
    /// let strategy = QST.documents().by_key(key::FUTURE_STRATEGY_2016).unwrap();
    /// assert!(!strategy.details().unwrap().is_descriptive(Language::JA));
    /// # }
    /// ```
    pub fn is_descriptive(&self, language: Language) -> bool {
        self.record.descriptive & self.chronicle.language_bit(language) != 0
    }

    /// The dates that sources give for a milestone, in the order of its sources.
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "details"))] {
    /// use nenpyo::{key, QST};
    /// let milestone = QST.milestones().by_key(key::JT_60SA_COMPLETED).unwrap();
    /// let dates = milestone.details().unwrap().claims();
    /// assert!(dates.clone().count() > 1);
    /// assert!(dates.clone().any(|claim| claim.date == milestone.date()));
    /// # }
    /// ```
    pub fn claims(&self) -> Claims<'a> {
        Claims { chronicle: self.chronicle, bytes: self.record.claims }
    }
}

/// What a source says of a milestone's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim<'a> {
    /// The date it gives.
    pub date: Edtf,
    /// The source; `None` without the feature `sources`.
    pub source: Option<Source<'a>>,
    /// How sure it makes it.
    pub certainty: Certainty,
}

/// Dates that sources give, one after the other; see [`Details::claims`].
#[derive(Clone, Debug)]
pub struct Claims<'a> {
    chronicle: &'a Chronicle<'a>,
    bytes: &'a [u8],
}

impl<'a> Iterator for Claims<'a> {
    type Item = Claim<'a>;

    fn next(&mut self) -> Option<Claim<'a>> {
        let (claim, rest) = postcard::take_from_bytes::<ClaimRecord>(self.bytes).ok()?;
        self.bytes = rest;
        let known = claim.source < self.chronicle.count(RecordKind::Source);
        Some(Claim {
            date: claim.date().read(),
            source: known.then(|| Source::new(self.chronicle, claim.source)),
            certainty: claim.certainty()?,
        })
    }
}
