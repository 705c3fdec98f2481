//! What a run left out because its observer told it to stop, so that the findings can say that they are not all.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use wirecopy_findings::ErrorRecord;

/// Code of the entry in `errors` that says that a run was stopped.
const INTERRUPTED: &str = "interrupted";

/// What is missing when reading was stopped.
pub const UNREAD: &str = "what had not been read by then is missing";

/// The entry in `errors` of a run that was told to stop, with what is `missing`.
#[must_use]
pub fn interrupted(missing: &str) -> ErrorRecord {
    ErrorRecord {
        code: INTERRUPTED.to_owned(),
        message: format!("the run was told to stop: {missing}"),
        ..ErrorRecord::default()
    }
}

/// Counts what was left out. Shared by all workers.
#[derive(Debug, Default)]
pub(super) struct Unfinished {
    reading: AtomicBool,
    pairs: AtomicU64,
}

impl Unfinished {
    /// Reading ended before the input did.
    pub(super) fn stop_reading(&self) {
        self.reading.store(true, Ordering::Relaxed);
    }

    /// A pair was not compared.
    pub(super) fn leave_pair_out(&self) {
        self.pairs.fetch_add(1, Ordering::Relaxed);
    }

    /// The entry that says what is missing; none where nothing is.
    pub(super) fn entry(&self) -> Option<ErrorRecord> {
        let reading = self.reading.load(Ordering::Relaxed);
        let pairs = self.pairs.load(Ordering::Relaxed);
        let missing = match (reading, pairs) {
            (false, 0) => return None,
            (true, 0) => UNREAD.to_owned(),
            (false, pairs) => format!("{pairs} pairs of documents were not compared"),
            (true, pairs) => {
                format!("{UNREAD}, and {pairs} pairs of documents were not compared")
            }
        };
        Some(interrupted(&missing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said_and_nothing_else() {
        let unfinished = Unfinished::default();
        assert_eq!(unfinished.entry(), None);
        unfinished.leave_pair_out();
        unfinished.leave_pair_out();
        let entry = unfinished.entry().unwrap_or_default();
        assert_eq!(entry.code, "interrupted");
        assert_eq!(
            entry.message,
            "the run was told to stop: 2 pairs of documents were not compared"
        );
    }
}
