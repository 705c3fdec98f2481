//! The aligner: two prepared documents in, everything that they share out.

use super::build::{is_quoted, passage};
use super::carry::carry;
use super::chain::{Chain, ChainScratch, Taken, chains, trim};
use super::clauses::{Clause, clauses, retain_telling};
use super::context::around;
use super::passage::{Edit, EditKind, PairAlignment, Passage};
use super::points::{Point, collect, kinship, kinship_beside};
use super::region::{Region, RegionKind, covers, quotations, regions};
use super::words::{Sides, Window, WordPair, WordScratch, align_words, pair_bits, score};
use super::{AlignOptions, Prepared, TextView, bounds};
use crate::Error;
use crate::text::{Lexicon, WordMemo};

/// Equal words beside a shared quotation that make the run around it a passage.
const LEAST_GROWTH: u32 = 3;
/// Kinship beside all passages from which two documents are compared clause by clause. Pairs with generated insertions
/// have less than .1 in nine cases of ten; reports of one event .28 and more.
const LEAST_KINSHIP_BESIDE: f32 = 0.2;

/// Aligns pairs of documents. Holds the word tables; share one between all workers.
#[derive(Clone, Debug)]
pub struct Aligner {
    options: AlignOptions,
    lexicon: Lexicon,
}

/// Memory of one worker, reused from pair to pair.
#[derive(Clone, Debug, Default)]
pub struct AlignScratch {
    pub(super) points: Vec<Point>,
    chain: ChainScratch,
    chains: Vec<Chain>,
    words: WordScratch,
    pub(super) pairs: Vec<WordPair>,
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
    pub fn prepare(&self, view: &TextView, memo: &mut WordMemo, out: &mut Prepared) {
        out.fill(view, (&self.lexicon, memo), &self.options);
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
            (&self.options, self.options.seed_bar(kinship)),
        );
        let mut quotes = quotations(sides, &scratch.points);
        let quote_bar = self.options.quote_bar(kinship);
        quotes.retain(|quote| quote.bits >= quote_bar);
        Self::add_quotations(sides, quotes, scratch, &mut found);
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
        report_all(sides, &found, scratch, &mut out);
        out.passages.sort_by_key(|p| (p.a, p.b));
        out
    }

    /// Adds the quotations that no region holds, and what says the same around them.
    fn add_quotations(
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
            let grown = bounds::grow(sides, quote.window);
            match around(sides, &quote, points, (words, pairs)) {
                Some(context) => found.push(context),
                None if grown.a.1 - grown.a.0
                    >= quote.window.a.1 - quote.window.a.0 + LEAST_GROWTH =>
                {
                    found.push(Region {
                        window: grown,
                        kind: RegionKind::Context,
                        ..quote.clone()
                    });
                }
                None => {}
            }
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

/// Reports the regions, strongest first. Those that would be passages of any two documents come first: whether two
/// documents speak of one thing is then judged by what stands beside them, since a copied passage makes strangers alike.
fn report_all(sides: Sides, found: &[Region], scratch: &mut AlignScratch, out: &mut PairAlignment) {
    let sure = found.partition_point(|region| region.bits >= sides.options.min_bits);
    let (sure, rest) = found.split_at(sure);
    let kinship = out.kinship;
    sure.iter()
        .for_each(|region| report(sides, region, scratch, out));
    let beside = kinship_beside(sides.a, sides.b, &scratch.windows);
    out.kinship = kinship.min(f64::from(beside));
    rest.iter()
        .for_each(|region| report(sides, region, scratch, out));
    let beside = kinship_beside(sides.a, sides.b, &scratch.windows);
    if sides.options.is_kin(kinship as f32) && beside >= LEAST_KINSHIP_BESIDE {
        report_clauses(sides, scratch, out);
    }
    out.kinship = kinship;
}

/// Aligns the words of one region, adds its passage and counts its words once.
fn report(sides: Sides, region: &Region, scratch: &mut AlignScratch, out: &mut PairAlignment) {
    let (window, part) = match region.kind {
        RegionKind::Chain | RegionKind::Context => {
            let grown = bounds::grow(sides, region.window);
            align_region(sides, region, grown, scratch);
            let all = total_bits(sides, &scratch.pairs);
            let trimmed = bounds::trim(sides, grown, &mut scratch.pairs);
            let part = total_bits(sides, &scratch.pairs) / all.max(f32::MIN_POSITIVE);
            (bounds::snap(sides, trimmed), part)
        }
        RegionKind::Quotation => (region.window, 1.0),
    };
    if region.kind != RegionKind::Quotation && scratch.windows.iter().any(|&w| covers(w, window)) {
        return;
    }
    align_region(sides, region, window, scratch);
    if region.kind == RegionKind::Chain && scratch.pairs.len() < sides.options.min_words {
        return;
    }
    let mut passage = passage(sides, region, window, &scratch.pairs);
    passage.score *= f64::from(part.min(1.0));
    if region.kind != RegionKind::Quotation
        && !is_evident(
            sides,
            (&passage, region.kind),
            (window, &scratch.pairs),
            out.kinship,
        )
    {
        return;
    }
    carry(sides, window, &mut passage);
    scratch.windows.push(window);
    out.passages.push(passage);
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

/// Adds the clauses that say the same and that no passage holds. Their words are not counted as aligned: rival reports
/// say the same too.
fn report_clauses(sides: Sides, scratch: &mut AlignScratch, out: &mut PairAlignment) {
    let mut fresh: Vec<Clause> = Vec::new();
    for clause in clauses(sides, &scratch.points) {
        let held = |w: &Window| covers(*w, clause.window);
        if !scratch.windows.iter().any(held) && !fresh.iter().any(|c| held(&c.window)) {
            fresh.push(clause);
        }
    }
    retain_telling(&mut fresh, out.passages.len());
    for Clause {
        window,
        strength,
        points,
    } in fresh
    {
        let region = Region {
            window,
            bits: strength,
            kind: RegionKind::Chain,
            points: Vec::new(),
        };
        let AlignScratch { words, pairs, .. } = scratch;
        align_words(sides, window, &points, (words, pairs));
        out.passages.push(passage(sides, &region, window, pairs));
    }
}

/// Aligns the words of a region inside `window`, into `scratch.pairs`.
pub(super) fn align_region(
    sides: Sides,
    region: &Region,
    window: Window,
    scratch: &mut AlignScratch,
) {
    let inside = |p: &Point| {
        (window.a.0..window.a.1).contains(&p.a) && (window.b.0..window.b.1).contains(&p.b)
    };
    scratch.picked.clear();
    scratch.picked.extend(
        region
            .points
            .iter()
            .map(|&p| scratch.points[p as usize])
            .filter(inside),
    );
    align_words(
        sides,
        window,
        &scratch.picked,
        (&mut scratch.words, &mut scratch.pairs),
    );
}

/// Bits of all pairs, in any order.
fn total_bits(sides: Sides, pairs: &[WordPair]) -> f32 {
    let bits = |p: &WordPair| pair_bits(sides, (p.a as usize, p.b as usize));
    pairs.iter().map(bits).sum()
}

/// Whether a passage tells enough for its kind and its documents, and, where it is not sure, aligns enough of its
/// words. What stands around a shared quotation needs no more than the quotation, which it must hold.
fn is_evident(
    sides: Sides,
    (passage, kind): (&Passage, RegionKind),
    (window, pairs): (Window, &[WordPair]),
    kinship: f64,
) -> bool {
    let options = sides.options;
    let words = window.a.1 - window.a.0 + window.b.1 - window.b.0;
    let share = 2.0 * pairs.len() as f32 / words as f32;
    let score = passage.score as f32;
    let sure = score >= 2.0 * options.min_bits;
    let bar = match kind {
        RegionKind::Context if passage.quoted > 0.0 => options.quote_bar(kinship as f32),
        RegionKind::Context => return false,
        _ => options.bar_for(passage.identity, kinship),
    };
    score >= bar && (sure || share >= options.min_share)
}

/// The order in which two documents are taken, whichever way they are given.
pub(super) fn order_key(side: &Prepared) -> (usize, &str, &[crate::ByteSpan], &[u32]) {
    (side.len(), &side.text, side.spans(), &side.quote)
}

fn mirror(mut alignment: PairAlignment) -> PairAlignment {
    std::mem::swap(&mut alignment.tokens_a, &mut alignment.tokens_b);
    for passage in &mut alignment.passages {
        mirror_passage(passage);
    }
    alignment.passages.sort_by_key(|p| (p.a, p.b));
    alignment
}

pub(super) fn mirror_passage(passage: &mut Passage) {
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
