//! The 800x480 colour display of the emulator's `virt` machine: `bochs-display`, a frame buffer on a bus.

use core::convert::Infallible;

use embedded_graphics_core::Pixel;
use embedded_graphics_core::draw_target::DrawTarget;
use embedded_graphics_core::geometry::{Dimensions, OriginDimensions, Size};
use embedded_graphics_core::pixelcolor::{IntoStorage, Rgb565};
use embedded_graphics_core::primitives::Rectangle;
use nenpyo_kiosk::{Drawn, Kiosk, State};

use crate::Panel;
use crate::register::Register;

const WIDTH: u32 = 800;
const HEIGHT: u32 = 480;
/// Where the first bus tells of its devices: `virt` has it there.
const ECAM: usize = 0x3000_0000;
/// Where the display's memory and registers are put: within what `virt` keeps free for devices.
const MEMORY: u32 = 0x4000_0000;
const REGISTERS: u32 = 0x4200_0000;

/// The display.
pub struct Tft(());

impl Tft {
    /// Finds the display and switches it on; `None` where there is none.
    #[must_use]
    pub fn new() -> Option<Self> {
        let device = (0..32).map(|number| ECAM + (number << 15)).find(|device| {
            // SAFETY: the first words of all devices of a bus are there, whether the devices are or not.
            let identity = unsafe { Register::<u32>::new(*device) };
            identity.read() == 0x1111_1234
        })?;
        // SAFETY: it is a device, so these are registers of it.
        let [command, memory, registers] =
            unsafe { [0x04, 0x10, 0x18].map(|offset| Register::<u32>::new(device + offset)) };
        memory.write(MEMORY);
        registers.write(REGISTERS);
        command.write(command.read() | 1 << 1);
        // The mode is set while it is off.
        for (index, value) in [(4, 0), (1, WIDTH as u16), (2, HEIGHT as u16), (3, 16), (4, 0x41)] {
            // SAFETY: the device has its registers there now.
            unsafe { Register::<u16>::new(REGISTERS as usize + 0x500 + index * 2) }.write(value);
        }
        Some(Self(()))
    }
}

/// Sets a pixel of a display that is switched on.
fn set(_: &mut Tft, x: i32, y: i32, color: Rgb565) {
    let within = |at: i32, length: u32| u32::try_from(at).ok().filter(|at| *at < length);
    let (Some(x), Some(y)) = (within(x, WIDTH), within(y, HEIGHT)) else { return };
    let address = MEMORY + (y * WIDTH + x) * 2;
    // SAFETY: the device has its memory there, and the pixel is one of those that are shown.
    unsafe { Register::<u16>::new(address as usize) }.write(color.into_storage());
}

impl OriginDimensions for Tft {
    fn size(&self) -> Size {
        Size::new(WIDTH, HEIGHT)
    }
}

impl DrawTarget for Tft {
    type Color = Rgb565;
    type Error = Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<Rgb565>>>(&mut self, pixels: I) -> Result<(), Infallible> {
        for Pixel(point, color) in pixels {
            set(self, point.x, point.y, color);
        }
        Ok(())
    }

    fn fill_contiguous<I: IntoIterator<Item = Rgb565>>(
        &mut self,
        area: &Rectangle,
        colors: I,
    ) -> Result<(), Infallible> {
        let mut colors = colors.into_iter();
        for y in area.top_left.y..area.top_left.y + area.size.height as i32 {
            for x in area.top_left.x..area.top_left.x + area.size.width as i32 {
                let Some(color) = colors.next() else { return Ok(()) };
                set(self, x, y, color);
            }
        }
        Ok(())
    }

    fn fill_solid(&mut self, area: &Rectangle, color: Rgb565) -> Result<(), Infallible> {
        let area = area.intersection(&self.bounding_box());
        self.fill_contiguous(&area, core::iter::repeat(color))
    }
}

impl Panel for Tft {
    fn redraw(&mut self, kiosk: &Kiosk<'_>, state: &State, drawn: &mut Drawn) {
        let Ok(_) = kiosk.redraw(state, drawn, self);
    }
}
