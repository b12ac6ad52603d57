//! QST's chronicle on the serial port of an ESP32-C3-DevKitM-1, 115200 baud, 8N1, UTF-8.
//!
//! The port is UART0 on GPIO21 (TX) and GPIO20 (RX), which the board's USB bridge shows to a computer:
//! one USB cable for power, flashing and text.
//!
//! Flash with `cargo run --release`; espflash stays as the terminal.
//!
//! One sees the founding of QST: its date and title in Japanese and in English, a summary, and who took part.
//! The next milestone follows after ten seconds, or at once on any key.
#![no_std]
#![no_main]

use core::fmt::{self, Write};

use esp_hal::time::{Duration, Instant};
use esp_hal::uart::{Config, Uart};
use nenpyo::{Language, Milestone, QST, Role, date, key};
use panic_halt as _;

const LANGUAGES: [Language; 2] = [Language::JA, Language::EN];

// Neither espflash nor the bootloader takes a program without this description.
esp_bootloader_esp_idf::esp_app_desc!();

#[esp_hal::main]
fn main() -> ! {
    let peripherals = esp_hal::init(esp_hal::Config::default());
    let mut uart = Uart::new(peripherals.UART0, Config::default().with_baudrate(115_200))
        .unwrap()
        .with_tx(peripherals.GPIO21)
        .with_rx(peripherals.GPIO20);

    let before_the_founding = |milestone: &Milestone| milestone.key() != key::QST_ESTABLISHED;
    let mut milestones = QST.milestones().iter().cycle().skip_while(before_the_founding);
    loop {
        if let Some(milestone) = milestones.next() {
            // A serial port that fails leaves no other place to say so.
            let _ = show(milestone, &mut uart);
        }
        let shown = Instant::now();
        while shown.elapsed() < Duration::from_secs(10) {
            // `read` alone would wait for a byte.
            if uart.read_ready() && uart.read(&mut [0]).is_ok() {
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
