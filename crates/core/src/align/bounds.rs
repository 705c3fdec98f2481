//! Where a passage begins and ends: grown over equal neighbours, then moved to the ends of sentences close by.

use super::AnalysedText;
use super::word_alignment::{Pair, SpanPair, WordPair};

/// Fewest equal words in the next sentence for which a passage grows into it: one or two are chance.
const LEAST_BEYOND: u32 = 3;
/// Most tokens that an end moves to reach the end of its sentence.
const FARTHEST: u32 = 16;

/// Grows a window over neighbours that hold the same words on both sides; into another sentence only for several
/// words.
pub(super) fn grow(sides: Pair, window: SpanPair) -> SpanPair {
    let Pair { a, b, .. } = sides;
    let mut w = window;
    let back = |k: u32| {
        let (i, j) = (
            window.a.0.checked_sub(k + 1)?,
            window.b.0.checked_sub(k + 1)?,
        );
        Some((
            i as usize,
            j as usize,
            window.a.0 as usize,
            window.b.0 as usize,
        ))
    };
    let steps = reach(sides, back);
    (w.a.0, w.b.0) = (w.a.0 - steps, w.b.0 - steps);
    let on = |k: u32| {
        let (i, j) = ((window.a.1 + k) as usize, (window.b.1 + k) as usize);
        let edge = (window.a.1 as usize - 1, window.b.1 as usize - 1);
        (i < a.len() && j < b.len()).then_some((i, j, edge.0, edge.1))
    };
    let steps = reach(sides, on);
    (w.a.1, w.b.1) = (w.a.1 + steps, w.b.1 + steps);
    w
}

/// How many steps to grow. `place` gives the tokens of step `k` and the tokens at the window's edge.
fn reach(sides: Pair, place: impl Fn(u32) -> Option<(usize, usize, usize, usize)>) -> u32 {
    let Pair { a, b, .. } = sides;
    let mut inside = 0;
    let mut steps = 0;
    while let Some((i, j, edge_a, edge_b)) = place(steps) {
        if a.concepts[i] != b.concepts[j] {
            break;
        }
        steps += 1;
        if a.sentence[i] == a.sentence[edge_a] && b.sentence[j] == b.sentence[edge_b] {
            inside = steps;
        }
    }
    if steps - inside >= LEAST_BEYOND {
        steps
    } else {
        inside
    }
}

/// Moves the window's ends to the ends of the sentences that they lie in, where those are close on both sides; not so
/// close ones where the window covers `least_share` of the sentence.
pub(super) fn snap(sides: Pair, window: SpanPair, least_share: f32) -> SpanPair {
    let taken = |end, other_left| taken(sides.options.snap, least_share, end, other_left);
    let mut w = window;
    let (x, y) = (to_start(sides.a, w.a), to_start(sides.b, w.b));
    (w.a.0, w.b.0) = (w.a.0 - taken(x, y.0), w.b.0 - taken(y, x.0));
    let (x, y) = (to_end(sides.a, w.a), to_end(sides.b, w.b));
    (w.a.1, w.b.1) = (w.a.1 + taken(x, y.0), w.b.1 + taken(y, x.0));
    w
}

/// Tokens left to the start of the first sentence, and tokens of it that the range covers.
fn to_start(side: &AnalysedText, range: (u32, u32)) -> (u32, u32) {
    let sentence = side.sentence_tokens(side.sentence[range.0 as usize] as usize);
    (
        range.0 - sentence.start as u32,
        range.1.min(sentence.end as u32) - range.0,
    )
}

/// Tokens left to the end of the last sentence, and tokens of it that the range covers.
fn to_end(side: &AnalysedText, range: (u32, u32)) -> (u32, u32) {
    let sentence = side.sentence_tokens(side.sentence[range.1 as usize - 1] as usize);
    (
        sentence.end as u32 - range.1,
        range.1 - range.0.max(sentence.start as u32),
    )
}

/// How far to move one end, of whose sentence so many tokens are left and covered: all the way or not at all. It moves at
/// most `snap` tokens, or farther where it covers `least_share` and the other side's end has as far to go.
fn taken(snap: u32, least_share: f32, (left, covered): (u32, u32), other_left: u32) -> u32 {
    let share = covered as f32 / (covered + left) as f32;
    let alike = left <= 3 + 2 * other_left;
    let close = left <= snap || (left <= FARTHEST && alike && share >= least_share);
    if close { left } else { 0 }
}

/// Most weight of one aligned word: a single rare word must not outweigh many words that are not shared.
const MOST_HOLD: f32 = 4.0;
/// Least weight of one aligned word.
const LEAST_HOLD: f32 = 0.8;
/// Weight of one bit (by document frequency) of an aligned word.
const WORD_WEIGHT: f32 = 0.6;

/// Cuts the ends of a window whose aligned words tell less than the others cost, and drops their pairs. Each side
/// keeps its heaviest run of tokens (maximum subarray), first a, then b, then what is left of a. O(tokens + pairs).
pub(super) fn trim(sides: Pair, window: SpanPair, pairs: &mut Vec<WordPair>) -> SpanPair {
    let cost = (sides.options.trim_cost, sides.options.jump_cost);
    let hold = |p: &WordPair| {
        (sides.a.background[p.a as usize] * WORD_WEIGHT).clamp(LEAST_HOLD, MOST_HOLD)
    };
    let mut w = window;
    for _ in 0..2 {
        let mut places: Vec<(u32, f32)> = pairs.iter().map(|p| (p.a, hold(p))).collect();
        w.a = heaviest_run(w.a, &mut places, cost);
        pairs.retain(|p| (w.a.0..w.a.1).contains(&p.a));
        let mut places: Vec<(u32, f32)> = pairs.iter().map(|p| (p.b, hold(p))).collect();
        w.b = heaviest_run(w.b, &mut places, cost);
        pairs.retain(|p| (w.b.0..w.b.1).contains(&p.b));
    }
    w
}

/// The part of `range` with the largest sum, where `places` weigh what they say and every other token costs `cost`,
/// a gap at most `most`; all of it when nothing weighs.
fn heaviest_run(
    range: (u32, u32),
    places: &mut [(u32, f32)],
    (cost, most): (f32, f32),
) -> (u32, u32) {
    places.sort_unstable_by_key(|p| p.0);
    let mut best = (0.0, range);
    let (mut sum, mut start, mut next) = (0.0, range.0, range.0);
    for &(at, weight) in places.iter() {
        sum -= (cost * at.saturating_sub(next) as f32).min(most);
        if sum <= 0.0 {
            (sum, start) = (0.0, at);
        }
        sum += weight;
        next = at + 1;
        if sum > best.0 {
            best = (sum, (start, next));
        }
    }
    best.1
}
