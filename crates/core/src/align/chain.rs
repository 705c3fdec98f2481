//! Chains of match points: runs in which both documents go on together, with gaps, and with words out of order
//! within a sentence.
//!
//! Sparse chaining with a concave gap cost and a bounded look-back, after Li (2018), *minimap2*, section 2.1; we
//! differ in allowing short steps back on side b, so that words moved within a sentence stay in the chain.

use super::AlignOptions;
use super::anchors::Anchor;

/// Points that a chain looks back over. Bounds the time by a constant per point.
const LOOK_BACK: usize = 48;

/// A chain of match points.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    /// Tokens of a and b from the first to one past the last point.
    pub(super) a: (u32, u32),
    pub(super) b: (u32, u32),
    /// Bits of its points less the cost of its gaps.
    pub(super) bits: f32,
    /// Indices of its points, ascending.
    pub(super) points: Vec<u32>,
}

/// Columns of the chaining pass, reused.
#[derive(Clone, Debug, Default)]
pub(super) struct ChainScratch {
    best: Vec<f32>,
    from: Vec<u32>,
    order: Vec<u32>,
    used: Vec<bool>,
}

const NONE: u32 = u32::MAX;

/// Replaces `out` by the disjoint chains of at least `least` bits, best first. `points` is sorted by (a, b).
/// O(points log points).
pub(super) fn chains(
    points: &[Anchor],
    options: &AlignOptions,
    scratch: &mut ChainScratch,
    out: &mut Vec<Chain>,
) {
    out.clear();
    score(points, options, scratch);
    let ChainScratch {
        best,
        from,
        order,
        used,
    } = scratch;
    order.clear();
    order.extend((0..points.len() as u32).filter(|&p| best[p as usize] >= options.min_bits_beside));
    order.sort_by(|&x, &y| {
        best[y as usize]
            .total_cmp(&best[x as usize])
            .then(x.cmp(&y))
    });
    used.clear();
    used.resize(points.len(), false);
    for &end in order.iter() {
        if used[end as usize] {
            continue;
        }
        let mut members = Vec::new();
        let mut at = end;
        while at != NONE && !used[at as usize] {
            used[at as usize] = true;
            members.push(at);
            at = from[at as usize];
        }
        let inherited = if at == NONE { 0.0 } else { best[at as usize] };
        let bits = best[end as usize] - inherited;
        if bits >= options.min_bits_beside {
            members.reverse();
            out.push(chain(points, members, bits));
        }
    }
    out.sort_by(|x, y| y.bits.total_cmp(&x.bits).then((x.a, x.b).cmp(&(y.a, y.b))));
}

/// Marks of tokens that better chains hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    a: Vec<bool>,
    b: Vec<bool>,
}

impl Taken {
    /// Forgets all marks, for documents of these lengths.
    pub(super) fn reset(&mut self, tokens_a: usize, tokens_b: usize) {
        self.a.clear();
        self.a.resize(tokens_a, false);
        self.b.clear();
        self.b.resize(tokens_b, false);
    }

    fn is_free(&self, point: Anchor) -> bool {
        !self.a[point.a as usize] && !self.b[point.b as usize]
    }

    fn mark(&mut self, point: Anchor) {
        self.a[point.a as usize] = true;
        self.b[point.b as usize] = true;
    }
}

/// Cuts off the ends of chains whose words a better chain already holds on either side, unless the chain is mostly
/// made of such words: then it is another occurrence of the same text. `chains` is best first.
pub(super) fn trim(points: &[Anchor], chains: &mut [Chain], taken: &mut Taken) {
    for chain in chains.iter_mut() {
        let free = |&m: &u32| taken.is_free(points[m as usize]);
        let bits = |m: &u32| points[*m as usize].bits;
        let all: f32 = chain.points.iter().map(bits).sum();
        let fresh: f32 = chain.points.iter().filter(|m| free(m)).map(bits).sum();
        if fresh * 2.0 >= all && fresh < all {
            let first = chain.points.iter().position(free).unwrap_or(0);
            let last = chain.points.iter().rposition(free).unwrap_or(0);
            let members = chain.points[first..=last].to_vec();
            let kept: f32 = members.iter().map(bits).sum();
            *chain = self::chain(points, members, chain.bits - (all - kept));
        }
        chain
            .points
            .iter()
            .for_each(|&m| taken.mark(points[m as usize]));
    }
}

fn score(points: &[Anchor], options: &AlignOptions, scratch: &mut ChainScratch) {
    let ChainScratch { best, from, .. } = scratch;
    best.clear();
    from.clear();
    for (at, point) in points.iter().enumerate() {
        let (gain, source) = best_before(&points[..at], best, *point, options);
        best.push(point.bits + gain);
        from.push(source);
    }
}

/// The most bits with which a chain that ends in one of `points` reaches `point`, and the place of that one. `best` are
/// the bits of the best chains to each of `points`.
#[inline]
fn best_before(
    points: &[Anchor],
    best: &[f32],
    point: Anchor,
    options: &AlignOptions,
) -> (f32, u32) {
    let (mut gain, mut source) = (0.0, NONE);
    let first = points.len().saturating_sub(LOOK_BACK);
    let steps_b = options.max_step.saturating_add(options.max_back);
    let before = points[first..].iter().zip(&best[first..]);
    for (place, (earlier, &bits)) in before.enumerate().rev() {
        let step_a = point.a - earlier.a;
        if step_a > options.max_step {
            break;
        }
        let step_b = point.b.wrapping_sub(earlier.b);
        let is_near = step_b.wrapping_add(options.max_back) <= steps_b;
        if !is_near || bits <= gain {
            continue;
        }
        if let Some(cost) = gap_cost(step_a, i64::from(step_b as i32), options)
            && bits - cost > gain
        {
            (gain, source) = (bits - cost, (first + place) as u32);
        }
    }
    (gain, source)
}

/// Bits that a chain loses by stepping `step_a` tokens on in a and `step_b` in b; `None` when it may not.
#[inline]
pub(super) fn gap_cost(step_a: u32, step_b: i64, options: &AlignOptions) -> Option<f32> {
    if step_a == 0 || step_b == 0 || step_b > i64::from(options.max_step) {
        return None;
    }
    if step_b < 0 {
        let back = (-step_b) as u32;
        let far = back.max(step_a);
        return (far <= options.max_back)
            .then(|| options.back_cost + options.skip_cost * (far - 1) as f32);
    }
    let step_b = step_b as u32;
    let passed = step_a.min(step_b) - 1;
    let shift = step_a.abs_diff(step_b);
    Some(options.skip_cost * passed as f32 + options.shift_cost * log2(shift + 1))
}

fn chain(points: &[Anchor], members: Vec<u32>, bits: f32) -> Chain {
    let (mut a, mut b) = ((u32::MAX, 0), (u32::MAX, 0));
    for &m in &members {
        let p = points[m as usize];
        a = (a.0.min(p.a), a.1.max(p.a + 1));
        b = (b.0.min(p.b), b.1.max(p.b + 1));
    }
    Chain {
        a,
        b,
        bits,
        points: members,
    }
}

/// log2 of a whole number of at least 1: exact at powers of two, and linear between them (at most .09 too low).
/// A chain asks for very many, and no constant of a gap's cost is known that well.
#[inline]
fn log2(n: u32) -> f32 {
    let whole = n.ilog2();
    whole as f32 + (n - (1 << whole)) as f32 / (1_u32 << whole) as f32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, prop, prop_assert, prop_assert_eq, proptest};

    use super::*;
    use crate::testing::best_chain;

    /// Points of two documents of so many tokens, by (a, b), each place once.
    fn points(tokens: u32, most: usize) -> impl Strategy<Value = Vec<Anchor>> {
        prop::collection::btree_set((0..tokens, 0..tokens), 0..most).prop_map(|places| {
            let point = |(a, b): (u32, u32)| Anchor {
                a,
                b,
                bits: 4.0 + ((a * 7 + b * 13) % 9) as f32,
            };
            places.into_iter().map(point).collect()
        })
    }

    fn found(points: &[Anchor], options: &AlignOptions) -> Vec<Chain> {
        let mut out = Vec::new();
        chains(points, options, &mut ChainScratch::default(), &mut out);
        out
    }

    fn oracle(points: &[Anchor], options: &AlignOptions) -> f32 {
        let placed: Vec<_> = points.iter().map(|p| (p.a, p.b, p.bits)).collect();
        best_chain(&placed, |a, b| {
            (a <= options.max_step)
                .then(|| gap_cost(a, b, options))
                .flatten()
        })
    }

    proptest! {
        #[test]
        fn the_best_chain_is_that_of_the_full_table(points in points(40, LOOK_BACK)) {
            let options = AlignOptions::default();
            let (best, expected) = (found(&points, &options), oracle(&points, &options));
            let bits = best.first().map_or(0.0, |c| c.bits);
            prop_assert!(expected < options.min_bits_beside || (bits - expected).abs() < 1e-3);
        }

        /// Looking back over a bounded number of points loses little even where every second place is a match.
        #[test]
        fn looking_back_a_bounded_way_keeps_nine_tenths(points in points(24, 288)) {
            let options = AlignOptions::default();
            let (best, expected) = (found(&points, &options), oracle(&points, &options));
            let bits = best.first().map_or(0.0, |c| c.bits);
            prop_assert!(expected < options.min_bits_beside || bits >= 0.9 * expected, "{bits} {expected}");
        }

        #[test]
        fn chains_are_disjoint_and_trimming_leaves_their_ends_free(points in points(40, 160)) {
            let options = AlignOptions::default();
            let mut chains = found(&points, &options);
            let mut members: Vec<u32> = chains.iter().flat_map(|c| c.points.clone()).collect();
            let all = members.len();
            members.sort_unstable();
            members.dedup();
            prop_assert_eq!(all, members.len());
            let before = chains.clone();
            let mut taken = Taken::default();
            taken.reset(40, 40);
            trim(&points, &mut chains, &mut taken);
            for (cut, whole) in chains.iter().zip(&before) {
                prop_assert!(cut.bits <= whole.bits + 1e-3);
                prop_assert!(whole.a.0 <= cut.a.0 && cut.a.1 <= whole.a.1);
                prop_assert!(whole.b.0 <= cut.b.0 && cut.b.1 <= whole.b.1);
            }
        }
    }
}
