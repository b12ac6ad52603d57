//! Texts and links one below the other, over as many pages as it takes: nothing is cut in two by the edge of a panel.

use nenpyo::{Edtf, Key, Text};

use crate::area::{Area, pixels};
use crate::face::Size;
use crate::layout::Measure;
use crate::page::{Page, Style, Survey};
use crate::palette::Look;
use crate::screens::dates;
use crate::state::{Action, Place};
use crate::words::Words;

/// What stands above a link; or beside it, an address as a code where there is room for one.
#[derive(Clone, Copy)]
pub(crate) enum Note<'n> {
    Nothing,
    Words(&'n Words),
    Date(Edtf),
    #[cfg(feature = "qr")]
    Address(&'n str),
}

/// What flows over pages.
pub(crate) struct Flow<'f, 'p> {
    pub(crate) page: &'f mut Page<'p>,
    /// The area of each page.
    area: Area,
    /// The page that is shown, and which of its links is chosen.
    wanted: u16,
    chosen: u16,
    /// The page that is filled, and how far.
    current: u16,
    y: i16,
    links: u16,
    /// What is to be put before the next text, if a page does not begin with it.
    gap: i16,
}

impl<'f, 'p> Flow<'f, 'p> {
    pub(crate) fn new(page: &'f mut Page<'p>, area: Area, wanted: u16, chosen: u16) -> Self {
        Self { page, area, wanted, chosen, current: 0, y: 0, links: 0, gap: 0 }
    }

    /// Room before what follows.
    pub(crate) fn gap(&mut self, pixels: i16) {
        self.gap = self.gap.max(pixels);
    }

    /// Takes room of so much height, on the next page if there is not enough on this one; `None` of what is not shown.
    fn take(&mut self, height: i16) -> Option<Area> {
        let gap = if self.y == 0 { 0 } else { self.gap };
        self.gap = 0;
        if self.y > 0 && self.y + gap + height > self.area.height {
            self.current = self.current.saturating_add(1);
            self.y = 0;
        } else {
            self.y += gap;
        }
        let top = self.y;
        self.y += height;
        let area = Area { y: self.area.y + top, height: height.min(self.area.height), ..self.area };
        (self.current == self.wanted).then_some(area)
    }

    /// Whether so much more fits on this page.
    pub(crate) fn has_room(&self, height: i16) -> bool {
        self.y == 0 || self.y + self.gap + height <= self.area.height
    }

    /// Begins a new page, if this one is not empty.
    pub(crate) fn turn(&mut self) {
        if self.y > 0 {
            self.y = self.area.height;
        }
    }

    /// A text, line by line. A last line does not stand alone on a page if two fit on it.
    #[inline(never)]
    pub(crate) fn text(&mut self, style: Style, text: Text<'_>) {
        let layout = self.page.layout(style.size, self.area.width, style.lines(u16::MAX));
        let gap = pixels(layout.measure.heights().gap);
        for line in layout.lines(text) {
            let height = pixels(line.height);
            if let Some(area) = self.take(height) {
                self.page.line(area, style.look, &layout, &line);
            }
            self.gap(gap);
        }
    }

    /// What stands above what follows: kept together with two lines of that.
    #[inline(never)]
    pub(crate) fn heading(&mut self, words: &Words) {
        self.gap(self.page.line_height(Size::Small) / 2);
        let both = self.page.line_height(Size::Small) * 2 + self.page.line_height(Size::Body) * 2 + self.pad() * 2 + 2;
        if !self.has_room(both) && self.area.height >= both {
            self.turn();
        }
        self.say(Style::SMALL.look(Look::ACCENT).line(), self.page.words(words));
    }

    /// What the screens say by themselves.
    #[inline(never)]
    pub(crate) fn say(&mut self, style: Style, words: &str) {
        self.text(style, Text::from(words));
    }

    /// A date.
    #[inline(never)]
    pub(crate) fn date(&mut self, style: Style, date: Edtf) {
        self.say(style, &dates::western(date, self.page.speech()));
    }

    /// Above and below what is touched.
    fn pad(&self) -> i16 {
        if self.page.kiosk.has_touch() { self.page.face(Size::Body).height() / 3 } else { 0 }
    }

    /// A text that leads to a record, and above it in small letters, what it is. It is kept together, and cut if a page
    /// has not room enough for it.
    #[inline(never)]
    pub(crate) fn link(&mut self, note: Note<'_>, text: Text<'_>, key: Key) {
        let arrow = "→";
        let side = self.page.width_of(Size::Body, arrow) + 2;
        let beside = self.beside(note);
        let width = self.area.width - side - beside;
        let pad = self.pad();
        let has_note = matches!(note, Note::Words(_) | Note::Date(_));
        let note_height = if has_note { self.page.line_height(Size::Small) + 1 } else { 0 };
        let room = self.area.height - note_height - pad * 2;
        let lines = self.page.lines_in(room, Size::Body);
        let height = note_height + self.page.height_of(width, Size::Body, lines, text) + pad * 2;
        let height = height.max(beside);
        let gap = pixels(self.page.face(Size::Body).heights().gap);
        self.gap(gap.max(1));
        let Some(area) = self.take(height) else { return };
        let number = self.links;
        self.links = self.links.saturating_add(1);
        let is_chosen = number == self.chosen && self.page.kiosk.has_buttons();
        let look = if self.page.kiosk.has_touch() { Look::BUTTON } else { Look::PLAIN }.or_choice(is_chosen);
        let open = Action::Open(Place::Record { key, page: 0, link: 0 });
        self.page.act(area, look, Some(open), Some(number));
        #[cfg(feature = "qr")]
        let (area, code) = area.split_right(beside);
        let (left, right) = area.inset(0, pad).split_left(side);
        self.page.say_middle(left, Style::BODY.look(look), arrow);
        let (small, body) = right.split_top(note_height);
        let faint = if is_chosen { look } else { Look { ink: Look::FAINT.ink, ..look } };
        let faint = Style::SMALL.look(faint).line();
        match note {
            Note::Nothing => {}
            Note::Words(words) => self.page.say(small, faint, self.page.words(words)),
            Note::Date(date) => self.page.date(small, faint, date),
            #[cfg(feature = "qr")]
            Note::Address(address) => {
                if beside > 0 {
                    crate::code::put(self.page, code, address, crate::code::LEAST);
                }
            }
        }
        self.page.text(body, Style::BODY.look(look), text);
    }

    /// How wide the code beside a link is, if a telephone can read it at that size.
    #[cfg(feature = "qr")]
    fn beside(&self, note: Note<'_>) -> i16 {
        let Note::Address(address) = note else { return 0 };
        let side = crate::code::side(address).map(|side| side * crate::code::LEAST);
        side.filter(|side| *side <= self.area.height.min(self.area.width / 3)).unwrap_or(0)
    }

    /// Nothing stands beside a link.
    #[cfg(not(feature = "qr"))]
    #[allow(clippy::unused_self, reason = "as with codes")]
    const fn beside(&self, _: Note<'_>) -> i16 {
        0
    }

    /// The code of an address by itself, as large as half a page has room for, if it can be read at that size.
    #[cfg(feature = "qr")]
    pub(crate) fn code(&mut self, address: &str) {
        let Some(side) = crate::code::side(address) else { return };
        let room = self.area.width.min(self.area.height);
        let large = self.area.width.min(self.area.height / 3 * 2).checked_div(side).unwrap_or(0).min(6);
        let scale = if large < crate::code::LEAST { crate::code::LEAST } else { large };
        if side * scale <= room
            && let Some(area) = self.take(side * scale)
        {
            crate::code::put(self.page, area, address, scale);
        }
    }

    /// How many pages there are, and links on the one that is shown.
    pub(crate) fn end(self) -> Survey {
        Survey { pages: self.current.saturating_add(1), links: self.links }
    }
}
