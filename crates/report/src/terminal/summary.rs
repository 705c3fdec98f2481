//! The summary of a run, and the copy graph as trees.

use std::io::{self, Write};

use wirecopy_findings::Findings;

use super::families::{families, loners, undetermined_apart};
use super::layout::Canvas;
use super::sections::{boilerplate, passage_groups, quotations, rivals, sites, skipped};
use super::style::{Paint, Style};
use crate::index::View;
use crate::labels::{count, size};
use crate::texts::Texts;

/// How much of each list is shown. What is left out is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) families: usize,
    pub(crate) members: usize,
    pub(crate) open_links: usize,
    pub(crate) pairs: usize,
    pub(crate) passages: usize,
    pub(crate) evidence: usize,
    pub(crate) groups: usize,
    pub(crate) rivals: usize,
    pub(crate) errors: usize,
}

/// Up to this many documents a reader wants to see everything at once.
const FEW_DOCUMENTS: u64 = 60;

impl Limits {
    fn summary(documents: u64) -> Self {
        let few = Self {
            families: 20,
            members: 40,
            open_links: 6,
            pairs: 6,
            passages: 4,
            evidence: 1,
            groups: 10,
            rivals: 12,
            errors: 20,
        };
        match documents {
            0..=FEW_DOCUMENTS => few,
            _ => Self {
                families: 8,
                members: 8,
                open_links: 2,
                pairs: 1,
                passages: 2,
                groups: 6,
                rivals: 6,
                errors: 10,
                ..few
            },
        }
    }

    const fn lineage() -> Self {
        Self {
            families: usize::MAX,
            members: usize::MAX,
            open_links: usize::MAX,
            pairs: 0,
            passages: 0,
            evidence: 3,
            groups: 0,
            rivals: 0,
            errors: 0,
        }
    }
}

/// Writes what a run found, for a person: totals, families as lineage trees with their shared passages, quotations,
/// rivals, boilerplate, and what was skipped. Long lists are cut and say so; the output grows with what is shown, the
/// work linearly with the findings.
///
/// # Errors
/// When `out` cannot be written.
pub fn summary(
    findings: &Findings,
    texts: &impl Texts,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let view = View::new(findings, texts);
    let limits = Limits::summary(findings.documents.len() as u64);
    let mut canvas = Canvas::new(style, out);
    totals(&view, &mut canvas)?;
    families(&view, &limits, &mut canvas)?;
    loners(&view, &limits, &mut canvas)?;
    undetermined_apart(&view, &limits, &mut canvas)?;
    rivals(&view, &limits, &mut canvas)?;
    quotations(&view, &limits, &mut canvas)?;
    passage_groups(&view, &limits, &mut canvas)?;
    boilerplate(&view, &mut canvas)?;
    sites(&view, &mut canvas)?;
    skipped(&view, &limits, &mut canvas)
}

/// Writes the copy graph alone, as trees with all their evidence. Documents that neither copied nor were copied are
/// counted, not listed.
///
/// # Errors
/// When `out` cannot be written.
pub fn lineage(
    findings: &Findings,
    texts: &impl Texts,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let view = View::new(findings, texts);
    let limits = Limits::lineage();
    let mut canvas = Canvas::new(style, out);
    totals(&view, &mut canvas)?;
    families(&view, &limits, &mut canvas)?;
    loners(&view, &limits, &mut canvas)?;
    undetermined_apart(&view, &limits, &mut canvas)?;
    sites(&view, &mut canvas)
}

fn totals(view: &View<'_>, canvas: &mut Canvas<'_>) -> io::Result<()> {
    let findings = view.findings;
    let summary = &findings.summary;
    let plural = |n: u64, noun| count(usize::try_from(n).unwrap_or(usize::MAX), noun);
    let copies = findings
        .pairs
        .iter()
        .filter(|p| p.relation.is_copy())
        .count();
    let archived = findings.documents.iter().filter(|d| d.archive).count();
    let of_archive = match archived {
        0 => String::new(),
        some => format!(" and {} of the archive", crate::labels::number(some)),
    };
    let mut parts = vec![
        plural(summary.documents, "document") + &of_archive,
        plural(summary.families, "family"),
        format!(
            "{} ({} copied)",
            plural(summary.pairs, "related pair"),
            crate::labels::number(copies)
        ),
        plural(summary.quotes, "quotation"),
        format!("{} of boilerplate", size(summary.boilerplate_bytes)),
    ];
    if summary.errors > 0 {
        parts.push(plural(summary.errors, "problem"));
    }
    let dot = canvas.style.glyphs().dot;
    let mut text = canvas.text();
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            text.push(Paint::Faint, &format!(" {dot} "));
        }
        text.push(Paint::Strong, part);
    }
    canvas.put("", &text)
}
