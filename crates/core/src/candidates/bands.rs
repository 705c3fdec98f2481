//! Locality-sensitive hashing: a sketch is cut into bands of rows, and documents that agree on all rows of some band are
//! candidates (Indyk and Motwani 1998; Leskovec, Rajaraman and Ullman, chapter 3).
//!
//! With b bands of r rows, two documents of Jaccard similarity s meet with probability `1 - (1 - s^r)^b`: an S-shaped curve
//! that is steepest near `(1/b)^(1/r)`. For 128 lanes:
//!
//! | bands x rows | s = .2 | .3 | .4 | .5 | .6 | .7 | .8 | .9 | steepest near |
//! |---|---|---|---|---|---|---|---|---|---|
//! | 16 x 8 | .00 | .00 | .01 | .06 | .24 | .61 | .95 | 1.00 | .71 |
//! | 25 x 5 | .01 | .06 | .23 | .55 | .87 | .99 | 1.00 | 1.00 | .53 |
//! | 32 x 4 | .05 | .23 | .56 | .87 | .99 | 1.00 | 1.00 | 1.00 | .42 |
//! | 42 x 3 | .29 | .68 | .94 | 1.00 | 1.00 | 1.00 | 1.00 | 1.00 | .29 |
//!
//! Memory: eight bytes a band and document, and as much again for one band at a time while it is sorted.

use crate::Error;
use crate::candidates::CandidatePairs;
use crate::radix::{Entry, groups, sort_by_key};
use wirecopy_text::DocId;
use wirecopy_text::hash::{Seed, combine};

/// How a sketch is cut into bands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BandParams {
    bands: usize,
    rows: usize,
}

impl BandParams {
    /// `bands` bands of `rows` lanes each.
    ///
    /// # Errors
    /// [`Error::Parameter`] unless both are at least 1 and together need at most 4096 lanes.
    pub fn new(bands: usize, rows: usize) -> Result<Self, Error> {
        if bands >= 1 && rows >= 1 && bands.saturating_mul(rows) <= 4_096 {
            return Ok(Self { bands, rows });
        }
        let value = format!("{bands} x {rows}");
        Err(Error::Parameter {
            name: "bands x rows",
            value,
            expected: "1 to 4096 lanes",
        })
    }

    /// Lanes that a sketch must have at least.
    #[must_use]
    pub fn lanes(self) -> usize {
        self.bands * self.rows
    }

    /// The probability that two documents of Jaccard similarity `jaccard` (0..=1) meet: `1 - (1 - s^r)^b`.
    #[must_use]
    pub fn collision_probability(self, jaccard: f64) -> f64 {
        let agree = libm::pow(jaccard, self.rows as f64);
        1.0 - libm::pow(1.0 - agree, self.bands as f64)
    }

    /// The similarity around which the curve is steepest: `(1/b)^(1/r)`.
    #[must_use]
    pub fn steepest(self) -> f64 {
        libm::pow(1.0 / self.bands as f64, 1.0 / self.rows as f64)
    }
}

/// The bands of all documents of a run.
#[derive(Clone, Debug)]
pub struct Bands {
    params: BandParams,
    seed: u64,
    columns: Vec<Vec<Entry>>,
}

/// Up to so many documents a bucket, all its pairs are candidates: 15 pairs at most. Above, a bucket gives two edges a
/// document, to its first and to its predecessor, so that the work stays linear however hot it is.
const ALL_PAIRS: usize = 6;

impl Bands {
    /// No documents yet. Keys are drawn from `seed`, so that nobody who does not know it can aim at a bucket.
    #[must_use]
    pub fn new(params: BandParams, seed: u64) -> Self {
        Self {
            params,
            seed,
            columns: vec![Vec::new(); params.bands],
        }
    }

    /// Adds a document by the lanes of its sketch. O(lanes).
    ///
    /// # Panics
    /// When the sketch has fewer lanes than the bands need.
    pub fn insert(&mut self, document: DocId, lanes: &[u32]) {
        assert!(
            lanes.len() >= self.params.lanes(),
            "the sketch has all lanes of the bands"
        );
        let number = u32::try_from(document.index()).expect("a document's number has 32 bits");
        for (column, rows) in self
            .columns
            .iter_mut()
            .zip(lanes.chunks_exact(self.params.rows))
        {
            column.push(Entry::new(band_key(rows, self.seed), number));
        }
    }

    /// Notes every meeting of two documents in `pairs`: all pairs of a small bucket, a star and a chain of a large one.
    /// O(bands x documents), whatever the buckets. The answer does not depend on the order of insertion as long as
    /// documents come by ascending number.
    pub fn collect(mut self, pairs: &mut CandidatePairs) {
        let mut scratch = Vec::new();
        for column in &mut self.columns {
            sort_by_key(column, &mut scratch);
            groups(column)
                .filter(|bucket| bucket.len() > 1)
                .for_each(|bucket| meet_all(bucket, pairs));
            *column = Vec::new();
        }
    }
}

fn band_key(rows: &[u32], seed: u64) -> u32 {
    let key = rows.iter().fold(seed ^ Seed::BAND.0, |key, &lane| {
        combine(key, u64::from(lane))
    });
    (key >> 32) as u32
}

/// Notes the meetings of one bucket, whose documents are ascending.
fn meet_all(bucket: &[Entry], pairs: &mut CandidatePairs) {
    let id = |entry: &Entry| DocId::new(entry.payload() as usize);
    if bucket.len() <= ALL_PAIRS {
        for (i, one) in bucket.iter().enumerate() {
            bucket[..i]
                .iter()
                .for_each(|other| pairs.meet(id(other), id(one)));
        }
        return;
    }
    let first = id(&bucket[0]);
    for (before, here) in bucket.iter().zip(&bucket[1..]) {
        pairs.meet(first, id(here));
        if id(before) != first {
            pairs.meet(id(before), id(here));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::{MinHasher, OnePermutation};
    use wirecopy_text::hash::mix;

    fn meetings(bands: Bands) -> Vec<(usize, usize)> {
        let mut pairs = CandidatePairs::default();
        bands.collect(&mut pairs);
        pairs
            .merge()
            .iter()
            .map(|p| (p.a.index(), p.b.index()))
            .collect()
    }

    #[test]
    fn documents_that_agree_on_a_band_meet() {
        let mut bands = Bands::new(BandParams::new(2, 2).unwrap(), 0);
        for (i, lanes) in [[1, 2, 3, 4], [1, 2, 9, 9], [7, 7, 3, 4], [2, 1, 4, 3]]
            .iter()
            .enumerate()
        {
            bands.insert(DocId::new(i), lanes);
        }
        assert_eq!(meetings(bands), [(0, 1), (0, 2)]);
    }

    #[test]
    fn a_hot_bucket_costs_linear_work() {
        let mut bands = Bands::new(BandParams::new(3, 1).unwrap(), 0);
        (0..10_000).for_each(|i| bands.insert(DocId::new(i), &[5, 6, i as u32]));
        let mut pairs = CandidatePairs::default();
        bands.collect(&mut pairs);
        assert!(pairs.meetings() < 2 * 2 * 10_000);
        assert!(pairs.merge().iter().filter(|p| p.a.index() == 0).count() == 9_999);
    }

    #[test]
    fn parameters_are_checked() {
        assert!(BandParams::new(0, 4).is_err());
        assert!(BandParams::new(usize::MAX, 4).is_err());
        assert!((BandParams::new(32, 4).unwrap().steepest() - 0.4204).abs() < 1e-4);
    }

    #[test]
    fn documents_meet_as_often_as_the_curve_says() {
        let params = BandParams::new(32, 4).unwrap();
        let mut hasher = OnePermutation::new(128, 9).unwrap();
        for (both, apart) in [(100_u64, 117_u64), (100, 75), (100, 50), (100, 33)] {
            const RUNS: usize = 600;
            let mut bands = Bands::new(params, 3);
            for run in 0..RUNS {
                for side in 1..=2 {
                    let member = |s: u64, i: u64| mix(mix(run as u64) ^ s << 56 ^ i);
                    let own = (0..apart).map(|i| member(side, i));
                    let set: Vec<u64> = (0..both).map(|i| member(0, i)).chain(own).collect();
                    let lanes = hasher.sketch(&set);
                    bands.insert(DocId::new(2 * run + side as usize - 1), lanes.lanes());
                }
            }
            let met = meetings(bands)
                .iter()
                .filter(|(a, b)| a % 2 == 0 && b - a == 1)
                .count();
            let expected = params.collision_probability(both as f64 / (both + 2 * apart) as f64);
            let slack = 4.0 * (expected * (1.0 - expected) / RUNS as f64).sqrt() + 0.02;
            assert!(
                (met as f64 / RUNS as f64 - expected).abs() < slack,
                "{met} of {RUNS}, not {expected}"
            );
        }
    }
}
