//! No item costs the run: a panic in one item of a map becomes a [`Failure`], the item is passed over, and the map goes
//! on.
//!
//! Every map over records, documents, pairs and groups runs its items through [`Failures::item`], and the commands run
//! what they do by themselves through [`catch`]. Scratch memory of an item that panicked is never used again:
//! [`Pool`](crate::scratch_pool::Pool) drops it. Whether panics are caught is an option ([`Isolation`]); in a library it is off,
//! so that a panic fails the test that met it.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};

use wirecopy_text::DocId;

use wirecopy_findings::ErrorRecord;

/// The code of [`ErrorRecord`]s that tell of a fault of this program.
pub const INTERNAL: &str = "internal";

/// What is done about a panic in one item of a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnPanic {
    /// It goes on to the caller and ends the run.
    #[default]
    Propagate,
    /// The item is passed over and listed among the errors.
    Isolate,
}

/// A part of a run whose items are isolated, in the order in which a run comes to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// One input opened and cut into records.
    Read,
    /// From raw bytes to a document.
    Decode,
    /// All that is read from one document: boilerplate, quotations, tokens, sketch.
    Analyse,
    /// One document cut into words for its pairs.
    Prepare,
    /// One pair aligned and related.
    Align,
    /// Boilerplate of one document, counted over the corpus.
    Boilerplate,
    /// What one document says of its origin.
    Provenance,
    /// The lineage of one family.
    Lineage,
    /// One quotation compared with those like it.
    Quotations,
    /// Two renderings of one utterance aligned.
    Renderings,
    /// What was found put into records.
    Records,
    /// A step over the whole corpus, which has no items.
    Corpus,
    /// One report written.
    Render,
}

impl Step {
    /// What the step does, to follow "while".
    #[must_use]
    pub fn doing(self) -> &'static str {
        match self {
            Self::Read => "reading",
            Self::Decode => "decoding",
            Self::Analyse => "analysing",
            Self::Prepare => "preparing",
            Self::Align => "aligning",
            Self::Boilerplate => "marking boilerplate of",
            Self::Provenance => "reading the origin of",
            Self::Lineage => "inferring the lineage of",
            Self::Quotations => "grouping quotations of",
            Self::Renderings => "aligning quotations of",
            Self::Records => "listing",
            Self::Corpus => "comparing",
            Self::Render => "showing",
        }
    }

    /// The step of this name in lower case, as `align`.
    #[doc(hidden)]
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        const ALL: [Step; 13] = [
            Step::Read,
            Step::Decode,
            Step::Analyse,
            Step::Prepare,
            Step::Align,
            Step::Boilerplate,
            Step::Provenance,
            Step::Lineage,
            Step::Quotations,
            Step::Renderings,
            Step::Records,
            Step::Corpus,
            Step::Render,
        ];
        ALL.into_iter()
            .find(|step| format!("{step:?}").eq_ignore_ascii_case(name))
    }
}

/// A fault put into a run on purpose, to test that it costs one document: a panic in `step` wherever it meets a text
/// that holds `marker`.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planted {
    /// Where.
    pub step: Step,
    /// What the text holds.
    pub marker: &'static str,
}

/// How a run treats panics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Isolation {
    /// What is done about one.
    pub on_panic: OnPanic,
    #[doc(hidden)]
    pub planted: Option<Planted>,
}

impl Isolation {
    /// Does `work`; gives the message of the panic where it panics and panics are isolated.
    ///
    /// # Errors
    /// The panic, in words.
    ///
    /// # Panics
    /// When `work` does and panics are not isolated.
    pub fn guard<R>(self, work: impl FnOnce() -> R) -> Result<R, String> {
        match self.on_panic {
            OnPanic::Propagate => Ok(work()),
            OnPanic::Isolate => catch(work),
        }
    }

    /// Panics if a fault was planted in `step` and one of `texts` has its marker.
    #[doc(hidden)]
    #[expect(clippy::panic, reason = "this is the planted fault")]
    pub fn trip<'t>(self, step: Step, texts: impl IntoIterator<Item = &'t str>) {
        let Some(planted) = self.planted.filter(|planted| planted.step == step) else {
            return;
        };
        if texts.into_iter().any(|text| text.contains(planted.marker)) {
            panic!("planted in {step:?}");
        }
    }
}

/// An item that panicked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Failure {
    pub(crate) step: Step,
    /// The documents that the item is about.
    pub(crate) documents: Vec<DocId>,
    /// The panic, and where it was.
    pub(crate) message: String,
}

/// Isolates the items of a run's maps and keeps what failed. Shared by all workers.
#[derive(Debug, Default)]
pub(crate) struct Failures {
    isolation: Isolation,
    failed: Mutex<Vec<Failure>>,
}

impl Failures {
    /// None yet.
    pub(crate) fn new(isolation: Isolation) -> Self {
        Self {
            isolation,
            failed: Mutex::default(),
        }
    }

    /// How panics are treated.
    pub(crate) fn isolation(&self) -> Isolation {
        self.isolation
    }

    /// Does the `work` of one item of a map, which is about `documents`. `None` where it panicked and was passed over.
    pub(crate) fn item<R>(
        &self,
        step: Step,
        documents: &[DocId],
        work: impl FnOnce() -> R,
    ) -> Option<R> {
        match self.isolation.guard(work) {
            Ok(result) => Some(result),
            Err(message) => {
                self.lock().push(Failure {
                    step,
                    documents: documents.to_vec(),
                    message,
                });
                None
            }
        }
    }

    /// Takes what failed so far, in an order that does not depend on the workers.
    pub(crate) fn take(&self) -> Vec<Failure> {
        let mut failed = std::mem::take(&mut *self.lock());
        failed.sort();
        failed.dedup();
        failed
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Failure>> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Documents that an entry names; of more, it says that there are more.
const MOST_NAMED: usize = 3;

/// The findings' entry for a panic in `step`: `paths` names the documents that the item is about, `cost` says what is
/// missing because of it.
#[must_use]
pub fn entry(step: Step, paths: &[&str], (cost, panic): (Cost, &str)) -> ErrorRecord {
    let more = if paths.len() > MOST_NAMED {
        " and others"
    } else {
        ""
    };
    let path = match paths {
        [] => "the whole run".to_owned(),
        [..] => {
            paths
                .iter()
                .take(MOST_NAMED)
                .copied()
                .collect::<Vec<_>>()
                .join(", ")
                + more
        }
    };
    let cost = match cost {
        Cost::Document => "the document was left out",
        Cost::RestOfFile => "the rest of it was not read",
        Cost::Item => "what this would have found is missing",
    };
    ErrorRecord {
        path: paths.first().copied().unwrap_or_default().to_owned(),
        code: INTERNAL.to_owned(),
        offset: None,
        message: format!(
            "{path}: a fault of wirecopy {} while {} it ({panic}); {cost}; please report this line, with the document if \
             you may share it",
            env!("CARGO_PKG_VERSION"),
            step.doing()
        ),
    }
}

/// What a panic cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// A document.
    Document,
    /// One item of a step.
    Item,
    /// What had not been read of a file.
    RestOfFile,
}

thread_local! {
    /// Guards that are open on this thread.
    static GUARDS: Cell<usize> = const { Cell::new(0) };
    /// The last panic on this thread: its words, and the same with its place.
    static NOTED: RefCell<Option<Noted>> = const { RefCell::new(None) };
}

/// The last panic of any thread, for guards around work that others did.
static ANYWHERE: Mutex<Option<Noted>> = Mutex::new(None);

#[derive(Clone)]
struct Noted {
    words: String,
    placed: String,
}

/// Does `work`, and gives the words of its panic, with its place where the program's panic hook calls [`note`].
///
/// # Errors
/// The panic, in words.
pub fn catch<R>(work: impl FnOnce() -> R) -> Result<R, String> {
    GUARDS.set(GUARDS.get() + 1);
    // Nothing that the work had is looked at again: its scratch is dropped, and results are whole or not there.
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDS.set(GUARDS.get() - 1);
    result.map_err(|payload| {
        let words = words_of(&*payload);
        let same = |noted: &Noted| noted.words == words;
        let here = NOTED.take().filter(same);
        let found = here.or_else(|| anywhere().clone().filter(same));
        found.map_or(words, |noted| noted.placed)
    })
}

/// To be called by the program's panic hook: remembers the place of the panic for the guard that catches it.
pub fn note(info: &PanicHookInfo<'_>) {
    let words = words_of(info.payload());
    let placed = match info.location() {
        Some(at) => format!("{words}, at {}:{}", at.file(), at.line()),
        None => words.clone(),
    };
    let noted = Noted { words, placed };
    *anywhere() = Some(noted.clone());
    NOTED.set(Some(noted));
}

/// Whether a panic on this thread now would be caught by a guard on it.
#[must_use]
pub fn is_guarded() -> bool {
    GUARDS.get() > 0
}

fn anywhere() -> MutexGuard<'static, Option<Noted>> {
    ANYWHERE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The words of a panic on one line.
fn words_of(payload: &(dyn Any + Send)) -> String {
    let text = match (
        payload.downcast_ref::<&str>(),
        payload.downcast_ref::<String>(),
    ) {
        (Some(text), _) => text,
        (None, Some(text)) => text.as_str(),
        (None, None) => "a panic without words",
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISOLATE: Isolation = Isolation {
        on_panic: OnPanic::Isolate,
        planted: None,
    };

    #[test]
    fn an_item_that_panics_is_passed_over_and_kept() {
        let failures = Failures::new(ISOLATE);
        let item = |n: usize| {
            failures.item(Step::Align, &[DocId::new(n)], || {
                assert_ne!(n, 1, "the odd one");
                n * 10
            })
        };
        assert_eq!(
            (0..3).map(item).collect::<Vec<_>>(),
            [Some(0), None, Some(20)]
        );
        let failed = failures.take();
        assert_eq!(failed.len(), 1);
        assert_eq!(failed[0].documents, [DocId::new(1)]);
        assert!(failed[0].message.contains("the odd one"), "{failed:?}");
        assert!(failures.take().is_empty());
        assert!(!is_guarded());
    }

    #[test]
    #[should_panic(expected = "for the caller")]
    fn where_isolation_is_off_a_panic_goes_on() {
        Failures::default().item(Step::Align, &[], || panic!("for the caller"));
    }

    #[test]
    fn an_entry_names_document_step_and_panic() {
        let entry = entry(
            Step::Align,
            &["a.txt"],
            (Cost::Document, "out of range, at x.rs:7"),
        );
        assert_eq!(
            (entry.path.as_str(), entry.code.as_str()),
            ("a.txt", "internal")
        );
        for part in [
            "a.txt: ",
            "while aligning",
            "out of range, at x.rs:7",
            "left out",
            "report",
        ] {
            assert!(entry.message.contains(part), "{}", entry.message);
        }
    }

    #[test]
    fn steps_have_names() {
        assert_eq!(Step::named("align"), Some(Step::Align));
        assert_eq!(Step::named("render"), Some(Step::Render));
        assert_eq!(Step::named("nothing"), None);
    }
}
