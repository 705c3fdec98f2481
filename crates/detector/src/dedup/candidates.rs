//! Candidate pairs of `dedup`: documents that share enough sampled shingles to be read again and compared.
//!
//! Sorting brings the entries of one shingle together ([`part`]). Every two documents under one shingle make a *collision*.
//! Most collisions are chance and happen once, so they are counted before they are sorted: [`Counter::pairs`] adds them up in
//! a small hash table without keys, whose counts may be too high (two pairs in one slot) and are never too low. Only
//! collisions in slots with a high enough count are sorted and counted exactly.

use super::min_shared::MinShared;
use wirecopy_core::radix::{Entry, groups, sort_by_key};
use wirecopy_text::DocId;
use wirecopy_text::hash::mix;

use super::collect::Placed;

/// Up to this many documents under one shingle, each makes a collision with each. Above, each makes one with the document
/// before it only, in an order that depends on the texts ([`Collisions::add`]): so collisions stay linear in the entries. The
/// members of a large family are compared with the one that is kept in later rounds (`dedup::refinement`).
const ALL_PAIRS: usize = 12;

/// Shingles of more documents than this are treated as formulas ("the statement comes after"): a pair needs a larger share of
/// them ([`MinShared`]).
const MOST_DOCUMENTS: usize = 512;

/// Binary logarithm of the documents in a block; the block of a pair is that of its earlier document. 2,048 documents of news
/// make some hundred thousand collisions, whose counts fit the second-level cache.
const BLOCK_BITS: u32 = 11;

/// Two documents that share a shingle, the earlier in the high half.
type Collision = u64;

/// All collisions, by the block of the earlier document; in no order within a block.
#[derive(Clone, Debug)]
pub(super) struct Collisions {
    rare: Vec<Vec<Collision>>,
    /// Those under shingles of more than [`MOST_DOCUMENTS`] documents.
    frequent: Vec<Vec<Collision>>,
}

impl Collisions {
    /// No collisions, for a run of this many documents.
    fn among(documents: usize) -> Self {
        let blocks = vec![Vec::new(); blocks(documents)];
        Self {
            rare: blocks.clone(),
            frequent: blocks,
        }
    }

    /// Adds the collisions of the documents under one shingle. Above [`ALL_PAIRS`] documents, neighbours are taken in the order
    /// of `ranks` (entry `i` is the rank of document `i`), so that the result does not depend on the order of the input.
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

/// Number of blocks for this many documents.
pub(super) fn blocks(documents: usize) -> usize {
    documents.div_ceil(1 << BLOCK_BITS)
}

/// The collisions of part number `part` of all batches; `ranks` as in [`Collisions::add`]. O(entries), however many documents
/// share a shingle.
pub(super) fn part(batches: &[Placed], part: usize, ranks: &[u32]) -> Collisions {
    let count = batches.iter().map(|b| b.sketches.part(part).len()).sum();
    let mut entries: Vec<Entry> = Vec::with_capacity(count);
    for Placed { first, sketches } in batches {
        let placed = sketches.part(part).iter();
        entries.extend(placed.map(|entry| Entry::new(entry.key(), first + entry.payload())));
    }
    sort_by_key(&mut entries, &mut Vec::new());
    entries.dedup();
    let mut collisions = Collisions::among(ranks.len());
    let mut shared = Vec::new();
    for group in groups(&entries).filter(|group| group.len() > 1) {
        shared.clear();
        shared.extend_from_slice(group);
        collisions.add(&mut shared, ranks);
    }
    collisions
}

/// Counts collisions: memory of one worker, reused from block to block.
#[derive(Clone, Debug, Default)]
pub(super) struct Counter {
    counts: Vec<u8>,
    left: Vec<Collision>,
}

impl Counter {
    /// The candidate pairs of one block, ascending. `parts` holds all collisions, `needs` one entry a document. Expected
    /// O(collisions).
    pub(super) fn pairs(
        &mut self,
        parts: &[Collisions],
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

    /// Puts into `self.left` all collisions of pairs with enough of them, and some of others (never too few, see the module).
    fn keep_frequent(&mut self, met: &[&[Collision]], need: &impl Fn(usize, usize) -> u32) {
        let total: usize = met.iter().map(|part| part.len()).sum();
        let slots = total.next_power_of_two().clamp(FEWEST_SLOTS, MOST_SLOTS);
        self.counts.clear();
        self.counts.resize(slots, 0);
        let slot = |collision: Collision| mix(collision) as usize & (slots - 1);
        let all = || met.iter().copied().flatten().copied();
        for collision in all() {
            let count = &mut self.counts[slot(collision)];
            *count = count.saturating_add(1);
        }
        self.left.clear();
        self.left.extend(all().filter(|&collision| {
            let (a, b) = documents(collision);
            u32::from(self.counts[slot(collision)]) >= need(a, b).min(u32::from(u8::MAX))
        }));
    }
}

/// Slots of the table, one byte each: a power of two, at most half of a second-level cache of 512 KiB.
const FEWEST_SLOTS: usize = 1 << 8;
const MOST_SLOTS: usize = 1 << 18;

/// The two documents of a collision, the earlier one first.
fn documents(collision: Collision) -> (usize, usize) {
    (
        (collision >> 32) as usize,
        (collision & 0xffff_ffff) as usize,
    )
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
            met.iter().for_each(|&collision| *exact.entry(collision).or_default() += 1);
            let enough = |collision: Collision, count: u32| {
                let (a, b) = documents(collision);
                count >= needs[a].rare.min(needs[b].rare)
            };
            let expected: Vec<(DocId, DocId)> = exact
                .iter()
                .filter(|&(&collision, &count)| enough(collision, count))
                .map(|(&collision, _)| documents(collision))
                .map(|(a, b)| (DocId::new(a), DocId::new(b)))
                .collect();
            let (left, right) = met.split_at(met.len() / 3);
            let part = |met: &[Collision]| Collisions { rare: vec![met.to_vec()], frequent: vec![Vec::new()] };
            let found = Counter::default().pairs(&[part(left), part(right)], 0, &needs);
            prop_assert_eq!(found, expected);
        }
    }
}
