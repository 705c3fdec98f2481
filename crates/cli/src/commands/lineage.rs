//! `wirecopy lineage`: the copy graph alone.

use anyhow::Result;
use wirecopy_news::options::EditDetail;
use wirecopy_report::{graph, terminal};

use crate::args::{LineageArgs, LineageFormat};
use crate::output::to_stdout;
use crate::plan;
use crate::session;

/// Runs it and gives the exit code.
pub(crate) fn run(args: &LineageArgs) -> Result<u8> {
    let read = plan::read_plan(&args.input, &args.matching)?;
    let run = plan::run_plan(&args.run)?;
    let style = plan::style(&args.look)?;
    let session = session::run(
        read,
        plan::options(&args.matching, EditDetail::Passages),
        &run,
    )?;
    let findings = &session.findings;
    to_stdout(|out| match args.format {
        LineageFormat::Text => terminal::lineage(findings, &session.texts, &style, out),
        LineageFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &findings.lineage)?;
            writeln!(out)
        }
        LineageFormat::Dot => out.write_all(graph::dot(findings).as_bytes()),
        LineageFormat::Graphml => out.write_all(graph::graphml(findings).as_bytes()),
    })?;
    Ok(session.outcome.code())
}
