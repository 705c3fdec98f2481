//! The one place that names a hash function: XXH3 for bytes, a short-key hash for words, and a finaliser for integers.
//!
//! Each use has a [`Seed`] of its own (domain separation), so that equal input in two roles never gives equal keys.
//! None of these functions resists an adversary who knows the seed: a document may be crafted so that two of its
//! words collide. Whatever is claimed about a pair therefore rests on aligned bytes, never on one equal hash.

use xxhash_rust::xxh3::{Xxh3, xxh3_64_with_seed, xxh3_128};

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
    /// Bands of sketches.
    pub const BAND: Self = Self(0x6261_6e64_0000_0005);
    /// Permutations of sketches.
    pub const SKETCH: Self = Self(0x736b_6574_6368_0006);
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

/// 128-bit XXH3 of columns of hashes, one behind the other, each hash taken as eight little-endian bytes: the key under
/// which documents with equal folded text collapse. Different columns of one length meet with probability 2^-128 for each
/// pair. O(n), no allocation.
#[must_use]
pub fn hash_columns_128(columns: [&[u64]; 2]) -> u128 {
    let mut hasher = Xxh3::new();
    let mut bytes = [0; 8 * COLUMN_CHUNK];
    for chunk in columns
        .iter()
        .flat_map(|column| column.chunks(COLUMN_CHUNK))
    {
        for (slot, hash) in bytes.chunks_exact_mut(8).zip(chunk) {
            slot.copy_from_slice(&hash.to_le_bytes());
        }
        hasher.update(&bytes[..8 * chunk.len()]);
    }
    hasher.digest128()
}

/// The same of one column. O(n), no allocation.
#[must_use]
pub fn hash_column_128(column: &[u64]) -> u128 {
    hash_columns_128([column, &[]])
}

/// Hashes that are laid out as bytes at a time; 1 KiB keeps the copy inside the first-level cache.
const COLUMN_CHUNK: usize = 128;

/// The longest word, in folded bytes, that [`hash_word`] hashes in two machine words.
pub const SHORT_WORD: usize = 16;

/// The hash of one folded word, given as bytes: what the hash column of
/// [`Tokens`](crate::Tokens) holds.
///
/// Words of at most [`SHORT_WORD`] bytes go through [`hash_short_word`], longer ones through XXH3 under
/// [`Seed::TOKEN`].
#[inline]
#[must_use]
pub fn hash_word(folded: &[u8]) -> u64 {
    if folded.len() > SHORT_WORD {
        return hash_bytes(folded, Seed::TOKEN);
    }
    let mut padded = [0; SHORT_WORD];
    padded[..folded.len()].copy_from_slice(folded);
    hash_short_word(u128::from_le_bytes(padded))
}

/// The hash of a folded word of at most [`SHORT_WORD`] bytes, given as a little-endian integer with zeros behind.
///
/// Folded words hold no zero byte, so the length needs no place in the key. For words of at most eight bytes this is
/// a bijection of their bytes: no two of them collide. For longer ones it is a bijection of either half while the
/// other stands still. Three multiplications.
#[inline]
#[must_use]
pub fn hash_short_word(padded: u128) -> u64 {
    let low = padded as u64 ^ Seed::TOKEN.0;
    let high = (padded >> 64) as u64;
    let low = (low ^ (low >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    mix(low.wrapping_add(high.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
}

/// The hash of a folded word for sketches, given as for [`hash_short_word`]: one widening multiplication of the word's
/// halves, whose own halves are then joined (as in wyhash and `foldhash`). Two different words meet with probability 2^-64
/// or so, also short ones: half of what [`hash_short_word`] costs, and enough where a sketch only proposes.
#[inline]
#[must_use]
pub fn hash_sketch_word(padded: u128) -> u64 {
    let (low, high) = (padded as u64, (padded >> 64) as u64);
    let product = u128::from(low ^ Seed::SKETCH.0) * u128::from(high ^ 0x9e37_79b9_7f4a_7c15);
    product as u64 ^ (product >> 64) as u64
}

/// A second hash of a folded word for the key of a text, made as [`hash_sketch_word`] is, under other constants and with
/// the halves added: words that meet under both are 2^64 tries away.
#[inline]
#[must_use]
pub fn hash_check_word(padded: u128) -> u64 {
    let (low, high) = (padded as u64, (padded >> 64) as u64);
    let turned = low.rotate_left(29) ^ 0xa076_1d64_78bd_642f;
    let product = u128::from(turned) * u128::from(high.wrapping_add(low) ^ 0xe703_7ed1_a0b4_28db);
    (product as u64).wrapping_add((product >> 64) as u64)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_word_hash_is_pinned() {
        // Sketches and fingerprints on disk rest on these values: a change needs a new format version.
        assert_eq!(hash_word(b""), hash_short_word(0));
        assert_eq!(hash_word(b"the"), hash_short_word(0x0065_6874));
        assert_ne!(
            hash_word(b"abcdefghijklmnop"),
            hash_word(b"abcdefghijklmnopq")
        );
    }

    proptest! {
        #[test]
        fn columns_hash_like_their_bytes(
            one in prop::collection::vec(any::<u64>(), 0..400),
            other in prop::collection::vec(any::<u64>(), 0..400),
        ) {
            let bytes: Vec<u8> = one.iter().chain(&other).flat_map(|h| h.to_le_bytes()).collect();
            prop_assert_eq!(hash_columns_128([&one, &other]), hash_bytes_128(&bytes));
        }

        #[test]
        fn different_words_have_different_hashes(a in "[a-z0-9]{1,20}", b in "[a-z0-9]{1,20}") {
            prop_assert_eq!(a == b, hash_word(a.as_bytes()) == hash_word(b.as_bytes()));
        }
    }
}
