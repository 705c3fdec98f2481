//! Where a passage begins and ends: grown over equal neighbours, then moved to the ends of sentences close by.

use super::Prepared;
use super::words::{Sides, Window};

/// Equal words beyond the end of a sentence that growing must find to go there: one or two are chance.
const LEAST_BEYOND: u32 = 3;
/// Farthest move of an end to the end of its sentence.
const FARTHEST: u32 = 16;

/// Grows a window over neighbours that hold the same words on both sides; into another sentence only for several
/// words.
pub(super) fn grow(sides: Sides, window: Window) -> Window {
    let Sides { a, b, .. } = sides;
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
fn reach(sides: Sides, place: impl Fn(u32) -> Option<(usize, usize, usize, usize)>) -> u32 {
    let Sides { a, b, .. } = sides;
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

/// Moves the window's ends to the ends of the sentences that they lie in, where those are close on both sides.
pub(super) fn snap(sides: Sides, window: Window) -> Window {
    let mut w = window;
    let (x, y) = (to_start(sides.a, w.a), to_start(sides.b, w.b));
    (w.a.0, w.b.0) = (w.a.0 - taken(sides, x, y.0), w.b.0 - taken(sides, y, x.0));
    let (x, y) = (to_end(sides.a, w.a), to_end(sides.b, w.b));
    (w.a.1, w.b.1) = (w.a.1 + taken(sides, x, y.0), w.b.1 + taken(sides, y, x.0));
    w
}

/// Tokens left to the start of the first sentence, and tokens of it that the range covers.
fn to_start(side: &Prepared, range: (u32, u32)) -> (u32, u32) {
    let sentence = side.sentence_tokens(side.sentence[range.0 as usize] as usize);
    (
        range.0 - sentence.start as u32,
        range.1.min(sentence.end as u32) - range.0,
    )
}

/// Tokens left to the end of the last sentence, and tokens of it that the range covers.
fn to_end(side: &Prepared, range: (u32, u32)) -> (u32, u32) {
    let sentence = side.sentence_tokens(side.sentence[range.1 as usize - 1] as usize);
    (
        sentence.end as u32 - range.1,
        range.1 - range.0.max(sentence.start as u32),
    )
}

/// How far to move one end: all the way or not at all.
fn taken(sides: Sides, (left, covered): (u32, u32), other_left: u32) -> u32 {
    let share = covered as f32 / (covered + left) as f32;
    let alike = left <= 3 + 2 * other_left;
    let close = left <= sides.options.snap
        || (left <= FARTHEST && alike && share >= sides.options.snap_share);
    if close { left } else { 0 }
}
