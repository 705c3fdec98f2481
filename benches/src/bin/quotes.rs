//! Quotations of articles, written as a findings document for the scorers of annotated news.
//!
//! Usage: `quotes PATH...`, where PATH is a text file, a folder of `.txt` files, or a JSONL file with `id` and `text`.
//! Findings go to standard output, speed to standard error.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line harness"
)]

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use wirecopy_document::language;
use wirecopy_quotes as quote;
use wirecopy_quotes::{Quote, QuoteForm, QuoteGroup, QuoteIn};
use wirecopy_text::DocId;

struct Article {
    id: String,
    text: String,
}

fn main() -> Result<()> {
    let mut articles = Vec::new();
    for path in std::env::args().skip(1) {
        read(Path::new(&path), &mut articles)?;
    }
    let start = Instant::now();
    let found: Vec<Vec<Quote>> = articles
        .iter()
        .map(|a| quote::detect(&a.text, language::detect(&a.text, None), &[]))
        .collect();
    let spent = start.elapsed().as_secs_f64();
    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    let count: usize = found.iter().map(Vec::len).sum();
    eprintln!(
        "detect: {count} quotes, {bytes} bytes, {:.1} MB/s",
        bytes as f64 / 1e6 / spent
    );
    let all: Vec<QuoteIn<'_>> = found
        .iter()
        .enumerate()
        .flat_map(|(d, list)| inputs(d, &articles[d], list))
        .collect();
    let start = Instant::now();
    let groups = quote::group(&all);
    eprintln!(
        "group: {} groups of {} quotes, {:.3} s",
        groups.len(),
        all.len(),
        start.elapsed().as_secs_f64()
    );
    println!("{}", findings(&articles, &found, &groups));
    Ok(())
}

fn read(path: &Path, out: &mut Vec<Article>) -> Result<()> {
    if path.is_dir() {
        let mut files: Vec<PathBuf> = std::fs::read_dir(path)?
            .map(|e| Ok(e?.path()))
            .collect::<Result<_>>()?;
        files.sort();
        return files
            .iter()
            .filter(|f| f.extension().is_some_and(|e| e == "txt"))
            .try_for_each(|f| read(f, out));
    }
    let content = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    if path.extension().is_none_or(|e| e != "jsonl") {
        let id = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        out.push(Article { id, text: content });
        return Ok(());
    }
    for (i, line) in content.lines().enumerate() {
        let record: Value =
            serde_json::from_str(line).with_context(|| format!("line {}", i + 1))?;
        let id = record["id"]
            .as_str()
            .map_or_else(|| i.to_string(), str::to_owned);
        out.push(Article {
            id,
            text: record["text"].as_str().unwrap_or_default().to_owned(),
        });
    }
    Ok(())
}

fn inputs<'t>(
    doc: usize,
    article: &'t Article,
    list: &'t [Quote],
) -> impl Iterator<Item = QuoteIn<'t>> {
    list.iter().map(move |q| QuoteIn {
        doc: DocId::new(doc),
        text: q.span.of(&article.text),
        speaker: q.speaker.as_deref(),
        relayed_by: q.relayed_by.as_deref(),
        form: q.form,
    })
}

fn findings(articles: &[Article], found: &[Vec<Quote>], groups: &[QuoteGroup]) -> Value {
    let documents: Vec<Value> = articles.iter().map(|a| json!({"id": a.id})).collect();
    let mut quotes = Vec::new();
    for (article, list) in articles.iter().zip(found) {
        for q in list {
            quotes.push(record(article, q, quotes.len()));
        }
    }
    let mut records = Vec::new();
    for (g, group) in groups.iter().enumerate() {
        let id = format!("G{}", g + 1);
        for &member in &group.members {
            quotes[member]["group"] = json!(id);
        }
        let members: Vec<String> = group
            .members
            .iter()
            .map(|m| format!("Q{}", m + 1))
            .collect();
        records.push(json!({"id": id, "speaker": group.speaker, "quotes": members, "altered": group.altered}));
    }
    json!({"documents": documents, "pairs": [], "families": [], "boilerplate": [], "quotes": quotes, "quote_groups": records})
}

fn record(article: &Article, q: &Quote, number: usize) -> Value {
    let span = |s: wirecopy_text::ByteSpan| json!({"start": s.start, "end": s.end});
    let form = match q.form {
        QuoteForm::Speech => "speech",
        QuoteForm::Scare => "scare",
        QuoteForm::Title => "title",
    };
    json!({
        "id": format!("Q{}", number + 1), "document": article.id, "start": q.span.start, "end": q.span.end,
        "text": q.span.of(&article.text), "form": form, "speaker": q.speaker, "relayed_by": q.relayed_by,
        "mention": q.mention.map(span), "cue": q.cue.map(span),
    })
}
