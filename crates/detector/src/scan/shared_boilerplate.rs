//! Text that articles on different events share: promotions, notes on authors, digests that a site sets under unrelated articles.
//!
//! Two articles that speak of different things and share a text have it from one another or from a third; where articles
//! on four or more different stories have it, it is boilerplate, and so is a line or two that three have to the same words.
//! A quotation of that kind is still worth reporting, but as a star around one document, not as all pairs; unless all
//! that have it are of one site, which repeats it under whatever it publishes.

use hashbrown::{HashMap, HashSet};
use wirecopy_core::align::Passage;
use wirecopy_text::{ByteSpan, DocId};

use super::analyse::AnalysedDocument;
use super::compare::{AlignedPair, PairAligner, QUOTATION};
use wirecopy_findings::Relation;

/// Share of common telling words below which two documents speak of different things.
const DIFFERENT_EVENTS: f64 = 0.3;
/// Part of a passage that another one must cover to be the same text.
const SAME_TEXT: f64 = 0.8;
/// Stories beyond which a text that they share is boilerplate: what two took from a third may be its report.
const MOST_STORIES: usize = 3;
/// The same for a line or two that stand alone, the same in all of them.
const MOST_STORIES_OF_A_LINE: usize = 2;
/// Longest of those, in bytes: two lines of a promotion or a note on the author.
const LONGEST_LINE: usize = 200;
/// Holders of a text among which stories are counted; of more, the first ones by place in the input.
const MOST_HOLDERS: usize = 32;
/// Documents beside the two of a pair from which on a quotation becomes a star around the first that has it.
const MOST_QUOTING: usize = 30;
/// Aligned words outside quotation marks from which it is not: who says it and to whom takes fewer, and a digest of
/// others' words that sites set under their articles has more.
const MOST_UNQUOTED: u32 = 25;
/// Aligned words beyond which a quotation in articles on many stories is an excerpt that sites set under them: what people
/// say is quoted in shorter pieces.
const LONGEST_QUOTATION: u32 = 60;

/// What is known of the texts that documents share.
struct Shared<'d> {
    documents: &'d [AnalysedDocument],
    /// Where passages stand: for each document, the span and the other document.
    places: HashMap<DocId, Vec<(ByteSpan, DocId)>>,
    /// Pairs of documents that speak of one thing.
    on_one_event: HashSet<(DocId, DocId)>,
}

/// `pairs` without the boilerplate that articles on different events share; quotations of that kind stay between the first document that
/// has them and the others. Pairs that share nothing else go. O(passages · passages of one document).
pub(super) fn without_boilerplate(
    pair_aligner: &PairAligner<'_>,
    documents: &[AnalysedDocument],
    mut pairs: Vec<AlignedPair>,
) -> Vec<AlignedPair> {
    let shared = Shared::new(documents, &pairs);
    pairs.retain_mut(|pair| {
        // Equal bodies are one story, and nothing in them is anybody's boilerplate for standing in both.
        if pair.relation == Relation::Identical {
            return true;
        }
        let topic_overlap = if are_different_events(pair) {
            EventRelation::DifferentEvents
        } else {
            EventRelation::SameEvent
        };
        let ends = (pair.a, pair.b);
        let (kept, dropped): (Vec<Passage>, Vec<Passage>) = pair
            .alignment
            .passages
            .drain(..)
            .partition(|passage| !shared.is_boilerplate(ends, passage, topic_overlap));
        pair.alignment.passages = kept;
        for passage in &dropped {
            pair.alignment.discount(passage.counted);
        }
        if dropped.is_empty() {
            return true;
        }
        let (a, b) = (&documents[pair.a.index()], &documents[pair.b.index()]);
        let relation = pair_aligner.relation(a, b, &pair.alignment);
        pair.relation = relation.unwrap_or(pair.relation);
        relation.is_some()
    });
    pairs
}

fn are_different_events(pair: &AlignedPair) -> bool {
    pair.alignment.topic_overlap < DIFFERENT_EVENTS
}

/// Whether two documents speak of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EventRelation {
    SameEvent,
    DifferentEvents,
}

impl<'d> Shared<'d> {
    fn new(documents: &'d [AnalysedDocument], pairs: &[AlignedPair]) -> Self {
        let mut places: HashMap<DocId, Vec<(ByteSpan, DocId)>> = HashMap::new();
        for pair in pairs.iter().filter(|p| p.relation != Relation::Identical) {
            for passage in &pair.alignment.passages {
                places.entry(pair.a).or_default().push((passage.a, pair.b));
                places.entry(pair.b).or_default().push((passage.b, pair.a));
            }
        }
        let on_one_event = pairs.iter().filter(|pair| !are_different_events(pair));
        Self {
            documents,
            places,
            on_one_event: on_one_event.map(|pair| (pair.a, pair.b)).collect(),
        }
    }

    fn is_boilerplate(
        &self,
        ends: (DocId, DocId),
        passage: &Passage,
        topic_overlap: EventRelation,
    ) -> bool {
        let holders = self.holders(ends, passage, covers);
        if self.are_of_one_site(&holders) && self.stories(&holders) > MOST_STORIES {
            return true;
        }
        if topic_overlap == EventRelation::SameEvent {
            return false;
        }
        if passage.quoted >= QUOTATION
            && passage.aligned_unquoted <= MOST_UNQUOTED
            && passage.aligned <= LONGEST_QUOTATION
        {
            return holders.len() >= MOST_QUOTING + 2 && holders[0] != ends.0.min(ends.1);
        }
        let same = |span, other| covers(span, other) && covers(other, span);
        let line = passage.a.len().max(passage.b.len()) <= LONGEST_LINE;
        self.stories(&holders) > MOST_STORIES
            || line && self.stories(&self.holders(ends, passage, same)) > MOST_STORIES_OF_A_LINE
    }

    fn are_of_one_site(&self, holders: &[DocId]) -> bool {
        let site = |id: &DocId| self.documents[id.index()].site.as_deref();
        let first = holders.first().and_then(site);
        first.is_some() && holders.iter().all(|id| site(id) == first)
    }

    /// The two documents of a passage and those that have its text too, as `agree` says of the place of the passage and
    /// of theirs in one document; ascending.
    fn holders(
        &self,
        (a, b): (DocId, DocId),
        passage: &Passage,
        agree: impl Fn(ByteSpan, ByteSpan) -> bool,
    ) -> Vec<DocId> {
        let mut holders = vec![a, b];
        for (document, span) in [(a, passage.a), (b, passage.b)] {
            let places = self.places.get(&document).map_or(&[][..], Vec::as_slice);
            let others = places.iter().filter(|(place, _)| agree(span, *place));
            holders.extend(others.map(|&(_, other)| other));
        }
        holders.sort_unstable();
        holders.dedup();
        holders
    }

    /// Stories that `holders` tell: those that speak of one thing, directly or through others, tell one.
    fn stories(&self, holders: &[DocId]) -> usize {
        let holders = &holders[..holders.len().min(MOST_HOLDERS)];
        let mut story: Vec<usize> = (0..holders.len()).collect();
        for (x, &a) in holders.iter().enumerate() {
            for (y, &b) in holders.iter().enumerate().skip(x + 1) {
                if self.on_one_event.contains(&(a, b)) && story[x] != story[y] {
                    let (kept, gone) = (story[x], story[y]);
                    story
                        .iter_mut()
                        .filter(|s| **s == gone)
                        .for_each(|s| *s = kept);
                }
            }
        }
        (0..holders.len()).filter(|&x| story.contains(&x)).count()
    }
}

/// Whether `other` covers most of `span`.
fn covers(span: ByteSpan, other: ByteSpan) -> bool {
    span.overlap(other) as f64 >= SAME_TEXT * span.len() as f64
}
