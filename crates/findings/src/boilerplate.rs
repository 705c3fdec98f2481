//! Text that is not the article's own.

use std::borrow::Cow;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Type of a boilerplate block.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "the names are the documentation of site boilerplate"
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
    /// Site boilerplate.
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
    /// What spoke for and against it, strongest first. Blocks of equal documents share it.
    pub evidence: Arc<[CueRecord]>,
}

/// One clue for boilerplate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CueRecord {
    /// Name, as `lexicon:subscribe to our newsletter`, `shape:glued capitals`, `corpus:stories`.
    pub cue: Cow<'static, str>,
    /// Log-odds for the role that was chosen against article text; negative where it spoke against.
    pub weight: f64,
}
