//! What each word of a prepared document is worth as evidence, and the index by concept.

use super::{AlignOptions, AnalysedText};
use wirecopy_text::{DocumentFrequencies, Language};

/// log2 of the words among which a match is looked for: about a sentence.
const CHANCE_BITS: f32 = 4.0;
/// Words added to a document's length before its own rates are taken, so that short texts do not make theirs common.
const RATE_SHRINKAGE: f32 = 100.0;
/// Words that say what a text is about: at most one article in eight has them.
pub(super) const TOPIC_BITS: f32 = 3.0;
/// Words that bring sentences together: two articles in five have them at most.
const TELLING_BITS: f32 = 1.2;
/// No single word tells more than this.
const MOST_BITS: f32 = 13.0;

impl AnalysedText {
    /// Weighs each word by how seldom it stands in a place like this, and indexes those that tell enough.
    ///
    /// The bits of a match are those of finding the word by chance among `CHANCE_WORDS` words: its rate is the
    /// larger of the rate in news at large and the rate in this document, so that the names and terms of a story
    /// tell little between two articles about it.
    pub(super) fn fill_index(&mut self, tables: &DocumentFrequencies, options: &AlignOptions) {
        self.sort_concepts();
        self.discount_repetition(options);
        self.discount_phrases(tables, options);
        self.discount_names(options);
        self.index_concepts(options);
    }

    /// Indexes what the words are about, and the words that tell enough to seed with. Wants all concepts in
    /// `by_concept`, and their bits.
    fn index_concepts(&mut self, options: &AlignOptions) {
        self.topics.clear();
        let matched_bits = self.by_concept.iter().map(|&entry| {
            let (concept, token) = (entry >> 32, entry as u32 as usize);
            (concept as u32, self.background[token])
        });
        self.topics
            .extend(matched_bits.filter(|t| t.1 >= TOPIC_BITS));
        self.topics.dedup_by_key(|t| t.0);
        self.fill_telling();
        let bits = &self.bits;
        self.by_concept
            .retain(|&entry| bits[entry as u32 as usize] >= options.least_seed_bits);
    }

    /// Indexes what sentences are brought together by; no other word is matched with words that are alike.
    fn fill_telling(&mut self) {
        let background = &self.background;
        let tells = |&token: &usize| background[token] >= TELLING_BITS;
        self.content_tokens.clear();
        let entries = self.by_concept.iter().copied();
        self.content_tokens
            .extend(entries.filter(|&entry| tells(&(entry as u32 as usize))));
        let words = self.neighbours.iter_mut().enumerate();
        words
            .filter(|(token, _)| !tells(token))
            .for_each(|(_, place)| *place = None);
    }

    /// The same document with its folded words for stems and concepts, in no language: equal words of texts in two languages
    /// (or of one text whose language was guessed in two ways) are then equal to the aligner. O(bytes + tokens log tokens).
    pub(super) fn by_form(&self, options: &AlignOptions) -> Self {
        let mut plain = self.compact();
        plain.language = Language::Other;
        plain.stems.clone_from(&self.forms);
        plain.concepts.clone_from(&self.forms);
        plain.neighbours.fill(None);
        plain.sort_concepts();
        plain.index_concepts(options);
        plain
    }

    fn sort_concepts(&mut self) {
        self.by_concept.clear();
        let entries = (0_u64..).zip(&self.concepts);
        self.by_concept
            .extend(entries.map(|(token, &concept)| u64::from(concept) << 32 | token));
        sort_column(&mut self.by_concept, &mut self.sorting);
    }

    /// Turns the words' rarity into bits: the rate of a word is the larger of the rate in news at large and the rate in
    /// this document, where a sentence that it repeats counts once.
    fn discount_repetition(&mut self, options: &AlignOptions) {
        let repeated = self.repeated_sentences();
        let is_first = |entry: &&u64| !repeated[self.sentence[**entry as u32 as usize] as usize];
        let words = match repeated.is_empty() {
            true => self.concepts.len(),
            false => self.by_concept.iter().filter(is_first).count(),
        };
        let words = words as f32 + RATE_SHRINKAGE;
        for run in self.by_concept.chunk_by(|x, y| x >> 32 == y >> 32) {
            let times = match repeated.is_empty() {
                true => run.len(),
                false => run.iter().filter(is_first).count(),
            };
            let here = match times {
                0 | 1 => f32::INFINITY,
                times => -libm::log2f((times - 1) as f32 / words),
            };
            for &entry in run {
                let bits = &mut self.bits[entry as u32 as usize];
                *bits = (bits.min(here) - CHANCE_BITS).clamp(options.least_bits, MOST_BITS);
            }
        }
    }

    /// For each sentence, whether the document has said it before, word for word; empty when there is none such.
    fn repeated_sentences(&self) -> Vec<bool> {
        let sentence = |n: usize| &self.forms[self.sentence_tokens(n)];
        let mut order: Vec<(u64, u32)> = (0..self.sentence_spans.len())
            .map(|n| (fold_keys(sentence(n)), n as u32))
            .collect();
        order.sort_unstable();
        if order.windows(2).all(|pair| pair[0].0 != pair[1].0) {
            return Vec::new();
        }
        let mut repeated = vec![false; order.len()];
        for same in order.chunk_by(|x, y| x.0 == y.0) {
            same[1..]
                .iter()
                .for_each(|&(_, n)| repeated[n as usize] = true);
        }
        repeated
    }

    /// Lowers the bits of words that the words before them make likely: *margin of error*, *spoke on condition*.
    fn discount_phrases(&mut self, tables: &DocumentFrequencies, options: &AlignOptions) {
        for at in 1..self.stems.len() {
            if self.bits[at] < options.least_seed_bits {
                continue;
            }
            for gap in 1..=at.min(2) {
                let pair = (self.stems[at - gap], self.stems[at]);
                if let Some(bits) = tables.phrase_bits(self.language, pair, gap as u32) {
                    self.bits[at] = self.bits[at].min(bits.max(options.least_bits));
                    self.background[at] = self.background[at].min(bits);
                }
            }
        }
    }

    /// Lowers the bits of words inside names and titles: of capitalised words in a row, the rarest tells who is
    /// meant, and the others follow from it. Headlines, where most words have capitals, are left alone.
    fn discount_names(&mut self, options: &AlignOptions) {
        self.named.clear();
        self.named.resize(self.bits.len(), false);
        for number in 0..self.sentence_spans.len() {
            let sentence = self.sentence_tokens(number);
            let capitals = sentence.clone().filter(|&t| self.is_capitalised(t)).count();
            if capitals * 5 > sentence.len() * 3 && sentence.len() >= 4 {
                continue;
            }
            let mut start = sentence.start;
            while start < sentence.end {
                let mut end = start;
                while end < sentence.end
                    && self.is_capitalised(end)
                    && (end == start || self.is_joined(end))
                {
                    end += 1;
                }
                self.discount_run(start..end, options);
                if end > start + 1 || start > sentence.start {
                    self.named[start..end].fill(true);
                }
                start = end.max(start + 1);
            }
        }
    }

    fn discount_run(&mut self, run: std::ops::Range<usize>, options: &AlignOptions) {
        let run = &mut self.bits[run];
        let rarest = (0..run.len()).max_by(|&x, &y| run[x].total_cmp(&run[y]));
        for (at, bits) in run.iter_mut().enumerate() {
            if Some(at) != rarest {
                *bits *= options.name_share;
            }
        }
    }

    fn is_capitalised(&self, token: usize) -> bool {
        self.tokens.spans()[token]
            .of(&self.text)
            .starts_with(char::is_uppercase)
    }

    /// Whether only a space, a full stop or a hyphen stands between a token and the one before.
    fn is_joined(&self, token: usize) -> bool {
        let spans = self.tokens.spans();
        let between = spans[token - 1].until(spans[token], &self.text);
        matches!(between, " " | ". " | "-")
    }
}

/// One number for a column of keys, by multiplying and rotating: equal columns have equal numbers, others hardly ever.
fn fold_keys(keys: &[u32]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let fold = |sum: u64, &key: &u32| (sum.rotate_left(23) ^ u64::from(key)).wrapping_mul(ODD);
    keys.iter().fold(keys.len() as u64, fold)
}

/// Entries up to which a column is sorted by counting: beyond, too many entries would share their upper bits.
const MOST_COUNTED: usize = 4096;

/// Sorts `column`, whose upper 32 bits are hashes. `scratch` is overwritten. For the length of an article, counting twice
/// by eight upper bits and mending the rest in place takes half the time of a comparison sort. O(n log n).
fn sort_column(column: &mut [u64], scratch: &mut Vec<u64>) {
    if column.len() > MOST_COUNTED {
        column.sort_unstable();
        return;
    }
    scratch.clear();
    scratch.resize(column.len(), 0);
    count_by(column, scratch, 48);
    count_by(scratch, column, 56);
    for at in 1..column.len() {
        let entry = column[at];
        let mut place = at;
        while place > 0 && column[place - 1] > entry {
            column[place] = column[place - 1];
            place -= 1;
        }
        column[place] = entry;
    }
}

/// One stable counting pass by the eight bits at `shift`.
fn count_by(from: &[u64], to: &mut [u64], shift: u32) {
    let digit = |entry: u64| (entry >> shift) as usize & 0xff;
    let mut starts = [0_u32; 256];
    for &entry in from {
        starts[digit(entry)] += 1;
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += std::mem::replace(start, sum);
    }
    for &entry in from {
        let place = &mut starts[digit(entry)];
        to[*place as usize] = entry;
        *place += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirecopy_text::hash::mix;

    #[test]
    fn columns_are_sorted_as_by_comparison() {
        for (len, distinct) in [(0, 1), (1, 1), (5, 2), (900, 400), (4096, 9), (5000, 5000)] {
            let mut column: Vec<u64> = (0..len)
                .map(|n: u64| mix(n * 7 % distinct) & !0xffff_ffff | n)
                .collect();
            let mut expected = column.clone();
            expected.sort_unstable();
            sort_column(&mut column, &mut Vec::new());
            assert_eq!(column, expected);
        }
    }
}
