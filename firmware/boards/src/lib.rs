//! The one table of boards ([`boards.toml`](../boards.toml)), read by the programs' build script, by the emulator and by
//! whoever installs what they need.

use serde::Deserialize;

/// What to install where an emulator is missing.
pub const INSTALL: &str = "install QEMU for Arm and RISC-V: qemu-system-arm and qemu-system-riscv (Debian 13, Ubuntu \
                           25.04 and later, Fedora, Arch), qemu-system-arm and qemu-system-misc (older Debian and \
                           Ubuntu), or qemu (Homebrew)";

/// A board: what emulates it, and its memory map.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Board {
    /// Its name.
    pub name: String,
    /// What a reader calls it.
    pub family: String,
    /// The program that emulates it.
    pub emulator: String,
    /// The machine of the emulator.
    pub machine: String,
    /// The processor, where the machine has several.
    pub cpu: Option<String>,
    /// The Rust target.
    pub target: String,
    /// What counts instructions.
    pub counter: Counter,
    /// Whether the stack of every lookup is held to its bound here.
    #[serde(default)]
    pub stack: bool,
    /// Where programs and tables lie.
    pub flash: Memory,
    /// Where the stack lies.
    pub ram: Memory,
    /// More memory, which nothing is linked into: what the emulator loads for a bench lies there.
    pub more: Option<Memory>,
}

/// What counts instructions.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Counter {
    /// The timer of Cortex-M with its frequency in hertz; it counts time, which the emulator makes of instructions.
    Systick(u32),
    /// The counter of retired instructions of RISC-V.
    Minstret,
}

/// A stretch of addresses.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Memory {
    /// The first address.
    pub origin: u32,
    /// How long it is.
    pub kibibytes: u32,
}

impl Memory {
    /// How many bytes it holds.
    #[must_use]
    pub const fn bytes(self) -> u64 {
        self.kibibytes as u64 * 1024
    }
}

#[derive(Deserialize)]
struct Table {
    board: Vec<Board>,
}

/// All boards, in the order of the table.
///
/// # Panics
///
/// If the table is no table of boards.
#[must_use]
pub fn boards() -> Vec<Board> {
    let table: Table = toml::from_str(include_str!("../boards.toml")).expect("boards.toml is a table of boards");
    table.board
}

/// The board with this name.
///
/// # Panics
///
/// If there is none; it says which there are.
#[must_use]
pub fn board(name: &str) -> Board {
    let all = boards();
    let names: Vec<String> = all.iter().map(|board| board.name.clone()).collect();
    let found = all.into_iter().find(|board| board.name == name);
    found.unwrap_or_else(|| panic!("there is no board {name:?} in boards.toml; there are {}", names.join(", ")))
}

/// The board to build for: the one with this name, or the first that has the target.
///
/// # Errors
///
/// If the named board has another target, or no board has this one.
pub fn board_for(name: Option<&str>, target: &str) -> Result<Board, String> {
    let named = |board: &Board| name.is_none_or(|name| board.name == name);
    let found = boards().into_iter().find(|board| board.target == target && named(board));
    found.ok_or_else(|| format!("boards.toml has no board {} with the target {target}", name.unwrap_or_default()))
}

impl Board {
    /// The memory map as `cortex-m-rt` and `riscv-rt` read it. `flash` replaces the length of its flash.
    #[must_use]
    pub fn memory_map(&self, flash: Option<u32>) -> String {
        let line = |name: &str, access: &str, memory: Memory, kibibytes: u32| {
            format!("    {name} ({access}) : ORIGIN = {:#010x}, LENGTH = {kibibytes}K\n", memory.origin)
        };
        let regions = line("FLASH", "rx", self.flash, flash.unwrap_or(self.flash.kibibytes))
            + &line("RAM", "rwx", self.ram, self.ram.kibibytes);
        let regions_of_memory = [
            ("TEXT", "FLASH"),
            ("RODATA", "FLASH"),
            ("DATA", "RAM"),
            ("BSS", "RAM"),
            ("HEAP", "RAM"),
            ("STACK", "RAM"),
        ];
        let alias = |(region, memory): (&str, &str)| format!("REGION_ALIAS(\"REGION_{region}\", {memory});\n");
        // Only `riscv-rt` asks for these.
        let aliases: String = regions_of_memory.into_iter().map(alias).collect();
        format!("MEMORY\n{{\n{regions}}}\n{aliases}")
    }
}
