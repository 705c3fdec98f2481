//! Where the renderers get the words from.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

/// Gives the text that a document's offsets index.
///
/// Findings hold offsets only (and texts that exist nowhere else), so a renderer that shows words asks here. A document
/// without a text is shown without its words; it is no error.
pub trait Texts {
    /// The text of the document with this id, if it is at hand.
    fn text(&self, document: &str) -> Option<&str>;
}

/// No texts at all: offsets and counts are shown, and what the findings themselves carry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoTexts;

impl Texts for NoTexts {
    fn text(&self, _document: &str) -> Option<&str> {
        None
    }
}

impl<S: BuildHasher> Texts for HashMap<String, String, S> {
    fn text(&self, document: &str) -> Option<&str> {
        self.get(document).map(String::as_str)
    }
}

impl Texts for BTreeMap<String, String> {
    fn text(&self, document: &str) -> Option<&str> {
        self.get(document).map(String::as_str)
    }
}
