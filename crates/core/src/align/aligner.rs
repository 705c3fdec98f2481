//! The aligner: two prepared documents in, everything that they share out.

use super::anchors::{Anchor, PointScratch, collect};
use super::assemble::{is_quoted, passage};
use super::chain::{Chain, ChainScratch, Taken, chains, trim};
use super::classifier::PassageClassifier;
use super::corroboration::{QUOTED, retain_supported};
use super::extend::carry;
use super::merged_chains::{Region, RegionKind, covers, quotations, regions, repeats_side};
use super::passage::{Counted, PairAlignment, Passage};
use super::quote_context::around;
use super::same_event::{
    LEAST_REPEATED, PassageCandidates, SameEventScratch, proposed, report_same_event,
};
use super::topic_overlap::{topic_overlap, topic_overlap_outside};
use super::word_alignment::{Pair, SpanPair, WordPair, WordScratch, align_words, pair_bits, score};
use super::{AlignOptions, AnalysedText, TextView, bounds};
use crate::Error;
use wirecopy_text::{TermCache, TermTable};

/// Equal words beside a shared quotation that make the run around it a passage.
const LEAST_GROWTH: u32 = 3;
/// Aligned share of its words that what stands around a shared quotation needs, and how much longer one side may be: who
/// quotes the same words in a sentence of like length reports the same thing. Set on five articles on one event.
const LEAST_SHARE_AROUND: f32 = 0.25;
const MOST_UNEVEN: f32 = 2.0;

/// Aligns pairs of documents. Holds the word tables; share one between all workers.
#[derive(Clone, Debug)]
pub struct Aligner {
    options: AlignOptions,
    lexicon: TermTable,
    classifier: PassageClassifier,
}

/// Memory of one worker, reused from pair to pair.
#[derive(Clone, Debug, Default)]
pub struct AlignScratch {
    pub(super) points: Vec<Anchor>,
    pub(super) collecting: PointScratch,
    chain: ChainScratch,
    chains: Vec<Chain>,
    pub(super) words: WordScratch,
    pub(super) pairs: Vec<WordPair>,
    picked: Vec<Anchor>,
    taken: Taken,
    windows: Vec<SpanPair>,
    used_a: Vec<bool>,
    used_b: Vec<bool>,
    pub(super) same_event: SameEventScratch,
}

impl Aligner {
    /// An aligner with these settings.
    ///
    /// # Errors
    /// [`Error::Parameter`] when a setting is out of range (see [`AlignOptions::check`]).
    pub fn new(options: AlignOptions) -> Result<Self, Error> {
        options.check()?;
        Ok(Self {
            options,
            lexicon: TermTable::default(),
            classifier: PassageClassifier::default(),
        })
    }

    /// The settings.
    #[must_use]
    pub fn options(&self) -> &AlignOptions {
        &self.options
    }

    /// Replaces `out` by what `view` holds. O(bytes + tokens log tokens).
    ///
    /// # Panics
    /// When a span of `view` does not belong to its text.
    pub fn prepare(&self, view: &TextView, memo: &mut TermCache, out: &mut AnalysedText) {
        out.fill(view, (&self.lexicon, memo), &self.options);
    }

    /// Finds all passages that two documents share. Offsets index the texts that they were prepared from.
    ///
    /// The result is symmetric: swapping the inputs swaps the sides of every passage and changes nothing else.
    /// Near-linear in the documents' lengths, also for periodic texts; of documents that speak of one thing, all pairs of
    /// sentences are looked at, up to a bound.
    #[must_use]
    pub fn align(
        &self,
        a: &AnalysedText,
        b: &AnalysedText,
        scratch: &mut AlignScratch,
    ) -> PairAlignment {
        if order_key(a) > order_key(b) {
            return self.align(b, a, scratch).swapped();
        }
        if a.language() == b.language() {
            return self.align_ordered(a, b, scratch);
        }
        let [a, b] = [a, b].map(|side| side.by_form(&self.options));
        self.align_ordered(&a, &b, scratch)
    }

    /// Everything that may be a passage of two documents that speak of one thing, with its measurements; empty when they do
    /// not. Symmetric but for the order.
    #[must_use]
    pub fn propose(
        &self,
        a: &AnalysedText,
        b: &AnalysedText,
        scratch: &mut AlignScratch,
    ) -> Vec<PassageCandidates> {
        if order_key(a) <= order_key(b) {
            return self.propose_ordered(a, b, scratch);
        }
        let mut found = self.propose_ordered(b, a, scratch);
        found
            .iter_mut()
            .for_each(|p| std::mem::swap(&mut p.a, &mut p.b));
        found
    }

    fn propose_ordered(
        &self,
        a: &AnalysedText,
        b: &AnalysedText,
        scratch: &mut AlignScratch,
    ) -> Vec<PassageCandidates> {
        let sides = Pair {
            a,
            b,
            options: &self.options,
        };
        let topic_overlap = find_chains(sides, scratch);
        if self.options.are_different_events(topic_overlap) {
            return Vec::new();
        }
        let found = find_weak_regions(sides, topic_overlap, scratch);
        proposed(
            sides,
            &self.classifier,
            found,
            (scratch, f64::from(topic_overlap)),
        )
    }

    fn align_ordered(
        &self,
        a: &AnalysedText,
        b: &AnalysedText,
        scratch: &mut AlignScratch,
    ) -> PairAlignment {
        let sides = Pair {
            a,
            b,
            options: &self.options,
        };
        let topic_overlap = find_chains(sides, scratch);
        let mut out = PairAlignment {
            topic_overlap: f64::from(topic_overlap),
            tokens_a: a.len() as u32,
            tokens_b: b.len() as u32,
            ..PairAlignment::default()
        };
        scratch.forget_report(a.len(), b.len());
        if self.options.are_different_events(topic_overlap) {
            for region in &find_regions(sides, topic_overlap, scratch) {
                report(sides, region, scratch, &mut out);
            }
            retain_supported(&mut out);
        } else {
            let found = find_weak_regions(sides, topic_overlap, scratch);
            report_same_event(sides, &self.classifier, found, (scratch, &mut out));
        }
        out.passages.sort_by_key(|p| (p.a, p.b));
        out
    }
}

impl AlignScratch {
    /// Makes ready to report on documents of these lengths.
    fn forget_report(&mut self, tokens_a: usize, tokens_b: usize) {
        for (used, tokens) in [(&mut self.used_a, tokens_a), (&mut self.used_b, tokens_b)] {
            used.clear();
            used.resize(tokens, false);
        }
        self.windows.clear();
    }
}

/// Finds the chains of two documents, scored by all of their words, and how far the documents speak of one thing.
fn find_chains(sides: Pair, scratch: &mut AlignScratch) -> f32 {
    let Pair { a, b, options } = sides;
    collect(
        a,
        b,
        options,
        (&mut scratch.collecting, &mut scratch.points),
    );
    chains(
        &scratch.points,
        options,
        &mut scratch.chain,
        &mut scratch.chains,
    );
    scratch.taken.reset(a.len(), b.len());
    trim(&scratch.points, &mut scratch.chains, &mut scratch.taken);
    weigh(sides, scratch);
    let whole = topic_overlap(a, b);
    let chains = scratch.chains.iter();
    let copied: Vec<&Chain> = chains.take_while(|c| c.bits >= options.min_bits).collect();
    if copied.is_empty() || options.are_different_events(whole) {
        return whole;
    }
    topic_overlap_outside((a, b), &copied, whole)
}

/// The places that may be passages, surest first.
fn find_regions(sides: Pair, topic_overlap: f32, scratch: &mut AlignScratch) -> Vec<Region> {
    let options = sides.options;
    let mut found = regions(
        &scratch.chains,
        &scratch.points,
        (options, options.seed_bar(topic_overlap)),
    );
    let mut quotes = quotations(sides, &scratch.points);
    let quote_bar = options.quote_bar(topic_overlap);
    quotes.retain(|quote| quote.bits >= quote_bar);
    add_quotations(sides, quotes, scratch, &mut found);
    found.sort_by(|x, y| {
        y.bits
            .total_cmp(&x.bits)
            .then_with(|| place(x).cmp(&place(y)))
    });
    found
}

/// Places of any strength that may be passages of documents that speak of one thing: regions, and the weaker chains by
/// themselves.
fn find_weak_regions(sides: Pair, topic_overlap: f32, scratch: &mut AlignScratch) -> Vec<Region> {
    let options = sides.options;
    let mut found = regions(
        &scratch.chains,
        &scratch.points,
        (options, options.seed_bar(topic_overlap)),
    );
    let strong = found.len();
    for chain in &scratch.chains {
        let region = Region::of(chain);
        if !found[..strong]
            .iter()
            .any(|r| covers(r.window, region.window))
        {
            found.push(region);
        }
    }
    let quotes = quotations(sides, &scratch.points);
    add_quotations(sides, quotes, scratch, &mut found);
    found
}

/// Adds the quotations that no region holds, and what says the same around them.
fn add_quotations(
    sides: Pair,
    quotes: Vec<Region>,
    scratch: &mut AlignScratch,
    found: &mut Vec<Region>,
) {
    let chained = found.len();
    for quote in quotes {
        if found[..chained]
            .iter()
            .any(|r| covers(r.window, quote.window))
        {
            continue;
        }
        let grown = bounds::grow(sides, quote.window);
        match around(sides, &quote, &scratch.points) {
            Some(context) => found.push(context),
            None if grown.a.1 - grown.a.0 >= quote.window.a.1 - quote.window.a.0 + LEAST_GROWTH => {
                found.push(Region {
                    window: grown,
                    kind: RegionKind::Context,
                    ..quote.clone()
                });
            }
            None => {}
        }
        found.push(quote);
    }
}

fn place(region: &Region) -> ((u32, u32), (u32, u32)) {
    (region.window.a, region.window.b)
}

/// Scores each chain anew by all of its words, the common ones too.
fn weigh(sides: Pair, scratch: &mut AlignScratch) {
    for chain in &mut scratch.chains {
        let window = bounds::grow(
            sides,
            SpanPair {
                a: chain.a,
                b: chain.b,
            },
        );
        scratch.picked.clear();
        scratch
            .picked
            .extend(chain.points.iter().map(|&p| scratch.points[p as usize]));
        align_words(
            sides,
            window,
            &scratch.picked,
            (&mut scratch.words, &mut scratch.pairs),
        );
        chain.bits = score(sides, &scratch.pairs);
        (chain.a, chain.b) = (window.a, window.b);
    }
    scratch
        .chains
        .sort_by(|x, y| y.bits.total_cmp(&x.bits).then((x.a, x.b).cmp(&(y.a, y.b))));
}

/// Where the passage of a region begins and ends, and the part of the region's bits that lies there. What stands around a
/// quotation ends with its last aligned words; other passages take in the rest of their sentences where that is little.
pub(super) fn place_window(
    sides: Pair,
    region: &Region,
    topic_overlap: f64,
    scratch: &mut AlignScratch,
) -> (SpanPair, f32) {
    if region.kind == RegionKind::Quotation {
        return (region.window, 1.0);
    }
    let grown = bounds::grow(sides, region.window);
    align_region(sides, region, grown, scratch);
    let all = total_bits(sides, &scratch.pairs);
    let trimmed = bounds::trim(sides, grown, &mut scratch.pairs);
    let part = total_bits(sides, &scratch.pairs) / all.max(f32::MIN_POSITIVE);
    let share = sides.options.snap_share_for(topic_overlap);
    let window = match region.kind {
        RegionKind::Context => trimmed,
        _ => bounds::snap(sides, trimmed, share),
    };
    (window, part)
}

/// Aligns the words of one region, adds its passage and counts its words once.
fn report(sides: Pair, region: &Region, scratch: &mut AlignScratch, out: &mut PairAlignment) {
    let (window, part) = place_window(sides, region, out.topic_overlap, scratch);
    if region.kind != RegionKind::Quotation && scratch.windows.iter().any(|&w| covers(w, window)) {
        return;
    }
    align_region(sides, region, window, scratch);
    if region.kind == RegionKind::Chain && scratch.pairs.len() < sides.options.min_words {
        return;
    }
    let mut passage = passage(sides, region, window, &scratch.pairs);
    passage.score *= f64::from(part.min(1.0));
    if region.kind != RegionKind::Quotation
        && !is_evident(
            sides,
            (&passage, region.kind),
            (window, &scratch.pairs),
            out.topic_overlap,
        )
    {
        return;
    }
    let repeats = scratch.windows.iter().any(|&w| repeats_side(w, window));
    let loose = passage.identity < LEAST_REPEATED && passage.quoted < QUOTED;
    if region.kind == RegionKind::Chain && repeats && loose {
        return;
    }
    carry(sides, window, &mut passage);
    scratch.windows.push(window);
    let pairs = std::mem::take(&mut scratch.pairs);
    passage.counted = count(sides, &pairs, scratch);
    scratch.pairs = pairs;
    out.aligned += passage.counted.words;
    out.aligned_unquoted += passage.counted.unquoted;
    out.passages.push(passage);
}

/// Counts the word pairs of which no earlier passage has a word.
pub(super) fn count(sides: Pair, pairs: &[WordPair], scratch: &mut AlignScratch) -> Counted {
    let mut counted = Counted::default();
    for pair in pairs {
        let (i, j) = (pair.a as usize, pair.b as usize);
        if !scratch.used_a[i] && !scratch.used_b[j] {
            scratch.used_a[i] = true;
            scratch.used_b[j] = true;
            counted.words += 1;
            counted.unquoted += u32::from(!is_quoted(sides, pair));
        }
    }
    counted
}

/// Aligns the words of a region inside `window`, into `scratch.pairs`.
pub(super) fn align_region(
    sides: Pair,
    region: &Region,
    window: SpanPair,
    scratch: &mut AlignScratch,
) {
    let inside = |p: &Anchor| {
        (window.a.0..window.a.1).contains(&p.a) && (window.b.0..window.b.1).contains(&p.b)
    };
    scratch.picked.clear();
    scratch.picked.extend(
        region
            .points
            .iter()
            .map(|&p| scratch.points[p as usize])
            .filter(inside),
    );
    align_words(
        sides,
        window,
        &scratch.picked,
        (&mut scratch.words, &mut scratch.pairs),
    );
}

/// Bits of all pairs, in any order.
fn total_bits(sides: Pair, pairs: &[WordPair]) -> f32 {
    let bits = |p: &WordPair| pair_bits(sides, (p.a as usize, p.b as usize));
    pairs.iter().map(bits).sum()
}

/// Whether a passage tells enough for its kind and its documents, and, where it is not sure, aligns enough of its
/// words. What stands around a shared quotation needs no more than the quotation, which it must hold.
fn is_evident(
    sides: Pair,
    (passage, kind): (&Passage, RegionKind),
    (window, pairs): (SpanPair, &[WordPair]),
    topic_overlap: f64,
) -> bool {
    let options = sides.options;
    let words = window.a.1 - window.a.0 + window.b.1 - window.b.0;
    let share = 2.0 * pairs.len() as f32 / words as f32;
    let score = passage.score as f32;
    let sure = score >= 2.0 * options.min_bits;
    let (bar, least) = match kind {
        RegionKind::Context if passage.quoted > 0.0 && is_even(window) => {
            (options.quote_bar(topic_overlap as f32), LEAST_SHARE_AROUND)
        }
        RegionKind::Context => return false,
        _ => (options.bar_for(passage.identity), options.min_share),
    };
    score >= bar && (sure || share >= least)
}

/// Whether neither side is much longer than the other.
fn is_even(window: SpanPair) -> bool {
    let (a, b) = (window.a.1 - window.a.0, window.b.1 - window.b.0);
    a.max(b) as f32 <= a.min(b) as f32 * MOST_UNEVEN
}

/// What decides the order in which two documents are taken, whichever way they are given: everything that they were
/// prepared from.
pub(super) fn order_key(side: &AnalysedText) -> impl Ord + '_ {
    (
        side.len(),
        &*side.text,
        side.language(),
        side.spans(),
        &*side.sentence_spans,
        &*side.quote,
    )
}
