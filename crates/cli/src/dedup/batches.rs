//! Raw records, and files of them, in batches that keep a worker busy for a while.

use wirecopy_corpus::Inputs;
use wirecopy_corpus::read::Deferred;
use wirecopy_findings::ErrorRecord;

use crate::faults;
use crate::reading::Reading;
use crate::session::entry;

/// Bytes and records of a batch. Sixteen batches are worked on at once, so this bounds memory; a batch takes some
/// milliseconds, so dealing it out costs nothing.
const BATCH_BYTES: usize = 256 << 10;
const BATCH_RECORDS: usize = 128;

/// What a file that was not opened yet counts for: an article.
const USUAL_FILE_BYTES: usize = 4 << 10;

/// Whether a document is reported on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It is.
    Reported,
    /// It belongs to an archive.
    Archive,
}

/// Records and files that stand one behind the other, and what could not be read among them.
pub(super) type Batch = (Role, Vec<Result<Deferred, ErrorRecord>>);

/// Iterator over the batches of an input.
pub(super) struct Batches {
    inputs: Reading,
    role: Role,
}

impl Batches {
    /// The batches of `inputs`.
    pub(super) fn new(inputs: Inputs, role: Role) -> Self {
        Self {
            inputs: Reading::new(inputs, faults::isolation()),
            role,
        }
    }
}

impl Iterator for Batches {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while bytes < BATCH_BYTES && batch.len() < BATCH_RECORDS {
            let Some(read) = self.inputs.next(Inputs::next_unread) else {
                break;
            };
            let unread = read.and_then(|unread| unread.map_err(|error| entry(&error)));
            bytes += match &unread {
                Ok(Deferred::Record(raw)) => raw.bytes().len(),
                Ok(Deferred::File(_)) => USUAL_FILE_BYTES,
                Err(_) => 0,
            };
            batch.push(unread);
        }
        (!batch.is_empty()).then_some((self.role, batch))
    }
}
