//! What a function needs when it is linked alone.

use std::fmt;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::elf::Program;
use crate::{Failure, Result};

/// The targets on which everything is proved. The second has no unit for floating point, so that any use of it is seen.
pub const TARGETS: [&str; 3] = ["thumbv6m-none-eabi", "thumbv7em-none-eabi", "riscv32imac-unknown-none-elf"];

/// The levels of optimisation at which everything is proved.
pub const OPT_LEVELS: [&str; 2] = ["s", "3"];

/// Something that no lookup may need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// It can panic.
    Panic,
    /// It allocates.
    Allocator,
    /// It has filled static memory.
    Data,
    /// It has empty static memory.
    Bss,
    /// It computes with floating point.
    FloatingPoint,
    /// It divides 64 bits.
    Division,
    /// It formats with `core::fmt`.
    Formatting,
}

/// What a function needs, and which symbols show it.
#[derive(Clone, Debug)]
pub struct Linked {
    /// What no lookup may need.
    pub needs: Vec<(Need, String)>,
    /// Bytes of code.
    pub code: u64,
}

impl fmt::Display for Linked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let needs: Vec<String> = self.needs.iter().map(|(need, symbol)| format!("{need:?} ({symbol})")).collect();
        f.write_str(&needs.join(", "))
    }
}

/// Links a symbol of the library alone, without start-up or anything else, and looks at what came with it.
///
/// # Errors
///
/// If it does not link for another reason than a panic.
pub fn link(linker: &Path, library: &Path, symbol: &str) -> Result<Linked> {
    static LINKED: AtomicUsize = AtomicUsize::new(0);
    // Several are linked at once.
    let number = LINKED.fetch_add(1, Ordering::Relaxed);
    let output = library.with_file_name(format!("linked-{}-{number}", std::process::id()));
    let found = link_into(linker, library, symbol, &output);
    // Where nothing was linked there is nothing to remove.
    let _ = std::fs::remove_file(&output);
    found
}

fn link_into(linker: &Path, library: &Path, symbol: &str, output: &Path) -> Result<Linked> {
    let run = |extra: &[&str]| {
        let mut command = Command::new(linker);
        command.args(["-flavor", "gnu", "--gc-sections", "-e", symbol, "--undefined", symbol]).args(extra);
        command
            .arg("-o")
            .arg(output)
            .arg(library)
            .output()
            .map_err(|error| Failure::Missing { program: linker.display().to_string(), error })
    };
    let mut needs = Vec::new();
    let first = run(&[])?;
    if !first.status.success() {
        let message = String::from_utf8_lossy(&first.stderr);
        // The panic handler calls what is nowhere defined, so a function that can panic does not link.
        let second = run(&["--defsym", "a_panic_is_left_in_the_program=0"])?;
        if !message.contains("undefined symbol: a_panic_is_left_in_the_program") || !second.status.success() {
            return Err(Failure::Other(format!("`{symbol}` does not link: {message}")));
        }
        let program = Program::read(output)?;
        let through = program.symbols.iter().find(|name| name.starts_with("core::panicking::"));
        needs.push((Need::Panic, through.cloned().unwrap_or_default()));
    }
    let program = Program::read(output)?;
    if !program.symbols.iter().any(|name| name == symbol) {
        return Err(Failure::Other(format!("there is no `{symbol}` in the library")));
    }
    for symbol in &program.symbols {
        needs.extend(shown_by(symbol).map(|need| (need, symbol.clone())));
    }
    if program.data > 0 {
        needs.push((Need::Data, format!("{} bytes", program.data)));
    }
    if program.bss > 0 {
        needs.push((Need::Bss, format!("{} bytes", program.bss)));
    }
    needs.sort();
    needs.dedup_by_key(|(need, _)| *need);
    Ok(Linked { needs, code: program.code })
}

/// What a symbol shows to be needed.
fn shown_by(symbol: &str) -> Option<Need> {
    let has = |words: &[&str]| words.iter().any(|word| symbol.contains(word));
    let begins = |words: &[&str]| words.iter().any(|word| symbol.starts_with(word));
    if has(&["__rust_alloc", "__rg_alloc", "__rdl_alloc", "alloc::alloc", "handle_alloc_error"]) || symbol == "malloc" {
        return Some(Need::Allocator);
    }
    // The run-time ABI of Arm, and libgcc's names.
    let is_float = symbol.strip_prefix("__").is_some_and(|name| {
        let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
        ["sf", "df", "tf", "sfsi", "dfsi", "unssfsi", "unsdfsi", "sfdi", "dfdi", "sisf", "sidf", "disf", "didf"]
            .iter()
            .any(|end| name.ends_with(end))
    });
    if is_float || begins(&["__aeabi_f", "__aeabi_d", "__aeabi_i2f", "__aeabi_i2d", "__aeabi_ui2", "__aeabi_l2"]) {
        return Some(Need::FloatingPoint);
    }
    let divisions = ["ldivmod", "divdi3", "moddi3", "divmoddi4", "u64_div_rem", "i64_div_rem"];
    if has(&divisions) {
        return Some(Need::Division);
    }
    // `core::fmt::Write` alone is a trait with one function, and costs what that costs.
    if has(&["core::fmt::"]) && !has(&["core::fmt::Write"]) || has(&["core::fmt::Write::write_fmt"]) {
        return Some(Need::Formatting);
    }
    None
}
