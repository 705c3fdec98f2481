//! The only place with threads, and the only entry that most users need.
//!
//! A run has three passes. **First** each document is read, its boilerplate marked by its own cues, its quotations found
//! and its body sketched; equal fingerprints give candidate pairs; these are aligned and related. **Then** boilerplate is
//! counted over the corpus by story and by site, and what that changes is aligned again. **Last** come families, groups
//! of quotations and lineage, and the records go to a [`Sink`].

mod analyse;
mod arrange;
mod common_passages;
mod compare;
mod corpus_pass;
mod equal_bodies;
mod lineage;
mod observer;
mod quotations;
mod quote_passages;
mod records;
mod recover;
mod recurring_background;
mod shared_boilerplate;
mod sink;
mod unfinished;

pub use analyse::{Input, Role};
pub use observer::{Observer, Silent, Stage};
pub use sink::{Record, Sink};

use wirecopy_core::align::{AlignOptions, Aligner, Passage};
use wirecopy_core::candidates::Postings;
use wirecopy_document::Document;
use wirecopy_text::DocId;

use crate::error::Error;
use crate::isolation::{Failures, Isolation, Step};
use crate::options::{EditDetail, Options};
use crate::relation::RelationOptions;
use crate::scratch_pool::Pool;
use analyse::{AnalysedDocument, Analyser, Corpus};
use common_passages::PassageGroup;
use compare::{AlignedPair, PairAligner};
use lineage::LineageResult;
use quotations::Quotations;
use records::CreditEvidence;
use unfinished::Unfinished;
use wirecopy_boilerplate::Templates;
use wirecopy_findings::{ErrorRecord, Findings, Relation, SCHEMA, Summary};
use wirecopy_lineage::LineageOptions;

/// Finds what a pile of articles shares. Made once, used for any number of runs.
pub struct Detector {
    options: Options,
    aligner: Aligner,
    relations: RelationOptions,
    lineage: LineageOptions,
    templates: Option<Templates>,
    isolation: Isolation,
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

/// Everything that one run has settled, in records.
struct ScanResult {
    documents: Vec<AnalysedDocument>,
    found: Found,
    errors: Vec<ErrorRecord>,
}

/// What the stages behind the first pass found.
struct Found {
    /// All but settings and errors.
    findings: Findings,
    templates: Templates,
}

/// What the stages hand to each other, before it becomes records.
struct Stages {
    pairs: Vec<AlignedPair>,
    groups: Vec<PassageGroup>,
    families: Vec<crate::family::Family>,
    traced: LineageResult,
    quotations: Quotations,
    templates: Templates,
}

/// What a run works with.
struct Tools<'d> {
    analyser: Analyser<'d>,
    pair_aligner: PairAligner<'d>,
    failures: &'d Failures,
}

impl Default for Detector {
    fn default() -> Self {
        Self::new(Options::default()).expect("the default settings are in their ranges")
    }
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
            isolation: Isolation::default(),
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

    /// The same detector, treating panics as `isolation` says. What may be caught are those of the detector's own
    /// stages: the decoders and iterators of the inputs are the caller's.
    #[must_use]
    pub fn with_isolation(self, isolation: Isolation) -> Self {
        Self { isolation, ..self }
    }

    /// Runs over all `inputs` and keeps every record. O(documents + candidate pairs).
    pub fn detect<R: Send, N: Send>(
        &self,
        inputs: Vec<Input<'_, R, N>>,
        observer: &dyn Observer,
    ) -> (Findings, Run) {
        let ScanResult {
            mut documents,
            found: Found {
                findings,
                templates,
            },
            errors,
        } = self.settle(inputs, observer);
        let summary = Summary {
            errors: errors.len() as u64,
            ..findings.summary
        };
        documents.sort_by_key(|analysed| analysed.place);
        let documents = documents.into_iter();
        let mut documents: Vec<Document> = documents.map(|analysed| analysed.document).collect();
        // Collected in place, they hold the room of all that was known about them.
        documents.shrink_to_fit();
        let run = Run {
            documents,
            summary: summary.clone(),
            templates,
        };
        let findings = Findings {
            schema: SCHEMA.to_owned(),
            options: self.options.to_map(),
            summary,
            errors,
            ..findings
        };
        (findings, run)
    }

    /// Runs over all `inputs` and hands each record to `sink`, in the order of the findings document.
    ///
    /// # Errors
    /// When the sink refuses a record.
    pub fn detect_into<R: Send, N: Send, S: Sink>(
        &self,
        inputs: Vec<Input<'_, R, N>>,
        observer: &dyn Observer,
        sink: &mut S,
    ) -> Result<Run, S::Error> {
        let (findings, run) = self.detect(inputs, observer);
        sink::records(findings).try_for_each(|record| sink.accept(record))?;
        Ok(run)
    }

    fn tools<'d>(
        &'d self,
        observer: &'d dyn Observer,
        failures: &'d Failures,
        unfinished: &'d Unfinished,
    ) -> Tools<'d> {
        let analyser = Analyser {
            options: &self.options,
            aligner: &self.aligner,
            templates: self.templates.as_ref(),
            observer,
            failures,
            scratch: Pool::new(),
        };
        let pair_aligner = PairAligner {
            options: &self.options,
            relations: &self.relations,
            aligner: &self.aligner,
            observer,
            failures,
            unfinished,
            preparing: Pool::new(),
            scratch: Pool::new(),
        };
        Tools {
            analyser,
            pair_aligner,
            failures,
        }
    }

    fn settle<R: Send, N: Send>(
        &self,
        inputs: Vec<Input<'_, R, N>>,
        observer: &dyn Observer,
    ) -> ScanResult {
        let failures = Failures::new(self.isolation);
        let unfinished = Unfinished::default();
        let tools = self.tools(observer, &failures, &unfinished);
        let mut corpus = Corpus::default();
        for input in inputs {
            tools.analyser.read(input, &mut corpus);
        }
        arrange::into_working_order(&mut corpus);
        let mut settled = recover::settle(self, &tools, corpus);
        settled.errors.extend(unfinished.entry());
        settled
    }

    /// The stages behind the first pass, over `documents` and what came of them. Changes what the documents' boilerplate
    /// is, which [`Analyser::again`] takes back.
    fn find(
        &self,
        tools: &Tools<'_>,
        documents: &mut [AnalysedDocument],
        postings: Postings,
    ) -> Found {
        let mut stages = self.stages(tools, documents, postings);
        arrange::by_input(&mut stages, documents);
        Found {
            findings: self.findings(tools, documents, &mut stages),
            templates: stages.templates,
        }
    }

    fn stages(
        &self,
        tools: &Tools<'_>,
        documents: &mut [AnalysedDocument],
        postings: Postings,
    ) -> Stages {
        let Tools {
            analyser,
            pair_aligner,
            ..
        } = tools;
        let observer = pair_aligner.observer;
        observer.begin(Stage::Candidates, None);
        let (pairs, groups) = pair_aligner.candidates(documents, postings);
        let groups = common_passages::passage_groups(documents, groups);
        let pairs = pair_aligner.align(documents, &pairs);
        let (pairs, templates) = corpus_pass::settle(analyser, pair_aligner, documents, pairs);
        let mut pairs = shared_boilerplate::without_boilerplate(pair_aligner, documents, pairs);
        observer.begin(Stage::Lineage, None);
        let groups = common_passages::outside_boilerplate(groups, documents);
        let families = corpus_pass::group(documents, &pairs);
        let documents = &*documents;
        let quotations = quotations::quotations(documents, tools.failures);
        quote_passages::add(pair_aligner, documents, &quotations.utterances, &mut pairs);
        let traced = lineage::trace(
            documents,
            &families,
            &pairs,
            (&self.lineage, tools.failures),
        );
        self.without_facts(&mut pairs);
        Stages {
            pairs,
            groups,
            families,
            traced,
            quotations,
            templates,
        }
    }

    /// Leaves out what two articles on one event share in facts alone: passages beside boilerplate, and, unless they are asked
    /// for, pairs of nothing else.
    fn without_facts(&self, pairs: &mut Vec<AlignedPair>) {
        for pair in &mut *pairs {
            if pair.relation == Relation::SharesBoilerplate {
                pair.alignment.passages.clear();
            }
        }
        pairs.retain(|pair| {
            let is_sure = || Passage::one_is_sure(&pair.alignment.passages);
            pair.relation != Relation::SameEvent || self.options.report_events || is_sure()
        });
    }

    /// All that was found. Takes the quotations and the pairs out of `stages`.
    fn findings(
        &self,
        tools: &Tools<'_>,
        documents: &[AnalysedDocument],
        stages: &mut Stages,
    ) -> Findings {
        let summary = summarise(documents, stages);
        let Quotations { quotes, groups, .. } = std::mem::take(&mut stages.quotations);
        let pairs = std::mem::take(&mut stages.pairs);
        let stages = &*stages;
        let mut findings = Findings {
            summary,
            documents: Vec::with_capacity(documents.len()),
            pairs: Vec::with_capacity(pairs.len()),
            quotes,
            quote_groups: groups,
            ..Findings::default()
        };
        let mut records = relations((documents, stages), pairs, self.options.edits)
            .chain(boilerplate((documents, stages), self.isolation))
            .chain(lineage(&stages.traced, documents));
        let mut lost = 0;
        while lost < MOST_LOST {
            match tools.failures.item(Step::Records, &[], || records.next()) {
                Some(Some(record)) => {
                    let Ok(()) = findings.accept(record);
                }
                Some(None) => break,
                None => lost += 1,
            }
        }
        findings
    }
}

/// Records that cannot be made before the rest is given up: more means that none can.
const MOST_LOST: usize = 1_000;

/// The records of documents, sites, families, pairs and passages that many share.
fn relations<'s>(
    (all, stages): (&'s [AnalysedDocument], &'s Stages),
    pairs: Vec<AlignedPair>,
    edits: EditDetail,
) -> impl Iterator<Item = Record> + 's {
    let Stages {
        groups,
        families,
        traced,
        ..
    } = stages;
    let family = |(n, f)| Record::Family(records::family(n, f, all));
    let group = |(n, g)| Record::PassageGroup(records::passage_group(n, g, all));
    // Each pair is dropped when its record is made.
    let pair = move |pair: AlignedPair| Record::Pair(records::pair(&pair, all, edits));
    records::documents(all, &pairs, families)
        .map(Record::Document)
        .chain(records::sites(all, traced).map(Record::Site))
        .chain(numbered(families).map(family))
        .chain(pairs.into_iter().map(pair))
        .chain(numbered(groups).map(group))
}

/// The records of boilerplate.
fn boilerplate<'s>(
    (documents, stages): (&'s [AnalysedDocument], &'s Stages),
    isolation: Isolation,
) -> impl Iterator<Item = Record> + 's {
    let of = |id: &DocId| &documents[id.index()];
    let mut evidence = CreditEvidence::default();
    let mut reported = arrange::input_order(documents);
    reported.retain(|id| of(id).role == Role::Reported);
    let records = move |id: DocId| {
        let analysed = &documents[id.index()];
        isolation.trip(Step::Records, [analysed.document.text.as_str()]);
        records::boilerplate(analysed, stages.traced.told.of(id), &mut evidence)
    };
    reported
        .into_iter()
        .flat_map(records)
        .map(Record::Boilerplate)
}

fn numbered<T>(all: &[T]) -> impl Iterator<Item = (usize, &T)> {
    all.iter().enumerate()
}

fn lineage<'a>(
    traced: &'a LineageResult,
    documents: &'a [AnalysedDocument],
) -> impl Iterator<Item = Record> + 'a {
    let edges = traced.edges.iter();
    let open = traced.undetermined.iter();
    numbered(&traced.sources)
        .map(|(number, source)| Record::Source(records::source(number, source)))
        .chain(edges.map(|edge| Record::Edge(records::edge(edge, documents))))
        .chain(open.map(|pair| Record::Undetermined(records::undetermined(pair, documents))))
}

fn summarise(documents: &[AnalysedDocument], stages: &Stages) -> Summary {
    let reported = || documents.iter().filter(|d| d.role == Role::Reported);
    Summary {
        documents: reported().count() as u64,
        families: stages.families.len() as u64,
        pairs: stages.pairs.len() as u64,
        quotes: stages.quotations.quotes.len() as u64,
        boilerplate_bytes: reported().map(records::boilerplate_bytes).sum(),
        errors: 0,
    }
}
