//! The address of a source as a QR code (ISO/IEC 18004), which a telephone takes along.

use qrcodegen_no_heap::{QrCode, QrCodeEcc, Version};

use crate::area::Area;
use crate::canvas::Picture;
use crate::page::Page;
use crate::palette::Look;

/// How many bytes codes hold at the lowest level of error correction, version by version (ISO/IEC 18004, table 7), as far as
/// addresses need.
const BYTES: [usize; 10] = [17, 32, 53, 78, 106, 134, 154, 192, 230, 271];

/// The largest code: 57 modules a side.
const LARGEST: Version = Version::new(BYTES.len() as u8);

/// Light modules around a code, as the standard asks for.
const QUIET: i16 = 4;

/// The least pixels of a module that telephones read off a panel.
pub(crate) const LEAST: i16 = 2;

/// Which version the code of an address is; `None` of one that is too long.
fn version(address: &str) -> Option<u8> {
    let number = BYTES.iter().position(|bytes| address.len() <= *bytes)?;
    Some(number as u8 + 1)
}

/// How many modules a side the code of an address has, quiet ones included; `None` of one that is too long.
pub(crate) fn side(address: &str) -> Option<i16> {
    Some(i16::from(version(address)?) * 4 + 17 + QUIET * 2)
}

/// A code.
pub(crate) struct Code<'c>(QrCode<'c>);

impl Code<'_> {
    /// Each run of dark modules, every one so many pixels.
    pub(crate) fn dark<E>(&self, scale: i16, mut each: impl FnMut(Area) -> Result<(), E>) -> Result<(), E> {
        for y in 0..self.0.size() {
            let mut from = None;
            // One beyond the edge is light.
            for x in 0..=self.0.size() {
                match (self.0.get_module(x, y), from) {
                    (true, None) => from = Some(x),
                    (false, Some(start)) => {
                        from = None;
                        let (left, top) = ((start as i16 + QUIET) * scale, (y as i16 + QUIET) * scale);
                        each(Area::new(left, top, (x - start) as i16 * scale, scale))?;
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

/// Puts the code of an address at the left and top of an area, each module so many pixels.
pub(crate) fn put(page: &mut Page<'_>, area: Area, address: &str, scale: i16) {
    let (Some(version), Some(side)) = (version(address), side(address)) else { return };
    let mut temporary = [0; LARGEST.buffer_len()];
    let mut modules = [0; LARGEST.buffer_len()];
    let version = Version::new(version);
    let (bytes, level) = (address.len(), QrCodeEcc::Low);
    let Some(data) = temporary.get_mut(..bytes) else { return };
    data.copy_from_slice(address.as_bytes());
    let code = QrCode::encode_binary(&mut temporary, bytes, &mut modules, level, version, version, None, true);
    let Ok(code) = code.map(Code) else { return };
    let area = Area { width: side * scale, height: side * scale, ..area };
    page.picture(area, Look::CODE, Picture::Code { code: &code, scale });
}
