//! What two texts share: passages, exact and edited, with the words aligned.

mod passage;

pub use passage::{Edit, EditKind, PairAlignment, Passage, PassageKind};
