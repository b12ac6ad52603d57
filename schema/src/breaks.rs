//! Where lines may break, without Unicode's tables: classes of a chronicle's characters, what lies between two classes,
//! and words that stay with the number before them. Runs on host and target.
//!
//! The host works these out with a library that knows Unicode, and proves that they say the same of every text.

mod table;

pub use table::Breaks;

/// What may happen between two characters, the better the smaller: a line ends at the last place that is
/// [`Allowed`](Break::Allowed), and elsewhere only if there is none and what is kept together is wider than the line.
///
/// ```
/// use nenpyo_schema::Break;
/// assert!(Break::Allowed < Break::Never);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Break {
    /// A line may end here.
    Allowed,
    /// A number and its unit, or the middle of a base with ruby: parted before a word is.
    Together,
    /// The middle of a word or number.
    Word,
    /// Before small kana and the long vowel mark, as newspapers with narrow columns do.
    Loose,
    /// Before what begins no line, or behind what ends none.
    Never,
}

impl Break {
    /// All of them; each one's place is its number.
    pub const ALL: [Self; 5] = [Self::Allowed, Self::Together, Self::Word, Self::Loose, Self::Never];

    /// By its number; [`Never`](Break::Never) for what is none.
    ///
    /// ```
    /// use nenpyo_schema::Break;
    /// assert!(Break::ALL.iter().all(|one| Break::of(*one as u8) == *one));
    /// ```
    #[must_use]
    pub const fn of(number: u8) -> Self {
        match number {
            0 => Self::Allowed,
            1 => Self::Together,
            2 => Self::Word,
            3 => Self::Loose,
            _ => Self::Never,
        }
    }
}

/// A number of a class of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class(pub u8);

impl Class {
    /// The class of spaces, which every chronicle has.
    pub const SPACE: Self = Self(0);
    /// No character: before the first one and behind the last one.
    pub const NONE: Self = Self(0x7F);
    /// How many classes there can be.
    pub const MOST: usize = 64;
}

/// What a layout must know of the characters of a class beside where lines break.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Properties(pub u8);

impl Properties {
    /// May stand outside of the line, where that is wanted: 、。，．
    pub const HANGS: Self = Self(1);
    /// Kana, over which the ruby of a neighbour may reach.
    pub const KANA: Self = Self(2);
    /// Digits.
    pub const DIGIT: Self = Self(4);

    /// Whether it has all of these.
    ///
    /// ```
    /// use nenpyo_schema::Properties;
    /// assert!(Properties(3).has(Properties::KANA) && !Properties(1).has(Properties::KANA));
    /// ```
    #[must_use]
    pub const fn has(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }
}

/// What stands before a place in a text: as much as is needed to say what may happen there. Four bytes.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    /// The last character, or the last before spaces.
    last: Class,
    /// What stands before that one, spaces included.
    earlier: Class,
    /// Whether there are spaces behind the last one.
    spaced: bool,
}

impl Before {
    /// The beginning of a text.
    pub const NOTHING: Self = Self { last: Class::NONE, earlier: Class::NONE, spaced: false };

    /// The class of the last character that is no space.
    ///
    /// ```
    /// use nenpyo_schema::{Before, Class};
    /// assert_eq!(Before::NOTHING.last(), Class::NONE);
    /// ```
    pub const fn last(&self) -> Class {
        self.last
    }

    /// The class of what stands before that one.
    ///
    /// ```
    /// use nenpyo_schema::{Before, Class};
    /// let before = Before::NOTHING.then(Class(3)).then(Class::SPACE).then(Class(4));
    /// assert_eq!(before.earlier(), Class::SPACE);
    /// ```
    pub const fn earlier(&self) -> Class {
        self.earlier
    }

    /// Whether spaces follow it.
    ///
    /// ```
    /// use nenpyo_schema::{Before, Class};
    /// assert!(!Before::NOTHING.is_spaced() && Before::NOTHING.then(Class::SPACE).is_spaced());
    /// ```
    pub const fn is_spaced(&self) -> bool {
        self.spaced
    }

    /// Goes on by a character.
    ///
    /// ```
    /// use nenpyo_schema::{Before, Class};
    /// assert_eq!(Before::NOTHING.then(Class(3)).then(Class::SPACE).last(), Class(3));
    /// ```
    #[must_use]
    pub const fn then(self, class: Class) -> Self {
        if class.0 == Class::SPACE.0 {
            return Self { spaced: true, ..self };
        }
        let earlier = if self.spaced { Class::SPACE } else { self.last };
        Self { last: class, earlier, spaced: false }
    }
}

impl Breaks<'_> {
    /// What may happen before a character of this class; `behind` it, characters follow. Before spaces, nothing.
    ///
    /// ```
    /// use nenpyo_schema::{Before, Break, Breaks};
    /// let words = Breaks::NONE;
    /// let (a, b, space) = (words.class('a'), words.class('b'), words.class(' '));
    /// let before = Before::NOTHING.then(a);
    /// assert_eq!(words.between(before, 'b', b, || "c".chars()), Break::Word);
    /// assert_eq!(words.between(before.then(space), 'b', b, || "c".chars()), Break::Allowed);
    /// ```
    #[inline]
    pub fn between<I: Iterator<Item = char>>(
        &self,
        before: Before,
        character: char,
        class: Class,
        behind: impl Fn() -> I,
    ) -> Break {
        if class == Class::SPACE || before.last == Class::NONE {
            return Break::Never;
        }
        let mut found = self.between_classes(before, class);
        let exceptions = self.exceptions(before, class);
        if !exceptions.is_empty() {
            found = Self::exception(exceptions, self.next_class(&behind)).unwrap_or(found);
        }
        let is_number = || self.properties(before.last).has(Properties::DIGIT);
        if found == Break::Allowed && is_number() && self.begins_with_unit(character, &behind) {
            found = Break::Together;
        }
        found
    }

    /// What may happen before a character of this class, by the classes alone.
    ///
    /// ```
    /// use nenpyo_schema::{Before, Break, Breaks, Class};
    /// assert_eq!(Breaks::NONE.between_classes(Before::NOTHING.then(Class(1)), Class(1)), Break::Word);
    /// ```
    pub fn between_classes(&self, before: Before, after: Class) -> Break {
        self.of_pair(before.last, before.spaced, after)
    }

    /// The class of the first of these characters. Apart, so that they take no room where lines are made.
    #[inline(never)]
    fn next_class<I: Iterator<Item = char>>(&self, behind: &impl Fn() -> I) -> Class {
        behind().next().map_or(Class::NONE, |character| self.class(character))
    }

    /// Whether a word that stays with the number before it begins here.
    #[inline(never)]
    fn begins_with_unit<I: Iterator<Item = char>>(&self, first: char, behind: &impl Fn() -> I) -> bool {
        let mut units = self.units();
        while let Some([one, unit @ ..]) = units.next() {
            if is(first, *one) && self.is_unit(first, unit, behind()) {
                return true;
            }
        }
        false
    }

    /// Whether the rest of a unit follows, and its last letter is the last one of a word: `m` is no unit in `5 meters`.
    fn is_unit(&self, first: char, unit: &[[u8; 2]], mut behind: impl Iterator<Item = char>) -> bool {
        let (mut last, mut rest) = (first, unit.iter());
        loop {
            let next = behind.next();
            match (rest.next(), next) {
                (Some(unit), Some(next)) if is(next, *unit) => last = next,
                (None, Some(next)) => return self.of_pair(self.class(last), false, self.class(next)) != Break::Word,
                (unit, None) => return unit.is_none(),
                _ => return false,
            }
        }
    }
}

/// Whether it is this character of a unit.
fn is(character: char, of_unit: [u8; 2]) -> bool {
    u32::from(character) == u32::from(u16::from_le_bytes(of_unit))
}
