//! `wirecopy compare`: two articles side by side.

use anyhow::{Result, bail};
use wirecopy_corpus::read::ReadOptions;
use wirecopy_news::options::{EditDetail, Options};
use wirecopy_report::json::{self, Layout};
use wirecopy_report::terminal;

use crate::args::{CompareArgs, CompareFormat};
use crate::output::{in_memory, to_stdout};
use crate::plan::{self, ReadPlan};
use crate::session;

/// Runs it and gives the exit code.
pub(crate) fn run(args: &CompareArgs) -> Result<u8> {
    let run = plan::run_plan(&args.run)?;
    let read = ReadPlan {
        paths: vec![args.a.clone(), args.b.clone()],
        against: Vec::new(),
        options: ReadOptions::default(),
        templates: None,
    };
    // Two articles that somebody names are compared however short they are.
    let options = Options {
        min_words: 1,
        edits: EditDetail::Words,
        ..Options::default()
    };
    let mut session = session::run(read, options, &run)?;
    let shown = session.show(|(findings, texts)| {
        in_memory(|out| match args.format {
            CompareFormat::Text if findings.documents.len() != 2 => Ok(()),
            CompareFormat::Text => terminal::compare(findings, texts, &run.style, out),
            CompareFormat::Json => json::write(findings, Layout::Pretty, out),
        })
    })?;
    if session.findings.documents.len() != 2 {
        bail!(
            "compare needs two articles, and {} could be read",
            session.findings.documents.len()
        );
    }
    to_stdout(|out| out.write_all(&shown))?;
    Ok(session.outcome.code())
}
