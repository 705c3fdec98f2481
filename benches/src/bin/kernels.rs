//! The hot kernels, one at a time on fixed work, for counting instructions: see `scripts/count-instructions`.
//!
//! `kernels` lists the names; `kernels NAME` does that work and prints a number that depends on all of it. `nothing` makes
//! the input and stops there, so that its count can be taken off the others'. `kernels processor` names the instruction set.

#![allow(clippy::print_stdout, reason = "the result of the benchmark")]

use anyhow::bail;
use wirecopy_benches::corpus::invented;
use wirecopy_core::radix::{Entry, sort_by_key};
use wirecopy_core::shingle::{ShingleWidth, fill_shingles, sample_shingles};
use wirecopy_core::sketch::{MinHasher, OnePermutation};
use wirecopy_detector::dedup::{Side, Sketcher, Verifier};
use wirecopy_text::hash::{hash_column_128, mix};
use wirecopy_text::kernel::{Kernel, Lanes};
use wirecopy_text::{Tokenizer, Tokens, WordHashes};

const NAMES: [&str; 11] = [
    "nothing",
    "tokenise",
    "words",
    "shingle",
    "sample",
    "key",
    "min_lanes",
    "one_permutation",
    "sort",
    "sketch",
    "verify",
];

/// Invented articles of the work: some 200 KB.
const ARTICLES: usize = 60;

fn main() -> anyhow::Result<()> {
    let Some(name) = std::env::args().nth(1) else {
        NAMES.iter().for_each(|name| println!("{name}"));
        return Ok(());
    };
    if name == "processor" {
        println!("{}", Kernel::default().name());
        return Ok(());
    }
    let texts: Vec<String> = invented(ARTICLES, 1)
        .into_iter()
        .map(|base| base.text)
        .collect();
    let all = texts.join("\n\n");
    let mut tokens = Tokens::default();
    Tokenizer::default().tokenize(&all, &mut tokens);
    let bytes = all.len();
    let answer = run(&name, (&texts, &all), &tokens)?;
    println!("{bytes} {answer}");
    Ok(())
}

fn run(name: &str, (texts, all): (&[String], &str), tokens: &Tokens) -> anyhow::Result<u64> {
    let width = ShingleWidth::new(3)?;
    let mut column = Vec::new();
    Ok(match name {
        "nothing" => 0,
        "tokenise" => {
            let mut again = Tokens::default();
            Tokenizer::default().tokenize(all, &mut again);
            fold(again.hashes())
        }
        "words" => {
            let mut words = WordHashes::default();
            Tokenizer::default().hash_words(all, &mut words);
            fold(words.as_slice())
        }
        "shingle" => {
            fill_shingles(tokens.hashes(), width, &mut column);
            fold(&column)
        }
        "sample" => {
            sample_shingles(tokens.hashes(), ShingleWidth::new(4)?, (6, 0), &mut column);
            fold(&column)
        }
        "key" => hash_column_128(tokens.hashes()) as u64,
        "min_lanes" => min_lanes(tokens.hashes()),
        "one_permutation" => {
            let sketch = OnePermutation::new(128, 0)?.sketch(tokens.hashes());
            sketch.lanes().iter().map(|&lane| u64::from(lane)).sum()
        }
        "sort" => sort(tokens.hashes()),
        "sketch" => {
            let mut sketcher = Sketcher::new(0, 20);
            texts.iter().for_each(|text| sketcher.add(text));
            sketcher.take().len() as u64
        }
        "verify" => verify(texts),
        other => bail!("no kernel {other}"),
    })
}

fn fold(column: &[u64]) -> u64 {
    column.iter().fold(0, |sum, hash| sum ^ hash)
}

fn min_lanes(hashes: &[u64]) -> u64 {
    let items: Vec<u32> = hashes.iter().map(|&hash| (hash >> 32) as u32).collect();
    let draw =
        |salt: u64| -> Vec<u32> { (0..128).map(|n| (mix(salt + n) >> 32) as u32 | 1).collect() };
    let (multipliers, offsets) = (draw(1_000), draw(2_000));
    let lanes = Lanes {
        multipliers: &multipliers,
        offsets: &offsets,
    };
    let mut signature = vec![u32::MAX; 128];
    Kernel::default().min_lanes(&items, lanes, &mut signature);
    signature.iter().map(|&lane| u64::from(lane)).sum()
}

fn sort(hashes: &[u64]) -> u64 {
    let mut entries: Vec<Entry> = (0..)
        .zip(hashes)
        .map(|(n, &hash)| Entry::new((hash >> 32) as u32, n))
        .collect();
    sort_by_key(&mut entries, &mut Vec::new());
    entries
        .iter()
        .fold(0, |sum, entry| mix(sum ^ u64::from(entry.payload())))
}

fn verify(texts: &[String]) -> u64 {
    let (mut a, mut b) = (Side::default(), Side::default());
    let mut verifier = Verifier::default();
    let pairs = texts.iter().zip(&texts[1..]);
    let aligned = pairs.map(|(one, other)| {
        a.read(one);
        b.read(other);
        verifier.set(&a);
        u64::from(verifier.compare([&mut a, &mut b], [one, other]).aligned)
    });
    aligned.sum()
}
