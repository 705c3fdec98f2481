//! What two texts share: passages, exact and edited, with the words aligned.
//!
//! [`Aligner`] prepares documents ([`Prepared`]: columns of words, concepts and bits) and aligns pairs of them.
//! Seeds are equal concepts, weighted by what they tell; chains of seeds are runs in which both documents go on
//! together; neighbouring chains merge into regions; a region's words are aligned one to one and become a
//! [`Passage`]. A copy takes along what stands beside it outside the bodies. Between articles on one event, sentences are
//! also compared as bags of words, for what was reworded or translated, and a fitted model judges what may be a passage.

mod aligner;
mod bounds;
mod build;
mod carry;
mod chain;
mod clauses;
mod context;
mod index;
mod judge;
mod kin;
mod kinship;
mod likeness;
mod measure;
mod meet;
mod options;
mod passage;
mod points;
mod prepare;
mod region;
mod spelling;
mod support;
mod whole;
mod words;

pub use aligner::{AlignScratch, Aligner};
pub use kin::Proposed;
pub use measure::MEASURE_NAMES;
pub use options::AlignOptions;
pub use passage::{Counted, Edit, EditKind, PairAlignment, Passage, PassageKind};
pub use prepare::{Prepared, TextView};
