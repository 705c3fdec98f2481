//! Two texts that are known to say the same: no search, only the words aligned.

use super::aligner::{align_region, order_key};
use super::anchors::collect;
use super::assemble::passage;
use super::merged_chains::{Region, RegionKind};
use super::word_alignment::{Pair, SpanPair, WordPair, score};
use super::{AlignScratch, Aligner, AnalysedText, Passage};

/// Bits by document frequency from which a word says something.
const TELLING_BITS: f32 = 1.5;

impl Aligner {
    /// The passage of the sentences of `a` and `b` that meet, as two renderings of one quotation: kind, identity, score
    /// and edits. Offsets index the texts that they were prepared from. Symmetric. `None` when either is empty.
    ///
    /// O(n + m + points log points) for bodies of n and m tokens, with [`super::AlignOptions::max_points_per_concept`]
    /// bounding the points.
    #[must_use]
    pub fn align_quotes(
        &self,
        a: &AnalysedText,
        b: &AnalysedText,
        scratch: &mut AlignScratch,
    ) -> Option<Passage> {
        if a.is_empty() || b.is_empty() {
            return None;
        }
        if order_key(a) <= order_key(b) {
            return Some(self.pair_up_ordered(a, b, scratch));
        }
        let mut passage = self.pair_up_ordered(b, a, scratch);
        passage.swap();
        Some(passage)
    }

    fn pair_up_ordered(
        &self,
        a: &AnalysedText,
        b: &AnalysedText,
        scratch: &mut AlignScratch,
    ) -> Passage {
        let sides = Pair {
            a,
            b,
            options: self.options(),
        };
        collect(
            a,
            b,
            self.options(),
            (&mut scratch.collecting, &mut scratch.points),
        );
        let window = SpanPair {
            a: (0, a.len() as u32),
            b: (0, b.len() as u32),
        };
        let mut region = Region {
            window,
            kind: RegionKind::Quotation,
            points: (0..scratch.points.len() as u32).collect(),
            bits: 0.0,
        };
        align_region(sides, &region, window, scratch);
        region.window = meeting_sentences(sides, &scratch.pairs);
        let window = region.window;
        align_region(sides, &region, window, scratch);
        region.bits = score(sides, &scratch.pairs);
        passage(sides, &region, window, &scratch.pairs)
    }
}

/// The sentences of either side from the first to the last that has a telling word of the other.
fn meeting_sentences(sides: Pair, pairs: &[WordPair]) -> SpanPair {
    let tells = |p: &&WordPair| sides.a.background[p.a as usize] >= TELLING_BITS;
    let telling_pairs = || pairs.iter().filter(tells);
    SpanPair {
        a: sentences_around(sides.a, telling_pairs().map(|p| p.a)),
        b: sentences_around(sides.b, telling_pairs().map(|p| p.b)),
    }
}

/// The tokens of the sentences that these tokens lie in; of all sentences when there are none.
fn sentences_around(side: &AnalysedText, tokens: impl Iterator<Item = u32>) -> (u32, u32) {
    let sentences = tokens.map(|at| side.sentence[at as usize]);
    let (first, last) = sentences.fold((u32::MAX, 0), |(least, most), at| {
        (least.min(at), most.max(at))
    });
    if first == u32::MAX {
        return (0, side.len() as u32);
    }
    let tokens = side.sentence_starts[first as usize]..side.sentence_starts[last as usize + 1];
    (tokens.start, tokens.end)
}
