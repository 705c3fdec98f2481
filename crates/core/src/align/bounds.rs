//! Where a passage begins and ends: grown over equal neighbours, then moved to the ends of sentences close by.

use super::Prepared;
use super::words::{Sides, Window};

/// Grows a window over neighbours that hold the same words on both sides.
pub(super) fn grow(sides: Sides, window: Window) -> Window {
    let Sides { a, b, .. } = sides;
    let mut w = window;
    while w.a.0 > 0 && w.b.0 > 0 && a.concepts[w.a.0 as usize - 1] == b.concepts[w.b.0 as usize - 1]
    {
        (w.a.0, w.b.0) = (w.a.0 - 1, w.b.0 - 1);
    }
    while (w.a.1 as usize) < a.len()
        && (w.b.1 as usize) < b.len()
        && a.concepts[w.a.1 as usize] == b.concepts[w.b.1 as usize]
    {
        (w.a.1, w.b.1) = (w.a.1 + 1, w.b.1 + 1);
    }
    w
}

/// Moves the window's ends to the ends of the sentences that they lie in, where those are close.
pub(super) fn snap(sides: Sides, window: Window) -> Window {
    let start_a = start(sides, sides.a, window.a);
    let start_b = start(sides, sides.b, window.b);
    let end_a = end(sides, sides.a, window.a);
    let end_b = end(sides, sides.b, window.b);
    Window {
        a: (start_a, end_a),
        b: (start_b, end_b),
    }
}

fn start(sides: Sides, side: &Prepared, range: (u32, u32)) -> u32 {
    let sentence = side.sentence_tokens(side.sentence[range.0 as usize] as usize);
    let (first, last) = (sentence.start as u32, sentence.end as u32);
    let covered = range.1.min(last) - range.0;
    if near(sides, range.0 - first, covered) {
        first
    } else {
        range.0
    }
}

fn end(sides: Sides, side: &Prepared, range: (u32, u32)) -> u32 {
    let sentence = side.sentence_tokens(side.sentence[range.1 as usize - 1] as usize);
    let (first, last) = (sentence.start as u32, sentence.end as u32);
    let covered = range.1 - range.0.max(first);
    if near(sides, last - range.1, covered) {
        last
    } else {
        range.1
    }
}

fn near(sides: Sides, left: u32, covered: u32) -> bool {
    let share = covered as f32 / (covered + left) as f32;
    left <= sides.options.snap || share >= sides.options.snap_share
}
