//! What all inputs of one run share.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::read::ReadOptions;
use crate::read::spool::Spool;

/// The settings of a run, the copies that it makes, and what it passed over.
#[derive(Debug)]
pub(crate) struct Run {
    options: ReadOptions,
    /// Copies of streams that cannot be read twice.
    pub spool: Arc<Spool>,
    own_reports: AtomicU64,
}

impl Run {
    pub(crate) fn new(options: ReadOptions) -> Self {
        Self {
            options,
            spool: Arc::default(),
            own_reports: AtomicU64::new(0),
        }
    }

    /// Counts a report of an earlier run that was met in a folder.
    pub(crate) fn pass_over_report(&self) {
        self.own_reports.fetch_add(1, Ordering::Relaxed);
    }

    /// Reports of earlier runs that were passed over.
    pub(crate) fn own_reports(&self) -> u64 {
        self.own_reports.load(Ordering::Relaxed)
    }
}

impl Deref for Run {
    type Target = ReadOptions;

    fn deref(&self) -> &ReadOptions {
        &self.options
    }
}
