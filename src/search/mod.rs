//! Search as the visitor types: Japanese and English, from flash. Runs on the target.
//!
//! What was typed becomes words ([`query`]), the index proposes records ([`candidates`]), their texts are compared
//! ([`matching`]), and what matches comes out best first ([`hits`]).

mod candidates;
mod comparison;
mod complete;
mod hits;
mod matching;
mod query;
mod romaji;
mod texts;

use core::fmt;

use nenpyo_schema::fold::{Simple, simple};

use crate::chronicle::Chronicle;
use candidates::Proposals;
use query::character;

pub use hits::{Hit, Hits};
pub use texts::Field;

/// How well a record matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// Every word stands somewhere in its texts.
    Mentioned = 0,
    /// Every word stands in a name.
    Contained = 1,
    /// A name begins with every word.
    Beginning = 2,
    /// Every word is a whole name.
    Exact = 3,
}

impl Class {
    /// The next better one, which every record of a still better one is of as well.
    const fn better(self) -> Option<Self> {
        match self {
            Self::Mentioned => Some(Self::Contained),
            Self::Contained => Some(Self::Beginning),
            Self::Beginning => Some(Self::Exact),
            Self::Exact => None,
        }
    }
}

/// Why something cannot be searched for. One byte, `Copy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum SearchError {
    /// More than [`Search::MAX_CHARACTERS`].
    TooLong,
}

impl fmt::Display for SearchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "a search has at most 64 characters",
        })
    }
}

impl core::error::Error for SearchError {}

/// What is being searched for, character by character. It is kept by whoever shows the field it is typed into, at most
/// 512 bytes.
///
/// Words are all looked for, in any order and any language; what stands in quotes is one phrase. In languages with spaces
/// between words a word is found by its beginning, in Japanese by any part of it.
/// Case, width, kana or katakana, old forms of kanji and the kind of hyphen do not matter; a hyphen may be left out before a
/// digit, and nowhere else.
/// Kana find what they are the reading of, as far as a reading stands above the text: easy words have none.
/// Latin letters find readings and kana, Hepburn or Kunrei, even half a syllable of them; long vowels may be left out, `n'`
/// parts, `-` is `ー`. A word is looked for as it is written or as it is read, not in a mixture.
/// `2016年4月1日` finds milestones of the day, and so do `平成28年4月` and less; so far an era has a year of at most two
/// digits, in any of which it is counted.
/// What folds into more than 96 letters, such as sixty times `㍍`, finds nothing.
///
/// ```
/// # #[cfg(all(feature = "qst", feature = "ja", feature = "details", feature = "search"))] {
/// use nenpyo::{Language, QST};
/// let mut search = QST.search("りょうし").unwrap();
/// assert!(search.hits().count() > 50);
/// "めす".chars().for_each(|character| search.push(character).unwrap());
/// let first = search.hits().next().unwrap();
/// assert_eq!(first.record().title(Language::JA).unwrap(), "量子メス");
/// search.pop();
/// assert_eq!(search.len(), 5);
/// # }
/// ```
pub struct Search<'a> {
    chronicle: &'a Chronicle<'a>,
    typed: [[u8; 3]; Search::MAX_CHARACTERS],
    length: u8,
    /// Who may have all words in their names, and who may have them anywhere.
    names: Proposals,
    anywhere: Proposals,
}

const _: () = assert!(size_of::<Search<'_>>() <= 512, "whoever keeps a search has room for so much");

impl Search<'_> {
    /// How many characters can be searched for.
    pub const MAX_CHARACTERS: usize = 64;
}

impl<'a> Search<'a> {
    /// Appends a character.
    ///
    /// # Errors
    ///
    /// If there are [`Search::MAX_CHARACTERS`] already; nothing changes then.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::{QST, SearchError};
    /// let mut search = QST.search(&"量".repeat(64)).unwrap();
    /// assert_eq!(search.push('子'), Err(SearchError::TooLong));
    /// # }
    /// ```
    pub fn push(&mut self, character: char) -> Result<(), SearchError> {
        let place = self.typed.get_mut(usize::from(self.length)).ok_or(SearchError::TooLong)?;
        let [low, middle, high, _] = u32::from(character).to_le_bytes();
        *place = [low, middle, high];
        self.length = self.length.wrapping_add(1);
        if matches!(simple(character), Simple::Voiced | Simple::HalfVoiced) {
            // か becomes が, which is not among what か has found.
            self.forget();
        }
        Ok(())
    }

    /// Takes the last character off and gives it. What was found before it came is still known.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// let mut search = QST.search("ab").unwrap();
    /// assert_eq!((search.pop(), search.pop(), search.pop()), (Some('b'), Some('a'), None));
    /// # }
    /// ```
    pub fn pop(&mut self) -> Option<char> {
        self.length = self.length.checked_sub(1)?;
        self.names.cut(self.length);
        self.anywhere.cut(self.length);
        self.typed.get(usize::from(self.length)).copied().map(character)
    }

    /// Takes all characters off.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// let mut search = QST.search("ab").unwrap();
    /// search.clear();
    /// assert!(search.is_empty());
    /// # }
    /// ```
    pub fn clear(&mut self) {
        self.length = 0;
        self.forget();
    }

    /// How many characters were typed.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// assert_eq!(QST.search("量子").unwrap().len(), 2);
    /// # }
    /// ```
    pub const fn len(&self) -> usize {
        self.length as usize
    }

    /// Whether nothing was typed.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// assert!(QST.search("").unwrap().is_empty());
    /// # }
    /// ```
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// What was typed.
    ///
    /// ```
    /// # #[cfg(feature = "qst")] {
    /// use nenpyo::QST;
    /// assert!(QST.search("量子").unwrap().characters().eq("量子".chars()));
    /// # }
    /// ```
    pub fn characters(&self) -> impl DoubleEndedIterator<Item = char> + Clone + '_ {
        self.typed().iter().copied().map(character)
    }

    /// What it finds, best first; see [`Hits`].
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "en", feature = "search"))] {
    /// use nenpyo::{Key, QST};
    /// let search = QST.search("tokamak").unwrap();
    /// assert!(search.hits().count() > 0);
    /// assert_eq!(QST.search("").unwrap().hits().count(), 0, "nothing is found by nothing");
    /// # }
    /// ```
    pub fn hits(&self) -> Hits<'_, 'a> {
        Hits::new(self)
    }

    /// Nothing is known of what was typed before.
    fn forget(&mut self) {
        (self.names, self.anywhere) = (Proposals::none(), Proposals::none());
    }

    fn typed(&self) -> &[[u8; 3]] {
        self.typed.get(..usize::from(self.length)).unwrap_or_default()
    }
}

impl fmt::Debug for Search<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.characters().try_for_each(|character| fmt::Write::write_char(f, character))
    }
}

impl Chronicle<'_> {
    /// Begins a search, with these characters or, as the visitor types, with none.
    ///
    /// Without the feature `search-index` every text is compared, also where a file has an index: what is found is the same.
    ///
    /// # Errors
    ///
    /// If there are more than [`Search::MAX_CHARACTERS`].
    ///
    /// ```
    /// # #[cfg(all(feature = "qst", feature = "ja", feature = "en", feature = "details", feature = "search"))] {
    /// use nenpyo::{Language, QST, SearchError};
    /// let title = |query: &str| QST.search(query).unwrap().hits().next().unwrap().record().title(Language::EN).unwrap();
    /// assert_eq!(title("りょうしめす"), "Quantum Scalpel");
    /// assert_eq!(title("ryosimesu"), "Quantum Scalpel");
    /// assert_eq!(title("ＱＵＡＮＴＵＭ　ＳＣＡＬ"), "Quantum Scalpel");
    /// assert_eq!(QST.search(&"あ".repeat(65)).unwrap_err(), SearchError::TooLong);
    /// # }
    /// ```
    pub fn search(&self, query: &str) -> Result<Search<'_>, SearchError> {
        let mut search = Search {
            chronicle: self,
            typed: [[0; 3]; Search::MAX_CHARACTERS],
            length: 0,
            names: Proposals::none(),
            anywhere: Proposals::none(),
        };
        query.chars().try_for_each(|character| search.push(character))?;
        Ok(search)
    }
}
