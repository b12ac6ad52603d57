//! No lookup allocates: everything is asked of the baked and of an opened chronicle under a counting allocator.

#[path = "oracle/mod.rs"]
#[allow(dead_code, reason = "each test program uses its part of the oracle")]
mod oracle;
mod walk;

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
    let mut steps = 0;
    assert_none(measure(|| steps = walk::everything(&QST, u64::MAX)));
    assert!(steps > 100_000, "only {steps} steps: that is not everything");
}

#[test]
fn neither_opening_nor_a_lookup_of_an_opened_chronicle_allocates() {
    let blob = oracle::compiled(&oracle::shipped_files());
    assert_none(measure(|| {
        let chronicle = Chronicle::open(&blob).unwrap();
        walk::everything(&chronicle, u64::MAX);
    }));
}

#[test]
fn no_damaged_chronicle_makes_opening_allocate() {
    let mut blob = oracle::compiled(&oracle::shipped_files());
    let middle = blob.len() / 2;
    blob[middle] ^= 1;
    assert_none(measure(|| assert!(Chronicle::open(&blob).is_err())));
}
