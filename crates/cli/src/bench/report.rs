//! The report: a table for people, a struct for tools.

use std::io::{self, Write};

use serde::Serialize;

use super::measure::{Rate, StageResult, Timing};
use super::stages::Input;

/// Everything that `bench` measured.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct BenchReport {
    /// Articles that were measured on.
    pub(crate) articles: usize,
    /// Their bytes.
    pub(crate) bytes: usize,
    /// Their tokens.
    pub(crate) tokens: usize,
    /// Threads of the second measurement.
    pub(crate) threads: usize,
    /// The best instruction set that was found.
    pub(crate) kernel: &'static str,
    /// In the order of the layers.
    pub(crate) stages: Vec<StageResult>,
}

impl BenchReport {
    pub(super) fn new(input: &Input<'_>, timing: Timing, stages: Vec<StageResult>) -> Self {
        Self {
            articles: input.articles.len(),
            bytes: input.bytes(),
            tokens: input.tokens.iter().map(Vec::len).sum(),
            threads: timing.threads,
            kernel: wirecopy_text::kernel::Kernel::default().name(),
            stages,
        }
    }
}

/// Writes the report as a table: two lines of heading, an empty one, one line a stage.
pub(crate) fn write_table(report: &BenchReport, out: &mut dyn Write) -> io::Result<()> {
    let megabytes = report.bytes as f64 / 1e6;
    let BenchReport {
        articles,
        threads,
        kernel,
        ..
    } = report;
    writeln!(
        out,
        "{articles} articles, {megabytes:.1} MB in memory, {kernel}"
    )?;
    let wide = format!("{threads} threads");
    writeln!(
        out,
        "{:34} {:>10} {:>20} {:>10} {:>20}",
        "", "1 thread", "", wide, ""
    )?;
    writeln!(out)?;
    for stage in &report.stages {
        let (one, all) = (
            cells(stage.one_thread, stage.item),
            cells(stage.all_threads, stage.item),
        );
        writeln!(
            out,
            "{:34} {:>10} {:>20} {:>10} {:>20}",
            stage.stage, one.0, one.1, all.0, all.1
        )?;
    }
    Ok(())
}

fn cells(rate: Rate, item: &str) -> (String, String) {
    let bytes = if rate.bytes_per_second > 0.0 {
        format!("{:.2} GB/s", rate.bytes_per_second / 1e9)
    } else {
        String::new()
    };
    let items = match rate.items_per_second {
        many if many >= 1e6 => format!("{:.1} M {item}/s", many / 1e6),
        some if some >= 1e3 => format!("{:.1} k {item}/s", some / 1e3),
        few => format!("{few:.1} {item}/s"),
    };
    (bytes, items)
}
