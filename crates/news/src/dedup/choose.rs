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

/// Chooses greedily in the order of `preference`: a document goes only if a **direct** verified edge leads to a kept
/// document that it equals, nearly equals, or is contained in. Families follow chains of copies; deletions do not.
/// `edges` join first documents of equal texts. O(n log n + edges).
#[must_use]
pub fn choose(collection: &Collection, edges: &[Edge], preference: &Preference) -> Choice {
    let count = collection.len();
    let unique = |document: usize| {
        collection
            .equal_to(DocId::new(document))
            .map_or(document, DocId::index)
    };
    let mut order: Vec<usize> = (0..count).collect();
    match preference {
        Preference::First => {}
        Preference::Longest => {
            order.sort_by_key(|&d| std::cmp::Reverse(collection.words(DocId::new(d))))
        }
        Preference::Earliest(days) => order.sort_by_key(|&d| days[d].unwrap_or(i64::MAX)),
    }
    let neighbours = Neighbours::new(count, edges);
    // The kept member of each set of equal texts, under its first document.
    let mut kept: Vec<Option<usize>> = vec![None; count];
    let mut duplicate_of = vec![None; count];
    for document in order {
        let first = unique(document);
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
    use super::super::{Comparison, Sketcher, Sketches};
    use super::*;

    fn collection(texts: &[&str]) -> Collection {
        let mut batch = Sketches::default();
        let mut sketcher = Sketcher::new(0, 1);
        texts.iter().for_each(|text| sketcher.add(text, &mut batch));
        let mut collection = Collection::default();
        collection.push(batch);
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
        let choice = choose(&texts, &edges, &Preference::Longest);
        assert_eq!(dropped(&choice), [None, Some(2), None]);
        assert!(
            choice
                .verdicts
                .iter()
                .all(|v| v.family == Some(DocId::new(0)))
        );
        assert_eq!(
            dropped(&choose(&texts, &edges, &Preference::First)),
            [None, Some(0), None]
        );
    }

    #[test]
    fn equal_texts_collapse_under_whichever_is_preferred() {
        let texts = collection(&["same words", "other", "Same words!"]);
        assert_eq!(
            dropped(&choose(&texts, &[], &Preference::First)),
            [None, None, Some(0)]
        );
        let days = vec![Some(9), None, Some(3)];
        assert_eq!(
            dropped(&choose(&texts, &[], &Preference::Earliest(days))),
            [Some(2), None, None]
        );
    }

    #[test]
    fn a_part_goes_only_if_its_whole_stays() {
        let texts = collection(&["part of it", "part of it and the rest"]);
        let whole = Relation::Contains {
            whole: DocId::new(1),
        };
        assert_eq!(
            dropped(&choose(&texts, &[edge(0, 1, whole)], &Preference::Longest)),
            [Some(1), None]
        );
        assert_eq!(
            dropped(&choose(&texts, &[edge(0, 1, whole)], &Preference::First)),
            [None, None]
        );
    }
}
