//! Match points: places in both documents that hold one concept.

use super::{AlignOptions, AnalysedText};

/// One concept at token `a` of the first document and token `b` of the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Anchor {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) bits: f32,
}

/// Columns of collecting, reused.
#[derive(Clone, Debug, Default)]
pub(super) struct PointScratch {
    by_concept: Vec<Anchor>,
    /// For each token of a, where its next point goes.
    next: Vec<u32>,
}

/// Replaces `out` by the match points of the two documents, by `a`, then `b`. A concept with more than
/// `max_points_per_concept` pairs of places is matched rank by rank, so that the number of points is linear in the
/// documents' lengths. O(n + m + points).
pub(super) fn collect(
    a: &AnalysedText,
    b: &AnalysedText,
    options: &AlignOptions,
    (scratch, out): (&mut PointScratch, &mut Vec<Anchor>),
) {
    let PointScratch { by_concept, next } = scratch;
    by_concept.clear();
    let (mut x, mut y) = (&a.by_concept[..], &b.by_concept[..]);
    while let (Some(&p), Some(&q)) = (x.first(), y.first()) {
        match (p >> 32).cmp(&(q >> 32)) {
            std::cmp::Ordering::Less => x = &x[1..],
            std::cmp::Ordering::Greater => y = &y[1..],
            std::cmp::Ordering::Equal => {
                let (run_a, rest_a) = split_run(x);
                let (run_b, rest_b) = split_run(y);
                emit(run_a, run_b, options, |i, j| {
                    by_concept.push(point(a, b, (i, j), options))
                });
                (x, y) = (rest_a, rest_b);
            }
        }
    }
    sort_by_token(by_concept, a.len(), next, out);
}

/// Replaces `sorted` by `points` in the order of their tokens of a, of which there are `tokens`. A token has one concept,
/// whose points come in the order of b: counting by a sorts both. O(points + tokens).
fn sort_by_token(points: &[Anchor], tokens: usize, next: &mut Vec<u32>, sorted: &mut Vec<Anchor>) {
    next.clear();
    next.resize(tokens + 1, 0);
    for point in points {
        next[point.a as usize + 1] += 1;
    }
    for token in 1..next.len() {
        next[token] += next[token - 1];
    }
    sorted.clear();
    sorted.extend_from_slice(points);
    for point in points {
        let place = &mut next[point.a as usize];
        sorted[*place as usize] = *point;
        *place += 1;
    }
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

fn point(
    a: &AnalysedText,
    b: &AnalysedText,
    (i, j): (usize, usize),
    options: &AlignOptions,
) -> Anchor {
    Anchor {
        a: i as u32,
        b: j as u32,
        bits: match_bits(a, b, (i, j), options),
    }
}

/// Bits of aligning token `i` of a with token `j` of b, which hold one concept.
pub(super) fn match_bits(
    a: &AnalysedText,
    b: &AnalysedText,
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
