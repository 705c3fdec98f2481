//! `wirecopy dedup`: which documents of a large pile to keep. Nothing is ever deleted.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use wirecopy_corpus::write::OutputFormat;
use wirecopy_news::options::EditDetail;

use crate::args::{DedupArgs, DedupFormat, KeepArg, ListArg};
use crate::dedup::{self, Fate, KeepRule, Verdicts};
use crate::output::to_stdout;
use crate::plan;

/// Runs it and gives the exit code.
pub(crate) fn run(args: &DedupArgs) -> Result<u8> {
    let read = plan::read_plan(&args.input, &args.matching)?;
    let run = plan::run_plan(&args.run)?;
    if let Some(file) = &args.write {
        plan::spare_inputs(&read, file)?;
    }
    let keep = match args.keep {
        KeepArg::Longest => KeepRule::Longest,
        KeepArg::Earliest => KeepRule::Earliest,
        KeepArg::First => KeepRule::First,
    };
    let options = plan::options(&args.matching, EditDetail::Passages);
    let finished = dedup::run(read, &options, (keep, &run))?;
    if let Some(path) = &args.write {
        write_kept(&finished.verdicts, path)?;
    }
    to_stdout(|out| print(&finished.verdicts, args, out))?;
    Ok(finished.outcome.code())
}

fn print(verdicts: &Verdicts, args: &DedupArgs, out: &mut dyn Write) -> io::Result<()> {
    match (args.list, args.format) {
        (Some(ListArg::Drop), _) => verdicts.write_ids(Fate::Drop, out),
        (Some(ListArg::Keep), _) => verdicts.write_ids(Fate::Keep, out),
        (None, DedupFormat::Jsonl) => verdicts.write_jsonl(out),
        (None, DedupFormat::Json) => verdicts.write_json(out),
        (None, DedupFormat::Csv) => verdicts.write_csv(out),
    }
}

/// The kept records: as CSV where the file is named so, else as JSON lines.
fn write_kept(verdicts: &Verdicts, path: &Path) -> Result<()> {
    let format = match path.extension().and_then(OsStr::to_str) {
        Some("csv" | "tsv") => OutputFormat::Csv,
        _ => OutputFormat::JsonLines,
    };
    let written =
        File::create(path).and_then(|file| verdicts.write_kept(format, &mut BufWriter::new(file)));
    written.with_context(|| format!("cannot write {}", path.display()))
}
