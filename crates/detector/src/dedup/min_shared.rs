//! How much two documents must share to be worth reading again.

/// Shared sampled shingles that make a pair worth reading: fewer than three are chance in news.
const FEWEST_SHARED: u32 = 3;

/// Share of the smaller document's sampled shingles that must be shared. A passage that is copied word for word and makes
/// up an eighth of the shorter text shares so many; a copy of all of it with a fifth of the words changed shares half.
/// Below, pairs are mostly site boilerplate inside sentences: with half of it, twice as many were read, and none of the
/// further copies was injected.
const SMALLEST_SHARE: f64 = 0.08;

/// Share of the smaller document's sampled shingles that a pair must share if it meets in shingles of more than
/// [`MOST_DOCUMENTS`] documents. Two copies of a story with a tenth of the words changed in each share half.
const HOT_SHARE: f64 = 0.2;

/// How many shared shingles make a pair worth reading, seen from one of its documents: for the pair, the smaller of the
/// two needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MinShared {
    pub(super) rare: u32,
    pub(super) frequent: u32,
}

impl MinShared {
    /// The need of a document with so many sampled shingles. Grows with them.
    pub(super) fn of(fingerprints: u32) -> Self {
        let few = FEWEST_SHARED.min(1 + fingerprints / 4);
        let share = |share: f64| libm::ceil(share * f64::from(fingerprints)) as u32;
        Self {
            rare: few.max(share(SMALLEST_SHARE)),
            frequent: few.max(share(HOT_SHARE)),
        }
    }
}
