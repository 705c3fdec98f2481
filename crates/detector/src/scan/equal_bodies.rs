//! Documents with equal bodies are one node to everything that costs more than their number: the first of them meets other
//! texts for all, and where very many have one body, the others are tied to the first alone.

use hashbrown::HashMap;
use wirecopy_text::DocId;

use super::analyse::AnalysedDocument;

/// Documents with one and the same body up to which all are compared with each other and with whatever the first meets:
/// 120 pairs, which costs little and tells lineage more. Beyond, they are a star around the first.
pub(super) const MOST_EQUAL_BODIES: usize = 16;

/// The documents of a run by body.
pub(super) struct EqualBodies {
    /// Entry `i`: the first document with the body of document `i`.
    head: Vec<DocId>,
    /// For the head of each body that several documents have: all of them, ascending.
    members: HashMap<DocId, Vec<DocId>>,
}

impl EqualBodies {
    /// O(documents). A document without a body has that to itself.
    pub(super) fn new(documents: &[AnalysedDocument]) -> Self {
        let mut first: HashMap<u128, DocId> = HashMap::new();
        let mut members: HashMap<DocId, Vec<DocId>> = HashMap::new();
        let mut head = Vec::with_capacity(documents.len());
        for (number, document) in documents.iter().enumerate() {
            let id = DocId::new(number);
            let first = match document.body.tokens {
                0 => id,
                _ => *first.entry(document.body.key).or_insert(id),
            };
            if first != id {
                let equal = members.entry(first).or_insert_with(|| vec![first]);
                equal.push(id);
            }
            head.push(first);
        }
        Self { head, members }
    }

    /// The first document with this one's body.
    pub(super) fn head(&self, id: DocId) -> DocId {
        self.head[id.index()]
    }

    /// All documents with the body of `head`, ascending; `None` where it is the only one.
    fn of(&self, head: DocId) -> Option<&[DocId]> {
        self.members.get(&head).map(Vec::as_slice)
    }

    /// From pairs of heads to pairs of documents: all members of bodies that few have, the heads of others, and the pairs
    /// within a body. Ascending, each once. O(pairs · [`MOST_EQUAL_BODIES`]^2 + documents).
    pub(super) fn spread(&self, pairs: Vec<(DocId, DocId)>) -> Vec<(DocId, DocId)> {
        let few = |head: &DocId| match self.of(*head) {
            Some(all) if all.len() <= MOST_EQUAL_BODIES => all.to_vec(),
            _ => vec![*head],
        };
        let mut spread = Vec::with_capacity(pairs.len());
        for (a, b) in &pairs {
            let others = few(b);
            for x in few(a) {
                spread.extend(others.iter().map(|&y| (x.min(y), x.max(y))));
            }
        }
        let heads = (0..self.head.len()).map(DocId::new);
        for all in heads.filter_map(|id| self.of(id)) {
            let hubs = match all.len() {
                0..=MOST_EQUAL_BODIES => all.len(),
                _ => 1,
            };
            for (at, &x) in all.iter().enumerate().take(hubs) {
                spread.extend(all.iter().skip(at + 1).map(|&y| (x, y)));
            }
        }
        spread.sort_unstable();
        spread.dedup();
        spread
    }
}
