//! What lineage needs to know about the members of a family and about their pairs. The detector fills it.

use wirecopy_core::align::PairAlignment;
use wirecopy_text::{ByteSpan, DocId};

use super::provenance::ProvenanceCue;
use wirecopy_document::date::Published;
use wirecopy_findings::Relation;

/// One member of a family.
#[derive(Clone, Copy, Debug)]
pub struct MemberFacts<'a> {
    /// Its number in the run.
    pub id: DocId,
    /// Its full text; every span below indexes it.
    pub text: &'a str,
    /// Body: what is left when chrome, captions, provenance lines and stock text are taken out. Ascending, disjoint.
    pub body: &'a [ByteSpan],
    /// Quotations inside their marks. Ascending, disjoint.
    pub quotes: &'a [ByteSpan],
    /// Site boilerplate. Ascending, disjoint.
    pub chrome: &'a [ByteSpan],
    /// Publisher or site, as the record names it.
    pub outlet: Option<&'a str>,
    /// Address of the page.
    pub url: Option<&'a str>,
    /// Time of publication.
    pub published: Option<Published>,
    /// What the text says about its origin, from [`provenance::read`](super::provenance::read).
    pub cues: &'a [ProvenanceCue],
}

/// One verified pair of a family.
#[derive(Clone, Copy, Debug)]
pub struct FamilyPair<'a> {
    /// Place of the first document in the members; side a of the alignment.
    pub a: usize,
    /// Place of the second; side b of the alignment.
    pub b: usize,
    /// What the pair means.
    pub relation: Relation,
    /// What they share.
    pub alignment: &'a PairAlignment,
}
