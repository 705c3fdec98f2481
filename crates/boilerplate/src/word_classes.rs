//! What the words of a line are about: calls to the reader, media, networks, ways through a site, rights, trade; or
//! reporting, as articles do.
//!
//! Single words in six languages, each in the classes of `phrases/words.txt`. No word decides; shares of classes are
//! features of the [fitted model](super::model). One pass by words, no allocation.

use std::sync::LazyLock;

use wirecopy_text::ByteSpan;

use super::word_hash::{WordFinder, words};

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

/// The classes that only boilerplate is dense in.
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
    /// The words of [`WordClass::Reader`].
    readers: Homes,
    /// The words of [`WordClass::Small`] and [`WordClass::Verb`].
    function: Homes,
}

/// A bit for the home slot of each of some words, small enough to stay in the first-level cache.
struct Homes([u64; SLOTS / 64]);

impl Homes {
    const NONE: Self = Self([0; SLOTS / 64]);

    fn insert(&mut self, hash: u32) {
        let home = hash as usize % SLOTS;
        self.0[home / 64] |= 1 << (home % 64);
    }

    /// Whether a word may be one of them: true of all that are, and of one or two others in a hundred.
    #[inline]
    fn may_hold(&self, hash: u32) -> bool {
        let home = hash as usize % SLOTS;
        self.0[home / 64] >> (home % 64) & 1 == 1
    }
}

impl Table {
    fn build() -> Self {
        let mut table = Self {
            slots: vec![(0, 0); SLOTS].into_boxed_slice(),
            readers: Homes::NONE,
            function: Homes::NONE,
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
            for word in words(line) {
                table.insert(word.hash, 1 << class);
            }
        }
        table
    }

    fn insert(&mut self, hash: u32, bits: u16) {
        let at = self.slot(hash);
        self.slots[at] = (hash, self.slots[at].1 | bits);
        let is = |class: WordClass| bits >> class as u16 & 1 == 1;
        if is(WordClass::Reader) {
            self.readers.insert(hash);
        }
        if is(WordClass::Small) || is(WordClass::Verb) {
            self.function.insert(hash);
        }
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
    /// Words of each class, by bit.
    pub of: [u32; CLASSES],
    /// All words.
    pub words: u32,
    /// Words of [`SITE`] classes, each once.
    pub site: u32,
    /// Classes of the first word.
    pub first: u16,
    /// Content words (five bytes or more, none of the small classes) that other paragraphs use, and all of them.
    pub known: u32,
    /// All content words.
    pub content: u32,
}

impl WordCounts {
    /// Counts `line`; `article` knows the words of the document's sentences, the line's own among them if it is a
    /// member. O(length).
    pub(crate) fn of(line: &str, article: &BloomPair, member: Membership) -> Self {
        let table = &*TABLE;
        let mut counts = Self::default();
        let site: u16 = SITE.iter().map(|class| 1 << *class as u16).sum();
        for word in words(line) {
            let classes = table.classes(word.hash);
            if counts.words == 0 {
                counts.first = classes;
            }
            counts.words += 1;
            counts.site += u32::from(classes & site != 0);
            let mut rest = classes;
            while rest != 0 {
                let class = rest.trailing_zeros() as usize;
                counts.of[class] += 1;
                rest &= rest - 1;
            }
            if classes == 0 && word.bytes >= CONTENT_BYTES {
                counts.content += 1;
                counts.known += u32::from(article.holds(word.hash, member));
            }
        }
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

    /// Share of words that boilerplate is dense in.
    pub(crate) fn site_share(&self) -> f64 {
        f64::from(self.site) / f64::from(self.words.max(1))
    }
}

/// Bytes of the shortest word that says what a line is about.
const CONTENT_BYTES: usize = 5;

/// Bits of each half of a [`BloomPair`]: an article of a thousand different words sets one in sixteen.
const SET_BITS: usize = 1 << 14;

/// The words of an article's sentences: a bit for each word's hash, so that few are taken for present that are not, and
/// a second one for words of two lines, so that a line is not known by itself.
#[derive(Clone, Debug)]
pub(crate) struct BloomPair {
    once: Box<[u64]>,
    twice: Box<[u64]>,
    /// Short words of the lines, as far as they were read, and those of the small classes among them.
    short: u32,
    function: u32,
}

/// Whether a line was added to the [`BloomPair`] that it is asked of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Membership {
    /// It was not.
    #[default]
    Absent,
    /// It was: words must stand in another line, too.
    Member,
}

impl Default for BloomPair {
    fn default() -> Self {
        let empty = || vec![0; SET_BITS / 64].into_boxed_slice();
        Self {
            once: empty(),
            twice: empty(),
            short: 0,
            function: 0,
        }
    }
}

impl BloomPair {
    /// Adds the content words of a line. O(words).
    pub(crate) fn add(&mut self, line: &LineWords) {
        for &hash in &line.content[..line.content_words] {
            let (at, bit) = Self::place(hash);
            self.twice[at] |= self.once[at] & bit;
            self.once[at] |= bit;
        }
        self.short += line.short;
        self.function += line.function;
    }

    /// Whether more than [`COVERED_PART`] of the short words are of the small classes: then the classes cover the language.
    pub(crate) fn is_covered(&self) -> bool {
        self.short >= ENOUGH_WORDS
            && f64::from(self.function) >= COVERED_PART * f64::from(self.short)
    }

    fn holds(&self, hash: u32, line: Membership) -> bool {
        let (at, bit) = Self::place(hash);
        let half = match line {
            Membership::Absent => &self.once,
            Membership::Member => &self.twice,
        };
        half[at] & bit != 0
    }

    fn place(hash: u32) -> (usize, u64) {
        let bit = hash as usize % SET_BITS;
        (bit / 64, 1 << (bit % 64))
    }
}

/// Short words of an article from which on the share of small words among them tells its language.
pub(super) const ENOUGH_WORDS: u32 = 16;
/// Part of the short words that are of the small classes in nearly all articles whose language the classes cover: of 5,297
/// English ones, all but one in 500; in Norwegian, the nearest other, it is .45.
pub(super) const COVERED_PART: f64 = 0.45;
/// The same part, below which an article is in another language: lists of results in a language that is covered have .28
/// and more, articles in Polish, Romanian, Croatian, Swedish or Finnish .12 to .26.
pub(super) const FOREIGN_PART: f64 = 0.28;

/// Short words in `line` without its numbers, and those of the small classes among them. O(length).
pub(super) fn short_words(line: &str) -> (u32, u32) {
    let table = &*TABLE;
    let small = 1 << WordClass::Small as u16 | 1 << WordClass::Verb as u16;
    let short = line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() < CONTENT_BYTES && word.starts_with(char::is_alphabetic));
    short.fold((0, 0), |(all, function), word| {
        let known = words(word).any(|word| table.classes(word.hash) & small != 0);
        (all + 1, function + u32::from(known))
    })
}

/// Bytes of each paragraph whose words are remembered.
const REMEMBERED_BYTES: usize = 400;

/// The words of one line, hashed once for all that is asked of them. Reused from line to line, so that it allocates
/// seldom.
#[derive(Debug, Default)]
pub(crate) struct LineWords {
    /// The line that was read last.
    line: ByteSpan,
    /// Hashes of the words in its first [`REMEMBERED_BYTES`] that may say what it is about: so many entries of them, and
    /// others behind.
    content: Vec<u32>,
    content_words: usize,
    /// No fewer than the words of [`WordClass::Reader`] in what was read.
    readers: u32,
    /// Short words in the first [`REMEMBERED_BYTES`], and about so many of them are of the small classes.
    short: u32,
    function: u32,
    finder: WordFinder,
}

impl LineWords {
    /// Reads `line` of `text`, unless it was read last: all of it up to `most` bytes, of a longer one the start alone.
    /// O([`REMEMBERED_BYTES`] + `most`).
    pub(crate) fn read(&mut self, text: &str, line: ByteSpan, most: usize) {
        if self.line == line {
            return;
        }
        let content = line.of(text);
        let cut = content.floor_char_boundary(REMEMBERED_BYTES);
        let table = &*TABLE;
        let Self {
            finder,
            content: hashes,
            content_words,
            readers,
            short,
            function,
            ..
        } = self;
        self.line = line;
        hashes.resize(REMEMBERED_BYTES, 0);
        *content_words = 0;
        (*short, *function) = (0, 0);
        // Where the line is split, a word may be, and is then not known.
        *readers = u32::from(cut < content.len());
        let bytes = &text.as_bytes()[line.start as usize..];
        finder.each(bytes, cut, |word| {
            *readers += u32::from(table.readers.may_hold(word.hash));
            let brief = word.bytes < CONTENT_BYTES;
            *short += u32::from(brief);
            *function += u32::from(brief & table.function.may_hold(word.hash));
            // Written whether it counts or not: whether it does is a coin's toss, and guessing wrong costs more.
            hashes[*content_words] = word.hash;
            *content_words += usize::from(word.bytes >= CONTENT_BYTES);
        });
        if cut < content.len() && content.len() <= most {
            finder.each(&bytes[cut..], content.len() - cut, |word| {
                *readers += u32::from(table.readers.may_hold(word.hash));
            });
        }
    }

    /// Whether as many words as `least` may be of [`WordClass::Reader`]; certainly no more are where not.
    pub(crate) fn may_hold_readers(&self, least: u32) -> bool {
        self.readers >= least
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn classes_are_counted_in_any_case_and_language() {
        let counts = WordCounts::of(
            "Sign up to OUR newsletter – ABONNÉS seulement",
            &BloomPair::default(),
            Membership::Absent,
        );
        assert_eq!(counts.words, 7);
        assert_eq!(counts.of[WordClass::Act as usize], 1);
        assert_eq!(counts.of[WordClass::Reader as usize], 1);
        assert_eq!(counts.of[WordClass::Medium as usize], 2);
        assert!(counts.opens_with(WordClass::Act));
    }

    #[test]
    fn words_of_the_article_are_known() {
        let mut article = BloomPair::default();
        let mut words = LineWords::default();
        let line = "The ferry left the harbour";
        words.read(line, ByteSpan::new(0, line.len()), 0);
        article.add(&words);
        let counts = WordCounts::of("Harbour lights and ferries", &article, Membership::Absent);
        assert_eq!((counts.known, counts.content), (1, 3));
        let own = WordCounts::of("The ferry left the harbour", &article, Membership::Member);
        assert_eq!((own.known, own.content), (0, 2));
    }

    #[test]
    fn every_word_of_the_table_has_its_slot() {
        let filled = TABLE.slots.iter().filter(|slot| slot.1 != 0).count();
        assert!(filled > 700 && filled * 2 < SLOTS, "{filled}");
    }
    proptest! {
        #[test]
        fn no_reader_is_missed(line in "((you|we|[a-z]{1,9}|É|’|“) ){0,150}") {
            let mut words = LineWords::default();
            words.read(&line, ByteSpan::new(0, line.len()), 600);
            let counts = WordCounts::of(&line, &BloomPair::default(), Membership::Absent);
            let readers = counts.of[WordClass::Reader as usize];
            prop_assert!(line.len() > 600 || words.may_hold_readers(readers));
        }
    }
}
