//! Bitmap fonts in Adobe's Glyph Bitmap Distribution Format 2.1, with the bits of a pixel as fourth number of `SIZE`, as
//! other programs for fonts read and write it. Host only.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::str::SplitAsciiWhitespace;

/// A font: pictures of characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Font {
    /// Pixels of its size.
    pub pixels: u8,
    /// Bits of a pixel: 1 or 4.
    pub depth: u8,
    /// Rows above the baseline.
    pub ascent: u8,
    /// Rows below it.
    pub descent: u8,
    /// Who made it.
    pub copyright: String,
    /// The pictures; of characters that stand twice, the first one.
    pub glyphs: BTreeMap<char, Picture>,
}

/// The picture of a character: a rectangle of levels, 0 for ground and 1 or 15 for ink.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Pixels from where it begins to where the next one does.
    pub advance: u8,
    /// Pixels from where it begins to the rectangle; to the left if negative.
    pub left: i16,
    /// Rows from the baseline to the rectangle; down if negative.
    pub bottom: i16,
    /// How wide the rectangle is.
    pub width: u8,
    /// How high.
    pub height: u8,
    /// Its levels, row by row from the top.
    pub levels: Vec<u8>,
}

/// What is wrong with a font, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl Mistake {
    fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}

impl Font {
    /// Reads a font.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with it.
    ///
    /// ```
    /// use nenpyo_codegen::bdf::Font;
    /// let text = "STARTFONT 2.1\nSIZE 8 75 75\nSTARTPROPERTIES 2\nFONT_ASCENT 7\nFONT_DESCENT 1\nENDPROPERTIES\nCHARS 1\n\
    ///             STARTCHAR U+002D\nENCODING 45\nDWIDTH 4 0\nBBX 3 1 0 3\nBITMAP\nE0\nENDCHAR\nENDFONT\n";
    /// let font = Font::read(text.as_bytes()).unwrap();
    /// assert_eq!(font.glyphs[&'-'].levels, [1, 1, 1]);
    /// assert_eq!(Font::read(b"STARTFONT 2.1\nSIZE 99999 75 75").unwrap_err().line, 2);
    /// ```
    pub fn read(bytes: &[u8]) -> Result<Self, Mistake> {
        let mut font = Self { depth: 1, ..Self::default() };
        // Names and notices of old fonts are in the encodings of their time.
        let mut lines = bytes.split(|byte| *byte == b'\n').map(String::from_utf8_lossy).zip(1..);
        let mut last = 1;
        let mut ended = false;
        while let Some((line, number)) = lines.next() {
            last = number;
            let mut words = line.split_ascii_whitespace();
            match words.next() {
                Some("STARTCHAR") => {
                    let name = line.trim_start_matches("STARTCHAR").trim().to_owned();
                    font.read_glyph(&mut lines, number, &name)?;
                }
                Some("SIZE") => {
                    font.pixels = word(&mut words, number)?;
                    font.depth = words.nth(2).map_or(Ok(1), |depth| read(depth, number))?;
                    if !matches!(font.depth, 1 | 4) {
                        return Err(Mistake::new(number, format!("{} bits a pixel are neither 1 nor 4", font.depth)));
                    }
                }
                Some("FONT_ASCENT") => font.ascent = word(&mut words, number)?,
                Some("FONT_DESCENT") => font.descent = word(&mut words, number)?,
                Some("COPYRIGHT") => {
                    line.trim_start_matches("COPYRIGHT").trim().trim_matches('"').clone_into(&mut font.copyright);
                }
                Some("CHARSET_REGISTRY") if !line.to_ascii_uppercase().contains("ISO10646") => {
                    let message = "its characters are not numbered as in Unicode (ISO10646)";
                    return Err(Mistake::new(number, message));
                }
                Some("ENDFONT") => {
                    ended = true;
                    break;
                }
                _ => {}
            }
        }
        if !ended {
            return Err(Mistake::new(last, "it breaks off before `ENDFONT`"));
        }
        if font.pixels == 0 || font.ascent.checked_add(font.descent).is_none_or(|rows| rows == 0) {
            return Err(Mistake::new(1, "it does not say its `SIZE`, `FONT_ASCENT` and `FONT_DESCENT`"));
        }
        Ok(font)
    }

    /// Reads what stands between `STARTCHAR` and `ENDCHAR`.
    fn read_glyph<L: AsRef<str>>(
        &mut self,
        lines: &mut impl Iterator<Item = (L, usize)>,
        start: usize,
        name: &str,
    ) -> Result<(), Mistake> {
        let mut picture = Picture::default();
        let mut character = None;
        let mut rows = None;
        for (line, number) in lines {
            let line = line.as_ref();
            let mut words = line.split_ascii_whitespace();
            match words.next() {
                Some("ENDCHAR") => {
                    if rows != Some(picture.height) {
                        let (found, wanted) = (rows.unwrap_or(0), picture.height);
                        return Err(Mistake::new(number, format!("`{name}` has {found} rows instead of {wanted}")));
                    }
                    if let Some(character) = character {
                        self.glyphs.entry(character).or_insert(picture);
                    }
                    return Ok(());
                }
                Some(row) if let Some(rows) = &mut rows => {
                    if *rows >= picture.height {
                        let wanted = picture.height;
                        return Err(Mistake::new(number, format!("`{name}` has more than its {wanted} rows")));
                    }
                    *rows += 1;
                    self.read_row(row, &mut picture, number)?;
                }
                // A character without a number has no meaning here.
                Some("ENCODING") => {
                    character = words.next().and_then(|code| code.parse().ok()).and_then(char::from_u32);
                }
                Some("DWIDTH") => picture.advance = word(&mut words, number)?,
                Some("BBX") => {
                    picture.width = word(&mut words, number)?;
                    picture.height = word(&mut words, number)?;
                    picture.left = word(&mut words, number)?;
                    picture.bottom = word(&mut words, number)?;
                }
                Some("BITMAP") => rows = Some(0),
                _ => {}
            }
        }
        Err(Mistake::new(start, format!("`{name}` has no `ENDCHAR`")))
    }

    fn read_row(&self, row: &str, picture: &mut Picture, line: usize) -> Result<(), Mistake> {
        let (width, digits) = (usize::from(picture.width), row.as_bytes());
        let pixels = 4 / usize::from(self.depth);
        if digits.len() < width.div_ceil(pixels) {
            return Err(Mistake::new(line, format!("this row has not the {width} pixels that `BBX` says")));
        }
        let before = picture.levels.len();
        for digit in digits.iter().take(width.div_ceil(pixels)) {
            let value = char::from(*digit).to_digit(16).map(|value| value as u8);
            let value = value.ok_or_else(|| Mistake::new(line, format!("`{row}` is no hexadecimal row")))?;
            if self.depth == 4 {
                picture.levels.push(value);
            } else {
                picture.levels.extend([3, 2, 1, 0].map(|bit| value >> bit & 1));
            }
        }
        picture.levels.truncate(before + width);
        Ok(())
    }

    /// The font as text: what [`read`](Self::read) reads. With four bits a hexadecimal digit is a pixel.
    ///
    /// ```
    /// use nenpyo_codegen::bdf::{Font, Picture};
    /// let dash = Picture { advance: 4, left: 0, bottom: 3, width: 3, height: 1, levels: vec![7, 15, 7] };
    /// let font = Font { pixels: 8, depth: 4, ascent: 7, descent: 1, glyphs: [('-', dash)].into(), ..Font::default() };
    /// assert!(font.text("dash").contains("BITMAP\n7F70\nENDCHAR\n"));
    /// assert_eq!(Font::read(font.text("dash").as_bytes()), Ok(font));
    /// ```
    pub fn text(&self, name: &str) -> String {
        let Self { pixels, depth, ascent, descent, copyright, .. } = self;
        let bits = if *depth == 1 { String::new() } else { format!(" {depth}") };
        let widest = self.glyphs.values().map(|glyph| glyph.advance).max().unwrap_or(0);
        let rows = u16::from(*ascent) + u16::from(*descent);
        let mut text = format!(
            "STARTFONT 2.1\nFONT -nenpyo-{name}-Medium-R-Normal--{pixels}-{pixels}0-75-75-P-{pixels}0-ISO10646-1\n\
             SIZE {pixels} 75 75{bits}\nFONTBOUNDINGBOX {widest} {rows} 0 -{descent}\nSTARTPROPERTIES 3\n\
             FONT_ASCENT {ascent}\nFONT_DESCENT {descent}\nCOPYRIGHT \"{copyright}\"\nENDPROPERTIES\nCHARS {}\n",
            self.glyphs.len(),
        );
        for (character, glyph) in &self.glyphs {
            let code = u32::from(*character);
            let Picture { advance, left, bottom, width, height, levels } = glyph;
            let scalable = u32::from(*advance) * 1000 / u32::from(*pixels).max(1);
            let _ = write!(
                text,
                "STARTCHAR U+{code:04X}\nENCODING {code}\nSWIDTH {scalable} 0\nDWIDTH {advance} 0\n\
                 BBX {width} {height} {left} {bottom}\nBITMAP\n"
            );
            for row in levels.chunks(usize::from(*width).max(1)) {
                // Rows are whole bytes.
                for byte in row.chunks(8 / usize::from(*depth)) {
                    let shift = |(at, level): (usize, &u8)| level << (8 - usize::from(*depth) * (at + 1));
                    let _ = write!(text, "{:02X}", byte.iter().enumerate().map(shift).sum::<u8>());
                }
                text.push('\n');
            }
            text.push_str("ENDCHAR\n");
        }
        text.push_str("ENDFONT\n");
        text
    }
}

impl Picture {
    /// Takes the rows and columns away that are all ground.
    ///
    /// ```
    /// use nenpyo_codegen::bdf::Picture;
    /// let wide = Picture { advance: 4, left: 0, bottom: 0, width: 3, height: 2, levels: vec![0, 9, 0, 0, 0, 0] };
    /// let dot = Picture { advance: 4, left: 1, bottom: 1, width: 1, height: 1, levels: vec![9] };
    /// assert_eq!(wide.cropped(), dot);
    /// ```
    #[must_use]
    pub fn cropped(&self) -> Self {
        let (width, height) = (usize::from(self.width), usize::from(self.height));
        let is_ink = |x: usize, y: usize| self.levels.get(y * width + x).is_some_and(|level| *level > 0);
        let column = |x: &usize| (0..height).any(|y| is_ink(*x, y));
        let row = |y: &usize| (0..width).any(|x| is_ink(x, *y));
        let (Some(left), Some(right)) = ((0..width).find(column), (0..width).rfind(column)) else {
            return Self { advance: self.advance, ..Self::default() };
        };
        let (Some(top), Some(below)) = ((0..height).find(row), (0..height).rfind(row)) else { return self.clone() };
        let rows = self.levels.chunks(width).take(below + 1).skip(top);
        Self {
            advance: self.advance,
            left: self.left.saturating_add_unsigned(left as u16),
            bottom: self.bottom.saturating_add_unsigned((height - 1 - below) as u16),
            width: (right + 1 - left) as u8,
            height: (below + 1 - top) as u8,
            levels: rows.flat_map(|row| &row[left..=right]).copied().collect(),
        }
    }

    /// The level of a pixel, from the left edge and down from so many rows above the baseline.
    fn level(&self, ascent: u8, x: u8, y: u8) -> u8 {
        let column = i32::from(x) - i32::from(self.left);
        let row = i32::from(y) - (i32::from(ascent) - i32::from(self.bottom) - i32::from(self.height));
        let is_inside = (0..i32::from(self.width)).contains(&column) && (0..i32::from(self.height)).contains(&row);
        let at = usize::try_from(row).unwrap_or(0) * usize::from(self.width) + usize::try_from(column).unwrap_or(0);
        self.levels.get(at).copied().filter(|_| is_inside).unwrap_or(0)
    }

    /// The picture on a rectangle as wide as it advances, with so many rows above and below the baseline; `None` if ink
    /// lies outside.
    ///
    /// ```
    /// use nenpyo_codegen::bdf::Picture;
    /// let dot = Picture { advance: 2, left: 1, bottom: 0, width: 1, height: 1, levels: vec![1] };
    /// assert_eq!(dot.on_rectangle(2, 1).unwrap(), [0, 0, 0, 1, 0, 0]);
    /// assert_eq!(dot.on_rectangle(0, 1), None);
    /// ```
    pub fn on_rectangle(&self, ascent: u8, descent: u8) -> Option<Vec<u8>> {
        let rows = (0..ascent.saturating_add(descent)).flat_map(|y| (0..self.advance).map(move |x| (x, y)));
        let levels: Vec<u8> = rows.map(|(x, y)| self.level(ascent, x, y)).collect();
        let ink = |levels: &[u8]| levels.iter().filter(|level| **level > 0).count();
        (ink(&levels) == ink(&self.levels)).then_some(levels)
    }
}

/// The next word of a line as a number.
fn word<T: std::str::FromStr>(words: &mut SplitAsciiWhitespace<'_>, line: usize) -> Result<T, Mistake> {
    read(words.next().unwrap_or_default(), line)
}

fn read<T: std::str::FromStr>(word: &str, line: usize) -> Result<T, Mistake> {
    word.parse().map_err(|_| Mistake::new(line, format!("`{word}` is no number that fits here")))
}

#[cfg(test)]
mod tests {
    use super::{Font, Picture};

    const HEAD: &str = "STARTFONT 2.1\nSIZE 8 75 75\nFONT_ASCENT 7\nFONT_DESCENT 1\n";
    const GLYPH: &str = "STARTCHAR a\nENCODING 97\nDWIDTH 4 0\nBBX 3 2 0 0\nBITMAP\nA0\n40\nENDCHAR\n";

    fn mistake(text: &str) -> String {
        let mistake = Font::read(text.as_bytes()).unwrap_err();
        format!("{}: {}", mistake.line, mistake.message)
    }

    #[test]
    fn what_is_broken_is_told_with_its_line() {
        assert!(Font::read(format!("{HEAD}{GLYPH}ENDFONT\n").as_bytes()).is_ok());
        assert_eq!(mistake(""), "1: it breaks off before `ENDFONT`");
        assert_eq!(mistake(&format!("{HEAD}{GLYPH}")), "13: it breaks off before `ENDFONT`");
        assert_eq!(mistake("ENDFONT"), "1: it does not say its `SIZE`, `FONT_ASCENT` and `FONT_DESCENT`");
        assert_eq!(mistake("SIZE 8 75 75 3"), "1: 3 bits a pixel are neither 1 nor 4");
        assert_eq!(mistake("SIZE many"), "1: `many` is no number that fits here");
        let with = |from: &str, to: &str| mistake(&format!("{HEAD}{}ENDFONT\n", GLYPH.replace(from, to)));
        assert_eq!(with("40\n", ""), "11: `a` has 1 rows instead of 2");
        assert_eq!(with("40\n", "40\n40\n"), "12: `a` has more than its 2 rows");
        assert_eq!(with("A0\n", "G0\n"), "10: `G0` is no hexadecimal row");
        assert_eq!(with("BBX 3", "BBX 9"), "10: this row has not the 9 pixels that `BBX` says");
        assert_eq!(with("BBX 3 2", "BBX 3"), "8: `` is no number that fits here");
        assert_eq!(with("ENDCHAR\n", ""), "12: `a` has more than its 2 rows");
        assert_eq!(mistake(&format!("{HEAD}STARTCHAR a\nDWIDTH 4 0\n")), "5: `a` has no `ENDCHAR`");
        assert_eq!(
            mistake("CHARSET_REGISTRY \"JISX0208.1990\""),
            "1: its characters are not numbered as in Unicode (ISO10646)"
        );
    }

    #[test]
    fn no_bytes_are_a_panic() {
        let text = format!("{HEAD}{GLYPH}ENDFONT\n").into_bytes();
        for at in 0..text.len() {
            let _ = Font::read(&text[..at]);
            for byte in [0, b' ', b'\n', b'9', b'-', 0xFF] {
                let mut changed = text.clone();
                changed[at] = byte;
                let font = Font::read(&changed);
                for picture in font.iter().flat_map(|font| font.glyphs.values()) {
                    let _ = (picture.cropped(), picture.on_rectangle(7, 1));
                }
            }
        }
    }

    #[test]
    fn what_is_all_ground_has_no_rectangle() {
        let space = Picture { advance: 4, left: 0, bottom: -1, width: 4, height: 8, levels: vec![0; 32] };
        assert_eq!(space.cropped(), Picture { advance: 4, ..Picture::default() });
        assert_eq!(space.on_rectangle(7, 1), space.cropped().on_rectangle(7, 1));
    }
}
