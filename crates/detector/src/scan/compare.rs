//! Second pass, a map over candidate pairs: align, and say what each pair means.

use std::collections::VecDeque;
use std::sync::OnceLock;

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use wirecopy_core::align::{
    AlignScratch, Aligner, AnalysedText, PairAlignment, Passage, PassageKind,
};
use wirecopy_core::candidates::{Matches, PostingCaps, Postings, SharedKey};
use wirecopy_core::shingle::{ShingleWidth, fill_shingles};
use wirecopy_core::similarity::{SetOverlap, distinct, overlap};
use wirecopy_text::DocId;
use wirecopy_text::{TermCache, Tokenizer, Tokens};

use super::analyse::AnalysedDocument;
use super::equal_bodies::EqualBodies;
use super::unfinished::Unfinished;
use crate::isolation::{Failures, Step};
use crate::options::{Options, SameSite};
use crate::relation::{
    Bodies, CopiedSide, FormWords, PairMeasures, RelationOptions, Shared, copied_words, decide,
};
use crate::scratch_pool::Pool;
use crate::{Observer, Stage};
use wirecopy_findings::Relation;

/// Least bits of shared fingerprints of a candidate pair in a small corpus: those of one rare pair of words.
const LEAST_SHARED_BITS: f32 = 12.0;

/// Safety margin below chance level, in bits: a false candidate costs one alignment, a missed one is lost.
const BELOW_CHANCE_BITS: f32 = 3.0;

/// Least bits of shared fingerprints of a candidate pair in a corpus of this many documents. Among n pairs, some share
/// `log2(n)` bits by chance alone, so the threshold rises with the corpus: 12 bits up to 256 documents, 16 at a thousand, 21 at
/// five thousand. On generated insertions with nearly half of the words changed (a thousand articles), three bits more lose
/// two more in a hundred, and three fewer win nothing.
fn least_shared_bits(documents: usize) -> f32 {
    let pairs = documents as f64 * (documents as f64 - 1.0) / 2.0;
    (libm::log2(pairs.max(1.0)) as f32 - BELOW_CHANCE_BITS).max(LEAST_SHARED_BITS)
}

/// Most parts that fingerprints are partitioned into: enough that no worker waits long for the last one.
const POSTING_PARTS: usize = 32;
/// Fingerprints per part, while there are fewer than [`POSTING_PARTS`].
const LEAST_POSTINGS: usize = 10_000;

/// Body tokens of the documents that are held analysed at one time (two such blocks are): about 150 MB, estimated at 50 bytes
/// a token. Twice as many prepare a quarter fewer documents of 29 MB of news, for 70 MB more.
const BLOCK_TOKENS: u64 = 3_000_000;

/// One aligned pair, `a` before `b` in working order (see `scan::arrange`).
pub(super) struct AlignedPair {
    pub(super) a: DocId,
    pub(super) b: DocId,
    pub(super) alignment: PairAlignment,
    pub(super) overlap: SetOverlap,
    pub(super) relation: Relation,
}

/// What a worker prepares documents with.
type Preparing = (TermCache, AnalysedText);

/// What pairs are compared with.
pub(super) struct PairAligner<'d> {
    pub(super) options: &'d Options,
    pub(super) relations: &'d RelationOptions,
    pub(super) aligner: &'d Aligner,
    pub(super) observer: &'d dyn Observer,
    pub(super) failures: &'d Failures,
    pub(super) unfinished: &'d Unfinished,
    /// Of the workers.
    pub(super) preparing: Pool<Preparing>,
    /// Of the workers.
    pub(super) scratch: Pool<AlignScratch>,
}

impl PairAligner<'_> {
    /// Pairs that share enough fingerprints to be aligned, and fingerprints that too many documents share.
    pub(super) fn candidates(
        &self,
        documents: &[AnalysedDocument],
        mut postings: Postings,
    ) -> (Vec<(DocId, DocId)>, Vec<SharedKey>) {
        let bodies = EqualBodies::new(documents);
        postings.retain(|id| bodies.head(id) == id);
        let parts = POSTING_PARTS.min(1 + postings.len() / LEAST_POSTINGS);
        let dealt = postings.deal(parts).into_par_iter();
        let met = dealt
            .map(|part| part.meet(PostingCaps::default()))
            .collect();
        let Matches { parts, groups } = Matches::gather(met, parts);
        let least = least_shared_bits(documents.len());
        let pairs = parts
            .into_par_iter()
            .flat_map_iter(|part| part.pairs(least));
        let pairs = pairs.map(|pair| (pair.a, pair.b)).collect();
        let may =
            |a: DocId, b: DocId| self.comparable(&documents[a.index()], &documents[b.index()]);
        (bodies.spread(pairs, may), groups)
    }

    /// Whether the options let two documents be compared.
    fn comparable(&self, a: &AnalysedDocument, b: &AnalysedDocument) -> bool {
        let long = a.body.tokens.min(b.body.tokens) >= self.options.min_words;
        let reported = a.role == super::Role::Reported || b.role == super::Role::Reported;
        let apart =
            self.options.same_site == SameSite::Compare || a.site.is_none() || a.site != b.site;
        let near = match (self.options.max_days, a.published, b.published) {
            (Some(days), Some(x), Some(y)) => x.is_within(y, days),
            _ => true,
        };
        long && reported && apart && near
    }

    /// Aligns `pairs` (ascending). The result keeps their order and leaves out pairs that share nothing.
    ///
    /// Documents are cut into blocks of [`BLOCK_TOKENS`]; pairs are aligned block against block, so that a document is
    /// prepared once for each block that it has partners in, and two blocks are all that is held.
    pub(super) fn align(
        &self,
        documents: &[AnalysedDocument],
        pairs: &[(DocId, DocId)],
    ) -> Vec<AlignedPair> {
        self.observer.begin(Stage::Align, Some(pairs.len() as u64));
        let block = blocks(documents, pairs);
        let blocks_of = |&(a, b): &(DocId, DocId)| (block[a.index()], block[b.index()]);
        let mut ordered = pairs.to_vec();
        ordered.sort_by_key(|pair| (blocks_of(pair), *pair));
        let mut aligned = Vec::new();
        for group in ordered.chunk_by(|x, y| blocks_of(x) == blocks_of(y)) {
            aligned.extend(self.align_blocks(documents, group));
        }
        aligned.sort_by_key(|pair| (pair.a, pair.b));
        aligned
    }

    fn align_blocks(
        &self,
        documents: &[AnalysedDocument],
        pairs: &[(DocId, DocId)],
    ) -> Vec<AlignedPair> {
        let twins =
            |&(a, b): &(DocId, DocId)| documents[a.index()].has_equal_text(&documents[b.index()]);
        let ends = |pair: &(DocId, DocId)| {
            let second = (!twins(pair)).then_some(pair.1);
            std::iter::once(pair.0).chain(second)
        };
        let mut ids: Vec<DocId> = pairs.iter().flat_map(ends).collect();
        ids.sort_unstable();
        ids.dedup();
        let sides: Vec<Option<Side<'_>>> = ids
            .par_iter()
            .map(|&id| {
                let prepare = || self.prepare(id, &documents[id.index()]);
                self.failures.item(Step::Prepare, &[id], prepare)
            })
            .collect();
        let side = |id: DocId| sides[ids.binary_search(&id).ok()?].as_ref();
        let align = |&(a, b): &(DocId, DocId)| {
            if self.observer.stop_comparing() {
                self.unfinished.leave_pair_out();
                return None;
            }
            self.observer.advance(1);
            let x = side(a)?;
            let align = || {
                if twins(&(a, b)) {
                    return self.align_twins(x, (b, &documents[b.index()]));
                }
                self.align_guarded(x, side(b)?)
            };
            self.failures.item(Step::Align, &[a, b], align).flatten()
        };
        pairs.par_iter().map(align).flatten().collect()
    }

    fn prepare<'d>(&self, id: DocId, analysed: &'d AnalysedDocument) -> Side<'d> {
        let isolation = self.failures.isolation();
        isolation.trip(Step::Prepare, [analysed.document.text.as_str()]);
        let side = |(words, prepared): &mut Preparing| {
            self.aligner.prepare(&analysed.view(), words, prepared);
            Side::new((id, analysed), prepared.compact())
        };
        self.preparing.with(Preparing::default, side)
    }

    fn align_guarded(&self, a: &Side<'_>, b: &Side<'_>) -> Option<AlignedPair> {
        let texts = [a, b].map(|side| side.analysed.document.text.as_str());
        self.failures.isolation().trip(Step::Align, texts);
        let work = |scratch: &mut AlignScratch| self.align_pair(a, b, scratch);
        self.scratch.with(AlignScratch::default, work)
    }

    /// The pair of a document and another with the same text, body and quotations: that of the document and itself.
    fn align_twins(&self, a: &Side<'_>, b: (DocId, &AnalysedDocument)) -> Option<AlignedPair> {
        let alignment = a.alone.get_or_init(|| {
            let work =
                |scratch: &mut AlignScratch| self.aligner.align(&a.prepared, &a.prepared, scratch);
            self.scratch.with(AlignScratch::default, work)
        });
        let relation = self.relation(a.analysed, b.1, alignment);
        relation.map(|relation| AlignedPair {
            a: a.id,
            b: b.0,
            alignment: alignment.clone(),
            overlap: overlap(a.shingles(), a.shingles()),
            relation,
        })
    }

    /// Aligns a document with itself, which panics if it is the one to blame for a pair that panicked.
    pub(super) fn align_alone(&self, id: DocId, analysed: &AnalysedDocument) {
        let side = self.prepare(id, analysed);
        self.align_guarded(&side, &side);
    }

    fn align_pair(
        &self,
        a: &Side<'_>,
        b: &Side<'_>,
        scratch: &mut AlignScratch,
    ) -> Option<AlignedPair> {
        let alignment = self.aligner.align(&a.prepared, &b.prepared, scratch);
        let relation = self.relation(a.analysed, b.analysed, &alignment);
        relation.map(|relation| AlignedPair {
            a: a.id,
            b: b.id,
            alignment,
            overlap: overlap(a.shingles(), b.shingles()),
            relation,
        })
    }

    /// What an alignment means.
    pub(super) fn relation(
        &self,
        a: &AnalysedDocument,
        b: &AnalysedDocument,
        alignment: &PairAlignment,
    ) -> Option<Relation> {
        let sides = [a, b].map(|analysed| CopiedSide {
            text: &analysed.document.text,
            body: &analysed.body.spans,
            quoted: &analysed.body.quoted,
        });
        let mut measures = PairMeasures {
            words_a: alignment.tokens_a,
            words_b: alignment.tokens_b,
            aligned: alignment.aligned,
            copied: copied_words(alignment, sides, self.relations),
            bodies: Bodies::Different,
            same_story_of_one_outlet: same_story_of_one_outlet(a, b),
            shared: shared([a, b], alignment),
        };
        if a.body.key == b.body.key && a.body.tokens > 0 {
            measures.bodies = Bodies::Equal;
        } else if measures.may_be_one_form()
            && decide(&measures, self.relations).is_some_and(Relation::is_copy)
            && form_words(a).tells_of_other_things(&form_words(b))
        {
            measures.bodies = Bodies::OneForm;
        }
        decide(&measures, self.relations)
    }
}

/// What two documents share beside copied words.
fn shared([a, b]: [&AnalysedDocument; 2], alignment: &PairAlignment) -> Shared {
    if Passage::one_is_sure(alignment.passages.iter().filter(|p| is_quotation(p))) {
        Shared::Quotation
    } else if share_a_value(&a.boilerplate, &b.boilerplate) {
        Shared::Boilerplate
    } else if alignment.passages.is_empty() {
        Shared::Nothing
    } else {
        Shared::Facts
    }
}

/// Share of a passage inside quotation marks from which it is a quotation.
pub(super) const QUOTATION: f64 = 0.5;

/// Whether a passage is a quotation that both have, or two renderings of one.
fn is_quotation(passage: &Passage) -> bool {
    passage.kind == PassageKind::QuoteVariant || passage.quoted >= QUOTATION
}

/// The words of a body, as forms are compared. O(bytes).
fn form_words(analysed: &AnalysedDocument) -> FormWords {
    let mut tokens = Tokens::default();
    let view = analysed.view();
    Tokenizer::default().tokenize_parts(view.text, view.body, &mut tokens);
    FormWords::of(view.text, tokens.spans(), tokens.hashes())
}

/// One document, ready to be aligned.
struct Side<'d> {
    id: DocId,
    analysed: &'d AnalysedDocument,
    prepared: AnalysedText,
    /// See [`Side::shingles`].
    shingles: OnceLock<Vec<u64>>,
    /// What it shares with itself, once somebody asked.
    alone: OnceLock<PairAlignment>,
}

impl<'d> Side<'d> {
    fn new((id, analysed): (DocId, &'d AnalysedDocument), prepared: AnalysedText) -> Self {
        Self {
            id,
            analysed,
            prepared,
            shingles: OnceLock::new(),
            alone: OnceLock::new(),
        }
    }

    /// The distinct 5-grams of its body, ascending; made when they are first asked for.
    fn shingles(&self) -> &[u64] {
        self.shingles
            .get_or_init(|| distinct_shingles(self.prepared.token_hashes()))
    }
}

/// The block of each document that `pairs` name: as many as have [`BLOCK_TOKENS`] together, partners near each other, so that
/// most pairs lie in one block (breadth first from each document in turn, as Cuthill and McKee order a sparse matrix). O(pairs).
fn blocks(documents: &[AnalysedDocument], pairs: &[(DocId, DocId)]) -> Vec<u64> {
    let mut partners: Vec<Vec<DocId>> = vec![Vec::new(); documents.len()];
    for &(a, b) in pairs {
        partners[a.index()].push(b);
        partners[b.index()].push(a);
    }
    let mut block: Vec<Option<u64>> = vec![None; documents.len()];
    let mut tokens = 0;
    let mut waiting: VecDeque<DocId> = VecDeque::new();
    for first in (0..documents.len()).map(DocId::new) {
        waiting.push_back(first);
        while let Some(id) = waiting.pop_front() {
            if block[id.index()].is_none() {
                block[id.index()] = Some(tokens / BLOCK_TOKENS);
                if !partners[id.index()].is_empty() {
                    tokens += u64::from(documents[id.index()].body.tokens);
                }
                waiting.extend(&partners[id.index()]);
            }
        }
    }
    block.into_iter().flatten().collect()
}

/// What two bodies share as sets of 5-grams. O(bytes).
pub(super) fn overlap_of_bodies(a: &AnalysedDocument, b: &AnalysedDocument) -> SetOverlap {
    let [a, b] = [a, b].map(|analysed| {
        let mut tokens = Tokens::default();
        let view = analysed.view();
        Tokenizer::default().tokenize_parts(view.text, view.body, &mut tokens);
        distinct_shingles(tokens.hashes())
    });
    overlap(&a, &b)
}

/// The distinct 5-grams of a body, ascending.
fn distinct_shingles(token_hashes: &[u64]) -> Vec<u64> {
    let mut shingles = Vec::new();
    fill_shingles(token_hashes, ShingleWidth::FINDINGS, &mut shingles);
    distinct(&mut shingles);
    shingles
}

/// Whether one outlet gave both documents the same address or the same headline.
fn same_story_of_one_outlet(a: &AnalysedDocument, b: &AnalysedDocument) -> bool {
    let same_address = a.document.url.is_some() && a.document.url == b.document.url;
    let same_outlet = a.site.is_some() && a.site == b.site;
    let same_headline = match (a.headline.as_deref(), b.headline.as_deref()) {
        (Some(x), Some(y)) => x.trim() == y.trim() && !x.trim().is_empty(),
        _ => false,
    };
    same_address || (same_outlet && same_headline)
}

/// Whether two ascending columns have a value in common. O(n + m).
fn share_a_value(a: &[u64], b: &[u64]) -> bool {
    let mut rest = b.iter().peekable();
    a.iter().any(|value| {
        while rest.next_if(|other| *other < value).is_some() {}
        rest.peek() == Some(&value)
    })
}
