//! Files to documents.

use std::path::{Path, PathBuf};

use serde_json::json;
use tempfile::TempDir;

use wirecopy_corpus::html::PageMetadata;
use wirecopy_corpus::read::{Deferred, Keep};
use wirecopy_corpus::{Inputs, ReadOptions, decode};
use wirecopy_document::{Document, TextOrigin};

use super::{Broken, Checked, hold};
use crate::case::{Article, Case, RawFile};

pub(super) fn file(case: &Case) -> Checked {
    let Some(file) = &case.file else {
        return same_in_all_formats(&case.articles);
    };
    let folder = folder()?;
    let path = write(&folder, &file.name, file.content.bytes())?;
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

fn trouble(error: &std::io::Error) -> Broken {
    Broken {
        rule: "a file is written",
        detail: error.to_string(),
    }
}

/// A folder in memory, where the system has one: disks are slow.
fn folder() -> Result<TempDir, Broken> {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    made.map_err(|error| trouble(&error))
}

fn write(folder: &TempDir, name: &str, bytes: &[u8]) -> Result<PathBuf, Broken> {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).map_err(|error| trouble(&error))?;
    Ok(path)
}

/// One list of articles as JSON lines, as one JSON array and as tables gives the same documents.
fn same_in_all_formats(articles: &[Article]) -> Checked {
    if articles
        .iter()
        .flat_map(values)
        .any(|value| is_unprintable(value))
    {
        return Ok(());
    }
    let folder = folder()?;
    let records: Vec<String> = articles
        .iter()
        .map(|a| {
            json!({ "text": a.text, "title": a.title, "published": a.published, "url": a.url })
                .to_string()
        })
        .collect();
    let lines = write(&folder, "a.jsonl", records.join("\n").as_bytes())?;
    let wanted = told(&read(&lines)?);
    let mut forms = vec![("b.json", format!("[{}]", records.join(",")))];
    if !articles.iter().any(escapes_a_mark) {
        forms.push(("c.csv", table(articles, ",")));
        forms.push(("d.tsv", table(articles, "\t")));
    }
    for (name, content) in forms {
        let found = told(&read(&write(&folder, name, content.as_bytes())?)?);
        hold(
            found == wanted,
            "all formats give the same documents",
            || format!("{name}: {found:?}, not {wanted:?}"),
        )?;
    }
    Ok(())
}

/// Whether a value has a backslash before a quotation mark or at its end. In a table that is read as Spark and MySQL mean it,
/// as the escape of the mark, and RFC 4180 means a backslash: no reader can tell the two apart.
fn escapes_a_mark(article: &Article) -> bool {
    values(article).any(|value| value.contains("\\\"") || value.ends_with('\\'))
}

/// The values of the fields that are written.
fn values(article: &Article) -> impl Iterator<Item = &String> {
    let fields = [&article.title, &article.published, &article.url];
    fields.into_iter().flatten().chain([&article.text])
}

/// Whether so many of the characters are controls that a file with the text is taken for binary; JSON escapes them.
fn is_unprintable(text: &str) -> bool {
    let odd = text
        .chars()
        .filter(|c| c.is_control() && !c.is_whitespace());
    odd.count() * 40 > text.len()
}

/// What a document says, for comparing.
type Told = (String, Option<String>, Option<String>, Option<String>);

fn told(documents: &[Document]) -> Vec<Told> {
    let one = |d: &Document| {
        (
            d.text.clone(),
            d.title.clone(),
            d.published.clone(),
            d.url.clone(),
        )
    };
    documents.iter().map(one).collect()
}

/// A table as RFC 4180 has it.
fn table(articles: &[Article], divider: &str) -> String {
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut out = ["text", "title", "published", "url"].join(divider) + "\r\n";
    for article in articles {
        let fields = [&article.title, &article.published, &article.url];
        let fields = fields.map(|field| cell(field.as_deref().unwrap_or_default()));
        out += &[&[cell(&article.text)][..], &fields].concat().join(divider);
        out += "\r\n";
    }
    out
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
            Ok(Deferred::Record(record)) => vec![Ok(record)],
            Ok(Deferred::File(file)) => {
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
