//! Reading a candidate pair again, word by word, and saying what it means.

use wirecopy_core::shingle::{ShingleWidth, fill_shingles};
use wirecopy_core::text::{Tokenizer, Tokens};
use wirecopy_core::{ByteSpan, DocId};

use super::tile::{SeedIndex, Sides, Tile, tile};
use crate::relation::{Relation, RelationOptions};

/// Equal words from which on a shared stretch counts: names and formulas of news are shorter.
const FEWEST_EQUAL: usize = 8;

/// A whole article is a copy if at least one word in so many of the shorter text is shared outside quotation marks: an
/// interview is mostly quotation, and its reprint is a reprint all the same.
const LEAST_OWN_SHARE: u32 = 8;

/// Aligned share of both texts from which on boilerplate is not looked for in a pair with changed words: such a pair falls
/// below the share of a near-duplicate only if half of either text, and of what both share, were boilerplate.
const PLAIN_SHARE: f64 = 0.85;

/// What two texts were found to share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Words of a.
    pub words_a: u32,
    /// Words of b.
    pub words_b: u32,
    /// Words that are aligned one to one.
    pub aligned: u32,
    /// Of them, words that are equal.
    pub equal: u32,
    /// Of them, words outside quotation marks, in stretches that count.
    pub unquoted: u32,
    /// Whether both say the same words in the same order.
    pub order: WordOrder,
}

/// Whether two texts say the same words in the same order, folded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordOrder {
    /// They do.
    Same,
    /// They do not.
    #[default]
    Different,
}

/// A document as it is compared.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'t> {
    /// The full text.
    pub text: &'t str,
    /// What of it is compared: ascending, disjoint spans of `text`. None for all of it.
    pub body: Option<&'t [ByteSpan]>,
}

impl<'t> From<&'t str> for Reading<'t> {
    fn from(text: &'t str) -> Self {
        Self { text, body: None }
    }
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

impl Comparison {
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

    /// Whether the pair can be no copy, whatever of it stands in quotation marks or is boilerplate.
    pub(super) fn is_negligible(&self, options: &RelationOptions) -> bool {
        let few = self.aligned < options.copied_words / 2;
        self.aligned == 0
            || (few && self.share_a().max(self.share_b()) < options.near_duplicate_share / 2.0)
    }

    /// Whether it makes no difference what boilerplate either text has: the words are the same anyway, or nearly all words stand for each other, and among
    /// them are words that differ, so the bodies are not equal either.
    pub(super) fn is_plain(&self) -> bool {
        self.order == WordOrder::Same
            || self.equal < self.aligned && self.share_a().min(self.share_b()) >= PLAIN_SHARE
    }

    /// What the pair of documents means, by the aligned shares that near-duplicates and containment are defined with.
    #[must_use]
    pub fn relation(&self, [a, b]: [DocId; 2], options: &RelationOptions) -> Relation {
        let (share_a, share_b) = (self.share_a(), self.share_b());
        let shorter = self.words_a.min(self.words_b);
        let own_words = self.unquoted >= options.copied_words.min(shorter / LEAST_OWN_SHARE);
        if self.order == WordOrder::Same {
            Relation::Identical
        } else if self.aligned == 0 {
            Relation::None
        } else if own_words && share_a.min(share_b) >= options.near_duplicate_share {
            Relation::NearDuplicate
        } else if own_words && share_a.max(share_b) >= options.contained_share {
            Relation::Contains {
                whole: if share_a > share_b { b } else { a },
            }
        } else if self.is_partial_copy(options) {
            Relation::SharesPassages
        } else {
            Relation::SharesQuotes
        }
    }

    /// Few copied words count by their share of the shorter text: two long accounts of one event meet in a sentence.
    fn is_partial_copy(&self, options: &RelationOptions) -> bool {
        let shorter = f64::from(self.words_a.min(self.words_b).max(1));
        let enough = f64::from(self.unquoted) >= options.copied_share * shorter;
        self.unquoted >= options.copied_words_alone
            || (self.unquoted >= options.copied_words && enough)
    }
}

/// One text, ready to be compared.
#[derive(Clone, Debug, Default)]
struct Side {
    tokens: Tokens,
    seeds: Vec<u64>,
    /// Entry `i`: words before token `i` that stand outside quotation marks.
    unquoted_before: Vec<u32>,
}

impl Side {
    fn read(&mut self, reading: Reading<'_>) {
        let tokenizer = Tokenizer::default();
        match reading.body {
            Some(body) => tokenizer.tokenize_parts(reading.text, body, &mut self.tokens),
            None => tokenizer.tokenize(reading.text, &mut self.tokens),
        }
        let width = ShingleWidth::new(3).expect("the width is in range");
        fill_shingles(self.tokens.hashes(), width, &mut self.seeds);
        self.unquoted_before.clear();
    }

    fn mark_quotations(&mut self, text: &str) {
        if self.unquoted_before.len() == self.tokens.len() + 1 {
            return;
        }
        let quoted = quoted_spans(text);
        if quoted.is_empty() {
            self.unquoted_before.extend(0..=self.tokens.len() as u32);
            return;
        }
        let mut quoted = quoted.iter().peekable();
        self.unquoted_before.push(0);
        let mut unquoted = 0;
        for span in self.tokens.spans() {
            while quoted.next_if(|q| q.end <= span.start).is_some() {}
            unquoted += u32::from(quoted.peek().is_none_or(|q| q.start > span.start));
            self.unquoted_before.push(unquoted);
        }
    }

    fn unquoted(&self, tokens: &std::ops::Range<usize>) -> u32 {
        self.unquoted_before[tokens.end] - self.unquoted_before[tokens.start]
    }
}

/// Compares one document with others. Scratch of one worker.
#[derive(Clone, Debug, Default)]
pub struct Verifier {
    a: Side,
    b: Side,
    index: SeedIndex,
    used: Vec<bool>,
    tiles: Vec<Tile>,
}

impl Verifier {
    /// Sets the document that others are compared with. O(bytes).
    pub fn set(&mut self, a: Reading<'_>) {
        self.a.read(a);
        self.index.build(&self.a.seeds);
    }

    /// Compares the document that was set last, whose text is `text_a`, with another. O(bytes).
    pub fn compare(&mut self, text_a: &str, b: Reading<'_>) -> Comparison {
        let aligned = self.align(b);
        self.leave_quotations_out(aligned, [text_a, b.text])
    }

    /// Aligns the document that was set last with another. Says nothing about quotation marks: `unquoted` is 0.
    pub(super) fn align(&mut self, b: Reading<'_>) -> Comparison {
        self.b.read(b);
        let sides = Sides {
            a: self.a.tokens.hashes(),
            b: self.b.tokens.hashes(),
            index: &self.index,
        };
        let same = sides.a == sides.b && !sides.a.is_empty();
        tile(sides, &self.b.seeds, &mut self.used, &mut self.tiles);
        let least = self.least_equal();
        self.tiles.retain(|tile| tile.equal >= least);
        let sum = |part: fn(&Tile) -> usize| self.tiles.iter().map(part).sum::<usize>() as u32;
        Comparison {
            words_a: self.a.tokens.len() as u32,
            words_b: self.b.tokens.len() as u32,
            aligned: sum(|tile| tile.aligned),
            equal: sum(|tile| tile.equal),
            unquoted: 0,
            order: if same {
                WordOrder::Same
            } else {
                WordOrder::Different
            },
        }
    }

    /// Counts, in what [`align`](Self::align) found last in these texts, the words outside quotation marks.
    pub(super) fn leave_quotations_out(
        &mut self,
        mut found: Comparison,
        [a, b]: [&str; 2],
    ) -> Comparison {
        if self.tiles.is_empty() {
            return found;
        }
        self.a.mark_quotations(a);
        self.b.mark_quotations(b);
        let least = self.least_equal();
        for tile in &self.tiles {
            let unquoted = self.a.unquoted(&tile.a).min(self.b.unquoted(&tile.b));
            let unquoted = unquoted.min(tile.aligned as u32);
            if unquoted as usize >= least {
                found.unquoted += unquoted;
            }
        }
        found
    }

    /// Equal words that make a stretch of this pair count.
    fn least_equal(&self) -> usize {
        FEWEST_EQUAL.min(self.a.tokens.len().min(self.b.tokens.len()) / 2)
    }
}

/// A quotation that is longer was not closed: news quotes a paragraph at most.
const LONGEST_QUOTATION: usize = 1_500;

/// What stands inside quotation marks, ascending and disjoint: between an opening and a closing mark, or between two
/// straight marks of one paragraph. Rough, and enough to tell whose words are shared. O(bytes).
fn quoted_spans(text: &str) -> Vec<ByteSpan> {
    let mut spans = Vec::new();
    let mut open: Option<(usize, Mark)> = None;
    for (at, mark) in marks(text.as_bytes()) {
        let near = open.filter(|&(start, _)| at - start <= LONGEST_QUOTATION);
        let pairs = near.is_some_and(|(_, opening)| opening.is_closed_by(mark));
        if let (Some((start, _)), true) = (near, pairs) {
            spans.push(ByteSpan::new(start, at));
        }
        let begins = mark.begins() && !(pairs && mark.ends());
        let over = pairs || mark == Mark::ParagraphEnd;
        open = if begins {
            Some((at, mark))
        } else {
            near.filter(|_| !over)
        };
    }
    spans
}

/// What quotations begin and end with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Straight,
    /// Opens in English, closes in German.
    HighLeft,
    HighRight,
    Low,
    AngleLeft,
    AngleRight,
    ParagraphEnd,
}

impl Mark {
    fn begins(self) -> bool {
        matches!(
            self,
            Self::Straight | Self::HighLeft | Self::Low | Self::AngleLeft
        )
    }

    fn ends(self) -> bool {
        !matches!(self, Self::Low | Self::AngleLeft)
    }

    fn is_closed_by(self, mark: Self) -> bool {
        match self {
            Self::Straight => mark == Self::Straight,
            Self::HighLeft => matches!(mark, Self::HighRight | Self::ParagraphEnd),
            Self::Low => matches!(mark, Self::HighLeft | Self::HighRight | Self::ParagraphEnd),
            Self::AngleLeft => matches!(mark, Self::AngleRight | Self::ParagraphEnd),
            Self::HighRight | Self::AngleRight | Self::ParagraphEnd => false,
        }
    }
}

/// The bytes that a quotation mark or a paragraph's end can begin with.
const BEGINS_MARK: [bool; 256] = {
    let mut begins = [false; 256];
    begins[b'"' as usize] = true;
    begins[b'\n' as usize] = true;
    begins[0xe2] = true;
    begins[0xc2] = true;
    begins
};

/// The quotation marks and paragraph ends of a text, with their first bytes.
fn marks(bytes: &[u8]) -> impl Iterator<Item = (usize, Mark)> + '_ {
    let mut behind = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = &bytes[behind..];
            let at = behind
                + rest
                    .iter()
                    .position(|&byte| BEGINS_MARK[usize::from(byte)])?;
            behind = at + 1;
            if let Some(mark) = mark(bytes[at], &bytes[behind..]) {
                return Some((at, mark));
            }
        }
    })
}

/// The mark that begins with `byte` and goes on with `rest`.
fn mark(byte: u8, rest: &[u8]) -> Option<Mark> {
    match (byte, rest) {
        (b'"', _) => Some(Mark::Straight),
        (b'\n', [b'\n', ..]) => Some(Mark::ParagraphEnd),
        (0xe2, [0x80, 0x9c, ..]) => Some(Mark::HighLeft),
        (0xe2, [0x80, 0x9d, ..]) => Some(Mark::HighRight),
        (0xe2, [0x80, 0x9e, ..]) => Some(Mark::Low),
        (0xc2, [0xab, ..]) => Some(Mark::AngleLeft),
        (0xc2, [0xbb, ..]) => Some(Mark::AngleRight),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(a: &str, b: &str) -> Comparison {
        let mut verifier = Verifier::default();
        verifier.set(a.into());
        verifier.compare(a, b.into())
    }

    fn story(from: usize, words: usize) -> String {
        (from..from + words).map(|n| format!("word{n} ")).collect()
    }

    fn relation(a: &str, b: &str) -> Relation {
        compare(a, b).relation([DocId::new(0), DocId::new(1)], &RelationOptions::default())
    }

    #[test]
    fn relations_go_by_aligned_share() {
        let whole = story(0, 200);
        assert_eq!(relation(&whole, &whole), Relation::Identical);
        assert_eq!(
            relation(&whole, &format!("word {whole}")),
            Relation::NearDuplicate
        );
        assert_eq!(
            relation(&whole, &story(0, 50)),
            Relation::Contains {
                whole: DocId::new(0)
            }
        );
        assert_eq!(
            relation(&story(100, 50), &whole),
            Relation::Contains {
                whole: DocId::new(1)
            }
        );
        assert_eq!(
            relation(&whole, &format!("{}{}", story(150, 50), story(500, 300))),
            Relation::SharesPassages
        );
        assert_eq!(relation(&whole, &story(400, 200)), Relation::None);
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
            [ByteSpan::new(start, start + part.len())]
        };
        let (body_a, body_b) = (own(&a, &story), own(&b, &story));
        let mut verifier = Verifier::default();
        verifier.set(Reading {
            text: &a,
            body: Some(&body_a),
        });
        let found = verifier.compare(
            &a,
            Reading {
                text: &b,
                body: Some(&body_b),
            },
        );
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
        assert_eq!(relation(&a, &b), Relation::SharesQuotes);
        assert_eq!(compare(&a, &b).unquoted, 0);
    }

    #[test]
    fn quotations_of_either_kind_are_found() {
        let found = |text: &str| {
            quoted_spans(text)
                .iter()
                .map(|s| s.of(text).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            found("He “said so” and \"left\" early."),
            ["“said so", "\"left"]
        );
        assert_eq!(found("„Ja“, sagte er."), ["„Ja"]);
        assert_eq!(found("An inch is 1\" long.\n\n\"Yes\""), ["\"Yes"]);
    }
}
