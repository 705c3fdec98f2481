//! How fast this machine hashes: every layer from bytes to verified pairs, for people who choose hardware and settings.
//!
//! Each [`Stage`](stages::Stage) repeats one piece of work on text that is in memory, on one thread and on all; nothing
//! is read or written meanwhile. Memory bandwidth stands beside it, because that is where the fast layers end.

mod measure;
mod report;
mod stages;
mod text;

pub(crate) use measure::Timing;
pub(crate) use report::{BenchReport, write_table};
pub(crate) use text::{articles_of, invented};

/// Runs every stage over `articles` and gives the report. Takes about two `timing.least` a stage.
pub(crate) fn run(articles: &[String], timing: Timing) -> BenchReport {
    let input = stages::Input::new(articles);
    let results = stages::all(&input)
        .iter()
        .map(|stage| measure::measure(stage, timing))
        .collect();
    BenchReport::new(&input, timing, results)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn every_stage_runs_and_is_reported() {
        let timing = Timing {
            least: Duration::from_micros(1),
            threads: 2,
        };
        let report = run(&invented(30), timing);
        assert_eq!(report.articles, 30);
        assert!(report.stages.len() >= 15);
        assert!(
            report
                .stages
                .iter()
                .all(|stage| stage.one_thread.items_per_second > 0.0)
        );
        let mut table = Vec::new();
        write_table(&report, &mut table).unwrap();
        let table = String::from_utf8(table).unwrap();
        assert_eq!(table.lines().count(), report.stages.len() + 3);
        assert!(
            serde_json::to_string(&report)
                .unwrap()
                .contains("\"one_thread\"")
        );
    }
}
