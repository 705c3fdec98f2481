//! The stages of a run, as maps over batches, parts and pairs.

use rayon::prelude::*;
use wirecopy_core::disjoint_sets::DisjointSets;
use wirecopy_text::DocId;

use super::candidates::{Collisions, Counter, blocks, part};
use super::losses::{Losses, collect_again, passed_over, taken_out, to_blame};
use super::refinement::{ROUNDS, Round};
use super::sketch::PARTS;
use super::worker::{PairWorker, PairWorkerOptions};
use super::{Collection, Edge, Order, Selection, Sketcher, Sketches, choose};
use crate::isolation::Isolation;
use crate::options::BoilerplateMode;
use crate::relation::RelationOptions;
use crate::scratch_pool::Pool;
use wirecopy_boilerplate::Templates;
use wirecopy_findings::ErrorRecord;

/// Batches a thread that are sketched side by side while the next are read: enough that no thread waits long for the
/// last of them.
const BATCHES_A_THREAD: usize = 12;

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
    /// How panics are treated.
    pub isolation: Isolation,
}

/// A document that is read once more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reloaded {
    /// Its full text.
    pub text: String,
    /// The record's own title.
    pub headline: Option<String>,
    /// Its site, where templates of sites are known.
    pub site: Option<String>,
}

/// The documents of a run, by number.
pub trait Documents: Sync {
    /// What a worker keeps between two documents that it reads: an open file, say.
    type Reader: Default + Send;

    /// Reads a document again.
    ///
    /// # Errors
    /// Why it cannot be had any more: it then has no edge, and the run says so.
    fn read(&self, document: DocId, reader: &mut Self::Reader) -> Result<Reloaded, ErrorRecord>;

    /// What errors call a document.
    fn place(&self, document: DocId) -> &str;

    /// Whether two documents, the earlier first, may be compared at all.
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
    pub choice: Selection,
    /// Documents that made a comparison panic, ascending: the run is one without them, and their verdicts mean nothing.
    pub left_out: Vec<DocId>,
    /// What went wrong: documents left out, pairs passed over, documents that could not be read again.
    pub errors: Vec<ErrorRecord>,
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
        let losses = Losses::new(self.isolation);
        let mut left_out: Vec<DocId> = Vec::new();
        let mut errors = Vec::new();
        let mut rounds = 0;
        loop {
            let (edges, choice) = self.attempt(collection, order, (documents, &losses));
            let failures = losses.failures.take();
            for error in losses.take_unread() {
                if !errors.contains(&error) {
                    errors.push(error);
                }
            }
            let to_blame = to_blame(&failures, documents, &self.worker_options());
            rounds += 1;
            if to_blame.is_empty() || rounds > MOST_ROUNDS {
                errors.extend(passed_over(&failures, documents));
                return Decision {
                    edges,
                    choice,
                    left_out,
                    errors,
                };
            }
            errors.extend(taken_out(&to_blame, documents));
            left_out.extend(to_blame.iter().map(|blamed| blamed.0));
            left_out.sort_unstable();
            let sketcher = Sketcher::new(self.seed, self.min_words);
            *collection = collect_again(
                collection.len(),
                (documents, &losses),
                (&left_out, sketcher),
            );
        }
    }

    /// One run of the stages behind the sketches.
    fn attempt(
        &self,
        collection: &mut Collection,
        order: &Order,
        (documents, losses): (&impl Documents, &Losses),
    ) -> (Vec<Edge>, Selection) {
        collection.break_ties(|document| documents.place(document));
        let may = |a: DocId, b: DocId| documents.may_compare(a.min(b), a.max(b));
        let equals = collection.equals();
        let any_may = |a, b| equals.collisions([a, b], may).next().is_some();
        let mut compared = self.candidates(collection);
        compared.retain(|&(a, b)| order.is_reported(a) && any_may(a, b));
        let mut edges = self.compare(&compared, (documents, losses));
        let mut choice = choose(collection, &edges, order, &may);
        for number in 0..ROUNDS {
            let round = Round {
                collection,
                order,
                edges: &edges,
                choice: &choice,
            };
            let Some(mut more) = round.pairs(number, &compared) else {
                break;
            };
            more.retain(|&(a, b)| any_may(a, b));
            if more.is_empty() {
                continue;
            }
            edges.extend(self.compare(&more, (documents, losses)));
            edges.sort_unstable_by_key(|edge| (edge.a, edge.b));
            compared.extend(more);
            compared.sort_unstable();
            choice = choose(collection, &edges, order, &may);
        }
        (edges, choice)
    }

    /// Pairs that are worth reading, ascending. Empties the collection's shingles.
    #[must_use]
    pub fn candidates(&self, collection: &mut Collection) -> Vec<(DocId, DocId)> {
        let batches = collection.take_batches();
        let ranks = collection.ranks();
        let collisions: Vec<Collisions> = (0..PARTS)
            .into_par_iter()
            .with_max_len(1)
            .map(|number| part(&batches, number, &ranks))
            .collect();
        drop(batches);
        let needs = collection.needs();
        let counters = Pool::new();
        let in_block = |block| {
            counters.with(Counter::default, |counter| {
                counter.pairs(&collisions, block, &needs)
            })
        };
        let blocks = (0..blocks(collection.len())).into_par_iter();
        let pairs: Vec<Vec<(DocId, DocId)>> = blocks.with_max_len(1).map(in_block).collect();
        pairs.concat()
    }

    /// Reads and compares each of `pairs` and gives the copies among them, ascending. What cannot be read or compared has
    /// none.
    #[must_use]
    pub fn verify(&self, pairs: &[(DocId, DocId)], documents: &impl Documents) -> Vec<Edge> {
        self.compare(pairs, (documents, &Losses::new(self.isolation)))
    }

    fn worker_options(&self) -> PairWorkerOptions {
        PairWorkerOptions {
            relations: self.relations,
            boilerplate: self.boilerplate,
            isolation: self.isolation,
        }
    }

    fn compare(
        &self,
        pairs: &[(DocId, DocId)],
        (documents, losses): (&impl Documents, &Losses),
    ) -> Vec<Edge> {
        let options = self.worker_options();
        let workers = Pool::new();
        let compare = |task: &[Placed]| {
            let new = || PairWorker::new(documents, losses);
            workers.with(new, |worker| {
                worker.compare_all(task.iter().map(|&(_, pair)| pair), &options)
            })
        };
        let pairs = in_components(pairs);
        let components = pairs.chunk_by(|left, right| left.0 == right.0);
        let tasks: Vec<&[Placed]> = components
            .flat_map(|pairs| pairs.chunks(PAIRS_AT_ONCE))
            .collect();
        // One by one: families differ in size, and a thread that took many could not hand the last ones on.
        let tasks = tasks.into_par_iter().with_max_len(1);
        let edges: Vec<Vec<Edge>> = tasks.map(compare).collect();
        let mut edges = edges.concat();
        edges.sort_unstable_by_key(|edge| (edge.a, edge.b));
        edges
    }
}

/// Times that a run begins again without those to blame for a panic.
const MOST_ROUNDS: usize = 8;

/// Pairs of one component that a worker takes at a time: those of most families.
const PAIRS_AT_ONCE: usize = 64;

/// A pair, under the smallest document of its component.
type Placed = (usize, (DocId, DocId));

/// The pairs by component, then ascending. O(documents + pairs log pairs).
fn in_components(pairs: &[(DocId, DocId)]) -> Vec<Placed> {
    let most = pairs
        .iter()
        .map(|pair| pair.0.max(pair.1).index() + 1)
        .max();
    let mut sets = DisjointSets::new(most.unwrap_or(0));
    for (a, b) in pairs {
        sets.union(a.index(), b.index());
    }
    let mut placed: Vec<Placed> = pairs
        .iter()
        .map(|&pair| (sets.find(pair.0.index()), pair))
        .collect();
    placed.sort_unstable();
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedup::Preference;
    use wirecopy_text::hash::mix;

    struct Texts(Vec<String>);

    /// What stands for the text of a document that cannot be read again.
    const GONE: &str = "gone";

    impl Documents for Texts {
        type Reader = ();

        fn read(&self, document: DocId, (): &mut ()) -> Result<Reloaded, ErrorRecord> {
            let text = self.0[document.index()].clone();
            if text == GONE {
                let path = document.index().to_string();
                return Err(ErrorRecord {
                    path,
                    ..ErrorRecord::default()
                });
            }
            Ok(Reloaded {
                text,
                ..Reloaded::default()
            })
        }

        fn place(&self, _: DocId) -> &str {
            "a text"
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

    fn engine() -> Engine {
        Engine {
            seed: 0,
            min_words: 20,
            relations: RelationOptions::default(),
            boilerplate: BoilerplateMode::Report,
            isolation: Isolation::default(),
        }
    }

    fn collect(engine: &Engine, texts: &Texts) -> Collection {
        let mut collection = Collection::default();
        let batches = texts.0.chunks(7);
        let sketch = |batch: &[String], sketcher: &mut Sketcher| {
            batch.iter().for_each(|text| sketcher.add(text));
        };
        engine.collect(batches, sketch, (&mut collection, |()| {}));
        collection
    }

    fn decide(texts: &Texts) -> Decision {
        let engine = engine();
        let mut collection = collect(&engine, texts);
        let order = Order {
            preference: Preference::Longest,
            reported: texts.0.len(),
        };
        engine.decide(&mut collection, &order, texts)
    }

    #[test]
    fn a_document_that_cannot_be_read_again_is_named_and_has_no_edge() {
        let texts = Texts(versions(5));
        let engine = engine();
        let mut collection = collect(&engine, &texts);
        let order = Order {
            preference: Preference::Longest,
            reported: texts.0.len(),
        };
        let mut gone = texts;
        gone.0[2] = GONE.to_owned();
        let decision = engine.decide(&mut collection, &order, &gone);
        assert_eq!(decision.errors.len(), 1);
        assert_eq!(decision.errors[0].path, "2");
        assert!(decision.left_out.is_empty());
        let of_it = |edge: &&Edge| [edge.a, edge.b].contains(&DocId::new(2));
        assert_eq!(decision.edges.iter().filter(of_it).count(), 0);
        assert_eq!(kept(&decision), 2, "itself and one of the others");
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
        assert_eq!(kept(&decide(&Texts(versions(40)))), 1);
        // Where no direct edge speaks against it, a version stays: at most one in hundreds.
        let of_many = kept(&decide(&Texts(versions(700))));
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
        let decision = decide(&Texts((10..710).map(text).collect()));
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
            pool.install(|| decide(&texts))
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
        assert_eq!(kept(&decide(&texts)), 90);
        texts.0[5] = words(3_000, 60).join(" ");
        assert_eq!(kept(&decide(&texts)), 92);
    }
}
