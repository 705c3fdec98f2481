//! The best chain of match points by definition.

/// A place in both documents that holds one concept: token of a, token of b, bits.
pub type PlacedMatch = (u32, u32, f32);

/// Bits of the best chain of `points`, sorted by (a, b): the largest sum of bits less the cost of each step, over all chains.
/// `cost` gives the bits lost by a step of so many tokens on in a and in b (which may be negative), `None` where a chain
/// may not step. A full table over all pairs of points: O(points squared).
#[must_use]
pub fn best_chain(points: &[PlacedMatch], cost: impl Fn(u32, i64) -> Option<f32>) -> f32 {
    let mut best: Vec<f32> = Vec::with_capacity(points.len());
    for (at, &(a, b, bits)) in points.iter().enumerate() {
        let reached = (0..at).filter_map(|before| {
            let (x, y, _) = points[before];
            Some(best[before] - cost(a - x, i64::from(b) - i64::from(y))?)
        });
        best.push(bits + reached.fold(0.0, f32::max));
    }
    best.into_iter().fold(0.0, f32::max)
}
