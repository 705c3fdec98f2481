//! Speed of reading: MB/s of one core for raw records, and for raw records decoded to documents.
//!
//! `reading PATH...` reads the PATHs five times each way and prints the best, so that the files come from memory. Where
//! the system tells (Linux), time is that of the processor, so that a busy machine does not count; else by the clock.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context;
use wirecopy_corpus::{Inputs, ReadOptions, decode};

/// What one pass over the inputs saw.
#[derive(Default)]
struct Pass {
    records: usize,
    errors: usize,
    bytes: usize,
    text_bytes: usize,
}

fn main() -> anyhow::Result<()> {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    measure("raw records", &paths, |_, _| Ok(()))?;
    measure("raw records, decoded", &paths, |raw, pass| {
        let document = decode(raw)?.document;
        pass.text_bytes += document.text.len();
        Ok(())
    })
}

/// Seconds of processor time of this process so far, from the scheduler's own account.
fn processor_seconds() -> Option<f64> {
    let account = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    let nanoseconds: f64 = account.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

fn measure(
    name: &str,
    paths: &[PathBuf],
    each: impl Fn(&wirecopy_corpus::RawRecord, &mut Pass) -> Result<(), wirecopy_corpus::ReadError>,
) -> anyhow::Result<()> {
    let mut best = f64::INFINITY;
    let mut pass = Pass::default();
    for _ in 0..5 {
        let (start, clock) = (processor_seconds(), Instant::now());
        pass = Pass::default();
        for raw in Inputs::open(paths, ReadOptions::default()).context("PATH...")? {
            let done = raw.and_then(|raw| {
                pass.records += 1;
                pass.bytes += raw.bytes().len();
                each(&raw, &mut pass)
            });
            pass.errors += usize::from(done.is_err());
        }
        let by_clock = clock.elapsed().as_secs_f64();
        let taken = processor_seconds()
            .zip(start)
            .map_or(by_clock, |(end, start)| end - start);
        best = best.min(taken);
    }
    let rate = pass.bytes as f64 / best / 1e6;
    let Pass {
        records,
        errors,
        bytes,
        text_bytes,
    } = pass;
    #[allow(clippy::print_stdout, reason = "the result of the benchmark")]
    {
        println!(
            "{name}: {records} records, {errors} errors, {bytes} bytes, {text_bytes} of text, {best:.4} s, {rate:.0} MB/s"
        );
    }
    Ok(())
}
