//! What must hold of every screen, on every panel, in every language.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::string::String;
use std::vec::Vec;
use std::{format, vec};

use embedded_graphics_core::Pixel;
use embedded_graphics_core::draw_target::DrawTarget;
use embedded_graphics_core::geometry::{OriginDimensions, Point, Size};
use embedded_graphics_core::pixelcolor::{BinaryColor, Gray4, PixelColor, Rgb565, Rgb888};
use embedded_graphics_core::prelude::RgbColor;
use embedded_graphics_core::primitives::Rectangle;
use nenpyo::{Day, Key, QST};
use proptest::prelude::*;

use crate::area::{Area, pixels};
use crate::canvas::{Item, Picture, Sink};
use crate::palette::{Look, Role};
use crate::state::{Focus, Place, State, Zoom};
use crate::{Drawn, Event, Kiosk, Now, tour};

/// Panels from the smallest to the largest, and whether they have greys.
const PANELS: [(u32, u32, bool); 6] =
    [(128, 64, false), (250, 122, false), (240, 320, true), (320, 240, true), (800, 480, true), (1024, 600, true)];

fn kiosks() -> impl Iterator<Item = Kiosk<'static>> {
    PANELS.into_iter().map(|(width, height, is_grey)| Kiosk::new(&QST, Size::new(width, height), is_grey).unwrap())
}

/// The ways in which texts are shown.
fn states(kiosk: &Kiosk<'_>) -> Vec<State> {
    let now = Now { milliseconds: 0, today: Day::from_ymd(2026, 4, 1) };
    let mut state = kiosk.start(now);
    let mut all = vec![state.clone()];
    loop {
        kiosk.update(&mut state, Event::Language, now);
        if state == all[0] {
            return all;
        }
        all.push(state.clone());
    }
}

/// Looks whether a screen can be read.
struct Judge<'k> {
    kiosk: &'k Kiosk<'k>,
    /// Where texts are, and what they say.
    texts: Vec<(Area, String)>,
    faults: BTreeSet<String>,
}

impl<'k> Judge<'k> {
    fn of(kiosk: &'k Kiosk<'k>, state: &State) -> (Self, crate::page::Survey) {
        let mut judge = Self { kiosk, texts: Vec::new(), faults: BTreeSet::new() };
        let survey = kiosk.compose(state, &mut judge);
        (judge, survey)
    }
}

impl Sink for Judge<'_> {
    fn put(&mut self, item: &Item<'_>) {
        let Item { area, .. } = *item;
        if !area.is_empty() && !self.kiosk.panel.covers(area) && !matches!(item.picture, Picture::None) {
            self.faults.insert(format!("{area:?} is not on the panel"));
        }
        let hidden = self.texts.iter().find(|(text, _)| text.meets(area));
        if let Some((text, words)) = hidden.filter(|_| !matches!(item.picture, Picture::None)) {
            self.faults.insert(format!("{area:?} lies over `{words}` at {text:?}"));
        }
        let Picture::Line { line, layout, x, y } = item.picture else { return };
        let mut words = String::new();
        layout.place(line, |placed| {
            let face = layout.measure;
            let Some(glyph) = face.glyphs(placed.is_ruby).and_then(|glyphs| glyphs.get(placed.character)) else {
                self.faults.insert(format!("`{}` has no glyph", placed.character));
                return;
            };
            words.push(placed.character);
            let left = area.x + x + pixels(placed.x);
            let ascent = pixels(line.baseline) - pixels(line.top);
            let above = if placed.is_ruby { 0 } else { ascent - i16::from(face.glyphs.baseline()) };
            let place = Area::new(left, area.y + y + above, glyph.width().into(), glyph.height().into());
            if !area.covers(place) {
                self.faults.insert(format!("`{}` at {place:?} is cut off by {area:?}", placed.character));
            }
        });
        self.texts.push((area, words));
    }
}

/// Judges a screen, and those of all its other pages.
fn judge(kiosk: &Kiosk<'_>, state: &State, place: Place, faults: &mut BTreeSet<String>) -> usize {
    let mut at = State { place, ..state.clone() };
    let mut page = 0;
    loop {
        let (judge, survey) = Judge::of(kiosk, &at);
        faults.extend(judge.faults.into_iter().map(|fault| {
            format!("{}x{} {:?} {:?}: {fault}", kiosk.panel.width, kiosk.panel.height, at.speech, at.place)
        }));
        if judge.texts.iter().all(|(_, words)| words.is_empty()) {
            faults.insert(format!("{:?} says nothing", at.place));
        }
        page += 1;
        if page >= survey.pages {
            return usize::from(page);
        }
        at.place = match place {
            Place::Record { key, .. } => Place::Record { key, page, link: 0 },
            Place::Changes { day, .. } => Place::Changes { day, page, link: 0 },
            Place::About { .. } => Place::About { page },
            _ => return usize::from(page),
        };
    }
}

fn assert_none(faults: &BTreeSet<String>) {
    let first: Vec<&String> = faults.iter().take(12).collect();
    assert!(faults.is_empty(), "{} faults, among them {first:#?}", faults.len());
}

fn keys() -> Vec<Key> {
    let mut keys: Vec<Key> = QST.milestones().iter().map(|one| one.key()).collect();
    keys.extend(QST.organizations().iter().map(|one| one.key()));
    keys.extend(QST.sites().iter().map(|one| one.key()));
    keys.extend(QST.people().iter().map(|one| one.key()));
    keys.extend(QST.themes().iter().map(|one| one.key()));
    keys.extend(QST.documents().iter().map(|one| one.key()));
    keys.extend(QST.statements().iter().map(|one| one.key()));
    keys.extend(QST.sources().iter().map(|one| one.key()));
    keys
}

#[test]
fn every_record_can_be_read_on_every_panel() {
    let mut faults = BTreeSet::new();
    let mut pages = 0;
    for kiosk in kiosks() {
        for state in states(&kiosk) {
            for key in keys() {
                pages += judge(&kiosk, &state, Place::Record { key, page: 0, link: 0 }, &mut faults);
            }
        }
    }
    assert!(pages > 10_000);
    assert_none(&faults);
}

#[test]
fn every_other_screen_can_be_read_on_every_panel() {
    let mut faults = BTreeSet::new();
    for kiosk in kiosks() {
        for state in states(&kiosk) {
            for cursor in 0..5 {
                judge(&kiosk, &state, Place::Menu { cursor }, &mut faults);
            }
            judge(&kiosk, &state, Place::About { page: 0 }, &mut faults);
            for milestone in QST.milestones() {
                for zoom in [Zoom::Decades, Zoom::Years, Zoom::Milestones] {
                    judge(&kiosk, &state, Place::Timeline { zoom, milestone: milestone.key() }, &mut faults);
                }
            }
            for second in (0..1_200).step_by(8) {
                let now = Now { milliseconds: second * 1_000, ..state.now };
                judge(&kiosk, &State { now, ..state.clone() }, Place::Attract, &mut faults);
            }
            let mut day = crate::screens::first_day(&kiosk);
            while let Some(one) = day {
                for focus in [Focus::Day, Focus::Slider, Focus::Changes] {
                    judge(&kiosk, &state, Place::Organizations { day: one, focus }, &mut faults);
                }
                judge(&kiosk, &state, Place::Changes { day: one, page: 0, link: 0 }, &mut faults);
                day = crate::screens::next_day(&kiosk, one);
            }
            let mut at = state.clone();
            let mut now = state.now;
            for letters in ["sdds", "\"りょうしめすりょうしめす\"", "\"qst\"", "h", "ddddddd"] {
                tour::follow(&kiosk, &mut at, &mut now, letters);
                judge(&kiosk, &at, at.place, &mut faults);
            }
        }
    }
    assert_none(&faults);
}

/// Pixels that tests look at.
#[derive(Clone, Debug, PartialEq)]
struct Frame<C> {
    size: Size,
    pixels: Vec<C>,
    /// How many were drawn.
    count: usize,
}

impl<C: PixelColor> Frame<C> {
    fn new(size: Size, color: C) -> Self {
        Self { size, pixels: vec![color; (size.width * size.height) as usize], count: 0 }
    }
}

impl<C: PixelColor> OriginDimensions for Frame<C> {
    fn size(&self) -> Size {
        self.size
    }
}

impl<C: PixelColor> DrawTarget for Frame<C> {
    type Color = C;
    type Error = Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<C>>>(&mut self, pixels: I) -> Result<(), Infallible> {
        for Pixel(point, color) in pixels {
            let (x, y) = (u32::try_from(point.x).unwrap(), u32::try_from(point.y).unwrap());
            assert!(x < self.size.width && y < self.size.height, "nothing is drawn beside the panel");
            self.pixels[(y * self.size.width + x) as usize] = color;
            self.count += 1;
        }
        Ok(())
    }
}

/// What is drawn piece by piece is what is drawn at once, whatever was there before.
fn walk<C: PixelColor + From<Rgb888> + core::fmt::Debug>(kiosk: &Kiosk<'_>, dark: C, bright: C, presses: usize) {
    let size = Rectangle::from(kiosk.panel).size;
    let mut now = Now { milliseconds: 0, today: Day::from_ymd(2026, 4, 1) };
    let mut state = kiosk.start(now);
    for _ in 0..presses {
        kiosk.update(&mut state, Event::Language, now);
    }
    let (mut shown, mut drawn) = (Frame::new(size, bright), Drawn::NOTHING);
    for (name, letters) in tour::stops() {
        tour::follow(kiosk, &mut state, &mut now, letters);
        shown.count = 0;
        let Ok(_) = kiosk.redraw(&state, &mut drawn, &mut shown);
        let mut whole = Frame::new(size, dark);
        let Ok(()) = kiosk.draw(&state, &mut whole);
        assert!(shown.pixels == whole.pixels, "{name} is another screen where only what changed is drawn");
        let mut bands = Frame::new(size, bright);
        for top in (0..size.height).step_by(24) {
            let band = Rectangle::new(Point::new(0, top.cast_signed()), Size::new(size.width, 24));
            let Ok(()) = kiosk.draw_within(&state, band, &mut bands);
        }
        assert!(bands.pixels == whole.pixels, "{name} is another screen in bands");
        let before = shown.count;
        let Ok(has_changed) = kiosk.redraw(&state, &mut drawn, &mut shown);
        assert!(!has_changed && shown.count == before, "{name}: nothing has changed");
    }
}

#[test]
fn what_is_drawn_piece_by_piece_is_the_whole() {
    for (kiosk, (_, _, is_grey)) in kiosks().zip(PANELS) {
        for presses in 0..states(&kiosk).len() {
            if is_grey {
                walk(&kiosk, Rgb565::BLACK, Rgb565::WHITE, presses);
            } else {
                walk(&kiosk, BinaryColor::Off, BinaryColor::On, presses);
            }
        }
    }
    walk(&Kiosk::new(&QST, Size::new(128, 64), true).unwrap(), Gray4::new(0), Gray4::new(15), 1);
}

/// Moving the choice by one draws less than half of a panel.
#[test]
fn only_what_changed_is_drawn() {
    let kiosk = Kiosk::new(&QST, Size::new(800, 480), true).unwrap();
    let mut now = Now::default();
    let mut state = kiosk.start(now);
    tour::follow(&kiosk, &mut state, &mut now, "s");
    let (mut shown, mut drawn) = (Frame::new(Size::new(800, 480), Rgb565::BLACK), Drawn::NOTHING);
    let Ok(_) = kiosk.redraw(&state, &mut drawn, &mut shown);
    tour::follow(&kiosk, &mut state, &mut now, "d");
    let parts: Vec<_> = kiosk.changes(&state, &mut drawn).collect();
    let pixels: u32 = parts.iter().map(|part| part.size.width * part.size.height).sum();
    assert!(pixels > 0 && pixels < 800 * 480 / 2, "{pixels}");
    for (number, one) in parts.iter().enumerate() {
        for other in &parts[..number] {
            assert!(!Area::from(*one).meets(Area::from(*other)));
        }
    }
}

/// WCAG 2.1, 1.4.3: at least 4.5 to 1 for texts of any size, <https://www.w3.org/TR/WCAG21/#contrast-minimum>.
#[test]
fn every_text_has_the_contrast_of_wcag_aa() {
    let luminance = |role: Role| {
        // As a panel with 65,536 colours shows it.
        let shown = Rgb888::from(Rgb565::from(role.color()));
        let channel = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(shown.r()) + 0.7152 * channel(shown.g()) + 0.0722 * channel(shown.b())
    };
    for look in Look::OF_TEXTS {
        let (ground, ink) = (luminance(look.ground), luminance(look.ink));
        let ratio = (ground.max(ink) + 0.05) / (ground.min(ink) + 0.05);
        assert!(ratio >= 4.5, "{look:?} has {ratio:.2}");
        // And on panels with two colours there is any.
        assert_ne!(BinaryColor::from(look.ground.color()), BinaryColor::from(look.ink.color()), "{look:?}");
        assert!(Gray4::from(look.ground.color()) != Gray4::from(look.ink.color()), "{look:?}");
    }
}

/// Texts have no other looks than those whose contrast is tested.
#[test]
fn texts_have_looks_that_are_tested() {
    struct Looks(BTreeSet<(u8, u8)>);
    impl Sink for Looks {
        fn put(&mut self, item: &Item<'_>) {
            if matches!(item.picture, Picture::Line { .. }) {
                self.0.insert((item.look.ground as u8, item.look.ink as u8));
            }
        }
    }
    let tested: BTreeSet<(u8, u8)> = Look::OF_TEXTS.iter().map(|look| (look.ground as u8, look.ink as u8)).collect();
    for kiosk in kiosks() {
        let mut now = Now { milliseconds: 0, today: Day::from_ymd(2026, 4, 1) };
        let mut state = kiosk.start(now);
        for (name, letters) in tour::stops() {
            tour::follow(&kiosk, &mut state, &mut now, letters);
            let mut looks = Looks(BTreeSet::new());
            kiosk.compose(&state, &mut looks);
            assert!(looks.0.is_subset(&tested), "{name}: {:?}", looks.0.difference(&tested));
        }
    }
}

#[test]
fn nobody_there_is_the_attract_loop_in_the_first_language() {
    let kiosk = Kiosk::new(&QST, Size::new(320, 240), true).unwrap().with_idle(30_000);
    let mut now = Now::default();
    let mut state = kiosk.start(now);
    let first = state.speech();
    tour::follow(&kiosk, &mut state, &mut now, "sdslll\"\"l");
    assert_ne!(state.place(), Place::Attract);
    now.milliseconds += 29_000;
    kiosk.update(&mut state, Event::Tick, now);
    assert_ne!(state.place(), Place::Attract);
    now.milliseconds += 1_100;
    kiosk.update(&mut state, Event::Tick, now);
    assert_eq!((state.place(), state.speech()), (Place::Attract, first));
}

#[test]
fn the_language_changes_at_any_moment_and_nothing_else_does() {
    let kiosk = Kiosk::new(&QST, Size::new(800, 480), true).unwrap();
    let mut now = Now::default();
    let mut state = kiosk.start(now);
    for (name, letters) in tour::stops() {
        tour::follow(&kiosk, &mut state, &mut now, letters);
        let (place, speech) = (state.place(), state.speech());
        let mut other = state.clone();
        let mut seen = vec![];
        for _ in 0..3 {
            kiosk.update(&mut other, Event::Language, now);
            assert_eq!(other.place(), place, "{name}");
            seen.push(other.speech());
        }
        assert_eq!(other.speech(), speech);
        assert!(seen[0] != seen[1] && seen[1] != seen[2] && seen[0] != seen[2]);
    }
}

fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => Just(Event::Up),
        6 => Just(Event::Down),
        6 => Just(Event::Select),
        1 => Just(Event::Back),
        1 => Just(Event::Language),
        1 => Just(Event::Tick),
        8 => (0_u16..1100, 0_u16..700).prop_map(|(x, y)| Event::Touch { x, y }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever is pressed, there is a screen that can be read.
    #[test]
    fn any_events_lead_to_screens(panel in 0..PANELS.len(), events in prop::collection::vec((events(), 0_u64..9_000), 1..50)) {
        let kiosk = kiosks().nth(panel).unwrap();
        let mut now = Now { milliseconds: 0, today: Day::from_ymd(2026, 4, 1) };
        let mut state = kiosk.start(now);
        for (event, passed) in events {
            now.milliseconds += passed;
            kiosk.update(&mut state, event, now);
        }
        let mut faults = BTreeSet::new();
        judge(&kiosk, &state, state.place, &mut faults);
        prop_assert!(faults.is_empty(), "{faults:#?}");
    }

    /// A panel of any size, however narrow, shows something and draws nothing beside itself.
    #[test]
    fn any_panel_shows_something(width in 64_u32..1100, height in 48_u32..700, is_grey: bool, number in 0_usize..24) {
        let kiosk = Kiosk::new(&QST, Size::new(width, height), is_grey).unwrap();
        let mut now = Now { milliseconds: 0, today: Day::from_ymd(2026, 4, 1) };
        let mut state = kiosk.start(now);
        for (_, letters) in tour::stops().take(number) {
            tour::follow(&kiosk, &mut state, &mut now, letters);
        }
        let mut frame = Frame::new(Size::new(width, height), Rgb565::BLACK);
        let Ok(()) = kiosk.draw(&state, &mut frame);
        let inks = [Role::Ink, Role::ChoiceInk].map(|ink| Rgb565::from(ink.color()));
        prop_assert!(frame.pixels.iter().any(|pixel| inks.contains(pixel)));
    }
}

/// A telephone reads what is on the panel.
/// What another library reads of the codes on all pages of a record.
#[cfg(feature = "qr")]
fn codes(kiosk: &Kiosk<'_>, key: nenpyo::Key) -> Vec<String> {
    let state = kiosk.start(Now::default());
    let at = |page| State { place: Place::Record { key, page, link: 0 }, ..state.clone() };
    let size = Size::new(kiosk.panel.width.unsigned_abs().into(), kiosk.panel.height.unsigned_abs().into());
    let (width, height) = (size.width as usize, size.height as usize);
    let mut read = Vec::new();
    for page in 0..kiosk.compose(&at(0), &mut crate::screens::Nowhere).pages {
        let mut frame = Frame::new(size, Rgb565::BLACK);
        let Ok(()) = kiosk.draw(&at(page), &mut frame);
        // Twice as large, as a telephone sees it: of two pixels a module not much is left to be sharp.
        let grey = |x: usize, y: usize| Rgb888::from(frame.pixels[y / 2 * width + x / 2]).g();
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width * 2, height * 2, grey);
        read.extend(image.detect_grids().iter().filter_map(|grid| Some(grid.decode().ok()?.1)));
    }
    read
}

#[cfg(feature = "qr")]
#[test]
fn codes_of_sources_can_be_read() {
    let kiosk = Kiosk::new(&QST, Size::new(800, 480), true).unwrap();
    let mut count = 0;
    for source in QST.sources() {
        let Some(address) = source.address() else { continue };
        let read = codes(&kiosk, source.key());
        assert!(read.iter().any(|read| read == address), "{address}: {read:?}");
        count += 1;
    }
    assert!(count > 20);
}

/// Beside the links to its sources on a milestone's own card, on a large panel and on a small one.
#[cfg(feature = "qr")]
#[test]
fn codes_beside_links_can_be_read() {
    for size in [Size::new(800, 480), Size::new(320, 240)] {
        let kiosk = Kiosk::new(&QST, size, true).unwrap();
        let mut count = 0;
        for milestone in QST.milestones().iter().step_by(12) {
            let read = codes(&kiosk, milestone.key());
            let addresses = milestone.sources().filter_map(|citation| citation.source.address());
            for address in addresses.filter(|address| crate::code::side(address) <= Some(45)) {
                assert!(read.iter().any(|read| read == address), "{size:?}, {:?}: {read:?}", milestone.key());
                count += 1;
            }
        }
        assert!(count > 10, "{size:?}: {count}");
    }
}
