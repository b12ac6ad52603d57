//! No lookup allocates: everything is asked of the baked and of an opened chronicle under a counting allocator.

#[allow(dead_code, reason = "each program uses its part of the lookups")]
mod lookups;
#[path = "oracle/mod.rs"]
#[allow(dead_code, reason = "each test program uses its part of the oracle")]
mod oracle;

use allocation_counter::{AllocationInfo, measure};
use nenpyo::{Chronicle, QST};

fn assert_none(allocations: AllocationInfo) {
    assert_eq!((allocations.count_total, allocations.bytes_total), (0, 0));
}

#[test]
fn the_counter_counts() {
    let allocations = measure(|| drop(std::hint::black_box(Box::new(2016))));
    assert_eq!(allocations.count_total, 1);
}

#[test]
fn no_lookup_of_the_baked_chronicle_allocates() {
    let mut told = 0;
    assert_none(measure(|| told = lookups::digests(&QST, None, u32::MAX).iter().map(|digest| digest.told).sum()));
    assert!(told > 100_000, "only {told} answers: that is not everything");
}

#[test]
fn neither_opening_nor_a_lookup_of_an_opened_chronicle_allocates() {
    let blob = oracle::compiled(&oracle::shipped_files());
    assert_none(measure(|| {
        let chronicle = Chronicle::open(&blob).unwrap();
        lookups::digests(&chronicle, Some(&blob), u32::MAX);
    }));
}

#[test]
fn no_damaged_chronicle_makes_opening_allocate() {
    let mut blob = oracle::compiled(&oracle::shipped_files());
    let middle = blob.len() / 2;
    blob[middle] ^= 1;
    assert_none(measure(|| assert!(Chronicle::open(&blob).is_err())));
}
