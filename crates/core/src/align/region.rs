//! From chains to the places that will be passages: accepted, joined with what stands beside them, and merged.

use super::AlignOptions;
use super::chain::Chain;
use super::points::Point;
use super::words::{Sides, Window};

/// How a region was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RegionKind {
    /// By chains.
    Chain,
    /// As a short quotation.
    Quotation,
}

/// A pair of places that will be one passage.
#[derive(Clone, Debug)]
pub(super) struct Region {
    pub(super) window: Window,
    pub(super) bits: f32,
    pub(super) kind: RegionKind,
    /// Indices of its match points, ascending.
    pub(super) points: Vec<u32>,
}

/// Accepts chains as regions, best first, merges neighbours, and lets weaker chains join those beside them.
/// Quadratic in the number of accepted regions only within a merge distance.
pub(super) fn regions(chains: &[Chain], options: &AlignOptions) -> Vec<Region> {
    let mut out: Vec<Region> = Vec::new();
    let mut weak = Vec::new();
    for chain in chains {
        let region = Region {
            window: Window {
                a: chain.a,
                b: chain.b,
            },
            bits: chain.bits,
            kind: RegionKind::Chain,
            points: chain.points.clone(),
        };
        if region.bits >= options.min_bits {
            if !out.iter().any(|kept| covers(kept.window, region.window)) {
                out.push(region);
            }
        } else {
            weak.push(region);
        }
    }
    merge_all(&mut out, options);
    while !out.is_empty() && join_weak(&mut out, &mut weak, options) {
        merge_all(&mut out, options);
    }
    out
}

/// One pass over the weak chains; whether any joined.
fn join_weak(out: &mut [Region], weak: &mut Vec<Region>, options: &AlignOptions) -> bool {
    let before = weak.len();
    weak.retain(|chain| {
        if out.iter().any(|kept| covers(kept.window, chain.window)) {
            return false;
        }
        match out
            .iter_mut()
            .find(|kept| may_merge(kept.window, chain.window, options))
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

fn merge_all(out: &mut Vec<Region>, options: &AlignOptions) {
    let mut again = true;
    while again {
        again = false;
        out.sort_by_key(|r| (r.window.a, r.window.b));
        let mut at = 0;
        while at < out.len() {
            let reach = out[at].window.a.1 + options.merge_far;
            let found = (at + 1..out.len())
                .take_while(|&next| out[next].window.a.0 <= reach)
                .find(|&next| may_merge(out[at].window, out[next].window, options));
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

/// Whether two places lie so close, on both sides, that they are one passage.
fn may_merge(x: Window, y: Window, options: &AlignOptions) -> bool {
    let (gap_a, over_a) = distance(x.a, y.a);
    let (gap_b, over_b) = distance(x.b, y.b);
    let shorter_a = length(x.a).min(length(y.a));
    let shorter_b = length(x.b).min(length(y.b));
    if over_a * 3 > shorter_a || over_b * 3 > shorter_b {
        return false;
    }
    let (near, far) = (gap_a.min(gap_b), gap_a.max(gap_b));
    near <= options.merge_near && far <= options.merge_far
}

/// Tokens between two ranges, and tokens that both hold.
fn distance(x: (u32, u32), y: (u32, u32)) -> (u32, u32) {
    let (start, end) = (x.0.max(y.0), x.1.min(y.1));
    (start.saturating_sub(end), end.saturating_sub(start))
}

fn length(x: (u32, u32)) -> u32 {
    x.1 - x.0
}

/// Whether `inner` lies mostly inside `outer` on both sides.
pub(super) fn covers(outer: Window, inner: Window) -> bool {
    let (_, over_a) = distance(outer.a, inner.a);
    let (_, over_b) = distance(outer.b, inner.b);
    over_a * 2 >= length(inner.a) && over_b * 2 >= length(inner.b)
}

/// Short quotations that both texts have word for word, at least one of them inside quotation marks. O(points).
pub(super) fn quotations(sides: Sides, points: &[Point]) -> Vec<Region> {
    let mut out: Vec<Region> = Vec::new();
    for (index, point) in points.iter().enumerate() {
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
    out.retain(|r| r.bits >= sides.options.min_quote_bits);
    out
}

/// A quotation of at most this many words is looked up on its own; longer ones are chains.
const SHORT_QUOTATION: u32 = 12;

fn quotation_at(sides: Sides, (i, j): (u32, u32)) -> Option<Window> {
    let Sides { a, b, .. } = sides;
    let (quote_a, quote_b) = (a.quote[i as usize], b.quote[j as usize]);
    if quote_a == 0 && quote_b == 0 {
        return None;
    }
    let inside = |x: i64, y: i64| {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        let same_quotes = (quote_a == 0 || *a.quote.get(x)? == quote_a)
            && (quote_b == 0 || *b.quote.get(y)? == quote_b);
        (same_quotes && *a.concepts.get(x)? == *b.concepts.get(y)?).then_some(())
    };
    let (i, j) = (i64::from(i), i64::from(j));
    let back = (1..=i64::from(SHORT_QUOTATION))
        .take_while(|k| inside(i - k, j - k).is_some())
        .count() as i64;
    let on = (1..=i64::from(SHORT_QUOTATION))
        .take_while(|k| inside(i + k, j + k).is_some())
        .count() as i64;
    let window = Window {
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
