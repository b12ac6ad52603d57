//! What is on a panel, and the same as a picture.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::io;
use std::path::Path;

use embedded_graphics_core::Pixel;
use embedded_graphics_core::draw_target::DrawTarget;
use embedded_graphics_core::geometry::{OriginDimensions, Size};
use embedded_graphics_core::pixelcolor::{PixelColor, Rgb888};
use embedded_graphics_core::prelude::RgbColor;

/// The pixels of a panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame<C> {
    size: Size,
    pixels: Vec<C>,
}

impl<C: PixelColor> Frame<C> {
    /// A panel that shows one colour.
    pub fn new(size: Size, color: C) -> Self {
        Self { size, pixels: vec![color; size.width as usize * size.height as usize] }
    }

    /// What it shows, row by row from the top left.
    pub fn pixels(&self) -> &[C] {
        &self.pixels
    }
}

impl<C: PixelColor> OriginDimensions for Frame<C> {
    fn size(&self) -> Size {
        self.size
    }
}

impl<C: PixelColor> DrawTarget for Frame<C> {
    type Color = C;
    type Error = Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<C>>>(&mut self, pixels: I) -> Result<(), Infallible> {
        for Pixel(point, color) in pixels {
            let (Ok(x), Ok(y)) = (u32::try_from(point.x), u32::try_from(point.y)) else { continue };
            if x < self.size.width && y < self.size.height {
                self.pixels[(y * self.size.width + x) as usize] = color;
            }
        }
        Ok(())
    }
}

/// A picture in true colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// How many pixels in a row.
    pub width: u32,
    /// How many rows.
    pub height: u32,
    /// Red, green and blue of each, row by row from the top left.
    pub bytes: Vec<u8>,
}

impl<C: PixelColor + Into<Rgb888>> From<&Frame<C>> for Picture {
    fn from(frame: &Frame<C>) -> Self {
        let colors = frame.pixels.iter().map(|color| (*color).into());
        let bytes = colors.flat_map(|color| [color.r(), color.g(), color.b()]).collect();
        Self { width: frame.size.width, height: frame.size.height, bytes }
    }
}

impl Picture {
    /// A picture of one colour.
    pub fn new(width: u32, height: u32, color: [u8; 3]) -> Self {
        Self { width, height, bytes: color.repeat(width as usize * height as usize) }
    }

    /// A pixel.
    pub fn pixel(&self, x: u32, y: u32) -> [u8; 3] {
        let at = (y * self.width + x) as usize * 3;
        [self.bytes[at], self.bytes[at + 1], self.bytes[at + 2]]
    }

    /// Each pixel so many times as wide and high.
    #[must_use]
    pub fn enlarged(&self, by: u32) -> Self {
        let mut bytes = Vec::with_capacity(self.bytes.len() * (by * by) as usize);
        for y in 0..self.height * by {
            for x in 0..self.width * by {
                bytes.extend(self.pixel(x / by, y / by));
            }
        }
        Self { width: self.width * by, height: self.height * by, bytes }
    }

    /// Puts another picture on this one, as far as there is room.
    pub fn put(&mut self, other: &Self, left: u32, top: u32) {
        for y in 0..other.height.min(self.height.saturating_sub(top)) {
            for x in 0..other.width.min(self.width.saturating_sub(left)) {
                let at = ((top + y) * self.width + left + x) as usize * 3;
                self.bytes[at..at + 3].copy_from_slice(&other.pixel(x, y));
            }
        }
    }

    /// What differs from another picture of the same size: red where it does, dim where it does not.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        let pixels = self.bytes.chunks(3).zip(other.bytes.chunks(3));
        let bytes =
            pixels.flat_map(|(one, two)| if one == two { [one[0] / 4, one[1] / 4, one[2] / 4] } else { [255, 0, 0] });
        Self { bytes: bytes.collect(), ..*self }
    }

    /// Writes it as PNG, by numbers of colours where it has no more than a panel has: a third of the bytes.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_compression(png::Compression::High);
        let colors: BTreeSet<&[u8]> = self.bytes.chunks_exact(3).collect();
        let numbers: BTreeMap<&[u8], u8> = colors.iter().copied().zip(0..=u8::MAX).collect();
        let data = if colors.len() == numbers.len() {
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_palette(colors.into_iter().flatten().copied().collect::<Vec<u8>>());
            // Neighbours say nothing of the number of a colour.
            encoder.set_filter(png::Filter::NoFilter);
            self.bytes.chunks_exact(3).map(|color| numbers[color]).collect()
        } else {
            encoder.set_color(png::ColorType::Rgb);
            self.bytes.clone()
        };
        let mut writer = encoder.write_header().map_err(io::Error::other)?;
        writer.write_image_data(&data).map_err(io::Error::other)?;
        writer.finish().map_err(io::Error::other)?;
        std::fs::write(path, bytes)
    }

    /// Reads it again.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read, or is no PNG of eight bits a channel.
    pub fn read(path: &Path) -> io::Result<Self> {
        let mut decoder = png::Decoder::new(io::BufReader::new(std::fs::File::open(path)?));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().map_err(io::Error::other)?;
        let mut bytes = vec![0; reader.output_buffer_size().unwrap_or_default()];
        let info = reader.next_frame(&mut bytes).map_err(io::Error::other)?;
        bytes.truncate(info.buffer_size());
        let bytes = match info.color_type {
            png::ColorType::Rgb => bytes,
            png::ColorType::Rgba => bytes.chunks(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect(),
            png::ColorType::Grayscale => bytes.into_iter().flat_map(|level| [level; 3]).collect(),
            other => return Err(io::Error::other(format!("{other:?} is no colour of a panel"))),
        };
        Ok(Self { width: info.width, height: info.height, bytes })
    }
}
