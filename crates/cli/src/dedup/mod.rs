//! One run of `wirecopy dedup`: inputs opened, documents sketched by workers, pairs compared, verdicts drawn up.

mod batches;
mod document_table;
mod output;

use std::collections::HashMap;
use std::time::Instant;

use anyhow::Result;
use wirecopy_boilerplate::Templates;
use wirecopy_corpus::read::Deferred;
use wirecopy_corpus::{Decoded, IdAssigner, Inputs, RawRecord, ReadError};
use wirecopy_detector::dedup::{Collection, Decision, Engine, Order, Preference, Sketcher};
use wirecopy_detector::isolation;
use wirecopy_detector::isolation::{Cost, Step};
use wirecopy_detector::options::{Options, SameSite};
use wirecopy_detector::{Observer, Stage};
use wirecopy_document::date::Published;
use wirecopy_document::site::site_of_document;
use wirecopy_findings::ErrorRecord;

pub(crate) use self::output::{Cells, Controls, Disposition, Formulas, Verdicts};

use self::batches::{Batch, Batches, Role};
use self::document_table::{Catalogue, Limits, Seen};
use crate::faults;
use crate::left_out;
use crate::outcome::Outcome;
use crate::plan::{ReadPlan, RunPlan};
use crate::print_error::{tell, tell_errors};
use crate::progress::{Progress, Verbosity};
use crate::session::{decode_guarded, entry, is_skip, note_on_date, watched};
use crate::templates;

/// Which document of a family stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeepRule {
    /// The one with the most words.
    Longest,
    /// The one that was published first; undated ones last.
    Earliest,
    /// The one that was read first.
    First,
}

/// What a run gave.
pub(crate) struct Finished {
    /// The documents and what becomes of them.
    pub(crate) verdicts: Verdicts,
    /// How it ended.
    pub(crate) outcome: Outcome,
}

/// Reads what `read` names and decides what to keep. Errors of single inputs are told on standard error.
pub(crate) fn run(
    mut read: ReadPlan,
    options: &Options,
    (keep, plan): (KeepRule, &RunPlan),
) -> Result<Finished> {
    let (interrupts, progress) = watched(plan)?;
    read.options.stop = Some(interrupts.stop());
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(plan.threads.unwrap_or(0))
        .build()?;
    let started = Instant::now();
    let known = read.templates.as_deref().map(templates::read).transpose()?;
    let mut job = Job::new(options, keep, known);
    let left_out = read.options.left_out.clone();
    let decided = pool.install(|| job.run(read, &progress));
    progress.finish();
    left_out::tell(&left_out.so_far(), plan);
    let mut decision = decided?;
    let lost = std::mem::take(&mut decision.errors);
    job.skipped += lost.len();
    job.errors.extend(lost);
    tell_errors(&job.errors);
    let verdicts = Verdicts::new(job.catalogue, decision, job.errors);
    if plan.stats {
        job.timings.push(("in all", started));
        tell_timings(&job.timings, verdicts.bytes());
    }
    if plan.verbosity == Verbosity::Normal {
        tell(verdicts.summary());
        if interrupts.exit_code().is_some() {
            tell("interrupted; these are the verdicts on what had been read");
        }
    }
    let outcome = Outcome {
        interrupted: interrupts.exit_code(),
        skipped: if plan.allow_skips { 0 } else { job.skipped },
        documents: verdicts.len(),
        named_pairs: 0,
    };
    Ok(Finished { verdicts, outcome })
}

/// A run while it goes on.
struct Job {
    engine: Engine,
    limits: Limits,
    keep: KeepRule,
    catalogue: Catalogue,
    ids: IdAssigner,
    site_numbers: HashMap<String, u32>,
    skipped: usize,
    errors: Vec<ErrorRecord>,
    timings: Vec<(&'static str, Instant)>,
}

impl Job {
    fn new(options: &Options, keep: KeepRule, known: Option<Templates>) -> Self {
        let limits = Limits {
            days: options.max_days,
            same_site: options.same_site,
        };
        Self {
            engine: Engine {
                seed: options.seed,
                min_words: options.min_words,
                relations: options.relations(),
                boilerplate: options.boilerplate,
                isolation: faults::isolation(),
            },
            limits,
            keep,
            catalogue: Catalogue::new(limits, known),
            ids: IdAssigner::default(),
            site_numbers: HashMap::new(),
            skipped: 0,
            errors: Vec::new(),
            timings: Vec::new(),
        }
    }

    fn run(&mut self, read: ReadPlan, progress: &Progress) -> Result<Decision> {
        progress.begin(Stage::Read, None);
        self.timings.push(("reading and sketching", Instant::now()));
        let archive = match &*read.against {
            [] => None,
            paths => Some(Inputs::open(paths, read.options.clone())?),
        };
        let reported = Inputs::open(&read.paths, read.options)?;
        let archive = archive.map(|inputs| Batches::new(inputs, Role::Archive));
        let batches = Batches::new(reported, Role::Reported).chain(archive.into_iter().flatten());
        let mut collection = Collection::default();
        let (engine, wanted) = (self.engine, self.wanted());
        let sketch = |batch: Batch, sketcher: &mut Sketcher| learn(batch, wanted, sketcher);
        engine.collect(
            batches,
            sketch,
            (&mut collection, |learned: Learned| {
                progress.advance(learned.1.len() as u64);
                self.take(learned);
            }),
        );
        self.timings.push(("comparing", Instant::now()));
        progress.begin(Stage::Candidates, None);
        let preference = match self.keep {
            KeepRule::Longest => Preference::Longest,
            KeepRule::First => Preference::First,
            KeepRule::Earliest => Preference::Earliest(self.catalogue.times()),
        };
        let order = Order {
            preference,
            reported: self.catalogue.reported(),
        };
        Ok(engine.decide(&mut collection, &order, &self.catalogue))
    }

    fn wanted(&self) -> Wanted {
        Wanted {
            dates: self.limits.days.is_some() || self.keep == KeepRule::Earliest,
            sites: self.limits.same_site == SameSite::Ignore,
        }
    }

    /// Enters a batch, in input order.
    fn take(&mut self, (role, items): Learned) {
        for item in items {
            match item {
                Ok(found) => self.enter(role, *found),
                Err(error) => self.skip(error),
            }
        }
    }

    fn enter(&mut self, role: Role, found: Found) {
        let mut named = wirecopy_document::Document {
            path: Some(found.path),
            ..Default::default()
        };
        found.notes.iter().for_each(|note| self.skip(entry(note)));
        if let Some(note) = self.ids.assign(&mut named, &found.id) {
            self.errors.push(entry(&note));
        }
        let next = self.site_numbers.len() as u32;
        let site = found
            .site
            .map(|site| *self.site_numbers.entry(site).or_insert(next));
        let seen = Seen {
            published: found.published,
            site,
            locator: found.locator,
            bytes: found.bytes,
        };
        self.catalogue.push(role, &named.key.0, seen);
    }

    fn skip(&mut self, error: ErrorRecord) {
        self.skipped += usize::from(is_skip(&error));
        self.errors.push(error);
    }
}

/// What must be learned of a document beside its words.
#[derive(Clone, Copy)]
struct Wanted {
    dates: bool,
    sites: bool,
}

/// What a worker learned of one document.
struct Found {
    id: wirecopy_corpus::ProposedId,
    path: String,
    notes: Vec<ReadError>,
    published: Option<Published>,
    site: Option<String>,
    locator: wirecopy_corpus::Locator,
    bytes: u64,
}

/// What a worker learned of a batch.
type Learned = (Role, Vec<Result<Box<Found>, ErrorRecord>>);

/// Decodes and sketches a batch. A map: runs in the workers.
fn learn((role, records): Batch, wanted: Wanted, sketcher: &mut Sketcher) -> Learned {
    let mut one = |raw: RawRecord| {
        let learned = decode_guarded(&raw, |decoded| learn_one((&raw, decoded), wanted, sketcher));
        learned.inspect_err(|_| sketcher.renew())
    };
    let mut learned = Vec::with_capacity(records.len());
    for unread in records {
        match unread {
            Ok(Deferred::Record(raw)) => learned.push(one(raw)),
            Ok(Deferred::File(file)) => {
                let path = file.shown().to_owned();
                let each = |record: Result<RawRecord, ReadError>| {
                    let record = record.map_err(|error| entry(&error));
                    learned.push(record.and_then(&mut one));
                };
                let read = faults::isolation().guard(|| file.read(each));
                if let Err(panic) = read {
                    let cost = (Cost::RestOfFile, panic.as_str());
                    learned.push(Err(isolation::entry(Step::Read, &[&path], cost)));
                }
            }
            Err(error) => learned.push(Err(error)),
        }
    }
    (role, learned)
}

fn learn_one(
    (raw, decoded): (&RawRecord, Decoded),
    wanted: Wanted,
    sketcher: &mut Sketcher,
) -> Box<Found> {
    let Decoded {
        document,
        id,
        mut notes,
    } = decoded;
    faults::isolation().trip(Step::Analyse, [document.text.as_str()]);
    let date = document.published.as_deref().filter(|_| wanted.dates);
    let published = date.and_then(Published::parse);
    notes.extend(date.and_then(|date| note_on_date(raw, date)));
    let site = wanted.sites.then(|| site_of_document(&document)).flatten();
    // Last: what panics before it leaves no trace in the sketches.
    sketcher.add(&document.text);
    Box::new(Found {
        id,
        notes,
        published,
        site,
        locator: raw.locator(),
        bytes: document.text.len() as u64,
        path: document.path.unwrap_or_default(),
    })
}

fn tell_timings(timings: &[(&'static str, Instant)], bytes: u64) {
    let now = Instant::now();
    let starts = timings.iter().skip(1).map(|&(_, at)| at);
    for (&(name, at), end) in timings.iter().zip(starts) {
        let end = if name == "comparing" { now } else { end };
        tell(format_args!("{name}: {:.3} s", (end - at).as_secs_f64()));
    }
    if let Some(&(name, at)) = timings.last() {
        let seconds = (now - at).as_secs_f64();
        let megabytes = bytes as f64 / 1e6;
        tell(format_args!(
            "{name}: {megabytes:.1} MB of text in {seconds:.3} s ({:.1} MB/s)",
            megabytes / seconds
        ));
    }
}
