//! One run of the detector for any of the commands: inputs opened, workers started, errors told.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::{Context, Result};
use wirecopy_core::Document;
use wirecopy_corpus::{IdAssigner, Inputs, ProposedId, RawRecord, ReadError, Reason, decode};
use wirecopy_news::date::{self, Zone};
use wirecopy_news::detector::{Detector, Input, Observer, Role, Run};
use wirecopy_news::findings::{ErrorRecord, Findings};
use wirecopy_news::options::Options;

use crate::interrupt::Interrupts;
use crate::outcome::Outcome;
use crate::plan::{ReadPlan, RunPlan};
use crate::progress::{Progress, Verbosity};
use crate::templates;

/// What a run found, and how it ended.
pub(crate) struct Session {
    /// The findings.
    pub(crate) findings: Findings,
    /// Texts by document id, for the renderers.
    pub(crate) texts: BTreeMap<String, String>,
    /// How it ended.
    pub(crate) outcome: Outcome,
}

/// Reads and analyses what `read` names. Errors of single inputs are told on standard error and are no failure.
pub(crate) fn run(read: ReadPlan, options: Options, plan: &RunPlan) -> Result<Session> {
    let interrupts = Interrupts::install().context("cannot install signal handlers")?;
    let progress = Progress::new(plan.verbosity, interrupts.stop());
    let mut detector = Detector::new(options)?;
    let known = read.templates.clone();
    if let Some(path) = &known {
        detector = detector.with_templates(templates::read_or_new(path)?);
    }
    let started = Instant::now();
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(plan.threads.unwrap_or(0))
        .build()?;
    let (findings, run) = pool.install(|| detect(&detector, read, &progress))?;
    progress.finish();
    if let Some(path) = known.filter(|_| interrupts.exit_code().is_none()) {
        templates::write(&path, &run.templates)?;
    }
    findings.errors.iter().for_each(tell);
    if plan.stats {
        stats(&findings, started, &progress);
    }
    if plan.verbosity == Verbosity::Normal && interrupts.exit_code().is_some() {
        anstream::eprintln!("wirecopy: interrupted; these are the findings on what had been read");
    }
    let skipped = if plan.allow_skips {
        0
    } else {
        findings.errors.iter().filter(|e| is_skip(e)).count()
    };
    let outcome = Outcome {
        interrupted: interrupts.exit_code(),
        skipped,
        documents: findings.documents.iter().filter(|d| !d.archive).count(),
        named_pairs: 0,
    };
    Ok(Session {
        findings,
        texts: texts(run),
        outcome,
    })
}

fn detect(detector: &Detector, read: ReadPlan, observer: &dyn Observer) -> Result<(Findings, Run)> {
    let mut archive = match &*read.against {
        [] => None,
        paths => Some(records(Inputs::open(paths, read.options.clone())?)),
    };
    let mut reported = records(Inputs::open(&read.paths, read.options)?);
    let decode = |raw: RawRecord| {
        let mut decoded = decode(&raw).map_err(|error| entry(&error))?;
        let date = decoded.document.published.as_deref();
        let note = date.and_then(|date| note_on_date(&raw, date));
        decoded.notes.extend(note);
        Ok((decoded.document, (decoded.id, decoded.notes)))
    };
    let ids = RefCell::new(IdAssigner::default());
    let name = |document: &mut Document, (id, notes): (ProposedId, Vec<ReadError>)| {
        let renamed = ids.borrow_mut().assign(document, &id);
        notes.iter().chain(&renamed).map(entry).collect()
    };
    let (mut name_reported, mut name_archived) = (name, name);
    let mut inputs = vec![Input {
        records: &mut reported,
        decode: &decode,
        name: &mut name_reported,
        role: Role::Reported,
    }];
    if let Some(records) = &mut archive {
        inputs.push(Input {
            records,
            decode: &decode,
            name: &mut name_archived,
            role: Role::Archive,
        });
    }
    Ok(detector.detect(inputs, observer))
}

/// Says so where a record's date cannot be read, so that the document counts as undated, or its zone cannot.
pub(crate) fn note_on_date(raw: &RawRecord, date: &str) -> Option<ReadError> {
    let written = date.trim();
    let reason = match date::read(written).map(|reading| reading.zone) {
        Some(Zone::Clear) => return None,
        Some(Zone::Unclear) => Reason::UnknownZone(written.to_owned()),
        None if written.is_empty() => return None,
        None => Reason::UnknownDate(written.to_owned()),
    };
    Some(raw.error(reason))
}

/// Raw records, with what could not be read as the findings list it.
fn records(inputs: Inputs) -> impl Iterator<Item = Result<RawRecord, ErrorRecord>> + Send {
    inputs.map(|item| item.map_err(|error| entry(&error)))
}

/// The findings' entry for an input that could not be read as it is.
pub(crate) fn entry(error: &ReadError) -> ErrorRecord {
    ErrorRecord {
        path: error.path().to_owned(),
        code: error.code().to_owned(),
        offset: error.offset(),
        message: error.to_string(),
    }
}

fn texts(run: Run) -> BTreeMap<String, String> {
    run.documents
        .into_iter()
        .map(|Document { key, text, .. }| (key.0, text))
        .collect()
}

/// An entry that says that something is missing from the findings, rather than that it was mended.
fn is_skip(error: &ErrorRecord) -> bool {
    !matches!(
        error.code.as_str(),
        "duplicate_id" | "repaired" | "unknown_date" | "unknown_zone"
    )
}

fn tell(error: &ErrorRecord) {
    anstream::eprintln!("wirecopy: {}", error.message);
}

fn stats(findings: &Findings, started: Instant, progress: &Progress) {
    for (stage, duration) in progress.durations() {
        anstream::eprintln!("wirecopy: {stage}: {:.3} s", duration.as_secs_f64());
    }
    let seconds = started.elapsed().as_secs_f64();
    let bytes: u64 = findings
        .documents
        .iter()
        .map(|document| document.bytes)
        .sum();
    let summary = &findings.summary;
    anstream::eprintln!(
        "wirecopy: {} documents, {:.1} MB of text, {} pairs, {} errors in {seconds:.3} s ({:.1} MB/s)",
        summary.documents,
        bytes as f64 / 1e6,
        summary.pairs,
        summary.errors,
        bytes as f64 / 1e6 / seconds
    );
}
