//! The example for the STM32F4 runs on a board of its family that can be emulated, and shows the founding.
//!
//! QEMU knows no board of the other two examples' families; they are built by `cargo xtask test`.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nenpyo_emulator::build;

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

#[test]
fn the_stm32f4_shows_the_founding_on_its_serial_port() {
    let program = build::example("stm32f4", "thumbv7em-none-eabihf").unwrap();
    let said = serial(&program, "QST is established");
    assert!(said.contains("平成28年4月1日"), "{said}");
    assert!(said.contains("1 April 2016"), "{said}");
    assert!(said.contains("QST is established"), "{said}");
    assert!(!said.replace("\r\n", "").contains('\n'), "lines end as terminals want it");
}
