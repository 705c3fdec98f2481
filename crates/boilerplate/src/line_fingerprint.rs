//! Keys of lines: what makes two lines the same template.
//!
//! A key folds case, runs of digits, punctuation and white space, so that "Slideshow (4 images)" and "Slideshow (11
//! images)" are one line. Keys of the first words serve slot templates such as "See also _".

use wirecopy_text::hash::mix;

use super::swar::SwarWord;

/// How many leading words have a key of their own: the longest opening phrase of the lexicon.
pub(crate) const PREFIX_WORDS: usize = 6;

/// Lines up to this many bytes enter the key in full.
const LONG_LINE_BYTES: usize = 240;
/// Bytes at each end of a long line that enter the key.
const END_BYTES: usize = 96;

/// Keys of one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LineKeys {
    /// Of all words; 0 only for a line without letters and digits.
    pub whole: u64,
    /// Of the first 1, 2, ... words; as many as there are.
    prefixes: [u64; PREFIX_WORDS],
    /// Number of words.
    pub words: u32,
}

impl LineKeys {
    /// The keys of `line`: of all of it, or, past [`LONG_LINE_BYTES`], of its first and last [`END_BYTES`] bytes, which
    /// tell paragraphs apart as well and cost a fraction. O(1) for long lines, no allocation.
    pub(crate) fn of(line: &str) -> Self {
        let mut keys = Self::default();
        let mut state = LineHasher::default();
        if line.len() > LONG_LINE_BYTES {
            let head = line.get(..line.floor_char_boundary(END_BYTES));
            let tail = line.get(line.ceil_char_boundary(line.len() - END_BYTES)..);
            for end in head.into_iter().chain(tail) {
                state.fold(end, &mut keys);
            }
        } else {
            state.fold(line, &mut keys);
        }
        state.end_word(&mut keys);
        keys.whole = if keys.words == 0 { 0 } else { mix(state.hash) };
        keys
    }

    /// The key of the first `words` words, if the line has as many and they are counted.
    pub(crate) fn prefix(&self, words: usize) -> Option<u64> {
        (words > 0 && words <= PREFIX_WORDS && words <= self.words as usize)
            .then(|| self.prefixes[words - 1])
    }

    fn close_word(&mut self, hash: u64) {
        if let Some(slot) = self.prefixes.get_mut(self.words as usize) {
            *slot = mix(hash);
        }
        self.words += 1;
    }
}

/// In [`FOLDED`]: ends a word.
const SEPARATOR: u8 = 0;
/// In [`FOLDED`]: is passed over inside a word.
const SKIPPED: u8 = 1;
/// What each ASCII byte enters the key as: small letters, `0` for every digit, a few marks that make a difference.
const FOLDED: [u8; 128] = folded_bytes();

const fn folded_bytes() -> [u8; 128] {
    let mut table = [SEPARATOR; 128];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = match byte {
            b'a'..=b'z' | b'&' | b'@' | b'#' => byte,
            b'A'..=b'Z' => byte | 0x20,
            b'0'..=b'9' => b'0',
            b'\'' => SKIPPED,
            _ => SEPARATOR,
        };
        byte += 1;
    }
    table
}

/// Running state: eight folded bytes at a time are mixed in by a multiplication, and what is left of a word at its end
/// with its length, so that words do not run together.
struct LineHasher {
    hash: u64,
    /// The bytes since the last mixing, the latest lowest.
    block: u64,
    /// Their number, below 8.
    filled: u32,
    last: u8,
}

/// An odd constant with well-spread bits: 2^64 over the golden ratio.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// The state behind another block.
#[inline]
fn mixed(hash: u64, block: u64) -> u64 {
    let product = (hash ^ block).wrapping_mul(MULTIPLIER);
    product ^ product >> 32
}

/// What marks the block of the `left` bytes, seven at most, that end a word: the length has the highest byte to itself.
#[inline]
fn ending(left: u32) -> u64 {
    u64::from(left) << 56 | 1 << 63
}

impl Default for LineHasher {
    fn default() -> Self {
        Self {
            hash: MULTIPLIER,
            block: 0,
            filled: 0,
            last: b' ',
        }
    }
}

impl LineHasher {
    fn fold(&mut self, line: &str, keys: &mut LineKeys) {
        let bytes = line.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte < 0x80 {
                at += match self.plain_word(bytes, at) {
                    Some(length) => {
                        keys.close_word(self.hash);
                        length
                    }
                    None => {
                        self.ascii(byte, keys);
                        1
                    }
                };
            } else {
                let c = line.get(at..).and_then(|rest| rest.chars().next());
                let c = c.expect("an index below the length starts a character");
                self.other(c, keys);
                at += c.len_utf8();
            }
        }
    }

    /// Folds the word at `at`, if one begins there that is all ASCII letters up to a separator, which is not the end of
    /// `bytes`. Gives the bytes of both. The same as [`ascii`](Self::ascii) does byte by byte.
    #[inline]
    fn plain_word(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        if self.last != b' ' || !bytes[at].is_ascii_alphabetic() {
            return None;
        }
        let mut hash = self.hash;
        let mut end = at;
        loop {
            let eight = SwarWord::at(bytes, end);
            let (_, letters) = eight.runs();
            end += letters;
            let block = eight.small_in_order(letters);
            if letters < 8 {
                hash = mixed(hash, block | ending(letters as u32));
                break;
            }
            hash = mixed(hash, block);
        }
        let behind = FOLDED.get(usize::from(*bytes.get(end)?));
        (behind == Some(&SEPARATOR)).then(|| {
            self.hash = hash;
            end + 1 - at
        })
    }

    #[inline]
    fn push(&mut self, byte: u8) {
        self.block = self.block << 8 | u64::from(byte);
        self.filled += 1;
        self.last = byte;
        if self.filled == 8 {
            self.mix_in(self.block);
        }
    }

    fn mix_in(&mut self, block: u64) {
        self.hash = mixed(self.hash, block);
        self.block = 0;
        self.filled = 0;
    }

    #[inline]
    fn ascii(&mut self, byte: u8, keys: &mut LineKeys) {
        match FOLDED[usize::from(byte)] {
            SEPARATOR => self.end_word(keys),
            SKIPPED => {}
            b'0' if self.last == b'0' => {}
            folded => self.push(folded),
        }
    }

    fn other(&mut self, c: char, keys: &mut LineKeys) {
        if c == '©' {
            self.push(b'c');
        } else if c.is_alphanumeric() {
            for lower in c.to_lowercase() {
                let mut buffer = [0; 4];
                lower
                    .encode_utf8(&mut buffer)
                    .bytes()
                    .for_each(|byte| self.push(byte));
            }
        } else if !matches!(c, '’' | '‘' | '\u{ad}' | '\u{200b}'..='\u{200f}') {
            self.end_word(keys);
        }
    }

    #[inline]
    fn end_word(&mut self, keys: &mut LineKeys) {
        if self.last != b' ' {
            self.mix_in(self.block | ending(self.filled));
            keys.close_word(self.hash);
            self.last = b' ';
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn digits_case_and_punctuation_fold() {
        let same = |a, b| LineKeys::of(a).whole == LineKeys::of(b).whole;
        assert!(same("Slideshow (4 images)", "SLIDESHOW: 11 Images"));
        assert!(same("Don’t miss", "Don't  miss …"));
        assert!(same("À LIRE", "à lire"));
        assert!(!same("see also", "seealso"));
        assert_eq!(LineKeys::of(" — … ").whole, 0);
    }

    proptest! {
        #[test]
        fn plain_words_fold_as_their_bytes_do(line in "([a-zA-Z]{1,20}|[a-z]{1,9}[0-9’'&é]?[a-z]{0,9}|[ ,.—#]{1,3}){0,30}") {
            let mut keys = LineKeys::default();
            let mut state = LineHasher::default();
            for c in line.chars() {
                match u8::try_from(c).ok().filter(u8::is_ascii) {
                    Some(byte) => state.ascii(byte, &mut keys),
                    None => state.other(c, &mut keys),
                }
            }
            state.end_word(&mut keys);
            keys.whole = if keys.words == 0 { 0 } else { mix(state.hash) };
            prop_assert!(line.len() > LONG_LINE_BYTES || LineKeys::of(&line) == keys);
        }
    }

    #[test]
    fn a_prefix_key_is_the_key_of_those_words() {
        let line = LineKeys::of("See also: The tide turns");
        assert_eq!(line.words, 5);
        assert_eq!(
            line.prefix(2),
            Some(LineKeys::of("see also").whole_without_space())
        );
        assert_eq!(line.prefix(6), None);
    }

    impl LineKeys {
        fn whole_without_space(&self) -> u64 {
            self.prefixes[self.words as usize - 1]
        }
    }
}
