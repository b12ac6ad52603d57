//! Search: which milestones have a text in their title, summary or note.

use nenpyo::{AnyRecord, Chronicle, RecordKind};

/// How many hits are shown first.
pub(crate) const FIRST: usize = 8;

/// What can be searched.
pub(crate) trait Find {
    /// All milestones that have this: the sum of their numbers from 1.
    fn all(&self, text: &str) -> u32;

    /// How many there are of the first ones, in the order in which it shows them.
    fn first(&self, text: &str) -> u32;
}

/// The sum of the numbers of all that were found, from 1.
pub(crate) fn sum(ids: impl Iterator<Item = u32>) -> u32 {
    ids.fold(0, |sum, id| sum.wrapping_add(id + 1))
}

impl Find for Chronicle<'_> {
    fn all(&self, text: &str) -> u32 {
        let Ok(search) = self.search(text) else { return u32::MAX };
        let id = |hit: nenpyo::Hit<'_>| match hit.record() {
            AnyRecord::Milestone(milestone) => Some(milestone.id().0),
            _ => None,
        };
        sum(search.hits().of_kind(RecordKind::Milestone).filter_map(id))
    }

    fn first(&self, text: &str) -> u32 {
        let Ok(search) = self.search(text) else { return u32::MAX };
        search.hits().of_kind(RecordKind::Milestone).best::<FIRST>().len() as u32
    }
}
