//! A base and the reading above it, after JLREQ 3.3.6 (group ruby) and 3.3.8 (ruby longer than its base).
//!
//! The shorter of the two is spaced out over the longer one: half as much before its first character and behind its last
//! one as between two. A reading may reach over kana beside its base, by no more than half of each: so readings on both
//! sides of one kana touch and do not overlap.
//! A base that is wider than a line is parted, and its reading in proportion.

use super::content::{Ruby, Stretch};
use super::{Layout, Measure};

/// Some characters of a base with what stands above them.
#[derive(Clone, Copy)]
pub(super) struct Part<'r, S> {
    ruby: &'r Ruby<S>,
    /// The characters of the reading.
    from: u16,
    /// How many of the base, and of the reading.
    pub(super) count: u16,
    pub(super) reading_count: u16,
    /// How wide the base is by itself, and the reading.
    pub(super) base_width: u16,
    pub(super) reading_width: u16,
}

impl<'r, S: Stretch> Part<'r, S> {
    /// So many characters of a base from one on, or all that there are from there.
    #[inline(never)]
    pub(super) fn of<M: Measure>(layout: &Layout<'_, M>, ruby: &'r Ruby<S>, from: u16, most: u16) -> Self {
        let readings = ruby.reading.characters().count() as u32;
        let mut part = Self { ruby, from: 0, count: 0, reading_count: 0, base_width: 0, reading_width: 0 };
        // Characters of the base that are no spaces: all, before the part, and before its end.
        let (mut all, mut before, mut until) = (0_u32, 0_u32, 0_u32);
        for (number, character) in (0_u16..).zip(ruby.base.characters()) {
            let counts = u32::from(character != ' ');
            all = all.wrapping_add(counts);
            if number < from {
                before = all;
            } else if part.count < most {
                until = all;
                part.count = part.count.wrapping_add(1);
                part.base_width = part.base_width.saturating_add(layout.measure.advance(character));
            }
        }
        let share = |base: u32| base.wrapping_mul(readings).checked_div(all).unwrap_or(0) as u16;
        part.from = share(before);
        part.reading_count = share(until).wrapping_sub(part.from);
        for character in part.reading() {
            part.reading_width = part.reading_width.saturating_add(layout.measure.ruby_advance(character));
        }
        // Above a single character that is wider than a line there is no room for it.
        if part.count <= 1 && part.reading_width > layout.options.width {
            (part.reading_count, part.reading_width) = (0, 0);
        }
        part
    }

    /// The characters of the base, from one on.
    pub(super) fn base(&self, from: u16) -> impl Iterator<Item = char> + use<'r, S> {
        self.ruby.base.characters().skip(usize::from(from)).take(usize::from(self.count))
    }

    /// The characters above it.
    pub(super) fn reading(&self) -> impl Iterator<Item = char> + use<'r, S> {
        self.ruby.reading.characters().skip(usize::from(self.from)).take(usize::from(self.reading_count))
    }

    /// By how much the reading is wider than its base.
    pub(super) const fn excess(&self) -> u16 {
        self.reading_width.saturating_sub(self.base_width)
    }

    /// How far the reading may reach over what is before, of which this much is free.
    pub(super) const fn reach_before(&self, free: u16) -> u16 {
        let half = self.excess() / 2;
        if half < free { half } else { free }
    }

    /// How far the reading would reach over what is behind.
    pub(super) const fn reach_behind(&self) -> u16 {
        self.excess().wrapping_sub(self.excess() / 2)
    }

    /// How wide it is on a line, its reading reaching so far over what is beside it.
    pub(super) const fn width(&self, before: u16, behind: u16) -> u16 {
        let reading = self.reading_width.saturating_sub(before).saturating_sub(behind);
        if reading > self.base_width { reading } else { self.base_width }
    }
}

/// How much of so much space stands before a character, spread over so many characters.
pub(super) const fn spread(space: u16, number: u16, count: u16) -> u16 {
    // Bases and readings have few characters: nothing overflows that is drawn.
    let halves = (space as u32).wrapping_mul((number as u32).wrapping_mul(2).wrapping_add(1));
    match halves.checked_div((count as u32).wrapping_mul(2)) {
        Some(before) => before as u16,
        None => 0,
    }
}
