//! From a word in the text to what it is compared by: its concept and the bits it carries.

use super::background::Background;
use super::fold_char;
use super::language::{Language, LanguageVotes};
use super::stem::stem;
use super::synonyms::Synonyms;
use crate::hash::{Seed, hash_bytes};

/// What one word is compared by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Word {
    /// The word itself, folded.
    pub form: u32,
    /// Its stem.
    pub stem: u32,
    /// Its concept: the stem, or the head of the stem's synonym class.
    pub concept: u32,
    /// Bits that sharing it is worth (see [`Background::bits`]).
    pub bits: f32,
}

/// The tables that turn words into concepts. Built once, shared by all workers.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    background: Background,
    synonyms: Synonyms,
}

impl Lexicon {
    /// The tables of word frequencies.
    #[must_use]
    pub fn background(&self) -> &Background {
        &self.background
    }

    /// Reads one word as it stands in the text. `folded` is scratch. O(length).
    #[must_use]
    pub fn read(&self, word: &str, language: Language, folded: &mut String) -> Word {
        fold(word, folded);
        let form = key(folded);
        let letters = folded.chars().count();
        stem(folded, language);
        let stemmed = key(folded);
        let concept = match language {
            Language::English => self.synonyms.head(stemmed),
            Language::German | Language::Other => stemmed,
        };
        let concept = if concept == stemmed {
            skeleton_key(folded, stemmed)
        } else {
            concept
        };
        Word {
            form,
            stem: stemmed,
            concept,
            bits: self.background.bits(language, stemmed, letters),
        }
    }
}

/// The key of what is left of a stem when spellings of one name in different transliterations are made equal
/// (*y* = *i*, *w* = *v*, no doubled letters, no *h* after *k*); `key` itself when nothing changes.
fn skeleton_key(stemmed: &mut String, key: u32) -> u32 {
    let differs = |w: &[u8]| w[0] == w[1] || matches!(w[1], b'y' | b'w') || w == b"kh";
    if stemmed.len() < 4 || !stemmed.as_bytes().windows(2).any(differs) {
        return key;
    }
    let mut last = ' ';
    stemmed.retain(|c| {
        let plain = plain_letter(c);
        let keep = plain != last && !(c == 'h' && last == 'k');
        if keep {
            last = plain;
        }
        keep
    });
    self::key(&stemmed.chars().map(plain_letter).collect::<String>())
}

fn plain_letter(c: char) -> char {
    match c {
        'y' => 'i',
        'w' => 'v',
        other => other,
    }
}

/// The language of a text, from the words that `words` gives.
#[must_use]
pub fn detect_language<'t>(words: impl Iterator<Item = &'t str>) -> Language {
    let mut votes = LanguageVotes::default();
    let mut folded = String::new();
    for word in words {
        fold(word, &mut folded);
        votes.add(&folded);
    }
    votes.language()
}

/// The key of a stem in tables and columns: the high half of its 64-bit hash.
#[must_use]
pub fn key(stemmed: &str) -> u32 {
    (hash_bytes(stemmed.as_bytes(), Seed::STEM) >> 32) as u32
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

/// The key of the stem of `word` in `language`, as the tables know it. For making tables.
#[must_use]
pub fn stem_key(word: &str, language: Language, folded: &mut String) -> u32 {
    fold(word, folded);
    stem(folded, language);
    key(folded)
}
