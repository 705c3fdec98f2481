//! `wirecopy bench`: hash throughput on this machine.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::bench::{self, BenchReport, Timing};
use crate::limits::bytes_of;
use crate::output::to_stdout;

/// Articles that are invented where no text is given: 12 MB, more than any cache but the last.
const INVENTED_ARTICLES: usize = 4_000;

/// Longest text that is measured on: it is held in memory, several times over.
const MOST_TEXT_BYTES: u64 = 1 << 30;

/// `wirecopy bench`.
#[derive(Debug, Args)]
pub(crate) struct BenchArgs {
    /// Measure on the text of FILE instead of invented articles
    #[arg(long, value_name = "FILE")]
    pub(crate) text: Option<PathBuf>,

    /// Measure each stage at least so many milliseconds for each number of threads
    #[arg(long, value_name = "MS", default_value_t = 300)]
    pub(crate) least_ms: u64,

    /// Threads of the second column (default: one for each core)
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,

    /// What to print
    #[arg(long, value_enum, default_value_t = BenchFormat::Text)]
    pub(crate) format: BenchFormat,
}

/// Output of `bench`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BenchFormat {
    /// A table for people
    Text,
    /// One JSON object
    Json,
}

/// Runs it and gives the exit code.
pub(crate) fn run(args: &BenchArgs) -> Result<u8> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = args.threads.unwrap_or(cores);
    if threads == 0 {
        bail!("--threads must be 1 or more");
    }
    let articles = match &args.text {
        Some(path) => {
            let bytes = bytes_of(path, MOST_TEXT_BYTES)
                .with_context(|| format!("cannot read {}", path.display()))?;
            bench::articles_of(&String::from_utf8_lossy(&bytes))
        }
        None => bench::invented(INVENTED_ARTICLES),
    };
    let timing = Timing {
        least: Duration::from_millis(args.least_ms),
        threads,
    };
    print(&bench::run(&articles, timing), args.format)?;
    Ok(0)
}

fn print(report: &BenchReport, format: BenchFormat) -> Result<()> {
    to_stdout(|out| match format {
        BenchFormat::Text => bench::write_table(report, out),
        BenchFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, report)?;
            writeln!(out)
        }
    })
}
