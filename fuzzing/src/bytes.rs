//! Choices made from bytes: what a fuzzer mutates, or what a seed gives.

/// Reads choices from bytes. Behind their end every choice is the first one.
#[derive(Clone, Copy, Debug)]
pub struct Bytes<'b> {
    rest: &'b [u8],
}

impl<'b> Bytes<'b> {
    /// Choices made by `bytes`.
    #[must_use]
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What was not read yet.
    #[must_use]
    pub fn rest(&self) -> &'b [u8] {
        self.rest
    }

    /// The next byte, 0 behind the end.
    pub fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((&first, rest)) => {
                self.rest = rest;
                first
            }
            None => 0,
        }
    }

    /// A number below `bound` (0 where that is 0 or 1).
    pub fn below(&mut self, bound: usize) -> usize {
        let mut value = 0;
        let mut reach = 1;
        while reach < bound {
            value = value << 8 | usize::from(self.byte());
            reach <<= 8;
        }
        value.checked_rem(bound).unwrap_or(0)
    }

    /// True in `of_256` of 256 cases.
    pub fn chance(&mut self, of_256: u8) -> bool {
        // The last values and not the first, so that the choices behind the end are the usual ones.
        u16::from(self.byte()) + u16::from(of_256) >= 256
    }

    /// One of `all`.
    ///
    /// # Panics
    /// When there is none.
    pub fn pick<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
}

/// `len` bytes that `seed` stands for (splitmix64).
#[must_use]
pub fn bytes_of(seed: u64, len: usize) -> Vec<u8> {
    let mut state = seed;
    let mut out = Vec::with_capacity(len + 8);
    while out.len() < len {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        out.extend((mixed ^ mixed >> 31).to_le_bytes());
    }
    out.truncate(len);
    out
}
