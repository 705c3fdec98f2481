//! Documents with equal bodies are one node to everything that costs more than their number: the first of them meets other
//! texts for all, and where very many have one body, the others are tied to the first alone (to more where options forbid that).

use std::hash::Hash;

use hashbrown::HashMap;
use wirecopy_text::DocId;

use super::analyse::AnalysedDocument;

/// Documents with one and the same body up to which all are compared with each other and with whatever the first meets:
/// 120 pairs, which costs little and tells lineage more. Beyond, they are a star around the first.
pub(super) const MOST_EQUAL_BODIES: usize = 16;

/// For each of `count` items, the first with the same `key` that it is `alike` to; itself where it is not. What is worked out for
/// that one holds for all. O(count).
pub(super) fn first_alike<K: Hash + Eq>(
    count: usize,
    key: impl Fn(usize) -> K,
    alike: impl Fn(usize, usize) -> bool,
) -> Vec<usize> {
    let mut first: HashMap<K, usize> = HashMap::with_capacity(count);
    let of = |number: usize| {
        let one = *first.entry(key(number)).or_insert(number);
        if one == number || alike(one, number) {
            one
        } else {
            number
        }
    };
    (0..count).map(of).collect()
}

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
        let mut first: HashMap<[u64; 2], DocId> = HashMap::new();
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

    /// From pairs of heads to pairs of documents that `may` be compared: all members of bodies that few have, hubs of others,
    /// and the pairs within a body. Ascending, each once. O(pairs · [`MOST_EQUAL_BODIES`]^2 + documents · hubs of a body).
    pub(super) fn spread(
        &self,
        pairs: Vec<(DocId, DocId)>,
        may: impl Fn(DocId, DocId) -> bool,
    ) -> Vec<(DocId, DocId)> {
        let mut hubs: HashMap<DocId, Vec<DocId>> = HashMap::new();
        let mut spread = Vec::with_capacity(pairs.len());
        let heads = (0..self.head.len()).map(DocId::new);
        for (head, all) in heads.filter_map(|id| Some((id, self.of(id)?))) {
            let own = hubs.entry(head).or_default();
            if all.len() <= MOST_EQUAL_BODIES {
                own.extend(all);
                for (at, &x) in all.iter().enumerate() {
                    spread.extend(all.iter().skip(at + 1).map(|&y| (x, y)));
                }
            } else {
                spread.extend(star(all, &may, own));
                own.truncate(MOST_EQUAL_BODIES);
            }
        }
        let of = |head: &DocId| {
            hubs.get(head)
                .map_or(std::slice::from_ref(head), Vec::as_slice)
                .to_vec()
        };
        for (a, b) in &pairs {
            let others = of(b);
            for x in of(a) {
                spread.extend(others.iter().map(|&y| (x.min(y), x.max(y))));
            }
        }
        spread.retain(|&(a, b)| may(a, b));
        spread.sort_unstable();
        spread.dedup();
        spread
    }
}

/// Hubs that one body may have. Where dates and sites let documents be compared with few others, each of them needs a hub that
/// it may meet; where nobody may meet anybody, looking for one is to end.
const MOST_HUBS: usize = 256;

/// Ties each of `members` (ascending) to the first hub that it `may` be compared with; who finds none is a hub for those
/// behind it. Without restrictions the first is the hub of all. O(members · hubs).
fn star<'m>(
    members: &'m [DocId],
    may: &'m impl Fn(DocId, DocId) -> bool,
    hubs: &'m mut Vec<DocId>,
) -> impl Iterator<Item = (DocId, DocId)> + 'm {
    members.iter().filter_map(|&member| {
        let hub = hubs.iter().copied().find(|&hub| may(hub, member));
        if hub.is_none() && hubs.len() < MOST_HUBS {
            hubs.push(member);
        }
        Some((hub?, member))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(numbers: std::ops::Range<usize>) -> Vec<DocId> {
        numbers.map(DocId::new).collect()
    }

    #[test]
    fn without_restrictions_the_first_is_the_hub_of_all() {
        let mut hubs = Vec::new();
        let found: Vec<_> = star(&ids(0..5), &|_, _| true, &mut hubs).collect();
        assert_eq!(found, [1, 2, 3, 4].map(|n| (DocId::new(0), DocId::new(n))));
    }

    #[test]
    fn who_may_not_meet_the_first_has_another_hub() {
        let mut hubs = Vec::new();
        // Numbers stand for days; two days apart is too far.
        let near = |a: DocId, b: DocId| a.index().abs_diff(b.index()) < 2;
        let found: Vec<_> = star(&ids(0..6), &near, &mut hubs).collect();
        assert_eq!(
            found,
            [(0, 1), (2, 3), (4, 5)].map(|(a, b)| (DocId::new(a), DocId::new(b)))
        );
        assert_eq!(hubs, [0, 2, 4].map(DocId::new));
    }
}
