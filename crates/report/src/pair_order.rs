//! Pairs in the order in which they are read: the origin first, then what was made of it, so that what the copy cut,
//! added and changed reads as such. Findings list the sides of a pair in input order.

use std::borrow::Cow;
use std::collections::HashSet;

use wirecopy_document::date::Published;
use wirecopy_findings::{EditKindName, PairRecord, PassageRecord};

use crate::index::View;

/// A pair whose side a is to be read first.
#[derive(Debug)]
pub(crate) struct OrderedPair<'a> {
    pub(crate) pair: Cow<'a, PairRecord>,
    pub(crate) way: Direction,
}

/// Why side a stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Lineage leads from a to b.
    Down,
    /// Lineage does not say; a is older, or comes first in the input.
    Open,
}

impl<'a> OrderedPair<'a> {
    /// The order that lineage gives; where it gives none the older document first; else input order. O(edges) at most.
    pub(crate) fn of(view: &View<'a>, pair: &'a PairRecord) -> Self {
        let (pair, way) = if descends(view, &pair.b, &pair.a) {
            (Cow::Borrowed(pair), Direction::Down)
        } else if descends(view, &pair.a, &pair.b) {
            (Cow::Owned(swapped(pair)), Direction::Down)
        } else if is_older(view, &pair.b, &pair.a) {
            (Cow::Owned(swapped(pair)), Direction::Open)
        } else {
            (Cow::Borrowed(pair), Direction::Open)
        };
        Self { pair, way }
    }
}

/// Whether lineage leads from `origin` to `copy`, directly or by way of others.
fn descends(view: &View<'_>, copy: &str, origin: &str) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![copy];
    while let Some(at) = open.pop() {
        for parent in view.parents(at) {
            if parent == origin {
                return true;
            }
            if seen.insert(parent) {
                open.push(parent);
            }
        }
    }
    false
}

/// Whether the dates of both are known and tell that `one` came before `other`.
fn is_older(view: &View<'_>, one: &str, other: &str) -> bool {
    let date = |id| Published::parse(view.document(id)?.published.as_deref()?);
    let hours = date(one)
        .zip(date(other))
        .and_then(|(one, other)| one.hours_until(other));
    hours.is_some_and(|hours| hours > 0.0)
}

/// The same pair seen from its other document.
pub(crate) fn swapped(pair: &PairRecord) -> PairRecord {
    let passage = |p: &PassageRecord| {
        let mut edits = p.edits.clone();
        for edit in edits.iter_mut().flatten() {
            std::mem::swap(&mut edit.a, &mut edit.b);
            edit.kind = match edit.kind {
                EditKindName::Cut => EditKindName::Added,
                EditKindName::Added => EditKindName::Cut,
                kind => kind,
            };
        }
        if let Some(edits) = &mut edits {
            edits.sort_by_key(|edit| (edit.a.start, edit.b.start));
        }
        PassageRecord {
            a: p.b,
            b: p.a,
            edits,
            ..p.clone()
        }
    };
    let mut passages: Vec<PassageRecord> = pair.passages.iter().map(passage).collect();
    passages.sort_by_key(|p| (p.a, p.b));
    PairRecord {
        a: pair.b.clone(),
        b: pair.a.clone(),
        containment_a: pair.containment_b,
        containment_b: pair.containment_a,
        aligned_a: pair.aligned_b,
        aligned_b: pair.aligned_a,
        passages,
        ..pair.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NoTexts;
    use wirecopy_findings::{
        DocumentRecord, EdgeRecord, EdgeRelation, EditRecord, Findings, LineageRecord,
        PassageKindName, Relation, Span,
    };

    fn pair(a: &str, b: &str) -> PairRecord {
        PairRecord {
            a: a.into(),
            b: b.into(),
            relation: Relation::NearDuplicate,
            same_outlet: false,
            whole: None,
            similarity: 0.5,
            containment_a: 0.6,
            containment_b: 0.7,
            aligned_a: 0.8,
            aligned_b: 0.9,
            passages: Vec::new(),
        }
    }

    #[test]
    fn a_turned_pair_has_its_edits_in_the_order_of_its_new_first_side() {
        let span = |start: u32| Span {
            start,
            end: start + 4,
        };
        let edit = |kind, a, b| EditRecord {
            kind,
            a: span(a),
            b: span(b),
        };
        let moved = [(0, 20), (10, 0)].map(|(a, b)| edit(EditKindName::Moved, a, b));
        let passage = PassageRecord {
            a: span(0),
            b: span(0),
            kind: PassageKindName::Reworded,
            identity: 0.5,
            score: 40.0,
            quoted: 0.0,
            edits: Some(moved.to_vec()),
        };
        let pair = PairRecord {
            passages: vec![passage],
            ..pair("a", "b")
        };
        let edits = swapped(&pair).passages[0]
            .edits
            .clone()
            .expect("it has edits");
        let places: Vec<_> = edits.iter().map(|e| (e.a.start, e.b.start)).collect();
        assert_eq!(places, [(0, 10), (20, 0)]);
    }

    fn edge(from: &str, to: &str) -> EdgeRecord {
        EdgeRecord {
            from: from.into(),
            to: to.into(),
            relation: EdgeRelation::LightEdit,
            probability: 0.9,
            direction_probability: 0.9,
            share: Some(0.9),
            evidence: Vec::new(),
        }
    }

    #[test]
    fn the_origin_is_read_first_then_the_older_then_the_first_of_the_input() {
        let document = |id: &str, published: Option<&str>| DocumentRecord {
            id: id.into(),
            published: published.map(Into::into),
            ..DocumentRecord::default()
        };
        let findings = Findings {
            documents: vec![
                document("a", Some("2024-02-01")),
                document("b", Some("2024-02-09")),
                document("c", None),
                document("d", Some("2024-02-05")),
            ],
            lineage: LineageRecord {
                edges: vec![edge("c", "b"), edge("b", "a")],
                ..LineageRecord::default()
            },
            ..Findings::default()
        };
        let view = View::new(&findings, &NoTexts);
        let cases = [
            (("a", "b"), ("b", "a"), Direction::Down),
            (("a", "c"), ("c", "a"), Direction::Down),
            (("c", "b"), ("c", "b"), Direction::Down),
            (("b", "d"), ("d", "b"), Direction::Open),
            (("a", "d"), ("a", "d"), Direction::Open),
            (("c", "d"), ("c", "d"), Direction::Open),
        ];
        for ((a, b), (first, second), way) in cases {
            let pair = pair(a, b);
            let reading = OrderedPair::of(&view, &pair);
            assert_eq!(
                (&*reading.pair.a, &*reading.pair.b, reading.way),
                (first, second, way),
                "{a} and {b}"
            );
            let turned = first != a;
            let aligned = if turned { 0.9 } else { 0.8 };
            assert!((reading.pair.aligned_a - aligned).abs() < 1e-9);
        }
    }
}
