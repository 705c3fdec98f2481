//! Plagdet, recall, precision and granularity (Potthast and others 2010), macro-averaged, by characters of both sides.
//!
//! Only passages between an article that took text (`susp-`) and one that did not are judged, as the sets have it.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use anyhow::Context;
use serde_json::Value;

use crate::articles;
use crate::gold::{self, Gold, Half};
use crate::report::figure;

/// A stretch of one article and one of another, in code points.
#[derive(Clone, Debug)]
struct Match<'t> {
    susp: &'t str,
    src: &'t str,
    susp_span: (usize, usize),
    src_span: (usize, usize),
}

/// Prints the figures of both halves, all classes together and each.
pub(crate) fn score(articles: &Path, gold: &Path, findings: &Path) -> anyhow::Result<()> {
    let texts: HashMap<String, String> = articles::read(articles)?
        .into_iter()
        .map(|a| (a.id, a.text))
        .collect();
    let gold = gold::read(gold)?;
    let findings: Value = serde_json::from_str(&std::fs::read_to_string(findings)?)?;
    let found = reported(&findings, &texts)?;
    let classes: BTreeSet<&str> = gold.iter().map(|g| g.class.as_str()).collect();
    for half in [Half::Fit, Half::Test] {
        let of_half: Vec<&Gold> = gold
            .iter()
            .filter(|g| gold::half(&g.susp) == half)
            .collect();
        let found: Vec<&Match<'_>> = found
            .iter()
            .filter(|f| gold::half(f.susp) == half)
            .collect();
        figure(&format!("{half:?}: {}", Figures::of(&of_half, &found)));
        for class in &classes {
            let rows: Vec<&Gold> = of_half
                .iter()
                .filter(|g| g.class == *class)
                .copied()
                .collect();
            let articles: BTreeSet<&str> = rows.iter().map(|g| g.susp.as_str()).collect();
            let found: Vec<&Match<'_>> = found
                .iter()
                .filter(|f| articles.contains(f.susp))
                .copied()
                .collect();
            figure(&format!("  {class:12} {}", Figures::of(&rows, &found)));
        }
        let took: BTreeSet<&str> = of_half.iter().map(|g| g.susp.as_str()).collect();
        let clean = found.iter().filter(|f| !took.contains(f.susp)).count();
        figure(&format!("  passages in clean articles {clean}"));
    }
    Ok(())
}

/// The passages of a findings document between an article that took text and one that did not.
fn reported<'t>(
    findings: &'t Value,
    texts: &'t HashMap<String, String>,
) -> anyhow::Result<Vec<Match<'t>>> {
    let mut out = Vec::new();
    for pair in findings["pairs"].as_array().context("pairs")? {
        let (a, b) = (
            pair["a"].as_str().unwrap_or(""),
            pair["b"].as_str().unwrap_or(""),
        );
        let (susp, src, first, second) = if a.starts_with("susp") {
            (a, b, "a", "b")
        } else {
            (b, a, "b", "a")
        };
        if !susp.starts_with("susp") || src.starts_with("susp") {
            continue;
        }
        for passage in pair["passages"].as_array().into_iter().flatten() {
            let points = |id: &str, side: &Value| -> Option<(usize, usize)> {
                let text = texts.get(id)?;
                let at = |name: &str| {
                    let byte = usize::try_from(side[name].as_u64()?).ok()?;
                    Some(text.get(..byte)?.chars().count())
                };
                Some((at("start")?, at("end")?))
            };
            out.push(Match {
                susp,
                src,
                susp_span: points(susp, &passage[first]).context("a span off its text")?,
                src_span: points(src, &passage[second]).context("a span off its text")?,
            });
        }
    }
    Ok(out)
}

/// The four figures.
struct Figures {
    plagdet: f64,
    precision: f64,
    recall: f64,
    granularity: f64,
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "plagdet {:.4}  precision {:.4}  recall {:.4}  granularity {:.4}",
            self.plagdet, self.precision, self.recall, self.granularity
        )
    }
}

impl Figures {
    fn of(gold: &[&Gold], found: &[&Match<'_>]) -> Self {
        let known: Vec<Match<'_>> = gold.iter().map(|g| g.place()).collect();
        let known: Vec<&Match<'_>> = known.iter().collect();
        let recall = mean_covered(&known, found);
        let precision = mean_covered(found, &known);
        let hits: Vec<usize> = known
            .iter()
            .map(|k| found.iter().filter(|f| f.meets(k)).count())
            .filter(|&n| n > 0)
            .collect();
        let granularity = if hits.is_empty() {
            1.0
        } else {
            hits.iter().sum::<usize>() as f64 / hits.len() as f64
        };
        let sum = precision + recall;
        let harmonic = if sum > 0.0 {
            2.0 * precision * recall / sum
        } else {
            0.0
        };
        Self {
            plagdet: harmonic / (1.0 + granularity).log2(),
            precision,
            recall,
            granularity,
        }
    }
}

/// The mean share of each of `xs` that those of `ys` which meet it cover.
fn mean_covered(xs: &[&Match<'_>], ys: &[&Match<'_>]) -> f64 {
    let share = |x: &&Match<'_>| {
        let meeting: Vec<&Match<'_>> = ys.iter().filter(|y| x.meets(y)).copied().collect();
        let covered = covered(x.susp_span, meeting.iter().map(|y| y.susp_span))
            + covered(x.src_span, meeting.iter().map(|y| y.src_span));
        let size = length(x.susp_span) + length(x.src_span);
        covered as f64 / size.max(1) as f64
    };
    if xs.is_empty() {
        0.0
    } else {
        xs.iter().map(share).sum::<f64>() / xs.len() as f64
    }
}

impl Gold {
    fn place(&self) -> Match<'_> {
        Match {
            susp: &self.susp,
            src: &self.src,
            susp_span: (self.susp_start, self.susp_end),
            src_span: (self.src_start, self.src_end),
        }
    }
}

impl Match<'_> {
    fn meets(&self, other: &Match<'_>) -> bool {
        self.susp == other.susp
            && self.src == other.src
            && meet(self.susp_span, other.susp_span)
            && meet(self.src_span, other.src_span)
    }
}

fn meet(x: (usize, usize), y: (usize, usize)) -> bool {
    x.0.max(y.0) < x.1.min(y.1)
}

fn length(x: (usize, usize)) -> usize {
    x.1.saturating_sub(x.0)
}

/// Points of `whole` that lie in any of `parts`.
fn covered(whole: (usize, usize), parts: impl Iterator<Item = (usize, usize)>) -> usize {
    let mut parts: Vec<(usize, usize)> = parts
        .map(|p| (p.0.max(whole.0), p.1.min(whole.1)))
        .filter(|p| p.0 < p.1)
        .collect();
    parts.sort_unstable();
    let mut sum = 0;
    let mut end = 0;
    for (from, to) in parts {
        if to > end {
            sum += to - from.max(end);
            end = to;
        }
    }
    sum
}
