//! From text to columns of tokens: folding and tokenising with source offsets.

mod normalize;
mod tokenize;

pub(crate) use normalize::CharClass;
pub use normalize::fold_char;
pub use tokenize::{Tokenizer, Tokens};
