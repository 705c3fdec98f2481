//! Articles as the harness reads them: texts, bodies and quotations, good enough to measure the aligner by itself.

use std::collections::HashMap;
use std::path::Path;

use serde_json::Value;
use wirecopy_core::align::{Aligner, AnalysedText, TextView};
use wirecopy_text::ByteSpan;
use wirecopy_text::TermCache;
use wirecopy_text::span::{complement, union};

/// One article.
pub(crate) struct Article {
    /// The name that findings have it by.
    pub(crate) id: String,
    /// Its text.
    pub(crate) text: String,
}

/// The `.txt` files of a folder, by name, or the records (`id`, `text`) of a JSON Lines file, in order.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<Article>> {
    if path.is_dir() {
        let mut files: Vec<_> = std::fs::read_dir(path)?
            .map(|e| Ok(e?.path()))
            .collect::<std::io::Result<_>>()?;
        files.sort();
        let name = |p: &Path| {
            p.file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default()
        };
        let article = |p: &Path| {
            Ok(Article {
                id: name(p),
                text: std::fs::read_to_string(p)?,
            })
        };
        return files.iter().map(|p| article(p)).collect();
    }
    let mut out = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let record: Value = serde_json::from_str(line)?;
        let field = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        out.push(Article {
            id: field("id"),
            text: field("text"),
        });
    }
    Ok(out)
}

/// Every article made ready, the parts of `bodies` alone.
pub(crate) fn prepare_all(
    aligner: &Aligner,
    articles: &[Article],
    bodies: &[Vec<ByteSpan>],
) -> Vec<AnalysedText> {
    articles
        .iter()
        .zip(bodies)
        .map(|(article, body)| prepare(aligner, &article.text, body))
        .collect()
}

pub(crate) fn prepare(aligner: &Aligner, text: &str, body: &[ByteSpan]) -> AnalysedText {
    let mut out = AnalysedText::default();
    aligner.prepare(
        &TextView {
            text,
            body,
            quotes: &quotes(text),
            language: wirecopy_document::language::detect(text, None),
        },
        &mut TermCache::default(),
        &mut out,
    );
    out
}

/// Bodies that are all of each article.
pub(crate) fn whole(articles: &[Article]) -> Vec<Vec<ByteSpan>> {
    articles
        .iter()
        .map(|article| vec![ByteSpan::new(0, article.text.len())])
        .collect()
}

/// Articles that hold one sentence from which it counts as boilerplate here: a stand-in for the real detector.
const BOILERPLATE_ARTICLES: u32 = 6;

/// The parts of each article outside sentences that several articles have (digits folded).
pub(crate) fn bodies(aligner: &Aligner, articles: &[Article]) -> Vec<Vec<ByteSpan>> {
    let mut count: HashMap<String, (usize, u32)> = HashMap::new();
    let mut prepared = AnalysedText::default();
    let mut sentences: Vec<Vec<ByteSpan>> = Vec::new();
    for (at, Article { text, .. }) in articles.iter().enumerate() {
        let body = [ByteSpan::new(0, text.len())];
        aligner.prepare(
            &TextView {
                text,
                body: &body,
                quotes: &[],
                language: wirecopy_document::language::detect(text, None),
            },
            &mut TermCache::default(),
            &mut prepared,
        );
        for span in prepared.sentences() {
            let seen = count
                .entry(folded(span.of(text)))
                .or_insert((usize::MAX, 0));
            if seen.0 != at {
                *seen = (at, seen.1 + 1);
            }
        }
        sentences.push(prepared.sentences().to_vec());
    }
    let masked = |text: &str, spans: &[ByteSpan]| {
        let common = |s: &&ByteSpan| count[&folded(s.of(text))].1 >= BOILERPLATE_ARTICLES;
        complement(
            &union(spans.iter().filter(common).copied().collect()),
            text.len(),
        )
    };
    articles
        .iter()
        .zip(&sentences)
        .map(|(article, spans)| masked(&article.text, spans))
        .collect()
}

fn folded(sentence: &str) -> String {
    sentence
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect()
}

/// What stands between double or curly marks of one paragraph; good enough to measure the aligner by itself.
fn quotes(text: &str) -> Vec<ByteSpan> {
    let mut out = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let after = rest.chars().next().unwrap_or(' ');
        let opens = !before.is_alphanumeric() && !after.is_whitespace();
        match (c, open) {
            ('\n', _) => open = None,
            ('“', _) => open = Some((at + c.len_utf8(), '”')),
            ('"', None) => open = Some((at + 1, '"')),
            ('‘', None) if opens => open = Some((at + c.len_utf8(), '’')),
            ('\'', None) if opens && after.is_alphabetic() => open = Some((at + 1, '\'')),
            ('”' | '"', Some((start, '”' | '"'))) if at > start => {
                out.push(ByteSpan::new(start, at));
                open = None;
            }
            ('’' | '\'', Some((start, '’' | '\''))) if !after.is_alphanumeric() && at > start =>
            {
                out.push(ByteSpan::new(start, at));
                open = None;
            }
            _ => {}
        }
        before = c;
    }
    out
}
