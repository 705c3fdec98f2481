//! What a run left out because its observer told it to stop, so that the findings can say that they are not all.

use std::sync::atomic::{AtomicU64, Ordering};

use wirecopy_findings::ErrorRecord;

/// Code of the entry in `errors` that says that a run was stopped; that of an input that was not read to its end.
const INTERRUPTED: &str = "interrupted";

/// Counts the pairs that were not compared. Shared by all workers.
#[derive(Debug, Default)]
pub(super) struct Unfinished {
    pairs: AtomicU64,
}

impl Unfinished {
    /// A pair was not compared.
    pub(super) fn leave_pair_out(&self) {
        self.pairs.fetch_add(1, Ordering::Relaxed);
    }

    /// The entry that says what is missing; none where nothing is.
    pub(super) fn entry(&self) -> Option<ErrorRecord> {
        let pairs = self.pairs.load(Ordering::Relaxed);
        (pairs > 0).then(|| ErrorRecord {
            code: INTERRUPTED.to_owned(),
            message: format!("told to stop; {pairs} pairs of documents were not compared"),
            ..ErrorRecord::default()
        })
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
            "told to stop; 2 pairs of documents were not compared"
        );
    }
}
