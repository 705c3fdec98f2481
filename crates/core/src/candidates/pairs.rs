//! Pairs that some key brought together, from all sources, in order and without repeats.

use wirecopy_text::DocId;

/// Two documents that share keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CandidatePair {
    /// The earlier document.
    pub a: DocId,
    /// The later document.
    pub b: DocId,
    /// Keys that brought them together, over all sources.
    pub shared: u32,
}

/// A growing collection of pairs. Eight bytes for each meeting until [`CandidatePairs::merge`] counts them.
#[derive(Clone, Debug, Default)]
pub struct CandidatePairs {
    meetings: Vec<u64>,
}

impl CandidatePairs {
    /// Notes that two documents met under some key. A document does not meet itself. O(1).
    #[inline]
    pub fn meet(&mut self, one: DocId, other: DocId) {
        if one != other {
            let (a, b) = (one.min(other), one.max(other));
            self.meetings
                .push((a.index() as u64) << 32 | b.index() as u64);
        }
    }

    /// Number of meetings noted.
    #[must_use]
    pub fn meetings(&self) -> usize {
        self.meetings.len()
    }

    /// The pairs, by `a`, then by `b`, each once, with the number of its meetings. O(meetings log meetings).
    #[must_use]
    pub fn merge(mut self) -> Vec<CandidatePair> {
        self.meetings.sort_unstable();
        let runs = self.meetings.chunk_by(|left, right| left == right);
        let id = |n: u64| DocId::new((n & 0xffff_ffff) as usize);
        let pair = |run: &[u64]| CandidatePair {
            a: id(run[0] >> 32),
            b: id(run[0]),
            shared: u32::try_from(run.len()).unwrap_or(u32::MAX),
        };
        runs.map(pair).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_come_in_order_and_once() {
        let mut pairs = CandidatePairs::default();
        for (one, other) in [(5, 2), (0, 3), (2, 5), (4, 4), (0, 1)] {
            pairs.meet(DocId::new(one), DocId::new(other));
        }
        assert_eq!(pairs.meetings(), 4);
        let found: Vec<_> = pairs
            .merge()
            .iter()
            .map(|p| (p.a.index(), p.b.index(), p.shared))
            .collect();
        assert_eq!(found, [(0, 1, 1), (0, 3, 1), (2, 5, 2)]);
    }
}
