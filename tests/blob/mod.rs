//! A chronicle file taken apart into its tables, to be changed and put together again with a right checksum.

use nenpyo_schema::TableId;

const HEADER: usize = 64;
const ENTRY: usize = 12;

/// A table of a file.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) id: u8,
    pub(crate) language: u8,
    pub(crate) bytes: Vec<u8>,
}

/// A file taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Blob {
    pub(crate) header: Vec<u8>,
    pub(crate) parts: Vec<Part>,
}

fn word(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
}

impl Blob {
    pub(crate) fn of(file: &[u8]) -> Self {
        let count = usize::from(u16::from_le_bytes([file[60], file[61]]));
        let part = |at: usize| {
            let entry = &file[HEADER + at * ENTRY..][..ENTRY];
            let bytes = file[word(entry, 4)..][..word(entry, 8)].to_vec();
            Part { id: entry[0], language: entry[1], bytes }
        };
        Self { header: file[..HEADER].to_vec(), parts: (0..count).map(part).collect() }
    }

    /// The file again: offsets, length and checksum are right, whatever the tables say.
    pub(crate) fn file(&self) -> Vec<u8> {
        let mut file = self.header.clone();
        let mut offset = HEADER + ENTRY * self.parts.len();
        for Part { id, language, bytes } in &self.parts {
            file.extend([*id, *language, 0, 0]);
            file.extend((offset as u32).to_le_bytes());
            file.extend((bytes.len() as u32).to_le_bytes());
            offset += bytes.len().next_multiple_of(4);
        }
        for part in &self.parts {
            file.extend(&part.bytes);
            file.resize(file.len().next_multiple_of(4), 0);
        }
        file[60..62].copy_from_slice(&(self.parts.len() as u16).to_le_bytes());
        seal(&mut file);
        file
    }

    /// The bytes of a table; of the first language where each has one.
    pub(crate) fn table(&mut self, id: TableId) -> &mut Vec<u8> {
        let part = self.parts.iter_mut().find(|part| part.id == id as u8);
        &mut part.unwrap_or_else(|| panic!("the file has no {id:?}")).bytes
    }

    /// A row of a table.
    pub(crate) fn row(&mut self, id: TableId, size: usize, at: usize) -> &mut [u8] {
        &mut self.table(id)[at * size..][..size]
    }

    /// Which rows of a table satisfy a condition.
    pub(crate) fn find(&mut self, id: TableId, size: usize, fits: impl Fn(&[u8]) -> bool) -> usize {
        self.table(id).chunks(size).position(fits).unwrap_or_else(|| panic!("no such row in {id:?}"))
    }

    /// Takes tables out, as a section that is left out.
    pub(crate) fn without(mut self, ids: &[TableId]) -> Self {
        self.parts.retain(|part| !ids.iter().any(|id| *id as u8 == part.id));
        self
    }

    /// How many records of a kind there are, by its byte.
    pub(crate) fn count(&self, kind: usize) -> u32 {
        word(&self.header, 16 + 4 * kind) as u32
    }
}

/// Puts the right length and checksum into a file that has at least a header.
pub(crate) fn seal(file: &mut [u8]) {
    let length = file.len() as u32;
    file[12..16].copy_from_slice(&length.to_le_bytes());
    let checksum = crc32(&file[12..]);
    file[8..12].copy_from_slice(&checksum.to_le_bytes());
}

/// CRC-32 as in ISO 3309, byte by byte with the usual table.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    static TABLE: [u32; 256] = table();
    !bytes.iter().fold(!0, |crc, byte| (crc >> 8) ^ TABLE[((crc ^ u32::from(*byte)) & 0xFF) as usize])
}

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let mut crc = at as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
            bit += 1;
        }
        table[at] = crc;
        at += 1;
    }
    table
}
