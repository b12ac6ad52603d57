//! What a screen is made of: items, one on top of the other, each of which says where it is and what it shows.
//!
//! A screen gives its items to a [`Sink`], and is gone through once for each thing that is wanted of it: to draw it, to see
//! which parts of it have changed, to find what lies under a finger. So nothing of it is kept in memory.

use embedded_graphics_core::draw_target::DrawTarget;
use embedded_graphics_core::pixelcolor::{PixelColor, Rgb888};
use nenpyo::Text;

use crate::area::{Area, pixels};
use crate::face::Face;
use crate::layout::{Layout, Line};
use crate::palette::Look;
use crate::state::Action;

/// A part of a screen.
pub(crate) struct Item<'i> {
    /// Where it is; nothing of it is drawn outside.
    pub(crate) area: Area,
    /// Its colours: the area is painted with the ground first.
    pub(crate) look: Look,
    /// What is drawn on that.
    pub(crate) picture: Picture<'i>,
    /// What happens when it is touched or selected.
    pub(crate) action: Option<Action>,
    /// Its number among those that buttons go through.
    pub(crate) number: Option<u16>,
}

/// What is drawn on the ground of an item.
#[derive(Clone, Copy)]
pub(crate) enum Picture<'i> {
    /// Not even the ground: what is below it is seen.
    None,
    /// The ground alone.
    Blank,
    /// A line of text, so far from the left and the top of the area.
    Line { line: &'i Line<Text<'i>>, layout: &'i Layout<'i, Face<'i>>, x: i16, y: i16 },
    /// A disc as large as the area allows.
    Disc,
    /// Its edge, within which is the ground.
    Ring,
    /// A square code for cameras, each module so many pixels.
    #[cfg(feature = "qr")]
    Code { code: &'i crate::code::Code<'i>, scale: i16 },
}

/// Where items go.
pub(crate) trait Sink {
    fn put(&mut self, item: &Item<'_>);
}

/// The fifteenths of ink that are only ink.
const INK: u8 = 15;

/// What is so many fifteenths between ground and ink, in the colours of a panel.
#[inline(never)]
fn shade<C: From<Rgb888>>(look: Look, fifteenths: u8) -> C {
    look.ground.between(look.ink, fifteenths).into()
}

/// The colours of the levels that pixels of glyphs have, from ground to ink.
struct Shades<C> {
    depth: u8,
    colors: [C; 16],
}

impl<C: Copy + From<Rgb888>> Shades<C> {
    /// Those of pixels of so many bits; with one bit there are two.
    #[inline(never)]
    fn of(look: Look, depth: u8) -> Self {
        let mut colors = [shade(look, 0); 16];
        let (levels, step) = if depth == 1 { (2, INK) } else { (INK + 1, 1) };
        for (level, color) in (0..levels).zip(&mut colors) {
            *color = shade(look, level.wrapping_mul(step));
        }
        Self { depth, colors }
    }
}

/// Draws items, but for what lies outside of a part of the panel.
pub(crate) struct Painter<'t, D: DrawTarget> {
    pub(crate) target: &'t mut D,
    pub(crate) within: Area,
    pub(crate) result: Result<(), D::Error>,
}

impl<D> Sink for Painter<'_, D>
where
    D: DrawTarget,
    D::Color: PixelColor + From<Rgb888>,
{
    fn put(&mut self, item: &Item<'_>) {
        if self.result.is_ok() && item.area.meets(self.within) {
            self.result = self.paint(item);
        }
    }
}

impl<D> Painter<'_, D>
where
    D: DrawTarget,
    D::Color: PixelColor + From<Rgb888>,
{
    fn paint(&mut self, item: &Item<'_>) -> Result<(), D::Error> {
        let Item { area, look, .. } = *item;
        let (ground, ink) = (shade(look, 0), shade(look, INK));
        match item.picture {
            Picture::None => Ok(()),
            Picture::Blank => self.fill(area, ground),
            Picture::Disc => self.disc(area, ink),
            Picture::Ring => {
                self.disc(area, ink)?;
                let thickness = (area.width.min(area.height) / 5).max(1);
                self.disc(area.inset(thickness, thickness), ground)
            }
            Picture::Line { line, layout, x, y } => {
                self.fill(area, ground)?;
                self.line(area, look, line, layout, (x, y))
            }
            #[cfg(feature = "qr")]
            Picture::Code { code, scale } => {
                self.fill(area, ground)?;
                code.dark(scale, |module| {
                    let module = Area { x: area.x + module.x, y: area.y + module.y, ..module };
                    self.fill(module.intersection(area), ink)
                })
            }
        }
    }

    #[inline(never)]
    fn fill(&mut self, area: Area, color: D::Color) -> Result<(), D::Error> {
        let area = area.intersection(self.within);
        if area.is_empty() { Ok(()) } else { self.target.fill_solid(&area.into(), color) }
    }

    /// Row by row, so far to the left and right as the circle is wide there.
    #[inline(never)]
    fn disc(&mut self, area: Area, color: D::Color) -> Result<(), D::Error> {
        let diameter = area.width.min(area.height);
        let (left, top) = (area.x + (area.width - diameter) / 2, area.y + (area.height - diameter) / 2);
        for row in 0..diameter {
            // Doubled, the centre and the middle of each pixel are whole numbers.
            let up = row * 2 + 1 - diameter;
            let rest = i32::from(diameter) * i32::from(diameter) - i32::from(up) * i32::from(up);
            let mut width = diameter;
            while width > 0 && i32::from(width - 1) * i32::from(width - 1) > rest {
                width -= 2;
            }
            self.fill(Area::new(left + (diameter - width) / 2, top + row, width, 1), color)?;
        }
        Ok(())
    }

    fn line(
        &mut self,
        area: Area,
        look: Look,
        line: &Line<Text<'_>>,
        layout: &Layout<'_, Face<'_>>,
        (x, y): (i16, i16),
    ) -> Result<(), D::Error> {
        let face = layout.measure;
        let mut shades = Shades { depth: 0, colors: [shade(look, 0); 16] };
        let within = area.intersection(self.within);
        let (left, top) = (area.x + x, area.y + y);
        let ascent = pixels(line.baseline) - pixels(line.top);
        let mut result = Ok(());
        layout.place(line, |placed| {
            let Some(glyphs) = face.glyphs(placed.is_ruby) else { return };
            let Some(glyph) = glyphs.get(placed.character) else { return };
            // The top of a line with readings is that of these; letters stand on the baseline.
            let above = if placed.is_ruby { 0 } else { ascent - i16::from(glyphs.baseline()) };
            let x = left + pixels(placed.x);
            let area = Area::new(x, top + above, i16::from(glyph.width()), i16::from(glyph.height()));
            if result.is_ok() && area.meets(within) {
                if glyphs.depth() != shades.depth {
                    shades = Shades::of(look, glyphs.depth());
                }
                result = self.glyph(area, within, &glyph, &shades);
            }
        });
        result
    }

    #[inline(never)]
    fn glyph(
        &mut self,
        area: Area,
        within: Area,
        glyph: &nenpyo::Glyph<'_>,
        shades: &Shades<D::Color>,
    ) -> Result<(), D::Error> {
        let is_whole = within.covers(area);
        let shown = if is_whole { area } else { area.intersection(within) };
        let mut pixels = glyph.pixels();
        let (mut x, mut y) = (area.x, area.y);
        let colors = core::iter::from_fn(|| {
            loop {
                let level = pixels.next()?;
                let is_shown = is_whole || shown.contains(x, y);
                x += 1;
                if x >= area.right() {
                    (x, y) = (area.x, y + 1);
                }
                if is_shown {
                    return shades.colors.get(usize::from(level)).copied();
                }
            }
        });
        self.target.fill_contiguous(&shown.into(), colors)
    }
}
