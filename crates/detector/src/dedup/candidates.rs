//! Which documents share so many sampled shingles that they are worth reading.
//!
//! Entries of one shingle come together by sorting ([`part`]); every two documents that meet there leave a *meeting*.
//! Most meetings are chance and happen once: [`Block::pairs`] counts them in a small table first, which may count too
//! much and never too little, and sorts what is left.

use super::min_shared::MinShared;
use wirecopy_core::radix::{Entry, groups, sort_by_key};
use wirecopy_text::DocId;
use wirecopy_text::hash::mix;

use super::collect::Placed;

/// Documents that may share a shingle for all their pairs to meet. Above, each meets the one before it in an order
/// that goes by the texts ([`Meetings::add`]), so that meetings stay linear; the engine compares the members of a large family with the one to be kept afterwards.
const ALL_PAIRS: usize = 12;

/// Shingles that more documents share are formulas, unless a document consists of them: see [`HOT_SHARE`].
const MOST_DOCUMENTS: usize = 512;

/// Documents of a block are a power of two, so that a shift says which block a pair belongs to; two thousand leave some
/// hundred thousand meetings, whose counts stay in the second-level cache.
const BLOCK_BITS: u32 = 11;

/// Two documents that share a shingle, the earlier in the high half.
type Collision = u64;

/// Meetings by the block of their earlier document, one entry a meeting, in no order.
#[derive(Clone, Debug)]
pub(super) struct Meetings {
    rare: Vec<Vec<Collision>>,
    /// Through shingles of more than [`MOST_DOCUMENTS`] documents.
    frequent: Vec<Vec<Collision>>,
}

impl Meetings {
    /// Room for meetings of so many documents.
    fn among(documents: usize) -> Self {
        let blocks = vec![Vec::new(); blocks(documents)];
        Self {
            rare: blocks.clone(),
            frequent: blocks,
        }
    }

    /// Adds the meetings of the documents that share one shingle: of many, in the order of `ranks`, entry `i` of which
    /// belongs to document `i`. So who meets whom depends on what they say and not on their place in the input.
    fn add(&mut self, group: &mut [Entry], ranks: &[u32]) {
        let met = if group.len() <= MOST_DOCUMENTS {
            &mut self.rare
        } else {
            &mut self.frequent
        };
        let at_once = if group.len() <= ALL_PAIRS {
            group.len()
        } else {
            group.sort_unstable_by_key(|entry| ranks[entry.payload() as usize]);
            1
        };
        for (i, one) in group.iter().enumerate().skip(1) {
            for other in &group[i.saturating_sub(at_once)..i] {
                let (one, other) = (one.payload(), other.payload());
                let (first, second) = (one.min(other), one.max(other));
                met[(first >> BLOCK_BITS) as usize]
                    .push(u64::from(first) << 32 | u64::from(second));
            }
        }
    }
}

/// Blocks that so many documents fall into.
pub(super) fn blocks(documents: usize) -> usize {
    documents.div_ceil(1 << BLOCK_BITS)
}

/// The meetings of one part of all batches; `ranks` as in [`Meetings::add`]. O(entries), whatever is shared by how many.
pub(super) fn part(batches: &[Placed], part: usize, ranks: &[u32]) -> Meetings {
    let count = batches.iter().map(|b| b.sketches.part(part).len()).sum();
    let mut entries: Vec<Entry> = Vec::with_capacity(count);
    for Placed { first, sketches } in batches {
        let placed = sketches.part(part).iter();
        entries.extend(placed.map(|entry| Entry::new(entry.key(), first + entry.payload())));
    }
    sort_by_key(&mut entries, &mut Vec::new());
    entries.dedup();
    let mut meetings = Meetings::among(ranks.len());
    let mut shared = Vec::new();
    for group in groups(&entries).filter(|group| group.len() > 1) {
        shared.clear();
        shared.extend_from_slice(group);
        meetings.add(&mut shared, ranks);
    }
    meetings
}

/// Counts meetings. Scratch of one worker.
#[derive(Clone, Debug, Default)]
pub(super) struct Counter {
    counts: Vec<u8>,
    left: Vec<Collision>,
}

impl Counter {
    /// The pairs of one block that are worth reading, ascending; `parts` holds all meetings. O(meetings) expected.
    pub(super) fn pairs(
        &mut self,
        parts: &[Meetings],
        block: usize,
        needs: &[MinShared],
    ) -> Vec<(DocId, DocId)> {
        let mut pairs = Vec::new();
        let rare: Vec<&[Collision]> = parts.iter().map(|part| &*part.rare[block]).collect();
        self.add_pairs(&rare, |a, b| needs[a].rare.min(needs[b].rare), &mut pairs);
        let frequent: Vec<&[Collision]> = parts.iter().map(|part| &*part.frequent[block]).collect();
        let known = pairs.len();
        self.add_pairs(
            &frequent,
            |a, b| needs[a].frequent.min(needs[b].frequent),
            &mut pairs,
        );
        if pairs.len() > known {
            pairs.sort_unstable();
            pairs.dedup();
        }
        pairs
    }

    fn add_pairs(
        &mut self,
        met: &[&[Collision]],
        need: impl Fn(usize, usize) -> u32,
        pairs: &mut Vec<(DocId, DocId)>,
    ) {
        self.keep_frequent(met, &need);
        self.left.sort_unstable();
        let runs = self.left.chunk_by(|left, right| left == right);
        pairs.extend(runs.filter_map(|run| {
            let (a, b) = documents(run[0]);
            (run.len() >= need(a, b) as usize).then(|| (DocId::new(a), DocId::new(b)))
        }));
    }

    /// Leaves in `self.left` every meeting of a pair that met as often as it needs, and of some others.
    fn keep_frequent(&mut self, met: &[&[Collision]], need: &impl Fn(usize, usize) -> u32) {
        let total: usize = met.iter().map(|part| part.len()).sum();
        let slots = total.next_power_of_two().clamp(FEWEST_SLOTS, MOST_SLOTS);
        self.counts.clear();
        self.counts.resize(slots, 0);
        let slot = |meeting: Collision| mix(meeting) as usize & (slots - 1);
        let all = || met.iter().copied().flatten().copied();
        for meeting in all() {
            let count = &mut self.counts[slot(meeting)];
            *count = count.saturating_add(1);
        }
        self.left.clear();
        self.left.extend(all().filter(|&meeting| {
            let (a, b) = documents(meeting);
            u32::from(self.counts[slot(meeting)]) >= need(a, b).min(u32::from(u8::MAX))
        }));
    }
}

/// Slots of one byte: at least so many that a slot is a mask, at most half a second-level cache of 512 KiB.
const FEWEST_SLOTS: usize = 1 << 8;
const MOST_SLOTS: usize = 1 << 18;

/// The two documents of a meeting, the earlier first.
fn documents(meeting: Collision) -> (usize, usize) {
    ((meeting >> 32) as usize, (meeting & 0xffff_ffff) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    #[test]
    fn needs_grow_with_the_document() {
        let needs: Vec<(u32, u32)> = [0, 4, 8, 100, 1_000]
            .map(MinShared::of)
            .map(|need| (need.rare, need.frequent))
            .to_vec();
        assert_eq!(needs, [(1, 1), (2, 2), (3, 3), (8, 20), (80, 200)]);
    }

    proptest! {
        #[test]
        fn counting_twice_equals_counting_exactly(
            met in prop::collection::vec((0_u32..20, 1_u32..20), 0..400),
            fingerprints in prop::collection::vec(0_u32..200, 40),
        ) {
            let met: Vec<Collision> = met.iter().map(|&(a, d)| u64::from(a) << 32 | u64::from(a + d)).collect();
            let needs: Vec<MinShared> = fingerprints.iter().map(|&n| MinShared::of(n)).collect();
            let mut exact: BTreeMap<Collision, u32> = BTreeMap::new();
            met.iter().for_each(|&meeting| *exact.entry(meeting).or_default() += 1);
            let enough = |meeting: Collision, count: u32| {
                let (a, b) = documents(meeting);
                count >= needs[a].rare.min(needs[b].rare)
            };
            let expected: Vec<(DocId, DocId)> = exact
                .iter()
                .filter(|&(&meeting, &count)| enough(meeting, count))
                .map(|(&meeting, _)| documents(meeting))
                .map(|(a, b)| (DocId::new(a), DocId::new(b)))
                .collect();
            let (left, right) = met.split_at(met.len() / 3);
            let part = |met: &[Collision]| Meetings { rare: vec![met.to_vec()], frequent: vec![Vec::new()] };
            let found = Counter::default().pairs(&[part(left), part(right)], 0, &needs);
            prop_assert_eq!(found, expected);
        }
    }
}
