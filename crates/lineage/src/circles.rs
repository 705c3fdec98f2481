//! Which edges of a graph lie on a circle. Parents beside those of the tree may close one, each of them sound by itself.

/// For each of `edges` (parent, child) between `nodes` nodes, whether it lies on a circle. O(nodes + edges) without circles;
/// with some, O(edges that stand behind one, squared).
pub(super) fn on_circle(nodes: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    let children = children(nodes, edges);
    let mut parents = vec![0_usize; nodes];
    edges.iter().for_each(|&(_, child)| parents[child] += 1);
    // Kahn (1962): whoever has no parent left is on no circle.
    let mut free: Vec<usize> = (0..nodes).filter(|&node| parents[node] == 0).collect();
    while let Some(node) = free.pop() {
        for &child in &children[node] {
            parents[child] -= 1;
            if parents[child] == 0 {
                free.push(child);
            }
        }
    }
    let behind = |node: usize| parents[node] > 0;
    edges
        .iter()
        .map(|&(parent, child)| behind(parent) && reaches(&children, child, parent))
        .collect()
}

fn children(nodes: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); nodes];
    for &(parent, child) in edges {
        children[parent].push(child);
    }
    children
}

/// Whether a path leads from `from` to `to`.
fn reaches(children: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; children.len()];
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        if node == to {
            return true;
        }
        if !std::mem::replace(&mut seen[node], true) {
            open.extend(&children[node]);
        }
    }
    false
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
