//! What the words of a line are about: calls to the reader, media, networks, ways through a site, rights, trade; or
//! reporting, as articles do.
//!
//! Single words in six languages, each in the classes of `phrases/words.txt`. No word decides; shares of classes are
//! features of the [fitted model](super::model). One pass by words, no allocation.

use std::sync::LazyLock;

/// The classes, in the order of their bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordClass {
    /// What readers are told to do: sign up, read, share.
    Act,
    /// The reader and the publisher: you, our.
    Reader,
    /// Things of the medium: newsletter, account, page.
    Medium,
    /// Networks and platforms.
    Network,
    /// Ways through a site: related, next, topics.
    Guide,
    /// Rights and terms.
    Legal,
    /// Advertising and prices.
    Trade,
    /// Comments.
    Reply,
    /// Credits.
    Credit,
    /// Verbs of reporting.
    Report,
    /// Finite forms of common verbs.
    Verb,
    /// Articles, prepositions, conjunctions, pronouns.
    Small,
    /// Dates and times.
    Calendar,
}

/// Number of classes.
pub(crate) const CLASSES: usize = WordClass::Calendar as usize + 1;

/// Names of the classes in the table's heads, by bit.
const NAMES: [&str; CLASSES] = [
    "act", "reader", "medium", "network", "guide", "legal", "trade", "reply", "credit", "report",
    "verb", "small", "calendar",
];

/// The classes that only furniture is dense in.
const SITE: [WordClass; 8] = [
    WordClass::Act,
    WordClass::Reader,
    WordClass::Medium,
    WordClass::Network,
    WordClass::Guide,
    WordClass::Legal,
    WordClass::Trade,
    WordClass::Reply,
];

/// Slots of the table: a power of two, some four times the number of words.
const SLOTS: usize = 8192;

/// The table: word hash to a bit set of classes, open addressing; an empty slot has no class.
struct Table {
    slots: Box<[(u32, u16)]>,
}

impl Table {
    fn build() -> Self {
        let mut table = Self {
            slots: vec![(0, 0); SLOTS].into_boxed_slice(),
        };
        let mut class = 0;
        for line in include_str!("phrases/words.txt").lines() {
            if let Some(name) = line
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'))
            {
                let found = NAMES.iter().position(|known| *known == name);
                class = found.expect("every head of the table names a class");
                continue;
            }
            for_words(line, |word| table.insert(word.hash, 1 << class));
        }
        table
    }

    fn insert(&mut self, hash: u32, bits: u16) {
        let at = self.slot(hash);
        self.slots[at] = (hash, self.slots[at].1 | bits);
    }

    /// The slot that holds `hash`, or the empty one where it would stand.
    #[inline]
    fn slot(&self, hash: u32) -> usize {
        let mut at = hash as usize % SLOTS;
        while self.slots[at].1 != 0 && self.slots[at].0 != hash {
            at = (at + 1) % SLOTS;
        }
        at
    }

    #[inline]
    fn classes(&self, hash: u32) -> u16 {
        self.slots[self.slot(hash)].1
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::build);

/// Words of one line by class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordCounts {
    /// Words of each class, by bit; saturating.
    pub of: [u8; CLASSES],
    /// All words; saturating.
    pub words: u8,
    /// Words of [`SITE`] classes, each once; saturating.
    pub site: u8,
    /// Classes of the first word.
    pub first: u16,
    /// Content words (five bytes or more, none of the small classes) that other paragraphs use, and all of them.
    pub known: u8,
    /// All content words.
    pub content: u8,
}

impl WordCounts {
    /// Counts `line`; `article` knows the words of the document's sentences, the line's own among them if it is a
    /// member. O(length).
    pub(crate) fn of(line: &str, article: &WordSet, member: Membership) -> Self {
        let table = &*TABLE;
        let mut counts = Self::default();
        let site: u16 = SITE.iter().map(|class| 1 << *class as u16).sum();
        for_words(line, |word| {
            let classes = table.classes(word.hash);
            if counts.words == 0 {
                counts.first = classes;
            }
            counts.words = counts.words.saturating_add(1);
            counts.site = counts.site.saturating_add(u8::from(classes & site != 0));
            let mut rest = classes;
            while rest != 0 {
                let class = rest.trailing_zeros() as usize;
                counts.of[class] = counts.of[class].saturating_add(1);
                rest &= rest - 1;
            }
            if classes == 0 && word.bytes >= CONTENT_BYTES {
                counts.content = counts.content.saturating_add(1);
                counts.known = counts
                    .known
                    .saturating_add(u8::from(article.holds(word.hash, member)));
            }
        });
        counts
    }

    /// Share of the words that are of `class`.
    pub(crate) fn share(&self, class: WordClass) -> f64 {
        f64::from(self.of[class as usize]) / f64::from(self.words.max(1))
    }

    /// Whether the first word is of `class`.
    pub(crate) fn opens_with(&self, class: WordClass) -> bool {
        self.first >> class as u16 & 1 == 1
    }

    /// Share of words that furniture is dense in.
    pub(crate) fn site_share(&self) -> f64 {
        f64::from(self.site) / f64::from(self.words.max(1))
    }
}

/// Bytes of the shortest word that says what a line is about.
const CONTENT_BYTES: usize = 5;

/// Bits of each half of a [`WordSet`]: an article of a thousand different words sets one in sixteen.
const SET_BITS: usize = 1 << 14;

/// The words of an article's sentences: a bit for each word's hash, so that few are taken for present that are not, and
/// a second one for words of two lines, so that a line is not known by itself.
#[derive(Clone, Debug)]
pub(crate) struct WordSet {
    once: Box<[u64]>,
    twice: Box<[u64]>,
}

/// Whether a line was added to the [`WordSet`] that it is asked of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Membership {
    /// It was not.
    #[default]
    Stranger,
    /// It was: words must stand in another line, too.
    Member,
}

impl Default for WordSet {
    fn default() -> Self {
        let empty = || vec![0; SET_BITS / 64].into_boxed_slice();
        Self {
            once: empty(),
            twice: empty(),
        }
    }
}

impl WordSet {
    /// Adds the words of `line` that may say what it is about. O(length).
    pub(crate) fn add(&mut self, line: &str) {
        for_words(line, |word| {
            if word.bytes >= CONTENT_BYTES {
                let (at, bit) = Self::place(word.hash);
                self.twice[at] |= self.once[at] & bit;
                self.once[at] |= bit;
            }
        });
    }

    fn holds(&self, hash: u32, line: Membership) -> bool {
        let (at, bit) = Self::place(hash);
        let half = match line {
            Membership::Stranger => &self.once,
            Membership::Member => &self.twice,
        };
        half[at] & bit != 0
    }

    fn place(hash: u32) -> (usize, u64) {
        let bit = hash as usize % SET_BITS;
        (bit / 64, 1 << (bit % 64))
    }
}

/// One word: its hash without regard to case, and its length.
#[derive(Clone, Copy)]
struct Word {
    hash: u32,
    bytes: usize,
}

/// Small letters of ASCII; 0 for what divides words.
const LETTERS: [u8; 128] = letters();

const fn letters() -> [u8; 128] {
    let mut table = [0; 128];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = match byte {
            b'a'..=b'z' | b'0'..=b'9' => byte,
            b'A'..=b'Z' => byte | 0x20,
            _ => 0,
        };
        byte += 1;
    }
    table
}

/// Calls `found` for each run of letters and digits. Latin capitals with accents fold; punctuation of the blocks that
/// start with C2 and E2 divides. O(length).
#[inline]
fn for_words(line: &str, mut found: impl FnMut(Word)) {
    const SEED: u32 = 0x811c_9dc5;
    const PRIME: u32 = 0x0100_0193;
    let bytes = line.as_bytes();
    let (mut hash, mut length, mut at) = (SEED, 0, 0);
    let mut close = |hash: &mut u32, length: &mut usize| {
        if *length > 0 {
            let spread = *hash ^ *hash >> 15;
            found(Word {
                hash: spread,
                bytes: *length,
            });
            (*hash, *length) = (SEED, 0);
        }
    };
    while at < bytes.len() {
        let byte = bytes[at];
        let folded = match byte {
            0..0x80 => LETTERS[usize::from(byte)],
            0xc2 | 0xe2 => 0,
            0xc3 => {
                at += 1;
                let next = bytes[at];
                if (0x80..0x9f).contains(&next) {
                    next | 0x20
                } else {
                    next
                }
            }
            _ => byte,
        };
        if folded == 0 {
            close(&mut hash, &mut length);
            at += match byte {
                0xc2 => 2,
                0xe2 => 3,
                _ => 1,
            };
            continue;
        }
        hash = (hash ^ u32::from(folded)).wrapping_mul(PRIME);
        length += 1;
        at += 1;
    }
    close(&mut hash, &mut length);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_counted_in_any_case_and_language() {
        let counts = WordCounts::of(
            "Sign up to OUR newsletter – ABONNÉS seulement",
            &WordSet::default(),
            Membership::Stranger,
        );
        assert_eq!(counts.words, 7);
        assert_eq!(counts.of[WordClass::Act as usize], 1);
        assert_eq!(counts.of[WordClass::Reader as usize], 1);
        assert_eq!(counts.of[WordClass::Medium as usize], 2);
        assert!(counts.opens_with(WordClass::Act));
    }

    #[test]
    fn words_of_the_article_are_known() {
        let mut article = WordSet::default();
        article.add("The ferry left the harbour");
        let counts = WordCounts::of("Harbour lights and ferries", &article, Membership::Stranger);
        assert_eq!((counts.known, counts.content), (1, 3));
        let own = WordCounts::of("The ferry left the harbour", &article, Membership::Member);
        assert_eq!((own.known, own.content), (0, 2));
    }

    #[test]
    fn every_word_of_the_table_has_its_slot() {
        let filled = TABLE.slots.iter().filter(|slot| slot.1 != 0).count();
        assert!(filled > 700 && filled * 2 < SLOTS, "{filled}");
    }
}
