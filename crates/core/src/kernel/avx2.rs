//! Thirty-two bytes, or eight 32-bit lanes, at a time.
//!
//! Every function must only be called where the processor has AVX2; the tails go through the scalar versions.

use std::arch::x86_64::{
    __m256i, _mm256_add_epi32, _mm256_castsi256_ps, _mm256_cmpeq_epi8, _mm256_cmpeq_epi32,
    _mm256_loadu_si256, _mm256_min_epu8, _mm256_min_epu32, _mm256_movemask_epi8,
    _mm256_movemask_ps, _mm256_mullo_epi32, _mm256_or_si256, _mm256_set1_epi8, _mm256_set1_epi32,
    _mm256_storeu_si256, _mm256_sub_epi8,
};

use super::{BLOCK, Lanes, Masks, scalar};

/// 32-bit lanes of one register.
const WIDTH: usize = 8;

#[target_feature(enable = "avx2")]
pub(super) fn classify(bytes: &[u8], masks: &mut Vec<Masks>) {
    let mut blocks = bytes.chunks_exact(BLOCK);
    for block in &mut blocks {
        let (low, high) = block.split_at(BLOCK / 2);
        let (low, high) = (half(load_bytes(low)), half(load_bytes(high)));
        let join = |l: u32, h: u32| u64::from(l) | u64::from(h) << 32;
        masks.push(Masks {
            word: join(low[0], high[0]),
            joiner: join(low[1], high[1]),
            beyond: join(low[2], high[2]),
        });
    }
    if !blocks.remainder().is_empty() {
        masks.push(scalar::block(blocks.remainder()));
    }
}

/// Word, joiner and beyond-ASCII bits of 32 bytes.
#[target_feature(enable = "avx2")]
fn half(bytes: __m256i) -> [u32; 3] {
    let lower = _mm256_or_si256(bytes, _mm256_set1_epi8(0x20));
    let word = _mm256_or_si256(within(lower, b'a', b'z'), within(bytes, b'0', b'9'));
    let is = |c: u8| _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c as i8));
    let joiner = _mm256_or_si256(_mm256_or_si256(is(b'\''), is(b'.')), is(b','));
    [word, joiner, bytes].map(|mask| _mm256_movemask_epi8(mask) as u32)
}

/// All ones in each byte that lies in `first..=last`.
#[target_feature(enable = "avx2")]
fn within(bytes: __m256i, first: u8, last: u8) -> __m256i {
    let above = _mm256_sub_epi8(bytes, _mm256_set1_epi8(first as i8));
    _mm256_cmpeq_epi8(
        above,
        _mm256_min_epu8(above, _mm256_set1_epi8((last - first) as i8)),
    )
}

/// Registers of minima that stay loaded while the items go by: four hide the latency of the multiplication.
const UNROLL: usize = 4;

#[target_feature(enable = "avx2")]
pub(super) fn min_lanes(items: &[u32], lanes: Lanes<'_>, signature: &mut [u32]) {
    let wide = signature.len() - signature.len() % (UNROLL * WIDTH);
    for first in (0..wide).step_by(UNROLL * WIDTH) {
        let at = |r: usize| first + r * WIDTH..first + (r + 1) * WIDTH;
        let multipliers: [_; UNROLL] = std::array::from_fn(|r| load(&lanes.multipliers[at(r)]));
        let offsets: [_; UNROLL] = std::array::from_fn(|r| load(&lanes.offsets[at(r)]));
        let mut minima: [_; UNROLL] = std::array::from_fn(|r| load(&signature[at(r)]));
        for &item in items {
            let item = _mm256_set1_epi32(item as i32);
            for r in 0..UNROLL {
                let value = _mm256_add_epi32(_mm256_mullo_epi32(multipliers[r], item), offsets[r]);
                minima[r] = _mm256_min_epu32(minima[r], value);
            }
        }
        for (r, &minimum) in minima.iter().enumerate() {
            store(minimum, &mut signature[at(r)]);
        }
    }
    let tail = Lanes {
        multipliers: &lanes.multipliers[wide..],
        offsets: &lanes.offsets[wide..],
    };
    scalar::min_lanes(items, tail, &mut signature[wide..]);
}

#[target_feature(enable = "avx2")]
pub(super) fn count_equal(left: &[u32], right: &[u32]) -> usize {
    let len = left.len().min(right.len());
    let (mut left, mut right) = (
        left[..len].chunks_exact(WIDTH),
        right[..len].chunks_exact(WIDTH),
    );
    let mut equal = 0;
    for (l, r) in (&mut left).zip(&mut right) {
        let same = _mm256_castsi256_ps(_mm256_cmpeq_epi32(load(l), load(r)));
        equal += _mm256_movemask_ps(same).count_ones() as usize;
    }
    equal + scalar::count_equal(left.remainder(), right.remainder())
}

#[target_feature(enable = "avx2")]
fn load_bytes(bytes: &[u8]) -> __m256i {
    assert_eq!(bytes.len(), BLOCK / 2, "half a block");
    // SAFETY: the slice has exactly the 32 bytes that are read; the load needs no alignment.
    unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
}

#[target_feature(enable = "avx2")]
fn load(lanes: &[u32]) -> __m256i {
    assert_eq!(lanes.len(), WIDTH, "one register");
    // SAFETY: the slice has exactly the 32 bytes that are read; the load needs no alignment.
    unsafe { _mm256_loadu_si256(lanes.as_ptr().cast()) }
}

#[target_feature(enable = "avx2")]
fn store(value: __m256i, lanes: &mut [u32]) {
    assert_eq!(lanes.len(), WIDTH, "one register");
    // SAFETY: the slice has exactly the 32 bytes that are written; the store needs no alignment.
    unsafe { _mm256_storeu_si256(lanes.as_mut_ptr().cast(), value) }
}
