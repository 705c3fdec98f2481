//! Which lines of a page are not the article's own. A page in HTML is brought to its text first.
//!
//! ```text
//! cargo run --release --example page_boilerplate [FILE]
//! ```

#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::path::Path;

use anyhow::Result;
use wirecopy_boilerplate::classify_single;
use wirecopy_examples::{documents, path};

fn main() -> Result<()> {
    print!("{}", report(&path(1, "tidings-hub-net"))?);
    Ok(())
}

/// A line for each block: what it is, how sure that is, and its text.
pub fn report(path: &Path) -> Result<String> {
    let mut out = String::new();
    for document in documents(path)? {
        out += &format!("{}\n", document.key);
        for block in classify_single(&document.text, document.title.as_deref(), None) {
            let text = block.span.of(&document.text);
            let kind = format!("{:?}", block.kind);
            out += &format!("  {kind:<17} {:.2}  {text}\n", block.probability);
        }
    }
    Ok(out)
}
