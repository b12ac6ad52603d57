//! Where a screen is put together: texts, headers, buttons, each given to a sink as items.

use nenpyo::{Chronicle, Edtf, Language, Text};

use crate::area::{Area, fitting, pixels};
use crate::canvas::{Item, Picture, Sink};
use crate::face::{Face, Size};
use crate::kiosk::Kiosk;
use crate::layout::{Layout, Line, Measure, Options, Readings};
use crate::palette::{Look, Role};
use crate::screens::dates;
use crate::state::{Action, Place, Speech, State};
use crate::words::{self, Words};

/// How a text stands in its area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// As many lines as there is room for, from the left.
    Lines,
    /// One line.
    Left,
    Center,
    Right,
}

/// How a text is set. Four bytes, which go where they are needed in a register.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) size: Size,
    pub(crate) align: Align,
    pub(crate) look: Look,
}

impl Style {
    pub(crate) const BODY: Self = Self { size: Size::Body, align: Align::Lines, look: Look::PLAIN };
    pub(crate) const TITLE: Self = Self { size: Size::Title, ..Self::BODY };
    pub(crate) const SMALL: Self = Self { size: Size::Small, ..Self::BODY };

    pub(crate) const fn look(self, look: Look) -> Self {
        Self { look, ..self }
    }

    pub(crate) const fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }

    /// One line, from the left.
    pub(crate) const fn line(self) -> Self {
        self.align(Align::Left)
    }

    /// How many lines there are at most, where there is room for so many.
    pub(crate) fn lines(self, room: u16) -> u16 {
        if self.align == Align::Lines { room } else { 1 }
    }
}

/// What was learnt of a screen that was gone through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Survey {
    /// How many pages it has.
    pub(crate) pages: u16,
    /// How many links there are on the page that is shown.
    pub(crate) links: u16,
}

/// A screen that is put together.
pub(crate) struct Page<'p> {
    pub(crate) kiosk: &'p Kiosk<'p>,
    pub(crate) state: &'p State,
    sink: &'p mut dyn Sink,
}

impl<'p> Page<'p> {
    pub(crate) fn new(kiosk: &'p Kiosk<'p>, state: &'p State, sink: &'p mut dyn Sink) -> Self {
        Self { kiosk, state, sink }
    }

    pub(crate) const fn speech(&self) -> Speech {
        self.state.speech
    }

    pub(crate) const fn language(&self) -> Language {
        self.state.speech.language
    }

    pub(crate) const fn chronicle(&self) -> &'p Chronicle<'p> {
        self.kiosk.chronicle
    }

    pub(crate) const fn face(&self, size: Size) -> &'p Face<'p> {
        self.kiosk.faces.get(size)
    }

    /// What is done with readings above a face now.
    pub(crate) fn readings(&self, size: Size) -> Readings {
        if self.state.speech.has_readings { self.face(size).readings() } else { Readings::Without }
    }

    /// How high a line is at most.
    pub(crate) fn line_height(&self, size: Size) -> i16 {
        let face = self.face(size);
        if self.readings(size) == Readings::Above { face.height_with_ruby() } else { face.height() }
    }

    pub(crate) fn layout(&self, size: Size, width: i16, lines: u16) -> Layout<'p, Face<'p>> {
        let width = u16::try_from(width.max(0)).unwrap_or(u16::MAX);
        // A name on a single line is told by its beginning.
        let options = Options { width, lines, hanging: false, cuts_words: lines == 1, readings: self.readings(size) };
        Layout { measure: self.face(size), breaks: self.kiosk.breaks, options }
    }

    pub(crate) fn put(&mut self, item: &Item<'_>) {
        self.sink.put(item);
    }

    #[inline(never)]
    pub(crate) fn picture(&mut self, area: Area, look: Look, picture: Picture<'_>) {
        self.put(&Item { area, look, picture, action: None, number: None });
    }

    /// Paints an area.
    #[inline(never)]
    pub(crate) fn fill(&mut self, area: Area, role: Role) {
        self.picture(area, Look { ground: role, ink: role }, Picture::Blank);
    }

    /// Says what happens where this area is touched, or when what has this number is selected.
    #[inline(never)]
    pub(crate) fn act(&mut self, area: Area, look: Look, action: Option<Action>, number: Option<u16>) {
        self.put(&Item { area, look, picture: Picture::Blank, action, number });
    }

    /// Says what happens where this area is touched, without painting it.
    pub(crate) fn touch(&mut self, area: Area, action: Action) {
        self.put(&Item { area, look: Look::PLAIN, picture: Picture::None, action: Some(action), number: None });
    }

    /// Puts a line of a text at the left and top of an area, which it does not leave.
    pub(crate) fn line(&mut self, area: Area, look: Look, layout: &Layout<'_, Face<'_>>, line: &Line<Text<'_>>) {
        self.picture(area, look, Picture::Line { line, layout, x: 0, y: 0 });
    }

    /// Puts the lines of a text one below the other from the top of an area on, and tells how high they are together.
    /// What does not fit ends with an ellipsis.
    #[inline(never)]
    pub(crate) fn text(&mut self, area: Area, style: Style, text: Text<'_>) -> i16 {
        let lines = style.lines(self.lines_in(area.height, style.size));
        let layout = self.layout(style.size, area.width, lines);
        let mut height = 0;
        for line in layout.lines(text) {
            let top = pixels(line.top);
            height = top + pixels(line.height);
            self.aligned(Area { y: area.y + top, ..area }, style, &layout, &line);
        }
        height
    }

    /// Puts one line of a text into the middle of an area's height.
    #[inline(never)]
    pub(crate) fn middle(&mut self, area: Area, style: Style, text: Text<'_>) {
        let layout = self.layout(style.size, area.width, 1);
        if let Some(line) = layout.lines(text).next() {
            let above = (area.height - pixels(line.height)).max(0) / 2;
            self.aligned(area.split_top(above).1, style, &layout, &line);
        }
    }

    /// Puts a line at the top of an area.
    #[inline(never)]
    fn aligned(&mut self, area: Area, style: Style, layout: &Layout<'_, Face<'_>>, line: &Line<Text<'_>>) {
        let free = area.width - pixels(line.width);
        let indent = match style.align {
            Align::Lines | Align::Left => 0,
            Align::Center => free / 2,
            Align::Right => free,
        };
        let (x, width) = (area.x + indent.max(0), pixels(line.width).min(area.width));
        self.line(Area::new(x, area.y, width, pixels(line.height)), style.look, layout, line);
    }

    /// Puts what the screens say by themselves at the top of an area.
    #[inline(never)]
    pub(crate) fn say(&mut self, area: Area, style: Style, words: &str) {
        self.text(area, style, Text::from(words));
    }

    /// The same in the middle of its height.
    #[inline(never)]
    pub(crate) fn say_middle(&mut self, area: Area, style: Style, words: &str) {
        self.middle(area, style, Text::from(words));
    }

    /// Puts a date at the top of an area.
    #[inline(never)]
    pub(crate) fn date(&mut self, area: Area, style: Style, date: Edtf) {
        self.say(area, style, &dates::western(date, self.speech()));
    }

    /// The same in the middle of its height.
    #[inline(never)]
    pub(crate) fn date_middle(&mut self, area: Area, style: Style, date: Edtf) {
        self.say_middle(area, style, &dates::western(date, self.speech()));
    }

    /// How many lines fit one below the other, readings above all of them; at least one.
    pub(crate) fn lines_in(&self, height: i16, size: Size) -> u16 {
        let (line, gap) = (self.line_height(size), pixels(self.face(size).heights().gap));
        fitting(height + gap, line + gap).cast_unsigned()
    }

    /// How high the lines of a text are together in so much width, of which there are so many at most.
    #[inline(never)]
    pub(crate) fn height_of(&self, width: i16, size: Size, lines: u16, text: Text<'_>) -> i16 {
        pixels(self.layout(size, width, lines).extent(text).height)
    }

    /// How wide what the screens say by themselves is on one line.
    pub(crate) fn width_of(&self, size: Size, words: &str) -> i16 {
        words.chars().fold(0, |width, character| width + pixels(self.face(size).advance(character)))
    }

    /// What is said in the language that is spoken.
    pub(crate) fn words(&self, words: &Words) -> &'static str {
        words.of(self.speech())
    }

    /// A button with words in its middle.
    #[inline(never)]
    pub(crate) fn button(&mut self, area: Area, look: Look, words: &str, action: Option<Action>, number: Option<u16>) {
        self.act(area, look, action, number);
        let size = if self.width_of(Size::Body, words) <= area.width - 2 { Size::Body } else { Size::Small };
        let style = Style { size, ..Style::BODY }.look(look).align(Align::Center);
        self.say_middle(area.inset(1, 0), style, words);
    }

    /// The parts of the header of a small panel: a title, which of how many pages, and the language.
    fn small_header(&self, header: Area) -> (Area, Area, Area) {
        let (header, sign) = header.split_right(self.face(Size::Body).height() + 2);
        let (title, number) = header.split_right(self.width_of(Size::Body, "00/00") + 2);
        (title, number, sign)
    }

    /// The ground, and a header with where this is and what can be done; what is left below it.
    #[inline(never)]
    pub(crate) fn header(&mut self, title: &str) -> Area {
        self.header_of(Text::from(title), false)
    }

    /// The same of what has pages.
    #[inline(never)]
    pub(crate) fn header_of_pages(&mut self, title: &Words) -> Area {
        self.header_of(Text::from(self.words(title)), true)
    }

    #[inline(never)]
    pub(crate) fn header_of(&mut self, title: Text<'_>, is_paged: bool) -> Area {
        let panel = self.kiosk.panel;
        self.fill(panel, Role::Ground);
        let (header, rest) = panel.split_top(self.kiosk.header_height());
        if !self.kiosk.has_touch() {
            let (header, rule) = header.split_bottom(1);
            self.fill(rule, Role::Rule);
            let (header, number, sign) = self.small_header(header);
            let faint = Style::BODY.look(Look::FAINT).align(Align::Right);
            self.say(sign, faint, self.words(&words::LANGUAGE_SIGN));
            // Of pages there is only one number, which is written where it is known.
            let header = if is_paged { header } else { Area { width: number.right() - header.x, ..header } };
            self.text(header, Style::BODY.look(Look::ACCENT).line(), title);
            return rest.split_top(1).1;
        }
        self.fill(header, Role::Surface);
        let side = header.height.max(self.width_of(Size::Body, self.words(&words::LANGUAGE_SHORT)) + self.margin() * 2);
        let (left, header) = header.split_left(side);
        let (header, right) = header.split_right(side);
        self.button(left, Look::BUTTON, self.words(&words::BACK), Some(Action::Back), None);
        self.button(right, Look::BUTTON, self.words(&words::LANGUAGE_SHORT), Some(Action::Language), None);
        self.middle(header, Style::BODY.look(Look::HEADER).align(Align::Center), title);
        rest.inset(self.margin(), self.margin() / 2)
    }

    /// What is left free at the sides.
    pub(crate) fn margin(&self) -> i16 {
        self.kiosk.margin()
    }

    /// What is left of an area above buttons for the page before and the next one, where there is room for them.
    pub(crate) fn above_pager(&self, area: Area) -> (Area, Area) {
        if !self.kiosk.has_touch() {
            return (area, Area::default());
        }
        let (area, pager) = area.split_bottom(self.kiosk.header_height());
        (area.split_bottom(4).0, pager)
    }

    /// The pager of a screen with so many pages, each of which is at a place.
    pub(crate) fn pages(&mut self, pager: Area, page: u16, pages: u16, at: impl Fn(u16) -> Place) {
        let at = |page: u16| self.kiosk.has_touch().then(|| at(page));
        let before = page.checked_sub(1).and_then(at);
        let next = page.checked_add(1).filter(|next| *next < pages).and_then(at);
        self.pager(pager, (page, pages), before, next);
    }

    /// The buttons for the page before and the next one, and between them, or on small panels in the header, which of how
    /// many pages this is.
    pub(crate) fn pager(&mut self, pager: Area, at: (u16, u16), before: Option<Place>, next: Option<Place>) {
        let (page, pages) = at;
        let mut number = heapless::String::<16>::new();
        let is_written = pages > 1;
        crate::numbers::fraction(&mut number, u32::from(page) + 1, u32::from(pages));
        if !self.kiosk.has_touch() {
            if is_written {
                let (header, _) = self.kiosk.panel.split_top(self.kiosk.header_height() - 1);
                let (_, area, _) = self.small_header(header);
                self.say(area, Style::BODY.look(Look::FAINT).align(Align::Right), &number);
            }
            return;
        }
        let turn = |page: &mut Self, area: Area, words: &Words, place: Option<Place>| {
            if let Some(place) = place {
                page.button(area, Look::BUTTON, page.words(words), Some(Action::Turn(place)), None);
            }
        };
        turn(self, pager.column(0, 3).inset(1, 1), &words::PREVIOUS, before);
        turn(self, pager.column(2, 3).inset(1, 1), &words::NEXT, next);
        if is_written {
            let style = Style::BODY.look(Look::FAINT).align(Align::Center);
            self.say_middle(pager.column(1, 3), style, &number);
        }
    }
}
