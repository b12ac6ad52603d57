//! What the linker says it has put into a program.

use crate::build::linked;
use crate::image::Home;
use crate::{Board, Failure, Result};

/// A linker map.
#[derive(Clone, Debug)]
pub struct Map {
    /// The bytes of each constant.
    pub constants: Vec<u64>,
}

impl Map {
    /// The map of a program with const tables.
    ///
    /// # Errors
    ///
    /// If it cannot be built, or no map is found beside it.
    pub fn of(board: &Board, name: &str, sections: &[&str]) -> Result<Self> {
        let program = linked(board, name, &Home::Baked.features(sections), board.flash.kibibytes.max(1024))?;
        let map = program.with_extension("map");
        let text =
            std::fs::read_to_string(&map).map_err(|error| Failure::Other(format!("{}: {error}", map.display())))?;
        Ok(Self::parse(&text))
    }

    /// Reads the map of lld: address, address in flash, size, alignment, and what it is; the inputs of a section are
    /// set in by eight spaces and end with their own section in brackets.
    fn parse(text: &str) -> Self {
        let constant = |line: &str| {
            let mut words = line.split_whitespace();
            let size = words.nth(2)?;
            line.contains(":(.rodata").then(|| u64::from_str_radix(size, 16).ok()).flatten()
        };
        Self { constants: text.lines().filter_map(constant).collect() }
    }
}
