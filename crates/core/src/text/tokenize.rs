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

use std::ops::Range;

use crate::ByteSpan;
use crate::hash::{SHORT_WORD, hash_short_word, hash_word};
use crate::kernel::{BLOCK, Kernel, Masks};
use crate::text::fold_char;
use crate::text::normalize::CharClass;

/// Token columns of one document: entry `i` of each column belongs to token `i`. Scratch of one worker, reused.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    hashes: Vec<u64>,
    spans: Vec<ByteSpan>,
    folded: Vec<u8>,
    cuts: Cuts,
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

    /// Appends one token.
    #[inline]
    pub(crate) fn push(&mut self, hash: u64, span: ByteSpan) {
        self.hashes.push(hash);
        self.spans.push(span);
    }

    /// Appends the token that the folded bytes spell, unless they spell nothing.
    fn close(&mut self, start: usize, end: usize) {
        if !self.folded.is_empty() {
            self.push(hash_word(&self.folded), ByteSpan::new(start, end));
            self.folded.clear();
        }
    }
}

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
        out.clear();
        self.append(text, ByteSpan::new(0, text.len()), out);
    }

    /// Replaces `out` by the tokens of those parts of `text` that `parts` names (ascending, disjoint). Spans index
    /// `text`; no token reaches from one part into another. O(bytes).
    ///
    /// # Panics
    /// When a part does not belong to `text`.
    pub fn tokenize_parts(&self, text: &str, parts: &[ByteSpan], out: &mut Tokens) {
        out.clear();
        for &part in parts {
            self.append(text, part, out);
        }
    }

    fn append(&self, text: &str, part: ByteSpan, out: &mut Tokens) {
        assert!(
            u32::try_from(text.len()).is_ok(),
            "a document is shorter than 4 GiB"
        );
        let slice = part.of(text);
        let mut cuts = std::mem::take(&mut out.cuts);
        let mut cutter = Cutter {
            text: slice,
            base: part.start as usize,
            out,
        };
        let mut at = 0;
        while at < slice.len() {
            let section = Section::beginning_at(slice.as_bytes(), at);
            match section {
                Section::Plain { end } => {
                    cuts.find(self.kernel, &slice.as_bytes()[at..end]);
                    cutter.section(&cuts, at, end);
                    at = end;
                }
                Section::Unbroken { end } => {
                    cutter.chars(at, end);
                    at = end;
                }
            }
        }
        out.cuts = cuts;
    }
}

/// Bytes that are classified at a time: their masks fit the first-level cache beside the text.
const SECTION: usize = 64 * BLOCK;

/// A stretch of text that begins where no word can reach in from before.
enum Section {
    /// Ends at `end`, at most [`SECTION`] bytes on: behind a separator or at the end of the text.
    Plain { end: usize },
    /// No separator is that near: `end` is the next one, or the end of the text.
    Unbroken { end: usize },
}

impl Section {
    fn beginning_at(bytes: &[u8], at: usize) -> Self {
        if bytes.len() - at <= SECTION {
            return Self::Plain { end: bytes.len() };
        }
        let far = at + SECTION;
        match bytes[at..far].iter().rposition(|&b| is_separator(b)) {
            Some(found) => Self::Plain {
                end: at + found + 1,
            },
            None => {
                let more = bytes[far..].iter().position(|&b| is_separator(b));
                Self::Unbroken {
                    end: more.map_or(bytes.len(), |n| far + n),
                }
            }
        }
    }
}

/// Whether `byte` is an ASCII character that ends a word whatever stands around it.
#[inline]
fn is_separator(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric() && !matches!(byte, b'\'' | b'.' | b',')
}

/// Bytes of the character that `bytes` begins with if it stands outside ASCII, is frequent in news text and ends a word
/// whatever stands around it (dashes, double quotation marks, ellipsis, no-break space); else 0.
#[inline]
fn wide_separator(bytes: &[u8]) -> usize {
    match bytes {
        [0xe2, 0x80, 0x90..=0x97 | 0x9c..=0xa3 | 0xa5..=0xa7, ..] => 3,
        [0xc2, 0xa0 | 0xa9 | 0xab | 0xbb, ..] => 2,
        _ => 0,
    }
}

/// How many of the `edges` at the front hold.
#[inline]
fn leading(edges: &[u32], holds: impl Fn(usize) -> bool) -> usize {
    edges
        .iter()
        .position(|&edge| !holds(edge as usize))
        .unwrap_or(edges.len())
}

/// Where a section may be cut. Scratch.
#[derive(Clone, Debug, Default)]
struct Cuts {
    masks: Vec<Masks>,
    /// Places of the first bytes of runs of ASCII letters and digits, and of the bytes behind their last, in turns. What
    /// stands past `edge_count` means nothing.
    edges: Vec<u32>,
    edge_count: usize,
    /// Bytes that the masks cannot decide about: outside ASCII, or a joiner with word characters on both sides. One bit
    /// a byte, [`BLOCK`] of them a word.
    special: Vec<u64>,
}

impl Cuts {
    fn find(&mut self, kernel: Kernel, bytes: &[u8]) {
        kernel.classify(bytes, &mut self.masks);
        self.edges.resize(bytes.len() + BLOCK + 1, 0);
        self.edge_count = 0;
        self.special.clear();
        let mut carry = 0;
        for (i, mask) in self.masks.iter().enumerate() {
            let after = self.masks.get(i + 1).map_or(0, |next| next.word << 63);
            let before = mask.word << 1 | carry;
            let room = &mut self.edges[self.edge_count..];
            self.edge_count += spread_bits(mask.word ^ before, i * BLOCK, room);
            self.special
                .push(mask.beyond | mask.joiner & before & (mask.word >> 1 | after));
            carry = mask.word >> 63;
        }
        self.edges[self.edge_count] = (self.masks.len() * BLOCK) as u32;
        self.edge_count += carry as usize;
    }
}

/// Bits that are written out without asking whether they are there: news text has some 22 edges in 64 bytes.
const USUAL_EDGES: usize = 24;

/// Writes the places of the set bits of `bits`, counted from `origin`, to the front of `out`, and returns how many there
/// are. What stands behind them in the first [`BLOCK`] entries of `out` is lost.
#[inline]
fn spread_bits(mut bits: u64, origin: usize, out: &mut [u32]) -> usize {
    let count = bits.count_ones() as usize;
    let mut write = |slots: &mut [u32]| {
        for slot in slots {
            *slot = origin as u32 + bits.trailing_zeros();
            bits &= bits.wrapping_sub(1);
        }
    };
    write(&mut out[..USUAL_EDGES]);
    if count > USUAL_EDGES {
        write(&mut out[USUAL_EDGES..count]);
    }
    count
}

/// The places of the bits that are set in a column of words, ascending.
struct Bits<'a> {
    words: &'a [u64],
    next_word: usize,
    left: u64,
}

impl<'a> Bits<'a> {
    fn of(words: &'a [u64]) -> Self {
        Self {
            words,
            next_word: 0,
            left: 0,
        }
    }

    /// Forgets the bits before `place`.
    fn skip_before(&mut self, place: usize) {
        if place >= 64 * self.next_word {
            self.next_word = place / 64 + 1;
            self.left = self.words.get(place / 64).copied().unwrap_or(0);
        }
        if place / 64 + 1 == self.next_word {
            self.left &= u64::MAX << (place % 64);
        }
    }
}

impl Iterator for Bits<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.left == 0 {
            self.left = *self.words.get(self.next_word)?;
            self.next_word += 1;
        }
        let bit = self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        Some(64 * (self.next_word - 1) + bit)
    }
}

/// Cuts one part of a text into tokens. Offsets are of `text` until they are stored, when `base` is added.
struct Cutter<'a> {
    text: &'a str,
    base: usize,
    out: &'a mut Tokens,
}

impl Cutter<'_> {
    /// Tokens of `start..end`, whose cuts are given relative to `start`.
    fn section(&mut self, cuts: &Cuts, start: usize, end: usize) {
        let mut edges = &cuts.edges[..cuts.edge_count];
        let mut special = Bits::of(&cuts.special);
        let mut done = 0;
        while let Some(found) = special.next() {
            let width = wide_separator(&self.text.as_bytes()[start + found..end]);
            if width > 0 {
                special.skip_before(found + width);
                continue;
            }
            let chunk = self.chunk_around(start + found, start + done, end);
            edges = self.plain_words(edges, start, chunk.start - start);
            self.chars(chunk.start, chunk.end);
            done = chunk.end - start;
            edges = &edges[leading(edges, |edge| edge <= done)..];
            special.skip_before(done);
        }
        self.plain_words(edges, start, end - start);
    }

    /// The longest stretch of `low..high` around `at` without a separator.
    fn chunk_around(&self, at: usize, low: usize, high: usize) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let before = bytes[low..at]
            .iter()
            .rev()
            .take_while(|&&b| !is_separator(b))
            .count();
        let after = bytes[at..high]
            .iter()
            .take_while(|&&b| !is_separator(b))
            .count();
        at - before..at + after
    }

    /// Tokens whose edges lie before `end`, a place between chunks, and the edges that are left. Places are counted
    /// from `origin`.
    fn plain_words<'e>(&mut self, edges: &'e [u32], origin: usize, end: usize) -> &'e [u32] {
        let (here, rest) = edges.split_at(leading(edges, |edge| edge <= end) & !1);
        let section = &self.text.as_bytes()[origin..];
        let words = here
            .chunks_exact(2)
            .map(|word| word[0] as usize..word[1] as usize);
        self.out
            .hashes
            .extend(words.map(|word| hash_plain_word(section, word)));
        let shift = (self.base + origin) as u32;
        let spans = here.chunks_exact(2);
        self.out.spans.extend(spans.map(|word| ByteSpan {
            start: shift + word[0],
            end: shift + word[1],
        }));
        rest
    }

    /// Tokens of `start..end`, which begins and ends between chunks, character by character.
    fn chars(&mut self, start: usize, end: usize) {
        let mut word = Word::default();
        let mut chars = self.text[start..end].char_indices();
        while let Some((at, c)) = chars.next() {
            let at = start + at;
            let behind = at + c.len_utf8();
            match CharClass::of(c) {
                CharClass::Ignorable => {}
                CharClass::Mark => word.extend_to(behind),
                CharClass::Alone => {
                    self.close(&mut word);
                    self.take(&mut word, c, at..behind);
                    self.close(&mut word);
                }
                class if class.is_word() => {
                    self.take(&mut word, c, at..behind);
                    word.last = class;
                }
                class if word.joins(class, chars.as_str()) => word.pass(class),
                _ => self.close(&mut word),
            }
        }
        self.close(&mut word);
    }

    /// Adds `c`, which stands at `at`, to the open word, or opens one.
    #[inline]
    fn take(&mut self, word: &mut Word, c: char, at: Range<usize>) {
        word.start.get_or_insert(at.start);
        word.end = at.end;
        word.run += 1;
        let folded = &mut self.out.folded;
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase() as u8);
        } else {
            fold_char(c, |f| {
                folded.extend_from_slice(f.encode_utf8(&mut [0; 4]).as_bytes())
            });
        }
    }

    fn close(&mut self, word: &mut Word) {
        if let Some(start) = word.start {
            self.out.close(self.base + start, self.base + word.end);
            *word = Word::default();
        }
    }
}

/// The word that is open while characters go by.
struct Word {
    /// Its first byte.
    start: Option<usize>,
    /// One past its last byte so far.
    end: usize,
    /// Word characters since its beginning or its last inner full stop.
    run: u32,
    /// Class of its last character, marks left out.
    last: CharClass,
}

impl Default for Word {
    fn default() -> Self {
        Self {
            start: None,
            end: 0,
            run: 0,
            last: CharClass::Other,
        }
    }
}

impl Word {
    /// An accent that ends before `behind` belongs to an open word.
    fn extend_to(&mut self, behind: usize) {
        if self.start.is_some() && self.last.is_word() {
            self.end = behind;
        }
    }

    /// Whether a joiner of class `class` stays inside the word, given the text behind it.
    fn joins(&self, class: CharClass, behind: &str) -> bool {
        use CharClass::{Apostrophe, Comma, Digit, FullStop, Ignorable, Letter, Mark};
        if !matches!(class, Apostrophe | Comma | FullStop) || !matches!(self.last, Letter | Digit) {
            return false;
        }
        let mut classes = behind
            .chars()
            .map(CharClass::of)
            .filter(|&c| c != Ignorable);
        let after = classes.next();
        match (class, self.last, after) {
            (Apostrophe, Letter, Some(Letter)) | (Comma | FullStop, Digit, Some(Digit)) => true,
            (FullStop, Letter, Some(Letter)) => {
                self.run == 1 && !classes.find(|&c| c != Mark).is_some_and(CharClass::is_word)
            }
            _ => false,
        }
    }

    fn pass(&mut self, joiner: CharClass) {
        self.last = joiner;
        if joiner == CharClass::FullStop {
            self.run = 0;
        }
    }
}

/// [`hash_word`] of a run of ASCII letters and digits, read from the text at once where 16 bytes stand there.
#[inline]
fn hash_plain_word(bytes: &[u8], word: Range<usize>) -> u64 {
    let len = word.len();
    if len > SHORT_WORD {
        return hash_word(&bytes[word].to_ascii_lowercase());
    }
    let padded = match bytes.get(word.start..word.start + SHORT_WORD) {
        Some(window) => u128::from_le_bytes(window.try_into().expect("the window has 16 bytes")),
        None => {
            let mut window = [0; SHORT_WORD];
            window[..len].copy_from_slice(&bytes[word]);
            u128::from_le_bytes(window)
        }
    };
    // Setting bit 5 makes ASCII letters lower case and leaves digits as they are.
    hash_short_word((padded | CASE_BITS) & LOW_BYTES[len])
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
        fn plain_words_are_those_of_unicode(text in "([a-zA-Z]{1,9}(, |; |: |! |\n|-){1,2}){0,40}") {
            prop_assert_eq!(words(&text), text.unicode_words().collect::<Vec<_>>());
        }
    }
}
