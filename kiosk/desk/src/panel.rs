//! A panel: its size and how many colours it has.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use embedded_graphics_core::draw_target::DrawTarget;
use embedded_graphics_core::geometry::Size;
use embedded_graphics_core::pixelcolor::{BinaryColor, Gray4, PixelColor, Rgb565, Rgb888};
use nenpyo::Chronicle;
use nenpyo_kiosk::{Drawn, Kiosk, State};

use crate::{Frame, Picture};

/// How many bits a pixel has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Black and white.
    Mono,
    /// Sixteen levels of grey.
    Grey,
    /// 65,536 colours.
    Color,
}

impl Depth {
    /// That of most panels of a size.
    pub const fn of(size: Size) -> Self {
        if size.height <= 128 { Self::Grey } else { Self::Color }
    }
}

impl FromStr for Depth {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "1" => Ok(Self::Mono),
            "4" => Ok(Self::Grey),
            "16" => Ok(Self::Color),
            _ => Err("a panel has 1, 4 or 16 bits a pixel".to_owned()),
        }
    }
}

/// A panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panel {
    /// Pixels in a row, and rows.
    pub size: Size,
    /// Bits of a pixel.
    pub depth: Depth,
}

impl fmt::Display for Panel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = match self.depth {
            Depth::Mono => 1,
            Depth::Grey => 4,
            Depth::Color => 16,
        };
        write!(f, "{}x{}-{bits}", self.size.width, self.size.height)
    }
}

/// The pixels of a panel of some depth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Black and white.
    Mono(Frame<BinaryColor>),
    /// Greys.
    Grey(Frame<Gray4>),
    /// Colours.
    Color(Frame<Rgb565>),
}

impl Panel {
    /// A chronicle on it; `None` of one without glyphs.
    pub fn kiosk<'a>(&self, chronicle: &'a Chronicle<'a>) -> Option<Kiosk<'a>> {
        Kiosk::new(chronicle, self.size, self.depth != Depth::Mono)
    }

    /// What it shows, drawn anew.
    pub fn picture(&self, kiosk: &Kiosk<'_>, state: &State) -> Picture {
        let mut shown = self.dark();
        shown.redraw(kiosk, state, &mut Drawn::default());
        shown.picture()
    }

    /// The panel before anything is drawn.
    pub fn dark(&self) -> Shown {
        match self.depth {
            Depth::Mono => Shown::Mono(Frame::new(self.size, BinaryColor::Off)),
            Depth::Grey => Shown::Grey(Frame::new(self.size, Gray4::new(0))),
            Depth::Color => Shown::Color(Frame::new(self.size, Rgb565::new(0, 0, 0))),
        }
    }
}

impl Shown {
    /// Draws what has changed; whether anything had.
    pub fn redraw(&mut self, kiosk: &Kiosk<'_>, state: &State, drawn: &mut Drawn) -> bool {
        fn draw<C: PixelColor + From<Rgb888>>(
            frame: &mut Frame<C>,
            kiosk: &Kiosk<'_>,
            state: &State,
            drawn: &mut Drawn,
        ) -> Result<bool, Infallible>
        where
            Frame<C>: DrawTarget<Color = C, Error = Infallible>,
        {
            kiosk.redraw(state, drawn, frame)
        }
        let Ok(has_changed) = match self {
            Self::Mono(frame) => draw(frame, kiosk, state, drawn),
            Self::Grey(frame) => draw(frame, kiosk, state, drawn),
            Self::Color(frame) => draw(frame, kiosk, state, drawn),
        };
        has_changed
    }

    /// The same as a picture.
    pub fn picture(&self) -> Picture {
        match self {
            Self::Mono(frame) => frame.into(),
            Self::Grey(frame) => frame.into(),
            Self::Color(frame) => frame.into(),
        }
    }
}
