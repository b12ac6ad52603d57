//! What is shown: kept by whoever owns the panel, and changed by events.

use heapless::{String, Vec};
use nenpyo::{Day, Key, Language};

/// Something that happened to the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The button for what is above, or before.
    Up,
    /// The button for what is below, or next.
    Down,
    /// The button that opens what is chosen.
    Select,
    /// The button that goes back: where there is none, a long press of another one.
    Back,
    /// The button for the next language.
    Language,
    /// A finger on the panel, so many pixels from its left and from its top. Without the feature `touch` nothing lies there.
    Touch {
        /// From the left.
        x: u16,
        /// From the top.
        y: u16,
    },
    /// Nothing, but that time has passed: to be given a few times a second.
    Tick,
}

/// When an event happens. A kiosk reads no clock: it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds since some moment, such as that of power on.
    pub milliseconds: u64,
    /// Today, for what happened on this day; `None` of a board without a clock.
    pub today: Option<Day>,
}

/// How texts are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speech {
    /// The language.
    pub language: Language,
    /// Whether readings are shown, for children.
    pub has_readings: bool,
}

/// How much of time a row of the timeline holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zoom {
    /// Ten years.
    Decades,
    /// One.
    Years,
    /// One milestone.
    Milestones,
}

/// Which part of the screen of organisations buttons go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The day, from which `Select` goes on to its changes and `Down` to the rows.
    Day,
    /// The same, where `Up` and `Down` change it.
    Slider,
    /// What changed on that day.
    Changes,
    /// The row of this organisation.
    Row(Key),
}

/// Which keys there are to type with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyboard {
    /// Kana.
    Kana,
    /// Latin letters and figures.
    Latin,
}

/// What a screen shows. Records are told by their keys, which are the same in every chronicle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// What is shown while nobody is there: what happened on this day, the latest milestones, statements.
    Attract,
    /// The other screens, and which of them is chosen.
    Menu {
        /// Its number.
        cursor: u8,
    },
    /// The milestones in order.
    Timeline {
        /// How much a row holds.
        zoom: Zoom,
        /// The milestone that is chosen, or the first one of the row that is.
        milestone: Key,
    },
    /// All about one record.
    Record {
        /// The record.
        key: Key,
        /// The page of it.
        page: u16,
        /// The link that is chosen, among those on the page.
        link: u16,
    },
    /// The organisation as it was on a day.
    Organizations {
        /// The day.
        day: Day,
        /// What is chosen.
        focus: Focus,
    },
    /// What changed in it on a day.
    Changes {
        /// The day.
        day: Day,
        /// The page.
        page: u16,
        /// The link that is chosen, among those on the page.
        link: u16,
    },
    /// The search.
    Search {
        /// What is typed with.
        keyboard: Keyboard,
        /// On small panels the row of keys that is open.
        group: Option<u8>,
        /// The key that is chosen, or the hit.
        cursor: u8,
        /// Whether hits are gone through.
        is_among_hits: bool,
    },
    /// Whose chronicle this is, and as of when.
    About {
        /// The page.
        page: u16,
    },
}

/// What happens when something is touched or selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Goes there, from where `Back` comes back here.
    Open(Place),
    /// Goes there instead of here.
    Turn(Place),
    Back,
    Language,
    Type(char),
    Erase,
    Mark(crate::screens::keys::Mark),
}

/// How many screens are kept to go back to.
const DEPTH: usize = 8;
/// How much can be typed, in bytes: 24 kana.
pub(crate) const QUERY: usize = 72;
/// How many hits are shown at most.
pub(crate) const HITS: usize = 8;

/// What is shown, and what led there. Cloning it copies its bytes, at most 1 KiB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub(crate) speech: Speech,
    pub(crate) place: Place,
    pub(crate) before: Vec<Place, DEPTH>,
    pub(crate) query: String<QUERY>,
    pub(crate) hits: Vec<Key, HITS>,
    pub(crate) now: Now,
    /// When something was pressed last, or the attract loop began.
    pub(crate) since: u64,
}

const _: () = assert!(size_of::<State>() <= 1024, "whoever keeps a state has room for so much");

impl State {
    pub(crate) const fn new(speech: Speech, now: Now) -> Self {
        Self {
            speech,
            place: Place::Attract,
            before: Vec::new(),
            query: String::new(),
            hits: Vec::new(),
            now,
            since: now.milliseconds,
        }
    }

    /// What is shown.
    ///
    /// ```
    /// # use nenpyo_kiosk::{Kiosk, Now, Place};
    /// # use embedded_graphics_core::geometry::Size;
    /// let kiosk = Kiosk::new(&nenpyo::QST, Size::new(128, 64), false).unwrap();
    /// assert_eq!(kiosk.start(Now::default()).place(), Place::Attract);
    /// ```
    pub const fn place(&self) -> Place {
        self.place
    }

    /// How texts are shown.
    ///
    /// ```
    /// # use nenpyo_kiosk::{Event, Kiosk, Now};
    /// # use embedded_graphics_core::geometry::Size;
    /// let kiosk = Kiosk::new(&nenpyo::QST, Size::new(128, 64), false).unwrap();
    /// let mut state = kiosk.start(Now::default());
    /// assert!(!state.speech().has_readings);
    /// kiosk.update(&mut state, Event::Language, Now::default());
    /// assert!(state.speech().has_readings);
    /// ```
    pub const fn speech(&self) -> Speech {
        self.speech
    }

    /// What has been typed.
    ///
    /// ```
    /// # use nenpyo_kiosk::{Kiosk, Now};
    /// # use embedded_graphics_core::geometry::Size;
    /// let kiosk = Kiosk::new(&nenpyo::QST, Size::new(128, 64), false).unwrap();
    /// assert_eq!(kiosk.start(Now::default()).query(), "");
    /// ```
    pub fn query(&self) -> &str {
        &self.query
    }

    /// Whether nobody is there.
    pub(crate) const fn is_attract(&self) -> bool {
        matches!(self.place, Place::Attract)
    }

    /// Goes there; the way back is kept, but for what is too long ago.
    pub(crate) fn open(&mut self, place: Place) {
        let before = core::mem::replace(&mut self.place, place);
        if let Err(mut before) = self.before.push(before) {
            // Each moves on by one, and the first one is forgotten.
            for one in self.before.iter_mut().rev() {
                core::mem::swap(one, &mut before);
            }
        }
    }

    /// Goes back to where it came from; from the first screen to the attract loop.
    pub(crate) fn back(&mut self) {
        self.place = self.before.pop().unwrap_or(Place::Attract);
    }

    /// As if nobody had been there.
    pub(crate) fn rest(&mut self, speech: Speech) {
        (self.speech, self.place, self.since) = (speech, Place::Attract, self.now.milliseconds);
        self.before.clear();
        self.query.clear();
        self.hits.clear();
    }
}
