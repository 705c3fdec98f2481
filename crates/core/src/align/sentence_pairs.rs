//! Sentences of two documents that may say the same: those that share most of what their words tell.

use super::AnalysedText;
use super::word_alignment::Pair;
use super::word_similarity::weight;

/// Least bits of a word by which sentences are paired.
const LEAST_BITS: f32 = 1.0;
/// Least bits that two sentences share to be compared. Six bits find no more on invented events; fifteen lose one rendering in ten.
const LEAST_MEETING: f32 = 11.0;
/// Most sentences of the other article that a sentence is compared with. Five find no more than two.
const PARTNERS: usize = 2;
/// Most tokens of a sentence that is compared; longer ones are lists.
const LONGEST: usize = 120;
/// Pairs of sentences of two documents beyond which none are compared: two thousand sentences on either side.
const MOST_PAIRS: usize = 1 << 22;

/// Two sentences that share many bits.
#[derive(Clone, Copy, Debug)]
pub(super) struct SentencePair {
    /// Numbers of the sentences.
    pub(super) a: u32,
    pub(super) b: u32,
    /// Bits by which they share more than either shares with any other sentence; negative when one has a better partner.
    pub(super) runner_up_gap: f32,
}

/// Memory of one worker, reused from pair to pair.
#[derive(Clone, Debug, Default)]
pub(super) struct MeetScratch {
    /// Bits that sentence `r` of a and sentence `c` of b share, at `r * columns + c`.
    shared: Vec<f32>,
    best_a: Vec<TopK>,
    best_b: Vec<TopK>,
    /// Sentences of b that have the concept at hand, and what it weighs there.
    holders: Vec<(u32, f32)>,
}

/// Replaces `out` by the pairs of sentences that share enough and of which one is among the other's best partners, by a,
/// then b: at most [`PARTNERS`] for each sentence of either side, the first of those that share as much.
/// O(n·m) for n and m sentences, and their tokens for each sentence of a that has one of them.
pub(super) fn meet(sides: Pair, scratch: &mut MeetScratch, out: &mut Vec<SentencePair>) {
    out.clear();
    let columns = sides.b.sentence_spans.len();
    if columns == 0 || sides.a.sentence_spans.len() * columns > MOST_PAIRS {
        return;
    }
    add_shared(sides, scratch);
    rank(columns, scratch);
    for (r, row) in scratch.shared.chunks_exact(columns).enumerate() {
        for (c, &shared) in row.iter().enumerate().filter(|s| *s.1 >= LEAST_MEETING) {
            let (of_a, of_b) = (scratch.best_a[r], scratch.best_b[c]);
            if of_a.has(c as u32) || of_b.has(r as u32) {
                out.push(SentencePair {
                    a: r as u32,
                    b: c as u32,
                    runner_up_gap: shared - of_a.beside(c as u32).max(of_b.beside(r as u32)),
                });
            }
        }
    }
}

/// The partners with which a sentence shares most, descending, the first of equal ones.
#[derive(Clone, Copy, Debug, Default)]
struct TopK([(f32, u32); PARTNERS]);

impl TopK {
    fn add(&mut self, shared: f32, partner: u32) {
        let mut entry = (shared, partner);
        for held in &mut self.0 {
            if entry.0 > held.0 {
                std::mem::swap(held, &mut entry);
            }
        }
    }

    fn has(self, partner: u32) -> bool {
        self.0.iter().any(|held| held.0 > 0.0 && held.1 == partner)
    }

    /// The most that it shares with others than `partner`.
    fn beside(self, partner: u32) -> f32 {
        let others = self.0.iter().filter(|held| held.1 != partner);
        others.map(|held| held.0).fold(0.0, f32::max)
    }
}

fn rank(columns: usize, scratch: &mut MeetScratch) {
    let MeetScratch {
        shared,
        best_a,
        best_b,
        ..
    } = scratch;
    best_a.clear();
    best_b.clear();
    best_b.resize(columns, TopK::default());
    for (r, row) in shared.chunks_exact(columns).enumerate() {
        let mut best = TopK::default();
        let cells = row.iter().zip(&mut *best_b).enumerate();
        for (c, (&bits, of_b)) in cells.filter(|(_, cell)| *cell.0 > 0.0) {
            best.add(bits, c as u32);
            of_b.add(bits, r as u32);
        }
        best_a.push(best);
    }
}

/// Replaces `scratch.shared` by the bits that each two sentences share: each concept once.
fn add_shared(sides: Pair, scratch: &mut MeetScratch) {
    let columns = sides.b.sentence_spans.len();
    let MeetScratch {
        shared, holders, ..
    } = scratch;
    shared.clear();
    shared.resize(sides.a.sentence_spans.len() * columns, 0.0);
    let (mut x, mut y) = (&sides.a.content_tokens[..], &sides.b.content_tokens[..]);
    while let (Some(&p), Some(&q)) = (x.first(), y.first()) {
        match (p >> 32).cmp(&(q >> 32)) {
            std::cmp::Ordering::Less => x = &x[1..],
            std::cmp::Ordering::Greater => y = &y[1..],
            std::cmp::Ordering::Equal => {
                let (run_a, rest_a) = x.split_at(run(x, p >> 32));
                let (run_b, rest_b) = y.split_at(run(y, p >> 32));
                holders.clear();
                holders.extend(sentences(sides.b, run_b));
                for (row, here) in sentences(sides.a, run_a) {
                    let row = &mut shared[row as usize * columns..];
                    for &(column, there) in holders.iter() {
                        let bits = here.min(there);
                        row[column as usize] += if bits >= LEAST_BITS { bits } else { 0.0 };
                    }
                }
                (x, y) = (rest_a, rest_b);
            }
        }
    }
}

/// Number of entries of `concept` that the column begins with.
fn run(column: &[u64], concept: u64) -> usize {
    column.iter().take_while(|&&e| e >> 32 == concept).count()
}

/// The sentences that have the tokens of a run (ascending by token), lists left out, each with what the first of its
/// tokens weighs.
fn sentences<'s>(side: &'s AnalysedText, run: &'s [u64]) -> impl Iterator<Item = (u32, f32)> + 's {
    let sentence = |&entry: &u64| side.sentence[entry as u32 as usize];
    let groups = run.chunk_by(move |x, y| sentence(x) == sentence(y));
    groups
        .map(move |group| (sentence(&group[0]), group[0] as u32 as usize))
        .filter(|&(number, _)| side.sentence_tokens(number as usize).len() <= LONGEST)
        .map(|(number, token)| (number, weight(side, token)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::{AlignOptions, Aligner, TextView};
    use wirecopy_text::ByteSpan;
    use wirecopy_text::{Language, TermCache};

    fn prepared(text: &str) -> AnalysedText {
        let aligner = Aligner::new(AlignOptions::default()).expect("the defaults are in range");
        let view = TextView {
            text,
            body: &[ByteSpan::new(0, text.len())],
            quotes: &[],
            language: Language::English,
        };
        let mut out = AnalysedText::default();
        aligner.prepare(&view, &mut TermCache::default(), &mut out);
        out
    }

    fn met(a: &str, b: &str) -> Vec<(u32, u32)> {
        let (a, b) = (prepared(a), prepared(b));
        let options = AlignOptions::default();
        let sides = Pair {
            a: &a,
            b: &b,
            options: &options,
        };
        let mut out = Vec::new();
        meet(sides, &mut MeetScratch::default(), &mut out);
        out.iter().map(|m| (m.a, m.b)).collect()
    }

    const RUDDER: &str =
        "The ferry captain blamed a broken rudder for drifting onto the sandbank. ";
    const FROST: &str = "Late frost destroyed cherry blossom in every orchard of the valley. ";

    #[test]
    fn sentences_meet_whose_words_agree() {
        let turned = "A broken rudder, the captain of the ferry said, drove it onto a sandbank. ";
        assert_eq!(
            met(&[RUDDER, FROST].concat(), &[FROST, turned].concat()),
            [(0, 1), (1, 0)]
        );
        assert_eq!(met(RUDDER, FROST), []);
    }

    #[test]
    fn a_sentence_that_both_repeat_meets_few_of_its_kind() {
        let text = RUDDER.repeat(300);
        assert!(met(&text, &text).len() <= 2 * PARTNERS * 300);
    }
}
