//! Files to documents.

use std::path::PathBuf;

use wirecopy_core::{Document, TextOrigin};
use wirecopy_corpus::html::PageMetadata;
use wirecopy_corpus::read::{Keep, Unread};
use wirecopy_corpus::{Inputs, ReadOptions, decode};

use super::{Broken, Checked, hold};
use crate::case::{Case, RawFile};

pub(super) fn file(case: &Case) -> Checked {
    let Some(file) = &case.file else {
        return Ok(());
    };
    let trouble = |error: std::io::Error| Broken {
        rule: "a file is written",
        detail: error.to_string(),
    };
    let folder = tempfile::tempdir().map_err(trouble)?;
    let path = folder.path().join(&file.name);
    std::fs::write(&path, file.content.bytes()).map_err(trouble)?;
    if let Ok(text) = std::str::from_utf8(file.content.bytes()) {
        let _ = PageMetadata::read(text);
    }
    let documents = read(&path)?;
    documents
        .iter()
        .try_for_each(|document| sound(document, file))?;
    let unread = read_later(&path)?;
    hold(
        unread
            .iter()
            .map(|d| &d.text)
            .eq(documents.iter().map(|d| &d.text)),
        "files read by workers give the same documents",
        || format!("{} and {} documents", unread.len(), documents.len()),
    )
}

fn inputs(path: &PathBuf) -> Result<Inputs, Broken> {
    let options = ReadOptions {
        keep: Keep::Rereadable,
        max_decompressed_bytes: 4 << 20,
        ..ReadOptions::default()
    };
    Inputs::open(std::slice::from_ref(path), options).map_err(|error| Broken {
        rule: "an input is opened",
        detail: error.to_string(),
    })
}

/// The documents of a file; each is had again by its locator.
fn read(path: &PathBuf) -> Result<Vec<Document>, Broken> {
    let mut out = Vec::new();
    for raw in inputs(path)?.flatten() {
        let Ok(decoded) = decode(&raw) else {
            continue;
        };
        let text = decoded.document.text;
        let again = raw.locator().text_again();
        hold(
            again.as_ref().ok() == Some(&text),
            "a text can be had again",
            || format!("{again:?}"),
        )?;
        out.push(Document {
            text,
            ..decoded.document
        });
    }
    Ok(out)
}

fn read_later(path: &PathBuf) -> Result<Vec<Document>, Broken> {
    let mut inputs = inputs(path)?;
    let mut out = Vec::new();
    while let Some(unread) = inputs.next_unread() {
        let records = match unread {
            Ok(Unread::Record(record)) => vec![Ok(record)],
            Ok(Unread::File(file)) => {
                let mut records = Vec::new();
                file.read(|record| records.push(record));
                records
            }
            Err(_) => Vec::new(),
        };
        let decoded = records.iter().flatten().filter_map(|raw| decode(raw).ok());
        out.extend(decoded.map(|decoded| decoded.document));
    }
    Ok(out)
}

fn sound(document: &Document, file: &RawFile) -> Checked {
    hold(
        !document.text.trim().is_empty(),
        "a document has a text",
        || file.name.clone(),
    )?;
    let is_plain = file.name.ends_with(".txt") && document.text_origin == TextOrigin::Source;
    hold(
        !is_plain || document.text.as_bytes() == file.content.bytes(),
        "the text of a plain file is the file",
        || file.name.clone(),
    )
}
