//! Text and numbers below the engine: spans, identifiers, hashes, and the way from text to tokens.
//!
//! From text to columns of tokens: folding and tokenising with source offsets, and from words to what they are
//! compared by: stems, synonyms, and the bits that sharing a word carries.

mod background;
pub mod hash;
mod id;
pub mod kernel;
mod language;
mod normalize;
mod related_words;
pub mod span;
mod stem;
mod synonyms;
mod terms;
pub mod testing;
mod tokenize;
mod word_key;

pub use background::{DocumentFrequencies, encode_table, phrase_key};
pub use id::DocId;
pub use language::Language;
pub use normalize::fold_char;
pub use normalize::{CharClass, is_unspaced};
pub use related_words::{RelatedWords, RelatedWordsPlace, encode_related_words};
pub use span::{ByteSpan, TokenIndex, TokenSpan};
pub use stem::stem;
pub use synonyms::{Synonyms, encode_synonyms};
pub use terms::{TermCache, TermTable, Word, rarity};
pub use tokenize::{Tokenizer, Tokens, WordHashes};
pub use word_key::{fold, key, stem_key};
