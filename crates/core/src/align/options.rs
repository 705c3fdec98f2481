//! Settings of the aligner: how much two texts must share, and in what form, for it to be a passage.
//!
//! Units. **Bits** are bits of information: a shared word counts `-log2` of its rate in news at large
//! ([`DocumentFrequencies`](wirecopy_text::DocumentFrequencies)), so 10 bits are a word of one in a thousand. **Distances** are tokens.
//! **Shares** lie in 0..=1.
//!
//! Source of the defaults. They were set by hand on generated insertions into news articles and on five real articles, with no
//! part held back; a value that differs from this says so. Between articles on one event they only say what is proposed: a
//! classifier fitted to 1,582 judged proposals ([`PassageClassifier`](super::classifier)) then decides.

use crate::Error;

/// Settings of the aligner; the units are those of this module. Two articles are on *one event* or on *different events* by how many of
/// their topic words they have in common ([`topic_overlap`](Self::topic_overlap)).
#[derive(Clone, Debug, PartialEq)]
pub struct AlignOptions {
    /// Threshold of a passage, in bits: the least sum over its aligned words, between articles on different events.
    pub min_bits: f32,
    /// Bits added to `min_bits` for a passage of which no word is the same; a passage with identity `i` (a share) needs
    /// `1 - i` times as many. Articles that recall one fact word it alike. Not used on one event.
    pub reworded_bits: f32,
    /// Fewest aligned words of a passage between articles on different events.
    pub min_words: usize,
    /// How far `min_bits` drops, in bits, when both articles surely cover one event. Rivals on one event use the same words anyway,
    /// so the classifier, not this threshold, separates them.
    pub one_event_bits: f32,
    /// Topic overlap (the share of topic words of the article with fewer that the other has too): up to the first value two articles
    /// are on different events, from the second on surely on one; in between, settings are interpolated. Set by hand on a few
    /// pairs of rival reports and on generated insertions.
    pub topic_overlap: (f32, f32),
    /// Bits from which a chain of matches joins an accepted one beside it.
    pub min_bits_beside: f32,
    /// Bits from which a quotation that both texts have word for word is proposed as a passage, on one event.
    pub min_quote_bits: f32,
    /// Words with fewer bits are not used as anchors: function words would match everywhere.
    pub least_seed_bits: f32,
    /// Lower bound of what one aligned word adds, in bits.
    pub least_bits: f32,
    /// Factor for the bits of a word of a name beside the rarest word of that name: "Ushakov" tells, "Yuri" beside it adds little.
    pub name_share: f32,
    /// Factor for the bits of two words that are synonyms and not the same.
    pub soft_share: f32,
    /// Most pairs of places that one concept may make (places in a times places in b). Beyond, only the first with the first, the
    /// second with the second and so on are matched. Keeps periodic texts linear.
    pub max_points_per_concept: usize,
    /// Longest step of a chain from one anchor to the next on either side, in tokens.
    pub max_step: u32,
    /// Longest step back on side b, in tokens: words that changed places within a sentence.
    pub max_back: u32,
    /// Cost in bits of each token that a chain passes over on both sides.
    pub skip_cost: f32,
    /// Cost in bits of each doubling of the difference between the two sides' steps (one side was cut or extended).
    pub shift_cost: f32,
    /// Cost in bits of a step back on side b.
    pub back_cost: f32,
    /// Gain in bits where two aligned words follow each other directly on both sides.
    pub run_bits: f32,
    /// Most bits that one gap may cost when words are aligned inside a passage.
    pub jump_cost: f32,
    /// Two chains may become one passage when the gap between them is at most this many tokens on the side where it is shorter,
    pub merge_near: u32,
    /// and at most this many on the other side.
    pub merge_far: u32,
    /// The same for a chain below the threshold that joins a passage: gap on the side where it is shorter,
    pub weak_near: u32,
    /// and on the other side.
    pub weak_far: u32,
    /// Cost in bits of each unaligned word at the ends of a passage. An end whose words cost more than its aligned words add is cut
    /// off.
    pub trim_cost: f32,
    /// Least share of a passage's words that are aligned, below [`BYPASS_FACTOR`](super::same_event) times the threshold.
    pub min_share: f32,
    /// Share of the threshold from which a chain is kept until its neighbours have been looked at.
    pub seed_share: f32,
    /// A passage that ends at most this many tokens before its sentence does is extended to the sentence's end.
    pub snap: u32,
    /// So is one that covers this share of the sentence, on one event,
    pub snap_share: f32,
    /// or this share, on different events: there the rest of the sentence more likely belongs to the same passage.
    pub snap_share_apart: f32,
}

impl Default for AlignOptions {
    fn default() -> Self {
        Self {
            min_bits: 56.0,
            reworded_bits: 50.0,
            min_words: 5,
            one_event_bits: 37.0,
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
    /// Whether two articles with this topic overlap are surely on different events.
    pub(super) fn are_different_events(&self, topic_overlap: f32) -> bool {
        self.one_event_confidence(topic_overlap) <= 0.0
    }

    /// Doubt that two articles with this topic overlap are on one event, 0..=1.
    pub(super) fn doubt(&self, topic_overlap: f32) -> f32 {
        1.0 - self.one_event_confidence(topic_overlap)
    }

    /// Confidence that two articles with this topic overlap are on one event, 0..=1: linear between the two values of the option.
    fn one_event_confidence(&self, topic_overlap: f32) -> f32 {
        ((topic_overlap - self.topic_overlap.0) / (self.topic_overlap.1 - self.topic_overlap.0))
            .clamp(0.0, 1.0)
    }

    /// Threshold, in bits, of a passage with this identity (share of its words that are the same) on different events.
    pub(super) fn bar_for(&self, identity: f64) -> f32 {
        self.min_bits + self.reworded_bits * (1.0 - identity as f32)
    }

    /// Threshold of a chain, in bits, in two articles with this topic overlap: from it on, a chain is a passage or its words count as
    /// aligned.
    pub(super) fn bar(&self, topic_overlap: f32) -> f32 {
        self.min_bits - self.one_event_bits * self.one_event_confidence(topic_overlap)
    }

    /// Bits from which a chain is kept, because it may become a passage together with its neighbours.
    pub(super) fn seed_bar(&self, topic_overlap: f32) -> f32 {
        let bar = self.bar(topic_overlap);
        let least = self.min_bits - self.one_event_bits;
        (bar * self.seed_share).max(bar.min(least))
    }

    /// Share of a sentence that a passage must cover to be extended to the sentence's end.
    pub(super) fn snap_share_for(&self, topic_overlap: f64) -> f32 {
        self.snap_share_apart
            + (self.snap_share - self.snap_share_apart)
                * self.one_event_confidence(topic_overlap as f32)
    }

    /// Threshold, in bits, of a quotation that both articles have, with this topic overlap.
    pub fn quote_bar(&self, topic_overlap: f32) -> f32 {
        let apart = self.min_bits.max(self.min_quote_bits);
        apart + (self.min_quote_bits - apart) * self.one_event_confidence(topic_overlap)
    }

    /// Checks that every setting is in its range.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a negative or infinite number of bits, a share outside 0..=1 or a step of zero.
    pub fn check(&self) -> Result<(), Error> {
        let bits = [
            ("min_bits", self.min_bits),
            ("min_bits_beside", self.min_bits_beside),
            ("one_event_bits", self.one_event_bits),
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
                "topic_overlap",
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
