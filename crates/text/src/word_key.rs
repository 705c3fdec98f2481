//! Keys of words: what tables know a word by.

use super::fold_char;
use super::language::Language;
use super::stem::stem;
use crate::hash::{Seed, hash_bytes};

/// The key of the stem of `word` in `language`, as the tables know it. For making tables.
#[must_use]
pub fn stem_key(word: &str, language: Language, folded: &mut String) -> u32 {
    fold(word, folded);
    stem(folded, language);
    key(folded)
}

/// Replaces `folded` by the letters and digits of `word`, folded.
pub fn fold(word: &str, folded: &mut String) {
    folded.clear();
    for c in word.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                folded.push(c.to_ascii_lowercase());
            }
        } else if c != '’' {
            fold_char(c, |f| folded.push(f));
        }
    }
}

/// The key of a stem in tables and columns: the high half of its 64-bit hash.
#[must_use]
pub fn key(stemmed: &str) -> u32 {
    (hash_bytes(stemmed.as_bytes(), Seed::STEM) >> 32) as u32
}
