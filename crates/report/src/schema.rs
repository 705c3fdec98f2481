//! JSON Schemas of the machine formats, generated from the types that write them.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use wirecopy_findings::{
    BoilerplateRecord, DocumentRecord, EdgeRecord, ErrorRecord, FamilyRecord, Findings, PairRecord,
    PassageGroupRecord, QuoteGroupRecord, QuoteRecord, SiteRecord, SourceRecord, Summary,
    UndeterminedRecord,
};

/// Name of a record in the line format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RecordName {
    Summary,
    Document,
    Site,
    Family,
    Pair,
    PassageGroup,
    Quote,
    QuoteGroup,
    Boilerplate,
    Source,
    Edge,
    Undetermined,
    Error,
}

/// The first line of the line format.
#[derive(JsonSchema)]
#[expect(
    dead_code,
    reason = "stands for its schema; `json` writes it from borrowed fields"
)]
struct Head {
    /// The format's name and version.
    schema: String,
    /// Settings that the result depends on.
    options: serde_json::Map<String, Value>,
    #[schemars(flatten)]
    summary: Summary,
}

/// One line of the line format.
#[derive(JsonSchema)]
#[schemars(tag = "record", rename_all = "snake_case")]
#[expect(
    dead_code,
    reason = "stands for its schema; `json` writes lines from borrowed records"
)]
enum Line {
    Summary(Head),
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

/// The JSON Schema (2020-12) of what [`json::write`](crate::json::write) writes.
#[must_use]
pub fn findings() -> Value {
    schemars::schema_for!(Findings).to_value()
}

/// The JSON Schema (2020-12) of each line that [`json::write_jsonl`](crate::json::write_jsonl) writes.
#[must_use]
pub fn findings_line() -> Value {
    schemars::schema_for!(Line).to_value()
}
