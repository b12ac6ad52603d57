//! The postcard records: what is cold, decoded only when it is asked for. Runs on host and target.

use crate::{Certainty, PackedEdtf};

/// What only a detail screen needs of a record: a postcard record. Texts are ids of the bodies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "encode", derive(serde::Serialize))]
pub struct DetailRecord<'a> {
    /// The summary.
    pub summary: Option<u32>,
    /// The note.
    pub note: Option<u32>,
    /// The address of a site.
    pub address: Option<u32>,
    /// A bit for each language in which the title is our own description.
    pub descriptive: u8,
    /// The dates that sources give: [`ClaimRecord`]s one after the other, read lazily.
    #[serde(borrow)]
    pub claims: &'a [u8],
}

impl<'a> DetailRecord<'a> {
    /// The record; `None` if it is none. It reads what postcard reads, in a third of the code.
    ///
    /// ```
    /// use nenpyo_schema::DetailRecord;
    /// let bytes = [1, 0x80, 1, 0, 0, 3, 0];
    /// let record = DetailRecord { summary: Some(128), descriptive: 3, ..DetailRecord::default() };
    /// assert_eq!(DetailRecord::read(&bytes), Some(record));
    /// assert_eq!(postcard::from_bytes(&bytes), Ok(record));
    /// ```
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut reader = Reader { rest: Some(bytes) };
        let (summary, note, address) = (reader.option(), reader.option(), reader.option());
        let descriptive = reader.byte();
        let length = reader.number(u32::BITS) as usize;
        let claims = reader.rest?.get(..length)?;
        Some(Self { summary, note, address, descriptive, claims })
    }

    /// The summary, the note and the address of a record, if it has them, without the rest.
    ///
    /// It reads what postcard reads: a search asks it of every record.
    ///
    /// ```
    /// use nenpyo_schema::DetailRecord;
    /// let bytes = [1, 0xE8, 0x07, 0, 1, 3, 0, 0];
    /// assert_eq!(DetailRecord::texts(&bytes), [Some(1000), None, Some(3)]);
    /// let record: DetailRecord<'_> = postcard::from_bytes(&bytes).unwrap();
    /// assert_eq!([record.summary, record.note, record.address], [Some(1000), None, Some(3)]);
    /// ```
    pub fn texts(bytes: &[u8]) -> [Option<u32>; 3] {
        let mut reader = Reader { rest: Some(bytes) };
        [reader.option(), reader.option(), reader.option()]
    }
}

/// What a source says of a milestone's date: a postcard record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "encode", derive(serde::Serialize))]
pub struct ClaimRecord {
    /// The id of the source.
    pub source: u32,
    /// The byte of the [`Certainty`].
    pub certainty: u8,
    /// The date.
    pub points: [u32; 2],
    /// Its form.
    pub form: u8,
}

impl ClaimRecord {
    /// The date.
    ///
    /// ```
    /// use nenpyo_schema::{Certainty, ClaimRecord, Edtf};
    /// let packed = Edtf::parse("2018-09-12").unwrap().pack().unwrap();
    /// let certainty = Certainty::Stated.byte();
    /// let claim = ClaimRecord { source: 0, certainty, points: packed.points, form: packed.form };
    /// assert_eq!(claim.date().unpack().unwrap().to_string(), "2018-09-12");
    /// ```
    pub const fn date(&self) -> PackedEdtf {
        PackedEdtf { points: self.points, form: self.form }
    }

    /// How sure the source makes it.
    ///
    /// ```
    /// use nenpyo_schema::{Certainty, ClaimRecord};
    /// let claim = ClaimRecord { source: 0, certainty: 1, points: [0; 2], form: 0 };
    /// assert_eq!(claim.certainty(), Some(Certainty::Reported));
    /// assert_eq!(ClaimRecord { certainty: 3, ..claim }.certainty(), None);
    /// ```
    pub const fn certainty(&self) -> Option<Certainty> {
        Certainty::from_byte(self.certainty)
    }
}

/// A stretch of ruby: a postcard record. Lengths are bytes of the plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "encode", derive(serde::Serialize))]
pub struct RubyRecord {
    /// Bytes without ruby before it.
    pub gap: u16,
    /// Bytes of the base.
    pub length: u16,
    /// The reading, a text of the readings.
    pub reading: u32,
}

impl RubyRecord {
    /// The first of these records, and the rest; `None` if there is none.
    ///
    /// It reads what postcard reads, in a third of the instructions: a text has a record for every few characters.
    ///
    /// ```
    /// use nenpyo_schema::RubyRecord;
    /// let bytes = [0, 6, 0xE8, 0x07, 9];
    /// let record = RubyRecord { gap: 0, length: 6, reading: 1000 };
    /// assert_eq!(RubyRecord::take(&bytes), Some((record, &[9][..])));
    /// assert_eq!(postcard::take_from_bytes(&bytes), Ok((record, &[9][..])));
    /// assert_eq!(RubyRecord::take(&[0, 0x80]), None);
    /// ```
    #[inline]
    pub fn take(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (gap, rest) = varint(bytes, u16::BITS)?;
        let (length, rest) = varint(rest, u16::BITS)?;
        let (reading, rest) = varint(rest, u32::BITS)?;
        Some((Self { gap: u16::try_from(gap).ok()?, length: u16::try_from(length).ok()?, reading }, rest))
    }
}

/// A number of at most so many bits, in as many bytes as it needs: seven bits each, the lowest first; the highest bit says
/// that more follow.
fn varint(bytes: &[u8], most: u32) -> Option<(u32, &[u8])> {
    let (mut byte, mut rest) = bytes.split_first()?;
    let mut number = u32::from(byte & 0x7F);
    let mut shift = 7;
    while byte & 0x80 != 0 {
        (byte, rest) = rest.split_first()?;
        let bits = u32::from(byte & 0x7F);
        // What would be shifted out is too large a number.
        if shift >= most || bits << shift >> shift != bits {
            return None;
        }
        number |= bits << shift;
        shift += 7;
    }
    Some((number, rest))
}

/// Reads what postcard writes, one after the other. Behind what is none nothing is read any more.
struct Reader<'a> {
    rest: Option<&'a [u8]>,
}

impl Reader<'_> {
    /// A number of at most so many bits.
    #[inline(never)]
    fn number(&mut self, most: u32) -> u32 {
        let read = self.rest.and_then(|rest| varint(rest, most)).filter(|(number, _)| number >> (most - 1) <= 1);
        self.rest = read.map(|(_, rest)| rest);
        read.map_or(0, |(number, _)| number)
    }

    fn byte(&mut self) -> u8 {
        let read = self.rest.and_then(<[u8]>::split_first);
        self.rest = read.map(|(_, rest)| rest);
        read.map_or(0, |(byte, _)| *byte)
    }

    #[inline(never)]
    fn option(&mut self) -> Option<u32> {
        match self.byte() {
            0 => None,
            1 => Some(self.number(u32::BITS)),
            _ => {
                self.rest = None;
                None
            }
        }
    }
}

/// The manifest: a postcard record. Texts are ids of the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(feature = "encode", derive(serde::Serialize))]
pub struct ManifestRecord {
    /// The data's version.
    pub version: (u16, u16, u16),
    /// The points of the day up to which the data was looked after.
    pub as_of: [u32; 2],
    /// The form of it.
    pub as_of_form: u8,
    /// The chronicle's name.
    pub name: u32,
    /// The credit line.
    pub credit: u32,
    /// The notice.
    pub notice: u32,
    /// The licence, an SPDX expression.
    pub licence: u32,
    /// The organisation it is about.
    pub subject: Option<u32>,
}

impl ManifestRecord {
    /// The record; `None` if it is none. It reads what postcard reads, in a third of the code.
    ///
    /// ```
    /// use nenpyo_schema::ManifestRecord;
    /// let bytes = [1, 0x80, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 10];
    /// let record = ManifestRecord::read(&bytes).unwrap();
    /// assert_eq!((record.version, record.licence, record.subject), ((1, 128, 2), 9, Some(10)));
    /// assert_eq!(postcard::from_bytes(&bytes), Ok(record));
    /// ```
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader { rest: Some(bytes) };
        let mut part = || reader.number(u16::BITS) as u16;
        let version = (part(), part(), part());
        let as_of = [reader.number(u32::BITS), reader.number(u32::BITS)];
        let as_of_form = reader.byte();
        let mut text = || reader.number(u32::BITS);
        let (name, credit, notice, licence) = (text(), text(), text(), text());
        let subject = reader.option();
        reader.rest?;
        Some(Self { version, as_of, as_of_form, name, credit, notice, licence, subject })
    }
}

#[cfg(test)]
mod tests {
    use super::{DetailRecord, ManifestRecord, RubyRecord};

    #[test]
    fn records_are_read_as_postcard_reads_them() {
        let mut random = 1_u32;
        let (mut read, mut bytes) = ([0; 2], [0; 40]);
        for _ in 0..400_000 {
            for byte in &mut bytes {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                // Many zeros and ones, which options begin with, and few of the bytes that others follow.
                *byte = if random >> 29 == 0 { (random >> 16) as u8 } else { (random >> 24 & 1) as u8 };
            }
            let some = &bytes[..8 + random as usize % 32];
            let details = DetailRecord::read(some);
            assert_eq!(details, postcard::from_bytes(some).ok(), "{some:?}");
            let manifest = ManifestRecord::read(some);
            assert_eq!(manifest, postcard::from_bytes(some).ok(), "{some:?}");
            read[0] += u32::from(details.is_some());
            read[1] += u32::from(manifest.is_some());
        }
        assert!(read.iter().all(|read| (100_000..390_000).contains(read)), "{read:?}");
    }

    #[test]
    fn ruby_is_read_as_postcard_reads_it() {
        let bytes = [0, 1, 5, 0x0F, 0x10, 0x7F, 0x80, 0x83, 0x84, 0xFF];
        let mut read = 0;
        for number in 0..bytes.len().pow(7) {
            let mut rest = number;
            let some: [u8; 7] = core::array::from_fn(|_| {
                let byte = bytes[rest % bytes.len()];
                rest /= bytes.len();
                byte
            });
            let expected = postcard::take_from_bytes::<RubyRecord>(&some).ok();
            assert_eq!(RubyRecord::take(&some), expected, "{some:?}");
            read += u32::from(expected.is_some());
        }
        assert!(read > 1_000_000, "{read}");
    }
}
