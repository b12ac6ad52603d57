//! The 128x64 OLED of the Stellaris LM3S6965 evaluation board: an SSD0323 with sixteen greys on a serial bus.

use core::convert::Infallible;

use embedded_graphics_core::Pixel;
use embedded_graphics_core::draw_target::DrawTarget;
use embedded_graphics_core::geometry::{Dimensions, OriginDimensions, Size};
use embedded_graphics_core::pixelcolor::{Gray4, IntoStorage};
use embedded_graphics_core::primitives::Rectangle;
use nenpyo_kiosk::{Drawn, Kiosk, State};

use crate::Panel;
use crate::register::Register;

const WIDTH: u32 = 128;
const HEIGHT: u32 = 64;
/// Bytes of a row: two pixels each, the left one in the upper half.
const ROW: usize = WIDTH as usize / 2;

/// What is on the panel. 4 KB.
pub struct Frame([u8; ROW * HEIGHT as usize]);

impl Frame {
    /// A dark panel.
    pub const DARK: Self = Self([0; ROW * HEIGHT as usize]);

    /// The bytes of a row from one column to another; of columns in the middle of a byte, all of it.
    fn bytes(&self, y: usize, columns: (usize, usize)) -> &[u8] {
        let row = y * ROW;
        self.0.get(row + columns.0 / 2..row + columns.1.div_ceil(2)).unwrap_or_default()
    }

    /// Sets a pixel, if it is one of the panel's.
    #[inline]
    fn set(&mut self, x: i32, y: i32, level: u8) {
        // What is negative lies beyond the end, too.
        let (x, y) = (x as usize, y as usize);
        if x < WIDTH as usize
            && y < HEIGHT as usize
            && let Some(byte) = self.0.get_mut(y * ROW + x / 2)
        {
            *byte = if x & 1 == 0 { *byte & 0x0F | level << 4 } else { *byte & 0xF0 | level };
        }
    }
}

impl OriginDimensions for Frame {
    fn size(&self) -> Size {
        Size::new(WIDTH, HEIGHT)
    }
}

/// The columns and rows of the panel that an area has.
fn sides(area: &Rectangle) -> [(usize, usize); 2] {
    let side = |from: i32, length: u32, most: u32| {
        let within = |at: i32| at.max(0).unsigned_abs().min(most) as usize;
        (within(from), within(from.saturating_add_unsigned(length)))
    };
    [side(area.top_left.x, area.size.width, WIDTH), side(area.top_left.y, area.size.height, HEIGHT)]
}

impl DrawTarget for Frame {
    type Color = Gray4;
    type Error = Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<Gray4>>>(&mut self, pixels: I) -> Result<(), Infallible> {
        for Pixel(point, color) in pixels {
            self.set(point.x, point.y, color.into_storage());
        }
        Ok(())
    }

    fn fill_contiguous<I: IntoIterator<Item = Gray4>>(
        &mut self,
        area: &Rectangle,
        colors: I,
    ) -> Result<(), Infallible> {
        let mut colors = colors.into_iter();
        let Rectangle { top_left, size } = *area;
        for y in top_left.y..top_left.y.saturating_add_unsigned(size.height) {
            for x in top_left.x..top_left.x.saturating_add_unsigned(size.width) {
                let Some(color) = colors.next() else { return Ok(()) };
                self.set(x, y, color.into_storage());
            }
        }
        Ok(())
    }

    fn fill_solid(&mut self, area: &Rectangle, color: Gray4) -> Result<(), Infallible> {
        let [(left, right), rows] = sides(area);
        let level = color.into_storage();
        for y in rows.0..rows.1 {
            // What does not fill a byte at either end is set by itself.
            if left & 1 == 1 && left < right {
                self.set(left as i32, y as i32, level);
            }
            if right & 1 == 1 && left < right {
                self.set(right as i32 - 1, y as i32, level);
            }
            let row = y * ROW;
            if let Some(bytes) = self.0.get_mut(row + left.div_ceil(2)..row + right / 2) {
                bytes.fill(level << 4 | level);
            }
        }
        Ok(())
    }
}

/// The panel on its bus.
pub struct Oled {
    frame: &'static mut Frame,
    bus: Bus,
}

impl Oled {
    /// Switches the panel on, dark.
    pub fn new(frame: &'static mut Frame) -> Self {
        let mut oled = Self { frame, bus: Bus::new() };
        // Even rows above odd ones, columns from the left, as the panel is wired; then on.
        oled.bus.command(&[0xA0, 0x52]);
        oled.bus.command(&[0xAF]);
        oled.flush(&oled.frame.bounding_box());
        oled
    }

    /// Sends an area to the panel.
    fn flush(&mut self, area: &Rectangle) {
        let [columns, rows] = sides(area);
        if columns.0 >= columns.1 || rows.0 >= rows.1 {
            return;
        }
        // A window is told by its first and last column of bytes, and its first and last row.
        self.bus.command(&[0x15, (columns.0 / 2) as u8, (columns.1.div_ceil(2) - 1) as u8]);
        self.bus.command(&[0x75, rows.0 as u8, (rows.1 - 1) as u8]);
        for y in rows.0..rows.1 {
            self.bus.data(self.frame.bytes(y, columns));
        }
    }
}

impl Panel for Oled {
    fn redraw(&mut self, kiosk: &Kiosk<'_>, state: &State, drawn: &mut Drawn) {
        // Each part would go through the screen once more; all of them together go through it once.
        let around = |one: Rectangle, other: Rectangle| {
            let end = |area: &Rectangle| area.top_left + area.size;
            let top_left = one.top_left.component_min(other.top_left);
            let size = end(&one).component_max(end(&other)) - top_left;
            Rectangle { top_left, size: Size::new(size.x.unsigned_abs(), size.y.unsigned_abs()) }
        };
        if let Some(changed) = kiosk.changes(state, drawn).reduce(around) {
            let Ok(()) = kiosk.draw_within(state, changed, self.frame);
            self.flush(&changed);
        }
    }
}

/// The serial bus and the pin that says whether it carries commands or data.
struct Bus {
    data: Register<u32>,
    status: Register<u32>,
    is_data: Register<u32>,
}

impl Bus {
    fn new() -> Self {
        // SAFETY: these are registers of this microcontroller (LM3S6965 data sheet, chapters 6, 9 and 14); none is memory.
        let [peripherals, ports, port_a, port_c, function_a, direction_c, digital_c, control_0, control_1, prescale] = unsafe {
            [
                0x400F_E104,
                0x400F_E108,
                0x4000_451C,
                0x4000_6200,
                0x4000_4420,
                0x4000_6400,
                0x4000_651C,
                0x4000_8000,
                0x4000_8004,
                0x4000_8010,
            ]
            .map(|address| Register::<u32>::new(address))
        };
        let set = |register: &Register<u32>, bits: u32| register.write(register.read() | bits);
        // Clocks for the bus and the ports A and C; clock, select and data of the bus are on port A, pin 7 of port C says
        // what it carries.
        set(&peripherals, 1 << 4);
        set(&ports, 1 << 0 | 1 << 2);
        set(&port_a, 1 << 2 | 1 << 3 | 1 << 5);
        set(&function_a, 1 << 2 | 1 << 3 | 1 << 5);
        set(&direction_c, 1 << 7);
        set(&digital_c, 1 << 7);
        // Eight bits, idle high, taken as the clock rises; the slowest that is fast enough for the panel.
        control_1.write(0);
        control_0.write(0b1100_0111);
        prescale.write(4);
        control_1.write(1 << 1);
        // SAFETY: as above.
        let [data, status] = unsafe { [0x4000_8008, 0x4000_800C].map(|address| Register::new(address)) };
        Self { data, status, is_data: port_c }
    }

    fn command(&mut self, bytes: &[u8]) {
        self.is_data.write(0);
        self.send(bytes);
    }

    fn data(&mut self, bytes: &[u8]) {
        self.is_data.write(1 << 7);
        self.send(bytes);
    }

    fn send(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.data.write(u32::from(*byte));
            // Until it has come out: the pin must not change before, and what comes in fills a queue that would stop it.
            while self.status.read() >> 4 & 1 == 1 {}
            self.data.read();
        }
    }
}
