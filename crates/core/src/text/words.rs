//! From a word in the text to what it is compared by: its concept and the bits it carries.

use super::background::Background;
use super::fold_char;
use super::language::Language;
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
    /// -log2 of its rate among the words of running text (see [`rarity`]).
    pub rarity: f32,
}

/// Words of a news article; turns shares of documents into rates of words.
const ARTICLE_WORDS: f32 = 850.0;

/// -log2 of the rate of a word in running text, from the bits of its document frequency, by the Poisson model: when a
/// share `s` of the documents has it, a document has it -ln(1 - s) times on average.
#[must_use]
pub fn rarity(bits: f32) -> f32 {
    let share = libm::exp2f(-bits).min(0.999);
    -libm::log2f(-libm::log1pf(-share) / ARTICLE_WORDS)
}

/// Words that are remembered, as a power of two: four thousand words make up most of running text, and 100 kB are soon
/// made ready for a run over a few articles.
const MEMO_BITS: u32 = 12;

/// What one worker has read lately: the last word of each slot, by a 64-bit hash of its letters and its language. It
/// changes the time that [`Lexicon::read`] takes, never the answer.
#[derive(Clone, Debug, Default)]
pub struct WordMemo {
    slots: Vec<Option<(u64, Word)>>,
    folded: String,
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

    /// Reads one word as it stands in the text. O(length); less for a word that `memo` has met lately.
    #[must_use]
    pub fn read(&self, word: &str, language: Language, memo: &mut WordMemo) -> Word {
        let hash = hash_bytes(word.as_bytes(), Seed(language as u64));
        let slot = (hash >> (u64::BITS - MEMO_BITS)) as usize;
        memo.slots.resize(1 << MEMO_BITS, None);
        match memo.slots[slot] {
            Some((held, word)) if held == hash => word,
            _ => {
                let read = self.work_out(word, language, &mut memo.folded);
                memo.slots[slot] = Some((hash, read));
                read
            }
        }
    }

    fn work_out(&self, word: &str, language: Language, folded: &mut String) -> Word {
        fold(word, folded);
        let form = key(folded);
        let letters = folded.chars().count();
        stem(folded, language);
        let stemmed = key(folded);
        let class = match language {
            Language::English => self.synonyms.head(stemmed),
            _ => None,
        };
        let concept = class.unwrap_or_else(|| skeleton_key(folded, stemmed));
        let bits = self.background.bits(language, stemmed, letters);
        Word {
            form,
            stem: stemmed,
            concept,
            bits,
            rarity: rarity(bits),
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
