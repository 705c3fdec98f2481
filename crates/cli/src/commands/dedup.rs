//! `wirecopy dedup`: which documents of a large pile to keep. Nothing is ever deleted.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::Path;

use anyhow::Result;
use wirecopy_corpus::write::OutputFormat;
use wirecopy_news::options::EditDetail;

use crate::args::{DedupArgs, DedupFormat, KeepArg, ListArg};
use crate::dedup::{self, Fate, KeepRule, Verdicts};
use crate::output::{to_file, to_stdout};
use crate::plan;

/// The exit code that says that nothing could be read: then there is nothing to keep, and a file is left as it is.
const NOTHING_READ: u8 = 2;

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
    let code = finished.outcome.code();
    if let Some(path) = args.write.as_ref().filter(|_| code != NOTHING_READ) {
        write_kept(&finished.verdicts, path)?;
    }
    to_stdout(|out| print(&finished.verdicts, args, out))?;
    Ok(code)
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
    to_file(path, |out| verdicts.write_kept(format, out))
}
