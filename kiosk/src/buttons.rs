//! Three buttons for all that a panel without touch is asked for.

use crate::state::{Event, Now};

/// After so many milliseconds a press is a long one.
const LONG: u64 = 600;
/// For so many milliseconds after a button was pressed or let go, its contacts bounce.
const BOUNCE: u64 = 30;

const UP: usize = 0;
const DOWN: usize = 1;
const SELECT: usize = 2;

/// Up, down and select; a long press of down is the next language, and one of select goes back.
///
/// They are told apart by time, so whoever owns the pins looks at them every ten to fifty milliseconds.
///
/// ```
/// use nenpyo_kiosk::{Buttons, Event, Now};
/// let mut buttons = Buttons::new();
/// let at = |milliseconds| Now { milliseconds, today: None };
/// // Pressed; only when it is let go is it known not to be a long one.
/// assert_eq!(buttons.event([false, false, true], at(100)), Event::Tick);
/// assert_eq!(buttons.event([false, false, false], at(200)), Event::Select);
/// assert_eq!(buttons.event([false, false, true], at(300)), Event::Tick);
/// assert_eq!(buttons.event([false, false, true], at(900)), Event::Back);
/// assert_eq!(buttons.event([false, false, false], at(1000)), Event::Tick);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Buttons {
    /// Which one is pressed.
    held: Option<usize>,
    /// Since when it is, or none.
    since: u64,
    /// Whether it has been told already what this press is.
    is_told: bool,
}

impl Buttons {
    /// None of them pressed.
    ///
    /// ```
    /// use nenpyo_kiosk::{Buttons, Event, Now};
    /// assert_eq!(Buttons::new().event([false; 3], Now::default()), Event::Tick);
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self { held: None, since: 0, is_told: false }
    }

    /// What has happened, as up, down and select are pressed now or not; [`Event::Tick`] if nothing has.
    ///
    /// ```
    /// use nenpyo_kiosk::{Buttons, Event, Now};
    /// let now = Now { milliseconds: 100, today: None };
    /// assert_eq!(Buttons::new().event([true, false, false], now), Event::Up);
    /// ```
    pub fn event(&mut self, pressed: [bool; 3], now: Now) -> Event {
        let held = pressed.iter().position(|is_pressed| *is_pressed);
        let time = now.milliseconds.saturating_sub(self.since);
        if held == self.held {
            let event = match held {
                Some(DOWN) => Event::Language,
                Some(SELECT) => Event::Back,
                _ => return Event::Tick,
            };
            if self.is_told || time < LONG {
                return Event::Tick;
            }
            self.is_told = true;
            return event;
        }
        if time < BOUNCE {
            return Event::Tick;
        }
        let before = core::mem::replace(self, Self { held, since: now.milliseconds, is_told: false });
        match (before.held, held) {
            (_, Some(UP)) => Event::Up,
            (Some(DOWN), None) if !before.is_told => Event::Down,
            (Some(SELECT), None) if !before.is_told => Event::Select,
            _ => Event::Tick,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    /// What buttons say, looked at every ten milliseconds, of how they are at each.
    fn events(pressed: impl IntoIterator<Item = [bool; 3]>) -> Vec<Event> {
        let mut buttons = Buttons::new();
        let times = (1..).map(|time| Now { milliseconds: time * 10, today: None });
        let all = times.skip(10).zip(pressed).map(|(now, pressed)| buttons.event(pressed, now));
        all.filter(|event| *event != Event::Tick).collect()
    }

    fn press(which: usize, times: usize) -> impl Iterator<Item = [bool; 3]> {
        let mut pressed = [false; 3];
        pressed[which] = true;
        std::iter::repeat_n(pressed, times).chain([[false; 3]; 10])
    }

    #[test]
    fn short_presses_are_what_is_written_on_the_buttons() {
        let presses = press(UP, 10).chain(press(DOWN, 10)).chain(press(SELECT, 59));
        assert_eq!(events(presses), [Event::Up, Event::Down, Event::Select]);
    }

    #[test]
    fn long_presses_are_told_once_while_they_last() {
        let presses = press(UP, 200).chain(press(DOWN, 200)).chain(press(SELECT, 200));
        assert_eq!(events(presses), [Event::Up, Event::Language, Event::Back]);
        assert_eq!(events(press(SELECT, 62).take(62)), [Event::Back]);
    }

    #[test]
    fn contacts_that_bounce_are_pressed_once() {
        let (yes, no) = ([true, false, false], [false; 3]);
        let bounces = [yes, no, yes, yes, yes, yes, no, yes, no, no, no, no, no, no];
        assert_eq!(events(bounces), [Event::Up]);
    }

    #[test]
    fn a_press_that_was_seen_once_is_one() {
        assert_eq!(events(press(DOWN, 1)), [Event::Down]);
    }

    #[test]
    fn a_second_button_that_is_pressed_with_the_first_does_not_release_it() {
        let (select, both) = ([false, false, true], [true, false, true]);
        let presses = [[select; 10], [both; 10], [select; 10], [[false; 3]; 10]].concat();
        assert_eq!(events(presses), [Event::Up, Event::Select]);
    }
}
