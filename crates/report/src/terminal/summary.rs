//! The summary of a run, and the copy graph as trees.

use std::io::{self, Write};

use wirecopy_findings::Findings;

use super::families::{families, loners, undetermined_apart};
use super::layout::Canvas;
use super::limits::Limits;
use super::sections::{boilerplate, passage_groups, quotations, rivals, sites, skipped};
use super::style::{Paint, Style};
use crate::index::View;
use crate::labels::{count, size};
use crate::texts::Texts;

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
    let copies = || findings.pairs.iter().filter(|p| p.relation.is_copy());
    let own = copies().filter(|p| p.same_outlet).count();
    let own = match own {
        0 => String::new(),
        some => format!(", {} within one outlet", crate::labels::number(some)),
    };
    let archived = findings.documents.iter().filter(|d| d.archive).count();
    let of_archive = match archived {
        0 => String::new(),
        some => format!(" and {} of the archive", crate::labels::number(some)),
    };
    let mut parts = vec![
        plural(summary.documents, "document") + &of_archive,
        plural(summary.families, "family"),
        format!(
            "{} ({} copied{own})",
            plural(summary.pairs, "related pair"),
            crate::labels::number(copies().count())
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
