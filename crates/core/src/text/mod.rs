//! From text to columns of tokens: folding and tokenising with source offsets.

mod normalize;
mod tokenize;

pub use normalize::fold_char;
pub use tokenize::{Tokenizer, Tokens};
