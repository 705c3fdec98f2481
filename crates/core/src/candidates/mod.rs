//! Which pairs of documents are worth comparing, found by sorting and never by comparing all pairs.

mod postings;

pub use postings::{CandidatePair, Candidates, PostingCaps, Postings, SharedKey};
//! Which pairs of documents are worth a closer look: banded sketches and shared fingerprints, each a shuffle by key.

mod bands;
mod pairs;

pub use bands::{BandParams, Bands};
pub use pairs::{CandidatePair, CandidatePairs};
