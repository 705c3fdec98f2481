//! `wirecopy scan`: the main job.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use wirecopy_news::options::EditDetail;
use wirecopy_report::html;
use wirecopy_report::json::{self, Layout};
use wirecopy_report::terminal::{self, Style};

use crate::args::{ScanArgs, ScanFormat};
use crate::output::to_stdout;
use crate::plan;
use crate::session::{self, Session};

/// Runs it and gives the exit code.
pub(crate) fn run(args: &ScanArgs) -> Result<u8> {
    let read = plan::read_plan(&args.input, &args.matching)?;
    let run = plan::run_plan(&args.run)?;
    let edits = if args.out.is_some() {
        EditDetail::Words
    } else {
        EditDetail::Passages
    };
    let mut session = session::run(read, plan::options(&args.matching, edits), &run)?;
    let wanted: Vec<_> = args
        .fail_on
        .iter()
        .map(|&arg| plan::relation(arg))
        .collect();
    let pairs = &session.findings.pairs;
    session.outcome.named_pairs = pairs
        .iter()
        .filter(|pair| wanted.contains(&pair.relation))
        .count();
    if let Some(path) = &args.html {
        to_file(path, |out| {
            html::write(&session.findings, &session.texts, out)
        })?;
    }
    if let Some(folder) = &args.out {
        write_everything(folder, &session)?;
    }
    to_stdout(|out| print(&session, args.format, &run.style, out))?;
    Ok(session.outcome.code())
}

fn print(
    session: &Session,
    format: ScanFormat,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ScanFormat::Text => terminal::summary(&session.findings, &session.texts, style, out),
        ScanFormat::Json => json::write(&session.findings, Layout::Pretty, out),
        ScanFormat::Jsonl => json::write_jsonl(&session.findings, out),
    }
}

/// The folder of `--out`: every form of the findings.
fn write_everything(folder: &Path, session: &Session) -> Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let (findings, texts) = (&session.findings, &session.texts);
    to_file(&folder.join("findings.json"), |out| {
        json::write(findings, Layout::Pretty, out)
    })?;
    to_file(&folder.join("findings.jsonl"), |out| {
        json::write_jsonl(findings, out)
    })?;
    to_file(&folder.join("report.html"), |out| {
        html::write(findings, texts, out)
    })?;
    to_file(&folder.join("summary.txt"), |out| {
        terminal::summary(findings, texts, &Style::default(), out)
    })
}

/// Writes a file whole, or says which one could not be written.
fn to_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let written = File::create(path).and_then(|file| {
        let mut out = BufWriter::new(file);
        write(&mut out)?;
        out.flush()
    });
    written.with_context(|| format!("cannot write {}", path.display()))
}
