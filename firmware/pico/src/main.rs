//! QST's chronicle on the serial port of a Raspberry Pi Pico (RP2040), 115200 baud, 8N1, UTF-8.
//!
//! | pin | | to the USB serial adapter (3.3 V) |
//! |---|---|---|
//! | 1 | GPIO0, UART0 TX | RX |
//! | 2 | GPIO1, UART0 RX | TX |
//! | 3 | GND | GND |
//!
//! With a debug probe (the Raspberry Pi Debug Probe is adapter and probe in one): `cargo run --release`.
//! Without one, see `.cargo/config.toml`.
//!
//! One sees the founding of QST: its date and title in Japanese and in English, a summary, and who took part.
//! The next milestone follows after ten seconds, or at once on any key.
#![no_std]
#![no_main]

use core::fmt::{self, Write};

use nenpyo::{Language, Milestone, QST, Role, date, key};
use panic_halt as _;
use rp2040_hal::clocks::{Clock, init_clocks_and_plls};
use rp2040_hal::fugit::{ExtU64, RateExtU32};
use rp2040_hal::gpio::Pins;
use rp2040_hal::uart::{DataBits, StopBits, UartConfig, UartPeripheral};
use rp2040_hal::{Sio, Timer, Watchdog, pac};

/// What the boot ROM runs first: it knows how to read the Pico's flash chip, which the ROM does not.
#[used]
#[unsafe(link_section = ".boot2")]
static BOOT2: [u8; 256] = rp2040_boot2::BOOT_LOADER_W25Q080;

const LANGUAGES: [Language; 2] = [Language::JA, Language::EN];
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
    let timer = Timer::new(peripherals.TIMER, &mut peripherals.RESETS, &clocks);
    let sio = Sio::new(peripherals.SIO);
    let pins = Pins::new(peripherals.IO_BANK0, peripherals.PADS_BANK0, sio.gpio_bank0, &mut peripherals.RESETS);
    let uart_pins = (pins.gpio0.into_function(), pins.gpio1.into_function());
    let mut uart = UartPeripheral::new(peripherals.UART0, uart_pins, &mut peripherals.RESETS)
        .enable(UartConfig::new(115_200.Hz(), DataBits::Eight, None, StopBits::One), clocks.peripheral_clock.freq())
        .unwrap();

    let before_the_founding = |milestone: &Milestone| milestone.key() != key::QST_ESTABLISHED;
    let mut milestones = QST.milestones().iter().cycle().skip_while(before_the_founding);
    loop {
        if let Some(milestone) = milestones.next() {
            // A serial port that fails leaves no other place to say so.
            let _ = show(milestone, &mut uart);
        }
        let next = timer.get_counter() + 10.secs();
        while timer.get_counter() < next && uart.read_raw(&mut [0]).is_err() {}
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
