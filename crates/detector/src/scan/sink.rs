//! Where records go as they are settled. [`Findings`] is the sink that keeps them all.

use wirecopy_findings::{
    BoilerplateRecord, DocumentRecord, EdgeRecord, ErrorRecord, FamilyRecord, Findings, PairRecord,
    PassageGroupRecord, QuoteGroupRecord, QuoteRecord, SiteRecord, SourceRecord, Summary,
    UndeterminedRecord,
};

/// One settled piece of the findings.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    missing_docs,
    reason = "each variant is named like the record that it holds"
)]
pub enum Record {
    Options(serde_json::Map<String, serde_json::Value>),
    Summary(Summary),
    Document(DocumentRecord),
    Site(SiteRecord),
    Family(FamilyRecord),
    Pair(PairRecord),
    PassageGroup(PassageGroupRecord),
    Quote(QuoteRecord),
    QuoteGroup(QuoteGroupRecord),
    Boilerplate(BoilerplateRecord),
    Source(SourceRecord),
    Edge(EdgeRecord),
    Undetermined(UndeterminedRecord),
    Error(ErrorRecord),
}

/// Takes records in the order of the findings document.
pub trait Sink {
    /// What can go wrong when a record is taken.
    type Error;

    /// Takes one record.
    ///
    /// # Errors
    /// Whatever the sink's medium reports; the run then ends.
    fn accept(&mut self, record: Record) -> Result<(), Self::Error>;
}

/// The records of `findings`, in their order.
pub(super) fn records(findings: Findings) -> impl Iterator<Item = Record> {
    let lineage = findings.lineage;
    [
        Record::Options(findings.options),
        Record::Summary(findings.summary),
    ]
    .into_iter()
    .chain(findings.documents.into_iter().map(Record::Document))
    .chain(findings.sites.into_iter().map(Record::Site))
    .chain(findings.families.into_iter().map(Record::Family))
    .chain(findings.pairs.into_iter().map(Record::Pair))
    .chain(
        findings
            .passage_groups
            .into_iter()
            .map(Record::PassageGroup),
    )
    .chain(findings.quotes.into_iter().map(Record::Quote))
    .chain(findings.quote_groups.into_iter().map(Record::QuoteGroup))
    .chain(findings.boilerplate.into_iter().map(Record::Boilerplate))
    .chain(lineage.sources.into_iter().map(Record::Source))
    .chain(lineage.edges.into_iter().map(Record::Edge))
    .chain(lineage.undetermined.into_iter().map(Record::Undetermined))
    .chain(findings.errors.into_iter().map(Record::Error))
}

impl Sink for Findings {
    type Error = std::convert::Infallible;

    fn accept(&mut self, record: Record) -> Result<(), Self::Error> {
        match record {
            Record::Options(options) => self.options = options,
            Record::Summary(summary) => self.summary = summary,
            Record::Document(document) => self.documents.push(document),
            Record::Site(site) => self.sites.push(site),
            Record::Family(family) => self.families.push(family),
            Record::Pair(pair) => self.pairs.push(pair),
            Record::PassageGroup(group) => self.passage_groups.push(group),
            Record::Quote(quote) => self.quotes.push(quote),
            Record::QuoteGroup(group) => self.quote_groups.push(group),
            Record::Boilerplate(block) => self.boilerplate.push(block),
            Record::Source(source) => self.lineage.sources.push(source),
            Record::Edge(edge) => self.lineage.edges.push(edge),
            Record::Undetermined(pair) => self.lineage.undetermined.push(pair),
            Record::Error(error) => self.errors.push(error),
        }
        Ok(())
    }
}
