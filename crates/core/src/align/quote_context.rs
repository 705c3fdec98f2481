//! The sentences around a shared quotation: whoever quotes the same words likely reports the same thing in words of
//! their own, so they are looked at together.

use super::anchors::Anchor;
use super::merged_chains::{Region, RegionKind, covers};
use super::sentence_alignment::matched;
use super::word_alignment::{Pair, SpanPair};

/// Bits by document frequency from which a word says something.
const CONTENT_BITS: f32 = 1.5;
/// Content words that the sentences must share beside the quotation.
const LEAST_SHARED: usize = 3;
/// Farthest that a shared word may stand from the quotation and the words shared so far.
const FARTHEST_WORD: u32 = 24;
/// How much longer one side may be.
const MOST_UNEVEN: f32 = 3.0;
/// Sentences longer than this are lists.
const LONGEST: usize = 80;

/// The part of the two sentences around a shared quotation that says the same, in whatever order, if enough does.
/// `points` are all match points of the two. Near-linear in the sentences' lengths.
pub(super) fn around(sides: Pair, quotation: &Region, points: &[Anchor]) -> Option<Region> {
    let window = sentences(sides, quotation.window)?;
    let mut shared = matched(sides, window);
    shared.retain(|p| {
        let tells = sides.a.background[p.a as usize] >= CONTENT_BITS;
        tells && fits(quotation.window, p) && !is_inside(quotation.window, p)
    });
    let cover = spread(quotation.window, &mut shared);
    let length = |span: (u32, u32)| (span.1 - span.0) as f32;
    let (a, b) = (length(cover.a), length(cover.b));
    if shared.len() < LEAST_SHARED || a.max(b) > a.min(b) * MOST_UNEVEN {
        return None;
    }
    let first = points.partition_point(|p| p.a < cover.a.0);
    let members = (first..points.len())
        .take_while(|&at| points[at].a < cover.a.1)
        .filter(|&at| is_inside(cover, &points[at]) && fits(quotation.window, &points[at]));
    Some(Region {
        window: cover,
        bits: quotation.bits + shared.iter().map(|p| p.bits).sum::<f32>(),
        kind: RegionKind::Context,
        points: members.map(|at| at as u32).collect(),
    })
}

/// The sentences that hold a shared quotation; `None` when it leaves one, when one is a list, or when one is a heading
/// and the other is not.
fn sentences(sides: Pair, quotation: SpanPair) -> Option<SpanPair> {
    let sentence = |side: &super::AnalysedText, at: u32| {
        let tokens = side.sentence_tokens(side.sentence[at as usize] as usize);
        (tokens.start as u32, tokens.end as u32)
    };
    let window = SpanPair {
        a: sentence(sides.a, quotation.a.0),
        b: sentence(sides.b, quotation.b.0),
    };
    let longest = (window.a.1 - window.a.0).max(window.b.1 - window.b.0);
    let headings = is_heading(sides.a, quotation.a.0) != is_heading(sides.b, quotation.b.0);
    let whole = covers(window, quotation) && longest as usize <= LONGEST;
    (whole && !headings).then_some(window)
}

/// Whether the sentence of a token ends without a stop, as headlines do. A headline and a sentence of the report say
/// the same thing in nearly every article on it, and show no common wording.
fn is_heading(side: &super::AnalysedText, token: u32) -> bool {
    let sentence = side.sentence_spans[side.sentence[token as usize] as usize];
    let text = sentence.of(&side.text);
    !text
        .trim_end_matches(['”', '"', '’', '\'', ')'])
        .ends_with(['.', '!', '?', '…', ','])
}

/// Widens the quotation's window over the points that stand near it, nearest first, and keeps those.
fn spread(quotation: SpanPair, points: &mut Vec<Anchor>) -> SpanPair {
    let mut cover = quotation;
    let distance = |w: SpanPair, p: &Anchor| {
        let side = |span: (u32, u32), at: u32| {
            span.0
                .saturating_sub(at)
                .max((at + 1).saturating_sub(span.1))
        };
        side(w.a, p.a).max(side(w.b, p.b))
    };
    points.sort_by_key(|p| (distance(quotation, p), p.a));
    points.retain(|p| {
        let near = distance(cover, p) <= FARTHEST_WORD;
        if near {
            cover.a = (cover.a.0.min(p.a), cover.a.1.max(p.a + 1));
            cover.b = (cover.b.0.min(p.b), cover.b.1.max(p.b + 1));
        }
        near
    });
    cover
}

fn is_inside(window: SpanPair, p: &Anchor) -> bool {
    (window.a.0..window.a.1).contains(&p.a) && (window.b.0..window.b.1).contains(&p.b)
}

/// Whether a point agrees with the quotation: inside it on both sides or outside on both.
fn fits(quotation: SpanPair, p: &Anchor) -> bool {
    (quotation.a.0..quotation.a.1).contains(&p.a) == (quotation.b.0..quotation.b.1).contains(&p.b)
}
