//! Which pairs of documents are worth a closer look: banded sketches and shared fingerprints, each a shuffle by key,
//! found by sorting and never by comparing all pairs.

mod bands;
mod pairs;
mod postings;
mod window_score;

pub use bands::{BandParams, Bands};
pub use pairs::{CandidatePair, CandidatePairs};
pub use postings::{
    Candidates, Matches, MeetingPart, PartMatches, PostingCaps, PostingPart, Postings, SharedKey,
    SharedPair,
};
