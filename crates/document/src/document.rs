//! What came in: one article's text and what its record said about it.

use std::borrow::Cow;

use crate::page_metadata::Statement;

/// The name that users know a document by: the record's own id, or the path. Unique in a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocKey(pub String);

impl std::fmt::Display for DocKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the offsets of a document index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextOrigin {
    /// The bytes of the file itself, or of the record's text field: the reader has the text.
    #[default]
    Source,
    /// A decoded or extracted text that only exists here; findings must carry it.
    Derived,
}

/// One article as it was read. Fields that the input did not give are `None` or empty; nothing is guessed here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Unique name in this run.
    pub key: DocKey,
    /// The file that it came from, relative to the PATH given; `path#record` inside a container.
    pub path: Option<String>,
    /// The full text that every [`ByteSpan`](wirecopy_text::ByteSpan) of this document indexes.
    pub text: String,
    /// What those spans point into, seen from outside.
    pub text_origin: TextOrigin,
    /// Encoding that the text was decoded from, in WHATWG's lower-case name.
    pub encoding: Cow<'static, str>,
    /// Headline, where the record has one of its own.
    pub title: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Publisher or site, as the record names it.
    pub source: Option<String>,
    /// The site, where somebody says which field names it: not to be told from the address then.
    pub site: Option<String>,
    /// Date of publication, as the record writes it.
    pub published: Option<String>,
    /// Language tag, as the record writes it.
    pub language: Option<String>,
    /// Authors, as the record names them.
    pub authors: Vec<String>,
    /// What the page that it was taken from says about itself; empty where the input was no page.
    pub statements: Vec<Statement>,
}
