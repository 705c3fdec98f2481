//! The result: plain data, serialisable, versioned. Every renderer consumes these types and nothing else.
//!
//! Field names and meanings are the public contract of the machine format. Offsets are half-open byte ranges. Shares
//! and probabilities are rounded to four decimals, weights and scores to two, so that output does not depend on the
//! last bit of a floating-point sum.

#![forbid(unsafe_code)]

mod boilerplate;
mod lineage;
mod pairs;
mod quotes;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use boilerplate::{BoilerplateClass, BoilerplateRecord, BoilerplateType, CueRecord};
pub use lineage::{
    EdgeRecord, EdgeRelation, EvidenceRecord, LineageRecord, SourceKind, SourceRecord,
    UndeterminedRecord,
};
pub use pairs::{
    EditKindName, EditRecord, Occurrence, PairRecord, PassageGroupRecord, PassageKindName,
    PassageRecord, Relation,
};
pub use quotes::{QuoteFormName, QuoteGroupRecord, QuoteRecord};

/// The format's name and version.
pub const SCHEMA: &str = "wirecopy.findings/1";

/// Half-open byte range.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl From<wirecopy_text::ByteSpan> for Span {
    fn from(span: wirecopy_text::ByteSpan) -> Self {
        Self {
            start: span.start,
            end: span.end,
        }
    }
}

/// Everything that a run found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Findings {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Settings that the result depends on.
    pub options: serde_json::Map<String, serde_json::Value>,
    /// Counts.
    pub summary: Summary,
    /// One entry for each document read, in input order.
    pub documents: Vec<DocumentRecord>,
    /// One entry for each site, by name.
    pub sites: Vec<SiteRecord>,
    /// Documents connected by copying.
    pub families: Vec<FamilyRecord>,
    /// Verified pairs.
    pub pairs: Vec<PairRecord>,
    /// Texts that stand in many documents.
    pub passage_groups: Vec<PassageGroupRecord>,
    /// Direct quotations.
    pub quotes: Vec<QuoteRecord>,
    /// The same utterance across and within documents.
    pub quote_groups: Vec<QuoteGroupRecord>,
    /// Text that is not the article's own.
    pub boilerplate: Vec<BoilerplateRecord>,
    /// Who copied whom, and from where.
    pub lineage: LineageRecord,
    /// Inputs, or parts of inputs, that could not be read as they are.
    pub errors: Vec<ErrorRecord>,
}

/// Counts over the whole run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Documents read.
    pub documents: u64,
    /// Families of two or more documents.
    pub families: u64,
    /// Pairs reported.
    pub pairs: u64,
    /// Quotations reported.
    pub quotes: u64,
    /// Bytes marked as boilerplate of any class but stock.
    pub boilerplate_bytes: u64,
    /// Inputs skipped, and records renamed or repaired.
    pub errors: u64,
}

/// One document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentRecord {
    /// Unique id.
    pub id: String,
    /// Where it was read from.
    pub path: Option<String>,
    /// Headline: the record's own, else the one found in the text.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Site: registrable domain, source name or folder.
    pub site: Option<String>,
    /// Publication time, RFC 3339 (date alone where no more is known).
    pub published: Option<String>,
    /// Day of publication by the clock of the record's own zone, where that is another than the day of `published`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_day: Option<String>,
    /// Two-letter language code.
    pub language: Option<Cow<'static, str>>,
    /// Encoding that the text came in.
    pub encoding: Cow<'static, str>,
    /// Length of the text in bytes.
    pub bytes: u64,
    /// Words of the text.
    pub words: u64,
    /// Family, if any.
    pub family: Option<String>,
    /// Whether the document belongs to an archive: matched, not reported on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archive: bool,
    /// The decoded or extracted text, where offsets do not index the input itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Bytes of site boilerplate and captions that were taken out of the text before it was looked at.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub stripped_bytes: u64,
    /// What the page says about itself, where the input was one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<StatementRecord>,
}

impl DocumentRecord {
    /// The day of publication that the record gives, `YYYY-MM-DD`.
    #[must_use]
    pub fn day(&self) -> Option<&str> {
        let day = self.published.as_deref().and_then(|date| date.get(..10));
        self.published_day.as_deref().or(day)
    }
}

/// For `serde`, which hands over a reference.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// One thing that a page says about itself outside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StatementRecord {
    /// What it is about: `title`, `author`, `published`, `modified`, `publisher`, `site`, `address`, `canonical`,
    /// `language`, `based_on` or `credit`.
    pub subject: String,
    /// The value as written.
    pub value: String,
    /// Where in the page it stood: `json_ld`, `open_graph`, `article_property`, `syndication_tag`, `meta`, `link`,
    /// `time`, `microdata`, `title_element`, `heading`, `byline` or `lang`.
    pub origin: String,
    /// How far to trust it: `high`, `medium` or `low`.
    pub trust: String,
}

/// One site.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SiteRecord {
    /// Name.
    pub site: String,
    /// Its documents.
    pub documents: u64,
    /// Documents without a copy parent or outside source.
    pub originated: u64,
    /// Documents with one.
    pub copied: u64,
    /// Share of its bytes that is boilerplate.
    pub boilerplate_share: f64,
}

/// One family.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FamilyRecord {
    /// `F1`, `F2`, ... by first document.
    pub id: String,
    /// Members, in input order.
    pub documents: Vec<String>,
    /// The member nearest to the origin.
    pub representative: String,
}

/// One input that could not be read as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ErrorRecord {
    /// File, with `#record` inside a container.
    pub path: String,
    /// Stable code, as `invalid_json`.
    pub code: String,
    /// Byte offset in the file, where there is one.
    pub offset: Option<u64>,
    /// One sentence for people.
    pub message: String,
}
