//! QST's chronicle on e-paper on a Raspberry Pi Pico (RP2040): Waveshare's 2.9 inch V2 (SSD1680) of 296 × 128 pixels.
//!
//! | pin | | to |
//! |---|---|---|
//! | 11 | GPIO8 | DC of the panel |
//! | 12 | GPIO9, SPI1 CS | CS of the panel |
//! | 14 | GPIO10, SPI1 SCK | CLK of the panel |
//! | 15 | GPIO11, SPI1 TX | DIN of the panel |
//! | 16 | GPIO12 | RST of the panel |
//! | 17 | GPIO13 | BUSY of the panel |
//! | 36 | 3V3 | VCC of the panel |
//! | 38 | GND | GND of the panel |
//! | 26 | GPIO20 | button up, its other end to pin 28, GND |
//! | 27 | GPIO21 | button down, the same; a long press is the next language |
//! | 29 | GPIO22 | button select, the same; a long press goes back |
//!
//! Waveshare's Pico-ePaper-2.9, onto which a Pico is plugged, is wired like this but for the buttons.
//!
//! With a debug probe: `cargo run --release --bin nenpyo-pico-epaper`. Without one, see `.cargo/config.toml`.
#![no_std]
#![no_main]

use core::convert::Infallible;

use embedded_graphics_core::Pixel;
use embedded_graphics_core::draw_target::DrawTarget;
use embedded_graphics_core::geometry::{OriginDimensions, Size};
use embedded_graphics_core::pixelcolor::{Rgb888, RgbColor};
use embedded_hal::delay::DelayNs;
use embedded_hal::digital::{InputPin, OutputPin};
use embedded_hal::spi::{MODE_0, SpiDevice};
use embedded_hal_bus::spi::ExclusiveDevice;
use epd_waveshare::color::Color;
use epd_waveshare::epd2in9_v2::{Display2in9, Epd2in9};
use epd_waveshare::graphics::DisplayRotation;
use epd_waveshare::prelude::{QuickRefresh, WaveshareDisplay};
use nenpyo::QST;
use nenpyo_kiosk::{Buttons, Drawn, Kiosk, Now};
use panic_halt as _;
use rp2040_hal::clocks::{Clock, init_clocks_and_plls};
use rp2040_hal::fugit::RateExtU32;
use rp2040_hal::gpio::{FunctionSio, FunctionSpi, Interrupt, Pin, PinId, Pins, PullUp, SioInput};
use rp2040_hal::spi::Spi;
use rp2040_hal::{Sio, Timer, Watchdog, pac};

/// What the boot ROM runs first: it knows how to read the Pico's flash chip, which the ROM does not.
#[used]
#[unsafe(link_section = ".boot2")]
static BOOT2: [u8; 256] = rp2040_boot2::BOOT_LOADER_W25Q080;

const CRYSTAL_HZ: u32 = 12_000_000;

/// After so many quick refreshes, each of which leaves a shadow of what was there, a whole one, which blinks.
const QUICK: u8 = 30;

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
    let mut up = Button::new(pins.gpio20.into_pull_up_input());
    let mut down = Button::new(pins.gpio21.into_pull_up_input());
    let mut select = Button::new(pins.gpio22.into_pull_up_input());

    let spi_pins = (pins.gpio11.into_function::<FunctionSpi>(), pins.gpio10.into_function::<FunctionSpi>());
    let spi = Spi::<_, _, _, 8>::new(peripherals.SPI1, spi_pins).init(
        &mut peripherals.RESETS,
        clocks.peripheral_clock.freq(),
        4.MHz(),
        MODE_0,
    );
    let mut spi = ExclusiveDevice::new(spi, pins.gpio9.into_push_pull_output(), timer).unwrap();
    let (busy, reset) = (pins.gpio13.into_floating_input(), pins.gpio12.into_push_pull_output());
    let data = pins.gpio8.into_push_pull_output();
    let mut panel = Epd2in9::new(&mut spi, busy, data, reset, &mut timer, None).unwrap();

    let mut paper = Paper(Display2in9::default());
    paper.0.set_rotation(DisplayRotation::Rotate90);
    let kiosk = Kiosk::new(&QST, paper.size(), false).unwrap();
    let mut buttons = Buttons::new();
    let mut drawn = Drawn::NOTHING;
    let mut state = kiosk.start(Now::default());
    let mut quick = QUICK;
    loop {
        // The Pico does not know which day it is.
        let now = Now { milliseconds: timer.get_counter().ticks() / 1_000, today: None };
        let pressed = [up.was_pressed(), down.was_pressed(), select.was_pressed()];
        kiosk.update(&mut state, buttons.event(pressed, now), now);
        let Ok(has_changed) = kiosk.redraw(&state, &mut drawn, &mut paper);
        if has_changed {
            let is_whole = quick == QUICK;
            quick = if is_whole { 0 } else { quick + 1 };
            if refresh(&mut panel, &mut spi, &mut timer, paper.0.buffer(), is_whole).is_err() {
                // What did not arrive is sent again.
                (drawn, quick) = (Drawn::NOTHING, QUICK);
            }
        }
        timer.delay_ms(10);
    }
}

/// Sends what is to be seen and waits until it is: two seconds, or a third of one for the pixels alone that have changed.
fn refresh<SPI: SpiDevice, BUSY: InputPin, DC: OutputPin, RST: OutputPin, DELAY: DelayNs>(
    panel: &mut Epd2in9<SPI, BUSY, DC, RST, DELAY>,
    spi: &mut SPI,
    delay: &mut DELAY,
    pixels: &[u8],
    is_whole: bool,
) -> Result<(), SPI::Error> {
    if is_whole {
        // As after power on, and what the next pixels are compared with.
        panel.wake_up(spi, delay)?;
        panel.update_frame(spi, pixels, delay)?;
        panel.update_old_frame(spi, pixels, delay)?;
        panel.display_frame(spi, delay)
    } else {
        panel.update_and_display_new_frame(spi, pixels, delay)
    }
}

/// What is to be seen. Screens are light on dark; paper is the other way round.
struct Paper(Display2in9);

impl OriginDimensions for Paper {
    fn size(&self) -> Size {
        self.0.size()
    }
}

impl DrawTarget for Paper {
    type Color = Rgb888;
    type Error = Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<Rgb888>>>(&mut self, pixels: I) -> Result<(), Infallible> {
        self.0.draw_iter(pixels.into_iter().map(|Pixel(point, color)| Pixel(point, print(color))))
    }
}

/// Black and white themselves are those of codes for cameras, which stay as they are.
fn print(color: Rgb888) -> Color {
    let shown = Color::from(color);
    if [Rgb888::BLACK, Rgb888::WHITE].contains(&color) { shown } else { shown.inverse() }
}

/// A button, of which the pin keeps that it was pressed while the panel was waited for.
struct Button<I: PinId>(Pin<I, FunctionSio<SioInput>, PullUp>);

impl<I: PinId> Button<I> {
    fn new(mut pin: Pin<I, FunctionSio<SioInput>, PullUp>) -> Self {
        pin.clear_interrupt(Interrupt::EdgeLow);
        // The processor is not interrupted by it, because it does not listen to those of pins.
        pin.set_interrupt_enabled(Interrupt::EdgeLow, true);
        Self(pin)
    }

    /// Whether it is pressed, or has been since it was asked for last.
    fn was_pressed(&mut self) -> bool {
        let was_pressed = self.0.interrupt_status(Interrupt::EdgeLow);
        self.0.clear_interrupt(Interrupt::EdgeLow);
        was_pressed || self.0.is_low() == Ok(true)
    }
}
