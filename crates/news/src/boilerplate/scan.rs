//! Finding many phrases at once, without regard to ASCII case.
//!
//! Every phrase is filed under its rarest four bytes. The scan hashes each four-byte window of the text into a bit map of
//! 8 KiB, which stays in the first-level cache, and looks further only where a bit is set. Positions do not depend on
//! each other, so the processor can overlap them, where each step of an automaton waits for the one before. The idea is
//! that of Wu and Manber's filter (1994) without its shifts.

use hashbrown::HashMap;

/// Bytes of a window.
const GRAM_BYTES: usize = 4;
/// Bits of the map: each phrase sets one at most, so a thousand phrases set less than 2 % of them.
const FILTER_BITS: usize = 1 << 16;

/// The compiled phrases.
pub(crate) struct Scanner {
    filter: Vec<u64>,
    /// Window to the phrases filed under it, each with the window's place in the phrase.
    grams: HashMap<u32, Vec<(u32, usize)>>,
    phrases: Vec<String>,
}

impl Scanner {
    /// Compiles `phrases`, each at least four bytes long. O(total length).
    ///
    /// # Panics
    /// When a phrase is shorter.
    pub(crate) fn new(phrases: Vec<String>) -> Self {
        let mut filter = vec![0; FILTER_BITS / 64];
        let mut grams: HashMap<u32, Vec<(u32, usize)>> = HashMap::new();
        for (number, phrase) in (0u32..).zip(&phrases) {
            let (offset, gram) = rarest_gram(phrase.as_bytes());
            let bit = filter_bit(gram);
            filter[bit / 64] |= 1 << (bit % 64);
            grams.entry(gram).or_default().push((number, offset));
        }
        Self {
            filter,
            grams,
            phrases,
        }
    }

    /// Calls `found` with phrase number, start and end for every occurrence in `bytes`, in no particular order;
    /// occurrences may overlap. O(n) for texts in which few windows are filed.
    pub(crate) fn find(&self, bytes: &[u8], mut found: impl FnMut(u32, usize, usize)) {
        for (at, window) in bytes.windows(GRAM_BYTES).enumerate() {
            let gram = gram(window);
            let bit = filter_bit(gram);
            if self.filter[bit / 64] >> (bit % 64) & 1 == 0 {
                continue;
            }
            for &(number, offset) in self.grams.get(&gram).into_iter().flatten() {
                let phrase = self.phrases[number as usize].as_bytes();
                let Some(start) = at.checked_sub(offset) else {
                    continue;
                };
                let end = start + phrase.len();
                if bytes
                    .get(start..end)
                    .is_some_and(|part| part.eq_ignore_ascii_case(phrase))
                {
                    found(number, start, end);
                }
            }
        }
    }
}

/// A window as a number, with the case bit of letters set. Some marks fold together too, which the comparison sorts out.
#[inline]
fn gram(window: &[u8]) -> u32 {
    u32::from_le_bytes([window[0], window[1], window[2], window[3]]) | 0x2020_2020
}

#[inline]
fn filter_bit(gram: u32) -> usize {
    (gram.wrapping_mul(0x9e37_79b1) >> 16) as usize
}

/// Place and value of the window whose bytes are rarest, taken alone, in English text.
fn rarest_gram(phrase: &[u8]) -> (usize, u32) {
    let cost = |window: &[u8]| window.iter().map(|&byte| commonness(byte)).product::<f64>();
    let best = phrase
        .windows(GRAM_BYTES)
        .enumerate()
        .min_by(|left, right| cost(left.1).total_cmp(&cost(right.1)));
    let (at, window) = best.expect("a phrase has at least four bytes");
    (at, gram(window))
}

/// Per mille of a byte in English text, roughly; only the order matters.
fn commonness(byte: u8) -> f64 {
    const ORDER: &[u8] = b" etaoinsrhldcumpfgwybvk";
    match ORDER
        .iter()
        .position(|&common| common == byte.to_ascii_lowercase())
    {
        Some(0) => 180.0,
        Some(rank) => 100.0 / rank as f64,
        None => 2.0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(phrases: &[&str], text: &str) -> Vec<(u32, usize, usize)> {
        let mut out = Vec::new();
        let scanner = Scanner::new(phrases.iter().map(|&phrase| phrase.to_owned()).collect());
        scanner.find(text.as_bytes(), |number, start, end| {
            out.push((number, start, end))
        });
        out.sort_unstable();
        out
    }

    proptest! {
        #[test]
        fn every_occurrence_is_found(text in "[abAB é/]{0,60}") {
            let phrases = ["abab", "b a/b", "aaaa", "é ab", "ab/é b"];
            let lower = text.to_ascii_lowercase();
            let mut naive = Vec::new();
            for (number, phrase) in (0u32..).zip(phrases) {
                let starts = (0..lower.len()).filter(|&at| lower.as_bytes()[at..].starts_with(phrase.as_bytes()));
                naive.extend(starts.map(|at| (number, at, at + phrase.len())));
            }
            prop_assert_eq!(all(&phrases, &text), naive);
        }
    }
}
