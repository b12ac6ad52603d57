//! A walk through QST's chronicle on a small OLED, instead of somebody who presses the buttons.
#![no_std]
#![no_main]

use embedded_graphics_core::geometry::OriginDimensions;
use nenpyo_kiosk::Kiosk;
use nenpyo_panels::oled::{Frame, Oled};
use nenpyo_panels::{entry, walk};

#[entry]
fn main() -> ! {
    static mut FRAME: Frame = Frame::DARK;
    let size = FRAME.size();
    let mut panel = Oled::new(FRAME);
    let kiosk = Kiosk::new(&nenpyo::QST, size, true).expect("there are glyphs");
    walk(&kiosk, &mut panel)
}
