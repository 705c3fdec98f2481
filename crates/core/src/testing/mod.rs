//! Naive oracles: slow versions that are plainly right, for property tests and benchmarks. Nothing else calls them.

mod tokens;

pub use tokens::naive_tokens;
