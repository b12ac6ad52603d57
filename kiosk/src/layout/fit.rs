//! How much of a text fits on a line.

use nenpyo_schema::{Before, Break, Class, Properties};

use super::content::{Ruby, Stretch, Walk};
use super::ruby::Part;
use super::{Layout, Measure};

/// Where a line may end.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    /// How many characters there are before the next line begins; 0 of no end.
    pub(super) next: u16,
    /// How many of them are shown: all but spaces at the end.
    pub(super) shown: u16,
    /// How wide these are.
    pub(super) width: u16,
    /// How far the last one stands outside of the line.
    pub(super) hang: u16,
    /// Whether there are readings above them.
    pub(super) ruby: bool,
    /// What stands before the next line.
    pub(super) before: Before,
}

impl End {
    const NONE: Self = Self { next: 0, shown: 0, width: 0, hang: 0, ruby: false, before: Before::NOTHING };
}

/// What is known of a line so far.
struct Fit<'l, 'a, M> {
    layout: &'l Layout<'a, M>,
    /// How wide it may be, and whether an ellipsis follows.
    width: u16,
    is_cut: bool,
    /// The last end of the best kind so far, and that.
    best: End,
    kind: Break,
    /// Everything so far.
    all: End,
    /// How wide the spaces behind that are.
    spaces: u16,
    /// What stands before, and whether it is kana of so much width that readings may reach over it.
    before: Before,
    kana: u16,
    /// How far the reading of what is before reaches over kana behind it.
    reach: u16,
}

/// Finds the end of a line that begins with these items; of no items it is no end.
#[inline(never)]
pub(super) fn fit<M: Measure>(
    layout: &Layout<'_, M>,
    items: &impl Walk,
    before: Before,
    width: u16,
    is_cut: bool,
) -> End {
    let mut items = items.clone();
    let mut fit = Fit {
        layout,
        width,
        is_cut,
        best: End::NONE,
        kind: Break::Never,
        all: End::NONE,
        spaces: 0,
        before,
        kana: 0,
        reach: 0,
    };
    while let Some((character, number)) = items.next() {
        let class = layout.breaks.class(character);
        if class == Class::SPACE && number.is_none() {
            fit.space(character);
            continue;
        }
        fit.may_end(fit.place(character, class, &items), class);
        if fit.all.hang > 0 {
            // Behind what hangs nothing else stands.
            return fit.end();
        }
        let has_room = match number.zip(items.ruby()) {
            None => fit.character(character, class),
            Some((number, ruby)) => match fit.base(ruby, number) {
                None => false,
                Some(count) => {
                    fit.before = fit.before.then(class);
                    for _ in 1..count {
                        let Some((character, _)) = items.next() else { break };
                        fit.before = fit.before.then(layout.breaks.class(character));
                    }
                    true
                }
            },
        };
        if !has_room {
            return fit.end();
        }
    }
    fit.all
}

impl<M: Measure> Fit<'_, '_, M> {
    fn space(&mut self, character: char) {
        self.spaces = self.spaces.saturating_add(self.layout.measure.advance(character));
        self.all.next = self.all.next.wrapping_add(1);
        self.before = self.before.then(Class::SPACE);
        (self.kana, self.reach) = (0, 0);
    }

    /// What may happen before a character, behind which these follow.
    #[inline(never)]
    fn place(&self, character: char, class: Class, behind: &impl Walk) -> Break {
        let behind = || behind.clone().map(|(character, _)| character);
        self.layout.breaks.between(self.before, character, class, behind)
    }

    /// Before a character of this class, the line may end so.
    fn may_end(&mut self, place: Break, class: Class) {
        if self.all.next == 0 {
            return;
        }
        let hangs = |class| self.layout.breaks.properties(class).has(Properties::HANGS);
        // An ellipsis stands for the comma before which it stands, and not behind one.
        let place = match self.is_cut {
            true if hangs(class) => Break::Allowed,
            true if hangs(self.before.last()) => return,
            true if place == Break::Word && self.layout.options.cuts_words => Break::Allowed,
            _ => place,
        };
        self.keep(place, End { before: self.before, ..self.all });
    }

    /// An end of this kind, unless there is a better one.
    fn keep(&mut self, kind: Break, end: End) {
        if kind <= self.kind {
            (self.kind, self.best) = (kind, end);
        }
    }

    /// The best end; if there is none, behind the first character, however wide it is.
    fn end(&self) -> End {
        if self.best.next > 0 || self.is_cut {
            return self.best;
        }
        let (next, shown) = (self.all.next.max(1), self.all.shown.max(1));
        End { next, shown, before: self.before, ..self.all }
    }

    /// Whether there is room for a character, which is taken then.
    fn character(&mut self, character: char, class: Class) -> bool {
        let properties = self.layout.breaks.properties(class);
        let advance = self.layout.measure.advance(character);
        let half = if properties.has(Properties::KANA) { advance / 2 } else { 0 };
        let begin = self.all.width.saturating_add(self.spaces).saturating_sub(self.reach.min(half));
        let width = begin.saturating_add(advance);
        if width <= self.width {
            self.take(1, width);
        } else if self.layout.options.hanging
            && !self.is_cut
            && properties.has(Properties::HANGS)
            && begin <= self.width
        {
            self.all.hang = width.saturating_sub(self.width);
            self.take(1, self.width);
        } else {
            // The first one stands on its line, however wide it is.
            if self.all.next == 0 {
                self.all.width = width;
                self.before = self.before.then(class);
            }
            return false;
        }
        self.before = self.before.then(class);
        (self.kana, self.reach) = (half, 0);
        true
    }

    /// The same of what is left of a base, with its reading; if there is room, how many characters that are.
    #[inline(never)]
    fn base<S: Stretch>(&mut self, ruby: &Ruby<S>, number: u16) -> Option<u16> {
        let part = Part::of(self.layout, ruby, number, u16::MAX);
        self.part_base(ruby, number, part.count);
        let width = self.with(&part)?;
        self.all.ruby |= part.reading_count > 0;
        self.take(part.count, width);
        (self.kana, self.reach) = (0, part.reach_behind());
        Some(part.count)
    }

    /// How wide the line would be with it.
    fn with<S: Stretch>(&self, part: &Part<'_, S>) -> Option<u16> {
        let width = part.width(part.reach_before(self.kana), 0);
        let width = self.all.width.saturating_add(self.spaces).saturating_add(width);
        (width <= self.width).then_some(width)
    }

    fn take(&mut self, count: u16, width: u16) {
        self.all.next = self.all.next.wrapping_add(count);
        self.all.shown = self.all.next;
        self.all.width = width;
        self.spaces = 0;
    }

    /// Where a base may be parted, if the line can end nowhere before it.
    #[inline(never)]
    fn part_base<S: Stretch>(&mut self, ruby: &Ruby<S>, number: u16, count: u16) {
        if self.kind == Break::Allowed || self.is_cut {
            return;
        }
        let (begin, breaks) = (self.all, self.layout.breaks);
        let mut before = self.before;
        let mut characters = ruby.base.characters().skip(usize::from(number));
        let mut end = End::NONE;
        for taken in 1..count.max(2) {
            let Some(class) = characters.next().map(|character| breaks.class(character)) else { break };
            before = before.then(class);
            (end.next, end.before) = (begin.next.wrapping_add(taken), before);
            // A space before the next line is not shown.
            if class != Class::SPACE {
                let part = Part::of(self.layout, ruby, number, taken);
                end.width = match self.with(&part) {
                    Some(width) => width,
                    None if taken == 1 && begin.next == 0 => part.width(0, 0),
                    None => break,
                };
                end.shown = end.next;
                end.ruby = begin.ruby || part.reading_count > 0;
            }
            let next = characters.clone().next().map_or(Class::SPACE, |character| breaks.class(character));
            let place = if next == Class::SPACE { Break::Never } else { breaks.between_classes(before, next) };
            self.keep(place.max(Break::Together), end);
        }
    }
}
