//! Raw records in batches that keep a worker busy for a while.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use wirecopy_corpus::{Inputs, RawRecord, ReadError};

/// Bytes and records of a batch. Sixteen batches are worked on at once, so this bounds memory; a batch takes some
/// milliseconds, so dealing it out costs nothing.
const BATCH_BYTES: usize = 256 << 10;
const BATCH_RECORDS: usize = 128;

/// Whether a document is reported on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It is.
    Reported,
    /// It belongs to an archive.
    Archive,
}

/// Records that stand one behind the other, and what could not be read among them.
pub(super) type Batch = (Role, Vec<Result<RawRecord, ReadError>>);

/// Iterator over the batches of an input, until its end or a signal.
pub(super) struct Batches {
    inputs: Inputs,
    role: Role,
    stop: Arc<AtomicBool>,
}

impl Batches {
    /// The batches of `inputs`. Ends early once `stop` is set.
    pub(super) fn new(inputs: Inputs, role: Role, stop: Arc<AtomicBool>) -> Self {
        Self { inputs, role, stop }
    }
}

impl Iterator for Batches {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while bytes < BATCH_BYTES
            && batch.len() < BATCH_RECORDS
            && !self.stop.load(Ordering::Relaxed)
        {
            let Some(record) = self.inputs.next() else {
                break;
            };
            bytes += record.as_ref().map_or(0, |raw| raw.bytes().len());
            batch.push(record);
        }
        (!batch.is_empty()).then_some((self.role, batch))
    }
}
