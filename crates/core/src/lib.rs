//! Text-reuse engine of wirecopy: tokens, shingles, sketches, candidates, alignment, clusters.
//!
//! This crate knows tokens and hashes; it does not know what a headline is. It does no input or output, reads no
//! clock and holds no global state. Every position that it reports indexes the original text, so each claim can show
//! the very bytes that it rests on.
//!
//! ```
//! use wirecopy_text::{Tokenizer, Tokens};
//!
//! let mut tokens = Tokens::default();
//! Tokenizer::default().tokenize("“Everything has its limits,” he wrote.", &mut tokens);
//! assert_eq!(tokens.len(), 6);
//! ```

#![forbid(unsafe_code)]

pub mod align;
pub mod candidates;
pub mod disjoint_sets;
pub mod error;
pub mod radix;
pub mod shingle;
pub mod similarity;
pub mod sketch;
pub mod testing;

pub use error::Error;
