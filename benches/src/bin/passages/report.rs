//! What a run says of itself, on standard error, and its figures, on standard output.

use std::time::Instant;

/// Time since a stage began.
pub(crate) struct Watch(Instant);

impl Watch {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Says how many `what` the stage has done, and how fast.
    pub(crate) fn report(&self, what: &str, count: usize) {
        let seconds = self.0.elapsed().as_secs_f64();
        say(&format!(
            "{count} {what} in {seconds:.3} s ({:.0} a second)",
            count as f64 / seconds
        ));
    }
}

#[expect(clippy::print_stderr, reason = "a program's report on its own run")]
pub(crate) fn say(line: &str) {
    eprintln!("{line}");
}

#[expect(clippy::print_stdout, reason = "a program's figures")]
pub(crate) fn figure(line: &str) {
    println!("{line}");
}
