//! Which edges of a graph lie on a circle. Parents beside those of the tree may close one, each of them sound by itself.

/// For each of `edges` (parent, child) between `nodes` nodes, whether it lies on a circle: whether its ends are in one strongly
/// connected component. Tarjan (1972), "Depth-first search and linear graph algorithms". O(nodes + edges).
pub(super) fn on_circle(nodes: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    let mut search = Search::new(children(nodes, edges));
    for node in 0..nodes {
        search.visit(node);
    }
    let component = search.component;
    edges
        .iter()
        .map(|&(parent, child)| component[parent] == component[child])
        .collect()
}

/// A depth-first search that numbers the strongly connected components.
struct Search {
    children: Vec<Vec<usize>>,
    /// When each node was met, from 1; 0 before.
    met: Vec<usize>,
    /// The earliest node on `stack` that can be reached from each.
    lowest: Vec<usize>,
    /// Nodes that were met and have no component yet.
    stack: Vec<usize>,
    /// Number of each node's component; none before it is closed.
    component: Vec<Option<usize>>,
    time: usize,
}

impl Search {
    fn new(children: Vec<Vec<usize>>) -> Self {
        let nodes = children.len();
        Self {
            children,
            met: vec![0; nodes],
            lowest: vec![0; nodes],
            stack: Vec::new(),
            component: vec![None; nodes],
            time: 0,
        }
    }

    /// Searches from `start`, without recursion: a family may be a long chain.
    fn visit(&mut self, start: usize) {
        if self.met[start] > 0 {
            return;
        }
        // Open nodes, each with the number of its children that were looked at.
        let mut path = vec![(start, 0)];
        self.meet(start);
        while let Some((node, seen)) = path.last_mut() {
            let node = *node;
            let child = self.children[node].get(*seen).copied();
            *seen += 1;
            match child {
                Some(child) if self.met[child] == 0 => {
                    self.meet(child);
                    path.push((child, 0));
                }
                Some(child) if self.component[child].is_none() => {
                    self.lowest[node] = self.lowest[node].min(self.met[child]);
                }
                Some(_) => {}
                None => {
                    path.pop();
                    self.close(node);
                    if let Some(&(parent, _)) = path.last() {
                        self.lowest[parent] = self.lowest[parent].min(self.lowest[node]);
                    }
                }
            }
        }
    }

    fn meet(&mut self, node: usize) {
        self.time += 1;
        self.met[node] = self.time;
        self.lowest[node] = self.time;
        self.stack.push(node);
    }

    /// Gives a number to the component that `node` is the first of, if it is.
    fn close(&mut self, node: usize) {
        if self.lowest[node] < self.met[node] {
            return;
        }
        while let Some(member) = self.stack.pop() {
            self.component[member] = Some(node);
            if member == node {
                break;
            }
        }
    }
}

fn children(nodes: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); nodes];
    for &(parent, child) in edges {
        children[parent].push(child);
    }
    children
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_of_circles_are_told_from_those_that_lead_to_them_and_away() {
        let edges = [
            (0, 1),
            (1, 2),
            (2, 3),
            (3, 1),
            (3, 4),
            (4, 5),
            (5, 4),
            (0, 6),
        ];
        let found = on_circle(7, &edges);
        assert_eq!(found, [false, true, true, true, false, true, true, false]);
    }

    #[test]
    fn a_tree_has_none() {
        assert_eq!(on_circle(4, &[(0, 1), (0, 2), (2, 3), (1, 3)]), [false; 4]);
        assert!(on_circle(0, &[]).is_empty());
    }
}
