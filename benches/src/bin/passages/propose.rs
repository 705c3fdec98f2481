//! What may be a passage, with its measurements: for fitting the judge and for reading.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use serde_json::Value;
use wirecopy_core::align::{
    AlignScratch, Aligner, AnalysedText, MEASURE_NAMES, PassageCandidates, TextView,
};
use wirecopy_text::ByteSpan;
use wirecopy_text::TermCache;
use wirecopy_text::span::{complement, union};

use crate::articles::{self, Article};
use crate::find::pairs;
use crate::report::Watch;
use crate::settings::Settings;

/// `propose PATH FINDINGS.json OUT.tsv`: the proposals of all pairs of a folder, or of the pairs that the postings find in a
/// file. Bodies and quotations are those of the findings. A line each: ids and bytes of both sides, log-odds, measurements.
pub(crate) fn propose(
    path: &Path,
    findings: &Path,
    out: &Path,
    settings: &Settings,
) -> anyhow::Result<()> {
    let articles = articles::read(path)?;
    let aligner = Aligner::new(settings.options.clone())?;
    let findings: Value = serde_json::from_str(&std::fs::read_to_string(findings)?)?;
    let prepared = prepared(&aligner, &articles, &findings)?;
    let pairs = pairs(path, &prepared, settings);
    let watch = Watch::start();
    let mut scratch = AlignScratch::default();
    let mut lines = format!(
        "a\tb\ta_start\ta_end\tb_start\tb_end\tweight\t{}\n",
        MEASURE_NAMES.join("\t")
    );
    for &(a, b) in &pairs {
        for proposed in aligner.propose(&prepared[a], &prepared[b], &mut scratch) {
            line(&mut lines, (&articles[a].id, &articles[b].id), &proposed);
        }
    }
    watch.report("pairs", pairs.len());
    std::fs::write(out, lines)?;
    Ok(())
}

fn line(lines: &mut String, (a, b): (&str, &str), proposed: &PassageCandidates) {
    let PassageCandidates {
        a: left, b: right, ..
    } = proposed;
    let spans = [left.start, left.end, right.start, right.end]
        .map(|at| at.to_string())
        .join("\t");
    let _ = write!(lines, "{a}\t{b}\t{spans}\t{:.3}", proposed.weight);
    for value in &proposed.measured {
        let _ = write!(lines, "\t{value:.3}");
    }
    lines.push('\n');
}

/// Every article made ready, with the bodies and quotations that the findings give it.
fn prepared(
    aligner: &Aligner,
    articles: &[Article],
    findings: &Value,
) -> anyhow::Result<Vec<AnalysedText>> {
    let masked = spans(findings, "boilerplate")?;
    let quoted = spans(findings, "quotes")?;
    let of = |map: &HashMap<&str, Vec<ByteSpan>>, id: &str| {
        union(map.get(id).cloned().unwrap_or_default())
    };
    let prepare = |article: &Article| {
        let mut out = AnalysedText::default();
        let view = TextView {
            text: &article.text,
            body: &complement(&of(&masked, &article.id), article.text.len()),
            quotes: &of(&quoted, &article.id),
            language: wirecopy_document::language::detect(&article.text, None),
        };
        aligner.prepare(&view, &mut TermCache::default(), &mut out);
        out
    };
    Ok(articles.iter().map(prepare).collect())
}

/// The spans of one list of records, by document.
fn spans<'f>(findings: &'f Value, list: &str) -> anyhow::Result<HashMap<&'f str, Vec<ByteSpan>>> {
    let records = findings[list]
        .as_array()
        .with_context(|| format!("the findings have no {list}"))?;
    let mut out: HashMap<&str, Vec<ByteSpan>> = HashMap::new();
    for record in records {
        let at = |name: &str| {
            record[name]
                .as_u64()
                .with_context(|| format!("a record of {list} has no {name}"))
        };
        let span = ByteSpan::new(at("start")? as usize, at("end")? as usize);
        let document = record["document"]
            .as_str()
            .context("a record has no document")?;
        out.entry(document).or_default().push(span);
    }
    Ok(out)
}
