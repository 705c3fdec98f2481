//! What becomes of a run in which something panicked behind the first pass: the document to blame is taken out and the
//! stages run again, so that the others' findings are those of a run that never had it. Where nobody is to blame, only
//! the item is missing.
//!
//! Who is to blame is found by trying. A pair: which of the two panics with itself. A family, a group, or a step over the
//! whole corpus: the last document of the shortest run of documents with which the stages still panic.

use std::panic::resume_unwind;

use wirecopy_core::candidates::Postings;
use wirecopy_text::DocId;

use super::analyse::{AnalysedDocument, Corpus, place};
use super::unfinished::Unfinished;
use super::{Detector, Found, ScanResult, Silent, Tools, quote_passages};
use crate::isolation::{Cost, Failure, Failures, INTERNAL, Step, catch, entry};
use wirecopy_findings::ErrorRecord;

/// Times that the stages run again without those to blame. A document costs its run once; more than a few in steps that
/// do not say whose fault it is, one after the other, are not worth the time.
const MOST_ROUNDS: usize = 8;

/// Entries about items that were passed over; more are counted in one entry.
const MOST_PASSED_OVER: usize = 100;

/// A document to blame, and for what.
type Blamed<'f> = (DocId, &'f Failure);

/// One run of the stages.
struct Attempt {
    /// What was found, or the panic that ended it.
    found: Result<Found, String>,
    /// Items that were passed over; by step.
    failures: Vec<Failure>,
}

/// Runs the stages behind the first pass, again as long as somebody is to blame for a panic.
///
/// # Panics
/// When a step that is no map over items panics, and no document is to blame.
pub(super) fn settle(detector: &Detector, tools: &Tools<'_>, corpus: Corpus) -> ScanResult {
    let Corpus {
        mut documents,
        mut postings,
        mut errors,
        ..
    } = corpus;
    for round in 0.. {
        let attempt = attempt(detector, tools, (&mut documents, postings));
        let search = BlameSearch {
            detector,
            tools,
            documents: &documents,
        };
        let may_go_on = round < MOST_ROUNDS && !tools.pair_aligner.observer.stop_comparing();
        let to_blame = if may_go_on {
            search.to_blame(&attempt.failures)
        } else {
            Vec::new()
        };
        if to_blame.is_empty() {
            let found = attempt
                .found
                .unwrap_or_else(|panic| resume_unwind(Box::new(panic)));
            errors.extend(passed_over(&documents, &attempt.failures));
            return ScanResult {
                documents,
                found,
                errors,
            };
        }
        errors.extend(to_blame.iter().map(|(id, failure)| {
            let place = place(&documents[id.index()].document);
            entry(failure.step, &[place], (Cost::Document, &failure.message))
        }));
        let out: Vec<DocId> = to_blame.iter().map(|blamed| blamed.0).collect();
        let mut number = 0..;
        documents.retain(|_| {
            let id = number.next().map(DocId::new);
            id.is_none_or(|id| out.binary_search(&id).is_err())
        });
        postings = tools.analyser.again(&mut documents);
    }
    unreachable!("the last round ends the loop")
}

fn attempt(
    detector: &Detector,
    tools: &Tools<'_>,
    (documents, postings): (&mut [AnalysedDocument], Postings),
) -> Attempt {
    let isolation = tools.failures.isolation();
    let found = isolation.guard(|| detector.find(tools, documents, postings));
    let mut failures = tools.failures.take();
    if let Err(panic) = &found {
        failures.push(Failure {
            step: Step::Corpus,
            documents: Vec::new(),
            message: panic.clone(),
        });
    }
    Attempt { found, failures }
}

fn passed_over<'f>(
    documents: &'f [AnalysedDocument],
    failures: &'f [Failure],
) -> impl Iterator<Item = ErrorRecord> + 'f {
    let more = failures.len().saturating_sub(MOST_PASSED_OVER);
    let rest = (more > 0).then(|| ErrorRecord {
        code: INTERNAL.to_owned(),
        message: format!("{more} more items were passed over like those before"),
        ..ErrorRecord::default()
    });
    let listed = failures.iter().take(MOST_PASSED_OVER).map(|failure| {
        let ids = failure.documents.iter();
        let places: Vec<&str> = ids
            .map(|id| place(&documents[id.index()].document))
            .collect();
        entry(failure.step, &places, (Cost::Item, &failure.message))
    });
    listed.chain(rest)
}

/// Where it is found out who is to blame.
struct BlameSearch<'c> {
    detector: &'c Detector,
    tools: &'c Tools<'c>,
    documents: &'c [AnalysedDocument],
}

impl BlameSearch<'_> {
    /// The documents to blame for the earliest step in which somebody is; ascending. What failed later may be a
    /// consequence.
    fn to_blame<'f>(&self, failures: &'f [Failure]) -> Vec<Blamed<'f>> {
        let steps = failures.chunk_by(|one, other| one.step == other.step);
        let mut found = steps.map(|failed| self.of_step(failed));
        found
            .find(|to_blame| !to_blame.is_empty())
            .unwrap_or_default()
    }

    fn of_step<'f>(&self, failed: &'f [Failure]) -> Vec<Blamed<'f>> {
        let each = || {
            failed
                .iter()
                .flat_map(|f| f.documents.iter().map(move |&id| (id, f)))
        };
        let mut to_blame: Vec<Blamed<'f>> = match failed.first().map(|f| f.step) {
            Some(step @ (Step::Align | Step::Renderings)) => {
                let mut ends: Vec<Blamed<'f>> = each().collect();
                ends.sort_by_key(|end| end.0);
                ends.dedup_by_key(|end| end.0);
                ends.retain(|&(id, _)| self.panics_alone(step, id));
                ends
            }
            Some(Step::Lineage | Step::Quotations | Step::Records | Step::Corpus) => {
                let found = failed
                    .iter()
                    .take(1)
                    .find_map(|f| Some((self.of_group(f)?, f)));
                found.into_iter().collect()
            }
            _ => each().collect(),
        };
        to_blame.sort_by_key(|blamed| blamed.0);
        to_blame.dedup_by_key(|blamed| blamed.0);
        to_blame
    }

    fn panics_alone(&self, step: Step, id: DocId) -> bool {
        let pair_aligner = &self.tools.pair_aligner;
        let alone = || match step {
            Step::Align => pair_aligner.align_alone(id, &self.documents[id.index()]),
            _ => quote_passages::align_alone(pair_aligner, self.documents, id),
        };
        catch(alone).is_err()
    }

    /// Who is to blame among the documents of an item, else among all.
    fn of_group(&self, failure: &Failure) -> Option<DocId> {
        let all = || {
            (0..self.documents.len())
                .map(DocId::new)
                .collect::<Vec<_>>()
        };
        self.last_of_shortest(&failure.documents)
            .or_else(|| self.last_of_shortest(&all()))
    }

    /// The last document of the shortest beginning of `ids` with which the stages panic. O(log n) runs.
    fn last_of_shortest(&self, ids: &[DocId]) -> Option<DocId> {
        if ids.is_empty() || !self.panic_with(ids) {
            return None;
        }
        let (mut passes, mut panics) = (0, ids.len());
        while panics - passes > 1 {
            let middle = passes.midpoint(panics);
            match ids.get(..middle) {
                Some(some) if self.panic_with(some) => panics = middle,
                _ => passes = middle,
            }
        }
        ids.get(passes).copied()
    }

    /// Whether the stages panic with no other documents than these.
    fn panic_with(&self, ids: &[DocId]) -> bool {
        let failures = Failures::new(self.tools.failures.isolation());
        let unfinished = Unfinished::default();
        let tools = self.detector.tools(&Silent, &failures, &unfinished);
        let of = |id: &DocId| self.documents[id.index()].clone();
        let mut documents: Vec<AnalysedDocument> = ids.iter().map(of).collect();
        let found = catch(|| {
            let postings = tools.analyser.again(&mut documents);
            self.detector.find(&tools, &mut documents, postings);
        });
        found.is_err() || !failures.take().is_empty()
    }
}
