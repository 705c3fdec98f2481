//! Match points: places in both documents that hold one concept.

use super::words::Window;
use super::{AlignOptions, Prepared};

/// One concept at token `a` of the first document and token `b` of the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) bits: f32,
}

/// Replaces `out` by the match points of the two documents, by `a`, then `b`. A concept with more than
/// `max_points_per_concept` pairs of places is matched rank by rank, so that the number of points is linear in the
/// documents' lengths. O(n + m + points log points).
pub(super) fn collect(a: &Prepared, b: &Prepared, options: &AlignOptions, out: &mut Vec<Point>) {
    out.clear();
    let (mut x, mut y) = (&a.by_concept[..], &b.by_concept[..]);
    while let (Some(&p), Some(&q)) = (x.first(), y.first()) {
        match (p >> 32).cmp(&(q >> 32)) {
            std::cmp::Ordering::Less => x = &x[1..],
            std::cmp::Ordering::Greater => y = &y[1..],
            std::cmp::Ordering::Equal => {
                let (run_a, rest_a) = split_run(x);
                let (run_b, rest_b) = split_run(y);
                emit(run_a, run_b, options, |i, j| {
                    out.push(point(a, b, (i, j), options))
                });
                (x, y) = (rest_a, rest_b);
            }
        }
    }
    out.sort_unstable_by_key(|p| (p.a, p.b));
}

fn split_run(column: &[u64]) -> (&[u64], &[u64]) {
    let key = column[0] >> 32;
    let len = column.iter().take_while(|&&e| e >> 32 == key).count();
    column.split_at(len)
}

fn emit(run_a: &[u64], run_b: &[u64], options: &AlignOptions, mut put: impl FnMut(usize, usize)) {
    let token = |entry: &u64| *entry as u32 as usize;
    if run_a.len() * run_b.len() <= options.max_points_per_concept {
        for i in run_a {
            for j in run_b {
                put(token(i), token(j));
            }
        }
    } else {
        for (i, j) in run_a.iter().zip(run_b) {
            put(token(i), token(j));
        }
    }
}

fn point(a: &Prepared, b: &Prepared, (i, j): (usize, usize), options: &AlignOptions) -> Point {
    Point {
        a: i as u32,
        b: j as u32,
        bits: match_bits(a, b, (i, j), options),
    }
}

/// Bits of aligning token `i` of a with token `j` of b, which hold one concept.
pub(super) fn match_bits(
    a: &Prepared,
    b: &Prepared,
    (i, j): (usize, usize),
    options: &AlignOptions,
) -> f32 {
    let bits = a.bits[i].min(b.bits[j]);
    if a.forms[i] == b.forms[j] {
        bits
    } else {
        bits * options.soft_share
    }
}

/// How far two documents speak of one thing: the bits of the telling concepts that both have, over those of the
/// document that has fewer, 0..=1. O(n + m).
pub(super) fn kinship(a: &Prepared, b: &Prepared) -> f32 {
    resemblance(&a.topics, &b.topics)
}

/// [`kinship`] of what stands outside `windows`: two articles with one copied passage speak of one thing in it, two
/// reports of one event also beside what they share. O(n log n + m log m).
pub(super) fn kinship_beside(a: &Prepared, b: &Prepared, windows: &[Window]) -> f32 {
    let beside_a = topics_beside(a, windows.iter().map(|w| w.a));
    let beside_b = topics_beside(b, windows.iter().map(|w| w.b));
    resemblance(&beside_a, &beside_b)
}

/// The topics of a document that it has outside these ranges of tokens too, ascending.
fn topics_beside(side: &Prepared, taken: impl Iterator<Item = (u32, u32)>) -> Vec<(u32, f32)> {
    let mut outside = vec![true; side.len()];
    for (start, end) in taken {
        outside[start as usize..end as usize].fill(false);
    }
    let mut left: Vec<u32> = side
        .concepts
        .iter()
        .zip(outside)
        .filter_map(|(&concept, outside)| outside.then_some(concept))
        .collect();
    left.sort_unstable();
    let is_left = |topic: &&(u32, f32)| left.binary_search(&topic.0).is_ok();
    side.topics.iter().filter(is_left).copied().collect()
}

/// Bits of the topics that both lists (ascending by concept) have, over those of the list with fewer.
fn resemblance(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let total = |side: &[(u32, f32)]| side.iter().map(|t| t.1).sum::<f32>();
    let least = total(a).min(total(b));
    if least <= 0.0 {
        return 0.0;
    }
    let (mut x, mut y) = (a.iter().peekable(), b.iter().peekable());
    let mut shared = 0.0;
    while let (Some(p), Some(q)) = (x.peek(), y.peek()) {
        match p.0.cmp(&q.0) {
            std::cmp::Ordering::Less => _ = x.next(),
            std::cmp::Ordering::Greater => _ = y.next(),
            std::cmp::Ordering::Equal => {
                shared += p.1.min(q.1);
                x.next();
                y.next();
            }
        }
    }
    shared / least
}
