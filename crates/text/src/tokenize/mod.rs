//! Words to columns of hashes and spans.
//!
//! A token is a run of letters, digits and marks. An apostrophe between two letters stays inside (`don't`), and so do a
//! comma or a full stop between two digits (`1,500.5`) and a full stop between two letters that each stand alone
//! (`U.S`, `a.m`; but `end.Next`, glued together by a scraper, is two words). Scripts without spaces give a token for
//! each character. The byte-order mark, zero-width characters and soft hyphens are as if they were not there.
//!
//! Two ways lead to the same columns. Plain stretches are cut by bit masks of 64 bytes at a time
//! ([`kernel`](crate::kernel)) and hashed from one 16-byte load a word. A chunk that holds anything else (a character
//! outside ASCII, an apostrophe or full stop with word characters on both sides) goes through the characters one by
//! one. Chunks end at ASCII characters that end a word whatever stands around them, so the two never mix.

mod boundaries;
mod segmenter;

use crate::ByteSpan;
use crate::hash::{
    SHORT_WORD, Seed, hash_bytes, hash_bytes_128, hash_check_word, hash_short_word,
    hash_sketch_word, hash_word,
};
use crate::kernel::Kernel;

use self::boundaries::{Cuts, Section};
use self::segmenter::Cutter;

/// Token columns of one document: entry `i` of each column belongs to token `i`. Scratch of one worker, reused.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    hashes: Vec<u64>,
    spans: Vec<ByteSpan>,
    scratch: Scratch,
}

impl PartialEq for Tokens {
    /// Equal columns; what scratch memory holds does not count.
    fn eq(&self, other: &Self) -> bool {
        self.hashes == other.hashes && self.spans == other.spans
    }
}

impl Tokens {
    /// Number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Hashes of the folded words ([`hash_word`]), in text order.
    #[must_use]
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// Where each token stands in the text, ascending.
    #[must_use]
    pub fn spans(&self) -> &[ByteSpan] {
        &self.spans
    }

    /// Forgets all tokens and keeps the memory.
    pub fn clear(&mut self) {
        self.hashes.clear();
        self.spans.clear();
    }

    /// Replaces `out` by those of these tokens that stand in `parts`, ascending and disjoint spans of the text. O(tokens).
    pub fn copy_parts(&self, parts: &[ByteSpan], out: &mut Self) {
        out.clear();
        let mut at = 0;
        for part in parts {
            let first = at + self.spans[at..].partition_point(|span| span.start < part.start);
            at = first + self.spans[first..].partition_point(|span| span.end <= part.end);
            out.hashes.extend_from_slice(&self.hashes[first..at]);
            out.spans.extend_from_slice(&self.spans[first..at]);
        }
    }

    /// A copy without scratch memory.
    pub fn compact(&self) -> Self {
        Self {
            hashes: self.hashes.clone(),
            spans: self.spans.clone(),
            scratch: Scratch::default(),
        }
    }

    /// Appends one token.
    #[inline]
    pub fn push(&mut self, hash: u64, span: ByteSpan) {
        self.hashes.push(hash);
        self.spans.push(span);
    }
}

/// The words of one document as hashes alone, for sketches: entry `i` is word `i`, the same words as those of [`Tokens`]
/// under another hash ([`hash_sketch_word`]), and once more under a second one, for the key of the whole text. Scratch of
/// one worker, reused.
#[derive(Clone, Debug, Default)]
pub struct WordHashes {
    hashes: Vec<u64>,
    checks: Vec<u64>,
    scratch: Scratch,
}

impl WordHashes {
    /// The hashes, in text order.
    #[must_use]
    pub fn as_slice(&self) -> &[u64] {
        &self.hashes
    }

    /// The second hashes, in text order: [`hash_check_word`], of words of more than [`SHORT_WORD`] bytes a half of XXH3-128.
    /// They have nothing in common with the first, so that texts whose words meet under both are 2^64 tries away, where
    /// words that meet under one can be made up in minutes.
    #[must_use]
    pub fn checks(&self) -> &[u64] {
        &self.checks
    }
}

/// Memory that is kept from document to document.
#[derive(Clone, Debug, Default)]
struct Scratch {
    folded: Vec<u8>,
    cuts: Cuts,
}

/// Takes the words of a text, in order.
trait Sink {
    /// Plain words that stand one behind the other.
    fn plain(&mut self, words: PlainWords<'_>);

    /// One word, folded and not empty, which stands at `span`.
    fn word(&mut self, folded: &[u8], span: ByteSpan);
}

impl Sink for Tokens {
    fn plain(&mut self, words: PlainWords<'_>) {
        words.hash(&mut self.hashes);
        self.spans.extend(words.spans());
    }

    fn word(&mut self, folded: &[u8], span: ByteSpan) {
        self.push(hash_word(folded), span);
    }
}

impl Sink for WordHashes {
    fn plain(&mut self, words: PlainWords<'_>) {
        words.hash_twice(&mut self.hashes, &mut self.checks);
    }

    fn word(&mut self, folded: &[u8], _: ByteSpan) {
        let (hash, check) = match padded(folded) {
            Some(padded) => (hash_sketch_word(padded), hash_check_word(padded)),
            None => twice_long_word(folded),
        };
        self.hashes.push(hash);
        self.checks.push(check);
    }
}

/// Runs of ASCII letters and digits.
#[derive(Clone, Copy)]
struct PlainWords<'a> {
    /// What they stand in.
    bytes: &'a [u8],
    /// First byte and end of each.
    words: &'a [[u32; 2]],
    /// What makes these offsets those of the text.
    shift: u32,
    kernel: Kernel,
}

impl<'a> PlainWords<'a> {
    /// Appends the hash of each, folded: what [`hash_word`] says.
    #[inline]
    fn hash(self, out: &mut Vec<u64>) {
        let first = out.len();
        out.resize(first + self.words.len(), 0);
        let slots = &mut out[first..];
        self.kernel.run(
            #[inline(always)]
            || {
                for (slot, &place) in slots.iter_mut().zip(self.words) {
                    *slot = match self.padded(place) {
                        Some(padded) => hash_short_word(padded),
                        None => hash_word(&self.folded(place)),
                    };
                }
            },
        );
    }

    /// Appends both hashes of each, folded, for sketches.
    #[inline]
    fn hash_twice(self, hashes: &mut Vec<u64>, checks: &mut Vec<u64>) {
        let first = hashes.len();
        hashes.resize(first + self.words.len(), 0);
        checks.resize(first + self.words.len(), 0);
        let slots = hashes[first..].iter_mut().zip(&mut checks[first..]);
        self.kernel.run(
            #[inline(always)]
            || {
                for ((hash, check), &place) in slots.zip(self.words) {
                    (*hash, *check) = match self.padded(place) {
                        Some(padded) => (hash_sketch_word(padded), hash_check_word(padded)),
                        None => self.twice_rare_word(place),
                    };
                }
            },
        );
    }

    /// The bytes of a short word, folded, with zeros behind; none for one that is long or stands at the very end of the
    /// text.
    #[inline(always)]
    fn padded(&self, [start, end]: [u32; 2]) -> Option<u128> {
        let (start, length) = (start as usize, (end - start) as usize);
        let window = self.bytes.get(start..start + SHORT_WORD)?;
        let window = window.try_into().expect("the window is of that length");
        // Setting bit 5 makes ASCII letters lower case and leaves digits as they are.
        let keep = LOW_BYTES.get(length)?;
        Some((u128::from_le_bytes(window) | CASE_BITS) & keep)
    }

    #[cold]
    #[inline(never)]
    fn folded(&self, [start, end]: [u32; 2]) -> Vec<u8> {
        self.bytes[start as usize..end as usize].to_ascii_lowercase()
    }

    #[cold]
    #[inline(never)]
    fn twice_rare_word(&self, place: [u32; 2]) -> (u64, u64) {
        let folded = self.folded(place);
        match padded(&folded) {
            Some(padded) => (hash_sketch_word(padded), hash_check_word(padded)),
            None => twice_long_word(&folded),
        }
    }

    fn spans(self) -> impl Iterator<Item = ByteSpan> + 'a {
        let span = move |&[start, end]: &[u32; 2]| ByteSpan {
            start: self.shift + start,
            end: self.shift + end,
        };
        self.words.iter().map(span)
    }
}

/// Both hashes of a word of more than [`SHORT_WORD`] bytes.
fn twice_long_word(folded: &[u8]) -> (u64, u64) {
    let check = (hash_bytes_128(folded) >> 64) as u64;
    (hash_bytes(folded, Seed::TOKEN), check)
}

/// The bytes of a short word as an integer, with zeros behind; none for a longer word.
fn padded(folded: &[u8]) -> Option<u128> {
    let mut window = [0; SHORT_WORD];
    window.get_mut(..folded.len())?.copy_from_slice(folded);
    Some(u128::from_le_bytes(window))
}

/// Bit 5 of every byte.
const CASE_BITS: u128 = u128::from_le_bytes([0x20; SHORT_WORD]);

/// Entry `n` keeps the lowest `n` bytes.
const LOW_BYTES: [u128; SHORT_WORD + 1] = {
    let mut masks = [0; SHORT_WORD + 1];
    let mut n = 1;
    while n <= SHORT_WORD {
        masks[n] = u128::MAX >> (128 - 8 * n);
        n += 1;
    }
    masks
};

/// Splits text into folded words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tokenizer {
    kernel: Kernel,
}

impl Tokenizer {
    /// A tokenizer that runs on `kernel`; every kernel gives the same tokens. [`Tokenizer::default`] takes the best.
    #[must_use]
    pub fn with_kernel(kernel: Kernel) -> Self {
        Self { kernel }
    }

    /// Replaces `out` by the tokens of `text`. O(bytes).
    ///
    /// # Panics
    /// When `text` is 4 GiB long or longer.
    pub fn tokenize(&self, text: &str, out: &mut Tokens) {
        self.tokenize_parts(text, &[ByteSpan::new(0, text.len())], out);
    }

    /// Replaces `out` by the words of `text`, without their places. O(bytes).
    ///
    /// # Panics
    /// When `text` is 4 GiB long or longer.
    pub fn hash_words(&self, text: &str, out: &mut WordHashes) {
        out.hashes.clear();
        out.checks.clear();
        let mut scratch = std::mem::take(&mut out.scratch);
        self.append(text, ByteSpan::new(0, text.len()), (out, &mut scratch));
        out.scratch = scratch;
    }

    /// Replaces `out` by the tokens of those parts of `text` that `parts` names (ascending, disjoint). Spans index
    /// `text`; no token reaches from one part into another. O(bytes).
    ///
    /// # Panics
    /// When a part does not belong to `text`.
    pub fn tokenize_parts(&self, text: &str, parts: &[ByteSpan], out: &mut Tokens) {
        out.clear();
        let mut scratch = std::mem::take(&mut out.scratch);
        for &part in parts {
            self.append(text, part, (out, &mut scratch));
        }
        out.scratch = scratch;
    }

    fn append(&self, text: &str, part: ByteSpan, (sink, scratch): (&mut impl Sink, &mut Scratch)) {
        assert!(
            u32::try_from(text.len()).is_ok(),
            "a document is shorter than 4 GiB"
        );
        let slice = part.of(text);
        let mut cutter = Cutter {
            text: slice,
            base: part.start as usize,
            sink,
            folded: &mut scratch.folded,
            kernel: self.kernel,
        };
        let mut at = 0;
        while at < slice.len() {
            match Section::beginning_at(slice.as_bytes(), at) {
                Section::Plain { end } => {
                    scratch.cuts.find(self.kernel, &slice.as_bytes()[at..end]);
                    cutter.section(&scratch.cuts, at, end);
                    at = end;
                }
                Section::Unbroken { end } => {
                    cutter.chars(at, end);
                    at = end;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::naive_tokens;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn tokens(text: &str) -> Tokens {
        let mut tokens = Tokens::default();
        Tokenizer::default().tokenize(text, &mut tokens);
        tokens
    }

    fn words(text: &str) -> Vec<&str> {
        tokens(text).spans().iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn apostrophes_and_decimal_points_stay_inside_words() {
        let text = "Russia’s 1,500.5 U.S. troops—“now”.";
        assert_eq!(words(text), ["Russia’s", "1,500.5", "U.S", "troops", "now"]);
        assert_eq!(
            words("rock 'n' roll, don't 5,a 'tis'"),
            ["rock", "n", "roll", "don't", "5", "a", "tis"]
        );
    }

    #[test]
    fn a_full_stop_without_a_space_parts_words_but_not_initials() {
        assert_eq!(
            words("the end.Next J.K.Rowling at 5 p.m.today"),
            [
                "the", "end", "Next", "J.K", "Rowling", "at", "5", "p.m", "today"
            ]
        );
        assert_eq!(tokens("U.S.").hashes(), tokens("US").hashes());
    }

    #[test]
    fn case_accents_and_quote_marks_do_not_change_the_hash() {
        assert_eq!(
            tokens("“Café” ﬁne don’t Straße").hashes(),
            tokens("CAFE fine don't strasse").hashes()
        );
    }

    #[test]
    fn scripts_without_spaces_give_one_token_a_character() {
        assert_eq!(words("普京警告 Biden"), ["普", "京", "警", "告", "Biden"]);
        assert_eq!(tokens("ｶﾞｷ").hashes(), tokens("ガキ").hashes());
    }

    #[test]
    fn invisible_characters_neither_part_nor_change_words() {
        let text = "\u{feff}Nego\u{ad}tiations wi\u{200b}th\u{200b} don\u{2060}'\u{2060}t";
        assert_eq!(
            tokens(text).hashes(),
            tokens("Negotiations with don't").hashes()
        );
        assert_eq!(words(text)[1], "wi\u{200b}th");
    }

    #[test]
    fn decomposed_accents_belong_to_their_word() {
        let text = "cafe\u{301}'s \u{301}x e\u{301}";
        assert_eq!(words(text), ["cafe\u{301}'s", "x", "e\u{301}"]);
        assert_eq!(tokens(text).hashes(), tokens("café's x é").hashes());
    }

    #[test]
    fn words_of_any_length_at_any_place_hash_alike() {
        for len in 1..40 {
            let word = "Abcdefghijklmnopqrstuvwxyz0123456789wxyz"
                .get(..len)
                .unwrap();
            for pad in 0..70 {
                let text = format!("{}{word}", " ".repeat(pad));
                let longer = format!("{text}, and so on and on");
                assert_eq!(
                    tokens(&text).hashes(),
                    [hash_word(word.to_lowercase().as_bytes())]
                );
                assert_eq!(tokens(&longer).hashes()[0], tokens(&text).hashes()[0]);
                assert_eq!(tokens(&text).spans(), [ByteSpan::new(pad, pad + len)]);
            }
        }
    }

    #[test]
    fn parts_are_tokenised_as_if_they_stood_alone() {
        let text = "one two’s three";
        let mut out = Tokens::default();
        Tokenizer::default().tokenize_parts(
            text,
            &[
                ByteSpan::new(0, 5),
                ByteSpan::new(5, 10),
                ByteSpan::new(13, 17),
            ],
            &mut out,
        );
        let found: Vec<_> = out.spans().iter().map(|s| s.of(text)).collect();
        assert_eq!(found, ["one", "t", "wo", "hree"]);
    }

    #[test]
    fn texts_longer_than_a_section_are_cut_nowhere_wrong() {
        for filler in ["plain words ", "it’s 1,5 a.b ", "unbroken", "普京"] {
            let text = filler.repeat(2_000);
            assert_eq!(tokens(&text), naive_tokens(&text), "{filler}");
        }
    }

    /// Text that dwells on everything that words are cut at.
    fn awkward_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            8 => "[a-zA-Z]{1,12}", 2 => "[0-9]{1,4}", 6 => "[ \n\t]", 4 => "[.,'’]",
            2 => "[-\"“”—_@#/()]", 2 => "[éßøﬁÅ普カｶﾞ한कि½٣５．，ʼ]", 1 => "[\u{301}\u{ad}\u{200b}\u{feff}\u{fe0f}]",
            1 => any::<char>().prop_map(String::from), 1 => "[a-z]{60,70}",
        ];
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn fast_equals_naive(text in awkward_text()) {
            let expected = naive_tokens(&text);
            for kernel in Kernel::all() {
                let mut out = Tokens::default();
                Tokenizer::with_kernel(kernel).tokenize(&text, &mut out);
                prop_assert_eq!(&out, &expected);
            }
        }

        #[test]
        fn hashes_alone_are_of_the_same_words(text in awkward_text()) {
            let mut words = WordHashes::default();
            Tokenizer::default().hash_words(&text, &mut words);
            let known: std::collections::HashMap<u64, u64> =
                tokens(&text).hashes().iter().copied().zip(words.as_slice().iter().copied()).collect();
            let tokens = tokens(&text);
            let again: Vec<u64> = tokens.hashes().iter().map(|hash| known[hash]).collect();
            prop_assert_eq!(words.as_slice(), again);
            // Equal words have equal second hashes, different ones different ones.
            let checks: std::collections::HashMap<u64, u64> =
                tokens.hashes().iter().copied().zip(words.checks().iter().copied()).collect();
            let again: Vec<u64> = tokens.hashes().iter().map(|hash| checks[hash]).collect();
            prop_assert_eq!(words.checks(), again);
            let distinct: std::collections::HashSet<&u64> = checks.values().collect();
            prop_assert_eq!(distinct.len(), checks.len());
            prop_assert_eq!(words.checks().len(), tokens.len());
        }

        #[test]
        fn plain_words_are_those_of_unicode(text in "([a-zA-Z]{1,9}(, |; |: |! |\n|-){1,2}){0,40}") {
            prop_assert_eq!(words(&text), text.unicode_words().collect::<Vec<_>>());
        }
    }
}
