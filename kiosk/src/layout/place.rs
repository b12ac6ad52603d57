//! Where each character of a line stands.

use nenpyo_schema::{Class, Properties};

use super::content::{Stretch, Walk, items};
use super::line::{Glyph, Line};
use super::ruby::{Part, spread};
use super::{Content, Layout, Measure, Options};

impl<M: Measure> Layout<'_, M> {
    /// Tells where each character of a line stands, spaces left out; a base before its reading.
    ///
    /// ```
    /// # use nenpyo_kiosk::layout::{Heights, Layout, Measure, Options};
    /// # struct Cells;
    /// # impl Measure for Cells {
    /// #     fn advance(&self, _: char) -> u16 { 4 }
    /// #     fn ruby_advance(&self, _: char) -> u16 { 2 }
    /// #     fn heights(&self) -> Heights { Heights::default() }
    /// # }
    /// let compiled = nenpyo_typeset::breaks::compile(&[], ["量子の森", "りょうし"]).unwrap();
    /// let layout = Layout { measure: &Cells, breaks: compiled.breaks(), options: Options::DEFAULT };
    /// let text: &[_] = &[("量子", Some("りょうし")), ("の森", None)];
    /// let line = layout.lines(text).next().unwrap();
    /// let mut glyphs = Vec::new();
    /// layout.place(&line, |glyph| glyphs.push((glyph.character, glyph.x)));
    /// let base = [('量', 0), ('子', 4)];
    /// let reading = [('り', 0), ('ょ', 2), ('う', 4), ('し', 6)];
    /// assert_eq!(glyphs, [&base[..], &reading, &[('の', 8), ('森', 12)]].concat());
    /// ```
    pub fn place<T: Content>(&self, line: &Line<T>, mut each: impl FnMut(Glyph)) {
        self.place_each(line, &mut each);
    }

    /// The same, once for all that is done with glyphs.
    #[inline(never)]
    fn place_each<T: Content>(&self, line: &Line<T>, each: &mut dyn FnMut(Glyph)) {
        let mut items = items(line.content, line.readings);
        if let Some(last) = line.start.checked_sub(1) {
            items.nth(usize::from(last));
        }
        let mut left = line.end.wrapping_sub(line.start);
        // How wide what was placed is, and how much of the kana at its end readings may reach over.
        let (mut x, mut kana) = (0_u16, 0_u16);
        while let Some((character, number)) = if left > 0 { items.next() } else { None } {
            match number.zip(items.ruby()) {
                None => {
                    let class = self.breaks.class(character);
                    if class != Class::SPACE {
                        each(Glyph { character, x, is_ruby: false });
                    }
                    x = x.saturating_add(self.measure.advance(character));
                    kana = self.free(character, class);
                    left = left.wrapping_sub(1);
                }
                Some((number, ruby)) => {
                    let ruby = *ruby;
                    let part = Part::of(self, &ruby, number, left);
                    for _ in 1..part.count {
                        items.next();
                    }
                    left = left.saturating_sub(part.count.max(1));
                    let before = part.reach_before(kana);
                    let behind = part.reach_behind().min(if left > 0 { self.free_before(&items) } else { 0 });
                    self.place_part(&part, number, x, (before, behind), each);
                    x = x.saturating_add(part.width(before, behind));
                    kana = 0;
                }
            }
        }
        if line.is_cut {
            let x = line.width.saturating_sub(self.measure.advance(Options::ELLIPSIS));
            each(Glyph { character: Options::ELLIPSIS, x, is_ruby: false });
        }
    }

    /// How much of a character the readings beside it may reach over.
    fn free(&self, character: char, class: Class) -> u16 {
        if self.breaks.properties(class).has(Properties::KANA) { self.measure.advance(character) / 2 } else { 0 }
    }

    /// The same of what follows.
    #[inline(never)]
    fn free_before(&self, items: &impl Walk) -> u16 {
        match items.clone().next() {
            Some((character, None)) => self.free(character, self.breaks.class(character)),
            _ => 0,
        }
    }

    /// Places a base and its reading at x, the reading reaching so far over what is before and behind.
    #[inline(never)]
    fn place_part<S: Stretch>(
        &self,
        part: &Part<'_, S>,
        number: u16,
        x: u16,
        (before, behind): (u16, u16),
        each: &mut dyn FnMut(Glyph),
    ) {
        let width = part.width(before, behind);
        let space = width.saturating_sub(part.base_width);
        // Below the middle of its reading, as far as there is space.
        let edge = spread(space, 0, part.count);
        let right = (behind.saturating_sub(before) / 2).min(edge);
        let left = (before.saturating_sub(behind) / 2).min(edge);
        let mut at = x.saturating_add(right).saturating_sub(left);
        for (place, character) in (0..part.count).zip(part.base(number)) {
            each(Glyph { character, x: at.saturating_add(spread(space, place, part.count)), is_ruby: false });
            at = at.saturating_add(self.measure.advance(character));
        }
        let space = width.saturating_add(before).saturating_add(behind).saturating_sub(part.reading_width);
        let mut at = x.saturating_sub(before);
        for (place, character) in (0..part.reading_count).zip(part.reading()) {
            each(Glyph { character, x: at.saturating_add(spread(space, place, part.reading_count)), is_ruby: true });
            at = at.saturating_add(self.measure.ruby_advance(character));
        }
    }
}
