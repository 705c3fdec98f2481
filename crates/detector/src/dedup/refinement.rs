//! Large families: their members met only their neighbours, and each must be compared with the one to be kept.

use wirecopy_core::disjoint_sets::DisjointSets;
use wirecopy_text::DocId;

use super::choose::subsumes;
use super::{Collection, Edge, Order, Selection};

/// In each round the members of a family that would stay are compared with one more of them, so a family of any size
/// costs a bounded number of comparisons a member.
pub(super) const ROUNDS: usize = 8;

/// What stands before a round.
pub(super) struct Round<'r> {
    pub(super) collection: &'r Collection,
    pub(super) order: &'r Order,
    pub(super) edges: &'r [Edge],
    pub(super) choice: &'r Selection,
}

impl Round<'_> {
    /// Pairs to compare in round `number`, ascending: of each cluster of documents that make each other needless, the
    /// first kept documents up to place `number` with all that would stay behind them. A document that comes back because
    /// the one that replaced it goes is so compared with the first, too. Without those of `compared` (ascending). None
    /// where neither this round nor a later one has a pair: all that would stay have met.
    pub(super) fn pairs(
        &self,
        number: usize,
        compared: &[(DocId, DocId)],
    ) -> Option<Vec<(DocId, DocId)>> {
        let mut sets = DisjointSets::new(self.collection.len());
        for edge in self.edges.iter().filter(|edge| subsumes(edge)) {
            sets.union(edge.a.index(), edge.b.index());
        }
        let ranks = self.order.ranks(self.collection);
        let mut pairs = Vec::new();
        let mut most = 0;
        for mut members in sets.groups() {
            members.retain(|&member| self.choice.verdicts[member].duplicate_of.is_none());
            members.sort_unstable_by_key(|&member| ranks[member]);
            most = most.max(members.len());
            for (place, &pivot) in members.iter().enumerate().take(number + 1) {
                let pair =
                    |&other: &usize| (DocId::new(pivot.min(other)), DocId::new(pivot.max(other)));
                let unmet = members[place + 1..].iter().map(pair);
                pairs.extend(unmet.filter(|pair| compared.binary_search(pair).is_err()));
            }
        }
        pairs.sort_unstable();
        (!pairs.is_empty() || most > number + 1).then_some(pairs)
    }
}
