//! Two texts that are known to say the same: no search, only the words aligned.

use super::aligner::{align_region, mirror_passage, order_key};
use super::build::passage;
use super::points::collect;
use super::region::{Region, RegionKind};
use super::words::{Sides, Window, score};
use super::{AlignScratch, Aligner, Passage, Prepared};

impl Aligner {
    /// The passage that holds the whole bodies of `a` and `b`, as two renderings of one quotation: kind, identity, score
    /// and edits. Offsets index the texts that they were prepared from. Symmetric. `None` when either is empty.
    ///
    /// O(n + m + points log points) for bodies of n and m tokens, with [`super::AlignOptions::max_points_per_concept`]
    /// bounding the points.
    #[must_use]
    pub fn pair_up(
        &self,
        a: &Prepared,
        b: &Prepared,
        scratch: &mut AlignScratch,
    ) -> Option<Passage> {
        if a.is_empty() || b.is_empty() {
            return None;
        }
        if order_key(a) <= order_key(b) {
            return Some(self.pair_up_ordered(a, b, scratch));
        }
        let mut passage = self.pair_up_ordered(b, a, scratch);
        mirror_passage(&mut passage);
        Some(passage)
    }

    fn pair_up_ordered(&self, a: &Prepared, b: &Prepared, scratch: &mut AlignScratch) -> Passage {
        let sides = Sides {
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
        let window = Window {
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
        region.bits = score(sides, &scratch.pairs);
        passage(sides, &region, window, &scratch.pairs)
    }
}
