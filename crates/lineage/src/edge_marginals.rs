//! How probable each edge is, over all forests: the matrix-tree theorem (Tutte 1948) turned into edge marginals
//! (Koo, Globerson, Carreras and Collins 2007, section 3).

use super::arborescence::WeightedEdge;

/// Nodes up to which all forests are summed over; beyond, each child chooses for itself. Elimination costs the third
/// power of this.
const MAX_NODES: usize = 64;

/// The probability of each of `edges`, by their order: the share of the forests that hold it, each forest weighing the
/// exponential of its weights' sum. O(nodes^3 + edges) up to 64 nodes, else O(edges) without the ban on cycles.
pub(super) fn edge_probabilities(nodes: usize, edges: &[WeightedEdge]) -> Vec<f64> {
    let factors = factors(nodes, edges);
    let inverse = if nodes <= MAX_NODES {
        invert(laplacian(nodes, edges, &factors), nodes)
    } else {
        None
    };
    match inverse {
        Some(inverse) => marginals(nodes, edges, &factors, &inverse),
        None => choices(nodes, edges, &factors),
    }
}

/// `exp(weight)`, each child's edges scaled so that the largest is 1 (a forest has one edge into each child, so the
/// scale cancels).
fn factors(nodes: usize, edges: &[WeightedEdge]) -> Vec<f64> {
    let mut top = vec![f64::NEG_INFINITY; nodes];
    for edge in edges {
        top[edge.to] = top[edge.to].max(edge.weight);
    }
    edges
        .iter()
        .map(|edge| libm::exp((edge.weight - top[edge.to]).max(-300.0)))
        .collect()
}

fn laplacian(nodes: usize, edges: &[WeightedEdge], factors: &[f64]) -> Vec<f64> {
    let mut matrix = vec![0.0; nodes * nodes];
    for (edge, factor) in edges.iter().zip(factors) {
        matrix[edge.to * nodes + edge.to] += factor;
        if let Some(from) = edge.from {
            matrix[from * nodes + edge.to] -= factor;
        }
    }
    matrix
}

/// Gauss-Jordan with partial pivoting; `None` where the matrix is singular to working precision.
fn invert(mut matrix: Vec<f64>, nodes: usize) -> Option<Vec<f64>> {
    let mut inverse = vec![0.0; nodes * nodes];
    for i in 0..nodes {
        inverse[i * nodes + i] = 1.0;
    }
    for column in 0..nodes {
        let size = |row: &usize| matrix[row * nodes + column].abs();
        let pivot = (column..nodes).max_by(|x, y| size(x).total_cmp(&size(y)))?;
        if size(&pivot) < 1e-250 {
            return None;
        }
        for j in 0..nodes {
            matrix.swap(column * nodes + j, pivot * nodes + j);
            inverse.swap(column * nodes + j, pivot * nodes + j);
        }
        let scale = 1.0 / matrix[column * nodes + column];
        for j in 0..nodes {
            matrix[column * nodes + j] *= scale;
            inverse[column * nodes + j] *= scale;
        }
        for row in (0..nodes).filter(|&row| row != column) {
            let by = matrix[row * nodes + column];
            if by != 0.0 {
                for j in 0..nodes {
                    matrix[row * nodes + j] -= by * matrix[column * nodes + j];
                    inverse[row * nodes + j] -= by * inverse[column * nodes + j];
                }
            }
        }
    }
    Some(inverse)
}

fn marginals(nodes: usize, edges: &[WeightedEdge], factors: &[f64], inverse: &[f64]) -> Vec<f64> {
    let at = |row: usize, column: usize| inverse[row * nodes + column];
    let marginal = |(edge, factor): (&WeightedEdge, &f64)| {
        let own = at(edge.to, edge.to);
        let open = edge.from.map_or(own, |from| own - at(edge.to, from));
        (factor * open).clamp(0.0, 1.0)
    };
    edges.iter().zip(factors).map(marginal).collect()
}

fn choices(nodes: usize, edges: &[WeightedEdge], factors: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; nodes];
    for (edge, factor) in edges.iter().zip(factors) {
        sums[edge.to] += factor;
    }
    edges
        .iter()
        .zip(factors)
        .map(|(edge, factor)| factor / sums[edge.to])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(from: Option<usize>, to: usize, weight: f64) -> WeightedEdge {
        WeightedEdge { from, to, weight }
    }

    /// Oracle: sums over every choice of one edge a node.
    fn by_enumeration(nodes: usize, edges: &[WeightedEdge]) -> Vec<f64> {
        let mut totals = vec![0.0; edges.len()];
        let mut all = 0.0;
        let into: Vec<Vec<usize>> = (0..nodes)
            .map(|to| (0..edges.len()).filter(|&i| edges[i].to == to).collect())
            .collect();
        let choices: usize = into.iter().map(Vec::len).product();
        for mut code in 0..choices {
            let mut chosen = Vec::new();
            for places in &into {
                chosen.push(places[code % places.len()]);
                code /= places.len();
            }
            let rooted = (0..nodes).all(|start| {
                let mut at = Some(start);
                for _ in 0..=nodes {
                    at = at.and_then(|node| edges[chosen[node]].from);
                }
                at.is_none()
            });
            if rooted {
                let value = libm::exp(chosen.iter().map(|&i| edges[i].weight).sum());
                all += value;
                chosen.iter().for_each(|&i| totals[i] += value);
            }
        }
        totals.iter().map(|total| total / all).collect()
    }

    #[test]
    fn marginals_equal_the_sum_over_all_forests() {
        let mut edges = Vec::new();
        for to in 0..4_usize {
            edges.push(edge(None, to, 0.3 * to as f64 - 1.0));
            for from in (0..4_usize).filter(|&from| from != to) {
                edges.push(edge(Some(from), to, (from * 7 + to * 5) as f64 % 3.0 - 0.5));
            }
        }
        let found = edge_probabilities(4, &edges);
        for (found, wanted) in found.iter().zip(by_enumeration(4, &edges)) {
            assert!((found - wanted).abs() < 1e-9, "{found} is not {wanted}");
        }
    }

    #[test]
    fn large_families_choose_child_by_child() {
        let edges: Vec<WeightedEdge> = (0..100).map(|to| edge(None, to, -3.0)).collect();
        assert!(
            edge_probabilities(100, &edges)
                .iter()
                .all(|p| (p - 1.0).abs() < 1e-12)
        );
    }
}
