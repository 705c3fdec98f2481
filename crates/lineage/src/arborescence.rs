//! The best forest: for each node one parent, or none, so that the weights add up to the most and nobody is their own
//! ancestor (Chu and Liu 1965; Edmonds 1967).

/// An edge that may be chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct WeightedEdge {
    /// Parent; `None` for "from outside", which every node may be.
    pub(super) from: Option<usize>,
    /// Child.
    pub(super) to: usize,
    /// What choosing it is worth.
    pub(super) weight: f64,
}

/// One round of contraction.
struct Level {
    edges: Vec<LevelEdge>,
    best: Vec<usize>,
    /// Whether the node is on a cycle of best edges.
    cyclic: Vec<bool>,
    /// The node of the next level that each node became.
    merged: Vec<usize>,
}

#[derive(Clone, Copy)]
struct LevelEdge {
    from: Option<usize>,
    to: usize,
    weight: f64,
    /// Place of the same edge one level up.
    above: usize,
}

/// For each of `nodes` nodes, the place in `edges` of the chosen edge into it. Ties go to the edge that stands first.
/// All cycles of a round are contracted at once: O(rounds · edges), at worst O(nodes · edges).
///
/// # Panics
/// When a node has no edge from outside (then there may be no forest).
pub(super) fn best_forest(nodes: usize, edges: &[WeightedEdge]) -> Vec<usize> {
    let plain = |(above, e): (usize, &WeightedEdge)| LevelEdge {
        from: e.from,
        to: e.to,
        weight: e.weight,
        above,
    };
    let mut levels: Vec<Level> = Vec::new();
    let mut current: Vec<LevelEdge> = edges.iter().enumerate().map(plain).collect();
    let mut count = nodes;
    loop {
        let best = best_into(count, &current);
        let (cyclic, merged, next_count) = contract(&best, &current);
        if cyclic.iter().all(|c| !c) {
            return expand(levels, &current, best);
        }
        let next = next_edges(&current, &best, &cyclic, &merged);
        levels.push(Level {
            edges: current,
            best,
            cyclic,
            merged,
        });
        current = next;
        count = next_count;
    }
}

fn best_into(nodes: usize, edges: &[LevelEdge]) -> Vec<usize> {
    let mut best: Vec<Option<usize>> = vec![None; nodes];
    for (place, edge) in edges.iter().enumerate() {
        if best[edge.to].is_none_or(|held| edge.weight > edges[held].weight) {
            best[edge.to] = Some(place);
        }
    }
    best.into_iter()
        .map(|place| place.expect("every node has an edge from outside"))
        .collect()
}

/// Finds the cycles of the best edges; gives which nodes lie on one, and each node's number after merging them.
fn contract(best: &[usize], edges: &[LevelEdge]) -> (Vec<bool>, Vec<usize>, usize) {
    let nodes = best.len();
    let (mut cyclic, mut seen) = (vec![false; nodes], vec![usize::MAX; nodes]);
    let mut leader: Vec<usize> = (0..nodes).collect();
    for start in 0..nodes {
        let mut at = Some(start);
        while let Some(node) = at.filter(|&node| seen[node] == usize::MAX) {
            seen[node] = start;
            at = edges[best[node]].from;
        }
        let Some(entry) = at.filter(|&node| seen[node] == start && !cyclic[node]) else {
            continue;
        };
        let mut node = entry;
        while !cyclic[node] {
            cyclic[node] = true;
            leader[node] = entry;
            node = edges[best[node]]
                .from
                .expect("a cycle does not lead outside");
        }
    }
    let mut number = vec![usize::MAX; nodes];
    let mut count = 0;
    for node in 0..nodes {
        if number[leader[node]] == usize::MAX {
            number[leader[node]] = count;
            count += 1;
        }
        number[node] = number[leader[node]];
    }
    (cyclic, number, count)
}

fn next_edges(
    edges: &[LevelEdge],
    best: &[usize],
    cyclic: &[bool],
    merged: &[usize],
) -> Vec<LevelEdge> {
    let mut next = Vec::with_capacity(edges.len());
    for (above, edge) in edges.iter().enumerate() {
        let from = edge.from.map(|node| merged[node]);
        if from == Some(merged[edge.to]) {
            continue;
        }
        let given_up = if cyclic[edge.to] {
            edges[best[edge.to]].weight
        } else {
            0.0
        };
        next.push(LevelEdge {
            from,
            to: merged[edge.to],
            weight: edge.weight - given_up,
            above,
        });
    }
    next
}

/// Opens the merged nodes again: the edge into a merged node replaces the cycle's edge at the node it enters.
fn expand(levels: Vec<Level>, edges: &[LevelEdge], best: Vec<usize>) -> Vec<usize> {
    let mut chosen: Vec<usize> = best.iter().map(|&place| edges[place].above).collect();
    for level in levels.into_iter().rev() {
        let mut below = level.best.clone();
        for &place in &chosen {
            below[level.edges[place].to] = place;
        }
        for (node, place) in below.iter_mut().enumerate() {
            let entered = chosen[level.merged[node]];
            if !level.cyclic[node] {
                *place = entered;
            }
        }
        chosen = below
            .iter()
            .map(|&place| level.edges[place].above)
            .collect();
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edge(from: Option<usize>, to: usize, weight: f64) -> WeightedEdge {
        WeightedEdge { from, to, weight }
    }

    #[test]
    fn a_cycle_is_entered_where_it_costs_least() {
        let edges = [
            edge(None, 0, 0.0),
            edge(None, 1, -1.0),
            edge(None, 2, -5.0),
            edge(Some(0), 1, 4.0),
            edge(Some(1), 0, 4.5),
            edge(Some(1), 2, 3.0),
        ];
        assert_eq!(best_forest(3, &edges), [0, 3, 5]);
    }

    /// Oracle: every choice of one edge a node, the best without a cycle.
    fn best_weight(nodes: usize, edges: &[WeightedEdge]) -> f64 {
        fn search(
            node: usize,
            chosen: &mut Vec<WeightedEdge>,
            nodes: usize,
            edges: &[WeightedEdge],
        ) -> f64 {
            if node == nodes {
                let sum = chosen.iter().map(|e| e.weight).sum();
                return if is_forest(chosen) {
                    sum
                } else {
                    f64::NEG_INFINITY
                };
            }
            let mut best = f64::NEG_INFINITY;
            for edge in edges.iter().filter(|e| e.to == node) {
                chosen.push(*edge);
                best = best.max(search(node + 1, chosen, nodes, edges));
                chosen.pop();
            }
            best
        }
        search(0, &mut Vec::new(), nodes, edges)
    }

    fn is_forest(chosen: &[WeightedEdge]) -> bool {
        (0..chosen.len()).all(|start| {
            let mut at = start;
            for _ in 0..=chosen.len() {
                match chosen[at].from {
                    None => return true,
                    Some(parent) => at = parent,
                }
            }
            false
        })
    }

    proptest! {
        #[test]
        fn the_forest_is_as_good_as_the_best_of_all(
            weights in prop::collection::vec(-8_i32..8, 30),
            present in prop::collection::vec(any::<bool>(), 30),
        ) {
            let nodes = 5;
            let mut edges: Vec<WeightedEdge> =
                (0..nodes).map(|to| edge(None, to, f64::from(weights[to]))).collect();
            for from in 0..nodes {
                for to in (0..nodes).filter(|&to| to != from) {
                    let at = 5 + from * 4 + to - usize::from(to > from);
                    if present[at] {
                        edges.push(edge(Some(from), to, f64::from(weights[at])));
                    }
                }
            }
            let chosen: Vec<WeightedEdge> = best_forest(nodes, &edges).into_iter().map(|i| edges[i]).collect();
            prop_assert!(chosen.iter().enumerate().all(|(node, e)| e.to == node));
            prop_assert!(is_forest(&chosen));
            let sum: f64 = chosen.iter().map(|e| e.weight).sum();
            prop_assert_eq!(sum, best_weight(nodes, &edges));
        }
    }
}
