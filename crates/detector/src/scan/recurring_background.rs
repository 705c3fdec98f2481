//! Stock background: sentences that one site repeats from story to story, found as passages that its articles share.
//!
//! Line keys see a line that recurs to the letter. Background is edited as it is carried along ("for most people the
//! virus causes mild symptoms ..."), and link texts are glued into paragraphs; the aligner sees both. A pair of one site
//! that shares little of either article has not copied a story: it shares stock.

use wirecopy_text::span::{overlap_with, union};
use wirecopy_text::{ByteSpan, DocId};

use super::analyse::AnalysedDocument;
use super::compare::AlignedPair;
use wirecopy_boilerplate::{BoilerplateBlock, CueRecord};
use wirecopy_findings::Relation;
use wirecopy_findings::{BoilerplateClass, BoilerplateType};

/// Aligned share of both articles below which a pair of one site shares stock and no story. Set by hand after reading a
/// dozen pairs of real news, whose repeated background reached .20.
const MOST_STOCK_SHARE: f64 = 0.2;

/// Share of a passage inside quotation marks above which it is a repeated quotation and no background.
const MOST_QUOTED: f64 = 0.5;

/// Log-odds of one repetition; each doubling of the number of articles adds as much again.
const REPETITION_WEIGHT: f64 = 2.0;

/// Whether the pair shares nothing but stock.
pub(super) fn shares_stock(documents: &[AnalysedDocument], pair: &AlignedPair) -> bool {
    let site = |id: DocId| documents[id.index()].site.as_deref();
    let share = pair.alignment.share_a().max(pair.alignment.share_b());
    pair.relation == Relation::SharesPassages
        && site(pair.a).is_some()
        && site(pair.a) == site(pair.b)
        && share < MOST_STOCK_SHARE
}

/// The stock of each document, from the passages of the pairs that [`shares_stock`] accepts. O(passages log passages).
pub(super) fn find(
    documents: &[AnalysedDocument],
    pairs: &[AlignedPair],
) -> Vec<Vec<BoilerplateBlock>> {
    let mut spans: Vec<Vec<ByteSpan>> = vec![Vec::new(); documents.len()];
    for pair in pairs.iter().filter(|pair| shares_stock(documents, pair)) {
        for passage in pair
            .alignment
            .passages
            .iter()
            .filter(|p| p.quoted <= MOST_QUOTED)
        {
            spans[pair.a.index()].push(passage.a);
            spans[pair.b.index()].push(passage.b);
        }
    }
    spans.into_iter().map(blocks).collect()
}

fn blocks(spans: Vec<ByteSpan>) -> Vec<BoilerplateBlock> {
    let mut starts: Vec<u32> = spans.iter().map(|span| span.start).collect();
    starts.sort_unstable();
    let joined = union(spans);
    let before = |at: u32| starts.partition_point(|&start| start < at);
    let block = |span: ByteSpan| {
        let repeated = before(span.end) - before(span.start);
        let weight = REPETITION_WEIGHT * (1.0 + libm::log2(repeated as f64));
        BoilerplateBlock {
            span,
            kind: BoilerplateType::StockBackground,
            class: BoilerplateClass::Stock,
            probability: 1.0 / (1.0 + libm::exp(-weight)),
            evidence: [CueRecord {
                cue: "corpus:repeated by the site".into(),
                weight: (weight * 100.0).round() / 100.0,
            }]
            .into(),
        }
    };
    joined.into_iter().map(block).collect()
}

/// Adds `stock` to `marked` where nothing is marked yet. Both are ascending and disjoint, and so is the result.
pub(super) fn add(marked: &mut Vec<BoilerplateBlock>, stock: &[BoilerplateBlock]) {
    let taken: Vec<ByteSpan> = marked.iter().map(|block| block.span).collect();
    marked.extend(
        stock
            .iter()
            .filter(|block| overlap_with(block.span, &taken) == 0)
            .cloned(),
    );
    marked.sort_by_key(|block| block.span);
}
