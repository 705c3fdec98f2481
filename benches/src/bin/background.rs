//! Makes the word-frequency tables of `text::DocumentFrequencies` from articles.
//!
//! `background LANGUAGE WORDS PHRASES ARTICLES.jsonl...`: counts in how many articles each stem stands and writes to
//! WORDS those that stand in at least three; and counts how often a stem is followed by another (next to it, or with
//! one word between) and writes to PHRASES how well the first predicts the second, where it does. Only counts leave
//! this program, no text.

use std::collections::{HashMap, HashSet};
use std::io::BufRead;

use anyhow::{Context, bail};
use wirecopy_text::{Language, Tokenizer, Tokens, encode_table, phrase_key, stem_key};

/// Stems in fewer articles are mostly misspellings and names: they count as unseen.
const LEAST_DOCUMENTS: u32 = 3;
/// A phrase must stand in this many articles: fewer may be reprints of one text.
const LEAST_PHRASE_DOCUMENTS: u32 = 10;
/// A phrase is worth an entry when its first word makes the second this many times likelier than its own frequency.
const LEAST_LIFT: f64 = 24.0;
/// And at least this likely.
const LEAST_CHANCE: f64 = 1.0 / 256.0;

#[derive(Default)]
struct Counts {
    documents: u32,
    words: u64,
    stems: HashMap<u32, (u32, u32)>,
    phrases: HashMap<(u32, u32, u32), (u32, u32)>,
}

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [language, words, phrases, inputs @ ..] = args.as_slice() else {
        bail!("usage: background english|german WORDS PHRASES ARTICLES.jsonl...");
    };
    let language = match language.as_str() {
        "english" => Language::English,
        "german" => Language::German,
        other => bail!("no stemmer for {other}"),
    };
    let mut counts = Counts::default();
    for input in inputs {
        let file = std::fs::File::open(input).with_context(|| input.clone())?;
        for line in std::io::BufReader::new(file).lines() {
            let record: serde_json::Value = serde_json::from_str(&line?)?;
            counts.add(&stems(
                record["text"].as_str().unwrap_or_default(),
                language,
            ));
        }
    }
    std::fs::write(words, counts.words_table())?;
    std::fs::write(phrases, counts.phrases_table())?;
    Ok(())
}

impl Counts {
    fn add(&mut self, stems: &[u32]) {
        self.documents += 1;
        self.words += stems.len() as u64;
        let mut seen = HashSet::new();
        for &stem in stems {
            let entry = self.stems.entry(stem).or_default();
            entry.0 += 1;
            entry.1 += u32::from(seen.insert((stem, 0, 0)));
        }
        for gap in [1, 2] {
            for (&first, &second) in stems.iter().zip(stems.iter().skip(gap)) {
                let key = (first, second, gap as u32);
                let entry = self.phrases.entry(key).or_default();
                entry.0 += 1;
                entry.1 += u32::from(seen.insert(key));
            }
        }
    }

    fn words_table(&self) -> Vec<u8> {
        let kept = self
            .stems
            .iter()
            .filter(|(_, count)| count.1 >= LEAST_DOCUMENTS);
        encode_table(
            kept.map(|(&key, count)| (key, f64::from(count.1) / f64::from(self.documents)))
                .collect(),
        )
    }

    #[expect(
        clippy::iter_over_hash_type,
        reason = "the table is sorted before it is written"
    )]
    fn phrases_table(&self) -> Vec<u8> {
        let mut kept = HashMap::new();
        for (&(first, second, gap), &(count, documents)) in &self.phrases {
            let chance = f64::from(count) / f64::from(self.stems[&first].0);
            let alone = f64::from(self.stems[&second].0) / self.words as f64;
            if documents >= LEAST_PHRASE_DOCUMENTS
                && chance >= LEAST_CHANCE
                && chance >= LEAST_LIFT * alone
            {
                kept.insert(phrase_key(first, second, gap), chance);
            }
        }
        encode_table(kept.into_iter().collect())
    }
}

fn stems(text: &str, language: Language) -> Vec<u32> {
    let mut tokens = Tokens::default();
    Tokenizer::default().tokenize(text, &mut tokens);
    let mut folded = String::new();
    tokens
        .spans()
        .iter()
        .map(|span| stem_key(span.of(text), language, &mut folded))
        .collect()
}
