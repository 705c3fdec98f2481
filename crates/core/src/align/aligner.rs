//! The aligner: two prepared documents in, everything that they share out.

use super::build::{is_quoted, passage};
use super::chain::{Chain, ChainScratch, Taken, chains, trim};
use super::context::around;
use super::passage::{Edit, EditKind, PairAlignment, Passage};
use super::points::{Point, collect, kinship};
use super::region::{Region, RegionKind, covers, quotations, regions};
use super::words::{Sides, Window, WordPair, WordScratch, align_words, score};
use super::{AlignOptions, Prepared, TextView, bounds};
use crate::Error;
use crate::text::Lexicon;

/// Aligns pairs of documents. Holds the word tables; share one between all workers.
#[derive(Clone, Debug)]
pub struct Aligner {
    options: AlignOptions,
    lexicon: Lexicon,
}

/// Memory of one worker, reused from pair to pair.
#[derive(Clone, Debug, Default)]
pub struct AlignScratch {
    points: Vec<Point>,
    chain: ChainScratch,
    chains: Vec<Chain>,
    words: WordScratch,
    pairs: Vec<WordPair>,
    picked: Vec<Point>,
    taken: Taken,
    windows: Vec<Window>,
    used_a: Vec<bool>,
    used_b: Vec<bool>,
}

impl Aligner {
    /// An aligner with these settings.
    ///
    /// # Errors
    /// [`Error::Parameter`] when a setting is out of range (see [`AlignOptions::check`]).
    pub fn new(options: AlignOptions) -> Result<Self, Error> {
        options.check()?;
        Ok(Self {
            options,
            lexicon: Lexicon::default(),
        })
    }

    /// The settings.
    #[must_use]
    pub fn options(&self) -> &AlignOptions {
        &self.options
    }

    /// Replaces `out` by what `view` holds. O(bytes + tokens log tokens).
    ///
    /// # Panics
    /// When a span of `view` does not belong to its text.
    pub fn prepare(&self, view: &TextView, out: &mut Prepared) {
        out.fill(view, &self.lexicon, &self.options);
    }

    /// Finds all passages that two documents share. Offsets index the texts that they were prepared from.
    ///
    /// The result is symmetric: swapping the inputs swaps the sides of every passage and changes nothing else.
    /// Near-linear in the documents' lengths, also for periodic texts.
    #[must_use]
    pub fn align(&self, a: &Prepared, b: &Prepared, scratch: &mut AlignScratch) -> PairAlignment {
        if order_key(a) <= order_key(b) {
            self.align_ordered(a, b, scratch)
        } else {
            mirror(self.align_ordered(b, a, scratch))
        }
    }

    fn align_ordered(
        &self,
        a: &Prepared,
        b: &Prepared,
        scratch: &mut AlignScratch,
    ) -> PairAlignment {
        let mut out = PairAlignment {
            tokens_a: a.len() as u32,
            tokens_b: b.len() as u32,
            ..PairAlignment::default()
        };
        let sides = Sides {
            a,
            b,
            options: &self.options,
        };
        let kinship = kinship(a, b);
        out.kinship = f64::from(kinship);
        collect(a, b, &self.options, &mut scratch.points);
        chains(
            &scratch.points,
            &self.options,
            &mut scratch.chain,
            &mut scratch.chains,
        );
        scratch.taken.reset(a.len(), b.len());
        trim(&scratch.points, &mut scratch.chains, &mut scratch.taken);
        weigh(sides, scratch);
        let mut found = regions(
            &scratch.chains,
            &scratch.points,
            (&self.options, self.options.bar(kinship)),
        );
        let quotes = quotations(sides, &scratch.points);
        self.add_quotations(sides, quotes, scratch, &mut found);
        found.sort_by(|x, y| {
            y.bits
                .total_cmp(&x.bits)
                .then_with(|| place(x).cmp(&place(y)))
        });
        scratch.used_a.clear();
        scratch.used_a.resize(a.len(), false);
        scratch.used_b.clear();
        scratch.used_b.resize(b.len(), false);
        scratch.windows.clear();
        for region in &found {
            report(sides, region, scratch, &mut out);
        }
        out.passages.sort_by_key(|p| (p.a, p.b));
        out
    }

    /// Adds the quotations that no region holds, and what says the same around them.
    fn add_quotations(
        &self,
        sides: Sides,
        quotes: Vec<Region>,
        scratch: &mut AlignScratch,
        found: &mut Vec<Region>,
    ) {
        let chained = found.len();
        for quote in quotes {
            if found[..chained]
                .iter()
                .any(|r| covers(r.window, quote.window))
            {
                continue;
            }
            let AlignScratch {
                points,
                words,
                pairs,
                ..
            } = scratch;
            found.extend(around(sides, &quote, points, (words, pairs)));
            found.push(quote);
        }
    }
}

fn place(region: &Region) -> ((u32, u32), (u32, u32)) {
    (region.window.a, region.window.b)
}

/// Scores each chain anew by all of its words, the common ones too.
fn weigh(sides: Sides, scratch: &mut AlignScratch) {
    for chain in &mut scratch.chains {
        let window = bounds::grow(
            sides,
            Window {
                a: chain.a,
                b: chain.b,
            },
        );
        scratch.picked.clear();
        scratch
            .picked
            .extend(chain.points.iter().map(|&p| scratch.points[p as usize]));
        align_words(
            sides,
            window,
            &scratch.picked,
            (&mut scratch.words, &mut scratch.pairs),
        );
        chain.bits = score(sides, &scratch.pairs);
        (chain.a, chain.b) = (window.a, window.b);
    }
    scratch
        .chains
        .sort_by(|x, y| y.bits.total_cmp(&x.bits).then((x.a, x.b).cmp(&(y.a, y.b))));
}

/// Aligns the words of one region, adds its passage and counts its words once.
fn report(sides: Sides, region: &Region, scratch: &mut AlignScratch, out: &mut PairAlignment) {
    let window = match region.kind {
        RegionKind::Chain => bounds::snap(sides, bounds::grow(sides, region.window)),
        RegionKind::Quotation => region.window,
    };
    if region.kind == RegionKind::Chain && scratch.windows.iter().any(|&w| covers(w, window)) {
        return;
    }
    scratch.picked.clear();
    scratch
        .picked
        .extend(region.points.iter().map(|&p| scratch.points[p as usize]));
    align_words(
        sides,
        window,
        &scratch.picked,
        (&mut scratch.words, &mut scratch.pairs),
    );
    if region.kind == RegionKind::Chain && scratch.pairs.len() < sides.options.min_words {
        return;
    }
    scratch.windows.push(window);
    out.passages
        .push(passage(sides, region, window, &scratch.pairs));
    for pair in &scratch.pairs {
        let (i, j) = (pair.a as usize, pair.b as usize);
        if !scratch.used_a[i] && !scratch.used_b[j] {
            scratch.used_a[i] = true;
            scratch.used_b[j] = true;
            out.aligned += 1;
            out.aligned_unquoted += u32::from(!is_quoted(sides, pair));
        }
    }
}

/// The order in which two documents are taken, whichever way they are given.
fn order_key(side: &Prepared) -> (usize, &str, &[crate::ByteSpan], &[u32]) {
    (side.len(), &side.text, &side.spans, &side.quote)
}

fn mirror(mut alignment: PairAlignment) -> PairAlignment {
    std::mem::swap(&mut alignment.tokens_a, &mut alignment.tokens_b);
    for passage in &mut alignment.passages {
        mirror_passage(passage);
    }
    alignment.passages.sort_by_key(|p| (p.a, p.b));
    alignment
}

fn mirror_passage(passage: &mut Passage) {
    std::mem::swap(&mut passage.a, &mut passage.b);
    for edit in &mut passage.edits {
        mirror_edit(edit);
    }
    passage.edits.sort_by_key(|e| (e.a.start, e.b.start));
}

fn mirror_edit(edit: &mut Edit) {
    std::mem::swap(&mut edit.a, &mut edit.b);
    edit.kind = match edit.kind {
        EditKind::Cut => EditKind::Added,
        EditKind::Added => EditKind::Cut,
        kept => kept,
    };
}
