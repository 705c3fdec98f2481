//! Related articles grouped: connected by copies and updates, each family with a representative.

use wirecopy_core::disjoint_sets::DisjointSets;
use wirecopy_text::DocId;

use wirecopy_findings::Relation;

/// Documents connected by copying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// Two or more members, in input order.
    pub members: Vec<DocId>,
    /// The member that stands for the family.
    pub representative: DocId,
}

/// One document as families see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MemberRank {
    /// Body tokens.
    pub body_tokens: u32,
    /// Seconds since 1970 at which it was out, if known ([`out_by`](wirecopy_document::date::Published::out_by)).
    pub published: Option<i64>,
}

/// One verified pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairRelation {
    /// The first document.
    pub a: DocId,
    /// The second document.
    pub b: DocId,
    /// What the pair means.
    pub relation: Relation,
}

/// The families of `documents` (entry `i` is document `i`), by their first member. Copies and updates join, nothing
/// else does.
///
/// The representative is the member nearest to the origin as far as ranks tell: the longest body (a copy is more often
/// cut than grown), then the earliest, then the first of the input. Lineage knows better where it was run.
/// O((documents + pairs) log documents).
///
/// # Panics
/// When a pair names a document that is not in `documents`.
#[must_use]
pub fn families(documents: &[MemberRank], pairs: &[PairRelation]) -> Vec<Family> {
    let mut sets = DisjointSets::new(documents.len());
    for pair in pairs.iter().filter(|pair| pair.relation.joins_family()) {
        sets.union(pair.a.index(), pair.b.index());
    }
    sets.groups()
        .into_iter()
        .map(|group| family(&group, documents))
        .collect()
}

fn family(group: &[usize], documents: &[MemberRank]) -> Family {
    let key = |&&item: &&usize| {
        let rank = documents[item];
        (
            std::cmp::Reverse(rank.body_tokens),
            rank.published.is_none(),
            rank.published,
            item,
        )
    };
    let first = group.iter().min_by_key(key).expect("a group has members");
    Family {
        members: group.iter().map(|&item| DocId::new(item)).collect(),
        representative: DocId::new(*first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(a: usize, b: usize, relation: Relation) -> PairRelation {
        PairRelation {
            a: DocId::new(a),
            b: DocId::new(b),
            relation,
        }
    }

    #[test]
    fn copies_and_updates_join_and_shared_quotations_do_not() {
        let documents = [MemberRank {
            body_tokens: 10,
            published: None,
        }; 6];
        let pairs = [
            pair(4, 5, Relation::Update),
            pair(0, 2, Relation::SharesPassages),
            pair(2, 3, Relation::SharesQuotes),
        ];
        let found = families(&documents, &pairs);
        let members: Vec<Vec<usize>> = found
            .iter()
            .map(|f| f.members.iter().map(|d| d.index()).collect())
            .collect();
        assert_eq!(members, [[0, 2], [4, 5]]);
    }

    #[test]
    fn the_longest_then_the_earliest_dated_member_represents() {
        let rank = |body_tokens, published| MemberRank {
            body_tokens,
            published,
        };
        let documents = [
            rank(50, None),
            rank(90, None),
            rank(90, Some(20)),
            rank(90, Some(10)),
        ];
        let pairs = [
            pair(0, 1, Relation::Identical),
            pair(0, 2, Relation::Identical),
            pair(0, 3, Relation::Identical),
        ];
        assert_eq!(
            families(&documents, &pairs)[0].representative,
            DocId::new(3)
        );
    }
}
