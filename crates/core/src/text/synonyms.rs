//! Words that stand for one another in news: a small table of classes, written by hand (`data/synonyms-en.txt`).

use hashbrown::HashMap;

use super::language::Language;
use super::words::stem_key;

const ENGLISH: &str = include_str!("../../data/synonyms-en.txt");

/// From a stem to the head of its class. English only.
#[derive(Clone, Debug)]
pub struct Synonyms {
    heads: HashMap<u32, u32, foldhash::fast::FixedState>,
}

impl Default for Synonyms {
    /// The embedded table.
    fn default() -> Self {
        Self::parse(ENGLISH)
    }
}

impl Synonyms {
    /// Reads classes, one a line, words separated by spaces; lines that open with `#` are comments. A stem belongs to
    /// the first class that names it, and the first word of a class is its head.
    #[must_use]
    pub fn parse(table: &str) -> Self {
        let mut heads = HashMap::default();
        let mut folded = String::new();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut keys = line
                .split(' ')
                .map(|w| stem_key(w, Language::English, &mut folded));
            let Some(head) = keys.next() else { continue };
            heads.entry(head).or_insert(head);
            let head = heads[&head];
            for member in keys {
                heads.entry(member).or_insert(head);
            }
        }
        Self { heads }
    }

    /// The head of the class of `stem`; `stem` itself when it is in none.
    #[inline]
    #[must_use]
    pub fn head(&self, stem: u32) -> u32 {
        self.heads.get(&stem).copied().unwrap_or(stem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_a_class_share_a_head_and_strangers_keep_their_stem() {
        let table = Synonyms::parse("# made up\nbuy purchase acquire\nsell vend\n");
        let mut folded = String::new();
        let mut head = |w: &str| table.head(stem_key(w, Language::English, &mut folded));
        assert_eq!(head("bought"), head("bought"));
        assert_eq!(head("purchased"), head("buys"));
        assert_ne!(head("sell"), head("buy"));
        let stranger = stem_key("zebra", Language::English, &mut String::new());
        assert_eq!(table.head(stranger), stranger);
    }
}
