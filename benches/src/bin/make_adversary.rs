//! Writes piles that a careless near-duplicate search takes for ever on, as JSONL of `id` and `text`.
//!
//! `make_adversary CASE COUNT FILE`, where CASE is
//! - `passage`: COUNT documents of 300 words of their own that share one passage of 40 words;
//! - `identical`: COUNT documents of one text of 900 words;
//! - `one_story`: COUNT documents of one agency story of 900 bytes with its dateline, two quotations and a closing credit;
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
        "one_story" => (0..count).try_for_each(|n| document(n, STORY.to_owned()))?,
        "equal_words" => document(0, "word ".repeat(count as usize))?,
        "distinct_words" => {
            let text: String = (0..count).map(numbered).collect();
            document(0, text)?;
        }
        other => bail!("no case {other}"),
    }
    Ok(())
}

/// A story as an agency sends it to all its customers.
const STORY: &str = "OSTSTRAND (Nordkontor) - The harbour wall of Oststrand gave way on Monday night after a week of storms, \
and forty boats were lost before the crews could reach them.\n\n\
\"We had asked for a new wall for eleven years, and for eleven years we were told to wait,\" the mayor, Hanne Brorsen, \
told reporters at the quay.\n\n\
Engineers of the province are to look at the rest of the wall today. Nobody was hurt, but the ferry to the islands has \
stopped, and the school at the landing stays closed until the water has gone down.\n\n\
\"If the wind turns north again before the weekend, the lower streets will have to be emptied once more,\" said Jonas Ekdal, \
who leads the rescue service of the town.\n\n\
The province had put off repairs three times, most recently in March, when the money went to a bridge further inland. A new \
wall would cost about ninety million crowns and take two summers to build.\n\n\
(Reporting by Ida Falk; Editing by Per Moen)";

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
