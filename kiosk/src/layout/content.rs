//! What can be set, and how its characters are gone through.

use nenpyo::Text;

use super::Readings;

/// Characters without readings.
pub trait Stretch: Copy {
    /// One after the other.
    fn characters(self) -> impl Iterator<Item = char> + Clone;
}

/// What can be set in lines: a text of a chronicle, a string, or bases with readings.
pub trait Content: Copy {
    /// What its bases and readings are.
    type Stretch: Stretch;

    /// Its stretches, each with its reading if it has one.
    fn stretches(self) -> impl Iterator<Item = (Self::Stretch, Option<Self::Stretch>)> + Clone;
}

impl Stretch for Text<'_> {
    fn characters(self) -> impl Iterator<Item = char> + Clone {
        self.chars()
    }
}

impl Content for Text<'_> {
    type Stretch = Self;

    fn stretches(self) -> impl Iterator<Item = (Self, Option<Self>)> + Clone {
        self.segments().map(|segment| (segment.base, segment.reading))
    }
}

impl Stretch for &str {
    fn characters(self) -> impl Iterator<Item = char> + Clone {
        self.chars()
    }
}

impl Content for &str {
    type Stretch = Self;

    fn stretches(self) -> impl Iterator<Item = (Self, Option<Self>)> + Clone {
        core::iter::once((self, None))
    }
}

impl<'a> Content for &'a [(&'a str, Option<&'a str>)] {
    type Stretch = &'a str;

    fn stretches(self) -> impl Iterator<Item = (&'a str, Option<&'a str>)> + Clone {
        self.iter().copied()
    }
}

/// A base and its reading.
#[derive(Clone, Copy)]
pub(super) struct Ruby<S> {
    pub(super) base: S,
    pub(super) reading: S,
}

/// Goes through characters as they are shown: each with its number in its base, if that has a reading above it.
pub(super) trait Walk: Iterator<Item = (char, Option<u16>)> + Clone {
    /// What bases and readings are.
    type Stretch: Stretch;

    /// The base of the last character, which is part of one.
    fn ruby(&self) -> Option<&Ruby<Self::Stretch>>;
}

/// The characters of a content as they are shown.
pub(super) fn items<T: Content>(content: T, readings: Readings) -> impl Walk<Stretch = T::Stretch> {
    let open = T::Stretch::characters;
    Items { stretches: content.stretches(), readings, open, characters: None, ruby: Above::default(), taken: 0 }
}

/// See [`items`]; `open` gives the characters of a stretch, whose type has no name.
struct Items<S, P, C, F> {
    stretches: P,
    readings: Readings,
    open: F,
    characters: Option<C>,
    ruby: Above<S>,
    taken: u16,
}

/// The base and the reading of what is gone through, where there is a reading above it.
#[cfg(feature = "ruby")]
type Above<S> = Option<Ruby<S>>;

/// Nothing ever is, which every caller knows at compile time.
#[cfg(not(feature = "ruby"))]
type Above<S> = core::marker::PhantomData<S>;

impl<S, P, C, F> Items<S, P, C, F> {
    #[cfg(feature = "ruby")]
    const fn above(&self) -> Option<&Ruby<S>> {
        self.ruby.as_ref()
    }

    #[cfg(not(feature = "ruby"))]
    #[allow(clippy::unused_self, reason = "with the feature it is asked of the characters")]
    const fn above(&self) -> Option<&Ruby<S>> {
        None
    }
}

impl<S: Copy, P: Clone, C: Clone, F: Copy> Clone for Items<S, P, C, F> {
    /// A hundred bytes, at several places.
    #[inline(never)]
    fn clone(&self) -> Self {
        let Self { readings, open, ruby, taken, .. } = *self;
        Self { stretches: self.stretches.clone(), readings, open, characters: self.characters.clone(), ruby, taken }
    }
}

impl<S, P, C, F> Items<S, P, C, F>
where
    S: Copy,
    P: Iterator<Item = (S, Option<S>)>,
    F: Fn(S) -> C,
{
    /// Goes on to the next stretch. Apart from the characters of one, so that both take less stack.
    #[inline(never)]
    fn turn(&mut self) -> Option<()> {
        let (base, reading) = self.stretches.next()?;
        (self.ruby, self.taken) = (Above::default(), 0);
        let mut shown = base;
        match (self.readings, reading) {
            #[cfg(feature = "ruby")]
            (Readings::Above, Some(reading)) => self.ruby = Some(Ruby { base, reading }),
            (Readings::Instead, Some(reading)) => shown = reading,
            _ => {}
        }
        self.characters = Some((self.open)(shown));
        Some(())
    }
}

impl<S, P, C, F> Iterator for Items<S, P, C, F>
where
    S: Copy,
    P: Iterator<Item = (S, Option<S>)>,
    C: Iterator<Item = char>,
    F: Fn(S) -> C,
{
    type Item = (char, Option<u16>);

    #[inline(never)]
    fn next(&mut self) -> Option<(char, Option<u16>)> {
        loop {
            if let Some(character) = self.characters.as_mut().and_then(Iterator::next) {
                let number = self.taken;
                self.taken = number.wrapping_add(1);
                return Some((character, self.above().is_some().then_some(number)));
            }
            self.turn()?;
        }
    }
}

impl<S, P, C, F> Walk for Items<S, P, C, F>
where
    S: Stretch,
    P: Iterator<Item = (S, Option<S>)> + Clone,
    C: Iterator<Item = char> + Clone,
    F: Fn(S) -> C + Copy,
{
    type Stretch = S;

    fn ruby(&self) -> Option<&Ruby<S>> {
        self.above()
    }
}
