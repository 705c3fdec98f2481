//! Which documents to keep: from verified edges to a verdict for each document.

use wirecopy_core::disjoint_sets::DisjointSets;
use wirecopy_text::DocId;

use super::{Collection, Edge};
use wirecopy_findings::Relation;

/// In which order documents are asked whether they may stay: the first of a family stays, and later ones that it makes
/// needless go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Preference {
    /// Longest first, then by name ([`Collection::break_ties`]).
    #[default]
    Longest,
    /// Input order.
    First,
    /// By these times (seconds since 1970), undated last, then as above. Entry `i` belongs to document `i`.
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
                let words = |d: usize| std::cmp::Reverse(collection.words(DocId::new(d)));
                reported.sort_by_key(|&d| (words(d), collection.tie(d)));
            }
            Preference::Earliest(times) => {
                reported.sort_by_key(|&d| (times[d].unwrap_or(i64::MAX), collection.tie(d)));
            }
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
pub struct Selection {
    /// Entry `i` belongs to document `i`.
    pub verdicts: Vec<Verdict>,
}

/// Chooses greedily in the order of `order`: a document goes only if a **direct** verified edge leads to a kept
/// document that it equals, nearly equals, or is contained in, and with which it `may` be compared. Families follow chains
/// of copies; deletions do not. `edges` join first documents of equal texts and hold for all documents that say the same.
/// O(n log n + edges).
#[must_use]
pub fn choose(
    collection: &Collection,
    edges: &[Edge],
    order: &Order,
    may: &impl Fn(DocId, DocId) -> bool,
) -> Selection {
    let neighbours = Neighbours::new(collection.len(), edges);
    let mut kept = Kept(vec![Vec::new(); collection.len()]);
    let mut duplicate_of = vec![None; collection.len()];
    let ranks = order.ranks(collection);
    for document in order.documents(collection).into_iter().map(DocId::new) {
        let first = collection.equal_to(document).unwrap_or(document);
        let known = |other: DocId| kept.first(other, |kept| may(document, kept));
        let found = order.is_reported(document).then(|| {
            let equal = known(first).map(|kept| (kept, Relation::Identical, 1.0));
            let of = neighbours.of(first.index()).iter();
            equal.or_else(|| {
                of.filter_map(|&edge| replaces(&edges[edge as usize], first, known))
                    .min_by_key(|found| ranks[found.0.index()])
            })
        });
        duplicate_of[document.index()] = found.flatten();
        if duplicate_of[document.index()].is_none() {
            kept.add(first, document);
        }
    }
    let families = families(collection, edges, may);
    let verdicts = duplicate_of.into_iter().zip(families);
    Selection {
        verdicts: verdicts
            .map(|(duplicate_of, family)| Verdict {
                duplicate_of,
                family,
            })
            .collect(),
    }
}

/// The kept documents of each text, under its first document: one, where all documents may be compared.
struct Kept(Vec<Vec<DocId>>);

/// Kept documents of one text that are remembered.
const MOST_KEPT: usize = 64;

impl Kept {
    /// The kept document that says what `first` says, was kept first, and for which `may` holds.
    fn first(&self, first: DocId, may: impl Fn(DocId) -> bool) -> Option<DocId> {
        let all = self.0[first.index()].iter().copied();
        all.into_iter().find(|&kept| may(kept))
    }

    fn add(&mut self, first: DocId, document: DocId) {
        let all = &mut self.0[first.index()];
        if all.len() < MOST_KEPT {
            all.push(document);
        }
    }
}

/// The kept document at the other end of `edge`, if it makes a document that says what `document` says needless. `known`
/// gives the kept one of a text.
fn replaces(
    edge: &Edge,
    document: DocId,
    known: impl Fn(DocId) -> Option<DocId>,
) -> Option<(DocId, Relation, f64)> {
    let (other, share) = if edge.a == document {
        (edge.b, edge.comparison.share_a())
    } else {
        (edge.a, edge.comparison.share_b())
    };
    let needless = match edge.relation {
        Relation::Identical | Relation::NearDuplicate => true,
        Relation::Contains => edge.whole() == other,
        _ => false,
    };
    let kept = known(other).filter(|_| needless)?;
    Some((kept, edge.relation, share))
}

/// Whether the edge lets one of its documents go, if the other stays.
pub(super) fn subsumes(edge: &Edge) -> bool {
    matches!(
        edge.relation,
        Relation::Identical | Relation::NearDuplicate | Relation::Contains
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

/// The smallest document of each document's family.
fn families(
    collection: &Collection,
    edges: &[Edge],
    may: &impl Fn(DocId, DocId) -> bool,
) -> Vec<Option<DocId>> {
    let equals = collection.equals();
    let mut sets = DisjointSets::new(collection.len());
    for document in (0..collection.len()).map(DocId::new) {
        let first = collection.equal_to(document).unwrap_or(document);
        let earlier = equals
            .of(first)
            .iter()
            .take_while(|&&other| other < document);
        if let Some(other) = earlier.into_iter().find(|&&other| may(other, document)) {
            sets.union(document.index(), other.index());
        }
    }
    for edge in edges.iter().filter(|edge| edge.relation.joins_family()) {
        let either = equals.collisions([edge.a, edge.b], may);
        for (one, other) in either.chain(equals.collisions([edge.b, edge.a], may)) {
            sets.union(one.index(), other.index());
        }
    }
    let mut family = vec![None; collection.len()];
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

    fn any(_: DocId, _: DocId) -> bool {
        true
    }

    fn dropped(choice: &Selection) -> Vec<Option<usize>> {
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
        let choice = choose(&texts, &edges, &by(Preference::Longest), &any);
        assert_eq!(dropped(&choice), [None, Some(2), None]);
        assert!(
            choice
                .verdicts
                .iter()
                .all(|v| v.family == Some(DocId::new(0)))
        );
        assert_eq!(
            dropped(&choose(&texts, &edges, &by(Preference::First), &any)),
            [None, Some(0), None]
        );
    }

    #[test]
    fn equal_texts_collapse_under_whichever_is_preferred() {
        let texts = collection(&["same words", "other", "Same words!"]);
        assert_eq!(
            dropped(&choose(&texts, &[], &by(Preference::First), &any)),
            [None, None, Some(0)]
        );
        let days = vec![Some(9), None, Some(3)];
        assert_eq!(
            dropped(&choose(&texts, &[], &by(Preference::Earliest(days)), &any)),
            [Some(2), None, None]
        );
    }

    #[test]
    fn equal_texts_stay_beside_those_that_they_must_not_meet() {
        let texts = collection(&["same words", "same words", "same words", "other words"]);
        // The first two are of one site.
        let may =
            |a: DocId, b: DocId| a.index().min(b.index()) != 0 || a.index().max(b.index()) != 1;
        let edges = [edge(0, 3, Relation::NearDuplicate)];
        let choice = choose(&texts, &edges, &by(Preference::First), &may);
        assert_eq!(dropped(&choice), [None, None, Some(0), Some(0)]);
        let first = DocId::new(0);
        assert!(choice.verdicts.iter().all(|v| v.family == Some(first)));
        let never = |_: DocId, _: DocId| false;
        let choice = choose(&texts, &edges, &by(Preference::First), &never);
        assert!(
            choice
                .verdicts
                .iter()
                .all(|v| v.duplicate_of.is_none() && v.family.is_none())
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
            dropped(&choose(&texts, &edges, &order, &any)),
            [Some(2), Some(2), None, None]
        );
    }

    #[test]
    fn a_part_goes_only_if_its_whole_stays() {
        let texts = collection(&["part of it", "part of it and the rest"]);
        let part = Edge {
            comparison: Comparison {
                words_a: 3,
                words_b: 6,
                aligned: 3,
                ..Comparison::default()
            },
            ..edge(0, 1, Relation::Contains)
        };
        assert_eq!(
            dropped(&choose(&texts, &[part], &by(Preference::Longest), &any)),
            [Some(1), None]
        );
        assert_eq!(
            dropped(&choose(&texts, &[part], &by(Preference::First), &any)),
            [None, None]
        );
    }
}
