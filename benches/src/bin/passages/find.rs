//! Finds candidates and passages, and writes them in the shape of findings.

use std::path::Path;

use serde_json::{Value, json};
use wirecopy_core::align::{AlignScratch, Aligner, AnalysedText, PairAlignment, PassageKind};
use wirecopy_core::candidates::{PostingCaps, Postings, SharedPair};
use wirecopy_core::sketch::{Fingerprinter, Fingerprints};
use wirecopy_text::DocId;

use crate::articles::{self, Article};
use crate::report::{Watch, say};
use crate::settings::Settings;

/// `align PATH OUT.json [name=value...]`: all pairs of a folder, or the pairs that the postings find in a file.
pub(crate) fn align(path: &Path, out: &Path, settings: &Settings) -> anyhow::Result<()> {
    let articles = articles::read(path)?;
    let aligner = Aligner::new(settings.options.clone())?;
    let prepared = prepared(&aligner, &articles, path.is_dir());
    let pairs = pairs(path, &prepared, settings);
    let watch = Watch::start();
    let mut scratch = AlignScratch::default();
    let mut found = Vec::new();
    for &(a, b) in &pairs {
        let alignment = aligner.align(&prepared[a], &prepared[b], &mut scratch);
        if !alignment.passages.is_empty() {
            found.push(pair(&articles[a].id, &articles[b].id, &alignment));
        }
    }
    watch.report("pairs aligned", pairs.len());
    let documents: Vec<Value> = articles.iter().map(|a| json!({ "id": a.id })).collect();
    let findings = json!({
        "documents": documents, "pairs": found, "quotes": [], "boilerplate": [], "families": [],
        "lineage": { "sources": [], "edges": [], "undetermined": [] },
    });
    std::fs::write(out, serde_json::to_string(&findings)?)?;
    Ok(())
}

/// Every article made ready: all of it, or what lies outside sentences that several articles have.
pub(crate) fn prepared(aligner: &Aligner, articles: &[Article], whole: bool) -> Vec<AnalysedText> {
    let watch = Watch::start();
    let bodies = if whole {
        articles::whole(articles)
    } else {
        articles::bodies(aligner, articles)
    };
    let prepared = articles::prepare_all(aligner, articles, &bodies);
    watch.report("prepared", articles.len());
    prepared
}

/// The pairs that share at least `bits` in one place.
pub(crate) fn candidates(prepared: &[AnalysedText], bits: f32) -> Vec<SharedPair> {
    let watch = Watch::start();
    let (mut postings, mut prints) = (Postings::default(), Fingerprints::default());
    let mut printer = Fingerprinter::default();
    for (at, document) in prepared.iter().enumerate() {
        printer.fingerprints(document, &mut prints);
        postings.push(DocId::new(at), &prints);
    }
    say(&format!("{} fingerprints", postings.len()));
    let found = postings.finish(bits, PostingCaps::default());
    watch.report("candidate pairs", found.pairs.len());
    found.pairs
}

/// The pairs to align: all of a folder, those that the postings find of a file.
pub(crate) fn pairs(
    path: &Path,
    prepared: &[AnalysedText],
    settings: &Settings,
) -> Vec<(usize, usize)> {
    if path.is_dir() {
        return every_pair(prepared.len());
    }
    let found = candidates(prepared, settings.candidate_bits);
    found.iter().map(|p| (p.a.index(), p.b.index())).collect()
}

fn every_pair(count: usize) -> Vec<(usize, usize)> {
    (0..count)
        .flat_map(|a| (a + 1..count).map(move |b| (a, b)))
        .collect()
}

fn pair(a: &str, b: &str, alignment: &PairAlignment) -> Value {
    let passages: Vec<Value> = alignment
        .passages
        .iter()
        .map(|p| {
            json!({
                "a": { "start": p.a.start, "end": p.a.end }, "b": { "start": p.b.start, "end": p.b.end },
                "kind": name(p.kind), "identity": p.identity, "score": p.score, "quoted": p.quoted,
            })
        })
        .collect();
    json!({
        "a": a, "b": b, "relation": "shares_passages", "passages": passages,
        "aligned_a": alignment.share_a(), "aligned_b": alignment.share_b(), "kinship": alignment.topic_overlap,
    })
}

fn name(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Exact => "exact",
        PassageKind::Near => "near",
        PassageKind::Reworded => "reworded",
        PassageKind::QuoteVariant => "quote_variant",
    }
}
