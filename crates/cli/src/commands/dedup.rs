//! `wirecopy dedup`: which documents of a large pile to keep. Nothing is ever deleted.

use std::ffi::OsStr;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::ValueEnum;
use wirecopy_corpus::write::OutputFormat;
use wirecopy_detector::options::{EditDetail, Options};

use crate::args::{DedupArgs, DedupFormat, KeepArg, ListArg};
use crate::dedup::{self, Cells, Controls, Disposition, Formulas, KeepRule, Verdicts};
use crate::output::{is_stdout, to_file, to_stdout};
use crate::plan;

/// The exit code that says that nothing could be read: then there is nothing to keep, and a file is left as it is.
const NOTHING_READ: u8 = 2;

/// Runs it and gives the exit code.
pub(crate) fn run(args: &DedupArgs) -> Result<u8> {
    let read = plan::read_plan(&args.input, &args.matching)?;
    let run = plan::run_plan(&args.run)?;
    let to_stdout_alone = args.write.as_deref().is_some_and(is_stdout);
    if to_stdout_alone && args.list.is_some() {
        bail!("--list and --write - would both write to standard output");
    }
    if args.list.is_some() {
        check_list_value(&args.input.paths)?;
    }
    if let Some(file) = &args.write {
        plan::check_output(&read, file)?;
    }
    let keep = match args.keep {
        KeepArg::Longest => KeepRule::Longest,
        KeepArg::Earliest => KeepRule::Earliest,
        KeepArg::First => KeepRule::First,
    };
    let options = Options {
        seed: args.seed,
        ..plan::options(&args.matching, EditDetail::Passages)
    };
    let finished = dedup::run(read, &options, (keep, &run))?;
    let code = finished.outcome.code();
    if let Some(path) = args.write.as_ref().filter(|_| code != NOTHING_READ) {
        write_kept(&finished.verdicts, path)?;
    }
    if !to_stdout_alone {
        to_stdout(|out| print(&finished.verdicts, args, out))?;
    }
    Ok(code)
}

/// Refuses `--list keep`: a value that may be left out wants `=`, and what stands behind a space is a PATH.
fn check_list_value(paths: &[PathBuf]) -> Result<()> {
    for path in paths.iter().filter(|path| !path.exists()) {
        let value = path.to_str().unwrap_or_default();
        if ListArg::from_str(value, true).is_ok() {
            bail!(
                "{value}: no such file or folder (which ids are listed is said as --list={value})"
            );
        }
    }
    Ok(())
}

fn print(verdicts: &Verdicts, args: &DedupArgs, out: &mut dyn Write) -> io::Result<()> {
    match (args.list, args.format) {
        (Some(ListArg::Drop), _) => verdicts.write_ids(Disposition::Drop, out),
        (Some(ListArg::Keep), _) => verdicts.write_ids(Disposition::Keep, out),
        (None, DedupFormat::Jsonl) => verdicts.write_jsonl(out),
        (None, DedupFormat::Json) => verdicts.write_json(out),
        (None, DedupFormat::Csv) => verdicts.write_csv(cells(args), out),
    }
}

/// How the cells of a table are written. A terminal gets nothing that could steer it.
fn cells(args: &DedupArgs) -> Cells {
    Cells {
        formulas: match args.csv_raw {
            true => Formulas::AsTheyAre,
            false => Formulas::Disarmed,
        },
        controls: match io::stdout().is_terminal() {
            true => Controls::Harmless,
            false => Controls::AsTheyAre,
        },
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
