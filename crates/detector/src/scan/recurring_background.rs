//! Stock background: sentences that one site repeats in three stories or more, found as passages that its articles share.
//!
//! Line keys see a line that recurs to the letter. Background is edited as it is carried along ("for most people the
//! virus causes mild symptoms ..."), and link texts are glued into paragraphs; the aligner sees both. A pair of one site
//! that shares little of either article has not copied a story: it shares stock.

use hashbrown::HashMap;
use wirecopy_core::align::{Passage, PassageKind};
use wirecopy_text::span::{overlap_with, union};
use wirecopy_text::{ByteSpan, DocId};

use super::compare::AlignedPair;
use wirecopy_boilerplate::{BoilerplateBlock, CueRecord};
use wirecopy_findings::Relation;
use wirecopy_findings::{BoilerplateClass, BoilerplateType};

/// Aligned share of both articles below which a pair of one site shares stock and no story. Set by hand after reading a
/// dozen pairs of real news, whose repeated background reached .20.
const MOST_STOCK_SHARE: f64 = 0.2;

/// Share of a passage inside quotation marks above which it is a repeated quotation and no background.
const MOST_QUOTED: f64 = 0.5;

/// Stories, on which one outlet repeats a text, from which on it is background: what only two have is reuse, and is reported.
const LEAST_STORIES: usize = 3;

/// Shorter stretches are the ragged ends of passages.
const LEAST_BYTES: usize = 40;

/// Log-odds of one repetition; each doubling of the number of articles adds as much again.
const REPETITION_WEIGHT: f64 = 2.0;

/// Whether the pair is of one site and shares so little that it may be stock.
pub(super) fn shares_stock(sites: &[Option<String>], pair: &AlignedPair) -> bool {
    let site = |id: DocId| sites[id.index()].as_deref();
    let share = pair.alignment.share_a().max(pair.alignment.share_b());
    matches!(
        pair.relation,
        Relation::SharesPassages
            | Relation::SharesQuotes
            | Relation::SharesBoilerplate
            | Relation::SameEvent
    ) && site(pair.a).is_some()
        && site(pair.a) == site(pair.b)
        && share < MOST_STOCK_SHARE
}

/// The stock of each document: what stands in articles of the same site on [`LEAST_STORIES`] stories or more, by the passages
/// of `pairs`, all of which [`shares_stock`] accepts. `story` is the number of each document's story. O(passages log passages).
pub(super) fn find(pairs: &[AlignedPair], story: &[u32]) -> Vec<Vec<BoilerplateBlock>> {
    let mut shared: Vec<Vec<(ByteSpan, u32)>> = vec![Vec::new(); story.len()];
    for pair in pairs {
        for passage in pair.alignment.passages.iter().filter(|p| is_kept_text(p)) {
            let ends = [(pair.a, passage.a, pair.b), (pair.b, passage.b, pair.a)];
            for (id, span, other) in ends {
                shared[id.index()].push((span, story[other.index()]));
            }
        }
    }
    shared.iter().zip(story).map(blocks).collect()
}

/// Whether a passage is the same text: not two renderings of a quotation, and no like fact in like words.
fn is_kept_text(passage: &Passage) -> bool {
    matches!(passage.kind, PassageKind::Exact | PassageKind::Near) && passage.quoted <= MOST_QUOTED
}

/// The stretches of a document of story `own` that articles on enough other stories share. `shared` says what, and with which.
fn blocks((shared, &own): (&Vec<(ByteSpan, u32)>, &u32)) -> Vec<BoilerplateBlock> {
    let shared = shared.iter().filter(|(_, story)| *story != own);
    let mut ends: Vec<(u32, bool, u32)> = shared
        .flat_map(|&(span, story)| [(span.start, true, story), (span.end, false, story)])
        .collect();
    ends.sort_unstable();
    // How many passages with each other story are open, from end to end.
    let mut open: HashMap<u32, usize> = HashMap::new();
    let mut stretches: Vec<(ByteSpan, usize)> = Vec::new();
    let mut from = 0;
    for (at, is_start, story) in ends {
        if open.len() + 1 >= LEAST_STORIES && from < at {
            stretches.push((
                ByteSpan {
                    start: from,
                    end: at,
                },
                open.len() + 1,
            ));
        }
        from = at;
        let held = open.entry(story).or_default();
        if is_start {
            *held += 1;
        } else {
            *held -= 1;
            if *held == 0 {
                open.remove(&story);
            }
        }
    }
    let joined = union(stretches.iter().map(|stretch| stretch.0).collect());
    let long = joined.into_iter().filter(|span| span.len() >= LEAST_BYTES);
    long.map(|span| block(span, &stretches)).collect()
}

fn block(span: ByteSpan, stretches: &[(ByteSpan, usize)]) -> BoilerplateBlock {
    let inside = stretches
        .iter()
        .filter(|s| span.start <= s.0.start && s.0.end <= span.end);
    let stories = inside
        .map(|stretch| stretch.1)
        .max()
        .unwrap_or(LEAST_STORIES);
    let weight = REPETITION_WEIGHT * libm::log2(stories as f64);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The stock of a document of story 0 that shares bytes 0..100 with each of `stories`.
    fn stock(stories: &[u32]) -> Vec<ByteSpan> {
        let shared: Vec<(ByteSpan, u32)> = stories
            .iter()
            .map(|&story| (ByteSpan::new(0, 100), story))
            .collect();
        let blocks = blocks((&shared, &0));
        blocks.iter().map(|block| block.span).collect()
    }

    #[test]
    fn background_stands_in_three_stories_and_twins_of_one_are_one() {
        assert_eq!(stock(&[1, 2]), [ByteSpan::new(0, 100)]);
        assert_eq!(stock(&[1]), []);
        assert_eq!(stock(&[1, 1, 1]), []);
        assert_eq!(stock(&[0, 0, 1]), [], "its own story");
    }

    #[test]
    fn only_what_all_of_them_have_is_background() {
        let shared = [
            (ByteSpan::new(0, 100), 1),
            (ByteSpan::new(50, 200), 2),
            (ByteSpan::new(190, 300), 3),
        ];
        let blocks = blocks((&shared.to_vec(), &0));
        // Ten bytes that the second and the third share are a ragged end.
        assert_eq!(blocks.len(), 1);
        assert_eq!(blocks[0].span, ByteSpan::new(50, 100));
        assert!(blocks[0].probability > 0.9);
    }
}
