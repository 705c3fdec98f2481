//! Repeating a piece of work until the clock says something.

use std::time::{Duration, Instant};

use serde::Serialize;

use super::stages::{Stage, Work};

/// How long and how wide to measure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timing {
    /// Each stage runs at least so long for each number of threads.
    pub(crate) least: Duration,
    /// Threads of the second measurement.
    pub(crate) threads: usize,
}

/// How fast a stage ran.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Rate {
    /// Input bytes a second; 0 where bytes are not what the stage works on.
    pub(crate) bytes_per_second: f64,
    /// Items (see the stage) a second.
    pub(crate) items_per_second: f64,
}

/// What one stage reached.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StageResult {
    /// What ran.
    pub(crate) stage: String,
    /// What an item is.
    pub(crate) item: &'static str,
    /// On one thread.
    pub(crate) one_thread: Rate,
    /// On all threads together.
    pub(crate) all_threads: Rate,
}

pub(super) fn measure(stage: &Stage<'_>, timing: Timing) -> StageResult {
    StageResult {
        stage: stage.name.clone(),
        item: stage.item,
        one_thread: run_on(stage, 1, timing.least),
        all_threads: run_on(stage, timing.threads, timing.least),
    }
}

/// Each thread repeats work of its own; their rates add up.
fn run_on(stage: &Stage<'_>, threads: usize, least: Duration) -> Rate {
    let rates: Vec<Rate> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| scope.spawn(|| repeat(stage, least)))
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().expect("a stage does not panic"))
            .collect()
    });
    Rate {
        bytes_per_second: rates.iter().map(|rate| rate.bytes_per_second).sum(),
        items_per_second: rates.iter().map(|rate| rate.items_per_second).sum(),
    }
}

fn repeat(stage: &Stage<'_>, least: Duration) -> Rate {
    let mut work = (stage.prepare)();
    // The first round warms caches and scratch memory and is not counted.
    work();
    let start = Instant::now();
    let mut done = Work::default();
    loop {
        let round = work();
        done.bytes += round.bytes;
        done.items += round.items;
        let taken = start.elapsed();
        if taken >= least {
            let seconds = taken.as_secs_f64();
            return Rate {
                bytes_per_second: done.bytes as f64 / seconds,
                items_per_second: done.items as f64 / seconds,
            };
        }
    }
}
