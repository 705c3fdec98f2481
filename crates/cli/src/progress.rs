//! An [`Observer`] on `indicatif`: one bar on standard error when that is a terminal, nothing otherwise.

use std::io::IsTerminal;

use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use wirecopy_detector::{Observer, Stage};

use crate::interrupt::Interrupts;
use crate::print_error::tell;

/// Whether to show progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verbosity {
    /// Bar and closing notes.
    Normal,
    /// Errors only.
    Quiet,
}

/// Shows how far a run has come, and passes on the wish to stop.
pub(crate) struct Progress {
    bar: ProgressBar,
    interrupts: Interrupts,
    begun: Mutex<Vec<(Stage, Instant)>>,
}

impl Progress {
    /// A bar that is shown on a terminal unless `verbosity` is quiet. What `interrupts` have seen is passed on.
    pub(crate) fn new(verbosity: Verbosity, interrupts: Interrupts) -> Self {
        let visible = verbosity == Verbosity::Normal && std::io::stderr().is_terminal();
        let bar = if visible {
            ProgressBar::new_spinner()
        } else {
            ProgressBar::hidden()
        };
        Self {
            bar,
            interrupts,
            begun: Mutex::default(),
        }
    }

    /// What is to be run when a first signal comes: says, above the bar, what happens now.
    pub(crate) fn announcer(&self, verbosity: Verbosity) -> impl FnOnce() + Send + 'static {
        let bar = self.bar.clone();
        move || {
            if verbosity == Verbosity::Normal {
                let said =
                    "interrupted; what was read will be finished (a second signal stops at once)";
                bar.suspend(|| tell(said));
            }
        }
    }

    /// Takes the bar off the screen.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// How long each stage took, in the order in which they began; the last one up to now.
    pub(crate) fn durations(&self) -> Vec<(&'static str, Duration)> {
        let begun = self.begun.lock().expect("no holder of this lock panics");
        let ends = begun
            .iter()
            .skip(1)
            .map(|&(_, at)| at)
            .chain([Instant::now()]);
        begun
            .iter()
            .zip(ends)
            .map(|(&(stage, at), end)| (describe(stage).0, end - at))
            .collect()
    }
}

impl Observer for Progress {
    fn begin(&self, stage: Stage, total: Option<u64>) {
        self.begun
            .lock()
            .expect("no holder of this lock panics")
            .push((stage, Instant::now()));
        let (name, unit) = describe(stage);
        let template = match total {
            Some(_) => "{msg:<12} {bar:32} {human_pos}/{human_len} {prefix} {per_sec} {eta}",
            None => "{msg:<12} {spinner} {human_pos} {prefix} {elapsed}",
        };
        let style = ProgressStyle::with_template(template).expect("the templates above are valid");
        // The bar draws itself at any time: the old count must be gone before the new total is there.
        self.bar.reset();
        self.bar.set_length(total.unwrap_or(0));
        self.bar.set_style(style);
        self.bar.set_message(name);
        self.bar.set_prefix(unit);
        self.bar.enable_steady_tick(Duration::from_millis(120));
    }

    fn advance(&self, units: u64) {
        self.bar.inc(units);
    }

    fn stop_comparing(&self) -> bool {
        self.interrupts.must_hurry()
    }
}

fn describe(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Read => ("reading", "documents"),
        Stage::Candidates => ("matching", ""),
        Stage::Align => ("aligning", "pairs"),
        Stage::Boilerplate => ("boilerplate", "documents"),
        Stage::Lineage => ("lineage", ""),
    }
}
