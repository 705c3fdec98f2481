//! How fast one core turns articles into tokens, shingles and MinHash sketches.
//!
//! ```text
//! cargo run --release --example hash_throughput [PATH]
//! ```

#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use wirecopy_core::shingle::{ShingleWidth, fill_shingles};
use wirecopy_core::sketch::{MinHash, MinHasher, OnePermutation};
use wirecopy_examples::{documents, path};
use wirecopy_text::{Tokenizer, Tokens};

fn main() -> Result<()> {
    let begun = Instant::now();
    let (sketches, bytes) = sketches(&path(1, ""))?;
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{} sketches, {:.0} MB/s",
        sketches.len(),
        bytes as f64 / 1e6 / seconds
    );
    Ok(())
}

/// A sketch of 128 lanes for each article, and the bytes of all.
pub fn sketches(path: &Path) -> Result<(Vec<MinHash>, usize)> {
    let documents = documents(path)?;
    let (mut tokens, mut shingles) = (Tokens::default(), Vec::new());
    let mut hasher = OnePermutation::new(128, 0)?;
    let mut sketches = Vec::new();
    for document in &documents {
        Tokenizer::default().tokenize(&document.text, &mut tokens);
        fill_shingles(tokens.hashes(), ShingleWidth::FINDINGS, &mut shingles);
        sketches.push(hasher.sketch(&shingles));
    }
    Ok((sketches, documents.iter().map(|d| d.text.len()).sum()))
}
