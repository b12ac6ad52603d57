//! A walk through all screens, stop by stop, while somebody looks.

use core::mem::MaybeUninit;

use nenpyo::Day;
use nenpyo_kiosk::{Drawn, Event, Kiosk, Now, Place, State, tour};
use semihosting::sys::arm_compat::{sys_get_cmdline_uninit, sys_readc};
use semihosting::{println, process};

use crate::instructions::{Ticks, known, ticks};
use crate::{Panel, stack};

/// What is drawn.
type Screen<'s> = (&'s mut State, &'s mut Drawn, &'s mut dyn Panel);

/// Presses the language button as often as the digit says with which the command line ends, then walks through all screens as
/// [`tour`] does, and draws after each press.
///
/// At each stop it prints `READY`, the stop's number and name, and goes on when it reads a character. Then it draws
/// all of the screen anew and prints what the stop has cost: `COST` with its presses and the deepest stack below whoever
/// hands them on; and `TICKS`,
/// each with wraps of the timer and in hexadecimal digits, of the longest press, drawn, of the longest that has changed
/// what is searched, and of the whole screen. Two lines `KNOWN` before the first stop tell what the counter says of loops
/// of 2,000 and of 8,002,000 instructions.
pub fn walk(kiosk: &Kiosk<'_>, panel: &mut dyn Panel) -> ! {
    show("KNOWN", ticks(known, &1000, &mut ()));
    show("KNOWN", ticks(known, &4_001_000, &mut ()));
    let mut now = Now { milliseconds: 0, today: Day::from_ymd(2026, 4, 1) };
    let mut state = kiosk.start(now);
    for _ in b'0'..digit() {
        kiosk.update(&mut state, Event::Language, now);
    }
    let mut drawn = Drawn::NOTHING;
    panel.redraw(kiosk, &state, &mut drawn);
    for (number, (name, letters)) in tour::stops().enumerate() {
        let (mut presses, mut of_press, mut of_key) = (0_u32, None, None);
        // What this walk keeps on the stack is nobody else's.
        let mut above = usize::MAX;
        stack::paint();
        tour::follow_with(kiosk, &mut state, &mut now, letters, &mut |state, event, now| {
            let before = searched(state);
            above = above.min(stack::used());
            let ticks = ticks(press, &(kiosk, event, now), &mut (&mut *state, &mut drawn, &mut *panel));
            presses += 1;
            of_press = Some(most(of_press, ticks));
            if before.zip(searched(state)).is_some_and(|(before, now)| before != now) {
                of_key = Some(most(of_key, ticks));
            }
        });
        let stack = stack::deepest().saturating_sub(above);
        println!("READY {} {name}", number + 1);
        // Which one it is nobody needs to know, and older emulators do not tell.
        sys_readc();
        let whole = ticks(redraw, kiosk, &mut (&mut state, &mut Drawn::default(), &mut *panel));
        println!("COST {presses} {stack}");
        for ticks in [of_press, of_key, Some(whole)] {
            show("TICKS", ticks.unwrap_or_else(nothing));
        }
    }
    println!("END");
    process::exit(0)
}

/// What a visitor waits for after a press: it is answered and drawn.
#[inline(never)]
fn press((kiosk, event, now): &(&Kiosk<'_>, Event, Now), (state, drawn, panel): &mut Screen<'_>) {
    kiosk.update(state, *event, *now);
    panel.redraw(kiosk, state, drawn);
}

#[inline(never)]
fn redraw(kiosk: &Kiosk<'_>, (state, drawn, panel): &mut Screen<'_>) {
    panel.redraw(kiosk, state, drawn);
}

/// How long what is typed is and how it ends, where something is typed.
fn searched(state: &State) -> Option<(usize, Option<char>)> {
    matches!(state.place(), Place::Search { .. }).then(|| (state.query().len(), state.query().chars().next_back()))
}

fn most(before: Option<Ticks>, now: Ticks) -> Ticks {
    before.filter(|before| before.ticks > now.ticks).unwrap_or(now)
}

fn nothing() -> Ticks {
    Ticks { ticks: 0, wraps: 0 }
}

fn show(what: &str, count: Ticks) {
    println!("{what} {:x} {:x}", count.ticks, count.wraps);
}

/// The last character of the command line.
fn digit() -> u8 {
    let mut line = [MaybeUninit::uninit(); 32];
    sys_get_cmdline_uninit(&mut line).ok().and_then(|line| line.last().copied()).unwrap_or(b'0')
}
