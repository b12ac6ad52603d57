//! A small random-number generator, so that a seed gives the same test on every machine.

/// `SplitMix64` of Steele, Lea and Flood.
#[derive(Clone, Debug)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below the limit, which is not zero.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// A number from the first to the last, both included.
    pub(crate) fn between(&mut self, first: i32, last: i32) -> i32 {
        let width = u64::from(last.abs_diff(first)) + 1;
        first.wrapping_add_unsigned((self.next() % width) as u32)
    }

    /// Whether something of this many chances in a hundred happens.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub(crate) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// Up to so many of the numbers below `count`, each once.
    pub(crate) fn some(&mut self, count: usize, most: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for _ in 0..self.below(most + 1).min(count) {
            let number = self.below(count);
            if !found.contains(&number) {
                found.push(number);
            }
        }
        found
    }

    /// Puts things in another order.
    pub(crate) fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            things.swap(at, self.below(at + 1));
        }
    }
}
