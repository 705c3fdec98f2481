//! Writes articles with inserted passages, and the truth about them.

use std::fmt::Write;
use std::path::Path;

use serde_json::json;
use wirecopy_benches::corpus::{BaseText, insert_passages, invented};

use crate::articles;

/// `base` is a path of articles or a number of articles to invent.
pub(crate) fn generate(base: &str, seed: u64, out: &Path, gold: &Path) -> anyhow::Result<()> {
    let base: Vec<BaseText> = match base.parse() {
        Ok(count) => invented(count, seed),
        Err(_) => articles::read(Path::new(base))?
            .into_iter()
            .map(|a| BaseText {
                id: a.id,
                text: a.text,
            })
            .collect(),
    };
    let (articles, truth) = insert_passages(&base, seed);
    let mut lines = String::new();
    for article in &articles {
        writeln!(
            lines,
            "{}",
            json!({ "id": article.id, "text": article.text })
        )?;
    }
    std::fs::write(out, lines)?;
    let mut lines = String::new();
    for row in &truth {
        writeln!(lines, "{}", serde_json::to_string(row)?)?;
    }
    Ok(std::fs::write(gold, lines)?)
}
