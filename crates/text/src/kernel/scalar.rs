//! The plain versions: always compiled, and the oracle of every other.

use super::{BLOCK, Lanes, Masks};

const WORD: u8 = 1;
const JOINER: u8 = 2;
const BEYOND: u8 = 4;

/// The class of each byte, as the bits above.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0_usize;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => WORD,
            b'\'' | b'.' | b',' => JOINER,
            0x80.. => BEYOND,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

pub(super) fn classify(bytes: &[u8], masks: &mut Vec<Masks>) {
    masks.extend(bytes.chunks(BLOCK).map(block));
}

/// The masks of at most [`BLOCK`] bytes.
fn block(bytes: &[u8]) -> Masks {
    let mut masks = Masks::default();
    for (bit, &byte) in bytes.iter().enumerate() {
        let class = u64::from(CLASSES[usize::from(byte)]);
        masks.word |= (class & 1) << bit;
        masks.joiner |= (class >> 1 & 1) << bit;
        masks.beyond |= (class >> 2) << bit;
    }
    masks
}

pub(super) fn min_lanes(items: &[u32], lanes: Lanes<'_>, signature: &mut [u32]) {
    let permutations = lanes.multipliers.iter().zip(lanes.offsets);
    for (lowest, (&multiplier, &offset)) in signature.iter_mut().zip(permutations) {
        for &item in items {
            *lowest = (*lowest).min(multiplier.wrapping_mul(item).wrapping_add(offset));
        }
    }
}

pub(super) fn count_equal(left: &[u32], right: &[u32]) -> usize {
    left.iter().zip(right).filter(|(l, r)| l == r).count()
}
