//! Reports that panic: the document to blame is taken out, and the run is done again without it.

use std::collections::BTreeMap;

use anyhow::Result;
use wirecopy_detector::isolation::{Cost, Step, entry};
use wirecopy_detector::{Detector, Input, Role, Run, Silent};
use wirecopy_document::Document;
use wirecopy_findings::{ErrorRecord, Findings};

use crate::faults;
use crate::session::Session;

/// Documents that are taken out of a run because of its reports.
const MOST_ROUNDS: usize = 8;

/// What it takes to do a run again.
pub(crate) struct Rerun {
    detector: Detector,
    pool: rayon::ThreadPool,
    /// In input order, those of archives behind the others; their texts are in [`Session::texts`].
    documents: Vec<Document>,
    /// How many of them are reported on.
    reported: usize,
}

impl Rerun {
    /// Keeps the documents of `run`, and gives their texts by id.
    pub(crate) fn new(
        detector: Detector,
        pool: rayon::ThreadPool,
        run: Run,
    ) -> (Self, BTreeMap<String, String>) {
        let Run {
            mut documents,
            summary,
            ..
        } = run;
        let text = |document: &mut Document| {
            let text = std::mem::take(&mut document.text);
            (document.key.0.clone(), text)
        };
        let texts = documents.iter_mut().map(text).collect();
        let rerun = Self {
            detector,
            pool,
            documents,
            reported: summary.documents as usize,
        };
        (rerun, texts)
    }

    /// Takes a document out.
    fn remove(&mut self, number: usize) -> Document {
        self.reported -= usize::from(number < self.reported);
        self.documents.remove(number)
    }

    /// The documents of `role` with their texts, as an input has them.
    fn records(
        &self,
        role: Role,
        texts: &BTreeMap<String, String>,
    ) -> std::vec::IntoIter<Result<Document, ErrorRecord>> {
        let reported = self.reported.min(self.documents.len());
        let (reported, archive) = self.documents.split_at(reported);
        let of_role = match role {
            Role::Reported => reported.iter(),
            Role::Archive => archive.iter(),
        };
        let with_text = of_role.map(|document| {
            Ok(Document {
                text: texts.get(&document.key.0).cloned().unwrap_or_default(),
                ..document.clone()
            })
        });
        with_text.collect::<Vec<_>>().into_iter()
    }

    fn run(&self, texts: &BTreeMap<String, String>) -> Findings {
        self.pool.install(|| {
            let mut reported = self.records(Role::Reported, texts);
            let mut archive = self.records(Role::Archive, texts);
            let decode = |document: Document| Ok((document, ()));
            let mut named = |_: &mut Document, ()| Vec::new();
            let mut named_too = named;
            let inputs = vec![
                Input {
                    records: &mut reported,
                    decode: &decode,
                    name: &mut named,
                    role: Role::Reported,
                },
                Input {
                    records: &mut archive,
                    decode: &decode,
                    name: &mut named_too,
                    role: Role::Archive,
                },
            ];
            self.detector.detect(inputs, &Silent).0
        })
    }
}

/// What reports are made of.
pub(crate) type Shown<'s> = (&'s Findings, &'s BTreeMap<String, String>);

impl Session {
    /// What `write` makes of the findings. Where it panics, a document is to blame: the findings become those of a run
    /// without it, with an entry among the errors.
    ///
    /// # Errors
    /// Those of `write`, and when it panics whatever is left out.
    pub(crate) fn show<T>(&mut self, write: impl Fn(Shown<'_>) -> Result<T>) -> Result<T> {
        for _ in 0..MOST_ROUNDS {
            match guarded(&write, (&self.findings, &self.texts)) {
                Ok(shown) => return shown,
                Err(panic) => {
                    let Some(number) = self.culprit(&write) else {
                        break;
                    };
                    self.take_out(number, &panic);
                }
            }
        }
        write((&self.findings, &self.texts))
    }

    /// The last document of the shortest beginning of all with which `write` panics. O(log n) runs.
    fn culprit<T>(&mut self, write: &impl Fn(Shown<'_>) -> Result<T>) -> Option<usize> {
        let all = std::mem::take(&mut self.rerun.documents);
        let mut panics_with = |count: usize| {
            self.rerun.documents = all.iter().take(count).cloned().collect();
            let findings = self.rerun.run(&self.texts);
            guarded(write, (&findings, &self.texts)).is_err()
        };
        let (mut passes, mut panics) = (0, all.len());
        let found = panics_with(panics);
        while found && panics - passes > 1 {
            let middle = passes.midpoint(panics);
            if panics_with(middle) {
                panics = middle;
            } else {
                passes = middle;
            }
        }
        self.rerun.documents = all;
        found.then_some(passes)
    }

    fn take_out(&mut self, number: usize, panic: &str) {
        let document = self.rerun.remove(number);
        self.texts.remove(&document.key.0);
        let path = document.path.as_deref().unwrap_or(&document.key.0);
        let error = entry(Step::Render, &[path], (Cost::Document, panic));
        crate::print_error::tell(&error.message);
        let mut errors = std::mem::take(&mut self.findings.errors);
        errors.push(error);
        self.findings = self.rerun.run(&self.texts);
        self.findings.summary.errors = errors.len() as u64;
        self.findings.errors = errors;
        self.outcome.skipped += usize::from(self.counts_skips);
        self.outcome.documents = self
            .findings
            .documents
            .iter()
            .filter(|d| !d.archive)
            .count();
    }
}

fn guarded<T>(
    write: &impl Fn(Shown<'_>) -> Result<T>,
    shown: Shown<'_>,
) -> Result<Result<T>, String> {
    let isolation = faults::isolation();
    isolation.guard(|| {
        let texts = shown.0.documents.iter().filter_map(|d| shown.1.get(&d.id));
        isolation.trip(Step::Render, texts.map(String::as_str));
        write(shown)
    })
}
