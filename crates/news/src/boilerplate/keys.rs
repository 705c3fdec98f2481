//! Keys of lines: what makes two lines the same template.
//!
//! A key folds case, runs of digits, punctuation and white space, so that "Slideshow (4 images)" and "Slideshow (11
//! images)" are one line. Keys of the first words serve slot templates such as "See also _".

use wirecopy_core::hash::mix;

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
        let mut state = Fold::default();
        if line.len() > LONG_LINE_BYTES {
            state.fold(&line[..line.floor_char_boundary(END_BYTES)], &mut keys);
            state.fold(
                &line[line.ceil_char_boundary(line.len() - END_BYTES)..],
                &mut keys,
            );
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
struct Fold {
    hash: u64,
    /// The bytes since the last mixing, the latest lowest.
    block: u64,
    /// Their number, below 8.
    filled: u32,
    last: u8,
}

/// An odd constant with well-spread bits: 2^64 over the golden ratio.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

impl Default for Fold {
    fn default() -> Self {
        Self {
            hash: MULTIPLIER,
            block: 0,
            filled: 0,
            last: b' ',
        }
    }
}

impl Fold {
    fn fold(&mut self, line: &str, keys: &mut LineKeys) {
        let bytes = line.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte < 0x80 {
                self.ascii(byte, keys);
                at += 1;
            } else {
                let c = line[at..]
                    .chars()
                    .next()
                    .expect("an index below the length starts a character");
                self.other(c, keys);
                at += c.len_utf8();
            }
        }
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
        let product = (self.hash ^ block).wrapping_mul(MULTIPLIER);
        self.hash = product ^ product >> 32;
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
            // Seven bytes at most are left, so the length has the highest byte to itself.
            self.mix_in(self.block | u64::from(self.filled) << 56 | 1 << 63);
            keys.close_word(self.hash);
            self.last = b' ';
        }
    }
}

#[cfg(test)]
mod tests {
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
