//! Clauses that may say the same in other words and another order, between documents that speak of one thing.
//!
//! Chains need words in order; a reworded or translated sentence keeps its telling words and little of their order. So
//! sentences that share much are compared as bags, one word to one and the alike ones too, and cut on either side to the
//! stretch where what is shared outweighs what is not; an end near that of a clause goes there.

use super::AnalysedText;
use super::anchors::{Anchor, match_bits};
use super::sentence_pairs::SentencePair;
use super::word_alignment::{Pair, SpanPair};
use super::word_similarity::{least_weight, likeness, likeness_of_others, weight};

/// Part of a word's weight that leaving it unmatched inside a clause costs. At .6 and .45, with an
/// earlier fit, 112 and 118 of the 195 reworded sentences of invented events (dev half) were found for half, at this 123.
const UNMATCHED_SHARE: f32 = 0.35;
/// Least that it costs, as part of a bit.
const UNMATCHED_LEAST: f32 = 0.4;
/// Worth of any match beyond its bits, so that common words between two matches are taken in.
const MATCHED: f32 = 0.05;
/// Likeness from which two words may be matched.
const LEAST_LIKENESS: f32 = 0.2;
/// Words that a proposal must match, and what they must weigh together.
const LEAST_MATCHED: usize = 3;
const LEAST_WEIGHT: f32 = 8.0;
/// Farthest that an end moves to the end of its clause, and part of the weight of all matches that the words passed may
/// weigh.
const FARTHEST_CLAUSE: u32 = 6;
const CLAUSE_SHARE: f32 = 0.4;

/// Two stretches that may say the same.
#[derive(Clone, Debug)]
pub(super) struct AlignedSpans {
    pub(super) window: SpanPair,
    /// The matched words, by a.
    pub(super) points: Vec<Anchor>,
    /// As in [`SentencePair`].
    pub(super) runner_up_gap: f32,
}

/// The clauses of two sentences that met; `None` when they share too little in one place. O(n · m) for sentences of n and m
/// words.
pub(super) fn clause(sides: Pair, meeting: &SentencePair) -> Option<AlignedSpans> {
    let whole = SpanPair {
        a: tokens(sides.a, meeting.a),
        b: tokens(sides.b, meeting.b),
    };
    let mut points = matched(sides, whole);
    for point in &mut points {
        let at = (point.a as usize, point.b as usize);
        point.bits = likeness(sides, at) * least_weight(sides, at);
    }
    match_alike(sides, whole, &mut points);
    let core = cut(sides, whole, &mut points);
    let matched_bits: f32 = points.iter().map(|p| p.bits).sum();
    if points.len() < LEAST_MATCHED || matched_bits < LEAST_WEIGHT {
        return None;
    }
    let window = SpanPair {
        a: to_clause(sides.a, core.a, matched_bits),
        b: to_clause(sides.b, core.b, matched_bits),
    };
    Some(AlignedSpans {
        window,
        points,
        runner_up_gap: meeting.runner_up_gap,
    })
}

fn tokens(side: &AnalysedText, sentence: u32) -> (u32, u32) {
    let range = side.sentence_tokens(sentence as usize);
    (range.start as u32, range.end as u32)
}

/// Matches the words of two sentences one to one by concept: next to the last match where that is possible, else the
/// first that is free.
pub(super) fn matched(sides: Pair, whole: SpanPair) -> Vec<Anchor> {
    let mut free: Vec<(u32, u32)> = (whole.b.0..whole.b.1)
        .map(|j| (sides.b.concepts[j as usize], j))
        .collect();
    free.sort_unstable();
    let mut used = vec![false; free.len()];
    let mut points: Vec<Anchor> = Vec::new();
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
            points.push(Anchor {
                a: i,
                b: free[k].1,
                bits: match_bits(sides.a, sides.b, at, sides.options),
            });
        }
    }
    points
}

/// Adds matches of words that are alike and not yet matched, the heaviest first. Words that are left share no concept.
fn match_alike(sides: Pair, whole: SpanPair, points: &mut Vec<Anchor>) {
    let mut free = Free::new(whole);
    points.iter().for_each(|p| free.take(p));
    let may = |side: &AnalysedText, t: u32| {
        side.neighbours[t as usize].is_some() || side.named[t as usize]
    };
    let others: Vec<u32> = (whole.b.0..whole.b.1)
        .filter(|&j| free.of_b(j) && may(sides.b, j))
        .collect();
    let mut alike: Vec<Anchor> = Vec::new();
    for i in (whole.a.0..whole.a.1).filter(|&i| free.of_a(i) && may(sides.a, i)) {
        for &j in &others {
            let at = (i as usize, j as usize);
            let likeness = likeness_of_others(sides, at);
            if likeness >= LEAST_LIKENESS {
                alike.push(Anchor {
                    a: i,
                    b: j,
                    bits: likeness * least_weight(sides, at),
                });
            }
        }
    }
    alike.sort_by(|x, y| y.bits.total_cmp(&x.bits).then((x.a, x.b).cmp(&(y.a, y.b))));
    for point in alike {
        if free.of_a(point.a) && free.of_b(point.b) {
            free.take(&point);
            points.push(point);
        }
    }
    points.sort_by_key(|p| (p.a, p.b));
}

/// Which tokens of a window no match holds.
struct Free {
    whole: SpanPair,
    a: Vec<bool>,
    b: Vec<bool>,
}

impl Free {
    fn new(whole: SpanPair) -> Self {
        Self {
            whole,
            a: vec![true; (whole.a.1 - whole.a.0) as usize],
            b: vec![true; (whole.b.1 - whole.b.0) as usize],
        }
    }

    fn of_a(&self, token: u32) -> bool {
        self.a[(token - self.whole.a.0) as usize]
    }

    fn of_b(&self, token: u32) -> bool {
        self.b[(token - self.whole.b.0) as usize]
    }

    fn take(&mut self, point: &Anchor) {
        self.a[(point.a - self.whole.a.0) as usize] = false;
        self.b[(point.b - self.whole.b.0) as usize] = false;
    }
}

/// The stretch of either side where the matched words outweigh the others. Points outside it go.
fn cut(sides: Pair, whole: SpanPair, points: &mut Vec<Anchor>) -> SpanPair {
    let mut window = whole;
    for _ in 0..3 {
        let places = points.iter().map(|p| (p.a, p.bits)).collect();
        window.a = max_subarray(sides.a, window.a, places);
        points.retain(|p| (window.a.0..window.a.1).contains(&p.a));
        let places = points.iter().map(|p| (p.b, p.bits)).collect();
        window.b = max_subarray(sides.b, window.b, places);
        points.retain(|p| (window.b.0..window.b.1).contains(&p.b));
    }
    window
}

/// The part of `range` with the largest sum (maximum subarray): words at `places` weigh what is given, the others cost part
/// of theirs.
fn max_subarray(side: &AnalysedText, range: (u32, u32), mut places: Vec<(u32, f32)>) -> (u32, u32) {
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
            None => -UNMATCHED_SHARE * weight(side, at as usize).max(UNMATCHED_LEAST),
        };
        if sum > best.0 {
            best = (sum, (start, at + 1));
        }
    }
    best.1
}

/// Moves the ends of a range to those of clauses near by, where the words that come in weigh little beside `matched_bits`.
fn to_clause(side: &AnalysedText, range: (u32, u32), matched_bits: f32) -> (u32, u32) {
    let near = |words: std::ops::Range<u32>| {
        let passed: f32 = words.clone().map(|t| weight(side, t as usize)).sum();
        words.len() as u32 <= FARTHEST_CLAUSE && passed <= CLAUSE_SHARE * matched_bits
    };
    let mut front = range.0;
    while !opens_clause(side, front) {
        front -= 1;
    }
    let mut back = range.1;
    while !opens_clause(side, back) {
        back += 1;
    }
    (
        if near(front..range.0) { front } else { range.0 },
        if near(range.1..back) { back } else { range.1 },
    )
}

/// Words that open a clause, or join two.
const OPENERS: [&str; 22] = [
    "after", "although", "and", "as", "because", "before", "but", "despite", "if", "or", "saying",
    "since", "that", "though", "unless", "until", "when", "where", "which", "while", "who", "with",
];

/// Whether a sentence or a clause begins with a token; also behind the last token.
fn opens_clause(side: &AnalysedText, at: u32) -> bool {
    let at = at as usize;
    if at == 0 || at >= side.len() || side.sentence[at] != side.sentence[at - 1] {
        return true;
    }
    let between = side.spans()[at - 1].until(side.spans()[at], &side.text);
    between.contains([
        ',', ';', ':', '—', '–', '(', ')', '“', '”', '„', '«', '»', '"',
    ]) || OPENERS
        .binary_search(&side.spans()[at].of(&side.text))
        .is_ok()
}
