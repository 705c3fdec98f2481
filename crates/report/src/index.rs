//! Findings with the look-ups that renderers need: records by id, pairs by family, words by span.

use std::collections::HashMap;

use wirecopy_findings::{
    DocumentRecord, EdgeRecord, EvidenceRecord, FamilyRecord, Findings, PairRecord, QuoteRecord,
    SourceRecord, Span,
};

use crate::alignment::Block;
use crate::texts::Texts;

/// Findings, their texts and indexes into both. Building it is linear in the findings.
pub(crate) struct View<'a> {
    pub(crate) findings: &'a Findings,
    texts: &'a dyn Texts,
    documents: HashMap<&'a str, usize>,
    sources: HashMap<&'a str, &'a SourceRecord>,
    quotes: HashMap<&'a str, usize>,
    quotes_of: HashMap<&'a str, Vec<usize>>,
    pairs_of: HashMap<&'a str, Vec<usize>>,
    parents: HashMap<&'a str, Vec<&'a str>>,
    boilerplate: HashMap<&'a str, Vec<Block>>,
}

impl<'a> View<'a> {
    pub(crate) fn new(findings: &'a Findings, texts: &'a dyn Texts) -> Self {
        let mut view = Self {
            findings,
            texts,
            documents: findings
                .documents
                .iter()
                .enumerate()
                .map(|(i, d)| (&*d.id, i))
                .collect(),
            sources: findings
                .lineage
                .sources
                .iter()
                .map(|s| (&*s.id, s))
                .collect(),
            quotes: findings
                .quotes
                .iter()
                .enumerate()
                .map(|(i, q)| (&*q.id, i))
                .collect(),
            quotes_of: HashMap::new(),
            pairs_of: HashMap::new(),
            parents: HashMap::new(),
            boilerplate: HashMap::new(),
        };
        for edge in &findings.lineage.edges {
            view.parents.entry(&edge.to).or_default().push(&edge.from);
        }
        for block in &findings.boilerplate {
            let span = block.start as usize..block.end as usize;
            let of = view.boilerplate.entry(&block.document).or_default();
            of.push((span, block.kind));
        }
        for (i, quote) in findings.quotes.iter().enumerate() {
            view.quotes_of.entry(&quote.document).or_default().push(i);
        }
        for (i, pair) in findings.pairs.iter().enumerate() {
            if let Some(family) = view.family_of_pair(pair) {
                view.pairs_of.entry(family).or_default().push(i);
            }
        }
        view
    }

    /// The family that both documents of a pair belong to.
    pub(crate) fn family_of_pair(&self, pair: &PairRecord) -> Option<&'a str> {
        let a = self.document(&pair.a)?.family.as_deref()?;
        (self.document(&pair.b)?.family.as_deref()? == a).then_some(a)
    }

    /// Position of a document among the documents.
    pub(crate) fn position(&self, id: &str) -> Option<usize> {
        self.documents.get(id).copied()
    }

    pub(crate) fn document(&self, id: &str) -> Option<&'a DocumentRecord> {
        self.position(id).map(|i| &self.findings.documents[i])
    }

    /// What stands behind the name of a document of an archive; nothing behind other names.
    pub(crate) fn archive_mark(&self, id: &str) -> &'static str {
        match self.document(id) {
            Some(document) if document.archive => " (archive)",
            _ => "",
        }
    }

    pub(crate) fn source(&self, id: &str) -> Option<&'a SourceRecord> {
        self.sources.get(id).copied()
    }

    pub(crate) fn quote(&self, id: &str) -> Option<&'a QuoteRecord> {
        self.quotes.get(id).map(|&i| &self.findings.quotes[i])
    }

    /// The boilerplate of a document, in text order.
    pub(crate) fn boilerplate(&self, document: &str) -> &[Block] {
        self.boilerplate.get(document).map_or(&[], Vec::as_slice)
    }

    /// What a document was taken from, by lineage.
    pub(crate) fn parents(&self, document: &str) -> impl Iterator<Item = &'a str> {
        let parents = self.parents.get(document).map_or(&[][..], Vec::as_slice);
        parents.iter().copied()
    }

    /// Quotations of a document, in text order.
    pub(crate) fn quotes_of(&self, document: &str) -> impl Iterator<Item = &'a QuoteRecord> {
        let indexes = self.quotes_of.get(document).map_or(&[][..], Vec::as_slice);
        indexes.iter().map(|&i| &self.findings.quotes[i])
    }

    /// Pairs inside a family, in findings order.
    pub(crate) fn pairs_of(&self, family: &FamilyRecord) -> impl Iterator<Item = &'a PairRecord> {
        let indexes = self
            .pairs_of
            .get(&*family.id)
            .map_or(&[][..], Vec::as_slice);
        indexes.iter().map(|&i| &self.findings.pairs[i])
    }

    /// The text that the offsets of a document index.
    pub(crate) fn text(&self, document: &str) -> Option<&'a str> {
        let carried = self.document(document).and_then(|d| d.text.as_deref());
        carried.or_else(|| self.texts.text(document))
    }

    /// The words at a span; none when the text is not at hand or the span does not belong to it.
    pub(crate) fn words(&self, document: &str, span: Span) -> Option<&'a str> {
        self.text(document)?
            .get(span.start as usize..span.end as usize)
    }

    /// The headline: the record's own, else the text's first line.
    pub(crate) fn title(&self, document: &str) -> Option<&'a str> {
        let own = self.document(document).and_then(|d| d.title.as_deref());
        let first_line = || {
            self.text(document)?
                .lines()
                .map(str::trim)
                .find(|line| !line.is_empty())
        };
        own.filter(|title| !title.trim().is_empty())
            .or_else(first_line)
    }

    /// What a reader calls an edge's origin: a document's id, or a source's name.
    pub(crate) fn origin_name(&self, id: &str) -> String {
        match self.source(id) {
            Some(SourceRecord {
                name: Some(name), ..
            }) => name.clone(),
            Some(_) => format!("an unseen text ({id})"),
            None => id.to_owned(),
        }
    }

    /// Edges that lead to documents of this set, by the child's place in the input.
    pub(crate) fn edges_into<'s>(
        &'s self,
        members: &'s std::collections::HashSet<&str>,
    ) -> impl Iterator<Item = &'a EdgeRecord> + 's {
        self.findings
            .lineage
            .edges
            .iter()
            .filter(|edge| members.contains(&*edge.to))
    }
}

/// The quotations of `document` that lie (all but a fifth) inside a span, in text order.
pub(crate) fn quotes_inside<'a>(
    view: &View<'a>,
    document: &str,
    span: Span,
) -> impl Iterator<Item = &'a QuoteRecord> {
    view.quotes_of(document).filter(move |quote| {
        let inside = quote
            .end
            .min(span.end)
            .saturating_sub(quote.start.max(span.start));
        inside > 0 && inside * 5 >= (quote.end - quote.start) * 4
    })
}

/// The clues of an edge: those that speak for it, the loudest first, and behind them those against it.
pub(crate) fn evidence_by_weight(edge: &EdgeRecord) -> Vec<&EvidenceRecord> {
    let mut all: Vec<_> = edge.evidence.iter().collect();
    all.sort_by(|x, y| y.weight.total_cmp(&x.weight));
    all
}

/// The headline of a document whose id tells a reader nothing: a path or a file name does, a key does not.
pub(crate) fn caption(document: &DocumentRecord) -> Option<&str> {
    let telling = document.id.contains(['/', '.', ' ']);
    document
        .title
        .as_deref()
        .filter(|title| !telling && !title.trim().is_empty())
}
