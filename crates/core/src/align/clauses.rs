//! Clauses that say the same in other words and another order, between articles on one event.
//!
//! Chains need words in order; a reworded or translated sentence keeps its telling words and little of their order. So
//! each two sentences that share telling words are compared as bags, one word to one, and cut on either side to the
//! stretch where what is shared outweighs what is not. What is left is taken for the same clause when its words tell
//! enough, and when they follow one another or make up enough of a sentence: names with their titles do neither.

use super::Prepared;
use super::points::{Point, match_bits};
use super::words::{Sides, Window};

/// Bits of telling words that two sentences must share to be compared.
const LEAST_MEETING: f32 = 8.0;
/// Sentences longer than this are lists.
const LONGEST: usize = 120;
/// Part of a word's bits that leaving it unmatched inside a clause costs.
const UNMATCHED_SHARE: f32 = 0.6;
/// Least that it costs, as part of a bit.
const UNMATCHED_LEAST: f32 = 0.4;
/// Worth of any match beyond its bits, so that common words between two matches are taken in.
const MATCHED: f32 = 0.05;
/// Bits for each two matches that follow one another on both sides.
const RUN_BITS: f32 = 1.0;
/// Bits for words that are quoted on both sides: who quotes means to repeat.
const QUOTED_BITS: f32 = 4.0;
/// Strength of a quoted clause, and of one that makes up enough of a sentence. This bar and the next ones were set on the
/// hand-made truth of five articles on one event.
const LEAST_STRENGTH: f32 = 18.0;
/// Strength of a clause that only follows the other's order in places.
const LEAST_STRENGTH_IN_ORDER: f32 = 20.0;
/// Share of the telling words of the sentence with fewer of them.
const LEAST_SHARE: f32 = 0.25;
/// Matches that follow one another.
const LEAST_RUNS: u32 = 2;
/// Matched words, outside and inside quotation marks.
const LEAST_WORDS: (usize, usize) = (5, 4);
/// Clauses and other passages that two documents must share: reports of one event and its statements agree in several places, and one or two
/// agreements between other articles are turns of phrase.
const LEAST_CLAUSES: usize = 3;
/// Strength from which a clause stands alone.
const LONE_STRENGTH: f32 = 40.0;
/// Share of quoted words on both sides from which a clause is quoted.
const QUOTED_SHARE: f32 = 0.5;

/// Two stretches that say the same.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub(super) window: Window,
    /// Bits of the matched words, of their order and of quotation marks.
    pub(super) strength: f32,
    /// The matched words, by a.
    pub(super) points: Vec<Point>,
}

/// The clauses of two documents that say the same, strongest first. `points` are all match points of the two; `doubt` is
/// the bits that a clause needs beyond the usual ones.
/// O(points log points + sentence pairs · their lengths).
pub(super) fn clauses(sides: Sides, points: &[Point], doubt: f32) -> Vec<Clause> {
    let mut out: Vec<Clause> = meetings(sides, points)
        .into_iter()
        .filter_map(|meeting| clause(sides, meeting, doubt))
        .collect();
    out.sort_by(|x, y| {
        y.strength
            .total_cmp(&x.strength)
            .then_with(|| (x.window.a, x.window.b).cmp(&(y.window.a, y.window.b)))
    });
    out
}

/// Leaves of the clauses of a pair of documents with `passages` others those that are more than turns of phrase.
pub(super) fn retain_telling(clauses: &mut Vec<Clause>, passages: usize) {
    if clauses.len() + passages < LEAST_CLAUSES {
        clauses.retain(|c| c.strength >= LONE_STRENGTH);
    }
}

/// The pairs of sentences that share enough telling words.
fn meetings(sides: Sides, points: &[Point]) -> Vec<(u32, u32)> {
    let sentences = |p: &Point| {
        (
            sides.a.sentence[p.a as usize],
            sides.b.sentence[p.b as usize],
        )
    };
    let mut met: Vec<((u32, u32), f32)> = points.iter().map(|p| (sentences(p), p.bits)).collect();
    met.sort_by_key(|&(at, _)| at);
    met.chunk_by(|x, y| x.0 == y.0)
        .filter(|run| run.iter().map(|m| m.1).sum::<f32>() >= LEAST_MEETING)
        .map(|run| run[0].0)
        .collect()
}

fn clause(sides: Sides, (sentence_a, sentence_b): (u32, u32), doubt: f32) -> Option<Clause> {
    let tokens = |side: &Prepared, sentence: u32| {
        let range = side.sentence_tokens(sentence as usize);
        (range.start as u32, range.end as u32)
    };
    let whole = Window {
        a: tokens(sides.a, sentence_a),
        b: tokens(sides.b, sentence_b),
    };
    let longest = (whole.a.1 - whole.a.0).max(whole.b.1 - whole.b.0);
    if longest as usize > LONGEST {
        return None;
    }
    let mut points = matched(sides, whole);
    let window = cut(sides, whole, &mut points);
    let clause = Clause {
        window,
        strength: strength(sides, window, &points),
        points,
    };
    is_evident(sides, whole, &clause, doubt).then_some(clause)
}

/// Matches the words of two sentences one to one by concept: next to the last match where that is possible, else the
/// first that is free.
pub(super) fn matched(sides: Sides, whole: Window) -> Vec<Point> {
    let mut free: Vec<(u32, u32)> = (whole.b.0..whole.b.1)
        .map(|j| (sides.b.concepts[j as usize], j))
        .collect();
    free.sort_unstable();
    let mut used = vec![false; free.len()];
    let mut points: Vec<Point> = Vec::new();
    for i in whole.a.0..whole.a.1 {
        let concept = sides.a.concepts[i as usize];
        let first = free.partition_point(|f| f.0 < concept);
        let mut places = (first..free.len()).take_while(|&k| free[k].0 == concept);
        let next = points.last().filter(|p| p.a + 1 == i).map(|p| p.b + 1);
        let chosen = places
            .clone()
            .find(|&k| !used[k] && Some(free[k].1) == next)
            .or_else(|| places.find(|&k| !used[k]));
        if let Some(k) = chosen {
            used[k] = true;
            let at = (i as usize, free[k].1 as usize);
            points.push(Point {
                a: i,
                b: free[k].1,
                bits: match_bits(sides.a, sides.b, at, sides.options),
            });
        }
    }
    points
}

/// The stretch of either side where the matched words outweigh the others. Points outside it go.
fn cut(sides: Sides, whole: Window, points: &mut Vec<Point>) -> Window {
    let mut window = whole;
    for _ in 0..3 {
        let places = points.iter().map(|p| (p.a, p.bits)).collect();
        window.a = heaviest(&sides.a.bits, window.a, places);
        points.retain(|p| (window.a.0..window.a.1).contains(&p.a));
        let places = points.iter().map(|p| (p.b, p.bits)).collect();
        window.b = heaviest(&sides.b.bits, window.b, places);
        points.retain(|p| (window.b.0..window.b.1).contains(&p.b));
    }
    window
}

/// The part of `range` with the largest sum (maximum subarray): words at `places` weigh their bits, the others cost theirs.
fn heaviest(bits: &[f32], range: (u32, u32), mut places: Vec<(u32, f32)>) -> (u32, u32) {
    places.sort_unstable_by_key(|p| p.0);
    let mut places = places.into_iter().peekable();
    let mut best = (0.0, (range.0, range.0));
    let (mut sum, mut start) = (0.0, range.0);
    for at in range.0..range.1 {
        if sum <= 0.0 {
            (sum, start) = (0.0, at);
        }
        sum += match places.next_if(|p| p.0 == at) {
            Some((_, weight)) => weight + MATCHED,
            None => -UNMATCHED_SHARE * bits[at as usize].max(UNMATCHED_LEAST),
        };
        if sum > best.0 {
            best = (sum, (start, at + 1));
        }
    }
    best.1
}

fn strength(sides: Sides, window: Window, points: &[Point]) -> f32 {
    told(points) + RUN_BITS * runs(points) as f32 + QUOTED_BITS * quoted_share(sides, window)
}

fn told(points: &[Point]) -> f32 {
    points.iter().map(|p| p.bits).sum()
}

fn runs(points: &[Point]) -> u32 {
    let follow = |w: &&[Point]| w[1].a == w[0].a + 1 && w[1].b == w[0].b + 1;
    points.windows(2).filter(follow).count() as u32
}

/// Share of quoted words on the side that has fewer.
fn quoted_share(sides: Sides, window: Window) -> f32 {
    let share = |side: &Prepared, (from, to): (u32, u32)| {
        side.quoted_tokens(from as usize..to as usize) as f32 / (to - from).max(1) as f32
    };
    share(sides.a, window.a).min(share(sides.b, window.b))
}

fn is_evident(sides: Sides, whole: Window, clause: &Clause, doubt: f32) -> bool {
    let Clause {
        window,
        strength,
        points,
    } = clause;
    if quoted_share(sides, *window) >= QUOTED_SHARE {
        return points.len() >= LEAST_WORDS.1 && *strength >= LEAST_STRENGTH + doubt;
    }
    let sum = |bits: &[f32], range: (u32, u32)| -> f32 {
        bits[range.0 as usize..range.1 as usize].iter().sum()
    };
    let least = sum(&sides.a.bits, whole.a).min(sum(&sides.b.bits, whole.b));
    let share = told(points) / least.max(f32::MIN_POSITIVE);
    let in_order = runs(points) >= LEAST_RUNS && *strength >= LEAST_STRENGTH_IN_ORDER + doubt;
    let large = share >= LEAST_SHARE && *strength >= LEAST_STRENGTH + doubt;
    points.len() >= LEAST_WORDS.0 && (in_order || large)
}
