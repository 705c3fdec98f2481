//! From chains to the places that will be passages: accepted, joined with what stands beside them, and merged.

use super::AlignOptions;
use super::anchors::Anchor;
use super::chain::Chain;
use super::word_alignment::{Pair, SpanPair};

/// How a region was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RegionKind {
    /// By chains.
    Chain,
    /// As a short quotation.
    Quotation,
    /// Around a short quotation.
    Context,
}

/// A pair of places that will be one passage.
#[derive(Clone, Debug)]
pub(super) struct Region {
    pub(super) window: SpanPair,
    pub(super) bits: f32,
    pub(super) kind: RegionKind,
    /// Indices of its match points, ascending.
    pub(super) points: Vec<u32>,
}

impl Region {
    /// The region of one chain.
    pub(super) fn of(chain: &Chain) -> Self {
        Self {
            window: SpanPair {
                a: chain.a,
                b: chain.b,
            },
            bits: chain.bits,
            kind: RegionKind::Chain,
            points: chain.points.clone(),
        }
    }
}

/// Accepts chains of at least `bar` bits as regions, best first, merges neighbours, and lets weaker chains join those beside them.
pub(super) fn regions(
    chains: &[Chain],
    points: &[Anchor],
    (options, bar): (&AlignOptions, f32),
) -> Vec<Region> {
    let mut out: Vec<Region> = Vec::new();
    let mut weak = Vec::new();
    for chain in chains {
        let region = Region::of(chain);
        if region.bits >= bar {
            if !out.iter().any(|kept| covers(kept.window, region.window)) {
                out.push(region);
            }
        } else {
            weak.push(region);
        }
    }
    merge_all(&mut out, points, MergeLimits::new(options, bar));
    while !out.is_empty() && join_weak(&mut out, &mut weak, points, (options, bar)) {
        merge_all(&mut out, points, MergeLimits::new(options, bar));
    }
    out
}

/// One pass over the weak chains; whether any joined.
fn join_weak(
    out: &mut [Region],
    weak: &mut Vec<Region>,
    points: &[Anchor],
    (options, bar): (&AlignOptions, f32),
) -> bool {
    let before = weak.len();
    let strong = MergeLimits::new(options, bar);
    let reach = MergeLimits {
        far: options.weak_far.max(strong.far),
        near: options.weak_near,
        sure_bits: options.min_bits * SURE_SHARE,
        ..strong
    };
    weak.retain(|chain| {
        match out
            .iter_mut()
            .find(|kept| may_merge(kept, chain, points, reach))
        {
            Some(kept) => {
                absorb(kept, chain);
                false
            }
            None => true,
        }
    });
    weak.len() < before
}

fn merge_all(out: &mut Vec<Region>, points: &[Anchor], reach: MergeLimits) {
    let mut again = true;
    while again {
        again = false;
        out.sort_by_key(|r| (r.window.a, r.window.b));
        let mut at = 0;
        while at < out.len() {
            let end = out[at].window.a.1 + reach.far;
            let found = (at + 1..out.len())
                .take_while(|&next| out[next].window.a.0 <= end)
                .find(|&next| may_merge(&out[at], &out[next], points, reach));
            match found {
                Some(next) => {
                    let other = out.remove(next);
                    absorb(&mut out[at], &other);
                    again = true;
                }
                None => at += 1,
            }
        }
    }
}

fn absorb(region: &mut Region, other: &Region) {
    let (w, o) = (&mut region.window, other.window);
    w.a = (w.a.0.min(o.a.0), w.a.1.max(o.a.1));
    w.b = (w.b.0.min(o.b.0), w.b.1.max(o.b.1));
    region.bits += other.bits;
    region.points.extend_from_slice(&other.points);
    region.points.sort_unstable();
    region.points.dedup();
}

/// How far apart two places may lie and be one passage: on the nearer and on the farther side.
#[derive(Clone, Copy, Debug)]
struct MergeLimits {
    near: u32,
    far: u32,
    /// Farthest distance of places that stand in another order.
    crossing: u32,
    /// Bits that both need to be joined over a distance.
    sure_bits: f32,
}

impl MergeLimits {
    /// On different events, two places that are close on one side and apart on the other are one passage of which a part was cut.
    /// On one event they may be two passages with independent words between.
    fn new(options: &AlignOptions, bar: f32) -> Self {
        let is_one_event = bar < options.min_bits - options.one_event_bits * SURELY_ONE_EVENT;
        let (share, crossing) = if is_one_event {
            (SURE_SHARE_KIN, FARTHEST_UNSURE)
        } else {
            (SURE_SHARE, FARTHEST_CROSSING)
        };
        Self {
            crossing,
            near: options.merge_near,
            far: options.merge_far,
            sure_bits: options.min_bits * share,
        }
    }
}

/// Whether two places lie so close, on both sides, that they are one passage, and are not two occurrences of one.
/// Far apart on one side they must follow one another on the other, in the same order: then the words between were
/// cut.
fn may_merge(x: &Region, y: &Region, points: &[Anchor], reach: MergeLimits) -> bool {
    let (gap_a, _) = distance(x.window.a, y.window.a);
    let (gap_b, _) = distance(x.window.b, y.window.b);
    let (near, far) = (gap_a.min(gap_b), gap_a.max(gap_b));
    let in_order = (x.window.a.0 < y.window.a.0) == (x.window.b.0 < y.window.b.0);
    let sure = x.bits.min(y.bits) >= reach.sure_bits;
    let far_limit = match (in_order && near <= ADJACENT, sure) {
        (true, true) => reach.far,
        (false, true) => reach.far.min(reach.crossing),
        (_, false) => reach.far.min(FARTHEST_UNSURE),
    };
    near <= reach.near && far <= far_limit && !repeats(x, y, points)
}

/// Tokens between two places that follow one another.
const ADJACENT: u32 = 8;
/// Farthest distance of places that stand in another order: one sentence between them.
const FARTHEST_CROSSING: u32 = 40;
/// Part of the bits of a passage of its own that a piece needs to be joined over a distance.
const SURE_SHARE: f32 = 0.6;
/// The same between articles on one event.
const SURE_SHARE_KIN: f32 = 2.0;
/// Part of the way to certain topic overlap from which articles are on one event.
const SURELY_ONE_EVENT: f32 = 0.9;
/// Farthest distance of places that are not each sure to be shared.
const FARTHEST_UNSURE: u32 = 16;

/// Whether two regions share a third of the tokens of the smaller one on either side.
fn repeats(x: &Region, y: &Region, points: &[Anchor]) -> bool {
    let (small, large) = if x.points.len() <= y.points.len() {
        (x, y)
    } else {
        (y, x)
    };
    let inside = |p: &&u32| {
        let point = points[**p as usize];
        let w = large.window;
        (w.a.0..w.a.1).contains(&point.a) || (w.b.0..w.b.1).contains(&point.b)
    };
    let near: Vec<Anchor> = small
        .points
        .iter()
        .filter(inside)
        .map(|&p| points[p as usize])
        .collect();
    if near.len() * 3 <= small.points.len() {
        return false;
    }
    let enough = |both: usize| both * 3 > small.points.len();
    let at = |&n: &u32| points[n as usize];
    let on_a = |p: &&Anchor| {
        let found = large.points.binary_search_by_key(&p.a, |n| at(n).a);
        found.is_ok()
    };
    enough(near.iter().filter(on_a).count())
        || enough(held_on_b(&near, large.points.iter().map(at)))
}

/// How many of `near` have their token of b in common with one of `others`.
fn held_on_b(near: &[Anchor], others: impl Iterator<Item = Anchor>) -> usize {
    let mut tokens: Vec<u32> = near.iter().map(|p| p.b).collect();
    tokens.sort_unstable();
    let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) else {
        return 0;
    };
    let mut held = vec![false; tokens.len()];
    for other in others.filter(|p| (first..=last).contains(&p.b)) {
        let from = tokens.partition_point(|&t| t < other.b);
        let same = tokens[from..].iter().take_while(|&&t| t == other.b).count();
        held[from..from + same].fill(true);
    }
    held.iter().filter(|&&h| h).count()
}

/// Tokens between two ranges, and tokens that both hold.
fn distance(x: (u32, u32), y: (u32, u32)) -> (u32, u32) {
    let (start, end) = (x.0.max(y.0), x.1.min(y.1));
    (start.saturating_sub(end), end.saturating_sub(start))
}

fn length(x: (u32, u32)) -> u32 {
    x.1 - x.0
}

fn range(span: (u32, u32)) -> std::ops::Range<usize> {
    span.0 as usize..span.1 as usize
}

/// Whether `inner` lies mostly inside `outer` on both sides.
pub(super) fn covers(outer: SpanPair, inner: SpanPair) -> bool {
    let (_, over_a) = distance(outer.a, inner.a);
    let (_, over_b) = distance(outer.b, inner.b);
    over_a * 2 >= length(inner.a) && over_b * 2 >= length(inner.b)
}

/// Whether one side of `later` lies in that side of `first`, but for a fifth of it at most.
pub(super) fn repeats_side(first: SpanPair, later: SpanPair) -> bool {
    let inside = |outer, inner| distance(outer, inner).1 * 5 >= length(inner) * 4;
    inside(first.a, later.a) || inside(first.b, later.b)
}

/// Short quotations that both texts have word for word, at least one of them inside quotation marks. O(points).
pub(super) fn quotations(sides: Pair, points: &[Anchor]) -> Vec<Region> {
    let mut out: Vec<Region> = Vec::new();
    for (index, point) in points.iter().enumerate() {
        if sides.a.stems[point.a as usize] != sides.b.stems[point.b as usize] {
            continue;
        }
        let Some(window) = quotation_at(sides, (point.a, point.b)) else {
            continue;
        };
        match out.iter_mut().rev().take(16).find(|r| r.window == window) {
            Some(region) => {
                region.points.push(index as u32);
                region.bits += point.bits;
            }
            None => out.push(Region {
                window,
                kind: RegionKind::Quotation,
                bits: point.bits,
                points: vec![index as u32],
            }),
        }
    }
    for region in &mut out {
        region.bits = sides.a.background[range(region.window.a)].iter().sum();
    }
    out.retain(|r| r.bits >= sides.options.min_quote_bits);
    out
}

/// A quotation of at most this many words is looked up on its own; longer ones are chains.
const SHORT_QUOTATION: u32 = 12;

fn quotation_at(sides: Pair, (i, j): (u32, u32)) -> Option<SpanPair> {
    let Pair { a, b, .. } = sides;
    let (quote_a, quote_b) = (a.quote[i as usize], b.quote[j as usize]);
    if quote_a == 0 && quote_b == 0 {
        return None;
    }
    let inside = |x: i64, y: i64| {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        let same_quotes = (quote_a == 0 || *a.quote.get(x)? == quote_a)
            && (quote_b == 0 || *b.quote.get(y)? == quote_b);
        (same_quotes && *a.stems.get(x)? == *b.stems.get(y)?).then_some(())
    };
    let (i, j) = (i64::from(i), i64::from(j));
    let back = (1..=i64::from(SHORT_QUOTATION))
        .take_while(|k| inside(i - k, j - k).is_some())
        .count() as i64;
    let on = (1..=i64::from(SHORT_QUOTATION))
        .take_while(|k| inside(i + k, j + k).is_some())
        .count() as i64;
    let window = SpanPair {
        a: ((i - back) as u32, (i + on + 1) as u32),
        b: ((j - back) as u32, (j + on + 1) as u32),
    };
    let whole = |quote: &[u32], range: (u32, u32)| {
        let id = quote[range.0 as usize];
        id != 0
            && (range.0 == 0 || quote[range.0 as usize - 1] != id)
            && quote.get(range.1 as usize).is_none_or(|&q| q != id)
    };
    let fits = length(window.a) >= 2 && length(window.a) <= SHORT_QUOTATION;
    (fits && (whole(&a.quote, window.a) || whole(&b.quote, window.b))).then_some(window)
}
