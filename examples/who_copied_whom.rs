//! Who copied whom in a folder of articles, and from which source outside it, with the strongest piece of evidence.
//!
//! ```text
//! cargo run --release --example who_copied_whom [PATH]
//! ```

#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::path::Path;

use anyhow::Result;
use wirecopy_detector::detect;
use wirecopy_examples::{documents, path};

fn main() -> Result<()> {
    print!("{}", report(&path(1, ""))?);
    Ok(())
}

/// A line for each copy.
pub fn report(path: &Path) -> Result<String> {
    let lineage = detect(&documents(path)?).lineage;
    let mut out = String::new();
    for edge in &lineage.edges {
        let source = lineage.sources.iter().find(|source| source.id == edge.from);
        let from = source
            .and_then(|source| source.name.as_ref())
            .unwrap_or(&edge.from);
        let strongest = edge
            .evidence
            .iter()
            .max_by(|x, y| x.weight.total_cmp(&y.weight));
        let why = strongest.map_or("nothing beside the shared text", |e| e.cue.as_str());
        out += &format!(
            "{} <- {from} ({:?}, P {:.2}, {why})\n",
            edge.to, edge.relation, edge.probability
        );
    }
    Ok(out)
}
