//! Quotations and the groups of one utterance.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Span;

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
    pub text: Arc<str>,
    /// What it is.
    pub form: QuoteFormName,
    /// Who is quoted, in full.
    pub speaker: Option<Arc<str>>,
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
