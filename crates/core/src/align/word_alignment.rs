//! The words of one passage, aligned: which stayed, which moved, which are new.
//!
//! A monotone backbone of match points (heaviest increasing subsequence, Jacobson and Vo 1992), the gaps between
//! them filled by a small full-table alignment, and what is left matched out of order.

use super::anchors::{Anchor, match_bits};
use super::chain::gap_cost;
use super::name_variants::are_near_names;
use super::{AlignOptions, AnalysedText};

/// Cells of a gap's table beyond which only equal words at its two ends are matched. Bounds time and memory.
const MAX_CELLS: usize = 1024;

/// How two aligned tokens stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// In the order of both texts.
    Same,
    /// Out of order.
    Moved,
}

/// Two tokens aligned one to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WordPair {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) order: Order,
}

/// Columns of the word alignment, reused.
#[derive(Clone, Debug, Default)]
pub(super) struct WordScratch {
    tree: Vec<(f32, u32)>,
    gain: Vec<f32>,
    from: Vec<u32>,
    table: Vec<f32>,
    used_a: Vec<bool>,
    used_b: Vec<bool>,
    increasing_subsequence: Vec<(u32, u32)>,
}

const NONE: u32 = u32::MAX;

/// The rectangle of a passage: tokens of a and of b.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SpanPair {
    pub(super) a: (u32, u32),
    pub(super) b: (u32, u32),
}

/// Two documents and how they are compared.
#[derive(Clone, Copy)]
pub(super) struct Pair<'p> {
    pub(super) a: &'p AnalysedText,
    pub(super) b: &'p AnalysedText,
    pub(super) options: &'p AlignOptions,
}

/// Replaces `out` by the word pairs of the window, by `a`. `points` are those of the passage's chains, by (a, b).
/// Every token is in one pair at most. Near-linear in the window.
pub(super) fn align_words(
    sides: Pair,
    window: SpanPair,
    points: &[Anchor],
    (scratch, out): (&mut WordScratch, &mut Vec<WordPair>),
) {
    out.clear();
    increasing_subsequence(window, points, scratch);
    let anchors = std::mem::take(&mut scratch.increasing_subsequence);
    let (mut i, mut j) = (window.a.0, window.b.0);
    for &(x, y) in anchors.iter().chain([&(window.a.1, window.b.1)]) {
        fill(
            sides,
            SpanPair {
                a: (i, x),
                b: (j, y),
            },
            &mut scratch.table,
            out,
        );
        if x < window.a.1 {
            out.push(WordPair {
                a: x,
                b: y,
                order: Order::Same,
            });
        }
        (i, j) = (x + 1, y + 1);
    }
    scratch.increasing_subsequence = anchors;
    moved(sides, window, points, (scratch, out));
    out.sort_unstable_by_key(|p| p.a);
}

/// Fills `scratch.increasing_subsequence` with the heaviest sequence of points that ascends strictly in a and in b.
fn increasing_subsequence(window: SpanPair, points: &[Anchor], scratch: &mut WordScratch) {
    let WordScratch {
        tree,
        gain,
        from,
        increasing_subsequence,
        ..
    } = scratch;
    let width = (window.b.1 - window.b.0) as usize;
    tree.clear();
    tree.resize(width + 1, (0.0, NONE));
    gain.clear();
    from.clear();
    let (mut best, mut end) = (0.0, NONE);
    for group in points.chunk_by(|p, q| p.a == q.a) {
        let first = gain.len();
        for point in group {
            let (before, source) = heaviest_before(tree, (point.b - window.b.0) as usize);
            gain.push(before + point.bits);
            from.push(source);
        }
        for (k, point) in group.iter().enumerate() {
            let index = (first + k) as u32;
            raise(
                tree,
                (point.b - window.b.0) as usize,
                (gain[first + k], index),
            );
            if gain[first + k] > best {
                (best, end) = (gain[first + k], index);
            }
        }
    }
    increasing_subsequence.clear();
    while end != NONE {
        let point = points[end as usize];
        increasing_subsequence.push((point.a, point.b));
        end = from[end as usize];
    }
    increasing_subsequence.reverse();
}

/// The heaviest entry below `place` of a Fenwick tree of prefix maxima.
fn heaviest_before(tree: &[(f32, u32)], place: usize) -> (f32, u32) {
    let mut best = (0.0, NONE);
    let mut at = place;
    while at > 0 {
        if tree[at].0 > best.0 {
            best = tree[at];
        }
        at &= at - 1;
    }
    best
}

fn raise(tree: &mut [(f32, u32)], place: usize, entry: (f32, u32)) {
    let mut at = place + 1;
    while at < tree.len() {
        if entry.0 > tree[at].0 {
            tree[at] = entry;
        }
        at += at & at.wrapping_neg();
    }
}

/// Aligns the words of a gap between two anchors, in order.
fn fill(sides: Pair, gap: SpanPair, table: &mut Vec<f32>, out: &mut Vec<WordPair>) {
    let (mut a, mut b) = (gap.a, gap.b);
    if a.0 >= a.1 || b.0 >= b.1 {
        return;
    }
    let same = |i: u32, j: u32| sides.a.concepts[i as usize] == sides.b.concepts[j as usize];
    let mut push = |i, j| {
        out.push(WordPair {
            a: i,
            b: j,
            order: Order::Same,
        })
    };
    while a.0 < a.1 && b.0 < b.1 && same(a.0, b.0) {
        push(a.0, b.0);
        (a.0, b.0) = (a.0 + 1, b.0 + 1);
    }
    while a.0 < a.1 && b.0 < b.1 && same(a.1 - 1, b.1 - 1) {
        push(a.1 - 1, b.1 - 1);
        (a.1, b.1) = (a.1 - 1, b.1 - 1);
    }
    let (rows, columns) = ((a.1 - a.0) as usize, (b.1 - b.0) as usize);
    if rows > 0 && columns > 0 && rows * columns <= MAX_CELLS {
        full_table(sides, SpanPair { a, b }, table, push);
    }
}

/// Heaviest common subsequence by a full table.
fn full_table(sides: Pair, gap: SpanPair, table: &mut Vec<f32>, mut push: impl FnMut(u32, u32)) {
    let (rows, columns) = ((gap.a.1 - gap.a.0) as usize, (gap.b.1 - gap.b.0) as usize);
    let stride = columns + 1;
    table.clear();
    table.resize((rows + 1) * stride, 0.0);
    for r in (0..rows).rev() {
        for c in (0..columns).rev() {
            let skip = table[(r + 1) * stride + c].max(table[r * stride + c + 1]);
            let bits = pair_bits(sides, (gap.a.0 as usize + r, gap.b.0 as usize + c));
            let take = if bits > 0.0 {
                bits + table[(r + 1) * stride + c + 1]
            } else {
                0.0
            };
            table[r * stride + c] = skip.max(take);
        }
    }
    let (mut r, mut c) = (0, 0);
    while r < rows && c < columns {
        let here = table[r * stride + c];
        if here == table[(r + 1) * stride + c] {
            r += 1;
        } else if here == table[r * stride + c + 1] {
            c += 1;
        } else {
            push(gap.a.0 + r as u32, gap.b.0 + c as u32);
            (r, c) = (r + 1, c + 1);
        }
    }
}

/// Bits of aligning two tokens, 0 when they share no concept and are no two spellings of one name.
pub(super) fn pair_bits(sides: Pair, (i, j): (usize, usize)) -> f32 {
    let Pair { a, b, options } = sides;
    if a.concepts[i] == b.concepts[j] {
        match_bits(a, b, (i, j), options)
    } else if are_near_names(a, b, (i, j)) {
        a.bits[i].min(b.bits[j]) * options.soft_share
    } else {
        0.0
    }
}

/// Matches what the backbone left, out of order: the remaining points, each grown over equal neighbours.
fn moved(
    sides: Pair,
    window: SpanPair,
    points: &[Anchor],
    (scratch, out): (&mut WordScratch, &mut Vec<WordPair>),
) {
    let WordScratch { used_a, used_b, .. } = scratch;
    used_a.clear();
    used_a.resize((window.a.1 - window.a.0) as usize, false);
    used_b.clear();
    used_b.resize((window.b.1 - window.b.0) as usize, false);
    for pair in out.iter() {
        used_a[(pair.a - window.a.0) as usize] = true;
        used_b[(pair.b - window.b.0) as usize] = true;
    }
    for point in points {
        let mut place = (point.a - window.a.0, point.b - window.b.0);
        if used_a[place.0 as usize] || used_b[place.1 as usize] {
            continue;
        }
        let free = |i: u32, j: u32, used_a: &[bool], used_b: &[bool]| {
            !used_a[i as usize]
                && !used_b[j as usize]
                && sides.a.concepts[(window.a.0 + i) as usize]
                    == sides.b.concepts[(window.b.0 + j) as usize]
        };
        while place.0 > 0 && place.1 > 0 && free(place.0 - 1, place.1 - 1, used_a, used_b) {
            place = (place.0 - 1, place.1 - 1);
        }
        while (place.0 as usize) < used_a.len()
            && (place.1 as usize) < used_b.len()
            && free(place.0, place.1, used_a, used_b)
        {
            used_a[place.0 as usize] = true;
            used_b[place.1 as usize] = true;
            out.push(WordPair {
                a: window.a.0 + place.0,
                b: window.b.0 + place.1,
                order: Order::Moved,
            });
            place = (place.0 + 1, place.1 + 1);
        }
    }
}

/// Bits of a word alignment beyond chance: what its pairs tell, more where they stand in a row, less what it passes
/// over. `pairs` is by `a`.
pub(super) fn score(sides: Pair, pairs: &[WordPair]) -> f32 {
    let mut sum = 0.0;
    let mut last: Option<WordPair> = None;
    for pair in pairs {
        sum += pair_bits(sides, (pair.a as usize, pair.b as usize));
        if let Some(before) = last {
            let step_b = i64::from(pair.b) - i64::from(before.b);
            if pair.a == before.a + 1 && step_b == 1 {
                sum += sides.options.run_bits;
            } else {
                sum -= gap_cost(pair.a - before.a, step_b, sides.options)
                    .unwrap_or(sides.options.jump_cost)
                    .min(sides.options.jump_cost);
            }
        }
        last = Some(*pair);
    }
    sum
}
