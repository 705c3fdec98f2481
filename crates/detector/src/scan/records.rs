//! From results to records, in the order of the findings document.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use hashbrown::HashMap;
use wirecopy_core::align::{Edit, EditKind, Passage, PassageKind};
use wirecopy_document::page_metadata::Statement;
use wirecopy_text::{ByteSpan, DocId};

use super::analyse::{AnalysedDocument, Role, spans_of};
use super::arrange::input_order;
use super::common_passages::PassageGroup;
use super::compare::AlignedPair;
use super::lineage::{LineageResult, ToldOrigin, of_one_outlet};
use crate::family::Family;
use crate::options::EditDetail;
use crate::relation::whole;
use wirecopy_boilerplate::BoilerplateBlock;
use wirecopy_findings::{
    BoilerplateClass, BoilerplateRecord, BoilerplateType, CueRecord, DocumentRecord, EdgeRecord,
    EdgeRelation, EditKindName, EditRecord, EvidenceRecord, FamilyRecord, Occurrence, PairRecord,
    PassageGroupRecord, PassageKindName, PassageRecord, Relation, SiteRecord, SourceRecord,
    StatementRecord, UndeterminedRecord,
};
use wirecopy_lineage::{CopyEdge, Evidence, Origin, Undetermined};

/// Rounds a share or probability for output.
fn share(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// Rounds a weight or a score for output.
fn weight(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// The id of a document.
fn id_of(documents: &[AnalysedDocument], id: DocId) -> String {
    documents[id.index()].document.key.0.clone()
}

/// Family ids by document.
struct FamilyIds(HashMap<DocId, usize>);

impl FamilyIds {
    fn new(families: &[Family]) -> Self {
        let members = families.iter().enumerate();
        Self(
            members
                .flat_map(|(n, family)| family.members.iter().map(move |&id| (id, n)))
                .collect(),
        )
    }

    fn name(&self, id: DocId) -> Option<String> {
        self.0.get(&id).map(|n| format!("F{}", n + 1))
    }
}

/// The records of the reported documents, and of those documents of archives that something was found on.
pub(super) fn documents<'a>(
    documents: &'a [AnalysedDocument],
    pairs: &[AlignedPair],
    families: &[Family],
) -> impl Iterator<Item = DocumentRecord> + use<'a> {
    let mut matched = vec![false; documents.len()];
    for pair in pairs {
        matched[pair.a.index()] = true;
        matched[pair.b.index()] = true;
    }
    let ids = FamilyIds::new(families);
    let of = |id: DocId| &documents[id.index()];
    let listed = input_order(documents)
        .into_iter()
        .filter(move |&id| of(id).role == Role::Reported || matched[id.index()]);
    listed.map(move |id| document(id, of(id), &ids))
}

/// The record of one document.
fn document(id: DocId, analysed: &AnalysedDocument, families: &FamilyIds) -> DocumentRecord {
    let document = &analysed.document;
    let published = analysed.published.map(|published| published.to_string());
    let day = analysed
        .published
        .map(|published| published.day().to_string());
    let derived = document.text_origin == wirecopy_document::TextOrigin::Derived;
    DocumentRecord {
        id: document.key.0.clone(),
        path: document.path.clone(),
        title: analysed.headline.clone(),
        url: document.url.clone(),
        site: analysed.site.clone(),
        published_day: day.filter(|day| !published.as_ref().is_some_and(|at| at.starts_with(day))),
        published,
        language: analysed.language.code().map(Cow::Borrowed),
        encoding: document.encoding.clone(),
        bytes: document.text.len() as u64,
        words: u64::from(analysed.words),
        family: families.name(id),
        archive: analysed.role == Role::Archive,
        text: derived.then(|| document.text.clone()),
        stripped_bytes: analysed.stripped_bytes,
        statements: document.statements.iter().map(statement).collect(),
    }
}

/// The record of what a page says about itself.
fn statement(statement: &Statement) -> StatementRecord {
    StatementRecord {
        subject: statement.subject.name().to_owned(),
        value: statement.value.clone(),
        origin: statement.origin.name().to_owned(),
        trust: statement.trust.name().to_owned(),
    }
}

/// The record of one family.
pub(super) fn family(
    number: usize,
    family: &Family,
    documents: &[AnalysedDocument],
) -> FamilyRecord {
    FamilyRecord {
        id: format!("F{}", number + 1),
        documents: family
            .members
            .iter()
            .map(|&id| id_of(documents, id))
            .collect(),
        representative: id_of(documents, family.representative),
    }
}

/// The record of one pair.
pub(super) fn pair(
    pair: &AlignedPair,
    documents: &[AnalysedDocument],
    edits: EditDetail,
) -> PairRecord {
    let shares = [pair.alignment.share_a(), pair.alignment.share_b()];
    let holds = pair.relation == Relation::Contains;
    let whole = holds.then(|| whole([pair.a, pair.b], shares));
    PairRecord {
        a: id_of(documents, pair.a),
        b: id_of(documents, pair.b),
        relation: pair.relation,
        same_outlet: of_one_outlet([pair.a, pair.b].map(|id| &documents[id.index()])),
        whole: whole.map(|id| id_of(documents, id)),
        similarity: share(pair.overlap.jaccard()),
        containment_a: share(pair.overlap.containment_a()),
        containment_b: share(pair.overlap.containment_b()),
        aligned_a: share(pair.alignment.share_a()),
        aligned_b: share(pair.alignment.share_b()),
        passages: pair
            .alignment
            .passages
            .iter()
            .map(|p| passage(p, edits))
            .collect(),
    }
}

fn passage(passage: &Passage, edits: EditDetail) -> PassageRecord {
    PassageRecord {
        a: passage.a.into(),
        b: passage.b.into(),
        kind: match passage.kind {
            PassageKind::Exact => PassageKindName::Exact,
            PassageKind::Near => PassageKindName::Near,
            PassageKind::Reworded => PassageKindName::Reworded,
            PassageKind::QuoteVariant => PassageKindName::QuoteVariant,
        },
        identity: share(passage.identity),
        score: weight(passage.score),
        quoted: share(passage.quoted),
        edits: (edits == EditDetail::Words).then(|| passage.edits.iter().map(edit).collect()),
    }
}

fn edit(edit: &Edit) -> EditRecord {
    let kind = match edit.kind {
        EditKind::Kept => EditKindName::Kept,
        EditKind::Changed => EditKindName::Changed,
        EditKind::Cut => EditKindName::Cut,
        EditKind::Added => EditKindName::Added,
        EditKind::Moved => EditKindName::Moved,
    };
    EditRecord {
        kind,
        a: edit.a.into(),
        b: edit.b.into(),
    }
}

/// The record of one text that stands in very many documents.
pub(super) fn passage_group(
    number: usize,
    group: &PassageGroup,
    documents: &[AnalysedDocument],
) -> PassageGroupRecord {
    let occurrence = |&(id, span): &(DocId, ByteSpan)| Occurrence {
        document: id_of(documents, id),
        start: span.start,
        end: span.end,
    };
    PassageGroupRecord {
        id: format!("P{}", number + 1),
        occurrences: group.occurrences.iter().map(occurrence).collect(),
        truncated: group.truncated,
    }
}

/// Evidence for credits, made once for equal ones: that of the block, by its address, and what the credit names.
#[derive(Default)]
pub(super) struct CreditEvidence(HashMap<(*const CueRecord, String), Arc<[CueRecord]>>);

impl CreditEvidence {
    /// The evidence of `block`, and behind it, with no weight, that the credit `names` an outlet or none.
    fn of(&mut self, block: &BoilerplateBlock, names: String) -> Arc<[CueRecord]> {
        let name = CueRecord {
            cue: Cow::Owned(names.clone()),
            weight: 0.0,
        };
        let weighed = &block.evidence;
        let made = self.0.entry((weighed.as_ptr(), names)).or_insert_with(|| {
            let cues = weighed.iter().cloned();
            cues.chain([name]).collect()
        });
        Arc::clone(made)
    }
}

/// The boilerplate of one document. Credits have a last piece of evidence, of no weight, that says which outlet they name,
/// or that they name none: a source of lineage, or why there is none.
pub(super) fn boilerplate(
    analysed: &AnalysedDocument,
    told: &ToldOrigin,
    credits: &mut CreditEvidence,
) -> Vec<BoilerplateRecord> {
    let record = |block: &BoilerplateBlock| BoilerplateRecord {
        document: analysed.document.key.0.clone(),
        start: block.span.start,
        end: block.span.end,
        kind: block.kind,
        class: block.class,
        probability: share(block.probability),
        evidence: match block.kind {
            BoilerplateType::Credit
            | BoilerplateType::SourceLine
            | BoilerplateType::ContributorLine => credits.of(block, told.credit_names(block.span)),
            _ => Arc::clone(&block.evidence),
        },
    };
    analysed.blocks.iter().map(record).collect()
}

/// Bytes of a document that are boilerplate of any class but stock.
pub(super) fn boilerplate_bytes(analysed: &AnalysedDocument) -> u64 {
    let marked = spans_of(&analysed.blocks, |class| class != BoilerplateClass::Stock);
    marked.iter().map(|span| span.len() as u64).sum()
}

/// One record for each site, by name.
pub(super) fn sites(
    documents: &[AnalysedDocument],
    traced: &LineageResult,
) -> impl Iterator<Item = SiteRecord> + use<> {
    let mut copied = vec![false; documents.len()];
    let taken = |edge: &&CopyEdge| edge.relation != EdgeRelation::Update;
    let edges = traced.edges.iter().filter(taken);
    edges.for_each(|edge| copied[edge.to.index()] = true);
    let mut sites: BTreeMap<String, SiteCounts> = BTreeMap::new();
    let reported = documents
        .iter()
        .zip(copied)
        .filter(|(d, _)| d.role == Role::Reported);
    for (analysed, copied) in reported {
        let Some(name) = &analysed.site else { continue };
        let site = sites.entry(name.clone()).or_default();
        site.documents += 1;
        site.copied += u64::from(copied);
        site.marked_bytes += boilerplate_bytes(analysed);
        site.bytes += analysed.document.text.len() as u64;
    }
    sites.into_iter().map(|(site, counts)| SiteRecord {
        site,
        documents: counts.documents,
        originated: counts.documents - counts.copied,
        copied: counts.copied,
        boilerplate_share: share(counts.marked_bytes as f64 / (counts.bytes as f64).max(1.0)),
    })
}

#[derive(Default)]
struct SiteCounts {
    documents: u64,
    copied: u64,
    marked_bytes: u64,
    bytes: u64,
}

/// The record of one outside source.
pub(super) fn source(number: usize, source: &wirecopy_lineage::Source) -> SourceRecord {
    SourceRecord {
        id: format!("S{}", number + 1),
        name: source.name.clone(),
        kind: source.kind,
    }
}

/// The record of one copy edge.
pub(super) fn edge(edge: &CopyEdge, documents: &[AnalysedDocument]) -> EdgeRecord {
    EdgeRecord {
        from: match edge.from {
            Origin::Article(id) => id_of(documents, id),
            Origin::Source(number) => format!("S{}", number + 1),
        },
        to: id_of(documents, edge.to),
        relation: edge.relation,
        probability: share(edge.probability),
        direction_probability: share(edge.direction_probability),
        share: edge.share.map(share),
        evidence: edge
            .evidence
            .iter()
            .map(|e| evidence(e, documents))
            .collect(),
    }
}

fn evidence(evidence: &Evidence, documents: &[AnalysedDocument]) -> EvidenceRecord {
    let ByteSpan { start, end } = evidence.span;
    let document = &documents[evidence.document.index()].document;
    let stated = || {
        let mut statements = document.statements.iter();
        statements.find(|s| evidence.span.is_empty() && s.subject.name() == evidence.cue)
    };
    let text = match stated() {
        Some(statement) => statement.value.clone(),
        None => evidence.span.of(&document.text).to_owned(),
    };
    EvidenceRecord {
        cue: evidence.cue.to_owned(),
        document: id_of(documents, evidence.document),
        start,
        end,
        text,
        weight: weight(evidence.weight),
    }
}

/// The record of one copy of unknown direction.
pub(super) fn undetermined(
    open: &Undetermined,
    documents: &[AnalysedDocument],
) -> UndeterminedRecord {
    UndeterminedRecord {
        a: id_of(documents, open.a),
        b: id_of(documents, open.b),
        copy_probability: share(open.copy_probability),
        a_to_b: share(open.a_to_b),
    }
}
