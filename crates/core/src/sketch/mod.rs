//! Small stand-ins for documents: what is kept when the tokens are gone.

mod minhash;

pub use minhash::{EMPTY, MinHash, MinHasher, OnePermutation, Permutations, SketchShape};
