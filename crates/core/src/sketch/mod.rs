//! Small stand-ins for documents, by which similar ones find one another: what is kept when the tokens are gone.

mod fingerprints;
mod minhash;

pub use fingerprints::{Fingerprinter, Fingerprints, Place};
pub use minhash::{EMPTY, MinHash, MinHasher, OnePermutation, Permutations, SketchShape};
