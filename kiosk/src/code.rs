//! The address of a source as a QR code (ISO/IEC 18004), which a telephone takes along.

use qrcodegen_no_heap::{QrCode, QrCodeEcc, Version};

use crate::area::Area;
use crate::canvas::Picture;
use crate::flow::Flow;
use crate::palette::Look;

/// The largest code: 57 modules a side, 271 bytes.
const LARGEST: Version = Version::new(10);

/// Light modules around a code, as the standard asks for.
const QUIET: i16 = 4;

/// The least pixels of a module that telephones read off a panel.
const LEAST: i16 = 2;

/// A code.
pub(crate) struct Code<'c>(QrCode<'c>);

impl Code<'_> {
    /// How many modules a side, quiet ones included.
    fn side(&self) -> i16 {
        self.0.size() as i16 + QUIET * 2
    }

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

/// Puts the code of an address into the flow, as large as half a page has room for, if it can be read at that size.
pub(crate) fn put(flow: &mut Flow<'_, '_>, address: &str) {
    let mut temporary = [0; LARGEST.buffer_len()];
    let mut modules = [0; LARGEST.buffer_len()];
    let least = Version::MIN;
    let code = QrCode::encode_text(address, &mut temporary, &mut modules, QrCodeEcc::Low, least, LARGEST, None, true);
    let Ok(code) = code.map(Code) else { return };
    let room = flow.room();
    let scale = room.width.min(room.height * 2 / 3).checked_div(code.side()).unwrap_or(0);
    let scale = if scale < LEAST {
        room.width.min(room.height).checked_div(code.side()).unwrap_or(0).min(LEAST)
    } else {
        scale.min(6)
    };
    if scale >= LEAST {
        let side = code.side() * scale;
        flow.picture(side, side, Look::CODE, Picture::Code { code: &code, scale });
    }
}
