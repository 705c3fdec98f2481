//! The machine's widest instructions behind one door: the only unsafe code of this crate.
//!
//! [`Kernel`] names an instruction set that this machine has; its methods are the operations. The scalar version of each
//! is always compiled and is the oracle of the others; every kernel gives the same answer to the last bit. There is no
//! AVX-512 version: the code here could not be run where it was written, and untested lanes are worse than none.

#[cfg(target_arch = "x86_64")]
mod avx2;
mod scalar;

/// Bytes that one [`Masks`] describes.
pub const BLOCK: usize = 64;

/// What 64 bytes of text are: bit `i` is byte `i`. Bytes past the end of the text are nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Masks {
    /// ASCII letters and digits.
    pub word: u64,
    /// Apostrophe, full stop and comma: ASCII characters that may stand inside a word.
    pub joiner: u64,
    /// Bytes outside ASCII.
    pub beyond: u64,
}

/// An instruction set that this machine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kernel(Set);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    Scalar,
    /// Invariant: only made where the processor has AVX2, BMI1, BMI2 and POPCNT.
    #[cfg(target_arch = "x86_64")]
    Avx2,
}

impl Default for Kernel {
    /// The fastest that this machine has. O(1): the processor's answer is cached.
    fn default() -> Self {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2")
            && std::arch::is_x86_feature_detected!("bmi1")
            && std::arch::is_x86_feature_detected!("bmi2")
            && std::arch::is_x86_feature_detected!("popcnt")
        {
            return Self(Set::Avx2);
        }
        Self(Set::Scalar)
    }
}

impl Kernel {
    /// Plain Rust, on every machine.
    pub const SCALAR: Self = Self(Set::Scalar);

    /// Every kernel that this machine can run, slowest first.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut kernels = vec![Self::SCALAR];
        if Self::default() != Self::SCALAR {
            kernels.push(Self::default());
        }
        kernels
    }

    /// A short lower-case name for tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.0 {
            Set::Scalar => "scalar",
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => "avx2",
        }
    }

    /// Does `work`, which is plain Rust, with this instruction set at the compiler's hands as far as `work` is inlined: for
    /// short loops over bits, where one instruction stands for five.
    #[inline]
    pub fn run<R>(self, work: impl FnOnce() -> R) -> R {
        match self.0 {
            Set::Scalar => work(),
            // SAFETY: `Set::Avx2` is only made where the processor has what `run` is compiled for.
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => unsafe { avx2::run(work) },
        }
    }

    /// Replaces `masks` by what each [`BLOCK`] of `bytes` is; the last block may be short. O(n).
    pub fn classify(self, bytes: &[u8], masks: &mut Vec<Masks>) {
        masks.clear();
        match self.0 {
            Set::Scalar => scalar::classify(bytes, masks),
            // SAFETY: `Set::Avx2` is only made where the processor has AVX2.
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => unsafe { avx2::classify(bytes, masks) },
        }
    }

    /// Lowers each lane of `signature` to the smallest value that its permutation gives to one of `items`.
    ///
    /// Lane `i` permutes an item `x` to `(multipliers[i] * x + offsets[i]) mod 2^32`; multipliers are odd.
    /// O(items x lanes), no allocation.
    ///
    /// # Panics
    /// When the three columns differ in length.
    pub fn min_lanes(self, items: &[u32], lanes: Lanes<'_>, signature: &mut [u32]) {
        assert!(
            lanes.multipliers.len() == signature.len() && lanes.offsets.len() == signature.len(),
            "a signature has as many lanes as its permutations"
        );
        match self.0 {
            Set::Scalar => scalar::min_lanes(items, lanes, signature),
            // SAFETY: `Set::Avx2` is only made where the processor has AVX2.
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => unsafe { avx2::min_lanes(items, lanes, signature) },
        }
    }

    /// In how many places two signatures agree, over the shorter one's length. O(lanes).
    #[must_use]
    pub fn count_equal(self, left: &[u32], right: &[u32]) -> usize {
        match self.0 {
            Set::Scalar => scalar::count_equal(left, right),
            // SAFETY: `Set::Avx2` is only made where the processor has AVX2.
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => unsafe { avx2::count_equal(left, right) },
        }
    }
}

/// The permutations of a MinHash signature, one an entry.
#[derive(Clone, Copy, Debug)]
pub struct Lanes<'a> {
    /// Odd factors.
    pub multipliers: &'a [u32],
    /// Summands.
    pub offsets: &'a [u32],
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_kernel_classifies_alike(bytes in prop::collection::vec(any::<u8>(), 0..300), skip in 0_usize..40) {
            let bytes = &bytes[skip.min(bytes.len())..];
            let mut expected = Vec::new();
            Kernel::SCALAR.classify(bytes, &mut expected);
            prop_assert_eq!(expected.len(), bytes.len().div_ceil(BLOCK));
            for kernel in Kernel::all() {
                let mut masks = vec![Masks { word: 1, joiner: 1, beyond: 1 }; 3];
                kernel.classify(bytes, &mut masks);
                prop_assert_eq!(&masks, &expected);
            }
        }

        #[test]
        fn every_kernel_takes_the_same_minima(
            items in prop::collection::vec(any::<u32>(), 0..50),
            lanes in prop::collection::vec((any::<u32>(), any::<u32>(), any::<u32>()), 0..70),
            skip in 0_usize..9,
        ) {
            let column = |f: fn(&(u32, u32, u32)) -> u32| lanes.iter().skip(skip).map(f).collect::<Vec<_>>();
            let (multipliers, offsets, start) = (column(|l| l.0 | 1), column(|l| l.1), column(|l| l.2));
            let lanes = Lanes { multipliers: &multipliers, offsets: &offsets };
            let mut expected = start.clone();
            Kernel::SCALAR.min_lanes(&items, lanes, &mut expected);
            for kernel in Kernel::all() {
                let mut signature = start.clone();
                kernel.min_lanes(&items, lanes, &mut signature);
                prop_assert_eq!(&signature, &expected);
            }
        }

        #[test]
        fn every_kernel_counts_alike(pairs in prop::collection::vec((0_u32..3, 0_u32..3), 0..100), skip in 0_usize..9) {
            let left: Vec<u32> = pairs.iter().skip(skip).map(|p| p.0).collect();
            let right: Vec<u32> = pairs.iter().skip(skip).map(|p| p.1).collect();
            for kernel in Kernel::all() {
                prop_assert_eq!(kernel.count_equal(&left, &right), Kernel::SCALAR.count_equal(&left, &right));
            }
        }
    }
}
