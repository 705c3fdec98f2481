//! How much two sets of shingles have in common: exactly, from sorted columns, and estimated, with an error bound.

/// Sorts a column of hashes and drops repeats: the form that [`overlap`] takes. O(n log n), in place.
pub fn distinct(hashes: &mut Vec<u64>) {
    hashes.sort_unstable();
    hashes.dedup();
}

/// Sizes of two sets and of what they share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetOverlap {
    /// Members of a.
    pub a: usize,
    /// Members of b.
    pub b: usize,
    /// Members of both.
    pub both: usize,
}

impl SetOverlap {
    /// Jaccard similarity: members of both by members of either, 0..=1. Two empty sets are not similar: 0.
    #[must_use]
    pub fn jaccard(self) -> f64 {
        share(self.both, self.a + self.b - self.both)
    }

    /// Share of a's members that are b's, 0..=1; 0 for an empty a.
    #[must_use]
    pub fn containment_a(self) -> f64 {
        share(self.both, self.a)
    }

    /// Share of b's members that are a's, 0..=1; 0 for an empty b.
    #[must_use]
    pub fn containment_b(self) -> f64 {
        share(self.both, self.b)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// One side is this many times longer before it is searched rather than walked: some log2 of the columns that are met, so
/// that a search a member costs no more than the walk.
const SEARCH_RATIO: usize = 16;

/// What two columns share, each ascending and without repeats (see [`distinct`]).
///
/// O(a + b); O(a log b) when b is much longer, or the other way round.
#[must_use]
pub fn overlap(a: &[u64], b: &[u64]) -> SetOverlap {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let both = if long.len() / SEARCH_RATIO > short.len() {
        short
            .iter()
            .filter(|hash| long.binary_search(hash).is_ok())
            .count()
    } else {
        walk(short, long)
    };
    SetOverlap {
        a: a.len(),
        b: b.len(),
        both,
    }
}

/// Merges without branches: which side moves on is arithmetic, because on hashes no predictor guesses it.
fn walk(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        let (left, right) = (a[i], b[j]);
        both += usize::from(left == right);
        i += usize::from(left <= right);
        j += usize::from(right <= left);
    }
    both
}

/// A share that was estimated from independent trials, and how far off it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    hits: usize,
    trials: usize,
}

impl Estimate {
    /// The estimate from `hits` of `trials`.
    ///
    /// # Panics
    /// When there are more hits than trials.
    #[must_use]
    pub fn new(hits: usize, trials: usize) -> Self {
        assert!(hits <= trials, "a trial hits at most once");
        Self { hits, trials }
    }

    /// The estimated share, 0..=1; 0 without trials.
    #[must_use]
    pub fn value(self) -> f64 {
        share(self.hits, self.trials)
    }

    /// Half the width of an interval around [`value`](Self::value) that misses the truth with at most
    /// `failure_probability` (0 < p < 1): `sqrt(ln(2 / p) / (2 trials))`, Hoeffding 1963, theorem 2. Capped at 1.
    #[must_use]
    pub fn error_bound(self, failure_probability: f64) -> f64 {
        let bound = libm::log(2.0 / failure_probability) / (2.0 * self.trials as f64);
        libm::sqrt(bound).min(1.0)
    }

    /// The standard error of a truth of `share` (0..=1): `sqrt(share (1 - share) / trials)`.
    #[must_use]
    pub fn standard_error(self, share: f64) -> f64 {
        libm::sqrt(share * (1.0 - share) / self.trials as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn empty_sets_are_not_similar() {
        assert_eq!(overlap(&[], &[]).jaccard(), 0.0);
        assert_eq!(overlap(&[], &[1]).containment_a(), 0.0);
    }

    #[test]
    fn the_error_bound_is_hoeffdings() {
        let estimate = Estimate::new(64, 128);
        assert!((estimate.error_bound(0.05) - 0.120_04).abs() < 1e-4);
        assert_eq!(estimate.value(), 0.5);
        assert_eq!(Estimate::new(0, 0).error_bound(0.5), 1.0);
    }

    proptest! {
        #[test]
        fn fast_equals_naive(a in prop::collection::vec(0_u64..60, 0..8), b in prop::collection::vec(0_u64..600, 0..400)) {
            let (set_a, set_b) = (BTreeSet::from_iter(a.clone()), BTreeSet::from_iter(b.clone()));
            let (mut a, mut b) = (a, b);
            distinct(&mut a);
            distinct(&mut b);
            let both = set_a.intersection(&set_b).count();
            let found = overlap(&a, &b);
            prop_assert_eq!(found, SetOverlap { a: set_a.len(), b: set_b.len(), both });
            let back = overlap(&b, &a);
            prop_assert_eq!(back.containment_b(), found.containment_a());
            let either = set_a.union(&set_b).count();
            prop_assert_eq!(found.jaccard(), share(both, either));
        }
    }
}
