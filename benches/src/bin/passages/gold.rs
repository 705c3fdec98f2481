//! Passages that are known: where a text was taken to, where from, and in which way it was changed.

use std::path::Path;

use serde::Deserialize;
use wirecopy_text::hash::{Seed, hash_bytes};

/// One known passage. Offsets are code points.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Gold {
    /// The article that took the text.
    pub(crate) susp: String,
    pub(crate) susp_start: usize,
    pub(crate) susp_end: usize,
    /// The article that it was taken from.
    pub(crate) src: String,
    pub(crate) src_start: usize,
    pub(crate) src_end: usize,
    /// The way in which it was changed.
    #[serde(rename = "type")]
    pub(crate) class: String,
}

/// Which half of the articles one belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Half {
    /// Settings may be fitted on it.
    Fit,
    /// Settings are tested on it.
    Test,
}

/// The half of an article, by a hash of its name.
pub(crate) fn half(id: &str) -> Half {
    if hash_bytes(id.as_bytes(), Seed::BLOCK).is_multiple_of(2) {
        Half::Fit
    } else {
        Half::Test
    }
}

/// The known passages of a JSON Lines file.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<Gold>> {
    std::fs::read_to_string(path)?
        .lines()
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}
