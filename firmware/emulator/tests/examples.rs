//! The examples for boards that people own are built, fit into their flash as the linker sees it, and are what those boards
//! start.
//!
//! The one for the serial port of the STM32F4 runs on a board of its family that QEMU knows; it knows none of the other two, and no panel.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nenpyo_emulator::build;
use object::read::elf::ElfFile32;
use object::{Object as _, ObjectSection as _};

/// What the serial port says until a text has come, or for a minute at most.
fn serial(program: &std::path::Path, until: &str) -> String {
    let mut emulator = Command::new("qemu-system-arm");
    // Its first serial port is not the one that is wired to the debugger.
    emulator.args(["-machine", "netduinoplus2", "-display", "none", "-monitor", "none"]);
    emulator.args(["-serial", "null", "-serial", "stdio", "-kernel"]).arg(program);
    let mut emulator = emulator.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut port = emulator.stdout.take().unwrap();
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = [0; 256];
        while let Ok(count) = port.read(&mut bytes) {
            if count == 0 || send.send(bytes[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    let (begin, mut said) = (Instant::now(), Vec::new());
    while begin.elapsed() < Duration::from_mins(1) && !String::from_utf8_lossy(&said).contains(until) {
        if let Ok(bytes) = receive.recv_timeout(Duration::from_secs(1)) {
            said.extend(bytes);
        }
    }
    emulator.kill().unwrap();
    emulator.wait().unwrap();
    String::from_utf8_lossy(&said).into_owned()
}

/// The sections of an example with their addresses and sizes.
fn sections(board: &str, target: &str, program: &str) -> Vec<(String, u64, u64)> {
    let bytes = std::fs::read(build::example(board, target, program).unwrap()).unwrap();
    let elf: ElfFile32 = ElfFile32::parse(bytes.as_slice()).unwrap();
    let sections =
        elf.sections().map(|section| (section.name().unwrap().to_owned(), section.address(), section.size()));
    sections.collect()
}

#[test]
fn the_pico_begins_with_its_boot_loader() {
    for program in ["nenpyo-pico", "nenpyo-pico-ssd1306", "nenpyo-pico-epaper"] {
        let sections = sections("pico", "thumbv6m-none-eabi", program);
        assert!(sections.contains(&(".boot2".to_owned(), 0x1000_0000, 256)), "{program}: {sections:x?}");
        let has_vectors = sections.iter().any(|(name, at, _)| name == ".vector_table" && *at == 0x1000_0100);
        assert!(has_vectors, "{program}: {sections:x?}");
    }
}

#[test]
fn the_stm32f4_begins_with_its_vectors() {
    for program in ["nenpyo-stm32f4", "nenpyo-stm32f4-ili9341"] {
        let sections = sections("stm32f4", "thumbv7em-none-eabihf", program);
        let has_vectors = sections.iter().any(|(name, at, _)| name == ".vector_table" && *at == 0x0800_0000);
        assert!(has_vectors, "{program}: {sections:x?}");
    }
}

#[test]
fn the_esp32c3_describes_itself_to_its_boot_loader() {
    let sections = sections("esp32c3", "riscv32imc-unknown-none-elf", "nenpyo-esp32c3");
    // The description stands at the beginning of what is read out of flash, the code where flash is mapped to run.
    assert!(
        sections.iter().any(|(_, at, size)| *at >= 0x3C00_0000 && *at < 0x3C80_0000 && *size >= 256),
        "{sections:x?}"
    );
    assert!(sections.iter().any(|(_, at, size)| *at >= 0x4200_0000 && *size > 10_000), "{sections:x?}");
}

#[test]
fn the_stm32f4_shows_the_founding_on_its_serial_port() {
    let program = build::example("stm32f4", "thumbv7em-none-eabihf", "nenpyo-stm32f4").unwrap();
    let said = serial(&program, "QST is established");
    assert!(said.contains("平成28年4月1日"), "{said}");
    assert!(said.contains("1 April 2016"), "{said}");
    assert!(said.contains("QST is established"), "{said}");
    assert!(!said.replace("\r\n", "").contains('\n'), "lines end as terminals want it");
}
