//! Passages of two articles on one event. Names, titles and common phrases are the same there whoever wrote them, and
//! reworded sentences share few words, so no threshold on bits separates passages from chance. Instead everything that may be a
//! passage is proposed, its features are measured, and a classifier decides.

use super::AnalysedText;
use super::aligner::{AlignScratch, align_region, count, place_window};
use super::assemble::passage;
use super::classifier::PassageClassifier;
use super::corroboration::QUOTED;
use super::extend::carry;
use super::features::{CandidateSource, Features, PairContext, measure};
use super::merged_chains::{Region, RegionKind, covers, repeats_side};
use super::passage::{PairAlignment, Passage, PassageKind};
use super::sentence_alignment::{AlignedSpans, clause};
use super::sentence_pairs::{SentencePair, meet};
use super::word_alignment::{Pair, SpanPair, WordPair, align_words, pair_bits};
use wirecopy_text::ByteSpan;

/// How much the classifier's threshold rises, in bits of log-odds, where it is least sure that both articles are on one event.
const DOUBT_BITS: f32 = 4.0;
/// Log-odds, in bits, from which a candidate is a passage.
const LEAST_ODDS: f32 = 0.5;
/// Fewest aligned word pairs of a candidate: from a sentence pair, and from elsewhere.
const LEAST_PAIRS: (usize, usize) = (3, 2);
/// Chains of at least this many times `min_bits` skip the classifier: its training data has none that long.
const BYPASS_FACTOR: f32 = 2.0;
/// Bits from which a chain is selected before candidates inside it.
const LONG_BITS: f32 = 40.0;
/// Bits from which a candidate is evidence for the other ones of the pair.
const SURE_BITS: f32 = 19.0;
/// Most sentences of the other article that one stretch is reported with: what an article repeats often needs no more lines.
const MOST_REPEATS: usize = 3;
/// Least identity of a passage one side of which is already part of a surer one. Below it, an article repeats itself in other words.
/// Does not apply to renderings of a quotation.
pub(super) const LEAST_REPEATED: f64 = 0.9;

/// A candidate: two stretches that may be a passage.
#[derive(Clone, Debug)]
struct PassageCandidate {
    region: Region,
    window: SpanPair,
    /// Its aligned word pairs, as a range of [`SameEventScratch::pairs`].
    pairs: std::ops::Range<usize>,
    origin: CandidateSource,
    runner_up_gap: f32,
    /// The classifier's log-odds that both sides have one origin, in bits.
    weight: f32,
}

/// Memory of one worker, reused from pair to pair.
#[derive(Clone, Debug, Default)]
pub(super) struct SameEventScratch {
    meeting: super::sentence_pairs::MeetScratch,
    met: Vec<SentencePair>,
    proposals: Vec<PassageCandidate>,
    pairs: Vec<WordPair>,
    /// Places and bits of the candidates of at least [`SURE_BITS`].
    sure: Vec<(SpanPair, f32)>,
    taken: Vec<SpanPair>,
    /// Those of them that are copies word for word.
    copied: Vec<SpanPair>,
}

/// What may be a passage, as it was measured: for fitting and for reading, see the harness `passages propose`.
#[derive(Clone, Debug, PartialEq)]
pub struct PassageCandidates {
    /// Bytes of document a, from the first word to the last.
    pub a: ByteSpan,
    /// Bytes of document b.
    pub b: ByteSpan,
    /// The classifier's log-odds that both sides have one origin, in bits.
    pub weight: f32,
    /// The measurements, by the names of [`MEASURE_NAMES`](super::MEASURE_NAMES).
    pub measured: Vec<f32>,
}

/// Adds to `out` the passages of two documents of which `found` are the regions of any strength.
pub(super) fn report_same_event(
    sides: Pair,
    classifier: &PassageClassifier,
    found: Vec<Region>,
    (scratch, out): (&mut AlignScratch, &mut PairAlignment),
) {
    let mut memory = std::mem::take(&mut scratch.same_event);
    propose(sides, found, out.topic_overlap, (scratch, &mut memory));
    for at in 0..memory.proposals.len() {
        let measured = memory.measure(sides, &memory.proposals[at], out.topic_overlap as f32);
        memory.proposals[at].weight = classifier.weigh(&measured);
    }
    memory.proposals.sort_by(compare);
    select(sides, (scratch, &mut memory), out);
    scratch.same_event = memory;
}

/// All proposals of two documents, in no order that means anything.
pub(super) fn proposed(
    sides: Pair,
    classifier: &PassageClassifier,
    found: Vec<Region>,
    (scratch, topic_overlap): (&mut AlignScratch, f64),
) -> Vec<PassageCandidates> {
    let mut memory = std::mem::take(&mut scratch.same_event);
    propose(sides, found, topic_overlap, (scratch, &mut memory));
    let bytes = |side: &AnalysedText, (from, to): (u32, u32)| {
        side.spans()[from as usize].cover(side.spans()[to as usize - 1])
    };
    let show = |proposal: &PassageCandidate| {
        let measured = memory.measure(sides, proposal, topic_overlap as f32);
        PassageCandidates {
            a: bytes(sides.a, proposal.window.a),
            b: bytes(sides.b, proposal.window.b),
            weight: classifier.weigh(&measured),
            measured: measured.to_vec(),
        }
    };
    let out = memory.proposals.iter().map(show).collect();
    scratch.same_event = memory;
    out
}

/// Fills `memory` with everything that may be a passage.
fn propose(
    sides: Pair,
    found: Vec<Region>,
    topic_overlap: f64,
    (scratch, memory): (&mut AlignScratch, &mut SameEventScratch),
) {
    memory.proposals.clear();
    memory.pairs.clear();
    meet(sides, &mut memory.meeting, &mut memory.met);
    for region in found {
        propose_region(sides, region, topic_overlap, (scratch, memory));
    }
    let sure = |p: &&PassageCandidate| p.region.bits >= SURE_BITS;
    let found = memory.proposals.iter().filter(sure);
    memory.sure.clear();
    memory.sure.extend(found.map(|p| (p.window, p.region.bits)));
    for at in 0..memory.met.len() {
        if let Some(clause) = clause(sides, &memory.met[at]) {
            propose_clause(sides, clause, (scratch, memory));
        }
    }
}

fn propose_region(
    sides: Pair,
    region: Region,
    topic_overlap: f64,
    (scratch, memory): (&mut AlignScratch, &mut SameEventScratch),
) {
    let (window, part) = place_window(sides, &region, topic_overlap, scratch);
    align_region(sides, &region, window, scratch);
    if scratch.pairs.len() < LEAST_PAIRS.1 {
        return;
    }
    let origin = match region.kind {
        RegionKind::Chain => CandidateSource::Chain,
        RegionKind::Quotation => CandidateSource::Quotation,
        RegionKind::Context => CandidateSource::Context,
    };
    let bits = region.bits * part.min(1.0);
    let proposal = PassageCandidate {
        region: Region { bits, ..region },
        window,
        pairs: 0..0,
        origin,
        runner_up_gap: memory.runner_up_gap(sides, window),
        weight: 0.0,
    };
    memory.add(&scratch.pairs, proposal);
}

fn propose_clause(
    sides: Pair,
    clause: AlignedSpans,
    (scratch, memory): (&mut AlignScratch, &mut SameEventScratch),
) {
    let AlignScratch { words, pairs, .. } = scratch;
    align_words(sides, clause.window, &clause.points, (words, pairs));
    if pairs.len() < LEAST_PAIRS.0 {
        return;
    }
    let matched_bits = |p: &WordPair| pair_bits(sides, (p.a as usize, p.b as usize));
    let region = Region {
        window: clause.window,
        bits: pairs.iter().map(matched_bits).sum(),
        kind: RegionKind::Chain,
        points: Vec::new(),
    };
    let proposal = PassageCandidate {
        region,
        window: clause.window,
        pairs: 0..0,
        origin: CandidateSource::AlignedSpans,
        runner_up_gap: clause.runner_up_gap,
        weight: 0.0,
    };
    memory.add(pairs, proposal);
}

impl PassageCandidate {
    /// Bits of a long chain; 0 for anything else.
    fn long(&self) -> f32 {
        let long = self.origin == CandidateSource::Chain && self.region.bits >= LONG_BITS;
        if long { self.region.bits } else { 0.0 }
    }
}

impl SameEventScratch {
    /// Adds a proposal and its word pairs.
    fn add(&mut self, pairs: &[WordPair], proposal: PassageCandidate) {
        let first = self.pairs.len();
        self.pairs.extend_from_slice(pairs);
        self.proposals.push(PassageCandidate {
            pairs: first..self.pairs.len(),
            ..proposal
        });
    }

    /// The margin of the meeting of the sentences that a window begins in; 0 when they did not meet.
    fn runner_up_gap(&self, sides: Pair, window: SpanPair) -> f32 {
        let at = (
            sides.a.sentence[window.a.0 as usize],
            sides.b.sentence[window.b.0 as usize],
        );
        let found = self.met.binary_search_by_key(&at, |m| (m.a, m.b));
        found.map_or(0.0, |n| self.met[n].runner_up_gap)
    }

    /// Bits of the surer regions that lie outside `window` in a.
    fn bits_in_other_passages(&self, window: SpanPair) -> f32 {
        let apart = |w: &SpanPair| w.a.1 <= window.a.0 || window.a.1 <= w.a.0;
        let others = self.sure.iter().filter(|(w, _)| apart(w));
        others.map(|&(_, bits)| bits).sum()
    }

    fn measure(&self, sides: Pair, proposal: &PassageCandidate, topic_overlap: f32) -> Features {
        let around = PairContext {
            origin: proposal.origin,
            topic_overlap,
            runner_up_gap: proposal.runner_up_gap,
            bits_in_other_passages: self.bits_in_other_passages(proposal.window),
        };
        let pairs = &self.pairs[proposal.pairs.clone()];
        measure(sides, proposal.window, pairs, around)
    }
}

/// Puts long chains first, the longest before the others: a clause inside one may weigh as much. Then whatever weighs most.
fn compare(x: &PassageCandidate, y: &PassageCandidate) -> std::cmp::Ordering {
    let place = |p: &PassageCandidate| (p.window.a, p.window.b);
    y.long()
        .total_cmp(&x.long())
        .then(y.weight.total_cmp(&x.weight))
        .then_with(|| place(x).cmp(&place(y)))
}

/// Adds the proposals that are sure enough, each place once.
fn select(
    sides: Pair,
    (scratch, memory): (&mut AlignScratch, &mut SameEventScratch),
    out: &mut PairAlignment,
) {
    let topic_overlap = out.topic_overlap as f32;
    let least = LEAST_ODDS + DOUBT_BITS * sides.options.doubt(topic_overlap);
    let surely = BYPASS_FACTOR * sides.options.min_bits;
    let counts = sides.options.bar(topic_overlap);
    memory.taken.clear();
    memory.copied.clear();
    let mut has_copied_prose = false;
    for proposal in &memory.proposals {
        let PassageCandidate {
            region,
            window,
            origin,
            ..
        } = proposal;
        if proposal.weight < least && proposal.long() < surely {
            continue;
        }
        let held = memory.taken.iter().any(|&w| covers(w, *window));
        let again = || {
            memory
                .taken
                .iter()
                .filter(|&&w| repeats_side(w, *window))
                .count()
        };
        let often = *origin == CandidateSource::AlignedSpans && again() >= MOST_REPEATS;
        if (held && *origin != CandidateSource::Quotation) || often {
            continue;
        }
        let pairs = &memory.pairs[proposal.pairs.clone()];
        let mut passage = passage(sides, region, *window, pairs);
        let before = match origin {
            CandidateSource::Chain => &memory.taken,
            _ => &memory.copied,
        };
        if proposal.long() < surely {
            passage.origin_odds = proposal.weight;
        }
        // That one sentence was made of another is to be sure, unless long unquoted text of one origin stands beside it: like
        // facts in like words are not.
        let is_doubtful =
            passage.kind == PassageKind::Reworded && !passage.is_sure() && !has_copied_prose;
        if is_doubtful || is_repeat(before, *window, &passage) {
            continue;
        }
        if *origin != CandidateSource::AlignedSpans {
            carry(sides, *window, &mut passage);
        }
        if *origin != CandidateSource::AlignedSpans && region.bits >= counts {
            passage.counted = count(sides, pairs, scratch);
            out.aligned += passage.counted.words;
            out.aligned_unquoted += passage.counted.unquoted;
        }
        has_copied_prose |= proposal.long() >= surely && passage.quoted < QUOTED;
        if proposal.long() >= surely && passage.identity >= LEAST_REPEATED {
            memory.copied.push(*window);
        }
        memory.taken.push(*window);
        out.passages.push(passage);
    }
}

/// Whether a passage is what a document says twice in its own words.
fn is_repeat(taken: &[SpanPair], window: SpanPair, passage: &Passage) -> bool {
    let loose = passage.identity < LEAST_REPEATED && passage.quoted < QUOTED;
    loose && taken.iter().any(|&w| repeats_side(w, window))
}
