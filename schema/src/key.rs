//! Keys: the 32-bit names by which records are known across chronicles. Runs on host and target.

/// The name of a record of any kind, valid in every chronicle: the FNV-1a hash of its slug. 4 bytes.
///
/// Two slugs of one chronicle never share a key: the code generator refuses such data.
/// FNV-1a is the 32-bit variant of <http://www.isthe.com/chongo/tech/comp/fnv/>; it can be computed in a
/// constant, so firmware names a record by its slug at no cost at run time.
///
/// ```
/// use nenpyo_schema::Key;
/// const ESTABLISHED: Key = Key::of("qst-established");
/// assert_eq!(ESTABLISHED, Key::of("qst-established"));
/// assert_ne!(ESTABLISHED, Key::of("qst-ver-2"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Key(u32);

impl Key {
    /// The key of the record with this slug.
    ///
    /// ```
    /// use nenpyo_schema::Key;
    /// assert_eq!(Key::of("foobar").hash(), 0xBF9C_F968, "a test vector of FNV-1a");
    /// ```
    pub const fn of(slug: &str) -> Self {
        let mut rest = slug.as_bytes();
        let mut hash = 0x811c_9dc5_u32;
        while let Some((byte, tail)) = rest.split_first() {
            hash = (hash ^ *byte as u32).wrapping_mul(0x0100_0193);
            rest = tail;
        }
        Self(hash)
    }

    /// The key with this hash, for keys kept in a setting or sent over a wire.
    ///
    /// ```
    /// use nenpyo_schema::Key;
    /// let kept: u32 = Key::of("qst").hash();
    /// assert_eq!(Key::from_hash(kept), Key::of("qst"));
    /// ```
    pub const fn from_hash(hash: u32) -> Self {
        Self(hash)
    }

    /// The hash itself.
    ///
    /// ```
    /// use nenpyo_schema::Key;
    /// assert_eq!(Key::of("").hash(), 0x811C_9DC5);
    /// ```
    pub const fn hash(self) -> u32 {
        self.0
    }
}
