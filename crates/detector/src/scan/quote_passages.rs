//! Renderings of one utterance that share too few words for the aligner: translations, and reports that cut differently.
//!
//! The groups of quotations know them by speaker and content; here each becomes a passage of its pair of documents.

use hashbrown::HashMap;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use wirecopy_core::align::{AlignScratch, Aligner, AnalysedText, Passage, TextView};
use wirecopy_text::TermCache;
use wirecopy_text::{ByteSpan, DocId};

use super::analyse::AnalysedDocument;
use super::compare::{AlignedPair, PairAligner};
use crate::isolation::Step;
use crate::scratch_pool::Pool;
use wirecopy_findings::Relation;

/// Words that each rendering must have: of fewer, grouping is less sure.
const LEAST_WORDS: usize = 4;
/// Times as many bytes that the longer rendering may have: beyond, it holds more than the shorter renders.
const MOST_LONGER: usize = 2;
/// Documents of a group from which on its renderings are paired with the first document's only.
const MOST_PAIRED: usize = 8;
/// Renderings of one utterance in one document that are paired: no article quotes it oftener, and a text that says one
/// thing a thousand times in two documents would make a million pairs.
const MOST_OF_ONE: usize = 8;
/// Share of telling words in common from which two documents tell one story: the bar below which `boilerplate` calls them
/// articles on different events. Without it, generated insertions lose precision (.914 to .83) to chance likeness.
const LEAST_TOPIC_OVERLAP: f64 = 0.3;

/// Where one rendering of an utterance stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct QuoteOccurrence {
    /// The document.
    pub(super) document: DocId,
    /// The words inside the marks.
    pub(super) span: ByteSpan,
}

/// Adds to `pairs` (ascending) the renderings of each of `utterances` (by document) that no passage of their pair meets.
/// Only pairs that tell one story get them: elsewhere, like words are more often chance than translation. Shares of
/// aligned words stay as they are: quotations make no copy. O(renderings of utterances at several places).
pub(super) fn add(
    pair_aligner: &PairAligner<'_>,
    documents: &[AnalysedDocument],
    utterances: &[Vec<QuoteOccurrence>],
    pairs: &mut [AlignedPair],
) {
    let on_one_event = |pair: &AlignedPair| pair.alignment.topic_overlap >= LEAST_TOPIC_OVERLAP;
    let place: HashMap<(DocId, DocId), usize> = pairs
        .iter()
        .enumerate()
        .filter(|(_, pair)| on_one_event(pair))
        .map(|(n, pair)| ((pair.a, pair.b), n))
        .collect();
    let of = |(a, b): (QuoteOccurrence, QuoteOccurrence)| {
        let pair = *place.get(&(a.document, b.document))?;
        let open = !is_reported(&pairs[pair], a.span, b.span);
        open.then_some(Candidate { pair, a, b })
    };
    let mut candidates: Vec<Candidate> = utterances
        .iter()
        .flat_map(|renderings| paired(renderings))
        .filter_map(of)
        .collect();
    candidates.sort_by_key(|candidate| (candidate.pair, candidate.a.span, candidate.b.span));
    for (pair, passage) in align(pair_aligner, documents, &candidates) {
        let bar = pair_aligner
            .aligner
            .options()
            .quote_bar(pairs[pair].alignment.topic_overlap as f32);
        if passage.score >= f64::from(bar) {
            insert(&mut pairs[pair], passage);
        }
    }
}

/// Two renderings that may become a passage of the pair at place `pair`.
struct Candidate {
    pair: usize,
    a: QuoteOccurrence,
    b: QuoteOccurrence,
}

/// Renderings of different documents, in the order of the documents; of many documents, those of the first with the others.
fn paired(renderings: &[QuoteOccurrence]) -> Vec<(QuoteOccurrence, QuoteOccurrence)> {
    let mut documents: Vec<DocId> = renderings.iter().map(|r| r.document).collect();
    documents.dedup();
    let by_document = renderings.chunk_by(|one, other| one.document == other.document);
    let few: Vec<QuoteOccurrence> = by_document
        .flat_map(|own| own.iter().take(MOST_OF_ONE).copied())
        .collect();
    let hub = (documents.len() > MOST_PAIRED).then(|| documents[0]);
    let mut out = Vec::new();
    for (at, &a) in few.iter().enumerate() {
        if hub.is_some_and(|hub| hub != a.document) {
            break;
        }
        let others = few.iter().skip(at + 1);
        out.extend(others.filter(|b| b.document != a.document).map(|&b| (a, b)));
    }
    out
}

/// Whether a passage of the pair covers, on both sides, half of the shorter rendering: then the aligner has seen what they share.
fn is_reported(pair: &AlignedPair, a: ByteSpan, b: ByteSpan) -> bool {
    let mut passages = pair.alignment.passages.iter();
    passages.any(|p| {
        2 * p.a.overlap(a) >= a.len().min(b.len()) && 2 * p.b.overlap(b) >= a.len().min(b.len())
    })
}

/// Aligns the words of each two renderings, and keeps those that are long and like enough.
fn align(
    pair_aligner: &PairAligner<'_>,
    documents: &[AnalysedDocument],
    candidates: &[Candidate],
) -> Vec<(usize, Passage)> {
    let workers = Pool::new();
    let align = |candidate: &Candidate| {
        let (a, b) = (candidate.a, candidate.b);
        let align = |worker: &mut QuoteWorker| align_two(pair_aligner, documents, [a, b], worker);
        let align = || workers.with(QuoteWorker::default, align);
        let ends = [a.document, b.document];
        let passage = pair_aligner.failures.item(Step::Renderings, &ends, align);
        Some((candidate.pair, passage.flatten()?))
    };
    candidates.par_iter().map(align).flatten().collect()
}

fn align_two(
    pair_aligner: &PairAligner<'_>,
    documents: &[AnalysedDocument],
    renderings: [QuoteOccurrence; 2],
    worker: &mut QuoteWorker,
) -> Option<Passage> {
    let text = |r: QuoteOccurrence| documents[r.document.index()].document.text.as_str();
    let isolation = pair_aligner.failures.isolation();
    isolation.trip(Step::Renderings, renderings.map(text));
    worker.prepare(pair_aligner.aligner, documents, renderings);
    let [x, y] = &worker.prepared;
    if x.len().min(y.len()) < LEAST_WORDS {
        return None;
    }
    let passage = pair_aligner
        .aligner
        .align_quotes(x, y, &mut worker.scratch)?;
    is_even(&passage).then_some(passage)
}

/// Aligns each quotation of a document with itself, which panics if the document is the one to blame for two renderings
/// that panicked.
pub(super) fn align_alone(
    pair_aligner: &PairAligner<'_>,
    documents: &[AnalysedDocument],
    id: DocId,
) {
    let quotes = documents[id.index()].quotes.iter();
    let mut worker = QuoteWorker::default();
    for span in quotes.map(|quote| quote.span) {
        let rendering = QuoteOccurrence { document: id, span };
        align_two(pair_aligner, documents, [rendering; 2], &mut worker);
    }
}

/// Whether neither side is too long to be a rendering of the other.
fn is_even(passage: &Passage) -> bool {
    let (a, b) = (passage.a.len(), passage.b.len());
    a.max(b) <= MOST_LONGER * a.min(b)
}

/// What one worker reuses.
#[derive(Default)]
struct QuoteWorker {
    prepared: [AnalysedText; 2],
    words: TermCache,
    scratch: AlignScratch,
}

impl QuoteWorker {
    fn prepare(
        &mut self,
        aligner: &Aligner,
        documents: &[AnalysedDocument],
        renderings: [QuoteOccurrence; 2],
    ) {
        for (rendering, out) in renderings.iter().zip(&mut self.prepared) {
            let analysed = &documents[rendering.document.index()];
            let only = [rendering.span];
            let view = TextView {
                body: &only,
                quotes: &only,
                ..analysed.view()
            };
            aligner.prepare(&view, &mut self.words, out);
        }
    }
}

fn insert(pair: &mut AlignedPair, passage: Passage) {
    if matches!(
        pair.relation,
        Relation::SharesBoilerplate | Relation::SameEvent
    ) {
        pair.relation = Relation::SharesQuotes;
    }
    let passages = &mut pair.alignment.passages;
    let at = passages.partition_point(|p| (p.a, p.b) < (passage.a, passage.b));
    passages.insert(at, passage);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(document: usize, start: usize) -> QuoteOccurrence {
        QuoteOccurrence {
            document: DocId::new(document),
            span: ByteSpan::new(start, start + 9),
        }
    }

    #[test]
    fn renderings_of_one_document_are_not_paired() {
        let found = paired(&[at(0, 0), at(0, 20), at(1, 5)]);
        assert_eq!(found, [(at(0, 0), at(1, 5)), (at(0, 20), at(1, 5))]);
    }

    #[test]
    fn of_a_document_that_says_one_thing_again_and_again_a_few_are_paired() {
        let both = [0, 1].map(|document| (0..1_000).map(move |n| at(document, 20 * n)));
        let all: Vec<QuoteOccurrence> = both.into_iter().flatten().collect();
        assert_eq!(paired(&all).len(), MOST_OF_ONE * MOST_OF_ONE);
    }

    #[test]
    fn many_documents_make_a_star_around_the_first() {
        let many: Vec<QuoteOccurrence> = (0..MOST_PAIRED + 1).map(|n| at(n, 0)).collect();
        let found = paired(&many);
        assert_eq!(found.len(), MOST_PAIRED);
        assert!(found.iter().all(|(a, _)| a.document.index() == 0));
    }
}
