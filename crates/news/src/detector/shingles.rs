//! Similarity as the findings state it: exact Jaccard and containment of word 5-gram sets.

use wirecopy_core::hash::combine;

/// Words in a shingle.
const WIDTH: usize = 5;

/// What two shingle sets share.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Overlap {
    pub(super) jaccard: f64,
    pub(super) containment_a: f64,
    pub(super) containment_b: f64,
}

/// Replaces `out` by the distinct 5-grams of a text, ascending. A shorter text is one shingle. O(n log n).
pub(super) fn distinct_shingles(token_hashes: &[u64], out: &mut Vec<u64>) {
    out.clear();
    let width = WIDTH.min(token_hashes.len().max(1));
    out.extend(token_hashes.windows(width).map(|window| window.iter().fold(0, |hash, &token| combine(hash, token))));
    out.sort_unstable();
    out.dedup();
}

impl Overlap {
    /// Of two ascending sets of distinct values. Two empty sets share nothing. O(a + b).
    pub(super) fn of(a: &[u64], b: &[u64]) -> Self {
        let (mut i, mut j, mut shared) = (0, 0, 0usize);
        while i < a.len() && j < b.len() {
            shared += usize::from(a[i] == b[j]);
            let (left, right) = (a[i], b[j]);
            i += usize::from(left <= right);
            j += usize::from(right <= left);
        }
        let ratio = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        Self {
            jaccard: ratio(shared, a.len() + b.len() - shared),
            containment_a: ratio(shared, a.len()),
            containment_b: ratio(shared, b.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_those_of_the_sets() {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        distinct_shingles(&[1, 2, 3, 4, 5, 6, 7], &mut a);
        distinct_shingles(&[1, 2, 3, 4, 5, 6], &mut b);
        let overlap = Overlap::of(&a, &b);
        assert_eq!((a.len(), b.len()), (3, 2));
        assert_eq!(overlap, Overlap { jaccard: 2.0 / 3.0, containment_a: 2.0 / 3.0, containment_b: 1.0 });
        assert_eq!(Overlap::of(&[], &[]), Overlap::default());
    }
}
