//! The two orders of a run. The stages work on the documents in an order that depends on what they are, not on where they
//! stood in the input, so that a shuffled input gives the same findings: ties, hubs and first members go by it. The
//! records list them in the order of the input again.

use std::cmp::Ordering;

use hashbrown::HashMap;
use wirecopy_document::Document;
use wirecopy_text::DocId;

use super::Stages;
use super::analyse::{AnalysedDocument, Corpus, Role};
use super::compare::AlignedPair;
use super::equal_bodies::EqualBodies;
use super::lineage::LineageResult;
use wirecopy_lineage::{Origin, Undetermined};

/// Brings the documents into the order in which the stages work: those that are reported on first, then by id, so that
/// what stands in very many documents is a star around the smallest id. Records that have no id of their own are named by
/// their place; they go by their texts, then by what their records say. O(n log n) comparisons.
pub(super) fn into_working_order(corpus: &mut Corpus) {
    let mut order: Vec<usize> = (0..corpus.documents.len()).collect();
    order.sort_by(|&x, &y| compare(&corpus.documents[x], &corpus.documents[y]));
    let mut number = vec![DocId::new(0); order.len()];
    for (new, &old) in order.iter().enumerate() {
        number[old] = DocId::new(new);
    }
    let sketched = sketched(&corpus.documents);
    corpus.postings.retain(|id| sketched[id.index()]);
    let mut documents: Vec<Option<AnalysedDocument>> =
        corpus.documents.drain(..).map(Some).collect();
    corpus
        .documents
        .extend(order.iter().filter_map(|&old| documents[old].take()));
    let bodies = EqualBodies::new(&corpus.documents);
    let number: Vec<DocId> = number.into_iter().map(|id| bodies.head(id)).collect();
    corpus.postings.renumber(&number);
}

/// Whose fingerprints stand for each body in each language: those of the document with the least text, of several the first
/// in the input, which has surely been sketched. (Line breaks and punctuation, which the body's key leaves out, move the
/// sentences and with them the fingerprints.) O(bytes).
fn sketched(documents: &[AnalysedDocument]) -> Vec<bool> {
    let key = |d: &AnalysedDocument| (d.body.key, d.language);
    let mut least: HashMap<_, usize> = HashMap::new();
    for (number, document) in documents.iter().enumerate() {
        let chosen = least.entry(key(document)).or_insert(number);
        if document.document.text < documents[*chosen].document.text {
            *chosen = number;
        }
    }
    let is_chosen = |(number, d): (usize, &AnalysedDocument)| {
        d.body.tokens == 0 || least.get(&key(d)) == Some(&number)
    };
    documents.iter().enumerate().map(is_chosen).collect()
}

fn compare(x: &AnalysedDocument, y: &AnalysedDocument) -> Ordering {
    let role = |d: &AnalysedDocument| d.role == Role::Archive;
    let (a, b) = (&x.document, &y.document);
    role(x)
        .cmp(&role(y))
        .then_with(|| own_id(a).cmp(&own_id(b)))
        .then_with(|| a.text.cmp(&b.text))
        .then_with(|| a.published.cmp(&b.published))
        .then_with(|| a.url.cmp(&b.url))
        .then_with(|| a.source.cmp(&b.source))
        .then_with(|| a.title.cmp(&b.title))
        .then_with(|| x.place.cmp(&y.place))
}

/// The id of a document, unless it is the number of a record in its file.
fn own_id(document: &Document) -> Option<&str> {
    let key = document.key.0.as_str();
    let is_place = key.contains('#') && document.path.as_deref() == Some(key);
    (!is_place).then_some(key)
}

/// The documents in input order, those of archives behind the others. O(n log n).
pub(super) fn input_order(documents: &[AnalysedDocument]) -> Vec<DocId> {
    let mut order: Vec<DocId> = (0..documents.len()).map(DocId::new).collect();
    order.sort_by_key(|id| documents[id.index()].place);
    order
}

/// Brings what the stages found into input order: the earlier document of a pair is its first, families and groups are
/// listed by their first member, and sources by the first edge that names them. O(n log n).
pub(super) fn by_input(stages: &mut Stages, documents: &[AnalysedDocument]) {
    let place = |id: DocId| documents[id.index()].place;
    for pair in &mut stages.pairs {
        if place(pair.a) > place(pair.b) {
            turn(pair);
        }
    }
    stages
        .pairs
        .sort_by_key(|pair| (place(pair.a), place(pair.b)));
    for group in &mut stages.groups {
        group
            .occurrences
            .sort_by_key(|&(id, span)| (place(id), span));
    }
    let first = |occurrences: &[(DocId, wirecopy_text::ByteSpan)]| {
        occurrences.first().map(|&(id, span)| (place(id), span))
    };
    stages.groups.sort_by_key(|group| first(&group.occurrences));
    for family in &mut stages.families {
        family.members.sort_by_key(|&id| place(id));
    }
    stages
        .families
        .sort_by_key(|family| family.members.first().map(|&id| place(id)));
    arrange_lineage(&mut stages.traced, place);
}

/// Swaps the sides of a pair.
fn turn(pair: &mut AlignedPair) {
    std::mem::swap(&mut pair.a, &mut pair.b);
    pair.alignment = std::mem::take(&mut pair.alignment).swapped();
    std::mem::swap(&mut pair.overlap.a, &mut pair.overlap.b);
}

fn arrange_lineage(traced: &mut LineageResult, place: impl Fn(DocId) -> u32) {
    traced.edges.sort_by_key(|edge| place(edge.to));
    for open in &mut traced.undetermined {
        if place(open.a) > place(open.b) {
            *open = Undetermined {
                a: open.b,
                b: open.a,
                a_to_b: 1.0 - open.a_to_b,
                ..*open
            };
        }
    }
    traced
        .undetermined
        .sort_by_key(|open| (place(open.a), place(open.b)));
    let mut number: Vec<Option<usize>> = vec![None; traced.sources.len()];
    let mut order = Vec::new();
    for edge in &mut traced.edges {
        if let Origin::Source(source) = &mut edge.from {
            let old = *source;
            *source = *number[old].get_or_insert_with(|| {
                order.push(old);
                order.len() - 1
            });
        }
    }
    order.extend((0..number.len()).filter(|&old| number[old].is_none()));
    let mut sources: Vec<_> = traced.sources.drain(..).map(Some).collect();
    traced
        .sources
        .extend(order.into_iter().filter_map(|old| sources[old].take()));
}
