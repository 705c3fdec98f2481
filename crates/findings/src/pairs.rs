//! Pairs: their relation, the passages that they share, and the words of these; texts that stand in many documents.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Span;

/// What a pair of documents means: the first of these that holds, but that equal bodies are never an update.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
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
    /// One form filled in twice: most words are shared, and names, numbers and dates are not. No copy.
    SameForm,
    /// Quotations or official statements are shared, and the words around them are not.
    SharesQuotes,
    /// Only boilerplate is shared.
    SharesBoilerplate,
    /// Facts in like words, or a sentence: too little to tell of copying. Where there is nothing but facts, the pair is reported
    /// only if it is asked for.
    SameEvent,
}

impl Relation {
    /// Whether words are shared that tell of no copying: somebody's quotations, a form, or too few.
    #[must_use]
    pub fn is_rivalry(self) -> bool {
        matches!(self, Self::SameForm | Self::SharesQuotes | Self::SameEvent)
    }

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
    pub relation: Relation,
    /// Whether one outlet published both, as far as their records and addresses tell: it reuses its own text.
    #[serde(default)]
    pub same_outlet: bool,
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
