//! Which documents to keep: from verified edges to a verdict for each document.

use wirecopy_core::DocId;
use wirecopy_core::cluster::DisjointSets;

use super::{Collection, Edge};
use crate::relation::Relation;

/// In which order documents are asked whether they may stay: the first of a family stays, and later ones that it makes
/// needless go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Preference {
    /// Longest first, then input order.
    #[default]
    Longest,
    /// Input order.
    First,
    /// By these days, undated last, then input order. Entry `i` belongs to document `i`.
    Earliest(Vec<Option<i64>>),
}

/// Who is asked, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The order of the documents that are reported on.
    pub preference: Preference,
    /// Documents that are reported on. Those behind them are an archive: they stay, and are asked before all others.
    pub reported: usize,
}

impl Order {
    /// Whether the document is reported on.
    #[must_use]
    pub fn is_reported(&self, document: DocId) -> bool {
        document.index() < self.reported
    }

    /// Documents in the order in which they are asked. O(n log n).
    fn documents(&self, collection: &Collection) -> Vec<usize> {
        let mut reported: Vec<usize> = (0..self.reported.min(collection.len())).collect();
        match &self.preference {
            Preference::First => {}
            Preference::Longest => {
                reported.sort_by_key(|&d| std::cmp::Reverse(collection.words(DocId::new(d))));
            }
            Preference::Earliest(days) => reported.sort_by_key(|&d| days[d].unwrap_or(i64::MAX)),
        }
        (reported.len()..collection.len()).chain(reported).collect()
    }

    /// For each document, in which place it is asked. O(n log n).
    pub(super) fn ranks(&self, collection: &Collection) -> Vec<u32> {
        let mut ranks = vec![0; collection.len()];
        for (rank, document) in (0_u32..).zip(self.documents(collection)) {
            ranks[document] = rank;
        }
        ranks
    }
}

/// What becomes of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// For a document that goes: the kept one that makes it needless, and how they are related.
    pub duplicate_of: Option<(DocId, Relation, f64)>,
    /// Smallest document of its family; `None` for a document without a copy.
    pub family: Option<DocId>,
}

/// The verdicts of a run, by document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// Entry `i` belongs to document `i`.
    pub verdicts: Vec<Verdict>,
}

/// Chooses greedily in the order of `order`: a document goes only if a **direct** verified edge leads to a kept
/// document that it equals, nearly equals, or is contained in. Families follow chains of copies; deletions do not.
/// `edges` join first documents of equal texts. O(n log n + edges).
#[must_use]
pub fn choose(collection: &Collection, edges: &[Edge], order: &Order) -> Choice {
    let count = collection.len();
    let unique = |document: usize| {
        collection
            .equal_to(DocId::new(document))
            .map_or(document, DocId::index)
    };
    let neighbours = Neighbours::new(count, edges);
    // The kept member of each set of equal texts, under its first document.
    let mut kept: Vec<Option<usize>> = vec![None; count];
    let mut duplicate_of = vec![None; count];
    for document in order.documents(collection) {
        let first = unique(document);
        if !order.is_reported(DocId::new(document)) {
            kept[first].get_or_insert(document);
            continue;
        }
        let found = kept[first]
            .map(|k| (DocId::new(k), Relation::Identical, 1.0))
            .or_else(|| {
                let of = neighbours.of(first).iter();
                of.filter_map(|&edge| replaces(&edges[edge as usize], first, &kept))
                    .min_by_key(|found| found.0)
            });
        if found.is_none() {
            kept[first] = Some(document);
        }
        duplicate_of[document] = found;
    }
    let families = families(count, unique, edges);
    let verdicts = duplicate_of.into_iter().zip(families);
    Choice {
        verdicts: verdicts
            .map(|(duplicate_of, family)| Verdict {
                duplicate_of,
                family,
            })
            .collect(),
    }
}

/// The kept document at the other end of `edge`, if it makes `document` needless.
fn replaces(
    edge: &Edge,
    document: usize,
    kept: &[Option<usize>],
) -> Option<(DocId, Relation, f64)> {
    let (other, share) = if edge.a.index() == document {
        (edge.b, edge.comparison.share_a())
    } else {
        (edge.a, edge.comparison.share_b())
    };
    let needless = match edge.relation {
        Relation::Identical | Relation::NearDuplicate => true,
        Relation::Contains { whole } => whole == other,
        _ => false,
    };
    let kept = kept[other.index()].filter(|_| needless)?;
    let relation = match edge.relation {
        Relation::Contains { .. } => Relation::Contains {
            whole: DocId::new(kept),
        },
        same => same,
    };
    Some((DocId::new(kept), relation, share))
}

/// Whether the edge lets one of its documents go, if the other stays.
pub(super) fn makes_needless(edge: &Edge) -> bool {
    matches!(
        edge.relation,
        Relation::Identical | Relation::NearDuplicate | Relation::Contains { .. }
    )
}

/// Edges by document, in one column.
struct Neighbours {
    starts: Vec<u32>,
    edges: Vec<u32>,
}

impl Neighbours {
    fn new(count: usize, edges: &[Edge]) -> Self {
        let mut ends: Vec<(usize, u32)> = (0_u32..)
            .zip(edges)
            .flat_map(|(n, edge)| [(edge.a.index(), n), (edge.b.index(), n)])
            .collect();
        ends.sort_unstable();
        let starts = (0..=count)
            .map(|d| ends.partition_point(|end| end.0 < d) as u32)
            .collect();
        Self {
            starts,
            edges: ends.into_iter().map(|end| end.1).collect(),
        }
    }

    fn of(&self, document: usize) -> &[u32] {
        &self.edges[self.starts[document] as usize..self.starts[document + 1] as usize]
    }
}

fn families(count: usize, unique: impl Fn(usize) -> usize, edges: &[Edge]) -> Vec<Option<DocId>> {
    let mut sets = DisjointSets::new(count);
    for document in 0..count {
        sets.join(document, unique(document));
    }
    for edge in edges.iter().filter(|edge| edge.relation.joins_family()) {
        sets.join(edge.a.index(), edge.b.index());
    }
    let mut family = vec![None; count];
    for members in sets.groups() {
        members
            .iter()
            .for_each(|&member| family[member] = Some(DocId::new(members[0])));
    }
    family
}

#[cfg(test)]
mod tests {
    use super::super::{Comparison, Sketcher};
    use super::*;

    fn collection(texts: &[&str]) -> Collection {
        let mut sketcher = Sketcher::new(0, 1);
        texts.iter().for_each(|text| sketcher.add(text));
        let mut collection = Collection::default();
        collection.push(sketcher.take());
        collection
    }

    fn edge(a: usize, b: usize, relation: Relation) -> Edge {
        Edge {
            a: DocId::new(a),
            b: DocId::new(b),
            relation,
            comparison: Comparison::default(),
        }
    }

    fn by(preference: Preference) -> Order {
        Order {
            preference,
            reported: 10,
        }
    }

    fn dropped(choice: &Choice) -> Vec<Option<usize>> {
        choice
            .verdicts
            .iter()
            .map(|v| v.duplicate_of.map(|d| d.0.index()))
            .collect()
    }

    #[test]
    fn families_chain_and_deletions_do_not() {
        let texts = collection(&[
            "one two three",
            "one two four five",
            "one six four five seven",
        ]);
        let edges = [
            edge(0, 1, Relation::NearDuplicate),
            edge(1, 2, Relation::NearDuplicate),
        ];
        let choice = choose(&texts, &edges, &by(Preference::Longest));
        assert_eq!(dropped(&choice), [None, Some(2), None]);
        assert!(
            choice
                .verdicts
                .iter()
                .all(|v| v.family == Some(DocId::new(0)))
        );
        assert_eq!(
            dropped(&choose(&texts, &edges, &by(Preference::First))),
            [None, Some(0), None]
        );
    }

    #[test]
    fn equal_texts_collapse_under_whichever_is_preferred() {
        let texts = collection(&["same words", "other", "Same words!"]);
        assert_eq!(
            dropped(&choose(&texts, &[], &by(Preference::First))),
            [None, None, Some(0)]
        );
        let days = vec![Some(9), None, Some(3)];
        assert_eq!(
            dropped(&choose(&texts, &[], &by(Preference::Earliest(days)))),
            [Some(2), None, None]
        );
    }

    #[test]
    fn an_archive_stays_and_makes_others_needless() {
        let texts = collection(&[
            "same words",
            "other words here",
            "Same words!",
            "same, words",
        ]);
        let order = Order {
            preference: Preference::First,
            reported: 2,
        };
        let edges = [edge(0, 1, Relation::NearDuplicate)];
        assert_eq!(
            dropped(&choose(&texts, &edges, &order)),
            [Some(2), Some(2), None, None]
        );
    }

    #[test]
    fn a_part_goes_only_if_its_whole_stays() {
        let texts = collection(&["part of it", "part of it and the rest"]);
        let whole = Relation::Contains {
            whole: DocId::new(1),
        };
        assert_eq!(
            dropped(&choose(
                &texts,
                &[edge(0, 1, whole)],
                &by(Preference::Longest)
            )),
            [Some(1), None]
        );
        assert_eq!(
            dropped(&choose(
                &texts,
                &[edge(0, 1, whole)],
                &by(Preference::First)
            )),
            [None, None]
        );
    }
}
