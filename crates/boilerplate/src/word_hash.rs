//! Words as [`words`](super::words) knows them: runs of letters and digits, hashed without regard to case.
//!
//! Three ways lead to the same hashes. Words of paragraphs are found by bit masks and hashed side by side
//! ([`WordFinder`]); those of short lines from one load of eight bytes each ([`words`]); those with letters outside
//! ASCII byte by byte.

use wirecopy_text::kernel::{BLOCK, Kernel, Masks};

use super::swar::SwarWord;

/// Finds words by bit masks of 64 bytes, so that where one word ends need not be known before the next is looked at.
/// Scratch.
#[derive(Debug, Default)]
pub(super) struct WordFinder {
    kernel: Kernel,
    masks: Vec<Masks>,
    /// First bytes of words and the bytes behind their last, in turns.
    edges: Vec<u32>,
}

impl WordFinder {
    /// Calls `found` with the words of the first `length` bytes of `bytes`, in order. The same words as [`words`] gives.
    #[inline]
    pub(super) fn each(&mut self, bytes: &[u8], length: usize, mut found: impl FnMut(Word)) {
        let Self {
            kernel,
            masks,
            edges,
        } = self;
        let part = &bytes[..length];
        kernel.classify(part, masks);
        if has_accents(part, masks) {
            let mut rest = part;
            while let Some(word) = next_word(&mut rest) {
                found(word);
            }
            return;
        }
        kernel.run(
            #[inline(always)]
            || {
                let count = find_edges(masks, length, edges);
                for group in edges[..count].as_chunks().0.chunks(LANES) {
                    hash_words(bytes, group, &mut found);
                }
            },
        );
    }
}

/// Words that are hashed side by side.
const LANES: usize = 8;

/// Calls `found` with the words of ASCII letters and digits at `places` (first byte and end), [`LANES`] at most.
#[inline(always)]
fn hash_words(bytes: &[u8], places: &[[u32; 2]], found: &mut impl FnMut(Word)) {
    let mut halves = [[0; LANES]; 2];
    for (lane, &[start, end]) in places.iter().take(LANES).enumerate() {
        let length = (end - start).min(8) as usize;
        let small = SwarWord::at(bytes, start as usize).small(length);
        halves[0][lane] = small as u32;
        halves[1][lane] = (small >> 32) as u32;
    }
    let mut hashes = [Fnv::START.0; LANES];
    for half in halves {
        for at in 0..4 {
            for lane in 0..LANES {
                let byte = half[lane] >> (8 * at) & 0xff;
                hashes[lane] = (hashes[lane] ^ byte).wrapping_mul(Fnv::PRIME);
            }
        }
    }
    for (&hash, &[start, end]) in hashes.iter().zip(places) {
        let length = (end - start) as usize;
        let hash = match length {
            ..=8 => Fnv(hash).without_zeros(8 - length),
            _ => Fnv(hash).and(&bytes[start as usize + 8..end as usize]),
        };
        found(Word {
            hash: hash.spread(),
            bytes: length,
        });
    }
}

/// Whether a letter stands in `bytes` that is no ASCII letter.
fn has_accents(bytes: &[u8], masks: &[Masks]) -> bool {
    let mut passed = 0;
    for (block, mask) in masks.iter().enumerate() {
        let mut beyond = mask.beyond;
        while beyond != 0 {
            let at = block * BLOCK + beyond.trailing_zeros() as usize;
            beyond &= beyond - 1;
            if at < passed {
                continue;
            }
            passed = match bytes[at] {
                0xc2 => at + 2,
                0xe2 => at + 3,
                _ => return true,
            };
        }
    }
    false
}

/// Writes to the front of `edges` the places where the word bits of `masks`, which are of `length` bytes, turn, and returns
/// how many there are: an even number.
#[inline(always)]
fn find_edges(masks: &[Masks], length: usize, edges: &mut Vec<u32>) -> usize {
    let room = masks.len() * BLOCK + 1;
    if edges.len() < room {
        edges.resize(room, 0);
    }
    let (mut count, mut carry) = (0, 0);
    for (block, mask) in masks.iter().enumerate() {
        let mut turns = mask.word ^ (mask.word << 1 | carry);
        carry = mask.word >> 63;
        let slots = &mut edges[count..][..turns.count_ones() as usize];
        count += slots.len();
        for slot in slots {
            *slot = (block * BLOCK) as u32 + turns.trailing_zeros();
            turns &= turns.wrapping_sub(1);
        }
    }
    edges[count] = length as u32;
    count + count % 2
}

/// One word: its hash without regard to case, and its length.
#[derive(Clone, Copy)]
pub(super) struct Word {
    pub(super) hash: u32,
    pub(super) bytes: usize,
}

/// In [`FOLDED`]: divides words.
const DIVIDER: u8 = 0;
/// In [`FOLDED`]: the first byte of Latin letters with accents; the second one tells.
const ACCENTED: u8 = 1;
/// What each byte enters the hash as: small letters and digits as they are, capitals small, bytes of other scripts as
/// they are. The blocks that start with C2 and E2 are punctuation.
const FOLDED: [u8; 256] = folded_bytes();

const fn folded_bytes() -> [u8; 256] {
    let mut table = [DIVIDER; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        table[at] = match byte {
            b'a'..=b'z' | b'0'..=b'9' => byte,
            b'A'..=b'Z' => byte | 0x20,
            0xc3 => ACCENTED,
            0xc2 | 0xe2 | 0..0x80 => DIVIDER,
            _ => byte,
        };
        at += 1;
    }
    table
}

/// The runs of letters and digits of `line`. Latin capitals with accents fold; punctuation of the blocks that start with
/// C2 and E2 divides. O(length) in all.
#[inline]
pub(super) fn words(line: &str) -> impl Iterator<Item = Word> + '_ {
    let mut rest = line.as_bytes();
    std::iter::from_fn(move || next_word(&mut rest))
}

/// The first word of `rest`, which starts at a character, and what stands before and right behind it is taken from
/// `rest`. The hash is FNV-1a (Fowler, Noll and Vo), its high bits folded into the low.
#[inline]
fn next_word(rest: &mut &[u8]) -> Option<Word> {
    loop {
        let eight = SwarWord::at(rest, 0);
        let (length, _) = eight.runs();
        if length == 0 {
            match rest {
                [] => return None,
                [0xc2, ..] => *rest = rest.get(2..).unwrap_or_default(),
                [0xe2, ..] => *rest = rest.get(3..).unwrap_or_default(),
                [0..0x80, tail @ ..] => *rest = tail,
                _ => return next_accented_word(rest),
            }
            continue;
        }
        return plain_word(rest, (eight, length)).or_else(|| next_accented_word(rest));
    }
}

/// The word that `rest` opens with, `length` bytes of it in `eight`, if it is all ASCII.
#[inline]
fn plain_word(rest: &mut &[u8], (eight, length): (SwarWord, usize)) -> Option<Word> {
    let mut hash = Fnv::START.then(eight, length);
    let mut end = length;
    let mut last = length;
    while last == 8 {
        let eight = SwarWord::at(rest, end);
        last = eight.runs().0;
        hash = hash.then(eight, last);
        end += last;
    }
    let tail = &rest[end..];
    let goes_on = |byte: &u8| FOLDED[usize::from(*byte)] != DIVIDER;
    if tail.first().is_some_and(goes_on) {
        return None;
    }
    // Of what divides, one byte of ASCII, which is mostly all.
    *rest = match tail {
        [0..0x80, behind @ ..] => behind,
        _ => tail,
    };
    Some(Word {
        hash: hash.spread(),
        bytes: end,
    })
}

/// FNV-1a on its way.
#[derive(Clone, Copy)]
struct Fnv(u32);

impl Fnv {
    const START: Self = Self(0x811c_9dc5);
    const PRIME: u32 = 0x0100_0193;

    #[inline]
    fn add(self, byte: u8) -> Self {
        Self((self.0 ^ u32::from(byte)).wrapping_mul(Self::PRIME))
    }

    /// Adds the first `length` bytes of `eight`, small. All eight are worked out, for the processor guesses lengths badly.
    #[inline]
    fn then(self, eight: SwarWord, length: usize) -> Self {
        let bytes = eight.small(length).to_le_bytes();
        let all = bytes.into_iter().fold(self, Self::add);
        all.without_zeros(8 - length)
    }

    /// The state before the last `count` bytes, eight at most, if they were 0.
    #[inline]
    fn without_zeros(self, count: usize) -> Self {
        Self(self.0.wrapping_mul(INVERSES[count]))
    }

    /// Adds `word`, small.
    #[inline(never)]
    fn and(self, word: &[u8]) -> Self {
        let small = word.iter().map(|byte| byte | 0x20);
        small.fold(self, Self::add)
    }

    #[inline]
    fn spread(self) -> u32 {
        self.0 ^ self.0 >> 15
    }
}

/// Powers of the inverse of [`Fnv::PRIME`] modulo 2^32.
const INVERSES: [u32; 9] = {
    // Newton's iteration doubles the bits that are right, of which an odd number has three.
    let mut inverse = Fnv::PRIME;
    let mut round = 0;
    while round < 4 {
        inverse = inverse.wrapping_mul(2_u32.wrapping_sub(Fnv::PRIME.wrapping_mul(inverse)));
        round += 1;
    }
    let mut powers = [1; 9];
    let mut at = 1;
    while at < 9 {
        powers[at] = inverse.wrapping_mul(powers[at - 1]);
        at += 1;
    }
    powers
};

/// As [`next_word`], byte by byte, for words with bytes outside ASCII.
#[inline(never)]
fn next_accented_word(rest: &mut &[u8]) -> Option<Word> {
    let (mut hash, mut length) = (Fnv::START, 0);
    let mut left = *rest;
    while let [byte, tail @ ..] = left {
        left = tail;
        let mut folded = FOLDED[usize::from(*byte)];
        if folded <= ACCENTED {
            if folded == DIVIDER {
                left = match byte {
                    0xc2 => left.get(1..).unwrap_or_default(),
                    0xe2 => left.get(2..).unwrap_or_default(),
                    _ => left,
                };
                if length > 0 {
                    break;
                }
                continue;
            }
            let (second, tail) = left.split_first()?;
            left = tail;
            folded = accented(*second);
        }
        hash = hash.add(folded);
        length += 1;
    }
    *rest = left;
    (length > 0).then_some(Word {
        hash: hash.spread(),
        bytes: length,
    })
}

/// The second byte of a small letter with an accent for that of the capital.
#[inline]
fn accented(second: u8) -> u8 {
    if (0x80..0x9f).contains(&second) {
        second | 0x20
    } else {
        second
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_read_alike_eight_bytes_at_a_time(line in "([a-zA-Z0-9]{1,20}|[a-z]{0,9}[éÉßΩ—“©x][a-z]{0,9}|[ ,.'—]{1,3}){0,30}") {
            let pairs = |word: Word| (word.hash, word.bytes);
            let mut rest = line.as_bytes();
            let slow = std::iter::from_fn(|| next_accented_word(&mut rest));
            let slow: Vec<_> = slow.map(pairs).collect();
            prop_assert_eq!(&words(&line).map(pairs).collect::<Vec<_>>(), &slow);
            let mut found = Vec::new();
            let behind = format!("{line}abc");
            WordFinder::default().each(behind.as_bytes(), line.len(), |word| found.push(pairs(word)));
            prop_assert_eq!(&found, &slow);
        }
    }
}
