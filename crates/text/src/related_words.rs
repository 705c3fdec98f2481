//! Words that news may put for one another, by degrees: many to many, where [`Synonyms`](super::Synonyms) holds classes.
//! The aligner asks it about two words that differ. A table of pairs (`data/neighbours-en.txt`, made by
//! `scripts/make-neighbours` from dictionaries and counts) is compiled to `data/neighbours-en.bin` and read where it lies,
//! so that a short run pays nothing for it.

use std::collections::BTreeMap;

use super::language::Language;
use super::word_key::stem_key;

const ENGLISH: &[u8] = include_bytes!("../data/neighbours-en.bin");
/// The highest code: interchangeable in most sentences.
const HIGHEST: u8 = 15;
/// Bytes of a key and of a row's beginning.
const WORD: usize = 4;
/// Bytes of an entry: the index of a stem, little-endian, and the code.
const ENTRY: usize = 3;

/// How alike two words are in use. English only.
///
/// A code stands for how much more often two words stand for one another, between words that stayed, than two words drawn
/// from the same articles. The bands that 289 substitutions in 5,297 news articles measure are worth 3.2 bits (codes 4 and
/// 5), 3.6, 4.3, 6.0, 5.5 and 7.2 (14 and 15); the grades were fitted to half of them, and the 139 others alone say 3.6,
/// 3.4, 2.5, 6.1, 5.3 and 7.1. The table uses no code below 4.
///
/// The embedded table is `count: u32, keys: [u32; count], starts: [u32; count + 1], entries: [(u16, u8)]`, little-endian:
/// keys of stems ascending, where each stem's row of entries begins and the last ends, and for each neighbour the index of
/// its key and a code from 1 to 15. Rows ascend by index, and each pair stands in both its rows.
#[derive(Clone, Copy, Debug)]
pub struct RelatedWords {
    keys: &'static [[u8; WORD]],
    starts: &'static [[u8; WORD]],
    entries: &'static [[u8; ENTRY]],
}

/// A stem that the table has a row for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelatedWordsPlace(u16);

impl Default for RelatedWords {
    /// The embedded table. O(1).
    fn default() -> Self {
        Self::parse(ENGLISH)
    }
}

impl RelatedWords {
    fn parse(bytes: &'static [u8]) -> Self {
        let (words, _) = bytes.as_chunks::<WORD>();
        let count = words.first().map_or(0, |w| u32::from_le_bytes(*w) as usize);
        let (keys, starts) = words[1..2 * count + 2].split_at(count);
        let entries = bytes[WORD * (2 * count + 2)..].as_chunks().0;
        Self {
            keys,
            starts,
            entries,
        }
    }

    /// The place of `stem` (a key, see [`stem_key`]), if it has a row: a small thing to keep for each word of a text.
    /// O(log stems).
    #[must_use]
    pub fn place(&self, stem: u32) -> Option<RelatedWordsPlace> {
        let at = self.keys.binary_search_by_key(&stem, number).ok()?;
        Some(RelatedWordsPlace(
            u16::try_from(at).expect("a table has at most 65,536 stems"),
        ))
    }

    /// How alike two different stems are, from 0 to 1: their code in fifteenths, 0 for a pair that the table does not have.
    /// Symmetric. O(log neighbours).
    ///
    /// # Panics
    /// When a place is of another table.
    #[inline]
    #[must_use]
    pub fn likeness(&self, a: RelatedWordsPlace, b: RelatedWordsPlace) -> f32 {
        let at = usize::from(a.0);
        let [from, to] = [at, at + 1].map(|at| number(&self.starts[at]) as usize);
        let row = &self.entries[from..to];
        let index = |entry: &[u8; ENTRY]| u16::from_le_bytes([entry[0], entry[1]]);
        let found = row.binary_search_by_key(&b.0, index);
        found.map_or(0.0, |at| f32::from(row[at][2]) / f32::from(HIGHEST))
    }
}

fn number(bytes: &[u8; WORD]) -> u32 {
    u32::from_le_bytes(*bytes)
}

/// Compiles rows, one a line: a word, then `neighbour:code` for each neighbour, separated by spaces; lines that open with
/// `#` are comments. A pair need stand in one row only; of several codes for a pair of stems the highest counts. `None`
/// when a line is ill-formed or there are more than 65,536 stems. For making tables. O(pairs log pairs).
#[must_use]
pub fn encode_related_words(rows: &str) -> Option<Vec<u8>> {
    let mut table: BTreeMap<u32, BTreeMap<u32, u8>> = BTreeMap::new();
    let mut folded = String::new();
    for line in rows.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let stem = stem_key(words.next()?, Language::English, &mut folded);
        for word in words {
            let (word, code) = word.split_once(':')?;
            let code = code.parse().ok().filter(|c| (1..=HIGHEST).contains(c))?;
            let other = stem_key(word, Language::English, &mut folded);
            for (from, to) in [(stem, other), (other, stem)] {
                let held = table.entry(from).or_default().entry(to).or_default();
                *held = code.max(*held);
            }
        }
    }
    lay_out(&table)
}

fn lay_out(table: &BTreeMap<u32, BTreeMap<u32, u8>>) -> Option<Vec<u8>> {
    let index: BTreeMap<u32, usize> = table.keys().copied().zip(0..).collect();
    let mut bytes = u32::try_from(index.len()).ok()?.to_le_bytes().to_vec();
    bytes.extend(index.keys().flat_map(|key| key.to_le_bytes()));
    let mut end = 0_u32;
    bytes.extend(end.to_le_bytes());
    for row in table.values() {
        end += u32::try_from(row.len()).ok()?;
        bytes.extend(end.to_le_bytes());
    }
    for (key, code) in table.values().flatten() {
        bytes.extend(u16::try_from(index[key]).ok()?.to_le_bytes());
        bytes.push(*code);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(word: &str) -> u32 {
        stem_key(word, Language::English, &mut String::new())
    }

    fn made(rows: &str) -> RelatedWords {
        RelatedWords::parse(encode_related_words(rows).expect("well-formed").leak())
    }

    /// Likeness of two words; 0 where one has no row.
    fn likeness(table: RelatedWords, a: &str, b: &str) -> f32 {
        let places = table.place(key(a)).zip(table.place(key(b)));
        places.map_or(0.0, |(a, b)| table.likeness(a, b))
    }

    #[test]
    fn a_pair_has_its_code_both_ways_and_others_have_none() {
        let table = made("# made up\nmeeting talks:9 summit:6\ndeter prevent:12\n");
        assert_eq!(likeness(table, "meetings", "talk"), 9.0 / 15.0);
        assert_eq!(likeness(table, "talk", "meetings"), 9.0 / 15.0);
        assert_eq!(likeness(table, "prevented", "deters"), 12.0 / 15.0);
        assert_eq!(likeness(table, "talks", "summit"), 0.0);
        assert_eq!(table.place(key("zebra")), None);
    }

    #[test]
    fn the_highest_code_of_a_pair_counts() {
        let table = made("meeting talks:3\ntalk meetings:8\n");
        assert_eq!(likeness(table, "meeting", "talk"), 8.0 / 15.0);
    }

    #[test]
    fn the_embedded_table_grades_words_of_the_news() {
        let likeness = |a, b| likeness(RelatedWords::default(), a, b);
        assert_eq!(likeness("dissuade", "deter"), 1.0);
        assert_eq!(likeness("journalists", "reporters"), 1.0);
        assert_eq!(likeness("decision", "decided"), 1.0);
        assert!(likeness("breakdown", "rupture") > 0.4);
        assert!(likeness("prevent", "deter") < likeness("dissuade", "deter"));
        for (a, b) in [
            ("monday", "tuesday"),
            ("increase", "decrease"),
            ("doctor", "hospital"),
        ] {
            assert_eq!(likeness(a, b), 0.0, "{a} {b}");
        }
    }

    #[test]
    fn an_ill_formed_row_compiles_to_nothing() {
        assert_eq!(encode_related_words("meeting talks\n"), None);
        assert_eq!(encode_related_words("meeting talks:16\n"), None);
        assert_eq!(encode_related_words("meeting talks:0\n"), None);
        assert_eq!(made("").place(1), None);
    }

    #[test]
    fn the_embedded_table_is_compiled_from_the_rows() {
        let rows = include_str!("../data/neighbours-en.txt");
        let compiled = encode_related_words(rows).expect("well-formed");
        assert!(compiled == ENGLISH, "run scripts/make-neighbours");
        assert!(ENGLISH.len() <= 450_000, "{}", ENGLISH.len());
    }
}
