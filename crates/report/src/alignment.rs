//! Two documents as rows that stand beside each other, for side-by-side views.

use std::ops::Range;

use wirecopy_core::ByteSpan;
use wirecopy_core::span::{complement, union};
use wirecopy_news::findings::{EditKindName, PassageRecord, QuoteRecord};

use crate::runs::{Piece, Run, Side, ordered, range, runs, side, tokens};

/// One row of the view.
#[derive(Debug, PartialEq)]
pub(crate) enum Row<'t> {
    /// Text that both have; a row for each paragraph of a.
    Shared(Shared<'t>),
    /// Text that only one of them has at this place; at least one side is there.
    Apart {
        a: Option<Range<usize>>,
        b: Option<Range<usize>>,
    },
}

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

/// The rows of a pair: a's whole text in its own order, b's other text behind the passage that it follows in b.
/// Passages whose spans do not belong to the texts are left out. O(n log n) in passages for any real pair.
pub(crate) fn rows<'t>(
    passages: &[PassageRecord],
    text_a: &'t str,
    text_b: &'t str,
) -> Vec<Row<'t>> {
    let mut passages: Vec<Aligned<'_>> = (passages.iter().enumerate())
        .filter_map(|(index, record)| {
            let runs = runs(record, text_a, text_b)?;
            Some(Aligned {
                index,
                record,
                runs,
                order: Order::Same,
            })
        })
        .collect();
    passages.sort_by_key(|p| (p.record.a, p.record.b));
    mark_moved(&mut passages);
    let mut gaps_b = gaps_behind(&passages, text_b);
    let mut rows = Vec::new();
    let mut at = 0;
    for (i, passage) in passages.iter().enumerate() {
        let start = passage.record.a.start as usize;
        apart(
            &mut rows,
            (at..start.max(at), text_a),
            (std::mem::take(&mut gaps_b[i]), text_b),
        );
        at = at.max(passage.record.a.end as usize);
        push_shared(&mut rows, passage, (text_a, text_b));
    }
    let last = std::mem::take(&mut gaps_b[passages.len()]);
    apart(&mut rows, (at..text_a.len(), text_a), (last, text_b));
    rows
}

struct Aligned<'p> {
    index: usize,
    record: &'p PassageRecord,
    runs: Vec<Run>,
    order: Order,
}

/// More passages than this and no order is computed (it is quadratic): no real pair has as many.
const MAX_ORDERED_PASSAGES: usize = 2_000;

/// The heaviest chain of passages that come in one order in both documents stays; the others were moved.
fn mark_moved(passages: &mut [Aligned<'_>]) {
    if passages.len() > MAX_ORDERED_PASSAGES {
        return;
    }
    let weight = |p: &Aligned<'_>| u64::from(p.record.a.end - p.record.a.start) + 1;
    let mut best: Vec<(u64, Option<usize>)> = Vec::with_capacity(passages.len());
    for (i, passage) in passages.iter().enumerate() {
        let fits = |&j: &usize| passages[j].record.b.start <= passage.record.b.start;
        let before = (0..i).filter(fits).max_by_key(|&j| best[j].0);
        best.push((weight(passage) + before.map_or(0, |j| best[j].0), before));
    }
    let mut at = (0..best.len()).max_by_key(|&i| best[i].0);
    passages.iter_mut().for_each(|p| p.order = Order::Moved);
    while let Some(i) = at {
        passages[i].order = Order::Same;
        at = best[i].1;
    }
}

/// What of b is in no passage: entry `i` holds the gap to show before passage `i`, the last entry that at the end.
fn gaps_behind(passages: &[Aligned<'_>], text_b: &str) -> Vec<Vec<Range<usize>>> {
    let span = |p: &Aligned<'_>| ByteSpan {
        start: p.record.b.start,
        end: p.record.b.end,
    };
    let covered = union(passages.iter().map(span).collect());
    let mut ends: Vec<(usize, usize)> = passages
        .iter()
        .enumerate()
        .map(|(i, p)| (p.record.b.end as usize, i))
        .collect();
    ends.sort_unstable();
    let mut out = vec![Vec::new(); passages.len() + 1];
    for gap in complement(&covered, text_b.len()) {
        let behind = ends
            .partition_point(|&(end, _)| end <= gap.start as usize)
            .checked_sub(1);
        out[behind.map_or(0, |at| ends[at].1 + 1)].push(gap.range());
    }
    out
}

fn apart(rows: &mut Vec<Row<'_>>, a: (Range<usize>, &str), b: (Vec<Range<usize>>, &str)) {
    let mut gaps_b = b.0.into_iter().filter_map(|gap| trimmed(b.1, gap));
    let gap_a = trimmed(a.1, a.0);
    let first_b = gaps_b.next();
    if gap_a.is_some() || first_b.is_some() {
        rows.push(Row::Apart {
            a: gap_a,
            b: first_b,
        });
    }
    rows.extend(gaps_b.map(|gap| Row::Apart {
        a: None,
        b: Some(gap),
    }));
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

fn push_shared<'t>(rows: &mut Vec<Row<'t>>, passage: &Aligned<'_>, texts: (&'t str, &'t str)) {
    let (whole_a, whole_b) = (range(passage.record.a), range(passage.record.b));
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
            passage: passage.index,
            a: side(&runs_a, Side::A, at_a..cut_a, texts.0),
            b: side(&runs_b, Side::B, at_b..cut_b, texts.1),
            order: passage.order,
        }));
        (at_a, at_b) = (cut_a, cut_b);
    }
}

/// Where a paragraph begins inside a passage: places in a and in b. Paragraphs of a count, and those that b adds.
fn paragraph_cuts(runs: &[Run], texts: (&str, &str)) -> Vec<(usize, usize)> {
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut before: Option<WordPair> = None;
    for (a, b) in runs.iter().flat_map(|run| word_pairs(run, texts)) {
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

type WordPair = (Range<usize>, Range<usize>);

/// A run as pairs of places: word by word where its words are equal, else as a whole. Moved runs have no place in the
/// order.
fn word_pairs(run: &Run, texts: (&str, &str)) -> Vec<WordPair> {
    let whole = vec![(run.a.clone(), run.b.clone())];
    match run.kind {
        EditKindName::Moved => Vec::new(),
        EditKindName::Kept => {
            let (a, b) = (
                tokens(&texts.0[run.a.clone()]),
                tokens(&texts.1[run.b.clone()]),
            );
            if a.len() != b.len() {
                return whole;
            }
            let shift = |s: &ByteSpan, by: usize| s.range().start + by..s.range().end + by;
            let both = a.spans().iter().zip(b.spans());
            both.map(|(x, y)| (shift(x, run.a.start), shift(y, run.b.start)))
                .collect()
        }
        _ => whole,
    }
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
            gap.start + at + space[at..].chars().next().map_or(0, char::len_utf8)
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
                        kind: piece.kind,
                        text,
                        at: from,
                    },
                    quote,
                });
            }
        };
        let far_before =
            |q: &&QuoteRecord| q.start.saturating_add(MAX_QUOTE_BYTES) as usize <= piece.at;
        let first = quotes.partition_point(far_before);
        let inside = quotes[first..]
            .iter()
            .take_while(|q| (q.start as usize) < end);
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
mod tests {
    use super::*;
    use proptest::prelude::*;
    use wirecopy_news::findings::{PassageKindName, Span};

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

    #[test]
    fn rows_hold_both_texts_in_full_and_know_what_moved() {
        let (a, b) = (
            "one two three. four five. six",
            "four five. new one two three.",
        );
        let found = vec![passage((0, 14), (15, 29)), passage((15, 25), (0, 10))];
        let rows = rows(&found, a, b);
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
            for row in rows(&found, &a, &b) {
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
        let shown: Vec<_> = (rows(&found, a, b).iter())
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
        let rows = rows(&found, a, b);
        let Row::Shared(second) = &rows[1] else {
            panic!("two rows of shared text")
        };
        assert_eq!(
            (second.a[0].text, second.b[0].text),
            ("“Three.”", "“Three.”")
        );
        assert_eq!(rows.len(), 2);
    }
}
