//! Text and numbers below the engine: spans, identifiers, hashes, and the way from text to tokens.
//!
//! From text to columns of tokens: folding and tokenising with source offsets, and from words to what they are
//! compared by: stems, synonyms, and the bits that sharing a word carries.

mod background;
pub mod hash;
mod id;
pub mod kernel;
mod language;
mod neighbours;
mod normalize;
pub mod span;
mod stem;
mod synonyms;
pub mod testing;
mod tokenize;
mod words;

pub use background::{Background, encode_table, phrase_key};
pub use id::DocId;
pub use language::Language;
pub use neighbours::{NeighbourPlace, Neighbours, encode_neighbours};
pub use normalize::fold_char;
pub use normalize::{CharClass, is_unspaced};
pub use span::{ByteSpan, TokenIndex, TokenSpan};
pub use stem::stem;
pub use synonyms::{Synonyms, encode_synonyms};
pub use tokenize::{Tokenizer, Tokens, WordHashes};
pub use words::{Lexicon, Word, WordMemo, fold, key, rarity, stem_key};
