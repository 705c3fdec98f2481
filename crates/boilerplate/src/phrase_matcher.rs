//! Finding many phrases at once, without regard to ASCII case.
//!
//! Every phrase is filed under two neighbouring windows of six bytes, the rarest that it has. The scan hashes every
//! second window of the text into a bit map of 16 KiB, which stays in the first-level cache, and looks further
//! only where a bit is set: of two neighbouring windows one stands at an even place, so no occurrence is missed.
//! Windows of four bytes would be met ten times as often, and cost more than the scan. Shorter phrases are found by
//! their rarest byte, or, where none is rare, filed with every byte before or behind them. Positions do not depend on each
//! other, so the processor can overlap them, where each step of an automaton waits for
//! the one before. The idea is that of Wu and Manber's filter (1994) with a fixed shift of two.

/// Bytes of a window.
const GRAM_BYTES: usize = 6;
/// Bytes of the shortest phrase that has two windows.
const SHORTEST_PHRASE: usize = GRAM_BYTES + 1;
/// Bits of the map: each phrase sets two at most, so a thousand phrases set some 2 % of them.
const FILTER_BITS: usize = 1 << 17;
/// Parts that the windows are filed in.
const DRAWERS: usize = 1 << 12;
/// Per mille of text from which on a byte is not rare.
const RARE: f64 = 5.0;

/// The case bit of letters, in the bytes of a window.
const FOLDED_CASE: u64 = 0x2020_2020_2020;

/// A phrase under one of its keys.
#[derive(Clone)]
struct Posting {
    /// The key; of a phrase that is filed by its rarest byte, none.
    gram: u64,
    /// Number of the phrase.
    number: u32,
    /// Place of the key in it; below 0 where the byte before it is in the key.
    offset: isize,
}

/// Phrases that are filed under one key.
type Filed = Vec<Posting>;

/// The compiled phrases.
pub(crate) struct Scanner {
    filter: Box<[u64; FILTER_BITS / 64]>,
    /// The phrases that are filed under windows, by drawer.
    grams: Filed,
    /// Where each drawer begins in `grams`, and where the last one ends.
    drawers: Box<[u16]>,
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
        let mut grams: Filed = Vec::new();
        let mut short: Vec<([u8; 2], Filed)> = Vec::new();
        for (number, phrase) in (0u32..).zip(&phrases) {
            let phrase = phrase.as_bytes();
            assert!(phrase.len() >= 4, "phrases have four bytes or more");
            let (offset, byte) = rarest_byte(phrase);
            if phrase.len() >= SHORTEST_PHRASE {
                let first = rarest_pair(phrase);
                for offset in [first, first + 1] {
                    grams.push(Posting {
                        gram: gram(eight_bytes(phrase, offset)),
                        number,
                        offset: offset as isize,
                    });
                }
            } else if phrase.len() == GRAM_BYTES && commonness(byte) > RARE {
                grams.push(Posting {
                    gram: gram(eight_bytes(phrase, 0)),
                    number,
                    offset: 0,
                });
                grams.extend(with_any_before(phrase).map(|gram| Posting {
                    gram,
                    number,
                    offset: -1,
                }));
            } else {
                let filing = Posting {
                    gram: 0,
                    number,
                    offset: offset as isize,
                };
                let cases = [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()];
                match short.iter_mut().find(|(held, _)| *held == cases) {
                    Some((_, filed)) => filed.push(filing),
                    None => short.push((cases, vec![filing])),
                }
            }
        }
        let mut filter = Box::new([0; FILTER_BITS / 64]);
        for bit in grams.iter().map(|filing| filter_bit(filing.gram)) {
            filter[bit / 64] |= 1 << (bit % 64);
        }
        grams.sort_by_key(|filing| bucket(filing.gram));
        let begins = |number| grams.partition_point(|filing| bucket(filing.gram) < number);
        let begins = |number| u16::try_from(begins(number)).expect("there are some thousand");
        let drawers = (0..=DRAWERS).map(begins).collect();
        Self {
            filter,
            grams,
            drawers,
            short,
            phrases,
        }
    }

    /// Calls `found` with phrase number, start and end for every occurrence in `bytes`, in no particular order;
    /// occurrences may overlap. O(n) for texts in which few windows are filed.
    pub(crate) fn find(&self, bytes: &[u8], mut found: impl FnMut(u32, usize, usize)) {
        let mut at = 0;
        // Fourteen bytes hold four windows at even places, each in the first six of eight.
        while let Some(part) = bytes.get(at..at + 14) {
            let grams = [
                gram(first_eight(part)),
                gram(first_eight(&part[2..])),
                gram(first_eight(&part[4..])),
                gram(first_eight(&part[6..])),
            ];
            let first = self.filed(grams[0]) | self.filed(grams[1]);
            let last = self.filed(grams[2]) | self.filed(grams[3]);
            if (first | last) & 1 == 1 {
                for (place, gram) in grams.into_iter().enumerate() {
                    self.look_up(bytes, (at + 2 * place, gram), &mut found);
                }
            }
            at += 8;
        }
        while at + GRAM_BYTES <= bytes.len() {
            self.look_up(bytes, (at, gram(eight_bytes(bytes, at))), &mut found);
            at += 2;
        }
        for (cases, filed) in &self.short {
            for at in memchr::memchr2_iter(cases[0], cases[1], bytes) {
                for filing in filed {
                    self.verify(bytes, (at, filing), &mut found);
                }
            }
        }
    }

    /// A number whose lowest bit is set if `gram` may be filed.
    #[inline]
    fn filed(&self, gram: u64) -> u64 {
        let bit = filter_bit(gram);
        self.filter[bit / 64] >> (bit % 64)
    }

    /// Calls `found` for the phrases that are filed under the window `gram` at `at` and are there.
    #[inline]
    fn look_up(
        &self,
        bytes: &[u8],
        (at, gram): (usize, u64),
        found: &mut impl FnMut(u32, usize, usize),
    ) {
        if self.filed(gram) & 1 == 1 {
            let bucket = bucket(gram);
            let (first, end) = (self.drawers[bucket], self.drawers[bucket + 1]);
            for filing in &self.grams[usize::from(first)..usize::from(end)] {
                if filing.gram == gram {
                    self.verify(bytes, (at, filing), found);
                }
            }
        }
    }

    /// Calls `found` for the phrase of `filing`, whose key stands at `at`, if it is there.
    fn verify(
        &self,
        bytes: &[u8],
        (at, filing): (usize, &Posting),
        found: &mut impl FnMut(u32, usize, usize),
    ) {
        let Some(start) = at.checked_add_signed(-filing.offset) else {
            return;
        };
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

/// Place and value of the byte that is rarest in English text.
fn rarest_byte(phrase: &[u8]) -> (usize, u8) {
    let bytes = phrase.iter().copied().enumerate();
    let best = bytes.min_by(|left, right| commonness(left.1).total_cmp(&commonness(right.1)));
    best.expect("a phrase is not empty")
}

/// The first six of `eight` bytes, with the case bit of letters set. Some marks fold together too, which the comparison
/// sorts out.
#[inline]
fn gram(eight: u64) -> u64 {
    (eight | FOLDED_CASE) << 16 >> 16
}

/// The first eight bytes of `bytes`, which are there, the first one lowest.
#[inline]
fn first_eight(bytes: &[u8]) -> u64 {
    let eight = bytes.first_chunk().expect("eight bytes are left");
    u64::from_le_bytes(*eight)
}

/// The bytes from `at` on, zeros behind the last.
fn eight_bytes(bytes: &[u8], at: usize) -> u64 {
    let rest = &bytes[at..];
    let rest = &rest[..rest.len().min(8)];
    let mut eight = [0; 8];
    eight[..rest.len()].copy_from_slice(rest);
    u64::from_le_bytes(eight)
}

/// The windows of any byte and the first five of `phrase`.
fn with_any_before(phrase: &[u8]) -> impl Iterator<Item = u64> {
    let behind = eight_bytes(phrase, 0) << 8;
    let folded = (0..=u8::MAX).filter(|byte| byte & 0x20 != 0);
    folded.map(move |byte| gram(behind | u64::from(byte)))
}

#[inline]
fn filter_bit(gram: u64) -> usize {
    (gram.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - FILTER_BITS.ilog2())) as usize
}

/// The drawer of a window: the upper bits of its place in the map.
#[inline]
fn bucket(gram: u64) -> usize {
    filter_bit(gram) / (FILTER_BITS / DRAWERS)
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
            let phrases = [
                "abab", "b a/b", "aaaaa", "a/ab", "é ab", "ab/é b", "aabab/a", "bbaaba b", "abaaba",
            ];
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
