//! QST's chronicle on an SSD1306, the usual OLED of 128 × 64 pixels, on a Raspberry Pi Pico (RP2040).
//!
//! | pin | | to |
//! |---|---|---|
//! | 6 | GPIO4, I2C0 SDA | SDA of the panel |
//! | 7 | GPIO5, I2C0 SCL | SCL of the panel |
//! | 36 | 3V3 | VCC of the panel |
//! | 38 | GND | GND of the panel |
//! | 26 | GPIO20 | button up, its other end to pin 28, GND |
//! | 27 | GPIO21 | button down, the same; a long press is the next language |
//! | 29 | GPIO22 | button select, the same; a long press goes back |
//!
//! Modules have resistors on SDA and SCL that pull them up; those of the Pico alone are too weak for 400 kHz.
//!
//! With a debug probe: `cargo run --release --bin nenpyo-pico-ssd1306`. Without one, see `.cargo/config.toml`.
#![no_std]
#![no_main]

use embedded_graphics_core::geometry::Size;
use embedded_hal::delay::DelayNs;
use embedded_hal::digital::InputPin;
use nenpyo::QST;
use nenpyo_kiosk::{Buttons, Drawn, Kiosk, Now};
use panic_halt as _;
use rp2040_hal::clocks::{Clock, init_clocks_and_plls};
use rp2040_hal::fugit::RateExtU32;
use rp2040_hal::gpio::Pins;
use rp2040_hal::{I2C, Sio, Timer, Watchdog, pac};
use ssd1306::mode::DisplayConfig;
use ssd1306::prelude::DisplayRotation;
use ssd1306::size::DisplaySize128x64;
use ssd1306::{I2CDisplayInterface, Ssd1306};

/// What the boot ROM runs first: it knows how to read the Pico's flash chip, which the ROM does not.
#[used]
#[unsafe(link_section = ".boot2")]
static BOOT2: [u8; 256] = rp2040_boot2::BOOT_LOADER_W25Q080;

const CRYSTAL_HZ: u32 = 12_000_000;

#[rp2040_hal::entry]
fn main() -> ! {
    let mut peripherals = pac::Peripherals::take().unwrap();
    let mut watchdog = Watchdog::new(peripherals.WATCHDOG);
    let clocks = init_clocks_and_plls(
        CRYSTAL_HZ,
        peripherals.XOSC,
        peripherals.CLOCKS,
        peripherals.PLL_SYS,
        peripherals.PLL_USB,
        &mut peripherals.RESETS,
        &mut watchdog,
    )
    .unwrap();
    let mut timer = Timer::new(peripherals.TIMER, &mut peripherals.RESETS, &clocks);
    let sio = Sio::new(peripherals.SIO);
    let pins = Pins::new(peripherals.IO_BANK0, peripherals.PADS_BANK0, sio.gpio_bank0, &mut peripherals.RESETS);
    let mut up = pins.gpio20.into_pull_up_input();
    let mut down = pins.gpio21.into_pull_up_input();
    let mut select = pins.gpio22.into_pull_up_input();

    let i2c = I2C::i2c0(
        peripherals.I2C0,
        pins.gpio4.reconfigure(),
        pins.gpio5.reconfigure(),
        400.kHz(),
        &mut peripherals.RESETS,
        clocks.system_clock.freq(),
    );
    let interface = I2CDisplayInterface::new(i2c);
    let mut display =
        Ssd1306::new(interface, DisplaySize128x64, DisplayRotation::Rotate0).into_buffered_graphics_mode();
    // A panel that is not there yet may be plugged in.
    while display.init().is_err() {
        timer.delay_ms(100);
    }

    let kiosk = Kiosk::new(&QST, Size::new(128, 64), false).unwrap();
    let mut buttons = Buttons::new();
    let mut drawn = Drawn::NOTHING;
    let mut state = kiosk.start(Now::default());
    loop {
        // The Pico does not know which day it is.
        let now = Now { milliseconds: timer.get_counter().ticks() / 1_000, today: None };
        let pressed = [up.is_low() == Ok(true), down.is_low() == Ok(true), select.is_low() == Ok(true)];
        kiosk.update(&mut state, buttons.event(pressed, now), now);
        // Only the part of the panel that has changed is sent; all of it after one that did not arrive.
        if kiosk.redraw(&state, &mut drawn, &mut display).and_then(|_| display.flush()).is_err() {
            drawn = Drawn::NOTHING;
        }
        timer.delay_ms(10);
    }
}
