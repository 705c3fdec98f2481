//! Two documents as rows that stand beside each other, for side-by-side views.

use std::ops::Range;

use wirecopy_findings::{BoilerplateType, EditKindName, PassageRecord, QuoteRecord};
use wirecopy_text::ByteSpan;
use wirecopy_text::span::{complement, union};

use crate::diff_runs::{Piece, Run, Side, WordPair, ordered, side, text_at, word_pairs};
use crate::overlap::{Disjoint, Stretch, disjoint};

/// One row of the view.
#[derive(Debug, PartialEq)]
pub(crate) enum Row<'t> {
    /// Text that both have; a row for each paragraph of a.
    Shared(Shared<'t>),
    /// Text that has no partner at this place, of one kind; at least one side is there.
    Apart {
        what: What,
        a: Option<Range<usize>>,
        b: Option<Range<usize>>,
    },
}

/// What text without a partner is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// The document's own.
    Own,
    /// The same words stand in the other document, where they are shown beside another place of this one.
    Again,
    /// Boilerplate of its site, or a credit.
    Boilerplate(BoilerplateType),
}

/// What is to be shown of a pair: its passages, both texts, and the boilerplate of each.
#[derive(Clone, Copy)]
pub(crate) struct Sides<'p, 't> {
    pub(crate) passages: &'p [PassageRecord],
    pub(crate) texts: (&'t str, &'t str),
    /// Blocks of a and of b, in text order.
    pub(crate) boilerplate: [&'p [Block]; 2],
}

/// A stretch of boilerplate.
pub(crate) type Block = (Range<usize>, BoilerplateType);

/// Aligned text.
#[derive(Debug, PartialEq)]
pub(crate) struct Shared<'t> {
    /// Place of the passage among the pair's passages.
    pub(crate) passage: usize,
    pub(crate) a: Vec<Piece<'t>>,
    pub(crate) b: Vec<Piece<'t>>,
    pub(crate) order: Order,
}

impl Shared<'_> {
    /// Whether no word differs between the sides.
    pub(crate) fn is_kept(&self) -> bool {
        self.a
            .iter()
            .chain(&self.b)
            .all(|piece| piece.kind == EditKindName::Kept)
    }
}

/// Whether a passage comes in the same order in both documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Same,
    /// It stands elsewhere in b.
    Moved,
}

/// The rows of a pair: a's whole text in its own order, b's other text behind the passage that it follows in b. Each
/// word of either text stands in one row. O(n log n) in words for any real pair.
pub(crate) fn rows<'t>(of: Sides<'_, 't>) -> Vec<Row<'t>> {
    let texts = of.texts;
    let spans = |blocks: &[Block]| blocks.iter().map(|(span, _)| span.clone()).collect();
    let walls: [Vec<Range<usize>>; 2] = of.boilerplate.map(spans);
    let Disjoint { stretches, left } = disjoint(of.passages, texts, [&walls[0], &walls[1]]);
    let orders = orders(&stretches);
    let mut gaps_b = gaps_behind(&stretches, texts.1);
    let again = left.map(|left| Again::new(&left));
    let gap = |side: usize, gap: Range<usize>| {
        let text = if side == 0 { texts.0 } else { texts.1 };
        alone(text, gap, (of.boilerplate[side], &again[side]))
    };
    let mut rows = Vec::new();
    let mut at = 0;
    for (i, stretch) in stretches.iter().enumerate() {
        let behind: Vec<_> = std::mem::take(&mut gaps_b[i])
            .into_iter()
            .flat_map(|part| gap(1, part))
            .collect();
        apart(&mut rows, gap(0, at..stretch.a.start), behind);
        at = stretch.a.end;
        push_shared(&mut rows, stretch, orders[i], texts);
    }
    let behind = std::mem::take(&mut gaps_b[stretches.len()]);
    let behind = behind.into_iter().flat_map(|part| gap(1, part)).collect();
    apart(&mut rows, gap(0, at..texts.0.len()), behind);
    rows
}

/// More stretches than this and no order is computed (it is quadratic): no real pair has as many.
const MAX_ORDERED_STRETCHES: usize = 2_000;

/// The heaviest chain of stretches that come in one order in both documents stays; the others were moved.
fn orders(stretches: &[Stretch]) -> Vec<Order> {
    if stretches.len() > MAX_ORDERED_STRETCHES {
        return vec![Order::Same; stretches.len()];
    }
    let weight = |s: &Stretch| s.a.len() + 1;
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(stretches.len());
    for (i, stretch) in stretches.iter().enumerate() {
        let fits = |&j: &usize| stretches[j].b.start <= stretch.b.start;
        let before = (0..i).filter(fits).max_by_key(|&j| best[j].0);
        best.push((weight(stretch) + before.map_or(0, |j| best[j].0), before));
    }
    let mut orders = vec![Order::Moved; stretches.len()];
    let mut at = (0..best.len()).max_by_key(|&i| best[i].0);
    while let Some(i) = at {
        orders[i] = Order::Same;
        at = best[i].1;
    }
    orders
}

/// What of b is in no stretch: entry `i` holds the gaps to show before stretch `i`, the last entry those at the end.
fn gaps_behind(stretches: &[Stretch], text_b: &str) -> Vec<Vec<Range<usize>>> {
    let covered = union((stretches.iter().map(|s| ByteSpan::new(s.b.start, s.b.end))).collect());
    let mut ends: Vec<(usize, usize)> = (stretches.iter().enumerate())
        .map(|(i, s)| (s.b.end, i))
        .collect();
    ends.sort_unstable();
    let mut out = vec![Vec::new(); stretches.len() + 1];
    for gap in complement(&covered, text_b.len()) {
        let behind = ends
            .partition_point(|&(end, _)| end <= gap.start as usize)
            .checked_sub(1);
        out[behind.map_or(0, |at| ends[at].1 + 1)].push(gap.range());
    }
    out
}

/// Words that lost their partner to a heavier passage, in order.
struct Again(Vec<Range<usize>>);

impl Again {
    fn new(left: &[Range<usize>]) -> Self {
        let spans = left.iter().map(|r| ByteSpan::new(r.start, r.end)).collect();
        Self(union(spans).into_iter().map(ByteSpan::range).collect())
    }
}

/// Words that are told as standing elsewhere too; fewer are a turn of phrase.
const MIN_AGAIN_WORDS: usize = 4;

type Alone = (What, Range<usize>);

/// A gap between stretches, cut by what its text is; parts without a word are left out.
fn alone(text: &str, gap: Range<usize>, (blocks, again): (&[Block], &Again)) -> Vec<Alone> {
    let blocks = blocks.iter().filter(|(r, _)| text.get(r.clone()).is_some());
    let boilerplate = clipped(blocks.map(|(r, kind)| (r, What::Boilerplate(*kind))), &gap);
    let mut out = Vec::new();
    let mut at = gap.start;
    let end = std::iter::once((gap.end..gap.end, What::Own));
    for (block, what) in boilerplate.into_iter().chain(end) {
        let own = at..block.start.max(at);
        for (part, what) in clipped(again.0.iter().map(|r| (r, What::Again)), &own) {
            let words = text_at(text, part.clone());
            if words.split_whitespace().count() >= MIN_AGAIN_WORDS {
                push_alone(&mut out, text, (What::Own, at..part.start));
                at = part.end;
                push_alone(&mut out, text, (what, part));
            }
        }
        push_alone(&mut out, text, (What::Own, at..own.end));
        push_alone(&mut out, text, (what, block.start.max(at)..block.end));
        at = at.max(block.end);
    }
    out
}

fn push_alone(out: &mut Vec<Alone>, text: &str, (what, part): Alone) {
    out.extend(trimmed(text, part).map(|part| (what, part)));
}

/// The parts of `marked` that lie in `gap`, in order.
fn clipped<'r>(
    marked: impl Iterator<Item = (&'r Range<usize>, What)>,
    gap: &Range<usize>,
) -> Vec<(Range<usize>, What)> {
    let inside = |(part, what): (&Range<usize>, What)| {
        let part = part.start.max(gap.start)..part.end.min(gap.end);
        (!part.is_empty()).then_some((part, what))
    };
    marked.filter_map(inside).collect()
}

/// Sets what both documents have alone here beside each other where it is of one kind.
fn apart(rows: &mut Vec<Row<'_>>, a: Vec<Alone>, b: Vec<Alone>) {
    let (mut a, mut b) = (a.into_iter().peekable(), b.into_iter().peekable());
    loop {
        let row = match (a.peek(), b.peek()) {
            (Some((what_a, _)), Some((what_b, _))) if what_a == what_b => (a.next(), b.next()),
            // What is not the documents' own goes first, so that their own texts meet.
            (Some((what, _)), Some(_)) if *what != What::Own => (a.next(), None),
            (_, Some(_)) => (None, b.next()),
            (Some(_), None) => (a.next(), None),
            (None, None) => return,
        };
        let what = [&row.0, &row.1]
            .into_iter()
            .flatten()
            .map(|(what, _)| *what)
            .next();
        rows.push(Row::Apart {
            what: what.unwrap_or(What::Own),
            a: row.0.map(|(_, part)| part),
            b: row.1.map(|(_, part)| part),
        });
    }
}

/// A gap without white space around it, and without marks that belong to its neighbours (closing ones before it,
/// opening ones behind it); none when it holds no word.
fn trimmed(text: &str, gap: Range<usize>) -> Option<Range<usize>> {
    let words = text.get(gap.clone())?;
    let closes = |c: char| {
        c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '”' | '’' | '"' | ')')
    };
    let opens = |c: char| c.is_whitespace() || matches!(c, '“' | '‘' | '(' | '„' | '«');
    let behind_marks = words.trim_start_matches(closes);
    let start = gap.start + (words.len() - behind_marks.len());
    let inner = behind_marks.trim_end_matches(opens);
    inner
        .contains(char::is_alphanumeric)
        .then_some(start..start + inner.len())
}

fn push_shared<'t>(
    rows: &mut Vec<Row<'t>>,
    passage: &Stretch,
    order: Order,
    texts: (&'t str, &'t str),
) {
    let (whole_a, whole_b) = (&passage.a, &passage.b);
    let (runs_a, runs_b) = (
        ordered(&passage.runs, Side::A),
        ordered(&passage.runs, Side::B),
    );
    let mut cuts = paragraph_cuts(&passage.runs, texts);
    cuts.push((whole_a.end, whole_b.end));
    let (mut at_a, mut at_b) = (whole_a.start, whole_b.start);
    for (cut_a, cut_b) in cuts {
        let ahead = cut_a >= at_a && cut_b >= at_b && (cut_a, cut_b) != (at_a, at_b);
        if !ahead || cut_a > whole_a.end || cut_b > whole_b.end {
            continue;
        }
        rows.push(Row::Shared(Shared {
            passage: passage.passage,
            a: side(&runs_a, Side::A, at_a..cut_a, texts.0),
            b: side(&runs_b, Side::B, at_b..cut_b, texts.1),
            order,
        }));
        (at_a, at_b) = (cut_a, cut_b);
    }
}

/// Where a paragraph begins inside a passage: places in a and in b. Paragraphs of a count, and those that b adds.
fn paragraph_cuts(runs: &[Run], texts: (&str, &str)) -> Vec<(usize, usize)> {
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut before: Option<WordPair> = None;
    // Moved runs have no place in the order.
    let still = runs.iter().filter(|run| run.kind != EditKindName::Moved);
    for (a, b) in still.flat_map(|run| word_pairs(run, texts)) {
        if let Some((last_a, last_b)) = &before {
            let gap_a = last_a.end..next_word(texts.0, last_a.end);
            let gap_b = last_b.end..b.start;
            let newline = |text: &str, gap: &Range<usize>| {
                text.get(gap.clone())
                    .is_some_and(|space| space.contains('\n'))
            };
            let begin_a = begin(texts.0, gap_a.clone());
            // What b adds at the head of a paragraph belongs to it: the paragraph of a does not begin again.
            let begun = cuts.last().is_some_and(|&(at, _)| at == begin_a);
            let in_a = newline(texts.0, &gap_a) && !a.is_empty() && !begun;
            let in_b = newline(texts.1, &gap_b) && (a.is_empty() || last_a.is_empty());
            if in_a || in_b {
                cuts.push((begin_a, begin(texts.1, gap_b)));
            }
        }
        // An added run stands where a's last word ended, whatever its own place in the gap behind.
        let end_a = before
            .as_ref()
            .filter(|_| a.is_empty())
            .map(|(last, _)| last.end);
        before = Some((end_a.map_or(a, |end| end..end), b));
    }
    cuts
}

/// Where the next letter or digit stands; the end of the text when there is none.
fn next_word(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    from + rest.find(char::is_alphanumeric).unwrap_or(rest.len())
}

/// Where the next paragraph (or else the next word, with its opening marks) begins in the gap before it.
fn begin(text: &str, gap: Range<usize>) -> usize {
    let Some(space) = text.get(gap.clone()) else {
        return gap.end;
    };
    let line_end = space.rfind('\n');
    line_end
        .or_else(|| space.rfind(char::is_whitespace))
        .map_or(gap.end, |at| {
            let mark = space.get(at..).and_then(|rest| rest.chars().next());
            gap.start + at + mark.map_or(0, char::len_utf8)
        })
}

/// A piece with the quotation that it lies in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Marked<'t, 'q> {
    pub(crate) piece: Piece<'t>,
    pub(crate) quote: Option<&'q QuoteRecord>,
}

/// Quotations longer than this are marked up to here only, so that the search for them stays short.
const MAX_QUOTE_BYTES: u32 = 20_000;

/// Cuts pieces where quotations begin and end. `quotes` are of the same document, in text order. O(pieces log quotes)
/// for quotations of usual length.
pub(crate) fn mark_quotes<'t, 'q>(
    pieces: &[Piece<'t>],
    quotes: &[&'q QuoteRecord],
) -> Vec<Marked<'t, 'q>> {
    let mut out = Vec::new();
    for piece in pieces {
        let mut at = piece.at;
        let end = piece.at + piece.text.len();
        let mut push = |from: usize, to: usize, quote| {
            if let Some(text) = piece
                .text
                .get(from - piece.at..to - piece.at)
                .filter(|t| !t.is_empty())
            {
                out.push(Marked {
                    piece: Piece {
                        text,
                        at: from,
                        ..*piece
                    },
                    quote,
                });
            }
        };
        let far_before =
            |q: &&QuoteRecord| q.start.saturating_add(MAX_QUOTE_BYTES) as usize <= piece.at;
        let first = quotes.partition_point(far_before);
        let behind = quotes.iter().skip(first);
        let inside = behind.take_while(|q| (q.start as usize) < end);
        for &quote in inside {
            let start = (quote.start as usize).clamp(at, end);
            let stop = (quote.end as usize).clamp(at, end);
            if start < stop {
                push(at, start, None);
                push(start, stop, Some(quote));
                at = stop;
            }
        }
        push(at, end, None);
    }
    out
}

#[cfg(test)]
#[allow(clippy::string_slice, reason = "a wrong slice is a failed test")]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use wirecopy_findings::{PassageKindName, Span};

    fn passage(a: (u32, u32), b: (u32, u32)) -> PassageRecord {
        let span = |(start, end)| Span { start, end };
        let kind = PassageKindName::Exact;
        PassageRecord {
            a: span(a),
            b: span(b),
            kind,
            identity: 1.0,
            score: 9.0,
            quoted: 0.0,
            edits: None,
        }
    }

    fn sides<'p, 't>(passages: &'p [PassageRecord], a: &'t str, b: &'t str) -> Sides<'p, 't> {
        Sides {
            passages,
            texts: (a, b),
            boilerplate: [&[], &[]],
        }
    }

    #[test]
    fn rows_hold_both_texts_in_full_and_know_what_moved() {
        let (a, b) = (
            "one two three. four five. six",
            "four five. new one two three.",
        );
        let found = vec![passage((0, 14), (15, 29)), passage((15, 25), (0, 10))];
        let rows = rows(sides(&found, a, b));
        let order = |row: &Row<'_>| match row {
            Row::Shared(s) => Some((s.passage, s.order)),
            Row::Apart { .. } => None,
        };
        let shown: Vec<_> = rows.iter().map(order).collect();
        assert_eq!(
            shown,
            [Some((0, Order::Same)), Some((1, Order::Moved)), None]
        );
        assert_eq!(
            rows[2],
            Row::Apart {
                what: What::Own,
                a: Some(26..29),
                b: Some(11..14)
            }
        );
    }

    proptest! {
        #[test]
        fn rows_of_one_passage_hold_every_byte_of_both_texts_in_order(
            a in "([ab]{1,2}[ .]|c”\n\n|“d ){1,30}",
            b in "([ab]{1,2}[ .]|c”\n\n|“d ){1,30}",
        ) {
            let end = |text: &str| u32::try_from(text.len()).unwrap();
            let found = vec![passage((0, end(&a)), (0, end(&b)))];
            let (mut all_a, mut all_b) = (String::new(), String::new());
            for row in rows(sides(&found, &a, &b)) {
                let Row::Shared(row) = row else { panic!("all text is shared") };
                all_a.extend(row.a.iter().map(|p| p.text));
                all_b.extend(row.b.iter().map(|p| p.text));
            }
            prop_assert_eq!((all_a, all_b), (a, b));
        }
    }

    #[test]
    fn a_paragraph_that_b_adds_gets_a_row_of_its_own() {
        let (a, b) = (
            "One two three.\n\nFour five six.",
            "One two three.\n\nNew words.\n\nFour five six.",
        );
        let end = |text: &str| u32::try_from(text.len()).unwrap();
        let found = vec![passage((0, end(a)), (0, end(b)))];
        let text = |pieces: &[Piece<'_>]| pieces.iter().map(|p| p.text.trim()).collect::<String>();
        let shown: Vec<_> = (rows(sides(&found, a, b)).iter())
            .map(|row| match row {
                Row::Shared(s) => (text(&s.a), text(&s.b)),
                Row::Apart { .. } => panic!("all text is shared"),
            })
            .collect();
        let expected = [
            ("One two three.", "One two three."),
            ("", "New words."),
            ("Four five six.", "Four five six."),
        ];
        assert_eq!(shown, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn a_passage_of_two_paragraphs_gives_two_rows_that_begin_with_their_marks() {
        let (a, b) = (
            "“One two,” he said.\n\n“Three.”",
            "“One two,” he said. “Three.”",
        );
        let end = |text: &str| u32::try_from(text.len()).unwrap();
        let found = vec![passage((0, end(a)), (0, end(b)))];
        let rows = rows(sides(&found, a, b));
        let Row::Shared(second) = &rows[1] else {
            panic!("two rows of shared text")
        };
        assert_eq!(
            (second.a[0].text, second.b[0].text),
            ("“Three.”", "“Three.”")
        );
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn boilerplate_stands_in_rows_of_its_own() {
        let (a, b) = (
            "One two three. Menu here. Only a. Four five six.",
            "One two three. Only b. Four five six. Menu there.",
        );
        let place = |text: &str, words: &str| {
            let start = text.find(words).unwrap();
            start..start + words.len()
        };
        let end = |text: &str| u32::try_from(text.len()).unwrap();
        let found = vec![
            passage((0, 14), (0, 14)),
            passage((end(a) - 14, end(a)), (23, 37)),
        ];
        let menu = BoilerplateType::NavMenu;
        let of = Sides {
            boilerplate: [
                &[(place(a, "Menu here."), menu)],
                &[(place(b, "Menu there."), menu)],
            ],
            ..sides(&found, a, b)
        };
        let shown: Vec<_> = (rows(of).into_iter())
            .filter_map(|row| match row {
                Row::Shared(_) => None,
                Row::Apart { what, a: x, b: y } => {
                    Some((what, x.map(|x| text_at(a, x)), y.map(|y| text_at(b, y))))
                }
            })
            .collect();
        let expected = [
            (What::Boilerplate(menu), Some("Menu here"), None),
            (What::Own, Some("Only a"), Some("Only b")),
            (What::Boilerplate(menu), None, Some("Menu there")),
        ];
        assert_eq!(shown.len(), 3);
        for (got, want) in shown.iter().zip(expected) {
            let bare = |text: Option<&str>| text.map(|t| t.trim_end_matches('.').to_owned());
            assert_eq!(
                (got.0, bare(got.1), bare(got.2)),
                (want.0, bare(want.1), bare(want.2))
            );
        }
    }

    proptest! {
        #[test]
        fn every_word_of_both_texts_stands_in_one_row(
            a in "([a-c]{1,2} ){1,20}[a-c]",
            b in "([a-c]{1,2} ){1,20}[a-c]",
            spans in prop::collection::vec((0_u32..40, 1_u32..30, 0_u32..40, 1_u32..30), 0..6),
            wall in 0_usize..20,
        ) {
            let cut = |text: &str, from: u32, len: u32| {
                let end = u32::try_from(text.len()).unwrap();
                let start = from.min(end - 1);
                (start, (start + len).min(end))
            };
            let found: Vec<_> = (spans.iter())
                .map(|&(x, n, y, m)| passage(cut(&a, x, n), cut(&b, y, m)))
                .collect();
            let start = wall.min(a.len() - 1);
            let block = [(start..a.len().min(start + 5), BoilerplateType::Caption)];
            let of = Sides { boilerplate: [&block, &[]], ..sides(&found, &a, &b) };
            let (mut in_a, mut in_b) = (Vec::new(), Vec::new());
            let letters = |text: &str, at: usize| {
                let worded = text.char_indices().filter(|(_, c)| c.is_alphanumeric());
                worded.map(|(i, _)| at + i).collect::<Vec<_>>()
            };
            for row in rows(of) {
                match row {
                    Row::Shared(shared) => {
                        in_a.extend(shared.a.iter().flat_map(|p| letters(p.text, p.at)));
                        in_b.extend(shared.b.iter().flat_map(|p| letters(p.text, p.at)));
                    }
                    Row::Apart { a: x, b: y, .. } => {
                        in_a.extend(x.into_iter().flat_map(|x| letters(text_at(&a, x.clone()), x.start)));
                        in_b.extend(y.into_iter().flat_map(|y| letters(text_at(&b, y.clone()), y.start)));
                    }
                }
            }
            in_b.sort_unstable();
            prop_assert_eq!(in_a, letters(&a, 0));
            prop_assert_eq!(in_b, letters(&b, 0));
        }
    }
}
