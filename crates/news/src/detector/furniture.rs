//! Text that strangers share: promotions, notes on authors, digests that a site sets under unrelated articles.
//!
//! Two articles that speak of different things and share a text have it from one another or from a third; where four
//! or more such articles have it, it is furniture. A quotation of that kind is still worth reporting, but as a star
//! around one document, not as all pairs.

use hashbrown::{HashMap, HashSet};
use wirecopy_core::align::{EditKind, Passage};
use wirecopy_core::{ByteSpan, DocId};

use super::compare::{AlignedPair, Comparer};
use super::intake::Analysed;
use crate::relation::Relation;

/// Share of common telling words below which two documents speak of different things.
const STRANGERS: f64 = 0.3;
/// Part of a passage that another one must cover to be the same text.
const SAME_TEXT: f64 = 0.8;
/// Documents beside the two of a pair from which on a text of strangers is furniture.
const MOST_OTHERS: usize = 2;
/// Documents beside the two of a pair from which on a quotation becomes a star around the first that has it.
const MOST_QUOTING: usize = 30;
/// Share inside quotation marks from which a text is a quotation.
const QUOTATION: f64 = 0.5;
/// Aligned words outside quotation marks from which it is not: who says it and to whom takes fewer, and a digest of
/// others' words that sites set under their articles has more.
const MOST_UNQUOTED: u32 = 25;

/// Where the passages of strangers stand: for each document, the span and the other document.
type Places = HashMap<DocId, Vec<(ByteSpan, DocId)>>;

/// `pairs` without the furniture that strangers share; quotations of that kind stay between the first document that
/// has them and the others. Pairs that share nothing else go. O(passages · passages of one document among strangers).
pub(super) fn without_furniture(
    comparer: &Comparer<'_>,
    documents: &[Analysed],
    mut pairs: Vec<AlignedPair>,
) -> Vec<AlignedPair> {
    let places = places(&pairs);
    for pair in pairs.iter_mut().filter(|pair| are_strangers(pair)) {
        let ends = (pair.a, pair.b);
        let (kept, dropped): (Vec<Passage>, Vec<Passage>) = pair
            .alignment
            .passages
            .drain(..)
            .partition(|passage| !is_furniture(&places, ends, passage));
        pair.alignment.passages = kept;
        for passage in &dropped {
            forget(pair, passage);
        }
        if !dropped.is_empty() {
            pair.relation = comparer.relation(
                (pair.a, &documents[pair.a.index()]),
                (pair.b, &documents[pair.b.index()]),
                &pair.alignment,
            );
        }
    }
    pairs.retain(|pair| pair.relation != Relation::None);
    pairs
}

fn are_strangers(pair: &AlignedPair) -> bool {
    pair.alignment.kinship < STRANGERS
}

fn places(pairs: &[AlignedPair]) -> Places {
    let mut places = Places::new();
    for pair in pairs.iter().filter(|pair| are_strangers(pair)) {
        for passage in &pair.alignment.passages {
            places.entry(pair.a).or_default().push((passage.a, pair.b));
            places.entry(pair.b).or_default().push((passage.b, pair.a));
        }
    }
    places
}

fn is_furniture(places: &Places, (a, b): (DocId, DocId), passage: &Passage) -> bool {
    let covers = |span: ByteSpan, other: ByteSpan| {
        let common = span
            .end
            .min(other.end)
            .saturating_sub(span.start.max(other.start));
        f64::from(common) >= SAME_TEXT * span.len() as f64
    };
    let mut others: HashSet<DocId> = HashSet::new();
    let mut first = a.min(b);
    for (document, span) in [(a, passage.a), (b, passage.b)] {
        for &(place, other) in places.get(&document).map_or(&[][..], Vec::as_slice) {
            if other != a && other != b && covers(span, place) {
                others.insert(other);
                first = first.min(other);
            }
        }
    }
    if passage.quoted >= QUOTATION && passage.aligned_unquoted <= MOST_UNQUOTED {
        others.len() >= MOST_QUOTING && first != a.min(b)
    } else {
        others.len() >= MOST_OTHERS
    }
}

/// Takes a dropped passage's words from the pair's counts.
fn forget(pair: &mut AlignedPair, passage: &Passage) {
    let aligned = passage
        .edits
        .iter()
        .filter(|edit| !matches!(edit.kind, EditKind::Cut | EditKind::Added));
    let words: u32 = aligned.map(|edit| edit.words).sum();
    let alignment = &mut pair.alignment;
    alignment.aligned = alignment.aligned.saturating_sub(words);
    alignment.aligned_unquoted = alignment
        .aligned_unquoted
        .saturating_sub(passage.aligned_unquoted);
}
