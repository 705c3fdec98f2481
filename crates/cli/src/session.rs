//! One run of the detector for any of the commands: inputs opened, workers started, errors told.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use wirecopy_corpus::{
    Decoded, IdAssigner, Inputs, Locator, ProposedId, RawRecord, ReadError, Reason, decode,
};
use wirecopy_detector::isolation;
use wirecopy_detector::isolation::{Cost, Step};
use wirecopy_detector::options::Options;
use wirecopy_detector::{Detector, Input, Observer, Role, Run};
use wirecopy_document::Document;
use wirecopy_document::date;
use wirecopy_document::date::Zone;
use wirecopy_findings::{ErrorRecord, Findings};

use crate::faults;
use crate::fields::Records;
use crate::interrupt::Interrupts;
use crate::left_out;
use crate::outcome::Outcome;
use crate::output;
use crate::plan::{self, ReadPlan, RunPlan};
use crate::print_error::{tell, tell_errors};
use crate::progress::{Progress, Verbosity};
use crate::reading::Reading;
use crate::shown::Rerun;
use crate::templates;

/// What a run found, and how it ended.
pub(crate) struct Session {
    /// The findings.
    pub(crate) findings: Findings,
    /// Texts by document id, for the renderers.
    pub(crate) texts: BTreeMap<String, String>,
    /// How it ended.
    pub(crate) outcome: Outcome,
    /// The way back to the records of containers.
    pub(crate) records: Records,
    /// Whether documents that are left out show in the exit code.
    pub(crate) counts_skips: bool,
    /// What it takes to do it again.
    pub(crate) rerun: Rerun,
}

/// Reads and analyses what `read` names. Errors of single inputs are told on standard error and are no failure.
pub(crate) fn run(mut read: ReadPlan, options: Options, plan: &RunPlan) -> Result<Session> {
    let (interrupts, progress) = watched(plan)?;
    read.options.stop = Some(interrupts.stop());
    let mut detector = Detector::new(options)?.with_isolation(faults::isolation());
    let known = read.templates.clone();
    if let Some(path) = &known {
        if output::is_stdout(path) {
            bail!("--templates wants a file, and - is standard output");
        }
        plan::check_output(&read, path)?;
        detector = detector.with_templates(templates::read_or_new(path)?);
    }
    let started = Instant::now();
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(plan.threads.unwrap_or(0))
        .build()?;
    let left_out = read.options.left_out.clone();
    let Detected {
        findings,
        run,
        records,
    } = pool.install(|| detect(&detector, read, &progress))?;
    progress.finish();
    left_out::tell(&left_out.so_far(), plan);
    if let Some(path) = known.filter(|_| interrupts.exit_code().is_none()) {
        templates::write(&path, &run.templates)?;
    }
    tell_errors(&findings.errors);
    if plan.stats {
        stats(&findings, started, &progress);
    }
    if plan.verbosity == Verbosity::Normal && interrupts.exit_code().is_some() {
        tell(match interrupts.must_hurry() {
            true => "terminated; these are the findings on what had been read and compared",
            false => "interrupted; these are the findings on what had been read",
        });
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
    let (rerun, texts) = Rerun::new(detector, pool, run);
    Ok(Session {
        findings,
        texts,
        outcome,
        records,
        counts_skips: !plan.allow_skips,
        rerun,
    })
}

/// What a run of the detector gave, and the way back to its records.
struct Detected {
    findings: Findings,
    run: Run,
    records: Records,
}

/// A run's signals and its progress, watched.
pub(crate) fn watched(plan: &RunPlan) -> Result<(Interrupts, Progress)> {
    let interrupts = Interrupts::default();
    let progress = Progress::new(plan.verbosity, interrupts.clone());
    let announcer = progress.announcer(plan.verbosity);
    interrupts
        .watch(announcer)
        .context("cannot watch for signals")?;
    Ok((interrupts, progress))
}

fn detect(detector: &Detector, read: ReadPlan, observer: &dyn Observer) -> Result<Detected> {
    let mut archive = match &*read.against {
        [] => None,
        paths => Some(records(Inputs::open(paths, read.options.clone())?)),
    };
    let mut reported: Box<NamedRecords> = match read.picked {
        Some(picked) => Box::new(
            picked
                .into_iter()
                .map(|one| Ok((one.record, Some(one.name)))),
        ),
        None => Box::new(records(Inputs::open(&read.paths, read.options)?)),
    };
    let decode = |(raw, name): Named| {
        decode_guarded(&raw, |mut decoded| {
            decoded.id.name = name.unwrap_or(decoded.id.name);
            let date = decoded.document.published.as_deref();
            let note = date.and_then(|date| note_on_date(&raw, date));
            decoded.notes.extend(note);
            let way_back = raw.is_in_container().then(|| raw.locator());
            (decoded.document, (decoded.id, decoded.notes, way_back))
        })
    };
    let ids = RefCell::new(IdAssigner::default());
    let ways_back = RefCell::new(BTreeMap::new());
    let name = |document: &mut Document, (id, notes, way_back): Naming| {
        let renamed = ids.borrow_mut().assign(document, &id);
        if let Some(way_back) = way_back {
            ways_back
                .borrow_mut()
                .insert(document.key.0.clone(), way_back);
        }
        notes.iter().chain(&renamed).map(entry).collect()
    };
    let (mut name_reported, mut name_archived) = (name, name);
    let mut inputs = vec![Input {
        records: &mut *reported,
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
    let (findings, run) = detector.detect(inputs, observer);
    Ok(Detected {
        findings,
        run,
        records: Records::new(ways_back.take()),
    })
}

/// What a document is named by, what was mended in it, and the way back to it.
type Naming = (ProposedId, Vec<ReadError>, Option<Locator>);

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

/// A record, and what it is called where that is not its own id.
type Named = (RawRecord, Option<String>);

type NamedRecords = dyn Iterator<Item = Result<Named, ErrorRecord>> + Send;

/// Raw records, with what could not be read as the findings list it.
fn records(inputs: Inputs) -> impl Iterator<Item = Result<Named, ErrorRecord>> + Send {
    let mut reading = Reading::new(inputs, faults::isolation());
    std::iter::from_fn(move || {
        let item = reading.next(Iterator::next)?;
        let read = item.and_then(|read| read.map_err(|error| entry(&error)));
        Some(read.map(|raw| (raw, None)))
    })
}

/// Decodes a record, and does what is to be done with it. A panic costs the record.
pub(crate) fn decode_guarded<T>(
    raw: &RawRecord,
    then: impl FnOnce(Decoded) -> T,
) -> Result<T, ErrorRecord> {
    let isolation = faults::isolation();
    let done = isolation.guard(|| {
        let decoded = decode(raw)?;
        isolation.trip(Step::Decode, [decoded.document.text.as_str()]);
        Ok(then(decoded))
    });
    match done {
        Ok(done) => done.map_err(|error| entry(&error)),
        Err(panic) => {
            let cost = (Cost::Document, panic.as_str());
            Err(isolation::entry(Step::Decode, &[&raw.path()], cost))
        }
    }
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

/// An entry that says that something is missing from the findings, rather than that it was mended.
pub(crate) fn is_skip(error: &ErrorRecord) -> bool {
    !matches!(
        error.code.as_str(),
        "duplicate_id" | "repaired" | "unknown_date" | "unknown_zone" | "extra_cells"
    )
}

fn stats(findings: &Findings, started: Instant, progress: &Progress) {
    for (stage, duration) in progress.durations() {
        tell(format_args!("{stage}: {:.3} s", duration.as_secs_f64()));
    }
    let seconds = started.elapsed().as_secs_f64();
    let bytes: u64 = findings
        .documents
        .iter()
        .map(|document| document.bytes)
        .sum();
    let summary = &findings.summary;
    tell(format_args!(
        "{} documents, {:.1} MB of text, {} pairs, {} errors in {seconds:.3} s ({:.1} MB/s)",
        summary.documents,
        bytes as f64 / 1e6,
        summary.pairs,
        summary.errors,
        bytes as f64 / 1e6 / seconds
    ));
}
