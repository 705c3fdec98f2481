//! How many sampled shingles two documents must share to be a candidate pair.

/// Fewest shared sampled shingles of a candidate pair: in news, one or two are chance.
const FEWEST_SHARED: u32 = 3;

/// Least share of the smaller document's sampled shingles that is shared. A passage copied word for word that makes up an
/// eighth of the shorter text reaches it; a whole copy with a fifth of its words changed shares half of its shingles. Below,
/// pairs share mostly site boilerplate: on the generated corpus, half this value doubled the pairs read and found no further
/// copy.
const SMALLEST_SHARE: f64 = 0.08;

/// The same, counted in shingles of more than `candidates::MOST_DOCUMENTS` documents. Two copies of a story with a tenth of the
/// words changed in each share half.
const HOT_SHARE: f64 = 0.2;

/// Fewest shared shingles of a candidate pair, by the size of one of its documents; the smaller of the two documents' values
/// holds for the pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MinShared {
    pub(super) rare: u32,
    pub(super) frequent: u32,
}

impl MinShared {
    /// The values of a document with this many sampled shingles.
    pub(super) fn of(fingerprints: u32) -> Self {
        let few = FEWEST_SHARED.min(1 + fingerprints / 4);
        let share = |share: f64| libm::ceil(share * f64::from(fingerprints)) as u32;
        Self {
            rare: few.max(share(SMALLEST_SHARE)),
            frequent: few.max(share(HOT_SHARE)),
        }
    }
}
