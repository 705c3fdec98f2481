//! Counts the table of word-class associations that lineage reads damage with.
//!
//! Usage: `fluency_table NEWS.jsonl [EXCLUDED.jsonl] > crates/lineage/data/fluency-en.txt`. Articles that share a run of
//! ten words with a text of the second file are left out, so that figures measured on the latter are honest.

use std::collections::HashSet;
use std::io::Write as _;

use anyhow::{Context as _, Result};
use wirecopy_lineage::class_bigrams::Fluency;

fn main() -> Result<()> {
    let mut paths = std::env::args().skip(1);
    let texts = texts(
        &paths
            .next()
            .context("usage: fluency_table NEWS.jsonl [EXCLUDED.jsonl]")?,
    )?;
    let excluded = paths
        .next()
        .map_or(Ok(Vec::new()), |path| self::texts(&path))?;
    let seen: HashSet<String> = excluded.iter().flat_map(|text| runs(text, 1)).collect();
    let fresh = |text: &&String| !runs(text, 10).any(|run| seen.contains(&run));
    let kept: Vec<&String> = texts.iter().filter(fresh).collect();
    let table = Fluency::count(kept.iter().map(|text| text.as_str()));
    std::io::stdout().write_all(table.write().as_bytes())?;
    Ok(())
}

fn texts(path: &str) -> Result<Vec<String>> {
    let read = std::fs::read_to_string(path).with_context(|| format!("reading {path}"))?;
    let text = |line: &str| -> Result<String> {
        let record: serde_json::Value = serde_json::from_str(line)?;
        Ok(record["text"].as_str().unwrap_or_default().to_owned())
    };
    read.lines().map(text).collect()
}

/// Every `step`-th run of ten words.
fn runs(text: &str, step: usize) -> impl Iterator<Item = String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let runs: Vec<String> = words
        .windows(10)
        .step_by(step)
        .map(|run| run.join(" "))
        .collect();
    runs.into_iter()
}
