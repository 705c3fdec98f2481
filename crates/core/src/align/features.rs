//! What speaks for and against two stretches having one origin: measurements of a proposed passage.

use super::AnalysedText;
use super::assemble::{kept, quoted_shares};
use super::word_alignment::{Order, Pair, SpanPair, WordPair, pair_bits};
use super::word_similarity::likeness;

/// Number of features.
pub(super) const MEASURES: usize = 34;

/// Names of the features of a candidate, in the order of the weights.
pub const MEASURE_NAMES: [&str; MEASURES] = [
    "told",
    "told_plain",
    "ln_told",
    "run_share",
    "longest_run",
    "longest_run_bits",
    "cover_lo",
    "cover_hi",
    "named",
    "beside_names",
    "quoted_lo",
    "quoted_hi",
    "kinship",
    "numbers_same",
    "numbers_differ",
    "names_differ",
    "sentence_cover",
    "margin",
    "elsewhere",
    "identity",
    "ln_pairs",
    "alike",
    "moved",
    "ln_words",
    "clause",
    "chain",
    "quotation",
    "context",
    "plain_covering",
    "told_quoted",
    "told_named",
    "ln_content",
    "rarest",
    "days_differ",
];

/// The features of one candidate.
pub(super) type Features = [f32; MEASURES];

/// How a candidate was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CandidateSource {
    /// A pair of sentences.
    AlignedSpans,
    /// A chain of matches.
    Chain,
    /// A short quotation.
    Quotation,
    /// What stands around a short quotation.
    Context,
}

/// What is known of a candidate beside its own words.
#[derive(Clone, Copy, Debug)]
pub(super) struct PairContext {
    pub(super) origin: CandidateSource,
    pub(super) topic_overlap: f32,
    /// Bits that the two sentences share beyond what either shares with its next best partner.
    pub(super) runner_up_gap: f32,
    /// Bits of surer passages of the pair outside this candidate.
    pub(super) bits_in_other_passages: f32,
}

/// Divisor of features in bits, so that all features are of the order of one.
const STEP_BITS: f32 = 10.0;
/// Counts are capped at these values.
const MOST_RUN: u32 = 12;
const MOST_NUMBERS: (usize, usize) = (3, 2);
const MOST_NAMES: usize = 3;
/// Bits (by document frequency) from which an unmatched word of a name counts as another name.
const NAME_BITS: f32 = 3.0;

/// Bits (by document frequency) from which a word counts as a content word.
const CONTENT_BITS: f32 = 3.0;

/// Measures a candidate whose words are aligned by `pairs` (by a). O(words).
pub(super) fn measure(
    sides: Pair,
    window: SpanPair,
    pairs: &[WordPair],
    around: PairContext,
) -> Features {
    let matched_bits: f32 = pairs
        .iter()
        .map(|p| pair_bits(sides, (p.a as usize, p.b as usize)))
        .sum();
    let plain: f32 = pairs.iter().map(|p| plain_bits(sides, p)).sum();
    let ln_matched = libm::log1pf(matched_bits.max(0.0));
    let named = part(sides, pairs, plain, |p| {
        sides.a.named[p.a as usize] && sides.b.named[p.b as usize]
    });
    let alike = part(sides, pairs, 1.0, |p| {
        sides.a.concepts[p.a as usize] != sides.b.concepts[p.b as usize]
    });
    let runs = Runs::of(sides, pairs);
    let covers = [
        plain / total(sides.a, window.a).max(0.01),
        plain / total(sides.b, window.b).max(0.01),
    ];
    let sentences = sentences_total(sides.a, window.a).min(sentences_total(sides.b, window.b));
    let quoted: [f64; 2] = quoted_shares(sides, window).into();
    let (cover_lo, cover_hi) = ordered(covers.map(|c| c.min(1.0)));
    let (quoted_lo, quoted_hi) = ordered(quoted.map(|share| share as f32));
    let loose = Unmatched::of(sides, window, pairs);
    let numbers = |p: &&WordPair| is_number(sides.a, p.a) && is_number(sides.b, p.b);
    let content: Vec<f32> = pairs
        .iter()
        .filter(|p| !(sides.a.named[p.a as usize] && sides.b.named[p.b as usize]))
        .map(|p| plain_bits(sides, p))
        .filter(|&bits| bits >= CONTENT_BITS)
        .collect();
    let count = pairs.len().max(1) as f32;
    let words = (window.a.1 - window.a.0 + window.b.1 - window.b.0).max(1) as f32;
    let is = |origin| f32::from(u8::from(around.origin == origin));
    [
        matched_bits / STEP_BITS,
        plain / STEP_BITS,
        ln_matched,
        runs.steps as f32 / count,
        runs.longest.min(MOST_RUN) as f32 / 4.0,
        runs.longest_bits / STEP_BITS,
        cover_lo,
        cover_hi,
        named,
        plain * (1.0 - named) / STEP_BITS,
        quoted_lo,
        quoted_hi,
        around.topic_overlap,
        pairs.iter().filter(numbers).count().min(MOST_NUMBERS.0) as f32,
        loose.numbers.min(MOST_NUMBERS.1) as f32,
        loose.names.min(MOST_NAMES) as f32,
        (plain / sentences.max(0.01)).min(1.0),
        around.runner_up_gap / STEP_BITS,
        libm::log1pf(around.bits_in_other_passages) / 5.0,
        2.0 * kept(sides, pairs) as f32 / words,
        libm::logf(count),
        alike / STEP_BITS,
        pairs.iter().filter(|p| p.order == Order::Moved).count() as f32 / count,
        libm::logf(words),
        is(CandidateSource::AlignedSpans),
        is(CandidateSource::Chain),
        is(CandidateSource::Quotation),
        is(CandidateSource::Context),
        plain / STEP_BITS * cover_lo,
        quoted_lo * ln_matched,
        (ln_matched - 3.0).max(0.0) * named,
        libm::log1pf(content.len() as f32),
        content.iter().copied().fold(0.0, f32::max) / STEP_BITS,
        f32::from(u8::from(days_differ(sides, window))),
    ]
}

/// Bits by document frequency of what two aligned words share.
fn plain_bits(sides: Pair, pair: &WordPair) -> f32 {
    let at = (pair.a as usize, pair.b as usize);
    sides.a.background[at.0].min(sides.b.background[at.1]) * likeness(sides, at)
}

/// The plain bits of the pairs that `fits` picks, over `whole`.
fn part(sides: Pair, pairs: &[WordPair], whole: f32, fits: impl Fn(&WordPair) -> bool) -> f32 {
    let picked = pairs.iter().filter(|p| fits(p));
    picked.map(|p| plain_bits(sides, p)).sum::<f32>() / whole.max(0.01)
}

fn ordered([x, y]: [f32; 2]) -> (f32, f32) {
    (x.min(y), x.max(y))
}

/// Bits by document frequency of all tokens of a range.
fn total(side: &AnalysedText, (from, to): (u32, u32)) -> f32 {
    side.background[from as usize..to as usize].iter().sum()
}

/// The same of the sentences that the range lies in.
fn sentences_total(side: &AnalysedText, (from, to): (u32, u32)) -> f32 {
    let sentence = |token: u32| side.sentence[token as usize] as usize;
    let (first, last) = (sentence(from), sentence(to - 1));
    total(
        side,
        (side.sentence_starts[first], side.sentence_starts[last + 1]),
    )
}

fn is_number(side: &AnalysedText, token: u32) -> bool {
    let word = side.spans()[token as usize].of(&side.text);
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// Pairs that follow one another on both sides.
#[derive(Default)]
struct Runs {
    steps: u32,
    longest: u32,
    longest_bits: f32,
}

impl Runs {
    fn of(sides: Pair, pairs: &[WordPair]) -> Self {
        let mut out = Self::default();
        for run in pairs.chunk_by(|x, y| y.a == x.a + 1 && y.b == x.b + 1) {
            let bits = run.iter().map(|p| plain_bits(sides, p)).sum();
            out.steps += run.len() as u32 - 1;
            out.longest = out.longest.max(run.len() as u32);
            out.longest_bits = out.longest_bits.max(bits);
        }
        out
    }
}

/// Unmatched numbers and words of names that both sides have: then the sides may tell of different things.
struct Unmatched {
    numbers: usize,
    names: usize,
}

impl Unmatched {
    fn of(sides: Pair, window: SpanPair, pairs: &[WordPair]) -> Self {
        let mut matched_b: Vec<u32> = pairs.iter().map(|p| p.b).collect();
        matched_b.sort_unstable();
        let a = Self::side(sides.a, window.a, pairs.iter().map(|p| p.a));
        let b = Self::side(sides.b, window.b, matched_b.into_iter());
        Self {
            numbers: a.numbers.min(b.numbers),
            names: a.names.min(b.names),
        }
    }

    fn side(side: &AnalysedText, range: (u32, u32), matched: impl Iterator<Item = u32>) -> Self {
        let mut matched = matched.peekable();
        let (mut numbers, mut names) = (0, 0);
        for token in range.0..range.1 {
            if matched.next_if_eq(&token).is_some() {
                continue;
            }
            let at = token as usize;
            numbers += usize::from(is_number(side, token));
            names += usize::from(side.named[at] && side.background[at] >= NAME_BITS);
        }
        Self { numbers, names }
    }
}

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Whether both sides name a day of the week and none in common.
fn days_differ(sides: Pair, window: SpanPair) -> bool {
    let days = |side: &AnalysedText, (from, to): (u32, u32)| {
        let words = (from..to).map(|t| side.spans()[t as usize].of(&side.text));
        words
            .filter_map(|w| DAYS.iter().position(|d| *d == w))
            .fold(0_u8, |all, d| all | 1 << d)
    };
    let (a, b) = (days(sides.a, window.a), days(sides.b, window.b));
    a != 0 && b != 0 && a & b == 0
}
