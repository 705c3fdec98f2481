//! Where a text may be cut: sections that no word reaches across, and in them the edges of plain words and the bytes
//! that need a closer look.

use crate::kernel::{BLOCK, Kernel, Masks};

/// Bytes that are classified at a time: their masks fit the first-level cache beside the text.
const SECTION: usize = 64 * BLOCK;

/// A stretch of text that begins where no word can reach in from before.
pub(super) enum Section {
    /// Ends at `end`, at most [`SECTION`] bytes on: behind a separator or at the end of the text.
    Plain { end: usize },
    /// No separator is that near: `end` is the next one, or the end of the text.
    Unbroken { end: usize },
}

impl Section {
    pub(super) fn beginning_at(bytes: &[u8], at: usize) -> Self {
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
pub(super) fn is_separator(byte: u8) -> bool {
    SEPARATORS[usize::from(byte)]
}

const SEPARATORS: [bool; 256] = {
    let mut separators = [false; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        let joins = byte.is_ascii_alphanumeric() || matches!(byte, b'\'' | b'.' | b',');
        separators[byte as usize] = !joins;
        byte += 1;
    }
    separators
};

/// Bytes of the character that `bytes` begins with if it stands outside ASCII, is frequent in news text and ends a word
/// whatever stands around it (dashes, double quotation marks, ellipsis, no-break space); else 0.
#[inline]
pub(super) fn wide_separator(bytes: &[u8]) -> usize {
    match bytes {
        [0xe2, 0x80, 0x90..=0x97 | 0x9c..=0xa3 | 0xa5..=0xa7, ..] => 3,
        [0xc2, 0xa0 | 0xa9 | 0xab | 0xbb, ..] => 2,
        _ => 0,
    }
}

/// Where a section may be cut. Scratch.
#[derive(Clone, Debug, Default)]
pub(super) struct Cuts {
    masks: Vec<Masks>,
    /// Places of the first bytes of runs of ASCII letters and digits, and of the bytes behind their last, in turns. What
    /// stands past `edge_count` means nothing.
    edges: Vec<u32>,
    edge_count: usize,
    /// Entry `i`: edges before block `i`.
    edges_before: Vec<u32>,
    /// Bytes that the masks cannot decide about: outside ASCII, or a joiner with word characters on both sides. One bit
    /// a byte, [`BLOCK`] of them a word.
    special: Vec<u64>,
}

impl Cuts {
    /// Replaces the cuts by those of a section. O(bytes).
    pub(super) fn find(&mut self, kernel: Kernel, bytes: &[u8]) {
        kernel.classify(bytes, &mut self.masks);
        let room = bytes.len() + BLOCK + 1;
        if self.edges.len() < room {
            self.edges.resize(room, 0);
        }
        kernel.run(
            #[inline(always)]
            || self.mark(),
        );
    }

    /// Fills all columns from the masks.
    #[inline(always)]
    fn mark(&mut self) {
        self.edge_count = 0;
        self.edges_before.clear();
        self.special.clear();
        let mut carry = 0;
        for (i, mask) in self.masks.iter().enumerate() {
            let after = self.masks.get(i + 1).map_or(0, |next| next.word << 63);
            let before = mask.word << 1 | carry;
            let room = &mut self.edges[self.edge_count..];
            self.edges_before.push(self.edge_count as u32);
            self.edge_count += spread_bits(mask.word ^ before, i * BLOCK, room);
            self.special
                .push(mask.beyond | mask.joiner & before & (mask.word >> 1 | after));
            carry = mask.word >> 63;
        }
        self.edges[self.edge_count] = (self.masks.len() * BLOCK) as u32;
        self.edge_count += carry as usize;
    }

    /// How many edges there are.
    pub(super) fn edge_count(&self) -> usize {
        self.edge_count
    }

    /// How many edges stand before `place`. O(1).
    pub(super) fn edges_before(&self, place: usize) -> usize {
        let Some(&first) = self.edges_before.get(place / BLOCK) else {
            return self.edge_count;
        };
        let here = &self.edges[first as usize..self.edge_count];
        first as usize
            + here
                .iter()
                .take_while(|&&edge| (edge as usize) < place)
                .count()
    }

    /// First bytes and ends of the plain words between two edges, both of which begin words.
    pub(super) fn words(&self, edges: std::ops::Range<usize>) -> &[[u32; 2]] {
        self.edges[edges].as_chunks().0
    }

    /// The places that need a closer look.
    pub(super) fn special(&self) -> Bits<'_> {
        Bits::of(&self.special)
    }
}

/// Bits that are written out without asking whether they are there: news text has some 22 edges in 64 bytes.
const USUAL_EDGES: usize = 24;

/// Writes the places of the set bits of `bits`, counted from `origin`, to the front of `out`, and returns how many there
/// are. What stands behind them in the first [`BLOCK`] entries of `out` is lost.
#[inline(always)]
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
pub(super) struct Bits<'a> {
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
    pub(super) fn skip_before(&mut self, place: usize) {
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
