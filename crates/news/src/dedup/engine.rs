//! The stages of a run, as maps over batches, parts and pairs.

use rayon::prelude::*;
use wirecopy_core::DocId;

use super::{Collection, Edge, Meetings, Sketcher, Sketches, Verifier};
use crate::relation::{Relation, RelationOptions};

/// Batches that are sketched side by side before their results are put in order.
const BATCHES_AT_ONCE: usize = 16;

/// Partners of one document that a worker takes at a time.
const PARTNERS: usize = 64;

/// Settings of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Engine {
    /// Seed of the sketches.
    pub seed: u64,
    /// Documents with fewer words meet only their equals.
    pub min_words: u32,
    /// Where one relation ends and the next begins.
    pub relations: RelationOptions,
}

/// Gives the text of a document again.
pub trait TextSource: Sync {
    /// Replaces `text` by the document's text. False where it cannot be had any more: the document then has no edge.
    fn read(&self, document: DocId, text: &mut String) -> bool;
}

/// A pair's two texts.
#[derive(Default)]
struct Scratch {
    verifier: Verifier,
    a: String,
    b: String,
}

impl Engine {
    /// Sketches all documents. `sketch` adds the documents of one batch and may return what else it learned about them,
    /// which `keep` gets in input order. O(bytes), with a bounded number of batches in memory.
    pub fn collect<B: Send, X: Send>(
        &self,
        mut batches: impl Iterator<Item = B>,
        sketch: impl Fn(B, &mut Sketcher, &mut Sketches) -> X + Sync,
        mut keep: impl FnMut(X),
    ) -> Collection {
        let mut collection = Collection::default();
        loop {
            let some: Vec<B> = batches.by_ref().take(BATCHES_AT_ONCE).collect();
            if some.is_empty() {
                return collection;
            }
            let new_sketcher = || Sketcher::new(self.seed, self.min_words);
            let done: Vec<(Sketches, X)> = some
                .into_par_iter()
                .with_max_len(1)
                .map_init(new_sketcher, |sketcher, batch| {
                    let mut sketches = Sketches::default();
                    let learned = sketch(batch, sketcher, &mut sketches);
                    (sketches, learned)
                })
                .collect();
            for (sketches, learned) in done {
                collection.push(sketches);
                keep(learned);
            }
        }
    }

    /// Pairs that are worth reading, ascending. Empties the collection's shingles.
    #[must_use]
    pub fn candidates(&self, collection: &mut Collection) -> Vec<(DocId, DocId)> {
        let parts = collection.take_parts();
        let meetings: Vec<Meetings> = parts
            .into_par_iter()
            .with_max_len(1)
            .map(Collection::part)
            .collect();
        collection.candidates(meetings)
    }

    /// Reads and compares each of `pairs` (ascending) and gives those that share something, in order.
    #[must_use]
    pub fn verify(&self, pairs: &[(DocId, DocId)], texts: &impl TextSource) -> Vec<Edge> {
        let groups: Vec<&[(DocId, DocId)]> = pairs
            .chunk_by(|x, y| x.0 == y.0)
            .flat_map(|group| group.chunks(PARTNERS))
            .collect();
        let edges: Vec<Vec<Edge>> = groups
            .into_par_iter()
            .map_init(Scratch::default, |scratch, group| {
                self.verify_group(group, texts, scratch)
            })
            .collect();
        edges.into_iter().flatten().collect()
    }

    fn verify_group(
        &self,
        group: &[(DocId, DocId)],
        texts: &impl TextSource,
        scratch: &mut Scratch,
    ) -> Vec<Edge> {
        if !texts.read(group[0].0, &mut scratch.a) {
            return Vec::new();
        }
        scratch.verifier.set(&scratch.a);
        let compare = |&(a, b): &(DocId, DocId)| {
            if !texts.read(b, &mut scratch.b) {
                return None;
            }
            let comparison = scratch.verifier.compare(&scratch.a, &scratch.b);
            let relation = comparison.relation([a, b], &self.relations);
            (relation != Relation::None).then_some(Edge {
                a,
                b,
                relation,
                comparison,
            })
        };
        group.iter().filter_map(compare).collect()
    }
}
