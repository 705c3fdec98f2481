//! How common a word stem is in news at large: bits of information that one shared word carries.
//!
//! The tables are counts over a few thousand news articles, made by `scripts/make-background`. Words: for each stem
//! that stands in at least three documents, the share of documents that have it. Phrases: for two stems that news
//! puts side by side, or one word apart, how likely the first makes the second. An entry is a key (32 bits of a
//! hash) and -log2 of the probability in sixteenths of a bit, one byte. Stems outside a table count as rare;
//! languages without one are weighted by word length.

use std::sync::LazyLock;

use super::language::Language;
use crate::hash::mix;

/// A table's codes are sixteenths of a bit.
const UNITS_PER_BIT: f32 = 16.0;
/// High bits of a key that the lookup index is keyed by: about nine keys a slot for the largest table.
const INDEX_BITS: u32 = 12;
/// Bits of a stem that no table has: about one article in four thousand, the size of the counted collection.
const UNSEEN_BITS: f32 = 12.0;

const ENGLISH_WORDS: &[u8] = include_bytes!("../data/words-en.bin");
const ENGLISH_PHRASES: &[u8] = include_bytes!("../data/phrases-en.bin");
const GERMAN_WORDS: &[u8] = include_bytes!("../data/words-de.bin");
const GERMAN_PHRASES: &[u8] = include_bytes!("../data/phrases-de.bin");

static ENGLISH: LazyLock<Tables> = LazyLock::new(|| Tables::parse(ENGLISH_WORDS, ENGLISH_PHRASES));
static GERMAN: LazyLock<Tables> = LazyLock::new(|| Tables::parse(GERMAN_WORDS, GERMAN_PHRASES));

/// Information content of stems, by language. The tables of a language are read when they are first asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct DocumentFrequencies;

#[derive(Clone, Debug)]
struct Tables {
    words: Table,
    phrases: Table,
}

impl Tables {
    fn parse(words: &[u8], phrases: &[u8]) -> Self {
        Self {
            words: Table::parse(words),
            phrases: Table::parse(phrases),
        }
    }

    fn of(language: Language) -> Option<&'static Self> {
        match language {
            Language::English => Some(&ENGLISH),
            Language::German => Some(&GERMAN),
            _ => None,
        }
    }
}

impl DocumentFrequencies {
    /// Bits that sharing a stem is worth in two unrelated articles: log2 of one over the share of documents that
    /// have it. `key` is the stem's key in the language's table; `letters` is the length of the word in
    /// characters, which decides where there is no table. O(1) on average.
    #[must_use]
    pub fn bits(&self, language: Language, key: u32, letters: usize) -> f32 {
        match Tables::of(language) {
            Some(tables) => tables.words.bits(key).unwrap_or(UNSEEN_BITS),
            None => bits_by_length(letters),
        }
    }

    /// Bits of meeting the stem `second` where `first` stands `gap` words before it (1 or 2), when news is known to
    /// put them together; `None` otherwise. O(1) on average.
    #[must_use]
    pub fn phrase_bits(
        &self,
        language: Language,
        (first, second): (u32, u32),
        gap: u32,
    ) -> Option<f32> {
        let key = phrase_key(first, second, gap);
        Tables::of(language)?.phrases.bits(key)
    }
}

/// The key of two stems, `gap` words apart, in the tables of phrases.
#[must_use]
pub fn phrase_key(first: u32, second: u32, gap: u32) -> u32 {
    (mix((u64::from(first) << 32 | u64::from(second)).wrapping_add(u64::from(gap))) >> 32) as u32
}

/// Function words are short and content words long, in every language that separates words; a character of a script
/// without spaces carries some three bits.
fn bits_by_length(letters: usize) -> f32 {
    const BITS: [f32; 10] = [0.0, 3.0, 1.0, 1.5, 3.5, 5.0, 6.0, 7.0, 8.0, 9.0];
    BITS[letters.min(BITS.len() - 1)]
}

/// Low bits of a key that the filter knows; 16 kB, and one question in nine passes in vain with the largest table.
const FILTER_BITS: u32 = 17;

/// One table: keys ascending, a code for each, and where each run of high bits begins. Most questions are about keys
/// that it does not have, so a set of low bits answers those.
#[derive(Clone, Debug)]
struct Table {
    filter: Vec<u64>,
    keys: Vec<u32>,
    codes: Vec<u8>,
    index: Vec<u32>,
}

impl Table {
    /// Reads `count: u32, keys: [u32; count], codes: [u8; count]`, little endian. An empty slice is an empty table.
    fn parse(bytes: &[u8]) -> Self {
        let word = |at: usize| -> u32 {
            bytes
                .get(at..at + 4)
                .map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
        };
        let count = word(0) as usize;
        let keys: Vec<u32> = (0..count).map(|k| word(4 + 4 * k)).collect();
        let codes = bytes
            .get(4 + 4 * count..4 + 5 * count)
            .unwrap_or_default()
            .to_vec();
        let slots = 1_usize << INDEX_BITS;
        let mut index = vec![0; slots + 1];
        for &key in &keys {
            index[slot_of(key) + 1] += 1;
        }
        for slot in 0..slots {
            index[slot + 1] += index[slot];
        }
        let mut filter = vec![0; (1 << FILTER_BITS) / u64::BITS as usize];
        for &key in &keys {
            let (word, bit) = filter_place(key);
            filter[word] |= bit;
        }
        Self {
            filter,
            keys,
            codes,
            index,
        }
    }

    fn bits(&self, key: u32) -> Option<f32> {
        let (word, bit) = filter_place(key);
        if self.filter[word] & bit == 0 {
            return None;
        }
        let slot = slot_of(key);
        let (from, to) = (self.index[slot] as usize, self.index[slot + 1] as usize);
        let at = self.keys[from..to].iter().position(|&k| k == key)?;
        Some(f32::from(self.codes[from + at]) / UNITS_PER_BIT)
    }
}

/// The word of the filter that a key is in, and its bit there.
fn filter_place(key: u32) -> (usize, u64) {
    let low = key & ((1 << FILTER_BITS) - 1);
    ((low / u64::BITS) as usize, 1 << (low % u64::BITS))
}

fn slot_of(key: u32) -> usize {
    (key >> (32 - INDEX_BITS)) as usize
}

/// Writes a table from (key, probability), any order, keys distinct: the inverse of what [`DocumentFrequencies`] embeds.
#[must_use]
pub fn encode_table(mut entries: Vec<(u32, f64)>) -> Vec<u8> {
    entries.sort_unstable_by_key(|&(key, _)| key);
    let mut out = Vec::with_capacity(4 + entries.len() * 5);
    out.extend_from_slice(&(entries.len() as u32).to_le_bytes());
    for (key, _) in &entries {
        out.extend_from_slice(&key.to_le_bytes());
    }
    for &(_, probability) in &entries {
        let bits = -libm::log2(probability);
        out.push((bits * f64::from(UNITS_PER_BIT)).clamp(0.0, 255.0) as u8);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_back_what_was_counted() {
        let table = Table::parse(&encode_table(vec![
            (7, 1.0),
            (u32::MAX, 1.0 / 256.0),
            (1 << 31, 0.5),
        ]));
        assert_eq!(
            [7, u32::MAX, 1 << 31, 8].map(|k| table.bits(k)),
            [Some(0.0), Some(8.0), Some(1.0), None]
        );
    }

    #[test]
    fn an_empty_table_knows_nothing() {
        assert_eq!(Table::parse(&[]).bits(5), None);
    }
}
