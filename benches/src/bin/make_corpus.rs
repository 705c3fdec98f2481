//! Writes a corpus with known copies: JSONL of `id` and `text`, and the truth about it.
//!
//! ```text
//! make_corpus [--out corpus.jsonl] [--folder DIR] [--truth truth.json] [--base texts.jsonl] [--replicas N]
//!             [--documents N] [--per-class N] [--seed N]
//! ```
//! `--folder` writes each document to a `.json` file of its own; with `--base corpus.jsonl --per-class 0` it splits a corpus.
//! `--base` gives the texts (fields `id` and `text`), without it `--documents` of them are invented. `--replicas` adds as
//! many rounds of texts of the same length and word frequencies that share no passage with them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use wirecopy_benches::corpus::{BaseText, build, invented, replicate};

fn main() -> Result<()> {
    let flags = flags(std::env::args().skip(1))?;
    let number = |name: &str, default: u64| -> Result<u64> {
        flags.get(name).map_or(Ok(default), |v| {
            v.parse()
                .with_context(|| format!("--{name} takes a number"))
        })
    };
    let seed = number("seed", 1)?;
    let base = match flags.get("base") {
        Some(path) => read(path)?,
        None => invented(number("documents", 2_000)? as usize, seed),
    };
    let replicas = (1..=number("replicas", 0)?).flat_map(|round| replicate(&base, round, seed));
    let texts: Vec<BaseText> = replicas
        .collect::<Vec<_>>()
        .into_iter()
        .chain(base)
        .collect();
    let corpus = build(texts, number("per-class", 50)? as usize, seed);
    if let Some(path) = flags.get("out") {
        write_lines(&corpus.documents, path).with_context(|| format!("cannot write {path}"))?;
    }
    if let Some(path) = flags.get("folder") {
        write_files(&corpus.documents, path).with_context(|| format!("cannot write to {path}"))?;
    }
    if let Some(path) = flags.get("truth") {
        let file = File::create(path).with_context(|| format!("cannot write {path}"))?;
        serde_json::to_writer(file, &corpus.truth)?;
    }
    Ok(())
}

fn write_lines(documents: &[BaseText], path: &str) -> Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for document in documents {
        writeln!(out, "{}", record(document))?;
    }
    Ok(out.flush()?)
}

fn write_files(documents: &[BaseText], folder: &str) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    for (number, document) in documents.iter().enumerate() {
        let path = Path::new(folder).join(format!("{number:07}.json"));
        std::fs::write(path, record(document).to_string())?;
    }
    Ok(())
}

fn record(document: &BaseText) -> serde_json::Value {
    serde_json::json!({ "id": document.id, "text": document.text })
}

/// `--name value` pairs.
fn flags(mut arguments: impl Iterator<Item = String>) -> Result<BTreeMap<String, String>> {
    const KNOWN: [&str; 8] = [
        "out",
        "folder",
        "truth",
        "base",
        "replicas",
        "documents",
        "per-class",
        "seed",
    ];
    let mut flags = BTreeMap::new();
    while let Some(name) = arguments.next() {
        let Some(known) = name.strip_prefix("--").filter(|n| KNOWN.contains(n)) else {
            bail!("unknown flag {name}")
        };
        let value = arguments
            .next()
            .with_context(|| format!("{name} needs a value"))?;
        flags.insert(known.to_owned(), value);
    }
    Ok(flags)
}

fn read(path: &str) -> Result<Vec<BaseText>> {
    let file = File::open(path).with_context(|| format!("cannot read {path}"))?;
    let text = |(number, line): (usize, std::io::Result<String>)| -> Result<BaseText> {
        let record: serde_json::Value =
            serde_json::from_str(&line?).with_context(|| format!("{path}:{}", number + 1))?;
        let field = |name: &str| record[name].as_str().map(str::to_owned);
        let text = field("text").with_context(|| format!("{path}:{} has no text", number + 1))?;
        Ok(BaseText {
            id: field("id").unwrap_or_else(|| number.to_string()),
            text,
        })
    };
    BufReader::new(file).lines().enumerate().map(text).collect()
}
