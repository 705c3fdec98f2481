//! Passages of two documents that speak of one thing. There, names, titles and turns of phrase agree whoever wrote them,
//! and reworded sentences share few words: so everything that may be a passage is proposed, measured and judged.

use super::Prepared;
use super::aligner::{AlignScratch, align_region, count, place_window};
use super::build::passage;
use super::carry::carry;
use super::clauses::{Clause, clause};
use super::judge::Judge;
use super::measure::{Measured, Origin, Surroundings, measure};
use super::meet::{Meeting, meet};
use super::passage::{PairAlignment, Passage};
use super::region::{Region, RegionKind, covers, repeats_side};
use super::support::QUOTED;
use super::words::{Sides, Window, WordPair, align_words, pair_bits};
use wirecopy_text::ByteSpan;

/// Bits more that the judge must be sure by where it is least sure that the documents speak of one thing.
const DOUBT_BITS: f32 = 4.0;
/// Log-odds, in bits, from which a proposal is a passage.
const LEAST_ODDS: f32 = 0.5;
/// Word pairs that a proposal needs, as a clause and otherwise.
const LEAST_PAIRS: (usize, usize) = (3, 2);
/// Times the bits of a passage between strangers from which a chain needs no judge, who was fitted to shorter ones.
const SURELY: f32 = 2.0;
/// Bits from which a chain is taken before what lies in it.
const LONG_BITS: f32 = 40.0;
/// Bits from which a proposal speaks for the others.
const SURE_BITS: f32 = 19.0;
/// Clauses of the other document that one stretch is shown with: what a document says often is worth no more lines.
const MOST_REPEATS: usize = 3;
/// Identity that another occurrence of a text needs, where one side of it is the text of a surer passage: less alike, it is
/// what one of the documents says twice in its own words. Renderings of a quotation are left alone.
pub(super) const LEAST_REPEATED: f64 = 0.9;

/// Something that may be a passage.
#[derive(Clone, Debug)]
struct Proposal {
    region: Region,
    window: Window,
    /// Its word pairs, as a range of [`KinScratch::pairs`].
    pairs: std::ops::Range<usize>,
    origin: Origin,
    margin: f32,
    /// Log-odds of one origin, in bits.
    weight: f32,
}

/// Memory of one worker, reused from pair to pair.
#[derive(Clone, Debug, Default)]
pub(super) struct KinScratch {
    meeting: super::meet::MeetScratch,
    met: Vec<Meeting>,
    proposals: Vec<Proposal>,
    pairs: Vec<WordPair>,
    /// Places and bits of the surer regions.
    sure: Vec<(Window, f32)>,
    taken: Vec<Window>,
    /// Those of them that are copies word for word.
    copied: Vec<Window>,
}

/// What may be a passage, as it was measured: for fitting and for reading, see the harness `passages propose`.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    /// Bytes of document a, from the first word to the last.
    pub a: ByteSpan,
    /// Bytes of document b.
    pub b: ByteSpan,
    /// Log-odds of one origin, in bits.
    pub weight: f32,
    /// The measurements, by the names of [`MEASURE_NAMES`](super::MEASURE_NAMES).
    pub measured: Vec<f32>,
}

/// Adds to `out` the passages of two documents of which `found` are the regions of any strength.
pub(super) fn report_kin(
    sides: Sides,
    judge: &Judge,
    found: Vec<Region>,
    (scratch, out): (&mut AlignScratch, &mut PairAlignment),
) {
    let mut kin = std::mem::take(&mut scratch.kin);
    propose(sides, found, out.kinship, (scratch, &mut kin));
    for at in 0..kin.proposals.len() {
        let measured = kin.measure(sides, &kin.proposals[at], out.kinship as f32);
        kin.proposals[at].weight = judge.weigh(&measured);
    }
    kin.proposals.sort_by(compare);
    select(sides, (scratch, &mut kin), out);
    scratch.kin = kin;
}

/// All proposals of two documents, in no order that means anything.
pub(super) fn proposed(
    sides: Sides,
    judge: &Judge,
    found: Vec<Region>,
    (scratch, kinship): (&mut AlignScratch, f64),
) -> Vec<Proposed> {
    let mut kin = std::mem::take(&mut scratch.kin);
    propose(sides, found, kinship, (scratch, &mut kin));
    let bytes = |side: &Prepared, (from, to): (u32, u32)| {
        side.spans()[from as usize].cover(side.spans()[to as usize - 1])
    };
    let show = |proposal: &Proposal| {
        let measured = kin.measure(sides, proposal, kinship as f32);
        Proposed {
            a: bytes(sides.a, proposal.window.a),
            b: bytes(sides.b, proposal.window.b),
            weight: judge.weigh(&measured),
            measured: measured.to_vec(),
        }
    };
    let out = kin.proposals.iter().map(show).collect();
    scratch.kin = kin;
    out
}

/// Fills `kin` with everything that may be a passage.
fn propose(
    sides: Sides,
    found: Vec<Region>,
    kinship: f64,
    (scratch, kin): (&mut AlignScratch, &mut KinScratch),
) {
    kin.proposals.clear();
    kin.pairs.clear();
    meet(sides, &mut kin.meeting, &mut kin.met);
    for region in found {
        propose_region(sides, region, kinship, (scratch, kin));
    }
    let sure = |p: &&Proposal| p.region.bits >= SURE_BITS;
    let found = kin.proposals.iter().filter(sure);
    kin.sure.clear();
    kin.sure.extend(found.map(|p| (p.window, p.region.bits)));
    for at in 0..kin.met.len() {
        if let Some(clause) = clause(sides, &kin.met[at]) {
            propose_clause(sides, clause, (scratch, kin));
        }
    }
}

fn propose_region(
    sides: Sides,
    region: Region,
    kinship: f64,
    (scratch, kin): (&mut AlignScratch, &mut KinScratch),
) {
    let (window, part) = place_window(sides, &region, kinship, scratch);
    align_region(sides, &region, window, scratch);
    if scratch.pairs.len() < LEAST_PAIRS.1 {
        return;
    }
    let origin = match region.kind {
        RegionKind::Chain => Origin::Chain,
        RegionKind::Quotation => Origin::Quotation,
        RegionKind::Context => Origin::Context,
    };
    let bits = region.bits * part.min(1.0);
    let proposal = Proposal {
        region: Region { bits, ..region },
        window,
        pairs: 0..0,
        origin,
        margin: kin.margin(sides, window),
        weight: 0.0,
    };
    kin.add(&scratch.pairs, proposal);
}

fn propose_clause(
    sides: Sides,
    clause: Clause,
    (scratch, kin): (&mut AlignScratch, &mut KinScratch),
) {
    let AlignScratch { words, pairs, .. } = scratch;
    align_words(sides, clause.window, &clause.points, (words, pairs));
    if pairs.len() < LEAST_PAIRS.0 {
        return;
    }
    let told = |p: &WordPair| pair_bits(sides, (p.a as usize, p.b as usize));
    let region = Region {
        window: clause.window,
        bits: pairs.iter().map(told).sum(),
        kind: RegionKind::Chain,
        points: Vec::new(),
    };
    let proposal = Proposal {
        region,
        window: clause.window,
        pairs: 0..0,
        origin: Origin::Clause,
        margin: clause.margin,
        weight: 0.0,
    };
    kin.add(pairs, proposal);
}

impl Proposal {
    /// Bits of a long chain; 0 for anything else.
    fn long(&self) -> f32 {
        let long = self.origin == Origin::Chain && self.region.bits >= LONG_BITS;
        if long { self.region.bits } else { 0.0 }
    }
}

impl KinScratch {
    /// Adds a proposal and its word pairs.
    fn add(&mut self, pairs: &[WordPair], proposal: Proposal) {
        let first = self.pairs.len();
        self.pairs.extend_from_slice(pairs);
        self.proposals.push(Proposal {
            pairs: first..self.pairs.len(),
            ..proposal
        });
    }

    /// The margin of the meeting of the sentences that a window begins in; 0 when they did not meet.
    fn margin(&self, sides: Sides, window: Window) -> f32 {
        let at = (
            sides.a.sentence[window.a.0 as usize],
            sides.b.sentence[window.b.0 as usize],
        );
        let found = self.met.binary_search_by_key(&at, |m| (m.a, m.b));
        found.map_or(0.0, |n| self.met[n].margin)
    }

    /// Bits of the surer regions that lie outside `window` in a.
    fn elsewhere(&self, window: Window) -> f32 {
        let apart = |w: &Window| w.a.1 <= window.a.0 || window.a.1 <= w.a.0;
        let others = self.sure.iter().filter(|(w, _)| apart(w));
        others.map(|&(_, bits)| bits).sum()
    }

    fn measure(&self, sides: Sides, proposal: &Proposal, kinship: f32) -> Measured {
        let around = Surroundings {
            origin: proposal.origin,
            kinship,
            margin: proposal.margin,
            elsewhere: self.elsewhere(proposal.window),
        };
        let pairs = &self.pairs[proposal.pairs.clone()];
        measure(sides, proposal.window, pairs, around)
    }
}

/// Puts long chains first, the longest before the others: a clause inside one may weigh as much. Then whatever weighs most.
fn compare(x: &Proposal, y: &Proposal) -> std::cmp::Ordering {
    let place = |p: &Proposal| (p.window.a, p.window.b);
    y.long()
        .total_cmp(&x.long())
        .then(y.weight.total_cmp(&x.weight))
        .then_with(|| place(x).cmp(&place(y)))
}

/// Adds the proposals that are sure enough, each place once.
fn select(
    sides: Sides,
    (scratch, kin): (&mut AlignScratch, &mut KinScratch),
    out: &mut PairAlignment,
) {
    let kinship = out.kinship as f32;
    let least = LEAST_ODDS + DOUBT_BITS * sides.options.doubt(kinship);
    let surely = SURELY * sides.options.min_bits;
    let counts = sides.options.bar(kinship);
    kin.taken.clear();
    kin.copied.clear();
    for proposal in &kin.proposals {
        let Proposal {
            region,
            window,
            origin,
            ..
        } = proposal;
        if proposal.weight < least && proposal.long() < surely {
            continue;
        }
        let held = kin.taken.iter().any(|&w| covers(w, *window));
        let again = || {
            kin.taken
                .iter()
                .filter(|&&w| repeats_side(w, *window))
                .count()
        };
        let often = *origin == Origin::Clause && again() >= MOST_REPEATS;
        if (held && *origin != Origin::Quotation) || often {
            continue;
        }
        let pairs = &kin.pairs[proposal.pairs.clone()];
        let mut passage = passage(sides, region, *window, pairs);
        let before = match origin {
            Origin::Chain => &kin.taken,
            _ => &kin.copied,
        };
        if is_repeat(before, *window, &passage) {
            continue;
        }
        if *origin != Origin::Clause {
            carry(sides, *window, &mut passage);
        }
        if *origin != Origin::Clause && region.bits >= counts {
            passage.counted = count(sides, pairs, scratch);
            out.aligned += passage.counted.words;
            out.aligned_unquoted += passage.counted.unquoted;
        }
        if proposal.long() >= surely && passage.identity >= LEAST_REPEATED {
            kin.copied.push(*window);
        }
        kin.taken.push(*window);
        out.passages.push(passage);
    }
}

/// Whether a passage is what a document says twice in its own words.
fn is_repeat(taken: &[Window], window: Window, passage: &Passage) -> bool {
    let loose = passage.identity < LEAST_REPEATED && passage.quoted < QUOTED;
    loose && taken.iter().any(|&w| repeats_side(w, window))
}
