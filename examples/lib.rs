//! What the examples share: documents from a path.

#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};

use anyhow::Result;
use wirecopy_corpus::{Inputs, ReadOptions, decode};
use wirecopy_document::{DocKey, Document};

/// The documents of a file or folder, named by their ids or paths. The first record that cannot be read ends it; who would
/// rather go on keeps the errors of the iterator.
///
/// # Errors
/// When the path cannot be opened, or a record is no document.
pub fn documents(path: &Path) -> Result<Vec<Document>> {
    let inputs = Inputs::open(&[path.to_path_buf()], ReadOptions::default())?;
    let document = |decoded: wirecopy_corpus::Decoded| Document {
        key: DocKey(decoded.id.name),
        ..decoded.document
    };
    let records = inputs.map(|record| Ok(document(decode(&record?)?)));
    records.collect()
}

/// The path that the user gave as argument `number` (from 1), else one of the articles in this repository.
#[must_use]
pub fn path(number: usize, fixture: &str) -> PathBuf {
    let given = std::env::args_os().nth(number).map(PathBuf::from);
    given.unwrap_or_else(|| fixtures().join(fixture))
}

/// The folder with the invented articles.
#[must_use]
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/newsroom/articles")
}
