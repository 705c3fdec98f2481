//! What is kept of a document when its text is let go.

use wirecopy_core::radix::Entry;
use wirecopy_core::shingle::{ShingleWidth, sample_shingles};
use wirecopy_text::hash::{hash_columns_128, mix};
use wirecopy_text::{Tokenizer, WordHashes};

/// Parts that shingles are dealt to by hash. Each is sorted on its own, by any thread, beside scratch of its own size: a
/// sixteenth of all.
pub(super) const PARTS: usize = 16;

/// Words in a sampled shingle. Of four-word shingles two fifths survive when a fifth of the words change, of five-word ones
/// a third. Of three-word ones half do, but in a hundred thousand texts of few turns of phrase too many of them are anybody's:
/// with them .944 of the injected copies were candidates there, with four words .992.
const WIDTH: usize = 4;

/// One shingle in so many is kept of a long text. Measured on 5,460 injected copies of thirteen kinds, three words each: with
/// one in four or in six all are candidates, with one in eight two are not, and memory and sorting go by it.
const SAMPLE: u64 = 6;

/// The same of a short text, which would otherwise leave chance too much to say. What is kept of a long text would be kept
/// of a short one, so they meet as well.
const SHORT_SAMPLE: u64 = 2;

/// A text of fewer words is short: a quarter of any longer one leaves ten sampled shingles.
const SHORT_WORDS: u32 = 240;

/// One document's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DocumentSummary {
    /// Key of the folded text.
    pub(super) key: u128,
    /// Words.
    pub(super) tokens: u32,
    /// Sampled shingles, without near repeats, that a long text with these words would have.
    pub(super) fingerprints: u32,
    /// Whether there are words enough to compare it with others.
    pub(super) is_compared: bool,
}

/// The sketches of a batch of documents, in order.
#[derive(Clone, Debug, Default)]
pub struct Sketches {
    pub(super) heads: Vec<DocumentSummary>,
    /// Entries of (shingle, place in the batch), part behind part.
    pub(super) fingerprints: Vec<Entry>,
    /// Entry `p`: where part `p` ends in `fingerprints`.
    pub(super) ends: [u32; PARTS],
}

impl Sketches {
    /// Number of documents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there is no document.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// Entries of one part.
    pub(super) fn part(&self, part: usize) -> &[Entry] {
        let start = part.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.fingerprints[start as usize..self.ends[part] as usize]
    }

    /// Forgets the entries of documents for which `keeps` does not hold. O(entries).
    pub(super) fn retain(&mut self, keeps: impl Fn(u32) -> bool) {
        let (mut read, mut kept) = (0, 0);
        for end in &mut self.ends {
            while read < *end as usize {
                self.fingerprints[kept] = self.fingerprints[read];
                kept += usize::from(keeps(self.fingerprints[read].payload()));
                read += 1;
            }
            *end = count(kept);
        }
        self.fingerprints.truncate(kept);
        self.fingerprints.shrink_to_fit();
    }
}

/// Makes sketches, a batch at a time. Scratch of one worker: nothing is allocated for a document once it is warm.
#[derive(Clone, Debug)]
pub struct Sketcher {
    tokenizer: Tokenizer,
    words: WordHashes,
    sample: Vec<u64>,
    seed: u64,
    min_words: u32,
    heads: Vec<DocumentSummary>,
    dealt: [Vec<Entry>; PARTS],
}

impl Sketcher {
    /// A sketcher under `seed`. Documents with fewer than `min_words` words meet nobody.
    #[must_use]
    pub fn new(seed: u64, min_words: u32) -> Self {
        Self {
            tokenizer: Tokenizer::default(),
            words: WordHashes::default(),
            sample: Vec::new(),
            seed: mix(seed),
            min_words,
            heads: Vec::new(),
            dealt: Default::default(),
        }
    }

    /// Adds the document with this `text` to the batch. O(bytes).
    pub fn add(&mut self, text: &str) {
        self.tokenizer.hash_words(text, &mut self.words);
        let words = count(self.words.as_slice().len());
        self.sample.clear();
        let is_compared = words >= self.min_words.max(1);
        let one_in = if words < SHORT_WORDS {
            SHORT_SAMPLE
        } else {
            SAMPLE
        };
        if is_compared {
            self.take_sample(one_in);
        }
        let place = count(self.heads.len());
        for &print in &self.sample {
            let part = print as usize % PARTS;
            self.dealt[part].push(Entry::new((print >> 32) as u32, place));
        }
        self.heads.push(DocumentSummary {
            key: hash_columns_128([self.words.as_slice(), self.words.checks()]),
            tokens: words,
            fingerprints: count(self.sample.len() * one_in as usize / SAMPLE as usize),
            is_compared,
        });
    }

    /// Throws away what was left by a document whose sketching panicked. The documents before it stay.
    pub fn renew(&mut self) {
        self.tokenizer = Tokenizer::default();
        self.words = WordHashes::default();
        self.sample = Vec::new();
    }

    /// The sketches of the documents that were added since the last call. O(their entries).
    pub fn take(&mut self) -> Sketches {
        let mut fingerprints = Vec::with_capacity(self.dealt.iter().map(Vec::len).sum());
        let mut ends = [0; PARTS];
        for (part, end) in self.dealt.iter_mut().zip(&mut ends) {
            fingerprints.append(part);
            *end = count(fingerprints.len());
        }
        Sketches {
            heads: std::mem::take(&mut self.heads),
            fingerprints,
            ends,
        }
    }

    fn take_sample(&mut self, one_in: u64) {
        let width = ShingleWidth::new(WIDTH).expect("the width is in range");
        let words = self.words.as_slice();
        sample_shingles(words, width, (one_in, self.seed), &mut self.sample);
        self.drop_repeats();
    }

    /// Drops prints that were seen a short while ago: periodic text must not fill the memory. Rare repeats may stay.
    fn drop_repeats(&mut self) {
        let mut recent = [0_u64; RECENT];
        self.sample.retain(|&print| {
            let slot = &mut recent[(print >> 48) as usize % RECENT];
            std::mem::replace(slot, print) != print
        });
    }
}

/// Prints that are remembered while a document's repeats are dropped.
const RECENT: usize = 256;

fn count(n: usize) -> u32 {
    u32::try_from(n).expect("a batch has fewer than 2^32 words")
}
