//! Thirty-two bytes, or eight 32-bit lanes, at a time.
//!
//! Every function must only be called where the processor has AVX2, BMI1, BMI2 and POPCNT; the tails go through the scalar versions.

use std::arch::x86_64::{
    __m256i, _mm256_add_epi32, _mm256_castsi256_ps, _mm256_cmpeq_epi8, _mm256_cmpeq_epi32,
    _mm256_loadu_si256, _mm256_min_epu8, _mm256_min_epu32, _mm256_movemask_epi8,
    _mm256_movemask_ps, _mm256_mullo_epi32, _mm256_or_si256, _mm256_set1_epi8, _mm256_set1_epi32,
    _mm256_storeu_si256, _mm256_sub_epi8,
};

use super::{BLOCK, Lanes, Masks, scalar};

/// 32-bit lanes of one register.
const WIDTH: usize = 8;

#[target_feature(enable = "avx2,bmi1,bmi2,popcnt")]
pub(super) fn run<R>(work: impl FnOnce() -> R) -> R {
    work()
}

#[target_feature(enable = "avx2")]
pub(super) fn classify(bytes: &[u8], masks: &mut Vec<Masks>) {
    let (blocks, tail) = bytes.as_chunks::<BLOCK>();
    masks.reserve(blocks.len() + 1);
    masks.extend(blocks.iter().map(|bytes| block(bytes)));
    if !tail.is_empty() {
        let mut padded = [0; BLOCK];
        padded[..tail.len()].copy_from_slice(tail);
        masks.push(block(&padded));
    }
}

#[inline]
#[target_feature(enable = "avx2")]
fn block(bytes: &[u8; BLOCK]) -> Masks {
    let (low, high) = bytes.split_at(BLOCK / 2);
    let (low, high) = (load_bytes(low), load_bytes(high));
    Masks {
        word: bits(word(low), word(high)),
        joiner: bits(joiner(low), joiner(high)),
        beyond: bits(low, high),
    }
}

/// The top bit of each of 64 bytes.
#[inline]
#[target_feature(enable = "avx2")]
fn bits(low: __m256i, high: __m256i) -> u64 {
    let (low, high) = (
        _mm256_movemask_epi8(low) as u32,
        _mm256_movemask_epi8(high) as u32,
    );
    u64::from(low) | u64::from(high) << 32
}

/// All ones in each byte that is an ASCII letter or digit.
#[inline]
#[target_feature(enable = "avx2")]
fn word(bytes: __m256i) -> __m256i {
    let lower = _mm256_or_si256(bytes, _mm256_set1_epi8(0x20));
    _mm256_or_si256(within(lower, b'a', b'z'), within(bytes, b'0', b'9'))
}

/// All ones in each byte that is an apostrophe, full stop or comma.
#[inline]
#[target_feature(enable = "avx2")]
fn joiner(bytes: __m256i) -> __m256i {
    let apostrophe = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(b'\'' as i8));
    let stop = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(b'.' as i8));
    let comma = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(b',' as i8));
    _mm256_or_si256(_mm256_or_si256(apostrophe, stop), comma)
}

/// All ones in each byte that lies in `first..=last`.
#[inline]
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

/// Lanes of so many registers.
const GROUP: usize = UNROLL * WIDTH;

#[target_feature(enable = "avx2")]
pub(super) fn min_lanes(items: &[u32], lanes: Lanes<'_>, signature: &mut [u32]) {
    let wide = signature.len() - signature.len() % GROUP;
    for first in (0..wide).step_by(GROUP) {
        let multipliers = load_group(&lanes.multipliers[first..]);
        let offsets = load_group(&lanes.offsets[first..]);
        let mut minima = load_group(&signature[first..]);
        for &item in items {
            let item = _mm256_set1_epi32(item as i32);
            for r in 0..UNROLL {
                let value = _mm256_add_epi32(_mm256_mullo_epi32(multipliers[r], item), offsets[r]);
                minima[r] = _mm256_min_epu32(minima[r], value);
            }
        }
        for (minimum, out) in minima
            .into_iter()
            .zip(signature[first..].chunks_exact_mut(WIDTH))
        {
            store(minimum, out);
        }
    }
    let tail = Lanes {
        multipliers: &lanes.multipliers[wide..],
        offsets: &lanes.offsets[wide..],
    };
    scalar::min_lanes(items, tail, &mut signature[wide..]);
}

/// The first [`UNROLL`] registers of `lanes`.
#[inline]
#[target_feature(enable = "avx2")]
fn load_group(lanes: &[u32]) -> [__m256i; UNROLL] {
    let mut group = [_mm256_set1_epi32(0); UNROLL];
    for (register, from) in group.iter_mut().zip(lanes.chunks_exact(WIDTH)) {
        *register = load(from);
    }
    group
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

#[inline]
#[target_feature(enable = "avx2")]
fn load_bytes(bytes: &[u8]) -> __m256i {
    assert_eq!(bytes.len(), BLOCK / 2, "half a block");
    // SAFETY: the slice has exactly the 32 bytes that are read; the load needs no alignment.
    unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn load(lanes: &[u32]) -> __m256i {
    assert_eq!(lanes.len(), WIDTH, "one register");
    // SAFETY: the slice has exactly the 32 bytes that are read; the load needs no alignment.
    unsafe { _mm256_loadu_si256(lanes.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn store(value: __m256i, lanes: &mut [u32]) {
    assert_eq!(lanes.len(), WIDTH, "one register");
    // SAFETY: the slice has exactly the 32 bytes that are written; the store needs no alignment.
    unsafe { _mm256_storeu_si256(lanes.as_mut_ptr().cast(), value) }
}
