//! Which way of finding candidates finds the injected copies of a corpus, at what cost.
//!
//! `candidates CORPUS.jsonl TRUTH.json` (see `scripts/make-corpus`) runs each way on one thread and prints one line: seconds
//! from texts to pairs, pairs to be read, recall of the injected copies before any is verified, over all and of the worst
//! class. The last line is what verification leaves of the first way's pairs.

#![allow(clippy::print_stdout, reason = "the result of the benchmark")]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use wirecopy_benches::corpus::{CopyClass, Truth};
use wirecopy_core::candidates::{BandParams, Bands, CandidatePairs};
use wirecopy_core::shingle::{ShingleWidth, fill_shingles};
use wirecopy_core::sketch::{MinHasher, OnePermutation};
use wirecopy_corpus::{Inputs, ReadOptions, decode};
use wirecopy_detector::dedup::{Collection, Documents, Engine, Reloaded, Sketcher};
use wirecopy_detector::isolation::Isolation;
use wirecopy_detector::options::BoilerplateMode;
use wirecopy_findings::ErrorRecord;
use wirecopy_text::DocId;
use wirecopy_text::{Tokenizer, Tokens};

type Pairs = Vec<(DocId, DocId)>;

/// Bands and rows of 128 lanes at most, and words a shingle.
const BANDED: [(usize, usize, usize); 6] = [
    (32, 4, 5),
    (42, 3, 5),
    (32, 4, 3),
    (42, 3, 3),
    (64, 2, 3),
    (32, 4, 2),
];

struct Texts {
    ids: Vec<String>,
    texts: Vec<String>,
}

impl Documents for Texts {
    type Reader = ();

    fn read(&self, document: DocId, (): &mut ()) -> Result<Reloaded, ErrorRecord> {
        Ok(Reloaded {
            text: self.texts[document.index()].clone(),
            ..Reloaded::default()
        })
    }

    fn place(&self, document: DocId) -> &str {
        &self.ids[document.index()]
    }

    fn may_compare(&self, _: DocId, _: DocId) -> bool {
        true
    }
}

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let corpus = args.next().context("CORPUS.jsonl TRUTH.json")?;
    let truth: Truth = serde_json::from_reader(File::open(args.next().context("TRUTH.json")?)?)?;
    let texts = read(&corpus)?;
    let copies = Copies::of(&truth, &texts);
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build_global()?;
    println!("| way | seconds | pairs | recall | worst class |");
    println!("|---|---|---|---|---|");
    let engine = Engine {
        seed: 0,
        min_words: 20,
        relations: Default::default(),
        boilerplate: BoilerplateMode::Mask,
        isolation: Isolation::default(),
    };
    let start = Instant::now();
    let mut collection = Collection::default();
    let sketch = |texts: &[String], sketcher: &mut Sketcher| {
        texts.iter().for_each(|text| sketcher.add(text));
    };
    engine.collect(texts.texts.chunks(64), sketch, (&mut collection, |()| {}));
    let pairs = engine.candidates(&mut collection);
    let seconds = start.elapsed().as_secs_f64();
    let equal = |n: usize| Some((collection.equal_to(DocId::new(n))?, DocId::new(n)));
    let equals: Pairs = (0..texts.texts.len()).filter_map(equal).collect();
    let all: Pairs = pairs.iter().chain(&equals).copied().collect();
    copies.line("sampled shingles", seconds, &all);
    for (bands, rows, words) in BANDED {
        let start = Instant::now();
        let pairs = banded(&texts.texts, (bands, rows, words))?;
        let name = format!("MinHash, {bands} bands of {rows}, {words} words");
        copies.line(&name, start.elapsed().as_secs_f64(), &pairs);
    }
    let start = Instant::now();
    let edges = engine.verify(&pairs, &texts);
    let verified = edges
        .iter()
        .map(|edge| (edge.a, edge.b))
        .chain(equals)
        .collect();
    copies.line("verified", start.elapsed().as_secs_f64(), &verified);
    Ok(())
}

fn read(path: &str) -> Result<Texts> {
    let mut texts = Texts {
        ids: Vec::new(),
        texts: Vec::new(),
    };
    for raw in Inputs::open(&[PathBuf::from(path)], ReadOptions::default())? {
        let decoded = decode(&raw?)?;
        texts.ids.push(decoded.id.name);
        texts.texts.push(decoded.document.text);
    }
    Ok(texts)
}

/// Pairs that agree on a band of one-permutation sketches.
fn banded(texts: &[String], (bands, rows, words): (usize, usize, usize)) -> Result<Pairs> {
    let params = BandParams::new(bands, rows)?;
    let width = ShingleWidth::new(words)?;
    let mut hasher = OnePermutation::new(params.lanes(), 0)?;
    let (mut tokens, mut shingles) = (Tokens::default(), Vec::new());
    let mut found = Bands::new(params, 0);
    for (number, text) in texts.iter().enumerate() {
        Tokenizer::default().tokenize(text, &mut tokens);
        fill_shingles(tokens.hashes(), width, &mut shingles);
        found.insert(DocId::new(number), hasher.sketch(&shingles).lanes());
    }
    let mut pairs = CandidatePairs::default();
    found.collect(&mut pairs);
    Ok(pairs.merge().iter().map(|pair| (pair.a, pair.b)).collect())
}

/// The injected copies by class, as pairs of documents.
struct Copies(BTreeMap<CopyClass, Pairs>);

impl Copies {
    fn of(truth: &Truth, texts: &Texts) -> Self {
        let numbers: HashMap<&str, usize> = texts
            .ids
            .iter()
            .enumerate()
            .map(|(n, id)| (id.as_str(), n))
            .collect();
        let mut by_class: BTreeMap<CopyClass, Pairs> = BTreeMap::new();
        for copy in &truth.copies {
            let [one, other] = [&copy.source, &copy.copy].map(|id| numbers[id.as_str()]);
            let pair = (DocId::new(one.min(other)), DocId::new(one.max(other)));
            by_class.entry(copy.class).or_default().push(pair);
        }
        Self(by_class)
    }

    fn line(&self, way: &str, seconds: f64, pairs: &Pairs) {
        let pairs: BTreeSet<(DocId, DocId)> = pairs.iter().copied().collect();
        let recall = |wanted: &Pairs| {
            let found = wanted.iter().filter(|pair| pairs.contains(pair)).count();
            (found, found as f64 / wanted.len().max(1) as f64)
        };
        let total: usize = self.0.values().map(Vec::len).sum();
        let found: usize = self.0.values().map(|wanted| recall(wanted).0).sum();
        let worst = self
            .0
            .iter()
            .min_by(|x, y| recall(x.1).1.total_cmp(&recall(y.1).1));
        let worst = worst.map_or(String::new(), |(class, wanted)| {
            format!("{:.3} {class:?}", recall(wanted).1)
        });
        let all = found as f64 / total.max(1) as f64;
        println!(
            "| {way} | {seconds:.2} | {} | {all:.4} | {worst} |",
            pairs.len()
        );
    }
}
