//! Writes piles that a careless near-duplicate search takes for ever on, as JSONL of `id` and `text`.
//!
//! `make_adversary CASE COUNT FILE`, where CASE is
//! - `passage`: COUNT documents of 300 words of their own that share one passage of 40 words;
//! - `identical`: COUNT documents of one text of 900 words;
//! - `equal_words`: one document of COUNT equal words;
//! - `distinct_words`: one document of COUNT different words.

use std::fs::File;
use std::io::{BufWriter, Write};

use anyhow::{Context, Result, bail};
use serde_json::json;
use wirecopy_text::hash::mix;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [case, count, path] = &args[..] else {
        bail!("make_adversary CASE COUNT FILE")
    };
    let count: u64 = count.parse().context("COUNT is a number")?;
    let mut out =
        BufWriter::new(File::create(path).with_context(|| format!("cannot write {path}"))?);
    let mut document =
        |id: u64, text: String| writeln!(out, "{}", json!({ "id": id, "text": text }));
    match case.as_str() {
        "passage" => {
            let passage = words(u64::MAX, 40);
            for n in 0..count {
                let (before, behind) = (words(2 * n, 150), words(2 * n + 1, 150));
                document(n, format!("{before}\n\n{passage}\n\n{behind}"))?;
            }
        }
        "identical" => {
            let text = words(0, 900);
            (0..count).try_for_each(|n| document(n, text.clone()))?;
        }
        "equal_words" => document(0, "word ".repeat(count as usize))?,
        "distinct_words" => {
            let text: String = (0..count).map(numbered).collect();
            document(0, text)?;
        }
        other => bail!("no case {other}"),
    }
    Ok(())
}

/// The word of a number, in letters, and a space: ten million of them stay below the limit of a document.
fn numbered(mut n: u64) -> String {
    let mut word = String::new();
    loop {
        word.push(char::from(b'a' + (n % 26) as u8));
        n /= 26;
        if n == 0 {
            return word + " ";
        }
    }
}

/// So many words out of a hundred thousand, by `seed`.
fn words(seed: u64, count: u64) -> String {
    let words = (0..count).map(|n| format!("w{}", mix(mix(seed) ^ n) % 100_000));
    words.collect::<Vec<_>>().join(" ")
}
