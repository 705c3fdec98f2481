//! Documents that a run loses on its way: those that cannot be read again, and those that make a comparison panic.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use wirecopy_text::DocId;

use super::worker::{PairWorker, PairWorkerOptions};
use super::{Collection, Documents, Sketcher};
use crate::isolation::{Cost, Failure, Failures, Isolation, Step, catch, entry};
use wirecopy_findings::ErrorRecord;

/// Documents that are sketched together when a run begins again: a few milliseconds of work.
const BATCH_DOCUMENTS: usize = 128;

/// What goes wrong while pairs are compared. Shared by all workers.
#[derive(Debug, Default)]
pub(super) struct Losses {
    pub(super) failures: Failures,
    unread: Mutex<BTreeMap<DocId, ErrorRecord>>,
}

impl Losses {
    /// None yet.
    pub(super) fn new(isolation: Isolation) -> Self {
        Self {
            failures: Failures::new(isolation),
            unread: Mutex::default(),
        }
    }

    /// Remembers that a document could not be read again.
    pub(super) fn cannot_read(&self, document: DocId, error: ErrorRecord) {
        let mut unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        unread.insert(document, error);
    }

    /// Takes what could not be read, by document.
    pub(super) fn take_unread(&self) -> Vec<ErrorRecord> {
        let mut unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *unread).into_values().collect()
    }
}

/// The documents to blame for `failures`, each with the one that shows it; ascending. A document that panics while it is
/// read is; of a pair, the one that panics when it is compared with itself.
pub(super) fn to_blame<'f>(
    failures: &'f [Failure],
    documents: &impl Documents,
    options: &PairWorkerOptions,
) -> Vec<(DocId, &'f Failure)> {
    let each = failures
        .iter()
        .flat_map(|f| f.documents.iter().map(move |&id| (id, f)));
    let mut suspects: Vec<(DocId, &Failure)> = each.collect();
    suspects.sort_by_key(|&(id, failure)| (id, failure.step));
    suspects.dedup_by_key(|suspect| suspect.0);
    let losses = Losses::new(Isolation {
        planted: options.isolation.planted,
        ..Isolation::default()
    });
    let alone =
        |id: DocId| catch(|| PairWorker::new(documents, &losses).compare_alone(id, options));
    suspects.retain(|&(id, failure)| failure.step != Step::Align || alone(id).is_err());
    suspects
}

/// The entries of documents that were taken out of the run.
pub(super) fn taken_out(
    to_blame: &[(DocId, &Failure)],
    documents: &impl Documents,
) -> Vec<ErrorRecord> {
    let taken = |&(id, failure): &(DocId, &Failure)| {
        let cost = (Cost::Document, failure.message.as_str());
        entry(failure.step, &[documents.place(id)], cost)
    };
    to_blame.iter().map(taken).collect()
}

/// The entries of pairs that were passed over.
pub(super) fn passed_over(failures: &[Failure], documents: &impl Documents) -> Vec<ErrorRecord> {
    let passed = |failure: &Failure| {
        let places: Vec<&str> = failure
            .documents
            .iter()
            .map(|&id| documents.place(id))
            .collect();
        entry(failure.step, &places, (Cost::Item, &failure.message))
    };
    failures.iter().map(passed).collect()
}

/// Sketches all `count` documents once more. Those `left_out` (ascending), and those that cannot be read, count as
/// empty: they keep their number and meet nobody; `losses` note the latter. O(bytes).
pub(super) fn collect_again<D: Documents>(
    count: usize,
    (documents, losses): (&D, &Losses),
    (left_out, mut sketcher): (&[DocId], Sketcher),
) -> Collection {
    let mut collection = Collection::default();
    let mut reader = D::Reader::default();
    for number in 0..count {
        let id = DocId::new(number);
        let text = match left_out.binary_search(&id) {
            Ok(_) => None,
            Err(_) => match documents.read(id, &mut reader) {
                Ok(reread) => Some(reread),
                Err(error) => {
                    losses.cannot_read(id, error);
                    None
                }
            },
        };
        sketcher.add(text.as_ref().map_or("", |reread| &reread.text));
        if number % BATCH_DOCUMENTS + 1 == BATCH_DOCUMENTS || number + 1 == count {
            collection.push(sketcher.take());
        }
    }
    collection
}
