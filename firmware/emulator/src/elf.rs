//! What a linked program holds.

use std::path::Path;

use object::read::elf::ElfFile32;
use object::{Object as _, ObjectSection as _, ObjectSymbol as _, SectionKind};

use crate::{Failure, Result};

/// A linked program.
#[derive(Clone, Debug)]
pub struct Program {
    /// Bytes of code.
    pub code: u64,
    /// Bytes of tables for unwinding, which `riscv-rt` keeps and nobody reads.
    pub unwinding: u64,
    /// What only is read: constants and tables.
    pub read_only: Vec<u8>,
    /// Bytes of memory that start filled.
    pub data: u64,
    /// Bytes of memory that start empty.
    pub bss: u64,
    /// The names of all symbols, demangled.
    pub symbols: Vec<String>,
}

impl Program {
    /// Reads a program.
    ///
    /// # Errors
    ///
    /// If the file is not there, or no program.
    pub fn read(path: &Path) -> Result<Self> {
        let other = |error: &dyn std::fmt::Display| Failure::Other(format!("{}: {error}", path.display()));
        let bytes = std::fs::read(path).map_err(|error| other(&error))?;
        let elf: ElfFile32 = ElfFile32::parse(bytes.as_slice()).map_err(|error| other(&error))?;
        let mut program = Self { code: 0, unwinding: 0, read_only: Vec::new(), data: 0, bss: 0, symbols: Vec::new() };
        for section in elf.sections() {
            match section.kind() {
                SectionKind::Text => program.code += section.size(),
                SectionKind::ReadOnlyData | SectionKind::ReadOnlyString => {
                    match section.name() {
                        // The vector table is part of the code that every program has.
                        Ok(".vector_table") => program.code += section.size(),
                        Ok(".eh_frame" | ".eh_frame_hdr") => program.unwinding += section.size(),
                        _ => program.read_only.extend(section.data().map_err(|error| other(&error))?),
                    }
                }
                SectionKind::Data => program.data += section.size(),
                // `riscv-rt` writes down where the stack lies; nothing static is there.
                SectionKind::UninitializedData if section.name() == Ok(".stack") => {}
                SectionKind::UninitializedData => program.bss += section.size(),
                _ => {}
            }
        }
        let demangled = |name: &str| format!("{:#}", rustc_demangle::demangle(name));
        program.symbols = elf.symbols().filter_map(|symbol| symbol.name().ok()).map(demangled).collect();
        Ok(program)
    }

    /// Whether these bytes lie in what only is read.
    #[must_use]
    pub fn holds(&self, bytes: &[u8]) -> bool {
        find(&self.read_only, bytes).is_some()
    }

    /// Bytes of flash.
    #[must_use]
    pub fn flash(&self) -> u64 {
        self.code + self.unwinding + self.read_only.len() as u64 + self.data
    }
}

/// Where bytes lie in others.
#[must_use]
pub fn find(all: &[u8], bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(all, bytes)
}
