//! The stages of a run, as maps over batches, parts and pairs.

use rayon::prelude::*;
use wirecopy_core::span::{complement, union};
use wirecopy_core::{ByteSpan, DocId};

use super::meet::{Counter, Meetings, PARTS, blocks, part};
use super::pool::Pool;
use super::rounds::{ROUNDS, Round};
use super::{
    Choice, Collection, Comparison, Edge, Order, Reading, Sketcher, Sketches, Verifier, choose,
};
use crate::boilerplate::{Templates, classify_single};
use crate::options::BoilerplateMode;
use crate::relation::RelationOptions;

/// Batches a thread that are sketched side by side while the next are read: enough that no thread waits long for the
/// last of them.
const BATCHES_A_THREAD: usize = 12;

/// Partners of one document that a worker takes at a time.
const PARTNERS: usize = 64;

/// Settings of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Engine {
    /// Seed of the sketches.
    pub seed: u64,
    /// Documents with fewer words are not compared.
    pub min_words: u32,
    /// Where one relation ends and the next begins.
    pub relations: RelationOptions,
    /// Whether boilerplate is kept out of the comparison.
    pub boilerplate: BoilerplateMode,
}

/// A document that is read once more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reread {
    /// Its full text.
    pub text: String,
    /// The record's own title.
    pub headline: Option<String>,
    /// Its site, where templates of sites are known.
    pub site: Option<String>,
}

/// The documents of a run, by number.
pub trait Documents: Sync {
    /// Reads a document again. `None` where it cannot be had any more: it then has no edge.
    fn read(&self, document: DocId) -> Option<Reread>;

    /// Whether two documents may be compared at all.
    fn may_compare(&self, a: DocId, b: DocId) -> bool;

    /// What earlier runs learned about sites.
    fn templates(&self) -> Option<&Templates> {
        None
    }
}

/// What a run found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decision {
    /// Verified edges, ascending.
    pub edges: Vec<Edge>,
    /// What becomes of each document.
    pub choice: Choice,
}

impl Engine {
    /// Sketches all documents into `collection`. `sketch` adds the documents of one batch and may return what else it
    /// learned about them, which `keep` gets in input order. O(bytes), with a bounded number of batches in memory.
    pub fn collect<B: Send, X: Send>(
        &self,
        mut batches: impl Iterator<Item = B> + Send,
        sketch: impl Fn(B, &mut Sketcher) -> X + Sync,
        (collection, mut keep): (&mut Collection, impl FnMut(X) + Send),
    ) {
        let at_once = BATCHES_A_THREAD * rayon::current_num_threads();
        let sketchers = Pool::new();
        let one = |batch: B| {
            let new = || Sketcher::new(self.seed, self.min_words);
            sketchers.with(new, |sketcher| {
                let learned = sketch(batch, sketcher);
                (sketcher.take(), learned)
            })
        };
        // Reading and entering are for one thread, and go on beside the sketching.
        let mut enter_and_read = |finished: Vec<(Sketches, X)>| -> Vec<B> {
            for (sketches, learned) in finished {
                collection.push(sketches);
                keep(learned);
            }
            batches.by_ref().take(at_once).collect()
        };
        let mut current = enter_and_read(Vec::new());
        let mut finished = Vec::new();
        while !current.is_empty() {
            let work = || -> Vec<(Sketches, X)> {
                current.into_par_iter().with_max_len(1).map(one).collect()
            };
            let before = std::mem::take(&mut finished);
            (current, finished) = rayon::join(|| enter_and_read(before), work);
        }
        enter_and_read(finished);
    }

    /// Finds the pairs worth reading, reads and compares them, and says what becomes of each document. Empties the
    /// collection's shingles. O(shingles + bytes of the candidates).
    #[must_use]
    pub fn decide(
        &self,
        collection: &mut Collection,
        order: &Order,
        documents: &impl Documents,
    ) -> Decision {
        let mut compared = self.candidates(collection);
        compared.retain(|&(a, b)| order.is_reported(a) && documents.may_compare(a, b));
        let mut edges = self.verify(&compared, documents);
        let mut choice = choose(collection, &edges, order);
        for number in 0..ROUNDS {
            let round = Round {
                collection,
                order,
                edges: &edges,
                choice: &choice,
            };
            let mut more = round.pairs(number, &compared);
            more.retain(|&(a, b)| documents.may_compare(a, b));
            if more.is_empty() {
                continue;
            }
            edges.extend(self.verify(&more, documents));
            edges.sort_unstable_by_key(|edge| (edge.a, edge.b));
            compared.extend(more);
            compared.sort_unstable();
            choice = choose(collection, &edges, order);
        }
        Decision { edges, choice }
    }

    /// Pairs that are worth reading, ascending. Empties the collection's shingles.
    #[must_use]
    pub fn candidates(&self, collection: &mut Collection) -> Vec<(DocId, DocId)> {
        let batches = collection.take_batches();
        let meetings: Vec<Meetings> = (0..PARTS)
            .into_par_iter()
            .with_max_len(1)
            .map(|number| part(&batches, number, collection.len()))
            .collect();
        drop(batches);
        let needs = collection.needs();
        let counters = Pool::new();
        let in_block = |block| {
            counters.with(Counter::default, |counter| {
                counter.pairs(&meetings, block, &needs)
            })
        };
        let blocks = (0..blocks(collection.len())).into_par_iter();
        let pairs: Vec<Vec<(DocId, DocId)>> = blocks.with_max_len(1).map(in_block).collect();
        pairs.concat()
    }

    /// Reads and compares each of `pairs` (ascending) and gives the copies among them, in order.
    #[must_use]
    pub fn verify(&self, pairs: &[(DocId, DocId)], documents: &impl Documents) -> Vec<Edge> {
        let by_first = pairs.chunk_by(|x, y| x.0 == y.0);
        let groups: Vec<&[(DocId, DocId)]> =
            by_first.flat_map(|group| group.chunks(PARTNERS)).collect();
        let edges: Vec<Vec<Edge>> = groups
            .into_par_iter()
            .map_init(Scratch::default, |scratch, group| {
                self.verify_group(group, documents, scratch)
            })
            .collect();
        edges.into_iter().flatten().collect()
    }

    fn verify_group(
        &self,
        group: &[(DocId, DocId)],
        documents: &impl Documents,
        scratch: &mut Scratch,
    ) -> Vec<Edge> {
        let Some(first) = documents.read(group[0].0) else {
            return Vec::new();
        };
        let templates = documents.templates();
        let mut first = Side::new(first, templates);
        scratch.whole.set(first.whole());
        scratch.masked_is_set = false;
        let compare = |&(a, b): &(DocId, DocId)| {
            let mut other = Side::new(documents.read(b)?, templates);
            let comparison = self.compare(&mut first, &mut other, scratch)?;
            let relation = comparison.relation([a, b], &self.relations);
            relation.joins_family().then_some(Edge {
                a,
                b,
                relation,
                comparison,
            })
        };
        group.iter().filter_map(compare).collect()
    }

    /// Compares two texts as they are, and where boilerplate may matter once more without it: finding it costs more than
    /// comparing. `None` for texts that share next to nothing.
    fn compare(
        &self,
        first: &mut Side<'_>,
        other: &mut Side<'_>,
        scratch: &mut Scratch,
    ) -> Option<Comparison> {
        let found = scratch.whole.align(other.whole());
        if found.is_negligible(&self.relations) {
            return None;
        }
        let masks = self.boilerplate != BoilerplateMode::Report && !found.is_plain();
        if masks && (first.has_boilerplate() | other.has_boilerplate()) {
            if !scratch.masked_is_set {
                scratch.masked.set(first.body());
                scratch.masked_is_set = true;
            }
            return Some(scratch.masked.compare(&first.reread.text, other.body()));
        }
        let texts = [first.reread.text.as_str(), other.reread.text.as_str()];
        Some(scratch.whole.leave_quotations_out(found, texts))
    }
}

/// What a worker compares with.
#[derive(Default)]
struct Scratch {
    whole: Verifier,
    masked: Verifier,
    /// Whether `masked` was set to the current first document.
    masked_is_set: bool,
}

/// One document of a pair.
struct Side<'t> {
    reread: Reread,
    templates: Option<&'t Templates>,
    body: Option<Vec<ByteSpan>>,
}

impl<'t> Side<'t> {
    fn new(reread: Reread, templates: Option<&'t Templates>) -> Self {
        Self {
            reread,
            templates,
            body: None,
        }
    }

    fn whole(&self) -> Reading<'_> {
        Reading::from(self.reread.text.as_str())
    }

    /// The text without its boilerplate, once [`has_boilerplate`](Self::has_boilerplate) was asked.
    fn body(&self) -> Reading<'_> {
        Reading {
            text: &self.reread.text,
            body: self.body.as_deref(),
        }
    }

    /// Whether the document's own cues tell of text that is not the article's.
    fn has_boilerplate(&mut self) -> bool {
        let Reread {
            text,
            headline,
            site,
        } = &self.reread;
        let templates = self.templates;
        let body = self.body.get_or_insert_with(|| {
            let known = templates.map(|all| all.for_site(site.as_deref()));
            let blocks = classify_single(text, headline.as_deref(), known);
            complement(
                &union(blocks.iter().map(|block| block.span).collect()),
                text.len(),
            )
        });
        *body != [ByteSpan::new(0, text.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedup::{Collapse, Preference};
    use wirecopy_core::hash::mix;

    struct Texts(Vec<String>);

    impl Documents for Texts {
        fn read(&self, document: DocId) -> Option<Reread> {
            let text = self.0[document.index()].clone();
            Some(Reread {
                text,
                ..Reread::default()
            })
        }

        fn may_compare(&self, a: DocId, b: DocId) -> bool {
            // The last two documents of the last test must not meet.
            (a.index(), b.index()) != (90, 91)
        }
    }

    fn words(seed: u64, count: u64) -> Vec<String> {
        (0..count)
            .map(|n| format!("w{}", mix(seed << 32 | n) % 100_000))
            .collect()
    }

    fn decide(texts: &Texts, collapse: Collapse) -> Decision {
        let engine = Engine {
            seed: 0,
            min_words: 20,
            relations: RelationOptions::default(),
            boilerplate: BoilerplateMode::Report,
        };
        let mut collection = Collection::new(collapse);
        let batches = texts.0.chunks(7);
        let sketch = |batch: &[String], sketcher: &mut Sketcher| {
            batch.iter().for_each(|text| sketcher.add(text));
        };
        engine.collect(batches, sketch, (&mut collection, |()| {}));
        let order = Order {
            preference: Preference::Longest,
            reported: texts.0.len(),
        };
        engine.decide(&mut collection, &order, texts)
    }

    fn kept(decision: &Decision) -> usize {
        decision
            .choice
            .verdicts
            .iter()
            .filter(|verdict| verdict.duplicate_of.is_none())
            .count()
    }

    /// One story in `count` versions, of which each has a twentieth of its words of its own.
    fn versions(count: u64) -> Vec<String> {
        let story = words(1, 200);
        let version = |n: u64| {
            let mut words = story.clone();
            (0..10).for_each(|k| words[(mix(n * 10 + k) % 200) as usize] = format!("v{n}x{k}"));
            words.join(" ")
        };
        (0..count).map(version).collect()
    }

    #[test]
    fn of_a_family_too_large_for_all_pairs_next_to_nobody_stays() {
        assert_eq!(kept(&decide(&Texts(versions(40)), Collapse::EqualTexts)), 1);
        // Where no direct edge speaks against it, a version stays: at most one in hundreds.
        let of_many = kept(&decide(&Texts(versions(700)), Collapse::EqualTexts));
        assert!((1..=2).contains(&of_many), "{of_many}");
    }

    #[test]
    fn a_passage_that_very_many_share_costs_nobody_his_place() {
        let passage = words(2, 40).join(" ");
        let text = |n| {
            format!(
                "{} {passage} {}",
                words(n, 150).join(" "),
                words(n + 5_000, 150).join(" ")
            )
        };
        let decision = decide(&Texts((10..710).map(text).collect()), Collapse::EqualTexts);
        assert_eq!(kept(&decision), 700);
        assert!(decision.edges.len() < 4 * 700);
    }

    #[test]
    fn the_thread_count_does_not_show() {
        let mut texts = versions(60);
        texts.extend((0..20).map(|n| words(100 + n / 2, 50).join(" ")));
        let texts = Texts(texts);
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            pool.install(|| decide(&texts, Collapse::EqualTexts))
        };
        let one = with(1);
        assert_eq!(one, with(2));
        assert_eq!(one, with(4));
        assert_eq!(kept(&one), 11);
    }

    #[test]
    fn documents_that_must_not_meet_keep_each_other() {
        let mut texts: Vec<String> = (0..90).map(|n| words(1_000 + n, 60).join(" ")).collect();
        texts.extend([texts[5].clone(), texts[5].clone()]);
        let mut texts = Texts(texts);
        assert_eq!(kept(&decide(&texts, Collapse::Never)), 90);
        texts.0[5] = words(3_000, 60).join(" ");
        assert_eq!(kept(&decide(&texts, Collapse::Never)), 92);
    }
}
