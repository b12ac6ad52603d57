//! QST's chronicle on a small OLED, with the five buttons beside it: what a visitor holds in the hand.
#![no_std]
#![no_main]

use embedded_graphics_core::geometry::OriginDimensions;
use nenpyo_kiosk::{Drawn, Event, Kiosk, Now};
use nenpyo_panels::board::{Clock, Keys};
use nenpyo_panels::oled::{Frame, Oled};
use nenpyo_panels::{Panel, entry};

#[entry]
fn main() -> ! {
    static mut FRAME: Frame = Frame::DARK;
    let size = FRAME.size();
    let mut panel = Oled::new(FRAME);
    let kiosk = Kiosk::new(&nenpyo::QST, size, true).expect("there are glyphs");
    let (mut clock, mut keys) = (Clock::new(), Keys::new());
    // No clock on this board knows what day it is.
    let now = |milliseconds| Now { milliseconds, today: None };
    let mut state = kiosk.start(now(0));
    let mut drawn = Drawn::NOTHING;
    loop {
        panel.redraw(&kiosk, &state, &mut drawn);
        let event = loop {
            let milliseconds = clock.milliseconds();
            if let Some(event) = keys.pressed(milliseconds) {
                break event;
            }
            if clock.has_ticked() {
                break Event::Tick;
            }
        };
        kiosk.update(&mut state, event, now(clock.milliseconds()));
    }
}
