//! `wirecopy lineage`: the copy graph alone.

use anyhow::Result;
use wirecopy_detector::options::EditDetail;
use wirecopy_report::{graph, terminal};

use crate::args::{LineageArgs, LineageFormat};
use crate::output::{in_memory, to_stdout};
use crate::plan;
use crate::session;

/// Runs it and gives the exit code.
pub(crate) fn run(args: &LineageArgs) -> Result<u8> {
    let read = plan::read_plan(&args.input, &args.matching)?;
    let run = plan::run_plan(&args.run)?;
    let style = plan::style(&args.look)?;
    let mut session = session::run(
        read,
        plan::options(&args.matching, EditDetail::Passages),
        &run,
    )?;
    let shown = session.show(|(findings, texts)| {
        in_memory(|out| match args.format {
            LineageFormat::Text => terminal::lineage(findings, texts, &style, out),
            LineageFormat::Json => {
                serde_json::to_writer_pretty(&mut *out, &findings.lineage)?;
                writeln!(out)
            }
            LineageFormat::Dot => out.write_all(graph::dot(findings).as_bytes()),
            LineageFormat::Graphml => out.write_all(graph::graphml(findings).as_bytes()),
        })
    })?;
    to_stdout(|out| out.write_all(&shown))?;
    Ok(session.outcome.code())
}
