//! Naive oracles: slow versions that are plainly right, for property tests and benchmarks. Nothing else calls them.

mod chain;
mod tokens;

pub use chain::{PlacedMatch, best_chain};
pub use tokens::naive_tokens;
