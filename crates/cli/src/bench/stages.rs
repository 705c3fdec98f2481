//! The pieces of work, from the bottom up.

use std::hint::black_box;

use wirecopy_core::candidates::{BandParams, Bands, CandidatePairs};
use wirecopy_core::shingle::{ShingleWidth, fill_shingles};
use wirecopy_core::similarity::{distinct, overlap};
use wirecopy_core::sketch::{MinHasher, OnePermutation, Permutations};
use wirecopy_detector::dedup::{Side, Sketcher, Verifier};
use wirecopy_text::DocId;
use wirecopy_text::hash::{Seed, hash_bytes, hash_word};
use wirecopy_text::kernel::Kernel;
use wirecopy_text::{Tokenizer, Tokens};

/// What one round did.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Work {
    pub(super) bytes: usize,
    pub(super) items: usize,
}

/// Work that one thread repeats.
pub(super) type Round<'i> = Box<dyn FnMut() -> Work + 'i>;

/// One piece of work.
pub(super) struct Stage<'i> {
    pub(super) name: String,
    /// What is counted, in the plural.
    pub(super) item: &'static str,
    /// Makes the work of one thread, with scratch of its own.
    pub(super) prepare: Box<dyn Fn() -> Round<'i> + Sync + 'i>,
}

/// The articles, and what the upper layers work on.
pub(super) struct Input<'a> {
    pub(super) articles: &'a [String],
    /// Token hashes of each article.
    pub(super) tokens: Vec<Vec<u64>>,
    /// Five-word shingles of each article.
    shingles: Vec<Vec<u64>>,
    /// The same, sorted and distinct.
    sets: Vec<Vec<u64>>,
    /// Sketches of 128 lanes.
    sketches: Vec<Vec<u32>>,
}

impl<'a> Input<'a> {
    pub(super) fn new(articles: &'a [String]) -> Self {
        let mut scratch = Tokens::default();
        let tokens: Vec<Vec<u64>> = articles
            .iter()
            .map(|article| {
                Tokenizer::default().tokenize(article, &mut scratch);
                scratch.hashes().to_vec()
            })
            .collect();
        let shingled = |tokens: &Vec<u64>| {
            let mut shingles = Vec::new();
            fill_shingles(tokens, ShingleWidth::FINDINGS, &mut shingles);
            shingles
        };
        let shingles: Vec<Vec<u64>> = tokens.iter().map(shingled).collect();
        let mut sets = shingles.clone();
        sets.iter_mut().for_each(distinct);
        let mut hasher = one_permutation(128);
        let sketches = shingles
            .iter()
            .map(|shingles| hasher.sketch(shingles).lanes().to_vec())
            .collect();
        Self {
            articles,
            tokens,
            shingles,
            sets,
            sketches,
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.articles.iter().map(String::len).sum()
    }
}

/// Every stage.
pub(super) fn all<'i>(input: &'i Input<'i>) -> Vec<Stage<'i>> {
    let mut stages = vec![copy_memory(), hash_long(), hash_words(input)];
    stages.extend(
        Kernel::all()
            .into_iter()
            .map(|kernel| tokenise(input, kernel)),
    );
    stages.push(shingle(input));
    for lanes in [64, 128, 256] {
        stages.extend(
            Kernel::all()
                .into_iter()
                .map(|kernel| permutations(input, lanes, kernel)),
        );
        stages.push(one_permutation_stage(input, lanes));
    }
    stages.extend([
        band(input),
        jaccard(input),
        verify(input),
        end_to_end(input),
    ]);
    stages
}

fn stage<'i>(
    name: impl Into<String>,
    item: &'static str,
    prepare: impl Fn() -> Round<'i> + Sync + 'i,
) -> Stage<'i> {
    Stage {
        name: name.into(),
        item,
        prepare: Box::new(prepare),
    }
}

/// Memory beyond every cache.
const FAR: usize = 64 << 20;

fn copy_memory<'i>() -> Stage<'i> {
    stage("memory bandwidth (copy)", "copies", || {
        let from = vec![1_u8; FAR];
        let mut to = vec![0_u8; FAR];
        Box::new(move || {
            to.copy_from_slice(black_box(&from));
            black_box(&to);
            Work {
                bytes: FAR,
                items: 1,
            }
        })
    })
}

fn hash_long<'i>() -> Stage<'i> {
    const LEN: usize = 1 << 20;
    stage("xxh3, keys of 1 MiB", "keys", || {
        let key = vec![7_u8; LEN];
        Box::new(move || {
            black_box(hash_bytes(black_box(&key), Seed::BLOCK));
            Work {
                bytes: LEN,
                items: 1,
            }
        })
    })
}

fn hash_words<'i>(input: &'i Input<'i>) -> Stage<'i> {
    stage("word hash, words of the text", "words", || {
        let words: Vec<&str> = input
            .articles
            .iter()
            .take(64)
            .flat_map(|a| a.split_whitespace())
            .collect();
        let bytes = words.iter().map(|word| word.len()).sum();
        Box::new(move || {
            black_box(
                words
                    .iter()
                    .fold(0, |sum, word| sum ^ hash_word(word.as_bytes())),
            );
            Work {
                bytes,
                items: words.len(),
            }
        })
    })
}

fn tokenise<'i>(input: &'i Input<'i>, kernel: Kernel) -> Stage<'i> {
    stage(
        format!("fold and tokenise, {}", kernel.name()),
        "tokens",
        move || {
            let mut tokens = Tokens::default();
            Box::new(move || {
                let mut items = 0;
                for article in input.articles {
                    Tokenizer::with_kernel(kernel).tokenize(article, &mut tokens);
                    items += tokens.len();
                }
                Work {
                    bytes: input.bytes(),
                    items,
                }
            })
        },
    )
}

fn shingle<'i>(input: &'i Input<'i>) -> Stage<'i> {
    stage("shingles of 5 tokens", "shingles", move || {
        let mut shingles = Vec::new();
        Box::new(move || {
            let mut items = 0;
            for tokens in &input.tokens {
                fill_shingles(tokens, ShingleWidth::FINDINGS, &mut shingles);
                items += black_box(&shingles).len();
            }
            Work {
                bytes: 8 * items,
                items,
            }
        })
    })
}

/// Every article's sketch, by a hasher.
fn sketch<'i>(input: &'i Input<'i>, mut hasher: impl MinHasher + 'i) -> Round<'i> {
    let mut lanes = vec![0; hasher.shape().lanes];
    Box::new(move || {
        let mut items = 0;
        for shingles in &input.shingles {
            hasher.sketch_into(shingles, &mut lanes);
            items += shingles.len();
        }
        black_box(&lanes);
        Work { bytes: 0, items }
    })
}

fn one_permutation(lanes: usize) -> OnePermutation {
    OnePermutation::new(lanes, 0).expect("the number of lanes is in range")
}

fn permutations<'i>(input: &'i Input<'i>, lanes: usize, kernel: Kernel) -> Stage<'i> {
    stage(
        format!("MinHash, {lanes} permutations, {}", kernel.name()),
        "shingles",
        move || {
            let hasher =
                Permutations::new(lanes, 0, kernel).expect("the number of lanes is in range");
            sketch(input, hasher)
        },
    )
}

fn one_permutation_stage<'i>(input: &'i Input<'i>, lanes: usize) -> Stage<'i> {
    let name = format!("MinHash, one permutation, {lanes} bins");
    stage(name, "shingles", move || {
        sketch(input, one_permutation(lanes))
    })
}

fn band<'i>(input: &'i Input<'i>) -> Stage<'i> {
    stage("banding, 32 bands of 4", "documents", move || {
        Box::new(move || {
            let params = BandParams::new(32, 4).expect("the bands are in range");
            let mut bands = Bands::new(params, 0);
            for (number, lanes) in input.sketches.iter().enumerate() {
                bands.insert(DocId::new(number), lanes);
            }
            let mut pairs = CandidatePairs::default();
            bands.collect(&mut pairs);
            black_box(pairs.merge());
            Work {
                bytes: 0,
                items: input.sketches.len(),
            }
        })
    })
}

/// Each article with the next.
fn neighbours(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).map(move |n| (n, (n + 1) % count))
}

fn jaccard<'i>(input: &'i Input<'i>) -> Stage<'i> {
    stage("exact Jaccard of shingle sets", "pairs", move || {
        Box::new(move || {
            let pairs = neighbours(input.sets.len());
            black_box(pairs.fold(0, |sum, (a, b)| {
                sum + overlap(&input.sets[a], &input.sets[b]).both
            }));
            Work {
                bytes: 0,
                items: input.sets.len(),
            }
        })
    })
}

fn verify<'i>(input: &'i Input<'i>) -> Stage<'i> {
    stage("verification, from texts", "pairs", move || {
        let mut verifier = Verifier::default();
        let (mut side_a, mut side_b) = (Side::default(), Side::default());
        Box::new(move || {
            for (a, b) in neighbours(input.articles.len()) {
                let texts = [input.articles[a].as_str(), input.articles[b].as_str()];
                side_a.read(texts[0]);
                side_b.read(texts[1]);
                verifier.set(&side_a);
                black_box(verifier.compare([&mut side_a, &mut side_b], texts));
            }
            Work {
                bytes: 2 * input.bytes(),
                items: input.articles.len(),
            }
        })
    })
}

fn end_to_end<'i>(input: &'i Input<'i>) -> Stage<'i> {
    stage(
        "documents to sketches, end to end",
        "documents",
        move || {
            let mut sketcher = Sketcher::new(0, 20);
            Box::new(move || {
                input
                    .articles
                    .iter()
                    .for_each(|article| sketcher.add(article));
                Work {
                    bytes: input.bytes(),
                    items: black_box(sketcher.take()).len(),
                }
            })
        },
    )
}
