//! A chronicle on a panel.

use embedded_graphics_core::draw_target::DrawTarget;
use embedded_graphics_core::geometry::Size;
use embedded_graphics_core::pixelcolor::Rgb888;
use embedded_graphics_core::primitives::Rectangle;
use nenpyo::{Chronicle, Language};
use nenpyo_schema::Breaks;

use crate::area::Area;
#[cfg(feature = "touch")]
use crate::area::pixels;
use crate::canvas::{Item, Painter, Sink};
use crate::changes::{Changes, Drawn};
use crate::face::Faces;
use crate::page::{Page, Survey};
use crate::screens;
use crate::state::{Action, Event, Now, Speech, State};

/// After so many milliseconds without anybody pressing anything, the attract loop begins again.
pub const IDLE: u64 = 90_000;

/// A chronicle on a panel of some size. It holds references and numbers only; what is shown is in a [`State`].
#[derive(Clone, Copy, Debug)]
pub struct Kiosk<'a> {
    pub(crate) chronicle: &'a Chronicle<'a>,
    pub(crate) breaks: Breaks<'a>,
    pub(crate) faces: Faces<'a>,
    pub(crate) panel: Area,
    #[cfg(feature = "touch")]
    has_touch: bool,
    #[cfg(feature = "touch")]
    has_buttons: bool,
    idle: u64,
}

impl<'a> Kiosk<'a> {
    /// The chronicle on a panel of this size in pixels; `is_grey` of one with at least sixteen levels of grey or with
    /// colours, on which grey glyphs are drawn where there are some. `None` of a chronicle without glyphs.
    ///
    /// From 240 pixels on each side, a panel is taken for one that is touched, and for one with buttons below that; see
    /// `with_touch`. Without the feature `touch` every panel has buttons, and none is touched.
    ///
    /// ```
    /// use embedded_graphics_core::geometry::Size;
    /// use nenpyo_kiosk::Kiosk;
    /// assert!(Kiosk::new(&nenpyo::QST, Size::new(800, 480), true).is_some());
    /// ```
    #[inline(never)]
    pub fn new(chronicle: &'a Chronicle<'a>, size: Size, is_grey: bool) -> Option<Self> {
        let panel = Area::from(Rectangle { top_left: embedded_graphics_core::geometry::Point::zero(), size });
        let faces = Faces::of(chronicle, panel, is_grey)?;
        Some(Self {
            chronicle,
            breaks: chronicle.breaks(),
            faces,
            panel,
            #[cfg(feature = "touch")]
            has_touch: panel.width >= 240 && panel.height >= 240,
            #[cfg(feature = "touch")]
            has_buttons: true,
            idle: IDLE,
        })
    }

    /// With or without room for fingers: buttons that are touched, keys side by side.
    ///
    /// ```
    /// use embedded_graphics_core::geometry::Size;
    /// use nenpyo_kiosk::Kiosk;
    /// let kiosk = Kiosk::new(&nenpyo::QST, Size::new(320, 240), true).unwrap().with_touch(false);
    /// ```
    #[cfg(feature = "touch")]
    #[must_use]
    pub const fn with_touch(self, has_touch: bool) -> Self {
        Self { has_touch, ..self }
    }

    /// With buttons or without: without them nothing is shown as chosen.
    ///
    /// ```
    /// use embedded_graphics_core::geometry::Size;
    /// use nenpyo_kiosk::Kiosk;
    /// let kiosk = Kiosk::new(&nenpyo::QST, Size::new(800, 480), true).unwrap().with_buttons(false);
    /// ```
    #[cfg(feature = "touch")]
    #[must_use]
    pub const fn with_buttons(self, has_buttons: bool) -> Self {
        Self { has_buttons, ..self }
    }

    /// With another time until the attract loop begins again, instead of [`IDLE`].
    ///
    /// ```
    /// use embedded_graphics_core::geometry::Size;
    /// use nenpyo_kiosk::Kiosk;
    /// let kiosk = Kiosk::new(&nenpyo::QST, Size::new(128, 64), false).unwrap().with_idle(30_000);
    /// ```
    #[must_use]
    pub const fn with_idle(self, milliseconds: u64) -> Self {
        Self { idle: milliseconds, ..self }
    }

    /// What is shown at first: the attract loop in the first language.
    ///
    /// ```
    /// # use embedded_graphics_core::geometry::Size;
    /// # use nenpyo_kiosk::{Kiosk, Now, Place};
    /// let kiosk = Kiosk::new(&nenpyo::QST, Size::new(128, 64), false).unwrap();
    /// let state = kiosk.start(Now { milliseconds: 0, today: None });
    /// assert_eq!(state.place(), Place::Attract);
    /// ```
    pub fn start(&self, now: Now) -> State {
        State::new(self.first_speech(), now)
    }

    /// Whether fingers have room.
    #[cfg(feature = "touch")]
    pub(crate) const fn has_touch(&self) -> bool {
        self.has_touch
    }

    /// As every caller knows at compile time, what is only for fingers is left out of a program.
    #[cfg(not(feature = "touch"))]
    #[allow(clippy::unused_self, reason = "with the feature it is asked of the panel")]
    pub(crate) const fn has_touch(&self) -> bool {
        false
    }

    /// Whether something is shown as chosen.
    #[cfg(feature = "touch")]
    pub(crate) const fn has_buttons(&self) -> bool {
        self.has_buttons
    }

    /// What is not touched has buttons.
    #[cfg(not(feature = "touch"))]
    #[allow(clippy::unused_self, reason = "with the feature it is asked of the panel")]
    pub(crate) const fn has_buttons(&self) -> bool {
        true
    }

    fn first_speech(&self) -> Speech {
        Speech { language: self.chronicle.languages().next().unwrap_or(Language::JA), has_readings: false }
    }

    /// The next way to show texts: Japanese is followed by Japanese with readings, any other language by the next one.
    fn next_speech(&self, speech: Speech) -> Speech {
        if speech.language == Language::JA && !speech.has_readings {
            return Speech { has_readings: true, ..speech };
        }
        let mut languages = self.chronicle.languages();
        let _ = languages.find(|language| *language == speech.language);
        match languages.next() {
            Some(language) => Speech { language, has_readings: false },
            None => self.first_speech(),
        }
    }

    /// Changes what is shown as an event asks for.
    ///
    /// ```
    /// # use embedded_graphics_core::geometry::Size;
    /// # use nenpyo_kiosk::{Event, IDLE, Kiosk, Now, Place};
    /// let kiosk = Kiosk::new(&nenpyo::QST, Size::new(128, 64), false).unwrap();
    /// let mut state = kiosk.start(Now::default());
    /// kiosk.update(&mut state, Event::Select, Now::default());
    /// assert_eq!(state.place(), Place::Menu { cursor: 0 });
    /// kiosk.update(&mut state, Event::Tick, Now { milliseconds: IDLE, today: None });
    /// assert_eq!(state.place(), Place::Attract);
    /// ```
    pub fn update(&self, state: &mut State, event: Event, now: Now) {
        state.now = now;
        let is_attract = state.is_attract();
        if event == Event::Tick {
            if !is_attract && now.milliseconds.saturating_sub(state.since) >= self.idle {
                state.rest(self.first_speech());
            }
            return;
        }
        if !is_attract {
            state.since = now.milliseconds;
        }
        match event {
            Event::Tick => {}
            Event::Language => state.speech = self.next_speech(state.speech),
            Event::Back => self.back(state),
            Event::Up => screens::step(self, state, false),
            Event::Down => screens::step(self, state, true),
            Event::Select => self.act(state, self.chosen(state)),
            #[cfg(feature = "touch")]
            Event::Touch { x, y } => self.act(state, self.find(state, Wanted::At(pixels(x), pixels(y)))),
            #[cfg(not(feature = "touch"))]
            Event::Touch { .. } => {}
        }
        if is_attract && !state.is_attract() {
            state.since = now.milliseconds;
        }
    }

    fn back(&self, state: &mut State) {
        if !screens::back(self, state) {
            state.back();
        }
    }

    /// What happens when what is chosen is selected.
    pub(crate) fn chosen(&self, state: &State) -> Option<Action> {
        self.find(state, Wanted::Number(screens::chosen(state)))
    }

    fn find(&self, state: &State, wanted: Wanted) -> Option<Action> {
        let mut finder = Finder { wanted, found: None };
        self.compose(state, &mut finder);
        finder.found
    }

    fn act(&self, state: &mut State, action: Option<Action>) {
        match action {
            None => {}
            Some(Action::Open(place)) => state.open(place),
            Some(Action::Turn(place)) => state.place = place,
            Some(Action::Back) => self.back(state),
            Some(Action::Language) => state.speech = self.next_speech(state.speech),
            Some(action) => screens::search::act(self, state, action),
        }
    }

    /// Gives all items of what is shown to a sink.
    pub(crate) fn compose(&self, state: &State, sink: &mut dyn Sink) -> Survey {
        screens::compose(&mut Page::new(self, state, sink))
    }

    /// Draws all of what is shown.
    ///
    /// # Errors
    ///
    /// Those of the target.
    ///
    /// ```
    /// # use embedded_graphics::{geometry::Size, mock_display::MockDisplay, pixelcolor::BinaryColor};
    /// # use nenpyo_kiosk::{Drawn, Event, Kiosk, Now};
    /// # let mut panel = MockDisplay::<BinaryColor>::new();
    /// # panel.set_allow_overdraw(true);
    /// let kiosk = Kiosk::new(&nenpyo::QST, Size::new(64, 64), false).unwrap();
    /// let mut state = kiosk.start(Now::default());
    /// kiosk.draw(&state, &mut panel).unwrap();
    /// assert!(!panel.affected_area().is_zero_sized());
    /// ```
    pub fn draw<D>(&self, state: &State, target: &mut D) -> Result<(), D::Error>
    where
        D: DrawTarget,
        D::Color: From<Rgb888>,
    {
        self.draw_within(state, self.panel.into(), target)
    }

    /// Draws what lies within a part of the panel, and nothing outside of it: a band for which there is a buffer, or what
    /// has [changed](Self::changes). Coordinates are those of the panel.
    ///
    /// # Errors
    ///
    /// Those of the target.
    ///
    /// ```
    /// # use embedded_graphics::geometry::{Point, Size};
    /// # use embedded_graphics::{mock_display::MockDisplay, pixelcolor::BinaryColor, primitives::Rectangle};
    /// # use nenpyo_kiosk::{Kiosk, Now};
    /// # let mut panel = MockDisplay::<BinaryColor>::new();
    /// # panel.set_allow_overdraw(true);
    /// let kiosk = Kiosk::new(&nenpyo::QST, Size::new(64, 64), false).unwrap();
    /// let state = kiosk.start(Now::default());
    /// let band = Rectangle::new(Point::new(0, 16), Size::new(64, 16));
    /// kiosk.draw_within(&state, band, &mut panel).unwrap();
    /// assert_eq!(panel.affected_area().size.height, 16);
    /// ```
    pub fn draw_within<D>(&self, state: &State, part: Rectangle, target: &mut D) -> Result<(), D::Error>
    where
        D: DrawTarget,
        D::Color: From<Rgb888>,
    {
        let mut painter = Painter { target, within: self.panel.intersection(part.into()), result: Ok(()) };
        self.compose(state, &mut painter);
        painter.result
    }

    /// The parts of the panel that are to be drawn again, where `drawn` says what is on it now; afterwards it says what is
    /// shown.
    ///
    /// ```
    /// # use embedded_graphics::{geometry::Size, mock_display::MockDisplay, pixelcolor::BinaryColor};
    /// # use nenpyo_kiosk::{Drawn, Event, Kiosk, Now};
    /// # let mut panel = MockDisplay::<BinaryColor>::new();
    /// # panel.set_allow_overdraw(true);
    /// let kiosk = Kiosk::new(&nenpyo::QST, Size::new(64, 64), false).unwrap();
    /// let mut state = kiosk.start(Now::default());
    /// let mut drawn = Drawn::NOTHING;
    /// assert!(kiosk.changes(&state, &mut drawn).next().is_some());
    /// assert!(kiosk.changes(&state, &mut drawn).next().is_none());
    /// ```
    pub fn changes(&self, state: &State, drawn: &mut Drawn) -> Changes {
        drawn.update(self.panel, |sink| {
            self.compose(state, sink);
        })
    }

    /// Draws what has changed since it was drawn last; whether anything had.
    ///
    /// # Errors
    ///
    /// Those of the target; then all is drawn the next time.
    ///
    /// ```
    /// # use embedded_graphics::{geometry::Size, mock_display::MockDisplay, pixelcolor::BinaryColor};
    /// # use nenpyo_kiosk::{Drawn, Event, Kiosk, Now};
    /// # let mut panel = MockDisplay::<BinaryColor>::new();
    /// # panel.set_allow_overdraw(true);
    /// let kiosk = Kiosk::new(&nenpyo::QST, Size::new(64, 64), false).unwrap();
    /// let mut state = kiosk.start(Now::default());
    /// let mut drawn = Drawn::NOTHING;
    /// assert!(kiosk.redraw(&state, &mut drawn, &mut panel).unwrap());
    /// kiosk.update(&mut state, Event::Select, Now::default());
    /// assert!(kiosk.redraw(&state, &mut drawn, &mut panel).unwrap());
    /// assert!(!kiosk.redraw(&state, &mut drawn, &mut panel).unwrap());
    /// ```
    pub fn redraw<D>(&self, state: &State, drawn: &mut Drawn, target: &mut D) -> Result<bool, D::Error>
    where
        D: DrawTarget,
        D::Color: From<Rgb888>,
    {
        let mut has_changed = false;
        for part in self.changes(state, drawn) {
            has_changed = true;
            if let Err(error) = self.draw_within(state, part, target) {
                *drawn = Drawn::NOTHING;
                return Err(error);
            }
        }
        Ok(has_changed)
    }

    pub(crate) fn header_height(&self) -> i16 {
        let line = self.faces.body.height();
        if self.has_touch() { (line * 2).max(36) } else { line + 1 }
    }

    pub(crate) fn margin(&self) -> i16 {
        if self.panel.width < 200 { 0 } else { self.faces.body.height() / 2 }
    }
}

/// What is looked for among items.
#[derive(Clone, Copy)]
enum Wanted {
    Number(u16),
    #[cfg(feature = "touch")]
    At(i16, i16),
}

/// Finds the action of an item, the last one of several that lie one on the other.
struct Finder {
    wanted: Wanted,
    found: Option<Action>,
}

impl Sink for Finder {
    fn put(&mut self, item: &Item<'_>) {
        let is_it = match self.wanted {
            Wanted::Number(number) => item.number == Some(number),
            #[cfg(feature = "touch")]
            Wanted::At(x, y) => item.area.contains(x, y),
        };
        if is_it && item.action.is_some() {
            self.found = item.action;
        }
    }
}
