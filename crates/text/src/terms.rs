//! From a word in the text to what it is compared by: its concept and the bits it carries.

use super::background::DocumentFrequencies;
use super::language::Language;
use super::related_words::{RelatedWords, RelatedWordsPlace};
use super::stem::stem;
use super::synonyms::Synonyms;
use super::word_key::{fold, key};
use crate::hash::{Seed, hash_bytes, mix};

/// What one word is compared by.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Word {
    /// The word itself, folded.
    pub form: u32,
    /// Its stem.
    pub stem: u32,
    /// Its concept: the stem, or the head of the stem's synonym class.
    pub concept: u32,
    /// Bits that sharing it is worth (see [`DocumentFrequencies::bits`]).
    pub bits: f32,
    /// -log2 of its rate among the words of running text (see [`rarity`]).
    pub rarity: f32,
    /// Place of its stem in the table of neighbours.
    pub neighbours: Option<RelatedWordsPlace>,
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

/// Sets of two words that are remembered at first, as a power of two: enough for most of running text, and 130 kB are
/// soon made ready for a run over a few articles.
const FIRST_SETS: u32 = 11;
/// The same at most: 2 MB for each worker of a long run, by then nearly all words that it meets.
const MOST_SETS: u32 = 15;
/// Words that were not remembered, for each set, from which on there is need of more sets.
const MISSES_A_SET: usize = 4;

/// What one worker has read lately: the last two words of each set, by a 64-bit hash of their letters and their language.
/// Grows with use. It changes the time that [`TermTable::read`] takes, never the answer.
#[derive(Clone, Debug, Default)]
pub struct TermCache {
    /// The later word of a set first; a hash of 0 is none.
    sets: Vec<[(u64, Word); 2]>,
    /// Words that were worked out since the sets were made.
    misses: usize,
    folded: String,
}

impl TermCache {
    /// The place of the set of `hash`; there is at least one set.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        (hash >> (u64::BITS - self.sets.len().trailing_zeros())) as usize
    }

    /// The word that was read under `hash`, if it is remembered.
    #[inline]
    fn get(&self, hash: u64) -> Option<Word> {
        if self.sets.is_empty() || hash == 0 {
            return None;
        }
        let [later, earlier] = &self.sets[self.place(hash)];
        if later.0 == hash {
            Some(later.1)
        } else {
            (earlier.0 == hash).then_some(earlier.1)
        }
    }

    /// Remembers a word that is not, in place of the one of its set that was read first.
    fn put(&mut self, hash: u64, word: Word) {
        let may_grow = self.sets.len() < 1 << MOST_SETS;
        if may_grow && self.misses >= MISSES_A_SET * self.sets.len() {
            self.grow();
        }
        self.misses += 1;
        self.enter(hash, word);
    }

    fn enter(&mut self, hash: u64, word: Word) {
        let place = self.place(hash);
        let set = &mut self.sets[place];
        *set = [(hash, word), set[0]];
    }

    fn grow(&mut self) {
        let bits = match self.sets.len() {
            0 => FIRST_SETS,
            sets => (sets.trailing_zeros() + 2).min(MOST_SETS),
        };
        let empty = vec![[(0, Word::default()); 2]; 1 << bits];
        let held = std::mem::replace(&mut self.sets, empty);
        for (hash, word) in held.into_iter().flatten().filter(|held| held.0 != 0) {
            self.enter(hash, word);
        }
        self.misses = 0;
    }
}

/// The tables that turn words into concepts. Built once, shared by all workers.
#[derive(Clone, Debug, Default)]
pub struct TermTable {
    background: DocumentFrequencies,
    synonyms: Synonyms,
    neighbours: RelatedWords,
}

impl TermTable {
    /// The tables of word frequencies.
    #[must_use]
    pub fn background(&self) -> &DocumentFrequencies {
        &self.background
    }

    /// Reads one word as it stands in the text. O(length); less for a word that `memo` has met lately.
    #[must_use]
    pub fn read(&self, word: &str, language: Language, memo: &mut TermCache) -> Word {
        // Not as a seed: XXH3 adds it to the letters of short words, and under seeds that lie close, words of two languages
        // that differ in one letter have one hash.
        let word_hash = hash_bytes(word.as_bytes(), Seed::TOKEN);
        let hash = word_hash ^ mix(language as u64 + 1);
        memo.get(hash).unwrap_or_else(|| {
            let read = self.compute(word, language, &mut memo.folded);
            memo.put(hash, read);
            read
        })
    }

    fn compute(&self, word: &str, language: Language, folded: &mut String) -> Word {
        fold(word, folded);
        let form = key(folded);
        let letters = folded.chars().count();
        stem(folded, language);
        let stemmed = key(folded);
        let (class, neighbours) = match language {
            Language::English => (self.synonyms.head(stemmed), self.neighbours.place(stemmed)),
            _ => (None, None),
        };
        let concept = class.unwrap_or_else(|| transliteration_key(folded, stemmed));
        let bits = self.background.bits(language, stemmed, letters);
        Word {
            form,
            stem: stemmed,
            concept,
            bits,
            rarity: rarity(bits),
            neighbours,
        }
    }
}

/// The key of what is left of a stem when spellings of one name in different transliterations are made equal
/// (*y* = *i*, *w* = *v*, no doubled letters, no *h* after *k*); `key` itself when nothing changes.
fn transliteration_key(stemmed: &mut String, key: u32) -> u32 {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Three-byte words of neighbouring letters in all languages: what a memo was asked before does not show.
    #[test]
    fn words_of_two_languages_are_not_taken_for_each_other() {
        let lexicon = TermTable::default();
        let mut memo = TermCache::default();
        let languages = [
            Language::English,
            Language::German,
            Language::French,
            Language::Spanish,
            Language::Italian,
            Language::Portuguese,
            Language::Other,
        ];
        let kana = ('ぁ'..='ん').map(String::from);
        let short = ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("te{a}{b}")));
        for word in kana.chain(short) {
            for language in languages {
                let fresh = lexicon.read(&word, language, &mut TermCache::default());
                assert_eq!(
                    lexicon.read(&word, language, &mut memo),
                    fresh,
                    "{word} {language:?}"
                );
            }
        }
    }
}
