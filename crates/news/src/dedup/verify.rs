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

/// What two texts were found to share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Words of a.
    pub words_a: u32,
    /// Words of b.
    pub words_b: u32,
    /// Words that are aligned one to one.
    pub aligned: u32,
    /// Of them, words outside quotation marks, in stretches that count.
    pub unquoted: u32,
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

    /// What the pair of documents means, by the aligned shares that near-duplicates and containment are defined with.
    #[must_use]
    pub fn relation(&self, [a, b]: [DocId; 2], options: &RelationOptions) -> Relation {
        let (share_a, share_b) = (self.share_a(), self.share_b());
        let shorter = self.words_a.min(self.words_b);
        let own_words = self.unquoted >= options.copied_words.min(shorter / LEAST_OWN_SHARE);
        if self.aligned == 0 {
            Relation::None
        } else if own_words && share_a.min(share_b) >= options.near_duplicate_share {
            Relation::NearDuplicate
        } else if own_words && share_a.max(share_b) >= options.contained_share {
            Relation::Contains {
                whole: if share_a > share_b { b } else { a },
            }
        } else if self.unquoted >= options.copied_words {
            Relation::SharesPassages
        } else {
            Relation::SharesQuotes
        }
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
    fn read(&mut self, text: &str) {
        Tokenizer::default().tokenize(text, &mut self.tokens);
        let width = ShingleWidth::new(3).expect("the width is in range");
        fill_shingles(self.tokens.hashes(), width, &mut self.seeds);
        self.unquoted_before.clear();
    }

    fn mark_quotations(&mut self, text: &str) {
        if self.unquoted_before.len() == self.tokens.len() + 1 {
            return;
        }
        let quoted = quoted_spans(text);
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
    pub fn set(&mut self, text: &str) {
        self.a.read(text);
        self.index.build(&self.a.seeds);
    }

    /// Compares the document that was set last, whose text is `text_a`, with another. O(bytes).
    pub fn compare(&mut self, text_a: &str, text_b: &str) -> Comparison {
        self.b.read(text_b);
        let sides = Sides {
            a: self.a.tokens.hashes(),
            b: self.b.tokens.hashes(),
            index: &self.index,
        };
        tile(sides, &self.b.seeds, &mut self.used, &mut self.tiles);
        let shorter = sides.a.len().min(sides.b.len());
        self.tiles
            .retain(|tile| tile.equal >= FEWEST_EQUAL.min(shorter / 2));
        if !self.tiles.is_empty() {
            self.a.mark_quotations(text_a);
            self.b.mark_quotations(text_b);
        }
        self.count(shorter)
    }

    fn count(&self, shorter: usize) -> Comparison {
        let mut found = Comparison {
            words_a: self.a.tokens.len() as u32,
            words_b: self.b.tokens.len() as u32,
            ..Comparison::default()
        };
        for tile in &self.tiles {
            let unquoted = self
                .a
                .unquoted(&tile.a)
                .min(self.b.unquoted(&tile.b))
                .min(tile.aligned as u32);
            found.aligned += tile.aligned as u32;
            if unquoted as usize >= FEWEST_EQUAL.min(shorter / 2) {
                found.unquoted += unquoted;
            }
        }
        found
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

/// The quotation marks and paragraph ends of a text, with their first bytes.
fn marks(bytes: &[u8]) -> impl Iterator<Item = (usize, Mark)> + '_ {
    let mark = |(at, &byte): (usize, &u8)| {
        let mark = match (byte, &bytes[at + 1..]) {
            (b'"', _) => Mark::Straight,
            (b'\n', [b'\n', ..]) => Mark::ParagraphEnd,
            (0xe2, [0x80, 0x9c, ..]) => Mark::HighLeft,
            (0xe2, [0x80, 0x9d, ..]) => Mark::HighRight,
            (0xe2, [0x80, 0x9e, ..]) => Mark::Low,
            (0xc2, [0xab, ..]) => Mark::AngleLeft,
            (0xc2, [0xbb, ..]) => Mark::AngleRight,
            _ => return None,
        };
        Some((at, mark))
    };
    bytes.iter().enumerate().filter_map(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(a: &str, b: &str) -> Comparison {
        let mut verifier = Verifier::default();
        verifier.set(a);
        verifier.compare(a, b)
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
        assert_eq!(relation(&whole, &whole), Relation::NearDuplicate);
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
