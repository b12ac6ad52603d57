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
