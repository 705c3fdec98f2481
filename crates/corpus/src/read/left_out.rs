//! What walked folders held and nobody read, counted.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What walked folders held and was left out, by intention. Files that could not be read are errors instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Files that stand beside articles and hold none (images, styles, programs), by extension.
    pub foreign: BTreeMap<String, u64>,
    /// Reports of earlier runs of this program.
    pub own_reports: u64,
    /// Files and folders whose names begin with a dot.
    pub hidden: u64,
    /// Files that the patterns leave out.
    pub excluded: u64,
}

/// The counts of a run while it goes on; clones count together.
#[derive(Clone, Debug, Default)]
pub struct Tally(Arc<Mutex<LeftOut>>);

impl Tally {
    /// What was left out so far.
    #[must_use]
    pub fn so_far(&self) -> LeftOut {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Counts more.
    pub(crate) fn add(&self, count: impl FnOnce(&mut LeftOut)) {
        // Counts are whole whatever became of a thread that held them.
        count(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
