//! Who copied whom, and from which story outside the pile.
//!
//! [`provenance`] reads what a text says about its own origin; [`infer`] weighs that against the marks that copying
//! leaves in the texts of one family and gives a [`Lineage`]: the best-supported copy edges, the sources outside the
//! input, and the pairs whose direction is not earned. Every claim carries the [`Evidence`] it rests on, in log-odds
//! that add up.

#![forbid(unsafe_code)]

mod arborescence;
mod circles;
pub mod class_bigrams;
mod compare;
mod credit_phrases;
mod edge_marginals;
mod evidence;
mod evidence_spans;
mod features;
mod infer;
mod input;
mod metadata_sources;
mod names;
mod pair_clues;
pub mod provenance;
mod segmentation;
mod sources;

pub use compare::MIN_CREDIT;
pub use evidence::EdgeFeatures;
pub use features::EdgeFeature;
pub use infer::{LineageOptions, edge_clues, infer};
pub use input::{FamilyPair, MemberFacts};
pub use metadata_sources::stated;
pub use names::{FullNames, is_own};

use wirecopy_text::{ByteSpan, DocId};

use wirecopy_findings::{EdgeRelation, SourceKind};

/// One clue for a copy edge, and the bytes that it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Name, as `source_line`.
    pub cue: &'static str,
    /// Document that it was read from.
    pub document: DocId,
    /// Where; indexes that document's text. Empty for a clue that stands in the record, not in the text.
    pub span: ByteSpan,
    /// Log-odds: positive speaks for the edge.
    pub weight: f64,
}

/// An origin outside the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name, read in the text of a child; `None` for an inferred one.
    pub name: Option<String>,
    /// How it is known.
    pub kind: SourceKind,
}

/// Where a text came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Another article of the input.
    Article(DocId),
    /// An origin outside the input, by its place in [`Lineage::sources`].
    Source(usize),
}

/// One copy edge.
#[derive(Clone, Debug, PartialEq)]
pub struct CopyEdge {
    /// Parent.
    pub from: Origin,
    /// Child.
    pub to: DocId,
    /// How the child came from its parent.
    pub relation: EdgeRelation,
    /// That the child took from this parent (or from one with an equal body), 0..=1.
    pub probability: f64,
    /// That the direction is right, given that one took from the other, 0..=1.
    pub direction_probability: f64,
    /// Share of the child's unquoted body words that this parent explains, 0..=1; `None` for a source that is not at
    /// hand. The parts of several parents are disjoint.
    pub share: Option<f64>,
    /// Why, strongest first.
    pub evidence: Vec<Evidence>,
}

/// A copy of unknown direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Undetermined {
    /// The first document of the input order.
    pub a: DocId,
    /// The second.
    pub b: DocId,
    /// That one took from the other, or both from one text, 0..=1.
    pub copy_probability: f64,
    /// That b took from a, given that one copied the other, 0..=1.
    pub a_to_b: f64,
}

/// The lineage of one family, or of one document alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lineage {
    /// Origins outside the input.
    pub sources: Vec<Source>,
    /// Copy edges, by child, then by share from large to small. No cycles.
    pub edges: Vec<CopyEdge>,
    /// Copies whose direction is not earned.
    pub undetermined: Vec<Undetermined>,
}

impl Lineage {
    /// The same for `twin`, a document that says in all respects what `document` says.
    #[must_use]
    pub fn of_twin(mut self, document: DocId, twin: DocId) -> Self {
        let renamed = |id: &mut DocId| {
            if *id == document {
                *id = twin;
            }
        };
        for edge in &mut self.edges {
            renamed(&mut edge.to);
            if let Origin::Article(from) = &mut edge.from {
                renamed(from);
            }
            edge.evidence
                .iter_mut()
                .for_each(|evidence| renamed(&mut evidence.document));
        }
        for pair in &mut self.undetermined {
            renamed(&mut pair.a);
            renamed(&mut pair.b);
        }
        self
    }
}
