//! The only place with threads, and the only entry that most users need.
//!
//! A run has three passes. **First** each document is read, its boilerplate marked by its own cues, its quotations found
//! and its body sketched; equal fingerprints give candidate pairs; these are aligned and related. **Then** boilerplate is
//! counted over the corpus by story and by site, and what that changes is aligned again. **Last** come families, groups
//! of quotations and lineage, and the records go to a [`Sink`].

mod compare;
mod emit;
mod furniture;
mod groups;
mod intake;
mod observer;
mod quotations;
mod renderings;
mod settle;
mod sink;
mod stock;
mod trace;

pub use intake::{Input, Role};
pub use observer::{Observer, Silent, Stage};
pub use sink::{Record, Sink};

use wirecopy_core::Document;
use wirecopy_core::align::{AlignOptions, Aligner};

use crate::boilerplate::Templates;
use crate::error::Error;
use crate::findings::{ErrorRecord, Findings, SCHEMA, Summary};
use crate::lineage::LineageOptions;
use crate::options::{EditDetail, Options};
use crate::pool::Pool;
use crate::relation::RelationOptions;
use compare::{AlignedPair, Comparer};
use groups::PassageGroup;
use intake::{Analysed, Corpus, Intake};
use quotations::Quotations;
use trace::Traced;

/// Finds what a pile of articles shares. Made once, used for any number of runs.
pub struct Detector {
    options: Options,
    aligner: Aligner,
    relations: RelationOptions,
    lineage: LineageOptions,
    templates: Option<Templates>,
}

/// What a run leaves besides its records: the documents, for whoever shows them.
#[derive(Debug, Default)]
pub struct Run {
    /// All documents, in input order, those of archives behind the others.
    pub documents: Vec<Document>,
    /// Counts.
    pub summary: Summary,
    /// What is known about sites now: what was known before and what this run learned.
    pub templates: Templates,
}

/// Everything that one run has settled, before it becomes records.
struct Settled {
    documents: Vec<Analysed>,
    pairs: Vec<AlignedPair>,
    groups: Vec<PassageGroup>,
    families: Vec<crate::family::Family>,
    traced: Traced,
    quotations: Quotations,
    errors: Vec<ErrorRecord>,
    templates: Templates,
}

impl Detector {
    /// A detector with these settings.
    ///
    /// # Errors
    /// When a setting is out of its range.
    pub fn new(options: Options) -> Result<Self, Error> {
        let align = AlignOptions::default();
        Ok(Self {
            aligner: Aligner::new(align)?,
            relations: options.relations(),
            lineage: LineageOptions::default(),
            templates: None,
            options,
        })
    }

    /// The same detector, with what earlier runs learned about sites.
    #[must_use]
    pub fn with_templates(self, templates: Templates) -> Self {
        Self {
            templates: Some(templates),
            ..self
        }
    }

    /// Runs over all `inputs` and keeps every record. O(documents + candidate pairs).
    pub fn detect<R: Send, N: Send>(
        &self,
        inputs: Vec<Input<'_, R, N>>,
        observer: &dyn Observer,
    ) -> (Findings, Run) {
        let mut findings = Findings {
            schema: SCHEMA.to_owned(),
            ..Findings::default()
        };
        let Ok(run) = self.detect_into(inputs, observer, &mut findings);
        (findings, run)
    }

    /// Runs over all `inputs` and hands each record to `sink` as it is settled, in the order of the findings document.
    ///
    /// # Errors
    /// When the sink refuses a record.
    pub fn detect_into<R: Send, N: Send, S: Sink>(
        &self,
        inputs: Vec<Input<'_, R, N>>,
        observer: &dyn Observer,
        sink: &mut S,
    ) -> Result<Run, S::Error> {
        self.emit(self.settle(inputs, observer), sink)
    }

    fn tools<'d>(&'d self, observer: &'d dyn Observer) -> (Intake<'d>, Comparer<'d>) {
        let intake = Intake {
            options: &self.options,
            aligner: &self.aligner,
            templates: self.templates.as_ref(),
            observer,
            scratch: Pool::new(),
        };
        let comparer = Comparer {
            options: &self.options,
            relations: &self.relations,
            aligner: &self.aligner,
            observer,
            preparing: Pool::new(),
            scratch: Pool::new(),
        };
        (intake, comparer)
    }

    fn settle<R: Send, N: Send>(
        &self,
        inputs: Vec<Input<'_, R, N>>,
        observer: &dyn Observer,
    ) -> Settled {
        let (intake, comparer) = self.tools(observer);
        let mut corpus = Corpus::default();
        for input in inputs {
            intake.read(input, &mut corpus);
        }
        let Corpus {
            mut documents,
            postings,
            errors,
        } = corpus;
        observer.begin(Stage::Candidates, None);
        let (pairs, groups) = comparer.candidates(&documents, postings);
        let groups = groups::passage_groups(&documents, groups);
        let pairs = comparer.align(&documents, &pairs);
        let (pairs, templates) = settle::settle(&intake, &comparer, &mut documents, pairs);
        let mut pairs = furniture::without_furniture(&comparer, &documents, pairs);
        observer.begin(Stage::Lineage, None);
        let groups = groups::outside_boilerplate(groups, &documents);
        let families = settle::group(&documents, &pairs);
        let (traced, quotations) = rayon::join(
            || trace::trace(&documents, &families, &pairs, &self.lineage),
            || quotations::quotations(&documents),
        );
        renderings::add(&comparer, &documents, &quotations.utterances, &mut pairs);
        Settled {
            documents,
            pairs,
            groups,
            families,
            traced,
            quotations,
            errors,
            templates,
        }
    }

    /// Hands everything to `sink`, in the order of the findings document.
    fn emit<S: Sink>(&self, settled: Settled, sink: &mut S) -> Result<Run, S::Error> {
        let summary = summarise(&settled);
        let head = [
            Record::Options(self.options.to_map()),
            Record::Summary(summary.clone()),
        ];
        head.into_iter()
            .chain(relations(&settled, self.options.edits))
            .chain(texts(&settled))
            .chain(lineage(&settled.traced, &settled.documents))
            .chain(settled.errors.iter().cloned().map(Record::Error))
            .try_for_each(|record| sink.accept(record))?;
        let documents = settled.documents.into_iter();
        Ok(Run {
            documents: documents.map(|analysed| analysed.document).collect(),
            summary,
            templates: settled.templates,
        })
    }
}

/// The records of documents, sites, families, pairs and passages that many share.
fn relations(settled: &Settled, edits: EditDetail) -> impl Iterator<Item = Record> {
    let Settled {
        documents: all,
        pairs,
        groups,
        families,
        traced,
        ..
    } = settled;
    let family = |(n, f)| Record::Family(emit::family(n, f, all));
    let group = |(n, g)| Record::PassageGroup(emit::passage_group(n, g, all));
    let pair = move |pair| Record::Pair(emit::pair(pair, all, edits));
    emit::documents(all, pairs, families)
        .map(Record::Document)
        .chain(emit::sites(all, traced).map(Record::Site))
        .chain(numbered(families).map(family))
        .chain(pairs.iter().map(pair))
        .chain(numbered(groups).map(group))
}

/// The records of quotations and boilerplate.
fn texts(settled: &Settled) -> impl Iterator<Item = Record> {
    let quotations = &settled.quotations;
    let documents = settled.documents.iter();
    let reported = documents.filter(|d| d.role == Role::Reported);
    quotations
        .quotes
        .iter()
        .cloned()
        .map(Record::Quote)
        .chain(quotations.groups.iter().cloned().map(Record::QuoteGroup))
        .chain(
            reported
                .flat_map(emit::boilerplate)
                .map(Record::Boilerplate),
        )
}

fn numbered<T>(all: &[T]) -> impl Iterator<Item = (usize, &T)> {
    all.iter().enumerate()
}

fn lineage<'a>(traced: &'a Traced, documents: &'a [Analysed]) -> impl Iterator<Item = Record> + 'a {
    let edges = traced.edges.iter();
    let open = traced.undetermined.iter();
    numbered(&traced.sources)
        .map(|(number, source)| Record::Source(emit::source(number, source)))
        .chain(edges.map(|edge| Record::Edge(emit::edge(edge, documents))))
        .chain(open.map(|pair| Record::Undetermined(emit::undetermined(pair, documents))))
}

fn summarise(settled: &Settled) -> Summary {
    let reported = || {
        settled
            .documents
            .iter()
            .filter(|d| d.role == Role::Reported)
    };
    Summary {
        documents: reported().count() as u64,
        families: settled.families.len() as u64,
        pairs: settled.pairs.len() as u64,
        quotes: settled.quotations.quotes.len() as u64,
        boilerplate_bytes: reported().map(emit::boilerplate_bytes).sum(),
        errors: settled.errors.len() as u64,
    }
}
