//! What all inputs of one run share.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::read::ReadOptions;
use crate::read::spool::Spool;

/// The settings of a run, and the copies that it makes.
#[derive(Debug)]
pub(crate) struct Run {
    options: ReadOptions,
    /// Copies of streams that cannot be read twice.
    pub spool: Arc<Spool>,
}

impl Run {
    pub(crate) fn new(options: ReadOptions) -> Self {
        Self {
            options,
            spool: Arc::default(),
        }
    }

    /// Whether reading is to end.
    pub(crate) fn is_stopped(&self) -> bool {
        let stop = self.options.stop.as_ref();
        stop.is_some_and(|stop| stop.load(Ordering::Relaxed))
    }
}

impl Deref for Run {
    type Target = ReadOptions;

    fn deref(&self) -> &ReadOptions {
        &self.options
    }
}
