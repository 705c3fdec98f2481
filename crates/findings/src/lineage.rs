//! Who copied whom, and from where.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
