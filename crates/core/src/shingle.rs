//! Windows of consecutive tokens, each with one hash: what near-duplicates are compared by.
//!
//! A window of `w` token hashes `t` is hashed as the polynomial `t[0] B^(w-1) + ... + t[w-1]` modulo 2^64, with a fixed odd
//! `B`, and then finalised. The polynomial rolls from one window to the next with two multiplications whatever the width
//! (Karp and Rabin 1987); token hashes are uniform already, so two different windows meet with probability 2^-64.
//!
//! A text shorter than the width, but not empty, gives one shingle over all its tokens: so short texts are still
//! identical or not, and only an empty text has no shingle.

use crate::Error;
use wirecopy_text::TokenIndex;
use wirecopy_text::hash::{Seed, mix};

/// Tokens in a window: 1 to 64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShingleWidth(usize);

impl ShingleWidth {
    /// Five tokens: the width that `similarity` and `containment` in the findings are measured with.
    pub const FINDINGS: Self = Self(5);

    /// A width of `tokens`.
    ///
    /// # Errors
    /// [`Error::Parameter`] outside 1..=64: no use is known for wider windows, and a bound keeps powers cheap.
    pub fn new(tokens: usize) -> Result<Self, Error> {
        if (1..=64).contains(&tokens) {
            return Ok(Self(tokens));
        }
        let value = tokens.to_string();
        Err(Error::Parameter {
            name: "shingle width",
            value,
            expected: "1 to 64 tokens",
        })
    }

    /// Tokens in a window.
    #[must_use]
    pub fn tokens(self) -> usize {
        self.0
    }
}

/// The hash of one window of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShingleHash(pub u64);

/// One window of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shingle {
    /// Its hash.
    pub hash: ShingleHash,
    /// Its first token.
    pub at: TokenIndex,
}

/// The shingles of a column of token hashes, in order: `n - w + 1` of them, one if `0 < n < w`. O(n), no allocation.
pub fn shingles(tokens: &[u64], width: ShingleWidth) -> impl Iterator<Item = Shingle> + '_ {
    let places = 0_u32..;
    rolled(tokens, width).zip(places).map(|(hash, at)| Shingle {
        hash: ShingleHash(hash),
        at: TokenIndex(at),
    })
}

/// Replaces `out` by the hashes of [`shingles`]; entry `i` belongs to the window at token `i`. O(n).
pub fn fill_shingles(tokens: &[u64], width: ShingleWidth, out: &mut Vec<u64>) {
    out.clear();
    match width.0.min(tokens.len()) {
        2 => fill_direct::<2>(tokens, out),
        3 => fill_direct::<3>(tokens, out),
        4 => fill_direct::<4>(tokens, out),
        5 => fill_direct::<5>(tokens, out),
        6 => fill_direct::<6>(tokens, out),
        _ => out.extend(rolled(tokens, width)),
    }
}

/// Every window on its own: in narrow windows no sum waits for the one before it, as rolling sums do.
fn fill_direct<const W: usize>(tokens: &[u64], out: &mut Vec<u64>) {
    let windows = tokens.array_windows::<W>();
    out.extend(windows.map(|window| finish(polynomial(window))));
}

#[inline]
fn polynomial(window: &[u64]) -> u64 {
    window
        .iter()
        .fold(0, |sum, &t| sum.wrapping_mul(BASE).wrapping_add(t))
}

#[inline]
fn finish(sum: u64) -> u64 {
    mix(sum ^ Seed::SHINGLE.0)
}

/// One in so many of the hashes of [`fill_shingles`], of all texts the same ones, drawn by `seed`; replaces `out`. Which
/// ones is decided before they are finalised, by the highest bits of their sums, which hang on all of every token. O(n).
///
/// # Panics
/// When `one_in` is 0.
pub fn sample_shingles(
    tokens: &[u64],
    width: ShingleWidth,
    (one_in, seed): (u64, u64),
    out: &mut Vec<u64>,
) {
    match width.0.min(tokens.len()) {
        3 => sample_direct::<3>(tokens, (one_in, seed), out),
        4 => sample_fours(tokens, (one_in, seed), out),
        _ => {
            out.clear();
            let kept = |sum: &u64| is_sampled(*sum, u64::MAX / one_in, seed);
            out.extend(rolled_sums(tokens, width).filter(kept));
        }
    }
    out.iter_mut().for_each(|sum| *sum = finish(*sum));
}

#[inline]
fn is_sampled(sum: u64, most: u64, seed: u64) -> bool {
    sum.wrapping_add(seed) <= most
}

/// Written first and counted after: no predictor knows which window is chosen.
fn sample_direct<const W: usize>(tokens: &[u64], (one_in, seed): (u64, u64), out: &mut Vec<u64>) {
    out.clear();
    out.resize(tokens.len(), 0);
    let most = u64::MAX / one_in;
    let mut chosen = 0;
    for window in tokens.array_windows::<W>() {
        let sum = polynomial(window);
        out[chosen] = sum;
        chosen += usize::from(is_sampled(sum, most, seed));
    }
    out.truncate(chosen);
}

/// The same for four tokens, whose sums are made of those of two: each pair is summed once.
fn sample_fours(tokens: &[u64], (one_in, seed): (u64, u64), out: &mut Vec<u64>) {
    const SQUARE: u64 = BASE.wrapping_mul(BASE);
    let pair = |first: u64, second: u64| first.wrapping_mul(BASE).wrapping_add(second);
    out.clear();
    out.resize(tokens.len(), 0);
    let most = u64::MAX / one_in;
    let (mut before, mut between) = (pair(tokens[0], tokens[1]), pair(tokens[1], tokens[2]));
    let mut chosen = 0;
    for &[second, last] in tokens[2..].array_windows() {
        let pair = pair(second, last);
        let sum = before.wrapping_mul(SQUARE).wrapping_add(pair);
        out[chosen] = sum;
        chosen += usize::from(is_sampled(sum, most, seed));
        (before, between) = (between, pair);
    }
    out.truncate(chosen);
}

/// Any odd constant serves; this one is the golden ratio's.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Hashes of all windows, in order.
fn rolled(tokens: &[u64], width: ShingleWidth) -> impl Iterator<Item = u64> + '_ {
    rolled_sums(tokens, width).map(finish)
}

/// The same before they are finalised. Both ends of the window walk as slices, so that no index is checked.
fn rolled_sums(tokens: &[u64], width: ShingleWidth) -> impl Iterator<Item = u64> + '_ {
    let width = width.0.min(tokens.len());
    let (head, entering) = tokens.split_at(width);
    let first = polynomial(head);
    let leaving_weight = (0..width).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let rest = tokens
        .iter()
        .zip(entering)
        .scan(first, move |sum, (&leaving, &entering)| {
            *sum = sum
                .wrapping_mul(BASE)
                .wrapping_add(entering.wrapping_sub(leaving.wrapping_mul(leaving_weight)));
            Some(*sum)
        });
    let whole = (!head.is_empty()).then_some(first);
    whole.into_iter().chain(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition: every window on its own.
    fn naive(tokens: &[u64], width: usize) -> Vec<u64> {
        let width = width.min(tokens.len()).max(1);
        let windows = tokens.windows(width);
        let polynomial = |w: &[u64]| {
            w.iter()
                .fold(0_u64, |s, &t| s.wrapping_mul(BASE).wrapping_add(t))
        };
        windows
            .map(|w| mix(polynomial(w) ^ Seed::SHINGLE.0))
            .collect()
    }

    #[test]
    fn widths_are_checked() {
        assert!(ShingleWidth::new(0).is_err());
        assert!(ShingleWidth::new(65).is_err());
        assert_eq!(ShingleWidth::new(5), Ok(ShingleWidth::FINDINGS));
    }

    #[test]
    fn short_texts_have_one_shingle_and_empty_ones_none() {
        assert_eq!(shingles(&[], ShingleWidth::FINDINGS).count(), 0);
        assert_eq!(shingles(&[1, 2], ShingleWidth::FINDINGS).count(), 1);
        assert_eq!(
            shingles(&[1, 2, 3, 4, 5, 6], ShingleWidth::FINDINGS).count(),
            2
        );
    }

    proptest! {
        #[test]
        fn rolling_equals_naive(tokens in prop::collection::vec(any::<u64>(), 0..90), width in 1_usize..20) {
            let mut column = vec![7];
            fill_shingles(&tokens, ShingleWidth::new(width).unwrap(), &mut column);
            prop_assert_eq!(column, naive(&tokens, width));
        }

        #[test]
        fn a_sample_is_of_all_texts_the_same(tokens in prop::collection::vec(0_u64..9, 0..90), width in 1_usize..6, seed in any::<u64>()) {
            let tokens: Vec<u64> = tokens.into_iter().map(mix).collect();
            let width = ShingleWidth::new(width).unwrap();
            let (mut all, mut sample, mut other) = (Vec::new(), Vec::new(), Vec::new());
            fill_shingles(&tokens, width, &mut all);
            sample_shingles(&tokens, width, (1, seed), &mut sample);
            prop_assert_eq!(&sample, &all);
            sample_shingles(&tokens, width, (3, seed), &mut sample);
            let kept: Vec<u64> = all.iter().copied().filter(|hash| sample.contains(hash)).collect();
            prop_assert_eq!(&sample, &kept);
            sample_shingles(&tokens[tokens.len() / 3..], width, (3, seed), &mut other);
            let whole = tokens.len() - tokens.len() / 3 >= width.tokens();
            prop_assert!(!whole || other.iter().all(|hash| sample.contains(hash)));
        }

        #[test]
        fn order_matters(tokens in prop::collection::vec(any::<u64>(), 5)) {
            let turned: Vec<u64> = tokens.iter().rev().copied().collect();
            let hash = |t: &[u64]| shingles(t, ShingleWidth::FINDINGS).next().unwrap().hash;
            prop_assert_eq!(hash(&tokens) == hash(&turned), tokens == turned);
        }
    }
}
