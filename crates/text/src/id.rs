//! Dense identifiers: every document of a run gets the number of its place in the input.
//!
//! [`DocId`] keeps a spare value, so that `Option<DocId>` is four bytes wide.

use std::num::NonZeroU32;

/// A document of this run, by its place in the input (0-based, dense).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(NonZeroU32);

impl DocId {
    /// The identifier of the document at `index` (0-based place in the input).
    ///
    /// # Panics
    /// When `index` is `u32::MAX` or more: a run holds fewer documents than that.
    #[must_use]
    pub fn new(index: usize) -> Self {
        let number = u32::try_from(index)
            .ok()
            .and_then(|n| n.checked_add(1))
            .and_then(NonZeroU32::new);
        Self(number.expect("a run holds fewer than 2^32 - 1 documents"))
    }

    /// The 0-based place in the input.
    #[must_use]
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl std::fmt::Debug for DocId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DocId({})", self.index())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_optional_id_is_four_bytes() {
        assert_eq!(size_of::<Option<DocId>>(), 4);
        assert_eq!(DocId::new(7).index(), 7);
    }
}
