//! Small stand-ins for documents, by which similar ones find one another.

mod fingerprints;

pub use fingerprints::{Fingerprinter, Fingerprints, Place};
//! Small stand-ins for documents: what is kept when the tokens are gone.

mod minhash;

pub use minhash::{EMPTY, MinHash, MinHasher, OnePermutation, Permutations, SketchShape};
