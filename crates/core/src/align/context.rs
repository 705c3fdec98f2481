//! The sentences around a shared quotation: whoever quotes the same words likely reports the same thing in words of
//! their own, so less evidence is asked for there.

use super::points::Point;
use super::region::{Region, RegionKind};
use super::words::{Sides, Window, WordPair, WordScratch, align_words};

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

/// The part of the two sentences around a shared quotation that says the same, if enough does. Near-linear in the
/// sentences' lengths.
pub(super) fn around(
    sides: Sides,
    quotation: &Region,
    points: &[Point],
    (words, pairs): (&mut WordScratch, &mut Vec<WordPair>),
) -> Option<Region> {
    let sentence = |side: &super::Prepared, at: u32| {
        let tokens = side.sentence_tokens(side.sentence[at as usize] as usize);
        (tokens.start as u32, tokens.end as u32)
    };
    let window = Window {
        a: sentence(sides.a, quotation.window.a.0),
        b: sentence(sides.b, quotation.window.b.0),
    };
    let length = |span: (u32, u32)| (span.1 - span.0) as usize;
    if is_heading(sides.a, quotation.window.a.0) != is_heading(sides.b, quotation.window.b.0) {
        return None;
    }
    let inside = |outer: (u32, u32), inner: (u32, u32)| outer.0 <= inner.0 && inner.1 <= outer.1;
    if length(window.a).max(length(window.b)) > LONGEST
        || !inside(window.a, quotation.window.a)
        || !inside(window.b, quotation.window.b)
    {
        return None;
    }
    let first = points.partition_point(|p| p.a < window.a.0);
    let chosen: Vec<(u32, Point)> = (first..points.len())
        .map(|at| (at as u32, points[at]))
        .take_while(|(_, p)| p.a < window.a.1)
        .filter(|(_, p)| {
            (window.b.0..window.b.1).contains(&p.b) && fits(quotation.window, (p.a, p.b))
        })
        .collect();
    let seeds: Vec<Point> = chosen.iter().map(|&(_, p)| p).collect();
    align_words(sides, window, &seeds, (words, pairs));
    let tells = |p: &&WordPair| sides.a.background[p.a as usize] >= CONTENT_BITS;
    let outside = |p: &&WordPair| !(quotation.window.a.0..quotation.window.a.1).contains(&p.a);
    let mut telling: Vec<WordPair> = pairs
        .iter()
        .filter(tells)
        .filter(outside)
        .copied()
        .collect();
    let cover = spread(quotation.window, &mut telling);
    let shared = telling.len();
    let (long, short) = (
        length(cover.a).max(length(cover.b)),
        length(cover.a).min(length(cover.b)),
    );
    if shared < LEAST_SHARED || long as f32 > short as f32 * MOST_UNEVEN {
        return None;
    }
    let bits = pairs
        .iter()
        .map(|p| super::words::pair_bits(sides, (p.a as usize, p.b as usize)))
        .sum();
    let within =
        |p: &Point| (cover.a.0..cover.a.1).contains(&p.a) && (cover.b.0..cover.b.1).contains(&p.b);
    let members = chosen
        .iter()
        .filter(|(_, p)| within(p))
        .map(|&(at, _)| at)
        .collect();
    Some(Region {
        window: cover,
        bits,
        kind: RegionKind::Chain,
        points: members,
    })
}

/// Whether the sentence of a token ends without a stop, as headlines do. A headline and a sentence of the report say
/// the same thing in nearly every article on it, and show no common wording.
fn is_heading(side: &super::Prepared, token: u32) -> bool {
    let sentence = side.sentence_spans[side.sentence[token as usize] as usize];
    let text = sentence.of(&side.text);
    !text
        .trim_end_matches(|c: char| matches!(c, '”' | '"' | '’' | '\'' | ')'))
        .ends_with(['.', '!', '?', '…', ','])
}

/// Widens the quotation's window over the pairs that stand near it, nearest first, and keeps those.
fn spread(quotation: Window, pairs: &mut Vec<WordPair>) -> Window {
    let mut cover = quotation;
    let distance = |w: Window, p: &WordPair| {
        let side = |span: (u32, u32), at: u32| {
            span.0
                .saturating_sub(at)
                .max((at + 1).saturating_sub(span.1))
        };
        side(w.a, p.a).max(side(w.b, p.b))
    };
    pairs.sort_by_key(|p| (distance(quotation, p), p.a));
    pairs.retain(|p| {
        let near = distance(cover, p) <= FARTHEST_WORD;
        if near {
            cover.a = (cover.a.0.min(p.a), cover.a.1.max(p.a + 1));
            cover.b = (cover.b.0.min(p.b), cover.b.1.max(p.b + 1));
        }
        near
    });
    cover
}

/// Whether a point agrees with the quotation: inside it on both sides or outside on both.
fn fits(quotation: Window, (a, b): (u32, u32)) -> bool {
    (quotation.a.0..quotation.a.1).contains(&a) == (quotation.b.0..quotation.b.1).contains(&b)
}
