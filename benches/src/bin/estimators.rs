//! How far estimates of Jaccard similarity lie from the truth, beside what is proven.
//!
//! `estimators [RUNS]` draws pairs of sets of 600 members at most, with a known similarity, sketches them with 128 lanes
//! under a new seed in every run, and prints one line a similarity and scheme: mean error (bias), root mean squared error,
//! and the bound `sqrt(J (1 - J) / 128)` of independent permutations (Broder 1997). A ratio near 1 or below says that the
//! scheme loses nothing against them.

#![allow(clippy::print_stdout, reason = "the result of the benchmark")]

use anyhow::Context;
use wirecopy_core::sketch::{MinHasher, OnePermutation, Permutations};
use wirecopy_text::hash::mix;
use wirecopy_text::kernel::Kernel;

const LANES: usize = 128;

/// Members that both sets have, and that each has alone.
const SETS: [(u64, u64); 8] = [
    (30, 285),
    (120, 240),
    (200, 200),
    (300, 150),
    (420, 90),
    (510, 45),
    (570, 15),
    (20, 10),
];

fn main() -> anyhow::Result<()> {
    let runs = match std::env::args().nth(1) {
        Some(runs) => runs.parse().context("RUNS is a number")?,
        None => 2_000,
    };
    println!("| J | shingles a set | scheme | bias | error | bound | error / bound |");
    println!("|---|---|---|---|---|---|---|");
    for (both, apart) in SETS {
        let all = |seed| Permutations::new(LANES, seed, Kernel::default());
        let one = |seed| OnePermutation::new(LANES, seed);
        line(
            "permutations",
            (both, apart),
            errors(runs, (both, apart), all)?,
        );
        line(
            "one permutation",
            (both, apart),
            errors(runs, (both, apart), one)?,
        );
    }
    Ok(())
}

fn jaccard((both, apart): (u64, u64)) -> f64 {
    both as f64 / (both + 2 * apart) as f64
}

fn line(scheme: &str, sets: (u64, u64), (bias, error): (f64, f64)) {
    let truth = jaccard(sets);
    let bound = (truth * (1.0 - truth) / LANES as f64).sqrt();
    let shingles = sets.0 + sets.1;
    let ratio = error / bound;
    println!(
        "| {truth:.2} | {shingles} | {scheme} | {bias:+.4} | {error:.4} | {bound:.4} | {ratio:.2} |"
    );
}

/// Mean error and root mean squared error.
fn errors<H: MinHasher, E>(
    runs: u64,
    sets: (u64, u64),
    hasher: impl Fn(u64) -> Result<H, E>,
) -> Result<(f64, f64), E> {
    let truth = jaccard(sets);
    let (mut sum, mut squares) = (0.0, 0.0);
    for run in 0..runs {
        let mut hasher = hasher(run)?;
        let member = |side: u64, n: u64| mix(mix(run) ^ side << 56 ^ n);
        let side = |side: u64| -> Vec<u64> {
            let own = (0..sets.1).map(|n| member(side, n));
            (0..sets.0).map(|n| member(0, n)).chain(own).collect()
        };
        let [a, b] = [1, 2].map(|s| hasher.sketch(&side(s)));
        let equal = a.lanes().iter().zip(b.lanes()).filter(|(a, b)| a == b);
        let error = equal.count() as f64 / LANES as f64 - truth;
        sum += error;
        squares += error * error;
    }
    Ok((sum / runs as f64, (squares / runs as f64).sqrt()))
}
