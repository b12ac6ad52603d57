//! Numbers in figures, without the formatting of `core`, which is several kilobytes.

use heapless::string::StringView;

/// Writes a number, as far as there is room.
pub(crate) fn number(out: &mut StringView, number: u32) {
    let mut divisor = 1_000_000_000_u32;
    let mut has_begun = false;
    while divisor > 0 {
        let digit = (number / divisor % 10) as u8;
        has_begun |= digit > 0 || divisor == 1;
        if has_begun {
            let _ = out.push(char::from(b'0' + digit));
        }
        divisor /= 10;
    }
}

/// Writes one of so many: `2/5`.
pub(crate) fn fraction(out: &mut StringView, one: u32, all: u32) {
    number(out, one);
    let _ = out.push('/');
    number(out, all);
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_are_as_rust_writes_them() {
        for one in [0, 1, 9, 10, 305, 99_999, u32::MAX] {
            let mut line = heapless::String::<24>::new();
            super::fraction(&mut line, one, one / 3);
            assert_eq!(line.as_str(), std::format!("{one}/{}", one / 3));
        }
    }
}
