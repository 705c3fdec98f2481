//! How common a word stem is in news at large: bits of information that one shared word carries.
//!
//! The tables are counts over a few thousand news articles, made by `scripts/make-background`: for each stem that
//! stands in at least three documents, its key (32 bits of the stem's hash) and log2(documents / documents with it)
//! in sixteenths of a bit, one byte. Stems outside a table count as rare; languages without one are weighted by
//! word length.

use super::language::Language;

/// Stems in sixteenths of a bit per unit of a table's code.
const UNITS_PER_BIT: f32 = 16.0;
/// High bits of a key that the lookup index is keyed by: about nine keys a slot for the largest table.
const INDEX_BITS: u32 = 12;
/// A stem that stands in fewer than three of the counted documents counts as standing in this many.
const UNSEEN_DOCUMENTS: f32 = 1.2;

const ENGLISH: &[u8] = include_bytes!("../../data/background-en.bin");
const GERMAN: &[u8] = include_bytes!("../../data/background-de.bin");

/// Information content of stems, by language.
#[derive(Clone, Debug)]
pub struct Background {
    english: Table,
    german: Table,
}

impl Default for Background {
    fn default() -> Self {
        Self {
            english: Table::parse(ENGLISH),
            german: Table::parse(GERMAN),
        }
    }
}

impl Background {
    /// Bits that sharing a stem is worth in two unrelated articles: log2 of one over the share of documents that
    /// have it. `key` is the stem's key in the language's table; `letters` is the length of the word in
    /// characters, which decides where there is no table. O(1) on average.
    #[must_use]
    pub fn bits(&self, language: Language, key: u32, letters: usize) -> f32 {
        match language {
            Language::English => self.english.bits(key),
            Language::German => self.german.bits(key),
            Language::Other => bits_by_length(letters),
        }
    }
}

/// Function words are short and content words long, in every language that separates words; a character of a script
/// without spaces carries some three bits.
fn bits_by_length(letters: usize) -> f32 {
    const BITS: [f32; 10] = [0.0, 3.0, 1.0, 1.5, 3.5, 5.0, 6.0, 7.0, 8.0, 9.0];
    BITS[letters.min(BITS.len() - 1)]
}

/// One language: keys ascending, a code for each, and where each run of high bits begins.
#[derive(Clone, Debug)]
struct Table {
    keys: Vec<u32>,
    codes: Vec<u8>,
    index: Vec<u32>,
    unseen: f32,
}

impl Table {
    /// Reads `documents: u32, count: u32, keys: [u32; count], codes: [u8; count]`, little endian. An empty slice is
    /// an empty table.
    fn parse(bytes: &[u8]) -> Self {
        let word = |at: usize| -> u32 {
            bytes
                .get(at..at + 4)
                .map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
        };
        let documents = word(0).max(1);
        let count = word(4) as usize;
        let keys: Vec<u32> = (0..count).map(|k| word(8 + 4 * k)).collect();
        let codes = bytes
            .get(8 + 4 * count..8 + 5 * count)
            .unwrap_or_default()
            .to_vec();
        let slots = 1_usize << INDEX_BITS;
        let index = (0..=slots)
            .map(|slot| {
                keys.partition_point(|&k| ((k >> (32 - INDEX_BITS)) as usize) < slot) as u32
            })
            .collect();
        let unseen = libm::log2f(documents as f32 / UNSEEN_DOCUMENTS).max(6.0);
        Self {
            keys,
            codes,
            index,
            unseen,
        }
    }

    fn bits(&self, key: u32) -> f32 {
        let slot = (key >> (32 - INDEX_BITS)) as usize;
        let (from, to) = (self.index[slot] as usize, self.index[slot + 1] as usize);
        match self.keys[from..to].iter().position(|&k| k == key) {
            Some(at) => f32::from(self.codes[from + at]) / UNITS_PER_BIT,
            None => self.unseen,
        }
    }
}

/// Writes a table from document frequencies; `frequencies` is (key, documents with it), any order, keys distinct.
/// Keys below three documents should be left out by the caller. The inverse of what [`Background`] embeds.
#[must_use]
pub fn encode_table(documents: u32, mut frequencies: Vec<(u32, u32)>) -> Vec<u8> {
    frequencies.sort_unstable();
    let mut out = Vec::with_capacity(8 + frequencies.len() * 5);
    out.extend_from_slice(&documents.to_le_bytes());
    out.extend_from_slice(&(frequencies.len() as u32).to_le_bytes());
    for (key, _) in &frequencies {
        out.extend_from_slice(&key.to_le_bytes());
    }
    for &(_, with) in &frequencies {
        let bits = libm::log2f(documents as f32 / with as f32);
        out.push((bits * UNITS_PER_BIT).clamp(0.0, 255.0) as u8);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_back_what_was_counted() {
        let table = Table::parse(&encode_table(
            1024,
            vec![(7, 1024), (u32::MAX, 4), (1 << 31, 512)],
        ));
        assert_eq!(
            (table.bits(7), table.bits(u32::MAX), table.bits(1 << 31)),
            (0.0, 8.0, 1.0)
        );
        assert!(table.bits(8) > 9.0);
    }

    #[test]
    fn an_empty_table_calls_every_word_rare() {
        assert!(Table::parse(&[]).bits(5) >= 6.0);
    }
}
