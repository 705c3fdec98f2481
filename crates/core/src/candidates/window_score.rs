//! How much two documents share in one place: shared fingerprints that lie close together in both.
//!
//! Articles on one event share rare words all over; a copied passage has many of them in one stretch of either text.
//! The measure is the heaviest pair of stretches, whatever the order of the words inside.

use wirecopy_text::DocId;

/// Tokens of a cell. Stretches are two cells long on either side, so any passage of up to a cell lies in one.
const CELL: u32 = 64;

/// One shared fingerprint of two documents, with its places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SharedPosting {
    pub(super) pair: u64,
    /// First token in a (25 bits), first token in b (25 bits), length (3 bits) and bits in quarters (8 bits).
    place: u64,
}

impl SharedPosting {
    pub(super) fn new((a, b): (u32, u32), tokens: (u32, u32), len: u32, bits: f32) -> Self {
        const MOST: u64 = (1 << 25) - 1;
        let token = |t: u32| u64::from(t).min(MOST);
        let bits = (bits * 4.0).clamp(0.0, 255.0) as u64;
        Self {
            pair: u64::from(a) << 32 | u64::from(b),
            place: token(tokens.0) << 36
                | token(tokens.1) << 11
                | u64::from(len.min(7)) << 8
                | bits,
        }
    }

    pub(super) fn documents(&self) -> (DocId, DocId) {
        (
            DocId::new((self.pair >> 32) as usize),
            DocId::new(self.pair as u32 as usize),
        )
    }

    fn token_a(&self) -> u32 {
        (self.place >> 36) as u32
    }

    fn token_b(&self) -> u32 {
        (self.place >> 11) as u32 & ((1 << 25) - 1)
    }

    fn len(&self) -> u32 {
        ((self.place >> 8) as u32 & 7).max(1)
    }

    fn bits(&self) -> f32 {
        (self.place & 255) as f32 / 4.0
    }
}

/// Scratch of the measure.
#[derive(Debug, Default)]
pub(super) struct Local {
    cells: Vec<(u32, u32, f32)>,
}

impl Local {
    /// Bits that two documents share in the pair of stretches where they share most. `hits` are those of one pair,
    /// by place in a. O(hits log hits).
    pub(super) fn bits(&mut self, hits: &[SharedPosting]) -> f32 {
        self.fill(hits);
        let mut best: f32 = 0.0;
        for &(a, b, _) in &self.cells {
            let sum: f32 = [(a, b), (a, b + 1), (a + 1, b), (a + 1, b + 1)]
                .iter()
                .map(|&cell| self.cell(cell))
                .sum();
            best = best.max(sum);
            if b > 0 {
                // The stretch of b that begins a cell earlier.
                let sum: f32 = [(a, b - 1), (a, b), (a + 1, b - 1), (a + 1, b)]
                    .iter()
                    .map(|&cell| self.cell(cell))
                    .sum();
                best = best.max(sum);
            }
        }
        best
    }

    /// Sums the hits by cell. Words of a under several fingerprints count once; of two telling pairs close together the
    /// second has a word of the first more often than not, and counts half.
    fn fill(&mut self, hits: &[SharedPosting]) {
        self.cells.clear();
        let (mut covered, mut pair_end) = (0, 0);
        for hit in hits {
            let (token, len) = (hit.token_a(), hit.len());
            let fresh = (token + len).saturating_sub(covered.max(token));
            covered = covered.max(token + len);
            let mut bits = hit.bits() * fresh as f32 / len as f32;
            if len == 1 {
                if token < pair_end {
                    bits *= 0.5;
                }
                pair_end = token + NEAR_PAIR;
            }
            if bits > 0.0 {
                self.cells.push((token / CELL, hit.token_b() / CELL, bits));
            }
        }
        self.cells.sort_unstable_by_key(|&(a, b, _)| (a, b));
        self.cells.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
    }

    fn cell(&self, at: (u32, u32)) -> f32 {
        match self.cells.binary_search_by_key(&at, |&(a, b, _)| (a, b)) {
            Ok(found) => self.cells[found].2,
            Err(_) => 0.0,
        }
    }
}

/// Tokens after a telling pair within which the next one likely holds a word of it.
const NEAR_PAIR: u32 = 20;
