//! Passages that overlap, cut so that each word of either text stands in one of them: what the side-by-side views show.
//!
//! Findings may pair one stretch with several places (a headline's two words also stand in the lead), and rightly: each
//! is a finding. Shown beside each other they would repeat the text. The heaviest passage takes its words first; of the
//! others, what is left is shown while it is long enough to be read as shared.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use wirecopy_findings::{EditKindName, PassageRecord};
use wirecopy_text::ByteSpan;
use wirecopy_text::span::union;

use crate::diff_runs::{Run, Side, range, runs, text_at, word_pairs};

/// A passage, or what is left of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// Place of the passage among the pair's passages.
    pub(crate) passage: usize,
    pub(crate) a: Range<usize>,
    pub(crate) b: Range<usize>,
    pub(crate) runs: Vec<Run>,
}

/// Passages without overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Disjoint {
    /// No two meet on either side; in the order of a.
    pub(crate) stretches: Vec<Stretch>,
    /// Unchanged words of passages that were cut, on side a and on side b: where no stretch holds them, their partner
    /// stands in a heavier passage.
    pub(crate) left: [Vec<Range<usize>>; 2],
}

/// Aligned words that a fragment of a cut passage must hold to be shown as shared.
const MIN_FRAGMENT_WORDS: usize = 4;

/// Cuts `passages` so that none meet. `walls` are stretches of a and of b that no passage is shown across (boilerplate),
/// unless it aligns words of theirs. Passages whose spans do not belong to the texts are left out.
/// O(n log n) in words for passages that overlap little.
pub(crate) fn disjoint(
    passages: &[PassageRecord],
    texts: (&str, &str),
    walls: [&[Range<usize>]; 2],
) -> Disjoint {
    let whole = |(passage, record): (usize, &PassageRecord)| {
        let runs = runs(record, texts.0, texts.1)?;
        let (a, b) = (range(record.a), range(record.b));
        Some(Stretch {
            passage,
            a,
            b,
            runs,
        })
    };
    let found: Vec<Stretch> = passages.iter().enumerate().filter_map(whole).collect();
    let walls = [Side::A, Side::B].map(|side| Taken::walls(walls[side as usize], &found, side));
    let mut open = BinaryHeap::new();
    for stretch in found {
        let parts = if walls.iter().all(|taken| !taken.meets_any(&stretch)) {
            vec![stretch]
        } else {
            split(&stretch, &walls, texts)
        };
        open.extend(parts.into_iter().map(Weighed::new));
    }
    settle(open, texts)
}

fn settle(mut open: BinaryHeap<Weighed>, texts: (&str, &str)) -> Disjoint {
    let mut taken = [Taken::of(Side::A), Taken::of(Side::B)];
    let mut out = Disjoint::default();
    while let Some(Weighed { stretch, .. }) = open.pop() {
        if taken.iter().all(|side| !side.meets_any(&stretch)) {
            taken.iter_mut().for_each(|side| side.take(&stretch));
            out.stretches.push(stretch);
            continue;
        }
        let parts = split(&stretch, &taken, texts);
        let parts = parts.into_iter().map(Weighed::new);
        open.extend(parts.filter(|part| part.words(texts) >= MIN_FRAGMENT_WORDS));
        let lost = stretch.runs.iter().filter(|run| is_same_words(run));
        for run in lost {
            out.left[0].push(run.a.clone());
            out.left[1].push(run.b.clone());
        }
    }
    out.stretches.sort_by_key(|s| (s.a.start, s.b.start));
    out
}

impl Stretch {
    pub(crate) fn on(&self, side: Side) -> &Range<usize> {
        match side {
            Side::A => &self.a,
            Side::B => &self.b,
        }
    }
}

/// A stretch in the order in which words are taken: most unchanged bytes first, of equals the first of the input.
#[derive(PartialEq, Eq)]
struct Weighed {
    weight: usize,
    stretch: Stretch,
}

impl Weighed {
    fn new(stretch: Stretch) -> Self {
        let kept = stretch.runs.iter().filter(|run| is_same_words(run));
        let weight = kept.map(|run| run.a.len()).sum();
        Self { weight, stretch }
    }

    fn words(&self, texts: (&str, &str)) -> usize {
        let kept = self.stretch.runs.iter().filter(|run| is_same_words(run));
        kept.map(|run| text_at(texts.0, run.a.clone()).split_whitespace().count())
            .sum()
    }

    fn rank(&self) -> (usize, Reverse<(usize, usize, usize)>) {
        let at = (
            self.stretch.passage,
            self.stretch.a.start,
            self.stretch.b.start,
        );
        (self.weight, Reverse(at))
    }
}

impl Ord for Weighed {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for Weighed {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

fn is_same_words(run: &Run) -> bool {
    matches!(run.kind, EditKindName::Kept | EditKindName::Moved) && is_paired(run)
}

fn is_paired(run: &Run) -> bool {
    !run.a.is_empty() && !run.b.is_empty()
}

/// Disjoint stretches of one side, in order.
struct Taken {
    side: Side,
    ranges: Vec<Range<usize>>,
}

impl Taken {
    fn of(side: Side) -> Self {
        Self {
            side,
            ranges: Vec::new(),
        }
    }

    /// The boilerplate of one side that no passage aligns a word of.
    fn walls(boilerplate: &[Range<usize>], found: &[Stretch], side: Side) -> Self {
        let aligned = found.iter().flat_map(|s| &s.runs).filter(|r| is_paired(r));
        let aligned = Self {
            side,
            ranges: joined(aligned.map(|run| run.on(side))),
        };
        let mut ranges = joined(boilerplate.iter());
        ranges.retain(|wall| !aligned.meets(wall));
        Self { side, ranges }
    }

    /// How many ranges end at or before `at`: places between the same two ranges have one number.
    fn behind(&self, at: usize) -> usize {
        self.ranges.partition_point(|range| range.end <= at)
    }

    fn meets(&self, part: &Range<usize>) -> bool {
        let next = self.ranges.get(self.behind(part.start));
        next.is_some_and(|range| range.start < part.end)
    }

    fn meets_any(&self, stretch: &Stretch) -> bool {
        self.meets(stretch.on(self.side))
    }

    fn take(&mut self, stretch: &Stretch) {
        let part = stretch.on(self.side);
        if !part.is_empty() {
            self.ranges.insert(self.behind(part.start), part.clone());
        }
    }
}

fn joined<'r>(ranges: impl Iterator<Item = &'r Range<usize>>) -> Vec<Range<usize>> {
    let spans = ranges.map(|r| ByteSpan::new(r.start, r.end)).collect();
    union(spans).into_iter().map(ByteSpan::range).collect()
}

/// What of a stretch lies between the taken parts: one stretch for each pair of gaps that its words lie in.
fn split(stretch: &Stretch, taken: &[Taken; 2], texts: (&str, &str)) -> Vec<Stretch> {
    let words = stretch.runs.iter().filter(|run| is_paired(run));
    let words = words.flat_map(|run| pieces(run, texts));
    let mut groups: Vec<((usize, usize), Vec<Run>)> = Vec::new();
    for word in words.filter(|word| taken.iter().all(|side| !side.meets(word.on(side.side)))) {
        let gaps = (taken[0].behind(word.a.start), taken[1].behind(word.b.start));
        match groups.iter_mut().rev().find(|(of, _)| *of == gaps) {
            Some((_, words)) => words.push(word),
            None => groups.push((gaps, vec![word])),
        }
    }
    let whole = groups.into_iter();
    whole
        .filter_map(|(_, words)| fragment(stretch, words, taken, texts))
        .collect()
}

/// A run word by word where its sides have equally many words, else the run.
fn pieces(run: &Run, texts: (&str, &str)) -> Vec<Run> {
    let kind = run.kind;
    let pairs = word_pairs(run, texts).into_iter();
    pairs.map(|(a, b)| Run { kind, a, b }).collect()
}

/// The stretch around `words`, with the marks that touch it and with what its passage cut and added between them.
fn fragment(
    of: &Stretch,
    words: Vec<Run>,
    taken: &[Taken; 2],
    texts: (&str, &str),
) -> Option<Stretch> {
    let hull = |side: Side, text: &str| {
        let start = words.iter().map(|word| word.on(side).start).min()?;
        let end = words.iter().map(|word| word.on(side).end).max()?;
        let (bare, whole) = (start..end, with_marks(text, start..end));
        let limit = of.on(side);
        let whole = whole.start.max(limit.start)..whole.end.min(limit.end);
        let fits = !taken[side as usize].meets(&whole);
        Some(if fits { whole } else { bare })
    };
    let (a, b) = (hull(Side::A, texts.0)?, hull(Side::B, texts.1)?);
    let inside = |part: &Range<usize>, hull: &Range<usize>| {
        !part.is_empty() && part.start >= hull.start && part.end <= hull.end
    };
    let alone = of.runs.iter().filter(|run| !is_paired(run));
    let alone = alone.filter(|run| inside(&run.a, &a) || inside(&run.b, &b));
    let mut runs: Vec<Run> = alone.cloned().chain(words).collect();
    runs.sort_by_key(|run| (run.a.start, run.a.end, run.b.start));
    Some(Stretch {
        passage: of.passage,
        a,
        b,
        runs,
    })
}

/// `part` with the opening marks before it and the closing marks behind it.
fn with_marks(text: &str, part: Range<usize>) -> Range<usize> {
    let opens = |c: char| matches!(c, '“' | '‘' | '(' | '„' | '«');
    let closes = |c: char| matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '”' | '’' | ')' | '»');
    let (Some(before), Some(behind)) = (text.get(..part.start), text.get(part.end..)) else {
        return part;
    };
    let start = before.trim_end_matches(opens).len();
    start..text.len() - behind.trim_start_matches(closes).len()
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "a wrong slice is a failed test")]
mod tests {
    use super::*;
    use wirecopy_findings::{PassageKindName, Span};

    fn passage(a: Range<usize>, b: Range<usize>) -> PassageRecord {
        let span = |part: Range<usize>| Span {
            start: u32::try_from(part.start).unwrap(),
            end: u32::try_from(part.end).unwrap(),
        };
        PassageRecord {
            a: span(a),
            b: span(b),
            kind: PassageKindName::Near,
            identity: 0.9,
            score: 30.0,
            quoted: 0.0,
            edits: None,
        }
    }

    fn place(text: &str, words: &str) -> Range<usize> {
        let start = text.find(words).unwrap();
        start..start + words.len()
    }

    fn shown(found: &Disjoint, texts: (&str, &str)) -> Vec<(String, String)> {
        let of = |s: &Stretch| {
            let [a, b] =
                [(texts.0, &s.a), (texts.1, &s.b)].map(|(text, part)| text_at(text, part.clone()));
            (a.into(), b.into())
        };
        found.stretches.iter().map(of).collect()
    }

    #[test]
    fn the_heavier_passage_takes_the_words_and_a_long_rest_stays() {
        let a = "Complete rupture. He warned of a “complete rupture” of ties.";
        let b = "He warned of a “complete rupture” of ties between us.";
        let found = [
            passage(place(a, "Complete rupture"), place(b, "complete rupture")),
            passage(
                place(a, "He warned of a “complete rupture” of ties"),
                place(b, "He warned of a “complete rupture” of ties"),
            ),
            passage(place(a, "complete rupture"), place(b, "complete rupture")),
        ];
        let got = disjoint(&found, (a, b), [&[], &[]]);
        let whole = "He warned of a “complete rupture” of ties";
        assert_eq!(shown(&got, (a, b)), [(whole.into(), whole.into())]);
        assert_eq!(
            got.left[0],
            [place(a, "Complete rupture"), place(a, "complete rupture")]
        );

        let (a, b) = (
            "one two three four five six seven eight nine ten eleven twelve",
            "one two three four five six seven eight, and five six seven eight nine ten eleven twelve",
        );
        let second = b.find("five six seven eight nine").unwrap();
        let found = [
            passage(place(a, "one two three four five six seven eight"), 0..39),
            passage(a.find("five").unwrap()..a.len(), second..b.len()),
        ];
        let got = disjoint(&found, (a, b), [&[], &[]]);
        let rest = "one two three four".to_owned();
        let long = "five six seven eight nine ten eleven twelve".to_owned();
        assert_eq!(
            shown(&got, (a, b)),
            [(rest.clone(), rest), (long.clone(), long)]
        );
    }

    #[test]
    fn a_passage_is_cut_at_boilerplate_that_stands_in_it() {
        let a = "The vote passed. Subscribe now! Repairs begin.";
        let b = "The vote passed. Repairs begin.";
        let found = [passage(0..a.len(), 0..b.len())];
        let wall = [place(a, "Subscribe now!")];
        let got = disjoint(&found, (a, b), [&wall, &[]]);
        let parts = ["The vote passed.", "Repairs begin."];
        assert_eq!(
            shown(&got, (a, b)),
            parts.map(|part| (part.to_owned(), part.to_owned()))
        );
        let aligned = [place(a, "passed. Subscribe")];
        let got = disjoint(&found, (a, b), [&aligned, &[]]);
        assert_eq!(got.stretches.len(), 1, "words that are shared are no wall");
    }
}
