//! Eight bytes of text at a time: which of them are ASCII letters and digits, by arithmetic on one machine word.
//!
//! Words of news have five or six bytes, so that one look finds where most of them end; a loop over bytes would be wrong
//! about the end of nearly every word. Serves [`spelling`](super::spelling) and [`keys`](super::keys).

const ONES: u64 = u64::from_le_bytes([1; 8]);
/// The top bit of every byte.
const TOPS: u64 = ONES << 7;
/// The bit that makes capitals small and leaves digits as they are, in every byte.
const CASE: u64 = ONES << 5;

/// Eight bytes, the first one lowest; past the end of the text they are 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SwarWord(u64);

impl SwarWord {
    /// The bytes of `text` from `at` on.
    #[inline]
    pub(super) fn at(text: &[u8], at: usize) -> Self {
        match text.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
            Some(bytes) => Self(u64::from_le_bytes(*bytes)),
            None => Self::last(text, at),
        }
    }

    #[cold]
    fn last(text: &[u8], at: usize) -> Self {
        let mut bytes = [0; 8];
        let rest = text.get(at..).unwrap_or_default();
        bytes[..rest.len()].copy_from_slice(rest);
        Self(u64::from_le_bytes(bytes))
    }

    /// How many ASCII letters and digits it opens with, and how many letters alone.
    #[inline]
    pub(super) fn runs(self) -> (usize, usize) {
        let letters = within(self.0 | CASE, b'a', b'z') & !self.0;
        let digits = within(self.0, b'0', b'9') & !self.0;
        let run = |marks: u64| (!marks & TOPS).trailing_zeros() as usize / 8;
        (run(letters | digits), run(letters))
    }

    /// The first `length` bytes, made small, with zeros behind. They are letters and digits.
    #[inline]
    pub(super) fn small(self, length: usize) -> u64 {
        (self.0 | CASE) & FIRST[length]
    }

    /// The first `length` bytes, made small, as the low bytes of a number whose lowest is the last of them.
    #[inline]
    pub(super) fn small_in_order(self, length: usize) -> u64 {
        (self.small(length) << (8 * (8 - length) % 64)).swap_bytes()
    }
}

/// Entry `n` keeps the first `n` bytes.
const FIRST: [u64; 9] = {
    let mut masks = [u64::MAX; 9];
    let mut n = 0;
    while n < 8 {
        masks[n] = (1 << (8 * n)) - 1;
        n += 1;
    }
    masks
};

/// The top bit of each ASCII byte that lies in `first..=last`; of other bytes it means nothing.
#[inline]
fn within(bytes: u64, first: u8, last: u8) -> u64 {
    let bytes = bytes & !TOPS;
    let reaches = bytes + ONES * u64::from(0x80 - first);
    let passes = bytes + ONES * u64::from(0x7f - last);
    reaches & !passes & TOPS
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn runs_are_those_of_bytes(text in prop::collection::vec(prop_oneof![any::<u8>(), b'a'..=b'z', b'0'..=b'9'], 0..12), at in 0_usize..14) {
            let rest = text.get(at..).unwrap_or_default();
            let run = |wanted: fn(&u8) -> bool| rest.iter().take(8).take_while(|byte| wanted(byte)).count();
            let eight = SwarWord::at(&text, at);
            let (words, letters) = eight.runs();
            prop_assert_eq!((words, letters), (run(u8::is_ascii_alphanumeric), run(u8::is_ascii_alphabetic)));
            let small: Vec<u8> = rest[..words].iter().map(u8::to_ascii_lowercase).collect();
            prop_assert_eq!(&eight.small(words).to_le_bytes()[..words], &small[..]);
            prop_assert_eq!(&eight.small_in_order(words).to_be_bytes()[8 - words..], &small[..]);
            prop_assert!(words == 8 || eight.small_in_order(words) >> (8 * words) == 0);
        }
    }
}
