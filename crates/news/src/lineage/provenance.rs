//! What a text says about its own origin: datelines, credits, source lines, shortcodes, metadata.

use wirecopy_core::ByteSpan;

/// What a clue to the origin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CueKind {
    /// `CITY (AP) —`, `(CNN) —`.
    Dateline,
    /// `With reporting from ...`, `Associated Press writer ... contributed to this report`.
    Contributor,
    /// `Originally published by ...`, `Sourced From: ...`, `The post ... appeared first on ...`.
    SourceLine,
    /// `© 2021 ...`.
    Copyright,
    /// `By NAME, Reuters`, an agency as the last line.
    Byline,
    /// A photo credit: weak, since pictures travel without their story.
    PhotoCredit,
    /// A shortcode that names an outlet.
    Shortcode,
    /// `told CNN`: weak.
    OwnReporting,
    /// The record's canonical address or site.
    Metadata,
}

/// One clue to where a text came from.
#[derive(Clone, Debug, PartialEq)]
pub struct ProvenanceCue {
    /// The outlet or agency, in its usual full name.
    pub name: String,
    /// What the clue is.
    pub kind: CueKind,
    /// Its words; indexes the text. Empty for metadata.
    pub span: ByteSpan,
    /// Log-odds that the text came from there.
    pub weight: f64,
}

/// What the record and the text of one document offer.
#[derive(Clone, Copy, Debug, Default)]
pub struct SourceText<'a> {
    /// The full text.
    pub text: &'a str,
    /// Address of the page.
    pub url: Option<&'a str>,
    /// Publisher or site, as the record names it.
    pub outlet: Option<&'a str>,
}

/// Reads the clues of one document, by their place in the text. O(bytes).
#[must_use]
pub fn read(_document: &SourceText<'_>) -> Vec<ProvenanceCue> {
    Vec::new()
}
