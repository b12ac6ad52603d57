//! The lines of a text, one after the other, and how much room they take.

use nenpyo_schema::Before;

use super::content::{Walk, items};
use super::fit::{End, fit};
use super::{Content, Layout, Measure, Options, Readings};

/// A line of a text.
#[derive(Clone, Copy, Debug)]
pub struct Line<T> {
    pub(super) content: T,
    pub(super) readings: Readings,
    /// Its first character, and the one behind its last one that is shown: numbers in the text as it is shown.
    pub start: u16,
    /// The one behind its last one; a space that parts it from the next line is not shown.
    pub end: u16,
    /// How wide it is, an ellipsis included and without what hangs.
    pub width: u16,
    /// How far its last character stands outside of it; 0 if it does not.
    pub hang: u16,
    /// Whether there are readings above it.
    pub has_ruby: bool,
    /// Whether it ends with an ellipsis, because the text goes on.
    pub is_cut: bool,
    /// Where it begins below the top of the first line.
    pub top: u16,
    /// Where its baseline is below the same.
    pub baseline: u16,
    /// How high it is.
    pub height: u16,
}

impl<T: Content> Line<T> {
    /// Its characters, without readings and ellipsis.
    ///
    /// ```
    /// # use nenpyo_kiosk::layout::{Heights, Layout, Measure, Options};
    /// # struct Cells;
    /// # impl Measure for Cells {
    /// #     fn advance(&self, _: char) -> u16 { 1 }
    /// #     fn ruby_advance(&self, _: char) -> u16 { 1 }
    /// #     fn heights(&self) -> Heights { Heights::default() }
    /// # }
    /// let options = Options { width: 8, ..Options::DEFAULT };
    /// let layout = Layout { measure: &Cells, breaks: nenpyo_schema::Breaks::NONE, options };
    /// let mut lines = layout.lines("fusion energy");
    /// assert!(lines.next().unwrap().text().eq("fusion".chars()));
    /// assert!(lines.next().unwrap().text().eq("energy".chars()));
    /// ```
    pub fn text(&self) -> impl Iterator<Item = char> + Clone {
        let items = items(self.content, self.readings).map(|(character, _)| character);
        items.skip(usize::from(self.start)).take(usize::from(self.end.wrapping_sub(self.start)))
    }
}

/// A character and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// The character.
    pub character: char,
    /// How far it stands from the beginning of its line.
    pub x: u16,
    /// Whether it is part of a reading: small, and above the line.
    pub is_ruby: bool,
}

/// How much room a text takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// How many lines.
    pub lines: u16,
    /// How wide the widest line is, without what hangs.
    pub width: u16,
    /// How high all lines are.
    pub height: u16,
    /// Whether they end with an ellipsis.
    pub is_cut: bool,
}

impl<'a, M: Measure> Layout<'a, M> {
    /// The lines of a text. Each is made when it is asked for; none is kept.
    ///
    /// ```
    /// # use nenpyo_kiosk::layout::{Heights, Layout, Measure, Options};
    /// # struct Cells;
    /// # impl Measure for Cells {
    /// #     fn advance(&self, _: char) -> u16 { 1 }
    /// #     fn ruby_advance(&self, _: char) -> u16 { 1 }
    /// #     fn heights(&self) -> Heights { Heights::default() }
    /// # }
    /// let options = Options { width: 8, lines: 2, ..Options::DEFAULT };
    /// let layout = Layout { measure: &Cells, breaks: nenpyo_schema::Breaks::NONE, options };
    /// let widths: Vec<u16> = layout.lines("heavy ion radiotherapy").map(|line| line.width).collect();
    /// // `heavy`, and what fits of `ion radiotherapy` with an ellipsis.
    /// assert_eq!(widths, [5, 4]);
    /// ```
    pub fn lines<'l, T: Content>(&'l self, content: T) -> impl Iterator<Item = Line<T>> + use<'l, 'a, M, T> {
        Lines {
            layout: self,
            content,
            items: items(content, self.options.readings),
            before: Before::NOTHING,
            start: 0,
            count: 0,
            top: 0,
        }
    }

    /// How much room a text takes, before it is drawn.
    ///
    /// ```
    /// # use nenpyo_kiosk::layout::{Extent, Heights, Layout, Measure, Options};
    /// # struct Cells;
    /// # impl Measure for Cells {
    /// #     fn advance(&self, _: char) -> u16 { 1 }
    /// #     fn ruby_advance(&self, _: char) -> u16 { 1 }
    /// #     fn heights(&self) -> Heights { Heights { ascent: 7, descent: 2, ruby: 5, gap: 1 } }
    /// # }
    /// let options = Options { width: 8, ..Options::DEFAULT };
    /// let layout = Layout { measure: &Cells, breaks: nenpyo_schema::Breaks::NONE, options };
    /// assert_eq!(layout.extent("fusion energy"), Extent { lines: 2, width: 6, height: 19, is_cut: false });
    /// ```
    pub fn extent<T: Content>(&self, content: T) -> Extent {
        let mut extent = Extent::default();
        for line in self.lines(content) {
            extent.lines = extent.lines.saturating_add(1);
            extent.width = extent.width.max(line.width);
            extent.height = line.top.saturating_add(line.height);
            extent.is_cut = line.is_cut;
        }
        extent
    }
}

/// See [`Layout::lines`].
struct Lines<'l, 'a, M, T, W> {
    layout: &'l Layout<'a, M>,
    content: T,
    /// What is left of the text.
    items: W,
    before: Before,
    start: u16,
    count: u16,
    top: u16,
}

impl<M: Measure, T: Content, W: Walk> Lines<'_, '_, M, T, W> {
    /// Whether there is a character behind so many. Apart, so that a copy of what is left is not kept while a line is made.
    #[inline(never)]
    fn has(&self, behind: u16) -> bool {
        self.items.clone().nth(usize::from(behind)).is_some()
    }

    /// The end of the next line, and whether an ellipsis follows.
    fn end(&self) -> (End, bool) {
        let options = &self.layout.options;
        let end = fit(self.layout, &self.items, self.before, options.width, false);
        let is_last = self.count.saturating_add(1) >= options.lines;
        if !is_last || !self.has(end.next) {
            return (end, false);
        }
        match options.width.checked_sub(self.layout.measure.advance(Options::ELLIPSIS)) {
            None => (end, false),
            Some(width) => (fit(self.layout, &self.items, self.before, width, true), true),
        }
    }
}

impl<M: Measure, T: Content, W: Walk> Iterator for Lines<'_, '_, M, T, W> {
    type Item = Line<T>;

    #[inline(never)]
    fn next(&mut self) -> Option<Line<T>> {
        if self.count >= self.layout.options.lines {
            return None;
        }
        let (end, is_cut) = self.end();
        if end.next == 0 && !is_cut {
            return None;
        }
        let heights = self.layout.measure.heights();
        let ascent = if end.ruby { heights.ruby.saturating_add(heights.ascent) } else { heights.ascent };
        let ellipsis = if is_cut { self.layout.measure.advance(Options::ELLIPSIS) } else { 0 };
        let line = Line {
            content: self.content,
            readings: self.layout.options.readings,
            start: self.start,
            end: self.start.wrapping_add(end.shown),
            width: end.width.saturating_add(ellipsis),
            hang: end.hang,
            has_ruby: end.ruby,
            is_cut,
            top: self.top,
            baseline: self.top.saturating_add(ascent),
            height: ascent.saturating_add(heights.descent),
        };
        if let Some(last) = end.next.checked_sub(1) {
            self.items.nth(usize::from(last));
        }
        self.before = end.before;
        self.start = self.start.wrapping_add(end.next);
        self.count = self.count.saturating_add(1);
        self.top = line.top.saturating_add(line.height).saturating_add(heights.gap);
        Some(line)
    }
}
