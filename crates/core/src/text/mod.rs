//! From text to columns of tokens: folding and tokenising with source offsets, and from words to what they are
//! compared by: stems, synonyms, and the bits that sharing a word carries.

mod background;
mod language;
mod neighbours;
mod normalize;
mod stem;
mod synonyms;
mod tokenize;
mod words;

pub use background::{Background, encode_table, phrase_key};
pub use language::Language;
pub use neighbours::{NeighbourPlace, Neighbours, encode_neighbours};
pub use normalize::fold_char;
pub(crate) use normalize::{CharClass, is_unspaced};
pub use stem::stem;
pub use synonyms::{Synonyms, encode_synonyms};
pub use tokenize::{Tokenizer, Tokens, WordHashes};
pub use words::{Lexicon, Word, WordMemo, fold, key, rarity, stem_key};
