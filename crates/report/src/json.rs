//! The machine format: one JSON document, or one record a line.

use std::io::{self, Write};

use serde::Serialize;
use wirecopy_findings::{Findings, Summary};

use crate::schema::RecordName;

/// How JSON is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Indented by two spaces, for people.
    #[default]
    Pretty,
    /// One line.
    Compact,
}

/// Writes the findings as one JSON document, ended by a line feed.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(findings: &Findings, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    match layout {
        Layout::Pretty => serde_json::to_writer_pretty(&mut *out, findings)?,
        Layout::Compact => serde_json::to_writer(&mut *out, findings)?,
    }
    out.write_all(b"\n")
}

/// One line of the line format: which record it is, then the record's own fields.
#[derive(Serialize)]
struct Line<'a, T: Serialize> {
    record: RecordName,
    #[serde(flatten)]
    fields: &'a T,
}

/// The fields of the first line, which the other lines have no place for.
#[derive(Serialize)]
struct Head<'a> {
    schema: &'a str,
    options: &'a serde_json::Map<String, serde_json::Value>,
    #[serde(flatten)]
    summary: &'a Summary,
}

/// Writes the findings as one record a line: first the summary (with schema and options), then each list in the order
/// of [`Findings`]. A line is its record's JSON with `"record"` in front.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_jsonl(findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    let head = Head {
        schema: &findings.schema,
        options: &findings.options,
        summary: &findings.summary,
    };
    lines(RecordName::Summary, &[head], out)?;
    lines(RecordName::Document, &findings.documents, out)?;
    lines(RecordName::Site, &findings.sites, out)?;
    lines(RecordName::Family, &findings.families, out)?;
    lines(RecordName::Pair, &findings.pairs, out)?;
    lines(RecordName::PassageGroup, &findings.passage_groups, out)?;
    lines(RecordName::Quote, &findings.quotes, out)?;
    lines(RecordName::QuoteGroup, &findings.quote_groups, out)?;
    lines(RecordName::Boilerplate, &findings.boilerplate, out)?;
    lines(RecordName::Source, &findings.lineage.sources, out)?;
    lines(RecordName::Edge, &findings.lineage.edges, out)?;
    lines(
        RecordName::Undetermined,
        &findings.lineage.undetermined,
        out,
    )?;
    lines(RecordName::Error, &findings.errors, out)
}

fn lines<T: Serialize>(record: RecordName, all: &[T], out: &mut dyn Write) -> io::Result<()> {
    for fields in all {
        serde_json::to_writer(&mut *out, &Line { record, fields })?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
