//! Disjoint sets: which items belong together, in input order.
//!
//! The root of a set is always its smallest index, so that the result does not depend on the order in which links
//! arrive. Families, candidate clusters and quotation groups are built with it.

/// A partition of `0..len`, refined by joining. The root of each set is its smallest member.
///
/// Path halving without union by rank: `find` is amortised O(log n) (Tarjan and van Leeuwen 1984, section 5); rank is
/// given up for the stable root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DisjointSets {
    parent: Vec<u32>,
}

impl DisjointSets {
    /// `len` sets of one item each.
    ///
    /// # Panics
    /// When `len` does not fit 32 bits.
    #[must_use]
    pub fn new(len: usize) -> Self {
        let len = u32::try_from(len).expect("fewer than 2^32 items");
        Self {
            parent: (0..len).collect(),
        }
    }

    /// Number of items.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parent.len()
    }

    /// Whether there is no item.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parent.is_empty()
    }

    /// The smallest member of the set that holds `item`. Amortised O(log n).
    ///
    /// # Panics
    /// When `item` is out of range.
    pub fn find(&mut self, item: usize) -> usize {
        let mut at = item;
        while self.parent[at] as usize != at {
            let above = self.parent[at] as usize;
            self.parent[at] = self.parent[above];
            at = self.parent[at] as usize;
        }
        at
    }

    /// Joins the sets of `a` and `b` and gives the root of the result. Amortised O(log n).
    ///
    /// # Panics
    /// When either is out of range.
    pub fn union(&mut self, a: usize, b: usize) -> usize {
        let (a, b) = (self.find(a), self.find(b));
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high] = self.parent[low];
        low
    }

    /// Whether `a` and `b` are in one set. Amortised O(log n).
    ///
    /// # Panics
    /// When either is out of range.
    pub fn same_set(&mut self, a: usize, b: usize) -> bool {
        self.find(a) == self.find(b)
    }

    /// The sets of two or more items: members ascending, sets by their smallest member. O(n log n) at worst.
    #[must_use]
    pub fn groups(&mut self) -> Vec<Vec<usize>> {
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.len()];
        for item in 0..self.len() {
            let find = self.find(item);
            members[find].push(item);
        }
        members.retain(|set| set.len() > 1);
        members
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_root_is_the_smallest_member_whatever_the_order_of_links() {
        let mut sets = DisjointSets::new(6);
        assert_eq!(sets.union(5, 3), 3);
        assert_eq!(sets.union(3, 1), 1);
        assert_eq!(sets.find(5), 1);
        assert!(!sets.same_set(0, 5));
        assert_eq!(sets.groups(), [[1, 3, 5]]);
    }

    #[test]
    fn no_items_have_no_groups() {
        let mut sets = DisjointSets::new(0);
        assert!(sets.is_empty());
        assert!(sets.groups().is_empty());
    }

    /// Oracle: repeated relabelling to the smaller label until nothing changes.
    fn labels(len: usize, links: &[(usize, usize)]) -> Vec<usize> {
        let mut label: Vec<usize> = (0..len).collect();
        loop {
            let before = label.clone();
            for &(a, b) in links {
                let low = label[a].min(label[b]);
                label[a] = low;
                label[b] = low;
            }
            if label == before {
                return label;
            }
        }
    }

    proptest! {
        #[test]
        fn roots_equal_the_labels_of_naive_propagation(
            links in prop::collection::vec((0_usize..40, 0_usize..40), 0..60)
        ) {
            let mut sets = DisjointSets::new(40);
            for &(a, b) in &links {
                sets.union(a, b);
            }
            let roots: Vec<usize> = (0..40).map(|item| sets.find(item)).collect();
            prop_assert_eq!(roots, labels(40, &links));
        }
    }
}
