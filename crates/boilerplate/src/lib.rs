//! Which text of an article is not the article's own: menus, prompts, captions, credits, repeated background.
//!
//! A document is cut into `units` (lines, and sentences of long lines that carry a telling phrase). Each unit
//! gathers cues: phrases of a six-language [lexicon], the [shape] and place of the line and, in a corpus, in
//! how many *stories* of how many *sites* the line stands ([`CorpusCounts`], or what an earlier run learned as
//! [`Templates`]). Cues are log-odds for one of the roles and add up; a [linear chain](forward_backward) over the document turns
//! the sums into probabilities, so that neighbours support each other. Every mark lists its cues.
//!
//! Stories are counted, not documents: a paragraph that ten sites print in one story is syndication, a line that one
//! site prints in ten stories is boilerplate.
//!
//! [`classify_single`] answers for one document alone, [`classify_in_corpus`] with counts over a collection. Both are
//! pure. Marking removes nothing; [`strip()`] does, for those who ask.

#![forbid(unsafe_code)]

pub mod article;
mod attribution;
pub mod blocks;
mod bylines;
mod classify;
mod credits;
mod cues;
mod dates;
mod forward_backward;
mod lexicon;
mod line_context;
mod line_fingerprint;
mod liveblog;
mod model;
mod phrase_matcher;
mod phrases;
mod recurrence;
mod segmentation;
mod sentences;
mod shape;
mod site_inference;
mod stops;
mod strip;
mod swar;
mod templates;
mod thresholds;
mod unit_features;
mod word_classes;
mod word_hash;

use std::sync::Arc;

use wirecopy_text::ByteSpan;

pub use self::classify::{
    MeasuredUnit, classify_and_list, classify_in_corpus, classify_single, measure_units,
    probabilities,
};
pub use self::recurrence::{CorpusCounts, CorpusMember, LineColumns};
pub use self::site_inference::infer_sites;
pub use self::stops::final_stop;
pub use self::strip::{Stripped, strip, without};
pub use self::templates::{SiteTemplates, TemplateError, Templates};
pub use wirecopy_findings::{BoilerplateClass, BoilerplateType, CueRecord};

/// A stretch of text that is not the article's own.
#[derive(Clone, Debug, PartialEq)]
pub struct BoilerplateBlock {
    /// Its bytes in the document's text, without surrounding white space.
    pub span: ByteSpan,
    /// What it is.
    pub kind: BoilerplateType,
    /// What is to be done with it.
    pub class: BoilerplateClass,
    /// Probability that the span is not article text, in `0..=1`.
    pub probability: f64,
    /// What spoke for and against it, strongest first.
    pub evidence: Arc<[CueRecord]>,
}

/// What a unit of text is, for the decoder. The discriminants index score arrays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    /// The article's own words, its headline and dateline among them.
    Body,
    /// Site boilerplate.
    Chrome,
    /// Picture captions and picture credits.
    Caption,
    /// Bylines, credits and source lines.
    Provenance,
    /// Background that one outlet repeats.
    Stock,
}

impl Role {
    /// Number of roles.
    pub(crate) const COUNT: usize = 5;
    /// All roles, by discriminant.
    pub(crate) const ALL: [Self; Self::COUNT] = [
        Self::Body,
        Self::Chrome,
        Self::Caption,
        Self::Provenance,
        Self::Stock,
    ];

    /// The class of a block in this role, `None` for body.
    pub(crate) fn class(self) -> Option<BoilerplateClass> {
        match self {
            Self::Body => None,
            Self::Chrome => Some(BoilerplateClass::Chrome),
            Self::Caption => Some(BoilerplateClass::Caption),
            Self::Provenance => Some(BoilerplateClass::Provenance),
            Self::Stock => Some(BoilerplateClass::Stock),
        }
    }
}
