//! What counts as shared, in bits and tokens.

use crate::Error;

/// Settings of the aligner. Bits are bits of information by the background table; distances are tokens. The
/// defaults were set by hand on generated insertions into news articles and on five real articles, with no part held back.
/// The bars are those between documents that speak of different things; between others a fitted model judges what is
/// proposed.
#[derive(Clone, Debug, PartialEq)]
pub struct AlignOptions {
    /// A chain of matches is a passage of its own from this many bits.
    pub min_bits: f32,
    /// Bits more that a passage needs for each part of it that was not kept word for word, between documents that do
    /// not speak of one thing: articles that recall the same fact do so in similar words.
    pub reworded_bits: f32,
    /// Aligned words that a passage needs between documents on different things.
    pub min_words: usize,
    /// Bits less from which chains merge and words count as aligned, where the documents speak of one thing: an article
    /// about the same event is likelier to have been drawn from the same words.
    pub kin_bits: f32,
    /// Share of common telling words from which two documents may speak of one thing, and from which they surely do:
    /// set by hand on a few pairs of rival reports and on generated insertions.
    pub topic_overlap: (f32, f32),
    /// A chain beside an accepted one joins it from this many bits.
    pub min_bits_beside: f32,
    /// A quotation that both texts have word for word may be a passage from this many bits of document frequency.
    pub min_quote_bits: f32,
    /// Words with fewer bits seed nothing.
    pub least_seed_bits: f32,
    /// Every aligned word counts at least this much.
    pub least_bits: f32,
    /// Part of its bits that a word of a name keeps beside the rarest word of that name.
    pub name_share: f32,
    /// Part of its bits that a match of concepts (not of forms) keeps.
    pub soft_share: f32,
    /// Pairs of places of one concept beyond which only equal ranks are matched.
    pub max_points_per_concept: usize,
    /// Farthest step of a chain, on either side.
    pub max_step: u32,
    /// Farthest step back on side b (words moved within a sentence).
    pub max_back: u32,
    /// Bits lost for each token that a chain passes over on both sides.
    pub skip_cost: f32,
    /// Bits lost for each doubling of the difference between the two sides' steps.
    pub shift_cost: f32,
    /// Bits lost for a step back on side b.
    pub back_cost: f32,
    /// Bits gained where two pairs of words stand in a row on both sides.
    pub run_bits: f32,
    /// Most that one gap costs an alignment of words.
    pub jump_cost: f32,
    /// Chains that lie this close on the nearer side may be one passage.
    pub merge_near: u32,
    /// And on the farther side at most this far apart.
    pub merge_far: u32,
    /// A chain below `min_bits` joins a passage this close on the nearer side.
    pub weak_near: u32,
    /// And on the farther side at most this far apart.
    pub weak_far: u32,
    /// Bits lost for each word at a passage's ends that is not aligned: ends that cost more than they tell are cut.
    pub trim_cost: f32,
    /// Aligned share of its words that a passage needs, unless it is sure.
    pub min_share: f32,
    /// Part of the bits of a passage from which a chain may become one with its neighbours' help.
    pub seed_share: f32,
    /// An end this close to the sentence's end goes there.
    pub snap: u32,
    /// Or when the passage already covers this part of the sentence, in documents that speak of one thing.
    pub snap_share: f32,
    /// The same in documents that do not: there, what stands beside shared words in their sentence is likelier to be what
    /// became of the rest of it.
    pub snap_share_apart: f32,
}

impl Default for AlignOptions {
    fn default() -> Self {
        Self {
            min_bits: 56.0,
            reworded_bits: 50.0,
            min_words: 5,
            kin_bits: 37.0,
            topic_overlap: (0.22, 0.32),
            min_bits_beside: 13.0,
            min_quote_bits: 10.0,
            least_seed_bits: 4.0,
            least_bits: 0.25,
            name_share: 0.25,
            soft_share: 0.7,
            max_points_per_concept: 24,
            max_step: 30,
            max_back: 12,
            skip_cost: 0.9,
            shift_cost: 1.2,
            back_cost: 2.0,
            run_bits: 0.5,
            jump_cost: 12.0,
            merge_near: 20,
            merge_far: 150,
            weak_near: 10,
            weak_far: 30,
            trim_cost: 0.3,
            min_share: 0.4,
            seed_share: 0.7,
            snap: 2,
            snap_share: 0.65,
            snap_share_apart: 0.5,
        }
    }
}

impl AlignOptions {
    /// Whether documents of this topic overlap surely speak of different things.
    pub(super) fn are_strangers(&self, topic_overlap: f32) -> bool {
        self.kin(topic_overlap) <= 0.0
    }

    /// How far it is from sure that documents of this topic overlap speak of one thing, 0..=1.
    pub(super) fn doubt(&self, topic_overlap: f32) -> f32 {
        1.0 - self.kin(topic_overlap)
    }

    /// How sure it is that documents of this topic overlap speak of one thing, 0..=1.
    fn kin(&self, topic_overlap: f32) -> f32 {
        ((topic_overlap - self.topic_overlap.0) / (self.topic_overlap.1 - self.topic_overlap.0))
            .clamp(0.0, 1.0)
    }

    /// Bits that a passage of this identity needs between documents that speak of different things.
    pub(super) fn bar_for(&self, identity: f64) -> f32 {
        self.min_bits + self.reworded_bits * (1.0 - identity as f32)
    }

    /// Bits from which a chain is strong, in two documents of this topic overlap: a passage, or words that count as aligned.
    pub(super) fn bar(&self, topic_overlap: f32) -> f32 {
        self.min_bits - self.kin_bits * self.kin(topic_overlap)
    }

    /// Bits from which a chain may become a passage together with its neighbours.
    pub(super) fn seed_bar(&self, topic_overlap: f32) -> f32 {
        let bar = self.bar(topic_overlap);
        let least = self.min_bits - self.kin_bits;
        (bar * self.seed_share).max(bar.min(least))
    }

    /// Part of a sentence that a passage must cover for its end to move to the sentence's end.
    pub(super) fn snap_share_for(&self, topic_overlap: f64) -> f32 {
        self.snap_share_apart
            + (self.snap_share - self.snap_share_apart) * self.kin(topic_overlap as f32)
    }

    /// Bits by document frequency from which a short quotation is a passage, in two documents of this topic overlap.
    pub fn quote_bar(&self, topic_overlap: f32) -> f32 {
        let different_events = self.min_bits.max(self.min_quote_bits);
        different_events + (self.min_quote_bits - different_events) * self.kin(topic_overlap)
    }

    /// Checks that every setting is in its range.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a negative or infinite number of bits, a share outside 0..=1 or a step of zero.
    pub fn check(&self) -> Result<(), Error> {
        let bits = [
            ("min_bits", self.min_bits),
            ("min_bits_beside", self.min_bits_beside),
            ("kin_bits", self.kin_bits),
            ("reworded_bits", self.reworded_bits),
            ("min_quote_bits", self.min_quote_bits),
            ("least_seed_bits", self.least_seed_bits),
            ("least_bits", self.least_bits),
            ("skip_cost", self.skip_cost),
            ("shift_cost", self.shift_cost),
            ("back_cost", self.back_cost),
            ("run_bits", self.run_bits),
            ("jump_cost", self.jump_cost),
            ("trim_cost", self.trim_cost),
        ];
        for (name, value) in bits {
            if !value.is_finite() || value < 0.0 {
                return Err(parameter(name, value, "finite and not negative"));
            }
        }
        for (name, value) in [
            ("soft_share", self.soft_share),
            ("snap_share", self.snap_share),
            ("snap_share_apart", self.snap_share_apart),
            ("min_share", self.min_share),
            ("seed_share", self.seed_share),
        ] {
            if !(0.0..=1.0).contains(&value) {
                return Err(parameter(name, value, "within 0 and 1"));
            }
        }
        if !(0.0 <= self.topic_overlap.0 && self.topic_overlap.0 < self.topic_overlap.1) {
            return Err(parameter(
                "kinship",
                self.topic_overlap.0,
                "an ascending pair",
            ));
        }
        if self.max_step == 0 {
            return Err(parameter("max_step", 0.0, "at least 1"));
        }
        Ok(())
    }
}

fn parameter(name: &'static str, value: f32, expected: &'static str) -> Error {
    Error::Parameter {
        name,
        value: value.to_string(),
        expected,
    }
}
