//! What search is measured beside: `memmem` over the same folded texts. Runs on boards and on the host.

use memchr::memmem::Finder;

/// How many records have the needle, as far as it has to be known to show so many: all names have to be looked at, because
/// a whole name comes before a part; other texts only if the names are not enough.
pub(crate) fn scan(names: &[u8], bodies: &[u8], needle: &[u8], enough: usize) -> usize {
    let finder = Finder::new(needle);
    let found = lines(&finder, names, usize::MAX);
    if found >= enough { enough } else { found + lines(&finder, bodies, enough - found) }
}

/// In how many lines it stands, of `most`.
fn lines(finder: &Finder<'_>, text: &[u8], most: usize) -> usize {
    let mut found = 0;
    let mut rest = text;
    while found < most
        && let Some(at) = finder.find(rest)
    {
        found += 1;
        let behind = rest.get(at..).unwrap_or_default();
        let end = memchr::memchr(b'\n', behind).unwrap_or(behind.len());
        rest = behind.get(end..).unwrap_or_default();
    }
    found
}
