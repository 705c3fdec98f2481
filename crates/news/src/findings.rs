//! The result: plain data, serialisable, versioned. Every renderer consumes these types and nothing else.
//!
//! Field names and meanings are the public contract of the machine format. Offsets are half-open byte ranges. Shares
//! and probabilities are rounded to four decimals, weights and scores to two, so that output does not depend on the
//! last bit of a floating-point sum.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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

impl From<wirecopy_core::ByteSpan> for Span {
    fn from(span: wirecopy_core::ByteSpan) -> Self {
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
    /// Two-letter language code.
    pub language: Option<String>,
    /// Encoding that the text came in.
    pub encoding: String,
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
    /// Bytes of site furniture and captions that were taken out of the text before it was looked at.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub stripped_bytes: u64,
    /// What the page says about itself, where the input was one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<StatementRecord>,
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
    /// `time`, `microdata`, `title_element`, `heading` or `lang`.
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

/// What a pair means; the first that holds.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum RelationName {
    /// A later version by the same outlet.
    Update,
    /// Equal folded bodies.
    Identical,
    /// Most of both bodies is aligned.
    NearDuplicate,
    /// Most of one body is aligned.
    Contains,
    /// Unquoted text is shared.
    SharesPassages,
    /// Quotations or official statements are shared, or other words too few to tell of copying.
    SharesQuotes,
    /// Only boilerplate is shared.
    SharesBoilerplate,
}

impl RelationName {
    /// Whether the relation is a copy (joins families, and counts in lineage).
    #[must_use]
    pub fn is_copy(self) -> bool {
        matches!(
            self,
            Self::Identical | Self::NearDuplicate | Self::Contains | Self::SharesPassages
        )
    }

    /// Whether the relation joins two documents to one family.
    #[must_use]
    pub fn joins_family(self) -> bool {
        self.is_copy() || self == Self::Update
    }
}

/// One verified pair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PairRecord {
    /// Id of the first document (input order).
    pub a: String,
    /// Id of the second.
    pub b: String,
    /// What the pair means.
    pub relation: RelationName,
    /// For `contains`: the document that holds the other.
    pub whole: Option<String>,
    /// Exact Jaccard of the bodies' word 5-gram sets.
    pub similarity: f64,
    /// Share of a's 5-gram set found in b.
    pub containment_a: f64,
    /// Share of b's 5-gram set found in a.
    pub containment_b: f64,
    /// Share of a's body tokens aligned.
    pub aligned_a: f64,
    /// Share of b's body tokens aligned.
    pub aligned_b: f64,
    /// Shared passages by their place in a.
    pub passages: Vec<PassageRecord>,
}

/// One passage of a pair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PassageRecord {
    /// Place in a.
    pub a: Span,
    /// Place in b.
    pub b: Span,
    /// How the sides differ.
    pub kind: PassageKindName,
    /// Share of the words that are equal and aligned.
    pub identity: f64,
    /// Bits of evidence beyond chance.
    pub score: f64,
    /// Share inside quotation marks.
    pub quoted: f64,
    /// Aligned words, in `compare` and `--out`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edits: Option<Vec<EditRecord>>,
}

/// How the sides of a passage differ.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PassageKindName {
    /// The same bytes.
    Exact,
    /// Case, punctuation or a few words differ.
    Near,
    /// The same sentence in other words.
    Reworded,
    /// Two renderings of one utterance.
    QuoteVariant,
}

/// One run of aligned words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EditRecord {
    /// What happened on the way from a to b.
    pub kind: EditKindName,
    /// Place in a.
    pub a: Span,
    /// Place in b.
    pub b: Span,
}

/// What happened to a run of words.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum EditKindName {
    /// The same words.
    Kept,
    /// Other words.
    Changed,
    /// Missing in b.
    Cut,
    /// New in b.
    Added,
    /// At another place.
    Moved,
}

/// One text that stands in many documents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PassageGroupRecord {
    /// `P1`, `P2`, ...
    pub id: String,
    /// Where it stands.
    pub occurrences: Vec<Occurrence>,
    /// Whether occurrences were left out.
    pub truncated: bool,
}

/// A place in a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Occurrence {
    /// Document id.
    pub document: String,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// What a marked span is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum QuoteFormName {
    /// Words that somebody said or wrote.
    Speech,
    /// Marks of distance or of a term.
    Scare,
    /// The title of a work.
    Title,
}

/// One quotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuoteRecord {
    /// `Q1`, `Q2`, ... in input order.
    pub id: String,
    /// Document id.
    pub document: String,
    /// First byte inside the marks.
    pub start: u32,
    /// One past the last byte inside the marks.
    pub end: u32,
    /// The words.
    pub text: String,
    /// What it is.
    pub form: QuoteFormName,
    /// Who is quoted, in full.
    pub speaker: Option<String>,
    /// Who passed the words on.
    pub relayed_by: Option<String>,
    /// Group of the same utterance, if it has other members.
    pub group: Option<String>,
    /// The words that name the speaker here.
    pub mention: Option<Span>,
    /// The verb of saying.
    pub cue: Option<Span>,
}

/// The same utterance at several places.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuoteGroupRecord {
    /// `G1`, `G2`, ... by first quotation.
    pub id: String,
    /// The speaker that most members name.
    pub speaker: Option<String>,
    /// Members, in input order.
    pub quotes: Vec<String>,
    /// Number of documents.
    pub documents: u64,
    /// Whether members differ in more than length and punctuation.
    pub altered: bool,
}

/// Type of a boilerplate block.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "the names are the documentation of site furniture"
)]
pub enum BoilerplateType {
    NavMenu,
    NewsletterPrompt,
    SocialBar,
    CookieNotice,
    CommentForm,
    RelatedLinks,
    SeeAlso,
    ReadMore,
    VideoDuration,
    Shortcode,
    AdMarker,
    Copyright,
    Caption,
    Credit,
    ContributorLine,
    SourceLine,
    Byline,
    WidgetHeading,
    StockBackground,
}

/// What is to be done with a boilerplate block.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum BoilerplateClass {
    /// Site furniture.
    Chrome,
    /// Picture captions.
    Caption,
    /// Credits: evidence, kept.
    Provenance,
    /// Background that an outlet repeats: down-weighted, never removed.
    Stock,
}

/// One boilerplate block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BoilerplateRecord {
    /// Document id.
    pub document: String,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Type.
    #[serde(rename = "type")]
    pub kind: BoilerplateType,
    /// Class.
    pub class: BoilerplateClass,
    /// Calibrated probability that the block is boilerplate.
    pub probability: f64,
    /// What spoke for and against it.
    pub evidence: Vec<CueRecord>,
}

/// One clue for boilerplate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CueRecord {
    /// Name, as `lexicon:newsletter`.
    pub cue: String,
    /// Log-odds.
    pub weight: f64,
}

/// Who copied whom.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LineageRecord {
    /// Origins outside the input.
    pub sources: Vec<SourceRecord>,
    /// Copy edges.
    pub edges: Vec<EdgeRecord>,
    /// Copies whose direction is not earned.
    pub undetermined: Vec<UndeterminedRecord>,
}

/// How an outside source is known.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// By a credit, address or dateline in a text.
    Named,
    /// Because documents share text that none can have taken from another.
    Inferred,
}

/// One origin outside the input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SourceRecord {
    /// `S1`, `S2`, ...
    pub id: String,
    /// Name, with evidence in the text of an edge's child.
    pub name: Option<String>,
    /// How it is known.
    pub kind: SourceKind,
}

/// How a child came from its parent.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum EdgeRelation {
    /// Word for word.
    Verbatim,
    /// Parts of it.
    Partial,
    /// With a few words changed.
    LightEdit,
    /// In other words.
    Rewrite,
    /// By way of another language.
    Translation,
    /// A later version.
    Update,
}

/// One copy edge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EdgeRecord {
    /// Source or document id.
    pub from: String,
    /// Document id.
    pub to: String,
    /// How.
    pub relation: EdgeRelation,
    /// That the child took from this parent.
    pub probability: f64,
    /// That the direction is right, given that one copied the other.
    pub direction_probability: f64,
    /// Share of the child's unquoted body words that this parent explains; null for a source that is not at hand.
    pub share: Option<f64>,
    /// Why.
    pub evidence: Vec<EvidenceRecord>,
}

/// One clue for a copy edge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceRecord {
    /// Name, as `source_line`.
    pub cue: String,
    /// Document that it was read from.
    pub document: String,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The words.
    pub text: String,
    /// Log-odds.
    pub weight: f64,
}

/// A copy of unknown direction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UndeterminedRecord {
    /// Document id.
    pub a: String,
    /// Document id.
    pub b: String,
    /// That one took from the other, or both from one text.
    pub copy_probability: f64,
    /// That b took from a, given that one copied the other.
    pub a_to_b: f64,
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
