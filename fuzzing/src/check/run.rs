//! Whole runs of the detector and of the deduplicating engine.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::OnceLock;

use rayon::ThreadPool;
use wirecopy_detector::dedup::{
    Collection, Decision, Engine, InMemory, Order, Preference, Sketcher,
};
use wirecopy_detector::isolation::Isolation;
use wirecopy_detector::options::{BoilerplateMode, EditDetail, Options, Preset, SameSite};
use wirecopy_detector::{Detector, Input, Role, Silent};
use wirecopy_document::{DocKey, Document};
use wirecopy_findings::{ErrorRecord, Findings};

use super::Broken;
use crate::case::Article;

/// Documents below which a run compares nothing are too many among small cases, so the bar is lower here.
const MIN_WORDS: u32 = 5;

/// The settings that `variant` stands for.
pub(super) fn options(variant: u8) -> Options {
    let preset = match variant & 3 {
        1 => Preset::Strict,
        2 => Preset::Loose,
        _ => Preset::News,
    };
    Options {
        min_words: if variant & 4 == 0 { MIN_WORDS } else { 20 },
        max_days: (variant & 24 == 24).then_some(3),
        same_site: if variant & 96 == 96 {
            SameSite::Ignore
        } else {
            SameSite::Compare
        },
        boilerplate: match variant >> 6 {
            1 => BoilerplateMode::Strip,
            2 => BoilerplateMode::Report,
            _ => BoilerplateMode::Mask,
        },
        edits: if variant & 8 == 0 {
            EditDetail::Passages
        } else {
            EditDetail::Words
        },
        ..Options::preset(preset)
    }
}

/// Pools of this many threads, made once.
pub(super) fn pool(threads: usize) -> Option<&'static ThreadPool> {
    static POOLS: [OnceLock<Option<ThreadPool>>; 3] = [const { OnceLock::new() }; 3];
    let made = POOLS.get(threads / 2)?.get_or_init(|| {
        let builder = rayon::ThreadPoolBuilder::new().num_threads(threads);
        builder.build().ok()
    });
    made.as_ref()
}

/// The articles as documents that have these ids.
pub(super) fn documents(articles: &[Article], id: impl Fn(usize) -> String) -> Vec<Document> {
    let one = |(number, article): (usize, &Article)| Document {
        key: DocKey(id(number)),
        path: Some(id(number)),
        text: article.text.clone(),
        encoding: "utf-8".into(),
        title: article.title.clone(),
        url: article.url.clone(),
        source: article.source.clone(),
        published: article.published.clone(),
        language: article.language.clone(),
        authors: article.authors.clone(),
        ..Document::default()
    };
    articles.iter().enumerate().map(one).collect()
}

/// The usual ids: `d0`, `d1`, ...
pub(super) fn plain_id(number: usize) -> String {
    format!("d{number}")
}

/// What a run finds, and the texts that its spans index.
pub(super) struct Found {
    pub(super) findings: Findings,
    pub(super) texts: BTreeMap<String, String>,
}

/// A run over `documents` by so many threads.
pub(super) fn run(documents: Vec<Document>, variant: u8, threads: usize) -> Result<Found, Broken> {
    let refused = |detail: String| Broken {
        rule: "a detector is made",
        detail,
    };
    let detector = Detector::new(options(variant)).map_err(|error| refused(error.to_string()))?;
    let pool = pool(threads).ok_or_else(|| refused("no threads".to_owned()))?;
    let detect = || {
        let mut records = documents.into_iter().map(Ok::<Document, ErrorRecord>);
        let input = Input {
            records: &mut records,
            decode: &|document| Ok((document, ())),
            name: &mut |_: &mut Document, (): ()| Vec::new(),
            role: Role::Reported,
        };
        detector.detect(vec![input], &Silent)
    };
    let (findings, run) = pool.install(detect);
    let texts = run
        .documents
        .into_iter()
        .map(|document| (document.key.0, document.text));
    Ok(Found {
        findings,
        texts: texts.collect(),
    })
}

/// What the deduplicating engine decides, by so many threads.
pub(super) fn decide(
    articles: &[Article],
    variant: u8,
    threads: usize,
) -> Result<(Decision, Collection), Broken> {
    let options = options(variant);
    let engine = Engine {
        seed: options.seed,
        min_words: options.min_words,
        relations: options.relations(),
        boilerplate: options.boilerplate,
        isolation: Isolation::default(),
    };
    let order = Order {
        preference: if variant & 128 == 0 {
            Preference::Longest
        } else {
            Preference::First
        },
        reported: articles.len(),
    };
    let pool = pool(threads).ok_or_else(|| Broken {
        rule: "threads are made",
        detail: threads.to_string(),
    })?;
    let documents = documents(articles, plain_id);
    Ok(pool.install(|| {
        let mut collection = Collection::default();
        let sketch = |batch: &[Document], sketcher: &mut Sketcher| {
            batch
                .iter()
                .for_each(|document| sketcher.add(&document.text));
            Ok::<(), Infallible>(())
        };
        engine.collect(documents.chunks(2), sketch, (&mut collection, |_| {}));
        let decision = engine.decide(&mut collection, &order, &InMemory(&documents));
        (decision, collection)
    }))
}
