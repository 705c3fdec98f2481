//! From aligned words to the reported passage: bytes, kind, identity, score and the list of edits.

use super::AnalysedText;
use super::merged_chains::{Region, RegionKind};
use super::passage::{Counted, Edit, EditKind, Passage, PassageKind};
use super::word_alignment::{Order, Pair, SpanPair, WordPair, pair_bits};
use wirecopy_text::ByteSpan;

/// Equal words, in order, from which a passage is *near* and not *reworded*.
const NEAR_IDENTITY: f64 = 0.7;
/// Share of its quoted words that must be equal for a quotation to be one rendering: one who quotes keeps the words.
const SAME_QUOTATION: f64 = 0.95;
/// Share of what its words tell that is inside quotation marks, of the side with more, from which a reworded passage is a
/// variant of a quotation.
const QUOTE_VARIANT_SHARE: f64 = 0.4;

/// Builds the passage of a window from its word pairs (by a).
pub(super) fn passage(
    sides: Pair,
    region: &Region,
    window: SpanPair,
    pairs: &[WordPair],
) -> Passage {
    let (a, b) = match region.kind {
        RegionKind::Chain | RegionKind::Context => {
            (side_bytes(sides.a, window.a), side_bytes(sides.b, window.b))
        }
        RegionKind::Quotation => (
            tokens_span(sides.a, window.a),
            tokens_span(sides.b, window.b),
        ),
    };
    let same = kept(sides, pairs);
    let tokens = (window.a.1 - window.a.0 + window.b.1 - window.b.0) as usize;
    let identity = 2.0 * same as f64 / tokens as f64;
    let (quoted_a, quoted_b) = quoted_shares(sides, window);
    let (length_a, length_b) = (
        f64::from(window.a.1 - window.a.0),
        f64::from(window.b.1 - window.b.0),
    );
    let quoted = (quoted_a * length_a + quoted_b * length_b) / (length_a + length_b);
    let unquoted = pairs.iter().filter(|p| !is_quoted(sides, p)).count();
    Passage {
        a,
        b,
        kind: kind(
            sides,
            (a, b),
            identity,
            (
                quoted_bits(sides, window),
                quoted_identity(sides, window, pairs),
            ),
        ),
        identity,
        score: f64::from(region.bits),
        origin_odds: f32::INFINITY,
        quoted,
        named: named_share(sides, pairs),
        aligned_unquoted: unquoted as u32,
        aligned: pairs.len() as u32,
        counted: Counted::default(),
        edits: edits(sides, window, pairs),
    }
}

/// Whether either token of the pair stands inside quotation marks.
pub(super) fn is_quoted(sides: Pair, pair: &WordPair) -> bool {
    sides.a.is_quoted(pair.a as usize) || sides.b.is_quoted(pair.b as usize)
}

/// Share of the pairs' bits that words of names on both sides tell.
fn named_share(sides: Pair, pairs: &[WordPair]) -> f64 {
    let bits = |p: &WordPair| pair_bits(sides, (p.a as usize, p.b as usize));
    let named = |p: &&WordPair| sides.a.named[p.a as usize] && sides.b.named[p.b as usize];
    let all: f32 = pairs.iter().map(bits).sum();
    let of_names: f32 = pairs.iter().filter(named).map(bits).sum();
    f64::from(of_names / all.max(f32::MIN_POSITIVE))
}

fn same_form(sides: Pair, pair: &WordPair) -> bool {
    sides.a.forms[pair.a as usize] == sides.b.forms[pair.b as usize]
}

/// Pairs that are one word in the order of both texts.
pub(super) fn kept(sides: Pair, pairs: &[WordPair]) -> usize {
    let same = |p: &&WordPair| p.order == Order::Same && same_form(sides, p);
    pairs.iter().filter(same).count()
}

/// Share of quoted tokens on each side.
pub(super) fn quoted_shares(sides: Pair, window: SpanPair) -> (f64, f64) {
    let share = |side: &AnalysedText, span: (u32, u32)| {
        side.quoted_tokens(range(span)) as f64 / f64::from(span.1 - span.0)
    };
    (share(sides.a, window.a), share(sides.b, window.b))
}

/// Share of the bits that stand inside quotation marks, of the side with more.
fn quoted_bits(sides: Pair, window: SpanPair) -> f64 {
    let share = |side: &AnalysedText, span: (u32, u32)| {
        let (mut quoted, mut all) = (0.0, f32::MIN_POSITIVE);
        for token in range(span) {
            all += side.bits[token];
            if side.is_quoted(token) {
                quoted += side.bits[token];
            }
        }
        f64::from(quoted / all)
    };
    share(sides.a, window.a).max(share(sides.b, window.b))
}

fn range(span: (u32, u32)) -> std::ops::Range<usize> {
    span.0 as usize..span.1 as usize
}

/// Share of the quoted words of both sides that are equal and stand in order.
fn quoted_identity(sides: Pair, window: SpanPair, pairs: &[WordPair]) -> f64 {
    let same = |p: &&WordPair| p.order == Order::Same && same_form(sides, p);
    let quoted = |side: &AnalysedText, at: u32| usize::from(side.is_quoted(at as usize));
    let kept: usize = pairs
        .iter()
        .filter(same)
        .map(|p| quoted(sides.a, p.a) + quoted(sides.b, p.b))
        .sum();
    let all = sides.a.quoted_tokens(range(window.a)) + sides.b.quoted_tokens(range(window.b));
    kept as f64 / all.max(1) as f64
}

fn kind(
    sides: Pair,
    (a, b): (ByteSpan, ByteSpan),
    identity: f64,
    (quoted, quoted_identity): (f64, f64),
) -> PassageKind {
    if a.of(&sides.a.text) == b.of(&sides.b.text) {
        PassageKind::Exact
    } else if quoted >= QUOTE_VARIANT_SHARE && quoted_identity < SAME_QUOTATION {
        PassageKind::QuoteVariant
    } else if identity >= NEAR_IDENTITY {
        PassageKind::Near
    } else {
        PassageKind::Reworded
    }
}

/// The bytes of one side, with the punctuation of a sentence where it begins or ends with one.
fn side_bytes(side: &AnalysedText, (first, last): (u32, u32)) -> ByteSpan {
    let (first, last) = (first as usize, last as usize - 1);
    let (open, close) = (side.sentence[first] as usize, side.sentence[last] as usize);
    let mut span = side.spans()[first].cover(side.spans()[last]);
    if side.sentence_tokens(open).start == first {
        span.start = side.sentence_spans[open].start;
    }
    if side.sentence_tokens(close).end == last + 1 {
        span.end = side.sentence_spans[close].end;
    }
    span
}

/// The list of edits that turns the window of a into that of b, in text order of a.
fn edits(sides: Pair, window: SpanPair, pairs: &[WordPair]) -> Vec<Edit> {
    let mut list = EditList {
        sides,
        window,
        out: Vec::new(),
    };
    let mut moved_b: Vec<u32> = pairs
        .iter()
        .filter(|p| p.order == Order::Moved)
        .map(|p| p.b)
        .collect();
    moved_b.sort_unstable();
    let (mut i, mut j) = (window.a.0, window.b.0);
    let mut waiting: Vec<WordPair> = Vec::new();
    for pair in pairs {
        if pair.order == Order::Moved {
            waiting.push(*pair);
            continue;
        }
        list.gap((i, pair.a), (j, pair.b), (&waiting, &moved_b));
        waiting.clear();
        let kind = if same_form(sides, pair) {
            EditKind::Kept
        } else {
            EditKind::Changed
        };
        list.push(kind, (pair.a, pair.a + 1), (pair.b, pair.b + 1));
        (i, j) = (pair.a + 1, pair.b + 1);
    }
    list.gap((i, window.a.1), (j, window.b.1), (&waiting, &moved_b));
    list.out
}

struct EditList<'p> {
    sides: Pair<'p>,
    window: SpanPair,
    out: Vec<Edit>,
}

impl EditList<'_> {
    /// The words between two pairs in order: moved ones, and what else stands on either side.
    fn gap(&mut self, a: (u32, u32), b: (u32, u32), (moved, moved_b): (&[WordPair], &[u32])) {
        let added = runs(
            b,
            moved_b
                .iter()
                .copied()
                .skip(moved_b.partition_point(|&m| m < b.0)),
        );
        let mut added = added.into_iter();
        let mut moved = moved.iter().peekable();
        let cuts = runs(a, moved.clone().map(|p| p.a));
        let mut push_moved = |list: &mut Self, before: u32| {
            while let Some(pair) = moved.next_if(|pair| pair.a < before) {
                list.push(EditKind::Moved, (pair.a, pair.a + 1), (pair.b, pair.b + 1));
            }
        };
        for cut in cuts {
            push_moved(self, cut.0);
            match added.next() {
                Some(new) => self.push(EditKind::Changed, cut, new),
                None => self.push(EditKind::Cut, cut, (b.1, b.1)),
            }
        }
        push_moved(self, a.1);
        for new in added {
            self.push(EditKind::Added, (a.1, a.1), new);
        }
    }

    /// Adds an edit, or lengthens the last one when it goes on on both sides.
    fn push(&mut self, kind: EditKind, a: (u32, u32), b: (u32, u32)) {
        let edit = Edit {
            kind,
            a: place(self.sides.a, a, self.window.a.1),
            b: place(self.sides.b, b, self.window.b.1),
            words: (a.1 - a.0).max(b.1 - b.0),
        };
        if let Some(last) = self.out.last_mut()
            && last.kind == kind
            && matches!(kind, EditKind::Kept | EditKind::Moved | EditKind::Changed)
            && follows(self.sides.a, last.a, a.0)
            && follows(self.sides.b, last.b, b.0)
        {
            last.a = last.a.cover(edit.a);
            last.b = last.b.cover(edit.b);
            last.words += edit.words;
            return;
        }
        self.out.push(edit);
    }
}

/// Whether token `next` is the first one after the bytes of `last`.
fn follows(side: &AnalysedText, last: ByteSpan, next: u32) -> bool {
    next > 0 && !last.is_empty() && side.spans()[next as usize - 1].end == last.end
}

/// The parts of `range` between the tokens of `holes` (ascending).
fn runs(range: (u32, u32), holes: impl Iterator<Item = u32>) -> Vec<(u32, u32)> {
    let mut out = Vec::new();
    let mut at = range.0;
    for hole in holes.take_while(|&h| h < range.1) {
        if hole > at {
            out.push((at, hole));
        }
        at = hole + 1;
    }
    if at < range.1 {
        out.push((at, range.1));
    }
    out
}

/// Bytes of a run of tokens (one at least).
fn tokens_span(side: &AnalysedText, (first, last): (u32, u32)) -> ByteSpan {
    side.spans()[first as usize].cover(side.spans()[last as usize - 1])
}

/// Bytes of a run of tokens of a window that ends at token `end`; for an empty run the place where it would stand.
fn place(side: &AnalysedText, (first, last): (u32, u32), end: u32) -> ByteSpan {
    if first < last {
        return tokens_span(side, (first, last));
    }
    let at = if first < end {
        side.spans()[first as usize].start
    } else {
        side.spans()[end as usize - 1].end
    };
    ByteSpan { start: at, end: at }
}
