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
        command.arg("-o").arg(output).arg(library).output().map_err(|error| Failure::rust("rust-lld", error))
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
    // The entrances of the allocator, and whatever lives on it.
    if has(&["__rust_alloc", "__rust_realloc", "__rg_", "__rdl_", "handle_alloc_error"])
        || begins(&["alloc::", "<alloc::", "malloc", "calloc", "realloc"])
    {
        return Some(Need::Allocator);
    }
    if is_floating_point(symbol) {
        return Some(Need::FloatingPoint);
    }
    if has(&["ldivmod", "divdi3", "moddi3", "divmoddi4", "u64_div_rem", "i64_div_rem", "__udivti", "__divti"]) {
        return Some(Need::Division);
    }
    // `core::fmt::Write` alone is a trait with one function, and costs what that costs.
    if has(&["core::fmt::"]) && !has(&["core::fmt::Write"]) || has(&["core::fmt::Write::write_fmt"]) {
        return Some(Need::Formatting);
    }
    None
}

/// The run-time ABI of Arm, and libgcc's names: an operation and the types it goes from and to.
fn is_floating_point(symbol: &str) -> bool {
    let arm = ["f", "d", "cf", "cd", "h2", "i2f", "i2d", "ui2f", "ui2d", "l2f", "l2d", "ul2f", "ul2d"];
    if let Some(operation) = symbol.strip_prefix("__aeabi_") {
        return arm.iter().any(|begin| operation.starts_with(begin));
    }
    let Some(operation) = symbol.strip_prefix("__") else { return false };
    let operation = operation.trim_end_matches(|c: char| c.is_ascii_digit());
    let begins = ["add", "sub", "mul", "div", "neg", "cmp", "eq", "ne", "lt", "le", "gt", "ge", "unord", "pow"];
    let converts = ["fix", "float", "extend", "trunc"];
    let types = ["hf", "sf", "df", "tf"];
    converts.iter().any(|begin| operation.starts_with(begin))
        || begins.iter().any(|begin| operation.starts_with(begin)) && types.iter().any(|end| operation.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::{Need, shown_by};

    #[test]
    fn symbols_show_what_is_needed() {
        let float = "__aeabi_fmul __aeabi_dadd __aeabi_cfcmple __aeabi_ui2d __aeabi_ul2f __aeabi_h2f __addsf3 __muldf3 \
                     __floatundisf __fixunssfti __extendsfdf2 __truncdfsf2 __ltsf2 __unorddf2 __powisf2";
        let division = "__aeabi_uldivmod __aeabi_ldivmod __udivdi3 __umoddi3 __divdi3 __moddi3 __udivmoddi4";
        let allocator = "__rust_alloc __rustc::__rust_realloc __rg_alloc alloc::raw_vec::finish_grow malloc";
        let formatting = "core::fmt::write core::fmt::Write::write_fmt";
        let nothing = "__aeabi_uidiv __aeabi_lmul __aeabi_memcpy __muldi3 __mulsi3 __clzsi2 memcpy __divsi3 \
                       core::fmt::Write::write_char nenpyo::date::japanese::write";
        let lists = [
            (Some(Need::FloatingPoint), float),
            (Some(Need::Division), division),
            (Some(Need::Allocator), allocator),
            (Some(Need::Formatting), formatting),
            (None, nothing),
        ];
        for (need, symbols) in lists {
            for symbol in symbols.split_whitespace() {
                assert_eq!(shown_by(symbol), need, "{symbol}");
            }
        }
        assert_eq!(shown_by("<core::fmt::Formatter>::pad_integral"), Some(Need::Formatting));
    }
}
