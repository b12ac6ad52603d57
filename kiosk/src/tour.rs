//! A way through all screens by pressing buttons, for tests of panels and for pictures: the same on every panel.

use crate::kiosk::Kiosk;
use crate::screens::keys::{self, unmarked};
use crate::state::{Action, Event, Keyboard, Now, Place, State};

/// The way, line by line: a screen's name, and what leads to it from the one before.
const WAY: &str = include_str!("../tour.txt");

/// The screens of the way, each with the letters of what leads there from the one before, for [`follow`].
///
/// ```
/// assert_eq!(nenpyo_kiosk::tour::stops().next(), Some(("on-this-day", "")));
/// ```
pub fn stops() -> impl Iterator<Item = (&'static str, &'static str)> + Clone {
    let lines = WAY.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once(' ').unwrap_or((line, "")))
}

/// Does what the letters say: `u` up, `d` down, `s` select, `b` back, `l` language, `t` waits eight seconds, `e` goes down to
/// the end of a record, `h` to the hits of a search, and `m` back until the menu is there. What stands in quotation marks is
/// [typed](type_text). Any other letter does nothing.
///
/// ```
/// # use embedded_graphics_core::geometry::Size;
/// # use nenpyo_kiosk::{Kiosk, Now, Place, tour};
/// let kiosk = Kiosk::new(&nenpyo::QST, Size::new(128, 64), false).unwrap();
/// let mut now = Now::default();
/// let mut state = kiosk.start(now);
/// tour::follow(&kiosk, &mut state, &mut now, "sds");
/// assert!(matches!(state.place(), Place::Organizations { .. }));
/// tour::follow(&kiosk, &mut state, &mut now, "sdm");
/// assert_eq!(state.place(), Place::Menu { cursor: 1 });
/// ```
pub fn follow(kiosk: &Kiosk<'_>, state: &mut State, now: &mut Now, letters: &str) {
    follow_with(kiosk, state, now, letters, &mut |state, event, now| kiosk.update(state, event, now));
}

/// The same, where somebody else does what each press asks for: to draw it, or to see how long that takes.
///
/// ```
/// # use embedded_graphics_core::geometry::Size;
/// # use nenpyo_kiosk::{Kiosk, Now, tour};
/// let kiosk = Kiosk::new(&nenpyo::QST, Size::new(128, 64), false).unwrap();
/// let mut now = Now::default();
/// let mut state = kiosk.start(now);
/// let mut presses = 0;
/// tour::follow_with(&kiosk, &mut state, &mut now, "sds", &mut |state, event, now| {
///     presses += 1;
///     kiosk.update(state, event, now);
/// });
/// assert_eq!(presses, 3);
/// ```
pub fn follow_with(kiosk: &Kiosk<'_>, state: &mut State, now: &mut Now, letters: &str, update: &mut Update<'_>) {
    if let Some((before, (text, behind))) =
        letters.split_once('"').and_then(|(before, rest)| Some((before, rest.split_once('"')?)))
    {
        follow_with(kiosk, state, now, before, update);
        type_with(kiosk, state, now, text, update);
        follow_with(kiosk, state, now, behind, update);
        return;
    }
    for letter in letters.bytes() {
        now.milliseconds = now.milliseconds.saturating_add(if letter == b't' { 8_000 } else { 100 });
        let event = match letter {
            b'u' => Event::Up,
            b'd' => Event::Down,
            b's' => Event::Select,
            b'b' => Event::Back,
            b'l' => Event::Language,
            b't' => Event::Tick,
            b'h' => {
                let is_among_hits = |state: &State| matches!(state.place, Place::Search { is_among_hits: true, .. });
                let to_hits = |action| matches!(action, Action::Turn(Place::Search { is_among_hits: true, .. }));
                press(kiosk, state, now, &to_hits, update);
                // Where all keys are seen, hits are above them.
                for _ in 0..64 {
                    if !is_among_hits(state) {
                        update(state, Event::Up, *now);
                    }
                }
                continue;
            }
            b'e' => {
                for _ in 0..256 {
                    let before = state.place;
                    update(state, Event::Down, *now);
                    if state.place == before {
                        break;
                    }
                }
                continue;
            }
            b'm' => {
                while !matches!(state.place, Place::Menu { .. } | Place::Attract) {
                    update(state, Event::Back, *now);
                }
                continue;
            }
            _ => continue,
        };
        update(state, event, *now);
    }
}

/// What does what a press asks for.
type Update<'u> = dyn FnMut(&mut State, Event, Now) + 'u;

/// Types a text as fingers on buttons do: each of its kana or letters by going to its key and selecting it.
///
/// ```
/// # use embedded_graphics_core::geometry::Size;
/// # use nenpyo_kiosk::{Kiosk, Now, tour};
/// for size in [Size::new(128, 64), Size::new(800, 480)] {
///     let kiosk = Kiosk::new(&nenpyo::QST, size, false).unwrap();
///     let mut now = Now::default();
///     let mut state = kiosk.start(now);
///     tour::follow(&kiosk, &mut state, &mut now, "sdds");
///     tour::type_text(&kiosk, &mut state, &mut now, "がっこう");
///     assert_eq!(state.query(), "がっこう");
///     tour::type_text(&kiosk, &mut state, &mut now, "qst");
///     assert_eq!(state.query(), "がっこうqst");
/// }
/// ```
pub fn type_text(kiosk: &Kiosk<'_>, state: &mut State, now: &mut Now, text: &str) {
    type_with(kiosk, state, now, text, &mut |state, event, now| kiosk.update(state, event, now));
}

fn type_with(kiosk: &Kiosk<'_>, state: &mut State, now: &mut Now, text: &str, update: &mut Update<'_>) {
    for character in text.chars() {
        let (plain, mark) = unmarked(character);
        let keyboard = if character.is_ascii() { Keyboard::Latin } else { Keyboard::Kana };
        if matches!(state.place, Place::Search { keyboard: other, .. } if other != keyboard) {
            press(kiosk, state, now, &|action| switches(action, keyboard), update);
        }
        if !kiosk.has_touch() {
            press(kiosk, state, now, &|action| opens(action, keyboard, plain), update);
        }
        press(kiosk, state, now, &|action| action == Action::Type(plain), update);
        if let Some(mark) = mark {
            press(kiosk, state, now, &|action| action == Action::Mark(mark), update);
        }
    }
}

/// Whether this leads to another keyboard.
fn switches(action: Action, wanted: Keyboard) -> bool {
    matches!(action, Action::Turn(Place::Search { keyboard, is_among_hits: false, .. }) if keyboard == wanted)
}

/// Whether this opens the row of keys with this character.
fn opens(action: Action, wanted: Keyboard, character: char) -> bool {
    match action {
        Action::Turn(Place::Search { keyboard, group: Some(group), .. }) => {
            keyboard == wanted && keys::has(keyboard, group, character)
        }
        _ => false,
    }
}

/// Goes down until this is chosen, and selects it; does nothing if it is not among the keys.
fn press(kiosk: &Kiosk<'_>, state: &mut State, now: &mut Now, is_it: &dyn Fn(Action) -> bool, update: &mut Update<'_>) {
    let Place::Search { is_among_hits: false, .. } = state.place else { return };
    for _ in 0..64 {
        if kiosk.chosen(state).is_some_and(is_it) {
            follow_with(kiosk, state, now, "s", update);
            return;
        }
        follow_with(kiosk, state, now, "d", update);
    }
}
