//! The characters of a chronicle in the order of Unicode: the number of a character is the number of its glyph, and with
//! dense text its code. Runs on host and target.

/// Bytes before the planes of a table of characters.
pub const CHARACTERS_HEADER: usize = 4;

/// Different characters, each with its number: the first one has 0.
///
/// ```text
///  0  2  how many planes of Unicode beyond the first one have characters
///  2  2  how many characters
///  4  .  each further plane: its number and the number of its first character, 2 bytes each
///     .  the last 16 bits of each character, in order
/// ```
#[derive(Clone, Copy, Debug)]
pub struct CharacterSet<'a> {
    planes: &'a [[u8; 4]],
    low: &'a [[u8; 2]],
}

impl<'a> CharacterSet<'a> {
    /// No characters.
    pub const NONE: Self = Self { planes: &[], low: &[] };

    #[cfg(feature = "dense-text")]
    pub(crate) const fn of(planes: &'a [[u8; 4]], low: &'a [[u8; 2]]) -> Self {
        Self { planes, low }
    }

    /// The characters of a table that is sound; none or wrong ones of any other.
    ///
    /// ```
    /// use nenpyo_schema::CharacterSet;
    /// let characters = CharacterSet::new(&[0, 0, 2, 0, b'a', 0, b'b', 0]);
    /// assert_eq!(characters.get(1), Some('b'));
    /// assert_eq!(characters.get(2), None);
    /// ```
    #[must_use]
    pub const fn new(table: &'a [u8]) -> Self {
        match Self::parts(table) {
            Some((characters, _)) => characters,
            None => Self::NONE,
        }
    }

    /// The characters, and what stands behind them.
    const fn parts(table: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let Some((header, rest)) = table.split_first_chunk::<CHARACTERS_HEADER>() else { return None };
        let planes = u16::from_le_bytes([header[0], header[1]]) as usize;
        let characters = u16::from_le_bytes([header[2], header[3]]) as usize;
        let Some((planes, rest)) = rest.split_at_checked(planes * 4) else { return None };
        let Some((low, rest)) = rest.split_at_checked(characters * 2) else { return None };
        Some((Self { planes: planes.as_chunks().0, low: low.as_chunks().0 }, rest))
    }

    /// Whether a table has what it says and no more, all in order.
    ///
    /// ```
    /// use nenpyo_schema::CharacterSet;
    /// assert!(CharacterSet::is_table(&[0, 0, 2, 0, b'a', 0, b'b', 0]));
    /// assert!(!CharacterSet::is_table(&[0, 0, 2, 0, b'b', 0, b'a', 0]));
    /// ```
    #[must_use]
    #[inline(never)]
    pub fn is_table(table: &'a [u8]) -> bool {
        Self::parts(table).is_some_and(|(characters, rest)| rest.is_empty() && characters.is_sound())
    }

    /// Whether they are characters, in order, each once.
    pub(crate) fn is_sound(&self) -> bool {
        let plane = |row: &[u8; 4]| (u16::from_le_bytes([row[0], row[1]]), u16::from_le_bytes([row[2], row[3]]));
        let at = |number: u32| u16::try_from(number).ok().and_then(|number| self.get(number));
        let characters = self.low.len() as u32;
        let is_in_order = |number: u32| {
            let next = at(number.wrapping_add(1));
            at(number).is_some_and(|character| next.is_none_or(|next| character < next))
        };
        self.planes.iter().map(plane).is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1)
            && self.planes.iter().map(plane).all(|(number, first)| number > 0 && u32::from(first) < characters)
            && (0..characters).all(is_in_order)
    }

    /// How many there are.
    ///
    /// ```
    /// use nenpyo_schema::CharacterSet;
    /// assert_eq!(CharacterSet::NONE.len(), 0);
    /// ```
    #[must_use]
    pub const fn len(&self) -> usize {
        self.low.len()
    }

    /// Whether there are none.
    ///
    /// ```
    /// use nenpyo_schema::CharacterSet;
    /// assert!(CharacterSet::NONE.is_empty());
    /// ```
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.low.is_empty()
    }

    /// The character with this number.
    ///
    /// ```
    /// use nenpyo_schema::CharacterSet;
    /// assert_eq!(CharacterSet::NONE.get(0), None);
    /// ```
    #[must_use]
    #[inline]
    pub fn get(&self, number: u16) -> Option<char> {
        let low = u16::from_le_bytes(*self.low.get(usize::from(number))?);
        let mut character = u32::from(low);
        for plane in self.planes {
            if number >= u16::from_le_bytes([plane[2], plane[3]]) {
                character = u32::from(u16::from_le_bytes([plane[0], plane[1]])) << 16 | u32::from(low);
            }
        }
        char::from_u32(character)
    }

    /// The number of a character, found by bisection.
    ///
    /// ```
    /// use nenpyo_schema::CharacterSet;
    /// assert_eq!(CharacterSet::NONE.number('a'), None);
    /// ```
    #[must_use]
    pub fn number(&self, character: char) -> Option<u16> {
        let (wanted, character) = ((u32::from(character) >> 16) as u16, u32::from(character) as u16);
        // The numbers of its plane.
        let (mut plane, mut from, mut to) = (0, 0, self.low.len() as u16);
        for [low, high, first_low, first_high] in self.planes {
            let (next, first) = (u16::from_le_bytes([*low, *high]), u16::from_le_bytes([*first_low, *first_high]));
            if next > wanted {
                to = first;
                break;
            }
            (plane, from) = (next, first);
        }
        while from < to && plane == wanted {
            let middle = from.midpoint(to);
            match u16::from_le_bytes(*self.low.get(usize::from(middle))?) {
                found if found == character => return Some(middle),
                found if found < character => from = middle.wrapping_add(1),
                _ => to = middle,
            }
        }
        None
    }
}
