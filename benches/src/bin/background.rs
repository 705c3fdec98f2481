//! Makes a word-frequency table of `core::text::Background` from articles.
//!
//! `background LANGUAGE OUT ARTICLES.jsonl...`: counts in how many articles each stem stands and writes those that
//! stand in at least three. Only counts leave this program, no text.

use std::collections::{HashMap, HashSet};
use std::io::BufRead;

use anyhow::{Context, bail};
use wirecopy_core::text::{Language, Tokenizer, Tokens, encode_table, stem_key};

/// Stems in fewer articles are mostly misspellings and names: they count as unseen.
const LEAST_DOCUMENTS: u32 = 3;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [language, out, inputs @ ..] = args.as_slice() else {
        bail!("usage: background english|german OUT ARTICLES.jsonl...");
    };
    let language = match language.as_str() {
        "english" => Language::English,
        "german" => Language::German,
        other => bail!("no stemmer for {other}"),
    };
    let mut documents = 0;
    let mut frequency: HashMap<u32, u32> = HashMap::new();
    for input in inputs {
        let file = std::fs::File::open(input).with_context(|| input.clone())?;
        for line in std::io::BufReader::new(file).lines() {
            let record: serde_json::Value = serde_json::from_str(&line?)?;
            documents += 1;
            for key in stems(record["text"].as_str().unwrap_or_default(), language) {
                *frequency.entry(key).or_default() += 1;
            }
        }
    }
    let kept = frequency
        .into_iter()
        .filter(|&(_, with)| with >= LEAST_DOCUMENTS)
        .collect();
    std::fs::write(out, encode_table(documents, kept))?;
    Ok(())
}

fn stems(text: &str, language: Language) -> HashSet<u32> {
    let mut tokens = Tokens::default();
    Tokenizer::default().tokenize(text, &mut tokens);
    let mut folded = String::new();
    tokens
        .spans()
        .iter()
        .map(|span| stem_key(span.of(text), language, &mut folded))
        .collect()
}
