//! How alike two words are, and what a match of two weighs between sentences.

use super::AnalysedText;
use super::name_variants::are_near_names;
use super::word_alignment::Pair;
use wirecopy_text::RelatedWords;

/// Likeness of two forms of one stem, of two words of one synonym class, and of two spellings of a name: set by hand, in
/// the order of how seldom each stands for another thing.
const SAME_STEM: f32 = 0.9;
const SAME_CONCEPT: f32 = 0.75;
const NEAR_NAMES: f32 = 0.8;
/// Most that two words are alike that only the table of neighbours relates.
const NEIGHBOURS: f32 = 0.7;
/// Most that the rarity of a word in news counts between sentences.
const MOST_PLAIN_BITS: f32 = 8.0;

/// How alike token `i` of a and token `j` of b are, 0..=1: 1 for one form, 0 for words that nothing relates.
pub(super) fn likeness(sides: Pair, (i, j): (usize, usize)) -> f32 {
    let Pair { a, b, .. } = sides;
    if a.forms[i] == b.forms[j] {
        1.0
    } else if a.stems[i] == b.stems[j] {
        SAME_STEM
    } else if a.concepts[i] == b.concepts[j] {
        SAME_CONCEPT
    } else {
        likeness_of_others(sides, (i, j))
    }
}

/// The same of two tokens without a common concept.
#[inline]
pub(super) fn likeness_of_others(Pair { a, b, .. }: Pair, (i, j): (usize, usize)) -> f32 {
    match (a.neighbours[i], b.neighbours[j]) {
        (Some(x), Some(y)) => NEIGHBOURS * RelatedWords::default().likeness(x, y),
        _ if are_near_names(a, b, (i, j)) => NEAR_NAMES,
        _ => 0.0,
    }
}

/// What a word weighs between two sentences, in bits: half of what it tells in its document, where the words of the story
/// tell little, and half of what it tells in news at large.
pub(super) fn weight(side: &AnalysedText, token: usize) -> f32 {
    0.5 * (side.bits[token] + side.background[token].min(MOST_PLAIN_BITS))
}

/// What a match of two tokens weighs at most.
pub(super) fn least_weight(sides: Pair, (i, j): (usize, usize)) -> f32 {
    weight(sides.a, i).min(weight(sides.b, j))
}
