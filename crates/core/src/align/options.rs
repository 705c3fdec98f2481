//! What counts as shared, in bits and tokens.

use crate::Error;

/// Settings of the aligner. Bits are bits of information by the background table; distances are tokens. The
/// defaults were fitted on one half of a generated set of insertions into news articles and checked on the other.
#[derive(Clone, Debug, PartialEq)]
pub struct AlignOptions {
    /// A chain of matches is a passage of its own from this many bits.
    pub min_bits: f32,
    /// A chain beside an accepted one joins it from this many bits.
    pub min_bits_beside: f32,
    /// A quotation that both texts have word for word is a passage from this many bits.
    pub min_quote_bits: f32,
    /// Words with fewer bits seed nothing.
    pub least_seed_bits: f32,
    /// Every aligned word counts at least this much.
    pub least_bits: f32,
    /// Bits that a word loses for each doubling of its count in the document.
    pub repetition_toll: f32,
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
    /// An end this close to the sentence's end goes there.
    pub snap: u32,
    /// Or when the passage already covers this part of the sentence.
    pub snap_share: f32,
}

impl Default for AlignOptions {
    fn default() -> Self {
        Self {
            min_bits: 26.0,
            min_bits_beside: 10.0,
            min_quote_bits: 9.0,
            least_seed_bits: 1.5,
            least_bits: 0.25,
            repetition_toll: 1.0,
            soft_share: 0.8,
            max_points_per_concept: 24,
            max_step: 40,
            max_back: 12,
            skip_cost: 0.35,
            shift_cost: 1.0,
            back_cost: 1.5,
            run_bits: 1.0,
            jump_cost: 8.0,
            merge_near: 10,
            merge_far: 60,
            snap: 2,
            snap_share: 0.6,
        }
    }
}

impl AlignOptions {
    /// Checks that every setting is in its range.
    ///
    /// # Errors
    /// [`Error::Parameter`] for a negative or infinite number of bits, a share outside 0..=1 or a step of zero.
    pub fn check(&self) -> Result<(), Error> {
        let bits = [
            ("min_bits", self.min_bits),
            ("min_bits_beside", self.min_bits_beside),
            ("min_quote_bits", self.min_quote_bits),
            ("least_seed_bits", self.least_seed_bits),
            ("least_bits", self.least_bits),
            ("repetition_toll", self.repetition_toll),
            ("skip_cost", self.skip_cost),
            ("shift_cost", self.shift_cost),
            ("back_cost", self.back_cost),
            ("run_bits", self.run_bits),
            ("jump_cost", self.jump_cost),
        ];
        for (name, value) in bits {
            if !value.is_finite() || value < 0.0 {
                return Err(parameter(name, value, "finite and not negative"));
            }
        }
        for (name, value) in [
            ("soft_share", self.soft_share),
            ("snap_share", self.snap_share),
        ] {
            if !(0.0..=1.0).contains(&value) {
                return Err(parameter(name, value, "within 0 and 1"));
            }
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
