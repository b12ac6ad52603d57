//! A walk through QST's chronicle on a colour display.
#![no_std]
#![no_main]

use embedded_graphics_core::geometry::OriginDimensions;
use nenpyo_kiosk::Kiosk;
use nenpyo_panels::tft::Tft;
use nenpyo_panels::{entry, walk};

#[entry]
fn main() -> ! {
    let mut panel = Tft::new().expect("there is a display");
    let kiosk = Kiosk::new(&nenpyo::QST, panel.size(), true).expect("there are glyphs");
    walk(&kiosk, &mut panel)
}
