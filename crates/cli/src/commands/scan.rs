//! `wirecopy scan`: the main job.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wirecopy_detector::options::{EditDetail, Options};
use wirecopy_report::html;
use wirecopy_report::json::{self, Layout};
use wirecopy_report::terminal::{self, Style};

use crate::args::{ScanArgs, ScanFormat};
use crate::output::{in_memory, is_stdout, to_file, to_stdout};
use crate::plan::{self, ReadPlan};
use crate::session::{self, Session};
use crate::shown::Shown;

/// Runs it and gives the exit code.
pub(crate) fn run(args: &ScanArgs) -> Result<u8> {
    let read = plan::read_plan(&args.input, &args.matching)?;
    let run = plan::run_plan(&args.run)?;
    let style = plan::style(&args.look)?;
    check_outputs(&read, args)?;
    // Whatever shows differences shows those of the alignment.
    let shown = args.format == ScanFormat::Text || args.html.is_some() || args.out.is_some();
    let edits = if shown {
        EditDetail::Words
    } else {
        EditDetail::Passages
    };
    let options = Options {
        report_events: args.report_events,
        ..plan::options(&args.matching, edits)
    };
    let mut session = session::run(read, options, &run)?;
    let reports = session.show(|shown| Reports::of(shown, args, &style))?;
    session.outcome.named_pairs = plan::named_pairs(&session.findings.pairs, &args.fail_on);
    if let Some(path) = &args.html {
        to_file(path, |out| out.write_all(&reports.page))?;
    }
    if let Some(folder) = &args.out {
        write_everything(folder, &session, &reports)?;
    }
    if args.out.is_none() && args.format != ScanFormat::Text {
        strip_edits(&mut session);
    }
    if args.html.as_deref().is_some_and(is_stdout) {
        return Ok(session.outcome.code());
    }
    let findings = &session.findings;
    to_stdout(|out| match args.format {
        ScanFormat::Text => out.write_all(&reports.text),
        ScanFormat::Json => json::write(findings, Layout::Pretty, out),
        ScanFormat::Jsonl => json::write_jsonl(findings, out),
    })?;
    Ok(session.outcome.code())
}

/// Finds out before the run whether its files can be written. Makes the folder of `--out`.
fn check_outputs(read: &ReadPlan, args: &ScanArgs) -> Result<()> {
    if let Some(folder) = &args.out {
        if is_stdout(folder) {
            bail!("--out wants a folder, and - is standard output");
        }
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let in_folder = |folder: &PathBuf| OUT_FILES.map(|name| folder.join(name));
    let mut outputs = args.out.iter().flat_map(in_folder).chain(args.html.clone());
    outputs.try_for_each(|file| plan::check_output(read, &file))
}

/// What `--out` writes.
const OUT_FILES: [&str; 4] = [
    "findings.json",
    "findings.jsonl",
    "report.html",
    "summary.txt",
];

/// Takes the aligned words out of the findings: on standard output they would outweigh the rest.
fn strip_edits(session: &mut Session) {
    let pairs = session.findings.pairs.iter_mut();
    pairs
        .flat_map(|pair| &mut pair.passages)
        .for_each(|passage| passage.edits = None);
    let options = &mut session.findings.options;
    options.insert("edits".to_owned(), "passages".into());
}

/// The reports that show texts, as far as they are asked for; empty where not. They are made before any output is
/// written: a document that cannot be shown is then in none of them.
#[derive(Default)]
struct Reports {
    /// The page of `--html` and `--out`.
    page: Vec<u8>,
    /// The summary for standard output.
    text: Vec<u8>,
    /// The summary of `--out`.
    text_file: Vec<u8>,
}

impl Reports {
    fn of((findings, texts): Shown<'_>, args: &ScanArgs, style: &Style) -> Result<Self> {
        let mut reports = Self::default();
        if args.html.is_some() || args.out.is_some() {
            reports.page = in_memory(|out| html::write(findings, texts, out))?;
        }
        if args.format == ScanFormat::Text {
            reports.text = in_memory(|out| terminal::summary(findings, texts, style, out))?;
        }
        if args.out.is_some() {
            let style = Style::default();
            reports.text_file = in_memory(|out| terminal::summary(findings, texts, &style, out))?;
        }
        Ok(reports)
    }
}

/// The folder of `--out`: every form of the findings.
fn write_everything(folder: &Path, session: &Session, reports: &Reports) -> Result<()> {
    let findings = &session.findings;
    to_file(&folder.join(OUT_FILES[0]), |out| {
        json::write(findings, Layout::Pretty, out)
    })?;
    to_file(&folder.join(OUT_FILES[1]), |out| {
        json::write_jsonl(findings, out)
    })?;
    to_file(&folder.join(OUT_FILES[2]), |out| {
        out.write_all(&reports.page)
    })?;
    to_file(&folder.join(OUT_FILES[3]), |out| {
        out.write_all(&reports.text_file)
    })
}
