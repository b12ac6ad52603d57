//! A terminal whose half cells are two pixels wide, and what must hold of every line on it.

use nenpyo_kiosk::layout::{Content, Heights, Layout, Line, Measure, Readings, Stretch};
use nenpyo_schema::Break;
use nenpyo_typeset::breaks::{BEGIN_NO_LINE, END_NO_LINE, HANG, places};

/// Kanji and kana are two cells wide, everything else one; readings are half as wide.
#[derive(Debug)]
pub(crate) struct Cells;

impl Cells {
    /// How wide a cell is: half a kanji.
    pub(crate) const HALF: u16 = 2;
}

impl Measure for Cells {
    fn advance(&self, character: char) -> u16 {
        if u32::from(character) < 0x2E80 { Self::HALF } else { 2 * Self::HALF }
    }

    fn ruby_advance(&self, character: char) -> u16 {
        self.advance(character) / 2
    }

    fn heights(&self) -> Heights {
        Heights { ascent: 7, descent: 1, ruby: 4, gap: 1 }
    }
}

/// A text as it is shown, and what may happen at each of its places.
pub(crate) struct Shown {
    pub(crate) characters: Vec<char>,
    pub(crate) places: Vec<Break>,
    has_ruby: bool,
}

impl Shown {
    pub(crate) fn of<T: Content>(content: T, readings: Readings) -> Self {
        let (mut text, mut inside, mut has_ruby) = (String::new(), Vec::new(), false);
        for (base, reading) in content.stretches() {
            let is_base = reading.is_some() && readings == Readings::Above;
            let shown = if readings == Readings::Instead { reading.unwrap_or(base) } else { base };
            has_ruby |= is_base;
            for (number, character) in shown.characters().enumerate() {
                text.push(character);
                inside.push(is_base && number > 0);
            }
        }
        let places = places(&text).into_iter().zip(inside);
        let places = places.map(|(place, inside)| if inside { place.max(Break::Together) } else { place }).collect();
        Self { characters: text.chars().collect(), places, has_ruby }
    }

    /// Asserts what must hold of all lines; how many had to break kinsoku because nothing else fits.
    pub(crate) fn check<T: Content>(&self, layout: &Layout<'_, Cells>, content: T) -> usize {
        let lines: Vec<Line<T>> = layout.lines(content).collect();
        let starts: Vec<usize> =
            lines.iter().map(|line| usize::from(line.start)).chain([self.characters.len()]).collect();
        assert_eq!(starts[0], 0);
        let mut forced = 0;
        for (line, bounds) in lines.iter().zip(starts.windows(2)) {
            let (start, end, next) = (bounds[0], usize::from(line.end), bounds[1]);
            // Nothing is lost but spaces between lines.
            assert!(self.characters[end..next].iter().all(|character| *character == ' '), "{self}");
            assert!(end > start && self.characters[end - 1] != ' ', "{self}");
            assert!(line.text().eq(self.characters[start..end].iter().copied()));
            self.check_width(layout, line);
            if next < self.characters.len() {
                forced += usize::from(self.is_forced(start, end, next));
                if !self.has_ruby {
                    self.check_is_full(layout, start, next);
                }
            }
        }
        forced
    }

    /// No better place was passed by; whether this one breaks kinsoku.
    fn is_forced(&self, start: usize, end: usize, next: usize) -> bool {
        let place = self.places[next];
        let better = (start + 1..next).find(|other| self.places[*other] < place);
        assert_eq!(better, None, "{self}, from {start} to {next}: {place:?}");
        let is_broken = BEGIN_NO_LINE.contains(self.characters[next]) || END_NO_LINE.contains(self.characters[end - 1]);
        assert!(!is_broken || place > Break::Word, "{self}, from {start} to {next}: {place:?}");
        place > Break::Word
    }

    /// Another stretch up to a place where lines may end would not have fitted.
    fn check_is_full(&self, layout: &Layout<'_, Cells>, start: usize, next: usize) {
        let further = (next + 1..self.characters.len()).find(|place| self.places[*place] == Break::Allowed);
        let mut stretch = &self.characters[start..further.unwrap_or(self.characters.len())];
        while let [rest @ .., ' '] = stretch {
            stretch = rest;
        }
        if layout.options.hanging && stretch.last().is_some_and(|last| HANG.contains(*last)) {
            stretch = &stretch[..stretch.len() - 1];
        }
        let width: u16 = stretch.iter().map(|character| Cells.advance(*character)).sum();
        assert!(width > layout.options.width, "{self}, from {start} to {next}: more would fit");
    }

    /// Every character stands on the line, and its width is that of what stands there.
    #[allow(clippy::unused_self, reason = "beside the other checks")]
    fn check_width<T: Content>(&self, layout: &Layout<'_, Cells>, line: &Line<T>) {
        assert!(line.width <= layout.options.width, "{} wide: {self}", line.width);
        assert!(line.hang == 0 || layout.options.hanging && line.hang <= 2 * Cells::HALF);
        let mut right = 0;
        let (mut last, mut last_ruby) = (0, 0);
        layout.place(line, |glyph| {
            let advance =
                if glyph.is_ruby { Cells.ruby_advance(glyph.character) } else { Cells.advance(glyph.character) };
            // Characters do not overlap, nor do readings.
            let last = if glyph.is_ruby { &mut last_ruby } else { &mut last };
            assert!(glyph.x >= *last, "{glyph:?} before {last}: {self}");
            *last = glyph.x + advance;
            right = right.max(*last);
        });
        assert!(right <= line.width + line.hang, "{right} > {}: {self}", line.width);
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.characters.iter().collect::<String>())
    }
}
