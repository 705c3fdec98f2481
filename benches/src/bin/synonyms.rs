//! Compiles the classes of words that stand for one another: `synonyms CLASSES.txt TABLE.bin`.

use anyhow::{Context, bail};
use wirecopy_text::encode_synonyms;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [classes, table] = args.as_slice() else {
        bail!("usage: synonyms CLASSES.txt TABLE.bin");
    };
    let classes = std::fs::read_to_string(classes).with_context(|| classes.clone())?;
    std::fs::write(table, encode_synonyms(&classes)).with_context(|| table.clone())
}
