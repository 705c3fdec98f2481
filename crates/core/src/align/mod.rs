//! What two texts share: passages, exact and edited, with the words aligned.
//!
//! [`Aligner`] prepares documents ([`AnalysedText`]: columns of words, concepts and bits) and aligns pairs of them.
//! Seeds are equal concepts, weighted by what they tell; chains of seeds are runs in which both documents go on
//! together; neighbouring chains merge into regions; a region's words are aligned one to one and become a
//! [`Passage`]. A copy takes along what stands beside it outside the bodies. Between articles on one event, sentences are
//! also compared as bags of words, for what was reworded or translated, and a fitted model judges what may be a passage.

mod aligner;
mod analysed;
mod anchors;
mod assemble;
mod bounds;
mod chain;
mod classifier;
mod corroboration;
mod extend;
mod features;
mod merged_chains;
mod name_variants;
mod options;
mod passage;
mod quote_context;
mod quote_pair;
mod same_event;
mod sentence_alignment;
mod sentence_pairs;
mod term_weights;
mod topic_overlap;
mod word_alignment;
mod word_similarity;

pub use aligner::{AlignScratch, Aligner};
pub use analysed::{AnalysedText, TextView};
pub use features::MEASURE_NAMES;
pub use options::AlignOptions;
pub use passage::{Counted, Edit, EditKind, PairAlignment, Passage, PassageKind};
pub use same_event::PassageCandidates;
