//! The one place that names a hash function: XXH3 for bytes, and a finaliser for integers.
//!
//! Each use has a [`Seed`] of its own (domain separation), so that equal input in two roles never gives equal keys.

use xxhash_rust::xxh3::{xxh3_64_with_seed, xxh3_128};

/// A seed for one role of hashing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(pub u64);

impl Seed {
    /// Folded tokens.
    pub const TOKEN: Self = Self(0x746f_6b65_6e00_0001);
    /// Stemmed tokens.
    pub const STEM: Self = Self(0x7374_656d_0000_0002);
    /// Shingles of tokens.
    pub const SHINGLE: Self = Self(0x7368_696e_676c_6503);
    /// Normalised lines and blocks.
    pub const BLOCK: Self = Self(0x626c_6f63_6b00_0004);
}

/// 64-bit XXH3 of `bytes` under `seed`.
#[inline]
#[must_use]
pub fn hash_bytes(bytes: &[u8], seed: Seed) -> u64 {
    xxh3_64_with_seed(bytes, seed.0)
}

/// 128-bit XXH3 of `bytes`: the key of exact duplicates.
#[inline]
#[must_use]
pub fn hash_bytes_128(bytes: &[u8]) -> u128 {
    xxh3_128(bytes)
}

/// A bijection of 64-bit integers that spreads every input bit over the output (the finaliser of `SplitMix64`,
/// Steele, Lea and Flood 2014).
#[inline]
#[must_use]
pub fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Joins two hashes, in order, into one.
#[inline]
#[must_use]
pub fn combine(left: u64, right: u64) -> u64 {
    mix(left.rotate_left(23) ^ right.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
