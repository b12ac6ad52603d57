//! Every public function of nenpyo-kiosk as a symbol of its own.

#[path = "kiosk/list.rs"]
mod list;

use core::convert::Infallible;
use core::hint::black_box;

use embedded_graphics_core::Pixel;
use embedded_graphics_core::draw_target::DrawTarget;
use embedded_graphics_core::geometry::{OriginDimensions, Size};
use embedded_graphics_core::pixelcolor::{PixelColor, Rgb888};
use nenpyo::{Chronicle, Text};
use nenpyo_kiosk::layout::{Heights, Layout, Line, Measure};
use nenpyo_kiosk::{Drawn, Event, Kiosk, Now, State};

use list::kiosk;

/// What the functions are given.
struct Stage<'a> {
    chronicle: &'a Chronicle<'a>,
    kiosk: &'a Kiosk<'a>,
    state: &'a mut State,
    drawn: &'a mut Drawn,
    event: Event,
    now: Now,
    size: Size,
    layout: Layout<'a, Cells>,
    text: Text<'a>,
    line: Line<Text<'a>>,
}

/// A panel that nobody sees.
struct Panel<C>(C);

impl<C> OriginDimensions for Panel<C> {
    fn size(&self) -> Size {
        Size::new(320, 240)
    }
}

impl<C: PixelColor> DrawTarget for Panel<C> {
    type Color = C;
    type Error = Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<C>>>(&mut self, pixels: I) -> Result<(), Infallible> {
        for Pixel(point, color) in pixels {
            black_box(point);
            self.0 = color;
        }
        Ok(())
    }
}

/// A panel of this colour.
fn panel<C: PixelColor + From<Rgb888>>() -> Panel<C> {
    Panel(Rgb888::new(0, 0, 0).into())
}

/// Characters whose widths nobody knows.
struct Cells;

impl Measure for Cells {
    fn advance(&self, character: char) -> u16 {
        black_box(character) as u16
    }

    fn ruby_advance(&self, character: char) -> u16 {
        black_box(character) as u16
    }

    fn heights(&self) -> Heights {
        black_box(Heights::default())
    }
}

macro_rules! symbols {
    ($($name:literal => |$stage:ident| $answer:expr;)*) => {
        $(const _: () = {
            // SAFETY: no other symbol has the path of a Rust function as its name.
            #[unsafe(export_name = $name)]
            fn function($stage: &mut Stage<'_>) {
                let _ = black_box($answer);
            }
        };)*
    };
}

kiosk!(symbols);
