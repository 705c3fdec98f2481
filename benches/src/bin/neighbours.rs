//! Makes the table of words that are alike: `neighbours WORDS.txt STEMS.txt` writes the stem of each line of the first
//! file to the second; `neighbours ROWS.txt TABLE.bin` compiles the table. The ending of the second file decides.

use anyhow::{Context, bail};
use wirecopy_text::{Language, encode_related_words, fold, stem};

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [from, to] = args.as_slice() else {
        bail!("usage: neighbours WORDS.txt STEMS.txt | ROWS.txt TABLE.bin");
    };
    let text = std::fs::read_to_string(from).with_context(|| from.clone())?;
    let made = if to.ends_with(".bin") {
        encode_related_words(&text).with_context(|| format!("{from}: ill-formed"))?
    } else {
        stems(&text).into_bytes()
    };
    std::fs::write(to, made).with_context(|| to.clone())
}

fn stems(words: &str) -> String {
    let mut folded = String::new();
    let mut stems = String::new();
    for word in words.lines() {
        fold(word, &mut folded);
        stem(&mut folded, Language::English);
        stems.push_str(&folded);
        stems.push('\n');
    }
    stems
}
