//! Rectangles of pixels, and how they are parted.

use embedded_graphics_core::geometry::{Point, Size};
use embedded_graphics_core::primitives::Rectangle;

/// A rectangle of pixels; without width or height it is empty. Eight bytes, which go where they are needed in registers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) x: i16,
    pub(crate) y: i16,
    pub(crate) width: i16,
    pub(crate) height: i16,
}

/// Pixels of the longest side.
const MOST: i32 = 8_191;

// What parts areas is called everywhere, and is in a program once.
impl Area {
    pub(crate) const fn new(x: i16, y: i16, width: i16, height: i16) -> Self {
        Self { x, y, width, height }
    }

    pub(crate) const fn right(self) -> i16 {
        self.x.wrapping_add(self.width)
    }

    pub(crate) const fn bottom(self) -> i16 {
        self.y.wrapping_add(self.height)
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.width <= 0 || self.height <= 0
    }

    /// So many rows at the top, and what is below them.
    #[inline(never)]
    pub(crate) fn split_top(self, height: i16) -> (Self, Self) {
        let height = height.min(self.height.max(0)).max(0);
        let below = Self { y: self.y.wrapping_add(height), height: self.height.wrapping_sub(height), ..self };
        (Self { height, ..self }, below)
    }

    /// What is above so many rows at the bottom, and these.
    pub(crate) fn split_bottom(self, height: i16) -> (Self, Self) {
        self.split_top(self.height.saturating_sub(height.max(0)))
    }

    /// So many columns at the left, and what is right of them.
    #[inline(never)]
    pub(crate) fn split_left(self, width: i16) -> (Self, Self) {
        let width = width.min(self.width.max(0)).max(0);
        let right = Self { x: self.x.wrapping_add(width), width: self.width.wrapping_sub(width), ..self };
        (Self { width, ..self }, right)
    }

    /// What is left of so many columns at the right, and these.
    pub(crate) fn split_right(self, width: i16) -> (Self, Self) {
        self.split_left(self.width.saturating_sub(width.max(0)))
    }

    /// Without so many pixels at each side, and above and below.
    #[inline(never)]
    pub(crate) const fn inset(self, x: i16, y: i16) -> Self {
        Self {
            x: self.x.wrapping_add(x),
            y: self.y.wrapping_add(y),
            width: self.width.wrapping_sub(x.wrapping_mul(2)),
            height: self.height.wrapping_sub(y.wrapping_mul(2)),
        }
    }

    /// The number-th of so many columns of equal width, as equal as pixels are.
    #[inline(never)]
    pub(crate) fn column(self, number: i16, count: i16) -> Self {
        let at = |number: i16| part(self.width, number, count);
        let (from, to) = (at(number), at(number.wrapping_add(1)));
        Self { x: self.x.wrapping_add(from), width: to.wrapping_sub(from), ..self }
    }

    /// The number-th of so many rows of equal height.
    pub(crate) fn row(self, number: i16, count: i16) -> Self {
        let at = |number: i16| part(self.height, number, count);
        let (from, to) = (at(number), at(number.wrapping_add(1)));
        Self { y: self.y.wrapping_add(from), height: to.wrapping_sub(from), ..self }
    }

    /// What both have.
    pub(crate) fn intersection(self, other: Self) -> Self {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        let width = self.right().min(other.right()).wrapping_sub(x);
        let height = self.bottom().min(other.bottom()).wrapping_sub(y);
        Self { x, y, width, height }
    }

    /// Whether both have a pixel.
    pub(crate) fn meets(self, other: Self) -> bool {
        !self.intersection(other).is_empty()
    }

    pub(crate) fn contains(self, x: i16, y: i16) -> bool {
        x >= self.x && x < self.right() && y >= self.y && y < self.bottom()
    }

    /// Whether all of the other is in it.
    pub(crate) fn covers(self, other: Self) -> bool {
        self.intersection(other) == other
    }
}

/// How many of a length fit into another one; at least one.
#[inline(never)]
pub(crate) fn fitting(room: i16, one: i16) -> i16 {
    room.checked_div(one).unwrap_or(1).max(1)
}

/// So many of the equal parts of a length, as equal as pixels are.
fn part(length: i16, number: i16, count: i16) -> i16 {
    i32::from(length).wrapping_mul(number.into()).checked_div(count.into()).unwrap_or(0) as i16
}

/// A length of what is laid out, none of which is longer than an area can be.
pub(crate) const fn pixels(length: u16) -> i16 {
    length.cast_signed()
}

impl From<Area> for Rectangle {
    fn from(area: Area) -> Self {
        let side = |length: i16| length.max(0).unsigned_abs().into();
        Self {
            top_left: Point { x: area.x.into(), y: area.y.into() },
            size: Size { width: side(area.width), height: side(area.height) },
        }
    }
}

impl From<Rectangle> for Area {
    fn from(area: Rectangle) -> Self {
        // Of a panel that is longer, which nobody has, the rest stays as it is. Shorter ones can be doubled twice.
        let place = |place: i32| place.clamp(-MOST, MOST) as i16;
        let side = |length: u32| length.min(MOST.unsigned_abs()) as i16;
        let Point { x, y } = area.top_left;
        Self::new(place(x), place(y), side(area.size.width), side(area.size.height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_make_up_the_whole() {
        let area = Area::new(3, 5, 128, 64);
        let (top, below) = area.split_top(14);
        assert_eq!((top.height, below.y, below.bottom()), (14, 19, 69));
        let (above, bottom) = area.split_bottom(100);
        assert_eq!((above.height, bottom.height), (0, 64));
        let columns = (0..5).map(|number| area.column(number, 5).width).sum::<i16>();
        assert_eq!(columns, 128);
        assert!(area.covers(area.inset(4, 4)) && !area.inset(4, 4).covers(area));
        assert!(!area.meets(Area::new(131, 5, 9, 9)) && area.meets(Area::new(130, 5, 9, 9)));
        assert!(area.contains(3, 5) && !area.contains(2, 5) && !area.contains(3, 69));
        assert_eq!(Area::from(Rectangle::from(area)), area);
    }
}
