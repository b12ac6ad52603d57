//! QST's chronicle on the serial port of a Nucleo-F401RE (STM32F401RE), 115200 baud, 8N1, UTF-8.
//!
//! The port is USART2 on PA2 (TX) and PA3 (RX), which the board's ST-Link shows to a computer as a virtual COM port:
//! one USB cable for power, flashing and text.
//!
//! Flash with `cargo run --release`.
//! A Nucleo-F411RE takes the feature `stm32f411` in `Cargo.toml` and `--chip STM32F411RETx` in `.cargo/config.toml`.
//!
//! One sees the founding of QST: its date and title in Japanese and in English, a summary, and who took part.
//! The next milestone follows after ten seconds, or at once on any key.
#![no_std]
#![no_main]

use core::fmt::{self, Write};

use cortex_m_rt::entry;
use nenpyo::{Language, Milestone, QST, Role, date, key};
use panic_halt as _;
use stm32f4xx_hal::pac;
use stm32f4xx_hal::prelude::*;
use stm32f4xx_hal::rcc::Config;
use stm32f4xx_hal::serial::Serial;

const LANGUAGES: [Language; 2] = [Language::JA, Language::EN];

#[entry]
fn main() -> ! {
    let core_peripherals = pac::CorePeripherals::take().unwrap();
    let peripherals = pac::Peripherals::take().unwrap();
    // The internal oscillator is exact enough for a serial port, and every revision of the board has it.
    let mut rcc = peripherals.RCC.freeze(Config::hsi());
    let mut delay = core_peripherals.SYST.delay(&rcc.clocks);
    let pins = peripherals.GPIOA.split(&mut rcc);
    let mut serial: Serial<_> = peripherals.USART2.serial((pins.pa2, pins.pa3), 115_200.bps(), &mut rcc).unwrap();

    let before_the_founding = |milestone: &Milestone| milestone.key() != key::QST_ESTABLISHED;
    let mut milestones = QST.milestones().iter().cycle().skip_while(before_the_founding);
    loop {
        if let Some(milestone) = milestones.next() {
            // A serial port that fails leaves no other place to say so.
            let _ = show(milestone, &mut serial);
        }
        for _millisecond in 0..10_000 {
            delay.delay_ms(1);
            if serial.read().is_ok() {
                break;
            }
        }
    }
}

/// Writes when it was, what it was, and who took part, by the names of that time.
fn show(milestone: Milestone, terminal: &mut impl Write) -> fmt::Result {
    let date = milestone.date();
    write!(terminal, "\r\n{} / {}\r\n", date::japanese_era(date), date::english(date))?;
    for language in LANGUAGES {
        let summary = milestone.details().and_then(|details| details.summary(language));
        for text in milestone.title(language).into_iter().chain(summary) {
            write!(terminal, "{text}\r\n")?;
        }
    }
    for participant in milestone.participants() {
        // What a change ended was there for the last time on the day before.
        let day = if participant.role == Role::Original { milestone.earliest().previous() } else { milestone.latest() };
        let Some(then) = participant.organization.at(day) else { continue };
        write!(terminal, "{:>13}:", participant.role.name())?;
        for name in LANGUAGES.into_iter().filter_map(|language| then.name(language)) {
            write!(terminal, " {name}")?;
        }
        write!(terminal, "\r\n")?;
    }
    Ok(())
}
