//! Which pairs of documents are worth comparing, found by sorting and never by comparing all pairs.

mod postings;

pub use postings::{CandidatePair, Candidates, PostingCaps, Postings, SharedKey};
