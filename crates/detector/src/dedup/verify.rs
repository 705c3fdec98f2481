//! Reading a candidate pair again, word by word, and saying what it means.

use std::cmp::Ordering;
use std::ops::Range;

use wirecopy_core::shingle::{ShingleWidth, fill_shingles};
use wirecopy_text::{ByteSpan, DocId};
use wirecopy_text::{Tokenizer, Tokens};

use super::tile::{SEED, SeedIndex, Sides, Tile, tile};
use crate::relation::{Bodies, FormWords, PairMeasures, RelationOptions, Shared, decide, whole};
use wirecopy_findings::Relation;
use wirecopy_quotes::quoted_spans;

/// Equal words from which on a shared stretch counts: names and formulas of news are shorter.
const FEWEST_EQUAL: usize = 8;

/// Aligned share of both texts from which on boilerplate is not looked for in a pair with changed words: such a pair falls
/// below the share of a near-duplicate only if half of either text, and of what both share, were boilerplate.
const PLAIN_SHARE: f64 = 0.85;

/// Share of the shorter text that must stand elsewhere in the other for the pair to have another order whatever of it is
/// boilerplate, and words that it must be: boilerplate stands in shorter stretches.
const MOVED_SHARE: f64 = 0.1;
const MOVED_WORDS: usize = 24;

/// Stretches up to which it is reckoned how much moved: more is too much to tell.
const MOST_STRETCHES: usize = 64;

/// Aligned share from which on a text stands in the other as a whole.
const WHOLE_SHARE: f64 = 0.98;

/// What two texts were found to share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Words of a.
    pub words_a: u32,
    /// Words of b.
    pub words_b: u32,
    /// Equal words that are aligned one to one, in any order.
    pub aligned: u32,
    /// Words of a between them that stand where b has another word.
    pub changed: u32,
    /// Of the aligned words, those outside quotation marks, in stretches that count: at least so many.
    pub unquoted: u32,
    /// Whether both say the same words in the same order.
    pub order: WordOrder,
    /// Whether they are one form filled in for other things ([`FormWords::tells_of_other_things`]).
    pub one_form: bool,
}

/// Whether two texts say the same words in the same order, folded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordOrder {
    /// They do.
    Same,
    /// They do not, and one has much of what they share in another place.
    Moved,
    /// They do not.
    #[default]
    Different,
}

/// Whose boilerplate must be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UncertainSide {
    /// That of a.
    A,
    /// That of b.
    B,
    /// That of either.
    Both,
}

/// A verified edge between two documents, `a` before `b` in the input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// The earlier document.
    pub a: DocId,
    /// The later one.
    pub b: DocId,
    /// What the pair means.
    pub relation: Relation,
    /// What was counted.
    pub comparison: Comparison,
}

impl Edge {
    /// Where the relation is [`Relation::Contains`]: the document that holds the other ([`whole`]).
    pub(super) fn whole(&self) -> DocId {
        let shares = [self.comparison.share_a(), self.comparison.share_b()];
        whole([self.a, self.b], shares)
    }
}

impl Comparison {
    /// The same comparison seen from the other side.
    pub(super) fn swapped(self) -> Self {
        Self {
            words_a: self.words_b,
            words_b: self.words_a,
            ..self
        }
    }

    /// Share of a's words that are aligned, 0..=1.
    #[must_use]
    pub fn share_a(&self) -> f64 {
        f64::from(self.aligned) / f64::from(self.words_a.max(1))
    }

    /// Share of b's words that are aligned, 0..=1.
    #[must_use]
    pub fn share_b(&self) -> f64 {
        f64::from(self.aligned) / f64::from(self.words_b.max(1))
    }

    /// Whether the pair may be a copy, if at most `unquoted` words of what both share stand outside quotation marks and
    /// what is left of either text may be `least_body` of it.
    pub(super) fn may_be_copy(
        &self,
        unquoted: u32,
        least_body: f64,
        options: &RelationOptions,
    ) -> bool {
        let left = |words: u32| ((f64::from(words) * least_body) as u32).max(self.aligned);
        let best = Self {
            words_a: left(self.words_a),
            words_b: left(self.words_b),
            unquoted,
            ..*self
        };
        best.relation(options).is_some_and(Relation::joins_family)
    }

    /// Whether the aligned shares alone make the pair a copy: then it makes no difference what is quoted.
    pub(super) fn is_whole_copy(&self, options: &RelationOptions) -> bool {
        let unquoted = Self {
            unquoted: 0,
            ..*self
        };
        unquoted
            .relation(options)
            .is_some_and(Relation::joins_family)
    }

    /// Whether it makes no difference what boilerplate either text has: the words are the same anyway, or nearly all words
    /// stand for each other, and among them are words that differ or that moved, so the bodies are not equal either.
    pub(super) fn is_plain(&self) -> bool {
        let differs = self.changed > 0 || self.order == WordOrder::Moved;
        self.order == WordOrder::Same
            || differs && self.share_a().min(self.share_b()) >= PLAIN_SHARE
    }

    /// Which text's boilerplate alone can change what the pair means, where the other has none but what it shares with
    /// this one. `least_body` and `options` as in [`may_be_copy`](Self::may_be_copy).
    pub(super) fn doubtful(&self, least_body: f64, options: &RelationOptions) -> UncertainSide {
        let (share_a, share_b) = (self.share_a(), self.share_b());
        let (longer, shorter) = if share_a <= share_b {
            (UncertainSide::A, UncertainSide::B)
        } else {
            (UncertainSide::B, UncertainSide::A)
        };
        if share_a.max(share_b) < WHOLE_SHARE {
            UncertainSide::Both
        } else if share_a.min(share_b) < options.near_duplicate_share * least_body {
            shorter
        } else {
            longer
        }
    }

    /// What the pair of documents means ([`decide`]).
    #[must_use]
    pub fn relation(&self, options: &RelationOptions) -> Option<Relation> {
        decide(&self.measures(), options)
    }

    /// What the relation goes by. Documents of one address or headline are not told apart here.
    pub(super) fn measures(&self) -> PairMeasures {
        PairMeasures {
            words_a: self.words_a,
            words_b: self.words_b,
            aligned: self.aligned,
            copied: self.unquoted,
            bodies: if self.order == WordOrder::Same {
                Bodies::Equal
            } else if self.one_form {
                Bodies::OneForm
            } else {
                Bodies::Different
            },
            same_story_of_one_outlet: false,
            shared: match self.aligned {
                0 => Shared::Nothing,
                some if some > self.unquoted => Shared::Quotation,
                _ => Shared::Facts,
            },
        }
    }
}

/// One text, ready to be compared. Memory is kept when it is filled again.
#[derive(Clone, Debug, Default)]
pub struct Side {
    tokens: Tokens,
    seeds: Vec<u64>,
    /// Entry `i`: words before token `i` that stand outside quotation marks. Empty while nobody asked.
    unquoted_before: Vec<u32>,
}

impl PartialEq for Side {
    fn eq(&self, other: &Self) -> bool {
        self.tokens.hashes() == other.tokens.hashes()
    }
}

impl PartialOrd for Side {
    /// By the hashes of their words.
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.tokens.hashes().partial_cmp(other.tokens.hashes())
    }
}

impl Side {
    /// Replaces the side by the words of `text`. O(bytes).
    pub fn read(&mut self, text: &str) {
        Tokenizer::default().tokenize(text, &mut self.tokens);
        self.fill_seeds();
    }

    /// Replaces the side by those words of `whole` that stand in `body`: ascending, disjoint spans of its text. O(words).
    pub fn read_part(&mut self, whole: &Self, body: &[ByteSpan]) {
        whole.tokens.copy_parts(body, &mut self.tokens);
        self.fill_seeds();
    }

    fn fill_seeds(&mut self) {
        let width = ShingleWidth::new(SEED).expect("the width is in range");
        fill_shingles(self.tokens.hashes(), width, &mut self.seeds);
        self.unquoted_before.clear();
    }

    /// Says what of the text stands inside quotation marks: `quoted`, ascending and disjoint. O(words).
    pub(super) fn mark_quotations(&mut self, quoted: &[ByteSpan]) {
        if self.unquoted_before.len() == self.tokens.len() + 1 {
            return;
        }
        self.unquoted_before.reserve(self.tokens.len() + 1);
        self.unquoted_before.push(0);
        let (mut at, mut unquoted) = (0, 0);
        let spans = self.tokens.spans();
        for quotation in quoted {
            let free = spans[at..].partition_point(|span| span.start < quotation.start);
            self.unquoted_before
                .extend(unquoted + 1..=unquoted + free as u32);
            unquoted += free as u32;
            at += free;
            let inside = spans[at..].partition_point(|span| span.start < quotation.end);
            self.unquoted_before
                .resize(self.unquoted_before.len() + inside, unquoted);
            at += inside;
        }
        let left = (spans.len() - at) as u32;
        self.unquoted_before.extend(unquoted + 1..=unquoted + left);
    }

    /// Its words, as forms are compared. `text` is what it was read from. O(bytes + words log words).
    pub(super) fn form_words(&self, text: &str) -> FormWords {
        FormWords::of(text, self.tokens.spans(), self.tokens.hashes())
    }

    fn unquoted(&self, tokens: &Range<usize>) -> u32 {
        self.unquoted_before[tokens.end] - self.unquoted_before[tokens.start]
    }
}

/// Compares one document with others. Scratch of one worker.
#[derive(Clone, Debug, Default)]
pub struct Verifier {
    index: SeedIndex,
    used: Vec<bool>,
    tiles: Vec<Tile>,
}

impl Verifier {
    /// Sets the document that others are compared with. O(words).
    pub fn set(&mut self, a: &Side) {
        self.index.build(&a.seeds);
    }

    /// Compares the document that was set last with another; `texts` are those that the two were read from. O(bytes).
    pub fn compare(&mut self, [a, b]: [&mut Side; 2], texts: [&str; 2]) -> Comparison {
        let aligned = self.align(a, b);
        a.mark_quotations(&quoted_spans(texts[0]));
        b.mark_quotations(&quoted_spans(texts[1]));
        self.leave_quotations_out(aligned, [a, b])
    }

    /// Aligns the document that was set last with another. Says nothing about quotation marks: `unquoted` is 0. O(words).
    pub(super) fn align(&mut self, a: &Side, b: &Side) -> Comparison {
        let sides = Sides {
            a: a.tokens.hashes(),
            b: b.tokens.hashes(),
            index: &self.index,
        };
        if sides.a == sides.b && !sides.a.is_empty() {
            return self.equal(sides.a.len());
        }
        tile(sides, &b.seeds, &mut self.used, &mut self.tiles);
        let least = least_equal(a, b);
        self.tiles.retain(|tile| tile.equal >= least);
        let sum = |part: fn(&Tile) -> usize| self.tiles.iter().map(part).sum::<usize>() as u32;
        let shorter = a.tokens.len().min(b.tokens.len());
        let most = (MOVED_SHARE * shorter as f64).max(MOVED_WORDS as f64) as usize;
        Comparison {
            words_a: a.tokens.len() as u32,
            words_b: b.tokens.len() as u32,
            aligned: sum(|tile| tile.equal),
            changed: sum(|tile| tile.aligned - tile.equal),
            unquoted: 0,
            one_form: false,
            order: if moved(&self.tiles) >= most {
                WordOrder::Moved
            } else {
                WordOrder::Different
            },
        }
    }

    /// What is found between two texts that say the same words, which are so many.
    fn equal(&mut self, words: usize) -> Comparison {
        self.tiles.clear();
        self.tiles.push(Tile {
            a: 0..words,
            b: 0..words,
            equal: words,
            aligned: words,
        });
        let words = words as u32;
        Comparison {
            words_a: words,
            words_b: words,
            aligned: words,
            changed: 0,
            unquoted: 0,
            one_form: false,
            order: WordOrder::Same,
        }
    }

    /// Counts, in what [`align`](Self::align) found last between these two, the words outside quotation marks, which
    /// both sides know: at least so many of the aligned ones. O(stretches).
    pub(super) fn leave_quotations_out(
        &self,
        mut found: Comparison,
        [a, b]: [&Side; 2],
    ) -> Comparison {
        let least = least_equal(a, b);
        for tile in &self.tiles {
            // Where one side has words that stand for none of the other's, those are its reporter's own.
            let own = |side: &Side, tokens: &Range<usize>| {
                let alone = tokens.len().saturating_sub(tile.aligned);
                side.unquoted(tokens).saturating_sub(alone as u32)
            };
            let unquoted = own(a, &tile.a).min(own(b, &tile.b)).min(tile.equal as u32);
            if unquoted as usize >= least {
                found.unquoted += unquoted;
            }
        }
        found
    }
}

/// Words in the stretches that must be left out for the others to stand in one order in both texts: those outside the
/// heaviest ascending chain. `tiles` ascend in b. 0 where there are too many. O(stretches^2), bounded.
fn moved(tiles: &[Tile]) -> usize {
    if tiles.len() > MOST_STRETCHES {
        return 0;
    }
    let mut chains = [0; MOST_STRETCHES];
    for (at, tile) in tiles.iter().enumerate() {
        let before = tiles[..at].iter().zip(&chains);
        let before = before.filter(|(earlier, _)| earlier.a.end <= tile.a.start);
        chains[at] = tile.aligned + before.map(|(_, &weight)| weight).max().unwrap_or(0);
    }
    let all: usize = tiles.iter().map(|tile| tile.aligned).sum();
    all - chains.iter().max().unwrap_or(&0)
}

/// Equal words that make a stretch of this pair count.
fn least_equal(a: &Side, b: &Side) -> usize {
    FEWEST_EQUAL.min(a.tokens.len().min(b.tokens.len()) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(a: &str, b: &str) -> Comparison {
        let (mut side_a, mut side_b) = (Side::default(), Side::default());
        side_a.read(a);
        side_b.read(b);
        let mut verifier = Verifier::default();
        verifier.set(&side_a);
        verifier.compare([&mut side_a, &mut side_b], [a, b])
    }

    fn story(from: usize, words: usize) -> String {
        (from..from + words).map(|n| format!("word{n} ")).collect()
    }

    fn relation(a: &str, b: &str) -> Option<Relation> {
        compare(a, b).relation(&RelationOptions::default())
    }

    #[test]
    fn relations_go_by_aligned_share() {
        let whole = story(0, 200);
        assert_eq!(relation(&whole, &whole), Some(Relation::Identical));
        assert_eq!(
            relation(&whole, &format!("word {whole}")),
            Some(Relation::NearDuplicate)
        );
        assert_eq!(relation(&whole, &story(0, 50)), Some(Relation::Contains));
        assert_eq!(relation(&story(100, 50), &whole), Some(Relation::Contains));
        assert_eq!(
            relation(&whole, &format!("{}{}", story(150, 50), story(500, 300))),
            Some(Relation::SharesPassages)
        );
        assert_eq!(relation(&whole, &story(400, 200)), None);
    }

    #[test]
    fn what_stands_elsewhere_has_moved() {
        let turned = format!("{}{}", story(50, 150), story(0, 50));
        assert_eq!(compare(&story(0, 200), &turned).order, WordOrder::Moved);
        let little = format!("{}{}", story(10, 190), story(0, 10));
        assert_eq!(compare(&story(0, 200), &little).order, WordOrder::Different);
        assert_eq!(
            compare(&story(0, 200), &story(20, 180)).order,
            WordOrder::Different
        );
    }

    #[test]
    fn of_a_text_within_another_one_is_in_doubt() {
        let doubtful = |a: &str, b: &str| compare(a, b).doubtful(0.5, &RelationOptions::default());
        assert_eq!(doubtful(&story(0, 200), &story(0, 160)), UncertainSide::A);
        assert_eq!(doubtful(&story(0, 200), &story(0, 40)), UncertainSide::B);
        assert_eq!(doubtful(&story(0, 40), &story(0, 200)), UncertainSide::A);
        assert_eq!(
            doubtful(&story(0, 100), &story(50, 100)),
            UncertainSide::Both
        );
    }

    #[test]
    fn what_is_masked_is_not_compared() {
        let (story, other) = (story(0, 100), story(500, 100));
        let (a, b) = (
            format!("Menu Search Sign in {story}"),
            format!("{story}{other}"),
        );
        let own = |text: &str, part: &str| {
            let start = text.find(part).unwrap();
            let (mut whole, mut side) = (Side::default(), Side::default());
            whole.read(text);
            side.read_part(&whole, &[ByteSpan::new(start, start + part.len())]);
            side
        };
        let (mut side_a, mut side_b) = (own(&a, &story), own(&b, &story));
        let mut verifier = Verifier::default();
        verifier.set(&side_a);
        let found = verifier.compare([&mut side_a, &mut side_b], [&a, &b]);
        assert_eq!(
            (found.order, found.aligned, found.words_b),
            (WordOrder::Same, 100, 100)
        );
    }

    #[test]
    fn shared_quotations_make_no_copy() {
        let said = format!("“{}” she said. ", story(1_000, 60));
        let (a, b) = (
            format!("{}\n\n{said}", story(0, 150)),
            format!("{said}\n\n{}", story(300, 150)),
        );
        assert_eq!(relation(&a, &b), Some(Relation::SharesQuotes));
        assert_eq!(compare(&a, &b).unquoted, 0);
    }

    #[test]
    fn own_words_between_shared_quotations_are_not_shared() {
        let said = |from: usize| format!("“{}”", story(from, 30));
        let between = |from: usize| format!("{} {} {}", said(1_000), story(from, 14), said(2_000));
        let found = compare(&between(0), &between(100));
        assert_eq!((found.aligned, found.unquoted), (60, 0));
    }
}
