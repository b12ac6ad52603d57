//! QST's chronicle on an ILI9341, the usual colour panel of 320 × 240 pixels, on a Nucleo-F401RE (STM32F401RE).
//!
//! | pin | of the Arduino header | to |
//! |---|---|---|
//! | PA5, SPI1 SCK | D13 | SCK of the panel |
//! | PA7, SPI1 MOSI | D11 | SDI (MOSI) of the panel |
//! | PB6 | D10 | CS of the panel |
//! | PC7 | D9 | DC of the panel |
//! | PA9 | D8 | RESET of the panel |
//! | 3V3 | 3V3 | VCC and LED of the panel |
//! | GND | GND | GND of the panel |
//! | PA10 | D2 | button up, its other end to GND |
//! | PB5 | D4 | button down, the same; a long press is the next language |
//! | PB10 | D6 | button select, the same; a long press goes back |
//!
//! Flash with `cargo run --release --bin nenpyo-stm32f4-ili9341`.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use embedded_graphics_core::geometry::OriginDimensions;
use embedded_hal_bus::spi::ExclusiveDevice;
use mipidsi::Builder;
use mipidsi::interface::SpiInterface;
use mipidsi::models::ILI9341Rgb565;
use mipidsi::options::{ColorOrder, Orientation, Rotation};
use nenpyo::QST;
use nenpyo_kiosk::{Buttons, Drawn, Kiosk, Now};
use panic_halt as _;
use stm32f4xx_hal::gpio::Speed;
use stm32f4xx_hal::pac::{self, SPI1};
use stm32f4xx_hal::prelude::*;
use stm32f4xx_hal::rcc::Config;
use stm32f4xx_hal::spi::{Mode, Phase, Polarity, Spi};
use stm32f4xx_hal::timer::Counter;

/// Ticks of the clock in a second; the timer divides the 84 million of the processor by 65,536 at most.
const TICKS: u32 = 10_000;
/// After so many it begins again.
const DAY: u32 = TICKS * 60 * 60 * 24;

#[entry]
fn main() -> ! {
    let core_peripherals = pac::CorePeripherals::take().unwrap();
    let peripherals = pac::Peripherals::take().unwrap();
    let mut rcc = peripherals.RCC.freeze(Config::hsi().sysclk(84.MHz()));
    let mut delay = core_peripherals.SYST.delay(&rcc.clocks);
    let mut clock: Counter<_, TICKS> = peripherals.TIM5.counter(&mut rcc);
    clock.start(24.hours()).unwrap();
    let (port_a, port_b) = (peripherals.GPIOA.split(&mut rcc), peripherals.GPIOB.split(&mut rcc));
    let port_c = peripherals.GPIOC.split(&mut rcc);
    let up = port_a.pa10.into_pull_up_input();
    let down = port_b.pb5.into_pull_up_input();
    let select = port_b.pb10.into_pull_up_input();

    // Nothing is read from the panel. Its makers promise 10 MHz for writing, and panels take four times as much.
    let clock_pin = port_a.pa5.into_alternate().speed(Speed::VeryHigh);
    let data_pin = port_a.pa7.into_alternate().speed(Speed::VeryHigh);
    let mode = Mode { polarity: Polarity::IdleLow, phase: Phase::CaptureOnFirstTransition };
    let spi = Spi::new(peripherals.SPI1, (Some(clock_pin), SPI1::NoMiso, Some(data_pin)), mode, 21.MHz(), &mut rcc);
    let device = ExclusiveDevice::new_no_delay(spi, port_b.pb6.into_push_pull_output()).unwrap();
    let mut buffer = [0; 640];
    let interface = SpiInterface::new(device, port_c.pc7.into_push_pull_output(), &mut buffer);
    // Landscape; without the flip, texts would be seen as in a mirror.
    let mut display = Builder::new(ILI9341Rgb565, interface)
        .reset_pin(port_a.pa9.into_push_pull_output())
        .orientation(Orientation::new().rotate(Rotation::Deg90).flip_vertical())
        .color_order(ColorOrder::Bgr)
        .init(&mut delay)
        .unwrap();

    // Without touch there is more room for texts.
    let kiosk = Kiosk::new(&QST, display.size(), true).unwrap().with_touch(false);
    let mut buttons = Buttons::new();
    let mut drawn = Drawn::NOTHING;
    let mut state = kiosk.start(Now::default());
    let (mut before, mut ticks) = (0, 0);
    loop {
        let counted = clock.now().ticks();
        ticks += u64::from((counted + DAY - before) % DAY);
        before = counted;
        // The clock knows how much time has passed, but not which day it is.
        let now = Now { milliseconds: ticks * 1_000 / u64::from(TICKS), today: None };
        let pressed = [up.is_low(), down.is_low(), select.is_low()];
        kiosk.update(&mut state, buttons.event(pressed, now), now);
        // What did not arrive is drawn again the next time.
        let _ = kiosk.redraw(&state, &mut drawn, &mut display);
        delay.delay_ms(10);
    }
}
