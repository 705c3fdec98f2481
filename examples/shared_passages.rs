//! The passages that two articles share, word for word and reworded.
//!
//! ```text
//! cargo run --release --example shared_passages [FILE FILE]
//! ```

#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::path::Path;

use anyhow::Result;
use wirecopy_detector::detect;
use wirecopy_document::Document;
use wirecopy_examples::{documents, path};

fn main() -> Result<()> {
    let one = path(1, "meridian-press/bank-rate-rise.txt");
    let other = path(2, "brightwater-echo/rates-up.txt");
    print!("{}", report(&one, &other)?);
    Ok(())
}

/// Both sides of each passage.
pub fn report(one: &Path, other: &Path) -> Result<String> {
    let documents = [documents(one)?, documents(other)?].concat();
    let words = |id: &str, start: u32, end: u32| {
        let named = |d: &&Document| d.key.0 == id;
        let text = documents.iter().find(named).map_or("", |d| &d.text);
        text.get(start as usize..end as usize).unwrap_or_default()
    };
    let mut out = String::new();
    for pair in detect(&documents).pairs {
        out += &format!("{} and {}: {:?}\n", pair.a, pair.b, pair.relation);
        for p in &pair.passages {
            let (a, b) = (
                words(&pair.a, p.a.start, p.a.end),
                words(&pair.b, p.b.start, p.b.end),
            );
            out += &format!("{:?}, {:.0} bits\n  {a}\n  {b}\n", p.kind, p.score);
        }
    }
    Ok(out)
}
