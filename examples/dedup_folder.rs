//! Which articles of a folder are near-duplicates, and of which one that stays.
//!
//! ```text
//! cargo run --release --example dedup_folder [PATH]
//! ```

#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::path::Path;

use anyhow::Result;
use wirecopy_detector::dedup::dedup;
use wirecopy_examples::{documents, path};

fn main() -> Result<()> {
    print!("{}", report(&path(1, ""))?);
    Ok(())
}

/// A line for each article that may go, and a count.
pub fn report(path: &Path) -> Result<String> {
    let documents = documents(path)?;
    let mut out = String::new();
    let mut gone = 0;
    for (document, verdict) in documents.iter().zip(dedup(&documents)) {
        if let Some((kept, relation, share)) = verdict.duplicate_of {
            let kept = &documents[kept.index()].key;
            out += &format!(
                "{} is {relation:?} with {kept} ({:.0} %)\n",
                document.key,
                100.0 * share
            );
            gone += 1;
        }
    }
    Ok(out
        + &format!(
            "{} of {} articles stay\n",
            documents.len() - gone,
            documents.len()
        ))
}
