//! Words that stand for one another in news: a table of classes, written by hand (`data/synonyms-en.txt`) and compiled
//! to pairs of keys (`data/synonyms-en.bin`, by `scripts/make-synonyms`), so that a run reads no words.

use std::collections::BTreeMap;

use super::language::Language;
use super::word_key::stem_key;

const ENGLISH: &[u8] = include_bytes!("../data/synonyms-en.bin");
/// Bytes of an entry: the key of a stem and the key of its class, little-endian.
const ENTRY: usize = 8;

/// From a stem to the head of its class. English only.
#[derive(Clone, Copy, Debug)]
pub struct Synonyms {
    /// Entries, ascending by stem.
    entries: &'static [[u8; ENTRY]],
}

impl Default for Synonyms {
    /// The embedded table.
    fn default() -> Self {
        Self {
            entries: ENGLISH.as_chunks().0,
        }
    }
}

impl Synonyms {
    /// The head of the class of `stem`, if it is in one. O(log classes).
    #[inline]
    #[must_use]
    pub fn head(&self, stem: u32) -> Option<u32> {
        let at = self.entries.binary_search_by_key(&stem, |e| half(e, 0));
        at.ok().map(|at| half(&self.entries[at], 4))
    }
}

/// The key at byte `from` of an entry.
fn half(entry: &[u8; ENTRY], from: usize) -> u32 {
    let mut bytes = [0; 4];
    bytes.copy_from_slice(&entry[from..from + 4]);
    u32::from_le_bytes(bytes)
}

/// Compiles classes, one a line, words separated by spaces; lines that open with `#` are comments. A stem belongs to the
/// first class that names it, and the first word of a class is its head. For making tables. O(words log words).
#[must_use]
pub fn encode_synonyms(classes: &str) -> Vec<u8> {
    let mut heads: BTreeMap<u32, u32> = BTreeMap::new();
    let mut folded = String::new();
    for line in classes.lines().filter(|line| !line.starts_with('#')) {
        let mut keys = line
            .split(' ')
            .map(|w| stem_key(w, Language::English, &mut folded));
        let Some(head) = keys.next() else { continue };
        let head = *heads.entry(head).or_insert(head);
        for member in keys {
            heads.entry(member).or_insert(head);
        }
    }
    let entries = heads.iter();
    entries
        .flat_map(|(stem, head)| [stem.to_le_bytes(), head.to_le_bytes()].concat())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(table: &Synonyms, word: &str) -> Option<u32> {
        table.head(stem_key(word, Language::English, &mut String::new()))
    }

    #[test]
    fn members_of_a_class_share_a_head_and_others_have_none() {
        let bytes = encode_synonyms("# made up\nbuy purchase acquire\nsell vend\n").leak();
        let table = Synonyms {
            entries: bytes.as_chunks().0,
        };
        assert_eq!(head(&table, "purchased"), head(&table, "buys"));
        assert_ne!(head(&table, "sell"), head(&table, "buy"));
        assert_eq!(head(&table, "zebra"), None);
    }

    #[test]
    fn the_embedded_table_is_compiled_from_the_classes() {
        let classes = include_str!("../data/synonyms-en.txt");
        assert!(
            encode_synonyms(classes) == ENGLISH,
            "run scripts/make-synonyms"
        );
    }

    #[test]
    fn a_doubled_letter_keeps_the_head_of_a_class_in_it() {
        let table = Synonyms::default();
        assert_eq!(head(&table, "attack"), head(&table, "assault"));
        assert!(head(&table, "kill").is_some());
    }
}
