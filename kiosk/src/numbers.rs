//! Numbers in figures, without the formatting of `core`, which is several kilobytes.

use core::fmt::{Result, Write};

/// Writes a number.
pub(crate) fn number(out: &mut impl Write, number: u32) -> Result {
    let mut divisor = 1_000_000_000_u32;
    let mut has_begun = false;
    while divisor > 0 {
        let digit = (number / divisor % 10) as u8;
        has_begun |= digit > 0 || divisor == 1;
        if has_begun {
            out.write_char(char::from(b'0' + digit))?;
        }
        divisor /= 10;
    }
    Ok(())
}

/// Writes one of so many: `2/5`.
pub(crate) fn fraction(out: &mut impl Write, one: u32, all: u32) -> Result {
    number(out, one)?;
    out.write_char('/')?;
    number(out, all)
}

#[cfg(test)]
mod tests {
    use std::string::String;

    #[test]
    fn numbers_are_as_rust_writes_them() {
        for one in [0, 1, 9, 10, 305, 99_999, u32::MAX] {
            let mut line = String::new();
            super::fraction(&mut line, one, one / 3).unwrap();
            assert_eq!(line, std::format!("{one}/{}", one / 3));
        }
    }
}
