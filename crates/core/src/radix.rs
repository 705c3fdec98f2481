//! Sorting columns of (key, document) entries by key: the shuffle behind bands and postings.
//!
//! An [`Entry`] packs a 32-bit key above a 32-bit payload into one integer, eight bytes a posting. Keys are hashes, so
//! they are uniform, and a counting sort from the lowest digit up needs three passes whatever the input.

/// A key and a payload in one integer, ordered by key, then by payload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry(u64);

impl Entry {
    /// Packs `key` and `payload`.
    #[inline]
    #[must_use]
    pub fn new(key: u32, payload: u32) -> Self {
        Self(u64::from(key) << 32 | u64::from(payload))
    }

    /// The key.
    #[inline]
    #[must_use]
    pub fn key(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// The payload.
    #[inline]
    #[must_use]
    pub fn payload(self) -> u32 {
        self.0 as u32
    }
}

/// Bits sorted by in one pass: 2,048 counters of four bytes stay in the first-level cache.
const DIGIT: u32 = 11;

/// Below this many entries the counters cost more than comparing.
const FEW: usize = 1_024;

/// Sorts `entries` by key; entries of one key keep their order. `scratch` is overwritten.
///
/// O(n): three passes, beside n entries of scratch.
pub fn sort_by_key(entries: &mut Vec<Entry>, scratch: &mut Vec<Entry>) {
    if entries.len() < FEW {
        entries.sort_by_key(|entry| entry.key());
        return;
    }
    scratch.clear();
    scratch.resize(entries.len(), Entry::default());
    for shift in [0, DIGIT, 2 * DIGIT] {
        pass(entries, scratch, shift);
        std::mem::swap(entries, scratch);
    }
}

/// One stable counting pass by the digit of the key at bit `shift`.
fn pass(from: &[Entry], to: &mut [Entry], shift: u32) {
    let digit = |entry: Entry| (entry.key() >> shift) as usize % (1 << DIGIT);
    let mut starts = [0_usize; 1 << DIGIT];
    for &entry in from {
        starts[digit(entry)] += 1;
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += std::mem::replace(start, sum);
    }
    for &entry in from {
        let place = &mut starts[digit(entry)];
        to[*place] = entry;
        *place += 1;
    }
}

/// The runs of equal keys of a sorted column, in order.
pub fn groups(entries: &[Entry]) -> impl Iterator<Item = &[Entry]> {
    entries.chunk_by(|left, right| left.key() == right.key())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn long_columns_sort_stably() {
        let mut entries: Vec<Entry> = (0..5_000_u32)
            .map(|i| Entry::new(i.wrapping_mul(0x9e37_79b9) % 700 * 5_000_000, i))
            .collect();
        let mut expected = entries.clone();
        expected.sort();
        sort_by_key(&mut entries, &mut Vec::new());
        assert_eq!(entries, expected);
        assert_eq!(groups(&entries).count(), 700);
    }

    proptest! {
        #[test]
        fn equals_the_standard_sort(keys in prop::collection::vec(any::<u32>(), 0..3_000)) {
            let mut entries: Vec<Entry> = (0_u32..).zip(&keys).map(|(i, &key)| Entry::new(key, i)).collect();
            let mut expected = entries.clone();
            expected.sort_by_key(|entry| entry.key());
            sort_by_key(&mut entries, &mut Vec::new());
            prop_assert_eq!(entries, expected);
        }
    }
}
