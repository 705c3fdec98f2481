//! Finding many phrases at once, without regard to ASCII case.
//!
//! Every phrase is filed under two neighbouring windows of four bytes, the rarest that it has. The scan hashes every
//! second four-byte window of the text into a bit map of 8 KiB, which stays in the first-level cache, and looks further
//! only where a bit is set: of two neighbouring windows one stands at an even place, so no occurrence is missed.
//! Phrases of one window alone are found by their rarest byte. Positions do not depend on each other, so the processor can overlap them, where each step of an automaton waits for
//! the one before. The idea is that of Wu and Manber's filter (1994) with a fixed shift of two.

use hashbrown::HashMap;

/// Bytes of a window.
const GRAM_BYTES: usize = 4;
/// Bytes of the shortest phrase: two windows.
const SHORTEST_PHRASE: usize = GRAM_BYTES + 1;
/// Bits of the map: each phrase sets two at most, so a thousand phrases set some 3 % of them.
const FILTER_BITS: usize = 1 << 16;

/// The case bit of letters, in eight bytes.
const FOLDED_CASE: u64 = 0x2020_2020_2020_2020;

/// A phrase under one of its keys.
struct Filing {
    /// Number of the phrase.
    number: u32,
    /// Place of the key in it.
    offset: usize,
    /// Its window far from the key, compared before all of it is, and that one's place.
    other: (u32, usize),
}

impl Filing {
    fn new(number: u32, phrase: &[u8], offset: usize) -> Self {
        let far = if offset >= GRAM_BYTES {
            0
        } else {
            phrase.len() - GRAM_BYTES
        };
        Self {
            number,
            offset,
            other: (gram(&phrase[far..]), far),
        }
    }
}

/// Phrases that are filed under one key.
type Filed = Vec<Filing>;

/// The compiled phrases.
pub(crate) struct Scanner {
    filter: Box<[u64; FILTER_BITS / 64]>,
    /// Window to the phrases filed under it, each with the window's place in the phrase.
    grams: HashMap<u32, Filed>,
    /// Rarest byte, in both cases, of the phrases that have no two windows, and they with its place in them.
    short: Vec<([u8; 2], Filed)>,
    phrases: Vec<String>,
}

impl Scanner {
    /// Compiles `phrases`, each at least four bytes long. O(total length).
    ///
    /// # Panics
    /// When a phrase is shorter.
    pub(crate) fn new(phrases: Vec<String>) -> Self {
        let mut filter = Box::new([0; FILTER_BITS / 64]);
        let mut grams: HashMap<u32, Filed> = HashMap::new();
        let mut short: Vec<([u8; 2], Filed)> = Vec::new();
        for (number, phrase) in (0u32..).zip(&phrases) {
            if phrase.len() < SHORTEST_PHRASE {
                let (offset, byte) = rarest_byte(phrase.as_bytes());
                let filing = Filing::new(number, phrase.as_bytes(), offset);
                let cases = [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()];
                match short.iter_mut().find(|(held, _)| *held == cases) {
                    Some((_, filed)) => filed.push(filing),
                    None => short.push((cases, vec![filing])),
                }
                continue;
            }
            let first = rarest_pair(phrase.as_bytes());
            for offset in [first, first + 1] {
                let gram = gram(&phrase.as_bytes()[offset..]);
                let bit = filter_bit(gram);
                filter[bit / 64] |= 1 << (bit % 64);
                let filing = Filing::new(number, phrase.as_bytes(), offset);
                grams.entry(gram).or_default().push(filing);
            }
        }
        Self {
            filter,
            grams,
            short,
            phrases,
        }
    }

    /// Calls `found` with phrase number, start and end for every occurrence in `bytes`, in no particular order;
    /// occurrences may overlap. O(n) for texts in which few windows are filed.
    pub(crate) fn find(&self, bytes: &[u8], mut found: impl FnMut(u32, usize, usize)) {
        let mut at = 0;
        // Eight bytes hold three windows at even places.
        while let Some(chunk) = bytes[at..].first_chunk::<8>() {
            let chunk = u64::from_le_bytes(*chunk) | FOLDED_CASE;
            let grams = [chunk, chunk >> 16, chunk >> 32].map(|gram| gram as u32);
            if grams.iter().any(|&gram| self.may_be_filed(gram)) {
                for (place, gram) in (at..).step_by(2).zip(grams) {
                    self.look_up(bytes, (place, gram), &mut found);
                }
            }
            at += 6;
        }
        while let Some(window) = bytes[at.min(bytes.len())..].first_chunk::<GRAM_BYTES>() {
            self.look_up(bytes, (at, gram(window)), &mut found);
            at += 2;
        }
        for (cases, filed) in &self.short {
            for at in memchr::memchr2_iter(cases[0], cases[1], bytes) {
                self.verify(bytes, (at, filed), &mut found);
            }
        }
    }

    #[inline]
    fn may_be_filed(&self, gram: u32) -> bool {
        let bit = filter_bit(gram);
        self.filter[bit / 64] >> (bit % 64) & 1 == 1
    }

    /// Calls `found` for the phrases that are filed under the window `gram` at `at` and are there.
    fn look_up(
        &self,
        bytes: &[u8],
        (at, gram): (usize, u32),
        found: &mut impl FnMut(u32, usize, usize),
    ) {
        if self.may_be_filed(gram)
            && let Some(filed) = self.grams.get(&gram)
        {
            self.verify(bytes, (at, filed), found);
        }
    }

    /// Calls `found` for those of `filed`, whose key stands at `at`, that are there.
    fn verify(
        &self,
        bytes: &[u8],
        (at, filed): (usize, &[Filing]),
        found: &mut impl FnMut(u32, usize, usize),
    ) {
        for filing in filed {
            let Some(start) = at.checked_sub(filing.offset) else {
                continue;
            };
            let (other, place) = filing.other;
            let window = bytes
                .get(start + place..)
                .and_then(|rest| rest.first_chunk::<GRAM_BYTES>());
            if window.is_none_or(|window| gram(window) != other) {
                continue;
            }
            let phrase = self.phrases[filing.number as usize].as_bytes();
            let end = start + phrase.len();
            if bytes
                .get(start..end)
                .is_some_and(|part| part.eq_ignore_ascii_case(phrase))
            {
                found(filing.number, start, end);
            }
        }
    }
}

/// Place and value of the byte that is rarest in English text.
fn rarest_byte(phrase: &[u8]) -> (usize, u8) {
    let bytes = phrase.iter().copied().enumerate();
    let best = bytes.min_by(|left, right| commonness(left.1).total_cmp(&commonness(right.1)));
    best.expect("a phrase is not empty")
}

/// The first four bytes of `window` as a number, with the case bit of letters set. Some marks fold together too, which
/// the comparison sorts out.
#[inline]
fn gram(window: &[u8]) -> u32 {
    let bytes = window
        .first_chunk::<GRAM_BYTES>()
        .expect("windows have four bytes");
    u32::from_le_bytes(*bytes) | FOLDED_CASE as u32
}

#[inline]
fn filter_bit(gram: u32) -> usize {
    (gram.wrapping_mul(0x9e37_79b1) >> 16) as usize
}

/// Place of the two neighbouring windows whose bytes are rarest, taken alone, in English text.
fn rarest_pair(phrase: &[u8]) -> usize {
    let cost = |window: &[u8]| window.iter().map(|&byte| commonness(byte)).product::<f64>();
    let pair_cost = |pair: &[u8]| cost(&pair[1..]) + cost(&pair[..GRAM_BYTES]);
    let best = phrase
        .windows(SHORTEST_PHRASE)
        .enumerate()
        .min_by(|left, right| pair_cost(left.1).total_cmp(&pair_cost(right.1)));
    best.expect("a phrase has at least five bytes").0
}

/// Per mille of a byte in English text, roughly; only the order matters.
fn commonness(byte: u8) -> f64 {
    COMMONNESS[usize::from(byte.to_ascii_lowercase())]
}

static COMMONNESS: [f64; 256] = commonness_of_bytes();

const fn commonness_of_bytes() -> [f64; 256] {
    const ORDER: &[u8] = b" etaoinsrhldcumpfgwybvk";
    let mut table = [2.0; 256];
    let mut rank = 0;
    while rank < ORDER.len() {
        table[ORDER[rank] as usize] = if rank == 0 {
            180.0
        } else {
            100.0 / rank as f64
        };
        rank += 1;
    }
    table
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
            let phrases = ["abab", "b a/b", "aaaaa", "a/ab", "é ab", "ab/é b"];
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
