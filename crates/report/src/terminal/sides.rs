//! Both documents of a comparison.

use wirecopy_findings::{DocumentRecord, QuoteRecord};

use crate::diff_runs::Side;
use crate::index::View;

/// Both documents while their rows are written.
pub(super) struct Sides<'a> {
    pub(super) texts: (&'a str, &'a str),
    quotes: (Vec<&'a QuoteRecord>, Vec<&'a QuoteRecord>),
}

impl<'a> Sides<'a> {
    pub(super) fn new(
        view: &View<'a>,
        documents: (&DocumentRecord, &DocumentRecord),
        texts: (&'a str, &'a str),
    ) -> Self {
        let quotes = |d: &DocumentRecord| view.quotes_of(&d.id).collect();
        Self {
            texts,
            quotes: (quotes(documents.0), quotes(documents.1)),
        }
    }

    pub(super) fn of(&self, side: Side) -> (&'a str, &[&'a QuoteRecord]) {
        match side {
            Side::A => (self.texts.0, &self.quotes.0),
            Side::B => (self.texts.1, &self.quotes.1),
        }
    }
}
