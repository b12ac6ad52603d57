//! The way through all screens that `kiosk/tour.txt` describes.

use nenpyo::Day;
use nenpyo_kiosk::{Event, Kiosk, Now, State, tour};

/// A screen on the way.
#[derive(Clone, Debug)]
pub struct Stop {
    /// Its name.
    pub name: &'static str,
    /// What is shown.
    pub state: State,
}

/// All screens of a chronicle, after so many presses of the language button.
pub fn stops(kiosk: &Kiosk<'_>, presses: usize) -> Vec<Stop> {
    let mut now = Now { milliseconds: 0, today: Day::from_ymd(2026, 4, 1) };
    let mut state = kiosk.start(now);
    for _ in 0..presses {
        kiosk.update(&mut state, Event::Language, now);
    }
    let follow = |(name, letters)| {
        tour::follow(kiosk, &mut state, &mut now, letters);
        Stop { name, state: state.clone() }
    };
    tour::stops().map(follow).collect()
}
