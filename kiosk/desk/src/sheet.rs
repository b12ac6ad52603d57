//! Many pictures on one.

use crate::Picture;

/// Between pictures.
const GAP: u32 = 8;

/// The pictures side by side, so many in a row, each so many times as large.
pub fn sheet(pictures: &[Picture], columns: u32, by: u32) -> Picture {
    let (Some(width), Some(height)) =
        (pictures.iter().map(|one| one.width * by).max(), pictures.iter().map(|one| one.height * by).max())
    else {
        return Picture::new(1, 1, [0; 3]);
    };
    let rows = (pictures.len() as u32).div_ceil(columns);
    let mut sheet = Picture::new(columns * (width + GAP) + GAP, rows * (height + GAP) + GAP, [96; 3]);
    for (number, picture) in (0_u32..).zip(pictures) {
        let (column, row) = (number % columns, number / columns);
        sheet.put(&picture.enlarged(by), GAP + column * (width + GAP), GAP + row * (height + GAP));
    }
    sheet
}
