//! How fast pairs are aligned, and how long the worst texts take.

use std::path::Path;
use std::time::Instant;

use wirecopy_core::align::{AlignOptions, AlignScratch, Aligner, AnalysedText};
use wirecopy_text::ByteSpan;

use crate::report::figure;
use crate::{articles, find};

/// Pairs that are aligned for the figure: enough for a second or two.
const MOST_PAIRS: usize = 40_000;

/// Bytes of the long texts.
const LONG: usize = 1 << 20;

/// Prints candidate pairs aligned in a second on one core, and seconds for a text of a megabyte against itself.
pub(crate) fn speed(path: &Path) -> anyhow::Result<()> {
    let articles = articles::read(path)?;
    let aligner = Aligner::new(AlignOptions::default())?;
    let prepared = find::prepared(&aligner, &articles, false);
    let mut pairs = find::candidates(&prepared, 12.0);
    pairs.truncate(MOST_PAIRS);
    let mut scratch = AlignScratch::default();
    let started = Instant::now();
    let passages: usize = pairs
        .iter()
        .map(|p| {
            let (a, b) = (&prepared[p.a.index()], &prepared[p.b.index()]);
            aligner.align(a, b, &mut scratch).passages.len()
        })
        .sum();
    let seconds = started.elapsed().as_secs_f64();
    figure(&format!(
        "{} candidate pairs, {passages} passages, {:.0} pairs a second on one core",
        pairs.len(),
        pairs.len() as f64 / seconds
    ));
    let mut long = String::new();
    for article in articles.iter().cycle().take_while(|_| true) {
        if long.len() >= LONG || article.text.is_empty() {
            break;
        }
        long.push_str(&article.text);
        long.push('\n');
    }
    against_itself(&aligner, "a megabyte of articles", &long);
    let period = "The ferry ran aground on the sandbank off the harbour. ";
    against_itself(
        &aligner,
        "a megabyte of one sentence",
        &period.repeat(LONG / period.len()),
    );
    Ok(())
}

fn against_itself(aligner: &Aligner, name: &str, text: &str) {
    let started = Instant::now();
    let prepared: AnalysedText = articles::prepare(aligner, text, &[ByteSpan::new(0, text.len())]);
    let made = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let found = aligner.align(&prepared, &prepared, &mut AlignScratch::default());
    figure(&format!(
        "{name} against itself: prepared in {made:.2} s, aligned in {:.2} s, {} passages, share {:.3}",
        started.elapsed().as_secs_f64(),
        found.passages.len(),
        found.share_a()
    ));
}
