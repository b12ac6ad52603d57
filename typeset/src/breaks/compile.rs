//! The table of a chronicle, and the proof that it says of each text what the library says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use nenpyo_schema::{Before, Break, Breaks, Class};

use super::classes::Classes;
use super::reference::{Reference, is_digit};
use super::units::unit_at;

/// The compiled classes, pairs and exceptions of some texts.
#[derive(Clone, Debug)]
pub struct CompiledBreaks {
    table: Vec<u8>,
    lost: usize,
}

impl CompiledBreaks {
    /// The bytes, as [`Breaks::new`] reads them.
    ///
    /// ```
    /// let compiled = nenpyo_typeset::breaks::compile(&[], ["量子の森"]).unwrap();
    /// assert!(nenpyo_schema::Breaks::is_sound(compiled.table()));
    /// ```
    pub fn table(&self) -> &[u8] {
        &self.table
    }

    /// What the bytes say.
    ///
    /// ```
    /// let compiled = nenpyo_typeset::breaks::compile(&[], ["量子の森"]).unwrap();
    /// assert_ne!(compiled.breaks().class('の'), compiled.breaks().class('森'));
    /// ```
    pub fn breaks(&self) -> Breaks<'_> {
        Breaks::new(&self.table)
    }

    /// How many places of the texts could end a line and may not by the table, because two characters on either side do
    /// not tell them from places that must not.
    ///
    /// ```
    /// assert_eq!(nenpyo_typeset::breaks::compile(&[], ["量子の森"]).unwrap().lost(), 0);
    /// ```
    pub fn lost(&self) -> usize {
        self.lost
    }
}

/// The texts have characters of more classes than a table has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyClasses(
    /// How many there are.
    pub usize,
);

impl fmt::Display for TooManyClasses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "characters of {} classes of line breaking; a table has room for {}", self.0, Class::MOST)
    }
}

impl std::error::Error for TooManyClasses {}

/// Compiles where lines may break in texts, and in others of these characters.
///
/// No place of the texts ends a line by the table that does not by [`places`](super::places).
///
/// # Errors
///
/// Characters of more than 64 classes, which those of a single language do not come near.
///
/// # Panics
///
/// When the table does not say of each text what the library says, which would be a mistake here.
///
/// ```
/// use nenpyo_schema::{Before, Break};
/// let compiled = nenpyo_typeset::breaks::compile(&[], ["「量子の森」は、2016年から。"]).unwrap();
/// let breaks = compiled.breaks();
/// let between = |before, after| {
///     breaks.between(Before::NOTHING.then(breaks.class(before)), after, breaks.class(after), || "".chars())
/// };
/// assert_eq!(between('森', '」'), Break::Never);
/// assert_eq!(between('6', '年'), Break::Together);
/// assert_eq!(between('年', 'か'), Break::Allowed);
/// ```
pub fn compile<'t>(
    characters: &[char],
    texts: impl IntoIterator<Item = &'t str>,
) -> Result<CompiledBreaks, TooManyClasses> {
    let texts: BTreeSet<&str> = texts.into_iter().collect();
    let characters: BTreeSet<char> =
        texts.iter().flat_map(|text| text.chars()).chain(characters.iter().copied()).collect();
    let mut reference = Reference::new();
    let classes = Classes::find(&characters, &mut reference);
    if classes.all.len() > Class::MOST {
        return Err(TooManyClasses(classes.all.len()));
    }
    let mut parts = Parts { pairs: pairs(&classes, &mut reference), units: units(&texts), exceptions: BTreeMap::new() };
    let plain = parts.table(&classes);
    parts.exceptions = exceptions(&texts, Breaks::new(&plain), &mut reference);
    let table = parts.table(&classes);
    assert!(Breaks::is_sound(&table), "a table that nobody can read");
    let lost = lost(&texts, Breaks::new(&table), &mut reference);
    Ok(CompiledBreaks { table, lost })
}

/// What may happen between each two classes, as half a byte.
fn pairs(classes: &Classes, reference: &mut Reference) -> Vec<u8> {
    let mut pairs = Vec::new();
    for before in 0..classes.all.len() {
        for after in 0..classes.all.len() {
            let (touching, spaced) = classes.pair(before, after, reference);
            pairs.push(touching as u8 | u8::from(spaced) << 3);
        }
    }
    pairs
}

/// The units that the texts have.
fn units(texts: &BTreeSet<&str>) -> BTreeSet<&'static str> {
    let mut units = BTreeSet::new();
    for text in texts {
        let characters: Vec<char> = text.chars().collect();
        for at in 1..characters.len() {
            if characters[at - 1] == ' ' || is_digit(characters[at - 1]) {
                let before = characters[..at].iter().rev().find(|character| **character != ' ');
                units.extend(unit_at(&characters[at..]).filter(|_| before.is_some_and(|before| is_digit(*before))));
            }
        }
    }
    units
}

/// Two classes before a place, two behind it, and whether there are spaces at it.
type Context = ([Class; 4], bool);

/// Every place of a text behind a character and before one, its number, what stands before it and around it.
fn contexts(text: &str, breaks: Breaks<'_>, mut each: impl FnMut(usize, Before, Context)) {
    let classes: Vec<Class> = text.chars().map(|character| breaks.class(character)).collect();
    let mut before = Before::NOTHING;
    for (at, class) in classes.iter().enumerate() {
        if *class != Class::SPACE && before.last() != Class::NONE {
            let later = classes.get(at + 1).copied().unwrap_or(Class::NONE);
            each(at, before, ([before.earlier(), before.last(), *class, later], before.is_spaced()));
        }
        before = before.then(*class);
    }
}

/// Where classes alone do not say what the library says, whether a line may end there.
fn exceptions(texts: &BTreeSet<&str>, breaks: Breaks<'_>, reference: &mut Reference) -> BTreeMap<[u8; 4], bool> {
    /// What was seen in a context.
    #[derive(Default)]
    struct Seen {
        differs: bool,
        forbidden: bool,
    }
    let mut seen: BTreeMap<[u8; 4], Seen> = BTreeMap::new();
    for text in texts {
        let places = reference.places_without_units(text);
        contexts(text, breaks, |at, before, ([earlier, last, after, later], spaced)| {
            let is_allowed = places[at] == Break::Allowed;
            let expected = breaks.between_classes(before, after) == Break::Allowed;
            let seen = seen.entry([earlier.0, last.0, after.0 | u8::from(spaced) << 7, later.0]).or_default();
            seen.differs |= is_allowed != expected;
            seen.forbidden |= !is_allowed;
        });
    }
    seen.into_iter().filter(|(_, seen)| seen.differs).map(|(context, seen)| (context, !seen.forbidden)).collect()
}

/// How many places the table forbids that the library allows.
fn lost(texts: &BTreeSet<&str>, breaks: Breaks<'_>, reference: &mut Reference) -> usize {
    let mut lost = 0;
    for text in texts {
        let places = reference.places(text);
        let characters: Vec<char> = text.chars().collect();
        contexts(text, breaks, |at, before, _| {
            let behind = || characters[at + 1..].iter().copied();
            let found = breaks.between(before, characters[at], breaks.class(characters[at]), behind);
            let may_end = |place: Break| place <= Break::Together;
            lost += usize::from(may_end(places[at]) && found > places[at]);
            assert!(!may_end(found) || found >= places[at], "{text:?} at {at}: {found:?} for {:?}", places[at]);
        });
    }
    lost
}

/// What a table is made of beside the classes.
struct Parts {
    pairs: Vec<u8>,
    units: BTreeSet<&'static str>,
    exceptions: BTreeMap<[u8; 4], bool>,
}

impl Parts {
    /// The bytes of a table.
    fn table(&self, classes: &Classes) -> Vec<u8> {
        let runs = classes.runs();
        let mut units = Vec::new();
        for unit in &self.units {
            units.push(unit.chars().count() as u8);
            units.extend(unit.encode_utf16().flat_map(u16::to_le_bytes));
        }
        let mut table = vec![classes.all.len() as u8, 0];
        for length in [runs.len(), self.exceptions.len(), units.len()] {
            table.extend(
                u16::try_from(length).expect("as many as there are characters of the first plane").to_le_bytes(),
            );
        }
        table.extend(classes.all.iter().map(|class| class.properties.0));
        table.extend(self.pairs.chunks(2).map(|both| both[0] | both.get(1).copied().unwrap_or(0) << 4));
        table.extend(runs.iter().flat_map(|(first, class)| [first.to_le_bytes().as_slice(), &[*class]].concat()));
        table.extend(self.exceptions.iter().flat_map(|([earlier, last, after, later], is_allowed)| {
            [*earlier, *last, *after, later | u8::from(*is_allowed) << 7]
        }));
        table.extend(units);
        table
    }
}
